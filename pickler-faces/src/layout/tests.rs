//! Offsets and widths against what is read.

use pickler::dynamic::{encode, trace};
use pickler::generate::{Generator, Seeded, schema};
use pickler::schema::{Protocol, Schema};
use pickler::{Pickle, Step};

use super::{Layout, Measure, Section, Word};

/// Where each field of a section starts, against where it was read.
fn agrees(section: &Section, protocol: &Protocol, bytes: &[u8]) {
    let (spans, read) = trace(&protocol.schema, bytes);
    assert!(read.is_ok(), "{read:?}");
    for row in &section.rows {
        let Some(offset) = row.offset.filter(|_| !row.around) else {
            continue;
        };
        let of_row = spans.iter().filter(|span| {
            let steps = span.path.iter().filter(|it| !matches!(it, Step::Type(_)));
            let mut steps = steps.skip(usize::from(section.message.is_some()));
            matches!(steps.next(), Some(Step::Field(name)) if **name == *row.name)
        });
        if let Some(first) = of_row.map(|span| span.bits.start).min() {
            // What is not shown, such as padding, may be in front.
            assert!(first >= offset, "{} of {}", row.name, section.name);
            let whole = row.pieces.len() == 1 && row.width().exact().is_some();
            // What has parts may begin with some that are not shown.
            if whole && row.notes.is_empty() && matches!(row.ty.0[0], Word::Text(_)) {
                assert_eq!(first, offset, "{} of {}", row.name, section.name);
            }
        }
    }
}

#[test]
fn offsets_are_those_that_are_read() {
    for protocol in [
        pokersource::protocol(),
        openpoker::protocol(),
        pokerth::protocol(),
        cluster_protocol::protocol(),
    ] {
        let layout = Layout::new(protocol);
        for section in &layout.messages {
            let example = layout.example(Some(&section.name));
            let example = example.unwrap_or_else(|| panic!("{} has no example", section.name));
            agrees(section, protocol, &example.bytes);
        }
    }
}

#[test]
fn widths_hold_of_whatever_is_written() {
    let mut exact = 0;
    for seed in 0..1500 {
        let mut choices = Seeded::new(seed);
        let generator = Generator::new(schema(&mut choices));
        let schema = generator.schema();
        let width = Measure::new(schema).width(schema.root());
        let protocol = Protocol::new("random", schema.clone());
        let layout = Layout::new(&protocol);
        let Ok(value) = generator.value(&mut choices) else {
            continue;
        };
        let bytes = encode(schema, &value).unwrap();
        let bits = 8 * bytes.len() as u64;
        assert!(
            width.min <= bits,
            "seed {seed}: {width:?}, {bits} bits: {schema:#?}"
        );
        // What stands elsewhere comes behind it all.
        let elsewhere = format!("{schema:?}").contains("Elsewhere");
        if let Some(max) = width.max.filter(|_| !elsewhere) {
            assert!(
                bits < max + 8,
                "seed {seed}: {width:?}, {bits} bits: {schema:#?}"
            );
            exact += u32::from(width.exact().is_some());
        }
        if layout.framing.is_none() {
            agrees(&layout.messages[0], &protocol, &bytes);
        }
    }
    assert!(exact > 20, "{exact} schemas of one size");
}

/// All of a byte, then fields across bytes, then a list.
#[derive(Pickle)]
struct Mixed {
    kind: u8,
    #[pickle(bits = 3)]
    low: u8,
    #[pickle(bits = 13)]
    high: u16,
    #[pickle(count = u8)]
    items: Vec<u16>,
    last: u8,
}

#[test]
fn fields_have_places_until_something_has_any_length() {
    let protocol = Protocol::new("mixed", Schema::of::<Mixed>());
    let layout = Layout::new(&protocol);
    let rows = &layout.messages[0].rows;
    let places: Vec<_> = rows.iter().map(super::Row::place).collect();
    let expected = [Some("0"), Some("1"), Some("1, bit 3"), Some("3"), None];
    assert_eq!(places, expected.map(|it| it.map(String::from)));
    assert_eq!(rows[3].ty.plain(), "as many u16 as the u8 in front says");
    assert_eq!(rows[3].width().to_string(), "1 to 511 bytes");
}
