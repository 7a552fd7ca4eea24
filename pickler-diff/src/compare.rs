//! Two protocols, compared.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pickler::dynamic::Value;
use pickler::schema::{Protocol, Schema, Shape};

use crate::changes::{Aliases, Change, Classes, Site, Walker};
use crate::hollow::with_messages;
use crate::limits;
use crate::messages::{Message, fields, messages, walk, whole_values};
use crate::proof::{Reading, Sample, Specials, Values, trial};
use crate::report::{Finding, Part, Report, Side, Title, Verdict, Witness, best};

/// So many trials are kept.
const KEPT: usize = 16;

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
    let mut comparison = Comparison {
        old: &old.schema,
        new: &new.schema,
        aliases,
        messages,
        trials: BTreeMap::new(),
    };
    for group in grouped(changes) {
        findings.extend(comparison.finding(&group));
    }
    let unexplained = comparison.unexplained(&findings);
    findings.extend(unexplained);
    let order = |message: &str| {
        let mut all = comparison.messages.iter();
        all.position(|it| it.name() == message)
    };
    findings.sort_by_cached_key(|finding| {
        let first = finding.messages.first().map(|name| order(name));
        (finding.verdict, finding.misread, first)
    });
    let unchanged = comparison.messages.iter().filter(|it| it.unchanged).count();
    Report {
        old: Title::of(old),
        new: Title::of(new),
        findings,
        unchanged,
    }
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

/// What each version does with the values of the other.
#[derive(Default)]
struct Trials {
    old: Vec<Sample>,
    new: Vec<Sample>,
}

impl Trials {
    fn of(&self, writer: Side) -> &[Sample] {
        match writer {
            Side::Old => &self.old,
            Side::New => &self.new,
        }
    }

    fn are_empty(&self) -> bool {
        self.old.is_empty() && self.new.is_empty()
    }

    /// All that is written by one is read by the other.
    fn verdict(&self) -> Verdict {
        let wrong = |samples: &[Sample]| samples.iter().any(|sample| sample.reading.is_wrong());
        Verdict {
            new_reads_old: !wrong(&self.old),
            old_reads_new: !wrong(&self.new),
        }
    }
}

struct Comparison<'a> {
    old: &'a Schema,
    new: &'a Schema,
    aliases: Aliases,
    messages: Vec<Message>,
    /// What was tried with the two versions, by message and field.
    trials: BTreeMap<(String, String), Trials>,
}

impl Comparison<'_> {
    /// What the bytes say of a change; nothing if they say nothing.
    fn finding(&mut self, group: &[Change]) -> Option<Finding> {
        let change = &group[0];
        let messages: Vec<String> = group.iter().filter_map(|it| it.message.clone()).collect();
        let field = change.field.join(".");
        let field = field.replace(".[]", "[]").replace(".(", " (");
        let Some(edit) = &change.edit else {
            return Some(Finding::note(&messages, &field, change.says.clone()));
        };
        let of_message = self.without_others(change);
        let (old, new) = match &of_message {
            Some((old, new)) => (old, new),
            None => (self.old, self.new),
        };
        let isolated = edit.apply(&change.site, old, new);
        let isolated = isolated.map(|changed| self.isolated(change, old, &changed));
        let real = self.real(change);
        let mut verdict = match isolated {
            Some(isolated) if !isolated.are_empty() => isolated.verdict(),
            // The change makes sense only with the others.
            _ => real.verdict(),
        };
        let part = self.part(change);
        let mut witnesses = Vec::new();
        for (writer, works) in [
            (Side::Old, &mut verdict.new_reads_old),
            (Side::New, &mut verdict.old_reads_new),
        ] {
            let real = self.real(change);
            if *works {
                continue;
            }
            let wrong = real.of(writer).iter().filter(|it| it.reading.is_wrong());
            match best(wrong, &change.field) {
                Some(sample) => witnesses.push(Witness::new(writer, part.clone(), sample)),
                None => *works = true,
            }
        }
        if witnesses.is_empty() {
            let real = self.real(change);
            let found = [Side::New, Side::Old].into_iter().find_map(|writer| {
                let right = real.of(writer).iter().filter(|it| !it.reading.is_wrong());
                Some((writer, best(right, &change.field)?))
            });
            let (writer, sample) = found?;
            witnesses.push(Witness::new(writer, part, sample));
        }
        for witness in &mut witnesses {
            witness.show(self.old, self.new);
        }
        let misread = self.is_misread(change, verdict);
        Some(Finding {
            messages,
            field,
            change: change.says.clone(),
            verdict,
            misread,
            witnesses,
        })
    }

    /// What goes wrong is never an error.
    fn is_misread(&mut self, change: &Change, verdict: Verdict) -> bool {
        let real = self.real(change);
        let is_refused = |samples: &[Sample]| {
            let mut samples = samples.iter();
            samples.any(|sample| matches!(sample.reading, Reading::Refused(_)))
        };
        verdict != Verdict::COMPATIBLE
            && (verdict.new_reads_old || !is_refused(&real.old))
            && (verdict.old_reads_new || !is_refused(&real.new))
    }

    /// The two versions, of which other messages than that of the change, and such
    /// as have its tags, have no fields.
    fn without_others(&self, change: &Change) -> Option<(Schema, Schema)> {
        let message = self.message(change).filter(|_| change.message.is_some())?;
        let sides = [(Side::Old, self.old), (Side::New, self.new)];
        let mut tags = Vec::new();
        for (side, schema) in sides {
            let name = message.name_of(side);
            let variant = name.and_then(|name| messages(schema)?.1.variant(name));
            tags.extend(variant.map(|it| it.tag));
        }
        let [old, new] = sides.map(|(side, schema)| {
            with_messages(schema, |variant| {
                tags.contains(&variant.tag) || message.name_of(side) == Some(&*variant.name)
            })
        });
        old.zip(new)
    }

    fn message(&self, change: &Change) -> Option<&Message> {
        let name = change.message.as_deref().unwrap_or_default();
        self.messages.iter().find(|message| message.name() == name)
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

    /// The old version beside it with that change alone.
    fn isolated(&self, change: &Change, old: &Schema, changed: &Schema) -> Trials {
        let message = self.message(change);
        let (field, specials) = (&change.field, self.specials(change));
        let whole = change.of_messages || message.is_none_or(|it| it.old.is_none());
        let run = |writer: &Schema, reader: &Schema| {
            if let (false, Some(name)) = (whole, message.and_then(|it| it.old.as_deref())) {
                let (Some(writer), Some(reader)) = (fields(writer, name), fields(reader, name))
                else {
                    return Vec::new();
                };
                let values = Values::new(&writer).around(field, &specials);
                return trial(&writer, &reader, &self.aliases, &values);
            }
            let names = [Side::Old, Side::New].map(|side| message.and_then(|it| it.name_of(side)));
            let values = whole_values(writer, reader, &names, field, &specials);
            trial(writer, reader, &self.aliases, &values)
        };
        Trials {
            old: run(old, changed),
            new: run(changed, old),
        }
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

    /// The two versions, as they are.
    fn real(&mut self, change: &Change) -> &Trials {
        let field = change.field.join(".");
        let of_messages = if change.of_messages { "whole" } else { "" };
        let message = change.message.clone().unwrap_or_default();
        let key = (message + of_messages, field);
        if !self.trials.contains_key(&key) {
            // Changes of a message come one after the other.
            if self.trials.len() >= KEPT {
                self.trials.clear();
            }
            let trials = Trials {
                old: self.written_by(Side::Old, change),
                new: self.written_by(Side::New, change),
            };
            self.trials.insert(key.clone(), trials);
        }
        &self.trials[&key]
    }

    fn written_by(&self, side: Side, change: &Change) -> Vec<Sample> {
        let (writer, reader) = match side {
            Side::Old => (self.old, self.new),
            Side::New => (self.new, self.old),
        };
        let (field, specials) = (&change.field, self.specials(change));
        let part = self.part(change);
        if let Some((writer, reader)) = part.fields_of(side, writer, reader) {
            let values = Values::new(&writer).around(field, &specials);
            return trial(&writer, &reader, &self.aliases, &values);
        }
        let name = self.message(change).and_then(|it| it.name_of(side));
        if name.is_none() && change.message.is_some() {
            return Vec::new();
        }
        let values = whole_values(writer, reader, &[name], field, &specials);
        trial(writer, reader, &self.aliases, &values)
    }

    /// What random values show, and no change explains.
    fn unexplained(&mut self, findings: &[Finding]) -> Vec<Finding> {
        let mut found = Vec::new();
        let changed: Vec<(String, bool)> = self
            .messages
            .iter()
            .filter(|it| !it.unchanged && it.old.is_some() == it.new.is_some())
            .map(|it| (it.name().to_owned(), it.new.is_some()))
            .collect();
        for (name, has_name) in changed {
            let change = Change {
                site: Site::default(),
                message: has_name.then(|| name.clone()),
                field: Vec::new(),
                says: String::new(),
                edit: None,
                of_messages: false,
            };
            let part = self.part(&change);
            let mut verdict = self.real(&change).verdict();
            let about = findings
                .iter()
                .filter(|finding| finding.messages.contains(&name) || finding.messages.is_empty());
            let mut witnesses = Vec::new();
            for finding in about {
                verdict.new_reads_old |= !finding.verdict.new_reads_old;
                verdict.old_reads_new |= !finding.verdict.old_reads_new;
            }
            for (writer, works) in [
                (Side::Old, verdict.new_reads_old),
                (Side::New, verdict.old_reads_new),
            ] {
                let real = self.real(&change);
                let wrong = real.of(writer).iter().filter(|it| it.reading.is_wrong());
                if let (false, Some(sample)) = (works, best(wrong, &[])) {
                    witnesses.push(Witness::new(writer, part.clone(), sample));
                }
            }
            if !witnesses.is_empty() {
                for witness in &mut witnesses {
                    witness.show(self.old, self.new);
                }
                let misread = self.is_misread(&change, verdict);
                found.push(Finding {
                    messages: change.message.into_iter().collect(),
                    field: String::new(),
                    change: "differs, though the descriptions do not tell why".into(),
                    verdict,
                    misread,
                    witnesses,
                });
            }
        }
        found
    }
}
