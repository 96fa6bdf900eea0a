//! `cargo xtask classes --out DIR`: an invented school, as the backup files of its
//! classes.
//!
//! For whoever looks at many classes at once: trying it out, checking its numbers against
//! `tests/interop/count_classes.py`, measuring. Everything is written through the app's own commands, so
//! the files hold what phones would write, gaps, corrections and conflicts included; and every name says
//! that it is invented. The same seed gives the same bytes.
//!
//! # Layout
//! - [`school`]: the departments, grades and classes; [`plan`]: what kind of class each one is
//! - [`dice`]: chance that is the same every time; [`phones`]: who writes, and who has seen what
//! - [`roster`], [`registration`], [`inspections`], [`quiz`], [`unseen`], [`activities`]: what happens in a class
//! - [`to_and_fro`]: more operations for measuring

mod activities;
mod dice;
mod inspections;
mod phones;
mod plan;
mod quiz;
mod registration;
mod roster;
mod school;
#[cfg(test)]
mod tests;
mod to_and_fro;
mod unseen;

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use clap::Parser;
use std::fs;
use std::path::{Path, PathBuf};
use wuzha_core::ident::StudentNo;
use wuzha_core::pack::Pack;
use wuzha_core::quiz::Bank;
use wuzha_core::roster::Student;
use wuzha_core::time::{UnixMillis, UtcOffset};
use wuzha_files::{BackupMeta, file_name, write_backup};

use self::dice::Dice;
use self::phones::Phones;
use self::plan::{Plan, Quizzes};
use self::school::ClassName;

const HOUR_MS: u64 = 60 * 60 * 1000;
/// 2021-12-21T00:00 in China: the campaign's first day.
const START: UnixMillis = UnixMillis(1_640_016_000_000);
/// The evening of the backups, 2021-12-26.
const BACKUP: UnixMillis = at(5, 20);

/// Writes a backup file for each class of an invented school.
#[derive(Parser)]
struct Options {
    /// How many classes
    #[arg(long, default_value_t = 64)]
    count: usize,
    /// Any number; the same one gives the same files
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// The folder for the files: a new or an empty one
    #[arg(long)]
    out: PathBuf,
    /// At least this many operations in all classes together, by marks that are set and put back
    #[arg(long, default_value_t = 0)]
    ops: usize,
}

fn main() -> Result<()> {
    write(&Options::parse())
}

fn write(options: &Options) -> Result<()> {
    let out = &options.out;
    fs::create_dir_all(out).with_context(|| format!("could not make {}", out.display()))?;
    refuse_full(out)?;
    let content = Content::read()?;
    let (mut students, mut ops) = (0, 0);
    for (nth, name) in (0..options.count).zip(ClassName::all()) {
        let file = class_file(&content, options, nth, &name)?;
        let path = out.join(&file.name);
        fs::write(&path, &file.bytes)
            .with_context(|| format!("could not write {}", path.display()))?;
        students += file.students;
        ops += file.ops;
    }
    println!(
        "{} classes, {students} students and {ops} operations in {}",
        options.count,
        out.display()
    );
    Ok(())
}

/// Files of another seed among these would be counted with them.
fn refuse_full(out: &Path) -> Result<()> {
    let mut entries =
        fs::read_dir(out).with_context(|| format!("could not list {}", out.display()))?;
    if entries.next().is_some() {
        bail!("{} is not empty", out.display());
    }
    Ok(())
}

/// The content that ships.
struct Content {
    bank: Bank,
    pack: Pack,
}

impl Content {
    fn read() -> Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/default");
        let text = |name: &str| {
            let path = folder.join(name);
            fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))
        };
        Ok(Self {
            bank: Bank::from_json(&text("bank.json")?)?,
            pack: Pack::from_json(
                &text("campaign.json")?,
                &text("checklists.json")?,
                &text("criteria.json")?,
            )?,
        })
    }
}

/// One class's backup, as the app would have saved it.
struct ClassFile {
    name: String,
    bytes: Vec<u8>,
    students: usize,
    ops: usize,
}

/// The `nth` class, from 0. It does not depend on how many classes there are, but for its share of the
/// operations asked for.
fn class_file(
    content: &Content,
    options: &Options,
    nth: usize,
    name: &ClassName,
) -> Result<ClassFile> {
    let dice = Dice::of_class(options.seed, nth as u64);
    let mut class = Class::new(content, name, dice)?;
    class.live(name)?;
    let mut dice = Dice::of_activities(options.seed, nth as u64);
    activities::record(&mut class, name, &mut dice)?;
    let share = options.ops / options.count + usize::from(nth < options.ops % options.count);
    class.phones.wait_until(at(5, 13));
    to_and_fro::write(&mut class, share, 4 * HOUR_MS)?;
    class.into_file(name)
}

/// A class while its records are written.
struct Class<'a> {
    content: &'a Content,
    plan: Plan,
    dice: Dice,
    roster: Vec<Student>,
    phones: Phones,
}

impl<'a> Class<'a> {
    fn new(content: &'a Content, name: &ClassName, mut dice: Dice) -> Result<Self> {
        let plan = Plan::draw(&mut dice);
        Ok(Self {
            content,
            roster: roster::draw(name, &plan, &mut dice)?,
            phones: Phones::new(plan.phones, at(0, 18), &mut dice),
            plan,
            dice,
        })
    }

    /// The first days of the campaign.
    fn live(&mut self, name: &ClassName) -> Result<()> {
        roster::take_over(self, name)?;
        self.phones.wait_until(at(1, 12));
        registration::go_through(self)?;
        registration::correct(self)?;
        if self.plan.quiz == Quizzes::Two {
            self.phones.wait_until(at(1, 19));
            quiz::hold(self)?;
        }
        self.phones.wait_until(at(2, 19));
        self.inspect_in_round(1)?;
        self.phones.wait_until(at(3, 12));
        registration::collect_papers(self)?;
        self.phones.wait_until(at(3, 19));
        self.hold_quiz()?;
        self.phones.wait_until(at(5, 8));
        registration::correct(self)?;
        roster::change(self)?;
        self.inspect_in_round(2)?;
        unseen::write(self)
    }

    fn inspect_in_round(&mut self, round: u32) -> Result<()> {
        match round <= self.plan.rounds {
            true => inspections::walk_through(self),
            false => Ok(()),
        }
    }

    fn hold_quiz(&mut self) -> Result<()> {
        if self.plan.quiz == Quizzes::None {
            return Ok(());
        }
        let paper = quiz::hold(self)?;
        if self.plan.quiz != Quizzes::One {
            self.phones.wait_until(at(4, 19));
            quiz::hold_again(self, &paper)?;
        }
        Ok(())
    }

    fn into_file(self, name: &ClassName) -> Result<ClassFile> {
        let students = self.roster.len();
        let (device, ops) = self.phones.into_log()?;
        let meta = BackupMeta {
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            class_name: name.text(),
            made_at: BACKUP,
            device,
        };
        Ok(ClassFile {
            name: file_name(&name.text(), "备份", day(BACKUP), "zip"),
            bytes: write_backup(&ops, &meta)?,
            students,
            ops: ops.len(),
        })
    }

    /// One of the phones.
    fn anybody(&mut self) -> usize {
        let all: Vec<usize> = (0..self.phones.count()).collect();
        self.dice.one_of(&all).unwrap_or(0)
    }

    /// Everybody's number.
    fn numbers(&self) -> Vec<StudentNo> {
        self.roster
            .iter()
            .map(|student| student.no.clone())
            .collect()
    }

    fn today(&self) -> NaiveDate {
        day(self.phones.now())
    }
}

/// `hour` in China on the `day`th day of the campaign, from 0.
const fn at(day: u64, hour: u64) -> UnixMillis {
    UnixMillis(START.0 + (day * 24 + hour) * HOUR_MS)
}

fn day(time: UnixMillis) -> NaiveDate {
    time.date(UtcOffset::CHINA).unwrap_or_default()
}
