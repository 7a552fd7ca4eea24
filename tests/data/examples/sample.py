"""What every make.py does: a sample is NAME.bin beside NAME.json, which holds what
is expected in it (see `difference` in tests/tests/examples/sample.rs)."""

import json
from pathlib import Path


def hexed(data):
    """Bytes, as they are expected."""
    return {"$hex": bytes(data).hex()}


def only(**members):
    """These members and no others."""
    return {"$only": members}


def write(make, name, data, expected):
    """Writes a sample beside the make.py whose __file__ is given; one that is called
    ROOT/NAME is of another root than that of the spec."""
    folder = Path(make).resolve().parent
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / f"{name}.bin").write_bytes(bytes(data))
    text = json.dumps(expected, indent=1, ensure_ascii=False)
    (folder / f"{name}.json").write_text(text + "\n")
