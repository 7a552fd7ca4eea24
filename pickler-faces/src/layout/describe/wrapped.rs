//! Shapes that are about another, in words.

use pickler::dynamic::Value;
use pickler::schema::{
    Compression, Expr, Fill, Filter, Meaning, Origin, Padding, Presence, Reference, Shape, Size,
    Terminator,
};

use super::{Aspect, Describe, bit_order, byte_order, units};
use crate::layout::Words;
use crate::layout::literal::{bytes, constant, literal};

impl Describe<'_> {
    /// What something that is about another thing says of it.
    pub fn wrapped(self, shape: &Shape) -> Option<(&Shape, Vec<(Aspect, Words)>)> {
        use Aspect::{Allowed, Condition, Note, Order};
        let (item, aspect, words) = match shape {
            Shape::Optional { item, none } => {
                let words = Words::default()
                    .code(literal(none))
                    .text(" stands for none");
                (item, Note, words)
            }
            Shape::Conditional {
                item,
                presence,
                absent,
            } => {
                let there = match presence {
                    Presence::If(condition) => Words::of("there if ").code(condition),
                    Presence::Flag(flag) => Words::of("there if the ")
                        .and(self.inline(flag))
                        .text(" in front is not 0"),
                    Presence::UnlessEnd => Words::of("there unless the input, or its piece, ends"),
                };
                let words = match absent {
                    Value::Null => there,
                    absent => there.text(", else ").code(literal(absent)),
                };
                (item, Condition, words)
            }
            Shape::Constant { item, value } => {
                let words = Words::of("always ").code(constant(item, value));
                (item, Allowed, words)
            }
            Shape::Peeked { ahead, item } => {
                let words = Words::of("its first bytes are also read as ").and(self.inline(ahead));
                (item, Note, words)
            }
            Shape::Ordered { item, bytes, bits } => {
                let bytes = bytes.map(|bytes| Words::of(byte_order(bytes)));
                let bits = bits.map(|bits| Words::of(bit_order(bits)));
                let words = Words::joined(bytes.into_iter().chain(bits), ", ");
                (item, Order, words)
            }
            Shape::OrderedBy { item, little } => {
                let words = Words::of("little-endian if ")
                    .code(little)
                    .text(", else big-endian");
                (item, Order, words)
            }
            Shape::Given { item, arguments } => {
                let arguments = arguments.iter().map(|it| Words::default().code(it));
                let words = Words::of("given ").and(Words::joined(arguments, ", "));
                (item, Note, words)
            }
            Shape::Shown { item, pairs } => {
                let pairs = pairs.iter().map(|(value, shown)| {
                    Words::default()
                        .code(literal(value))
                        .text(" is shown as ")
                        .code(literal(shown))
                });
                (item, Note, Words::joined(pairs, ", "))
            }
            Shape::Mapped { item, name } => (item, Note, Words::of("mapped by ").code(name)),
            Shape::Satisfying { item, condition } => (
                item,
                Allowed,
                Words::default().code(condition).text(" must hold"),
            ),
            Shape::Padded { item, padding } => {
                let unit = format!(
                    "{:#0width$x}",
                    padding.unit,
                    width = 2 + 2 * padding.unit_bytes
                );
                let words = Words::of(format!("padded to {} with ", units(padding.size, "byte")))
                    .code(unit)
                    .text(if padding.ignored {
                        " (ignored on read)"
                    } else {
                        ""
                    });
                (item, Note, words)
            }
            Shape::Means { item, meaning } => {
                let (aspect, words) = meant(meaning);
                (item, aspect, words)
            }
            Shape::Sized {
                item,
                size,
                leftover,
            } => {
                let words = self.size(size);
                let ignored = if *leftover {
                    "; what is left over is ignored"
                } else {
                    ""
                };
                (item, Note, words.text(ignored))
            }
            Shape::Filtered { item, filter } => (item, Note, filtered(filter)),
            Shape::Behind { magic, item } => {
                (item, Note, Words::of("behind ").and(self.magic(magic)))
            }
            Shape::Filled {
                item,
                fill,
                padding,
            } => (item, Note, filled(*fill, *padding)),
            Shape::Elsewhere { item, place } => {
                let from = match place.from {
                    Origin::Message => "the start of the message",
                    Origin::Record => "the start of the record",
                };
                let mut words = Words::of("not here, but ")
                    .code(&place.at)
                    .text(format!(" bytes from {from}"));
                if place.align > 1 {
                    words = words.text(format!(", at a multiple of {}", place.align));
                }
                if let Some(none) = place.none {
                    words = words.text("; ").code(none).text(" stands for nothing");
                }
                (item, Note, words)
            }
            Shape::Shared { item, reference } => {
                let words = match reference {
                    Reference::Offset { bits, mark } => {
                        let digits = bits.div_ceil(4) as usize + 2;
                        Words::of(format!(
                            "or, seen before, a u{bits} of its offset with the bits "
                        ))
                        .code(format!("{mark:#0digits$x}"))
                        .text(" set")
                    }
                    Reference::Number { prefix, table } => {
                        let words = Words::of("behind its number, a ")
                            .and(self.inline(prefix))
                            .text("; seen before, that number alone");
                        match &**table {
                            "" => words,
                            table => words.text(", in the table ").code(table),
                        }
                    }
                };
                (item, Note, words)
            }
            Shape::Unordered { list, by_key } => {
                let what = if *by_key { "keys" } else { "items" };
                (
                    list,
                    Allowed,
                    Words::of(format!("in any order, with different {what}")),
                )
            }
            Shape::Json { item } => (item, Note, Words::of("a JSON text")),
            Shape::Boxed(item) => return Some((item, Vec::new())),
            Shape::Integer { .. }
            | Shape::Varint(_)
            | Shape::Bool { .. }
            | Shape::Float { .. }
            | Shape::Bytes { .. }
            | Shape::Text { .. }
            | Shape::List { .. }
            | Shape::Tuple(_)
            | Shape::Record(_)
            | Shape::Keyed(_)
            | Shape::ProtobufField { .. }
            | Shape::Union(_)
            | Shape::Enumeration(_)
            | Shape::Choice { .. }
            | Shape::Opaque(_)
            | Shape::Named(_) => return None,
        };
        Some((item, vec![(aspect, words)]))
    }

    fn size(self, size: &Size) -> Words {
        match size {
            Size::Expr(expr) => Words::of("in ").code(expr).text(" bytes"),
            Size::AtMost(bytes) => Words::of(format!("at most {}", units(*bytes, "byte"))),
            Size::AllBut(expr) => Words::of("all but the last ").code(expr).text(" bytes"),
            Size::Prefix {
                prefix,
                counts_itself,
            } => {
                let itself = if *counts_itself {
                    ", which counts itself, too"
                } else {
                    ""
                };
                Words::of("in as many bytes as the ")
                    .and(self.inline(prefix))
                    .text(format!(" in front says{itself}"))
            }
            Size::Until { end, ending: how } => {
                let words = Words::of("up to ")
                    .code(bytes(end))
                    .text(ending(how.terminator));
                words.text(if how.or_end { ", or to the end" } else { "" })
            }
        }
    }
}

fn meant(meaning: &Meaning) -> (Aspect, Words) {
    use Aspect::{Allowed, Note};
    match meaning {
        Meaning::NonZero => (Allowed, Words::of("not 0")),
        Meaning::Within { min, max } => (Allowed, Words::of(format!("{min} to {max}"))),
        Meaning::Digits { max } => {
            let words = Words::of(format!("packed decimal digits (BCD), 0 to {max}"));
            (Note, words)
        }
        Meaning::ZigZag => (Note, Words::of("zigzag: 0, -1, 1, -2 are 0, 1, 2, 3")),
        Meaning::Character => (Note, Words::of("the number of a Unicode character")),
        Meaning::Text(encoding) => (Note, Words::of(format!("text in {encoding}"))),
        Meaning::Scaled { scale, unit } => {
            let unit = if unit.is_empty() { "one" } else { unit };
            (Note, Words::of(format!("{scale} make 1 {unit}")))
        }
        Meaning::Flags { named, keeps } => {
            let flags = named.iter().map(|(name, bits)| {
                Words::default()
                    .code(format!("{bits:#x}"))
                    .text(" ")
                    .code(name)
            });
            let words = Words::of("flags: ").and(Words::joined(flags, ", "));
            let others = if *keeps {
                "; other bits are kept"
            } else {
                "; other bits are 0"
            };
            (Note, words.text(others))
        }
        Meaning::Ignored { written } => {
            let words = Words::of("ignored on read; ").code(literal(written));
            (Note, words.text(" is written"))
        }
        Meaning::IpAddress => (Note, Words::of("an IP address")),
        Meaning::Uuid => (Note, Words::of("a UUID")),
        // Others are to come; their names tell at least something.
        other => (Note, Words::default().code(format!("{other:?}"))),
    }
}

/// What becomes of what ends something.
pub fn ending(terminator: Terminator) -> &'static str {
    match terminator {
        Terminator::Taken => ", which is no part of it",
        Terminator::Kept => ", which is the last of it",
        Terminator::Left => ", which stays for what comes",
    }
}

fn filtered(filter: &Filter) -> Words {
    match filter {
        Filter::Xor(key) => {
            let key = key.iter().map(|it: &Expr| Words::default().code(it));
            Words::of("its bytes XOR ").and(Words::joined(key, ", "))
        }
        Filter::RotateLeft(by) => Words::of("its bytes rotated left by ")
            .code(by)
            .text(" bits"),
        Filter::RotateRight(by) => Words::of("its bytes rotated right by ")
            .code(by)
            .text(" bits"),
        Filter::Compressed(Compression::Zlib) => Words::of("compressed by zlib"),
        Filter::Compressed(Compression::Deflate) => Words::of("compressed by deflate"),
        Filter::Compressed(Compression::Gzip) => Words::of("compressed by gzip"),
        // Others are to come; their names tell at least something.
        other => Words::default().code(format!("{other:?}")),
    }
}

fn filled(fill: Fill, padding: Padding) -> Words {
    let from = |from| match from {
        Origin::Message => "the message",
        Origin::Record => "the record",
    };
    let room = |bits: u64| match bits % 8 {
        0 => units(bits / 8, "byte"),
        _ => units(bits, "bit"),
    };
    let place = match fill {
        Fill::Before(bits) => format!("{} of padding in front", room(bits)),
        Fill::After(bits) => format!("{} of padding behind", room(bits)),
        Fill::To(bytes) => format!("padded to {}", units(bytes, "byte")),
        Fill::Align {
            bytes,
            from: origin,
        } => {
            format!(
                "at a multiple of {} from the start of {}",
                units(bytes, "byte"),
                from(origin)
            )
        }
        Fill::AlignEnd {
            bytes,
            from: origin,
        } => format!(
            "padded to a multiple of {} from the start of {}",
            units(bytes, "byte"),
            from(origin)
        ),
    };
    let content = match padding {
        Padding::Zero => "",
        Padding::Ignored => " (ignored on read)",
    };
    Words::of(place + content)
}
