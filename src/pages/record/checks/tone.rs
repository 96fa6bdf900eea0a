use wuzha_core::award::Outcome;
use wuzha_core::book::Status;
use wuzha_core::rooms::RoomState;

/// The chip of a room's state.
pub(super) fn of_room(state: RoomState) -> &'static str {
    match state {
        RoomState::NotInspected => "chip",
        RoomState::Started => "chip chip_warn",
        RoomState::Failed => "chip chip_bad",
        RoomState::Undecided => "chip chip_info",
        RoomState::Passed => "chip chip_ok",
        RoomState::Gates(outcome) => of_outcome(outcome),
    }
}

/// The chip of what follows from the gates.
pub(super) fn of_outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::MetSoFar => "chip chip_ok",
        Outcome::Unmet => "chip chip_bad",
        Outcome::Unknown => "chip chip_info",
    }
}

/// The chip of where a student stands; `None`: nobody has recorded it.
pub(super) fn of_status(status: Option<Status>) -> &'static str {
    match status {
        None | Some(Status::Unable | Status::Declined) => "chip",
        Some(Status::NotInstalled) => "chip chip_bad",
        Some(Status::Installed) => "chip chip_warn",
        Some(Status::Registered | Status::WarningOn) => "chip chip_ok",
    }
}
