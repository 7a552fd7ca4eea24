"""TCP segments behind their pseudo headers, as scapy 2.8.0 makes and reads both,
and as dpkt 1.9.8 reads the fixed part."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import dpkt
from sample import hexed, write
from scapy.layers.inet import IP, TCP, in4_pseudoheader
from scapy.layers.inet6 import IPv6, in6_pseudoheader

FLAGS = {"F": "FIN", "S": "SYN", "R": "RST", "P": "PSH", "A": "ACK", "U": "URG", "E": "ECE", "C": "CWR", "N": "AE"}


def option(name, value):
    pairs = lambda edges: [{"left_edge": a, "right_edge": b} for a, b in zip(edges[::2], edges[1::2])]
    match name:
        case "NOP":
            return "NO_OPERATION"
        case "MSS":
            return {"name": "MAXIMUM_SEGMENT_SIZE", "fields": {"size": value}}
        case "WScale":
            return {"name": "WINDOW_SCALE", "fields": {"shift": value}}
        case "SAckOK":
            return {"name": "SACK_PERMITTED"}
        case "SAck":
            return {"name": "SACK", "fields": {"length": 2 + 4 * len(value), "blocks": pairs(value)}}
        case "Timestamp":
            return {"name": "TIMESTAMPS", "fields": {"value": value[0], "echo_reply": value[1]}}
        case "UTO":
            timeout = {"granularity": value >> 15, "timeout": value & 0x7FFF}
            return {"name": "USER_TIMEOUT", "fields": timeout}
        case "TFO":
            cookie = b"".join(part.to_bytes(4) for part in value)
            return {"name": "FAST_OPEN", "fields": {"length": 2 + len(cookie), "cookie": hexed(cookie)}}
        case "AO":
            return {"name": "AUTHENTICATION", "fields": {"key": value.keyid, "next_key": value.rnextkeyid, "mac": hexed(value.mac)}}
        case 30:
            return {"name": "MULTIPATH", "fields": {"subtype": value[0] >> 4, "flags": value[0] & 15, "data": hexed(value[1:])}}
        case int():
            return {"name": "OTHER", "code": name, "fields": {"length": 2 + len(value), "data": hexed(value)}}
        case "MD5":
            return {"name": "OTHER", "code": 19, "fields": {"length": 18, "data": hexed(value)}}
    raise ValueError(name)


def options(tcp):
    names = [name for name, _ in tcp.options]
    ends = names.index("EOL") if "EOL" in names else len(names)
    shown = [option(*it) for it in tcp.options[:ends]]
    if ends < len(names):
        shown.append({"name": "END_OF_OPTIONS"})
    return shown


def sample(name, packet):
    over_ipv6 = IPv6 in packet
    ip = type(packet)(bytes(packet))
    tcp = ip[TCP]
    segment = bytes(tcp)
    if over_ipv6:
        pseudo = bytes(in6_pseudoheader(6, ip, len(segment)))
    else:
        pseudo = in4_pseudoheader(6, ip, len(segment))
    other = dpkt.tcp.TCP(segment)
    assert dpkt.dpkt.in_cksum(pseudo + segment) == 0
    assert (other.seq, other.ack, other.off, other.win, other.urp) == (
        tcp.seq, tcp.ack, tcp.dataofs, tcp.window, tcp.urgptr)
    alone = {
        "source_port": tcp.sport,
        "destination_port": tcp.dport,
        "sequence_number": tcp.seq,
        "acknowledgment_number": tcp.ack,
        "data_offset": tcp.dataofs,
        "flags": [full for short, full in reversed(FLAGS.items()) if short in str(tcp.flags)],
        "window": tcp.window,
        "checksum": tcp.chksum,
        "urgent_pointer": tcp.urgptr,
        "options": options(tcp),
        "data": hexed(bytes(tcp.payload)),
    }
    length = "upper_layer_length" if over_ipv6 else "tcp_length"
    ends = {"source_address": ip.src, "destination_address": ip.dst, length: len(segment)}
    folder = "OverIpv6/" if over_ipv6 else ""
    write(__file__, folder + name, pseudo + segment, ends | alone)
    write(__file__, f"Segment/{name}", segment, alone)


ends = IP(src="192.0.2.1", dst="198.51.100.7")
linux = [("MSS", 1460), ("SAckOK", b""), ("Timestamp", (1234567, 0)), ("NOP", None), ("WScale", 7)]
sample("syn", ends / TCP(sport=40000, dport=80, seq=0xDEADBEEF, flags="S", window=64240, options=linux))
sample("syn_with_ecn", ends / TCP(sport=40000, dport=80, seq=1, flags="SECN", window=65535, options=linux[:1]))
sample("ack_without_options", ends / TCP(sport=40000, dport=80, seq=2, ack=3, flags="A"))
times = [("NOP", None), ("NOP", None), ("Timestamp", (9, 10))]
sample("push", ends / TCP(sport=40000, dport=80, seq=2, ack=3, flags="PA", options=times) / b"GET / HTTP/1.0\r\n\r\n")
sample("sack", ends / TCP(sport=80, dport=40000, seq=3, ack=20, flags="A", options=times + [("NOP", None), ("NOP", None), ("SAck", (100, 200, 300, 400))]))
sample("urgent", ends / TCP(sport=23, dport=40000, seq=3, ack=20, flags="PAU", urgptr=1) / b"\xff\xf2")
sample("reset", ends / TCP(sport=80, dport=40000, seq=3, ack=0, flags="R", window=0))
sample("fast_open", ends / TCP(sport=40000, dport=80, flags="S", options=[("MSS", 1460), ("TFO", (0x01020304, 0x05060708)), ("NOP", None), ("NOP", None)]) / b"early")
sample("user_timeout", ends / TCP(sport=40000, dport=80, flags="S", options=[("UTO", 0x8005), ("EOL", None)]))
sample("md5_signature", ends / TCP(sport=179, dport=40000, flags="A", options=[("NOP", None), ("NOP", None), (19, bytes(range(16)))]))
sample("multipath_capable", ends / TCP(sport=40000, dport=80, flags="S", options=linux + [(30, bytes([0x01, 0x81]) + bytes(range(8)))]))

ends = IPv6(src="2001:db8::1", dst="fe80::2:1")
sample("syn_over_ipv6", ends / TCP(sport=40000, dport=80, seq=1, flags="S", options=linux))
sample("data_over_ipv6", ends / TCP(sport=40000, dport=80, seq=2, ack=3, flags="PA", options=times) / b"odd")
sample("reset_over_ipv6", ends / TCP(sport=80, dport=40000, seq=3, flags="R", window=0))
