//! The byte diagram of a record in the documentation of its codec, where all
//! widths are known from the declaration alone.

use syn::{Expr, ExprLit, Lit, Type};

use crate::normalization::{Body, Declaration, Layout, Pickler, primitive_bits};
use crate::parsing::BitOrder;

/// Bits in one row.
const ROW: usize = 32;
/// What is longer, in bits, says more in a page of its own.
const LONGEST: usize = 8 * ROW;

/// The documentation, if there is anything to draw.
pub fn documentation(declaration: &Declaration) -> Option<String> {
    let Body::Fields(record) = &declaration.body else {
        return None;
    };
    let is_record = matches!(record.layout, Layout::Record { .. } | Layout::Tuple);
    if !is_record || record.has_magic() || !declaration.padding.is_none() {
        return None;
    }
    let fields = record.fields.iter().map(|field| {
        let here = field.elsewhere.is_none();
        let bits = here.then(|| bits_of(&field.pickler)).flatten()?;
        Some((field.name.as_str(), bits))
    });
    let fields: Vec<(&str, usize)> = fields.collect::<Option<_>>()?;
    let lsb_first = declaration.orders.bits == Some(BitOrder::Lsb);
    draw(&fields, lsb_first)
}

/// How many bits a pickler takes, if it is always as many.
fn bits_of(pickler: &Pickler) -> Option<usize> {
    match pickler {
        Pickler::Of(ty) => bits_of_type(ty),
        Pickler::Bits(bits, _) => Some(*bits as usize),
        Pickler::Sentinel(_, _, item) | Pickler::Constant(_, item) | Pickler::Shown(_, item) => {
            bits_of(item)
        }
        // Another order of bits is another diagram.
        Pickler::Ordered(orders, item) if orders.bits.is_none() => bits_of(item),
        _ => None,
    }
}

fn bits_of_type(ty: &Type) -> Option<usize> {
    if let Type::Array(array) = ty
        && let Expr::Lit(ExprLit {
            lit: Lit::Int(length),
            ..
        }) = &array.len
    {
        let length: usize = length.base10_parse().ok()?;
        return bits_of_type(&array.elem)?.checked_mul(length);
    }
    primitive_bits(ty).map(|bits| bits as usize)
}

/// Fields with their widths in bits, as RFCs draw them.
fn draw(fields: &[(&str, usize)], lsb_first: bool) -> Option<String> {
    let total = fields
        .iter()
        .try_fold(0_usize, |sum, (_, bits)| sum.checked_add(*bits))?;
    if total == 0 || total > LONGEST {
        return None;
    }
    // Which field each bit belongs to.
    let owners = fields.iter().enumerate();
    let owners = owners.flat_map(|(index, (_, bits))| std::iter::repeat_n(index, *bits));
    let owners: Vec<usize> = owners.collect();
    let rows: Vec<&[usize]> = owners.chunks(ROW).collect();
    let width = total.min(ROW);
    let tens = (0..width).map(|bit| match bit % 10 {
        0 => format!(" {}", bit / 10),
        _ => "  ".into(),
    });
    let ones = (0..width).map(|bit| format!(" {}", bit % 10));
    let mut lines: Vec<String> = vec![tens.collect(), ones.collect()];
    let mut keys = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let above = index.checked_sub(1).map_or(&[][..], |above| rows[above]);
        lines.push(border(above, row));
        lines.push(content(&rows, index, fields, &mut keys));
    }
    lines.push(border(rows[rows.len() - 1], &[]));
    lines.extend(keys);
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    let order = if lsb_first {
        "least significant bit of each byte first"
    } else {
        "32 bits a row"
    };
    Some(format!(
        "On the wire, {order}:\n\n```text\n{}\n```",
        lines.join("\n")
    ))
}

/// The line between two rows: open where one field goes on.
fn border(above: &[usize], below: &[usize]) -> String {
    let end = above.len().max(below.len());
    let goes_on = |bit: usize| {
        let both = above.get(bit).zip(below.get(bit));
        both.filter(|(above, below)| above == below)
            .map(|(field, _)| *field)
    };
    let mut line = String::new();
    for bit in 0..end {
        let here = goes_on(bit);
        let within = bit > 0 && here.is_some() && goes_on(bit - 1) == here;
        line.push(if within { ' ' } else { '+' });
        line.push(if here.is_some() { ' ' } else { '-' });
    }
    line + "+"
}

fn content(
    rows: &[&[usize]],
    index: usize,
    fields: &[(&str, usize)],
    keys: &mut Vec<String>,
) -> String {
    let mut line = String::from("|");
    for part in rows[index].chunk_by(|one, other| one == other) {
        let (name, _) = fields[part[0]];
        let parts = |row: &[usize]| row.iter().filter(|it| **it == part[0]).count();
        // The first of the widest parts has the name.
        let before = rows[..index].iter().any(|row| parts(row) >= part.len());
        let after = rows[index + 1..].iter().any(|row| parts(row) > part.len());
        let room = part.len() * 2 - 1;
        let label = if before || after {
            String::new()
        } else if name.chars().count() <= room {
            name.to_owned()
        } else {
            let letter = ('A'..='Z').nth(keys.len()).unwrap_or('*');
            keys.push(format!(" {letter}: {name}"));
            letter.into()
        };
        let centred = format!("{label:^room$}");
        line.push_str(&centred);
        line.push('|');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_drawn_as_rfcs_do() {
        let fields = [("on", 1), ("kind", 7), ("stamp", 40), ("last", 8)];
        let expected = "\
On the wire, 32 bits a row:

```text
 0                   1                   2                   3
 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
|A|    kind     |                     stamp                     |
+-+-+-+-+-+-+-+-+               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
|                               |     last      |
+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 A: on
```";
        // The part of `stamp` in the second row lies below `on` and `kind`.
        assert_eq!(draw(&fields, false).unwrap(), expected);
    }

    #[test]
    fn what_is_empty_or_long_is_not_drawn() {
        assert_eq!(draw(&[], false), None);
        assert_eq!(draw(&[("key", LONGEST + 1)], false), None);
        assert_eq!(draw(&[("a", usize::MAX), ("b", 1)], false), None);
        let drawn = draw(&[("a", 8)], true).unwrap();
        assert!(drawn.starts_with("On the wire, least significant bit of each byte first:"));
    }
}
