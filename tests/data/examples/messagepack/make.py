"""MessagePack values, as msgpack 1.2.4 (of Python) packs them, and what it reads in them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import msgpack
from sample import hexed, write

FORMATS = {
    0xC0: "NIL", 0xC2: "FALSE", 0xC3: "TRUE", 0xC4: "BIN8", 0xC5: "BIN16", 0xC6: "BIN32",
    0xC7: "EXT8", 0xC8: "EXT16", 0xC9: "EXT32", 0xCA: "FLOAT32", 0xCB: "FLOAT64",
    0xCC: "UINT8", 0xCD: "UINT16", 0xCE: "UINT32", 0xCF: "UINT64",
    0xD0: "INT8", 0xD1: "INT16", 0xD2: "INT32", 0xD3: "INT64",
    0xD4: "FIXEXT1", 0xD5: "FIXEXT2", 0xD6: "FIXEXT4", 0xD7: "FIXEXT8", 0xD8: "FIXEXT16",
    0xD9: "STR8", 0xDA: "STR16", 0xDB: "STR32", 0xDC: "ARRAY16", 0xDD: "ARRAY32",
    0xDE: "MAP16", 0xDF: "MAP32",
}  # fmt: skip


def expected(value, **packing):
    """Of what msgpack read. The format is the first byte that msgpack packs it to."""
    first = msgpack.packb(value, **packing)[0]
    match value:
        case None | bool():
            fields = {}
        case int():
            if first < 0x80 or first >= 0xE0:
                assert value == (first if first < 0x80 else first - 256)
                fields = {}
            else:
                fields = value
        case float() | str():
            fields = value
        case bytes():
            fields = hexed(value)
        case list():
            fields = [expected(item, **packing) for item in value]
        case dict():
            pairs = value.items()
            fields = [{"key": expected(key, **packing), "value": expected(it, **packing)} for key, it in pairs]
        case msgpack.ExtType():
            held = {"code": value.code, "fields": hexed(value.data)}
            fields = {"extension": held} if first in (0xC7, 0xC8, 0xC9) else held
        case msgpack.Timestamp():
            parts = {"seconds": value.seconds}
            if first != 0xD6:
                parts["nanoseconds"] = value.nanoseconds
            kind = {0xD6: "timestamp32", 0xD7: "timestamp64", 0xC7: "timestamp96"}[first]
            held = {"name": "TIMESTAMP", "fields": {"name": kind, "fields": parts}}
            fields = {"extension": held} if first == 0xC7 else held
    found = {"code": first, "fields": fields}
    if first in FORMATS:
        found["name"] = FORMATS[first]
    return found


def sample(name, value, **packing):
    data = msgpack.packb(value, **packing)
    read = msgpack.unpackb(data, strict_map_key=False)
    write(__file__, name, data, expected(read, **packing))


if __name__ == "__main__":
    sample("integers", [0, 127, 128, 255, 256, 65535, 65536, 2**32 - 1, 2**32, 2**64 - 1])
    sample("negative_integers", [-1, -32, -33, -128, -129, -32768, -32769, -(2**31), -(2**31) - 1, -(2**63)])
    sample("plain", {"nil": None, "false": False, "true": True, "e": 2.718281828459045, 7: [[], {}]})
    sample("single_precision", [0.5, -1.25e10, 65504.0], use_single_float=True)
    sample("texts", ["", "a" * 31, "b" * 32, "c" * 255, "d" * 256, "ä€🂡"])
    sample("bytes", [b"", b"\x80" * 255, b"\xff" * 256])
    sample("arrays", [list(range(15)), list(range(16))])
    sample("a_large_map", {key: key + 1 for key in range(16)})
    ext = msgpack.ExtType
    sizes = [1, 2, 4, 8, 16, 0, 3, 255, 256]
    sample("extensions", [ext(size % 127, bytes(range(size % 256)) or bytes(size)) for size in sizes])
    sample("timestamps", [msgpack.Timestamp(1_700_000_000), msgpack.Timestamp(2**34 - 1, 999_999_999), msgpack.Timestamp(-1, 5)])
