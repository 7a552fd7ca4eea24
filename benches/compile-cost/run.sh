#!/usr/bin/env bash
# How long a protocol of 170 messages takes to compile, and how much code it
# becomes, beside deku and binrw: the same declarations, generated, each in a
# crate whose dependencies are compiled before. Prints a Markdown table.
set -euo pipefail
cd "$(dirname "$0")/../.."

messages=170
work=${CARGO_TARGET_DIR:-$PWD/target}/compile-cost
mkdir -p "$work"

# Three to five fields each; every third message has a list, every fourth bytes.
fields() { # message, attribute of a list's count, attribute of bytes' count
    local message=$1
    echo "        serial: u32,"
    echo "        game: u32,"
    for field in $(seq 1 $((1 + message % 3))); do
        local types=(u8 u16 u32 u64)
        echo "        field_$field: ${types[(message + field) % 4]},"
    done
    if ((message % 3 == 0)); then "$2" items u16 u32; fi
    if ((message % 4 == 0)); then "$3" data u16 u8; fi
}

counted_pickler() {
    echo "        #[pickle(count = $2)]"
    echo "        $1: Vec<$3>,"
}
counted_deku() {
    echo "        #[deku(update = \"$1.len()\")]"
    echo "        $1_count: $2,"
    echo "        #[deku(count = \"$1_count\")]"
    echo "        $1: Vec<$3>,"
}
counted_binrw() {
    echo "        #[br(temp)]"
    echo "        #[bw(calc = $1.len() as $2)]"
    echo "        $1_count: $2,"
    echo "        #[br(count = $1_count)]"
    echo "        $1: Vec<$3>,"
}

variants() { # how a tag is said, how a list is said
    for message in $(seq 1 $messages); do
        # shellcheck disable=SC2059
        printf "    $1\n    Message$message {\n" "$message"
        fields "$message" "$2" "$2"
        echo "    },"
    done
}

write_pickler() {
    echo "#[derive(pickler::Pickle)]"
    echo "#[pickle(tag = u8)]"
    echo "pub enum Message {"
    variants "#[pickle(tag = %d)]" counted_pickler
    echo "}"
    echo "pub fn read(bytes: &[u8]) -> Option<Message> { pickler::decode(bytes).ok() }"
    echo "pub fn write(message: &Message, out: &mut Vec<u8>) -> bool {"
    echo "    pickler::encode_into(message, out).is_ok()"
    echo "}"
}
write_deku() {
    echo "use deku::prelude::*;"
    echo "#[derive(DekuRead, DekuWrite)]"
    echo "#[deku(id_type = \"u8\", endian = \"big\")]"
    echo "pub enum Message {"
    variants "#[deku(id = \"%d\")]" counted_deku
    echo "}"
    echo "pub fn read(bytes: &[u8]) -> Option<Message> {"
    echo "    Message::from_bytes((bytes, 0)).ok().map(|(_, message)| message)"
    echo "}"
    echo "pub fn write(message: &Message) -> Option<Vec<u8>> { message.to_bytes().ok() }"
}
write_binrw() {
    echo "use binrw::{BinRead, BinWrite, binrw, io::Cursor};"
    echo "#[binrw]"
    echo "#[brw(big)]"
    echo "pub enum Message {"
    variants "#[brw(magic = %du8)]" counted_binrw
    echo "}"
    echo "pub fn read(bytes: &[u8]) -> Option<Message> { Message::read(&mut Cursor::new(bytes)).ok() }"
    echo "pub fn write(message: &Message, out: &mut Vec<u8>) -> bool {"
    echo "    message.write(&mut Cursor::new(out)).is_ok()"
    echo "}"
}

declare -A dependency=(
    [pickler]="pickler = { path = \"$PWD/pickler\", features = [\"std\", \"derive\"] }"
    [deku]='deku = "0.20.3"'
    [binrw]='binrw = "0.15.2"'
)

# Time of the processor, of all the compiler's threads together: it says the same
# on a machine that does other work. In turns, three times; the least counts.
declare -A seconds text
for toolkit in pickler deku binrw; do
    crate=$work/$toolkit
    mkdir -p "$crate/src"
    cat >"$crate/Cargo.toml" <<MANIFEST
[package]
name = "of-$toolkit"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
${dependency[$toolkit]}
MANIFEST
    "write_$toolkit" >"$crate/src/lib.rs"
    CARGO_TARGET_DIR=$work/target cargo build --quiet --release --manifest-path "$crate/Cargo.toml"
done
for _ in 1 2 3; do
    for toolkit in pickler deku binrw; do
        crate=$work/$toolkit
        touch "$crate/src/lib.rs"
        TIMEFORMAT=%U
        took=$({ time CARGO_TARGET_DIR=$work/target cargo build --quiet --release \
            --manifest-path "$crate/Cargo.toml"; } 2>&1 | tail -n 1 | tr -d .)
        if [[ -z ${seconds[$toolkit]:-} ]] || ((10#$took < 10#${seconds[$toolkit]})); then
            seconds[$toolkit]=$took
        fi
    done
done

echo "| $messages messages | to compile, in release, processor seconds | \`.text\`, bytes |"
echo "|---|---|---|"
for toolkit in pickler deku binrw; do
    text[$toolkit]=$(size -A "$work/target/release/libof_$toolkit.rlib" 2>/dev/null |
        awk '$1 ~ /^\.text/ { sum += $2 } END { print sum }')
    took=$((10#${seconds[$toolkit]}))
    printf '| %s | %d.%d | %d |\n' "$toolkit" $((took / 1000)) $((took % 1000 / 100)) \
        "${text[$toolkit]}"
done
