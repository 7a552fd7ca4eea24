//! What changes from one release to another on a node, and the cheapest way
//! that is safe.

use cluster_protocol::{
    Application, ApplicationKind, By, Digest, Module, ModuleChange, Name, PlanStep, Text, Way,
};

use super::Release;

/// Whether what is for `wanted` groups is for a node of the groups `own`; none
/// wanted is for all.
pub fn applies_to(wanted: &[Name], own: &[Name]) -> bool {
    wanted.is_empty() || wanted.iter().any(|group| own.contains(group))
}

/// What changes on a node from one release to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// What changes, in the order of the new release; what goes comes last. The
    /// program's own step has no application name.
    pub steps: Vec<PlanStep>,
}

impl Difference {
    /// Between the applications that a node of `groups` runs now and the
    /// release that it is to run. `program` is the hash of the program that it
    /// runs.
    pub fn between(
        running: &[&Application],
        new: &Release,
        groups: &[Name],
        program: Digest,
        way: Way,
    ) -> Self {
        let wanted: Vec<_> = new.applications_for(groups).collect();
        let mut steps = Vec::new();
        if let Some(wanted) = new.program().filter(|wanted| wanted.hash != program) {
            steps.push(program_step(wanted, program));
        } else if way == Way::By(By::Restart) {
            steps.push(PlanStep {
                application: Name::default(),
                by: By::Restart,
                reason: "a restart was asked for".into(),
                modules: Vec::new(),
                members: 0,
            });
        }
        for application in &wanted {
            let before = running
                .iter()
                .find(|before| before.name == application.name);
            steps.extend(match before {
                None => Some(added(application)),
                Some(before) => changed(before, application),
            });
        }
        for before in running {
            if !wanted
                .iter()
                .any(|application| application.name == before.name)
            {
                steps.push(removed(before));
            }
        }
        if let Way::By(least) = way {
            for step in &mut steps {
                if step.by < least {
                    step.by = least;
                    step.reason = "this way was asked for".into();
                }
            }
        }
        Self { steps }
    }

    /// Whether the whole node has to boot again.
    pub fn restarts(&self) -> bool {
        self.steps.iter().any(|step| step.by == By::Restart)
    }
}

fn program_step(wanted: &Module, program: Digest) -> PlanStep {
    PlanStep {
        application: Name::default(),
        by: By::Restart,
        reason: "the program itself changes".into(),
        modules: vec![ModuleChange {
            name: wanted.name.clone(),
            from: format!("{program:.12}").into(),
            to: wanted.version.clone(),
            hash: wanted.hash,
        }],
        members: 0,
    }
}

fn step(
    application: &Application,
    reason: impl Into<Text>,
    modules: Vec<ModuleChange>,
) -> PlanStep {
    PlanStep {
        application: application.name.clone(),
        by: By::Application,
        reason: reason.into(),
        modules,
        members: 0,
    }
}

fn added(application: &Application) -> PlanStep {
    let modules = module_changes(&[], &application.modules);
    step(application, "it is new on this node", modules)
}

fn removed(application: &Application) -> PlanStep {
    let modules = module_changes(&application.modules, &[]);
    step(application, "it is no longer run on this node", modules)
}

/// Groups and restart policies are the node's own matter: what runs does not
/// feel them change.
fn changed(before: &Application, after: &Application) -> Option<PlanStep> {
    let modules = module_changes(&before.modules, &after.modules);
    let reason = if before.kind != after.kind {
        Some("it becomes something else".to_owned())
    } else if before.settings != after.settings {
        Some("its settings change".to_owned())
    } else if modules.is_empty() && !reordered(before, after) {
        return None;
    } else if after.kind == ApplicationKind::PokerServer {
        Some("a poker server cannot change its code while it runs".to_owned())
    } else if let Some(gone) = modules.iter().find(|change| change.to.is_empty()) {
        Some(format!("its module {} goes, which bots may run", gone.name))
    } else if reordered(before, after) {
        Some("its modules change their order".to_owned())
    } else {
        None
    };
    Some(match reason {
        Some(reason) => step(after, reason, modules),
        None => PlanStep {
            by: By::Process,
            ..step(after, "", modules)
        },
    })
}

fn module_changes(before: &[Module], after: &[Module]) -> Vec<ModuleChange> {
    let came = after.iter().filter_map(|module| {
        let old = before.iter().find(|old| old.name == module.name);
        if old.is_some_and(|old| (old.hash, &old.version) == (module.hash, &module.version)) {
            return None;
        }
        Some(ModuleChange {
            name: module.name.clone(),
            from: old.map(version_of).unwrap_or_default(),
            to: version_of(module),
            hash: module.hash,
        })
    });
    let went = before
        .iter()
        .filter(|old| !after.iter().any(|module| module.name == old.name));
    came.chain(went.map(|old| ModuleChange {
        name: old.name.clone(),
        from: version_of(old),
        to: Name::default(),
        hash: Digest::default(),
    }))
    .collect()
}

/// A module's version, in words that are never empty: an empty one says that
/// there is no such module.
fn version_of(module: &Module) -> Name {
    if module.version.is_empty() {
        format!("{:.12}", module.hash).into()
    } else {
        module.version.clone()
    }
}

/// Whether modules that both have stand in another order: the first of them is
/// what runs.
fn reordered(before: &Application, after: &Application) -> bool {
    let kept_before = before.modules.iter().map(|module| &module.name);
    let kept_before = kept_before.filter(|name| after.modules.iter().any(|m| m.name == **name));
    let kept_after = after.modules.iter().map(|module| &module.name);
    let kept_after = kept_after.filter(|name| before.modules.iter().any(|m| m.name == **name));
    !kept_before.eq(kept_after)
        || before.modules.first().map(|m| &m.name) != after.modules.first().map(|m| &m.name)
}
