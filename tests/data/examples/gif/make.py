"""GIF files, as Pillow 13.0.0 and gifsicle 1.93 make them, and what giftext (of giflib
5.2.1) and gifsicle read in them."""

import io
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image
from sample import hexed, write

DISPOSAL = ["UNSPECIFIED", "DO_NOT_DISPOSE", "RESTORE_TO_BACKGROUND", "RESTORE_TO_PREVIOUS"]


def run(*words, data):
    shown = subprocess.run(words, input=data, check=True, capture_output=True)
    return shown.stdout


def number(pattern, text):
    return int(re.search(pattern, text)[1])


def colours(text):
    triples = re.findall(r"\d+: (\w\w)h (\w\w)h (\w\w)h", text)
    return [[int(it, 16) for it in triple] for triple in triples]


def codes(text):
    """The bytes of LZW that giftext dumps, without the last ones it has no code for."""
    lines = re.findall(r"^\w{5}h: (.*)$", text, re.M)
    return [int(it, 16) for line in lines for it in re.findall(r"(\w\w)h", line)]


def table(text):
    """What is told of a colour table."""
    shown = colours(text)
    found = {"has_colour_table": bool(shown)}
    if shown:
        found |= {
            "colours": shown,
            "colour_table_size": number(r"BitsPerPixel = (\d)", text) - 1,
            "is_sorted": "Sort Flag: on" in text,
        }
    return found


def image(text):
    """A descriptor, of giftext."""
    return {
        "left": number(r"Left = (\d+)", text),
        "top": number(r"Top = (\d+)", text),
        "width": number(r"Width = (\d+)", text),
        "height": number(r"Height = (\d+)", text),
        "is_interlaced": "Image is Interlaced" in text,
        "minimum_code_size": number(r"Code Size = (\d+)", text),
    } | table(text)


def control(text):
    delay = number(r"DelayTime: (\d+)", text)
    return {
        "disposal": DISPOSAL[number(r"Disposal Mode: (\d)", text)],
        "awaits_user_input": bool(number(r"User Input Flag: (\d)", text)),
        "has_transparent_colour": "Transparency on: yes" in text,
        "delay": f"{delay / 100:.2f}",
        "transparent_colour": max(0, number(r"Transparent Index: (-?\d+)", text)),
    }


def extension(name, fields):
    return {"name": "EXTENSION", "fields": {"name": name, "fields": fields}}


def expected(data):
    text = run("giftext", "-c", "-e", data=data).decode("latin1")
    with_names = subprocess.run(
        ["gifsicle", "-I", "--xinfo"], input=data, check=True, capture_output=True
    )
    info = (with_names.stdout + with_names.stderr).decode("latin1")
    loops = re.search(r"loop (?:count (\d+)|forever)", info)
    comments = iter(re.findall(r"comment (.*)", info))
    apps = iter(re.findall(r"app '(.{8})(.{3})' .*\n((?:\s+\d{8}: .*\n)+)", info))
    head, *blocks = re.split(r"\n(?=GIF89 |Image #)", text)
    assert text.rstrip().endswith("GIF file terminated normally.")
    wanted = []
    for block in blocks:
        if block.startswith("Image"):
            wanted.append({"name": "IMAGE", "fields": image(block)})
        elif block.startswith("GIF89 graphics"):
            wanted.append(extension("GRAPHIC_CONTROL", {"control": control(block)}))
        elif block.startswith("GIF89 comment"):
            wanted.append(extension("COMMENT", [next(comments)]))
        elif loops:
            count = int(loops[1] or 0)
            application = {"identifier": "NETSCAPE", "authentication_code": "2.0"}
            loop = [hexed([1, *count.to_bytes(2, "little")])]
            wanted.append(extension("APPLICATION", {"application": application, "data": loop}))
            loops = None
        else:
            identifier, code, dump = next(apps)
            bytes_ = bytes.fromhex("".join(re.findall(r"\d{8}: ((?:[0-9a-f]{2,4} ?)+) ", dump)))
            application = {"identifier": identifier, "authentication_code": code}
            assert bytes_[0] == len(bytes_) - 1, "one block"
            held = [hexed(bytes_[1:])]
            wanted.append(extension("APPLICATION", {"application": application, "data": held}))
    assert next(comments, None) is None and next(apps, None) is None
    wanted.append({"name": "TRAILER"})
    version = subprocess.run(["file", "-"], input=data, capture_output=True).stdout.decode()
    return {
        "version": "GIF" + re.search(r"version (\w+)", version)[1].upper(),
        "screen": {
            "width": number(r"Width = (\d+)", head),
            "height": number(r"Height = (\d+)", head),
            "colour_resolution": number(r"ColorResolution = (\d)", head) - 1,
            "background_colour": number(r"BackGround = (\d+)", head),
            "pixel_aspect_ratio": number(r"Aspect = (\d+)", head),
        }
        | {name: it for name, it in table(head).items() if name != "colours"},
        "colours": colours(head) or None,
        "blocks": wanted,
    }


def sample(name, data):
    write(__file__, name, data, expected(data))


if __name__ == "__main__":
    four = Image.new("P", (4, 3))
    four.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255, 7, 8, 9])
    four.putdata([0, 1, 2, 3] * 3)

    def saved(image, **options):
        file = io.BytesIO()
        image.save(file, "GIF", **options)
        return file.getvalue()

    animation = saved(four, save_all=True, append_images=[four.rotate(180)], loop=5, duration=[100, 250], comment=b"Two frames", disposal=2, transparency=1)
    sample("animation", animation)
    sample("version_87a", saved(Image.new("L", (300, 20), 7)))
    edited = ["--interlace", "--app-extension", "MYAPP1.0abc", "some data", "--comment", "by hand", "--loopcount=0", "--disposal=previous", "--crop", "1,0+3x2"]
    sample("interlaced", run("gifsicle", *edited, data=animation))
    sample("without_loop", run("gifsicle", "--no-loopcount", "--no-comments", "--careful", "--logical-screen", "9x9", "--position", "2,1", data=animation))
