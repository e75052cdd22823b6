"""Whether a literal is one: the lexical forms of the datatypes of XML Schema 1.1, part 2.

The RDF engines take most of them as they are written; what is wrong shows only in a query that
compares. Calendar and durations are tried by the engine's own casts, which know days and months.
What the casts lack, or limit to 64 bits, is said here as a pattern.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pyoxigraph as ox

from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.wkt import is_wkt

_CAST = frozenset(
    [
        "date",
        "dateTime",
        "time",
        "gYear",
        "gYearMonth",
        "gMonth",
        "gDay",
        "duration",
        "dayTimeDuration",
        "yearMonthDuration",
    ]
)
_FLOAT = r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][-+]?[0-9]+)?|[-+]?INF|NaN"
_WHOLE = r"[-+]?[0-9]+"
_NAME = r"[^\W\d][\w.\-·]*"
_BASE64 = r"[A-Za-z0-9+/] ?"
_PATTERNS = {
    "boolean": r"true|false|1|0",
    "decimal": r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    "double": _FLOAT,
    "float": _FLOAT,
    "hexBinary": r"([0-9A-Fa-f]{2})*",
    "base64Binary": rf"(({_BASE64}){{4}})*(({_BASE64}){{3}}[A-Za-z0-9+/]|({_BASE64}){{2}}[AEIMQUYcgkosw048] ?=|"
    rf"{_BASE64}[AQgw] ?= ?=)?",
    "language": r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*",
    # the datatype allows all characters; an address with these is none (RFC 3987, section 2.2)
    "anyURI": r'(%[0-9A-Fa-f]{2}|[^%\s<>"{}|\\^`])*',
    "normalizedString": r"[^\t\n\r]*",
    "token": r"([^\t\n\r ]+( [^\t\n\r ]+)*)?",
    "Name": rf"[:]?{_NAME}(:{_NAME})*:?",
    "NCName": _NAME,
    "NMTOKEN": r"[\w.\-·:]+",
}
#: The least and the greatest of the whole numbers; None where there is no end.
_RANGES: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{name: (-(2 ** (n - 1)), 2 ** (n - 1) - 1) for name, n in
       (("byte", 8), ("short", 16), ("int", 32), ("long", 64))},
    **{name: (0, 2**n - 1) for name, n in
       (("unsignedByte", 8), ("unsignedShort", 16), ("unsignedInt", 32), ("unsignedLong", 64))},
}  # fmt: skip
_ZONED = re.compile(r".*(Z|[-+][0-9]{2}:[0-9]{2})")


@lru_cache(maxsize=10_000)
def is_well_formed(value: str, datatype: str) -> bool:
    """Tell whether a text is in the lexical space of a datatype; true for one not known here."""
    if datatype == ns.GEO + "wktLiteral":
        return is_wkt(value)
    name = datatype.removeprefix(ns.XSD)
    if name in _CAST:
        return _is_cast(value, name)
    if name == "gMonthDay":  # the engine's own cast knows no leap day
        return value.startswith("--") and _is_cast("2000-" + value[2:], "date")
    if name == "dateTimeStamp":
        return bool(_ZONED.fullmatch(value)) and _is_cast(value, "dateTime")
    if name in _RANGES:
        return bool(re.fullmatch(_WHOLE, value, re.ASCII)) and _within(int(value), *_RANGES[name])
    return name not in _PATTERNS or re.fullmatch(_PATTERNS[name], value) is not None


def _within(number: int, least: int | None, greatest: int | None) -> bool:
    return (least is None or least <= number) and (greatest is None or number <= greatest)


def _is_cast(value: str, name: str) -> bool:
    if value != value.strip():
        return False
    cast = ox.Store().query(
        f"ASK {{ FILTER(BOUND(?x)) BIND(<{ns.XSD}{name}>({ox.Literal(value)}) AS ?x) }}"
    )
    return bool(cast)


_FORMS = {
    "date": Text("実在する年月日を 2020-10-01 の形で", "an existing day, such as 2020-10-01"),
    "dateTime": Text(
        "実在する日時を 2020-10-01T09:00:00 の形で",
        "an existing day and time, such as 2020-10-01T09:00:00",
    ),
    "dateTimeStamp": Text(
        "時差を含む日時を 2020-10-01T09:00:00+09:00 の形で",
        "day, time and time zone, such as 2020-10-01T09:00:00+09:00",
    ),
    "time": Text("時刻を 09:00:00 の形で", "a time of day, such as 09:00:00"),
    "gYear": Text("西暦の年を4桁で 2020 の形で", "a year in four digits, such as 2020"),
    "gYearMonth": Text(
        "西暦の年と月（01から12）を 2020-10 の形で", "year and month (01 to 12), such as 2020-10"
    ),
    "gMonth": Text("月（01から12）を --10 の形で", "a month (01 to 12), such as --10"),
    "gDay": Text("日（01から31）を ---01 の形で", "a day (01 to 31), such as ---01"),
    "gMonthDay": Text(
        "実在する月日を --10-01 の形で", "an existing month and day, such as --10-01"
    ),
    "duration": Text("期間を P1Y2M3DT4H の形で", "a duration, such as P1Y2M3DT4H"),
    "dayTimeDuration": Text(
        "日・時・分・秒の期間を P3DT4H の形で", "a duration in days and hours, such as P3DT4H"
    ),
    "yearMonthDuration": Text(
        "年・月の期間を P1Y2M の形で", "a duration in years and months, such as P1Y2M"
    ),
    "boolean": Text("true 又は false と", "true or false"),
    "decimal": Text(
        "半角の数を、桁区切りを入れずに 12.5 の形で", "a number without separators, such as 12.5"
    ),
    "double": Text("半角の数を 1.5E3 の形で", "a number, such as 1.5E3"),
    "float": Text("半角の数を 1.5E3 の形で", "a number, such as 1.5E3"),
    "hexBinary": Text(
        "十六進数（0-9、a-f）を偶数の桁で", "hexadecimal digits (0-9, a-f), an even number of them"
    ),
    "base64Binary": Text("Base64 の符号を YWI= の形で", "Base64, such as YWI="),
    "language": Text("言語タグを ja や en-GB の形で", "a language tag, such as ja or en-GB"),
    "anyURI": Text(
        '空白と < > " { } | \\ ^ ` を含めず、% の後は十六進数2桁とし、https://example.org/ の形で',
        'an address without blanks and < > " { } | \\ ^ `, each % before two hexadecimal digits, '
        "such as https://example.org/",
    ),
    "wktLiteral": Text(
        "座標を POINT (141.35 43.06) の形で", "a geometry, such as POINT (141.35 43.06)"
    ),
}


def form(datatype: str) -> Text:
    """Return how a value of a datatype is written: what stands before 「書いて」 and after "Write"."""
    name = datatype.removeprefix(ns.XSD).removeprefix(ns.GEO)
    return _whole(*_RANGES[name]) if name in _RANGES else _FORMS.get(name, _OTHER)


_OTHER = Text(
    "改行や余分な空白を入れずに", "a value without line breaks and without blanks that are too many"
)


def _whole(least: int | None, greatest: int | None) -> Text:
    ends = ((least, "以上", "at least"), (greatest, "以下", "at most"))
    given = [(end, ja, en) for end, ja, en in ends if end is not None]
    ja = "".join(f"{end}{word}" for end, word, _ in given)
    en = "".join(f", {word} {end}" for end, _, word in given)
    return Text(f"{ja}の整数を半角数字で" if ja else "整数を半角数字で", f"a whole number{en}")
