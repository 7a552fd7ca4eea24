"""ClientHellos of OpenSSL 3.0.19 (Python's ssl), GnuTLS 3.7.9 (gnutls-cli) and
BoringSSL (curl_cffi 0.16.3, as Chrome does it), as tshark 4.0.17 reads them."""

import datetime
import json
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import curl_cffi
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sample import hexed, write
from scapy.layers.inet import IP, TCP
from scapy.layers.l2 import Ether
from scapy.utils import wrpcap


def raw(text):
    return hexed(bytes.fromhex((text or "").replace(":", "")))


def listed(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def inside(tree, name):
    """All values of a name, wherever they are, in their order."""
    found = []
    for key, value in tree.items():
        if key == name:
            found += listed(value)
        else:
            for it in listed(value):
                if isinstance(it, dict):
                    found += inside(it, name)
    return found


def numbers(tree, name):
    return [int(it, 0) for it in inside(tree, name)]


def extension(tree):
    """The fields of an extension, or None where tshark shows no more than bytes."""
    of = lambda name: f"tls.handshake.extensions_{name}"
    texts = lambda name: [hexed(it.encode()) for it in inside(tree, of(name))]
    match int(tree["tls.handshake.extension.type"]):
        case 0:
            return [{"name": "HOST_NAME", "fields": it} for it in inside(tree, of("server_name"))]
        case 10:
            return numbers(tree, of("supported_group"))
        case 11:
            return numbers(tree, of("ec_point_format"))
        case 13:
            return numbers(tree, "tls.handshake.sig_hash_alg")
        case 16:
            return texts("alpn_str")
        case 18 | 22 | 23 | 42 | 49:
            return {}
        case 21:
            return raw(inside(tree, of("padding_data"))[0])
        case 27:
            return numbers(tree, "tls.compress_certificate.algorithm")
        case 28:
            return numbers(tree, "tls.record_size_limit")[0]
        case 35:
            return raw((inside(tree, "tls.handshake.extension.data") or [""])[0])
        case 41:
            identities = zip(inside(tree, "tls.handshake.extensions.psk.identity.identity"), numbers(tree, "tls.handshake.extensions.psk.identity.obfuscated_ticket_age"))
            return {"identities": [{"identity": raw(it), "obfuscated_ticket_age": age} for it, age in identities]}
        case 43:
            return numbers(tree, "tls.handshake.extensions.supported_version")
        case 45:
            return numbers(tree, "tls.extension.psk_ke_mode")
        case 51:
            groups = numbers(tree, of("key_share_group"))
            keys = inside(tree, of("key_share_key_exchange"))
            return [{"group": group, "key_exchange": raw(key)} for group, key in zip(groups, keys, strict=True)]
        case 65281:
            return raw((inside(tree, "tls.handshake.extensions_reneg_info") or [""])[0])
    return None


def expected(data):
    with tempfile.TemporaryDirectory() as folder:
        capture = f"{folder}/one.pcap"
        tcp = TCP(sport=40000, dport=443, flags="PA", seq=1, ack=1)
        wrpcap(capture, Ether(dst="02:00:00:00:00:01") / IP(src="192.0.2.1", dst="192.0.2.2") / tcp / data)
        command = ["tshark", "-r", capture, "-T", "json", "--no-duplicate-keys"]
        shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    record = json.loads(shown)[0]["_source"]["layers"]["tls"]["tls.record"]
    hello = record["tls.handshake"]
    trees = [it for name, value in hello.items() if name.startswith("Extension: ") for it in listed(value)]
    extensions = []
    for tree in trees:
        fields = extension(tree)
        shown = {"code": int(tree["tls.handshake.extension.type"])}
        extensions.append(shown if fields is None else shown | {"fields": fields})
    one = lambda name: hello[f"tls.handshake.{name}"]
    return {
        "legacy_record_version": int(record["tls.record.version"], 0),
        "handshake": {
            "name": "CLIENT_HELLO",
            "fields": {
                "legacy_version": int(one("version"), 0),
                "random": raw(one("random")),
                "legacy_session_id": raw(hello.get("tls.handshake.session_id")),
                "cipher_suites": numbers(hello, "tls.handshake.ciphersuite"),
                "legacy_compression_methods": hexed(bytes(numbers(hello, "tls.handshake.comp_method"))),
                "extensions": extensions or None,
            },
        },
    }


def sample(name, data):
    write(__file__, name, data, expected(data))


def by_openssl(context, name="example.org", session=None):
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context.wrap_bio(incoming, outgoing, server_hostname=name, session=session)
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


def session_of(context):
    """A session with a server of our own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "example.org")])
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(days=1))
    with tempfile.NamedTemporaryFile() as file:
        file.write(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        file.flush()
        serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        serving.load_cert_chain(file.name)
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context.wrap_bio(down, up, server_hostname="example.org")
    server = serving.wrap_bio(up, down, server_side=True)
    for step in (client.do_handshake, server.do_handshake) * 3 + (lambda: server.write(b"hi"), lambda: client.read(2)):
        try:
            step()
        except ssl.SSLWantReadError:
            pass
    return client.session


def heard(ask):
    """The first that is said to a port by what `ask` does with it."""
    said = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        def listen():
            there, _ = listener.accept()
            with there:
                data = there.recv(65536)
                while len(data) < 5 + int.from_bytes(data[3:5]):
                    data += there.recv(65536)
                said.append(data)
        thread = threading.Thread(target=listen)
        thread.start()
        ask(listener.getsockname()[1])
        thread.join()
    return said[0]


def by_gnutls(priority, *more):
    def ask(port):
        command = ["gnutls-cli", "--no-ca-verification", "--sni-hostname", "example.org", "--priority", priority, *more, "-p", str(port), "127.0.0.1"]
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
    return heard(ask)


def by_chrome(version):
    def ask(port):
        try:
            curl_cffi.get(f"https://localhost:{port}/", impersonate=version, timeout=5, verify=False)
        except curl_cffi.exceptions.RequestException:
            pass
    return heard(ask)


plain = ssl.create_default_context()
sample("openssl", by_openssl(plain))
plain.set_alpn_protocols(["h2", "http/1.1"])
plain.maximum_version = ssl.TLSVersion.TLSv1_2
sample("openssl_tls_1_2", by_openssl(plain))
unnamed = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
unnamed.check_hostname = False
unnamed.verify_mode = ssl.CERT_NONE
unnamed.post_handshake_auth = True
sample("openssl_without_name", by_openssl(unnamed, None))
sample("openssl_resumes", by_openssl(unnamed, session=session_of(unnamed)))
sample("gnutls", by_gnutls("NORMAL", "--alpn", "h2"))
sample("gnutls_tls_1_2", by_gnutls("NORMAL:-VERS-ALL:+VERS-TLS1.2:%NO_EXTENSIONS"))
sample("chrome", by_chrome("chrome110"))
sample("chrome_with_mlkem", by_chrome("chrome131"))
