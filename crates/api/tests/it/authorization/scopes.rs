//! Every operation asks for the scope that the document names, and for no other.

use domain::scopes;
use testkit::World;

use crate::{client::ask, document::document};

testkit::both_engines!(each_operation_asks_for_its_scope_and_no_other);

async fn each_operation_asks_for_its_scope_and_no_other(world: World) {
    let rosa = world.admin("rosa").await;
    for (word, _) in scopes::ALL.iter().filter(|(word, _)| word.contains(':')) {
        let others: Vec<&str> = scopes::ALL
            .iter()
            .map(|(other, _)| *other)
            .filter(|other| other.contains(':') && other != word)
            .collect();
        let [only, without] =
            [world.token(rosa, word).await, world.token(rosa, &others.join(" ")).await];
        for (method, path) in asking_for(word) {
            let address = path
                .split('/')
                .map(|piece| match piece {
                    "{collective}" => "nobody",
                    "{act}" => "suspend",
                    "{host}" | "{domain}" => "b.example",
                    piece if piece.starts_with('{') => "01890000-0000-7000-8000-000000000000",
                    piece => piece,
                })
                .collect::<Vec<_>>()
                .join("/");
            let request = ask(&method, &address).by(&without);
            let answer = request.send(&world).await.problem(403, "missing_scope");
            let says = answer.json["detail"].as_str().unwrap();
            assert!(says.ends_with(word), "{method} {path}: {says}");
            let answer = ask(&method, &address).by(&only).send(&world).await;
            assert_ne!(answer.json["code"], "missing_scope", "{method} {path}: {}", answer.text);
            assert_ne!(answer.status.as_u16(), 401, "{method} {path}: {}", answer.text);
        }
    }
}

/// The operations of the document that need this scope.
fn asking_for(word: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    // What is needed to listen depends on the topic: see `streaming`.
    let paths = document()["paths"].as_object().unwrap().iter().filter(|it| it.0 != "/streaming");
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            let needs = operation["security"].as_array().unwrap();
            let named = needs.iter().filter_map(|need| need["bearer"].as_array()).flatten();
            if named.clone().any(|it| it == word) {
                assert_eq!(named.count(), 1, "{method} {path} names one scope");
                found.push((method.to_uppercase(), path.clone()));
            }
        }
    }
    found
}
