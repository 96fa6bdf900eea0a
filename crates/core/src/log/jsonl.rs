//! The interchange form of operations: one JSON object a line, readable by anyone.

use std::collections::BTreeMap;

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
#[derive(Serialize, Deserialize)]
struct Line {
    id: OpId,
    hlc: Hlc,
    key: Key,
    value: Value,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pred: Vec<OpId>,
    #[serde(flatten)]
    extra: BTreeMap<String, Value>,
}

/// `ops` as JSON lines, in the order given.
///
/// # Errors
/// Only for a value JSON cannot hold (a fraction that is not a number).
pub fn write_jsonl(ops: &[Op]) -> Result<String, serde_json::Error> {
    let mut out = String::new();
    for op in ops.iter().cloned() {
        let Op {
            id,
            hlc,
            key,
            value,
            pred,
            extra,
        } = op;
        out += &serde_json::to_string(&Line {
            id,
            hlc,
            key,
            value,
            pred,
            extra,
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
        .map(|(at, line)| {
            let parsed: Result<Line, _> = serde_json::from_str(line);
            let Line {
                id,
                hlc,
                key,
                value,
                pred,
                extra,
            } = parsed.map_err(|reason| LineError {
                line: at + 1,
                reason,
            })?;
            Ok(Op {
                id,
                hlc,
                key,
                value,
                pred,
                extra,
            })
        })
        .collect()
}
