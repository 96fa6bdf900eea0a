//! Invitations, and the memberships they gave.

use sqlx::any::AnyRow;
use std::collections::BTreeMap;
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    ClassId, DepartmentId, DevicePublicKey, Role, SchoolId, SecretHash, Serial, Unit,
};

use super::many::{about, padded, places};
use super::school::add_scope;
use super::{Store, StoreError, Tx, bytes};
use crate::enrol::{Claimed, Kept, Member, Members, Place};

const COLUMNS: &str = "serial, secret_sha256, role, unit, department, issuer, expires_at, \
                       member_until, device, claimed_at, refused_claims, revoked_at";

impl Store {
    /// The invitations of this issuer, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn issued_by(
        &self,
        school: SchoolId,
        issuer: DeviceId,
    ) -> Result<Vec<Kept>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM invitation WHERE school = $1 AND issuer = $2 \
             ORDER BY created_at, serial"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(bytes::of(school.to_bytes()))
            .bind(bytes::of(issuer.to_bytes()))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(kept).collect()
    }

    /// All that a device is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn members(&self, school: SchoolId, device: DeviceId) -> Result<Members, StoreError> {
        let mut tx = self.begin().await?;
        let mut members = members_of(&mut tx, school, &[device]).await?;
        Ok(members.remove(&device).unwrap_or_default())
    }

    /// The place of a department or class that somebody was invited for.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn place(&self, school: SchoolId, unit: Unit) -> Result<Option<Place>, StoreError> {
        let mut tx = self.begin().await?;
        place_of(&mut tx, school, unit).await
    }
}

/// The place of a part of the school; `None` for a class that nobody was invited for.
///
/// # Errors
/// When the database does not answer.
pub async fn place_of(
    tx: &mut Tx,
    school: SchoolId,
    unit: Unit,
) -> Result<Option<Place>, StoreError> {
    match unit {
        Unit::School => Ok(Some(Place::SCHOOL)),
        Unit::Department(id) => Ok(Some(Place::department(id))),
        Unit::Class(class) => place_of_class(tx, school, class).await,
    }
}

/// All that these devices are; one that nobody invited is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn members_of(
    tx: &mut Tx,
    school: SchoolId,
    devices: &[DeviceId],
) -> Result<BTreeMap<DeviceId, Members>, StoreError> {
    let mut members: BTreeMap<DeviceId, Vec<Member>> = BTreeMap::new();
    for part in padded(devices) {
        let asked = places(2, 1, part.len());
        let sql =
            format!("SELECT {COLUMNS} FROM invitation WHERE school = $1 AND device IN {asked}");
        let mut query = about(school, sql);
        for device in part {
            query = query.bind(bytes::of(device.to_bytes()));
        }
        for row in query.fetch_all(&mut **tx).await? {
            if let Some(member) = kept(&row)?.member() {
                members.entry(member.device).or_default().push(member);
            }
        }
    }
    let members = members.into_iter();
    Ok(members
        .map(|(device, all)| (device, Members::new(all)))
        .collect())
}

/// A class that somebody was invited for.
///
/// # Errors
/// When the database does not answer.
pub async fn place_of_class(
    tx: &mut Tx,
    school: SchoolId,
    class: ClassId,
) -> Result<Option<Place>, StoreError> {
    let row = sqlx::query("SELECT department FROM class WHERE school = $1 AND class = $2")
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of(class.to_bytes()))
        .fetch_optional(&mut **tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let department = bytes::id_if_any(&row, "department")?.map(DepartmentId::from_bytes);
    Ok(Some(Place::class(class, department)))
}

/// The invitation with this serial.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    tx: &mut Tx,
    school: SchoolId,
    serial: Serial,
) -> Result<Option<Kept>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM invitation WHERE school = $1 AND serial = $2");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of(serial.to_bytes()))
        .fetch_optional(&mut **tx)
        .await?;
    row.as_ref().map(kept).transpose()
}

/// The invitations that this device has claimed.
///
/// # Errors
/// When the database does not answer.
pub async fn claimed_by(
    tx: &mut Tx,
    school: SchoolId,
    device: DeviceId,
) -> Result<Vec<Kept>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM invitation WHERE school = $1 AND device = $2");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of(device.to_bytes()))
        .fetch_all(&mut **tx)
        .await?;
    rows.iter().map(kept).collect()
}

/// The invitations of this issuer for this part of the school.
///
/// # Errors
/// When the database does not answer.
pub async fn issued_for(
    tx: &mut Tx,
    school: SchoolId,
    issuer: DeviceId,
    unit: Unit,
) -> Result<Vec<Kept>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM invitation WHERE school = $1 AND issuer = $2 AND unit = $3");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of(issuer.to_bytes()))
        .bind(bytes::of_unit(unit))
        .fetch_all(&mut **tx)
        .await?;
    rows.iter().map(kept).collect()
}

/// Keeps an invitation, and the part of the school that it is for.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    tx: &mut Tx,
    school: SchoolId,
    new: &Kept,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO invitation (school, serial, secret_sha256, role, unit, department, \
               issuer, created_at, expires_at, member_until, refused_claims) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)";
    sqlx::query(sql)
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of(new.serial.to_bytes()))
        .bind(bytes::of(new.secret.to_bytes()))
        .bind(role_code(new.role))
        .bind(bytes::of_unit(new.place.unit()))
        .bind(bytes::of_department(new.place))
        .bind(new.issuer.map(|device| bytes::of(device.to_bytes())))
        .bind(bytes::signed(now.0))
        .bind(bytes::signed(new.expires.0))
        .bind(new.member_until.map(|until| bytes::signed(until.0)))
        .execute(&mut **tx)
        .await?;
    add_place(tx, school, new.place).await
}

async fn add_place(tx: &mut Tx, school: SchoolId, place: Place) -> Result<(), StoreError> {
    if let Unit::Class(class) = place.unit() {
        let sql = "INSERT INTO class (school, class, department, stored_bytes) \
                   VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING";
        sqlx::query(sql)
            .bind(bytes::of(school.to_bytes()))
            .bind(bytes::of(class.to_bytes()))
            .bind(bytes::of_department(place))
            .execute(&mut **tx)
            .await?;
    }
    for scope in place.scopes(school) {
        add_scope(tx, school, scope.unit).await?;
    }
    Ok(())
}

/// Writes down who claimed an invitation.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(
    tx: &mut Tx,
    school: SchoolId,
    serial: Serial,
    by: DevicePublicKey,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let sql = "UPDATE invitation SET device = $3, device_key = $4, claimed_at = $5 \
               WHERE school = $1 AND serial = $2";
    sqlx::query(sql)
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of(serial.to_bytes()))
        .bind(bytes::of(by.device().to_bytes()))
        .bind(bytes::of(by.to_bytes()))
        .bind(bytes::signed(now.0))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Counts a claim that was refused since another device came first.
///
/// # Errors
/// When the database does not answer.
pub async fn count_refusal(
    tx: &mut Tx,
    school: SchoolId,
    serial: Serial,
) -> Result<(), StoreError> {
    let sql = "UPDATE invitation SET refused_claims = refused_claims + 1 \
               WHERE school = $1 AND serial = $2";
    sqlx::query(sql)
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of(serial.to_bytes()))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Withdraws an invitation, or ends the membership that it gave. The first time counts.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke(
    tx: &mut Tx,
    school: SchoolId,
    serial: Serial,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let sql = "UPDATE invitation SET revoked_at = $3 \
               WHERE school = $1 AND serial = $2 AND revoked_at IS NULL";
    sqlx::query(sql)
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of(serial.to_bytes()))
        .bind(bytes::signed(now.0))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn kept(row: &AnyRow) -> Result<Kept, StoreError> {
    let device = bytes::device_if_any(row, "device")?;
    let claimed_at = bytes::time(row, "claimed_at")?;
    Ok(Kept {
        serial: Serial::from_bytes(bytes::id(row, "serial")?),
        secret: SecretHash::from_bytes(bytes::id(row, "secret_sha256")?),
        role: role(bytes::number(row, "role")?)?,
        place: bytes::place(row)?,
        issuer: bytes::device_if_any(row, "issuer")?,
        expires: UnixMillis(bytes::number(row, "expires_at")?),
        member_until: bytes::time(row, "member_until")?,
        claimed: device
            .zip(claimed_at)
            .map(|(device, at)| Claimed { device, at }),
        refused_claims: bytes::number(row, "refused_claims")?,
        revoked: bytes::time(row, "revoked_at")?,
    })
}

/// The numbers of the invitation's format (docs/formats.md).
fn role_code(role: Role) -> i64 {
    match role {
        Role::SecurityOffice => 1,
        Role::Department => 2,
        Role::Teacher => 3,
        Role::Monitor => 4,
    }
}

fn role(code: u64) -> Result<Role, StoreError> {
    match code {
        1 => Ok(Role::SecurityOffice),
        2 => Ok(Role::Department),
        3 => Ok(Role::Teacher),
        4 => Ok(Role::Monitor),
        _ => Err(StoreError::Damaged),
    }
}
