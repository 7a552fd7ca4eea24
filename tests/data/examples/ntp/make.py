"""NTP messages: those of chronyd 4.3 (a server at 127.0.0.1 port 11123, asked by
ntplib 0.4.0 and by scapy), and those that scapy 2.8.0 makes; all as scapy reads them. But of times it keeps too few digits: these are what
dpkt 1.9.8 says.

    chronyd -x -d -u root -f /dev/null 'port 11123' 'local stratum 3' allow \\
        'cmdport 0' 'keyfile FILE'      # FILE: 7 SHA1 HEX:000102...13
"""

import hashlib
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import dpkt
import ntplib
from sample import hexed, write
from scapy.layers import ntp
from scapy.layers.ntp import NTP
from scapy.packet import Raw


def short(value):
    return {"seconds": value >> 16, "fraction": value & 0xFFFF}


def stamp(value):
    return {"seconds": int.from_bytes(value[:4]), "fraction": int.from_bytes(value[4:])}


def trailer(it):
    """What scapy read behind the header."""
    if isinstance(it, ntp.NTPAuthenticator):
        name = {16: "MAC_128", 20: "MAC_160"}[len(it.dgst)]
        return {"name": name, "fields": {"key_identifier": it.key_id, "digest": hexed(it.dgst)}}
    if isinstance(it, Raw):
        return {"name": "CRYPTO_NAK", "fields": hexed(it.load)}
    if not isinstance(it, ntp.NTPExtensions):
        assert not bytes(it)
        return "NOTHING"
    # It takes the last 20 bytes as a MAC in any case.
    shown = trailer(it.mac)
    for extension in reversed(it.extensions):
        field = {"code": extension.type, "fields": hexed(bytes(extension.value))}
        shown = {"name": "EXTENSION", "fields": {"field": field, "trailer": shown}}
    return shown


def reference(it):
    if it.stratum == 0:
        return {"name": "KISS_CODE", "fields": hexed(it.ref_id)}
    if it.stratum == 1:
        return {"name": "CLOCK", "fields": it.ref_id.rstrip(b"\0").decode()}
    return {"name": "SERVER", "fields": it.id}


def expected(data):
    it = NTP(data)
    shown = {"leap": it.leap, "version": it.version, "mode": it.mode}
    if it.mode == 6:
        body = {
            "response": bool(it.response),
            "error": bool(it.err),
            "more": bool(it.more),
            "opcode": it.op_code,
            "sequence": it.sequence,
            "status": it.status if isinstance(it.status, int) else int.from_bytes(bytes(it.status)),
            "association_identifier": it.association_id,
            "offset": it.offset,
            "count": it.count,
            "data": hexed(it.data if isinstance(it.data, bytes) else b"".join(map(bytes, it.data))),
        }
        return shown | {"body": {"name": "CONTROL", "fields": body}}
    exact = dpkt.ntp.NTP(data)
    byte = lambda value: value - 256 if value > 127 else value
    body = {
        "stratum": it.stratum,
        "poll": byte(it.poll),
        "precision": byte(it.precision),
        "root_delay": short(exact.delay),
        "root_dispersion": short(exact.dispersion),
        "reference_id": reference(it),
        "reference_timestamp": stamp(exact.update_time),
        "origin_timestamp": stamp(exact.originate_time),
        "receive_timestamp": stamp(exact.receive_time),
        "transmit_timestamp": stamp(exact.transmit_time),
        "trailer": trailer(it.payload),
    }
    return shown | {"body": {"name": "TIME", "code": it.mode, "fields": body}}


def sample(name, data):
    data = bytes(data)
    write(__file__, name, data, expected(data))


def asked(data):
    """What chronyd answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as it:
        it.settimeout(5)
        it.sendto(data, ("127.0.0.1", 11123))
        return it.recv(2048)


key = bytes(range(20))
request = ntplib.NTPPacket(mode=3, version=4, tx_timestamp=ntplib.system_to_ntp_time(1700000000.25)).to_data()
sample("request", request)
sample("response", asked(request))
signed = request + (7).to_bytes(4) + hashlib.sha1(key + request).digest()
sample("signed_request", signed)
sample("signed_response", asked(signed))
unsigned = request + (9).to_bytes(4) + hashlib.md5(b"nobody" + request).digest()
sample("md5_request", unsigned)
sample("crypto_nak", ntp.NTPHeader(mode=4, stratum=2, id="192.0.2.1") / bytes(4))
sample("primary", ntp.NTPHeader(mode=4, leap=1, stratum=1, ref_id=b"GPS\0", poll=6, precision=-20, delay=0, dispersion=0.015625, ref=3900000000.5, sent=3900000001.25))
sample("kiss_of_death", ntp.NTPHeader(mode=4, leap=3, stratum=0, ref_id=b"RATE"))
extensions = [ntp.NTPExtension(type=0x0104, len=36, value=bytes(range(32))), ntp.NTPExtension(type=0x0204, len=104, value=b"c" * 100)]
sample("extensions", bytes(ntp.NTPHeader(mode=3)) + b"".join(it.type.to_bytes(2) + it.len.to_bytes(2) + bytes(it.value) for it in extensions) + (7).to_bytes(4) + bytes(range(16)))
sample("control_request", ntp.NTPControl(version=2, op_code=2, sequence=1))
sample("control_response", ntp.NTPControl(version=2, response=1, op_code=2, sequence=1, association_id=0, data=b'version="ntpd 4.2.8", stratum=2'))
