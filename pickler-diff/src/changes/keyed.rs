//! Keyed records side by side.

use pickler::schema::{Keyed, KeyedField, Shape, Unknown};

use super::Edit;
use super::walk::{At, Walker};
use super::words::held;

impl Walker<'_> {
    pub(super) fn keyed(&mut self, old: &Keyed, new: &Keyed, at: &At) {
        if old.format != new.format {
            let mut keyed = old.clone();
            keyed.format = new.format;
            let edit = Edit::Shape(Shape::Keyed(Box::new(keyed)));
            self.change(at, "keys and sizes are written in another way", edit);
        }
        if old.in_order != new.in_order {
            let mut keyed = old.clone();
            keyed.in_order = new.in_order;
            let says = if new.in_order {
                "keys must be in order now"
            } else {
                "keys may be in any order now"
            };
            self.change(at, says, Edit::Shape(Shape::Keyed(Box::new(keyed))));
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
            self.change(at, says, Edit::Shape(Shape::Keyed(Box::new(keyed))));
        }
        for (place, before) in old.fields.iter().enumerate() {
            if let Some(after) = new.fields.iter().find(|field| field.key == before.key) {
                self.keyed_field(old, place, after, at);
            } else {
                let mut fields = old.fields.clone();
                fields.remove(place);
                self.change(&at.named(&before.name), "is gone", edited(old, fields));
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
                self.change(&at.named(&field.name), says, edited(old, fields));
            }
        }
    }

    fn keyed_field(&mut self, old: &Keyed, place: usize, after: &KeyedField, at: &At) {
        let before = &old.fields[place];
        if before.name != after.name {
            self.aliases.insert(&before.name, &after.name);
            let says = format!("was called `{}`", before.name);
            self.note(&at.named(&after.name), says);
        }
        let inside = at.part(place, Some(&after.name));
        self.walk(&before.shape, &after.shape, &inside);
        if (before.occurs, before.form) != (after.occurs, after.form) {
            let mut fields = old.fields.clone();
            fields[place].occurs = after.occurs;
            fields[place].form = after.form;
            let says = format!("was {}, and is {}", held(before), held(after));
            self.change(&at.named(&after.name), says, edited(old, fields));
        }
        if before.default != after.default {
            let mut fields = old.fields.clone();
            fields[place].default.clone_from(&after.default);
            let says = "has another default, which stands for what is not there";
            self.change(&at.named(&after.name), says, edited(old, fields));
        }
    }
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
