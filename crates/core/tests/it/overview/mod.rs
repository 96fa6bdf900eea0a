//! The overview: what a class shows from afar, in which order classes come, and what they make together.

mod figures;
