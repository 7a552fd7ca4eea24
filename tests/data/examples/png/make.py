"""PNG files, as sng 1.1.0 (with libpng 1.6.39) and Pillow 13.0.0 make them, and what
sng and pngcheck 3.0.3 read in them."""

import io
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image
from sample import hexed, write

COLOURS = {
    "grayscale": "GREYSCALE",
    "color": "TRUECOLOUR",
    "color palette": "INDEXED_COLOUR",
    "grayscale alpha": "GREYSCALE_WITH_ALPHA",
    "color alpha": "TRUECOLOUR_WITH_ALPHA",
}
INTENTS = {
    "perceptual": "PERCEPTUAL",
    "relative colorimetric": "RELATIVE_COLORIMETRIC",
    "saturation-preserving": "SATURATION",
    "absolute colorimetric": "ABSOLUTE_COLORIMETRIC",
}


def numbers(text):
    return [int(it) for it in re.findall(r"\d+", text)]


def parts(number):
    """A decimal fraction, in 1/100000."""
    return f"{float(number):.5f}"


def by_sng(data):
    """What sng shows of each chunk, by its type, in order."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "it.png"
        path.write_bytes(data)
        subprocess.run(["sng", path], check=True)
        text = path.with_suffix(".sng").read_text(encoding="latin1")
    text = re.sub(r"#.*", "", text)
    chunks = {}
    for kind, body in re.findall(r"^(?:private )?(\w{4,5}) \{(.*?)\}", text, re.M | re.S):
        chunks.setdefault(kind, []).append(body)
    return chunks


def member(body, name):
    found = re.search(rf'\b{name}:?\s*(?:"(.*?)"|(\w+))', body)
    return None if found is None else found[1] if found[2] is None else int(found[2])


def of_colour(colour, body):
    """Samples as sng shows them, as one of our unions by colour."""
    if colour == "INDEXED_COLOUR":
        name, fields = colour, numbers(body)
    elif "GREY" in colour:
        name, fields = "GREYSCALE", member(body, "gray")
    else:
        name = "TRUECOLOUR"
        fields = {it: member(body, it) for it in ("red", "green", "blue")}
    return {"name": name, "fields": fields}


def fields(kind, colour, body):
    """What sng shows of a chunk, under our names."""
    match kind:
        case "PLTE":
            return [numbers(it) for it in re.findall(r"\(.*?\)", body)]
        case "gAMA":
            return {"gamma": parts(body)}
        case "cHRM":
            points = re.findall(r"(\w+):\s*\(([\d.]+), ([\d.]+)\)", body)
            return {name: {"x": parts(x), "y": parts(y)} for name, x, y in points}
        case "sRGB":
            return {"intent": {"code": int(body.strip(" ;"))}}
        case "sBIT":
            found = {it: member(body, it) for it in ("red", "green", "blue", "alpha")}
            found["grey"] = member(body, "gray")
            return {"fields": {name: it for name, it in found.items() if it is not None}}
        case "bKGD":
            wanted = of_colour(colour, body)
            if colour == "INDEXED_COLOUR":
                wanted["fields"] = member(body, "index")
            return wanted
        case "tRNS":
            return of_colour(colour, body)
        case "hIST":
            return numbers(body)
        case "pHYs":
            unit = "METRE" if "per: meter" in body else "UNKNOWN"
            return {"x": member(body, "xpixels"), "y": member(body, "ypixels"), "unit": unit}
        case "tIME":
            names = ("year", "month", "day", "hour", "minute", "second")
            return {name: member(body, name) for name in names}
        case "tEXt" | "zTXt":
            return {"keyword": member(body, "keyword"), "text": member(body, "text")}
        case "iTXt":
            names = ("language", "keyword", "translated")
            return {name: member(body, name) for name in names} | {"text": member(body, "text")}
        case "sPLT":
            depth = member(body, "depth")
            entries = re.findall(r"\((.*?)\),\s*(\d+),\s*(\d+)", body)
            names = ("red", "green", "blue", "alpha")
            sample = lambda it: {"fields": it}
            return {
                "name": member(body, "name"),
                "sample_depth": depth,
                "entries": [
                    dict(zip(names, map(sample, [*numbers(rgb), int(alpha)])))
                    | {"frequency": int(frequency)}
                    for rgb, alpha, frequency in entries
                ],
            }
        case "vpAg":
            return hexed(re.search(r'"(.*)"', body)[1].encode())
    return {}


def by_pngcheck(data):
    """The chunks in order: their types, their lengths, and what is told of them."""
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        file.write(data)
        file.flush()
        text = subprocess.run(["pngcheck", "-vt", file.name], check=True, capture_output=True, text=True).stdout
    assert "No errors" in text, text
    found = re.findall(r"chunk (\w{4}) at offset \w+, length (\d+)(.*?)(?=\n  chunk|\nNo errors)", text, re.S)
    return [(kind, int(length), told) for kind, length, told in found]


KNOWN = "PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP tEXt zTXt iTXt bKGD hIST pHYs sPLT eXIf tIME acTL fcTL fdAT".split()


def expected(data):
    shown, listed = by_sng(data), by_pngcheck(data)
    ihdr = shown["IHDR"][0]
    colour = COLOURS[re.search(r"using ([\w ]+);", ihdr)[1]]
    kind, length, told = listed[0]
    assert (kind, length) == ("IHDR", 13)
    header = {
        "width": member(ihdr, "width"),
        "height": member(ihdr, "height"),
        "bit_depth": member(ihdr, "bitdepth"),
        "colour_type": colour,
        "interlace": "NONE" if "non-interlaced" in told else "ADAM7",
    }
    chunks = []
    for kind, length, told in listed[1:]:
        of_sng = shown.get(kind, [])
        wanted = {"code": int.from_bytes(kind.encode())}
        if kind in KNOWN:
            wanted["name"] = kind
        if of_sng:
            wanted["fields"] = fields(kind, colour, of_sng.pop(0))
        if kind == "sRGB":
            wanted["fields"]["intent"] = INTENTS[re.search(r"= (.*)", told)[1]]
        if kind == "iTXt":
            compressed = not re.search("uncompressed", told)
            wanted["fields"]["compressed"] = compressed
            if compressed:
                wanted["fields"]["compressed_text"] = wanted["fields"].pop("text")
        chunks.append({"length": length, "data": wanted})
    return {"header": {"ihdr": header}, "chunks": chunks}


def compiled(text):
    made = subprocess.run(["sng"], input=f"#SNG: it\n{text}".encode(), check=True, capture_output=True)
    return made.stdout


def saved(image, **options):
    file = io.BytesIO()
    image.save(file, "PNG", **options)
    return file.getvalue()


def sample(name, data):
    write(__file__, name, data, expected(data))


if __name__ == "__main__":
    sample("indexed", compiled("""
IHDR {width: 4; height: 2; bitdepth: 8; using color palette;}
gAMA {0.45455}
cHRM {white: (0.31270, 0.32900); red: (0.64000, 0.33000); green: (0.30000, 0.60000); blue: (0.15000, 0.06000);}
sRGB {0}
sBIT {red: 5; green: 6; blue: 5;}
PLTE {(255,0,0)(0,255,0)(0,0,255)}
bKGD {index: 2}
tRNS {0 128}
hIST {3 4 1}
pHYs {xpixels 2835; ypixels 2834; per: meter;}
tIME {year 2026; month 11; day 23; hour 5; minute 59; second 59;}
tEXt {keyword: "Title"; text: "Four by two";}
zTXt {keyword: "Comment"; text: "again and again and again and again";}
iTXt {language: "de"; keyword: "Author"; translated: "Autor"; text: "J. Doe"; compressed;}
sPLT {name: "web"; depth: 8; (255,0,0), 255, 7; (0,255,0), 0, 3;}
IMAGE {pixels hex 00010200 02020100}
private vpAg {"abc"}
"""))
    sample("grey", compiled("""
IHDR {width: 2; height: 2; bitdepth: 8; using grayscale; with interlace}
sRGB {3}
sBIT {gray: 3}
bKGD {gray: 15}
tRNS {gray: 7}
pHYs {xpixels 1; ypixels 2;}
iTXt {language: "en"; keyword: "Title"; translated: "Title"; text: "grey";}
IMAGE {pixels hex 0107 0F00}
"""))
    sample("truecolour", compiled("""
IHDR {width: 2; height: 1; bitdepth: 16; using color}
sBIT {red: 10; green: 12; blue: 10}
bKGD {red: 65535; green: 256; blue: 1}
tRNS {red: 1; green: 2; blue: 3}
IMAGE {pixels hex 000100020003 FFFF00000001}
"""))
    image = Image.new("LA", (3, 3), (7, 8))
    sample("grey_with_alpha", saved(image, dpi=(300, 150)))
    image = Image.new("RGBA", (40, 40), (1, 2, 3, 4))
    sample("truecolour_with_alpha", saved(image, optimize=True))
