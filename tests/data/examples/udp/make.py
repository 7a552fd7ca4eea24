"""UDP datagrams behind their pseudo headers, as scapy 2.8.0 makes both, and as
dpkt 1.9.8 reads them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import dpkt
from sample import hexed, write
from scapy.layers.dns import DNS, DNSQR
from scapy.layers.inet import IP, UDP, in4_pseudoheader
from scapy.layers.inet6 import IPv6, in6_pseudoheader


def sample(name, packet):
    over_ipv6 = IPv6 in packet
    ip = type(packet)(bytes(packet))
    datagram = bytes(ip[UDP])
    if over_ipv6:
        pseudo = bytes(in6_pseudoheader(17, ip, len(datagram)))
    else:
        pseudo = in4_pseudoheader(17, ip, len(datagram))
    udp = dpkt.udp.UDP(datagram)
    assert udp.ulen == len(datagram) and dpkt.dpkt.in_cksum(pseudo + datagram) == 0
    alone = {
        "source_port": udp.sport,
        "destination_port": udp.dport,
        "length": udp.ulen,
        "checksum": udp.sum,
        "data": hexed(udp.data),
    }
    length = "upper_layer_length" if over_ipv6 else "udp_length"
    ends = {"source_address": ip.src, "destination_address": ip.dst, length: len(datagram)}
    folder = "OverIpv6/" if over_ipv6 else ""
    write(__file__, folder + name, pseudo + datagram, ends | alone)
    write(__file__, f"Datagram/{name}", datagram, alone)


ends = IP(src="192.0.2.1", dst="198.51.100.7")
sample("text", ends / UDP(sport=40000, dport=7) / b"hello")
sample("even", ends / UDP(sport=1, dport=65535) / b"even")
sample("empty", ends / UDP(sport=40001, dport=9))
sample("dns_question", ends / UDP(sport=40002) / DNS(id=1, qd=DNSQR(qname="example.org")))

ends = IPv6(src="2001:db8::1", dst="fe80::2:1")
sample("text_over_ipv6", ends / UDP(sport=40000, dport=7) / b"hello")
sample("empty_over_ipv6", ends / UDP(sport=40001, dport=9))
sample("even_over_ipv6", ends / UDP(sport=1, dport=65535) / b"even")
