//! The operations of the document, part by part.

use std::fmt::Write as _;

use serde_json::Value;

use super::{html, schemas};

/// Links to the parts, and the parts with their operations, in the order of the document's tags.
pub(super) fn parts(document: &Value) -> (String, String) {
    let (mut links, mut parts) = (String::new(), String::new());
    for tag in document["tags"].as_array().into_iter().flatten() {
        let word = tag["name"].as_str().unwrap_or_default();
        let name = html::escape(word);
        let inside = of(document, word);
        let items: String = inside.iter().map(link).collect();
        let blocks: String = inside.iter().map(block).collect();
        let _ = write!(links, "<li><a href=\"#part-{name}\">{name}</a><ul>{items}</ul></li>");
        let _ = write!(
            parts,
            "<section aria-labelledby=\"part-{name}\"><h2 id=\"part-{name}\">{name}</h2><p>{}</p>\
             {blocks}</section>",
            html::words(&tag["description"])
        );
    }
    (links, parts)
}

/// A path, a method, and what they do.
struct Known<'a> {
    path: &'a str,
    method: &'a str,
    says: &'a Value,
}

fn of<'a>(document: &'a Value, tag: &str) -> Vec<Known<'a>> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, says) in item.as_object().into_iter().flatten() {
            let mut tags = says["tags"].as_array().into_iter().flatten();
            if tags.any(|it| it == tag) {
                all.push(Known { path, method, says });
            }
        }
    }
    all
}

fn link(known: &Known<'_>) -> String {
    let (id, title) =
        (html::text(&known.says["operationId"]), html::text(&known.says["operationId"]));
    format!("<li><a href=\"#{id}\">{title}</a></li>")
}

fn block(known: &Known<'_>) -> String {
    let Known { path, method, says } = known;
    let (id, method) = (html::text(&says["operationId"]), html::escape(method));
    let summary = html::words(&says["summary"]);
    let more = html::words(&says["description"]);
    let more = if more.is_empty() { more } else { format!("<p>{more}</p>") };
    format!(
        "<article class=\"operation\" id=\"{id}\"><h3><span class=\"method {method}\">{method}</span> \
         <code class=\"path\">{}</code></h3><p>{summary}</p>{more}<p class=\"needs\">{}</p>{}{}{}\
         </article>",
        html::escape(path),
        needs(&says["security"]),
        parameters(&says["parameters"]),
        body(&says["requestBody"]),
        answers(&says["responses"])
    )
}

/// Which scopes a token needs.
fn needs(security: &Value) -> String {
    let mut ways = Vec::new();
    // Where a token is needed, that is the same for one that an app was given.
    let by_an_app = |way: &&Value| !way["oauth2"].is_null();
    for way in security.as_array().into_iter().flatten().filter(|way| !by_an_app(way)) {
        let scopes = way["bearer"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let scopes: Vec<String> =
            scopes.map(|scope| format!("<code>{}</code>", html::escape(scope))).collect();
        ways.push(if scopes.is_empty() { "no token".to_owned() } else { scopes.join(" and ") });
    }
    if ways.is_empty() { String::new() } else { format!("Needs {}", ways.join(", or ")) }
}

fn parameters(parameters: &Value) -> String {
    let mut rows = String::new();
    for parameter in parameters.as_array().into_iter().flatten() {
        let place = html::text(&parameter["in"]);
        let mark = if parameter["required"] == true { "" } else { ", optional" };
        let _ = write!(
            rows,
            "<dt><code>{}</code> <small>{place}{mark}</small></dt><dd>{} {}</dd>",
            html::text(&parameter["name"]),
            schemas::name(&parameter["schema"]),
            html::words(&parameter["description"])
        );
    }
    if rows.is_empty() { rows } else { format!("<h4>Parameters</h4><dl>{rows}</dl>") }
}

fn body(body: &Value) -> String {
    let kinds = content(&body["content"]);
    if kinds.is_empty() { kinds } else { format!("<h4>Body</h4><p>{kinds}</p>") }
}

fn answers(responses: &Value) -> String {
    let (mut good, mut bad) = (String::new(), String::new());
    for (status, answer) in responses.as_object().into_iter().flatten() {
        let is_problem = status.starts_with(['4', '5']);
        let kinds = if is_problem { String::new() } else { content(&answer["content"]) };
        let row = format!(
            "<dt><code>{}</code></dt><dd>{} {kinds}</dd>",
            html::escape(status),
            html::words(&answer["description"])
        );
        if is_problem { &mut bad } else { &mut good }.push_str(&row);
    }
    format!(
        "<h4>Answers</h4><dl>{good}</dl><details><summary>Problems</summary><dl>{bad}</dl></details>"
    )
}

fn content(content: &Value) -> String {
    let kinds = content.as_object().into_iter().flatten();
    let kinds = kinds.map(|(media_type, it)| {
        format!("{} <small>{}</small>", schemas::name(&it["schema"]), html::escape(media_type))
    });
    kinds.collect::<Vec<_>>().join(" or ")
}
