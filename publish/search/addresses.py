"""What an address says beside the area that it is looked up by: in front of it, and behind it.

In front there may be a postal code, a country or a telephone number, which tell nothing more. Behind
an area there may be a smaller one: in Japan an address names a municipality behind the prefecture,
and most often a ward behind a city that has wards. Where something else stands there (an area that
was merged or misspelt, a character that was lost), the address is not understood, and a person has to
look. Behind any other city, a town or a village anything may stand: their parts are called 町, 村 or
区 as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from publish.i18n import Text
from publish.search.codes import looks_like_code
from publish.search.index import Index, Thing
from publish.search.normalize import folded, plain
from publish.search.placenames import designator_of, text_of
from publish.search.scoring import Scored

#: An area whose name is longer is none.
_LONGEST_AREA = 16
#: The most points that an area has if the address goes on to what is not understood.
_MOST_POINTS = 55.0
_MUNICIPAL = frozenset({"city", "town", "village", "ward"})
_MARKS = " 、,，・／/()（）「」『』:：-"
_LETTER = rf"[^0-9{re.escape(_MARKS)}]"
#: What has the form of a municipality, a ward, or a district (with a town or village in it).
_SMALLER = re.compile(
    rf"{_LETTER}{{1,6}}?郡(?: ?{_LETTER}{{1,7}}?[町村])?|{_LETTER}{{1,7}}?[市区町村]"
)
#: What has the form of a ward; its name has no more letters, and other words end in 区, too.
_WARD = re.compile(rf"(?:(?![町村条丁]){_LETTER}){{0,4}}?(?<![地学校街])区(?![画域分民間長役])")
_WORD = re.compile(rf"{_LETTER}{{0,12}}")
#: Behind its name these mean all of an area, or any place in it,
_ALL_OF = re.compile(
    r"(?:内|外|下|沖|全域|全体|全道|一円|一帯|各地|各所|各市町村|各区|地方|管内|ほか|他|など|等)+"
)
#: and these an institution of it, unless a municipality begins so.
_OFFICE = re.compile(r"(?:庁|立|警察|議会|役所|役場)(?!.{1,2}[市区町村])")
_NOT_READ = Text(
    "住所の「{rest}」に当たる{kind}がこのデータになく、「{name}」までしか分かりません。",
    'The address goes on with "{rest}", and these data have no such {kind}: it tells "{name}" only.',
)
_NOT_THERE = Text(
    "住所にある「{rest}」は、「{name}」にはありません。",
    'The address says "{rest}" as well, which is not in "{name}".',
)
_MUNICIPALITY = Text("市区町村", "municipality")

#: Hyphens and dashes as they stand in numbers, the mark for long vowels among them.
_DASH = "[-\u2010-\u2015\u2212\u2500\u2501ー]"
_SEVEN = rf"[0-9]{{3}} ?{_DASH}? ?[0-9]{{4}}(?![0-9])"
#: With a mark in front, also those of three or five digits, which were in use until 1998.
_POSTAL_CODE = rf"(?:〒|〠|〶|郵便番号)[ :]*(?:{_SEVEN}|[0-9]{{3}}(?:{_DASH}[0-9]{{2}})?(?![0-9]))"
_BETWEEN = rf"(?: ?{_DASH} ?| ?[()] ?| )"
_TELEPHONE = (
    r"(?:(?:tel|fax|phone|電話(?:番号)?|☎)[ .:]*)?\(?(?:\+81[ -]?|0)[0-9]{0,4}"
    rf"{_BETWEEN}[0-9]{{1,4}}{_BETWEEN}[0-9]{{3,4}}(?![0-9])"
)
#: A country stands alone, or in front of a prefecture and a municipality; names may begin with it.
_COUNTRY_FIRST = r"(?:日本国?|japan)(?=[ 、,:〒0-9]|[^ ]{2,3}[都道府県][^ ]{1,7}[市区町村郡])"
_COUNTRY_LAST = r"(?<=[ 、,])(?:日本国?|japan)"
_GAP = "[ 、,.:()]{0,4}"
#: What was once read is not read otherwise (`++`, `?>`): the time does not grow with the ways to.
_FRONT = re.compile(
    rf"(?:{_GAP}(?>{_COUNTRY_FIRST}|{_POSTAL_CODE}|{_SEVEN}|{_TELEPHONE}))++{_GAP}", re.IGNORECASE
)
_BACK = re.compile(
    rf"(?:[ 、,(]{_GAP}(?>{_COUNTRY_LAST}|{_POSTAL_CODE}|{_SEVEN}|{_TELEPHONE}))++{_GAP}$",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(_POSTAL_CODE)


def bare(text: str) -> str:
    """Return an address without what tells no area: postal code, country, telephone number.

    A text of digits alone is a code, and stays as it is.

    >>> bare("日本、〒099-9999 霞県緑町1-2"), bare("０９９−９９９９霞県緑町"), bare("099999")
    ('霞県緑町1-2', '霞県緑町', '099999')
    """
    written = plain(text)
    if looks_like_code(written):
        return written
    front = _FRONT.match(written)
    found = written[front.end() :] if front else written
    return _ANYWHERE.sub(" ", _BACK.sub("", found)).strip()


def beginnings(text: str) -> dict[str, int]:
    """Return the keys of the beginnings of a text that may name an area, and where each ends."""
    ends = range(min(len(text), _LONGEST_AREA), 1, -1)
    return {f"k:{folded(text[:end])}": end for end in ends}


def unread(rest: str, above: str) -> str:
    """Return what stands where the name of a smaller area must, or an empty text if nothing does.

    `rest` is what stands behind an area of the kind `above`, and no name in it was recognised.
    Behind a prefecture any name counts; else only what ends as the name of an area does.

    >>> unread("霞郡緑町5-1", "prefecture"), unread("緑が丘5", "prefecture"), unread("緑区", "city")
    ('霞郡緑町', '緑が丘', '緑区')
    >>> unread("立図書館", "prefecture"), unread("緑町5", "city")
    ('', '')
    """
    if not rest or _ALL_OF.fullmatch(rest) or _OFFICE.match(rest):
        return ""
    form = _WARD if above == "city" else _SMALLER
    found = form.match(rest) or (_WORD.match(rest) if above == "prefecture" else None)
    return found[0] if found else ""


class Rests:
    """Weighs what an address says behind the areas that it begins with."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def weigh(
        self, areas: Iterable[Scored], read: Iterable[Scored], kinds: Collection[str]
    ) -> None:
        """Put areas in doubt behind which a smaller one must stand, and none is recognised.

        `read` is all that the text names, and `kinds` are the types of things that are wanted.
        """
        furthest: dict[int, float] = {}
        for one in read:
            for holder in self.index.insides(one.thing.id):
                furthest[holder] = max(furthest.get(holder, 0.0), one.score)
        for one in areas:
            rest = plain(one.rest).strip(_MARKS)
            if rest and furthest.get(one.thing.id, 0.0) < one.score:
                self._weigh(one, rest, kinds)

    def _weigh(self, one: Scored, rest: str, kinds: Collection[str]) -> None:
        thing = one.thing
        due = self._due(thing, kinds)
        lacking = unread(rest, thing.designator) if due else ""
        if lacking:
            told = _NOT_READ.format(rest=lacking, kind=due, name=thing.name)
        elif thing.designator in _MUNICIPAL and (other := self._outside(thing, rest)):
            told = _NOT_THERE.format(rest=other, name=thing.name)
        else:
            return
        one.score = min(one.score, _MOST_POINTS)
        one.is_doubtful = True
        one.reasons.append(told)

    def _due(self, thing: Thing, kinds: Collection[str]) -> Text | None:
        """Return what kind of area an address names behind another: a municipality, or a ward.

        None where the data have none there, or none of a type that is wanted.
        """
        if thing.designator not in ("prefecture", "region", "city"):
            return None
        below = self.index.below(thing.id)
        found = {designator for kind, designator in below if not kinds or kind in kinds}
        if thing.designator == "city":
            return text_of("ward") if "ward" in found else None
        return _MUNICIPALITY if found & _MUNICIPAL else None

    def _outside(self, thing: Thing, rest: str) -> str:
        """Return the city or district that a rest begins with, if the thing is not tied to it."""
        ends = beginnings(rest)
        own = self.index.insides(thing.id) | {thing.id}
        for spelt in self.index.spelt(list(ends)):
            is_city = designator_of(spelt.text) == spelt.thing.designator == "city"
            if is_city and not spelt.is_core and spelt.thing.id not in own:
                return spelt.text
        for key, holders in self.index.holders(list(ends)).items():
            if max(holders) < 0 and not holders & own:  # a district
                return rest[: ends[key]]
        return ""
