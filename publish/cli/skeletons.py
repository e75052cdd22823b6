"""The skeleton of a project for anybody's data, filled in and written as a whole or not at all.

Its files stand in `publish/skeleton/` as they are written, with `@@{name}` for what varies; the values
are escaped as each kind of file wants it.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import string
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import urlsplit

from publish.build import check, require_conformance
from publish.cli.new_project import Municipality, Shared
from publish.errors import LodpubError, SettingError
from publish.i18n import Text
from publish.iris import Iris
from publish.project.borrowed import DIRECTORY
from publish.settings import Settings

#: The name of the copy of the shared vocabulary.
COPY = f"{DIRECTORY}/shared.ttl"
#: Files whose names packages would leave out, by the names that they have here.
_NAMES = {"gitignore": ".gitignore"}
_TERM = re.compile(r"@@\{prefix\}:(\w+)")
_PREFIX = re.compile(r"^PREFIX (\w+):", re.MULTILINE)
_USUAL_PORT = 8000


class _Template(string.Template):
    """Text with `@@{name}`, which neither Turtle nor JSON, SPARQL, make or Markdown has."""

    delimiter = "@@"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the new project is to be."""

    base: str
    shared: Shared
    municipality: Municipality
    title: Text
    publisher: Text

    def values(self) -> dict[str, str]:
        """Return what stands for each name in the skeleton."""
        place, iris = self.municipality, Iris.at(self.base)
        port = (urlsplit(self.base).port if iris.is_preview else None) or _USUAL_PORT
        name = place.name or self.publisher
        return {
            "base": self.base,
            "base_shell": shlex.quote(self.base),
            "port": str(port),
            "local": f"http://127.0.0.1:{port}{iris.root}",
            "title_ja": self.title.ja,
            "title_en": self.title.en,
            "publisher_ja": self.publisher.ja,
            "publisher_en": self.publisher.en,
            "municipality_ja": name.ja,
            "municipality_en": name.en,
            "code": place.code,
            "lat": place.latitude,
            "lon": place.longitude,
            "place": place.iri,
            "places": place.space,
            "places_pattern": re.escape(place.space),
            "target": place.target,
            "target_ja": place.title.ja,
            "target_en": place.title.en,
            "ontology": self.shared.iri,
            "prefix": "shared" if self.shared.prefix in _taken() else self.shared.prefix,
            "space": self.shared.space,
        }


def write(plan: Plan, directory: Path) -> None:
    """Write a new project into a directory that does not exist, or is empty.

    It is made aside and validated first; nothing of it is left if anything fails. Raises
    SettingError if the base is that of the shared data or the directory is the current one,
    LodpubError if it is not empty or the vocabulary lacks terms that the skeleton uses.
    """
    _require_room(directory)
    _require_distance(plan)
    _require_terms(plan.shared)
    directory.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".lodpub-init-", dir=directory.parent))
    try:
        for name, content in filled(plan).items():
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            (aside / name).write_bytes(content)
        require_conformance(check(Settings(base=plan.base, project=aside)).report)
        aside.chmod(0o755)
        aside.rename(directory)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def filled(plan: Plan) -> dict[str, bytes]:
    """Return the files of a new project by their paths."""
    found: dict[str, bytes] = {}
    for path, text in skeleton():
        found[path] = _filled(path, text, plan.values()).encode()
    if plan.shared.copy is not None:
        found[COPY] = plan.shared.copy
    return found


def _filled(path: str, text: str, values: dict[str, str]) -> str:
    ending = path.rpartition(".")[2]
    if ending == "csv":
        written = io.StringIO()
        rows = [[_Template(cell).substitute(values) for cell in row] for row in _rows(text)]
        csv.writer(written, lineterminator="\n").writerows(rows)
        return written.getvalue()
    escape = _ESCAPES.get(ending, str)
    return _Template(text).substitute({name: escape(value) for name, value in values.items()})


def _rows(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""))


def skeleton() -> Iterator[tuple[str, str]]:
    """Yield the files of the skeleton: the path each has in a project, and its text."""
    yield from _files(files("publish") / "skeleton", "")


def _files(directory: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(directory.iterdir(), key=lambda one: one.name):
        name = path + _NAMES.get(entry.name, entry.name)
        if entry.is_dir():
            yield from _files(entry, f"{name}/")
        else:
            yield name, entry.read_text("utf-8")


def _taken() -> set[str]:
    """Return the prefixes that the skeleton gives to other namespaces."""
    return {prefix for _, text in skeleton() for prefix in _PREFIX.findall(text)}


def terms() -> frozenset[str]:
    """Return the terms of the shared vocabulary that the skeleton uses."""
    return frozenset(term for _, text in skeleton() for term in _TERM.findall(text))


def _in_turtle(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _in_make(text: str) -> str:
    return text.replace("$", "$$")


#: By the end of a file's name. IRIs are free of what would have to be escaped in one.
_ESCAPES: dict[str, Callable[[str], str]] = {
    "ttl": _in_turtle,
    "json": _in_json,
    "Makefile": _in_make,
}


# -- What is refused -----------------------------------------------------------------------------


def _require_room(directory: Path) -> None:
    where = directory.resolve()
    if where == Path.cwd():
        raise SettingError(
            Text(
                "今いるディレクトリには作れません。", "It cannot be made in the current directory."
            ),
            Text("新しいディレクトリの名前を指定してください。", "Name a new directory."),
        )
    if os.path.lexists(where) and not (where.is_dir() and not any(where.iterdir())):
        raise LodpubError(
            Text("「{path}」は空のディレクトリではありません。", '"{path}" is no empty directory.')
            .format(path=directory),
            Text("別の名前を指定してください。何も書いていません。", "Name another one. Nothing was written."),
        )  # fmt: skip


def _require_distance(plan: Plan) -> None:
    for iri in (plan.shared.iri, plan.municipality.iri):
        if iri.startswith(plan.base):
            raise SettingError(
                Text(
                    "公開URL「{base}」は、使わせてもらう語彙やデータ（{iri}）の公開URLです。",
                    'The base "{base}" is that of the data to share ({iri}).',
                ).format(base=plan.base, iri=iri),
                Text(
                    "--base に自分の公開URL（試すときは http://localhost:8001/ など）を指定してください。",
                    "Give a base of your own by --base (to try it, http://localhost:8001/ or so).",
                ),
            )


def _require_terms(shared: Shared) -> None:
    lacking = sorted(terms() - shared.terms) if shared.terms is not None else []
    if lacking:
        raise LodpubError(
            Text(
                "語彙 {iri} に、ひな形で使う用語（{terms}）がありません。",
                "The vocabulary {iri} lacks terms that the skeleton uses ({terms}).",
            ).format(iri=shared.iri, terms=", ".join(lacking)),
            Text(
                "lodpub の語彙（…/ontology.ttl）を --ontology に指定してください。",
                "Give a vocabulary made for lodpub (…/ontology.ttl) by --ontology.",
            ),
        )
