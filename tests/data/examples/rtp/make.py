"""RTP packets, as scapy 2.8.0 makes them and reads them; elements of header
extensions as tshark 4.0.17 reads them."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample import hexed, write
from scapy.layers.inet import IP, UDP
from scapy.layers.l2 import Ether
from scapy.layers.rtp import RTP, RTPExtension
from scapy.utils import wrpcap


def dissected(data):
    """What tshark says of it."""
    with tempfile.TemporaryDirectory() as folder:
        capture = f"{folder}/one.pcap"
        wrpcap(capture, Ether(dst="02:00:00:00:00:01") / IP(src="192.0.2.1", dst="192.0.2.2") / UDP(sport=5004, dport=5004) / data)
        command = ["tshark", "-r", capture, "-d", "udp.port==5004,rtp", "-T", "json", "--no-duplicate-keys"]
        shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(shown)[0]["_source"]["layers"]["rtp"]


def elements(shown, header):
    """The elements of a header extension as tshark tells them, each behind `header`
    bytes, and what is left of it: padding, which is the last in all samples."""
    tree = shown["rtp.hdr_exts"]
    named, = (it for name, it in tree.items() if name.startswith("RFC 5285"))
    data = lambda it: bytes.fromhex(it.get("rtp.ext.rfc5285.data", "").replace(":", ""))
    found = [(int(it["rtp.ext.rfc5285.id"]), int(it["rtp.ext.rfc5285.len"]), data(it)) for it in named]
    assert all(len(data) == size for _, size, data in found)
    padding = 4 * int(shown["rtp.ext.len"]) - sum(header + size for _, size, _ in found)
    return found, ["PADDING"] * padding


def sample(name, packet):
    data = bytes(packet)
    it = RTP(data)
    shown = dissected(data)
    extension = None
    if RTPExtension in it:
        part = it[RTPExtension]
        words = list(part.header)
        fields = {"length": part.header_len}
        if part.header_id == 0xBEDE:
            found, padding = elements(shown, 1)
            name_of = "ONE_BYTE_HEADERS"
            fields["elements"] = [{"code": id, "fields": {"data": hexed(data)}} for id, _, data in found] + padding
        elif part.header_id >> 4 == 0x100:
            found, padding = elements(shown, 2)
            name_of = "TWO_BYTE_HEADERS"
            fields["elements"] = [{"code": id, "fields": hexed(data)} for id, _, data in found] + padding
        else:
            name_of = "PROFILE"
            fields["words"] = words
        extension = {"name": name_of, "code": part.header_id, "fields": fields}
    payload = bytes(it[RTPExtension].payload if RTPExtension in it else it.payload)
    assert (int(shown["rtp.seq"]), int(shown["rtp.timestamp"]), int(shown["rtp.ssrc"], 16)) == (it.sequence, it.timestamp, it.sourcesync)
    write(__file__, name, data, {
        "padding": bool(it.padding),
        "extension": it.extension,
        "csrc_count": it.numsync,
        "marker": bool(it.marker),
        "payload_type": it.payload_type,
        "sequence_number": it.sequence,
        "timestamp": it.timestamp,
        "ssrc": it.sourcesync,
        "csrcs": it.sync,
        "header_extension": extension,
        "payload": hexed(payload),
    })


one = dict(sequence=65535, timestamp=160, sourcesync=0xDEADBEEF)
sample("sound", RTP(payload_type=0, marker=1, **one) / bytes(range(32)))
sample("mixed", RTP(payload_type=8, sync=[1, 2, 0xFFFFFFFF], **one) / b"voices")
sample("padded", RTP(payload_type=96, padding=1, **one) / (b"video" + bytes([0, 0, 3])))
sample("profile", RTP(payload_type=96, extension=1, **one) / RTPExtension(header_id=0xABAC, header=[0x01020304, 5]) / b"onvif")
sample("one_byte_headers", RTP(payload_type=111, extension=1, **one) / RTPExtension(header_id=0xBEDE, header=[0x10AA2210, 0x20305101, 0x02000000]) / b"opus")
sample("two_byte_headers", RTP(payload_type=111, extension=1, **one) / RTPExtension(header_id=0x1000, header=[0x01020A0B, 0x05000601, 0x07000000]) / b"opus")
