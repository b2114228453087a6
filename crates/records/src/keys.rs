//! Keys of new subjects, made for all who wait at once: each act of the keyring is a durable write, and one for
//! many costs little more than one for one.

use crate::Engine;
use kernel::{Fault, FaultKind, Result, SubjectId};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Somebody's subjects, and where the answer goes.
struct Asked {
    subjects: Vec<SubjectId>,
    reply: oneshot::Sender<Result<()>>,
}

/// Those who wait for keys.
#[derive(Default)]
pub(crate) struct NewKeys {
    asked: Mutex<Vec<Asked>>,
    /// Held while keys are made. Who comes meanwhile is served together, next.
    turn: Mutex<()>,
}

impl NewKeys {
    /// Has `add` make keys for these subjects, and for those of whoever else waits then. It runs off the threads
    /// that serve requests, and to its end even if the caller goes away.
    ///
    /// # Errors
    /// As `add`, of the caller's own subjects.
    pub(crate) async fn make(
        self: &Arc<Self>,
        subjects: Vec<SubjectId>,
        add: impl Fn(&[SubjectId]) -> Result<()> + Send + 'static,
    ) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        let is_first = {
            let mut asked = lock(&self.asked);
            asked.push(Asked { subjects, reply });
            asked.len() == 1
        };
        if is_first {
            let keys = Arc::clone(self);
            tokio::task::spawn_blocking(move || keys.serve(&add));
        }
        answer.await.map_err(|_| Fault::bug("keys were not made"))?
    }

    fn serve(&self, add: &dyn Fn(&[SubjectId]) -> Result<()>) {
        let _turn = lock(&self.turn);
        let asked = mem::take(&mut *lock(&self.asked));
        let all: Vec<SubjectId> = asked.iter().flat_map(|one| &one.subjects).copied().collect();
        let done = add(&all);
        for Asked { subjects, reply } in asked {
            let own = match &done {
                // Somebody's key was destroyed. The others must not be refused for it.
                Err(fault) if fault.kind == FaultKind::NotFound && subjects.len() < all.len() => {
                    add(&subjects)
                }
                done => done.clone(),
            };
            // Who asked may be gone.
            drop(reply.send(own));
        }
    }
}

/// What is guarded is whole also after a panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Engine {
    /// Makes keys for new subjects. A key without a record is harmless; a record without a key cannot be.
    pub(crate) async fn add_subjects(&self, subjects: Vec<SubjectId>) -> Result<()> {
        // While the disk is full no record comes, and keys alone must not use up the room left.
        self.0.store.check_room().await?;
        let vault = self.0.vault.clone();
        self.0.new_keys.make(subjects, move |subjects| vault.add_subjects(subjects)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn subject(n: u8) -> SubjectId {
        SubjectId::from_bytes([n; 16])
    }

    #[tokio::test]
    async fn who_waits_is_served_together_and_refused_alone() {
        let keys = Arc::new(NewKeys::default());
        let (calls, called) = mpsc::channel();
        let (go, gate) = mpsc::channel::<()>();
        let gate = Arc::new(Mutex::new(gate));
        let ask = |n: u8| {
            let (keys, calls, gate) = (Arc::clone(&keys), calls.clone(), Arc::clone(&gate));
            tokio::spawn(async move {
                let add = move |subjects: &[SubjectId]| {
                    calls.send(subjects.to_vec()).expect("the test listens");
                    lock(&gate).recv().expect("the test lets go");
                    if subjects.contains(&subject(3)) { Err(Fault::not_found()) } else { Ok(()) }
                };
                keys.make(vec![subject(n)], add).await.map_err(|fault| fault.kind)
            })
        };
        let first = ask(1);
        tokio::task::yield_now().await;
        let called = Arc::new(Mutex::new(called));
        let next = || {
            let called = Arc::clone(&called);
            tokio::task::spawn_blocking(move || lock(&called).recv().expect("a call"))
        };
        assert_eq!(next().await.expect("no panic"), [subject(1)]);
        let (second, third, fourth) = (ask(2), ask(3), ask(4));
        while lock(&keys.asked).len() < 3 {
            tokio::task::yield_now().await;
        }
        // One act for the first, one for all the others; then one for each of them, as one is refused.
        for _ in 0..5 {
            go.send(()).expect("it waits");
        }
        assert_eq!(next().await.expect("no panic"), [subject(2), subject(3), subject(4)]);
        assert_eq!(first.await.expect("no panic"), Ok(()));
        assert_eq!(second.await.expect("no panic"), Ok(()));
        assert_eq!(third.await.expect("no panic"), Err(FaultKind::NotFound));
        assert_eq!(fourth.await.expect("no panic"), Ok(()));
    }
}
