//! Keyed records side by side.

use pickler::schema::{Keyed, KeyedField, Shape, Unknown};

use super::walk::{At, Walker};
use super::words::held;
use super::{Edit, Focus};

impl Walker<'_> {
    pub(super) fn keyed(&mut self, old: &Keyed, new: &Keyed, at: &At) {
        if old.format != new.format {
            let mut keyed = old.clone();
            keyed.format = new.format;
            let edit = Edit::Shape(Shape::Keyed(Box::new(keyed)));
            let says = "keys and sizes are written in another way";
            self.change(at, says, every_field(old, new), edit);
        }
        if old.in_order != new.in_order {
            let mut keyed = old.clone();
            keyed.in_order = new.in_order;
            let says = if new.in_order {
                "keys must be in order now"
            } else {
                "keys may be in any order now"
            };
            let edit = Edit::Shape(Shape::Keyed(Box::new(keyed)));
            self.change(at, says, Focus::Fellows, edit);
        }
        if old.unknown != new.unknown {
            let mut keyed = Keyed::new(old.format, old.fields.clone());
            keyed.in_order = old.in_order;
            let keyed = match &new.unknown {
                Unknown::Kept(name) => keyed.keeping_unknown(name),
                Unknown::Ignored => keyed.ignoring_unknown(),
                Unknown::Refused => keyed,
            };
            let says = match &new.unknown {
                Unknown::Refused => "unknown keys are refused now",
                Unknown::Ignored => "unknown keys are passed over now",
                Unknown::Kept(_) => "unknown keys are kept now",
            };
            let edit = Edit::Shape(Shape::Keyed(Box::new(keyed)));
            self.change(at, says, Focus::Others, edit);
        }
        for (place, before) in old.fields.iter().enumerate() {
            if let Some(after) = new.fields.iter().find(|field| field.key == before.key) {
                self.keyed_field((old, place), (new, after), at);
            } else {
                let mut fields = old.fields.clone();
                fields.remove(place);
                let focus = Focus::fields(vec![before.name.clone()]);
                let edit = edited(old, fields);
                self.change(&at.named(&before.name), "is gone", focus, edit);
            }
        }
        for field in &new.fields {
            if !old.fields.iter().any(|before| before.key == field.key) {
                let mut fields = old.fields.clone();
                let mut added = field.clone();
                added.shape = self.moved_over(&added.shape);
                fields.push(added);
                let kept = match &old.unknown {
                    Unknown::Kept(_) => "; what was kept of that key is read as this now",
                    Unknown::Ignored | Unknown::Refused => "",
                };
                let says = format!("is new, with key {}{kept}", field.key);
                let focus = Focus::fields(vec![field.name.clone()]);
                self.change(&at.named(&field.name), says, focus, edited(old, fields));
            }
        }
    }

    fn keyed_field(
        &mut self,
        (old, place): (&Keyed, usize),
        (new, after): (&Keyed, &KeyedField),
        at: &At,
    ) {
        let before = &old.fields[place];
        if before.name != after.name {
            self.aliases.insert(&before.name, &after.name);
            let says = format!("was called `{}`", before.name);
            self.note(&at.named(&after.name), says);
        }
        let mut of_new = new.fields.iter();
        let new_place = of_new.position(|field| field.key == after.key).unwrap_or(0);
        let inside = at.part((place, new_place), Some(&after.name));
        self.walk(&before.shape, &after.shape, &inside);
        if (before.occurs, before.form) != (after.occurs, after.form) {
            let mut fields = old.fields.clone();
            fields[place].occurs = after.occurs;
            fields[place].form = after.form;
            let says = format!("was {}, and is {}", held(before), held(after));
            let focus = Focus::fields(vec![before.name.clone(), after.name.clone()]);
            self.change(&at.named(&after.name), says, focus, edited(old, fields));
        }
        if before.default != after.default {
            let mut fields = old.fields.clone();
            fields[place].default.clone_from(&after.default);
            let says = "has another default, which stands for what is not there";
            let focus = Focus::fields(vec![before.name.clone(), after.name.clone()]);
            self.change(&at.named(&after.name), says, focus, edited(old, fields));
        }
    }
}

/// Any field of one of them.
fn every_field(old: &Keyed, new: &Keyed) -> Focus {
    let all = old.fields.iter().chain(&new.fields);
    Focus::fields(all.map(|field| field.name.clone()).collect())
}

fn edited(keyed: &Keyed, fields: Vec<KeyedField>) -> Edit {
    let mut edited = Keyed::new(keyed.format, fields);
    edited.in_order = keyed.in_order;
    edited.unknown.clone_from(&keyed.unknown);
    if let Unknown::Kept(name) = &keyed.unknown {
        let names = edited.names.iter().cloned();
        edited.names = names.chain([name.clone()]).collect();
    }
    Edit::Shape(Shape::Keyed(Box::new(edited)))
}
