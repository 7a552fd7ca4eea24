//! Where in the source each part of a description stands.

use std::ops::Range;

use pickler::schema::Shape;

/// A part of the source, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// From the start of the one to the end of the other.
    pub fn to(self, end: Self) -> Self {
        Self {
            start: self.start,
            end: end.end,
        }
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
    }
}

/// A shape, and where it stands.
#[derive(Debug)]
pub struct Sourced {
    pub shape: Shape,
    pub source: Source,
}

/// Where a shape stands: a tree beside that of the shapes.
#[derive(Debug, Default)]
pub struct Source {
    /// All of it.
    pub span: Span,
    /// Its expressions and values, in the order in which they are told.
    pub own: Vec<Span>,
    /// Fields and variants, in the order of the parts.
    pub members: Vec<Member>,
    /// Of `Shape::parts`, in that order.
    pub parts: Vec<Self>,
    /// How many shapes lie in one another, this one included.
    pub height: u32,
}

/// Where a field or a variant stands.
#[derive(Debug, Default)]
pub struct Member {
    /// Its name.
    pub name: Span,
    /// Its default.
    pub default: Span,
    /// What it is derived from, or its checksum; of a variant, its condition.
    pub derived: Span,
    /// Its conditions, in order.
    pub assertions: Vec<Span>,
}

impl Source {
    /// Something without parts.
    pub fn leaf(span: Span) -> Self {
        Self {
            span,
            height: 1,
            ..Self::default()
        }
    }

    /// Something with parts.
    pub fn of(span: Span, parts: Vec<Self>) -> Self {
        let height = parts.iter().map(|part| part.height).max().unwrap_or(0);
        Self {
            span,
            parts,
            height: height + 1,
            ..Self::default()
        }
    }

    /// The expression or value at a place, else all of it.
    pub fn own(&self, index: usize) -> Span {
        self.own.get(index).copied().unwrap_or(self.span)
    }
}

impl Sourced {
    pub fn leaf(shape: Shape, span: Span) -> Self {
        let source = Source::leaf(span);
        Self { shape, source }
    }

    /// What is put around a shape, and ends there; with its own expressions and
    /// values.
    pub fn around(
        self,
        end: usize,
        own: impl Into<Vec<Span>>,
        shape: impl FnOnce(Box<Shape>) -> Shape,
    ) -> Self {
        self.behind(None, end, own, shape)
    }

    /// The same where something else is told of first.
    pub fn behind(
        self,
        first: Option<Source>,
        end: usize,
        own: impl Into<Vec<Span>>,
        shape: impl FnOnce(Box<Shape>) -> Shape,
    ) -> Self {
        let start = self.source.span.start;
        let parts = first.into_iter().chain([self.source]).collect();
        let mut source = Source::of(Span { start, end }, parts);
        source.own = own.into();
        Self {
            shape: shape(Box::new(self.shape)),
            source,
        }
    }
}
