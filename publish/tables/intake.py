"""A file's bytes -> a table, whatever its form; what it is says its beginning, not its name."""

from __future__ import annotations

from publish.errors import GridError, Place
from publish.i18n import Text
from publish.tables.grid import Grid, Limits
from publish.tables.read import read_text_table
from publish.tables.xlsx import read_workbook

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
