"""How a thing is cited: one line for readers, and CSL-JSON for programs that keep references.

CSL-JSON is the form that Zotero, Mendeley and pandoc read (https://citationstyles.org/).

Dates are written as in Japan, with the year of the era beside the Gregorian year (`publish.eras`).
Before 1873 Japan counted days and months by another calendar (太政官布告明治5年第337号), so older dates
are given no era.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

from publish.eras import ERAS, Era
from publish.i18n import Language
from publish.rdf import namespaces as ns

#: The first day that Japan counted by the Gregorian calendar.
_GREGORIAN = date(1873, 1, 1)

#: How dates of each precision are written (Unicode's date patterns); the Japanese ones without the
#: year, before which the era stands.
_PATTERNS = {
    ns.XSD + "date": {"ja": "M月d日", "en": "d MMMM y"},
    ns.XSD + "gYearMonth": {"ja": "M月", "en": "MMMM y"},
    ns.XSD + "gYear": {"ja": "", "en": "y"},
}
_FORMS = {
    ns.XSD + "date": re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII),
    ns.XSD + "gYearMonth": re.compile(r"\d{4}-\d{2}", re.ASCII),
    ns.XSD + "gYear": re.compile(r"\d{4}", re.ASCII),
}


def eras_of(first: date, last: date) -> list[tuple[Era, int]]:
    """Return the eras that the days from first to last fall in, with the era's year of the last.

    The days must lie in one calendar year. A year or month in which an era began has two.
    """
    if first < _GREGORIAN:
        return []
    ends = [*(era.begin for era in ERAS[1:]), date.max]
    found = (era for era, end in zip(ERAS, ends, strict=True) if era.begin <= last and first < end)
    return [(era, last.year - era.begin.year + 1) for era in found]


def written(text: str, datatype: str, language: Language) -> str | None:
    """Return a date, month or year as it is written in a language, with its era.

    `datatype` is that of XML Schema; None if it is another, or the text is no such date.

    >>> written("2021-03", ns.XSD + "gYearMonth", "ja")
    '2021年3月（令和3年3月）'
    >>> written("2019", ns.XSD + "gYear", "en")
    '2019 (Heisei 31 / Reiwa 1)'
    """
    days = _days(text, datatype)
    if days is None:
        return None
    pattern, eras = _PATTERNS[datatype][language], eras_of(*days)
    rest = str(format_date(days[0], pattern, locale=language)) if pattern else ""
    if language == "en":
        names = " / ".join(f"{era.name.en} {year}" for era, year in eras)
        return f"{rest} ({names})" if names else rest
    names = "・".join(f"{era.name.ja}{'元' if year == 1 else year}年{rest}" for era, year in eras)
    return f"{days[0].year}年{rest}" + (f"（{names}）" if names else "")


def _days(text: str, datatype: str) -> tuple[date, date] | None:
    """Return the first and the last day that a date, month or year stands for, or None."""
    form = _FORMS.get(datatype)
    if not form or not form.fullmatch(text):
        return None
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    last_month = month or 12
    return first, date(year, last_month, day or monthrange(year, last_month)[1])


# -- Citations -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited, in the language of the citation; what is unknown is None."""

    language: Language
    name: str
    #: the data set that says it, its version and day (YYYY-MM-DD)
    container: str
    version: str | None
    day: str | None
    publisher: str | None
    licence: str | None
    address: str

    def line(self) -> str:
        """Return the citation as one line of text, without the address at its end."""
        return self._japanese() if self.language == "ja" else self._english()

    def _japanese(self) -> str:
        day = written(self.day or "", ns.XSD + "date", "ja") if self.day else None
        said = (
            self.publisher,
            f"「{self.name}」『{self.container}』",
            f"{self.version}版" if self.version else None,
            day,
            self.licence,
        )
        return "、".join(filter(None, said))

    def _english(self) -> str:
        day = written(self.day or "", ns.XSD + "date", "en") if self.day else None
        said = (
            self.publisher,
            f"“{self.name}”",
            self.container,
            f"version {self.version}" if self.version else None,
            day.partition(" (")[0] if day else None,
            self.licence,
        )
        return ", ".join(filter(None, said))

    def csl(self) -> str:
        """Return the citation as a CSL-JSON item."""
        item: dict[str, Any] = {
            "id": self.address,
            "type": "dataset",
            "title": self.name,
            "container-title": self.container,
            "publisher": self.publisher,
            "version": self.version,
            "issued": {"date-parts": [list(map(int, self.day.split("-")))]} if self.day else None,
            "URL": self.address,
            "language": self.language,
            "note": self.licence,
        }
        known = {name: value for name, value in item.items() if value is not None}
        return json.dumps([known], ensure_ascii=False, indent=1)
