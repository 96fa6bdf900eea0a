//! Room in memory: how many bytes of requests and answers there may be at one time.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::Problem;

/// What is counted in: a semaphore counts to fewer than there may be bytes.
const UNIT: usize = 1024;

/// So much room. It is counted in bytes and not in requests: a class's 40 KB must not wait behind the
/// few slow ones who send 8 MiB.
#[derive(Clone, Debug)]
pub struct Room(Arc<Semaphore>);

/// Room that is taken, and given back when this is dropped.
#[derive(Debug)]
pub struct Taken {
    of: Room,
    permit: OwnedSemaphorePermit,
}

impl Room {
    /// Room for so many bytes.
    pub fn new(bytes: usize) -> Self {
        let units = (bytes / UNIT).min(Semaphore::MAX_PERMITS);
        Self(Arc::new(Semaphore::new(units)))
    }

    /// For how many bytes there is room left.
    pub fn left(&self) -> usize {
        self.0.available_permits() * UNIT
    }

    /// Takes room for so many bytes. Nobody waits for it: of those who have some and want more, each
    /// could wait for another.
    ///
    /// # Errors
    /// [`Problem::Unavailable`] when there is none left.
    pub fn take(&self, bytes: usize) -> Result<Taken, Problem> {
        let permit = self.permit(bytes.div_ceil(UNIT))?;
        let of = self.clone();
        Ok(Taken { of, permit })
    }

    fn permit(&self, units: usize) -> Result<OwnedSemaphorePermit, Problem> {
        let units = u32::try_from(units).map_err(|_| Problem::Unavailable)?;
        let permit = self.0.clone().try_acquire_many_owned(units);
        permit.map_err(|_| Problem::Unavailable)
    }
}

impl Taken {
    /// Takes what is missing to so many bytes in all.
    ///
    /// # Errors
    /// [`Problem::Unavailable`] when there is none left.
    pub fn grow_to(&mut self, bytes: usize) -> Result<(), Problem> {
        let has = self.permit.num_permits();
        let missing = bytes.div_ceil(UNIT).saturating_sub(has);
        self.permit.merge(self.of.permit(missing)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_taken_and_given_back() -> Result<(), Problem> {
        let room = Room::new(10 * UNIT);
        let mut some = room.take(0)?;
        some.grow_to(6 * UNIT)?;
        let rest = room.take(3 * UNIT + 1)?;
        assert_eq!(room.left(), 0, "it is counted in whole units");
        assert_eq!(some.grow_to(6 * UNIT + 1), Err(Problem::Unavailable));
        assert_eq!(some.grow_to(UNIT), Ok(()), "it has that already");
        drop(rest);
        some.grow_to(10 * UNIT)?;
        assert!(room.take(1).is_err());
        drop(some);
        room.take(10 * UNIT)?;
        Ok(())
    }
}
