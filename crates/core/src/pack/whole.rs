//! All files of a pack, read: what is edited, compared, published and judged.

use serde::{Deserialize, Serialize};

use super::fault::{self, PackFault, Wrong};
use super::{
    Campaign, Checklist, Checklists, Criteria, CriteriaFile, MAX_PACK, PackError, PackFile,
    PackFiles, School,
};
use crate::quiz::{Bank, BankError};

/// A pack with everything in it, as its files say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholePack {
    /// What is done when.
    pub campaign: Campaign,
    /// What is looked at, a list a scope.
    pub checklists: Vec<Checklist>,
    /// When an award is met.
    pub criteria: Vec<Criteria>,
    /// The questions.
    pub bank: Bank,
    /// The school itself.
    pub school: School,
}

impl WholePack {
    /// Reads the files of `overlay`, and where it has none those of `defaults`, and looks at all of it.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the files; nothing else may be published or
    /// accepted.
    pub fn from_files(defaults: &PackFiles, overlay: &PackFiles) -> Result<Self, Vec<PackFault>> {
        let bytes = overlay.bytes();
        if bytes > MAX_PACK {
            let max = MAX_PACK;
            // Nothing of it is read: it is not known which file is the one too many.
            let file = overlay.iter().max_by_key(|(_, text)| text.len());
            let file = file.map_or(PackFile::Bank, |(file, _)| file);
            return Err(vec![of_file(file, Wrong::TooLarge { bytes, max })]);
        }
        let mut faults = Vec::new();
        let mut reader = Reader {
            defaults,
            overlay,
            faults: &mut faults,
        };
        let campaign = reader.json(PackFile::Campaign);
        let checklists = reader.json(PackFile::Checklists);
        let criteria = reader.json(PackFile::Criteria);
        let bank = reader.bank();
        let school = reader.json(PackFile::School);
        let (Some(campaign), Some(checklists), Some(criteria), Some(bank), Some(school)) =
            (campaign, checklists, criteria, bank, school)
        else {
            return Err(faults);
        };
        let Checklists { checklists } = checklists;
        let CriteriaFile { criteria } = criteria;
        let pack = Self {
            campaign,
            checklists,
            criteria,
            bank,
            school,
        };
        match pack.faults() {
            faults if faults.is_empty() => Ok(pack),
            faults => Err(faults),
        }
    }

    /// What is wrong with it, e.g. after a person has edited it.
    pub fn faults(&self) -> Vec<PackFault> {
        fault::of(self)
    }

    /// Its files, as they are written in `content/`: indented, a line end behind the last brace.
    ///
    /// # Errors
    /// [`PackError::Json`], which none of these types leads to.
    pub fn to_files(&self) -> Result<PackFiles, PackError> {
        let checklists = Checklists {
            checklists: self.checklists.clone(),
        };
        let criteria = CriteriaFile {
            criteria: self.criteria.clone(),
        };
        let files = [
            write(PackFile::Campaign, &self.campaign)?,
            write(PackFile::Checklists, &checklists)?,
            write(PackFile::Criteria, &criteria)?,
            write(PackFile::Bank, &self.bank)?,
            write(PackFile::School, &self.school)?,
        ];
        Ok(files.into_iter().collect())
    }
}

struct Reader<'a> {
    defaults: &'a PackFiles,
    overlay: &'a PackFiles,
    faults: &'a mut Vec<PackFault>,
}

impl<'a> Reader<'a> {
    fn text(&mut self, file: PackFile) -> Option<&'a str> {
        let text = self.overlay.text(file).or_else(|| self.defaults.text(file));
        if text.is_none() {
            self.faults.push(of_file(file, Wrong::NoFile));
        }
        text
    }

    fn json<T: Deserialize<'a>>(&mut self, file: PackFile) -> Option<T> {
        let read = serde_json::from_str(self.text(file)?);
        read.map_err(|error| {
            let form = Wrong::Form(error.to_string());
            self.faults.push(of_file(file, form));
        })
        .ok()
    }

    fn bank(&mut self) -> Option<Bank> {
        let read = Bank::from_json(self.text(PackFile::Bank)?);
        read.map_err(|error| self.faults.push(of_bank(error))).ok()
    }
}

fn of_file(file: PackFile, wrong: Wrong) -> PackFault {
    PackFault {
        file,
        place: "/".to_owned(),
        wrong,
    }
}

fn of_bank(error: BankError) -> PackFault {
    let (place, wrong) = match error {
        BankError::Json(error) => return of_file(PackFile::Bank, Wrong::Form(error.to_string())),
        BankError::RepeatedCategory(id) => (id, Wrong::Repeated),
        BankError::Question { id, fault } => (id, Wrong::Question(fault)),
    };
    PackFault {
        file: PackFile::Bank,
        place: place.into(),
        wrong,
    }
}

fn write<T: Serialize>(file: PackFile, content: &T) -> Result<(PackFile, String), PackError> {
    let json = serde_json::to_string_pretty(content).map_err(|reason| PackError::Json {
        file: file.name(),
        reason,
    })?;
    Ok((file, json + "\n"))
}
