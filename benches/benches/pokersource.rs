//! Declared against hand-written: a realistic mix of 1,000 pokersource
//! messages.
//!
//! `cargo bench -p pickler-benches --bench pokersource` prints the ratios as a
//! Markdown table, then criterion's own figures. With `-- --ratios` it stops
//! after the table.

use std::fmt::Debug;
use std::hint::black_box;

use criterion::Criterion;
use pickler::dynamic;
use pickler_benches::{hand_written, interleave, mix};
use pokersource::Message;

const MESSAGES: u16 = 1_000;
const ROUNDS: usize = 401;

/// The same messages in every form.
struct Corpus {
    declared: Vec<Message>,
    hand_written: Vec<hand_written::Message>,
    frames: Vec<Vec<u8>>,
    dynamic: Vec<dynamic::Value>,
}

impl Corpus {
    /// Checks that all codecs agree before anything is timed.
    fn new() -> Self {
        let hand_written = mix::hand_written(MESSAGES.into());
        let declared: Vec<Message> = hand_written.iter().map(mix::declared).collect();
        let mut frames = Vec::new();
        let mut values = Vec::new();
        for (ours, other) in declared.iter().zip(&hand_written) {
            let frame = pickler::encode(ours).expect("the mix fits its format");
            let mut other_frame = Vec::new();
            hand_written::encode_into(other, &mut other_frame).expect("the mix fits its format");
            assert_eq!(frame, other_frame, "encoders differ on {ours:?}");
            assert_eq!(pickler::decode::<Message>(&frame).as_ref(), Ok(ours));
            assert_eq!(hand_written::decode(&frame).as_ref(), Ok(other));
            let value = dynamic::decode(pokersource::schema(), &frame).expect("it is a message");
            let again = dynamic::encode(pokersource::schema(), &value);
            assert_eq!(again.as_ref(), Ok(&frame));
            values.push(value);
            frames.push(frame);
        }
        Self {
            declared,
            hand_written,
            frames,
            dynamic: values,
        }
    }

    fn decode_declared(&self) {
        for frame in &self.frames {
            look_at(&pickler::decode::<Message>(black_box(frame)));
        }
    }

    fn decode_hand_written(&self) {
        for frame in &self.frames {
            look_at(&hand_written::decode(black_box(frame)));
        }
    }

    fn decode_dynamic(&self) {
        for frame in &self.frames {
            look_at(&dynamic::decode(pokersource::schema(), black_box(frame)));
        }
    }

    fn encode_declared(&self, out: &mut Vec<u8>) {
        out.clear();
        for message in &self.declared {
            pickler::encode_into(black_box(message), out).expect("it was checked");
        }
        black_box(&*out);
    }

    fn encode_hand_written(&self, out: &mut Vec<u8>) {
        out.clear();
        for message in &self.hand_written {
            hand_written::encode_into(black_box(message), out).expect("it was checked");
        }
        black_box(&*out);
    }

    fn encode_dynamic(&self, out: &mut Vec<u8>) {
        out.clear();
        for value in &self.dynamic {
            dynamic::encode_into(pokersource::schema(), black_box(value), out)
                .expect("it was checked");
        }
        black_box(&*out);
    }
}

/// Looks at what was decoded where it was put: what is moved out of a result is
/// copied, and waits for the stores of its parts.
fn look_at<T, E: Debug>(result: &Result<T, E>) {
    match result {
        Ok(value) => black_box(value),
        Err(error) => panic!("it was checked: {error:?}"),
    };
}

fn print_ratios(corpus: &Corpus) {
    let (mut ours, mut other) = (Vec::new(), Vec::new());
    let decode = interleave::in_turns(
        ROUNDS,
        [&mut || corpus.decode_hand_written(), &mut || {
            corpus.decode_declared();
        }],
    );
    let encode = interleave::in_turns(
        ROUNDS,
        [&mut || corpus.encode_hand_written(&mut other), &mut || {
            corpus.encode_declared(&mut ours);
        }],
    );
    let dynamic_decode = interleave::in_turns(
        ROUNDS,
        [&mut || corpus.decode_declared(), &mut || {
            corpus.decode_dynamic();
        }],
    );
    let dynamic_encode = interleave::in_turns(
        ROUNDS,
        [&mut || corpus.encode_declared(&mut other), &mut || {
            corpus.encode_dynamic(&mut ours);
        }],
    );
    println!("| {MESSAGES} messages | ours, ns a message | the other, ns a message | ratio |");
    println!("|---|---|---|---|");
    for (name, [other, ours]) in [
        ("decode: declared / hand-written", decode),
        ("encode: declared / hand-written", encode),
        ("decode: dynamic / declared", dynamic_decode),
        ("encode: dynamic / declared", dynamic_encode),
    ] {
        let each = |time: std::time::Duration| time.as_secs_f64() * 1e9 / f64::from(MESSAGES);
        println!(
            "| {name} | {:.1} | {:.1} | {:.2} |",
            each(ours.time),
            each(other.time),
            ours.ratio
        );
    }
}

fn main() {
    let corpus = Corpus::new();
    print_ratios(&corpus);
    if std::env::args().any(|argument| argument == "--ratios") {
        return;
    }
    let mut criterion = Criterion::default().configure_from_args();
    let mut decode = criterion.benchmark_group("decode");
    decode.bench_function("declared", |b| b.iter(|| corpus.decode_declared()));
    decode.bench_function("hand-written", |b| b.iter(|| corpus.decode_hand_written()));
    decode.bench_function("dynamic", |b| b.iter(|| corpus.decode_dynamic()));
    decode.finish();
    let mut encode = criterion.benchmark_group("encode");
    let mut out = Vec::new();
    encode.bench_function("declared", |b| b.iter(|| corpus.encode_declared(&mut out)));
    encode.bench_function("hand-written", |b| {
        b.iter(|| corpus.encode_hand_written(&mut out));
    });
    encode.bench_function("dynamic", |b| b.iter(|| corpus.encode_dynamic(&mut out)));
    encode.finish();
}
