//! What is in a row, and how that is written down: one JSON list for each row, exactly and always the same.
//!
//! Numbers of 64 bits are numbers; doubles are texts, read back to the bit; bytes are hexadecimal. What SQLite
//! keeps in a column that is meant for something else is written with its true kind.

use serde_json::{Value, json};

use super::{Kind, Table};
use crate::{DbError, Result};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Null,
    Text(String),
    Integer(i64),
    Double(f64),
    Bool(bool),
    Bytes(Vec<u8>),
}

/// The values of a row, in the order of the table's columns.
pub type Row = Vec<Cell>;

impl Cell {
    /// What it is, where it is something.
    pub(super) fn kind(&self) -> Option<Kind> {
        Some(match self {
            Self::Null => return None,
            Self::Text(_) => Kind::Text,
            Self::Integer(_) => Kind::Long,
            Self::Double(_) => Kind::Double,
            Self::Bool(_) => Kind::Bool,
            Self::Bytes(_) => Kind::Bytes,
        })
    }

    /// SQLite keeps truths as 0 and 1, and a round double as a number: as the column means them.
    pub(super) fn meant_as(self, kind: Kind) -> Self {
        match (self, kind) {
            (Self::Integer(0), Kind::Bool) => Self::Bool(false),
            (Self::Integer(1), Kind::Bool) => Self::Bool(true),
            (cell, _) => cell,
        }
    }

    /// Is it what the column is for?
    pub(crate) fn suits(&self, kind: Kind) -> bool {
        match self.kind() {
            None => true,
            Some(Kind::Long) if kind == Kind::Integer => true,
            Some(own) => own == kind,
        }
    }

    /// As people read it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Double(number) => number.to_string(),
            Self::Bool(truth) => truth.to_string(),
            Self::Bytes(bytes) => hex(bytes),
        }
    }

    fn to_json(&self, kind: Kind) -> Value {
        let plain = match self {
            Self::Null => return Value::Null,
            Self::Text(text) => json!(text),
            Self::Integer(number) => json!(number),
            Self::Double(number) => json!(number.to_string()),
            Self::Bool(truth) => json!(truth),
            Self::Bytes(bytes) => json!(hex(bytes)),
        };
        match self.kind() {
            Some(own) if !self.suits(kind) => json!({ own.word(): plain }),
            _ => plain,
        }
    }

    fn from_json(value: &Value, kind: Kind) -> Option<Self> {
        Some(match (value, kind) {
            (Value::Null, _) => Self::Null,
            (Value::Object(odd), _) => {
                let (word, plain) = odd.iter().next()?;
                if plain.is_object() {
                    return None;
                }
                Self::from_json(plain, Kind::parse(word)?)?
            }
            (Value::Bool(truth), Kind::Bool) => Self::Bool(*truth),
            (Value::Number(number), Kind::Integer | Kind::Long) => Self::Integer(number.as_i64()?),
            (Value::String(text), Kind::Text) => Self::Text(text.clone()),
            (Value::String(text), Kind::Double) => Self::Double(text.parse().ok()?),
            (Value::String(text), Kind::Bytes) => Self::Bytes(unhex(text)?),
            _ => return None,
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(u32::from(four), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|four| u8::try_from(four).ok());
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    });
    pairs.collect()
}

/// A row as one line, without its end.
pub fn encode(table: &Table, row: &[Cell]) -> String {
    let cells = row.iter().zip(&table.columns).map(|(cell, column)| cell.to_json(column.kind));
    Value::Array(cells.collect()).to_string()
}

/// Reads what [`encode`] writes.
pub fn decode(table: &Table, line: &str) -> Result<Row> {
    let wrong = || DbError::Schema(format!("a row of {} cannot be read", table.name));
    let values: Vec<Value> = serde_json::from_str(line).map_err(|_| wrong())?;
    if values.len() != table.columns.len() {
        return Err(wrong());
    }
    let cells = values.iter().zip(&table.columns);
    cells.map(|(value, column)| Cell::from_json(value, column.kind).ok_or_else(wrong)).collect()
}

/// How many rows there are and what is in them, whatever their order: the sum of what each row is hashed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checksum {
    pub rows: u64,
    lanes: [u64; 4],
}

impl Checksum {
    /// Counts a row in.
    pub fn add(&mut self, line: &str) {
        self.rows += 1;
        let hash = openssl::sha::sha256(line.as_bytes());
        let (chunks, _) = hash.as_chunks::<8>();
        for (lane, chunk) in self.lanes.iter_mut().zip(chunks) {
            *lane = lane.wrapping_add(u64::from_be_bytes(*chunk));
        }
    }

    /// As a backup writes it down.
    pub fn text(&self) -> String {
        let [a, b, c, d] = self.lanes;
        format!("{a:016x}{b:016x}{c:016x}{d:016x}")
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Column, *};

    fn table() -> Table {
        let kinds = [Kind::Text, Kind::Integer, Kind::Long, Kind::Double, Kind::Bool, Kind::Bytes];
        let column = |kind: Kind| Column { name: kind.word().to_owned(), kind };
        Table { name: "all".to_owned(), columns: kinds.map(column).to_vec() }
    }

    #[test]
    fn every_value_is_read_back_to_the_bit() {
        let table = table();
        for row in [
            vec![Cell::Null; 6],
            vec![
                Cell::Text("\0\u{1f4a9}\n\"".to_owned()),
                Cell::Integer(i64::from(i32::MIN)),
                Cell::Integer(i64::MIN),
                Cell::Double(0.1 + 0.2),
                Cell::Bool(true),
                Cell::Bytes(vec![0, 255, 16]),
            ],
            vec![
                Cell::Bytes(vec![0xff]),
                Cell::Text("no number".to_owned()),
                Cell::Integer(i64::MAX),
                Cell::Double(-0.0),
                Cell::Integer(7),
                Cell::Text("beef".to_owned()),
            ],
            vec![
                Cell::Text(String::new()),
                Cell::Integer(0),
                Cell::Integer(9_007_199_254_740_993),
                Cell::Double(f64::MIN_POSITIVE / 3.0),
                Cell::Bool(false),
                Cell::Bytes(Vec::new()),
            ],
        ] {
            let line = encode(&table, &row);
            assert!(!line.contains('\n'), "{line}");
            let back = decode(&table, &line).unwrap();
            assert_eq!(back, row, "{line}");
            assert_eq!(encode(&table, &back), line);
        }
    }

    #[test]
    fn lines_that_are_none_are_refused() {
        for line in ["", "[]", "{}", "[1,2,3,4,5,6]", "[null,null,null,null,null,\"abc\"]"] {
            assert!(decode(&table(), line).is_err(), "{line}");
        }
    }

    #[test]
    fn a_checksum_is_of_the_rows_and_not_of_their_order() {
        let sum = |lines: &[&str]| {
            let mut sum = Checksum::default();
            for line in lines {
                sum.add(line);
            }
            sum
        };
        assert_eq!(sum(&["a", "b"]), sum(&["b", "a"]));
        assert_ne!(sum(&["a", "b"]), sum(&["a", "c"]));
        assert_ne!(sum(&["a", "a"]), sum(&["b", "b"]));
        assert_ne!(sum(&[]).text(), sum(&["a"]).text());
    }
}
