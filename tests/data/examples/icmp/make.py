"""ICMP messages, as scapy 2.8.0 makes them and reads them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample import hexed, write
from scapy.contrib.mpls import MPLS
from scapy.layers.inet import ICMP, ICMPExtension_Header, IP, UDP, icmptypes
from scapy.contrib.icmp_extensions import ICMPExtensionMPLS


def sample(name, packet, body):
    """`body` makes of what scapy read the fields that depend on type and code."""
    data = bytes(packet)
    icmp = ICMP(data)
    write(__file__, name, data, {
        "type": icmp.type,
        "code": icmp.code,
        "checksum": icmp.chksum,
        "body": {"code": icmp.type, "fields": body(icmp)},
    })


def echo(icmp):
    return {"identifier": icmp.id, "sequence_number": icmp.seq, "data": hexed(icmp.payload)}


def times(icmp):
    return {
        "identifier": icmp.id,
        "sequence_number": icmp.seq,
        "originate": icmp.ts_ori,
        "receive": icmp.ts_rx,
        "transmit": icmp.ts_tx,
    }


def original(icmp):
    return {"datagram": {"name": "TO_THE_END", "fields": hexed(icmp.payload)}, "extensions": None}


def unreachable(icmp):
    return {"code": icmp.code, "fields": {"length": icmp.length, "original": original(icmp)}}


def too_large(icmp):
    fields = {"length": icmp.length, "next_hop_mtu": icmp.nexthopmtu, "original": original(icmp)}
    return {"name": "FRAGMENTATION_NEEDED", "fields": fields}


lost = IP(src="192.0.2.1", dst="198.51.100.7", id=3) / UDP(sport=33434, dport=33435, chksum=0) / b"12345678"
sample("echo", ICMP(type=8, id=0x1234, seq=1) / b"abcdefghijklmnopqrstuvwabcdefghi", echo)
sample("echo_reply", ICMP(type=0, id=0x1234, seq=1) / b"abc", echo)
sample("port_unreachable", ICMP(type=3, code=3) / lost, unreachable)
sample("fragmentation_needed", ICMP(type=3, code=4, nexthopmtu=1400) / lost, too_large)
sample("time_exceeded", ICMP(type=11) / lost, lambda icmp: {"length": icmp.length, "original": original(icmp)})
sample("redirect", ICMP(type=5, code=1, gw="192.0.2.254") / lost, lambda icmp: {"gateway": icmp.gw, "original": hexed(icmp.payload)})
sample("parameter_problem", ICMP(type=12, ptr=20) / lost, lambda icmp: {"pointer": icmp.ptr, "original": original(icmp)})
sample("timestamp_reply", ICMP(type=14, id=1, seq=2, ts_ori=1000, ts_rx=2000, ts_tx=2001), times)
sample("address_mask_reply", ICMP(type=18, id=1, seq=2, addr_mask="255.255.255.0"), lambda icmp: {"identifier": icmp.id, "sequence_number": icmp.seq, "mask": icmp.addr_mask})


def layers(label):
    """scapy reads a label behind another as its payload."""
    while isinstance(label, MPLS):
        yield label
        label = label.payload


def with_labels(icmp):
    header = icmp.ext
    stack = header.payload
    assert (header.version, stack.classtype) == (2, 1)
    labels = [
        {"label": it.label, "traffic_class": it.cos, "bottom_of_stack": bool(it.s), "time_to_live": it.ttl}
        for it in layers(stack.stack[0])
    ]
    labelled = {"name": "MPLS_LABEL_STACK", "code": stack.classnum, "fields": {"labels": labels}}
    return {
        "length": icmp.length,
        "original": {
            "datagram": {"name": "TOLD", "fields": hexed(icmp.original[8 : 8 + 4 * icmp.length])},
            "extensions": {
                "checksum": header.chksum,
                "objects": [{"length": stack.len, "body": labelled}],
            },
        },
    }


stack = ICMPExtensionMPLS(stack=[MPLS(label=24015, cos=0, s=0, ttl=1), MPLS(label=17, cos=5, s=1, ttl=254)])
padded = bytes(lost) + bytes(128 - len(lost))
sample("time_exceeded_with_labels", ICMP(type=11, length=32, ext=ICMPExtension_Header() / stack) / padded, with_labels)
