//! Five shapes of exact format: what the derive makes, the best that we can
//! write by hand, and other toolkits.
//!
//! `cargo bench -p pickler-benches --bench shapes` prints Markdown tables of
//! medians over rounds in turns, in ns a message, with the ratio to the limit.

use pickler_benches::contest::{self, Contender, Frames, Times};
use pickler_benches::numbers::Numbers;
use pickler_benches::shapes::declared::{Batch, PlayerInfoRef};
use pickler_benches::shapes::{limit, samples};

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

macro_rules! cell {
    ($name:literal, $values:ident, $each:expr, $encode:ident, $decode:ident) => {{
        let frames = frames(&$values);
        let contenders = [
            Contender::new("limit")
                .encode($values.clone(), &frames, limit::$encode)
                .decode(&$values, &frames, limit::$decode),
            Contender::new("ours")
                .encode($values.clone(), &frames, |value, out| {
                    pickler::encode_into(value, out)
                })
                .decode(&$values, &frames, |bytes| pickler::decode(bytes)),
        ];
        Cell {
            name: $name,
            encode: contest::encode(&contenders, rounds(), frames.len(), $each),
            decode: contest::decode(&contenders, rounds(), frames.len(), $each),
        }
    }};
}

fn main() {
    let n = &mut Numbers::new(7);
    let bets: Vec<_> = (0..VALUES).map(|_| samples::notify_bet(n)).collect();
    let players: Vec<_> = (0..VALUES).map(|_| samples::player_info(n)).collect();
    let tables: Vec<_> = (0..VALUES).map(|_| samples::seats(n)).collect();
    let batches: Vec<_> = (0..BATCHES)
        .map(|_| Batch {
            messages: (0..MESSAGES).map(|_| samples::message(n)).collect(),
        })
        .collect();
    let headers: Vec<_> = (0..VALUES).map(|_| samples::bit_header(n)).collect();
    let cells = [
        cell!("NotifyBet", bets, 1, encode_notify_bet, decode_notify_bet),
        cell!(
            "PlayerInfo",
            players,
            1,
            encode_player_info,
            decode_player_info
        ),
        cell!("Seats", tables, 1, encode_seats, decode_seats),
        cell!("Batch", batches, MESSAGES, encode_batch, decode_batch),
        cell!(
            "BitHeader",
            headers,
            1,
            encode_bit_header,
            decode_bit_header
        ),
    ];
    let names = ["limit", "ours"];
    let columns = cells
        .each_ref()
        .map(|cell| (cell.name, cell.encode.clone()));
    contest::print_table("encode, reused `Vec`", &names, &columns);
    let columns = cells
        .each_ref()
        .map(|cell| (cell.name, cell.decode.clone()));
    contest::print_table("decode, owned", &names, &columns);
    borrowed(&players);
}

fn borrowed(players: &[pickler_benches::shapes::declared::PlayerInfo]) {
    let values: Vec<_> = players
        .iter()
        .map(|it| PlayerInfoRef {
            player: it.player,
            in_play: it.in_play,
            nick: &it.nick,
            location: &it.location,
        })
        .collect();
    let frames = frames(players);
    let contenders = [
        Contender::new("limit").decode(&values, &frames, limit::decode_player_info_ref),
        Contender::new("ours").decode(&values, &frames, pickler::decode),
    ];
    let times = contest::decode(&contenders, rounds(), frames.len(), 1);
    contest::print_table(
        "decode, borrowed",
        &["limit", "ours"],
        &[("PlayerInfo", times)],
    );
}
