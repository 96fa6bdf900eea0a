//! What is taken in: files and classes, and what comes of each.

use js_sys::Uint8Array;
use web_sys::File;
use wuzha_jobs::courier::{Class, Failure};

use crate::app::texts;
use crate::browser::save;
use crate::old_ledgers::{self, Sheet};
use crate::school::School;
use crate::shelf;

/// What the name of a sealed file ends in.
const SEALED: &str = ".wzb";
/// Backups that are put on the disk at once: one commit a file took a quarter of the time for a whole school.
const AT_ONCE: usize = 8;
/// They are in memory together.
const BYTES_AT_ONCE: usize = 1_000_000;

/// What is to be taken in at once.
pub(super) enum Item {
    /// Backups, at most [`AT_ONCE`].
    Backups(Vec<File>),
    /// What a class's phone sealed for whoever reads it.
    Sealed(File),
    /// An old ledger, to be looked at before it is merged.
    Spreadsheet(File),
    Class(Class),
    /// What the classes of this part of the school handed in, whoever invited them.
    School,
}

/// What came of one, or why it was not taken in; by its name.
pub(super) type Named = (String, Result<Taken, String>);

/// What came of one.
#[derive(Default)]
pub(super) struct Taken {
    /// Classes with records that were not here.
    pub(super) new: usize,
    /// Files and classes with nothing new.
    pub(super) known: usize,
    /// Of an old ledger.
    pub(super) sheets: Vec<Sheet>,
    /// Bundles that cannot be opened here.
    pub(super) aside: u64,
}

/// Old ledgers come last: they are compared with what the others bring.
pub(super) fn files_of(files: Vec<File>) -> Vec<Item> {
    let (mut backups, mut sealed, mut old) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        let name = file.name();
        if old_ledgers::is_spreadsheet(&name) {
            old.push(Item::Spreadsheet(file));
        } else if name.ends_with(SEALED) {
            sealed.push(Item::Sealed(file));
        } else {
            backups.push(file);
        }
    }
    let backups = backups.chunks(AT_ONCE).map(<[File]>::to_vec);
    let backups = backups.map(Item::Backups);
    backups.chain(sealed).chain(old).collect()
}

impl Item {
    /// How many files or classes it is; as one that of which it is not known.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Backups(files) => files.len(),
            Self::Sealed(_) | Self::Spreadsheet(_) | Self::Class(_) | Self::School => 1,
        }
    }

    /// What was new of each, by its name, or why it was not taken in.
    pub(super) async fn take(self) -> Vec<Named> {
        match self {
            Self::Backups(files) => backups(files).await,
            Self::Sealed(file) => vec![(file.name(), sealed(&file).await)],
            Self::Spreadsheet(file) => vec![(file.name(), spreadsheet(&file).await)],
            Self::Class(class) => {
                let name = class.name.as_str().to_owned();
                vec![(name, of_server(class).await)]
            }
            Self::School => vec![(texts().overview().server.to_owned(), gather().await)],
        }
    }
}

/// One that cannot be read does not keep the others from being taken in.
async fn backups(files: Vec<File>) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    let mut group = Group::default();
    for file in files {
        match read(&file).await {
            Ok(bytes) => group.add(file.name(), &bytes),
            Err(reason) => named.push((file.name(), Err(reason))),
        }
        if group.bytes > BYTES_AT_ONCE {
            named.extend(std::mem::take(&mut group).take_in().await);
        }
    }
    named.extend(group.take_in().await);
    named
}

/// Backups for one commit.
#[derive(Default)]
struct Group {
    names: Vec<String>,
    contents: Vec<Vec<u8>>,
    bytes: usize,
}

impl Group {
    /// Counted when it was read: to ask a file for its size holds the screen up until the browser has looked at the
    /// disk, for each of hundreds.
    fn add(&mut self, name: String, content: &Uint8Array) {
        let content = content.to_vec();
        self.bytes += content.len();
        self.names.push(name);
        self.contents.push(content);
    }

    async fn take_in(self) -> Vec<Named> {
        if self.names.is_empty() {
            return Vec::new();
        }
        let names = self.names.into_iter();
        match shelf::take_files(&self.contents).await {
            Ok(taken) => names.zip(taken.into_iter().map(shelved)).collect(),
            Err(failure) => names
                .map(|name| (name, shelved(Err(failure.clone()))))
                .collect(),
        }
    }
}

async fn sealed(file: &File) -> Result<Taken, String> {
    let opened = School::take_over(read(file).await?).await;
    let (class, ops) = opened.map_err(school_says)?;
    shelved(shelf::take(class, ops).await)
}

async fn of_server(class: Class) -> Result<Taken, String> {
    let opened = School::open(class.id).await;
    let (class, ops) = opened.map_err(school_says)?;
    let taken = shelved(shelf::take(class.id, ops).await)?;
    Ok(Taken {
        aside: class.aside,
        ..taken
    })
}

/// Page by page, each on the shelf before the next is asked for.
async fn gather() -> Result<Taken, String> {
    let mut taken = Taken::default();
    loop {
        let page = School::gather(shelf::reached()).await;
        let page = page.map_err(school_says)?;
        for (class, ops) in page.classes {
            let one = shelved(shelf::take(class, ops).await)?;
            taken.new += one.new;
            taken.known += one.known;
        }
        taken.aside += page.aside;
        shelf::keep_reached(page.reached);
        if page.is_all {
            return Ok(taken);
        }
    }
}

async fn read(file: &File) -> Result<Uint8Array, String> {
    let bytes = save::bytes(file).await;
    bytes.map_err(|_| texts().overview().no_file.to_owned())
}

async fn spreadsheet(file: &File) -> Result<Taken, String> {
    match old_ledgers::read(file).await {
        Ok(sheets) => Ok(Taken {
            sheets,
            ..Taken::default()
        }),
        Err(failure) => Err((texts().old_ledgers().failure)(&failure).to_owned()),
    }
}

fn shelved(taken: Result<shelf::Taken, shelf::Failure>) -> Result<Taken, String> {
    match taken {
        Ok(taken) => {
            let is_new = usize::from(taken.new_records > 0);
            Ok(Taken {
                new: is_new,
                known: 1 - is_new,
                ..Taken::default()
            })
        }
        Err(failure) => Err((texts().overview().failure)(&failure).to_owned()),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the form that map_err takes")]
fn school_says(failure: Failure) -> String {
    (texts().school().failure)(&failure)
}
