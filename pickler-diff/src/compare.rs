//! Two protocols, compared.

use std::collections::{BTreeSet, HashMap};

use pickler::dynamic::Value;
use pickler::schema::{Protocol, Schema, Shape};

use crate::changes::{Aliases, Change, Classes, Focus, Site, Walker};
use crate::cut::Index;
use crate::judgement::{Judgement, Tried, judged};
use crate::limits;
use crate::messages::{Message, fields, in_body, messages, walk, whole_values};
use crate::proof::{Probe, Specials, Values, steered};
use crate::report::{Finding, Part, Report, Side, Title, Verdict, Witness, best};

/// What readers and writers of two versions of a protocol do with each other's
/// bytes. Versions of a message have the same name, or else the same tag.
///
/// The same protocols give the same report: what is tried is random, but seeded.
///
/// ```
/// use pickler::schema::{Protocol, Schema};
/// use pickler_diff::{Verdict, diff};
///
/// let old = Protocol::new("number", Schema::of::<u16>());
/// assert_eq!(diff(&old, &old).verdict(), Verdict::COMPATIBLE);
/// let new = Protocol::new("number", Schema::of::<u32>());
/// assert_eq!(diff(&old, &new).verdict(), Verdict::BREAKING);
/// ```
pub fn diff(old: &Protocol, new: &Protocol) -> Report {
    let mut findings = beside_messages(old, new);
    let both = messages(&old.schema).is_some() && messages(&new.schema).is_some();
    let classes = Classes::new(&old.schema, &new.schema, both);
    let mut walker = Walker {
        old: &old.schema,
        new: &new.schema,
        classes: &classes,
        visited: BTreeSet::new(),
        changes: Vec::new(),
        aliases: Aliases::default(),
    };
    let messages = walk(&mut walker);
    let (changes, aliases) = (walker.changes, walker.aliases);
    let places = messages.iter().enumerate();
    let places = places.map(|(place, message)| (message.name().to_owned(), place));
    let places = places.collect();
    let comparison = Comparison {
        old: &old.schema,
        new: &new.schema,
        aliases: &aliases,
        places: &places,
        messages: &messages,
    };
    let index = Index::new(&old.schema, &new.schema);
    for group in grouped(changes) {
        let change = &group[0];
        if change.edit.is_none() {
            let says = change.says.clone();
            findings.push(Finding::note(&named(&group), &told(change), says));
            continue;
        }
        findings.push(
            comparison.alone(index.as_ref(), &group[0], |comparison, change| {
                comparison.finding(change, &group)
            }),
        );
    }
    let unexplained = comparison.unexplained(index.as_ref(), &findings);
    findings.extend(unexplained);
    let order = |message: &str| comparison.places.get(message).copied();
    findings.sort_by_cached_key(|finding| {
        let first = finding.messages.first().map(|name| order(name));
        let is_known = !finding.is_unknown();
        (finding.verdict, is_known, finding.misread, first)
    });
    let unchanged = comparison.messages.iter().filter(|it| it.unchanged).count();
    Report {
        old: Title::of(old),
        new: Title::of(new),
        findings,
        unchanged,
    }
}

/// The messages that changes are in.
fn named(group: &[Change]) -> Vec<String> {
    group.iter().filter_map(|it| it.message.clone()).collect()
}

/// Where in the message a change is: `money[].bankroll`.
fn told(change: &Change) -> String {
    let field = change.field.join(".");
    field.replace(".[]", "[]").replace(".(", " (")
}

/// What is agreed on beside the messages.
fn beside_messages(old: &Protocol, new: &Protocol) -> Vec<Finding> {
    let mut findings = Vec::new();
    if old.handshake != new.handshake {
        findings.push(Finding::of_handshakes(old, new));
    }
    let mut note = |change: String| findings.push(Finding::note(&[], "", change));
    if old.keep_alive != new.keep_alive {
        let told = |protocol: &Protocol| match &protocol.keep_alive {
            Some(it) => format!("`{}` after {} ms", it.message, it.after_ms),
            None => "nothing".into(),
        };
        note(format!(
            "{} kept a silent connection open, and {} does",
            told(old),
            told(new)
        ));
    }
    findings.extend(limits::of_messages(old, new));
    findings
}

/// Changes of one place, as often as messages lead to it.
fn grouped(changes: Vec<Change>) -> Vec<Vec<Change>> {
    let mut groups: Vec<Vec<Change>> = Vec::new();
    let mut known: HashMap<_, Vec<usize>> = HashMap::new();
    for change in changes {
        let key = (change.site.clone(), change.says.clone());
        let alike = known.entry(key).or_default();
        let same = alike.iter().copied().find(|group| {
            let first = &groups[*group][0];
            first.message != change.message
                && !change.of_messages
                && first.field.last() == change.field.last()
        });
        if let Some(group) = same {
            groups[group].push(change);
        } else {
            alike.push(groups.len());
            groups.push(vec![change]);
        }
    }
    groups
}

struct Comparison<'a> {
    old: &'a Schema,
    new: &'a Schema,
    aliases: &'a Aliases,
    messages: &'a [Message],
    places: &'a HashMap<String, usize>,
}

impl Comparison<'_> {
    /// What is found of a change by what it needs of the two versions.
    fn alone<T>(
        &self,
        index: Option<&Index<'_>>,
        change: &Change,
        found: impl FnOnce(&Comparison<'_>, &Change) -> T,
    ) -> T {
        let message = self.message(change).filter(|_| change.message.is_some());
        let cut = index.zip(message);
        match cut.and_then(|(index, message)| index.cut(change, message)) {
            Some(cut) => {
                let comparison = Comparison {
                    old: &cut.old,
                    new: &cut.new,
                    ..*self
                };
                found(&comparison, &cut.change)
            }
            None => found(self, change),
        }
    }

    /// What the bytes say of a change, which is in other messages, too.
    fn finding(&self, change: &Change, group: &[Change]) -> Finding {
        let edit = change.edit.as_ref();
        let changed = edit.and_then(|edit| edit.apply(&change.site, self.old, self.new));
        let part = self.part(change);
        let mut verdict = Verdict::COMPATIBLE;
        let (mut witnesses, mut untried, mut right) = (Vec::new(), Vec::new(), Vec::new());
        let (mut new_refuses, mut old_refuses) = (false, false);
        for (writer, works, refused) in [
            (Side::Old, &mut verdict.new_reads_old, &mut new_refuses),
            (Side::New, &mut verdict.old_reads_new, &mut old_refuses),
        ] {
            if self.cannot_have(writer, change) {
                continue;
            }
            let isolated = changed.as_ref();
            let isolated = isolated.map(|changed| self.isolated(writer, change, changed));
            let real = self.real(writer, change);
            *refused = real.is_refused();
            match judged(isolated, &real, change) {
                Judgement::Works(sample) => {
                    right.extend(sample.map(|it| Witness::new(writer, part.clone(), it)));
                }
                Judgement::Fails(sample) => {
                    *works = false;
                    witnesses.push(Witness::new(writer, part.clone(), sample));
                }
                Judgement::NotKnown => {
                    *works = false;
                    untried.push(writer);
                }
            }
        }
        let all_work = witnesses.is_empty() && untried.is_empty();
        if all_work && edit.is_some() && change.is_computed(self.old, self.new) {
            verdict = Verdict::BREAKING;
            untried.extend([Side::Old, Side::New]);
        } else if all_work {
            witnesses.extend(right.pop());
        }
        for witness in &mut witnesses {
            witness.show(self.old, self.new);
        }
        let misread = !witnesses.is_empty()
            && verdict != Verdict::COMPATIBLE
            && (verdict.new_reads_old || !new_refuses)
            && (verdict.old_reads_new || !old_refuses);
        Finding {
            messages: named(group),
            field: told(change),
            change: change.says.clone(),
            verdict,
            misread,
            untried,
            witnesses,
        }
    }

    fn message(&self, change: &Change) -> Option<&Message> {
        let name = change.message.as_deref().unwrap_or_default();
        self.messages.get(*self.places.get(name)?)
    }

    /// What of a message the values of a change are.
    fn part(&self, change: &Change) -> Part {
        match self.message(change) {
            Some(message) if !change.of_messages && !message.whole => Part::Fields {
                old: message.old.clone().unwrap_or_default(),
                new: message.new.clone().unwrap_or_default(),
            },
            _ => Part::Whole,
        }
    }

    /// It is about a message that one of them does not have, and no message of
    /// that tag can be written by it.
    fn cannot_have(&self, writer: Side, change: &Change) -> bool {
        let schema = self.schema(writer);
        let is_other_kept = messages(schema).is_some_and(|(_, union)| union.other.is_some());
        let message = self.message(change).filter(|_| change.message.is_some());
        message.is_some_and(|it| it.name_of(writer).is_none()) && !is_other_kept
    }

    fn schema(&self, side: Side) -> &Schema {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }

    /// The old version beside it with that change alone.
    fn isolated(&self, writer: Side, change: &Change, changed: &Schema) -> Tried {
        let message = self.message(change);
        let name = message.and_then(|it| it.old.as_deref());
        let (writing, reading) = match writer {
            Side::Old => (self.old, changed),
            Side::New => (changed, self.old),
        };
        let fields = match name {
            Some(name) if !change.of_messages => Some((name, name)),
            _ => None,
        };
        let names = [Side::Old, Side::New].map(|side| message.and_then(|it| it.name_of(side)));
        self.tried(change, (writing, &change.site), reading, fields, &names)
    }

    /// The two versions, as they are.
    fn real(&self, writer: Side, change: &Change) -> Tried {
        let (writing, reading, site) = match writer {
            Side::Old => (self.old, self.new, &change.site),
            Side::New => (self.new, self.old, &change.new_site),
        };
        let part = self.part(change);
        let fields = part.names(writer);
        let name = self.message(change).and_then(|it| it.name_of(writer));
        self.tried(change, (writing, site), reading, fields, &[name])
    }

    /// Values of a change: of the fields of a message, or of whole messages.
    fn tried(
        &self,
        change: &Change,
        (writing, site): (&Schema, &Site),
        reading: &Schema,
        of_fields: Option<(&str, &str)>,
        names: &[Option<&str>],
    ) -> Tried {
        let specials = self.specials(change);
        let probe = Probe::new(writing, site, &change.focus);
        let Some((written, read)) = of_fields else {
            let is_missing = change.message.is_some() && names.iter().all(Option::is_none);
            let values = if is_missing {
                Vec::new()
            } else {
                whole_values(writing, reading, names, &change.field, &specials)
            };
            let mut path = change.field.clone();
            if let (Some(name), true) = (&change.message, messages(writing).is_some()) {
                path.insert(0, name.clone());
            }
            let mut tried = Tried::new((writing, reading), self.aliases, &values, probe);
            tried.steer((writing, reading), self.aliases, || {
                let steered = steered(writing, site, &change.focus)?;
                Some(Values::of_steered(&steered).around(&path, &specials))
            });
            return tried;
        };
        let (Some(writer), Some(reader)) = (fields(writing, written), fields(reading, read)) else {
            return Tried::default();
        };
        let probe = probe.and_then(|probe| probe.within(|schema| fields(schema, written)));
        let values = Values::new(&writer).around(&change.field, &specials);
        let mut tried = Tried::new((&writer, &reader), self.aliases, &values, probe);
        tried.steer((&writer, &reader), self.aliases, || {
            let steered = steered(&writer, &in_body(writing, written, site), &change.focus)?;
            Some(Values::of_steered(&steered).around(&change.field, &specials))
        });
        tried
    }

    /// What the descriptions of what has changed name.
    fn specials(&self, change: &Change) -> Vec<Value> {
        let mut specials = Specials::default();
        let message = self.message(change);
        for (side, schema) in [(Side::Old, self.old), (Side::New, self.new)] {
            let name = message.and_then(|it| it.name_of(side));
            let body = match (messages(schema), name) {
                (Some((_, union)), Some(name)) => union.variant(name).map(|it| &it.body),
                // What is about all messages shows in the simplest ones.
                (Some(_), None) => None,
                (None, _) => Some(schema.root()),
            };
            let Some(body) = body else { continue };
            match (schema.resolve(body), change.field.first()) {
                (Shape::Record(record), Some(field)) => {
                    let named = record.fields.iter();
                    for it in named.filter(|it| self.aliases.are_same(&it.name, field)) {
                        specials.field(it.default.as_ref(), &it.assertions);
                        specials.collect(schema, &it.shape);
                    }
                }
                _ => specials.collect(schema, body),
            }
        }
        specials.into_values()
    }

    /// What random values show, and no change explains.
    fn unexplained(&self, index: Option<&Index<'_>>, findings: &[Finding]) -> Vec<Finding> {
        let mut about: HashMap<&str, Vec<&Finding>> = HashMap::new();
        for finding in findings {
            for message in &finding.messages {
                about.entry(message).or_default().push(finding);
            }
        }
        let of_all: Vec<&Finding> = findings
            .iter()
            .filter(|it| it.messages.is_empty())
            .collect();
        let changed = self.messages.iter();
        let changed = changed.filter(|it| !it.unchanged && it.old.is_some() == it.new.is_some());
        let found = changed.filter_map(|message| {
            let name = message.name();
            let known = about.get(name).map_or(&[][..], Vec::as_slice);
            let known = known.iter().chain(&of_all).copied();
            let change = Change {
                site: Site::default(),
                new_site: Site::default(),
                focus: Focus::Here,
                message: message.new.clone(),
                field: Vec::new(),
                says: String::new(),
                edit: None,
                of_messages: false,
            };
            self.alone(index, &change, |it, change| {
                it.unexplained_in(change, known)
            })
        });
        found.collect()
    }

    fn unexplained_in<'a>(
        &self,
        change: &Change,
        known: impl Iterator<Item = &'a Finding>,
    ) -> Option<Finding> {
        let part = self.part(change);
        let mut explained = Verdict::COMPATIBLE;
        let mut is_told = false;
        for finding in known {
            explained = explained.and(finding.verdict);
            is_told = true;
        }
        let mut verdict = Verdict::COMPATIBLE;
        let (mut witnesses, mut untried) = (Vec::new(), Vec::new());
        let mut is_refused = false;
        for (writer, works, is_explained) in [
            (
                Side::Old,
                &mut verdict.new_reads_old,
                !explained.new_reads_old,
            ),
            (
                Side::New,
                &mut verdict.old_reads_new,
                !explained.old_reads_new,
            ),
        ] {
            if is_explained {
                continue;
            }
            let real = self.real(writer, change);
            let wrong = real.samples.iter().filter(|it| it.reading.is_wrong());
            if let Some(sample) = best(wrong, &[]) {
                *works = false;
                is_refused |= real.is_refused();
                witnesses.push(Witness::new(writer, part.clone(), sample));
            } else if real.samples.is_empty() && !is_told {
                *works = false;
                untried.push(writer);
            }
        }
        if witnesses.is_empty() && untried.is_empty() {
            return None;
        }
        for witness in &mut witnesses {
            witness.show(self.old, self.new);
        }
        Some(Finding {
            messages: change.message.iter().cloned().collect(),
            field: String::new(),
            change: "differs, though the descriptions do not tell why".into(),
            verdict,
            misread: !witnesses.is_empty() && !is_refused,
            untried,
            witnesses,
        })
    }
}
