//! The releases of a run, and who has signed them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use cluster_protocol::{
    Application, ApplicationKind, Charter, ClusterFacts, ClusterId, Digest, Manifest, Module,
    RestartPolicy, Rollback, Signed, Statement,
};

use super::super::{Place, Random};
use super::Flaw;
use crate::controller::ModuleSource;
use crate::release::Verify;

/// The cluster.
pub(super) const CLUSTER: ClusterId = ClusterId([7; 16]);
/// Who signs charters.
pub(super) const CHARTER_KEY: [u8; 32] = [1; 32];
/// Who signs releases.
pub(super) const RELEASE_KEY: [u8; 32] = [2; 32];
/// Nobody of weight.
pub(super) const OTHER_KEY: [u8; 32] = [3; 32];

/// When everything expires, in seconds since 1970: long after any run.
const EXPIRES: u64 = 2_000_000_000;

/// What is wrong with the second release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing.
    None,
    /// Its bots report errors.
    Faulty,
    /// It cannot be started.
    Unstartable,
    /// It would not run, as can be seen beforehand.
    Unfit,
}

/// The releases of a run and their modules.
#[derive(Debug)]
pub(super) struct Releases {
    /// By version, from 1.
    pub signed: BTreeMap<u64, Signed>,
    /// As they were signed.
    pub manifests: BTreeMap<u64, Manifest>,
    /// All that is on the boot server's disk.
    modules: BTreeMap<Digest, Vec<u8>>,
    /// What is in a release.
    listed: BTreeSet<Digest>,
    /// How often the boot server will send something else yet.
    lies: AtomicU32,
}

/// Stands for a signature: who knows the public key can make it, but nobody in
/// a world does.
pub(super) fn sign(statement: &Statement, key: [u8; 32]) -> Signed {
    let bytes = pickler::encode(statement).unwrap_or_default();
    Signed {
        signature: seal(&bytes, key),
        statement: bytes.into(),
        key,
    }
}

/// What checks signatures.
pub(super) fn verifier(flaw: Flaw) -> Arc<dyn Verify> {
    if flaw == Flaw::AnySignature {
        return Arc::new(|signed: &Signed, _: &[[u8; 32]]| pickler::decode(&signed.statement));
    }
    Arc::new(verify)
}

/// Checks what [`sign`] made.
fn verify(signed: &Signed, keys: &[[u8; 32]]) -> Result<Statement, String> {
    if !keys.contains(&signed.key) {
        return Err("signed by somebody else".to_owned());
    }
    if seal(&signed.statement, signed.key) != signed.signature {
        return Err("the signature is wrong".to_owned());
    }
    pickler::decode(&signed.statement).map_err(|error| error.to_string())
}

fn seal(bytes: &[u8], key: [u8; 32]) -> [u8; 64] {
    let mut context = ring::digest::Context::new(&ring::digest::SHA512);
    context.update(&key);
    context.update(bytes);
    let mut signature = [0; 64];
    signature.copy_from_slice(context.finish().as_ref());
    signature
}

/// The SHA-256 hash of bytes.
pub(super) fn hash(bytes: &[u8]) -> Digest {
    let mut digest = Digest::default();
    let hash = ring::digest::digest(&ring::digest::SHA256, bytes);
    digest.0.copy_from_slice(hash.as_ref());
    digest
}

/// What all know of the cluster.
pub(super) fn facts() -> ClusterFacts {
    let charter = Charter {
        cluster: CLUSTER,
        boot: vec![Place(0).address()],
        ..Charter::default()
    };
    ClusterFacts {
        id: CLUSTER,
        name: "simulated".into(),
        authority: Vec::new().into(),
        charter_key: CHARTER_KEY,
        release_keys: vec![RELEASE_KEY],
        boot: Place(0).address(),
        charter: sign(&Statement::Charter(charter), CHARTER_KEY),
    }
}

/// Leave to go back.
pub(super) fn rollback(from: u64, to: u64) -> Signed {
    let rollback = Rollback {
        cluster: CLUSTER,
        from,
        to,
        expires: EXPIRES,
        reason: "simulated".into(),
    };
    sign(&Statement::Rollback(rollback), RELEASE_KEY)
}

impl Releases {
    /// Three releases, of which the second may be broken; the boot server sends
    /// something else than it should `lies` times.
    pub fn new(fault: Fault, flaw: Flaw, lies: u32, random: &mut Random) -> Arc<Self> {
        let mut releases = Self {
            signed: BTreeMap::new(),
            manifests: BTreeMap::new(),
            modules: BTreeMap::new(),
            listed: BTreeSet::new(),
            lies: AtomicU32::new(lies),
        };
        let lists_all = flaw != Flaw::AnyModule;
        let beta_in_second = random.chance(700);
        for version in 1..=3 {
            let state = match fault {
                _ if version != 2 => "sound",
                Fault::None => "sound",
                Fault::Faulty => "faulty",
                Fault::Unstartable => "unstartable",
                Fault::Unfit => "unfit",
            };
            // Some pieces long.
            let padding = "-".repeat(random.below(150_000));
            let alpha = releases.module("alpha", &format!("{state} alpha {version} {padding}"));
            let common = releases.module("common", "sound common");
            let beta = releases.module("beta", &format!("sound beta {}", version / 2));
            let mut applications = vec![application("alpha", vec![alpha, common.clone()])];
            if version != 2 || beta_in_second {
                applications.push(application("beta", vec![beta, common]));
            }
            let manifest = Manifest {
                cluster: CLUSTER,
                name: format!("release {version}").into(),
                version,
                created: 1,
                expires: EXPIRES,
                applications,
                ..Manifest::default()
            };
            let signed = sign(&Statement::Manifest(manifest.clone()), RELEASE_KEY);
            releases.signed.insert(version, signed);
            releases.manifests.insert(version, manifest);
        }
        if !lists_all {
            // As if nobody had signed for this one.
            releases.listed.pop_last();
        }
        Arc::new(releases)
    }

    fn module(&mut self, name: &str, content: &str) -> Module {
        let bytes = content.as_bytes().to_vec();
        let hash = hash(&bytes);
        let size = bytes.len() as u64;
        self.modules.insert(hash, bytes);
        self.listed.insert(hash);
        Module {
            name: name.into(),
            version: format!("{hash:.12}").into(),
            hash,
            size,
        }
    }

    /// Whether a release lists the module.
    pub fn lists(&self, hash: &Digest) -> bool {
        self.listed.contains(hash)
    }

    /// What nodes are to run that run a release.
    pub fn applications(&self, version: u64) -> &[Application] {
        self.manifests
            .get(&version)
            .map_or(&[], |manifest| &manifest.applications)
    }
}

fn application(name: &str, modules: Vec<Module>) -> Application {
    Application {
        name: name.into(),
        kind: ApplicationKind::Swarm,
        groups: Vec::new(),
        modules,
        settings: Vec::new(),
        restart: RestartPolicy::default(),
    }
}

/// The modules, as a boot server has them that lies now and then.
pub(super) struct Shelf(pub Arc<Releases>);

impl ModuleSource for Shelf {
    fn size(&self, hash: &Digest) -> Option<u64> {
        self.0.modules.get(hash).map(|bytes| bytes.len() as u64)
    }

    fn read(&self, hash: &Digest, offset: u64, length: usize) -> Option<Vec<u8>> {
        let bytes = self.0.modules.get(hash)?;
        let start = usize::try_from(offset).ok()?;
        let mut piece = bytes.get(start..start.checked_add(length)?)?.to_vec();
        let lies = &self.0.lies;
        let lie = lies.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            left.checked_sub(1)
        });
        if lie.is_ok()
            && let Some(byte) = piece.first_mut()
        {
            *byte ^= 1;
        }
        Some(piece)
    }
}
