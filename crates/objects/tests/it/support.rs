//! Stores, keys, and hands that alter what lies in a store.

use futures_util::StreamExt;
use kernel::{
    Fault, IdSource, ObjectId, OrgId, Random, Result, SeededRandom, SubjectId, SystemClock, SystemRandom,
    Time,
};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use objects::{Objects, S3};
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use std::fs;
use std::ops::Range;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpListener;
use vault::{Owner, RootKey, Vault};

const KEY: (&str, &str) = ("klucznik-test", "a-secret-of-the-tests");

/// What sealing adds: head, and each chunk.
pub const HEAD: usize = vault::OBJECT_HEAD;
pub const SEALED: usize = vault::CHUNK + vault::CHUNK_OVERHEAD;

/// A place for objects, with keys of two subjects.
pub struct Home {
    pub objects: Objects,
    /// The same store without sealing.
    pub raw: Arc<dyn ObjectStore>,
    pub vault: Arc<Vault>,
    pub anna: Owner,
    pub jan: Owner,
    ids: IdSource,
    /// Where the bucket is, if it is one.
    pub place: Option<S3>,
    pub temp: TempDir,
}

fn keys(temp: &TempDir) -> (Arc<Vault>, [SubjectId; 2]) {
    let random: Arc<dyn Random> = Arc::new(SeededRandom::new(7));
    let root = RootKey::create_file(&temp.path().join("root.key"), &*random).expect("a key");
    let dir = temp.path().join("keys");
    let organisation = OrgId::from_bytes([1; 16]);
    let vault = Vault::create(&dir, &root, organisation, Time(0), random).expect("keys");
    let subjects = [SubjectId::from_bytes([2; 16]), SubjectId::from_bytes([3; 16])];
    vault.add_subjects(&subjects).expect("keys of subjects");
    (Arc::new(vault), subjects)
}

impl Home {
    fn over(
        temp: TempDir,
        make: impl FnOnce(&TempDir, Arc<Vault>) -> (Objects, Arc<dyn ObjectStore>),
    ) -> Self {
        let (vault, [anna, jan]) = keys(&temp);
        let (objects, raw) = make(&temp, Arc::clone(&vault));
        let (anna, jan) = (Owner::Subject(anna), Owner::Subject(jan));
        Self { objects, raw, vault, anna, jan, ids: IdSource::new(), place: None, temp }
    }

    pub fn in_memory() -> Self {
        Self::over(TempDir::new().expect("a folder"), |_, vault| {
            let raw: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
            (Objects::new(Arc::clone(&raw), vault), raw)
        })
    }

    pub fn in_folder() -> Self {
        Self::over(TempDir::new().expect("a folder"), |temp, vault| {
            let dir = temp.path().join("instance");
            let objects = Objects::in_folder(&dir, vault).expect("a folder");
            (objects, Arc::new(LocalFileSystem::new_with_prefix(dir).expect("a folder")))
        })
    }

    /// In a server of its own, at a free port, that verifies signatures.
    pub async fn in_bucket() -> Self {
        let temp = TempDir::new().expect("a folder");
        let buckets = temp.path().join("buckets");
        fs::create_dir_all(buckets.join("klucznik")).expect("a bucket");
        let files = s3s_fs::FileSystem::new(&buckets).expect("a server's folder");
        let mut builder = S3ServiceBuilder::new(files);
        builder.set_auth(SimpleAuth::from_single(KEY.0, KEY.1));
        let service = builder.build();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let service = service.clone();
                tokio::spawn(async move {
                    let socket = hyper_util::rt::TokioIo::new(socket);
                    let _ =
                        hyper_util::server::conn::auto::Builder::new(hyper_util::rt::TokioExecutor::new())
                            .serve_connection(socket, service)
                            .await;
                });
            }
        });
        let credentials = temp.path().join("credentials");
        fs::write(&credentials, format!("{}\n{}\n", KEY.0, KEY.1)).expect("a file");
        fs::set_permissions(&credentials, fs::Permissions::from_mode(0o600)).expect("rights");
        let place = S3 {
            endpoint: format!("http://{address}"),
            bucket: "klucznik".to_owned(),
            region: "none".to_owned(),
            credentials,
            root_certificates: None,
        };
        let home = Self::over(temp, |_, vault| {
            let objects = Objects::in_bucket(&place, vault).expect("a bucket");
            let raw = object_store::aws::AmazonS3Builder::new()
                .with_allow_http(true)
                .with_endpoint(&place.endpoint)
                .with_bucket_name(&place.bucket)
                .with_region(&place.region)
                .with_access_key_id(KEY.0)
                .with_secret_access_key(KEY.1);
            (objects, Arc::new(raw.build().expect("a bucket")))
        });
        Self { place: Some(place), ..home }
    }

    pub fn id(&self) -> ObjectId {
        self.ids.next(&SystemClock, &SystemRandom)
    }

    pub async fn put(&self, content: &[u8]) -> ObjectId {
        let id = self.id();
        let bytes = self.objects.put(self.anna, id, content, u64::MAX).await.expect("written");
        assert_eq!(bytes, content.len() as u64);
        id
    }

    /// Reads to the end, or to the first failure.
    pub async fn get(&self, owner: Owner, id: ObjectId, range: Option<Range<u64>>) -> Result<Vec<u8>> {
        let mut reading = self.objects.read(owner, id, range).await?;
        let mut content = Vec::new();
        while let Some(piece) = reading.next().await? {
            assert!(!piece.is_empty() && piece.len() <= 4 << 20);
            content.extend(piece);
        }
        assert!(reading.next().await?.is_none());
        Ok(content)
    }

    /// Where an object lies, as documented.
    pub fn location(id: ObjectId) -> Path {
        let name: String = id.bytes().iter().map(|b| format!("{b:02x}")).collect();
        Path::from(format!("objects/{}/{name}", &name[30..]))
    }

    pub async fn sealed(&self, id: ObjectId) -> Vec<u8> {
        let got = self.raw.get(&Self::location(id)).await.expect("an object");
        got.bytes().await.expect("bytes").into()
    }

    pub async fn alter(&self, id: ObjectId, sealed: Vec<u8>) {
        self.raw.put(&Self::location(id), sealed.into()).await.expect("altered");
    }

    pub async fn listed(&self) -> Vec<ObjectId> {
        let all: Vec<_> = self.objects.list().map(|one| one.map(|l| l.id)).collect().await;
        let mut all = all.into_iter().collect::<std::result::Result<Vec<_>, Fault>>().expect("a list");
        all.sort_unstable();
        all
    }
}

/// Content that differs from place to place.
pub fn content(length: usize) -> Vec<u8> {
    (0..length).map(|n| (n * 31 + n / 251) as u8).collect()
}
