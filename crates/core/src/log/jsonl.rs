//! The interchange form of operations: one JSON object a line, readable by anyone.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Hlc, Key, Op, OpId, Value};

/// A line that is no operation.
#[derive(Debug, Error)]
#[error("line {line}: {reason}")]
pub struct LineError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: serde_json::Error,
}

/// An operation as a line: unknown fields of newer versions stand beside the known ones.
#[derive(Serialize)]
struct Line<'a> {
    id: OpId,
    hlc: Hlc,
    key: &'a Key,
    value: &'a Value,
    #[serde(skip_serializing_if = "<[OpId]>::is_empty")]
    pred: &'a [OpId],
    #[serde(flatten)]
    extra: &'a BTreeMap<String, Value>,
}

/// A line that was read.
struct Read(Op);

/// `ops` as JSON lines, in the order given.
///
/// # Errors
/// Only for a value JSON cannot hold (a fraction that is not a number).
pub fn write_jsonl(ops: &[Op]) -> Result<String, serde_json::Error> {
    let mut out = String::new();
    for op in ops {
        out += &serde_json::to_string(&Line {
            id: op.id,
            hlc: op.hlc,
            key: &op.key,
            value: &op.value,
            pred: &op.pred,
            extra: &op.extra,
        })?;
        out.push('\n');
    }
    Ok(out)
}

/// The operations in `text`; empty lines are passed over.
///
/// # Errors
/// The first line that is no operation: a damaged file is refused whole, never half taken over.
pub fn read_jsonl(text: &str) -> Result<Vec<Op>, LineError> {
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| match serde_json::from_str(line) {
            Ok(Read(op)) => Ok(op),
            Err(reason) => {
                let line = at + 1;
                Err(LineError { line, reason })
            }
        })
        .collect()
}

/// Written by hand: what serde makes for a flattened map keeps a copy of each field's name, and a school has
/// millions of lines.
impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(LineVisitor)
    }
}

struct LineVisitor;

impl<'de> Visitor<'de> for LineVisitor {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an operation")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        let (mut id, mut hlc, mut key, mut value, mut pred) = (None, None, None, None, None);
        let mut extra = BTreeMap::new();
        while let Some(field) = map.next_key()? {
            match field {
                Field::Id => once(&mut id, "id", &mut map)?,
                Field::Hlc => once(&mut hlc, "hlc", &mut map)?,
                Field::Key => once(&mut key, "key", &mut map)?,
                Field::Value => once(&mut value, "value", &mut map)?,
                Field::Pred => once(&mut pred, "pred", &mut map)?,
                Field::Newer(name) => {
                    extra.insert(name, map.next_value()?);
                }
            }
        }
        let missing = A::Error::missing_field;
        Ok(Read(Op {
            id: id.ok_or_else(|| missing("id"))?,
            hlc: hlc.ok_or_else(|| missing("hlc"))?,
            key: key.ok_or_else(|| missing("key"))?,
            value: value.ok_or_else(|| missing("value"))?,
            pred: pred.unwrap_or_default(),
            extra,
        }))
    }
}

/// Reads the value of a field that a line has once.
fn once<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    field: &mut Option<T>,
    name: &'static str,
    map: &mut A,
) -> Result<(), A::Error> {
    match field.replace(map.next_value()?) {
        None => Ok(()),
        Some(_) => Err(A::Error::duplicate_field(name)),
    }
}

/// The name of a field.
enum Field {
    Id,
    Hlc,
    Key,
    Value,
    Pred,
    /// Of a newer version.
    Newer(String),
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldVisitor;
        impl Visitor<'_> for FieldVisitor {
            type Value = Field;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_str<E>(self, name: &str) -> Result<Field, E> {
                Ok(match name {
                    "id" => Field::Id,
                    "hlc" => Field::Hlc,
                    "key" => Field::Key,
                    "value" => Field::Value,
                    "pred" => Field::Pred,
                    name => Field::Newer(name.to_owned()),
                })
            }
        }
        deserializer.deserialize_identifier(FieldVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Op, String> {
        let ops = read_jsonl(line).map_err(|error| error.reason.to_string())?;
        ops.into_iter().next().ok_or_else(|| "no line".to_owned())
    }

    #[test]
    fn fields_stand_in_any_order_and_their_texts_may_be_escaped() {
        let line = r#"{"value":1,"\u006bey":"a\/b/c","hlc":[5,0],"id":"\u0030102030405060708:1"}"#;
        let op = read(line).unwrap();
        assert_eq!(
            (op.id.to_string().as_str(), op.key.as_str()),
            ("0102030405060708:1", "a/b/c")
        );
        assert_eq!(op.pred, []);
    }

    #[test]
    fn a_line_that_lacks_a_field_or_has_it_twice_is_refused() {
        let fields = [
            ("id", r#""0102030405060708:1""#),
            ("hlc", "[5,0]"),
            ("key", r#""a/b/c""#),
            ("value", "null"),
        ];
        let line = |of: &[(&str, &str)]| {
            let fields = of.iter().map(|(name, value)| format!("\"{name}\":{value}"));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        };
        assert!(read(&line(&fields)).is_ok());
        for (at, &(name, _)) in fields.iter().enumerate() {
            let mut without = fields.to_vec();
            without.remove(at);
            let refused = read(&line(&without)).unwrap_err();
            let missing = format!("missing field `{name}`");
            assert!(refused.contains(&missing), "{refused}");
            let twice = [fields.as_slice(), &[fields[at]]].concat();
            let refused = read(&line(&twice)).unwrap_err();
            let duplicate = format!("duplicate field `{name}`");
            assert!(refused.contains(&duplicate), "{refused}");
        }
    }
}
