//! Small numbers beside the name of a class (小数保护): where one or two in a class are counted, the class
//! knows who. Such a number is shown as 少于3, and so is 0: else "not 0" would already tell.

use crate::ledger::Cell;

/// The least number that may stand beside the name of a class.
pub(crate) const LEAST_SHOWN: u32 = 3;

/// What stands instead of a smaller one.
pub(crate) const FEW: &str = "少于3";

/// A number beside the name of a class.
pub(crate) fn beside_class(count: u32) -> Cell {
    if count < LEAST_SHOWN {
        Cell::text(FEW)
    } else {
        Cell::Count(count)
    }
}
