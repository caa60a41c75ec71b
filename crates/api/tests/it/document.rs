//! The description of the API and the API itself say the same.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use serde_json::Value;
use testkit::World;

use crate::client::ask;

testkit::both_engines!(each_address_knows_the_methods_of_the_document_and_no_other);

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// What anybody may do who is not signed in: there is no scope to hold.
pub(crate) const OPEN: [&str; 8] = [
    "/accounts",
    "/accounts/confirm",
    "/accounts/confirm/resend",
    "/accounts/email/confirm",
    "/accounts/reset",
    "/accounts/reset/finish",
    "/appeals",
    "/setup",
];

/// Every method and path of the document.
pub(crate) fn operations() -> BTreeSet<(String, String)> {
    let mut operations = BTreeSet::new();
    for (path, item) in document()["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            operations.insert((method.to_uppercase(), path.clone()));
        }
    }
    operations
}

pub(crate) fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> =
        LazyLock::new(|| serde_json::from_str(&api::openapi_json()).unwrap());
    &DOCUMENT
}

/// The files of this crate that speak of `/api/v1`.
fn sources() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if !path.is_dir() {
                files.push(path);
            } else if !path.ends_with("syndication") {
                // Feeds and profiles stand outside of it, and speak formats that others describe.
                folders.push(path);
            }
        }
    }
    files
}

#[test]
fn it_is_openapi_3_1_and_always_the_same() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], "/api/v1");
    assert_eq!(document["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
    let flows = &document["components"]["securitySchemes"]["oauth2"]["flows"];
    for (flow, address) in
        [("authorizationCode", "authorizationUrl"), ("clientCredentials", "tokenUrl")]
    {
        assert!(flows[flow][address].as_str().unwrap().starts_with("/oauth/"), "{flow}");
        assert_eq!(flows[flow]["scopes"].as_object().unwrap().len(), domain::scopes::ALL.len());
    }
    assert_eq!(api::openapi_json(), api::openapi_json());
    assert!(operations().len() >= 35);
}

#[test]
fn each_operation_has_a_name_a_tag_a_summary_its_security_and_its_problems() {
    let document = document();
    let mut names = BTreeSet::new();
    for (method, path) in operations() {
        let operation = &document["paths"][&path][method.to_lowercase()];
        let name = operation["operationId"].as_str().unwrap();
        assert!(names.insert(name.to_owned()), "{name} is there twice");
        assert!(operation["summary"].is_string(), "{name}");
        assert_eq!(operation["tags"].as_array().unwrap().len(), 1, "{name}");
        let security = operation["security"].as_array().unwrap();
        assert!(!security.is_empty(), "{name}");
        if method != "GET" && !OPEN.contains(&path.as_str()) {
            let scopes = security[0]["bearer"].as_array().unwrap();
            assert!(scopes[0].as_str().unwrap().ends_with(":write"), "{name}");
            assert!(security.iter().any(|way| way["oauth2"] == security[0]["bearer"]), "{name}");
        }
        for (status, answer) in operation["responses"].as_object().unwrap() {
            if status.starts_with(['4', '5']) {
                let content = &answer["content"]["application/problem+json"];
                assert!(content["schema"].is_object(), "{name} {status}");
            }
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let mut texts = vec![document];
    while let Some(value) = texts.pop() {
        match value {
            Value::Array(items) => texts.extend(items),
            Value::Object(map) => {
                if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
                    let pointer = reference.strip_prefix('#').unwrap();
                    assert!(document.pointer(pointer).is_some(), "{reference}");
                }
                texts.extend(map.values());
            }
            _ => {}
        }
    }
}

/// The document knows a schema by its name alone: of two with one name, one would describe both.
#[test]
fn no_two_schemas_have_one_name() {
    let mut names = BTreeSet::new();
    for source in sources() {
        let text = fs::read_to_string(&source).unwrap();
        for derived in text.split("ToSchema").skip(1).filter(|rest| rest.starts_with([')', ','])) {
            let declared = derived.lines().find(|line| line.starts_with("pub(crate) "));
            let words = declared.unwrap_or_default().split([' ', '<', '(', ';', '{']);
            let name = words.skip_while(|word| !["struct", "enum"].contains(word)).nth(1);
            let name = name.unwrap_or_default().to_owned();
            assert!(
                name.is_empty() || names.insert(name.clone()),
                "{name} in {}",
                source.display()
            );
        }
    }
    assert!(50 < names.len(), "{names:?}");
}

#[test]
fn what_is_on_a_page_is_of_the_same_type_as_what_is_shown_alone() {
    let schemas = document()["components"]["schemas"].as_object().unwrap();
    let pages = schemas.iter().filter(|(name, _)| name.starts_with("Page_"));
    let mut count = 0;
    for (name, page) in pages {
        let item = name.strip_prefix("Page_").unwrap();
        let reference = format!("#/components/schemas/{item}");
        assert_eq!(page["properties"]["items"]["items"]["$ref"], reference, "{name}");
        count += 1;
    }
    assert!(10 < count, "{count}");
}

#[test]
fn each_registered_address_is_in_the_document() {
    let mut registered = BTreeSet::new();
    for path in sources() {
        let source = fs::read_to_string(&path).unwrap();
        let resources = source.split("web::resource(\"").skip(1);
        registered.extend(resources.map(|rest| rest.split('"').next().unwrap().to_owned()));
    }
    // What RFC 8414 describes in its own way.
    registered.retain(|path| !path.starts_with("/oauth/") && !path.starts_with("/.well-known/"));
    let described: BTreeSet<String> = operations().into_iter().map(|it| it.1).collect();
    assert_eq!(registered, described);
}

async fn each_address_knows_the_methods_of_the_document_and_no_other(world: World) {
    let described = operations();
    let paths: BTreeSet<&String> = described.iter().map(|it| &it.1).collect();
    for path in paths {
        let pieces = path.split('/').map(|piece| if piece.starts_with('{') { "x" } else { piece });
        let address = pieces.collect::<Vec<_>>().join("/");
        for method in METHODS.map(str::to_uppercase) {
            let known = described.contains(&(method.clone(), path.clone()));
            let answer = ask(&method, &address).send(&world).await;
            assert_eq!(answer.status.as_u16() != 405, known, "{method} {path}");
            if !known {
                let answer = answer.problem(405, "method_not_allowed");
                assert!(!answer.header("allow").is_empty(), "{method} {path}");
            }
        }
    }
}

#[test]
fn the_guide_shows_every_operation() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/API.md");
    let guide = fs::read_to_string(guide).unwrap();
    let described = operations();
    let mut shown = BTreeSet::new();
    // OAuth's own addresses are under `$SITE`.
    let lines = guide.lines().filter(|line| line.starts_with("curl ") && !line.contains("$SITE/"));
    for line in lines {
        let body = line.split("--json '").nth(1).map(|rest| rest.split('\'').next().unwrap());
        if let Some(body) = body {
            serde_json::from_str::<Value>(body).expect(line);
        }
        let named = line.split("-X ").nth(1).map(|rest| rest.split(' ').next().unwrap());
        let method = named.unwrap_or(if body.is_some() { "POST" } else { "GET" });
        let path = line.split("$API").nth(1).unwrap().split(['?', '"']).next().unwrap();
        let fits = |it: &&(String, String)| it.0 == method && is_at(path, &it.1);
        let found = described.iter().find(fits).cloned();
        shown.insert(found.unwrap_or_else(|| panic!("there is no {line}")));
    }
    assert_eq!(shown, described);
}

fn is_at(path: &str, template: &str) -> bool {
    let (path, template): (Vec<&str>, Vec<&str>) =
        (path.split('/').collect(), template.split('/').collect());
    path.len() == template.len()
        && path.iter().zip(&template).all(|(a, b)| a == b || b.starts_with('{'))
}

#[test]
fn the_guide_names_every_code() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = fs::read_to_string(home.join("../../docs/API.md")).unwrap();
    for source in ["../domain/src/refusal.rs", "src/problem.rs"] {
        let text = fs::read_to_string(home.join(source)).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let plain = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let codes = code.split('"').skip(1).step_by(2).filter(plain);
        // Only activities of other servers can concern nobody here.
        for code in codes.filter(|code| code.contains('_') && *code != "not_for_us") {
            assert!(guide.contains(&format!("`{code}`")), "{code}");
        }
    }
}
