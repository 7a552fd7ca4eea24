//! Five shapes of exact format: what the derive makes, the best that we can
//! write by hand, and other toolkits.
//!
//! `cargo bench -p pickler-benches --bench shapes` prints Markdown tables of
//! medians over rounds in turns, in ns a message, with the ratio to the limit.

use pickler_benches::contest::{self, Contender, Frames, Times};
use pickler_benches::numbers::Numbers;
use pickler_benches::shapes::declared::{self, Batch, Message, PlayerInfoRef};
use pickler_benches::shapes::peers::{bin_proto, binrw, deku, speedy, wincode};
use pickler_benches::shapes::{limit, samples};

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(feature = "mimalloc")]
const ALLOCATOR_NAME: &str = "mimalloc";
#[cfg(not(feature = "mimalloc"))]
const ALLOCATOR_NAME: &str = "the system's";

const VALUES: usize = 512;
const BATCHES: usize = 4;
const MESSAGES: usize = 1_000;

/// One column of the tables.
struct Cell {
    name: &'static str,
    encode: Times,
    decode: Times,
}

fn frames<T: pickler::PickleOwned>(values: &[T]) -> Frames {
    let encode = |value| pickler::encode(value).expect("the samples fit their format");
    values.iter().map(encode).collect()
}

fn rounds() -> usize {
    let given = std::env::args().skip_while(|argument| argument != "--rounds");
    given.skip(1).find_map(|it| it.parse().ok()).unwrap_or(301)
}

const NAMES: [&str; 7] = [
    "limit",
    "`#[derive(Pickle)]`",
    "wincode 0.6",
    "speedy 0.8",
    "binrw 0.15",
    "bin-proto 0.12",
    "deku 0.20",
];

/// A codec that takes part with values of its own type.
macro_rules! peer {
    ($name:expr, $frames:ident, $values:expr, $encode:expr, $decode:expr) => {{
        let values: Vec<_> = $values;
        Contender::new($name)
            .decode(&values, $frames, |bytes| $decode(bytes))
            .encode(values, $frames, |value, out| $encode(value, out))
    }};
}

/// Limit and derive.
macro_rules! ours {
    ($frames:ident, $values:ident, $encode:ident, $decode:ident) => {
        [
            peer!(
                NAMES[0],
                $frames,
                $values.to_vec(),
                limit::$encode,
                limit::$decode
            ),
            peer!(
                NAMES[1],
                $frames,
                $values.to_vec(),
                pickler::encode_into,
                pickler::decode
            ),
        ]
    };
}

/// The others, with one variant of their messages.
fn message_peers<'a>(frames: &'a Frames, messages: &[Message]) -> Vec<Contender<'a>> {
    macro_rules! all {
        ($($name:literal $peer:ident)*) => {
            vec![$(peer!(
                NAMES[$name],
                frames,
                messages.iter().map($peer::Message::from).collect(),
                $peer::encode,
                $peer::decode
            )),*]
        };
    }
    all!(2 wincode 3 speedy 4 binrw 5 bin_proto 6 deku)
}

fn cell(name: &'static str, contenders: &[Contender<'_>], frames: &Frames, each: usize) -> Cell {
    Cell {
        name,
        encode: contest::encode(contenders, rounds(), frames.len(), each),
        decode: contest::decode(contenders, rounds(), frames.len(), each),
    }
}

fn batch() -> Cell {
    let n = &mut Numbers::new(8);
    let values: Vec<_> = (0..BATCHES)
        .map(|_| Batch {
            messages: (0..MESSAGES).map(|_| samples::message(n)).collect(),
        })
        .collect();
    let frames = &frames(&values);
    let mut contenders = Vec::from(ours!(frames, values, encode_batch, decode_batch));
    macro_rules! add {
        ($name:literal $peer:ident $encode:ident $decode:ident) => {
            contenders.push(peer!(
                NAMES[$name],
                frames,
                values.iter().map($peer::Batch::from).collect(),
                $peer::$encode,
                $peer::$decode
            ));
        };
    }
    add!(2 wincode encode_batch decode_batch);
    add!(3 speedy encode decode);
    add!(4 binrw encode_batch decode_batch);
    add!(5 bin_proto encode decode);
    add!(6 deku encode decode);
    cell("Batch", &contenders, frames, MESSAGES)
}

fn bit_header() -> Cell {
    let n = &mut Numbers::new(9);
    let values: Vec<_> = (0..VALUES).map(|_| samples::bit_header(n)).collect();
    let frames = &frames(&values);
    let mut contenders = Vec::from(ours!(frames, values, encode_bit_header, decode_bit_header));
    contenders.extend([2, 3, 4].map(|name| Contender::new(NAMES[name])));
    contenders.push(peer!(
        NAMES[5],
        frames,
        values.iter().map(bin_proto::BitHeader::from).collect(),
        bin_proto::encode,
        bin_proto::decode
    ));
    contenders.push(peer!(
        NAMES[6],
        frames,
        values.iter().map(deku::BitHeader::from).collect(),
        deku::encode,
        deku::decode
    ));
    cell("BitHeader", &contenders, frames, 1)
}

/// A cell of one kind of message: alone it is a struct, for the others a
/// variant.
macro_rules! message_cell {
    ($type:ident { $($field:ident),* } $sample:ident $encode:ident $decode:ident) => {{
        let n = &mut Numbers::new(7);
        let values: Vec<_> = (0..VALUES).map(|_| samples::$sample(n)).collect();
        let messages: Vec<_> = values
            .iter()
            .map(|it| {
                let declared::$type { $($field),* } = it.clone();
                Message::$type { $($field),* }
            })
            .collect();
        let frames = &frames(&values);
        let mut contenders = Vec::from(ours!(frames, values, $encode, $decode));
        contenders.extend(message_peers(frames, &messages));
        cell(stringify!($type), &contenders, frames, 1)
    }};
}

fn main() {
    let cells = [
        message_cell!(NotifyBet { game, player, amount, sequence }
            notify_bet encode_notify_bet decode_notify_bet),
        message_cell!(PlayerInfo { player, in_play, nick, location }
            player_info encode_player_info decode_player_info),
        message_cell!(Seats { game, seats } seats encode_seats decode_seats),
        batch(),
        bit_header(),
    ];
    println!("Allocator: {ALLOCATOR_NAME}. Times in ns a message, ratios to the limit.\n");
    let columns = cells.each_ref().map(|it| (it.name, it.encode.clone()));
    contest::print_table("encode, reused `Vec`", &NAMES, &columns);
    let columns = cells.each_ref().map(|it| (it.name, it.decode.clone()));
    contest::print_table("decode, owned", &NAMES, &columns);
    borrowed();
}

fn borrowed() {
    let n = &mut Numbers::new(7);
    let players: Vec<_> = (0..VALUES).map(|_| samples::player_info(n)).collect();
    let values: Vec<_> = players
        .iter()
        .map(|it| PlayerInfoRef {
            player: it.player,
            in_play: it.in_play,
            nick: &it.nick,
            location: &it.location,
        })
        .collect();
    let frames = frames(&players);
    let contenders = [
        Contender::new("limit").decode(&values, &frames, limit::decode_player_info_ref),
        Contender::new(NAMES[1]).decode(&values, &frames, pickler::decode),
    ];
    let times = contest::decode(&contenders, rounds(), frames.len(), 1);
    contest::print_table("decode, borrowed", &NAMES[..2], &[("PlayerInfo", times)]);
}
