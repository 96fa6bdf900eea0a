//! A school with two servers, each of which finds the database at one address.

use anyhow::Result;
use std::sync::Arc;
use tempfile::TempDir;
use wuzha_seal::{ClassRef, DeviceKey, Role, ScopeId, ServerPublicKey, Unit};

use super::phone::Phone;
use crate::support::postgres::address::Address;
use crate::support::postgres::cluster::Cluster;
use crate::support::program::{Running, SetUp, init, next, run, serve};
use crate::support::{CLASS, device};

pub struct Stage {
    pub servers: [Arc<Running>; 2],
    /// What an operator moves at a failover.
    address: Address,
    pub cluster: Cluster,
    set_up: SetUp,
    pub teacher: DeviceKey,
    data: TempDir,
}

impl Stage {
    pub fn begin() -> Result<Self> {
        let cluster = Cluster::start()?;
        let address = Address::new()?;
        address.lead_to(cluster.port()?);
        let database = ["--database-url", &Cluster::database(address.port())];
        let data = tempfile::tempdir()?;
        let set_up = init(data.path(), &database)?;
        let server = || {
            serve(
                data.path(),
                &[&database[..], &["--device-rate", "0"]].concat(),
            )
        };
        let servers = [Arc::new(server()?), Arc::new(server()?)];
        let (office, teacher) = (device(1), device(3));
        servers[0].claim(&set_up.invitation, &office)?;
        let invited = next(&set_up.invitation, Role::Teacher, &office, 3)?;
        servers[1].enrol(&invited, &office, &teacher)?;
        Ok(Self {
            servers,
            address,
            cluster,
            set_up,
            teacher,
            data,
        })
    }

    /// A phone of the class that has sealed so many bundles.
    pub fn phone(&self, n: u8, bundles: u64) -> Result<Phone> {
        let key = device(n);
        let invited = next(&self.set_up.invitation, Role::Monitor, &self.teacher, n)?;
        let [server, _] = &self.servers;
        server.enrol(&invited, &self.teacher, &key)?;
        let mut phone = Phone::new(key, self.class(), self.server_key());
        phone.seal(bundles, &self.set_up.invitation.recipients)?;
        Ok(phone)
    }

    /// The address leads to a standby that was not promoted.
    pub fn lead_astray_to(&self, name: &str) -> Result<()> {
        self.address.cut();
        self.address.lead_to(self.cluster.port_of(name)?);
        Ok(())
    }

    /// What an operator does when the primary is lost (docs/scaling.md).
    pub fn fail_over_to(&mut self, name: &str) -> Result<()> {
        self.address.cut();
        self.cluster.promote(name)?;
        let database = self.cluster.url()?;
        run(self.data.path(), &["restore", "--database-url", &database])?;
        self.address.lead_to(self.cluster.port()?);
        Ok(())
    }

    pub fn server_key(&self) -> ServerPublicKey {
        self.set_up.invitation.server_key
    }

    pub fn recovery(&self) -> &wuzha_seal::Identity {
        &self.set_up.recovery
    }

    pub fn scope(&self) -> ScopeId {
        let ClassRef { school, class } = self.class();
        let unit = Unit::Class(class);
        ScopeId { school, unit }
    }

    fn class(&self) -> ClassRef {
        ClassRef {
            school: self.set_up.invitation.place.school.id,
            class: CLASS.class,
        }
    }
}
