//! What every engine must do, through the public API alone: each case for each engine. `embedded` and
//! `full` know the file, `postgres` the database.

mod embedded;
mod full;
mod grouping;
mod hints;
mod jobs;
mod keyring;
mod model;
mod moving;
mod postgres;
mod reading;
mod releases;
mod sharing;
mod support;
mod tls;
mod together;
mod turns;
mod writing;

/// Every case as a test of every engine.
macro_rules! cases {
    ($($module:ident { $($case:ident,)* })*) => {
        cases!(@ on_file, File, $($module { $($case,)* })*);
        cases!(@ on_postgres, Postgres, $($module { $($case,)* })*);
    };
    (@ $name:ident, $engine:ident, $($module:ident { $($case:ident,)* })*) => {
        mod $name {
            use crate::support::{Engine, Place};

            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    crate::$module::$case(Place::new(Engine::$engine)).await;
                }
            )*)*

            #[test]
            fn threads_without_a_runtime_can_write() {
                crate::reading::threads_without_a_runtime_can_write(&Place::new(Engine::$engine));
            }
        }
    };
}

cases! {
    writing {
        an_inserted_row_is_read_back_whole,
        an_id_is_taken_once,
        an_update_needs_the_version_before_it,
        what_a_batch_requires_must_hold,
        links_are_those_of_the_last_write,
        removal_leaves_nothing_but_the_fact,
        documents_have_versions_and_unique_keys,
        sessions_begin_are_seen_and_end,
        an_answer_is_kept_once_until_it_is_over,
        the_event_says_what_was_written,
    }
    reading {
        rows_are_found_by_id_subject_and_parent,
        changes_are_found_by_act,
        events_are_filtered_newest_first,
        a_snapshot_stands_still,
        an_erasure_is_not_settled_while_a_snapshot_sees_what_was_erased,
        reopening_keeps_everything,
    }
    moving {
        a_backup_holds_the_state_at_its_start_and_restores_anywhere,
        a_restored_store_goes_on,
        a_damaged_backup_leaves_nothing,
    }
    jobs {
        a_job_is_ordered_with_its_act_taken_and_ended_once,
        whoever_lost_the_lease_writes_nothing_more,
        a_lease_that_is_renewed_lasts_and_tells_how_far_it_is,
        what_failed_waits_and_what_is_given_up_can_be_revived,
        the_longest_due_is_taken_of_the_kinds_and_users_that_have_a_place,
        a_stopped_job_is_due_at_once,
        what_waits_can_be_withdrawn_and_what_is_over_be_cut,
        jobs_have_limits,
        what_is_over_is_swept_with_its_parts,
        every_job_is_taken_by_one,
        what_always_fails_is_given_up,
        what_kills_its_servers_is_known_by_it,
        what_is_left_in_order_is_no_try,
        what_is_put_off_in_order_is_no_try,
        what_is_noted_lasts_until_the_job_is_over,
    }
    grouping {
        a_bad_batch_fails_alone_and_leaves_nothing,
        changes_and_events_have_no_gaps,
        only_one_of_many_updates_wins,
        closing_finishes_what_was_accepted,
        a_log_that_goes_on_after_many_openings_proves_its_events,
    }
}
