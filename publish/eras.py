"""The Japanese eras, and dates as people write them -> dates as data write them (ISO 8601).

Each era begins on the day that the edict or cabinet order on its name took effect:

    明治  edict of 23 October 1868, counted from the first day of that year
    大正  edict of 30 July 1912
    昭和  edict of 25 December 1926
    平成  Cabinet Order No. 1 of 1989 (昭和64年政令第1号)
    令和  Cabinet Order No. 143 of 2019 (平成31年政令第143号)

(the last two under the Era Name Act, 元号法, Act No. 43 of 1979).  A year is counted on from the first
of its era, also beyond the era's end: documents printed before a change of era do so.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from publish.i18n import Text


@dataclass(frozen=True, slots=True)
class Era:
    """An era and its first day."""

    name: Text
    begin: date


ERAS = (
    Era(Text("明治", "Meiji"), date(1868, 1, 25)),
    Era(Text("大正", "Taisho"), date(1912, 7, 30)),
    Era(Text("昭和", "Showa"), date(1926, 12, 25)),
    Era(Text("平成", "Heisei"), date(1989, 1, 8)),
    Era(Text("令和", "Reiwa"), date(2019, 5, 1)),
)

#: 「令和」「令」「R」 and the like, as documents and forms abbreviate them.
_NAMES = {
    short: era
    for era in ERAS
    for short in (era.name.ja, era.name.ja[0], era.name.en[0], era.name.en.upper())
}
_BETWEEN = r"[-‐‑–−ー/.,]"
_WRITTEN = re.compile(
    rf"(?P<era>{'|'.join(sorted(_NAMES, key=len, reverse=True))})?(?P<year>\d{{1,4}}|元)"
    rf"(?:年度?|{_BETWEEN}|$)"
    rf"(?:(?P<month>\d{{1,2}})(?:月|{_BETWEEN}|$)(?:(?P<day>\d{{1,2}})日?)?)?"
)
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_TEN = re.compile(r"(\d?)十(\d?)")
#: How many characters dates of each precision have, by the name of the datatype.
LENGTHS = {"gYear": 4, "gYearMonth": 7, "date": 10}


def iso_of(text: str, datatype: str | None = None) -> str | None:
    """Return the ISO form of a date, month or year that is written in another way, else None.

    `datatype` is the local name of one of XML Schema: the date is cut to its precision, and is none
    if it is less precise. Without it the precision is that of the text.

    >>> iso_of("令和2年10月"), iso_of("R2.10"), iso_of("２０２０－１０"), iso_of("2020/10/1", "gYearMonth")
    ('2020-10', '2020-10', '2020-10', '2020-10')
    >>> iso_of("令和二年度"), iso_of("平成元年1月8日"), iso_of("2020-10"), iso_of("R2.13"), iso_of("5回")
    ('2020', '1989-01-08', '2020-10', None, None)
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(_DIGITS)
    plain = _TEN.sub(lambda match: (match[1] or "1") + (match[2] or "0"), plain).upper()
    match = _WRITTEN.fullmatch(plain)
    if match is None or (len(match["year"]) == 4) == bool(match["era"]):
        return None
    iso = _composed(match)
    length = LENGTHS.get(datatype or "", len(iso or ""))
    return iso[:length] if iso and len(iso) >= length else None


def _composed(match: re.Match[str]) -> str | None:
    number = 1 if match["year"] == "元" else int(match["year"])
    year = _NAMES[match["era"]].begin.year + number - 1 if match["era"] else number
    parts = [int(part) for part in (match["month"], match["day"]) if part]
    try:
        day = date(year, *[*parts, 1, 1][:2])
    except ValueError:
        return None
    return day.isoformat()[: (4, 7, 10)[len(parts)]]
