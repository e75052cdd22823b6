"""The rules of the house that no other tool checks."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import publish
from tests.real import ROOT

PACKAGE = ROOT / "publish"
WEB = PACKAGE / "web"
SERVER = ROOT / "server.py"
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__"))
FILES = [*sorted(PACKAGE.rglob("*.py")), SERVER]
#: A line of the package's docstring: one or several modules, and what they are for.
_LISTED = re.compile(r"^    (?P<names>[a-z0-9]+(?:, [a-z0-9]+)*) {2,}\S|^(?P<group>[a-z]+)$", re.M)
_CLOCKS = {"now", "utcnow", "today", "time_ns", "localtime", "gmtime", "urandom", "uuid1", "uuid4"}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def _listed() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return (group, modules that come together) in the order of the package's docstring."""
    found, group = [], ""
    for match in _LISTED.finditer(publish.__doc__ or ""):
        group = match["group"] or group
        if match["names"]:
            found.append((group, tuple(match["names"].split(", "))))
    return tuple(found)


def _imports(path: Path) -> Iterator[str]:
    """Yield the full names of what a file imports, inside functions too."""
    for found in ast.walk(_tree(path)):
        if isinstance(found, ast.Import):
            yield from (alias.name for alias in found.names)
        elif isinstance(found, ast.ImportFrom):
            assert found.level == 0, f"{_name(path)}: relative import"
            yield from (f"{found.module}.{alias.name}" for alias in found.names)


def _imported_modules(path: Path) -> set[str]:
    """Return the modules of the package, "web" for all faces, that a file imports."""
    names = (name.split(".") for name in _imports(path) if name.startswith("publish."))
    return {parts[1] for parts in names if parts[1] in {*MODULES, "web"}}


def _outside(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in _imports(path)}


def test_the_packages_docstring_lists_every_module_once() -> None:
    listed = [name for _, names in _listed() for name in names]
    assert sorted(listed) == MODULES
    assert "\n    web/ " in (publish.__doc__ or "")


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_those_above_it(module: str) -> None:
    above: set[str] = set()
    for _, names in _listed():
        if module in names:
            break
        above |= {*names}
    assert _imported_modules(PACKAGE / f"{module}.py") - above == set()


def test_only_the_server_and_the_command_know_the_http_faces() -> None:
    knowing = {_name(path) for path in FILES if "web" in _imported_modules(path)}
    assert {name for name in knowing if not name.startswith("publish/web/")} == {"server.py"}
    importing = {_name(path) for path in FILES if "server" in _outside(path)}
    assert importing <= {"publish/cli.py"}


def test_no_http_face_reads_or_builds_a_project() -> None:
    building = {"sources", "tables", "derive", "validate", "build", "stamp", "cli"}
    assert [_name(path) for path in WEB.glob("*.py") if _imported_modules(path) & building] == []


def test_the_http_faces_do_not_import_each_other_in_a_circle() -> None:
    graph = {
        path.stem: {
            part
            for name in _imports(path)
            if name.startswith("publish.web.")
            for part in [name.split(".")[2]]
        }
        for path in WEB.glob("*.py")
    }
    assert set(TopologicalSorter(graph).static_order()) >= {"negotiate", "resource"}


def test_only_the_http_faces_know_flask() -> None:
    web = {"flask", "werkzeug", "jinja2", "waitress", "markupsafe"}
    knowing = [_name(path) for path in FILES if _outside(path) & web]
    assert [n for n in knowing if not n.startswith("publish/web/") and n != "server.py"] == []


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {_name(path): path.read_text("utf-8").count("\n") for path in FILES}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{_name(path)}:{found.lineno} {found.name}"
        for path in FILES
        for found in ast.walk(_tree(path))
        if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef)
        and (found.end_lineno or 0) - found.lineno >= 60
    ]
    assert long == []


def test_no_module_is_a_drawer() -> None:
    drawers = {"util", "utils", "helper", "helpers", "common", "misc", "core", "base", "tools"}
    assert [
        _name(path) for path in ROOT.rglob("*.py") if path.stem in drawers and _ours(path)
    ] == []


def _ours(path: Path) -> bool:
    return not any(part.startswith(".") for part in path.relative_to(ROOT).parts)


def test_every_module_says_what_it_is_for() -> None:
    assert [_name(path) for path in FILES if not ast.get_docstring(_tree(path))] == []


def test_annotations_are_never_evaluated() -> None:
    code = [path for path in FILES if len(_tree(path).body) > 1]
    lacking = [_name(path) for path in code if "__future__.annotations" not in _imports(path)]
    assert lacking == []


def test_only_settings_and_those_who_start_it_read_the_environment() -> None:
    reading = {_name(path) for path in FILES if re.search(r"\bos\.(environ|getenv)", _text(path))}
    assert reading <= {"publish/settings.py", "publish/console.py", "server.py"}


@cache
def _text(path: Path) -> str:
    return path.read_text("utf-8")


def test_no_clock_and_no_chance_touch_what_is_published() -> None:
    published = {"base", "graph", "products"}
    for group, names in _listed():
        for name in names if group in published else ():
            path = PACKAGE / f"{name}.py"
            assert not _outside(path) & {"time", "random", "secrets", "uuid"}, name
            called = {
                node.attr for node in ast.walk(_tree(path)) if isinstance(node, ast.Attribute)
            }
            assert not called & _CLOCKS, name


def _place_names() -> set[str]:
    """Return how the places of this repository's data are called."""
    names = set()
    for table in ("prefecture", "regions", "municipalities", "wards", "villages"):
        with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names.add(row["name_ja"])
                if table in ("prefecture", "regions"):  # names of towns are words, too: Date, Mori
                    names.add(row["name_en"])
    return names


def test_the_place_names_to_look_for_are_read_from_the_data() -> None:
    names = _place_names()
    assert {"北海道", "Hokkaido", "札幌市", "空知地域", "Sorachi"} <= names
    assert len(names) > 200


def test_the_program_knows_no_place() -> None:
    written = [*FILES, *(path for path in WEB.rglob("*") if path.suffix in _TEXTS)]
    pattern = re.compile("|".join(map(_word, sorted(_place_names()))))
    found = {_name(path): sorted(set(pattern.findall(_text(path)))) for path in written}
    assert {name: places for name, places in found.items() if places} == {}


_TEXTS = {".html", ".txt", ".xml", ".css", ".js", ".po", ".svg"}


def _word(name: str) -> str:
    return rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name)


def test_the_http_faces_hold_no_sparql() -> None:
    sparql = re.compile(r"\b(SELECT|CONSTRUCT|ASK|DESCRIBE)\b[^\"']*[?{]|\bWHERE\s*\{")
    assert [_name(path) for path in WEB.glob("*.py") if sparql.search(_text(path))] == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [_name(path) for path in FILES if later.search(_text(path))] == []
