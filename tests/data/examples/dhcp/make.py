"""DHCP messages, as scapy 2.8.0 makes them, and as it and dpkt 1.9.8 read them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import dpkt
from sample import hexed, only, write
from scapy.layers.dhcp import BOOTP, DHCP

# scapy's names where they are not ours, and how it shows what is in them.
NAMES = {
    "router": "routers",
    "time_server": "time_servers",
    "name_server": "domain_name_servers",
    "domain": "domain_name",
    "hostname": "host_name",
    "message-type": "message_type",
    "requested_addr": "requested_address",
    "server_id": "server_identifier",
    "param_req_list": "parameter_request_list",
    "error_message": "message",
    "max_dhcp_size": "maximum_message_size",
    "vendor_class_id": "vendor_class",
    "client_id": "client_identifier",
    "NTP_server": "ntp_servers",
    "interface-mtu": "interface_mtu",
    "relay_agent_information": "relay_agent",
    "pxe_client_architecture": "client_architecture",
    "boot-file-name": "bootfile_name",
    "time_zone": "time_offset",
    "static-routes": "static_routes",
    "captive-portal": "captive_portal",
    "client_FQDN": "client_fqdn",
    "classless_static_routes": "classless_routes",
    "ipv6-only-preferred": "ipv6_only_wait",
}
LISTS = ("routers", "time_servers", "domain_name_servers", "ntp_servers")
TEXTS = ("domain_name", "host_name", "message", "tftp_server_name", "bootfile_name", "captive_portal")


def classless(text):
    """scapy shows `10.0.0.0/8:192.0.2.1`; on the wire there are fewer bytes."""
    destination, router = text.split(":")
    address, width = destination.split("/")
    kept = bytes(map(int, address.split(".")))[: (int(width) + 7) // 8]
    return {"width": int(width), "destination": hexed(kept), "router": router}


def suboptions(data):
    """scapy leaves them as they are."""
    shown = {}
    while data:
        name = {1: "circuit_id", 2: "remote_id"}[data[0]]
        shown[name], data = hexed(data[2 : 2 + data[1]]), data[2 + data[1] :]
    return only(**shown)


def value(name, values):
    first = values[0] if values else b""
    if name == "classless_routes":
        return [classless(it) for it in first]
    if name == "client_architecture":
        return [int.from_bytes(first[at : at + 2]) for at in range(0, len(first), 2)]
    if name in LISTS:
        return list(values)
    if name in TEXTS:
        return first.decode()
    match name:
        case "parameter_request_list":
            return list(first)
        case "client_identifier":
            return {"type": first[0], "identifier": hexed(first[1:])}
        case "relay_agent":
            return suboptions(first)
        case "client_fqdn":
            bits = {n: bool(first[0] >> at & 1) for at, n in enumerate(("server_updates", "overridden", "encoded", "no_update"))}
            return bits | {"rcode1": first[1], "rcode2": first[2], "name": hexed(first[3:])}
        case "rapid_commit":
            return []
    return hexed(first) if isinstance(first, bytes) else first


def options(all):
    shown, unknown = {}, []
    for at, it in enumerate(all):
        if it == "end":
            break
        if it == "pad":
            continue
        name, *values = it
        if isinstance(name, int):
            unknown.append({"key": name, "value": hexed(values[0])})
            continue
        ours = NAMES.get(name, name)
        shown[ours] = value(ours, values)
    if unknown:
        shown["unknown"] = unknown
    return only(**shown)


def sample(title, boot, behind=b""):
    data = bytes(boot) + behind
    it = BOOTP(data)
    other = dpkt.dhcp.DHCP(data)
    found = it[DHCP].options
    padding = found[found.index("end") + 1 :]
    assert all(each == "pad" for each in padding)
    assert (other.xid, other.hops, other.magic) == (it.xid, it.hops, 0x63825363)
    assert len(other.opts) == len([each for each in found if isinstance(each, tuple)])
    write(__file__, title, data, {
        "op": it.op,
        "htype": it.htype,
        "hlen": it.hlen,
        "hops": it.hops,
        "xid": it.xid,
        "secs": it.secs,
        "flags": ["BROADCAST"] if str(it.flags) == "B" else [],
        "ciaddr": it.ciaddr,
        "yiaddr": it.yiaddr,
        "siaddr": it.siaddr,
        "giaddr": it.giaddr,
        "chaddr": hexed(it.chaddr.ljust(16, b"\0")),
        "sname": hexed(it.sname.ljust(64, b"\0")),
        "file": hexed(it.file.ljust(128, b"\0")),
        "options": options(found),
        "padding": hexed(bytes(len(padding))),
    })


me = b"\x02\x00\x5e\x10\x00\x01"
wanted = [1, 28, 2, 3, 15, 6, 119, 12, 44, 47, 26, 121, 42]
asks = dict(chaddr=me, xid=0xDEADBEEF)


def boot(*options, **fields):
    return BOOTP(**fields) / DHCP(options=[*options, "end"])


sample("discover", boot(("hostname", "laptop"), ("message-type", "discover"), ("param_req_list", wanted), ("max_dhcp_size", 1500), ("client_id", b"\x01" + me), flags="B", secs=3, **asks), bytes(20))
sample("discover_in_the_order_of_a_client", boot(("message-type", "discover"), ("client_id", b"\x01" + me), ("requested_addr", "192.0.2.7"), ("hostname", "laptop"), ("param_req_list", wanted), **asks))
lease = [("renewal_time", 1800), ("rebinding_time", 3150)]
net = [("subnet_mask", "255.255.255.0"), ("router", "192.0.2.254", "192.0.2.253"), ("name_server", "192.0.2.53"), ("domain", "example.org"), ("interface-mtu", 1492), ("broadcast_address", "192.0.2.255"), ("NTP_server", "192.0.2.123")]
sample("offer", boot(*net, ("lease_time", 3600), ("message-type", "offer"), ("server_id", "192.0.2.1"), *lease, op=2, yiaddr="192.0.2.7", siaddr="192.0.2.1", sname=b"boot.example.org", file=b"pxelinux.0", **asks))
sample("request", boot(("requested_addr", "192.0.2.7"), ("message-type", "request"), ("server_id", "192.0.2.1"), ("vendor_class_id", b"MSFT 5.0"), ("client_FQDN", b"\x01\0\0laptop.example.org"), **asks))
sample("ack_through_a_relay", boot(("subnet_mask", "255.255.255.0"), ("lease_time", 0xFFFFFFFF), ("message-type", "ack"), ("server_id", "192.0.2.1"), ("relay_agent_information", b"\x01\x04eth0\x02\x06" + me), ("ipv6-only-preferred", 1800), ("captive-portal", b"https://example.org/api"), ("classless_static_routes", "0.0.0.0/0:192.0.2.254", "10.128.0.0/9:192.0.2.2"), op=2, hops=1, giaddr="192.0.2.254", ciaddr="192.0.2.7", yiaddr="192.0.2.7", **asks))
sample("nak", boot(("message-type", "nak"), ("server_id", "192.0.2.1"), ("error_message", b"address in use"), op=2, **asks))
sample("network_boot", boot(("message-type", "discover"), ("vendor_class_id", b"PXEClient:Arch:00007"), ("pxe_client_architecture", b"\x00\x07\x00\x10"), (175, b"\x01\x02"), (224, b"site"), **asks))
sample("rapid", boot(("message-type", "discover"), ("rapid_commit", b""), **asks))
