"""IPv4 datagrams, as scapy 2.8.0 makes them, and as it and dpkt 1.9.8 read them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import dpkt
from sample import hexed, write
from scapy.layers import inet
from scapy.layers.inet import ICMP, IP, UDP
from scapy.packet import Raw

NAMES = {
    inet.IPOption_EOL: "END_OF_OPTIONS",
    inet.IPOption_NOP: "NO_OPERATION",
    inet.IPOption_RR: "RECORD_ROUTE",
    inet.IPOption_LSRR: "LOOSE_SOURCE_ROUTE",
    inet.IPOption_SSRR: "STRICT_SOURCE_ROUTE",
    inet.IPOption_Timestamp: "TIMESTAMP",
    inet.IPOption_Security: "SECURITY",
    inet.IPOption_Stream_Id: "STREAM_IDENTIFIER",
    inet.IPOption_Router_Alert: "ROUTER_ALERT",
}


def option(it):
    kind = type(it)
    name = NAMES.get(kind, "UNASSIGNED")
    fields = {"length": it.length} if hasattr(it, "length") else {}
    if name in ("RECORD_ROUTE", "LOOSE_SOURCE_ROUTE", "STRICT_SOURCE_ROUTE"):
        fields |= {"pointer": it.pointer, "addresses": it.routers}
    elif name == "TIMESTAMP":
        fields |= {"pointer": it.pointer, "overflow": it.oflw, "flag": it.flg}
        if it.flg == 0:
            fields["stamps"] = {"name": "TIMESTAMPS", "fields": [it.timestamp]}
        else:
            stamp = {"address": it.internet_address, "timestamp": it.timestamp}
            fields["stamps"] = {"code": it.flg, "fields": [stamp]}
    elif name == "STREAM_IDENTIFIER":
        fields = {"stream": it.security}
    elif name == "ROUTER_ALERT":
        fields = {"value": {"router_shall_examine_packet": 0}.get(it.alert, it.alert)}
    elif name == "NO_OPERATION":
        fields = {}
    elif name in ("SECURITY", "UNASSIGNED"):
        fields["data"] = hexed(bytes(it)[2:])
    number = it.copy_flag << 7 | it.optclass << 5 | it.option
    return {"name": name, "code": number, "fields": fields}


def options(ip):
    all = [it for it in ip.options]
    ends = next((at for at, it in enumerate(all) if isinstance(it, inet.IPOption_EOL)), len(all))
    shown = [option(it) for it in all[:ends]]
    if ends < len(all):
        padding = b"".join(map(bytes, all[ends + 1 :]))
        shown.append({"name": "END_OF_OPTIONS", "fields": hexed(padding)})
    return shown


def sample(name, packet):
    data = bytes(packet)
    ip = IP(data)
    names = {"evil": "RESERVED", "DF": "DONT_FRAGMENT", "MF": "MORE_FRAGMENTS"}
    expected = {
        "header_length": ip.ihl,
        "dscp": ip.tos >> 2,
        "ecn": ip.tos & 3,
        "total_length": ip.len,
        "identification": ip.id,
        "flags": [names[flag] for flag in reversed(str(ip.flags).split("+")) if flag],
        "fragment_offset": ip.frag,
        "time_to_live": ip.ttl,
        "protocol": ip.proto,
        "header_checksum": ip.chksum,
        "source_address": ip.src,
        "destination_address": ip.dst,
        "options": options(ip),
        "data": hexed(bytes(ip.payload)),
    }
    # What another reader says.
    other = dpkt.ip.IP(data)
    assert dpkt.in_cksum(data[: other.hl * 4]) == 0
    for ours, theirs in [
        ("header_length", other.hl),
        ("total_length", other.len),
        ("identification", other.id),
        ("fragment_offset", other.offset),
        ("time_to_live", other.ttl),
        ("protocol", other.p),
        ("header_checksum", other.sum),
    ]:
        assert expected[ours] == theirs, (name, ours, expected[ours], theirs)
    write(__file__, name, data, expected)


ends = dict(src="192.0.2.1", dst="198.51.100.7")
sample("plain_udp", IP(**ends, id=7, ttl=64) / UDP(sport=1000, dport=53) / b"hello")
sample("marked", IP(**ends, tos=46 << 2 | 3, flags="DF", id=0xBEEF) / ICMP() / b"ping")
sample("first_fragment", IP(**ends, flags="MF", id=99, proto=17) / Raw(b"x" * 16))
sample("last_fragment", IP(**ends, frag=185, id=99, proto=17) / Raw(b"y" * 5))
sample("router_alert", IP(src="192.0.2.1", dst="224.0.0.22", proto=2, ttl=1, options=[inet.IPOption_Router_Alert()]) / Raw(bytes.fromhex("2200f9fd0000000104000000e00000fb")))
routes = ["192.0.2.9", "0.0.0.0", "0.0.0.0"]
sample("record_route", IP(**ends, options=[inet.IPOption_NOP(), inet.IPOption_RR(routers=routes, pointer=8)]) / ICMP())
sample("source_route", IP(**ends, options=[inet.IPOption_LSRR(routers=routes[:1]), inet.IPOption_EOL()]) / ICMP())
sample("timestamp", IP(**ends, options=[inet.IPOption_Timestamp(flg=0, timestamp=12345678)]) / ICMP())
sample("timestamp_with_address", IP(**ends, options=[inet.IPOption_Timestamp(flg=1, internet_address="192.0.2.9", timestamp=1, pointer=13)]) / ICMP())
sample("stream_and_unassigned", IP(**ends, options=[inet.IPOption_Stream_Id(security=513), inet.IPOption_MTU_Probe(mtu=1500)]) / b"")
