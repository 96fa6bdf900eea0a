//! How much one device or one address may ask for.
//!
//! # Layout
//! - [`buckets`]: counting, by whatever key
//! - [`peer`]: whose request it is, also behind a proxy

pub mod buckets;
pub mod peer;

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;

use crate::Problem;
use buckets::{Buckets, Rate};

/// The limits of this process.
#[derive(Debug)]
pub struct Limits {
    devices: Mutex<Buckets<DeviceId>>,
    addresses: Mutex<Buckets<IpAddr>>,
}

impl Limits {
    /// With these rates.
    pub fn new(devices: Rate, addresses: Rate) -> Self {
        Self {
            devices: Mutex::new(Buckets::new(devices)),
            addresses: Mutex::new(Buckets::new(addresses)),
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
