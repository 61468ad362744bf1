//! What the store promises, on SQLite and on PostgreSQL alike.

#![expect(clippy::unwrap_used, reason = "these are tests; clippy only knows those inside the crate")]

#[path = "../../../../tests/postgres.rs"]
mod postgres;

mod fixture;

mod access;
mod commits;
mod inbox;
mod leases;
mod log;
mod records;

/// One test for each promise and database.
macro_rules! promises {
    ($($area:ident { $($name:ident,)* })*) => {
        mod sqlite {$(
            mod $area {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $name() {
                    crate::$area::$name(&crate::fixture::sqlite().await).await;
                }
            )*}
        )*}
        mod postgresql {$(
            mod $area {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $name() {
                    if let Some(database) = crate::fixture::postgres().await {
                        crate::$area::$name(&database).await;
                    }
                }
            )*}
        )*}
    };
}

promises! {
    commits {
        of_forty_writers_one_wins_each_revision,
        a_conflict_in_a_group_leaves_the_others_alone,
        one_bad_transition_in_a_group_fails_alone,
        a_case_is_read_with_the_values_it_has_now,
        a_case_is_found_by_the_event_it_waits_for_until_it_waits_no_longer,
        a_transition_is_committed_whole_and_read_back_as_it_was,
        a_new_case_whose_id_is_taken_is_a_conflict,
        the_same_request_is_answered_once,
        a_refused_transition_leaves_its_idempotency_key_free,
        what_was_acknowledged_is_there_after_reopening,
        frozen_records_are_read_back_in_their_order,
        numbers_are_given_once,
        a_closed_store_answers_what_it_had_accepted,
    }
    inbox {
        pages_are_stable_while_tasks_come_in,
        counts_equal_a_recount,
        a_task_without_due_date_comes_last,
        done_started_and_copied_begin_with_the_latest,
        a_list_is_narrowed_counted_and_watched,
        notifications_are_counted_until_read,
    }
    leases {
        an_effect_is_leased_by_one_worker_only,
        an_expired_lease_is_taken_over_and_the_old_holder_is_refused,
        what_an_effect_has_written_counts_for_its_lease_alone,
        an_effect_given_back_waits_for_its_moment,
        timers_fire_in_order_and_once,
        a_withdrawn_effect_is_gone,
    }
    records {
        values_come_back_as_they_were_written,
        a_row_rule_hides_what_others_own,
        filters_narrow_and_counts_agree,
        a_unique_value_is_refused_twice,
        of_two_writers_of_one_unique_value_one_wins,
        an_update_on_an_old_revision_is_a_conflict,
        a_deleted_record_leaves_nothing,
        data_keys_are_kept_once_and_destroyed_for_good,
    }
    access {
        people_are_entered_and_changed_together,
        whoever_leaves_is_signed_out,
        a_session_ends_when_it_expires,
        of_two_changes_of_one_credential_the_later_is_told,
        a_totp_step_counts_once,
        wrong_passwords_lock_the_account,
        attempts_are_counted_per_subject,
        a_revoked_token_is_unknown,
        a_definition_goes_live_again_under_its_old_number,
        an_empty_database_is_told_from_a_used_one,
    }
    log {
        entries_are_found_by_what_they_concern,
        the_usual_size_is_the_median,
        a_download_is_spent_once_each,
        a_password_is_shown_once,
    }
}
