//! People of this server: their handles, logins, sessions, and tokens.

use db::accounts::{find_login, find_session, find_token};
use domain::{
    Handle, Origin, Refusal, Speaker, Way,
    accounts::AccountRole,
    people::{ActorKind, KeyPair},
};
use ops::{
    OpError,
    accounts::{CreateAccount, MakeToken, SignIn, SignOut},
    passwords, secrets,
};
use testkit::{PASSWORD, World};

testkit::both_engines!(
    a_person_has_an_actor_a_key_and_a_login,
    a_handle_names_one_actor_whatever_its_kind,
    an_email_address_belongs_to_one_account,
    only_those_who_run_the_instance_make_another_admin,
    nobody_elsewhere_makes_an_account,
    of_two_who_want_one_handle_at_once_one_gets_it,
    a_session_lasts_thirty_days,
    signing_out_ends_the_session,
    a_token_opens_the_account_it_was_made_for,
    nobody_is_let_into_the_account_of_another,
);

async fn a_person_has_an_actor_a_key_and_a_login(world: World) {
    let keys: KeyPair = testkit::pair(3);
    let new = CreateAccount {
        name: "Ada".to_owned(),
        email: Some(" Ada@Mail.Example ".to_owned()),
        keys: keys.clone(),
        ..world.new_account("ada")
    };
    let ada = world.done(Origin::server(), new).await;

    let actor = world.actor(ada.actor()).await;
    assert_eq!(actor.ap_id, "https://a.example/u/ada");
    assert_eq!((actor.kind, actor.local), (ActorKind::Person, true));
    assert_eq!(actor.address(), "@ada@a.example");
    assert_eq!(actor.inbox, "https://a.example/u/ada/inbox");
    assert_eq!(actor.best_inbox(), "https://a.example/inbox");
    assert_eq!(actor.created_at, world.now());
    let private = world.read(move |conn| db::keys::private(conn, ada.actor())).await;
    assert_eq!(private, Some(("https://a.example/u/ada#main-key".to_owned(), keys.private_pem)));
    for login in ["ada", "ADA", "ada@mail.example", " ADA@MAIL.EXAMPLE "] {
        let account = world.read(move |conn| find_login(conn, login)).await.expect(login);
        assert_eq!((account.person_id, account.role), (ada, AccountRole::Member));
        assert!(passwords::verify(PASSWORD, &account.password_hash));
        assert!(!passwords::verify("incorrect horse", &account.password_hash));
    }
    assert!(world.read(|conn| find_login(conn, "bea")).await.is_none());
    assert!(world.audit().await.is_empty());
}

async fn a_handle_names_one_actor_whatever_its_kind(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let taken = "handle is taken on this server; choose another one";

    for handle in ["ada", "Ada", "garden", "GARDEN", "garden.voice", "a.example"] {
        let handle = Handle::parse(handle).unwrap();
        let account = CreateAccount {
            handle: handle.clone(),
            email: None,
            ..world.new_account("nobody_else")
        };
        let invalid = world.invalid(Origin::server(), account).await;
        assert_eq!(invalid.to_string(), taken, "{handle:?} as a person");

        let new = ops::collectives::CreateCollective { handle, ..world.new_collective("mill") };
        let invalid = world.invalid(world.local(ada), new).await;
        assert_eq!(invalid.to_string(), taken, "as a collective");
    }
    // Elsewhere the same name is somebody else's.
    world.remote_person("ada@b.example").await;
    assert!(Handle::choose("admin").is_err());
    assert!(Handle::choose("mill.voice").is_err());
}

async fn an_email_address_belongs_to_one_account(world: World) {
    world.person("ada").await;
    let email = Some("ADA@mail.example".to_owned());
    let other = CreateAccount { email, ..world.new_account("bea") };
    let invalid = world.invalid(Origin::server(), other).await;
    assert_eq!(invalid.to_string(), "email belongs to another account");
    for handle in ["bea", "cho"] {
        let without = CreateAccount { email: None, ..world.new_account(handle) };
        world.done(Origin::server(), without).await;
    }
}

async fn only_those_who_run_the_instance_make_another_admin(world: World) {
    let rosa = world.admin("rosa").await;
    let ada = world.person("ada").await;
    let admin = |handle| CreateAccount { role: AccountRole::Admin, ..world.new_account(handle) };

    assert_eq!(world.refused(world.local(ada), admin("bea")).await, Refusal::NotAllowed);
    world.done(world.local(rosa), admin("cho")).await;
    assert_eq!(
        world.audit().await,
        ["create_admin https://a.example/u/rosa", "create_admin https://a.example/u/cho"]
    );
}

async fn nobody_elsewhere_makes_an_account(world: World) {
    let bob = world.remote_person("bob@b.example").await;
    for role in [AccountRole::Member, AccountRole::Admin] {
        let by_inbox = world.inbox_of(bob, "https://b.example/activities/1").await;
        let stranger = Origin { speaker: Speaker::Stranger, way: Way::Fetched };
        for origin in [by_inbox, stranger] {
            let account = CreateAccount { role, ..world.new_account("eve") };
            assert_eq!(world.refused(origin, account).await, Refusal::NotTheirsToSay);
        }
    }
}

async fn of_two_who_want_one_handle_at_once_one_gets_it(world: World) {
    for handle in ["ada", "bea", "cho"] {
        let account = |email: &str| CreateAccount {
            email: Some(format!("{handle}@{email}")),
            ..world.new_account(handle)
        };
        let (one, other) = tokio::join!(
            world.door.perform(Origin::server(), account("b.example")),
            world.door.perform(Origin::server(), account("c.example")),
        );
        assert!(one.is_ok() != other.is_ok());
        let failure = one.err().or(other.err()).unwrap();
        assert!(
            matches!(failure, OpError::Invalid(ref why) if why.field == "handle"),
            "{failure:?}"
        );
    }
    assert_eq!(world.rows().await.count("accounts"), 3);
}

async fn a_session_lasts_thirty_days(world: World) {
    let ada = world.person("ada").await;
    let (secret, csrf) = world.session(ada).await;
    let digest = secrets::digest(&secret);
    let open = async |days: i64| {
        let (digest, moment) = (digest.clone(), world.now().plus_days(days).plus_seconds(-1));
        let found = world.read(move |conn| find_session(conn, &digest, moment)).await;
        found.map(|(account, csrf)| (account.person_id, csrf))
    };
    assert_eq!(open(30).await, Some((ada, csrf)));
    world.clock.advance(1);
    assert_eq!(open(30).await, None);
}

async fn signing_out_ends_the_session(world: World) {
    let ada = world.person("ada").await;
    let (forgotten, _) = world.session(ada).await;
    world.clock.advance(31 * 86_400);
    let (kept, _) = world.session(ada).await;
    let (left, _) = world.session(ada).await;
    assert_eq!(world.rows().await.count("sessions"), 3);

    world.done(world.local(ada), SignOut { digest: secrets::digest(&left) }).await;
    let now = world.now();
    for (secret, open) in [(kept, true), (left, false), (forgotten, false)] {
        let digest = secrets::digest(&secret);
        let found = world.read(move |conn| find_session(conn, &digest, now)).await;
        assert_eq!(found.is_some(), open);
    }
    assert_eq!(world.rows().await.count("sessions"), 1, "what has expired is swept");
}

async fn a_token_opens_the_account_it_was_made_for(world: World) {
    let ada = world.person("ada").await;
    let secret = world.token(ada, "read write").await;
    let now = world.now();
    let digest = secrets::digest(&secret);
    let found = world.read(move |conn| find_token(conn, &digest, now)).await;
    let (account, scopes) = found.unwrap();
    assert_eq!((account.person_id, scopes.as_str()), (ada, "read write"));
    let wrong = secrets::digest("another secret");
    assert!(world.read(move |conn| find_token(conn, &wrong, now)).await.is_none());
    assert!(!format!("{:?}", world.rows().await).contains(&secret), "a secret is never stored");
}

async fn nobody_is_let_into_the_account_of_another(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let account = world.account(ada).await.id;
    let digest = secrets::digest("a secret of eve's");
    let sign_in = SignIn {
        account,
        digest: digest.clone(),
        csrf: "word".to_owned(),
        name: String::new(),
        step: None,
    };
    assert_eq!(world.refused(world.local(eve), sign_in).await, Refusal::NotAllowed);
    let token = MakeToken {
        account,
        digest,
        name: "stolen".to_owned(),
        scopes: "write".to_owned(),
        expires_at: None,
    };
    assert_eq!(world.refused(world.local(eve), token).await, Refusal::NotAllowed);
}
