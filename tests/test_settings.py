"""publish.settings: defaults, environment, command line."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from publish.errors import SettingError
from publish.settings import Settings


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
