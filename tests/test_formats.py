"""Files of records: what is not the text comes back byte for byte, or value for value, and bad records are named."""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import struct
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import arnorm
from arnorm import passes
from arnorm.core import Composable, Custom, Pipeline
from arnorm.files.work import Work
from arnorm.formats.base import Bad
from arnorm.formats.blocks import Long, lines, stretches
from arnorm.formats.encodings import Encoding
from arnorm.formats.errors import FieldError, FormatError
from arnorm.formats.jsonl import members
from arnorm.formats.opening import FileKind, ReadOptions, document_in, kind_of
from arnorm.formats.packing import Packing, unpacked
from tests.strategies import any_text, arabic_text

FOLD = passes.fold_alef
SAME: Composable = Pipeline()


def through(
    data: bytes,
    name: str,
    transform: Composable = FOLD,
    how: ReadOptions | None = None,
    *,
    block: int | None = None,
) -> tuple[bytes, list[Bad]]:
    """What a file of this name becomes, every piece taken apart and put together again; and its bad records."""
    how = how or ReadOptions()
    out, bad = io.BytesIO(), []
    with pytest.MonkeyPatch.context() as patch:
        if block is not None:
            patch.setattr("arnorm.formats.blocks.BLOCK", block)
        read = document_in(io.BytesIO(data), name, kind_of(name), how)
        work, writer = Work(transform), None
        for piece in read.pieces():
            writer = writer or read.writer(out)
            done = work(piece)
            bad += done.bad
            if done.data is None and piece.data is not None and transform is SAME:
                records = piece.codec.read(piece)
                done = done._replace(data=piece.codec.restore(piece, records, records.texts))
            writer.put(piece.data if done.data is None else done.data)
        (writer or read.writer(out)).close()
    return out.getvalue(), bad


# --- Names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a", FileKind("text", "", False)),
        ("a.TXT", FileKind("text", "", True)),
        ("a.b/c.Jsonl.GZ", FileKind("jsonl", ".gz", True)),
        ("a.zst", FileKind("text", ".zst", False)),
        ("a.tsv.xz", FileKind("tsv", ".xz", True)),
        ("a.parquet", FileKind("parquet", "", True)),
        ("a.png", FileKind("text", "", False)),
    ],
)
def test_the_name_says_the_format(name: str, kind: FileKind) -> None:
    assert kind_of(name) == kind
    assert kind_of(name, "csv") == kind._replace(format="csv", said=True)


# --- Stretches, which workers read for themselves ------------------------------------------------------------------


@given(st.binary(max_size=300) | st.text("أب\n", max_size=200).map(str.encode), st.integers(1, 50), st.integers(1, 9))
def test_stretches_are_the_whole_file(data: bytes, block: int, step: int) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder, "a")
        path.write_bytes(data)
        patch.setattr("arnorm.formats.blocks.BLOCK", block)
        patch.setattr("arnorm.formats.blocks._STEP", step)
        with path.open("rb") as file:
            parts = [stretch.read() for stretch in stretches(str(path), file.fileno(), 0, 1 << 20)]
    assert b"".join(parts) == data
    assert all(part.endswith(b"\n") for part in parts[:-1])
    assert all(parts)


@given(st.lists(st.integers(0, 60), max_size=12), st.integers(1, 40), st.integers(1, 9), st.booleans())
def test_a_line_that_is_too_long_comes_in_parts(sizes: list[int], block: int, step: int, ended: bool) -> None:
    """Nothing is lost, and no more than the limit and a block is held, whoever reads."""
    data = b"\n".join(b"x" * size for size in sizes) + b"\n" * ended
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder, "a")
        path.write_bytes(data)
        patch.setattr("arnorm.formats.blocks.BLOCK", block)
        patch.setattr("arnorm.formats.blocks._STEP", step)
        longest = max(block, step, 30)
        with path.open("rb") as file:
            found = [*stretches(str(path), file.fileno(), 0, longest)]
            apart = [part if isinstance(part, Long) else part.read() for part in found]
        here = [*lines((data[at : at + block] for at in range(0, len(data), block)), b"\n", longest)]
    for parts in (apart, here):
        pieces = [part.data if isinstance(part, Long) else part for part in parts]
        assert b"".join(pieces) == data
        long = [part for part in parts if isinstance(part, Long)]
        assert sum(part.begins for part in long) == sum(size + 1 > longest for size in sizes[:-1]) + sum(
            size + ended > longest for size in sizes[-1:]
        )
        assert all(len(part) <= longest + max(block, step) for part in pieces)


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.jsonl.gz", "a.tsv.xz"])
def test_a_record_that_is_too_long_stays(name: str) -> None:
    head = {"csv": "text\n", "tsv": "text\n"}.get(name.split(".")[1], "")
    record = '{{"text": "{}"}}\n' if "json" in name else "{}\n"
    before = head + "".join(record.format(text) for text in ("أ", "أ" * 5000, "إ"))
    pack = {"gz": gzip.compress, "xz": lzma.compress}.get(name[-2:], bytes)
    out, bad = through(pack(before.encode()), name, how=ReadOptions(longest=2000), block=300)
    after = head + "".join(record.format(text) for text in ("ا", "أ" * 5000, "ا"))
    assert out.decode() == after
    assert [(b.number, b.offset) for b in bad] == [(2 + bool(head), _second(before, head))]
    assert "longer than a record may be (2000 bytes" in bad[0].reason


def _second(text: str, head: str) -> int:
    """Where the second record of *text* begins, in bytes."""
    return len((head + text[len(head) :].split("\n")[0] + "\n").encode())


@pytest.mark.parametrize("change", ["replaced", "shortened"])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, change: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"a\n" * 9)
    with path.open("rb") as file:
        (stretch,) = stretches(str(path), file.fileno(), 0, 1 << 20)
        if change == "replaced":
            (tmp_path / "b").write_bytes(b"b\n" * 9)
            (tmp_path / "b").replace(path)
        else:
            path.write_bytes(b"a\n")
        with pytest.raises(FormatError, match="changed by another program while it was read; run again"):
            stretch.read()


# --- JSON lines ----------------------------------------------------------------------------------------------------

_numbers = st.sampled_from(["1.0", "1e5", "-0", "0.10", "12345678901234567890123", "1E-7", "true", "null", "[1.50]"])
_keys = st.sampled_from(["id", "text", "a", "نص", "a.b", "te\\u0078t", ""])
_spaces = st.sampled_from(["", " ", "\t", "  "])


@st.composite
def objects(draw: st.DrawFn) -> str:
    """A line of JSON as nobody would print it."""
    tokens = []
    for _ in range(draw(st.integers(0, 4))):
        text = draw(arabic_text | any_text)
        string = json.dumps(text, ensure_ascii=draw(st.booleans()) or not encodable(text))
        nested = '{"text": ' + string + ', "b":1e2}'
        value = draw(st.sampled_from([string, string, nested, draw(_numbers)]))
        space = draw(_spaces)
        tokens.append(f'{space}"{draw(_keys)}"{space}:{space}{value}{space}')
    return draw(_spaces) + "{" + ",".join(tokens) + "}" + draw(_spaces)


def encodable(text: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" for c in text)


def spelt(line: str) -> Any:
    """A line parsed, with the order of its keys, keys that come twice, and numbers as they are spelt."""
    return json.loads(line, object_pairs_hook=list, parse_int=lambda x: ("n", x), parse_float=lambda x: ("n", x))


_lines = st.lists(objects() | st.sampled_from(["", " ", "{", "[1]", '{"text": 3}', '{"text":}', "نص"]), max_size=6)


@given(_lines, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.integers(1, 90))
def test_json_lines_come_back(lines: list[str], end: str, signed: bool, block: int) -> None:
    data = ("\ufeff" * signed + end.join(['{"text": ""}', *lines])).encode()
    assert through(data, "a.jsonl", SAME, block=block)[0] == data


@given(objects(), st.sampled_from(["text", "a.text", "a.b"]))
def test_only_the_field_of_a_json_line_changes(line: str, field: str) -> None:
    data = (json.dumps({"text": "", "a": {"text": "", "b": ""}}) + "\n" + line).encode()
    out, bad = through(data, "a.jsonl", FOLD, ReadOptions(fields=(field,)))
    after = out.decode().split("\n")[1]
    if bad:
        assert after == line
    else:
        assert spelt(after) == [_folded(pair, field) for pair in spelt(line)]


def _folded(pair: Any, field: str) -> Any:
    key, value = pair
    if key == field and isinstance(value, str):
        return key, FOLD(value)
    if field.startswith(key + ".") and isinstance(value, list):
        return key, [_folded(p, field[len(key) + 1 :]) if isinstance(p, tuple) else p for p in value]
    return pair


def test_spacing_numbers_and_order_stay() -> None:
    line = '  { "n" : 1.0,"text":"أ" ,\t"e":1e5, "text" : "إ\\n\\"", "x": {"text": "أ"} } \r\n'
    assert through(line.encode(), "a.jsonl")[0].decode() == line.replace('"أ" ,', '"ا" ,').replace("إ", "ا")


@pytest.mark.parametrize(
    ("token", "out"),
    [
        ('"أ \\ud800"', '"ا \\ud800"'),
        ('"\\u0623\\ud800"', '"\\u0627\\ud800"'),
        ('"أ\\ud83d\\ude00"', '"ا😀"'),
        ('"\\u0623"', '"\\u0627"'),
        ('"أ\\/"', '"ا/"'),
        ('"ب\\/\\u0628"', '"ب\\/\\u0628"'),
        ("null", "null"),
    ],
)
def test_strings_are_spelt_as_they_were(token: str, out: str) -> None:
    assert through(f'{{"text":{token}}}'.encode(), "a.jsonl") == (f'{{"text":{out}}}'.encode(), [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "أ"', "not JSON: Expecting ',' delimiter at character 13"),
        ('{"text": "أ"} x', "not JSON: Extra data at character 15"),
        ('{"text": "أ\t"}', "not JSON: Invalid control character at at character 12"),
        ('{"text" "أ"}', "not JSON: Expecting ':' delimiter at character 9"),
        ("{'text': 1}", "not JSON: Expecting property name enclosed in double quotes at character 2"),
        ('["text"]', "not an object"),
        ('{"txt": "أ"}', "no field 'text'"),
        ('{"text": 5}', "the field 'text' is a number, not a string"),
        ('{"text": 1.5}', "the field 'text' is a number, not a string"),
        ('{"text": ["أ"]}', "the field 'text' is a list, not a string"),
        ('{"text": {}}', "the field 'text' is an object, not a string"),
        ('{"text": false}', "the field 'text' is true or false, not a string"),
        ('{"text": "أ", "text": 1}', "the field 'text' is a number, not a string"),
        ('{"x": ' + "[" * 100_000, "nested too deeply"),
        ('{"x": 1' + "0" * 5000 + "}", "no field 'text'"),
    ],
)
def test_bad_lines_are_named_and_stay(line: str, reason: str) -> None:
    data = f'\ufeff{{"text": "أ"}}\n{line}\r\n{{"text": "إ"}}'
    out, bad = through(data.encode(), "a.jsonl")
    assert out.decode() == f'\ufeff{{"text": "ا"}}\n{line}\r\n{{"text": "ا"}}'
    assert [b[:3] for b in bad] == [(2, len('\ufeff{"text": "أ"}\n'.encode()), reason)]


def test_lines_that_do_not_decode_stay() -> None:
    good, wrong = '{"text": "أ"}\n'.encode(), b'{"text": "\xd8"}\n'
    out, bad = through(good + wrong + wrong + good, "a.jsonl")
    fine = '{"text": "ا"}\n'.encode()
    assert out == fine + wrong + wrong + fine
    assert [(b.number, b.offset, b.byte) for b in bad] == [(2, 15, (25, 0xD8)), (3, 29, (39, 0xD8))]
    assert bad[0].reason == "byte 25 (0xd8) is not utf-8"


def test_a_nested_field_may_be_null_above() -> None:
    data = b'{"a": {"b": "x"}}\n{"a": null}\n{"a": 3}'
    assert [b.number for b in through(data, "a.jsonl", FOLD, ReadOptions(fields=("a.b",)))[1]] == [3]


def test_a_field_that_no_record_has() -> None:
    with pytest.raises(
        FieldError, match=r"a.jsonl: no field is named 'txt'; it has id, meta, meta.url, text"
    ) as caught:
        through(b'{"id": 1, "meta": {"url": 2}}\nx\n{"text": "a"}\n', "a.jsonl", FOLD, ReadOptions(fields=("txt",)))
    assert caught.value.known == ["id", "meta", "meta.url", "text"]


def test_a_long_line() -> None:
    line = b'{"id": 1.50, "text": "%b", "x": "%b"}\r\n'
    before, after = (line % (word.encode() + b"x" * 50_000_000, b"x") for word in "أا")
    assert through(before, "a.jsonl") == (after, [])


@pytest.mark.parametrize("codec", ["utf-16-le", "cp1256"])
def test_json_lines_in_other_encodings(codec: str) -> None:
    data = '{"text": "أ"}\n{"text" 5}\n{"text": "آ"}'.encode(codec)
    out, bad = through(data, "a.jsonl", FOLD, ReadOptions(encoding=Encoding(codec)))
    assert out.decode(codec) == '{"text": "ا"}\n{"text" 5}\n{"text": "ا"}'
    assert [(b.number, b.offset) for b in bad] == [(2, len('{"text": "أ"}\n'.encode(codec)))]


def test_members_of_members() -> None:
    assert [v for _, _, v in members('{"a.b": 1, "a": {"b": "x", "c": {"b": 2}}, "a": {"b": "y"}}', "a.b")] == [
        "1",
        "x",
        "y",
    ]


# --- CSV -----------------------------------------------------------------------------------------------------------

_cells = st.text(alphabet="أبإ\",;\n\r\t' x", max_size=6) | arabic_text.filter(encodable)
_tables = st.lists(st.tuples(_cells, _cells, _cells), max_size=6)
_dialects = st.tuples(
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["\n", "\r\n"]),
)


def written(rows: Any, dialect: tuple[str, Any, str]) -> str:
    out = io.StringIO()
    delimiter, quoting, end = dialect
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    return out.getvalue()


@given(_tables, _dialects, st.booleans(), st.integers(1, 60))
def test_only_the_column_of_a_csv_changes(
    rows: list[tuple[str, ...]], dialect: tuple[str, Any, str], signed: bool, block: int
) -> None:
    if dialect[1] == csv.QUOTE_MINIMAL:  # the csv module leaves a carriage return without quotation marks
        rows = [tuple(cell.replace("\r", "") for cell in row) for row in rows]
    text = "\ufeff" * signed + written([("id", "text", "z"), *rows], dialect)
    assert through(text.encode(), "a.csv", SAME, block=block) == (text.encode(), [])
    out, bad = through(text.encode(), "a.csv", FOLD, block=block)
    assert not bad
    expected = [["id", "text", "z"], *([a, FOLD(b), c] for a, b, c in rows)]
    assert list(csv.reader(io.StringIO(out.decode().lstrip("\ufeff"), newline=""), delimiter=dialect[0])) == expected


@given(st.text(alphabet='",\n\rأx', max_size=60), st.integers(1, 30))
def test_nothing_of_a_wild_csv_is_lost(wild: str, block: int) -> None:
    data = f"text,b\n{wild}".encode()
    assert through(data, "a.csv", SAME, block=block)[0] == data
    alone = through(data, "a.csv", FOLD)
    assert through(data, "a.csv", FOLD, block=block) == alone
    assert alone[0].count(b"\n") == data.count(b"\n")


def test_dialects_stay() -> None:
    text = 'id;text;"z"\r\n1;أ;"x;"\r\n2;"أ ""إ""\r\nآ";y\r\n3;5" أ;\r\n\r\n4;"";أ'
    out, bad = through(text.encode(), "a.csv")
    assert out.decode() == 'id;text;"z"\r\n1;ا;"x;"\r\n2;"ا ""ا""\r\nا";y\r\n3;"5"" ا";\r\n\r\n4;"";أ'
    assert bad == []


def test_a_cell_is_quoted_when_it_has_to_be() -> None:
    comma = Custom("comma", lambda text: text.replace("،", ","))
    assert through("text\nأ، ب\nب\n".encode(), "a.csv", comma)[0].decode() == 'text\n"أ, ب"\nب\n'
    assert through("text\n،\n".encode(), "a.csv", Custom("none", lambda text: ""))[0] == b'text\n""\n'


def test_bad_rows_are_named_and_stay() -> None:
    text = 'id,text\r\n1\r\n2,أ\r\n3,أ,x\r\n4,"إ\r\nx"\r\n5,"أ\r\n6,إ'
    out, bad = through(text.encode(), "a.csv")
    assert out.decode() == 'id,text\r\n1\r\n2,ا\r\n3,أ,x\r\n4,"ا\r\nx"\r\n5,"أ\r\n6,ا'
    assert [b[:3] for b in bad] == [
        (2, 9, "1 cell instead of 2"),
        (4, 18, "3 cells instead of 2"),
        (7, 37, "a quotation mark is not closed"),
    ]


def test_a_row_that_does_not_decode_stays() -> None:
    out, bad = through(b'id,text\n1,"\xff\n\xc3"\n2,\xd8\xa3\n', "a.csv")
    assert out == b'id,text\n1,"\xff\n\xc3"\n2,\xd8\xa7\n'
    assert [(b.number, b.byte) for b in bad] == [(2, (11, 0xFF)), (3, (13, 0xC3))]


def test_a_mark_that_is_never_closed_does_not_take_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arnorm.formats.blocks.LONGEST", 10_000)
    rows = "2,أ\n" * 30_000
    out, bad = through(f'id,text\n1,"أ\n{rows}'.encode(), "a.csv", block=1000)
    assert [b[:3] for b in bad] == [(2, 8, "a quotation mark is not closed")]
    assert out.decode() == f'id,text\n1,"أ\n{rows}'.replace("2,أ", "2,ا")


@pytest.mark.parametrize(
    ("header", "delimiter"), [("a,text", ","), ("a;text", ";"), ("a|text", "|"), ('"a,b,c";text', ";"), ("text", ",")]
)
def test_the_header_has_the_delimiter(header: str, delimiter: str) -> None:
    row = "أ" if header == "text" else f"أ{delimiter}أ"
    out = through(f"{header}\n{row}".encode(), "a.csv")[0].decode()
    assert out == f"{header}\n" + ("ا" if header == "text" else f"أ{delimiter}ا")


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(FieldError, match="a.tsv: no column is named 'text'; it has id, العنوان"):
        through('id\t"العنوان"\n1\tx'.encode(), "a.tsv")
    with pytest.raises(FieldError, match="it has none"):
        through(b"\n", "a.csv")
    assert through(b"", "a.csv") == (b"", [])


# --- Packed --------------------------------------------------------------------------------------------------------


def pack(data: bytes, kind: str) -> bytes:
    out = io.BytesIO()
    packing = Packing(out, kind)
    packing.write(data)
    packing.close()
    return out.getvalue()


@pytest.fixture(params=[".gz", ".xz", ".zst"])
def kind(request: pytest.FixtureRequest) -> str:
    if request.param == ".zst":
        pytest.importorskip("zstandard")
    return str(request.param)


@given(st.lists(st.binary(max_size=300), max_size=4), st.integers(1, 50))
def test_members_follow_each_other(parts: list[bytes], size: int) -> None:
    for ending in (".gz", ".xz"):
        data = b"".join(pack(part, ending) for part in parts)
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        assert b"".join(unpacked(pieces, ending, "a")) == b"".join(parts)


def test_others_can_unpack_it(kind: str) -> None:
    data = "أهلا ".encode() * 10_000
    readers: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.decompress, ".xz": lzma.decompress}
    if kind == ".zst":
        import zstandard

        readers[".zst"] = lambda packed: zstandard.ZstdDecompressor().stream_reader(packed).read()
    assert readers[kind](pack(data, kind)) == data
    assert pack(data, kind) == pack(data, kind)


@pytest.mark.parametrize("padding", [0, 4, 512])
def test_text_in_several_members(kind: str, padding: int) -> None:
    packed = pack("أهلا\nأ".encode(), kind) + b"\0" * padding + pack("هلا\n".encode(), kind)
    assert through(packed, "a.txt" + kind)[0].decode() == "اهلا\nاهلا\n"


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_packed_file_that_is_cut_off(kind: str, cut: int) -> None:
    packed = pack("\n".join(f"أهلا {n}" for n in range(9999)).encode(), kind)
    with pytest.raises(FormatError, match=f"a.txt{kind}: the packed file is cut off; copy or pack it again"):
        through(packed[:-cut], "a.txt" + kind)


@pytest.mark.parametrize("after", [b"garbage" * 9, b"\0\0\0\0" + b"garbage" * 9])
def test_something_else_behind_a_packed_file(kind: str, after: bytes) -> None:
    with pytest.raises(FormatError, match="cannot be unpacked"):
        through(pack(b"a", kind) + after, "a" + kind)


def test_a_packed_file_that_is_damaged(kind: str) -> None:
    packed = bytearray(pack("\n".join(f"أهلا {n}" for n in range(9999)).encode(), kind))
    packed[len(packed) // 2] ^= 0xFF
    with pytest.raises(FormatError):  # or it says so at the end, where the sum is
        through(bytes(packed), "a" + kind)


def test_an_empty_packed_file(kind: str) -> None:
    assert through(b"", "a" + kind) == (b"", [])
    assert through(pack(b"", kind), "a" + kind) == (b"", [])


# --- Parquet and Arrow ---------------------------------------------------------------------------------------------

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
ipc = pytest.importorskip("pyarrow.ipc")

_texts = st.lists(st.none() | arabic_text.filter(encodable) | st.sampled_from(["أ", "ا", "إ", ""]), max_size=12)


@st.composite
def tables(draw: st.DrawFn) -> Any:
    texts = draw(_texts)
    kind = draw(
        st.sampled_from(
            [
                pa.string(),
                pa.large_string(),
                pa.dictionary(pa.int8(), pa.string()),
                pa.dictionary(pa.int32(), pa.large_string()),
            ]
        )
    )
    column = pa.chunked_array([texts[: len(texts) // 2], texts[len(texts) // 2 :]], type=pa.large_string()).cast(kind)
    other = pa.array(texts, pa.string()).dictionary_encode()
    fields = [
        pa.field("id", pa.int64(), nullable=False, metadata={"unit": "one"}),
        pa.field("text", kind, metadata={"نوع": "نص"}),
        pa.field("other", other.type),
        pa.field("list", pa.list_(pa.string())),
    ]
    schema = pa.schema(fields, metadata={"made": "here"})
    return pa.table([range(len(texts)), column, other, [[t] for t in texts]], schema=schema)


def to_parquet(table: Any, **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def to_arrow(table: Any, stream: bool, compression: str | None = None, size: int | None = None) -> bytes:
    out = io.BytesIO()
    options = ipc.IpcWriteOptions(compression=compression, unify_dictionaries=not stream)
    make = ipc.new_stream if stream else ipc.new_file
    with make(out, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=size)
    return out.getvalue()


def from_arrow(data: bytes) -> Any:
    return (ipc.open_file if data.startswith(b"ARROW1") else ipc.open_stream)(data).read_all()


def as_expected(table: Any, transform: Composable = FOLD) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = table.to_pydict()
    columns["text"] = [None if value is None else transform(value) for value in columns["text"]]
    return columns


@given(tables(), st.integers(1, 5))
def test_only_the_column_of_a_parquet_file_changes(table: Any, size: int) -> None:
    data = to_parquet(table, row_group_size=size)
    same, folded = (through(data, "a.parquet", transform)[0] for transform in (SAME, FOLD))
    before = pq.read_table(io.BytesIO(data))
    for out in (same, folded):
        after = pq.read_table(io.BytesIO(out))
        assert after.schema.equals(before.schema, check_metadata=True)
        assert _groups(out) == _groups(data)
        after.validate(full=True)
    assert pq.read_table(io.BytesIO(same)).equals(before)
    assert pq.read_table(io.BytesIO(folded)).to_pydict() == as_expected(table)


def _groups(data: bytes) -> list[int]:
    meta = pq.ParquetFile(io.BytesIO(data)).metadata
    return [meta.row_group(i).num_rows for i in range(meta.num_row_groups)]


@given(tables(), st.booleans(), st.sampled_from([None, "lz4", "zstd"]), st.integers(1, 5))
def test_only_the_column_of_an_arrow_file_changes(table: Any, stream: bool, compression: str | None, size: int) -> None:
    data = to_arrow(table, stream, compression, size)
    same, folded = (through(data, "a.arrow", transform)[0] for transform in (SAME, FOLD))
    before = from_arrow(data)
    for out in (same, folded):
        assert out.startswith(b"ARROW1") is not stream
        after = from_arrow(out)
        assert after.schema.equals(before.schema, check_metadata=True)
        after.validate(full=True)
        assert [len(b) for b in after.to_batches()] == [len(b) for b in before.to_batches()]
    assert from_arrow(same).to_pydict() == before.to_pydict()
    assert from_arrow(folded).to_pydict() == as_expected(table)


def test_words_that_become_one_share_an_entry_of_the_dictionary() -> None:
    column = pa.array(["أ", None, "ا", "ب", "إ", "أ"]).dictionary_encode()
    for data, read in (
        (to_parquet(pa.table({"text": column})), lambda b: pq.read_table(io.BytesIO(b))),
        (to_arrow(pa.table({"text": column}), False), from_arrow),
    ):
        out = through(data, "a.parquet" if data.startswith(b"PAR1") else "a.arrow")[0]
        (chunk,) = read(out)["text"].chunks
        assert chunk.dictionary.to_pylist() == ["ا", "ب"]
        assert chunk.to_pylist() == ["ا", None, "ا", "ب", "ا", "ا"]


def test_how_a_parquet_file_is_written_stays() -> None:
    texts = ["أ", "ب", None] * 20
    columns = {
        "a": range(60),
        "text": texts,
        "d": pa.array(texts).dictionary_encode(),
        "l": [[t] for t in texts],
        "f": range(60),
    }
    codecs = {"a": "zstd", "text": "gzip", "d": "none", "l": "snappy", "f": "lz4"}
    options: dict[str, Any] = {
        "compression": codecs,
        "use_dictionary": ["d", "text"],
        "column_encoding": {"f": "DELTA_BINARY_PACKED"},
        "write_statistics": ["a", "d"],
        "sorting_columns": [pq.SortingColumn(0)],
        "write_page_index": True,
        "version": "2.4",
        "row_group_size": 25,
    }
    data = to_parquet(pa.table(columns), **options)
    out = through(data, "a.parquet")[0]
    assert _shape(out) == _shape(data)


def _shape(data: bytes) -> Iterator[Any]:
    meta = pq.ParquetFile(io.BytesIO(data)).metadata
    shape: list[Any] = [meta.format_version, meta.num_row_groups]
    for group in map(meta.row_group, range(meta.num_row_groups)):
        shape += [group.num_rows, group.sorting_columns]
        for column in map(group.column, range(group.num_columns)):
            shape.append((column.path_in_schema, column.compression, column.encodings, column.is_stats_set))
            shape.append((column.has_dictionary_page, column.has_column_index, column.physical_type))
    return shape  # type: ignore[return-value]


def test_a_sorted_column_that_changes_is_not_called_sorted() -> None:
    data = to_parquet(pa.table({"text": ["أ", "ب"]}), sorting_columns=[pq.SortingColumn(0)])
    assert not pq.ParquetFile(io.BytesIO(through(data, "a.parquet")[0])).metadata.row_group(0).sorting_columns


@pytest.mark.parametrize("compression", [None, "lz4", "zstd"])
@pytest.mark.parametrize("stream", [False, True])
def test_how_arrow_batches_are_compressed_stays(compression: str | None, stream: bool) -> None:
    texts = ["أهلا بكم في المكتبة العامة"] * 5000
    table = pa.table({"d": pa.array(texts).dictionary_encode(), "text": texts})
    data = to_arrow(table, stream, compression)
    out = through(data, "a.arrow")[0]
    assert abs(len(out) - len(data)) < len(data) / 10
    assert (len(out) < 100_000) is (compression is not None)


def test_a_dictionary_that_grows_from_batch_to_batch() -> None:
    schema = pa.schema([pa.field("text", pa.dictionary(pa.int8(), pa.string()))])
    out = io.BytesIO()
    with ipc.new_file(out, schema, options=ipc.IpcWriteOptions(emit_dictionary_deltas=True)) as writer:
        for indices, words in (([0, 1], ["أ", "ا"]), ([0, 2, None], ["أ", "ا", "إ"]), ([3, 0], ["أ", "ا", "إ", "ب"])):
            array = pa.DictionaryArray.from_arrays(pa.array(indices, pa.int8()), pa.array(words))
            writer.write_batch(pa.record_batch([array], schema=schema), custom_metadata={"n": str(len(words))})
    after = through(out.getvalue(), "a.arrow")[0]
    assert from_arrow(after)["text"].to_pylist() == ["ا", "ا", "ا", "ا", None, "ب", "ا"]
    assert [dict(ipc.open_file(after).get_batch_with_custom_metadata(i)[1]) for i in range(3)] == [
        {b"n": b"2"},
        {b"n": b"3"},
        {b"n": b"4"},
    ]


def test_a_dictionary_of_many_batches_is_done_once() -> None:
    texts = ["أ", "إ", None, "ب"] * 10
    counted: list[str] = []
    count = Custom("count", lambda text: counted.append(text) or FOLD(text))  # type: ignore[func-returns-value]
    data = to_arrow(pa.table({"text": pa.array(texts).dictionary_encode()}), True, size=4)
    out = through(data, "a.arrow", count)[0]
    assert counted == ["أ", "إ", "ب"]
    assert from_arrow(out)["text"].to_pylist() == ["ا", "ا", None, "ب"] * 10
    assert {chunk.dictionary.to_pylist()[0] for chunk in from_arrow(out)["text"].chunks} == {"ا"}


def test_bytes_that_are_not_utf_8_in_a_column() -> None:
    column = pa.array(["أ".encode(), b"\xff", None, "إ".encode()], pa.binary()).view(pa.string())
    out, bad = through(to_parquet(pa.table({"text": column})), "a.parquet")
    assert pq.read_table(io.BytesIO(out))["text"].combine_chunks().view(pa.binary()).to_pylist() == [
        "ا".encode(),
        b"\xff",
        None,
        "ا".encode(),
    ]
    assert [b[:3] for b in bad] == [(2, None, "bytes that are not UTF-8")]


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
def test_columns_that_hold_no_text(name: str) -> None:
    table = pa.table({"id": [1], "text": [["أ"]]})
    data = to_parquet(table) if name == "a.parquet" else to_arrow(table, False)
    with pytest.raises(FieldError, match=r"the column 'text' is list<.*>, no text; it has id, text"):
        through(data, name)
    with pytest.raises(FieldError, match="no column is named 'txt'; it has id, text"):
        through(data, name, FOLD, ReadOptions(fields=("txt",)))


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
@pytest.mark.parametrize("cut", [0, 3, 8, 100, 0.5])
def test_columnar_files_that_are_cut_off(name: str, cut: float) -> None:
    table = pa.table({"text": [f"أ{n}" for n in range(1000)]})
    data = to_parquet(table) if name == "a.parquet" else to_arrow(table, False)
    with pytest.raises(FormatError, match=name):
        through(data[: int(cut * len(data)) if cut < 1 else len(data) - int(cut)], name)


def test_tables_without_rows() -> None:
    table = pa.table({"text": pa.array([], pa.string())})
    for data, name in ((to_parquet(table), "a.parquet"), (to_arrow(table, True), "a.arrow")):
        out = through(data, name)[0]
        assert (pq.read_table(io.BytesIO(out)) if name == "a.parquet" else from_arrow(out)).schema == table.schema


def test_columnar_files_are_not_packed_again() -> None:
    with pytest.raises(FormatError, match="compressed inside"):
        through(b"", "a.parquet.gz")


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
    for name, extra in (("a.parquet", "arrow"), ("a.arrow", "arrow"), ("a.zst", "zstd")):
        with pytest.raises(arnorm.MissingPackageError) as caught:
            through(b"x", name)
        assert caught.value.extra == extra


def test_arrow_without_a_head() -> None:
    with pytest.raises(FormatError):
        through(struct.pack("<Ii", 0xFFFFFFFF, 100) + bytes(100), "a.arrow")
