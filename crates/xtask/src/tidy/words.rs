//! Nothing in the repository speaks of the machine or the tool it was written with.

use super::{Finding, Tree};

/// Other people's names, which we cannot choose.
const LISTS: [&str; 2] = ["Cargo.lock", "package-lock.json"];

/// Each in two halves, so that this file does not find itself.
const WORDS: [(&str, &str); 4] =
    [("clau", "de"), ("anthro", "pic"), ("/wo", "rk/"), ("sand", "box")];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let words = WORDS.map(|(start, end)| format!("{start}{end}"));
    let mut found = Vec::new();
    for (path, text) in tree.files() {
        if LISTS.iter().any(|list| path.ends_with(list)) {
            continue;
        }
        let lines = (0..).zip(std::iter::once(path).chain(text.lines()));
        for (number, line) in lines {
            let line = line.to_lowercase();
            for word in words.iter().filter(|word| line.contains(word.as_str())) {
                let line = (number > 0).then_some(number);
                found.push(Finding::new(path, line, format!("says `{word}`")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Tree, WORDS, check};

    #[test]
    fn each_word_is_found_in_texts_and_in_names() {
        for (start, end) in WORDS {
            let text = format!("one\nwe saw {}{end} there\n", start.to_uppercase());
            let tree = Tree::of(&[("docs/a.md", &text), ("Cargo.lock", &text)]);
            let found = check(&tree);
            assert_eq!(found.len(), 1, "{start}{end}");
            assert_eq!(found[0].line, Some(2));
            let name = format!("docs/{start}{end}.md");
            assert_eq!(check(&Tree::of(&[(&name, "")])).len(), 1, "{name}");
        }
    }
}
