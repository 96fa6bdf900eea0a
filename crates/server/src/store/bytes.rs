//! Ids and numbers in rows.

use sqlx::Row;
use sqlx::any::AnyRow;
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{ClassId, DepartmentId, Unit};

use super::StoreError;
use crate::enrol::Place;

const SCHOOL: u8 = 0;
const DEPARTMENT: u8 = 1;
const CLASS: u8 = 2;

/// An id as it is stored.
pub(super) fn of<const N: usize>(id: [u8; N]) -> Vec<u8> {
    id.to_vec()
}

/// A number as it is stored. All of ours are far below what does not fit.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn number(row: &AnyRow, column: &str) -> Result<u64, StoreError> {
    let number: i64 = row.try_get(column)?;
    u64::try_from(number).map_err(|_| StoreError::Damaged)
}

pub(super) fn time(row: &AnyRow, column: &str) -> Result<Option<UnixMillis>, StoreError> {
    let time: Option<i64> = row.try_get(column)?;
    let time = time.map(u64::try_from).transpose();
    Ok(time.map_err(|_| StoreError::Damaged)?.map(UnixMillis))
}

pub(super) fn id<const N: usize>(row: &AnyRow, column: &str) -> Result<[u8; N], StoreError> {
    exact(row.try_get::<Vec<u8>, _>(column)?)
}

pub(super) fn id_if_any<const N: usize>(
    row: &AnyRow,
    column: &str,
) -> Result<Option<[u8; N]>, StoreError> {
    let bytes: Option<Vec<u8>> = row.try_get(column)?;
    bytes.map(exact).transpose()
}

pub(super) fn device_if_any(row: &AnyRow, column: &str) -> Result<Option<DeviceId>, StoreError> {
    Ok(id_if_any(row, column)?.map(DeviceId::from_bytes))
}

/// A unit as it is stored: its kind, then its id or zeros.
pub(super) fn of_unit(unit: Unit) -> Vec<u8> {
    let (kind, id) = match unit {
        Unit::School => (SCHOOL, [0; 8]),
        Unit::Department(id) => (DEPARTMENT, id.to_bytes()),
        Unit::Class(id) => (CLASS, id.to_bytes()),
    };
    [&[kind][..], &id].concat()
}

/// The unit of the column `unit`.
pub(super) fn unit(row: &AnyRow) -> Result<Unit, StoreError> {
    let [kind, unit @ ..]: [u8; 9] = id(row, "unit")?;
    match kind {
        SCHOOL => Ok(Unit::School),
        DEPARTMENT => Ok(Unit::Department(DepartmentId::from_bytes(unit))),
        CLASS => Ok(Unit::Class(ClassId::from_bytes(unit))),
        _ => Err(StoreError::Damaged),
    }
}

pub(super) fn of_department(place: Place) -> Option<Vec<u8>> {
    place.in_department().map(|id| of(id.to_bytes()))
}

/// The place of the columns `unit` and `department`.
pub(super) fn place(row: &AnyRow) -> Result<Place, StoreError> {
    let department = id_if_any(row, "department")?.map(DepartmentId::from_bytes);
    Ok(match unit(row)? {
        Unit::School => Place::SCHOOL,
        Unit::Department(id) => Place::department(id),
        Unit::Class(id) => Place::class(id, department),
    })
}

fn exact<const N: usize>(bytes: Vec<u8>) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Damaged)
}
