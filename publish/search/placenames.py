"""Names of administrative areas: the words for kinds of area in them, and namesakes elsewhere.

The words are Japan's, and the same in every prefecture: 市 is shi and city, 町 is chō or machi and
town. A name is told apart from its designator so that it may be left out, or written otherwise.

Names of places that are not in the data the project may list in `data/elsewhere.csv`: a name that
exists elsewhere too does not, by itself, tell which place is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jaconv

from publish.i18n import Text
from publish.project.csvw import read_table
from publish.search.normalize import is_japanese, is_kana, keys_of, plain


@dataclass(frozen=True, slots=True)
class Designator:
    """A kind of area: how names of it end."""

    name: str
    text: Text
    kanji: tuple[str, ...]
    kana: tuple[str, ...] = ()
    roman: tuple[str, ...] = ()
    english: tuple[str, ...] = ()


#: 都 and 道 are missing from the first: without them a name means something else, or nothing.
DESIGNATORS = (
    Designator(
        "prefecture", Text("都道府県", "prefecture"), ("県", "府"), ("ケン", "フ"),
        ("ken", "fu"), ("prefecture", "pref"),
    ),
    Designator("city", Text("市", "city"), ("市",), ("シ",), ("shi", "si"), ("city",)),
    Designator(
        "town", Text("町", "town"), ("町",), ("チョウ", "チヨウ", "チョー", "マチ"),
        ("cho", "chou", "machi", "mati", "tyo", "tyou"), ("town",),
    ),
    Designator(
        "village", Text("村", "village"), ("村",), ("ソン", "ムラ"), ("son", "mura"), ("village",)
    ),
    Designator("ward", Text("区", "ward"), ("区",), ("ク",), ("ku",), ("ward",)),
    Designator("district", Text("郡", "district"), ("郡",), ("グン",), ("gun",), ("district",)),
    Designator(
        "region", Text("地域", "region"),
        ("総合振興局管内", "振興局管内", "総合振興局", "振興局", "支庁", "管内", "地域", "地方"),
        ("ソウゴウシンコウキョク", "シンコウキョク", "シチョウ", "カンナイ", "チイキ", "チホウ"),
        ("shicho", "kannai", "chiiki", "chiho"),
        ("general subprefectural bureau", "subprefectural bureau", "subprefecture", "region",
         "area"),
    ),
)  # fmt: skip
_BY_NAME = {one.name: one for one in DESIGNATORS}
#: An English name may begin with these.
_OF = ("city of ", "town of ", "village of ")


def text_of(name: str) -> Text:
    """Return what a kind of area is called."""
    return _BY_NAME[name].text


@dataclass(frozen=True, slots=True)
class Parted:
    """A name in two: what is left without its designator, as it is written, and which that is."""

    core: str
    designator: str


def parted(text: str) -> tuple[Parted, ...]:
    """Return the ways to take a designator off the end of a name; none if it has none.

    A name in kana may have several, since シ or マチ may belong to the name itself.

    >>> parted("葉山町"), parted("Hayama-machi")
    ((Parted(core='葉山', designator='town'),), (Parted(core='Hayama', designator='town'),))
    """
    whole = plain(text)
    if not is_japanese(whole):
        return _parted_latin(whole)
    if is_kana(whole):
        kana = jaconv.hira2kata(whole)
        return _ending(kana, [(one.name, k) for one in DESIGNATORS for k in one.kana])
    return _ending(whole, [(one.name, k) for one in DESIGNATORS for k in one.kanji])


def designator_of(text: str) -> str:
    """Return the kind of area that a name ends in, or an empty text.

    >>> designator_of("東京都"), designator_of("葉山町"), designator_of("葉山")
    ('prefecture', 'town', '')
    """
    parts = parted(text)
    return parts[0].designator if parts else "prefecture" if _TO_DO.fullmatch(text) else ""


_TO_DO = re.compile(r"..[都道]")


def _ending(whole: str, endings: list[tuple[str, str]]) -> tuple[Parted, ...]:
    fitting = [(name, end) for name, end in endings if whole.endswith(end) and whole != end]
    longest: dict[str, str] = {}
    for name, end in fitting:
        longest[name] = max(longest.get(name, ""), end, key=len)
    return tuple(Parted(whole.removesuffix(end).strip(), name) for name, end in longest.items())


def _parted_latin(whole: str) -> tuple[Parted, ...]:
    small = whole.casefold()
    for beginning in _OF:
        if small.startswith(beginning):
            return (Parted(whole[len(beginning) :], beginning.partition(" ")[0]),)
    for one in DESIGNATORS:
        for end in (*one.english, *one.roman):
            core = small.removesuffix(end)
            if core != small and core.rstrip(" -") and core[-1] in " -":
                return (Parted(whole[: len(core)].rstrip(" -"), one.name),)
    return ()


# -- Names of places that are not in the data -----------------------------------------------------

SOURCE = Path("data/elsewhere.csv")


@dataclass(frozen=True, slots=True)
class PlaceElsewhere:
    """A place elsewhere: its prefecture, the district or city it is in if any, its name, its reading."""

    prefecture: str
    within: str
    name: str
    reading: str

    @property
    def whole(self) -> str:
        """Return the name with everything that it is in."""
        return f"{self.prefecture}{self.within}{self.name}"


@dataclass(frozen=True, slots=True)
class Spelling:
    """A key by which a place elsewhere is found: with its designator, or without it."""

    key: str
    is_whole: bool
    designator: str
    place: str


def read_elsewhere(project: Path) -> tuple[PlaceElsewhere, ...]:
    """Return the places that a project lists, in the order of its table; none without a table.

    Raises TableError.
    """
    path = project / SOURCE
    if not path.exists():
        return ()
    columns = ("prefecture_ja", "within_ja", "name_ja", "name_kana")
    rows = (row for _, row in read_table(path, project).rows)
    return tuple(PlaceElsewhere(*(row[name] for name in columns)) for row in rows)


def spellings(places: tuple[PlaceElsewhere, ...]) -> Iterator[Spelling]:
    """Yield the keys of places elsewhere, and those of the prefectures that they are in."""
    for prefecture in dict.fromkeys(place.prefecture for place in places):
        yield from _spelt(prefecture, prefecture)
    for place in places:
        for name in (place.name, place.reading):
            yield from _spelt(name, place.whole)


def _spelt(name: str, whole: str) -> Iterator[Spelling]:
    parts = parted(name)
    designator = parts[0].designator if parts else ""
    cores = [part.core for part in parts]
    for is_whole, written in ((True, name), *((False, core) for core in cores)):
        for key in keys_of(written):
            yield Spelling(key, is_whole, designator, whole)
