//! Places for connections: so many in all, and so many for one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::peer;

/// The places of a server.
#[derive(Debug)]
pub struct Places {
    all: usize,
    of_one: usize,
    /// How many each address has; no entry for none.
    taken: Mutex<HashMap<IpAddr, usize>>,
}

/// A place, which is free again when this is dropped.
#[derive(Debug)]
pub struct Place {
    of: Arc<Places>,
    address: IpAddr,
}

impl Places {
    /// So many in all, and so many of them for one address.
    pub fn new(all: usize, of_one: usize) -> Arc<Self> {
        let taken = Mutex::default();
        Arc::new(Self { all, of_one, taken })
    }

    /// A place for a connection from there, if there is one left for it.
    pub fn take(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let address = peer::counted_as(address);
        let mut taken = self.taken();
        // Over the addresses, of which there are few thousand: a number beside them could differ.
        let all: usize = taken.values().sum();
        let own = taken.get(&address).copied().unwrap_or_default();
        if all >= self.all || own >= self.of_one {
            return None;
        }
        taken.insert(address, own + 1);
        let of = self.clone();
        Some(Place { of, address })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.of.taken();
        match taken.get_mut(&self.address) {
            Some(own) if *own > 1 => *own -= 1,
            _ => drop(taken.remove(&self.address)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn host(n: u8) -> IpAddr {
        Ipv4Addr::new(192, 0, 2, n).into()
    }

    #[test]
    fn there_are_so_many_for_one_and_so_many_in_all() {
        let places = Places::new(3, 2);
        let first = places.take(host(1));
        let second = places.take(host(1));
        assert!(first.is_some() && second.is_some());
        assert!(places.take(host(1)).is_none(), "a third of one address");
        let other = places.take(host(2));
        assert!(other.is_some());
        assert!(places.take(host(3)).is_none(), "a fourth in all");
        drop(first);
        let again = places.take(host(3));
        assert!(again.is_some());
        drop((second, other, again));
        assert!(places.taken().is_empty(), "who has gone is forgotten");
    }
}
