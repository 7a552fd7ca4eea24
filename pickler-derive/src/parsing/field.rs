//! What is said of a field.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Attribute, BinOp, Expr, ExprBinary};

use super::assertion::{Assertion, of_value};
use super::attributes::{Attributes, Place};
use super::checksum::Checksum;
use super::condition::condition;
use super::container::bits;
use super::context::{self, Argument};
use super::expression::Portable;
use super::filter::Filter;
use super::keyed::key;
use super::leaf::LeafAttributes;
use super::literal::{Orders, Shown, shown_pairs};
use super::padding::PaddingAttributes;
use super::prefix::Prefix;
use super::shared::Reference;
use super::terminator::{Terminator, delimiter};
use crate::errors::Errors;
use crate::mistakes;

/// How many units a field has.
pub enum CountBy {
    /// As an integer in front says.
    Prefix(Prefix),
    /// As an expression over earlier fields says.
    Expression(Portable),
}

/// How many bytes a field has.
pub enum SizeBy {
    /// As an integer of that type in front says.
    Prefix(Prefix),
    /// As an expression over earlier fields says.
    Expression(Portable),
    /// To bytes that end it: `until(b'|')`, with them: `through(b'|')`, or
    /// `before(b'|')`.
    Delimited(Terminator),
    /// All that is left, but for as many bytes as an expression over earlier
    /// fields says: `remaining - 4`.
    AllBut(Portable),
}

/// A flag that says whether something is there.
#[derive(Clone)]
pub enum Flag {
    /// One byte.
    Byte,
    /// So many bits.
    Bits(u32),
    /// As many bytes as that integer type has.
    Integer(Ident),
}

pub struct FieldAttributes {
    /// `default`, or `default = ...`.
    pub default: Option<(Span, Option<Expr>)>,
    pub bits: Option<(Span, u32)>,
    pub leaf: LeafAttributes,
    /// It keeps which of its variant's tags there was.
    /// Whether nothing else is said of it, too.
    pub tag: Option<(Span, bool)>,
    /// The unit that ends a list, text or bytes.
    pub terminator: Option<(Span, Terminator)>,
    /// Holds of the last item, and of no other.
    pub last: Option<(Span, Portable)>,
    pub none: Option<(Span, Expr)>,
    pub count: Option<(Span, CountBy)>,
    pub size: Option<(Span, SizeBy)>,
    /// The size counts itself, too.
    pub size_counts_itself: Option<(Span, bool)>,
    /// What is done to its bytes.
    pub filter: Option<(Span, Filter)>,
    /// It is a reference where it was seen before.
    pub shared: Option<(Span, Reference)>,
    /// It stands elsewhere.
    pub at: Option<(Span, Portable)>,
    /// Its offset counts from the start of the record.
    pub at_from_record: Option<(Span, bool)>,
    /// What is left over of the size is ignored.
    pub ignore_leftover: Option<(Span, bool)>,
    /// Of what is inside a list, array or box.
    pub item: Option<(Span, Box<Self>)>,
    pub flag: Option<(Span, Flag)>,
    pub condition: Option<(Span, Portable)>,
    pub rest: Option<Span>,
    pub skip_if_default: Option<Span>,
    pub derived: Option<(Span, Portable)>,
    /// Conditions on the field, or on what is in it, as `item`.
    pub assertions: Vec<Assertion>,
    /// A derived field is this; `derived` is 0 then.
    pub checksum: Option<Checksum>,
    pub given: Option<(Span, Vec<Argument>)>,
    /// `endian = if ... { little } else { big }`: where it is little-endian.
    pub little: Option<(Span, Portable)>,
    pub constant: Option<(Span, Expr)>,
    pub with: Option<(Span, Expr)>,
    pub shown: Option<(Span, Vec<(Shown, Shown)>)>,
    pub deku: Option<Span>,
    /// Its type is one that `bitflags!` makes.
    pub bitflags: Option<Span>,
    pub json: Option<Span>,
    /// The key that stands in front of it.
    pub key: Option<(Span, u64)>,
    pub repeated: Option<Span>,
    pub packed: Option<Span>,
    pub fixed: Option<Span>,
    /// It keeps fields of unknown keys.
    pub unknown: Option<Span>,
    /// It takes up a piece of its own, so that text needs no count.
    pub fills_piece: bool,
    pub padding: PaddingAttributes,
    pub orders: Orders,
    pub rename: Option<String>,
}

impl FieldAttributes {
    /// `name` is what the field is called in expressions, if it is.
    pub fn new(attributes: &[Attribute], name: Option<&Ident>, errors: &mut Errors) -> Self {
        let attributes = Attributes::new(attributes, Place::Field, errors);
        Self::of(attributes, name, errors)
    }

    /// What stands in the parentheses of `item(...)`.
    fn of_item(tokens: TokenStream, span: Span, errors: &mut Errors) -> Self {
        let attributes = Attributes::of_list(tokens, Place::Item, errors);
        let it = Self::of(attributes, None, errors);
        if it.rename.is_some() {
            errors.push(
                span,
                mistakes::OUT_OF_PLACE.says("an item has no name that could be changed"),
            );
        }
        if let Some((span, _)) = &it.derived {
            errors.push(
                *span,
                mistakes::OUT_OF_PLACE.says("`derived` is for fields, not for items"),
            );
        }
        it
    }

    fn of(mut attributes: Attributes, name: Option<&Ident>, errors: &mut Errors) -> Self {
        let alone = attributes.has_one();
        let counts = [("body", false), ("itself", true)];
        let origins = [("message", false), ("record", true)];
        let leftover = [("refuse", false), ("ignore", true)];
        let (derived, checksum) = derived(&mut attributes, errors);
        let filter = Filter::take(&mut attributes, errors);
        Self {
            default: attributes.maybe_expr("default", errors),
            bits: bits(&mut attributes, errors),
            leaf: LeafAttributes::take(&mut attributes, errors),
            tag: attributes.flag("tag", errors).map(|span| (span, alone)),
            terminator: Terminator::take(&mut attributes, errors),
            last: last(&mut attributes, errors),
            none: attributes.real_expr("none", errors),
            count: count(&mut attributes, errors),
            size: size(&mut attributes, errors),
            shared: Reference::take(&mut attributes, errors),
            at: at(&mut attributes, errors),
            at_from_record: attributes.word("at_from", &origins, errors),
            size_counts_itself: attributes.word("size_counts", &counts, errors),
            ignore_leftover: attributes.word("leftover", &leftover, errors),
            item: attributes
                .list("item", errors)
                .map(|(span, tokens)| (span, Self::of_item(tokens, span, errors).into())),
            flag: flag(&mut attributes, errors),
            condition: condition(&mut attributes, errors),
            rest: attributes.flag("rest", errors),
            skip_if_default: attributes.flag("skip_if_default", errors),
            derived,
            checksum,
            assertions: of_value(&mut attributes, name, errors),
            given: context::arguments(&mut attributes, errors),
            little: Orders::take_condition(&mut attributes, errors),
            constant: attributes.expr("constant", errors),
            with: attributes.real_expr("with", errors),
            shown: attributes
                .list("shown", errors)
                .and_then(|(span, tokens)| Some((span, errors.keep(shown_pairs(tokens))?))),
            deku: attributes.flag("deku", errors),
            bitflags: attributes.flag("bitflags", errors),
            json: attributes.flag("json", errors),
            key: key(&mut attributes, "key", errors),
            repeated: attributes.flag("repeated", errors),
            packed: attributes.flag("packed", errors),
            fixed: attributes.flag("fixed", errors),
            unknown: attributes.flag("unknown", errors),
            fills_piece: filter.is_some(),
            filter,
            padding: PaddingAttributes::take(&mut attributes, errors),
            orders: Orders::take(&mut attributes, errors),
            rename: attributes.text("rename", errors),
        }
    }
}

fn derived(
    attributes: &mut Attributes,
    errors: &mut Errors,
) -> (Option<(Span, Portable)>, Option<Checksum>) {
    let Some((span, expr)) = attributes.real_expr("derived", errors) else {
        return (None, None);
    };
    if let Some(checksum) = Checksum::new(&expr) {
        return (Some((span, Portable::Integer(0))), errors.keep(checksum));
    }
    let expr = errors.keep(Portable::new(&expr));
    (expr.map(|expr| (span, expr)), None)
}

fn at(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Portable)> {
    let (span, expr) = attributes.real_expr("at", errors)?;
    Some((span, errors.keep(Portable::new(&expr))?))
}

fn size(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, SizeBy)> {
    let (span, expr) = attributes.real_expr("size", errors)?;
    if let Some(prefix) = Prefix::new(&expr) {
        return Some((span, SizeBy::Prefix(prefix)));
    }
    if let Some(terminator) = delimiter(&expr, errors) {
        return Some((span, SizeBy::Delimited(terminator)));
    }
    if let Some(behind) = behind(&expr) {
        let behind = errors.keep(Portable::new(behind))?;
        return Some((span, SizeBy::AllBut(behind)));
    }
    let expr = errors.keep(Portable::new(&expr))?;
    Some((span, SizeBy::Expression(expr)))
}

/// How many bytes `remaining - 4` leaves.
fn behind(expr: &Expr) -> Option<&Expr> {
    let Expr::Binary(ExprBinary {
        left,
        op: BinOp::Sub(_),
        right,
        ..
    }) = expr
    else {
        return None;
    };
    match &**left {
        Expr::Path(path) if path.path.is_ident("remaining") => Some(right),
        _ => None,
    }
}

fn count(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, CountBy)> {
    let (span, expr) = attributes.real_expr("count", errors)?;
    if let Some(prefix) = Prefix::new(&expr) {
        return Some((span, CountBy::Prefix(prefix)));
    }
    let expr = errors.keep(Portable::new(&expr))?;
    Some((span, CountBy::Expression(expr)))
}

fn last(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Portable)> {
    let (span, expr) = attributes.real_expr("last", errors)?;
    Some((span, errors.keep(Portable::new(&expr))?))
}

fn flag(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Flag)> {
    let (span, expr) = attributes.maybe_expr("flag", errors)?;
    let Some(expr) = expr else {
        return Some((span, Flag::Byte));
    };
    match Prefix::new(&expr) {
        Some(Prefix::Integer(name)) => return Some((span, Flag::Integer(name))),
        Some(Prefix::Bits(bits @ 1..=8)) => return Some((span, Flag::Bits(bits))),
        _ => {}
    }
    errors.add(syn::Error::new_spanned(
        expr,
        mistakes::MALFORMED.says(
            "`flag` is one byte; or write `flag = bits(1)`, up to 8 of them, or an integer type, \
         `flag = u32`",
        ),
    ));
    None
}
