//! No bundle holds up another, and none waits for ever.

use crate::support::{JITTER, NOW, after, busy, config, later, outbox, receipts, stored};
use proptest::prelude::*;
use wuzha_core::time::UnixMillis;
use wuzha_sync::{Answer, Jitter, MAX_BACKOFF_MS, Next, Trouble};

#[test]
fn a_bundle_is_tried_for_ever_and_five_minutes_apart_at_most() {
    let (mut outbox, ids) = outbox(1);
    let mut now = 0;
    for attempt in 1..=200u32 {
        assert_eq!(
            outbox.next(after(now)),
            Next::Upload(ids[0]),
            "attempt {attempt}"
        );
        outbox.told(ids[0], Answer::NONE, after(now), JITTER);
        let Next::In { ms } = outbox.next(after(now)) else {
            panic!("at once again");
        };
        let doubled = 2_000 << (attempt - 1).min(10);
        assert_eq!(ms, MAX_BACKOFF_MS.min(doubled), "attempt {attempt}");
        assert_eq!(outbox.next(after(now + ms - 1)), Next::In { ms: 1 });
        now += ms;
    }
}

#[test]
fn one_bad_bundle_never_holds_up_the_others() {
    let (mut outbox, ids) = outbox(3);
    let receipts = receipts(0, &ids[1..]);
    outbox.told(ids[0], later(Trouble::Server), NOW, JITTER);
    assert_eq!(outbox.next(NOW), Next::Upload(ids[1]));
    outbox.told(ids[1], stored(&receipts[0]), NOW, JITTER);
    // The bad one's wait is over, and the other still goes first.
    assert_eq!(outbox.next(after(MAX_BACKOFF_MS)), Next::Upload(ids[2]));
    outbox.told(ids[2], stored(&receipts[1]), NOW, JITTER);
    assert_eq!(outbox.next(after(MAX_BACKOFF_MS)), Next::Upload(ids[0]));
}

#[test]
fn what_the_server_asks_for_holds_for_all_bundles_and_no_event_shortens_it() {
    let (mut outbox, ids) = outbox(2);
    outbox.told(ids[0], busy(40_000), NOW, JITTER);
    outbox.told(ids[1], busy(10_000), NOW, JITTER);
    outbox.wake();
    assert_eq!(outbox.next(NOW), Next::In { ms: 40_000 });
    assert_eq!(outbox.next(after(39_999)), Next::In { ms: 1 });
    assert_eq!(outbox.next(after(40_000)), Next::Upload(ids[0]));
}

#[test]
fn when_the_network_is_back_what_got_no_answer_goes_at_once() {
    let (mut outbox, ids) = outbox(2);
    outbox.told(ids[0], later(Trouble::DiskFull), NOW, JITTER);
    outbox.told(ids[1], Answer::NONE, NOW, JITTER);
    assert_eq!(outbox.next(NOW), Next::In { ms: 2_000 });
    outbox.wake();
    assert_eq!(outbox.next(NOW), Next::Upload(ids[1]));
    outbox.told(ids[1], Answer::NONE, NOW, JITTER);
    assert_eq!(outbox.next(after(1_999)), Next::In { ms: 1 });
    assert_eq!(outbox.next(after(2_000)), Next::Upload(ids[0]));
}

#[test]
fn a_bundle_that_never_gets_through_holds_up_no_other_however_often_the_network_is_back() {
    let (mut outbox, ids) = outbox(3);
    for n in 0..6 {
        let id = ids[n % 3];
        let now = after(n as u64 * 100);
        assert_eq!(outbox.next(now), Next::Upload(id), "{n}");
        outbox.told(id, Answer::NONE, now, JITTER);
        outbox.wake();
    }
}

#[test]
fn after_a_networks_login_page_bundles_go_at_once() {
    let (mut outbox, ids) = outbox(1);
    outbox.told(ids[0], later(Trouble::Garbled), NOW, JITTER);
    assert_eq!(outbox.next(NOW), Next::In { ms: 2_000 });
    outbox.wake();
    assert_eq!(outbox.next(NOW), Next::Upload(ids[0]));
}

#[test]
fn a_clock_that_is_set_right_holds_nothing_up_for_a_year() {
    let year = 365 * 24 * 60 * 60 * 1_000;
    let (mut outbox, ids) = outbox(1);
    outbox.told(ids[0], busy(60_000), after(year), JITTER);
    assert_eq!(outbox.next(NOW), Next::In { ms: 60_000 });
    assert_eq!(outbox.next(after(60_000)), Next::Upload(ids[0]));
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_bundle_starves_whatever_the_others_are_told_and_the_clock_shows(
        failing in prop::collection::vec((0..6usize, any::<u32>(), 0..MAX_BACKOFF_MS, any::<bool>()), 120),
    ) {
        let (mut outbox, ids) = outbox(4);
        let troubles = [
            Answer::NONE, later(Trouble::Garbled), later(Trouble::DiskFull), busy(3_000),
            later(Trouble::Server), later(Trouble::OtherReceipt),
        ];
        let mut uploads = vec![0u32; ids.len()];
        let mut clock = NOW.0;
        for (trouble, jitter, jump, is_back) in failing {
            // A jump of the clock, either way, and then as long as it is told to wait.
            clock = if is_back { clock.saturating_sub(jump) } else { clock + jump };
            let mut next = outbox.next(UnixMillis(clock));
            if let Next::In { ms } = next {
                clock += ms;
                next = outbox.next(UnixMillis(clock));
            }
            let Next::Upload(id) = next else {
                return Err(TestCaseError::fail(format!("{next:?}")));
            };
            uploads[ids.iter().position(|&known| known == id).unwrap()] += 1;
            outbox.told(id, troubles[trouble].clone(), UnixMillis(clock), Jitter(jitter));
        }
        prop_assert!(uploads.iter().all(|&times| times >= 8), "{:?}", uploads);
    }
}
