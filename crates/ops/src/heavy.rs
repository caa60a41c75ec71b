//! HTML that would cost far more than it weighs: found before anything is built of it.
//!
//! HTML's own rules open unclosed emphasis again in every paragraph that follows, with all attributes: a
//! few thousand of each are millions of elements, in a text of 64 KiB.

/// The most tags that may open something: finding out what is open takes as long as much is open.
const MOST_OPENED: usize = 2_500;

/// The most tags that may close something.
const MOST_CLOSED: usize = 2_500;

/// The most elements that may be opened again.
const MOST_REOPENED: usize = 300_000;

/// The most attributes that may be written again, about.
const MOST_REWRITTEN: usize = 2_000_000;

/// The most attributes of a tag that is nothing special.
const MOST_ATTRIBUTES: usize = 20;

/// The longest other tag, in bytes: attributes are compared with each other.
const LONGEST_ODD: usize = 4_096;

/// The most characters that are written by their names.
const MOST_NAMES: usize = 5_000;

/// The elements that are opened again in whatever follows them.
const REOPENED: [&str; 13] =
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// May this text cost far more than a text of its length should?
///
/// Counts too much rather than too little: whether a `<` really begins a tag depends on what is before it,
/// and two readers could differ on that.
pub(crate) fn is_heavy(html: &str) -> bool {
    let mut sum = Sum::default();
    let begins = |c: char| c.is_ascii_alphabetic() || c == '/';
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if after.starts_with(begins) {
            sum.add(after);
        }
    }
    let rewritten = if sum.odd == 0 { 0 } else { sum.opened.saturating_mul(html.len()) };
    MOST_OPENED < sum.opened
        || MOST_CLOSED < sum.closed
        || MOST_REOPENED < sum.reopened
        || MOST_REWRITTEN < rewritten
        || sum.is_long
        || MOST_NAMES < html.bytes().filter(|byte| *byte == b'&').count()
}

/// What was counted.
#[derive(Default)]
struct Sum {
    opened: usize,
    closed: usize,
    /// Elements that are opened again in what follows, if none of them was closed.
    open: usize,
    reopened: usize,
    is_linked: bool,
    /// Tags whose end two readers could see at different places.
    odd: usize,
    is_long: bool,
}

impl Sum {
    /// Adds a tag; `after` is what follows its `<`.
    fn add(&mut self, after: &str) {
        self.reopened += self.open;
        if after.starts_with('/') {
            self.closed += 1;
            return;
        }
        self.opened += 1;
        let end = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
        let (name, rest) = after.split_at(end);
        let is_link = name.eq_ignore_ascii_case("a");
        if is_link || REOPENED.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            // Of links, only one is open at a time.
            self.open += usize::from(!is_link || !self.is_linked);
            self.is_linked |= is_link;
        }
        if !has_few_attributes(rest) {
            self.odd += 1;
            let next = next_tag(rest).unwrap_or(rest.len());
            self.is_long |= LONGEST_ODD < next;
        }
    }
}

/// Where the next tag begins, whatever it stands in.
fn next_tag(text: &str) -> Option<usize> {
    let mut found = text.match_indices('<').map(|(at, _)| at);
    found.find(|at| {
        let after = text.as_bytes().get(at + 1);
        after.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/')
    })
}

/// Is this, after the name of a tag, nothing but a few attributes and the end of the tag?
fn has_few_attributes(mut rest: &str) -> bool {
    for _ in 0..=MOST_ATTRIBUTES {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r', '\x0c']);
        if rest.starts_with('>') || rest.starts_with("/>") {
            return true;
        }
        let Some(after) = attribute(rest) else { return false };
        rest = after;
    }
    false
}

/// What follows one attribute: a name, and perhaps a value with or without quotes.
fn attribute(text: &str) -> Option<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || ['-', '_', ':', '.', '@'].contains(&c);
    let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if name.is_empty() {
        return None;
    }
    let Some(value) = rest.strip_prefix('=') else { return Some(rest) };
    if let Some(quote) = value.chars().next().filter(|c| ['"', '\''].contains(c)) {
        return value.get(1..)?.split_once(quote).map(|(_, after)| after);
    }
    let end = value.find(|c: char| c.is_ascii_whitespace() || "\"'=<>`".contains(c))?;
    value.get(end..)
}

/// What is outside of all tags, of at most `most` bytes; it holds no `<` and no `>`.
pub(crate) fn outside(html: &str, most: usize) -> String {
    let mut text = String::new();
    let mut is_inside = false;
    for c in html.chars() {
        match c {
            '<' => is_inside = true,
            '>' if is_inside => {
                is_inside = false;
                text.push(' ');
            }
            _ if is_inside || c == '>' => {}
            c => text.push(c),
        }
        if most < text.len() + 4 {
            break;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_not_heavy() {
        let link = "<p><a href=\"https://b.example/u/bob?x=1&y=2\" class='u-url mention' \
                    rel=\"nofollow noopener\" target=\"_blank\">@<span>bob</span></a> says \
                    <strong>come</strong><br />and <code class=\"language-rust\">let x</code></p>";
        assert!(has_few_attributes(" href='/?a=1&b=<' class=x:y\n hidden />"));
        assert!(!is_heavy(&link.repeat(150)));
        assert!(!is_heavy("a < b, <3, and <b style=color:red>so</b> on"));
        assert!(!is_heavy(&"<ul><li>one</li></ul>".repeat(900)));
        assert!(!is_heavy(&format!("<p id=x lang='es'>{}</p>", "long ".repeat(10_000))));
    }

    #[test]
    fn what_opens_again_and_again_is_heavy() {
        let bold = (0..3_000).map(|n| format!("<b {n}>")).collect::<Vec<_>>().concat();
        let wide = (0..10_000).map(|n| format!(" {n}")).collect::<Vec<_>>().concat();
        for bomb in [
            format!("<p>{bold}{}", "<p>x".repeat(1_000)),
            format!("<p><B{wide}>{}", "<p>x".repeat(1_000)),
            format!("<p><a\"'{wide}>{}", "<p>x".repeat(1_000)),
            format!("<p><i q=\"<p\"{wide}>{}", "<p>x".repeat(1_000)),
            format!("{}{}", "<div>".repeat(900), "<u>x</div>".repeat(900)),
            format!("<p{wide}>"),
            format!("<p q=\">\"{wide}>"),
            "&".repeat(6_000),
            "<b>".repeat(20_000),
            "<p>".repeat(20_000),
            "</p>".repeat(15_000),
        ] {
            assert!(is_heavy(&bomb), "{}", bomb.chars().take(40).collect::<String>());
        }
    }

    #[test]
    fn what_is_outside_of_tags_is_kept_and_cut() {
        assert_eq!(outside("a<b c=d>e</b>f > g <h", 100), "a e f  g ");
        assert_eq!(outside(&"ñ".repeat(100), 20).len(), 18);
    }
}
