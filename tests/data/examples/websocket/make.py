"""WebSocket frames, as websockets 17.4 and wsproto 1.3.2 make them, and as both
read them."""

import dataclasses
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample import hexed, write
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Close, Frame, Opcode
from websockets.streams import StreamReader
from wsproto.frame_protocol import FrameDecoder, FrameProtocol


class Kept(PerMessageDeflate):
    """Lets what is compressed be read as it is."""

    def __init__(self):
        pass

    def decode(self, frame, *, max_size=None):
        return dataclasses.replace(frame, rsv1=False)


def parsed(data, mask):
    """What websockets says of it."""
    reader = StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    steps = Frame.parse(reader.read_exact, mask=mask, max_size=1 << 20, extensions=[Kept()])
    try:
        while True:
            next(steps)
    except StopIteration as end:
        return end.value


def sample(name, data, compressed=False):
    mask = bool(data[1] & 0x80)
    it = parsed(data, mask)
    # The other reader.
    decoder = FrameDecoder(client=not mask)
    decoder.receive_bytes(data)
    if not compressed:
        frame = decoder.process_buffer()
        assert (int(frame.opcode), bytes(frame.payload), frame.message_finished) == (int(it.opcode), bytes(it.data), it.fin)
    size = len(it.data)
    key = data[len(data) - size - 4 : len(data) - size] if mask else b""
    expected = {
        "fin": it.fin,
        "rsv1": compressed,
        "rsv2": it.rsv2,
        "rsv3": it.rsv3,
        "opcode": int(it.opcode),
        "mask": int(mask),
        "payload_length": min(size, 126) if size < 65536 else 127,
        "length_16": size if 126 <= size < 65536 else None,
        "length_64": size if size >= 65536 else None,
        "masking_key": list(key),
    }
    # What is long is told by its length.
    if size < 1000:
        expected["payload"] = hexed(it.data)
    write(__file__, name, data, expected)


sample("text", Frame(Opcode.TEXT, "Grüße".encode()).serialize(mask=False))
sample("masked_text", Frame(Opcode.TEXT, b"Hello, server!").serialize(mask=True))
sample("empty_masked", Frame(Opcode.TEXT, b"").serialize(mask=True))
sample("first_of_three", Frame(Opcode.BINARY, b"\x00\x01", fin=False).serialize(mask=False))
sample("continuation", Frame(Opcode.CONT, b"\x02", fin=False).serialize(mask=True))
sample("ping", FrameProtocol(client=True, extensions=[]).ping(b"are you there"))
sample("pong", FrameProtocol(client=False, extensions=[]).pong(b"are you there"))
sample("close", Frame(Opcode.CLOSE, Close(1001, "going away").serialize()).serialize(mask=False))
sample("close_masked", FrameProtocol(client=True, extensions=[]).close(1000, "bye"))
sample("of_125_bytes", Frame(Opcode.BINARY, bytes(125)).serialize(mask=False))
sample("of_126_bytes", Frame(Opcode.BINARY, bytes(range(126))).serialize(mask=True))
sample("of_65536_bytes", Frame(Opcode.BINARY, b"z" * 65536).serialize(mask=False))
deflate = PerMessageDeflate(False, False, 15, 15)
sample("compressed", Frame(Opcode.TEXT, b"Hello").serialize(mask=False, extensions=[deflate]), compressed=True)
