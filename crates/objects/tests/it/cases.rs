//! What holds in every kind of store.

use crate::support::{HEAD, Home, SEALED, content};
use kernel::{FaultKind, Time};
use object_store::ObjectStoreExt;
use object_store::path::Path;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, ReadBuf};
use vault::{CHUNK, Owner};

/// More than one part of an upload.
const LONG: usize = (9 << 20) + 5;

macro_rules! everywhere {
    ($($case:ident),* $(,)?) => {
        mod memory {
            $(#[tokio::test] async fn $case() { super::$case(crate::support::Home::in_memory()).await; })*
        }
        mod folder {
            $(#[tokio::test] async fn $case() { super::$case(crate::support::Home::in_folder()).await; })*
        }
        mod bucket {
            $(#[tokio::test(flavor = "multi_thread")] async fn $case() {
                super::$case(crate::support::Home::in_bucket().await).await;
            })*
        }
    };
}

everywhere!(
    what_is_written_is_read,
    ranges_are_parts_of_the_whole,
    what_was_altered_is_refused,
    an_object_is_whole_or_not_there,
    an_id_is_used_once,
    what_is_deleted_is_gone,
    a_destroyed_key_takes_objects_along,
    the_store_learns_nothing,
);

async fn what_is_written_is_read(home: Home) {
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, LONG] {
        let content = content(length);
        let id = home.put(&content).await;
        assert_eq!(home.get(home.anna, id, None).await.expect("read"), content, "{length}");
        let reading = home.objects.read(home.anna, id, None).await.expect("read");
        assert_eq!(reading.size(), length as u64);
        assert_eq!(
            home.sealed(id).await.len(),
            HEAD + length + length.div_ceil(CHUNK).max(1) * (SEALED - CHUNK)
        );
    }
}

async fn ranges_are_parts_of_the_whole(home: Home) {
    let whole = content(20 * CHUNK + 17);
    let (id, end) = (home.put(&whole).await, whole.len());
    let edges = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 16 * CHUNK, 17 * CHUNK + 3, end - 1, end];
    for from in edges {
        for to in edges.into_iter().filter(|to| *to >= from) {
            let part = home.get(home.anna, id, Some(from as u64..to as u64)).await.expect("read");
            assert!(part == whole[from..to], "{from}..{to}");
        }
    }
    #[allow(clippy::reversed_empty_ranges, reason = "what must be refused")]
    for wrong in [0..end as u64 + 1, 5..4, u64::MAX - 1..u64::MAX] {
        let fault = home.get(home.anna, id, Some(wrong)).await.expect_err("refused");
        assert_eq!(fault.kind, FaultKind::Invalid);
    }
}

async fn what_was_altered_is_refused(home: Home) {
    let whole = content(3 * CHUNK + 100);
    let (id, other) = (home.put(&whole).await, home.put(&whole).await);
    let (sealed, elsewhere) = (home.sealed(id).await, home.sealed(other).await);
    let chunk = |n: usize| HEAD + n * SEALED..(HEAD + (n + 1) * SEALED).min(sealed.len());
    let joined = |parts: &[&[u8]]| parts.concat();
    let head = &sealed[..HEAD];
    let mut wrong = vec![
        ("empty", Vec::new()),
        ("the head alone", head.to_vec()),
        ("another object", elsewhere.clone()),
        (
            "a chunk of another",
            joined(&[&sealed[..chunk(1).start], &elsewhere[chunk(1)], &sealed[chunk(1).end..]]),
        ),
        ("swapped", joined(&[head, &sealed[chunk(1)], &sealed[chunk(0)], &sealed[chunk(2).start..]])),
        ("left out", joined(&[head, &sealed[chunk(1).start..]])),
        ("twice", joined(&[&sealed[..chunk(0).end], &sealed[HEAD..]])),
        ("continued", joined(&[&sealed, &sealed[chunk(3)]])),
        ("the head of another", joined(&[&elsewhere[..HEAD], &sealed[HEAD..]])),
    ];
    for cut in [1, 100, SEALED - 100, SEALED] {
        wrong.push(("cut", sealed[..sealed.len() - cut].to_vec()));
    }
    wrong.extend((0..3).map(|n| ("cut after a chunk", sealed[..chunk(n).end].to_vec())));
    for at in [0, 1, 9, HEAD - 1, HEAD, HEAD + 24, chunk(1).start + 5, chunk(3).start, sealed.len() - 1] {
        let mut flipped = sealed.clone();
        flipped[at] ^= 1;
        wrong.push(("flipped", flipped));
    }
    for (what, altered) in wrong {
        let length = altered.len();
        home.alter(id, altered).await;
        let fault = home.get(home.anna, id, None).await.expect_err(what);
        // An empty object has no head to ask for; some stores refuse the question.
        assert!(fault.kind == FaultKind::Corrupt || length == 0, "{what}: {fault:?}");
    }
    home.alter(id, sealed).await;
    assert!(home.get(home.anna, id, None).await.expect("read") == whole);
    for stranger in [home.jan, Owner::Organisation] {
        let fault = home.get(stranger, id, None).await.expect_err("another's");
        assert_eq!(fault.kind, FaultKind::Corrupt);
    }
}

/// Content that breaks off.
struct Broken(usize);

impl AsyncRead for Broken {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        out: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.0 == 0 {
            return Poll::Ready(Err(io::Error::other("the caller went away")));
        }
        let length = out.remaining().min(self.0);
        out.put_slice(&vec![1; length]);
        self.0 -= length;
        Poll::Ready(Ok(()))
    }
}

async fn an_object_is_whole_or_not_there(home: Home) {
    for length in [0, CHUNK + 1, LONG] {
        let id = home.id();
        home.objects.put(home.anna, id, Broken(length), u64::MAX).await.expect_err("broken off");
        assert_eq!(home.get(home.anna, id, None).await.expect_err("none").kind, FaultKind::NotFound);
        let (id, content) = (home.id(), content(length + 1));
        let fault = home.objects.put(home.anna, id, &*content, length as u64).await.expect_err("too large");
        assert_eq!(fault.kind, FaultKind::TooLarge);
        assert_eq!(home.get(home.anna, id, None).await.expect_err("none").kind, FaultKind::NotFound);
        assert_eq!(
            home.objects.put(home.anna, id, &*content, length as u64 + 1).await.expect("fits"),
            length as u64 + 1
        );
        home.objects.delete(id).await.expect("deleted");
    }
    assert!(home.listed().await.is_empty());
}

async fn an_id_is_used_once(home: Home) {
    for length in [3, LONG] {
        let id = home.put(&content(length)).await;
        let again = home.objects.put(home.jan, id, &b"another"[..], u64::MAX).await.expect_err("refused");
        assert_eq!(again.kind, FaultKind::Conflict);
        assert!(home.get(home.anna, id, None).await.expect("read") == content(length));
    }
}

async fn what_is_deleted_is_gone(home: Home) {
    let mut ids = [home.put(b"one").await, home.put(b"two").await, home.put(b"").await];
    ids.sort_unstable();
    // What somebody else put there is no object of ours.
    for foreign in ["objects/readme.txt", "objects/ff/0000000000000000000000000000000a", "elsewhere"] {
        home.raw.put(&Path::from(foreign), vec![1].into()).await.expect("written");
    }
    assert_eq!(home.listed().await, ids);
    let mut all = home.objects.list();
    let one = futures_util::StreamExt::next(&mut all).await.expect("one").expect("a list");
    assert!(one.bytes >= (HEAD + SEALED - CHUNK) as u64 && one.at > Time(0));
    home.objects.delete(ids[1]).await.expect("deleted");
    home.objects.delete(ids[1]).await.expect("deleted already");
    assert_eq!(home.listed().await, [ids[0], ids[2]]);
    assert_eq!(home.get(home.anna, ids[1], None).await.expect_err("gone").kind, FaultKind::NotFound);
}

async fn a_destroyed_key_takes_objects_along(home: Home) {
    let id = home.put(b"about Anna").await;
    let Owner::Subject(anna) = home.anna else { panic!("a subject") };
    home.vault.destroy(anna, [9; 16], Time(1)).expect("destroyed");
    assert_eq!(home.get(home.anna, id, None).await.expect_err("gone").kind, FaultKind::NotFound);
    let new = home.objects.put(home.anna, home.id(), &b"more"[..], u64::MAX).await.expect_err("gone");
    assert_eq!(new.kind, FaultKind::NotFound);
    home.objects.delete(id).await.expect("deleted all the same");
}

async fn the_store_learns_nothing(home: Home) {
    let canary = b"Kanarkiewicz mieszka przy Ptasiej 7".repeat(20_000);
    let id = home.put(&canary).await;
    let sealed = home.sealed(id).await;
    let shows = |bytes: &[u8]| bytes.windows(12).any(|w| w == b"Kanarkiewicz");
    assert!(shows(&canary) && !shows(&sealed));
    // The same content twice looks different.
    let again = home.sealed(home.put(&canary).await).await;
    assert!(sealed[HEAD..HEAD + 4096] != again[HEAD..HEAD + 4096]);
}
