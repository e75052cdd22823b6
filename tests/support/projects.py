"""A tiny publishing project of a prefecture that does not exist, to test with.

It stands in `tests/fixtures/kasumi`; that it can be published at all shows that the program knows
nothing of any real prefecture. Its base has a path, as behind a reverse proxy.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from publish.build import Built, build
from publish.iris import Iris
from publish.settings import Settings

BASE = "https://data.example.jp/lod/"
IRIS = Iris.at(BASE)
#: The vocabulary of the project, prefix `kv`.
KV = IRIS.of("ontology#")
_KASUMI = Path(__file__).parents[1] / "fixtures" / "kasumi"


def write_project(directory: Path) -> Path:
    """Write the project into a directory that does not exist yet; return it."""
    return Path(shutil.copytree(_KASUMI, directory))


def settings_for(project: Path, base: str = BASE) -> Settings:
    """Return settings whose releases stand inside the project, in `releases/`."""
    return Settings(base=base, project=project, releases=project / "releases")


def build_project(directory: Path, base: str = BASE) -> Built:
    """Write the project and build a release of it; `releases/current` then points at it."""
    return build(settings_for(write_project(directory), base))


#: Properties that XML cannot name, each with one near to it that it can, or None.
UNSAYABLE: dict[str, str | None] = {
    "http://p.example/#2024": "http://p.example/#_2024",
    "http://p.example/#area-%28m2%29": "http://p.example/#area-m2",
    "http://p.example/#price/2024": "http://p.example/#price-2024",
    "http://p.example/#面積㎡": "http://p.example/#面積m2",
    "http://p.example/#収容・定員": "http://p.example/#収容-定員",
    "http://p.example/#𠮷野": "http://p.example/#u20BB7野",
    "http://p.example/#ー": "http://p.example/#_ー",
    "http://p.example/terms/": "http://p.example/terms/value",
    "http://p.example/terms/🚲": "http://p.example/terms/u1F6B2",
    "http://p.example/?year=2024": "http://p.example/year-2024",
    "urn:example:1": "urn:example:_1",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#li": None,
    "http://www.w3.org/2000/xmlns/year": None,
}


def build_unsayable(directory: Path) -> Built:
    """Build a release in which one plan has properties that RDF/XML cannot name."""
    project = write_project(directory)
    said = " ; ".join(f'<{iri}> "2,024"' for iri in UNSAYABLE)
    append(project / "data" / "source.plans.ttl", f"\nplan:remote-care {said} .\n")
    return build(settings_for(project))


def edit(path: Path, old: str, new: str) -> None:
    """Replace a piece of a file that must stand in it exactly once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{text.count(old)} times in {path.name}: {old}"
    path.write_text(text.replace(old, new), "utf-8")


def append(path: Path, more: str) -> None:
    """Add text at the end of a file."""
    path.write_text(path.read_text("utf-8") + more, "utf-8")
