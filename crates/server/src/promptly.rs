//! Threads that answer requests, and are let in as soon as there is something to answer.

use std::io;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// How long such a thread goes on at least before another may have its turn: the shortest that Linux knows. Whoever asks
/// for short turns gets the next one soon, also while a hash of a password or an import keeps all processors busy.
#[cfg(target_os = "linux")]
const SLICE: Duration = Duration::from_micros(100);

/// What requests are answered in.
///
/// # Errors
/// Those of starting threads.
pub fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread().enable_all().on_thread_start(ask_for_short_turns).build()
}

/// Linux 6.12 and later heed it (EEVDF), those before take it and change nothing.
fn ask_for_short_turns() {
    #[cfg(target_os = "linux")]
    {
        use thread_priority::{
            DeadlineFlags, RealtimeThreadSchedulePolicy as Realtime, ThreadPriority, ThreadSchedulePolicy,
            set_thread_priority_and_policy,
        };
        /// The thread that calls.
        const THIS: thread_priority::ThreadId = 0;
        /// `SCHED_FLAG_KEEP_POLICY` of sched_setattr(2): the class stays what it is, and of the rest only the runtime counts,
        /// which is the length of a turn in the class of ordinary threads.
        const KEEP_POLICY: u64 = 0x08;
        let slice = ThreadPriority::Deadline {
            runtime: SLICE,
            deadline: SLICE,
            period: SLICE,
            flags: DeadlineFlags::from_bits_retain(KEEP_POLICY),
        };
        let class = ThreadSchedulePolicy::Realtime(Realtime::Deadline);
        if let Err(e) = set_thread_priority_and_policy(THIS, slice, class) {
            tracing::debug!(error = ?e, "answering with turns of the usual length");
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn threads_that_answer_ask_for_short_turns_and_stay_ordinary_ones() {
        let attributes = |runtime: &Runtime| {
            runtime.block_on(async {
                tokio::spawn(async { thread_priority::get_thread_scheduling_attributes() }).await
            })
        };
        let given = format!("{:?}", attributes(&runtime().unwrap()).unwrap().unwrap());
        assert!(given.contains("sched_policy: 0"), "{given}");
        // A kernel before 6.12 does not tell the length of a turn; it says 0.
        assert!(given.contains("sched_runtime: 100000") || given.contains("sched_runtime: 0"), "{given}");
    }
}
