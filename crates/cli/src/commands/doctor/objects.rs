//! The bucket for content of any length: whether it can be written, read and deleted in.

use super::Patient;
use super::finding::Finding;
use kernel::{Fault, IdSource, Result, Text};
use objects::{Objects, S3};
use server::{Config, ObjectsConfig};
use std::sync::Arc;
use vault::RootKey;

const CHECK: &str = "objects";

pub async fn check(patient: &Patient<'_>, root: Option<&RootKey>) -> Finding {
    let Some(config) = &patient.config else {
        let why = Text::of("Potrzebne są ustawienia.", "It needs the settings.");
        return Finding::skipped(CHECK, why, None);
    };
    let ObjectsConfig::S3(place) = &config.objects else {
        let text = Text::of(
            "Pliki mają leżeć w folderze instancji.",
            "Files are to lie in the folder of the instance.",
        );
        return Finding::ok(CHECK, text);
    };
    let Some(root) = root else {
        return Finding::skipped(
            CHECK,
            Text::of("Potrzebny jest klucz główny.", "It needs the root key."),
            None,
        );
    };
    match probe(patient, config, place, root).await {
        Ok(()) => Finding::ok(
            CHECK,
            Text::of(
                "W magazynie plików da się zapisywać, odczytywać i usuwać.",
                "The store of files takes, gives and deletes.",
            ),
        ),
        Err(fault) => failed(&fault),
    }
}

async fn probe(patient: &Patient<'_>, config: &Config, place: &S3, root: &RootKey) -> Result<()> {
    let (clock, random) = (&*patient.context.clock, patient.context.random.clone());
    let vault = server::open_vault(&patient.layout, config, root, random.clone(), true)?;
    Objects::in_bucket(place, Arc::new(vault))?.probe(IdSource::new().next(clock, &*random)).await
}

fn failed(fault: &Fault) -> Finding {
    let mend = Text::new(
        format!(
            "Sprawdź [objects] w {}: adres, zasobnik, region i plik z kluczem, któremu wolno zapisywać, odczytywać, wymieniać i usuwać.",
            Config::FILE
        ),
        format!(
            "Check [objects] in {}: endpoint, bucket, region and the file with the key, which must be allowed to put, get, list and delete.",
            Config::FILE
        ),
    );
    Finding::failed(CHECK, fault, mend)
}
