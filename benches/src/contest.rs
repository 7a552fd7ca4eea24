//! Codecs that do the same, checked against each other, then timed in turns.

use std::fmt::Debug;
use std::hint::black_box;

use crate::interleave::{self, Timing, Work};

type Encode<'a> = Box<dyn Fn(&mut Vec<u8>) + 'a>;

/// One codec with values of its own.
pub struct Contender<'a> {
    /// Its name in the table.
    pub name: &'static str,
    /// Encodes each value once into the same `Vec`.
    encode: Option<Encode<'a>>,
    /// Decodes each frame once.
    decode: Option<Box<dyn Fn() + 'a>>,
}

/// The values' bytes, which all codecs agree on.
pub type Frames = Vec<Vec<u8>>;

impl<'a> Contender<'a> {
    /// A codec that has nothing to do yet.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            encode: None,
            decode: None,
        }
    }

    /// Checks that the codec writes `values` as `frames`, and lets it take part.
    ///
    /// # Panics
    /// If it does not.
    #[must_use]
    pub fn encode<V: Debug + 'a, E: Debug>(
        mut self,
        values: Vec<V>,
        frames: &Frames,
        encode: impl Fn(&V, &mut Vec<u8>) -> Result<(), E> + 'a,
    ) -> Self {
        assert_eq!(values.len(), frames.len());
        let mut out = Vec::new();
        for (value, frame) in values.iter().zip(frames) {
            out.clear();
            let written = encode_one(&encode, value, &mut out);
            written.expect("the samples fit their format");
            assert!(out == *frame, "{} writes {value:?} as {out:?}", self.name);
        }
        self.encode = Some(Box::new(move |out| {
            for value in &values {
                out.clear();
                if let Err(error) = &encode_one(&encode, black_box(value), out) {
                    refused(error);
                }
                // Of the `Vec`, not of its slice, whose length would have to
                // be loaded right after it was stored.
                black_box(&*out);
            }
        }));
        self
    }

    /// Checks that the codec reads `frames` as `values`, and lets it take part.
    ///
    /// # Panics
    /// If it does not.
    #[must_use]
    pub fn decode<V: Debug + PartialEq + 'a, E: Debug>(
        mut self,
        values: &[V],
        frames: &'a Frames,
        decode: impl Fn(&'a [u8]) -> Result<V, E> + 'a,
    ) -> Self {
        assert_eq!(values.len(), frames.len());
        for (value, frame) in values.iter().zip(frames) {
            let decoded = decode_one(&decode, frame).expect("the samples fit their format");
            assert!(decoded == *value, "{} reads {decoded:?}", self.name);
        }
        self.decode = Some(Box::new(move || {
            for frame in frames {
                // The value is looked at where it was put: what is moved out of
                // a result is copied, and waits for the stores of its parts.
                match &decode_one(&decode, black_box(frame)) {
                    Ok(value) => black_box(value),
                    Err(error) => refused(error),
                };
            }
        }));
        self
    }
}

/// What a program calls: a function of its own that encodes, into which the
/// codec is inlined, whoever it is.
#[inline(never)]
fn encode_one<V, E>(
    encode: &impl Fn(&V, &mut Vec<u8>) -> Result<(), E>,
    value: &V,
    out: &mut Vec<u8>,
) -> Result<(), E> {
    encode(value, out)
}

/// The same that decodes.
#[inline(never)]
fn decode_one<'a, V, E>(
    decode: &impl Fn(&'a [u8]) -> Result<V, E>,
    bytes: &'a [u8],
) -> Result<V, E> {
    decode(bytes)
}

#[cold]
#[inline(never)]
fn refused(error: &dyn Debug) -> ! {
    panic!("the samples fit their format: {error:?}");
}

/// How one contender does in one cell.
#[derive(Clone, Copy, Debug)]
pub struct Score {
    /// In ns a value.
    pub time: f64,
    /// How many times as long as the first.
    pub ratio: f64,
}

/// One cell, in the order of the contenders.
pub type Times = Vec<Option<Score>>;

/// Encodes with all contenders in turns. A frame holds `each` things.
pub fn encode(contenders: &[Contender<'_>], rounds: usize, frames: usize, each: usize) -> Times {
    let mut works: Vec<_> = contenders
        .iter()
        .map(|contender| {
            let encode = contender.encode.as_ref()?;
            let mut out = Vec::new();
            encode(&mut out);
            Some(move || encode(&mut out))
        })
        .collect();
    times(&mut works, rounds, frames, each)
}

/// Decodes with all contenders in turns. A frame holds `each` things.
pub fn decode(contenders: &[Contender<'_>], rounds: usize, frames: usize, each: usize) -> Times {
    let mut works: Vec<_> = contenders
        .iter()
        .map(|contender| contender.decode.as_ref())
        .collect();
    times(&mut works, rounds, frames, each)
}

fn times<W: FnMut()>(works: &mut [Option<W>], rounds: usize, frames: usize, each: usize) -> Times {
    // Long enough beside what reading the clock takes.
    let repeats = (4_096 / (frames * each)).max(1);
    let mut repeated: Vec<_> = works
        .iter_mut()
        .flatten()
        .map(|work| move || (0..repeats).for_each(|_| work()))
        .collect();
    let mut turns: Vec<Work<'_>> = repeated
        .iter_mut()
        .map(|work| -> Work<'_> { work })
        .collect();
    let mut timings = interleave::slice_in_turns(rounds, &mut turns).into_iter();
    let count = (repeats * frames * each) as f64;
    works
        .iter()
        .map(|work| {
            work.as_ref()?;
            let Timing { time, ratio } = timings.next()?;
            let time = time.as_secs_f64() * 1e9 / count;
            Some(Score { time, ratio })
        })
        .collect()
}

/// Prints times as a Markdown table: a row a contender, a column a cell; the
/// ratio to the first contender in brackets.
pub fn print_table(title: &str, names: &[&str], columns: &[(&str, Times)]) {
    print!("| {title} |");
    for (column, _) in columns {
        print!(" {column} |");
    }
    print!("\n|---|");
    for _ in columns {
        print!("---|");
    }
    println!();
    for (row, name) in names.iter().enumerate() {
        print!("| {name} |");
        for (_, times) in columns {
            match times.get(row).copied().flatten() {
                Some(Score { time, ratio }) if row > 0 => print!(" {time:.2} ({ratio:.2}) |"),
                Some(Score { time, .. }) => print!(" {time:.2} |"),
                None => print!(" |"),
            }
        }
        println!();
    }
    println!();
}
