"""Captures, as text2pcap, editcap (Wireshark 4.0.17) and dpkt 1.9.8 write them, and what
tshark, capinfos and dpkt read in them."""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import dpkt
from sample import hexed, write

LINK_TYPES = {1: "ETHERNET", 101: "RAW", 147: "USER0", 276: "LINUX_SLL2"}
MAGIC = {
    (">", 6): "MICROSECONDS",
    ("<", 6): "MICROSECONDS_LITTLE_ENDIAN",
    (">", 9): "NANOSECONDS",
    ("<", 9): "NANOSECONDS_LITTLE_ENDIAN",
}


def run(*words, data=b""):
    return subprocess.run(words, input=data, check=True, capture_output=True).stdout


def expected(data):
    """Times and lengths are tshark's; bytes, and what the header says, dpkt's."""
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        file.write(data)
        file.flush()
        names = ["frame.time_epoch", "frame.cap_len", "frame.len"]
        fields = [word for name in names for word in ("-e", name)]
        shown = run("tshark", "-r", file.name, "-T", "fields", *fields).decode().splitlines()
    reader = dpkt.pcap.Reader(io.BytesIO(data))
    header = reader._Reader__fh
    digits = {1e6: 6, 1e9: 9}[float(reader._divisor)]
    packets = []
    for line, (_, held) in zip(shown, reader, strict=True):
        time, captured, length = line.split("\t")
        seconds, fraction = time.split(".")
        packets.append(
            {
                "seconds": int(seconds),
                "fraction": int(fraction[:digits]),
                "captured_length": int(captured),
                "original_length": int(length),
                "data": hexed(held),
            }
        )
    order = "<" if isinstance(header, (dpkt.pcap.LEFileHdr)) else ">"
    return {
        "magic": MAGIC[order, digits],
        "header": {
            "major_version": header.v_major,
            "minor_version": header.v_minor,
            "reserved1": header.thiszone,
            "reserved2": header.sigfigs,
            "snap_len": header.snaplen,
            "link_type": LINK_TYPES[header.linktype],
        },
        "packets": packets,
    }


def sample(name, data):
    write(__file__, name, data, expected(data))


if __name__ == "__main__":
    dump = b"""2026-11-23T05:59:59.000001Z
0000 ff ff ff ff ff ff 02 00 5e 10 00 01 08 06 00 01
0010 08 00 06 04 00 01 02 00 5e 10 00 01 c0 00 02 01
0020 00 00 00 00 00 00 c0 00 02 02
2026-11-23T06:00:00.5Z
0000 02 00 5e 10 00 01 52 54 00 12 34 56 08 06 00 01
"""
    times = ["-t", "%Y-%m-%dT%H:%M:%S.%fZ"]
    with tempfile.TemporaryDirectory() as folder:
        made, edited = f"{folder}/it.pcap", f"{folder}/edited.pcap"

        def changed(*words):
            run("editcap", *words, made, edited)
            return Path(edited).read_bytes()

        run("text2pcap", "-F", "pcap", *times, "-", made, data=dump)
        sample("microseconds", Path(made).read_bytes())
        sample("nanoseconds_cut", changed("-F", "nsecpcap", "-s", "20"))
        sample("user_link_type", changed("-F", "pcap", "-T", "user0", "-t", "0.25"))
    file = io.BytesIO()
    writer = dpkt.pcap.Writer(file, snaplen=96, linktype=101)
    writer.writepkt(bytes.fromhex("4500001400000000401100007f0000017f000001"), 1_700_000_000.75)
    little = file.getvalue()
    header = dpkt.pcap.FileHdr(snaplen=96, linktype=276)
    packet = dpkt.pcap.PktHdr(tv_sec=1_700_000_000, tv_usec=999_999, caplen=4, len=1500)
    sample("big_endian", bytes(header) + bytes(packet) + b"\1\2\3\4")
    header = dpkt.pcap.FileHdr(magic=dpkt.pcap.TCPDUMP_MAGIC_NANO, snaplen=65535, linktype=1)
    packet = dpkt.pcap.PktHdr(tv_sec=1, tv_usec=999_999_999, caplen=0, len=0)
    sample("big_endian_nanoseconds", bytes(header) + bytes(packet))
    sample("raw", little)
