//! Files that leave the instance: encrypted to recipients whose identities the server does not have. The
//! format is age v1 (age-encryption.org/v1) with X25519 recipients, by the `age` crate, which draws its own
//! randomness.

use crate::file;
use age::secrecy::ExposeSecret;
use age::{DecryptError, Decryptor, Encryptor, x25519};
use kernel::{Fault, FaultKind, Result, Text};
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::str::FromStr;
use zeroize::Zeroizing;

/// Bytes of a file with an identity at most.
const IDENTITY_LIMIT: u64 = 64 << 10;
/// Identities in one file at most.
const IDENTITIES: usize = 64;
/// Recipients of one file at most.
const MAX_RECIPIENTS: usize = 64;

/// Whoever can open a file: `age1…`. No secret.
#[derive(Clone, Debug)]
pub struct Recipient(x25519::Recipient);

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Recipient {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self> {
        x25519::Recipient::from_str(text.trim()).map(Self).map_err(|_| {
            Fault::invalid(Text::new(
                format!("„{text}” nie jest odbiorcą age. Odbiorca zaczyna się od age1; nową parę kluczy tworzy: klucznik backup keygen PLIK"),
                format!("\"{text}\" is no age recipient. A recipient begins with age1; a new pair of keys is made by: klucznik backup keygen FILE"),
            ))
        })
    }
}

/// What opens files made for its recipient. Has no `Debug`.
pub struct Identities(Vec<x25519::Identity>);

impl Identities {
    /// Makes a new identity in a new file of mode 0600, in the form of `age-keygen`. Gives its recipient.
    ///
    /// # Errors
    /// Invalid if the file exists; full or internal if it cannot be written.
    pub fn create_file(path: &Path) -> Result<Recipient> {
        let identity = x25519::Identity::generate();
        let recipient = Recipient(identity.to_public());
        let secret = identity.to_string();
        let content = Zeroizing::new(format!("# public key: {recipient}\n{}\n", secret.expose_secret()));
        file::create(path, content.as_bytes()).map_err(|e| match e.kind() {
            io::ErrorKind::AlreadyExists => Fault::invalid(Text::new(
                format!("Plik {} już istnieje i nie zostanie nadpisany.", path.display()),
                format!("The file {} exists already and is not overwritten.", path.display()),
            )),
            _ => file::io_fault("identity file", &e),
        })?;
        Ok(recipient)
    }

    /// Reads the identities of a file; lines that begin with `#` are comments.
    ///
    /// # Errors
    /// Invalid if it is missing, open to others than its owner, or holds no identity.
    pub fn from_file(path: &Path) -> Result<Self> {
        let at = |pl: &str, en: &str| {
            let path = path.display();
            Fault::invalid(Text::new(format!("{path}: {pl}"), format!("{path}: {en}")))
        };
        let unreadable = |e: io::Error| {
            at("nie można odczytać pliku tożsamości.", "the identity file cannot be read.")
                .internal(format!("identity file: {e}"))
        };
        let opened = File::open(path).map_err(unreadable)?;
        if file::open_to_others(&opened).map_err(unreadable)? {
            return Err(at(
                "plik jest dostępny dla innych użytkowników systemu. Odbierz im prawa: chmod 600.",
                "the file is open to other users of the system. Take their rights away: chmod 600.",
            ));
        }
        let content = Zeroizing::new(file::read_limited(opened, IDENTITY_LIMIT).map_err(unreadable)?);
        let none = || {
            at(
                "to nie jest plik tożsamości age (AGE-SECRET-KEY-1…).",
                "this is no file of an age identity (AGE-SECRET-KEY-1…).",
            )
        };
        let text = std::str::from_utf8(&content).map_err(|_| none())?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let found = lines.take(IDENTITIES).map(|line| x25519::Identity::from_str(line).map_err(|_| none()));
        let found = found.collect::<Result<Vec<_>>>()?;
        if found.is_empty() { Err(none()) } else { Ok(Self(found)) }
    }
}

/// A file that is being encrypted. Whole only once [`Parcel::finish`] has been called.
pub struct Parcel<W: Write>(BufWriter<age::stream::StreamWriter<W>>);

impl<W: Write> Parcel<W> {
    /// Begins a file for these recipients.
    ///
    /// # Errors
    /// Invalid without a recipient, or with too many; full or internal as writing fails.
    pub fn new(recipients: &[Recipient], out: W) -> Result<Self> {
        if recipients.is_empty() {
            return Err(no_recipient());
        }
        if recipients.len() > MAX_RECIPIENTS {
            return Err(Fault::invalid(Text::of(
                "Odbiorców jest za dużo: najwyżej 64.",
                "There are too many recipients: at most 64.",
            )));
        }
        let to = recipients.iter().map(|r| &r.0 as &dyn age::Recipient);
        let encryptor = Encryptor::with_recipients(to).map_err(|e| Fault::bug(format!("age: {e}")))?;
        let writer = encryptor.wrap_output(out).map_err(|e| file::io_fault("encrypted file", &e))?;
        Ok(Self(BufWriter::with_capacity(BUFFER, writer)))
    }

    /// Writes the end, without which the file does not open.
    ///
    /// # Errors
    /// Full or internal as writing fails.
    pub fn finish(self) -> Result<W> {
        let fault = |e: &io::Error| file::io_fault("encrypted file", e);
        let writer = self.0.into_inner().map_err(|e| fault(e.error()))?;
        writer.finish().map_err(|e| fault(&e))
    }
}

impl<W: Write> Write for Parcel<W> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.0.write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Bytes handed to the cipher at once.
const BUFFER: usize = 256 << 10;

/// Opens an encrypted file. What is read is authentic, and the end is the true end: a file that was altered
/// or cut short fails while it is read, with what [`parcel_fault`] explains.
///
/// # Errors
/// Invalid if the identities are not those of a recipient; corrupt if it is no such file.
pub fn open_parcel<R: Read>(identities: &Identities, input: R) -> Result<impl Read> {
    let decryptor = Decryptor::new(BufReader::with_capacity(BUFFER, input)).map_err(|e| refused(&e))?;
    let keys = identities.0.iter().map(|identity| identity as &dyn age::Identity);
    Ok(BufReader::with_capacity(BUFFER, decryptor.decrypt(keys).map_err(|e| refused(&e))?))
}

/// What it means that an encrypted file cannot be read on.
#[must_use]
pub fn parcel_fault(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => damaged(&error.to_string()),
        _ => file::io_fault("encrypted file", error),
    }
}

fn damaged(why: &str) -> Fault {
    let text = Text::of(
        "Plik jest uszkodzony, zmieniony albo urwany: niczego z niego nie użyto. Weź inną kopię.",
        "The file is damaged, altered or cut short: nothing of it was used. Take another copy.",
    );
    Fault::new(FaultKind::Corrupt, text).internal(format!("encrypted file: {why}"))
}

fn refused(error: &DecryptError) -> Fault {
    match error {
        DecryptError::NoMatchingKeys => Fault::invalid(Text::of(
            "Ta tożsamość nie otwiera tego pliku: zaszyfrowano go dla innych odbiorców.",
            "This identity does not open this file: it was encrypted for other recipients.",
        )),
        DecryptError::Io(e) if e.kind() != io::ErrorKind::UnexpectedEof => {
            file::io_fault("encrypted file", e)
        }
        DecryptError::InvalidHeader | DecryptError::UnknownFormat => damaged("no age header"),
        _ => damaged(&error.to_string()),
    }
}

/// Nobody to encrypt for.
#[must_use]
pub const fn no_recipient() -> Fault {
    Fault::new(
        FaultKind::Invalid,
        Text::of(
            "Nie wiadomo, dla kogo szyfrować. Utwórz parę kluczy na innym komputerze: klucznik backup keygen PLIK, a wypisanego odbiorcę wpisz w klucznik.toml: [backup] recipients = [\"age1…\"].",
            "Nobody is named to encrypt for. Make a pair of keys on another machine: klucznik backup keygen FILE, and put the recipient that it prints into klucznik.toml: [backup] recipients = [\"age1…\"].",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    fn sealed(recipient: &Recipient, content: &[u8]) -> Vec<u8> {
        let mut parcel = Parcel::new(std::slice::from_ref(recipient), Vec::new()).expect("a recipient");
        parcel.write_all(content).expect("written");
        parcel.finish().expect("finished")
    }

    fn read(identities: &Identities, bytes: &[u8]) -> Result<Vec<u8>> {
        let mut content = Vec::new();
        open_parcel(identities, bytes)?.read_to_end(&mut content).map_err(|e| parcel_fault(&e))?;
        Ok(content)
    }

    #[test]
    fn only_the_recipient_opens_it_and_only_whole() {
        let dir = tempdir().expect("a folder");
        let (mine, other) = (dir.path().join("mine"), dir.path().join("other"));
        let recipient = Identities::create_file(&mine).expect("made");
        assert!(Identities::create_file(&mine).is_err(), "never over another");
        Identities::create_file(&other).expect("made");
        let (mine, other) = (Identities::from_file(&mine).unwrap(), Identities::from_file(&other).unwrap());
        let content = vec![7; 200_000];
        let file = sealed(&recipient.to_string().parse().unwrap(), &content);
        assert_eq!(read(&mine, &file).unwrap(), content);
        assert_eq!(read(&other, &file).unwrap_err().kind, FaultKind::Invalid);
        for length in [0, 20, 150, 400, 70_000, file.len() - 1] {
            assert_eq!(read(&mine, &file[..length]).unwrap_err().kind, FaultKind::Corrupt, "{length}");
        }
        for at in [30, 100, 190, 300, 100_000, file.len() - 1] {
            let mut altered = file.clone();
            altered[at] ^= 1;
            assert!(read(&mine, &altered).is_err(), "{at}");
        }
    }

    #[test]
    fn an_identity_open_to_others_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempdir().expect("a folder");
        let path = dir.path().join("identity");
        Identities::create_file(&path).expect("made");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("rights");
        assert!(Identities::from_file(&path).is_err());
    }
}
