//! Lists of domains as admins pass them around: Mastodon's CSV, or one domain a line.

use csv::{ReaderBuilder, StringRecord, Writer};
use db::domains::RuleRow;
use domain::{
    Invalid,
    domains::{Domain, Rule, Severity},
};

/// The columns, as Mastodon names them.
const COLUMNS: [&str; 6] =
    ["domain", "severity", "reject_media", "reject_reports", "public_comment", "obfuscate"];
/// No list is longer.
const MOST_LINES: usize = 200_000;
/// With these a spreadsheet begins a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A line of a list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Counted from 1.
    pub number: u64,
    /// As it is written.
    pub text: String,
    pub rule: Result<(Domain, Rule), Invalid>,
}

/// Reads a list. Lines that begin with `#` are comments, but for a first one that names the columns; where no
/// severity is written, it is `usual`.
pub fn read(text: &str, usual: Severity) -> Vec<Line> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut columns: Vec<String> = COLUMNS.map(str::to_owned).to_vec();
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(err) => {
                let number = err.position().map_or(0, csv::Position::line);
                let rule = Err(Invalid::new("domain", "stands in a line that cannot be read"));
                lines.push(Line { number, text: String::new(), rule });
                continue;
            }
        };
        let first = record.get(0).unwrap_or_default();
        if names_columns(first) {
            columns =
                record.iter().map(|name| name.trim_start_matches('#').to_lowercase()).collect();
            continue;
        }
        if first.starts_with('#') || record.iter().all(str::is_empty) {
            continue;
        }
        let number = record.position().map_or(0, csv::Position::line);
        let shown = record.iter().collect::<Vec<_>>().join(",").chars().take(200).collect();
        if MOST_LINES <= lines.len() {
            let rule =
                Err(Invalid::new("domain", "stands too far down; a list has 200000 lines at most"));
            lines.push(Line { number, text: shown, rule });
            break;
        }
        lines.push(Line { number, text: shown, rule: rule(&columns, &record, usual) });
    }
    lines
}

fn names_columns(first: &str) -> bool {
    first.trim_start_matches('#').trim().eq_ignore_ascii_case("domain")
}

fn rule(
    columns: &[String],
    record: &StringRecord,
    usual: Severity,
) -> Result<(Domain, Rule), Invalid> {
    let cell = |name: &str| {
        let place = columns.iter().position(|column| column == name);
        plain(place.and_then(|place| record.get(place)).unwrap_or_default())
    };
    let severity = match cell("severity") {
        "" => usual,
        "silence" => Severity::Limit,
        word => Severity::parse(word)?,
    };
    let rule = Rule {
        reject_media: yes("reject_media", cell("reject_media"))?,
        reject_reports: yes("reject_reports", cell("reject_reports"))?,
        obfuscate: yes("obfuscate", cell("obfuscate"))?,
        ..Rule::of(severity)
    };
    Ok((Domain::parse(cell("domain"))?, rule.commented(cell("public_comment"), "")?))
}

fn yes(field: &'static str, word: &str) -> Result<bool, Invalid> {
    match word.to_ascii_lowercase().as_str() {
        "" | "false" | "0" | "no" => Ok(false),
        "true" | "1" | "yes" => Ok(true),
        _ => Err(Invalid::new(field, "must be true or false")),
    }
}

/// Without the mark that keeps a spreadsheet from reading a cell as a formula.
fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

/// The rules as Mastodon's CSV. Private comments stay here.
pub fn write(rules: &[RuleRow]) -> String {
    let mut out = Writer::from_writer(Vec::new());
    // What is written into memory does not fail.
    let _written = out.write_record(COLUMNS.map(|name| format!("#{name}")));
    for row in rules {
        let severity = match row.severity {
            Severity::Limit => "silence",
            other => other.word(),
        };
        let word = |yes: bool| yes.to_string();
        let _written = out.write_record([
            row.domain.as_str().to_owned(),
            severity.to_owned(),
            word(row.reject_media),
            word(row.reject_reports),
            marked(&row.public_comment),
            word(row.obfuscate),
        ]);
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn marked(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use domain::Time;

    use super::*;

    fn read_one(text: &str) -> Result<(String, Rule), String> {
        let lines = read(text, Severity::Suspend);
        assert_eq!(lines.len(), 1, "{text}");
        let line = lines.into_iter().next().unwrap();
        line.rule.map(|(domain, rule)| (domain.into(), rule)).map_err(|err| err.to_string())
    }

    #[test]
    fn lists_of_mastodon_and_bare_ones_are_read() {
        let header = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n";
        let text = format!("{header}Evil.example,silence,true,FALSE,\"spam, much\",1\n");
        let (domain, rule) = read_one(&text).unwrap();
        assert_eq!(domain, "evil.example");
        let want = Rule { reject_media: true, obfuscate: true, ..Rule::of(Severity::Limit) };
        assert_eq!(rule, want.commented("spam, much", "").unwrap());
        for text in ["evil.example", "# a comment\n\nevil.example\n", "\u{feff}evil.example\r\n"] {
            assert_eq!(
                read_one(text).unwrap(),
                ("evil.example".to_owned(), Rule::of(Severity::Suspend))
            );
        }
        let swapped = "severity,domain\nnoop,evil.example";
        assert!(read(swapped, Severity::Suspend).iter().any(|line| line.rule.is_err()));
        let swapped = "domain,public_comment\nevil.example,spam";
        assert_eq!(read_one(swapped).unwrap().1.public_comment, "spam");
    }

    #[test]
    fn lines_that_are_no_rules_say_why() {
        for (text, want) in [
            ("com", "domain must not be a top level domain"),
            ("*", "domain must be a whole domain without *; a rule holds for all below it"),
            ("evil.example,eternal", "severity must be one of: limit suspend noop allow"),
            ("evil.example,suspend,maybe", "reject_media must be true or false"),
            (",suspend", "domain is missing"),
        ] {
            assert_eq!(read_one(text).unwrap_err(), want, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_again_and_is_no_formula() {
        let rule = Rule { reject_reports: true, ..Rule::of(Severity::Limit) };
        let rule = rule.commented("=HYPERLINK(\"https://evil.example\")", "").unwrap();
        let domain = Domain::parse("evil.example").unwrap();
        let row = RuleRow::new(domain, rule.clone(), None, Time::from_micros(0));
        let text = write(&[row]);
        assert_eq!(
            text,
            "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n\
             evil.example,silence,false,true,\"'=HYPERLINK(\"\"https://evil.example\"\")\",false\n",
            "MED-16"
        );
        assert_eq!(read_one(&text).unwrap(), ("evil.example".to_owned(), rule));
    }
}
