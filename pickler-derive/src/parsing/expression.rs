//! The portable part of Rust's expressions.

use crate::mistakes;
use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::{BinOp, Expr, ExprCall, ExprIf, ExprMatch, ExprUnary, Lit, Pat, Path, RangeLimits, UnOp};

use super::container::is_integer_type;

/// An expression, with `N` for what names stand for.
#[derive(Clone)]
pub enum Expression<N> {
    Integer(i128),
    Bool(bool),
    /// What can only be compared.
    Literal(Literal),
    Name(N),
    /// `header.length`
    Member(Box<Self>, Ident),
    /// `sizes[index]`
    Item(Box<Self>, Box<Self>),
    /// `Self::LIMIT`
    Constant(Path),
    /// `Kind::Text`, as the path of the type and the variant's name.
    Variant(Path, Ident),
    Len(Box<Self>),
    Tag(Box<Self>),
    /// Of the variant around.
    TagOfSelf(Span),
    /// Whether an `Option` is there.
    Present(N, Span),
    SizeOf(N),
    SizeOfSelf(Span),
    OffsetOf(N),
    Unary(UnaryOperator, Box<Self>),
    Binary(Box<Self>, Operator, Box<Self>),
    /// To an integer type.
    Cast(Box<Self>, Ident),
    If(Box<Branches<N>>),
    Match(Box<Match<N>>),
}

/// A text, bytes or a floating-point number.
#[derive(Clone)]
pub struct Literal {
    pub value: LiteralValue,
    pub span: Span,
}

#[derive(Clone)]
pub enum LiteralValue {
    Text(String),
    Bytes(Vec<u8>),
    Float(f64),
}

/// As it was written.
pub type Portable = Expression<Ident>;

#[derive(Clone)]
pub struct Branches<N> {
    /// Of the condition.
    pub span: Span,
    pub condition: Expression<N>,
    pub then: Expression<N>,
    pub otherwise: Expression<N>,
}

#[derive(Clone)]
pub struct Match<N> {
    pub of: Expression<N>,
    pub arms: Vec<Arm<N>>,
    pub otherwise: Expression<N>,
}

#[derive(Clone)]
pub struct Arm<N> {
    pub patterns: Vec<Pattern>,
    pub value: Expression<N>,
}

#[derive(Clone)]
pub enum Pattern {
    Integer(i128),
    Bool(bool),
    Literal(Literal),
    Constant(Path),
    Variant(Path, Ident),
    /// Both included.
    Range(i128, i128),
}

#[derive(Clone, Copy)]
pub struct Operator {
    /// The variant of `schema::Operator`.
    pub name: &'static str,
    pub result: Sort,
    pub span: Span,
}

#[derive(Clone, Copy)]
pub struct UnaryOperator {
    /// The variant of `schema::UnaryOperator`.
    pub name: &'static str,
    pub span: Span,
}

/// What an expression is seen to be.
#[derive(Clone, Copy, PartialEq)]
pub enum Sort {
    Number,
    Condition,
    /// A type says what it is.
    Unknown,
}

const ALLOWED: &str = "an expression here may use fields, numbers, `+ - * / %`, `& | ^ << >> !`, \
                       comparisons, `&& ||`, `if`, `match`, `as`, constants, variants of enums, \
                       `items[index]`, `len(field)`, `sizeof(field)`, `offset(field)`, \
                       `tag(field)` and `present(field)`";

fn refused<T>(at: impl quote::ToTokens, why: &str) -> syn::Result<T> {
    let message = if why.is_empty() {
        ALLOWED.to_owned()
    } else {
        format!("{why}; {ALLOWED}")
    };
    Err(syn::Error::new_spanned(
        at,
        mistakes::NOT_PORTABLE.says(message),
    ))
}

impl<N> Expression<N> {
    /// The same as `schema::Expr::is_condition`.
    pub fn is_condition(&self) -> bool {
        match self {
            Self::Bool(_) | Self::Present(..) => true,
            Self::Binary(_, operator, _) => operator.result == Sort::Condition,
            Self::Unary(operator, inner) => operator.name == "Not" && inner.is_condition(),
            Self::If(it) => it.then.is_condition() && it.otherwise.is_condition(),
            Self::Match(it) => {
                it.otherwise.is_condition() && it.arms.iter().all(|arm| arm.value.is_condition())
            }
            _ => false,
        }
    }

    /// The parts that an expression has, of any depth, itself included.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        match self {
            Self::Integer(_)
            | Self::Bool(_)
            | Self::Literal(_)
            | Self::Name(_)
            | Self::Constant(_)
            | Self::Variant(..)
            | Self::TagOfSelf(_)
            | Self::Present(..)
            | Self::SizeOf(_)
            | Self::OffsetOf(_)
            | Self::SizeOfSelf(_) => {}
            Self::Member(inner, _)
            | Self::Len(inner)
            | Self::Tag(inner)
            | Self::Unary(_, inner)
            | Self::Cast(inner, _) => inner.walk(visit),
            Self::Binary(left, _, right) | Self::Item(left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            Self::If(it) => {
                it.condition.walk(visit);
                it.then.walk(visit);
                it.otherwise.walk(visit);
            }
            Self::Match(it) => {
                it.of.walk(visit);
                for arm in &it.arms {
                    arm.value.walk(visit);
                }
                it.otherwise.walk(visit);
            }
        }
    }

    /// The expression looks at how many bytes something takes, or where it is.
    pub fn uses_sizes(&self) -> bool {
        let mut found = false;
        self.walk(&mut |it| {
            found |= matches!(
                it,
                Self::SizeOf(_) | Self::SizeOfSelf(_) | Self::OffsetOf(_)
            );
        });
        found
    }
}

impl Portable {
    pub fn new(expr: &Expr) -> syn::Result<Self> {
        if let Some(literal) = Literal::new(expr)? {
            return Ok(Self::Literal(literal));
        }
        match expr {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Int(literal) => Ok(Self::Integer(literal.base10_parse()?)),
                Lit::Byte(literal) => Ok(Self::Integer(literal.value().into())),
                Lit::Char(literal) => Ok(Self::Integer(u32::from(literal.value()).into())),
                Lit::Bool(literal) => Ok(Self::Bool(literal.value)),
                _ => refused(expr, ""),
            },
            Expr::Unary(unary) => Self::unary(unary),
            Expr::Paren(paren) => Self::new(&paren.expr),
            Expr::Group(group) => Self::new(&group.expr),
            Expr::Path(path) if path.qself.is_none() => Ok(path_expression(&path.path)),
            Expr::Field(_) | Expr::Index(_) => Self::place(expr),
            Expr::Cast(cast) => {
                let ty = match &*cast.ty {
                    syn::Type::Path(path) => path.path.get_ident(),
                    _ => None,
                };
                match ty {
                    Some(ty) if is_integer_type(ty) => {
                        Ok(Self::Cast(Self::new(&cast.expr)?.into(), ty.clone()))
                    }
                    _ => refused(&cast.ty, "a cast is to an integer type of fixed size"),
                }
            }
            Expr::Call(call) => Self::call(call),
            Expr::MethodCall(call) if call.method == "len" && call.args.is_empty() => {
                refused(expr, "a length is written `len(field)`")
            }
            Expr::Binary(binary) => {
                let Some(operator) = operator(&binary.op) else {
                    return refused(expr, "");
                };
                let left = Self::new(&binary.left)?.into();
                let right = Self::new(&binary.right)?.into();
                Ok(Self::Binary(left, operator, right))
            }
            Expr::If(it) => Self::branches(it),
            Expr::Match(it) => Self::arms(it),
            Expr::Block(block) if block.label.is_none() => Self::block(&block.block),
            _ => refused(expr, ""),
        }
    }

    /// The condition that it does not hold.
    pub fn negated(self, span: Span) -> Self {
        if self.is_condition() {
            let operator = UnaryOperator { name: "Not", span };
            return Self::Unary(operator, self.into());
        }
        let equal = Operator {
            name: "Equal",
            result: Sort::Condition,
            span,
        };
        Self::Binary(self.into(), equal, Self::Bool(false).into())
    }

    fn unary(unary: &ExprUnary) -> syn::Result<Self> {
        let name = match unary.op {
            UnOp::Neg(_) => "Negate",
            UnOp::Not(_) => "Not",
            _ => return refused(unary, ""),
        };
        if let (UnOp::Neg(_), Some(value)) = (&unary.op, super::literal::integer(&unary.expr))
            && matches!(&*unary.expr, Expr::Lit(_))
        {
            return Ok(Self::Integer(-value));
        }
        let span = unary.op.span();
        let operator = UnaryOperator { name, span };
        Ok(Self::Unary(operator, Self::new(&unary.expr)?.into()))
    }

    /// A field, or a field of a field.
    fn place(expr: &Expr) -> syn::Result<Self> {
        match expr {
            Expr::Path(path) => match path.path.get_ident() {
                Some(name) if path.qself.is_none() && name != "self" => {
                    Ok(Self::Name(name.clone()))
                }
                _ => refused(expr, "a field is written as its name alone"),
            },
            Expr::Field(field) => match &field.member {
                syn::Member::Named(name) => {
                    Ok(Self::Member(Self::place(&field.base)?.into(), name.clone()))
                }
                syn::Member::Unnamed(_) => refused(expr, "only named fields can be looked at"),
            },
            Expr::Index(item) => {
                let of = Self::place(&item.expr)?.into();
                Ok(Self::Item(of, Self::new(&item.index)?.into()))
            }
            Expr::Paren(paren) => Self::place(&paren.expr),
            Expr::Group(group) => Self::place(&group.expr),
            _ => refused(expr, ""),
        }
    }

    fn call(call: &ExprCall) -> syn::Result<Self> {
        let name = match &*call.func {
            Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
            _ => None,
        };
        let (Some(name), Some(argument), 1) = (name, call.args.first(), call.args.len()) else {
            return refused(call, "");
        };
        let named = match argument {
            Expr::Path(path) => path.path.get_ident(),
            _ => None,
        };
        match (name.as_str(), named) {
            ("sizeof", Some(field)) if field == "self" => Ok(Self::SizeOfSelf(field.span())),
            ("sizeof", Some(field)) => Ok(Self::SizeOf(field.clone())),
            ("offset", Some(field)) => Ok(Self::OffsetOf(field.clone())),
            ("present", Some(field)) => Ok(Self::Present(field.clone(), field.span())),
            ("len", _) => Ok(Self::Len(Self::place(argument)?.into())),
            ("tag", Some(field)) if field == "self" => Ok(Self::TagOfSelf(field.span())),
            ("tag", _) => Ok(Self::Tag(Self::place(argument)?.into())),
            _ => refused(call, ""),
        }
    }

    fn branches(it: &ExprIf) -> syn::Result<Self> {
        let Some((_, otherwise)) = &it.else_branch else {
            return refused(it, "an `if` needs an `else`");
        };
        Ok(Self::If(Box::new(Branches {
            span: it.cond.span(),
            condition: Self::new(&it.cond)?,
            then: Self::block(&it.then_branch)?,
            otherwise: Self::new(otherwise)?,
        })))
    }

    fn block(block: &syn::Block) -> syn::Result<Self> {
        match block.stmts.as_slice() {
            [syn::Stmt::Expr(expr, None)] => Self::new(expr),
            _ => refused(block, "a block holds one expression"),
        }
    }

    fn arms(it: &ExprMatch) -> syn::Result<Self> {
        let mut arms = Vec::new();
        for arm in &it.arms {
            let value = Self::new(&arm.body)?;
            if matches!(arm.pat, Pat::Wild(_)) {
                return Ok(Self::Match(Box::new(Match {
                    of: Self::new(&it.expr)?,
                    arms,
                    otherwise: value,
                })));
            }
            let mut patterns = Vec::new();
            pattern(&arm.pat, &mut patterns)?;
            arms.push(Arm { patterns, value });
        }
        refused(it.match_token, "a `match` ends with an arm for `_`")
    }
}

impl Literal {
    /// The text, bytes or floating-point number that an expression is, if it is
    /// one. An `f32` is what that has been rounded to.
    pub fn new(expr: &Expr) -> syn::Result<Option<Self>> {
        let value = match expr {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => LiteralValue::Text(text.value()),
                Lit::ByteStr(bytes) => LiteralValue::Bytes(bytes.value()),
                Lit::Float(number) => {
                    let value = match number.suffix() {
                        "f32" => number.base10_parse::<f32>()?.into(),
                        _ => number.base10_parse::<f64>()?,
                    };
                    if !value.is_finite() {
                        return refused(expr, "the number is past the greatest");
                    }
                    LiteralValue::Float(value)
                }
                _ => return Ok(None),
            },
            Expr::Unary(ExprUnary {
                op: UnOp::Neg(_),
                expr: of,
                ..
            }) => match Self::new(of)?.map(|it| it.value) {
                Some(LiteralValue::Float(value)) => LiteralValue::Float(-value),
                _ => return Ok(None),
            },
            Expr::Paren(paren) => return Self::new(&paren.expr),
            Expr::Group(group) => return Self::new(&group.expr),
            _ => return Ok(None),
        };
        let span = expr.span();
        Ok(Some(Self { value, span }))
    }
}

impl LiteralValue {
    /// What it is called.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Bytes(_) => "bytes",
            Self::Float(_) => "a floating-point number",
        }
    }
}

impl Operator {
    /// It compares, and does not connect conditions.
    pub fn compares(self) -> bool {
        self.result == Sort::Condition && !matches!(self.name, "And" | "Or")
    }
}

fn path_expression(path: &Path) -> Portable {
    if let Some(name) = path.get_ident() {
        return Portable::Name(name.clone());
    }
    match variant(path) {
        Some((ty, name)) => Portable::Variant(ty, name),
        None => Portable::Constant(path.clone()),
    }
}

/// Whether a name is written as constants are.
pub fn is_constant_case(name: &Ident) -> bool {
    let name = name.to_string();
    name.contains(|it: char| it.is_ascii_uppercase())
        && !name.contains(|it: char| it.is_ascii_lowercase())
}

/// The type and the variant, if a path is written as that of a variant.
fn variant(path: &Path) -> Option<(Path, Ident)> {
    let mut ty = path.clone();
    let name = ty.segments.pop()?.ident;
    // So that `Kind::` ends in a segment.
    ty.segments.pop_punct();
    (!ty.segments.is_empty() && !is_constant_case(&name)).then_some((ty, name))
}

fn pattern(it: &Pat, patterns: &mut Vec<Pattern>) -> syn::Result<()> {
    const EXPECTED: &str = "a pattern is a number, a range, a text, bytes, a constant or a variant";
    let number = |expr: &Expr| match super::literal::integer(expr) {
        Some(value) => Ok(value),
        None => refused(expr, EXPECTED),
    };
    match it {
        Pat::Or(or) => {
            for case in &or.cases {
                pattern(case, patterns)?;
            }
        }
        Pat::Paren(paren) => pattern(&paren.pat, patterns)?,
        Pat::Lit(literal) => match &literal.lit {
            Lit::Bool(literal) => patterns.push(Pattern::Bool(literal.value)),
            Lit::Str(_) | Lit::ByteStr(_) | Lit::Float(_) => {
                let literal = Literal::new(&Expr::Lit(literal.clone()))?;
                patterns.extend(literal.map(Pattern::Literal));
            }
            _ => patterns.push(Pattern::Integer(number(&Expr::Lit(literal.clone()))?)),
        },
        Pat::Ident(ident) if ident.subpat.is_none() && is_constant_case(&ident.ident) => {
            patterns.push(Pattern::Constant(ident.ident.clone().into()));
        }
        Pat::Path(path) => patterns.push(match variant(&path.path) {
            Some((ty, name)) => Pattern::Variant(ty, name),
            None => Pattern::Constant(path.path.clone()),
        }),
        Pat::Range(range) => {
            let bound = |bound: &Option<Box<Expr>>, none: i128| match bound {
                Some(bound) => number(bound),
                None => Ok(none),
            };
            let first = bound(&range.start, i128::MIN)?;
            let end = bound(&range.end, i128::MAX)?;
            let last = match range.limits {
                RangeLimits::HalfOpen(_) if range.end.is_some() => end.saturating_sub(1),
                _ => end,
            };
            if first > last {
                return refused(range, "the range is empty");
            }
            patterns.push(Pattern::Range(first, last));
        }
        _ => return refused(it, EXPECTED),
    }
    Ok(())
}

fn operator(op: &BinOp) -> Option<Operator> {
    use Sort::{Condition, Number};
    let (name, result) = match op {
        BinOp::Add(_) => ("Add", Number),
        BinOp::Sub(_) => ("Subtract", Number),
        BinOp::Mul(_) => ("Multiply", Number),
        BinOp::Div(_) => ("Divide", Number),
        BinOp::Rem(_) => ("Remainder", Number),
        BinOp::Shl(_) => ("ShiftLeft", Number),
        BinOp::Shr(_) => ("ShiftRight", Number),
        BinOp::BitAnd(_) => ("BitAnd", Number),
        BinOp::BitXor(_) => ("BitXor", Number),
        BinOp::BitOr(_) => ("BitOr", Number),
        BinOp::Eq(_) => ("Equal", Condition),
        BinOp::Ne(_) => ("NotEqual", Condition),
        BinOp::Lt(_) => ("Less", Condition),
        BinOp::Le(_) => ("LessOrEqual", Condition),
        BinOp::Gt(_) => ("Greater", Condition),
        BinOp::Ge(_) => ("GreaterOrEqual", Condition),
        BinOp::And(_) => ("And", Condition),
        BinOp::Or(_) => ("Or", Condition),
        _ => return None,
    };
    let span = op.span();
    Some(Operator { name, result, span })
}
