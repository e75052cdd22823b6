"""What is no value: what spreadsheets, PDFs and wrong encodings leave in texts and in rows.

Nothing is changed here. What was found is named, with what to do about it; only the white space
around a text may be cut off without a loss (`trimmed`), and rows without any value be left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from publish.errors import Place, Problem
from publish.i18n import Text


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of dirt in a text: what was found, and what to do about it."""

    kind: str
    what: Text
    remedy: Text
    #: the text is no value at all, so nothing may be published of it
    is_violation: bool = False


#: Marks without width, and controls that no text needs; line ends and tabs may stand in a text.
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u180e\u200b\u2028\u2029\u2060-\u2064\u3164\ufeff\uffa0"
    "\ufff9-\ufffc"
)
#: Marks of direction, which mean something only beside letters that are written from the right.
_DIRECTIONS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = re.compile(f"[{_UNSEEN}{_DIRECTIONS}]")
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LOST = re.compile("[\ufffd-\uffff〓]|^[?？]{3,}$")
#: Characters that others follow in decomposed texts, and the voicing marks that stand alone.
_MARKS = re.compile("[\u0300-\u036f\u1100-\u11ff\u3099-\u309c]")
_ALONE = str.maketrans("゛゜", "\u3099\u309a")
#: References of HTML and XML, and the escapes of workbooks (ECMA-376 part 1, section 22.9.2.19).
_ESCAPE = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{2,7}|#x[0-9a-f]{2,6});|_x00[01][0-9a-f]_", re.I
)
_ERROR_NAMES = (
    "REF! NAME? N/A VALUE! DIV/0! NUM! NULL! SPILL! CALC! FIELD! BLOCKED! CONNECT! BUSY! UNKNOWN! "
    "PYTHON! GETTING_DATA ERROR!"
)
_ERRORS = "|".join(map(re.escape, _ERROR_NAMES.split()))
#: A cell of Excel, Google Sheets or LibreOffice that shows an error, or a formula that holds one.
_ERROR = re.compile(
    rf"(?:=.*)?#(?:{_ERRORS})|=.*#(?:{_ERRORS}).*|(?:Err|エラー):\d{{3}}", re.I | re.S
)
_ERROR_INSIDE = re.compile(f"#(?:{_ERRORS})", re.I)
_NARROW = re.compile("#{3,}")
#: What the other kinds of dirt have in them that is no odd character.
_RARE = ("???", "_x00", "Err", "エラー")


def trimmed(text: str) -> str:
    """Return a text without the white space and the characters without width around it.

    >>> trimmed("\\u3000霞市\\u00a0\\u200b\\n")
    '霞市'
    """
    return text.strip(_space())


def faults(text: str) -> tuple[Fault, ...]:
    """Return the kinds of dirt in a text, each once; white space around it is the first.

    >>> [fault.kind for fault in faults(" #REF!")], faults("髙橋　ヴァ㌔㈱ﾊﾞｽ")
    (['around', 'error'], ())
    """
    plain = trimmed(text)
    if plain == text and not is_suspect(text):
        return ()
    if meant := misread(text):  # before anything is cut off that is a part of it
        guess = _MISREAD_WHAT.format(how=meant.how, text=_cut(meant.text))
        return (Fault("misread", guess, _MISREAD_REMEDY),)
    return (*_around(text, plain), *_inside(plain))


def is_suspect(text: str) -> bool:
    """Tell in one quick look whether something inside a text may be dirt: most have nothing."""
    return bool(
        _odd().search(text)
        or ("#" in text and ("###" in text or _ERROR_INSIDE.search(text)))
        or ("&" in text and _ESCAPE.search(text))
        or any(mark in text for mark in _RARE)
    )


@cache
def _space() -> str:
    """Return what is cut off around a text: white space, and marks without width."""
    found = re.findall(rf"[\s{_UNSEEN}]", "".join(map(chr, range(0x10000))))
    return "".join(one for one in found if not "\x80" <= one <= "\x9f" or one == "\x85")


@cache
def _odd() -> re.Pattern[str]:
    """Return all characters that are dirt or may be, as one class: that is searched fast."""
    simple = f"＃？〓{_UNSEEN}{_DIRECTIONS}\ue000-\uf8ff\ufffd-\uffff\U000f0000-\U0010ffff"
    return re.compile(f"[{simple}{_MARKS.pattern[1:-1]}{_misread_marks()}]")


def _around(text: str, plain: str) -> Iterator[Fault]:
    if plain != text:
        ends = text.partition(plain) if plain else (text, "", "")
        yield Fault("around", _AROUND_WHAT.format(which=_named(ends[0] + ends[2])), _AROUND_REMEDY)


def _inside(text: str) -> Iterator[Fault]:
    shown = unicodedata.normalize("NFKC", text)
    if _ERROR.fullmatch(shown):
        yield Fault("error", _ERROR_WHAT.format(text=_cut(text)), _ERROR_REMEDY, is_violation=True)
        return
    if _NARROW.fullmatch(shown):
        yield Fault("narrow", _NARROW_WHAT, _NARROW_REMEDY, is_violation=True)
        return
    if lost := _LOST.search(text):
        yield Fault("lost", _LOST_WHAT.format(which=_named(lost[0][:1])), _LOST_REMEDY)
    if private := _PRIVATE.findall(text):
        yield Fault("private", _PRIVATE_WHAT.format(which=_named(private)), _PRIVATE_REMEDY)
    if pairs := _decomposed(text):
        yield Fault("decomposed", _DECOMPOSED_WHAT.format(which=pairs), _DECOMPOSED_REMEDY)
    if unseen := _unseen(text):
        yield Fault("invisible", _INVISIBLE_WHAT.format(which=_named(unseen)), _INVISIBLE_REMEDY)
    if escape := _ESCAPE.search(text):
        yield Fault("escape", _ESCAPE_WHAT.format(text=escape[0]), _ESCAPE_REMEDY)


def _unseen(text: str) -> list[str]:
    found = _INVISIBLE.findall(text)
    if _FROM_RIGHT.search(text):
        return [one for one in found if not re.match(f"[{_DIRECTIONS}]", one)]
    return found


def _decomposed(text: str) -> str:
    """Return the first pair that is one character in form NFC, or "" if there is none.

    What NFC does beside that is no matter here: it replaces compatibility ideographs, as names have
    them (UAX #15, section 1).
    """
    if not _MARKS.search(text):
        return ""
    plain = text.translate(_ALONE)
    pairs = (plain[n : n + 2] for n in range(len(plain) - 1))
    return next((one for one in pairs if len(unicodedata.normalize("NFC", one)) < len(one)), "")


def _named(characters: Iterable[str]) -> str:
    """Return characters that cannot be seen as Unicode names them: U+3000, the first few."""
    points = [f"U+{ord(one):04X}" for one in dict.fromkeys(characters)]
    return " ".join([*points[:3], "…"] if len(points) > 3 else points)


def _cut(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:19]}…"


# -- Texts that were read in another encoding ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Meant:
    """What a garbled text was before it was read in a wrong encoding, as far as can be told."""

    text: str
    how: Text


#: One byte or two that nobody could read: a replacement character, or what others put there.
_GAP = b"\xff"
_GAPS = {"cp932": "\ufffd・", "cp1252": "\ufffd", "mac_roman": "\ufffd"}
#: What UTF-8 of which some bytes are gaps consists of; the last character may lack its last byte.
_TOKEN = re.compile(
    rb"(?P<whole>[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})"
    rb"|(?P<lost>[\xe0-\xef][\x80-\xbf]?[\xff?][\x80-\xbf]{0,2}|\xff[\x80-\xbf]{0,2}"
    rb"|\?[\x80-\xbf]{1,2}|[\xe3-\xe9][\x80-\xbf]\Z)|(?P<plain>[\x00-\x7f])"
)
#: A character of Japanese text in UTF-8, with its last byte or without.
_UNIT = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{1,2}")
_JAPANESE = re.compile("[々〇ぁ-ゖァ-ヺー一-鿿]")
#: What European texts in UTF-8 have: letters of Latin-1, quotation marks, dashes, the euro sign.
_WESTERN = re.compile("[\xa0-\xff\u2010-\u2026\u20ac]")
_ALL_JAPANESE = re.compile("[々〇ぁ-ゖァ-ヺー・一-鿿０-９0-9（）、。　 ]+")
_HALF_WIDTH = re.compile("[｡-ﾟ]")
_SJIS_TEXT = Text("Shift_JISの文字", "Shift_JIS text")
_UTF8_TEXT = Text("UTF-8の文字", "UTF-8 text")
_EUC_TEXT = Text("EUC-JPの文字", "EUC-JP text")
_READ_AS = {
    "cp932": Text("Shift_JIS", "Shift_JIS"),
    "cp1252": Text("欧文（Windows-1252）", "Windows-1252"),
    "mac_roman": Text("欧文（Mac OS Roman）", "Mac OS Roman"),
}
_HOW = Text("{was}を{read}として読んだもの", "{was} read as {read}")


@cache
def _misread_marks() -> str:
    """Return what a text has that was read wrong: first bytes of Japanese in UTF-8."""
    marks = {"\x80", *(chr(n) for n in range(0xA1, 0x100))}
    for first in range(0xE3, 0xEA):
        for second in range(0x80, 0xC0):
            marks.update(bytes((first, second)).decode("cp932", "ignore"))
        marks.update(bytes((first,)).decode("mac_roman"))
    for first in (*range(0x82, 0x84), *range(0x88, 0xA0)):
        marks.update(bytes((first,)).decode("cp1252", "ignore"))
    return re.escape("".join(sorted(marks))) + "√¬"


def misread(text: str) -> Meant | None:
    """Return what a text was before it was read in a wrong encoding, or None if it was not.

    Sound before complete: all of its characters have to be bytes of the other encoding, and these
    the bytes of Japanese (or of Latin letters with accents) without a rest.

    >>> misread("譌･譛ｬ"), misread("珈琲・檸檬"), misread("it’s a café")
    (Meant(text='日本', how=Text(ja='UTF-8の文字をShift_JISとして読んだもの', en='UTF-8 text read as Shift_JIS')), None, None)
    """
    if text.isascii():
        return None
    for codec, read in _READ_AS.items():
        raw = _raw(text, codec)
        if raw and (was := _utf8(raw, text, codec)):
            return Meant(was, _HOW.format(was=_UTF8_TEXT, read=read))
    raw = _raw(text, "cp1252")
    for codec, kind in (("cp932", _SJIS_TEXT), ("euc_jp", _EUC_TEXT)):
        was = _japanese(raw, codec) if raw else None
        if was:
            return Meant(was, _HOW.format(was=kind, read=_READ_AS["cp1252"]))
    return None


def _raw(text: str, codec: str) -> bytes | None:
    """Return the bytes that a text was read from in an encoding, or None if it was not in it."""
    pieces = re.split(f"[{_GAPS[codec]}]", text)
    try:
        if codec == "cp1252":
            return _GAP.join(one.translate(_windows()).encode("latin-1") for one in pieces)
        return _GAP.join(one.encode(codec) for one in pieces)
    except UnicodeEncodeError:
        return None


@cache
def _windows() -> dict[int, int]:
    """Return the characters of Windows-1252 that Latin-1 has not, each with its byte.

    What the code page leaves open is read as controls (Encoding Standard, section 9).
    """
    decoded = ((byte, bytes((byte,)).decode("cp1252", "ignore")) for byte in range(0x80, 0xA0))
    return {ord(character): byte for byte, character in decoded if character}


def _utf8(raw: bytes, text: str, codec: str) -> str | None:
    """Return bytes as the Japanese or Western text in UTF-8 that they are, gaps and all."""
    tokens = list(_TOKEN.finditer(raw))
    if sum(token.end() - token.start() for token in tokens) < len(raw):
        return None
    was = "".join("\ufffd" if one["lost"] else one[0].decode("utf-8", "replace") for one in tokens)
    japanese, others = len(_JAPANESE.findall(was)), re.sub(r"[\x00-\x7f]", "", was)
    if codec != "cp932":
        western = bool(others) and len(_WESTERN.findall(others)) == len(others)
        return was if japanese or western else None
    single = japanese == 1 and len(text) == 2 and bool(_HALF_WIDTH.match(text, 1))
    enough = single or (japanese and len(_UNIT.findall(raw)) >= 2)
    return was if enough and _is_usual(was) else None


def _is_usual(text: str) -> bool:
    """Tell whether a text is likely to be Japanese: kana and the kanji of JIS X 0208 level 1.

    Rare kanji in a row can be the bytes of others by chance; that those are usual ones can not.
    """
    rows = [one.encode("cp932", "ignore")[:1] for one in _JAPANESE.findall(text)]
    usual = sum(b"\x81" <= row <= b"\x97" for row in rows)
    return usual * 2 >= len(rows) and (len(rows) > 3 or all(rows))


def _japanese(raw: bytes, codec: str) -> str | None:
    """Return bytes as Japanese text, if they are nothing else, and more than one character."""
    try:
        was = raw.decode(codec)
    except UnicodeDecodeError:
        return None
    enough = len(_JAPANESE.findall(was)) >= 2
    return was if enough and _ALL_JAPANESE.fullmatch(was) else None


# -- Rows that are no rows -------------------------------------------------------------------------

_SEPARATOR = re.compile(r"\"?sep=(?P<mark>.?|\\t)\"?", re.I | re.S)
#: What headings differ in though they say the same.
_LOOSE = re.compile(r"[\s_\-]+")


def is_blank(cells: Iterable[str]) -> bool:
    """Tell whether a row has no value: nothing, white space, characters without width.

    >>> is_blank(["", "　", " \\u200b"]), is_blank([]), is_blank(["", "0"])
    (True, True, False)
    """
    return not any(map(trimmed, cells))


def is_separator_line(cells: Sequence[str]) -> bool:
    """Tell whether a row only tells Excel what stands between cells (`sep=;`).

    >>> is_separator_line(["sep=", ""]), is_separator_line(["SEP=;"]), is_separator_line(["sep"])
    (True, True, False)
    """
    filled = [cell for cell in cells if trimmed(cell)]
    return bool(filled) and bool(_SEPARATOR.fullmatch(trimmed(filled[0]))) and is_blank(filled[1:])


def separator_in(line: str) -> str | None:
    """Return what the first line of a text tells Excel to take between cells, if it does.

    >>> separator_in("sep=;"), separator_in('"sep=,",,,'), separator_in("name,sep=")
    (';', ',', None)
    """
    match = re.match(r'"?sep=(?P<mark>\\t|.)?"?[,;\t]*\Z', line.rstrip("\r\n"), re.I)
    return None if match is None else {"\\t": "\t"}.get(match["mark"], match["mark"] or "")


def repeats(cells: Sequence[str], names: Sequence[Collection[str]]) -> bool:
    """Tell whether a row says again what its columns are called, in any of their names.

    >>> names = [("code", "コード"), ("name", "名称"), ("kana", "カナ")]
    >>> repeats(["コード", "名称", ""], names), repeats(["012025", "名称", ""], names)
    (True, False)
    """
    said = [(_loose(cell), all_) for cell, all_ in zip(cells, names, strict=False) if trimmed(cell)]
    enough = len(said) >= min(2, len(names)) and len(said) * 2 >= len(names)
    return enough and all(cell in map(_loose, all_) for cell, all_ in said)


def _loose(heading: str) -> str:
    return _LOOSE.sub("", unicodedata.normalize("NFKC", trimmed(heading)).casefold())


# -- Told in words ---------------------------------------------------------------------------------

#: Places of one kind of dirt that a note lists.
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A fault with what it is told together with (a column, a file), and where it is.

    The place is looked up only for the few that are listed.
    """

    fault: Fault
    together: str
    place: Callable[[], Place]


def told(found: Iterable[Found]) -> list[Problem]:
    """Return a note for each kind of dirt and column or file: the first place, and some others.

    No more is kept of what is found than is told.
    """
    groups: dict[tuple[str, str], list[Found]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for one in found:
        key = (one.together, one.fault.kind)
        counts[key] += 1
        if counts[key] <= _LISTED + 1:
            groups.setdefault(key, []).append(one)
    return [_note(group, counts[key]) for key, group in groups.items()]


def _note(group: Sequence[Found], count: int) -> Problem:
    first, *others = group
    what = first.fault.what
    if others:
        lines = [line for one in others if (line := one.place().line) is not None]
        what = _ALSO.format(what=what, count=count - 1, lines=listed(lines, count - 1))
    return Problem(what, first.fault.remedy, first.place())


def blank_rows(lines: Sequence[int], place: Callable[[int], Place]) -> list[Problem]:
    """Return a note of the rows without any value that were left out, if there are any."""
    if not lines:
        return []
    what = _BLANK_ROWS.format(count=len(lines), lines=listed(lines, len(lines)))
    return [Problem(what, _BLANK_REMEDY, place(lines[0]))]


def listed(lines: Sequence[int], count: int) -> Text:
    """Return the first few of some lines in words; `count` tells how many there are.

    >>> str(listed([2, 5], 2)), listed([2, 3, 4, 5, 6, 7], 6).ja
    ('2、5行目 / lines 2, 5', '2、3、4、5、6行目ほか')
    """
    first = list(map(str, lines[:_LISTED]))
    more = count > len(first)
    return Text(
        "、".join(first) + ("行目ほか" if more else "行目"),
        ("lines " if count > 1 else "line ") + ", ".join([*first, "…"] if more else first),
    )


_ALSO = Text("{what}（ほかに{count}か所：{lines}）", "{what} (And {count} more: {lines}.)")
_BLANK_ROWS = Text(
    "値のない行を{count}行、飛ばしました（{lines}）。",
    "Rows without any value were left out: {count} ({lines}).",
)
_BLANK_REMEDY = Text(
    "表計算ソフトで余分な行を削除し、保存し直してください。",
    "Delete such rows in the spreadsheet program, and save the table again.",
)
_AROUND_WHAT = Text(
    "前後に空白や見えない文字（{which}）があります。",
    "There is white space or something invisible around it ({which}).",
)
_AROUND_REMEDY = Text("取り除いてください。", "Remove it.")
_ERROR_WHAT = Text(
    "「{text}」は表計算ソフトのエラー表示で、値ではありません。",
    '"{text}" is how a spreadsheet program shows an error, and no value.',
)
_ERROR_REMEDY = Text(
    "元の表の数式を直して値を入れるか、値がなければ空欄にしてください。",
    "Correct the formula where it comes from and enter the value, or leave it empty.",
)
_NARROW_WHAT = Text(
    "「###」は列の幅が足りないときの表示で、値ではありません。",
    '"###" is shown where a column is too narrow; it is no value.',
)
_NARROW_REMEDY = Text(
    "表計算ソフトで列の幅を広げ、値を写し直してください。",
    "Widen the column in the spreadsheet program and copy the value again.",
)
_MISREAD_WHAT = Text(
    "文字化けのようです（{how}。元は「{text}」か）。",
    'The text seems to be garbled ({how}; probably "{text}").',
)
_MISREAD_REMEDY = Text(
    "元のファイルを正しい文字コードで開き直し、文字を入れ直してください。",
    "Open the original in its true encoding, and enter the text again.",
)
_LOST_WHAT = Text(
    "失われた文字の代わりの記号（{which}）があります。",
    "There is a mark in place of a character that was lost ({which}).",
)
_LOST_REMEDY = Text(
    "元の資料で文字を確かめ、入れ直してください。", "Look up the character, and enter it again."
)
_PRIVATE_WHAT = Text(
    "外字（私用領域の文字 {which}）があります。ほかの環境では別の字になるか、表示されません。",
    "There is a private-use character ({which}): elsewhere it shows as another one, or not at all.",
)
_PRIVATE_REMEDY = Text(
    "Unicodeにある同じ字か代わりの字に置き換えてください。",
    "Replace it by the same character of Unicode, or by one that stands for it.",
)
_DECOMPOSED_WHAT = Text(
    "濁点などの記号が分かれた文字（「{which}」）があります（macOSのファイル名などに見られます）。",
    'A character is written in parts ("{which}"), as macOS writes names of files.',
)
_DECOMPOSED_REMEDY = Text(
    "正規化形式Cの1文字に置き換えてください。", "Replace it by one character (normal form C)."
)
_INVISIBLE_WHAT = Text(
    "見えない文字（{which}）が混じっています。", "There are invisible characters in it ({which})."
)
_INVISIBLE_REMEDY = Text("取り除いてください。", "Remove them.")
_ESCAPE_WHAT = Text(
    "文字の代わりの符号「{text}」がそのまま残っています。",
    'The code "{text}" stands there in place of a character.',
)
_ESCAPE_REMEDY = Text(
    "それが表す文字に置き換えてください。", "Replace it by the character that it means."
)
