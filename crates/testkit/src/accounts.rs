//! People of this server and their logins.

use db::accounts::AccountRow;
use domain::{
    CollectiveId, Handle, Origin, PersonId,
    accounts::{AccountRole, Email},
    memberships::Role,
    sign_ups::SignUpMode,
};
use ops::{
    accounts::{CreateAccount, MakeToken, NoteTokenUse, SignIn},
    secrets,
    sign_ups::{ChangeSignUp, SignUp},
    totp::{BeginTotp, ConfirmTotp, code_at},
};

use crate::World;

/// The password of every account.
pub const PASSWORD: &str = "correct horse battery";

/// Its hash, made with the least memory that Argon2 allows, so that a test does not wait for it.
pub const PASSWORD_HASH: &str =
    "$argon2id$v=19$m=8,t=1,p=1$+7Cx9AggOyguPQ9B7QAXvg$jWbu84cQzcFuVaNqTbx+994qgb5bIVvUwe5wex+zews";

impl World {
    /// What an account is made from: the person `handle` with the password [`PASSWORD`].
    pub fn new_account(&self, handle: &str) -> CreateAccount {
        CreateAccount {
            handle: Handle::choose(handle).unwrap(),
            name: String::new(),
            email: Some(format!("{handle}@mail.example")),
            password_hash: PASSWORD_HASH.to_owned(),
            role: AccountRole::Member,
            sponsor: None,
            locale: "en".to_owned(),
            keys: self.keys.next(),
        }
    }

    /// A new person of this server.
    pub async fn person(&self, handle: &str) -> PersonId {
        self.done(Origin::server(), self.new_account(handle)).await
    }

    /// A new person who runs this instance.
    pub async fn admin(&self, handle: &str) -> PersonId {
        let account = CreateAccount { role: AccountRole::Admin, ..self.new_account(handle) };
        self.done(Origin::server(), account).await
    }

    /// A new member of a collective, whose account it sponsors.
    pub async fn sponsored(&self, collective: CollectiveId, handle: &str) -> PersonId {
        let account = CreateAccount { sponsor: Some(collective), ..self.new_account(handle) };
        let person = self.done(Origin::server(), account).await;
        self.join(collective, person, handle, Role::Member).await;
        person
    }

    /// From now on these may ask for an account.
    pub async fn door_is(&self, mode: SignUpMode) {
        self.done(Origin::server(), ChangeSignUp { mode }).await;
    }

    /// What somebody sends who asks for an account: the password is [`PASSWORD`].
    pub fn new_sign_up(&self, handle: &str) -> SignUp {
        SignUp {
            handle: Handle::choose(handle).unwrap(),
            name: String::new(),
            email: Email::parse(&format!("{handle}@mail.example")).unwrap(),
            password_hash: PASSWORD_HASH.to_owned(),
            collective: None,
            invitation: None,
            application: "I help on Tuesdays.".to_owned(),
            agreement: true,
            locale: "en".to_owned(),
            keys: self.keys.next(),
        }
    }

    /// The login of a person.
    pub async fn account(&self, person: PersonId) -> AccountRow {
        let account = self.read(move |conn| db::accounts::find_by_person(conn, person)).await;
        account.expect("this person has no account")
    }

    /// A bearer token of a person, with scopes parted by spaces; used already, so that its next use changes no row.
    pub async fn token(&self, person: PersonId, scopes: &str) -> String {
        let secret = secrets::fresh().unwrap();
        let token = MakeToken {
            account: self.account(person).await.id,
            digest: secrets::digest(&secret),
            name: "a test".to_owned(),
            scopes: scopes.to_owned(),
            expires_at: None,
        };
        self.done(self.local(person), token).await;
        let used = NoteTokenUse { digest: secrets::digest(&secret) };
        self.done(Origin::server(), used).await;
        secret
    }

    /// Signing in takes a person two steps from now on: the secret of their app, and the recovery codes. The code of
    /// this moment is used.
    pub async fn two_steps(&self, person: PersonId) -> (Vec<u8>, Vec<String>) {
        self.done(self.local(person), BeginTotp).await;
        let account = self.account(person).await.id;
        let row = self.read(move |conn| db::totp::find(conn, account)).await;
        let secret = row.secret.expect("a secret was offered");
        let code = code_at(&secret, self.now());
        (secret, self.done(self.local(person), ConfirmTotp { code }).await)
    }

    /// A browser session of a person: the secret of its cookie, and its CSRF word.
    pub async fn session(&self, person: PersonId) -> (String, String) {
        let (secret, csrf) = (secrets::fresh().unwrap(), secrets::fresh().unwrap());
        let account = self.account(person).await.id;
        let digest = secrets::digest(&secret);
        let name = "Firefox on Linux".to_owned();
        let sign_in = SignIn { account, digest, csrf: csrf.clone(), name, step: None };
        self.done(self.local(person), sign_in).await;
        (secret, csrf)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_is_that_of_the_password() {
        assert!(ops::passwords::verify(super::PASSWORD, super::PASSWORD_HASH));
    }
}
