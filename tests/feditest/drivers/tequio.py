"""How FediTest meets a server of ours that is running already: by host name and two accounts."""

from feditest import nodedriver
from feditest.nodedrivers import DefaultAccountManager, NodeConfiguration
from feditest.nodedrivers.fallback.fediverse import FallbackFediverseNode
from feditest.nodedrivers.saas import FediverseSaasNodeDriver
from feditest.protocols.fediverse import FediverseAccount, FediverseNonExistingAccount


@nodedriver
class TequioNodeDriver(FediverseSaasNodeDriver):
    """Asks nobody at the keyboard, unlike the driver it is made from."""

    def create_configuration_account_manager(self, rolename, test_plan_node):
        accounts = DefaultAccountManager(
            [FediverseAccount(None, "nuria")],
            [FediverseNonExistingAccount(None, "nobody-of-this-name")],
        )
        return NodeConfiguration(self, app="Tequio", hostname="tequio.test"), accounts

    def _provision_node(self, rolename, config, account_manager):
        return FallbackFediverseNode(rolename, config, account_manager)
