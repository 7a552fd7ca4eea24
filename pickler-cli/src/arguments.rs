//! What the program takes.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::paint::ColorChoice;

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 what was checked does not hold; 2 wrong use, bad input or \
a failure, told in one line on standard error.";

/// Declared binary formats at the command line.
///
/// A format is declared once; this shows what a declaration makes of bytes, and
/// which bytes it makes of values.
#[derive(Parser)]
#[command(name = "pickler", version, after_help = EXIT_CODES, after_long_help = EXAMPLES)]
pub struct Arguments {
    /// When to use colours; `NO_COLOR` in the environment is honoured.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    pub color: ColorChoice,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  pickler list
  pickler decode --protocol pokersource 45000f00000007000000010000000a
  pickler encode --protocol pokersource '{\"name\":\"POKER_RAISE\",\"fields\":{\"amount\":10}}'
  pickler vectors check --protocol pokersource vectors.jsonl
  pickler export --protocol pokersource --format spec
  pickler diff pokersource pokersource3

Exit codes: 0 done; 1 what was checked does not hold; 2 wrong use, bad input or
a failure, told in one line on standard error.";

const LSP: &str = "\
Editors start it. They show mistakes while a spec is written, format it, tell what
is under the cursor, go to definitions, list them, and complete words. With the
initialization option `pages` the number of a mistake is a link to its page in that
folder, such as `file:///src/pickler/docs/errors`.

Exit codes: 0 the editor shut it down; 1 it said `exit` without; 2 the input is
not that of an editor.";

/// What the program can do.
#[derive(Subcommand)]
pub enum Command {
    /// Lists the built-in protocols, and how many messages each has.
    List(List),
    /// Shows the frames in some bytes, each as a line of JSON.
    Decode(Decode),
    /// Writes JSON messages as frames, each as a line of hex digits.
    Encode(Encode),
    /// Shows the messages in captured traffic.
    Pcap(Pcap),
    /// Opens a page in the browser that shows what bytes mean.
    View(View),
    /// Runs conformance vectors, or makes some.
    #[command(subcommand)]
    Vectors(VectorsCommand),
    /// Shows a protocol's other faces: spec, documents, dissectors, source.
    Export(Export),
    /// Tells what readers and writers of two versions do with each other's bytes.
    Diff(Diff),
    /// Formats specs, and finds their mistakes.
    Fmt(Fmt),
    /// Tells editors of specs what is wrong and what is meant, by the Language
    /// Server Protocol on standard input and output.
    #[command(after_help = LSP)]
    Lsp,
    /// Rewrites what is generated in this repository from the declarations.
    Regen(Regen),
    /// Prints what completes the program's arguments in a shell.
    Completions(Completions),
}

/// What can be done with conformance vectors.
#[derive(Subcommand)]
pub enum VectorsCommand {
    /// Checks that a protocol does what vectors say, both ways.
    Check(VectorsCheck),
    /// Makes vectors from a protocol's description.
    Make(VectorsMake),
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  pickler list
  pickler list --json
  pickler list --protocol pokersource")]
pub struct List {
    /// Print JSON: `[{"protocol","messages"}]`, or, of one protocol,
    /// `[{"name","code","fields"}]`.
    #[arg(long)]
    pub json: bool,
    /// List the messages of this protocol instead.
    #[arg(long, value_name = "PROTOCOL")]
    pub protocol: Option<String>,
}

#[derive(Args)]
#[command(after_help = "\
Each argument or line of input is a string of bytes that holds one frame or
several, one behind the other; a frame does not go on in the next line. Spaces,
line ends, colons and `0x` between the digits of an argument mean nothing. Of a
format that is no set of messages, each is one value, shown as JSON.

Bytes that are no text are shown as {\"$hex\":\"...\"}, integers of more than 64
bits as {\"$int\":\"...\"}, infinite numbers and NaN as {\"$float\":\"0x...\"}, the
bits of a double. A frame that is none is told of on standard error, in one line unless a person reads it there; the others
are shown all the same.

Examples:
  pickler decode --protocol pokersource 050003
  pickler decode --protocol pokersource --explain 0600050001
  pickler decode --protocol pokersource --annotate '45 000f 00000007 00000001 0000000a'
  pickler decode --protocol pokersource --annotate --color always --file frames.bin
  zcat frames.hex.gz | pickler decode --protocol pokersource -")]
pub struct Decode {
    #[command(flatten)]
    pub protocol: ProtocolArgument,
    /// Expect this message, so that a frame of another is an error; or read this
    /// type of the format instead of its messages.
    #[arg(long, value_name = "NAME")]
    pub message: Option<String>,
    /// Show a dump of each frame instead, with every field named and the bits
    /// of fields within a byte underlined; of a bad frame, the part before what
    /// is wrong with it.
    #[arg(long)]
    pub annotate: bool,
    /// Show the bytes around each error, too, with those at fault underlined; as
    /// it is where standard error is a terminal.
    #[arg(long)]
    pub explain: bool,
    /// Read the bytes of a file as they are; `-` is standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "input")]
    pub file: Option<String>,
    /// Bytes as hex digits; `-`, or nothing, reads lines of them from standard
    /// input.
    #[arg(value_name = "HEX")]
    pub input: Vec<String>,
}

#[derive(Args)]
#[command(after_help = "\
Fields that are left out have their defaults. Bytes that are no text are given as
{\"$hex\":\"...\"}, integers of more than 64 bits as {\"$int\":\"...\"}, infinite numbers
and NaN as {\"$float\":\"0x...\"}, the bits of a double.

Examples:
  pickler encode --protocol pokersource '{\"name\":\"PING\"}'
  pickler encode --protocol pokersource '{\"name\":\"POKER_RAISE\",\"fields\":{\"amount\":10}}'
  pickler encode --protocol pokersource - < messages.jsonl")]
pub struct Encode {
    #[command(flatten)]
    pub protocol: ProtocolArgument,
    /// Messages as JSON objects `{"name","fields"}`; `-`, or nothing, reads
    /// lines of them from standard input.
    #[arg(value_name = "JSON")]
    pub input: Vec<String>,
}

#[derive(Args)]
#[command(after_help = "\
Each message is a line {\"time\",\"from\",\"to\",\"direction\",\"name\",\"code\",\"fields\"},
in the order in which the packets that complete them were captured; what is sent
before the first message is a line with \"handshake\". Connections are put
together from both directions' segments. What is missing is told of on standard
error, one line each with the packet and both ends, and it goes on where a message
can begin. A datagram of UDP is a message.

Link layers that are known: Ethernet, Linux cooked (SLL, SLL2), raw IP, loopback;
with tags of VLANs.

Examples:
  pickler pcap --protocol pokersource --port 19380 poker.pcapng
  pickler pcap --protocol pokersource --port 19380 --summary poker.pcapng
  zcat poker.pcap.gz | pickler pcap --protocol pokersource --port 19380 --annotate -")]
pub struct Pcap {
    #[command(flatten)]
    pub protocol: ProtocolArgument,
    /// The server's port.
    #[arg(long, value_name = "N")]
    pub port: u16,
    /// Show a dump of each message instead, with every field named.
    #[arg(long, conflicts_with = "summary")]
    pub annotate: bool,
    /// Show how many messages there are instead, and how many bytes they take,
    /// by name and direction.
    #[arg(long)]
    pub summary: bool,
    /// Show the summary as JSON:
    /// `[{"name","to_server":{"messages","bytes"},"to_client"}]`.
    #[arg(long, requires = "summary")]
    pub json: bool,
    /// A capture, pcap or pcapng; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub file: String,
}

#[derive(Args)]
#[command(after_help = "\
The page is where the first line of the output says. Paste hex digits into it, or
drop a file on it: of bytes, or a capture. A click on a field lights its bytes, a
click on bytes their field.

Only this machine reaches it unless `--listen` says otherwise; then whoever reaches
that address may look at what the specs describe. Ctrl-C ends it.

Examples:
  pickler view
  pickler view --protocol ./chat.pickler
  pickler view --listen 127.0.0.1:8080")]
pub struct View {
    /// Where the page is; port 0 is any that is free.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// Show this protocol first: the name of a built-in one, or the path of a
    /// spec, which is there beside the built-in ones then. May be given several
    /// times.
    #[arg(long, value_name = "PROTOCOL")]
    pub protocol: Vec<String>,
}

#[derive(Args)]
#[command(after_help = "\
A vector is a line {\"id\",\"name\",\"code\",\"fields\",\"hex\"}. It passes if its bytes
are read as its fields and its fields are written as its bytes, by the codec
compiled from the declaration and by the one that works from its description.

The last line says `N passed, M failed`. Exit code 1: a vector failed; 2: a line
is no vector.

Example:
  pickler vectors check --protocol pokersource vectors.jsonl")]
pub struct VectorsCheck {
    #[command(flatten)]
    pub protocol: ProtocolArgument,
    /// Files of vectors, one a line; `-` is standard input.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
}

#[derive(Args)]
#[command(after_help = "\
Of each message: the value that it has by default, the simplest, the greatest, and
random ones. The same for the same seed.

Example:
  pickler vectors make --protocol pokersource --seed 7 > vectors.jsonl")]
pub struct VectorsMake {
    #[command(flatten)]
    pub protocol: ProtocolArgument,
    /// What the random values follow from.
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// How many random values of each message.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub random: u16,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  pickler export --protocol pokersource --format spec
  pickler export --protocol my.pickler --format html -o my.html")]
pub struct Export {
    #[command(flatten)]
    pub protocol: ProtocolArgument,
    /// Which face.
    #[arg(long, value_enum)]
    pub format: Format,
    /// Write it to this file, not to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A face of a protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The spec: the text that is read as the same protocol.
    Spec,
    /// A document for people, with byte diagrams and examples.
    Markdown,
    /// A page for people, to be searched and clicked through: one file.
    Html,
    /// The whole description, for other programs.
    Json,
    /// A dissector for Wireshark, in Lua.
    Wireshark,
    /// A format for Kaitai Struct.
    Ksy,
    /// Types in Rust that declare the protocol.
    Rust,
    /// Conformance vectors, as `vectors make` makes them.
    Vectors,
}

#[derive(Args)]
#[command(after_help = "\
Each finding names the message, the field and why, and shows bytes that prove it. Where
no value is found that has what was changed, it says `not known`: that is no promise.

Exit codes: 0 readers and writers of both versions understand each other; 1 they do
not, or it is not known; 2 wrong use or bad input.

Examples:
  pickler diff pokersource pokersource3
  pickler diff released/my.pickler my.pickler --json")]
pub struct Diff {
    /// The old version: a built-in protocol's name, or the path of a spec.
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The new version, likewise.
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Print the report as JSON.
    #[arg(long, conflicts_with = "markdown")]
    pub json: bool,
    /// Print the report as Markdown.
    #[arg(long)]
    pub markdown: bool,
}

#[derive(Args)]
#[command(after_help = "\
Comments and literals are kept as they are. A spec with mistakes is formatted, too, and
they are told.

Exit codes: 0 all is well; 1 with `--check`, a file is not in the usual style; 2 a
spec has mistakes, or cannot be read.

Examples:
  pickler fmt my.pickler
  pickler fmt --check protocols/*.pickler")]
pub struct Fmt {
    /// Write nothing; name the files that are not in the usual style.
    #[arg(long)]
    pub check: bool,
    /// Specs.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
}

#[derive(Args)]
#[command(after_help = "\
What is written:
  protocols/spec/*.pickler    a spec of each built-in protocol
  docs/protocols/*.md         a document of each, and of what changed from
                              pokersource 2.0.0 to 3.0.0

Exit codes: 0 all is up to date, or was written; 1 with `--check`, something is not.

Examples:
  pickler regen
  pickler regen --check")]
pub struct Regen {
    /// Write nothing; show what differs from what is there.
    #[arg(long)]
    pub check: bool,
    /// The repository; by default, the one that the current folder is in.
    #[arg(long, value_name = "FOLDER")]
    pub root: Option<PathBuf>,
}

#[derive(Args)]
#[command(after_help = "\
Example:
  pickler completions bash > /etc/bash_completion.d/pickler")]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Which protocol.
#[derive(Args)]
pub struct ProtocolArgument {
    /// The protocol: the name of a built-in one (see `pickler list`), or the path
    /// of a spec.
    #[arg(long, value_name = "PROTOCOL")]
    pub protocol: String,
}

/// What is wrong with the arguments, in one line, and where to look.
pub fn in_one_line(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let before_usage = text
        .lines()
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
    let mut why = String::new();
    for line in before_usage.map(str::trim).filter(|line| !line.is_empty()) {
        why += match why.as_bytes().last() {
            None => "",
            Some(b':') => " ",
            Some(_) => "; ",
        };
        why += line;
    }
    let why = why.trim_start_matches("error: ");
    format!("{why}; see `pickler --help`")
}
