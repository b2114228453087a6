//! Page keys of the database files.

use crate::database::PageKey;
use crate::keyring_file;
use crate::keys::Keys;
use crate::primitives::Secret;
use crate::vault::Vault;
use crate::wrap::Place;
use kernel::{Fault, Random, Result};

impl Vault {
    /// The page key of the file `name`, made and stored when first asked for.
    ///
    /// # Errors
    /// Internal if the name is none (1 to 64 of `a-z 0-9 . _ -`) or a read-only vault has no such key.
    pub fn page_key(&self, name: &str) -> Result<PageKey> {
        check_page_name(name)?;
        if let Some(key) = stored_page_key(&self.keys(), name)? {
            return Ok(key);
        }
        drop(self.writing()?); // refuses a read-only vault
        let mut keys = self.keys_mut();
        if let Some(key) = stored_page_key(&keys, name)? {
            return Ok(key);
        }
        new_page_key(&mut keys, name, self.random())
    }

    /// Forgets the page key of `name`: the file cannot be read any more.
    ///
    /// # Errors
    /// Internal if it is the keyring's own; otherwise as writing `keys.json` fails.
    pub fn drop_page_key(&self, name: &str) -> Result<()> {
        check_page_name(name)?;
        if name == keyring_file::NAME {
            return Err(Fault::bug("the keyring's page key is never dropped"));
        }
        drop(self.writing()?); // refuses a read-only vault
        let mut keys = self.keys_mut();
        let mut file = keys.file.clone();
        match file.pages.remove(name) {
            Some(_) => keys.store(file),
            None => Ok(()),
        }
    }
}

/// Makes and stores the page key of a file that has none.
pub(crate) fn new_page_key(keys: &mut Keys, name: &str, random: &dyn Random) -> Result<PageKey> {
    let secret = Secret::random(random);
    let wrapped = keys.wrap(Place::Page(name), &secret, random);
    let mut file = keys.file.clone();
    file.pages.insert(name.to_owned(), wrapped);
    keys.store(file)?;
    Ok(PageKey(secret))
}

pub(crate) fn stored_page_key(keys: &Keys, name: &str) -> Result<Option<PageKey>> {
    let wrapped = keys.file.pages.get(name);
    wrapped.map(|w| keys.unwrap_own(Place::Page(name), w, name).map(PageKey)).transpose()
}

fn check_page_name(name: &str) -> Result<()> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b);
    if name.is_empty() || name.len() > 64 || !name.bytes().all(fits) {
        return Err(Fault::bug("this is no name of a page key"));
    }
    Ok(())
}
