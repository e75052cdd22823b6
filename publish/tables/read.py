"""A file's bytes -> a table, whatever its form; what it is says its beginning, not its name.

Workbooks are read by `publish.tables.xlsx`, CSV and TSV here, in the encodings that Japanese
offices use: UTF-8 is tried first, strictly, then Shift_JIS (as Windows writes it, code page 932);
UTF-16 only with its byte order mark. A byte that fits none is an error with its line: nothing is
replaced.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from publish.dirt import separator_in
from publish.errors import GridError, Place
from publish.i18n import Text
from publish.tables.grid import Form, Grid, Limits, made, shown
from publish.tables.xlsx import read_workbook

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_HALF_WIDTH = re.compile("[｡-ﾟ]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
#: Characters of the beginning in which the delimiter is looked for.
_BEGINNING = 1 << 16
_DELIMITERS = (",", "\t", ";")
#: What a line for Excel may name: no letter, no quote, nothing that ends a line.
_MARK = re.compile(r"[\t !#$%&*+,./:;|~^-]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding: Python's name for it, that of the Encoding Standard, and how people call it."""

    codec: str
    name: str
    label: str


UTF8 = Encoding("utf-8", "utf-8", "UTF-8")
SHIFT_JIS = Encoding("cp932", "shift_jis", "Shift_JIS")
UTF16_LE = Encoding("utf-16-le", "utf-16le", "UTF-16")
UTF16_BE = Encoding("utf-16-be", "utf-16be", "UTF-16")
#: What somebody who knows better than we can choose.
ENCODINGS = {"utf-8": UTF8, "shift_jis": SHIFT_JIS}
_MARKS = (
    (codecs.BOM_UTF8, UTF8), (codecs.BOM_UTF16_LE, UTF16_LE), (codecs.BOM_UTF16_BE, UTF16_BE),
)  # fmt: skip


def read_text_table(data: bytes, name: str, limits: Limits, encoding: str | None = None) -> Grid:
    """Return a table from the bytes of a CSV or TSV file.

    Raises GridError, with the line, for bytes that no encoding explains, for quotes that do not
    come in pairs, for rows of another length than the headings, and for anything over a limit.
    """
    text, taken, marked = _decoded(data, name, ENCODINGS.get(encoding or ""))
    control = _CONTROL.search(text)
    if control:
        raise _no_text(Place(name, _line(text, control.start())))
    delimiter = _delimiter(text)
    form = Form(_label(taken, marked, delimiter), taken.name, delimiter)
    return made(name, form, _records(text, name, delimiter, limits), limits, ())


def _decoded(data: bytes, name: str, chosen: Encoding | None) -> tuple[str, Encoding, bool]:
    """Return the text, its encoding, and whether a byte order mark said so."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name), encoding, True
    if chosen:
        return _strictly(data, chosen, name), chosen, False
    try:
        return data.decode("utf-8"), UTF8, False
    except UnicodeDecodeError as error:
        not_utf8 = error.start
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError as error:
        raise _neither(data, name, not_utf8, error.start) from error
    if _is_euc(data, text):
        raise GridError(*_EUC, Place(name))
    return text, SHIFT_JIS, False


def _strictly(data: bytes, encoding: Encoding, name: str) -> str:
    try:
        return data.decode(encoding.codec)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding.codec, "ignore")
        raise GridError(
            Text(
                "{encoding} として読めないバイトがあります。",
                "There is a byte that is not {encoding}.",
            ).format(encoding=encoding.label),
            _SAVE_AS,
            Place(name, before.count("\n") + 1),
        ) from error


def _is_euc(data: bytes, text: str) -> bool:
    """Tell whether bytes that can be read as Shift_JIS are EUC-JP, which reads as kana then."""
    others = len(_NOT_ASCII.findall(text))
    if len(_HALF_WIDTH.findall(text)) * 3 < others:
        return False
    try:
        return not _HALF_WIDTH.search(data.decode("euc_jp"))
    except UnicodeDecodeError:
        return False


def _neither(data: bytes, name: str, not_utf8: int, not_shift_jis: int) -> GridError:
    lines = [data.count(b"\n", 0, place) + 1 for place in (not_utf8, not_shift_jis)]
    return GridError(
        Text(
            "文字コードが分かりません。UTF-8としては{utf8}行目、Shift_JISとしては{sjis}行目に読めないバイトがあります。",
            "The encoding is unknown: line {utf8} is not UTF-8, and line {sjis} not Shift_JIS.",
        ).format(utf8=lines[0], sjis=lines[1]),
        _SAVE_AS,
        Place(name, max(lines)),
    )


def _no_text(place: Place) -> GridError:
    return GridError(
        Text(
            "テキストにない制御文字があります。CSVやTSVではないか、別の文字コードです。",
            "There is a control character: this is no CSV or TSV, or in another encoding.",
        ),
        _SAVE_AS,
        place,
    )


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _delimiter(text: str) -> str:
    """Return what stands between cells: what occurs most in the first line, outside of quotes.

    A line for Excel (`sep=;`) in front says it.
    """
    beginning = text[:_BEGINNING].lstrip("\r\n")
    first = re.split("[\r\n]", beginning, maxsplit=1)[0]
    if (mark := separator_in(first)) is not None:
        if _MARK.fullmatch(mark):
            return mark
        beginning = beginning[len(first) :]
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for character in beginning.lstrip("\r\n"):
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "\r\n":
            break
        elif not quoted and character in counts:
            counts[character] += 1
    return max(_DELIMITERS, key=lambda one: counts[one])


def _label(encoding: Encoding, marked: bool, delimiter: str) -> Text:
    form = {",": "CSV", "\t": "TSV"}.get(delimiter)
    kind = Text(form, form) if form else _OTHER_MARKS.get(delimiter, _BY_MARK)
    kind = kind.format(mark=delimiter)
    bom = Text("（BOM付き）", " with byte order mark") if marked else Text("", "")
    return Text("{kind}、{encoding}{bom}", "{kind}, {encoding}{bom}").format(
        kind=kind, encoding=encoding.label, bom=bom
    )


def _records(
    text: str, name: str, delimiter: str, limits: Limits
) -> Iterator[tuple[int, list[str]]]:
    """Yield (line on which the record begins, cells)."""
    reader = csv.reader(_lines(text, name, limits), delimiter=delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            yield line, record
            line = reader.line_num + 1
    except csv.Error as error:
        raise GridError(
            Text(
                "表の書き方に誤りがあります（{why}）。", "The table is malformed ({why})."
            ).format(why=shown(str(error))),
            Text(
                "引用符「\"」の対応と、長すぎるセルがないかを確かめてください。",
                'See whether quotes " come in pairs, and whether a cell is too long.',
            ),
            Place(name, line),
        ) from error  # fmt: skip


def _lines(text: str, name: str, limits: Limits) -> Iterator[str]:
    """Yield the lines of a text; one that must hold a cell that is too long is not even cut."""
    most = limits.columns * (limits.characters + 3)
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if len(line) > most:
            raise GridError(
                Text("行が長すぎます。", "The line is too long."), _SAVE_AS, Place(name, number)
            )
        yield line


_OTHER_MARKS = {";": Text("CSV（セミコロン区切り）", "CSV with semicolons")}
_BY_MARK = Text("CSV（「{mark}」区切り）", 'CSV with "{mark}"')
_SAVE_AS = Text(
    "表計算ソフトで「CSV UTF-8（コンマ区切り）」として保存し直してください。",
    'Save it again in a spreadsheet program as "CSV UTF-8 (comma delimited)".',
)
_EUC = (Text("文字コードがEUC-JPのようです。", "The encoding seems to be EUC-JP."), _SAVE_AS)


# -- Files of any form -----------------------------------------------------------------------------

#: How files begin: XLSX and other archives, and Excel's old form.
_ARCHIVE = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TOO_LARGE = Text(
    "ファイルが大きすぎます（上限 {most} MB）。", "The file is too large (at most {most} MB)."
)
_SMALLER = Text(
    "行や列を減らすか、コマンド lodpub link（50 MBまで）を使ってください。",
    "Leave out rows or columns, or use the command lodpub link (up to 50 MB).",
)
_OLD = (
    Text(
        "Excelの古い形式（.xls）か、パスワードで保護されたブックです。読めません。",
        "This is Excel's old form (.xls), or a workbook protected by a password: not read.",
    ),
    Text(
        "Excelで開き、パスワードなしの「Excel ブック（.xlsx）」かCSVとして保存し直してください。",
        "Open it in Excel and save it as Excel workbook (.xlsx) or CSV, without a password.",
    ),
)


def read_table(
    data: bytes,
    name: str,
    limits: Limits,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Grid:
    """Return the table in a file; `sheet` chooses one of a workbook, `encoding` that of a text.

    Raises GridError for files that are too large, of another form, broken, or mean harm.
    """
    if len(data) > limits.bytes:
        raise too_large(name, limits)
    if data.startswith(_OLD_EXCEL):
        raise GridError(*_OLD, Place(name))
    if data.startswith(_ARCHIVE):
        return read_workbook(data, name, limits, sheet)
    return read_text_table(data, name, limits, encoding)


def too_large(name: str, limits: Limits) -> GridError:
    """Return the error for a file that has more bytes than may be."""
    return GridError(_TOO_LARGE.format(most=limits.bytes >> 20), _SMALLER, Place(name))
