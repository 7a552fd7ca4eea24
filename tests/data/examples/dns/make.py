"""DNS messages, as dnspython 2.9.2 makes them and reads them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import dns.edns
import dns.flags
import dns.message
import dns.name
import dns.rdatatype as types
import dns.rrset
import dns.tsig
import dns.update
from dns.rdtypes.svcbbase import ParamKey
from sample import hexed, write


def name(it):
    labels = list(it.labels)
    nested = {"label": hexed(labels.pop()), "rest": None}
    while labels:
        nested = {"label": hexed(labels.pop()), "rest": nested}
    return nested


def plain(it):
    return [hexed(label) for label in it.labels]


def windows(it):
    return [{"window": window, "bitmap": hexed(bitmap)} for window, bitmap in it.windows]


def parameter(key, value):
    match key:
        case ParamKey.MANDATORY:
            return list(map(int, value.keys))
        case ParamKey.ALPN:
            return [hexed(it) for it in value.ids]
        case ParamKey.PORT:
            return value.port
        case ParamKey.IPV4HINT | ParamKey.IPV6HINT:
            return list(value.addresses)
        case ParamKey.ECH:
            return hexed(value.ech)
        case ParamKey.NO_DEFAULT_ALPN:
            return {}
    return hexed(value.value)


def rdata(it):
    match it.rdtype:
        case types.A | types.AAAA:
            return it.address
        case types.NS | types.CNAME | types.PTR:
            return name(it.target)
        case types.DNAME:
            return plain(it.target)
        case types.SOA:
            numbers = ("serial", "refresh", "retry", "expire", "minimum")
            return {"mname": name(it.mname), "rname": name(it.rname)} | {n: getattr(it, n) for n in numbers}
        case types.MX:
            return {"preference": it.preference, "exchange": name(it.exchange)}
        case types.TXT:
            return [hexed(string) for string in it.strings]
        case types.HINFO:
            return {"cpu": hexed(it.cpu), "os": hexed(it.os)}
        case types.SRV:
            return {"priority": it.priority, "weight": it.weight, "port": it.port, "target": plain(it.target)}
        case types.NAPTR:
            texts = {n: hexed(getattr(it, n)) for n in ("flags", "service", "regexp")}
            return {"order": it.order, "preference": it.preference, "replacement": plain(it.replacement)} | texts
        case types.DS:
            return {"key_tag": it.key_tag, "algorithm": int(it.algorithm), "digest_type": int(it.digest_type), "digest": hexed(it.digest)}
        case types.RRSIG:
            numbers = ("type_covered", "algorithm", "labels", "original_ttl", "expiration", "inception", "key_tag")
            return {"signer": plain(it.signer), "signature": hexed(it.signature)} | {n: int(getattr(it, n)) for n in numbers}
        case types.NSEC:
            return {"next": plain(it.next), "types": windows(it)}
        case types.DNSKEY:
            flags = [n for n, bit in (("ZONE", 256), ("REVOKE", 128), ("SECURE_ENTRY_POINT", 1)) if it.flags & bit]
            return {"flags": flags, "algorithm": int(it.algorithm), "public_key": hexed(it.key)}
        case types.NSEC3:
            flags = ["OPT_OUT"] if it.flags & 1 else []
            return {"algorithm": it.algorithm, "flags": flags, "iterations": it.iterations, "salt": hexed(it.salt), "next": hexed(it.next), "types": windows(it)}
        case types.TLSA:
            return {"usage": it.usage, "selector": it.selector, "matching_type": it.mtype, "data": hexed(it.cert)}
        case types.SSHFP:
            return {"algorithm": it.algorithm, "fingerprint_type": it.fp_type, "fingerprint": hexed(it.fingerprint)}
        case types.SVCB | types.HTTPS:
            pairs = sorted(it.params.items())
            parameters = [{"code": int(key), "fields": parameter(key, value)} for key, value in pairs]
            return {"priority": it.priority, "target": plain(it.target), "parameters": parameters}
        case types.CAA:
            return {"flags": ["CRITICAL"] if it.flags & 128 else [], "tag": it.tag.decode(), "value": hexed(it.value)}
        case types.TSIG:
            return {
                "algorithm": plain(it.algorithm),
                "time_signed": it.time_signed,
                "fudge": it.fudge,
                "mac": hexed(it.mac),
                "original_id": it.original_id,
                "error": int(it.error),
                "other": hexed(it.other),
            }
    return hexed(it.to_wire())


def option(it):
    match it:
        case dns.edns.ECSOption():
            prefixes = {"source_prefix_length": it.srclen, "scope_prefix_length": it.scopelen}
            fields = {"family": it.family, "address": hexed(it.addrdata)} | prefixes
        case dns.edns.CookieOption():
            fields = {"client": hexed(it.client), "server": hexed(it.server)}
        case dns.edns.EDEOption():
            fields = {"info_code": int(it.code), "extra_text": it.text or ""}
        case dns.edns.NSIDOption():
            fields = hexed(it.nsid)
        case _:
            fields = hexed(it.to_wire())
    return {"code": int(it.otype), "fields": fields}


def section(rrsets, with_ends=()):
    shown = []
    for rrset in rrsets:
        for it in rrset:
            record = {"class": int(rrset.rdclass), "ttl": rrset.ttl, "rdata": {"code": int(rrset.rdtype), "fields": rdata(it)}}
            shown.append({"name": name(rrset.name), "type": int(rrset.rdtype), "fields": {"name": "RECORD", "fields": record}})
    for opt in with_ends:
        it = opt[0]
        if it.rdtype == types.OPT:
            fields = {
                "udp_payload_size": int(opt.rdclass),
                "extended_rcode": opt.ttl >> 24,
                "version": opt.ttl >> 16 & 0xFF,
                "dnssec_ok": bool(opt.ttl & dns.flags.DO),
                "z": opt.ttl & 0x7FFF,
                "options": [option(each) for each in it.options],
            }
            shown.append({"name": name(opt.name), "type": 41, "fields": {"name": "OPT", "fields": fields}})
        else:
            shown += section([opt])
    return shown


def sample(title, wire, keyring=None):
    it = dns.message.from_wire(wire, keyring=keyring, one_rr_per_rrset=True)
    flags = {n: bool(it.flags & getattr(dns.flags, n.upper())) for n in ("qr", "aa", "tc", "rd", "ra", "ad", "cd")}
    ends = [each for each in (it.opt, it.tsig) if each]
    write(__file__, title, wire, flags | {
        "id": it.id,
        "opcode": int(it.opcode()),
        "rcode": int(it.rcode()) & 15,
        "qdcount": len(it.question),
        "ancount": len(it.sections[1]),
        "nscount": len(it.sections[2]),
        "arcount": len(it.sections[3]) + len(ends),
        "questions": [{"qname": name(q.name), "qtype": int(q.rdtype), "qclass": int(q.rdclass)} for q in it.question],
        "answers": section(it.sections[1]),
        "authorities": section(it.sections[2]),
        "additionals": section(it.sections[3], ends),
    })


def answer(question, kind, answers="", authorities="", additionals="", **edns):
    query = dns.message.make_query(question, kind, id=4660, **edns)
    reply = dns.message.make_response(query, recursion_available=True)
    for at, text in ((reply.answer, answers), (reply.authority, authorities), (reply.additional, additionals)):
        for line in filter(None, map(str.strip, text.split("\n"))):
            owner, ttl, kind, data = line.split(maxsplit=3)
            at.append(dns.rrset.from_text(owner, int(ttl), "IN", kind, data))
    return reply


sample("query", dns.message.make_query("www.example.org", "A", id=1).to_wire())
cookie = dns.edns.CookieOption(b"\x01" * 8, b"")
subnet = dns.edns.ECSOption("192.0.2.0", 24)
sample("query_with_edns", dns.message.make_query("example.org", "AAAA", id=2, use_edns=True, payload=1232, want_dnssec=True, options=[cookie, subnet]).to_wire())
sample("aliases", answer("www.example.org", "A", "www.example.org. 300 CNAME web.cdn.example.net.\nweb.cdn.example.net. 60 A 192.0.2.1\nweb.cdn.example.net. 60 A 192.0.2.2", "cdn.example.net. 3600 NS ns1.example.net.\ncdn.example.net. 3600 NS ns.cdn.example.net.", "ns1.example.net. 60 AAAA 2001:db8::53").to_wire())
sample("mail", answer("example.org", "MX", "example.org. 300 MX 10 mail.example.org.\nexample.org. 300 MX 20 mail.backup.example.org.", "", "mail.example.org. 300 A 192.0.2.25").to_wire())
sample("texts", answer("example.org", "TXT", 'example.org. 300 TXT "v=spf1 -all" "" "second"\nexample.org. 1 HINFO "RFC8482" ""\nexample.org. 9 CAA 128 issue "ca.example.net"').to_wire())
missing = answer("nowhere.example.org", "A", "", "example.org. 900 SOA ns.example.org. admin.example.org. 2024010101 7200 3600 1209600 300", use_edns=True)
missing.set_rcode(3)
sample("missing", missing.to_wire())
refused = answer("example.org", "A", use_edns=True)
refused.use_edns(0, options=[dns.edns.EDEOption(18, "not for you"), dns.edns.NSIDOption(b"ns7")])
refused.set_rcode(16)
sample("bad_version", refused.to_wire())
sample("pointers", answer("1.2.0.192.in-addr.arpa", "PTR", "1.2.0.192.in-addr.arpa. 5 PTR host.example.org.").to_wire())
sample("services", answer("_sip._udp.example.org", "SRV", '_sip._udp.example.org. 5 SRV 1 2 5060 sip.example.net.\nexample.org. 5 NAPTR 100 10 "S" "SIP+D2U" "" _sip._udp.example.org.').to_wire())
sample("https", answer("example.org", "HTTPS", 'example.org. 5 HTTPS 1 . mandatory=alpn alpn="h2,h3" port=8443 ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1\nexample.org. 5 HTTPS 0 cdn.example.net.').to_wire())
digest = "4E8FE8CE9D01DA7BE0D2F5C4CD3C0E4F3E8F1A1F6E2F0D7C3B2A190807060504"
signed_answers = f"""
example.org. 5 DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==
example.org. 5 RRSIG DNSKEY 13 2 3600 20300101000000 20200101000000 2371 example.org. b29wcw==
example.org. 5 DS 2371 13 2 {digest}
example.org. 5 TLSA 3 1 1 {digest}
example.org. 5 SSHFP 4 2 {digest}
"""
denials = """
example.org. 5 NSEC a.example.org. A MX RRSIG NSEC CAA
abc.example.org. 5 NSEC3 1 1 12 aabbccdd 2vptu5timamqttgl4luu9kg21e0aor3s A RRSIG
"""
sample("signed", answer("example.org", "DNSKEY", signed_answers, denials).to_wire())
deep = "a.b.c.d.e.f.example.org."
sample("suffixes", answer(deep, "NS", f"{deep} 1 NS x.e.f.example.org.\nexample.org. 1 NS e.f.example.org.\norg. 1 NS f.example.org.\n. 1 NS org.").to_wire())
key = dns.tsig.Key("key.example.org.", b"0123456789abcdef", "hmac-sha256")
signed = dns.message.make_query("example.org", "AXFR", id=3)
signed.use_tsig(key)
sample("transfer_with_tsig", signed.to_wire(), {key.name: key})
