//! How much one device or one address may ask for, and how much all of them together.
//!
//! # Layout
//! - [`buckets`]: counting, by whatever key
//! - [`peer`]: whose request it is, also behind a proxy
//! - [`places`]: connections at one time
//! - [`room`]: bytes in memory

pub mod buckets;
pub mod peer;
pub mod places;
pub mod room;

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;

use crate::Problem;
use buckets::{Buckets, Rate};
use room::Room;

/// How long the body of a request is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For all of it.
    pub body: Duration,
    /// For the next bytes of it.
    pub pause: Duration,
}

/// The limits of this process.
#[derive(Debug)]
pub struct Limits {
    devices: Mutex<Buckets<DeviceId>>,
    addresses: Mutex<Buckets<IpAddr>>,
    /// For the bodies of requests, until they are answered.
    pub uploads: Room,
    /// For the bodies of answers, until they are sent. Apart from the other, so that readers who take
    /// their time keep nobody from handing in.
    pub answers: Room,
    /// How long a body is waited for.
    pub patience: Patience,
}

impl Limits {
    /// With these rates, room for so many bytes of each kind, and this patience.
    pub fn new(devices: Rate, addresses: Rate, memory: usize, patience: Patience) -> Self {
        Self {
            devices: Mutex::new(Buckets::new(devices)),
            addresses: Mutex::new(Buckets::new(addresses)),
            uploads: Room::new(memory),
            answers: Room::new(memory),
            patience,
        }
    }

    /// Counts a request of a device that has signed it.
    ///
    /// # Errors
    /// [`Problem::TooMany`].
    pub fn device(&self, device: DeviceId, now: UnixMillis) -> Result<(), Problem> {
        // A panic elsewhere leaves counts that are as good as any.
        let mut buckets = self.devices.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.take(device, now)
    }

    /// Counts a request from an address, before anything else is done about it.
    ///
    /// # Errors
    /// [`Problem::TooMany`].
    pub fn address(&self, address: IpAddr, now: UnixMillis) -> Result<(), Problem> {
        let mut buckets = self
            .addresses
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        buckets.take(peer::counted_as(address), now)
    }
}
