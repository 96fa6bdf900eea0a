//! What the server does, told once and tried on both databases.

#![expect(
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

pub mod enrolling;
pub mod handing_in;
pub mod in_one_batch;
pub mod publishing;
pub mod reading;

/// Gives the list of all scenarios to the macro `$with`.
macro_rules! for_each_scenario {
    ($with:ident) => {
        $with! {
            handing_in::a_bundle_goes_from_the_monitor_to_the_teacher_and_back_comes_a_note,
            handing_in::the_same_bundle_gets_the_very_same_receipt,
            handing_in::receipts_form_a_chain,
            handing_in::what_is_not_good_is_refused_for_a_reason_that_phones_know,
            handing_in::who_may_not_hand_in_is_refused,
            handing_in::many_at_once_are_all_taken_once,
            handing_in::a_class_that_has_used_up_its_quota_is_told,
            handing_in::content_is_deleted_after_its_time_and_the_rest_stays,
            in_one_batch::a_bundle_twice_in_a_batch_is_kept_once,
            in_one_batch::a_devices_bundles_follow_each_other_within_a_batch,
            in_one_batch::of_two_with_one_number_in_a_batch_the_first_is_kept,
            in_one_batch::a_quota_is_used_up_within_a_batch,
            in_one_batch::each_class_of_a_batch_has_its_own_order,
            in_one_batch::a_batch_is_as_large_as_it_may_be,
            reading::a_page_is_what_phones_read,
            reading::pages_lead_on,
            reading::another_epoch_is_listed_from_the_beginning,
            reading::each_reads_their_part_of_the_school,
            reading::reading_needs_a_token,
            reading::a_login_is_for_one_server_and_soon_over,
            reading::a_stream_tells_of_new_bundles,
            reading::a_note_counts_from_above_only,
            publishing::a_pack_goes_from_the_teacher_to_the_classs_phone,
            publishing::a_scope_answers_with_its_own_pack_and_no_other,
            publishing::nobody_publishes_for_what_is_not_theirs,
            publishing::of_two_teachers_of_a_department_each_publishes_for_the_classes_they_invited,
            publishing::nobody_reads_what_was_published_for_others,
            publishing::versions_of_a_pack_rise,
            publishing::many_who_publish_at_once_leave_the_newest,
            publishing::who_has_the_newest_pack_is_not_sent_it_again,
            publishing::a_pack_has_a_mebibyte_at_most,
            publishing::who_was_revoked_publishes_and_reads_no_more,
            enrolling::an_invitation_is_claimed_once,
            enrolling::the_issuer_sees_what_became_of_an_invitation,
            enrolling::an_invitation_that_was_announced_twice_is_one,
            enrolling::nobody_invites_beyond_their_part,
            enrolling::what_is_revoked_ends_at_once,
            enrolling::a_term_ends,
            enrolling::an_expired_invitation_is_no_longer_claimed,
        }
    };
}
pub(crate) use for_each_scenario;
