//! What a real peer sent.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use federation::signature::{RequestParts, SignatureError, VerifyingKey, read};
use serde_json::Value;

use super::at;

/// Requests as a GoToSocial server sent them, with the key that signed each.
#[test]
fn every_captured_request_of_gotosocial_is_accepted() {
    let captured = "../../../shared/fixtures/gotosocial/captured";
    let Ok(folder) = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(captured)) else {
        return;
    };
    let mut accepted = 0;
    for entry in folder {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let document: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        if document.get("signer_public_key_pem").is_some() {
            accept_captured(&document)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            accepted += 1;
        }
    }
    assert!(accepted > 20, "only {accepted} requests were found");
}

fn accept_captured(document: &Value) -> Result<(), SignatureError> {
    let text = |name: &str| document.get(name).and_then(Value::as_str);
    let pairs: Vec<(String, String)> =
        serde_json::from_value(document.get("headers").unwrap().clone()).unwrap();
    let headers: Vec<_> = pairs.into_iter().map(|(n, v)| (n.to_lowercase(), v)).collect();
    let body = text("body_base64").map(|body| STANDARD.decode(body).unwrap());
    let received = chrono::DateTime::parse_from_rfc3339(text("received_at").unwrap()).unwrap();
    let parts = RequestParts {
        method: text("method").unwrap(),
        path_and_query: text("target").unwrap(),
        headers: &headers,
    };
    let ours = format!("https://{}/", text("authority").unwrap()).parse().unwrap();
    let signed = read(&parts, body.as_deref(), &ours, at(received.timestamp()))?;
    let key = VerifyingKey::from_pem(text("signer_public_key_pem").unwrap());
    signed.verify(&key.expect("its key is read"))
}
