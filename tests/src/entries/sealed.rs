//! What the vault sealed: nothing else opens.

use kernel::{OrgId, Random, SeededRandom, SubjectId, Time};
use std::sync::{Arc, OnceLock};
use vault::{Context, Owner, RootKey, Vault};

const CONTENT: &[u8] = b"{\"last_name\":\"Nowak\"}";
const PURPOSE: &str = "cursor";

/// An open vault in a folder that lasts as long as the program.
struct House {
    vault: Vault,
    contexts: [Context; 2],
    values: [Vec<u8>; 2],
    token: Vec<u8>,
    _place: tempfile::TempDir,
}

fn house() -> &'static House {
    static HOUSE: OnceLock<House> = OnceLock::new();
    HOUSE.get_or_init(|| {
        let place = tempfile::tempdir().expect("a temporary folder");
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(1));
        let root = RootKey::create_file(&place.path().join("root.key"), &*random).expect("a root key");
        let organisation = OrgId::from_bytes([1; 16]);
        let dir = place.path().join("keys");
        let vault = Vault::create(&dir, &root, organisation, Time(0), random).expect("a vault");
        let subject = SubjectId::from_bytes([5; 16]);
        vault.add_subjects(&[subject]).expect("a key");
        let context = |owner| Context { owner, entity: 3, row: [7; 16], schema: 1 };
        let contexts = [context(Owner::Subject(subject)), context(Owner::Organisation)];
        let values = contexts.map(|c| vault.seal(&c, CONTENT).expect("sealed"));
        let token = vault.seal_token(PURPOSE, CONTENT);
        House { vault, contexts, values, token, _place: place }
    })
}

/// Sealed values. The seeds open where they were sealed; nothing else opens, anywhere.
pub fn sealed(data: &[u8]) {
    let house = house();
    for (context, value) in house.contexts.iter().zip(&house.values) {
        let opened = house.vault.open(context, data).ok();
        assert_eq!(opened.as_deref(), (data == value.as_slice()).then_some(CONTENT));
    }
}

/// Seeds of [`sealed`].
#[must_use]
pub fn sealed_seeds() -> Vec<Vec<u8>> {
    house().values.to_vec()
}

/// Tokens that clients carry. Only ours open, and only for their purpose.
pub fn token(data: &[u8]) {
    let house = house();
    let opened = house.vault.open_token(PURPOSE, data).ok();
    assert_eq!(opened.as_deref(), (data == house.token.as_slice()).then_some(CONTENT));
    assert!(house.vault.open_token("other", data).is_err());
}

/// Seeds of [`token`].
#[must_use]
pub fn token_seeds() -> Vec<Vec<u8>> {
    vec![house().token.clone()]
}
