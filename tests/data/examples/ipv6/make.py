"""IPv6 packets, as scapy 2.8.0 makes them and reads them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample import hexed, write
from scapy.layers import inet6
from scapy.layers.inet import TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.ipsec import AH
from scapy.packet import NoPayload

HEADERS = {
    inet6.IPv6ExtHdrHopByHop: 0,
    inet6.IPv6ExtHdrRouting: 43,
    inet6.IPv6ExtHdrSegmentRouting: 43,
    inet6.IPv6ExtHdrFragment: 44,
    AH: 51,
    inet6.IPv6ExtHdrDestOpt: 60,
}


def option(it):
    data = bytes(it)
    match it:
        case inet6.Pad1():
            return "PAD1"
        case inet6.PadN():
            return {"name": "PADN", "fields": hexed(it.optdata)}
        case inet6.RouterAlert():
            return {"name": "ROUTER_ALERT", "fields": it.value}
        case inet6.Jumbo():
            return {"name": "JUMBO_PAYLOAD", "fields": it.jumboplen}
        case inet6.HAO():
            return {"name": "HOME_ADDRESS", "fields": it.hoa}
    return {"name": "OTHER", "code": it.otype, "fields": hexed(data[2:])}


def payload(it, number):
    """What scapy read behind a header that says that `number` comes next."""
    if number == 59:
        return {"name": "NO_NEXT_HEADER", "fields": hexed(bytes(it))}
    if HEADERS.get(type(it)) != number:
        return {"name": "UPPER_LAYER", "code": number, "fields": hexed(bytes(it))}
    fields = {"next_header": it.nh, "payload": payload(it.payload, it.nh)}
    match it:
        case inet6.IPv6ExtHdrHopByHop() | inet6.IPv6ExtHdrDestOpt():
            # scapy adds what is missing to 8 bytes when it builds, and reads it as an option.
            fields |= {"header_length": it.len, "options": [option(part) for part in it.options]}
        case inet6.IPv6ExtHdrSegmentRouting():
            data = {"last_entry": it.lastentry, "tag": it.tag, "segments": it.addresses}
            fields |= {"header_length": it.len, "routing_type": it.type, "segments_left": it.segleft}
            fields["data"] = {"code": it.type, "fields": data}
        case inet6.IPv6ExtHdrRouting():
            data = {"code": it.type, "fields": {"addresses": it.addresses}}
            fields |= {"header_length": it.len, "routing_type": it.type, "segments_left": it.segleft, "data": data}
        case inet6.IPv6ExtHdrFragment():
            fields |= {"fragment_offset": it.offset, "more_fragments": bool(it.m), "identification": it.id}
            later = {"name": "LATER", "fields": hexed(bytes(it.payload))}
            first = {"name": "FIRST", "fields": fields["payload"]}
            fields["payload"] = later if it.offset else first
        case AH():
            fields |= {
                "payload_length": it.payloadlen,
                "security_parameters_index": it.spi,
                "sequence_number": it.seq,
                "integrity_check_value": hexed(it.icv),
            }
    return {"code": number, "fields": fields}


def sample(name, packet):
    data = bytes(packet)
    ip = IPv6(data)
    write(__file__, name, data, {
        "dscp": ip.tc >> 2,
        "ecn": ip.tc & 3,
        "flow_label": ip.fl,
        "payload_length": ip.plen,
        "next_header": ip.nh,
        "hop_limit": ip.hlim,
        "source_address": ip.src,
        "destination_address": ip.dst,
        "payload": payload(ip.payload, ip.nh),
    })


ends = IPv6(src="2001:db8::1", dst="2001:db8::2")
sample("udp", ends / UDP(sport=1000, dport=53) / b"hello")
sample("labelled_tcp", IPv6(src="fe80::1", dst="fe80::2", fl=0x12345, tc=46 << 2 | 1, hlim=255) / TCP(sport=1, dport=2, flags="S"))
alert = inet6.IPv6ExtHdrHopByHop(options=[inet6.RouterAlert(value=0), inet6.PadN(optdata=b"")])
sample("listener_report", IPv6(src="fe80::1", dst="ff02::16", hlim=1) / alert / inet6.ICMPv6MLReport2(records=[inet6.ICMPv6MLDMultAddrRec(dst="ff02::fb", rtype=4)]))
home = inet6.IPv6ExtHdrDestOpt(options=[inet6.PadN(optdata=b"\0\0"), inet6.HAO(hoa="2001:db8::9")])
sample("home_address", ends / home / UDP(sport=1000, dport=53) / b"hi")
sample("no_next_header", ends / inet6.IPv6ExtHdrDestOpt(nh=59, options=[inet6.PadN(optdata=bytes(4))]))
route = inet6.IPv6ExtHdrRouting(type=0, segleft=1, addresses=["2001:db8::a", "2001:db8::b"])
sample("source_route", ends / route / UDP(sport=1000, dport=53) / b"hi")
segments = inet6.IPv6ExtHdrSegmentRouting(addresses=["2001:db8::c", "2001:db8::b"], segleft=1, lastentry=1, tag=7)
sample("segment_routing", ends / segments / UDP(sport=1000, dport=53) / b"hi")
sample("first_fragment", ends / inet6.IPv6ExtHdrFragment(m=1, id=0xCAFE) / UDP(sport=1, dport=2, len=2000, chksum=1) / bytes(24))
sample("last_fragment", ends / inet6.IPv6ExtHdrFragment(nh=17, offset=4, id=0xCAFE) / bytes(range(9)))
sample("authenticated", ends / AH(nh=17, spi=0x100, seq=7, icv=bytes(range(12)), payloadlen=4) / UDP(sport=1, dport=2) / b"hi")
sample("chained", ends / alert / home / inet6.IPv6ExtHdrFragment(id=1) / TCP(sport=1, dport=2, flags="A"))
