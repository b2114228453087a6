//! A policy in force keeps what it found out of lists: whatever it was asked before, it says what one says that was asked
//! nothing yet.

use crate::agree::Genes;
use access::{Action, Masks, Within};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_what_would_be_found(bytes in proptest::collection::vec(any::<u8>(), 1_200)) {
        let mut genes = Genes(&bytes);
        let fresh = genes.policy();
        let kept = fresh.clone().in_force();
        for _ in 0..24 {
            // Few users at few moments, forth and back, with tokens and without.
            let (actor, facts) = (genes.actor(), genes.facts());
            for action in [Action::Read, Action::Export] {
                let asked = [&fresh, &kept].map(|policy| policy.list(&actor, action, facts.entity));
                let [Ok(found), Ok(known)] = asked else {
                    prop_assert!(asked.iter().all(Result::is_err));
                    continue;
                };
                prop_assert_eq!(known.actor().user, actor.user);
                prop_assert_eq!(known.actor().at, actor.at);
                prop_assert_eq!(*known.action(), action);
                prop_assert_eq!(found.predicate(), known.predicate());
                prop_assert_eq!(found.most(), known.most());
                prop_assert_eq!(found.mask_of(&facts), known.mask_of(&facts));
                let (mut one, mut other) = (Masks::new(&found), Masks::new(&known));
                prop_assert_eq!(one.of(&facts), other.of(&facts));
                for field in &fresh.catalog.by_code(facts.entity).unwrap().fields {
                    let reads: [Within; 2] = [&found, &known].map(|permit| permit.reads(&field.name));
                    prop_assert_eq!(&reads[0], &reads[1]);
                    prop_assert_eq!(&reads[1], &known.reads(&field.name));
                }
            }
        }
    }
}

/// A copy is there to be changed: it knows nothing of what was found out before.
#[test]
fn a_copy_that_is_changed_says_what_it_says_itself() {
    let mut seen = 0;
    for seed in 0..200_u8 {
        let bytes: Vec<u8> = (0..1_200_u32).map(|n| (n.wrapping_mul(31) ^ n >> 3) as u8 ^ seed).collect();
        let mut genes = Genes(&bytes);
        let kept = genes.policy().in_force();
        let (actor, facts) = (genes.actor(), genes.facts());
        seen += usize::from(kept.list(&actor, Action::Read, facts.entity).is_ok());
        let mut changed = kept.clone();
        changed.roles.clear();
        assert!(changed.list(&actor, Action::Read, facts.entity).is_err(), "{seed}");
        assert!(changed.in_force().list(&actor, Action::Read, facts.entity).is_err(), "{seed}");
    }
    assert!(seen > 20, "{seen}");
}
