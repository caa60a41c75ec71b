"""What no description can say, and every client does: keys are used once, and places in a list come from a list."""

import re
import uuid

import schemathesis

CURSOR = re.compile(r"^[A-Za-z0-9_-]{27}$")
KEY = re.compile(r"^[!-~]{1,255}$")


@schemathesis.hook
def before_call(context, case, kwargs):
    """Gives each request a key of its own, and drops cursors that are none; wrong ones stay wrong."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and KEY.match(key):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    cursor = (case.query or {}).get("cursor")
    if isinstance(cursor, str) and CURSOR.match(cursor):
        del case.query["cursor"]
