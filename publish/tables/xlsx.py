"""Tables as XLSX workbooks, read with distrust -> rows. Formulas are never evaluated.

Before anything is parsed the archive is unpacked once, in pieces, to know how large it really is;
a document type declaration, and with it every entity, is refused in all of its parts.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, cast

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from publish.errors import GridError, Place
from publish.i18n import Text
from publish.tables import number_formats
from publish.tables.grid import Form, Grid, Limits, made, shown

_MOST_PARTS = 2000
#: How many times larger a part may become, if it becomes larger than a small one.
_MOST_RATIO = 250
_SMALL = 1 << 20
_PIECE = 1 << 18
#: Merged ranges that are filled; a sheet with more is a drawing, not a table.
_MOST_MERGED = 100_000
_DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.I)
_OTHER_ENCODING = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["']|us-ascii["'])""", re.I)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
#: Nothing in it is tried twice: what is searched is as long as somebody wants it to be.
_UNCOMPUTED = re.compile(rb"(?:</f>|<f\b[^<>]*+>(?<=/>))\s*+(?:<v\s*+/>|<v>\s*+</v>)?+\s*+</c>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: Characters that a cell of a workbook can have.
_LONGEST = 32_767
#: What broken archives and workbooks make the libraries raise.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, SyntaxError,
    ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, OSError,
)  # fmt: skip
_FORM = Text("XLSX、シート「{sheet}」", 'XLSX, sheet "{sheet}"')


def read_workbook(data: bytes, name: str, limits: Limits, sheet: str | None = None) -> Grid:
    """Return the table on the first sheet of a workbook, or on the one that is named.

    Raises GridError for an archive that is broken, encrypted or grows beyond the limits, for
    declared entities, for a sheet that does not exist, and as `publish.tables.grid.made` does.
    """
    try:
        parts = _unpacked(data, name, limits)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that we do not look at
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            chosen = _sheet(book, name, sheet)
            raw = parts.get(chosen._worksheet_path, b"")
            notes = [*_noticed(raw)]
            records = _merged(_records(chosen, name, limits), raw, limits)
            form = Form(_FORM.format(sheet=shown(chosen.title)))
            return made(name, form, records, limits, notes)
    except _BROKEN as error:
        raise _broken(name, error) from error


def _unpacked(data: bytes, name: str, limits: Limits) -> dict[str, bytes]:
    """Return the sheets as they are inside, once all that there is was looked at."""
    sheets: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        declared = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        if len(entries) > _MOST_PARTS or packed > len(data) or declared > limits.unpacked:
            raise _bomb(name)
        if len({entry.filename for entry in entries}) < len(entries):
            raise _bomb(name)
        left = limits.unpacked
        for entry in entries:
            if entry.flag_bits & 1:
                raise GridError(*_ENCRYPTED, Place(name))
            content = _part(archive, entry, left, name)
            left -= len(content)
            if entry.filename.startswith("xl/worksheets/"):
                sheets[entry.filename] = content
    return sheets


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, name: str) -> bytes:
    """Return a part as far as it may grow; one that grows beyond is a bomb."""
    if entry.file_size > _SMALL and entry.file_size > entry.compress_size * _MOST_RATIO:
        raise _bomb(name)
    pieces, size = [], 0
    with archive.open(entry) as part:
        while piece := part.read(_PIECE):
            size += len(piece)
            if size > most or (size > _SMALL and size > entry.compress_size * _MOST_RATIO):
                raise _bomb(name)
            pieces.append(piece)
    content = b"".join(pieces)
    if entry.filename.endswith((".xml", ".rels", ".vml")) and _is_hostile(content):
        raise GridError(*_ENTITIES, Place(f"{name}!{shown(entry.filename)}"))
    return content


def _is_hostile(content: bytes) -> bool:
    """Tell whether XML declares entities, or is written so that we could not see it."""
    written = content.startswith(_OTHER_ENCODING) or _ENCODING.search(content[:200])
    return bool(written or _DECLARED.search(content))


def _sheet(book: Any, name: str, wanted: str | None) -> Any:
    sheets = [one for one in book.worksheets if isinstance(one, ReadOnlyWorksheet)]
    visible = [one for one in sheets if one.sheet_state == "visible"] or sheets
    if wanted is None:
        if not visible:
            raise GridError(*_NO_SHEET, Place(name))
        return visible[0]
    found = next((one for one in sheets if one.title == wanted), None)
    if found is None:
        titles = [shown(one.title) for one in sheets[:10]]
        raise GridError(
            Text("シート「{name}」はありません。", 'There is no sheet "{name}".').format(
                name=shown(wanted)
            ),
            Text("あるシート：{names}", "These exist: {names}").format(
                names=Text("、".join(titles), ", ".join(titles))
            ),
            Place(name),
        )
    return found


def _records(sheet: Any, name: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells), all as long as the first row that has a value."""
    sheet.reset_dimensions()  # what the file says of them need not be true
    width = blank = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        if len(row) > limits.columns:
            row = row[: _last(row)]
        if len(row) > limits.columns:
            raise _too_wide(name, number, limits.columns)
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        blank = 0 if cells else blank + 1
        if blank > limits.rows:
            raise _bomb(name)
        width = width or len(cells)
        yield number, cells + [""] * (width - len(cells))


def _last(row: Sequence[Any]) -> int:
    """Return the number of cells up to the last one with a value."""
    return max((n for n, cell in enumerate(row, 1) if cell.value is not None), default=0)


def _text(cell: Any) -> str:
    """Return a cell as text: a code as its reader sees it, a number or a day as it is meant."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if len(value) > _LONGEST:
            return value  # it is refused when the row is whole
        return _CONTROL.sub("", value.replace("\r\n", "\n").replace("_x000D_", ""))
    if isinstance(value, bool):
        return str(value).upper()
    format_ = str(cell.number_format or "")
    if isinstance(value, int | float):
        return number_formats.number(value, format_, cell.parent.parent.epoch)
    return number_formats.moment(value, format_)


def _merged(
    records: Iterator[tuple[int, list[str]]], raw: bytes, limits: Limits
) -> Iterator[tuple[int, list[str]]]:
    """Yield rows in which each cell of a merged range has the value of the range."""
    starting: dict[int, list[tuple[int, int, int]]] = {}
    for count, match in enumerate(_MERGED.finditer(raw)):
        if count >= _MOST_MERGED:
            break
        left, top, right, bottom = map(int, cast(Any, range_boundaries(match[1].decode())))
        if right <= limits.columns and bottom > top:
            starting.setdefault(top, []).append((left, right, bottom))
    open_: dict[int, tuple[int, str]] = {}  # by column, for ranges do not overlap
    for number, cells in records:
        for column, (bottom, value) in list(open_.items()):
            if bottom < number:
                del open_[column]
            elif column < len(cells):
                cells[column] = cells[column] or value
        for left, right, bottom in starting.get(number, ()):
            if left <= len(cells) and cells[left - 1]:
                open_.update(dict.fromkeys(range(left - 1, right), (bottom, cells[left - 1])))
        yield number, cells


def _noticed(raw: bytes) -> Iterator[Text]:
    merged = sum(1 for _ in _MERGED.finditer(raw))
    if merged:
        yield _FILLED.format(count=merged)
    uncomputed = sum(not is_text for is_text in _are_texts(raw))
    if uncomputed:
        yield _NO_VALUE.format(count=uncomputed)


def _are_texts(raw: bytes) -> Iterator[bool]:
    """Yield for each formula without a result whether it has one that is the empty text."""
    end = 0
    for found in _UNCOMPUTED.finditer(raw):
        cell = raw.rfind(b"<c ", end, found.start())
        end = found.end()
        yield cell >= 0 and b' t="str"' in raw[cell : raw.find(b">", cell, end)]


def _bomb(name: str) -> GridError:
    return GridError(
        Text(
            "展開すると大きくなりすぎるか、不自然に圧縮されたファイルです。読みません。",
            "The file grows too large when unpacked, or is compressed unnaturally: not read.",
        ),
        Text(
            "必要なシートだけをCSVとして保存し直してください。",
            "Save the sheet that is needed as CSV.",
        ),
        Place(name),
    )


def _too_wide(name: str, row: int, most: int) -> GridError:
    return GridError(
        Text("列の数が上限（{most}）を超えています。", "Too many columns (at most {most}).").format(
            most=most
        ),
        Text("必要な列だけにしてください。", "Keep only the columns that are needed."),
        Place(name, row),
    )


def _broken(name: str, error: Exception) -> GridError:
    return GridError(
        Text(
            "XLSXファイルとして読めません（{why}）。", "The file is no readable XLSX file ({why})."
        ).format(why=shown(f"{type(error).__name__}: {error}")),
        Text(
            "表計算ソフトで開き、「Excel ブック（.xlsx）」かCSVとして保存し直してください。",
            "Open it in a spreadsheet program and save it as Excel workbook (.xlsx) or CSV.",
        ),
        Place(name),
    )


_ENCRYPTED = (
    Text("パスワードで保護されています。", "The file is protected by a password."),
    Text("保護を外して保存し直してください。", "Save it without protection."),
)
_ENTITIES = (
    Text("XMLの実体宣言があるので、読みません。", "It declares XML entities: not read."),
    Text(
        "表計算ソフトで開き、CSVとして保存し直してください。",
        "Open it in a spreadsheet program and save it as CSV.",
    ),
)
_NO_SHEET = (
    Text("表のシートがありません。", "The workbook has no sheet with cells."),
    Text("表のあるファイルを選んでください。", "Choose a file with a table."),
)
_FILLED = Text(
    "結合されたセルが{count}か所あります。縦に結合された値は、その範囲の各行の値とみなしました。",
    "There are merged cells: {count}. A value merged downwards was taken for each of its rows.",
)
_NO_VALUE = Text(
    "計算結果の保存されていない数式が{count}件あり、空欄として読みました（数式は計算しません）。",
    "Formulas without a stored result were read as empty: {count} (formulas are never evaluated).",
)
