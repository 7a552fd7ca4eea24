"""MQTT packets that paho-mqtt 2.2.0 and mosquitto 2.0.11 say to each other, taken
from between them; and as tshark 4.0.17 reads them."""

import json
import re
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from paho.mqtt import client as paho
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions
from sample import hexed, only, write
from scapy.layers.inet import IP, TCP
from scapy.layers.l2 import Ether
from scapy.utils import wrpcap

BROKER, BETWEEN = 18830, 18831


class Between(threading.Thread):
    """Hands on what two sides say, and keeps it."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", BETWEEN))
        self.said = {"client": b"", "server": b""}

    def run(self):
        client, _ = self.listener.accept()
        server = socket.create_connection(("127.0.0.1", BROKER))
        other = {client: ("client", server), server: ("server", client)}
        while True:
            for side in select.select([client, server], [], [])[0]:
                data = side.recv(65536)
                if not data:
                    return
                name, to = other[side]
                self.said[name] += data
                to.sendall(data)


def packets(stream):
    while stream:
        length, at = 0, 1
        while True:
            length |= (stream[at] & 0x7F) << 7 * (at - 1)
            at += 1
            if stream[at - 1] < 0x80:
                break
        yield stream[: at + length]
        stream = stream[at + length :]


def properties(kind, **named):
    made = Properties(kind)
    for name, value in named.items():
        setattr(made, name, value)
    return made


def talk():
    """All packets of a conversation, by their direction."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "mosquitto.conf"
        config.write_text(f"listener {BROKER} 127.0.0.1\nallow_anonymous true\nmax_packet_size 65536\n")
        broker = subprocess.Popen([shutil.which("mosquitto") or "/usr/sbin/mosquitto", "-c", config], stderr=subprocess.DEVNULL)
        try:
            time.sleep(1)
            between = Between()
            between.start()
            one_conversation()
            time.sleep(1)
            return between.said
        finally:
            broker.terminate()


def one_conversation():
    client = paho.Client(paho.CallbackAPIVersion.VERSION2, client_id="", protocol=paho.MQTTv5)
    client.username_pw_set("user", "secret")
    will = properties(PacketTypes.WILLMESSAGE, WillDelayInterval=5, ContentType="text/plain", UserProperty=("why", "gone"))
    client.will_set("gone/me", b"\x00\xff", qos=1, retain=True, properties=will)
    asked = properties(PacketTypes.CONNECT, SessionExpiryInterval=3600, ReceiveMaximum=20, TopicAliasMaximum=10, MaximumPacketSize=100000, UserProperty=[("a", "1"), ("b", "2")])
    client.connect("127.0.0.1", BETWEEN, keepalive=30, properties=asked)
    client.loop_start()
    time.sleep(0.5)
    client.subscribe([("news/#", SubscribeOptions(qos=2, noLocal=False, retainAsPublished=True, retainHandling=1)), ("$share/g/x", SubscribeOptions(qos=1))], properties=properties(PacketTypes.SUBSCRIBE, SubscriptionIdentifier=200))
    time.sleep(0.3)
    client.publish("news/0", "Grüße")
    described = properties(PacketTypes.PUBLISH, PayloadFormatIndicator=1, MessageExpiryInterval=60, ContentType="text/plain", ResponseTopic="answers", CorrelationData=b"\x01\x02", UserProperty=("k", "v"), TopicAlias=3)
    client.publish("news/1", b"one", qos=1, retain=True, properties=described)
    time.sleep(0.3)
    client.publish("news/2", b"x" * 200, qos=2)
    client.publish("nobody/cares", b"", qos=1)
    time.sleep(0.5)
    client._send_pingreq()
    client.unsubscribe(["news/#", "never/subscribed"])
    time.sleep(0.5)
    client.disconnect(ReasonCode(PacketTypes.DISCONNECT, "Disconnect with will message"), properties(PacketTypes.DISCONNECT, SessionExpiryInterval=0, ReasonString="done"))
    time.sleep(0.3)


def dissected(streams):
    """What tshark says of each packet, in the order of a stream."""
    with tempfile.TemporaryDirectory() as folder:
        capture = f"{folder}/all.pcap"
        at, frames = {"client": 1, "server": 1}, []
        for side, data in streams:
            there, back = ("client", "server") if side == "client" else ("server", "client")
            ports = (40000, 1883) if side == "client" else (1883, 40000)
            addresses = ("192.0.2.1", "192.0.2.2") if side == "client" else ("192.0.2.2", "192.0.2.1")
            tcp = TCP(sport=ports[0], dport=ports[1], flags="PA", seq=at[there], ack=at[back])
            frames.append(Ether(dst="02:00:00:00:00:01") / IP(src=addresses[0], dst=addresses[1]) / tcp / data)
            at[there] += len(data)
        wrpcap(capture, frames)
        command = ["tshark", "-r", capture, "-T", "json", "--no-duplicate-keys"]
        shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [it["_source"]["layers"]["mqtt"] for it in json.loads(shown)]


# Names of properties by their identifiers: section 2.2.2.2.
NAMES = {
    1: "payload_format_indicator", 2: "message_expiry_interval", 3: "content_type", 8: "response_topic",
    9: "correlation_data", 11: "subscription_identifier", 17: "session_expiry_interval",
    18: "assigned_client_identifier", 24: "will_delay_interval", 31: "reason_string", 33: "receive_maximum",
    34: "topic_alias_maximum", 35: "topic_alias", 38: "user_properties", 39: "maximum_packet_size",
}


def listed(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def told(shown, kind, name="mqtt.properties"):
    """The properties of a packet. tshark tells their identifiers, and then values by
    their types."""
    tree = shown[name]
    all = {name: iter(listed(tree.get(f"mqtt.{name}"))) for name in (
        "prop_number", "prop_string", "prop_key", "prop_value", "property.content_type", "property.topic_alias")}
    found = {}
    for id in (int(it, 16) for it in listed(tree.get("mqtt.property_id"))):
        name = NAMES[id]
        match id:
            case 38:
                pair = {"name": next(all["prop_key"]), "value": next(all["prop_value"])}
                found.setdefault(name, []).append(pair)
            case 11 if kind == 3:
                found.setdefault("subscription_identifiers", []).append(int(next(all["prop_number"])))
            case 1:
                found[name] = next(all["prop_number"]) == "1"
            case 3:
                found[name] = next(all["property.content_type"])
            case 9:
                found[name] = hexed(next(all["prop_string"]).encode())
            case 8 | 18 | 31:
                found[name] = next(all["prop_string"])
            case 35:
                found[name] = int(next(all["property.topic_alias"]))
            case _:
                found[name] = int(next(all["prop_number"]))
    return only(**found)


def raw(text):
    return hexed(bytes.fromhex(text.replace(":", "")))


def expected(shown):
    kind = int(shown["mqtt.hdrflags_tree"]["mqtt.msgtype"])
    number = lambda name: int(shown[f"mqtt.{name}"])
    properties = told(shown, kind) if "mqtt.properties" in shown else None
    match kind:
        case 1:
            flags = {name: int(shown["mqtt.conflags_tree"][f"mqtt.conflag.{name}"]) for name in (
                "uname", "passwd", "retain", "qos", "willflag", "cleansess")}
            will = None
            if flags["willflag"]:
                will = {
                    "properties": told(shown, kind, "mqtt.will_properties"),
                    "topic": shown["mqtt.willtopic"],
                    "payload": raw(shown["mqtt.willmsg"]),
                }
            fields = {
                "protocol_name": shown["mqtt.protoname"],
                "has_user_name": flags["uname"],
                "has_password": flags["passwd"],
                "will_retain": bool(flags["retain"]),
                "will_qos": flags["qos"],
                "has_will": flags["willflag"],
                "clean_start": bool(flags["cleansess"]),
                "keep_alive": number("kalive"),
                "properties": properties,
                "client_identifier": shown["mqtt.clientid"],
                "will": will,
                "user_name": shown.get("mqtt.username"),
                "password": shown.get("mqtt.passwd"),
            }
        case 2:
            present = shown["mqtt.conack.flags_tree"]["mqtt.conack.flags.sp"] == "1"
            fields = {"session_present": present, "reason_code": number("connack.reason_code"), "properties": properties}
        case 3:
            flags = shown["mqtt.hdrflags_tree"]
            message = raw(shown["mqtt.msg"])
            identifier = int(shown["mqtt.msgid"]) if "mqtt.msgid" in shown else None
            fields = {
                "dup": flags["mqtt.dupflag"] == "1",
                "qos": int(flags["mqtt.qos"]),
                "retain": flags["mqtt.retain"] == "1",
                "body": {"topic": shown["mqtt.topic"], "packet_identifier": identifier, "properties": properties, "payload": message},
            }
        case 4 | 5 | 6 | 7:
            code = next((int(value) for name, value in shown.items() if name.endswith("reason_code")), None)
            fields = {"packet_identifier": number("msgid"), "reason_code": code, "properties": properties}
        case 8:
            parts = zip(listed(shown["mqtt.topic"]), listed(shown["mqtt.subscription_options_tree"]))
            option = lambda tree, name: int(tree[f"mqtt.subscription_options_{name}"])
            fields = {
                "packet_identifier": number("msgid"),
                "properties": properties,
                "subscriptions": [
                    {
                        "topic_filter": topic,
                        "retain_handling": option(tree, "retain"),
                        "retain_as_published": bool(option(tree, "rap")),
                        "no_local": bool(option(tree, "nl")),
                        "maximum_qos": option(tree, "qos"),
                    }
                    for topic, tree in parts
                ],
            }
        case 9 | 11:
            codes = next(listed(value) for name, value in shown.items() if name.endswith("reason_code"))
            fields = {"packet_identifier": number("msgid"), "properties": properties, "reason_codes": list(map(int, codes))}
        case 10:
            fields = {"packet_identifier": number("msgid"), "properties": properties, "topic_filters": listed(shown["mqtt.topic"])}
        case 14:
            code = shown.get("mqtt.disconnect.reason_code")
            fields = {"reason_code": code and int(code), "properties": properties}
        case _:
            fields = []
    return {"code": kind, "fields": fields}


if __name__ == "__main__":
    said = talk()
    all = [(side, data) for side in ("client", "server") for data in packets(said[side])]
    seen = {}
    for (side, data), shown in zip(all, dissected(all)):
        kind = PacketTypes.Names[data[0] >> 4].lower()
        seen[side, kind] = nth = seen.get((side, kind), 0) + 1
        write(__file__, f"{side}_{kind}_{nth}", data, expected(shown))
