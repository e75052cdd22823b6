"""The rules of the house that no other tool checks."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import publish
from tests.support.real import ROOT

PACKAGE = ROOT / "publish"
WEB = PACKAGE / "web"
SERVER = ROOT / "server.py"
FILES = [*sorted(PACKAGE.rglob("*.py")), SERVER]
#: The plan of the house in the package's docstring: a room a line, from the roof to the ground.
_ROOM = re.compile(r"^    (?P<room>[a-z]+) {2,}\S", re.M)
_GROUND = re.compile(r"^    (?P<names>[a-z0-9]+(?: [a-z0-9]+)+)$", re.M)
#: Rooms within a room, from the ground up, as the plan tells.
_WITHIN = {
    "catalog": ("", "ckan"),
    "doctor": ("", "checks", "diagnose"),
    "release": ("", "verify"),
    "web": ("http", "drawing", "app", "views", "routes"),
}
_CLOCKS = {"now", "utcnow", "today", "time_ns", "localtime", "gmtime", "urandom", "uuid1", "uuid4"}
#: Rooms whose code makes what is published.
_PUBLISHED = {
    "rdf",
    "project",
    "shacl",
    "browse",
    "search",
    "linksets",
    "release",
    "catalog",
    "build",
}
#: Modules of those rooms that make nothing of a release: they wait for a download or a worker,
#: and give CKAN's names of things as version 5 UUIDs, which are made of names alone.
_AT_RUN_TIME = {
    "publish.release.verify.download", "publish.release.sparql_pools",
    "publish.catalog.ckan.packages",
}  # fmt: skip
#: Modules that are started by name, as a command or a child process.
_STARTED = {
    "publish.__main__", "publish.cli.main", "publish.sparql.worker", "publish.doctor.rdf_process"
}  # fmt: skip


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_module(path): path for path in FILES}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def _plan() -> tuple[str, ...]:
    """Return the modules of the ground and the rooms of the plan, from the ground to the roof."""
    text = publish.__doc__ or ""
    ground = _GROUND.search(text)
    assert ground
    rooms = [match["room"] for match in _ROOM.finditer(text)]
    return (*reversed(ground["names"].split()), *reversed(rooms))


def _floor(module: str) -> tuple[int, int]:
    """Return how high a module stands: the floor of its room, and that within the room."""
    parts = module.split(".")
    if parts[0] == "server" or parts[-1] == "__main__":
        return len(_plan()), 0
    room, inner = parts[1], parts[2] if len(parts) > 3 else ""
    if module == "publish.doctor.diagnose":  # it runs the checks
        inner = "diagnose"
    return _plan().index(room), _WITHIN.get(room, ("",)).index(inner)


def _imports(path: Path) -> Iterator[str]:
    """Yield the full names of what a file imports, inside functions too."""
    for found in ast.walk(_tree(path)):
        if isinstance(found, ast.Import):
            yield from (alias.name for alias in found.names)
        elif isinstance(found, ast.ImportFrom):
            assert found.level == 0, f"{_name(path)}: relative import"
            yield from (f"{found.module}.{alias.name}" for alias in found.names)


def _imported_modules(path: Path) -> set[str]:
    """Return the modules of the program that a file imports."""
    found = set()
    for name in _imports(path):
        module = name if name in MODULES else name.rpartition(".")[0]
        if module in MODULES and module != "publish":
            found.add(module)
    return found


def _outside(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in _imports(path)}


def _code() -> Iterator[tuple[str, Path]]:
    """Yield the modules that are no room."""
    for module, path in MODULES.items():
        if path.stem != "__init__":
            yield module, path


def test_the_plan_names_each_room_and_each_module_of_the_ground() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    flat = {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}
    assert sorted(_plan()) == sorted(rooms | flat)
    assert (publish.__doc__ or "").count("\n") < 40


def test_modules_import_only_from_rooms_below_theirs() -> None:
    upward = [
        f"{module} imports {imported}"
        for module, path in _code()
        if module != "server"
        for imported in _imported_modules(path)
        if imported != "server" and _floor(imported) > _floor(module)
    ]
    assert upward == []


def test_the_doctor_stands_on_rdf_and_sparql_alone() -> None:
    below = {*_plan()[: _plan().index("rdf")], "rdf", "sparql", "doctor"}
    strange = {
        f"{module} imports {imported}"
        for module, path in _code()
        if module.startswith("publish.doctor.")
        for imported in _imported_modules(path)
        if imported.split(".")[1] not in below
    }
    assert strange == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {module: _imported_modules(path) for module, path in MODULES.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def test_every_module_is_imported_or_started() -> None:
    imported = {name for path in FILES for name in _imported_modules(path)}
    assert {module for module, _ in _code()} - imported - _STARTED == {"server"} - imported


def test_a_room_says_what_it_is_for_and_passes_nothing_on() -> None:
    for path in PACKAGE.glob("*/**/__init__.py"):
        text = ast.get_docstring(_tree(path)) or ""
        assert 2 <= text.count("\n") + 1 <= 10, _name(path)
        assert [*_imports(path)] in ([], ["__future__.annotations"]), _name(path)


def test_no_two_siblings_are_singular_and_plural_of_one_word() -> None:
    names = {path.with_suffix("") if path.suffix else path for path in PACKAGE.rglob("*.py")}
    assert [_name(path) for path in names if path.with_name(path.name + "s") in names] == []


#: Rooms of the tests that mirror no room: why they exist.
_OWN_ROOMS = {
    "browser": "pages in Chromium; a page is made by several rooms",
    "whole": "what is promised of data, documents and the program as a whole",
}


def test_every_test_file_mirrors_a_module_or_says_why_not() -> None:
    lost = []
    for path in (ROOT / "tests").rglob("test_*.py"):
        room = path.relative_to(ROOT / "tests").parent
        if room.parts[:1] and room.parts[0] in _OWN_ROOMS:
            continue
        names = {one.stem for one in (PACKAGE / room).glob("*.py")}
        names |= {"server", "architecture"} if room == Path() else set()
        words = path.stem.removeprefix("test_").split("_")
        # test_<module>.py, or test_<module>_<aspect>.py
        if not names & {"_".join(words[:n]) for n in range(1, len(words) + 1)}:
            lost.append(_name(path))
    assert lost == []


def test_only_the_server_and_the_command_know_the_http_faces() -> None:
    knowing = {
        _name(path)
        for path in FILES
        if any(name.startswith("publish.web.") for name in _imported_modules(path))
    }
    assert {name for name in knowing if not name.startswith("publish/web/")} == {"server.py"}
    importing = {_name(path) for path in FILES if "server" in _outside(path)}
    assert importing <= {"publish/cli/main.py"}


def test_no_http_face_reads_or_builds_a_project() -> None:
    building = {
        "publish.build", "publish.project.csvw", "publish.project.stamp", "publish.shacl.rules",
        "publish.project.turtle_files", "publish.shacl.validate",
    }  # fmt: skip
    assert building <= {*MODULES}
    assert [_name(path) for path in WEB.rglob("*.py") if _imported_modules(path) & building] == []


def test_only_the_http_faces_know_flask() -> None:
    web = {"flask", "werkzeug", "jinja2", "waitress", "markupsafe"}
    knowing = [_name(path) for path in FILES if _outside(path) & web]
    assert [n for n in knowing if not n.startswith("publish/web/") and n != "server.py"] == []


def test_no_http_face_asks_another_server() -> None:
    asking = {"SPARQLWrapper", "httpx", "requests", "urllib3"}
    faces = [*WEB.rglob("*.py"), SERVER]
    assert [_name(path) for path in faces if _outside(path) & asking] == []
    fetching = [p for p in faces for name in _imports(p) if name.startswith("urllib.request")]
    assert fetching == []


def test_rules_of_http_and_drawings_know_no_flask() -> None:
    free = [*(WEB / "http").glob("*.py"), *(WEB / "drawing").glob("*.py")]
    assert [_name(path) for path in free if "flask" in _outside(path)] == []
    assert len(free) > 5


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
    assert reading <= {"publish/settings.py", "publish/cli/options.py", "server.py"}


@cache
def _text(path: Path) -> str:
    return path.read_text("utf-8")


def test_no_clock_and_no_chance_touch_what_is_published() -> None:
    for module, path in _code():
        if {*module.split(".")[1:2]} & _PUBLISHED and module not in _AT_RUN_TIME:
            assert not _outside(path) & {"time", "random", "secrets", "uuid"}, module
            called = {
                node.attr for node in ast.walk(_tree(path)) if isinstance(node, ast.Attribute)
            }
            assert not called & _CLOCKS, module


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
    faces = [path for path in WEB.rglob("*.py") if path.parent.name != "views"]
    assert [_name(path) for path in faces if sparql.search(_text(path))] == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [_name(path) for path in FILES if later.search(_text(path))] == []
