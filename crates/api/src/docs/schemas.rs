//! The types of the document.

use std::fmt::Write as _;

use serde_json::Value;

use super::html;

/// The index of all types, and the types.
pub(super) fn all(document: &Value) -> (String, String) {
    let (mut index, mut blocks) = (String::new(), String::new());
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        let name = html::escape(name);
        let _ = write!(index, "<a href=\"#type-{name}\">{name}</a> ");
        let _ = write!(
            blocks,
            "<article class=\"type\"><h3 id=\"type-{name}\">{name}</h3>{}{}{}</article>",
            paragraph(&schema["description"]),
            body(schema),
            html::example(&schema["example"])
        );
    }
    (index, blocks)
}

fn paragraph(says: &Value) -> String {
    let words = html::words(says);
    if words.is_empty() { words } else { format!("<p>{words}</p>") }
}

fn body(schema: &Value) -> String {
    let Some(fields) = schema["properties"].as_object() else {
        return format!("<p class=\"is\">{}</p>", name(schema));
    };
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut rows = String::new();
    for (field, schema) in fields {
        let mark = if required.contains(&field.as_str()) { "" } else { " <small>optional</small>" };
        let says = html::words(description(schema));
        let _ = write!(
            rows,
            "<dt><code>{}</code>{mark}</dt><dd>{}{}{says}</dd>",
            html::escape(field),
            name(schema),
            if says.is_empty() { "" } else { ": " }
        );
    }
    format!("<dl>{rows}</dl>")
}

/// Of the field, or of the one alternative that is not `null`.
fn description(schema: &Value) -> &Value {
    let inner = schema["oneOf"].as_array().and_then(|all| all.first());
    match &schema["description"] {
        Value::Null => inner.map_or(&Value::Null, |inner| &inner["description"]),
        says => says,
    }
}

/// What a type is called, with a link to it where it has a name.
pub(super) fn name(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let known = html::escape(reference.rsplit('/').next().unwrap_or_default());
        return format!("<a href=\"#type-{known}\">{known}</a>");
    }
    for (key, between) in [("oneOf", " or "), ("anyOf", " or "), ("allOf", " with ")] {
        if let Some(all) = schema[key].as_array() {
            return all.iter().map(name).collect::<Vec<_>>().join(between);
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        let words = words.iter().filter_map(Value::as_str).map(html::escape);
        return words.map(|word| format!("<code>{word}</code>")).collect::<Vec<_>>().join(" ");
    }
    if let Some(fields) = schema["properties"].as_object() {
        let fields = fields.iter().map(|(field, schema)| {
            format!("<code>{}</code> {}", html::escape(field), name(schema))
        });
        return fields.collect::<Vec<_>>().join(", ");
    }
    let plain = match &schema["type"] {
        Value::String(word) => html::escape(word),
        Value::Array(words) => {
            let words = words.iter().filter_map(Value::as_str).map(html::escape);
            words.collect::<Vec<_>>().join(" or ")
        }
        _ => "anything".to_owned(),
    };
    let plain = match schema["format"].as_str() {
        Some(format) => format!("{plain} ({})", html::escape(format)),
        None => plain,
    };
    if schema["items"].is_null() { plain } else { format!("{plain} of {}", name(&schema["items"])) }
}
