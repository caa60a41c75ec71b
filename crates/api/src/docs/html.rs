//! Text of the document as HTML.

use std::fmt::Write as _;

use serde_json::Value;

/// A text, with nothing left that could be markup.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// A text of the document; nothing where there is none.
pub(super) fn text(value: &Value) -> String {
    escape(value.as_str().unwrap_or_default())
}

/// A sentence of the document: what stands between backticks is code.
pub(super) fn words(value: &Value) -> String {
    let safe = text(value);
    let mut said = String::new();
    for (number, part) in safe.split('`').enumerate() {
        if number % 2 == 1 {
            let _ = write!(said, "<code>{part}</code>");
        } else {
            said.push_str(part);
        }
    }
    said
}

/// A JSON example as a block; nothing where there is none.
pub(super) fn example(value: &Value) -> String {
    if value.is_null() {
        return String::new();
    }
    let pretty = serde_json::to_string_pretty(value).unwrap_or_default();
    format!("<pre tabindex=\"0\"><code>{}</code></pre>", escape(&pretty))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_become_code_and_nothing_becomes_markup() {
        let said = Value::from("`null` where <b> is `x`");
        assert_eq!(words(&said), "<code>null</code> where &lt;b&gt; is <code>x</code>");
        assert_eq!(words(&Value::Null), "");
    }
}
