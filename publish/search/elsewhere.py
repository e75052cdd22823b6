"""Names of places that are not in the data: the same names elsewhere in the country.

The project may list them in `data/elsewhere.csv`. A name that exists elsewhere too does not, by
itself, tell which place is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.project.csvw import read_table
from publish.search.normalize import keys_of
from publish.search.placenames import parted

SOURCE = Path("data/elsewhere.csv")


@dataclass(frozen=True, slots=True)
class Place:
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


def read_elsewhere(project: Path) -> tuple[Place, ...]:
    """Return the places that a project lists, in the order of its table; none without a table.

    Raises TableError.
    """
    path = project / SOURCE
    if not path.exists():
        return ()
    columns = ("prefecture_ja", "within_ja", "name_ja", "name_kana")
    rows = (row for _, row in read_table(path, project).rows)
    return tuple(Place(*(row[name] for name in columns)) for row in rows)


def spellings(places: tuple[Place, ...]) -> Iterator[Spelling]:
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
