"""publish.settings: defaults, the project's file, environment, command line."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from publish.errors import SettingError
from publish.settings import FILE, Settings, settings_in_force
from tests.support.real import ROOT


def test_without_anything_the_defaults_hold() -> None:
    settings = Settings.read({})
    assert settings == Settings()
    assert settings.base == "http://127.0.0.1:8000/"
    assert settings.releases == Path("releases")
    assert settings.host_and_port() == ("127.0.0.1", 8000)


def test_variables_override_defaults_with_their_types() -> None:
    environment = {
        "LODPUB_BASE": "https://data.example.jp/lod/",
        "LODPUB_RELEASES": "/var/lib/lodpub",
        "LODPUB_WORKERS": "4",
        "LODPUB_LOG": "json",
    }
    settings = Settings.read(environment)
    assert settings.base == "https://data.example.jp/lod/"
    assert settings.releases == Path("/var/lib/lodpub")
    assert settings.workers == 4
    assert settings.log == "json"


def test_the_command_line_overrides_variables() -> None:
    environment = {"LODPUB_BASE": "https://data.example.jp/lod/"}
    settings = Settings.read(environment, base="https://other.example.jp/")
    assert settings.base == "https://other.example.jp/"


def test_an_option_that_was_not_given_overrides_nothing() -> None:
    environment = {"LODPUB_BASE": "https://data.example.jp/lod/"}
    assert Settings.read(environment, base=None).base == "https://data.example.jp/lod/"


def test_variables_of_others_are_left_alone() -> None:
    environment = {"BASE": "x", "LODPUB_SOMETHING": "y", "HOME": "/root"}
    assert Settings.read(environment) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("workers", "二"),
        ("workers", "0"),
        ("query_seconds", "-1"),
        ("memory_mib", ""),
        ("rate", "-1"),
        ("log", "xml"),
        ("bind", "8000"),
        ("bind", ":8000"),
        ("bind", "127.0.0.1:http"),
        ("bind", "127.0.0.1:65536"),
    ],
)
def test_an_unusable_value_is_an_error_that_names_setting_value_and_variable(
    name: str, value: str
) -> None:
    variable = f"LODPUB_{name.upper()}"
    with pytest.raises(SettingError) as caught:
        Settings.read({variable: value})
    (problem,) = caught.value.problems
    assert problem.what.ja == f"設定 {name} の値「{value}」は使えません。"
    assert problem.what.en == f'Setting {name}: "{value}" cannot be used.'
    assert variable in problem.remedy.ja
    assert variable in problem.remedy.en


@pytest.mark.parametrize("name", ["rate", "cache_mib"])
def test_zero_switches_limit_and_cache_off(name: str) -> None:
    assert getattr(Settings.read({f"LODPUB_{name.upper()}": "0"}), name) == 0


@pytest.mark.parametrize("base", ["", "data.example.jp", "https://data.example.jp"])
def test_an_unusable_base_is_an_error_wherever_it_comes_from(base: str) -> None:
    with pytest.raises(SettingError, match="base"):
        Settings.read({"LODPUB_BASE": base})
    with pytest.raises(SettingError, match="base"):
        Settings(base=base)


@pytest.mark.parametrize(
    ("bind", "expected"),
    [
        ("0.0.0.0:80", ("0.0.0.0", 80)),
        ("[::1]:8000", ("::1", 8000)),
        ("localhost:0", ("localhost", 0)),
    ],
)
def test_the_address_to_listen_on_is_taken_apart(bind: str, expected: tuple[str, int]) -> None:
    assert Settings(bind=bind).host_and_port() == expected


def test_settings_do_not_change() -> None:
    changed: Any = Settings()
    with pytest.raises(dataclasses.FrozenInstanceError):
        changed.base = "https://other.example.jp/"


def test_there_are_at_most_fourteen_settings() -> None:
    assert len(dataclasses.fields(Settings)) <= 14


def test_the_addresses_are_those_under_the_base() -> None:
    settings = Settings(base="https://data.example.jp/lod/")
    assert settings.iris.of("sparql") == "https://data.example.jp/lod/sparql"


# -- lodpub.toml -------------------------------------------------------------------------------


def _project(directory: Path, text: str | bytes) -> Path:
    (directory / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())
    return directory


def test_a_project_knows_its_settings(tmp_path: Path) -> None:
    text = 'base = "https://data.example.jp/lod/"\nreleases = "out"\nworkers = 2\nlog = "json"\n'
    settings = Settings.read({}, project=_project(tmp_path, text))
    assert settings.base == "https://data.example.jp/lod/"
    assert (settings.workers, settings.log) == (2, "json")
    # seen from the file, wherever the command is called
    assert settings.releases == tmp_path / "out"


def test_the_variable_that_names_the_project_leads_to_its_file(tmp_path: Path) -> None:
    _project(tmp_path, "workers = 2\n")
    assert Settings.read({"LODPUB_PROJECT": str(tmp_path)}).workers == 2


def test_variables_and_options_come_before_the_file(tmp_path: Path) -> None:
    project = _project(tmp_path, 'workers = 2\nrate = 5\nreleases = "out"\nlog = "json"\n')
    environment = {"LODPUB_WORKERS": "3", "LODPUB_RELEASES": "elsewhere"}
    told = {
        one.name: (one.value, one.origin.en)
        for one in settings_in_force(environment, project=project, log="text")
    }
    assert told["workers"] == (3, "LODPUB_WORKERS")
    assert told["releases"] == (Path("elsewhere"), "LODPUB_RELEASES")
    assert told["log"] == ("text", "--log")
    assert told["rate"] == (5, f"{project / FILE}:2")
    assert told["rows"] == (1_000_000, "default")
    assert list(told) == [field.name for field in dataclasses.fields(Settings)]


@pytest.mark.parametrize(
    "text",
    [
        '\ufeffbase = "https://data.example.jp/"\n',
        'base = "https://data.example.jp/"\r\n',
        "# 公開URL\n\"base\" = 'https://data.example.jp/' # 本番",
        '\n\n  base="https://data.example.jp/"',
        'base = """https://data.example.jp/"""\n',
    ],
    ids=["BOM", "CRLF", "quoted key", "blanks", "multi-line"],
)
def test_the_file_is_read_as_editors_leave_it(tmp_path: Path, text: str) -> None:
    assert Settings.read({}, project=_project(tmp_path, text)).base == "https://data.example.jp/"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('workers = 2\nbasis = "x"\n', 2, "basis"),
        ('project = "."\n', 1, "project"),
        ('[lodpub]\nbase = "https://data.example.jp/"\n', 1, "lodpub"),
        ('workers = "4"\n', 1, "workers"),
        ("\nworkers = true\n", 2, "workers"),
        ("rate = -1\n", 1, "rate"),
        ("rows = 1.5\n", 1, "rows"),
        ("\nreleases = 1\n", 2, "releases"),
        ("proxies = ['127.0.0.1']\n", 1, "proxies"),
        ("\n\nbase = 8000\n", 3, "base"),
        ('log = "json"\nbase = "data.example.jp"\n', 2, "data.example.jp"),
        ("log = 'xml'\n", 1, "xml"),
        ("bind = '8000'\n", 1, "8000"),
        ("log = 'json'\nbase = https://data.example.jp/\n", 2, "TOML"),
        ("log = 'json'\nlog = 'json'\n", 2, "TOML"),
        ("log = 'json", 1, "TOML"),
        ('base = "https://例.jp/"\n'.encode("cp932"), None, "UTF-8"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_line(
    tmp_path: Path, text: str | bytes, line: int | None, said: str
) -> None:
    project = _project(tmp_path, text)
    with pytest.raises(SettingError) as caught:
        Settings.read({}, project=project)
    (problem,) = caught.value.problems
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == (str(project / FILE), line)
    assert said in problem.what.ja
    assert said in problem.what.en


def test_what_a_variable_sets_aside_in_the_file_does_not_matter(tmp_path: Path) -> None:
    project = _project(tmp_path, "workers = 0\n")
    assert Settings.read({"LODPUB_WORKERS": "1"}, project=project).workers == 1


@pytest.mark.parametrize("path", [FILE, f"publish/skeleton/{FILE}"])
def test_our_file_and_that_of_a_new_project_tell_every_setting_with_its_default(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    known = {field.name: field.default for field in dataclasses.fields(Settings)}
    known = {name: str(value) for name, value in known.items() if name != "project"}
    told = dict(re.findall(r'^(?:# )?(\w+) = "?(.*?)"?$', text, re.MULTILINE))
    assert told | {"base": known["base"], "bind": known["bind"]} == known


def test_our_file_sets_what_is_the_default() -> None:
    assert Settings.read({}, project=ROOT) == Settings(project=ROOT, releases=ROOT / "releases")
