//! Traces: what bots say and do, one line each.
//!
//! A bot never waits for its trace to be written, and what is not written yet
//! never grows past a bound: a line that finds no room is dropped and counted,
//! and the trace says how many lacked where they lack.

use std::fmt;
use std::io::Write;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How much a line of the trace matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A bot has failed.
    Error,
    /// Something is odd.
    Warn,
    /// What a reader of the run wants to know.
    Info,
    /// What a script's author wants to know.
    Debug,
    /// Every message, as it comes and goes.
    Packet,
}

/// A level that there is not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no level `{0}`: use error, warn, info, debug or packet")]
pub struct UnknownLevel(String);

/// Names with `*` for any text, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Box<str>);

/// What is traced.
#[derive(Clone, Debug)]
pub struct TraceConfig {
    /// Lines that matter at least so much; `None` traces nothing.
    pub level: Option<Level>,
    /// Only bots with such a name.
    pub bots: Option<Pattern>,
    /// At level [`Level::Packet`], only messages with such a name.
    pub messages: Option<Pattern>,
    /// How many lines may wait to be written.
    pub capacity: usize,
}

/// Takes lines; one for each shard, cheap to clone.
#[derive(Clone)]
pub struct Tracer {
    config: Arc<TraceConfig>,
    lines: Option<SyncSender<String>>,
    dropped: Arc<Dropped>,
}

/// Writes the lines of all tracers, until the last of them is dropped.
pub struct TraceSink {
    writer: Option<JoinHandle<()>>,
    dropped: Arc<Dropped>,
}

#[derive(Default)]
struct Dropped {
    all: AtomicU64,
    /// Those that the trace has not yet mentioned.
    unsaid: AtomicU64,
}

/// The most bytes of a line that are kept.
const LINE_BYTES: usize = 2048;

impl Level {
    /// The level's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Packet => "packet",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(name: &str) -> Result<Self, UnknownLevel> {
        [
            Self::Error,
            Self::Warn,
            Self::Info,
            Self::Debug,
            Self::Packet,
        ]
        .into_iter()
        .find(|level| level.name() == name)
        .ok_or_else(|| UnknownLevel(name.into()))
    }
}

impl Pattern {
    /// A pattern such as `bot1*`.
    pub fn new(pattern: &str) -> Self {
        Self(pattern.into())
    }

    /// The name is of this pattern.
    pub fn matches(&self, name: &str) -> bool {
        let mut pieces = self.0.split('*');
        let first = pieces.next().unwrap_or_default();
        let Some(mut rest) = name.strip_prefix(first) else {
            return false;
        };
        let mut last = None;
        for piece in pieces {
            if let Some(middle) = last.replace(piece) {
                match rest.find(middle) {
                    Some(at) => rest = &rest[at + middle.len()..],
                    None => return false,
                }
            }
        }
        last.map_or(rest.is_empty(), |piece: &str| rest.ends_with(piece))
    }
}

impl Default for TraceConfig {
    fn default() -> Self {
        Self {
            level: None,
            bots: None,
            messages: None,
            capacity: 4096,
        }
    }
}

impl Tracer {
    /// A tracer, and the thread that writes its lines to `out`.
    pub fn new(config: TraceConfig, out: impl Write + Send + 'static) -> (Self, TraceSink) {
        let dropped = Arc::new(Dropped::default());
        let (lines, writer) = if config.level.is_some() {
            let (sender, receiver) = sync_channel(config.capacity.max(1));
            let unsaid = dropped.clone();
            let writer = std::thread::spawn(move || write_lines(&receiver, &unsaid, out));
            (Some(sender), Some(writer))
        } else {
            (None, None)
        };
        let tracer = Self {
            config: Arc::new(config),
            lines,
            dropped: dropped.clone(),
        };
        (tracer, TraceSink { writer, dropped })
    }

    /// Traces nothing.
    pub fn off() -> Self {
        Self::new(TraceConfig::default(), std::io::sink()).0
    }

    /// Some bot's lines of this level are wanted: worth asking further.
    pub fn wants(&self, level: Level) -> bool {
        self.config.level.is_some_and(|least| level <= least)
    }

    /// This bot's lines of this level are wanted.
    pub fn wants_bot(&self, level: Level, bot: &str) -> bool {
        let named = |pattern: &Pattern| pattern.matches(bot);
        self.wants(level) && self.config.bots.as_ref().is_none_or(named)
    }

    /// This bot's messages of this name are wanted.
    pub fn wants_packet(&self, bot: &str, message: &str) -> bool {
        let named = |pattern: &Pattern| pattern.matches(message);
        self.wants_bot(Level::Packet, bot) && self.config.messages.as_ref().is_none_or(named)
    }

    /// Takes a line; never waits.
    pub fn line(&self, at: Duration, level: Level, bot: &str, text: &dyn fmt::Display) {
        let Some(lines) = &self.lines else { return };
        let mut line = format!("{:10.3} {level:<6} {bot}: {text}", at.as_secs_f64());
        if line.len() > LINE_BYTES {
            let end = (0..=LINE_BYTES)
                .rev()
                .find(|end| line.is_char_boundary(*end));
            line.truncate(end.unwrap_or(0));
            line.push('…');
        }
        if let Err(TrySendError::Full(_)) = lines.try_send(line) {
            self.dropped.all.fetch_add(1, Ordering::Relaxed);
            self.dropped.unsaid.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl TraceSink {
    /// Waits until all lines are written; gives how many were dropped. All
    /// tracers must be gone.
    pub fn finish(mut self) -> u64 {
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has no more to write.
            let _ = writer.join();
        }
        self.dropped.all.load(Ordering::Relaxed)
    }
}

fn write_lines(lines: &Receiver<String>, dropped: &Dropped, mut out: impl Write) {
    let say_dropped = |out: &mut dyn Write| {
        let count = dropped.unsaid.swap(0, Ordering::Relaxed);
        if count > 0 {
            // As below.
            let _ = writeln!(
                out,
                "… {count} lines dropped: more came than could be written"
            );
        }
    };
    while let Ok(line) = lines.recv() {
        // A trace that cannot be written must not end the run.
        let _ = writeln!(out, "{line}");
        say_dropped(&mut out);
    }
    say_dropped(&mut out);
    let _ = out.flush();
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::sync::{Mutex, PoisonError};

    use super::*;

    /// A writer that stands still until it is told to go on.
    struct Slow {
        go: Receiver<()>,
        written: Arc<Mutex<Vec<u8>>>,
    }

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let _ = self.go.recv();
            let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            written.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn slow() -> (Slow, Sender<()>, Arc<Mutex<Vec<u8>>>) {
        let (sender, go) = channel();
        let written = Arc::default();
        let slow = Slow {
            go,
            written: Arc::clone(&written),
        };
        (slow, sender, written)
    }

    #[test]
    fn a_full_trace_drops_lines_counts_them_and_says_so() {
        let (out, go, written) = slow();
        let config = TraceConfig {
            level: Some(Level::Info),
            capacity: 10,
            ..TraceConfig::default()
        };
        let (tracer, sink) = Tracer::new(config, out);
        for number in 0..1000 {
            tracer.line(Duration::ZERO, Level::Info, "bot1", &number);
        }
        drop(go);
        drop(tracer);
        let dropped = sink.finish();
        // Ten waited, and one may have been with the writer.
        assert!((989..=990).contains(&dropped), "{dropped}");
        let written = written.lock().unwrap();
        let text = String::from_utf8_lossy(&written);
        assert!(text.contains("bot1: 0\n"));
        assert!(text.contains(&format!("{dropped} lines dropped")), "{text}");
    }

    #[test]
    fn long_lines_are_cut() {
        let written: Arc<Mutex<Vec<u8>>> = Arc::default();
        let (sender, receiver) = channel();
        drop(sender);
        let out = Slow {
            go: receiver,
            written: Arc::clone(&written),
        };
        let config = TraceConfig {
            level: Some(Level::Info),
            ..TraceConfig::default()
        };
        let (tracer, sink) = Tracer::new(config, out);
        tracer.line(Duration::ZERO, Level::Info, "b", &"é".repeat(10_000));
        drop(tracer);
        sink.finish();
        assert!(written.lock().unwrap().len() < LINE_BYTES + 10);
    }

    #[test]
    fn levels_and_names_filter() {
        let config = TraceConfig {
            level: Some(Level::Packet),
            bots: Some(Pattern::new("bot1*")),
            messages: Some(Pattern::new("*CHAT")),
            ..TraceConfig::default()
        };
        let (tracer, _sink) = Tracer::new(config, std::io::sink());
        assert!(tracer.wants_bot(Level::Debug, "bot12"));
        assert!(!tracer.wants_bot(Level::Debug, "bot2"));
        assert!(tracer.wants_packet("bot1", "POKER_CHAT"));
        assert!(!tracer.wants_packet("bot1", "POKER_CALL"));
        assert!(!Tracer::off().wants(Level::Error));
    }

    #[test]
    fn patterns_match_whole_names() {
        for (pattern, name, matches) in [
            ("bot1", "bot1", true),
            ("bot1", "bot12", false),
            ("bot*", "bot12", true),
            ("*12", "bot12", true),
            ("b*t*2", "bot12", true),
            ("b*x*2", "bot12", false),
            ("*", "", true),
            ("a*a", "a", false),
        ] {
            assert_eq!(
                Pattern::new(pattern).matches(name),
                matches,
                "{pattern} {name}"
            );
        }
    }
}
