"""Databases, as SQLite 3.40.1 of Debian (program sqlite3) makes them, and what its pragmas,
its table `dbstat`, its answers to queries, and file 5.44 say of them."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample import hexed, write

KINDS = {
    ("leaf", "table"): "LEAF_TABLE",
    ("leaf", "index"): "LEAF_INDEX",
    ("internal", "table"): "INTERIOR_TABLE",
    ("internal", "index"): "INTERIOR_INDEX",
    ("overflow", "table"): "OVERFLOW_OR_FREELIST",
    ("overflow", "index"): "OVERFLOW_OR_FREELIST",
}
ENCODINGS = {"UTF-8": "UTF8", "UTF-16le": "UTF16LE", "UTF-16be": "UTF16BE"}


def value(it, utf16):
    """A value as the record format stores it (2.1)."""
    match it:
        case None:
            return {"name": "NULL"}
        case 0 | 1 if isinstance(it, int):
            return {"name": ["ZERO", "ONE"][it]}
        case int():
            return {"fields": it}
        case float() if it.is_integer():
            # In a column of reals, to be smaller.
            return value(int(it), utf16)
        case float():
            return {"name": "FLOAT", "fields": it}
        case {"blob": digits}:
            return {"name": "BLOB", "fields": {"$hex": digits.lower()}}
        case str():
            return {"name": "TEXT_UTF16", "fields": [it]} if utf16 else {"name": "TEXT", "fields": it}


def expected(path, data):
    def query(text):
        shown = subprocess.run(["sqlite3", "-json", path, text], check=True, capture_output=True)
        return [list(row.values()) for row in json.loads(shown.stdout or "[]")]

    pragma = lambda name: query(f"pragma {name}")[0][0]
    told = subprocess.run(["file", "-b", path], check=True, capture_output=True, text=True).stdout
    number = lambda pattern: int(re.search(pattern + r" (\w+)", told)[1], 0)
    encoding = ENCODINGS[pragma("encoding")]
    utf16 = encoding != "UTF8"
    header = {
        "page_size": pragma("page_size"),
        "write_version": "ROLLBACK",
        "file_change_counter": number("file counter"),
        "database_size": pragma("page_count"),
        "freelist_pages": pragma("freelist_count"),
        "schema_cookie": pragma("schema_version"),
        "schema_format": number("schema"),
        "largest_root_page": 0 if pragma("auto_vacuum") == 0 else number("largest root page"),
        "text_encoding": encoding,
        "user_version": pragma("user_version"),
        "application_id": pragma("application_id"),
        "version_valid_for": number("version-valid-for"),
        "sqlite_version_number": number("SQLite version"),
    }
    schema = query("select type, name, tbl_name, rootpage, sql from sqlite_schema")
    kinds = {"sqlite_schema": "table"} | {name: kind for kind, name, *_ in schema}
    for kind, name, *_, sql in schema:
        if sql and "without rowid" in sql:
            kinds[name] = "index"
    left = {"sqlite_schema": [[n + 1, row] for n, row in enumerate(schema)]}
    for kind, name, *_, sql in schema:
        if kind == "table" and kinds[name] == "table":
            columns = [column for (column,) in query(f"select name from pragma_table_info('{name}')")]
            types = dict(query(f"select name, type from pragma_table_info('{name}')"))
            # The key is the rowid, and NULL in the record.
            shown = ", ".join(
                "null as k" if types[it].lower() == "integer" and "primary key" in sql and it == "a"
                else f"case typeof({it}) when 'blob' then 'blob ' || hex({it}) else {it} end as {it}"
                for it in columns
            )
            left[name] = [[row[0], row[1:]] for row in query(f"select rowid as r, {shown} from {name} order by rowid")]
    pages = [{"name": "OTHER"}] * header["database_size"]
    statistics = query("select name, path, pageno, pagetype, ncell, unused from dbstat order by name, path")
    for name, _, page, kind, cells, unused in statistics:
        fields = {}
        if kind != "overflow":
            fields["header"] = {"cell_count": cells}
        if kind == "leaf" and name in left:
            here, left[name] = left[name][:cells], left[name][cells:]
            wanted = []
            for rowid, row in here:
                row = [
                    {"blob": it[5:]} if isinstance(it, str) and it.startswith("blob ") else it for it in row
                ]
                wanted.append({"rowid": rowid, "payload": whole(row, utf16, header["page_size"])})
            # They are put in from the end of the page.
            fields["cells"] = wanted[::-1]
            if GAPS not in path:
                fields["unallocated"] = hexed(bytes(unused))
        if GAPS in path and kind == "leaf":
            fields.pop("cells", None)
        pages[page - 1] = {"name": KINDS[kind, kinds[name]], "fields": fields}
    assert not any(left.values()) or GAPS in path, left
    pages = [{"content": {it: page[it] for it in page if it != "fields" or page[it]}} for page in pages]
    for page in pages:
        if page["content"]["name"] == "OTHER":
            page["content"] = {}
    return {"header": header, "schema": pages[0], "pages": pages[1:]}


def whole(row, utf16, page_size):
    """A record that fits its page."""
    texts = [it for it in row if isinstance(it, str)]
    if sum(map(len, texts)) > page_size - 100:
        return {"name": "OVERFLOWING"}
    return {"name": "WHOLE", "fields": {"values": [value(it, utf16) for it in row]}}


GAPS = "gaps"


def sample(name, *statements):
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/{name}.db"
        subprocess.run(["sqlite3", path, "; ".join(statements)], check=True)
        data = Path(path).read_bytes()
        write(__file__, name, data, expected(path, data))


if __name__ == "__main__":
    small = "pragma page_size = 512"
    table = "create table t (a integer primary key, b text, c real, d blob)"
    series = "with recursive n(i) as (values (0) union all select i + 1 from n where i < %d)"
    sample(
        "table",
        small,
        "pragma user_version = -7",
        "pragma application_id = 0x504B4C52",
        table,
        series % 19 + " insert into t select i * 9, 'row ' || i, i / 4.0, zeroblob(i) from n",
        "insert into t values (1000000, 'ä€🂡', -1.5, null)",
    )
    sample("integers", small, "create table t (x)", "insert into t values (null), (0), (1), (2), (-1), (-128), (128), (-32769), (8388607), (-8388609), (2147483648), (140737488355328), (-9223372036854775807)")
    sample("index", small, table, "create index i on t (b, c)", series % 9 + " insert into t select i, 'row ' || i, i, null from n")
    sample("overflow", small, table, "insert into t values (5, printf('%.*c', 1200, 'x'), 0.5, null)")
    sample("utf16le", small, "pragma encoding = 'UTF-16le'", "create table t (x text)", "insert into t values ('a'), ('ä€🂡'), (7)")
    sample("utf16be", small, "pragma encoding = 'UTF-16be'", "create table t (x text)", "insert into t values ('a'), ('ä€🂡'), (7)")
    sample("without_rowid", small, "create table t (k text primary key, v) without rowid", "insert into t values ('a', 1), ('b', 2)")
    sample(GAPS, small, table, series % 30 + " insert into t select i, 'row ' || i, i / 4.0, zeroblob(20) from n", "delete from t where a % 3 = 1", "delete from t where a < 12")
