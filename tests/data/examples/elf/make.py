"""ELF files, as gcc 12.2.0 and GNU binutils 2.40 of Debian make them, and what pyelftools
0.33 reads in them. Needs binutils-powerpc-linux-gnu, for files that are big-endian."""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from elftools.elf.elffile import ELFFile
from sample import hexed, write

SEGMENT_FLAGS = {1: "PF_X", 2: "PF_W", 4: "PF_R"}
SECTION_FLAGS = {
    0x1: "SHF_WRITE",
    0x2: "SHF_ALLOC",
    0x4: "SHF_EXECINSTR",
    0x10: "SHF_MERGE",
    0x20: "SHF_STRINGS",
    0x40: "SHF_INFO_LINK",
    0x80: "SHF_LINK_ORDER",
    0x200: "SHF_GROUP",
    0x400: "SHF_TLS",
}
HEADER = "e_type e_machine e_entry e_phoff e_shoff e_flags e_ehsize e_phentsize e_phnum e_shentsize e_shnum e_shstrndx"
SEGMENT = "p_type p_offset p_vaddr p_paddr p_filesz p_memsz p_align"
SECTION = "sh_name sh_type sh_addr sh_offset sh_size sh_link sh_info sh_addralign sh_entsize"


def named(bits, names):
    assert bits & ~sum(names) == 0, hex(bits)
    return [name for bit, name in names.items() if bits & bit]


def members(of, names):
    return {name: of[name] for name in names.split()}


def expected(data):
    elf = ELFFile(io.BytesIO(data))
    header = elf.header
    identification = header["e_ident"]
    segments = [
        members(it, SEGMENT) | {"p_flags": named(it["p_flags"], SEGMENT_FLAGS)} for it in elf.iter_segments()
    ]
    sections = [
        members(it, SECTION) | {"sh_flags": named(it["sh_flags"], SECTION_FLAGS)} for it in elf.iter_sections()
    ]
    fields = members(header, HEADER) | {"segments": segments, "sections": sections}
    if sections:
        start = header["e_ehsize"] + header["e_phnum"] * header["e_phentsize"]
        fields["contents"] = hexed(data[start : header["e_shoff"]])
    return {
        "identification": {
            "class": identification["EI_CLASS"],
            "data": identification["EI_DATA"],
            "os_abi": identification["EI_OSABI"],
            "abi_version": identification["EI_ABIVERSION"],
        },
        "file": {"name": f"ELF{elf.elfclass}", "fields": fields},
    }


def sample(name, *commands, source=""):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "it.c").write_text(SOURCE)
        (Path(folder) / "it.s").write_text(source)
        for command in commands:
            subprocess.run(command.split(), cwd=folder, check=True)
        data = (Path(folder) / "it").read_bytes()
    write(__file__, name, data, expected(data))


SOURCE = """
int data = 5;
static int zero[100];
__thread int of_thread = 7;
__attribute__((noinline)) int twice(int x) { return 2 * x + zero[x]; }
void _start(void) { data = twice(data); for (;;) {} }
"""

if __name__ == "__main__":
    small = "-Os -nostdlib -fno-asynchronous-unwind-tables -Wl,-z,noseparate-code,-z,max-page-size=64"
    sample("object", "gcc -Os -fno-asynchronous-unwind-tables -c it.c -o it")
    sample("object_of_32_bits", "gcc -m32 -Os -fno-pic -fno-asynchronous-unwind-tables -c it.c -o it")
    sample("program", f"gcc {small} -static -Wl,--build-id it.c -o it")
    sample("shared_object", f"gcc {small} -shared -fPIC it.c -o it")
    big = ".globl _start\n.text\n_start: b _start\n.data\n.long 5\n"
    sample("big_endian", "powerpc-linux-gnu-as -mbig it.s -o it", source=big)
    sample("big_endian_program", "powerpc-linux-gnu-as -mbig it.s -o it.o", "powerpc-linux-gnu-ld -z max-page-size=64 it.o -o it", source=big)
    sample("big_endian_of_64_bits", "powerpc-linux-gnu-as -mbig -a64 it.s -o it", source=big)
