//! The data sets of a public benchmark: the derive beside toolkits that have
//! formats of their own.
//!
//! `just bench-datasets` prints a Markdown table for each data set: medians of
//! rounds in turns, in µs, with the ratio to the derive, and sizes in bytes.

#![allow(missing_docs, reason = "the names of the data sets say it")]

mod data;
#[path = "../../src/interleave.rs"]
#[allow(dead_code, reason = "not all of it is asked for here")]
mod interleave;
#[path = "../../src/numbers.rs"]
#[allow(dead_code, reason = "not all of it is asked for here")]
mod numbers;
mod toolkits;

use std::hint::black_box;

use data::{log, mesh, minecraft, mk48};
use interleave::{Timing, Work};
use numbers::Numbers;

/// One toolkit with one data set.
pub struct Entry<'a> {
    name: &'static str,
    size: usize,
    serialize: Box<dyn FnMut() + 'a>,
    deserialize: Box<dyn FnMut() + 'a>,
    borrow: Option<Box<dyn FnMut() + 'a>>,
}

/// Checks that what is serialized is deserialized to the same value, and lets a
/// toolkit take part.
fn entry<'a, T: PartialEq, B: AsRef<[u8]> + Default + 'a>(
    name: &'static str,
    value: &'a T,
    serialize: impl Fn(&T, &mut B) + 'a,
    deserialize: impl Fn(&[u8]) -> T + 'a,
    borrow: Option<fn(&[u8])>,
) -> Entry<'a> {
    let mut bytes = B::default();
    serialize(value, &mut bytes);
    assert!(
        deserialize(bytes.as_ref()) == *value,
        "{name} reads another value"
    );
    let mut again = B::default();
    serialize(value, &mut again);
    // Some are read where they must be aligned, so that each has its own bytes.
    let mut others = [B::default(), B::default()];
    for other in &mut others {
        serialize(value, other);
    }
    let [first, second] = others;
    Entry {
        name,
        size: bytes.as_ref().len(),
        serialize: Box::new(move || {
            serialize(black_box(value), &mut again);
            black_box(&again);
        }),
        deserialize: Box::new(move || {
            black_box(&deserialize(black_box(first.as_ref())));
        }),
        borrow: borrow.map(|borrow| -> Box<dyn FnMut() + 'a> {
            Box::new(move || borrow(black_box(second.as_ref())))
        }),
    }
}

fn rounds() -> usize {
    let given = std::env::args().skip_while(|argument| argument != "--rounds");
    given.skip(1).find_map(|it| it.parse().ok()).unwrap_or(51)
}

fn column<'a, 'b>(
    entries: &'b mut [Entry<'a>],
    of: impl Fn(&'b mut Entry<'a>) -> Option<Work<'b>>,
) -> Vec<Option<Timing>> {
    let mut works: Vec<_> = entries.iter_mut().map(of).collect();
    let takes_part: Vec<_> = works.iter().map(Option::is_some).collect();
    let mut works: Vec<_> = works.iter_mut().filter_map(Option::take).collect();
    if works.is_empty() {
        return vec![None; takes_part.len()];
    }
    let mut timings = interleave::slice_in_turns(rounds(), &mut works).into_iter();
    takes_part
        .into_iter()
        .map(|takes_part| takes_part.then(|| timings.next()).flatten())
        .collect()
}

fn print(name: &str, mut entries: Vec<Entry<'_>>) {
    let columns = [
        column(&mut entries, |entry| Some(&mut *entry.serialize)),
        column(&mut entries, |entry| Some(&mut *entry.deserialize)),
        column(&mut entries, |entry| {
            entry
                .borrow
                .as_mut()
                .map(|borrow| -> Work<'_> { &mut **borrow })
        }),
    ];
    println!("| `{name}` | serialize | deserialize | borrow | bytes |");
    println!("|---|---|---|---|---|");
    for (row, entry) in entries.iter().enumerate() {
        print!("| {} |", entry.name);
        for column in &columns {
            match column[row] {
                Some(Timing { time, .. }) if row == 0 => print!(" {:.1} |", micros(time)),
                Some(Timing { time, ratio }) => print!(" {:.1} ({ratio:.2}) |", micros(time)),
                None => print!(" |"),
            }
        }
        println!(" {} |", entry.size);
    }
    println!();
}

fn micros(time: std::time::Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn main() {
    let logs = log::logs(&mut Numbers::new(1), 10_000);
    print(
        "log",
        toolkits::entries!(&logs, log::Logs, log::BorrowedLogs<'_>),
    );
    let mesh = mesh::mesh(&mut Numbers::new(2), 125_000);
    print("mesh", toolkits::entries!(&mesh, mesh::Mesh));
    let players = minecraft::players(&mut Numbers::new(3), 500);
    print(
        "minecraft_savedata",
        toolkits::entries!(&players, minecraft::Players, minecraft::BorrowedPlayers<'_>),
    );
    let updates = mk48::updates(&mut Numbers::new(4), 1_000);
    print("mk48", toolkits::entries!(&updates, mk48::Updates));
}
