"""What a cell of a workbook says, from its value and its number format (ECMA-376 part 1, 18.8.31).

- A *code* is written as the cell shows it: with leading zeros (`000000`) and with what its format
  puts between the digits (`000-0000` of a postal code, a telephone number).
- A *number* stays a number, whatever its format adds for the eye: separators of thousands, signs
  of currencies, decimals, percent (25 % is 0.25), units behind it.
- A *day* and a *time of day* are written as ISO 8601 has them, whatever the format, eras included.
- A *duration* (`[h]:mm`) is written as the cell shows it, for ISO 8601 would not be known again.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel


class Token(NamedTuple):
    """A piece of a number format: what it stands for, and how it is written."""

    kind: str
    text: str


#: Pieces of a format: texts, what only moves others about, elapsed time, conditions, colours and
#: languages, digits, and the letters of dates.
_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*](?P<space>.)|\[(?P<elapsed>h+|m+|s+)\]'
    r"|\[(?P<condition>[<>=]{1,2}-?[0-9]+(?:\.[0-9]+)?)\]|\[(?P<other>[^\]]*)\]|(?P<noon>AM/PM|A/P)"
    r"|(?P<fraction>(?<=s)\.0+|(?<=s\])\.0+)|(?P<digit>[0#])|(?P<number>[?.,%/]|E[+-])"
    r"|(?P<clock>h+|s+)|(?P<month>m+)|(?P<day>y+|d+|g+|e+|b+|a{3,})|(?P<plain>.)",
    re.I | re.S,
)
_LITERAL = ("quoted", "escaped", "plain")
_CONDITIONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
#: A spreadsheet keeps so many digits of a number.
_DIGITS = 15
#: A sum of times is a day of these years; what is later is a day, of which only the time is shown.
_FIRST_YEARS = 1905
_NO_DAY = "1900-01-00"
#: A format of more is no format of a code.
_LONGEST = 100


@lru_cache(maxsize=1024)
def _sections(format_: str) -> tuple[tuple[Token, ...], ...]:
    """Return the sections of a format, which are for numbers above, below and equal to zero."""
    if len(format_) > _LONGEST or format_ == "General":
        return ((),)
    sections: list[list[Token]] = [[]]
    for match in _TOKENS.finditer(format_):
        kind = match.lastgroup or "plain"
        if kind == "plain" and match[0] == ";":
            sections.append([])
        elif kind not in ("space", "other"):
            sections[-1].append(Token(kind, match[kind]))
    return tuple(map(tuple, sections))


def _section(value: float, format_: str) -> tuple[Token, ...]:
    """Return the section of a format that is for a number."""
    sections = _sections(format_)
    for section in sections:
        for token in section:
            if token.kind == "condition" and _meets(value, token.text):
                return section
    if any(token.kind == "condition" for section in sections for token in section):
        free = (one for one in sections if all(token.kind != "condition" for token in one))
        return next(free, ())
    if len(sections) > 2 and value == 0:
        return sections[2]
    return sections[1] if len(sections) > 1 and value < 0 else sections[0]


def _meets(value: float, condition: str) -> bool:
    bound = condition.lstrip("<>=")
    compare = _CONDITIONS.get(condition.removesuffix(bound))
    return compare is not None and compare(value, float(bound))


def number(value: float, format_: str, epoch: datetime = WINDOWS_EPOCH) -> str:
    """Return a number as its cell means it: a code as it is shown, a day, or the plain number.

    `epoch` is the day from which the workbook counts.

    >>> number(12025, "000000"), number(608588, '"〒"000-0000'), number(1234.5, "#,##0.00")
    ('012025', '〒060-8588', '1234.5')
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    section = _section(value, format_)
    if isinstance(value, int):
        if value >= 0 and _is_code(section):
            return _filled(str(value), section)
        if _is_day(section) and 0 < value < 2_958_466:  # 9999-12-31
            return moment(from_excel(value, epoch), format_)
        return str(value)
    return repr(float(f"{value:.{_DIGITS}g}"))


def _is_code(section: tuple[Token, ...]) -> bool:
    """Tell whether digits are shown as those of a code: with zeros in front, or in groups."""
    kinds = [token.kind for token in section if token.kind != "condition"]
    if kinds.count("digit") < 2 or not {*kinds} <= {"digit", *_LITERAL}:
        return False
    digits = [n for n, kind in enumerate(kinds) if kind == "digit"]
    in_groups = digits[-1] - digits[0] >= len(digits)
    return in_groups or next(token for token in section if token.kind == "digit").text == "0"


def _is_day(section: tuple[Token, ...]) -> bool:
    """Tell whether a format shows a day by its era or weekday alone."""
    kinds = {token.kind for token in section}
    return "day" in kinds and not kinds & {"digit", "number"}


def _filled(digits: str, section: tuple[Token, ...]) -> str:
    """Return digits in the places that a format has for them; the first takes what is left."""
    tokens = [token for token in section if token.kind != "condition"]
    first = next(n for n, token in enumerate(tokens) if token.kind == "digit")
    shown: list[str] = []
    for place in reversed(range(len(tokens))):
        kind, text = tokens[place]
        if kind != "digit":
            shown.append(text)
            continue
        taken = digits if place == first else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        shown.append(taken or ("0" if text == "0" else ""))
    return "".join(reversed(shown))


def moment(value: object, format_: str) -> str:
    """Return a day, a time of day or a duration as text.

    A time that a format shows without its day is one of the day, also where a sum has gone beyond
    24 hours. Day 0, which Excel makes of an empty cell, is written as Excel shows it: it is no day.

    >>> moment(timedelta(hours=30), "[h]:mm"), moment(datetime(1900, 1, 1, 6), "h:mm")
    ('30:00', '06:00:00')
    """
    if isinstance(value, timedelta):
        return _elapsed(value, format_)
    kinds = {token.kind for token in _sections(format_)[0]}
    is_clock = bool(kinds & {"clock", "noon"}) and "day" not in kinds
    if isinstance(value, datetime):
        if is_clock and value.year < _FIRST_YEARS:
            return value.time().isoformat()
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, time) and kinds & {"day", "month"} and not is_clock:
        return _NO_DAY if value == time() else f"{_NO_DAY}T{value.isoformat()}"
    return value.isoformat() if isinstance(value, date | time) else str(value)


# -- Durations -------------------------------------------------------------------------------------

_MILLISECONDS = {"h": 3_600_000, "m": 60_000, "s": 1000}
#: How many of a unit make one of the next.
_AROUND = {"h": 24, "m": 60, "s": 60}


def _elapsed(value: timedelta, format_: str) -> str:
    """Return a duration as its format shows it; what is smaller than its last unit is cut off."""
    total = round(value / timedelta(milliseconds=1))
    sections = _sections(format_)
    own = total < 0 and len(sections) > 1 and any(t.kind == "elapsed" for t in sections[1])
    section = sections[1] if own else sections[0]
    fraction = next((token.text for token in section if token.kind == "fraction"), "")
    shown = "".join(_parts(section, _rounded(abs(total), section, len(fraction[1:]))))
    return f"-{shown}" if total < 0 and not own else shown


def _rounded(total: int, section: tuple[Token, ...], places: int) -> int:
    """Return milliseconds rounded to what is shown of a second, if seconds are shown."""
    if all(
        token.text[:1].lower() != "s" for token in section if token.kind in ("clock", "elapsed")
    ):
        return total
    unit = 1000 // (1, 10, 100, 1000)[min(places, 3)]
    return (total + unit // 2) // unit * unit


def _parts(section: tuple[Token, ...], total: int) -> Iterator[str]:
    for kind, text in section:
        unit = text[:1].lower()
        if kind == "fraction":
            yield "." + f"{total % 1000:03}".ljust(len(text) - 1, "0")[: len(text) - 1]
        elif kind == "elapsed":
            yield f"{total // _MILLISECONDS[unit]:0{len(text)}}"
        elif kind in ("clock", "month"):
            yield f"{total // _MILLISECONDS[unit] % _AROUND[unit]:0{len(text)}}"
        elif kind in (*_LITERAL, "number", "digit"):
            yield text
