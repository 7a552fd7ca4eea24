//! Two protocols, compared.

use std::collections::{BTreeMap, BTreeSet};

use pickler::dynamic::Value;
use pickler::schema::{Protocol, Schema, Shape, Union, Variant};

use crate::changes::{Aliases, At, Change, Classes, Site, Walker, body_part, header};
use crate::proof::{Sample, Specials, Values, trial};
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
        (finding.verdict, first)
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
    if old.max_message != new.max_message {
        let told = |protocol: &Protocol| match protocol.max_message {
            Some(bytes) => format!("{bytes} bytes"),
            None => "any number of bytes".into(),
        };
        note(format!(
            "a message had at most {}, and has at most {}",
            told(old),
            told(new)
        ));
    }
    findings
}

/// A message in both versions, or in one of them; or all that there is, if it
/// is no set of messages.
struct Message {
    old: Option<String>,
    new: Option<String>,
    /// Its fields look the same in both.
    unchanged: bool,
    /// It can be written by one and read by the other whole: what is in front
    /// of its fields is the same.
    whole: bool,
}

impl Message {
    /// Its name, the new one if it was renamed; empty if it has none.
    fn name(&self) -> &str {
        let name = self.new.as_ref().or(self.old.as_ref());
        name.map_or("", String::as_str)
    }

    fn name_of(&self, side: Side) -> Option<&str> {
        match side {
            Side::Old => self.old.as_deref(),
            Side::New => self.new.as_deref(),
        }
    }
}

/// Notes what the descriptions propose, and gives the messages.
fn walk(walker: &mut Walker<'_>) -> Vec<Message> {
    let (old, new) = (walker.old, walker.new);
    let (Some((site, of_old)), Some((_, of_new))) = (messages(old), messages(new)) else {
        walker.walk(old.root(), new.root(), &At::default());
        return vec![Message {
            old: None,
            new: None,
            unchanged: walker.changes.is_empty(),
            whole: true,
        }];
    };
    let root = At {
        site: site.clone(),
        ..At::default()
    };
    walker.headers(of_old, of_new, &root);
    let pairs = walker.variants(of_old, of_new);
    let at = |variant: &Variant| At {
        message: Some(variant.name.to_string()),
        ..root.clone()
    };
    walker.added_and_gone(of_old, of_new, &pairs, at);
    for (before, after) in &pairs {
        walker.variant(of_old, before, after, &at(after));
    }
    for change in &mut walker.changes {
        change.of_messages = true;
    }
    let same_header = header(of_old, of_new);
    let mut messages = Vec::new();
    for (before, after) in &pairs {
        walker.visited.clear();
        if let (Shape::Named(old), Shape::Named(new)) = (old.root(), new.root()) {
            walker.visited.insert((old.index(), new.index()));
        }
        let inside = at(after).part(body_part(of_old, before), None);
        walker.walk(&before.body, &after.body, &inside);
        messages.push(Message {
            old: Some(before.name.to_string()),
            new: Some(after.name.to_string()),
            unchanged: walker.classes.are_same(&before.body, &after.body),
            whole: same_header
                && (before.tag, &before.also, &before.condition)
                    == (after.tag, &after.also, &after.condition),
        });
    }
    let alone = |variant: &Variant, old: bool| Message {
        old: old.then(|| variant.name.to_string()),
        new: (!old).then(|| variant.name.to_string()),
        unchanged: false,
        whole: true,
    };
    let gone = of_old.variants.iter();
    let gone = gone.filter(|it| !pairs.iter().any(|pair| pair.0.name == it.name));
    messages.extend(gone.map(|it| alone(it, true)));
    let added = of_new.variants.iter();
    let added = added.filter(|it| !pairs.iter().any(|pair| pair.1.name == it.name));
    messages.extend(added.map(|it| alone(it, false)));
    messages
}

/// The union of all messages, if there is one, and where it is.
fn messages(schema: &Schema) -> Option<(Site, &Union)> {
    let mut site = Site::default();
    let mut shape = schema.root();
    loop {
        shape = match shape {
            Shape::Named(reference) => {
                let definition = schema.definition(*reference);
                if !definition.parameters.is_empty() {
                    return None;
                }
                site = Site {
                    definition: Some(reference.index()),
                    parts: Vec::new(),
                };
                &definition.shape
            }
            Shape::Boxed(item) => {
                site = site.part(0);
                item
            }
            Shape::Union(union) => return Some((site, union)),
            _ => return None,
        };
    }
}

/// Changes of one place, as often as messages lead to it.
fn grouped(changes: Vec<Change>) -> Vec<Vec<Change>> {
    let mut groups: Vec<Vec<Change>> = Vec::new();
    for change in changes {
        let same = groups.iter_mut().find(|group| {
            let first = &group[0];
            first.message != change.message
                && !change.of_messages
                && (&first.site, &first.says) == (&change.site, &change.says)
                && first.field.last() == change.field.last()
        });
        match same {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
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
        let isolated = edit.apply(&change.site, self.old, self.new);
        let isolated = isolated.map(|changed| self.isolated(change, &changed));
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
        Some(Finding {
            messages,
            field,
            change: change.says.clone(),
            verdict,
            witnesses,
        })
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
    fn isolated(&self, change: &Change, changed: &Schema) -> Trials {
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
            old: run(self.old, changed),
            new: run(changed, self.old),
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
                found.push(Finding {
                    messages: change.message.into_iter().collect(),
                    field: String::new(),
                    change: "differs, though the descriptions do not tell why".into(),
                    verdict,
                    witnesses,
                });
            }
        }
        found
    }
}

/// The fields of a message alone, without what is in front of them.
pub fn fields(schema: &Schema, message: &str) -> Option<Schema> {
    let (_, union) = messages(schema)?;
    let body = union.variant(message)?.body.clone();
    Schema::new(body, schema.types().to_vec()).ok()
}

/// Values of whole messages: of the first of these names that there is; if there
/// is none to look for, of all that the reader knows, too.
fn whole_values(
    schema: &Schema,
    reader: &Schema,
    names: &[Option<&str>],
    field: &[String],
    specials: &[Value],
) -> Vec<Value> {
    let (Some((_, union)), Some((_, of_reader))) = (messages(schema), messages(reader)) else {
        return Values::new(schema).around(field, specials);
    };
    let of = |variant: &Variant| {
        let bodies = fields(schema, &variant.name);
        let bodies = bodies.map(|fields| Values::new(&fields).around(field, specials));
        let bodies = bodies.unwrap_or_default().into_iter();
        let tagged = bodies.map(|body| tagged(variant, body));
        tagged.collect::<Vec<_>>()
    };
    if names.iter().any(Option::is_some) {
        let mut known = names.iter().flatten();
        let variant = known.find_map(|name| union.variant(name));
        return variant.map_or_else(Vec::new, of);
    }
    // Every message once, and some more: also such as no variant is for.
    let is_alone = |name: &str| union.variant(name).is_some() && of_reader.variant(name).is_none();
    let simplest = union.variants.iter().filter(|it| !is_alone(&it.name));
    let simplest = simplest.filter_map(|variant| {
        let fields = fields(schema, &variant.name)?;
        Some(tagged(variant, Values::simplest_of(&fields)?))
    });
    let mut values: Vec<Value> = simplest.collect();
    values.extend(Values::new(schema).around(&[], &[]));
    values.retain(|value| match value {
        Value::Variant(variant) => !is_alone(&variant.name),
        _ => true,
    });
    values
}

fn tagged(variant: &Variant, body: Value) -> Value {
    let mut value = Value::variant(&variant.name, body);
    if let Value::Variant(made) = &mut value {
        made.tag = variant.tag;
    }
    value
}
