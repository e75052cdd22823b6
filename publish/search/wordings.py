"""A text that names a place -> the ways to read it: the name itself, and what it is said to be in.

People write prefecture, district or region before a name (in Japanese), behind it (in English), or
in brackets. Which beginnings are areas is known from the index; what has the form of one and is not
known is an area outside the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publish.search.index_ import Index
from publish.search.normalize import folded, is_japanese, is_kana, keys_of, plain
from publish.search.placenames import designator_of, parted

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
            yield Wording(name[end:].strip(), (*wording.areas, Area(name[:end].strip(), holders)))
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
