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

#[cfg(test)]
mod tests {
    use cluster_protocol::{Manifest, RestartPolicy, Signed, Variable};

    use super::*;

    fn application(name: &str, modules: &[(&str, u8)]) -> Application {
        let modules = modules.iter().map(|(name, content)| Module {
            name: (*name).into(),
            version: Name::default(),
            hash: Digest([*content; 32]),
            size: 1,
        });
        Application {
            name: name.into(),
            kind: ApplicationKind::Swarm,
            groups: Vec::new(),
            modules: modules.collect(),
            settings: Vec::new(),
            restart: RestartPolicy::default(),
        }
    }

    fn release(applications: Vec<Application>, program: Option<u8>) -> Release {
        let signed = Signed {
            statement: Vec::new().into(),
            key: [0; 32],
            signature: [0; 64],
        };
        let program = program.map(|content| Module {
            name: "node".into(),
            version: "2".into(),
            hash: Digest([content; 32]),
            size: 1,
        });
        let manifest = Manifest {
            version: 1,
            program: program.into_iter().collect(),
            applications,
            ..Manifest::default()
        };
        Release::new(signed, manifest).expect("it is good")
    }

    /// The one step from one application to another, by which way and why.
    fn step(before: &Application, after: Application) -> Option<(By, String)> {
        let new = release(vec![after], None);
        let difference = Difference::between(&[before], &new, &[], Digest([9; 32]), Way::Cheapest);
        assert!(difference.steps.len() <= 1);
        let step = difference.steps.into_iter().next()?;
        Some((step.by, step.reason.to_string()))
    }

    #[test]
    fn the_cheapest_way_that_is_safe_is_taken() {
        let old = application("x", &[("a", 1), ("b", 2)]);
        let by = |after: Application| step(&old, after).map(|(by, _)| by);
        assert_eq!(by(old.clone()), None);
        assert_eq!(
            by(application("x", &[("a", 1), ("b", 3)])),
            Some(By::Process)
        );
        assert_eq!(
            by(application("x", &[("a", 1), ("b", 2), ("c", 3)])),
            Some(By::Process)
        );
        assert_eq!(by(application("x", &[("a", 1)])), Some(By::Application));
        assert_eq!(
            by(application("x", &[("b", 2), ("a", 1)])),
            Some(By::Application)
        );
        assert_eq!(
            by(application("x", &[("c", 1), ("a", 1), ("b", 2)])),
            Some(By::Application)
        );
        let mut other = old.clone();
        other.kind = ApplicationKind::Service;
        assert_eq!(by(other), Some(By::Application));
        let mut other = old.clone();
        other.settings = vec![Variable {
            name: "n".into(),
            value: "1".into(),
        }];
        assert_eq!(by(other), Some(By::Application));
        let mut other = old.clone();
        other.modules[0].version = "2".into();
        assert_eq!(by(other), Some(By::Process));
        let mut other = old.clone();
        other.restart.intensity = 9;
        other.groups = Vec::new();
        assert_eq!(by(other), None);
    }

    #[test]
    fn a_poker_server_is_not_changed_while_it_runs() {
        let mut old = application("x", &[("a", 1)]);
        old.kind = ApplicationKind::PokerServer;
        let mut new = application("x", &[("a", 2)]);
        new.kind = ApplicationKind::PokerServer;
        let (by, reason) = step(&old, new).expect("it changes");
        assert_eq!(by, By::Application);
        assert!(reason.contains("poker server"), "{reason}");
    }

    #[test]
    fn what_comes_and_goes_is_named() {
        let old = application("x", &[("a", 1)]);
        let new = release(vec![application("y", &[("a", 1)])], Some(7));
        let steps = Difference::between(&[&old], &new, &[], Digest([9; 32]), Way::Cheapest).steps;
        let names: Vec<_> = steps
            .iter()
            .map(|step| (&*step.application, step.by))
            .collect();
        assert_eq!(
            names,
            [
                ("", By::Restart),
                ("y", By::Application),
                ("x", By::Application)
            ]
        );
        assert!(steps[1].modules[0].from.is_empty() && !steps[1].modules[0].to.is_empty());
        assert!(!steps[2].modules[0].from.is_empty() && steps[2].modules[0].to.is_empty());
        // The node runs that program already.
        let steps = Difference::between(&[&old], &new, &[], Digest([7; 32]), Way::Cheapest).steps;
        assert_eq!(steps.len(), 2);
    }

    #[test]
    fn a_way_that_is_asked_for_is_no_cheaper() {
        let old = application("x", &[("a", 1)]);
        let new = release(vec![application("x", &[("a", 2)])], None);
        let by = |way| {
            let steps = Difference::between(&[&old], &new, &[], Digest([9; 32]), way).steps;
            steps.iter().map(|step| step.by).collect::<Vec<_>>()
        };
        assert_eq!(by(Way::By(By::Process)), [By::Process]);
        assert_eq!(by(Way::By(By::Application)), [By::Application]);
        assert_eq!(by(Way::By(By::Restart)), [By::Restart, By::Restart]);
    }

    #[test]
    fn groups_that_are_not_joined_are_not_run() {
        let mut foreign = application("x", &[("a", 1)]);
        foreign.groups = vec!["g".into(), "h".into()];
        let new = release(vec![foreign], None);
        let steps = |groups: &[Name]| {
            Difference::between(&[], &new, groups, Digest([9; 32]), Way::Cheapest)
                .steps
                .len()
        };
        assert_eq!(steps(&[]), 0);
        assert_eq!(steps(&["i".into()]), 0);
        assert_eq!(steps(&["i".into(), "h".into()]), 1);
    }
}
