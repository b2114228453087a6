//! The root key and where it comes from. Bytes: `docs/formats/key-file.md`.

use crate::file;
use crate::primitives::{Secret, derive::Deriver, passphrase};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{Fault, OrgId, Random, Result, Text, limits};
use std::fs::File;
use std::path::Path;
use zeroize::Zeroizing;

const HEADER: &str = "klucznik-root-key-1";
const FILE_LIMIT: u64 = 256;

/// Salt and cost of a passphrase; no secret.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Passphrase {
    /// Random, drawn when the passphrase is set.
    pub salt: [u8; 16],
    /// Cost of the derivation.
    pub cost: passphrase::Cost,
}

/// Where a root key comes from; no secret.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RootSource {
    /// A file made by [`RootKey::create_file`].
    KeyFile,
    /// A systemd credential.
    Credential,
    /// A passphrase, through Argon2id.
    Passphrase(Passphrase),
}

impl RootSource {
    /// A stable name in kebab case.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::KeyFile => "key-file",
            Self::Credential => "credential",
            Self::Passphrase(_) => "passphrase",
        }
    }
}

/// The key above all others. Wiped when dropped; has no `Debug`.
pub struct RootKey {
    secret: Secret,
    source: RootSource,
}

impl RootKey {
    /// Makes a new key and writes it to a new file of mode 0600.
    ///
    /// # Errors
    /// Invalid if the file exists; full or internal if it cannot be written.
    pub fn create_file(path: &Path, random: &dyn Random) -> Result<Self> {
        let secret = Secret::random(random);
        let code = Zeroizing::new(STANDARD.encode(secret.bytes()));
        let content = Zeroizing::new(format!("{HEADER}\n{}\n", *code));
        file::create(path, content.as_bytes()).map_err(|e| match e.kind() {
            std::io::ErrorKind::AlreadyExists => Fault::invalid(Text::of(
                "Plik klucza już istnieje i nie zostanie nadpisany.",
                "The key file exists already and is not overwritten.",
            )),
            _ => file::io_fault("key file", &e),
        })?;
        Ok(Self { secret, source: RootSource::KeyFile })
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// Invalid if it is missing, open to others than its owner, or no key file.
    pub fn from_file(path: &Path) -> Result<Self> {
        let opened = File::open(path).map_err(|e| unreadable(&e))?;
        if file::open_to_others(&opened).map_err(|e| unreadable(&e))? {
            return Err(Fault::invalid(Text::of(
                "Plik klucza jest dostępny dla innych użytkowników systemu. Odbierz im prawa: chmod 600.",
                "The key file is open to other users of the system. Take their rights away: chmod 600.",
            )));
        }
        Ok(Self { secret: parse(opened)?, source: RootSource::KeyFile })
    }

    /// Reads the systemd credential `name` in `directory` (the value of `$CREDENTIALS_DIRECTORY`).
    ///
    /// # Errors
    /// Invalid if the name is none, or the credential is missing or no key file.
    pub fn from_credential(directory: &Path, name: &str) -> Result<Self> {
        let fits = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        if name.is_empty() || name.len() > 64 || name.starts_with('.') || !name.bytes().all(fits) {
            return Err(Fault::invalid(Text::of(
                "Niewłaściwa nazwa poświadczenia systemd.",
                "This is no name of a systemd credential.",
            )));
        }
        let file = File::open(directory.join(name)).map_err(|e| unreadable(&e))?;
        Ok(Self { secret: parse(file)?, source: RootSource::Credential })
    }

    /// The key of a new passphrase, with a new salt.
    ///
    /// # Errors
    /// Invalid if the passphrase is too short or too long.
    pub fn new_passphrase(text: &str, random: &dyn Random) -> Result<Self> {
        let count = text.chars().count();
        if !(limits::PASSWORD_MIN_CHARS..=limits::PASSWORD_MAX_CHARS).contains(&count) {
            return Err(Fault::invalid(Text::of(
                "Hasło klucza musi mieć od 12 do 256 znaków.",
                "The passphrase must have 12 to 256 characters.",
            )));
        }
        let mut salt = [0; 16];
        random.fill(&mut salt);
        Self::from_passphrase(text, Passphrase { salt, cost: passphrase::Cost::NEW })
    }

    /// The key of a passphrase whose salt and cost [`crate::root_source`] has read.
    ///
    /// # Errors
    /// Corrupt if the cost is outside what is ever written. A wrong passphrase gives a wrong key, which
    /// opening the vault refuses.
    pub fn from_passphrase(text: &str, with: Passphrase) -> Result<Self> {
        let secret = passphrase::argon2id(text.as_bytes(), &with.salt, with.cost)?;
        Ok(Self { secret, source: RootSource::Passphrase(with) })
    }

    /// Where it came from.
    #[must_use]
    pub const fn source(&self) -> RootSource {
        self.source
    }

    /// What is derived for an organisation: check value and wrapping key.
    pub(crate) fn derive(&self, organisation: OrgId) -> (Secret, Secret) {
        let deriver = Deriver::new(organisation.bytes(), &self.secret);
        (deriver.derive(&[b"klucznik root check 1"]), deriver.derive(&[b"klucznik root wrap 1"]))
    }
}

fn unreadable(error: &std::io::Error) -> Fault {
    Fault::invalid(Text::of(
        "Nie można odczytać klucza głównego: sprawdź ścieżkę i prawa dostępu.",
        "The root key cannot be read: check the path and its rights.",
    ))
    .internal(format!("root key: {error}"))
}

fn parse(file: File) -> Result<Secret> {
    let content = Zeroizing::new(file::read_limited(file, FILE_LIMIT).map_err(|e| unreadable(&e))?);
    let no_key = || {
        Fault::invalid(Text::of(
            "To nie jest plik klucza głównego Klucznika.",
            "This is no root key file of Klucznik.",
        ))
    };
    let text = std::str::from_utf8(&content).map_err(|_| no_key())?;
    let line = text.strip_prefix(HEADER).and_then(|t| t.strip_prefix('\n')).ok_or_else(no_key)?;
    let code = line.strip_suffix('\n').unwrap_or(line);
    let bytes = Zeroizing::new(STANDARD.decode(code).map_err(|_| no_key())?);
    Secret::from_slice(&bytes).ok_or_else(no_key)
}
