//! What types are given for their parameters.

use pickler::schema::{Definition, Expr, Parameter, Schema, Shape};

use super::Parts;
use super::scope::Scope;
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::parse::source::{Source, Span};

/// Says so where types are given too little or too much, or what a parameter cannot
/// be.
pub fn arguments(parts: &Parts<'_>, schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let mut arguments = Arguments {
        schema,
        diagnostics,
    };
    if parts.root_is_implied {
        if let (true, [first, ..], [source, ..]) = (parts.is_whole, &*parts.types, &*parts.sources)
        {
            arguments.implied_root(first, source.name);
        }
    } else {
        arguments.shape(&parts.root, &parts.root_source, &Scope::ROOT);
    }
    for (definition, source) in parts.types.iter().zip(&parts.sources) {
        let parameters = &*definition.parameters;
        let scope = Scope {
            parameters,
            ..Scope::NONE
        };
        arguments.shape(&definition.shape, &source.shape, &scope);
        for (parameter, source) in parameters.iter().zip(&source.parameters) {
            arguments.shape(&parameter.shape, source, &Scope::NONE);
        }
    }
}

struct Arguments<'a> {
    schema: &'a Schema,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Arguments<'_> {
    fn shape(&mut self, shape: &Shape, source: &Source, scope: &Scope<'_>) {
        match shape {
            Shape::Given { item, arguments } if matches!(**item, Shape::Named(_)) => {
                self.given(item, arguments, source, scope);
            }
            Shape::Named(_) => self.given(shape, &[], source, scope),
            Shape::Record(record) => {
                let magic = usize::from(record.magic.is_some());
                for (index, (part, source)) in
                    shape.parts().into_iter().zip(&source.parts).enumerate()
                {
                    let inner = Scope {
                        record: Some((record, index.saturating_sub(magic))),
                        parameters: scope.parameters,
                        ..Scope::NONE
                    };
                    self.shape(part, source, &inner);
                }
            }
            _ => {
                let sees_fields = !matches!(shape, Shape::Union(_) | Shape::Keyed(_));
                let inner = Scope {
                    record: scope.record.filter(|_| sees_fields),
                    parameters: scope.parameters,
                    ..Scope::NONE
                };
                for (part, source) in shape.parts().into_iter().zip(&source.parts) {
                    self.shape(part, source, &inner);
                }
            }
        }
    }

    fn given(&mut self, named: &Shape, given: &[Expr], source: &Source, scope: &Scope<'_>) {
        let Shape::Named(reference) = named else {
            return;
        };
        let definition = self.schema.definition(*reference);
        let parameters = &*definition.parameters;
        if parameters.len() == given.len() {
            for (index, (argument, parameter)) in given.iter().zip(parameters).enumerate() {
                self.fits(argument, parameter, source.own(index));
            }
            return;
        }
        let name = &definition.name;
        let message = format!(
            "`{name}` has {}, and is given {}",
            match parameters.len() {
                0 => "no parameters".to_owned(),
                1 => "1 parameter".to_owned(),
                some => format!("{some} parameters"),
            },
            match given.len() {
                0 => "none".to_owned(),
                some => some.to_string(),
            },
        );
        let help = self.instead(definition, scope);
        self.report(mistakes::ARGUMENTS, source.span, message, help);
    }

    /// What to write instead of a mention.
    fn instead(&self, definition: &Definition, scope: &Scope<'_>) -> String {
        let (name, parameters) = (&definition.name, &*definition.parameters);
        let is_known = |it: &Parameter| match (scope.position(&it.name), scope.record) {
            (Some(place), Some((_, at))) => place < at,
            _ => scope.parameters.iter().any(|own| own.name == it.name),
        };
        if parameters.is_empty() {
            return format!("write `{name}`");
        }
        if parameters.iter().all(is_known) {
            let names: Vec<&str> = parameters.iter().map(|it| &*it.name).collect();
            return format!("write `{name}({})`", names.join(", "));
        }
        let each = match parameters {
            [_] => "a value",
            _ => "a value for each",
        };
        let or_field = match scope.record {
            Some(_) => ", or an earlier field",
            None => "",
        };
        let root = if scope.is_root { "root " } else { "" };
        let values = self.values(parameters);
        format!("give it {each}{or_field}, as in `{root}{name}({values})`")
    }

    /// Nothing gives the root what it has parameters for, if it is only the first
    /// type.
    fn implied_root(&mut self, definition: &Definition, span: Span) {
        let parameters = &*definition.parameters;
        if parameters.is_empty() {
            return;
        }
        let names: Vec<&str> = parameters.iter().map(|it| &*it.name).collect();
        let (name, names) = (&definition.name, names.join("`, `"));
        let message = format!(
            "`{name}` is the root, because it is the first type, and nothing gives it `{names}`"
        );
        let values = self.values(parameters);
        let help = format!(
            "say in front what the root is: another type, or this one with values, \
             `root {name}({values})`"
        );
        self.report(mistakes::ARGUMENTS, span, message, help);
    }

    /// Some values that parameters can have.
    fn values(&self, parameters: &[Parameter]) -> String {
        let value = |parameter: &Parameter| match self.schema.meaning(&parameter.shape) {
            Shape::Bool { .. } => "true".to_owned(),
            Shape::Enumeration(enumeration) => {
                let first = enumeration.names.first();
                let of = match &parameter.shape {
                    Shape::Named(reference) => &*self.schema.definition(*reference).name,
                    _ => "",
                };
                match first {
                    Some((_, name)) if !of.is_empty() => format!("{of}::{name}"),
                    Some((tag, _)) => tag.to_string(),
                    None => "1".to_owned(),
                }
            }
            Shape::Integer {
                bits: 1,
                signed: true,
            } => "0".to_owned(),
            _ => "1".to_owned(),
        };
        let values: Vec<String> = parameters.iter().map(value).collect();
        values.join(", ")
    }

    /// Says so where a number can never be that of a parameter.
    fn fits(&mut self, argument: &Expr, parameter: &Parameter, span: Span) {
        let Expr::Integer(number) = argument else {
            return;
        };
        let (least, greatest) = match *self.schema.meaning(&parameter.shape) {
            Shape::Bool { .. } => (0, 1),
            Shape::Integer { bits, signed: true } => {
                let greatest = i128::MAX >> (128 - bits.clamp(1, 128));
                (-greatest - 1, greatest)
            }
            Shape::Integer {
                bits: bits @ ..128,
                signed: false,
            } => (0, i128::MAX >> (127 - bits)),
            Shape::Integer { .. } => (0, i128::MAX),
            _ => return,
        };
        if !(least..=greatest).contains(number) {
            let name = &parameter.name;
            let message = format!("{number} does not fit: `{name}` is {least} to {greatest}");
            self.report(mistakes::VALUE, span, message, String::new());
        }
    }

    fn report(&mut self, mistake: mistakes::Mistake, span: Span, message: String, help: String) {
        self.diagnostics
            .push(Diagnostic::new(mistake, span, message).help(help));
    }
}
