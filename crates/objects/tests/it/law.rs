//! Whatever is written is read as it was; whatever is altered is refused.

use crate::support::{Home, content};
use proptest::prelude::*;
use vault::CHUNK;

fn lengths() -> impl Strategy<Value = usize> {
    prop_oneof![0..70usize, CHUNK - 2..CHUNK + 3, 2 * CHUNK - 2..2 * CHUNK + 3]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn reading_gives_what_was_written(length in lengths(), a in 0.0..1.0f64, b in 0.0..1.0f64) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (home, whole) = (Home::in_memory(), content(length));
            let id = home.put(&whole).await;
            assert!(home.get(home.anna, id, None).await.unwrap() == whole);
            let at = |share: f64| (share * length as f64) as usize;
            let (from, to) = (at(a.min(b)), at(a.max(b)));
            let part = home.get(home.anna, id, Some(from as u64..to as u64)).await.unwrap();
            assert!(part == whole[from..to]);
        });
    }

    /// Any one byte changed, anything cut off, anything added.
    #[test]
    fn any_change_is_refused(length in lengths(), at in 0.0..1.0f64, change in 1..256usize, kind in 0..3) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let home = Home::in_memory();
            let id = home.put(&content(length)).await;
            let mut sealed = home.sealed(id).await;
            let place = (at * sealed.len() as f64) as usize;
            match kind {
                0 => sealed[place] ^= change as u8,
                1 => sealed.truncate(place),
                _ => sealed.extend(std::iter::repeat_n(change as u8, change)),
            }
            home.alter(id, sealed).await;
            assert!(home.get(home.anna, id, None).await.is_err());
        });
    }
}
