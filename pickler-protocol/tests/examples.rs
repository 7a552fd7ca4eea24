//! The bundled specs of well-known formats, in place: each is compiled, and its types
//! read and write samples.
#![allow(dead_code, clippy::all, clippy::pedantic, reason = "generated")]

use std::fs;
use std::path::Path;

use pickler::PickleOwned;

/// Reads all samples of a format, and writes each again; how many there were.
fn samples<T: PickleOwned>(name: &str) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/examples");
    let files = fs::read_dir(folder.join(name)).expect("samples");
    let files = files.map(|file| file.expect("a sample").path());
    let files = files.filter(|file| file.extension().is_some_and(|it| it == "bin"));
    let mut count = 0;
    for file in files {
        let bytes = fs::read(&file).expect("a sample");
        let value: T =
            pickler::decode(&bytes).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
        let written = pickler::encode(&value);
        assert!(written.is_ok(), "{}: {written:?}", file.display());
        count += 1;
    }
    count
}

macro_rules! examples {
    ($($name:ident: $root:ident in $file:literal;)*) => { $(
        mod $name {
            pickler_protocol::protocol!($file);

            #[test]
            fn types_read_and_write_samples() {
                assert_ne!(super::samples::<$root>(stringify!($name)), 0);
                assert_eq!(protocol().name, stringify!($name));
            }
        }
    )* };
}

examples! {
    adsb: ExtendedSquitter in "../protocols/spec/examples/adsb.pickler";
    arp: Packet in "../protocols/spec/examples/arp.pickler";
    dhcp: Message in "../protocols/spec/examples/dhcp.pickler";
    dns: Message in "../protocols/spec/examples/dns.pickler";
    elf: Elf in "../protocols/spec/examples/elf.pickler";
    gif: Gif in "../protocols/spec/examples/gif.pickler";
    icmp: Message in "../protocols/spec/examples/icmp.pickler";
    ipv4: Datagram in "../protocols/spec/examples/ipv4.pickler";
    ipv6: Packet in "../protocols/spec/examples/ipv6.pickler";
    itch: File in "../protocols/spec/examples/itch.pickler";
    messagepack: Object in "../protocols/spec/examples/messagepack.pickler";
    mqtt: Packet in "../protocols/spec/examples/mqtt.pickler";
    ntp: Message in "../protocols/spec/examples/ntp.pickler";
    pcap: Capture in "../protocols/spec/examples/pcap.pickler";
    png: Png in "../protocols/spec/examples/png.pickler";
    protobuf: Message in "../protocols/spec/examples/protobuf.pickler";
    rtp: Packet in "../protocols/spec/examples/rtp.pickler";
    sqlite: Database in "../protocols/spec/examples/sqlite.pickler";
    tcp: OverIpv4 in "../protocols/spec/examples/tcp.pickler";
    tls_client_hello: PlaintextRecord in "../protocols/spec/examples/tls_client_hello.pickler";
    udp: OverIpv4 in "../protocols/spec/examples/udp.pickler";
    wav: Riff in "../protocols/spec/examples/wav.pickler";
    websocket: Frame in "../protocols/spec/examples/websocket.pickler";
    zip: Zip in "../protocols/spec/examples/zip.pickler";
}
