"""ARP packets, as scapy 2.8.0 makes and dissects them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample import hexed, write
from scapy.layers.l2 import ARP, Ether
from scapy.packet import Padding


def mac(text):
    return hexed(bytes.fromhex(text.replace(":", "")))


def expected(packet):
    arp = packet[ARP]
    ethernet, internet = arp.hwlen == 6, arp.ptype == 0x0800 and arp.plen == 4
    raw = lambda value: value if isinstance(value, bytes) else value.encode()
    hardware = mac if ethernet else lambda value: hexed(raw(value))
    protocol = lambda value: (
        {"name": "IPV4", "fields": value}
        if internet
        else {"name": "OTHER", "code": arp.ptype, "fields": hexed(raw(value))}
    )
    return {
        "hardware_type": arp.hwtype,
        "protocol_type": arp.ptype,
        "hardware_length": arp.hwlen,
        "protocol_length": arp.plen,
        "operation": arp.op,
        "sender_hardware": hardware(arp.hwsrc),
        "sender_protocol": protocol(arp.psrc),
        "target_hardware": hardware(arp.hwdst),
        "target_protocol": protocol(arp.pdst),
        "trailer": hexed(arp[Padding].load if Padding in arp else b""),
    }


def sample(name, packet):
    data = bytes(packet)
    write(__file__, name, data, expected(ARP(data)))


me, you = "02:00:5e:10:00:01", "52:54:00:12:34:56"
sample("request", ARP(op="who-has", hwsrc=me, psrc="192.0.2.1", pdst="192.0.2.99"))
sample("reply", ARP(op="is-at", hwsrc=you, psrc="192.0.2.99", hwdst=me, pdst="192.0.2.1"))
probe = ARP(op="who-has", hwsrc=me, psrc="0.0.0.0", pdst="192.0.2.1")
sample("probe_in_a_frame", Ether(bytes(Ether(src=me) / probe) + bytes(18))[ARP])
sample("reverse_request", ARP(op="RARP-req", hwsrc=me, psrc="0.0.0.0", hwdst=me, pdst="0.0.0.0"))
sample("inverse_frame_relay", ARP(hwtype=15, op="InARP-req", hwlen=2, hwsrc=b"\x18\x41", psrc="192.0.2.1", hwdst=b"\0\0", pdst="0.0.0.0"))
sample("chaosnet", ARP(ptype=0x0804, plen=2, op="who-has", hwsrc=me, psrc=b"\x03\x41", pdst=b"\x03\x42"))
