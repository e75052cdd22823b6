"""How well a name fits what is looked for, in points out of a hundred, and why, in both languages.

First, the ways to read a text that names a place: the name itself, and what it is said to be in.
People write prefecture, district or region before a name (in Japanese), behind it (in English), or
in brackets. Which beginnings are areas is known from the index; what has the form of one and is not
known is an area outside the data.

Then the points. They are ranks more than measures: what must be looked at by a person stays below
the automatic line of `publish.search.candidate`, and each deduction has its reason beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from publish.i18n import Text
from publish.search.candidate import BEST, LINE, Candidate
from publish.search.index import Index, Spelt, Thing
from publish.search.normalize import folded, is_japanese, is_kana, keys_of, plain
from publish.search.placenames import Parted, Spelling, designator_of, parted, text_of

_BRACKETS = re.compile(
    r"(?P<name>[^()（）\[\]【】]+)[(（\[【](?P<within>[^()（）\[\]【】]+)[)）\]】]"
)
_SEPARATED = re.compile(r"[,、，/／]+")
#: What has the form of an area at the beginning of a name, in the order of size.
_FORMS = (
    re.compile(r".{2,3}?[都道府県]"),
    re.compile(r".{1,5}?郡"),
    re.compile(r".{1,6}?市(?=.+区)"),
)
#: A district in kana: data seldom have its reading, so it neither speaks for a name nor against.
_DISTRICT_SOUNDS = re.compile(r".{2,7}?(?:グン|ぐん)")
#: What may stand between a region, or the office in charge of it, and a place in it.
_OF_REGION = re.compile(r"(?:総合振興局|振興局|支庁|管内|地方|地域)+の?(?=.)")
_LONGEST_AREA = 16
#: Ways to read a text that are followed; a text that has more is no name.
_MOST = 24
_COUNTRY = {"日本", "日本国", "japan"}


@dataclass(frozen=True, slots=True)
class Area:
    """An area that a text names: how it is written, and the numbers of what it may be."""

    text: str
    holders: frozenset[int]

    @property
    def is_known(self) -> bool:
        """Tell whether the data have an area of this name."""
        return bool(self.holders)


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to read a text: the name that is left, and the areas that it is said to be in."""

    name: str
    areas: tuple[Area, ...] = ()


def wordings(text: str, index: Index) -> tuple[Wording, ...]:
    """Return the ways to read a text, the text as it is first."""
    whole = Wording(plain(text))
    bracketed = _BRACKETS.fullmatch(whole.name)
    first = _bracketed(bracketed, index) if bracketed else _separated(whole, index)
    followed = list(dict.fromkeys((whole, first)))
    for wording in followed:
        if len(followed) < _MOST:
            more = _shorter(wording, index)
            followed += [one for one in more if one not in followed]
    return tuple(followed[:_MOST])


def area_of(text: str, index: Index) -> Area | None:
    """Return the area that a text names, known or not; None for the country, which says nothing."""
    written = plain(text)
    if written.casefold() in _COUNTRY:
        return None
    whole = keys_of(written)
    cores = [key for part in parted(written) for key in keys_of(part.core)]
    found = index.holders([*whole, *cores])
    exact = [holder for key in whole for holder in found.get(key, ())]
    rest = [holder for key in cores for holder in found.get(key, ())]
    # an office that has a thing of its own is named for the region that it is there for
    is_office = designator_of(written) == "region"
    return Area(written, frozenset({*exact, *rest} if is_office else exact or rest))


def _bracketed(found: re.Match[str], index: Index) -> Wording:
    """Return the wording in which what stands in brackets is an area, or the kind of area."""
    name, within = found["name"].strip(), found["within"].strip()
    blank = "" if is_japanese(within) else " "
    if any(part.core == name for part in parted(f"{name}{blank}{within}")):
        return Wording(f"{name}{blank}{within}")
    named = area_of(within, index)
    return Wording(name, (named,) if named else ())


def _separated(whole: Wording, index: Index) -> Wording:
    """Return the wording in which the first of several parts is the name, the others areas."""
    name, *others = [part.strip() for part in _SEPARATED.split(whole.name) if part.strip()] or [""]
    areas = [area_of(part, index) for part in others]
    return Wording(name, tuple(area for area in areas if area)) if others else whole


def _shorter(wording: Wording, index: Index) -> Iterator[Wording]:
    """Yield wordings that take one more area off the name."""
    if len(wording.areas) >= 4:
        return
    if is_japanese(wording.name):
        yield from _without_beginning(wording, index)
    yield from _without_word(wording, index)


def _without_beginning(wording: Wording, index: Index) -> Iterator[Wording]:
    name = wording.name
    ends = range(1, min(len(name), _LONGEST_AREA + 1))
    keys = {end: f"k:{folded(name[:end])}" for end in ends}
    known = index.holders(sorted(set(keys.values())))
    taken = set()
    for end in sorted(ends, reverse=True):
        holders = known.get(keys[end])
        if holders and folded(name[end:]):
            taken.add(end)
            written = name[:end].strip(" 、,")
            office = area_of(written, index) if designator_of(written) == "region" else None
            areas = (*wording.areas, office or Area(written, holders))
            rest = name[end:].strip()
            yield Wording(rest, areas)
            if of_region := _OF_REGION.match(rest):
                yield Wording(rest[of_region.end() :], areas)
    sounded = _DISTRICT_SOUNDS.match(name) if is_kana(name) else None
    if sounded and sounded.end() < len(name):
        yield Wording(name[sounded.end() :], wording.areas)
    for form in _FORMS:
        unknown = form.match(name)
        if unknown and unknown.end() < len(name) and unknown.end() not in taken:
            area = Area(unknown[0], frozenset())
            yield Wording(name[unknown.end() :].strip(), (*wording.areas, area))


def _without_word(wording: Wording, index: Index) -> Iterator[Wording]:
    """Yield wordings without a first or last word, or two, that is a known area."""
    words = wording.name.split(" ")
    for size in (1, 2):
        for area, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            found = area_of(" ".join(area), index) if rest else None
            if found and found.is_known:
                yield Wording(" ".join(rest), (*wording.areas, found))


# -- Points ----------------------------------------------------------------------------------------

#: Below this a candidate is not worth showing.
LEAST = 30.0
#: The best must be better than the next by this to be taken without a look.
MARGIN = 5.0
#: The most that a name can have which exists elsewhere too, with nothing to tell it by.
DOUBTFUL = 85.0
_AGREES, _DIFFERS, _UNKNOWN = 1.0, -35.0, -45.0
_ADDRESS, _BEGINNING = 97.0, 74.0
_BARE_NAME, _BARE_READING, _BY_SOUND = 93.0, 92.0, 91.0
_ALIKE_MOST = 88.0

_SAME = Text("名称が一致します。", "The name is the same.")
_VARIANT = Text(
    "表記の違い（全角・半角、かな、旧字体など）を除いて「{name}」と一致します。",
    'The same as "{name}" but for how it is written.',
)
_READING = Text("読み「{name}」と一致します。", 'The same as the reading "{name}".')
_BARE = Text(
    "「{name}」から「{designator}」を除いた名称と一致します。",
    'The same as "{name}" without the word for {designator}.',
)
_OTHER_KIND = Text(
    "種別が違います（{asked}ではなく{is_}）。", "It is of another kind ({is_}, not {asked})."
)
_OF_KIND = Text("種別（{is_}）も一致します。", "The kind ({is_}) is the same, too.")
_ALIKE = Text("「{name}」と{count}文字違います。", '{count} of the letters differ from "{name}".')
_BEGINS = Text("住所の先頭が「{name}」です。", 'The address begins with "{name}".')
_IN = Text("「{area}」にあります。", 'It is in "{area}".')
_NOT_IN = Text("「{area}」にはありません（{where}）。", 'It is not in "{area}" ({where}).')
_NO_AREA = Text("「{area}」はこのデータにありません。", 'These data have nothing called "{area}".')
_TAKEN = Text(
    "「{name}」は、このデータにない所（{places}）の名称です。",
    '"{name}" is the name of a place that is not in these data ({places}).',
)
_ELSEWHERE = Text(
    "同じ名称がほかの所（{places}）にもあります。都道府県又はコードがあれば確かめられます。",
    "The name exists elsewhere, too ({places}). A prefecture or a code would tell.",
)
_SEVERAL = Text(
    "ほかにも合うもの（{others}）があります。地域、種別又はコードがあれば区別できます。",
    "Others fit as well ({others}). A region, a type or a code would tell.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The name that a candidate was found by, and what is called so elsewhere."""

    name: str
    #: keys of the whole name
    keys: tuple[str, ...]
    #: the name without its designator, if it has one
    part: Parted | None
    elsewhere: tuple[Spelling, ...]


@dataclass
class Scored:
    """A candidate while its points are counted."""

    thing: Thing
    matched: str
    language: str
    score: float
    reasons: list[Text] = field(default_factory=list)
    #: something beside the name speaks for it
    is_evidenced: bool = False
    #: it fits, but must be looked at
    is_doubtful: bool = False
    #: something that was told beside the name is wrong in itself, as a code can be
    has_faulty_clue: bool = False
    #: the name was met without the word for the kind of area
    without_designator: bool = False
    asked: Asked | None = None
    #: what stands behind its name, where a text only begins with it
    rest: str = ""

    def agrees(self, reason: Text) -> None:
        """Count something that speaks for it; what is in doubt stays below the automatic line."""
        most = LINE - 1 if self.is_doubtful else BEST
        self.score = min(most, self.score + _AGREES)
        self.is_evidenced = True
        self.reasons.append(reason)

    def differs(self, reason: Text, points: float = _DIFFERS) -> None:
        """Count something that speaks against it."""
        self.score += points
        self.reasons.append(reason)

    def candidate(self, automatic: bool) -> Candidate:
        """Return the outcome."""
        thing = self.thing
        said = (self.matched, self.language, round(max(self.score, 0.0), 1))
        reasons = tuple(dict.fromkeys(self.reasons))
        return Candidate(thing.iri, thing.kind, thing.name, *said, automatic, reasons, thing.where)


def by_name(name: str, spelt: Spelt) -> Scored:
    """Return how well a name fits the text that was left of what is looked for."""
    lacking = spelt.is_core or _lacks_designator(spelt)
    if spelt.is_core:
        designator = text_of(spelt.thing.designator) if spelt.thing.designator else Text("", "")
        reason = _BARE.format(name=spelt.text, designator=designator)
    elif plain(spelt.text) == name:
        reason = _SAME
    elif is_kana(spelt.text) or not is_japanese(spelt.text):
        reason = _READING.format(name=spelt.text)
    else:
        reason = _VARIANT.format(name=spelt.text)
    scored = _scored(spelt, _points(name, spelt, lacking), reason)
    scored.without_designator = lacking
    return scored


def _points(name: str, spelt: Spelt, lacking: bool) -> float:
    """Return the points of a name: the official one before others, kanji before readings."""
    japanese = is_japanese(spelt.text)
    if lacking and japanese:
        return _BARE_READING if is_kana(name) else _BARE_NAME
    if is_japanese(name) and not japanese:
        return _BY_SOUND
    if plain(spelt.text) == name:
        return BEST
    if is_kana(spelt.text) or not japanese:
        return 96.0 if is_kana(name) else 95.0
    return 98.0 if spelt.preferred else 97.0


def by_core(part: Parted, spelt: Spelt) -> Scored | None:
    """Return how well a name fits a text whose designator was taken off, or None if it does not."""
    thing = spelt.thing
    if not thing.designator:
        return None
    if thing.designator == part.designator:
        scored = _scored(spelt, 96.0, _READING.format(name=spelt.text))
        if is_japanese(spelt.text) and not is_kana(spelt.text):
            scored = _scored(spelt, 92.0, _VARIANT.format(name=spelt.text))
        scored.reasons.append(_OF_KIND.format(is_=text_of(thing.designator)))
        return scored
    scored = _scored(spelt, 68.0, _READING.format(name=spelt.text))
    asked, is_ = text_of(part.designator), text_of(thing.designator)
    scored.reasons.insert(0, _OTHER_KIND.format(asked=asked, is_=is_))
    return scored


def by_likeness(spelt: Spelt, edits: int, length: int) -> Scored:
    """Return how well a name fits a text that differs from it in some letters."""
    points = min(_ALIKE_MOST, 95.0 * (1 - edits / max(length, 1)))
    scored = _scored(spelt, points, _ALIKE.format(name=spelt.text, count=edits))
    scored.is_doubtful = True
    return scored


def by_beginning(spelt: Spelt, is_address: bool, rest: str) -> Scored:
    """Return how well a name fits a text that begins with it, as addresses do, and has a rest."""
    points = _ADDRESS if is_address else _BEGINNING
    scored = _scored(spelt, points, _BEGINS.format(name=spelt.text))
    scored.rest = rest
    return scored


def by_words(thing: Thing, points: float, reason: Text) -> Scored:
    """Return how well a thing fits by its words or its code."""
    return Scored(thing, thing.name.ja, "ja", points, [reason])


def _scored(spelt: Spelt, points: float, reason: Text) -> Scored:
    return Scored(spelt.thing, spelt.text, spelt.language, points, [reason])


def _lacks_designator(spelt: Spelt) -> bool:
    """Tell whether a name, as English and short ones, does not say what kind of area it is."""
    return bool(spelt.thing.designator) and not designator_of(spelt.text)


def weigh_areas(scored: Scored, areas: Iterable[Area], insides: frozenset[int]) -> None:
    """Count whether a candidate lies in the areas that a text names beside the name."""
    for area in areas:
        if not area.is_known:
            scored.differs(_NO_AREA.format(area=area.text), _UNKNOWN)
        elif area.holders & insides:
            scored.agrees(_IN.format(area=area.text))
        else:
            where = scored.thing.where
            scored.differs(_NOT_IN.format(area=area.text, where=where))


def weigh_elsewhere(scored: Scored) -> None:
    """Count that the name exists elsewhere, if nothing tells that this one is meant."""
    asked = scored.asked
    places = _namesakes(scored, asked) if asked else []
    if not asked or not places or scored.is_evidenced:
        return
    if scored.is_doubtful:
        taken = _TAKEN.format(name=asked.name, places=_listed(places))
        scored.differs(taken, -25.0)
    else:
        scored.score = min(scored.score, DOUBTFUL)
        scored.is_doubtful = True
        scored.reasons.append(_ELSEWHERE.format(places=_listed(places)))


def _namesakes(scored: Scored, asked: Asked) -> list[str]:
    """Return the places elsewhere that the name may mean as well."""
    designator = asked.part.designator if asked.part else None
    found = (
        one.place
        for one in asked.elsewhere
        if (one.is_whole or scored.without_designator)
        if one.key in asked.keys
    )
    same_kind = (
        one.place
        for one in asked.elsewhere
        if one.key not in asked.keys and one.designator == designator
    )
    return list(dict.fromkeys((*found, *same_kind)))


def _listed(names: Iterable[str], most: int = 3) -> Text:
    """Return some names as they stand in a sentence, and how many more there are."""
    listed = list(names)
    more = len(listed) - most
    ja, en = "、".join(listed[:most]), ", ".join(listed[:most])
    return Text(f"{ja}ほか{more}件", f"{en} and {more} more") if more > 0 else Text(ja, en)


def ranked(found: Iterable[Scored], limit: int) -> tuple[Candidate, ...]:
    """Return the candidates, best first; the first is automatic if it may be taken as it is."""
    worth = [one for one in found if one.score >= LEAST]
    ordered = sorted(worth, key=lambda one: (-one.score, one.thing.id))
    if not ordered:
        return ()
    best = ordered[0]
    rivals = [one for one in ordered[1:] if best.score - one.score < MARGIN]
    for one in (best, *rivals) if rivals else ():
        others = [other.thing for other in (best, *rivals) if other is not one]
        one.reasons.append(_SEVERAL.format(others=_rivals(others)))
    sure = not (rivals or best.is_doubtful or best.has_faulty_clue)
    automatic = sure and best.score >= LINE
    return tuple(one.candidate(automatic and one is best) for one in ordered[:limit])


def _rivals(things: Sequence[Thing]) -> Text:
    ja = _listed(_placed(thing.name.ja, thing.where.ja, "（", "）") for thing in things)
    en = _listed(_placed(thing.name.en, thing.where.en, " (", ")") for thing in things)
    return Text(ja.ja, en.en)


def _placed(name: str, where: str, begin: str, end: str) -> str:
    return f"{name}{begin}{where}{end}" if where else name
