"""UDP datagrams behind their pseudo headers, as scapy 2.8.0 makes both, and as
dpkt 1.9.8 reads them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import dpkt
from sample import hexed, write
from scapy.layers.dns import DNS, DNSQR
from scapy.layers.inet import IP, UDP, in4_pseudoheader


def sample(name, packet):
    ip = IP(bytes(packet))
    datagram = bytes(ip[UDP])
    pseudo = in4_pseudoheader(17, ip, len(datagram))
    udp = dpkt.udp.UDP(datagram)
    assert udp.ulen == len(datagram) and dpkt.dpkt.in_cksum(pseudo + datagram) == 0
    write(__file__, name, pseudo + datagram, {
        "source_address": ip.src,
        "destination_address": ip.dst,
        "udp_length": len(datagram),
        "source_port": udp.sport,
        "destination_port": udp.dport,
        "length": udp.ulen,
        "checksum": udp.sum,
        "data": hexed(udp.data),
    })


ends = IP(src="192.0.2.1", dst="198.51.100.7")
sample("text", ends / UDP(sport=40000, dport=7) / b"hello")
sample("even", ends / UDP(sport=1, dport=65535) / b"even")
sample("empty", ends / UDP(sport=40001, dport=9))
sample("dns_question", ends / UDP(sport=40002) / DNS(id=1, qd=DNSQR(qname="example.org")))
