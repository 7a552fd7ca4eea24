//! One expression, and what it looks at.

use pickler::schema::{Arm, Expr, Operator, Pattern, Schema, Shape, UnaryOperator};

use super::derived::follows_sizes;
use super::kind::{Kind, is_bool, is_number};
use super::scope::{Purpose, Scope};
use crate::diagnostic::Diagnostic;
use crate::mistakes::{self, Mistake};
use crate::parse::source::Span;
use crate::suggestion::did_you_mean;

/// One expression.
pub struct Expression<'a> {
    pub text: &'a str,
    pub schema: &'a Schema,
    pub diagnostics: &'a mut Vec<Diagnostic>,
    pub span: Span,
    pub scope: &'a Scope<'a>,
    pub purpose: Purpose,
}

impl Expression<'_> {
    /// What is true or false.
    pub fn condition(&mut self, expr: &Expr) {
        let before = self.diagnostics.len();
        self.number(expr);
        if self.diagnostics.len() > before || !is_number(expr, self.scope, self.schema) {
            return;
        }
        let compared = match expr {
            // It is meant to be of what is 0, and not of some bits that are.
            Expr::Unary(UnaryOperator::Not, of) => connected(of, Operator::Equal, Expr::Integer(0)),
            expr => connected(expr, Operator::NotEqual, Expr::Integer(0)),
        };
        let word = match expr {
            Expr::Field(name) => name,
            _ => "",
        };
        let message =
            format!("`{expr}` is a number, and no condition; compare it, as in `{compared}`");
        self.report(mistakes::NO_EXPRESSION, word, message);
    }

    /// What says what comes.
    pub fn layout(&mut self, expr: &Expr) {
        let before = self.diagnostics.len();
        self.condition(expr);
        let record = self.scope.record.map(|(record, _)| record);
        if self.diagnostics.len() == before && record.is_some_and(|it| follows_sizes(expr, it)) {
            let message = "what comes cannot depend on how many bytes something takes: that is \
                           known only when all is there";
            self.report(mistakes::SIZE_NOT_KNOWN, "", message.to_owned());
        }
    }

    /// What is a number.
    pub fn number(&mut self, expr: &Expr) {
        match expr {
            Expr::Integer(_) | Expr::Bool(_) => {}
            Expr::Text(_) | Expr::Bytes(_) | Expr::Float(_) => {
                let message = "this can be compared, as in `kind == b\"IHDR\"`, and nothing else";
                self.report(mistakes::NO_EXPRESSION, "", message.to_owned());
            }
            Expr::Field(name) => {
                if self.field(name) {
                    self.expect_plain(expr);
                    self.expect_number(expr, name);
                }
            }
            Expr::Member(of, name) => {
                self.member(of, name);
                self.expect_plain(expr);
            }
            Expr::Item(of, index) => {
                self.compared(of);
                self.number(index);
                self.expect_plain(expr);
            }
            Expr::Variant { of, name } => self.variant(of, name),
            Expr::Len(of) | Expr::Tag(of) => self.compared(of),
            Expr::TagOfSelf => {
                if !self.scope.tag {
                    let message = "`tag(self)` is the tag of the variant around; here is none";
                    self.report(mistakes::UNKNOWN_FIELD, "tag", message.to_owned());
                }
            }
            Expr::Present(name) => {
                if self.scope.position(name).is_some() || !self.field(name) {
                    self.field(name);
                } else {
                    let message = format!("`{name}` is always there");
                    self.report(mistakes::UNKNOWN_FIELD, name, message);
                }
            }
            Expr::SizeOf(name) | Expr::OffsetOf(name) => {
                self.extent(name, matches!(expr, Expr::OffsetOf(_)));
            }
            Expr::SizeOfSelf => {
                if self.purpose != Purpose::Derived || self.scope.record.is_none() {
                    let message = "the size of the whole is for `derived` fields to follow from";
                    self.report(mistakes::SIZE_NOT_KNOWN, "sizeof", message.to_owned());
                }
            }
            Expr::Unary(operator, of) => {
                self.number(of);
                let is_seen =
                    is_bool(of, self.scope, self.schema) || is_number(of, self.scope, self.schema);
                if *operator == UnaryOperator::Not && !is_seen {
                    let message = format!(
                        "whether `{of}` is true or false or a number is not seen here; write \
                         `{}`, or, for the other bits, `{}`",
                        connected(of, Operator::Equal, Expr::Bool(false)),
                        connected(of, Operator::BitXor, Expr::Integer(-1)),
                    );
                    self.report(mistakes::NO_EXPRESSION, "", message);
                }
            }
            Expr::Cast(of, _) => self.number(of),
            Expr::Binary(left, operator, right) if operator.compares() => {
                self.compared(left);
                self.compared(right);
                self.are_alike(left, right);
            }
            Expr::Binary(left, Operator::And | Operator::Or, right) => {
                self.condition(left);
                self.condition(right);
            }
            Expr::Binary(left, _, right) => {
                self.number(left);
                self.number(right);
            }
            Expr::If {
                condition,
                then,
                otherwise,
            } => {
                self.condition(condition);
                self.number(then);
                self.number(otherwise);
            }
            Expr::Match {
                of,
                arms,
                otherwise,
            } => {
                self.compared(of);
                for Arm { patterns, value } in arms {
                    for pattern in patterns {
                        if let Pattern::Value(value) = pattern {
                            self.compared(value);
                            self.are_alike(of, value);
                        }
                    }
                    self.number(value);
                }
                self.number(otherwise);
            }
        }
    }

    /// What may also be a text, bytes, or something that has parts.
    fn compared(&mut self, expr: &Expr) {
        match expr {
            Expr::Text(_) | Expr::Bytes(_) | Expr::Float(_) => {}
            Expr::Field(name) => {
                if self.field(name) {
                    self.expect_plain(expr);
                }
            }
            expr => self.number(expr),
        }
    }

    /// Says so where two things are compared that are of two kinds.
    fn are_alike(&mut self, left: &Expr, right: &Expr) {
        let kind = |expr| Kind::of(expr, self.scope, self.schema);
        if let (Some(one), Some(other)) = (kind(left), kind(right))
            && one != other
        {
            let message = format!("`{left}` is {one}, and `{right}` {other}");
            self.report(mistakes::NO_EXPRESSION, "", message);
        }
    }

    /// A field, a parameter, the item or its number: whether there is one that is
    /// known.
    fn field(&mut self, name: &str) -> bool {
        if name == "item" && self.scope.item.is_some() {
            return true;
        }
        let Some(place) = self.scope.position(name) else {
            let mut parameters = self.scope.parameters.iter();
            let known = parameters.any(|it| *it.name == *name);
            if known || (name == "index" && self.scope.index) {
                return true;
            }
            self.unknown(name, self.scope.names());
            return false;
        };
        let of = self.scope.record.map_or(0, |(_, of)| of);
        let message = match self.purpose {
            Purpose::Count | Purpose::Value if place == of => {
                format!("`{name}` is the field itself; only earlier fields are known here")
            }
            Purpose::Count | Purpose::Value if place > of => {
                format!("`{name}` comes later; only earlier fields are known here")
            }
            Purpose::Assertion if place > of => {
                format!("`{name}` comes later; what must be of both stands there")
            }
            Purpose::Derived if place == of => {
                "a derived field cannot follow from itself".to_owned()
            }
            Purpose::Derived if place > of && self.scope.is_derived(place) => {
                format!("`{name}` is derived, too, and comes later; put it in front")
            }
            _ if self.scope.is_checksum(place) => {
                format!("`{name}` is a checksum, which is known only when all is there")
            }
            _ => return true,
        };
        self.report(mistakes::NOT_YET_KNOWN, name, message);
        false
    }

    fn member(&mut self, of: &Expr, name: &str) {
        let before = self.diagnostics.len();
        self.compared(of);
        let Some(shape) = self.scope.place(of, self.schema) else {
            if self.diagnostics.len() == before {
                let message = format!("`{of}` has no fields");
                self.report(mistakes::UNKNOWN_FIELD, name, message);
            }
            return;
        };
        match self.schema.meaning(shape) {
            Shape::Record(record) if record.field(name).is_some() => {
                if record.field(name).is_some_and(|it| it.checksum.is_some()) {
                    let message = format!(
                        "`{of}.{name}` is a checksum, which is known only when all is there"
                    );
                    self.report(mistakes::NOT_YET_KNOWN, name, message);
                }
            }
            Shape::Record(record) => {
                let names = record.fields.iter().map(|field| &*field.name).collect();
                self.unknown(name, names);
            }
            _ => {
                let message = format!("`{of}` is no record, and has no field `{name}`");
                self.report(mistakes::UNKNOWN_FIELD, name, message);
            }
        }
    }

    fn variant(&mut self, of: &str, name: &str) {
        let types = self.schema.types().iter();
        let shapes: Vec<&Shape> = types
            .filter(|definition| *definition.name == *of)
            .map(|definition| self.schema.meaning(&definition.shape))
            .collect();
        if shapes.is_empty() {
            let names = self.schema.types().iter().map(|it| &*it.name);
            let message = format!("there is no type `{of}`{}", did_you_mean(of, names));
            self.report(mistakes::UNKNOWN_TYPE, of, message);
            return;
        }
        let mut names = Vec::new();
        for shape in shapes {
            match shape {
                Shape::Enumeration(it) => names.extend(it.names.iter().map(|(_, name)| &**name)),
                Shape::Union(it) => names.extend(it.variants.iter().map(|it| &*it.name)),
                _ => {}
            }
        }
        if !names.contains(&name) {
            let message = format!("`{of}` has no `{name}`{}", did_you_mean(name, names));
            self.report(mistakes::UNKNOWN_FIELD, name, message);
        }
    }

    /// `sizeof(body)`, `offset(body)`
    fn extent(&mut self, name: &str, is_offset: bool) {
        let Some(place) = self.scope.position(name) else {
            let Some((record, _)) = self.scope.record else {
                return self.unknown(name, Vec::new());
            };
            let names = record.fields.iter().map(|field| &*field.name).collect();
            return self.unknown(name, names);
        };
        let of = self.scope.record.map_or(0, |(_, of)| of);
        let message = match self.purpose {
            Purpose::Derived => return,
            _ if is_offset => {
                "where something stands is for `derived` fields to follow from".to_owned()
            }
            Purpose::Count if place >= of => {
                format!("the size of `{name}` is not known yet; only earlier fields are")
            }
            Purpose::Count => return,
            Purpose::Assertion | Purpose::Value => {
                "a condition looks at values; sizes are for `derived` fields".to_owned()
            }
        };
        self.report(mistakes::SIZE_NOT_KNOWN, name, message);
    }

    /// Says so where values are looked at that are shown as others.
    fn expect_plain(&mut self, expr: &Expr) {
        let mut shape = self.scope.place(expr, self.schema);
        while let Some(Shape::Optional { item, .. } | Shape::Constant { item, .. }) =
            shape.map(|it| self.schema.meaning(it))
        {
            shape = Some(item);
        }
        if shape.is_some_and(|it| matches!(self.schema.meaning(it), Shape::Shown { .. })) {
            let message = format!(
                "no expression can look at `{expr}`, which is `shown`: its value is one on the \
                 wire and another in a description"
            );
            let text = expr.to_string();
            self.report(mistakes::NO_EXPRESSION, &text, message);
        }
    }

    /// Says so where something that has parts is computed with.
    fn expect_number(&mut self, expr: &Expr, name: &str) {
        let Some(shape) = self.scope.place(expr, self.schema) else {
            return;
        };
        let kind = match self.schema.meaning(shape) {
            Shape::Record(_) | Shape::Keyed(_) => "a record; look at a field of it",
            Shape::List { .. } => "a list; look at `len` of it, or at an item",
            Shape::Bytes { .. } => "bytes; compare them, or look at `len` of them",
            Shape::Text { .. } => "a text; compare it, or look at `len` of it",
            Shape::Float { .. } => "a floating-point number; compare it",
            _ => return,
        };
        self.report(
            mistakes::NO_EXPRESSION,
            name,
            format!("`{name}` is no number, but {kind}"),
        );
    }

    fn unknown(&mut self, name: &str, names: Vec<&str>) {
        let message = format!("there is no `{name}` here{}", did_you_mean(name, names));
        let span = self.find(name).unwrap_or(self.span);
        let mut diagnostic = Diagnostic::new(mistakes::UNKNOWN_FIELD, span, message);
        if self.scope.is_root {
            let help = "the root sees no fields: write a value, such as `1`, `true` or \
                        `Kind::TEXT`";
            diagnostic = diagnostic.help(help);
        }
        self.diagnostics.push(diagnostic);
    }

    /// A mistake where a word stands in the expression.
    fn report(&mut self, mistake: Mistake, word: &str, message: String) {
        let span = self.find(word).unwrap_or(self.span);
        self.diagnostics
            .push(Diagnostic::new(mistake, span, message));
    }

    /// Where a word stands first in the expression.
    fn find(&self, word: &str) -> Option<Span> {
        let text = self.text.get(self.span.start..self.span.end)?;
        let is_word = |it: char| it.is_alphanumeric() || it == '_';
        let (place, _) = text.match_indices(word).find(|(place, _)| {
            let before = text[..*place].chars().next_back();
            let behind = text[place + word.len()..].chars().next();
            !word.is_empty() && !before.is_some_and(is_word) && !behind.is_some_and(is_word)
        })?;
        let start = self.span.start + place;
        let end = start + word.len();
        Some(Span { start, end })
    }
}

/// What to write instead of an expression: it and another.
fn connected(left: &Expr, operator: Operator, right: Expr) -> Expr {
    Expr::Binary(Box::new(left.clone()), operator, Box::new(right))
}
