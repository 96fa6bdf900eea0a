//! Uploads of one commit, which see each other as if each had been committed before the next.

use crate::support::{
    CLASS, Campus, Cast, DEPARTMENT, OTHER_CLASS, SCHOOL, SECRET, bundle, bundles, device,
    of_class, of_department, of_school,
};
use anyhow::{Result, bail};
use std::sync::Arc;
use wuzha_seal::{
    ClassRef, DeviceKey, Envelope, HeadHash, Role, ScopeId, ServerKey, SignedReceipt,
};
use wuzha_server::Problem;
use wuzha_server::hand_in::{Clerk, Outcome};

/// Commits these as one batch: what each is answered.
async fn commit(campus: &Campus, uploads: &[&Envelope]) -> Result<Vec<Outcome>> {
    let clerk = Clerk {
        store: campus.service.store.clone(),
        school: SCHOOL,
        key: Arc::new(ServerKey::from_bytes(&SECRET)),
        terms: campus.settings.terms,
        clock: campus.service.clock.clone(),
        patience: campus.settings.patience,
    };
    Ok(clerk.commit(uploads).await?.outcomes)
}

/// What an upload that was taken got.
fn receipt(campus: &Campus, outcome: &Outcome) -> Result<(ScopeId, u64, HeadHash)> {
    let Outcome::New(receipt) = outcome else {
        bail!("not taken: {outcome:?}");
    };
    let receipt = *SignedReceipt::parse(receipt.clone(), &campus.server())?.receipt();
    Ok((receipt.scope, receipt.seq, receipt.head))
}

/// The ids listed in this order, whose numbers have no gaps and whose hashes follow from each other.
async fn listed(campus: &Campus, scope: ScopeId) -> Result<Vec<String>> {
    let (_, entries) = campus.service.store.list(scope, (0, 0), 1_000).await?;
    let mut head = HeadHash::empty(scope);
    for (entry, seq) in entries.iter().zip(1..) {
        head = head.then(seq, entry.id);
        assert_eq!((entry.seq, entry.head), (seq, head), "{scope}");
    }
    Ok(entries.iter().map(|entry| entry.id.to_string()).collect())
}

fn ids(envelopes: &[&Envelope]) -> Vec<String> {
    let ids = envelopes.iter().map(|envelope| envelope.id().to_string());
    ids.collect()
}

fn bundle_of(key: &DeviceKey, class: ClassRef, sealed: &[u8]) -> Result<Envelope> {
    Ok(Envelope::sign(sealed, class, None, key)?)
}

/// A monitor of another class, which is in no department.
async fn other_monitor(campus: &Campus, office: &DeviceKey) -> Result<DeviceKey> {
    let (teacher, monitor) = (device(5), device(6));
    let scope = of_class(OTHER_CLASS);
    campus.enrol(Role::Teacher, scope, office, &teacher).await?;
    campus
        .enrol(Role::Monitor, scope, &teacher, &monitor)
        .await?;
    Ok(monitor)
}

pub async fn a_bundle_twice_in_a_batch_is_kept_once(campus: &Campus) -> Result<()> {
    let monitor = campus.cast().await?.monitor;
    let [one, two] = &bundles(&monitor, 2)?[..] else {
        bail!("not two");
    };
    let answers = commit(campus, &[one, one, two, one]).await?;
    let [Outcome::New(first), again @ .., Outcome::Again(last)] = &answers[..] else {
        bail!("{answers:?}");
    };
    assert_eq!(again[0], Outcome::Again(first.clone()));
    assert_eq!(last, first);
    assert_eq!(receipt(campus, &again[1])?.1, 2);
    assert_eq!(listed(campus, of_class(CLASS)).await?, ids(&[one, two]));
    let stored = campus.service.store.counts(SCHOOL).await?;
    let sizes = one.as_bytes().len() + two.as_bytes().len();
    assert_eq!((stored.bundles, stored.bytes), (2, sizes as u64));
    Ok(())
}

pub async fn a_devices_bundles_follow_each_other_within_a_batch(campus: &Campus) -> Result<()> {
    let monitor = campus.cast().await?.monitor;
    let all = bundles(&monitor, 6)?;
    let [one, two, three, four, five, six] = &all[..] else {
        bail!("not six");
    };
    commit(campus, &[one]).await?;
    // The later of two may come first.
    let batch = [two, three, six, five, four];
    let answers = commit(campus, &batch).await?;
    let mut head = HeadHash::empty(of_class(CLASS)).then(1, one.id());
    for ((answer, envelope), seq) in answers.iter().zip(batch).zip(2..) {
        head = head.then(seq, envelope.id());
        assert_eq!(receipt(campus, answer)?, (of_class(CLASS), seq, head));
    }
    let all = ids(&[one, two, three, six, five, four]);
    for scope in [of_class(CLASS), of_department(DEPARTMENT), of_school()] {
        assert_eq!(listed(campus, scope).await?, all);
    }
    Ok(())
}

pub async fn of_two_with_one_number_in_a_batch_the_first_is_kept(campus: &Campus) -> Result<()> {
    let monitor = campus.cast().await?.monitor;
    let refused = || Outcome::Refused(Problem::OtherBundle);
    let one = bundle(&monitor, None, b"one")?;
    let other_one = bundle(&monitor, None, b"another with its number")?;
    let two = bundle(&monitor, Some(one.place()), b"two")?;
    let two_of_other = bundle(&monitor, Some(other_one.place()), b"after the other")?;
    let batch = [&one, &other_one, &two_of_other, &two];
    let answers = commit(campus, &batch).await?;
    assert_eq!(answers[1..3], [refused(), refused()]);
    assert_eq!(receipt(campus, &answers[3])?.1, 2);
    // Also when the later one came first, and leaves no place for the other.
    let three = bundle(&monitor, Some(two.place()), b"three")?;
    let four = bundle(&monitor, Some(three.place()), b"four")?;
    let other_three = bundle(&monitor, Some(two.place()), b"another three")?;
    let answers = commit(campus, &[&four, &other_three, &three]).await?;
    assert_eq!(answers[1], refused());
    assert_eq!(receipt(campus, &answers[2])?.1, 4);
    let kept = ids(&[&one, &two, &four, &three]);
    assert_eq!(listed(campus, of_class(CLASS)).await?, kept);
    Ok(())
}

pub async fn a_quota_is_used_up_within_a_batch(campus: &Campus) -> Result<()> {
    let Cast {
        office, monitor, ..
    } = campus.cast().await?;
    let other = other_monitor(campus, &office).await?;
    let quota = usize::try_from(campus.settings.terms.quota)?;
    let half = vec![0; quota / 2 - 1_000];
    let one = bundle(&monitor, None, &half)?;
    let two = bundle(&monitor, Some(one.place()), &half)?;
    let too_much = bundle(&monitor, Some(two.place()), &half)?;
    let of_other_class = bundle_of(&other, OTHER_CLASS, &half)?;
    let small = bundle(&monitor, Some(two.place()), b"small")?;
    let batch = [&one, &two, &too_much, &of_other_class, &small];
    let answers = commit(campus, &batch).await?;
    assert_eq!(answers[2], Outcome::Refused(Problem::Full));
    let numbers: Result<Vec<u64>> = [0, 1, 4]
        .map(|at| Ok(receipt(campus, &answers[at])?.1))
        .into_iter()
        .collect();
    assert_eq!(numbers?, [1, 2, 3]);
    receipt(campus, &answers[3])?;
    // What the batch has used up, the next one finds used up.
    let next = bundle(&monitor, Some(small.place()), &half)?;
    let answers = commit(campus, &[&next]).await?;
    assert_eq!(answers, [Outcome::Refused(Problem::Full)]);
    Ok(())
}

pub async fn each_class_of_a_batch_has_its_own_order(campus: &Campus) -> Result<()> {
    let Cast {
        office,
        teacher,
        monitor,
        ..
    } = campus.cast().await?;
    let other = other_monitor(campus, &office).await?;
    let stranger = device(99);
    let ours = bundles(&monitor, 2)?;
    let theirs = bundle_of(&other, OTHER_CLASS, b"of another class")?;
    let of_nobody = bundle(&stranger, None, b"of nobody")?;
    let of_teacher = bundle(&teacher, None, b"of a teacher")?;
    let batch = [&ours[0], &of_nobody, &theirs, &of_teacher, &ours[1]];
    let answers = commit(campus, &batch).await?;
    let refused = Outcome::Refused(Problem::OutOfScope);
    assert_eq!((&answers[1], &answers[3]), (&refused, &refused));
    let (scope, seq, _) = receipt(campus, &answers[2])?;
    assert_eq!((scope, seq), (of_class(OTHER_CLASS), 1));
    let (scope, seq, _) = receipt(campus, &answers[4])?;
    assert_eq!((scope, seq), (of_class(CLASS), 2));
    let (ours, theirs) = (ids(&[&ours[0], &ours[1]]), ids(&[&theirs]));
    assert_eq!(listed(campus, of_class(CLASS)).await?, ours);
    assert_eq!(listed(campus, of_department(DEPARTMENT)).await?, ours);
    assert_eq!(listed(campus, of_class(OTHER_CLASS)).await?, theirs);
    let all = ids(&[batch[0], batch[2], batch[4]]);
    assert_eq!(listed(campus, of_school()).await?, all);
    Ok(())
}

pub async fn a_batch_is_as_large_as_it_may_be(campus: &Campus) -> Result<()> {
    let monitor = campus.cast().await?.monitor;
    let all = bundles(&monitor, 64)?;
    let (first, second) = all.split_at(31);
    for part in [first, second] {
        let part: Vec<&Envelope> = part.iter().collect();
        for answer in commit(campus, &part).await? {
            receipt(campus, &answer)?;
        }
    }
    let all: Vec<&Envelope> = all.iter().collect();
    assert_eq!(listed(campus, of_school()).await?, ids(&all));
    Ok(())
}
