"""ZIP files, as Info-ZIP's zip 3.0, 7-Zip 26.02 and Python 3.11's zipfile make them, and what
zipfile and Info-ZIP's zipinfo 3.0 read in them.

zipinfo tells of the central directory; of what stands with the file itself it is the same
that is expected. Compressed bytes are those that zipfile finds."""

import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample import hexed, write

METHODS = {0: "STORED", 8: "DEFLATED", 12: "BZIP2", 14: "LZMA", 99: "AES"}
HOSTS = {0: "FAT", 3: "UNIX", 10: "NTFS"}
FLAGS = {
    0x1: "ENCRYPTED",
    0x2: "COMPRESSION_1",
    0x4: "COMPRESSION_2",
    0x8: "STREAMED",
    0x800: "UTF8",
}


def version(number):
    return f"{number // 10}.{number % 10}"


def named(bits):
    return [name for bit, name in FLAGS.items() if bits & bit]


def time(it):
    year, month, day, hour, minute, second = it.date_time
    return {
        "time": {"seconds": second // 2, "minute": minute, "hour": hour},
        "date": {"day": day, "month": month, "year": year - 1980},
    }


def both(it):
    """What the file's header and the central directory have in common."""
    name = it.filename.encode("utf-8" if it.flag_bits & 0x800 else "cp437")
    return {
        "version_needed": {"specification": version(it.extract_version & 0xFF)},
        "flags": named(it.flag_bits),
        "method": METHODS[it.compress_type],
        "name": hexed(name),
    } | time(it)


def compressed(archive, it):
    """The bytes that zipfile would decompress."""
    if it.flag_bits & 1:
        return None
    with archive.open(it) as opened:
        opened._fileobj.seek(opened._orig_compress_start)
        return opened._fileobj.read(it.compress_size)


def local(archive, it):
    fields = both(it)
    data = compressed(archive, it)
    if it.flag_bits & 8:
        descriptor = {"crc32": it.CRC, "compressed_size": it.compress_size, "uncompressed_size": it.file_size}
        if data is not None:
            descriptor["data"] = hexed(data)
        return {"name": "LOCAL_FILE", "fields": fields}, descriptor
    fields["crc32"] = it.CRC
    return {"name": "LOCAL_FILE", "fields": fields}, data


def extras(dump):
    """Those that zipinfo lists, with the sizes it tells of."""
    listed = re.findall(r"- A subfield with ID 0x(\w{4}) \(.*?\) and (\d+) data bytes", dump)
    return [{"code": int(identity, 16)} for identity, _ in listed]


def central(it, dump):
    return {
        "name": "CENTRAL_DIRECTORY",
        "fields": both(it)
        | {
            "version_made_by": {"specification": version(it.create_version), "host": HOSTS[it.create_system]},
            "crc32": it.CRC,
            "compressed_size": it.compress_size,
            "uncompressed_size": it.file_size,
            "disk": it.volume,
            "internal_attributes": it.internal_attr,
            "external_attributes": it.external_attr,
            "offset": it.header_offset,
            "extra": extras(dump),
            "comment": hexed(it.comment),
        },
    }


def expected(data):
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(data)
        file.flush()
        told = subprocess.run(["zipinfo", "-v", file.name], capture_output=True).stdout.decode("latin1")
        archive = zipfile.ZipFile(file.name)
        head, *dumps = re.split(r"Central directory entry #\d+:", told)
        files, directory = [], []
        infos = archive.infolist()
        for it, dump in zip(infos, dumps, strict=True):
            section, data_of = local(archive, it)
            wide = re.search(r"PKWARE 64-bit", dump) or it.extract_version == 45
            if isinstance(data_of, dict):
                section["fields"]["streamed64" if wide else "streamed"] = data_of
            elif data_of is not None:
                section["fields"]["data64" if wide else "data"] = hexed(data_of)
            files.append(section)
            directory.append(central(it, dump))
        size, offset = (int(re.search(pattern, head, re.S)[1]) for pattern in (r"central directory is (\d+)", r"\(expected\) offset in bytes from the beginning of the zipfile\s+is (\d+)"))
    end = {
        "name": "END",
        "fields": {
            "entries": len(infos),
            "entries_on_disk": len(infos),
            "directory_size": size,
            "directory_offset": offset,
            "comment": hexed(archive.comment),
        },
    }
    sections = files + directory
    if data.find(b"PK\x06\x06") > 0:
        sections += [{"name": "ZIP64_END", "fields": {"body": {"entries": len(infos), "directory_size": size, "directory_offset": offset}}}]
        sections += [{"name": "ZIP64_LOCATOR", "fields": {"offset": offset + size, "disks": 1}}]
    return {"sections": [*sections, end]}


def sample(name, data):
    write(__file__, name, data, expected(data))


def packed(*words, files, data=b""):
    """What a program makes of some files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            os.utime(path, (1_700_000_000, 1_700_000_000))
        subprocess.run(words, input=data, cwd=folder, check=True, capture_output=True)
        return (Path(folder) / "it.zip").read_bytes()


class Unseekable(io.RawIOBase):
    def __init__(self):
        self.data = b""

    def writable(self):
        return True

    def write(self, data):
        self.data += bytes(data)
        return len(data)


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    hello = {"hello.txt": b"hello " * 9, "deep/empty": b""}
    sample("info_zip", packed("zip", "-r", "-z", "it.zip", "hello.txt", "deep", files=hello, data=b"A comment\n"))
    sample("info_zip_encrypted", packed("zip", "-e", "-P", "secret", "it.zip", "hello.txt", files=hello))
    sample("info_zip_of_a_pipe", packed("zip", "it.zip", "-", files={}, data=b"from a pipe"))
    sample("info_zip_with_descriptor", packed("zip", "-fd", "it.zip", "-", files={}, data=b"from a pipe"))
    sample("seven_zip_lzma", packed("7z", "a", "-mm=LZMA", "it.zip", "hello.txt", files=hello))
    sample("seven_zip_aes", packed("7z", "a", "-psecret", "-mem=AES256", "it.zip", "hello.txt", files=hello))
    to = Unseekable()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_BZIP2) as archive:
        it = zipfile.ZipInfo("d\u00e9j\u00e0.txt", (1980, 1, 1, 0, 0, 0))
        it.comment = b"of the file"
        archive.writestr(it, b"stored, then described", zipfile.ZIP_STORED)
        archive.writestr(zipfile.ZipInfo("b", (2107, 12, 31, 23, 59, 58)), b"b" * 100, zipfile.ZIP_BZIP2)
        archive.comment = b"of all"
    sample("streamed", to.data)
    with zipfile.ZipFile(file := io.BytesIO(), "w"):
        pass
    sample("empty", file.getvalue())
