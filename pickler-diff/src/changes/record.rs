//! Records side by side.

use std::ops::Range;

use pickler::schema::{Expr, Field, Presence, Record, Shape};

use super::align::{moved, pairs};
use super::walk::{At, Walker};
use super::words::checksum;
use super::{Edit, Focus};

impl Walker<'_> {
    pub(super) fn records(&mut self, old: &Record, new: &Record, at: &At) {
        let (of_old, of_new) = (names(old), names(new));
        let classes = self.classes;
        let pairs = pairs(&of_old, &of_new, |old_place, new_place| {
            classes.are_same(&old.fields[old_place].shape, &new.fields[new_place].shape)
        });
        let first = usize::from(old.magic.is_some());
        let first_of_new = usize::from(new.magic.is_some());
        for (old_place, new_place) in &pairs {
            let (before, after) = (&old.fields[*old_place], &new.fields[*new_place]);
            if before.name != after.name {
                self.aliases.insert(&before.name, &after.name);
                self.note(
                    &at.named(&after.name),
                    format!("was called `{}`", before.name),
                );
            }
            let inside = at.part(
                (first + old_place, first_of_new + new_place),
                Some(&after.name),
            );
            self.walk(&before.shape, &after.shape, &inside);
            self.rules((old, *old_place), (new, after), at);
        }
        let is_gone = |place| !pairs.iter().any(|pair| pair.0 == place);
        for run in runs(old.fields.len(), is_gone) {
            let mut fields = old.fields.clone();
            let gone: Vec<Field> = fields.drain(run).collect();
            let says = if gone.len() == 1 {
                "is gone"
            } else {
                "are gone"
            };
            let focus = alone(&gone);
            self.change(
                &at.named(&together(&gone)),
                says,
                focus,
                edited(old, fields),
            );
        }
        let is_new = |place| !pairs.iter().any(|pair| pair.1 == place);
        for run in runs(new.fields.len(), is_new) {
            self.added(old, new, run, &pairs, at);
        }
        for (old_place, new_place) in moved(&pairs) {
            let mut fields = old.fields.clone();
            let field = fields.remove(old_place);
            let to = behind(new_place, &pairs).map_or(0, |place| {
                // What stood in front of it has moved up.
                place + 1 - usize::from(old_place < place)
            });
            let name = new.fields[new_place].name.clone();
            let focus = Focus::fields(vec![name.clone(), field.name.clone()]);
            fields.insert(to, field);
            let says = match new_place.checked_sub(1) {
                Some(before) => format!("was moved behind `{}`", new.fields[before].name),
                None => "was moved to the front".into(),
            };
            self.change(&at.named(&name), says, focus, edited(old, fields));
        }
        if old.magic != new.magic {
            let mut record = rebuilt(old, old.fields.clone());
            record.magic = new.magic.as_ref().map(|magic| self.moved_over(magic));
            let says = match (&old.magic, &new.magic) {
                (Some(before), Some(after)) => self.became(before, after),
                (None, _) => "is behind a constant now".into(),
                (_, None) => "is not behind a constant any more".into(),
            };
            let edit = Edit::Shape(Shape::Record(Box::new(record)));
            self.change(at, says, Focus::Here, edit);
        }
        if old.assertions != new.assertions {
            let mut record = rebuilt(old, old.fields.clone());
            record.assertions.clear();
            for assertion in &new.assertions {
                record = record.that_satisfies(assertion.clone());
            }
            let says = conditions(&old.assertions, &new.assertions);
            let edit = Edit::Shape(Shape::Record(Box::new(record)));
            self.change(at, says, Focus::Here, edit);
        }
        if old.row != new.row {
            self.note(at, "is shown in another way: with or without names");
        }
    }

    /// What holds of a field beside what it looks like.
    fn rules(&mut self, (old, place): (&Record, usize), (new, after): (&Record, &Field), at: &At) {
        let before = &old.fields[place];
        let inside = at.named(&after.name);
        if before.default != after.default {
            let told = |default: &Option<_>| match default {
                Some(value) => format!("`{}`", super::words::value(value)),
                None => "none".into(),
            };
            let says = format!(
                "the default was {}, and is {}",
                told(&before.default),
                told(&after.default)
            );
            self.note(&inside, says);
        }
        let is_asserted_same = before.assertions == after.assertions;
        let follows = |field: &Field| (field.derived.clone(), field.checksum);
        if is_asserted_same && follows(before) == follows(after) {
            return;
        }
        let mut fields = old.fields.clone();
        let field = &mut fields[place];
        let says = if is_asserted_same {
            field.derived.clone_from(&after.derived);
            field.checksum = after.checksum;
            let told = |field: &Field, record| match (&field.derived, &field.checksum) {
                (_, Some(sum)) => format!("the checksum `{}`", checksum(sum, record)),
                (Some(expr), None) => format!("derived from `{expr}`"),
                (None, None) => "any value".into(),
            };
            format!("was {}, and is {}", told(before, old), told(after, new))
        } else {
            field.assertions.clone_from(&after.assertions);
            conditions(&before.assertions, &after.assertions)
        };
        let focus = Focus::fields(vec![before.name.clone(), after.name.clone()]);
        self.change(&inside, says, focus, edited(old, fields));
    }

    fn added(
        &mut self,
        old: &Record,
        new: &Record,
        run: Range<usize>,
        pairs: &[(usize, usize)],
        at: &At,
    ) {
        let to = behind(run.start, pairs).map_or(0, |place| place + 1);
        let mut added = new.fields[run.clone()].to_vec();
        let is = if added.len() == 1 { "is" } else { "are" };
        let says = match run.start.checked_sub(1) {
            _ if run.end == new.fields.len() => format!("{is} new, at the end"),
            Some(before) => format!("{is} new, behind `{}`", new.fields[before].name),
            None => format!("{is} new, at the front"),
        };
        let inside = at.named(&together(&added));
        let focus = alone(&added);
        for field in &mut added {
            field.shape = self.moved_over(&field.shape);
        }
        let mut fields = old.fields.clone();
        fields.splice(to..to, added);
        self.change(&inside, says, focus, edited(old, fields));
    }
}

/// Neighbours for which something holds, as long as can be.
fn runs(length: usize, holds: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for place in (0..length).filter(|place| holds(*place)) {
        match runs.last_mut() {
            Some(run) if run.end == place => run.end += 1,
            _ => runs.push(place..place + 1),
        }
    }
    runs
}

fn together(fields: &[Field]) -> String {
    let names: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
    names.join(", ")
}

/// Fields that only one of them has.
fn alone(fields: &[Field]) -> Focus {
    let conditions = fields.iter().filter_map(|field| match &field.shape {
        Shape::Conditional {
            presence: Presence::If(condition),
            ..
        } => Some(condition.clone()),
        _ => None,
    });
    let conditions: Vec<Expr> = conditions.collect();
    // One that is always there is there without them.
    let are_all = conditions.len() == fields.len();
    Focus::Fields {
        names: fields.iter().map(|field| field.name.clone()).collect(),
        conditions: if are_all { conditions } else { Vec::new() },
    }
}

fn names(record: &Record) -> Vec<&str> {
    record.fields.iter().map(|field| &*field.name).collect()
}

/// Where in the old record the last field is that stands in front of that of the
/// new one, and is in both.
fn behind(place: usize, pairs: &[(usize, usize)]) -> Option<usize> {
    let before = pairs.iter().rev().find(|pair| pair.1 < place);
    before.map(|pair| pair.0)
}

/// The same record of other fields.
pub fn rebuilt(record: &Record, fields: Vec<Field>) -> Record {
    let mut rebuilt = Record::new(fields);
    rebuilt.row = record.row;
    rebuilt.magic.clone_from(&record.magic);
    for assertion in &record.assertions {
        rebuilt = rebuilt.that_satisfies(assertion.clone());
    }
    rebuilt
}

fn edited(record: &Record, fields: Vec<Field>) -> Edit {
    Edit::Shape(Shape::Record(Box::new(rebuilt(record, fields))))
}

/// What must hold, before and after.
fn conditions(before: &[Expr], after: &[Expr]) -> String {
    let told = |conditions: &[Expr]| {
        let conditions: Vec<_> = conditions.iter().map(|it| format!("`{it}`")).collect();
        match conditions.as_slice() {
            [] => "nothing".into(),
            _ => conditions.join(" and "),
        }
    };
    format!("{} had to hold, and {} has to", told(before), told(after))
}
