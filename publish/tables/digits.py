"""Codes as spreadsheet programs leave them: without the zero at their beginning."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from publish.errors import CodeError
from publish.i18n import Text
from publish.search.codes import Code, read_code, with_lost_zero
from publish.tables.grid import shown

#: So many different codes without their zeros are no chance.
_NO_CHANCE = 3
_REPAIRED = Text(
    "「{cell}」の先頭に0を補い、コード {code} とみなしました。",
    'A zero was put in front of "{cell}": code {code}.',
)
_TWO_WAYS = Text(
    "「{cell}」は、検査数字のないコード（{one}）とも、先頭の0が落ちたコード（{other}）とも読めます。",
    '"{cell}" may be a code without check digit ({one}) or one that lost its zero ({other}).',
)


@dataclass(frozen=True)
class Coded:
    """What a cell with a code turned out to be."""

    code: Code | None = None
    said: tuple[Text, ...] = ()
    #: the code is no code, or may be two
    is_doubtful: bool = False


def is_code(cell: str) -> bool:
    """Tell whether a cell has the form of a municipality's code, be it without its zero."""
    try:
        return len(read_code(cell).digits) >= 4
    except CodeError:
        return False


def zeros_lost(cells: Iterable[str]) -> bool:
    """Tell whether five-digit cells are six-digit codes that a spreadsheet took the zero from.

    One such code may be chance (one of eleven is); that all of several are is none.
    """
    codes = [code for cell in cells if (code := _five(cell))]
    return len(codes) >= _NO_CHANCE and all(with_lost_zero(code) for code in codes)


def _five(cell: str) -> Code | None:
    try:
        code = read_code(cell)
    except CodeError:
        return None
    return code if len(code.digits) == 5 else None


def coded_in(cell: str, *, zeros_lost: bool, known: Collection[str]) -> Coded:
    """Return the code in a cell, with the zero that it lost at its beginning.

    `zeros_lost` tells that the other codes of the column have lost theirs, and `known` are the
    prefectures (two digits) that codes may have.
    """
    if not cell:
        return Coded()
    try:
        code = read_code(cell)
    except CodeError as error:
        return Coded(None, (error.problems[0].what,), is_doubtful=True)
    if code.repaired:
        return Coded(code, (_REPAIRED.format(cell=shown(cell), code=code.five),))
    lost = with_lost_zero(code) if len(code.digits) == 5 else None
    if lost is None:
        return Coded(code)
    said = (_REPAIRED.format(cell=shown(cell), code=lost.six),)
    if zeros_lost:
        return Coded(lost, said)
    if code.prefecture not in known and lost.prefecture in known:
        doubt = _TWO_WAYS.format(cell=shown(cell), one=code.six, other=lost.six)
        return Coded(lost, (doubt,), is_doubtful=True)
    return Coded(code)
