//! An app as its makers write it, and somebody who allows it.

use domain::{PersonId, scopes::Scopes};
use ops::{oauth::AllowApp, secrets};
use serde_json::{Value, json};
use testkit::World;

use crate::client::{Answer, Ask, ask, post};

/// The pair of RFC 7636, appendix B.
pub(super) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(super) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub(super) const BACK: &str = "https://app.example/back";

/// What an app keeps.
#[derive(Clone, Debug)]
pub(super) struct App {
    pub(super) id: String,
    /// None where it runs where everybody can read it.
    pub(super) secret: Option<String>,
}

/// What it was given.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) access: String,
    pub(super) refresh: String,
}

/// What an app says of itself.
pub(super) fn described(scope: &str) -> Value {
    json!({ "client_name": "Harvest", "redirect_uris": [BACK], "scope": scope })
}

/// Registers an app that keeps a secret.
pub(super) async fn app(world: &World, scope: &str) -> App {
    registered(world, &described(scope)).await
}

/// Registers one that keeps none.
pub(super) async fn public_app(world: &World, scope: &str) -> App {
    let mut form = described(scope);
    form["token_endpoint_auth_method"] = json!("none");
    form["redirect_uris"] = json!(["http://127.0.0.1/back"]);
    registered(world, &form).await
}

async fn registered(world: &World, form: &Value) -> App {
    let told = post("/oauth/register", form).send(world).await.is(201).json;
    App {
        id: told["client_id"].as_str().unwrap().to_owned(),
        secret: told["client_secret"].as_str().map(str::to_owned),
    }
}

/// What somebody says yes to.
pub(super) fn consent(app: &App, scope: &str, redirect: &str, code: &str) -> AllowApp {
    AllowApp {
        client_id: app.id.clone(),
        redirect_uri: redirect.to_owned(),
        scopes: Scopes::parse(scope).unwrap(),
        challenge: CHALLENGE.to_owned(),
        digest: secrets::digest(code),
    }
}

/// Somebody allows an app; the code that it gets.
pub(super) async fn allowed(world: &World, person: PersonId, app: &App, scope: &str) -> String {
    let code = secrets::fresh().unwrap();
    world.done(world.local(person), consent(app, scope, BACK, &code)).await;
    code
}

impl App {
    /// Asks one of the endpoints, saying who it is.
    pub(super) fn asks(&self, path: &str, fields: &[(&str, &str)]) -> Ask {
        let mut all = vec![("client_id", self.id.as_str())];
        all.extend(self.secret.as_deref().map(|secret| ("client_secret", secret)));
        all.extend(fields);
        ask("POST", path).form(&all)
    }

    /// Shows a code.
    pub(super) fn redeems(&self, code: &str) -> Ask {
        self.redeems_with(code, BACK, VERIFIER)
    }

    pub(super) fn redeems_with(&self, code: &str, redirect: &str, verifier: &str) -> Ask {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        self.asks("/oauth/token", &fields)
    }

    /// Shows a refresh token; an empty `scope` asks for what there was.
    pub(super) fn refreshes(&self, token: &str, scope: &str) -> Ask {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", token), ("scope", scope)];
        self.asks("/oauth/token", &fields)
    }

    /// Is allowed by somebody, and shows the code at once.
    pub(super) async fn acts_for(&self, world: &World, person: PersonId, scope: &str) -> Pair {
        let code = allowed(world, person, self, scope).await;
        pair(&self.redeems(&code).send(world).await.is(200))
    }
}

/// The tokens of an answer.
pub(super) fn pair(answer: &Answer) -> Pair {
    let text = |name: &str| answer.json[name].as_str().unwrap().to_owned();
    Pair { access: text("access_token"), refresh: text("refresh_token") }
}

/// Checks that it is a refusal in OAuth's own form, kept by nobody.
pub(super) fn refused(answer: Answer, status: u16, error: &str) -> Answer {
    let answer = answer.is(status);
    assert_eq!(answer.json["error"], error, "{}", answer.text);
    assert!(answer.json["error_description"].is_string(), "{}", answer.text);
    assert!(answer.header("cache-control").contains("no-store"));
    answer
}
