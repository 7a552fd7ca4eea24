"""WAVE files, as sox 14.4.2, libsndfile 1.2.2 (of soundfile 0.14.0) and the module wave of
Python 3.11 make them, and what libsndfile and wavinfo 4.0.1 read in them."""

import io
import re
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import soundfile
import wavinfo
from sample import hexed, write

CODINGS = {
    1: "PCM",
    2: "MS_ADPCM",
    3: "IEEE_FLOAT",
    7: "MULAW",
    0x11: "DVI_ADPCM",
    0x31: "GSM610",
    0xFFFE: "EXTENSIBLE",
}
INFO = {"INAM": "NAME", "IART": "ARTIST", "ICMT": "COMMENT", "ISFT": "SOFTWARE"}


def numbers(text):
    return [int(it, 0) for it in re.findall(r"-?\b(?:0x[0-9A-F]+|\d+)\b", text)]


def told_of(kind, told):
    """What libsndfile tells of a chunk, under our names."""
    line = lambda name: re.search(rf"{re.escape(name)}\s*: (.*)", told)
    number = lambda name: numbers(line(name)[1])[0]
    match kind:
        case "fmt ":
            fields = {
                "format": CODINGS[number("Format")],
                "channels": number("Channels"),
                "sample_rate": number("Sample Rate"),
                "byte_rate": number("Bytes/sec"),
                "block_align": number("Block Align"),
                "bits_per_sample": number("Bit Width"),
            }
            if "Subformat" in told:
                tail = numbers(line("esf_field4")[1])
                words = [number(f"esf_field{it}").to_bytes(2, "little") for it in (2, 3)]
                mask = line("Channel Mask")[1]
                assert "(L, R)" in mask, mask
                extensible = {
                    "valid_bits_per_sample": number("Valid Bits"),
                    "speakers": ["FRONT_LEFT", "FRONT_RIGHT"],
                    "sub_format": {
                        "coding": CODINGS[number("esf_field1")],
                        "rest": hexed(b"\0\0" + b"".join(words) + bytes(tail)),
                    },
                }
                fields["extension"] = {"name": "EXTENSIBLE", "fields": extensible}
            elif line("Samples/Block"):
                block = {"samples_per_block": number("Samples/Block")}
                if "Coeffs2" in told:
                    rows = told.split("Coeffs2\n")[1].splitlines()
                    block["coefficients"] = [numbers(row)[1:] for row in rows]
                fields["extension"] = {"fields": block}
            elif not line("Extra Bytes"):
                fields["extension"] = None
            return {"name": "FORMAT", "fields": fields}
        case "fact":
            return {"name": "FACT", "fields": {"samples": number("frames")}}
        case "LIST":
            texts = re.findall(r"^    (\w{4}) : (.*)$", told, re.M)
            items = [{"name": INFO[name], "fields": {"text": text}} for name, text in texts]
            return {"name": "LIST", "fields": {"name": "INFO", "fields": items}}
        case "PEAK":
            rows = [row.split() for row in told.split("Value\n")[1].splitlines()]
            peaks = [{"position": int(at), "value": float(value)} for _, at, value in rows]
            return {"name": "PEAK", "fields": {"time": number("time stamp"), "peaks": peaks}}


def expected(data):
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        file.write(data)
        file.flush()
        log = soundfile.info(file.name, verbose=True).extra_info
        places = wavinfo.WavInfoReader(file.name).main_list
    log = re.sub(r"\*\*\*.*\n", "", log)
    _, riff, *parts = re.split(r"^(?=\w.{3} : \d+$)", log, flags=re.M)
    assert riff.startswith("RIFF") and "WAVE" in riff
    chunks = []
    for part in parts:
        kind, size = re.match(r"(.{4}) : (\d+)", part).groups()
        if kind == "data":
            start = next(it.start for it in places if getattr(it, "ident", None) == b"data")
            chunks.append({"name": "DATA", "fields": hexed(data[start : start + int(size)])})
        else:
            chunks.append(told_of(kind, part.removesuffix("\n").split("End\n")[0].rstrip()))
    return {"wave": {"chunks": chunks}}


def sox(*words):
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/it.wav"
        subprocess.run(["sox", "-n", "-D", *words[:-1], path, *words[-1].split()], check=True)
        return Path(path).read_bytes()


def sample(name, data):
    write(__file__, name, data, expected(data))


if __name__ == "__main__":
    tone = "synth 0.005 sine 440"
    sample("pcm", sox("-r8000", "-b16", "-c2", tone))
    sample("mulaw_of_odd_size", sox("-r8000", "-emu-law", "-c1", "synth 0.0051 sine 440"))
    sample("ms_adpcm", sox("-r8000", "-ems-adpcm", "-c1", tone))
    sample("ima_adpcm", sox("-r8000", "-eima-adpcm", "-c1", tone))
    sample("gsm", sox("-r8000", "-egsm", "-c1", tone))
    sample("extensible", sox("-r48000", "-b24", "-c2", "synth 0.001 sine 440"))
    file = io.BytesIO()
    with wave.open(file, "wb") as to:
        to.setparams((1, 1, 11025, 0, "NONE", None))
        # Of an odd size it would be without the byte of padding.
        to.writeframes(bytes(range(100)))
    sample("eight_bits", file.getvalue())
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/it.wav"
        with soundfile.SoundFile(path, "w", 8000, 1, subtype="FLOAT") as to:
            to.title, to.artist, to.comment = "A title", "Somebody", "Nothing"
            to.write([0.0, 0.5, -0.25])
        sample("float_with_info", Path(path).read_bytes())
