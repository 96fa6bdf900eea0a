//! Handing in, seen from outside the crate: one program, so that it is linked once.

mod answers;
mod hand_in;
mod outbox;
mod reader;
mod receipts;
mod reconcile;
mod refused;
mod set_back;
mod simulation;
mod stored;
mod support;
mod vectors;
mod waiting;
