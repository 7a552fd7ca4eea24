"""Protocol buffers, as protobuf 7.36.2 (of Python) serializes messages of its own schemas,
and the fields that it reads in them where it does not know their schema."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from google.protobuf import descriptor_pb2, descriptor_pool, empty_pb2, message_factory
from google.protobuf import struct_pb2, timestamp_pb2, unknown_fields, wrappers_pb2
from sample import hexed, write

VARINT, I64, LEN, SGROUP, EGROUP, I32 = range(6)
NAMES = ["VARINT", "I64", "LEN", "SGROUP", "EGROUP", "I32"]


def of_set(fields):
    """What protobuf's set of unknown fields has."""
    found = []
    for field in fields:
        number, kind, value = field.field_number, field.wire_type, field.data
        if kind == LEN:
            value = hexed(value)
        elif kind == SGROUP:
            value = [*of_set(value), {"key": number << 3 | EGROUP, "value": {"name": "EGROUP"}}]
        found.append({"key": number << 3 | kind, "value": {"name": NAMES[kind], "fields": value}})
    return found


def sample(name, data):
    message = empty_pb2.Empty.FromString(data)
    fields = of_set(unknown_fields.UnknownFieldSet(message))
    write(__file__, name, data, {"fields": fields})


if __name__ == "__main__":
    sample("empty", b"")
    sample("timestamp", timestamp_pb2.Timestamp(seconds=1_700_000_000, nanos=7).SerializeToString())
    sample("before_1970", timestamp_pb2.Timestamp(seconds=-1).SerializeToString())
    tree = struct_pb2.Struct()
    tree.update({"name": "table", "seats": [1, 2.5, None, True], "more": {"deep": "er"}})
    sample("struct", tree.SerializeToString(deterministic=True))
    file = descriptor_pb2.FileDescriptorProto(name="bet.proto", package="poker", syntax="proto3")
    message = file.message_type.add(name="Bet")
    message.field.add(name="player", number=1, type="TYPE_UINT32", label="LABEL_OPTIONAL", json_name="player")
    message.field.add(name="cards", number=536_870_911, type="TYPE_FIXED64", label="LABEL_REPEATED")
    file.public_dependency.extend([0, 1, 300])
    sample("descriptor", file.SerializeToString())
    sample("double", wrappers_pb2.DoubleValue(value=0.1).SerializeToString())
    sample("float", wrappers_pb2.FloatValue(value=0.1).SerializeToString())
    # No schema of protobuf's own has these.
    file = descriptor_pb2.FileDescriptorProto(name="other.proto", package="other", syntax="proto2")
    other = file.message_type.add(name="Other")
    optional, repeated = "LABEL_OPTIONAL", "LABEL_REPEATED"
    other.field.add(name="part", number=3, type="TYPE_GROUP", label=repeated, type_name=".other.Other.Part")
    other.field.add(name="balance", number=4, type="TYPE_SINT64", label=optional)
    packed = other.field.add(name="cards", number=5, type="TYPE_UINT32", label=repeated)
    packed.options.packed = True
    other.field.add(name="change", number=2047, type="TYPE_SFIXED32", label=optional)
    other.field.add(name="large", number=2048, type="TYPE_UINT64", label=optional)
    part = other.nested_type.add(name="Part")
    part.field.add(name="within", number=1, type="TYPE_GROUP", label=optional, type_name=".other.Other.Part")
    part.field.add(name="name", number=2, type="TYPE_STRING", label=optional)
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    Other = message_factory.GetMessageClass(pool.FindMessageTypeByName("other.Other"))
    message = Other(balance=-2, cards=[1, 300, 2**32 - 1], change=-1, large=2**64 - 1)
    message.part.add(name="outer").within.name = "inner"
    message.part.add()
    sample("groups", message.SerializeToString())
