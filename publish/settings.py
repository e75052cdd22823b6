"""The settings: one frozen object, from defaults, `lodpub.toml`, `LODPUB_*` and the command line.

This is the only module that reads the environment or the project's file of settings.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.errors import Place, SettingError
from publish.i18n import Text
from publish.iris import Iris

#: The project's own settings, in its directory.
FILE = "lodpub.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to build and serve; each field may stand in `lodpub.toml` or be a `LODPUB_<NAME>`."""

    #: address under which everything is published; ends in "/"
    base: str = "http://127.0.0.1:8000/"
    #: directory of the project: ontology/, data/, shapes/
    project: Path = Path(".")
    #: directory that holds the releases and the link `current`
    releases: Path = Path("releases")
    #: address and port to listen on
    bind: str = "127.0.0.1:8000"
    #: worker processes that evaluate SPARQL
    workers: int = 4
    #: longest time a query may take, in seconds
    query_seconds: int = 30
    #: address space of a worker, in MiB
    memory_mib: int = 1024
    #: most rows (or triples) in an answer
    rows: int = 1_000_000
    #: bytes of finished answers kept in memory, in MiB
    cache_mib: int = 64
    #: queries a client may make per minute; 0 = no limit
    rate: int = 600
    #: addresses of reverse proxies whose X-Forwarded-* headers are believed, by comma
    proxies: str = ""
    #: log format: text or json
    log: str = "text"

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            Setting(field.name, getattr(self, field.name)).require_usable()

    @classmethod
    def read(cls, environment: Mapping[str, str], **given: Any) -> Settings:
        """Return the settings in force; see `settings_in_force`."""
        return cls(**{one.name: one.value for one in settings_in_force(environment, **given)})

    def host_and_port(self) -> tuple[str, int]:
        """Return the address to listen on, taken apart."""
        host, _, port = self.bind.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def iris(self) -> Iris:
        """Return the addresses under the base."""
        return Iris.at(self.base)


_DEFAULTS: dict[str, Any] = {field.name: field.default for field in dataclasses.fields(Settings)}
_DEFAULT = Text("既定値", "default")
#: What stands in the file is about the project that it lies in.
_IN_FILE = tuple(name for name in _DEFAULTS if name != "project")
_MAY_BE_ZERO = ("rate", "cache_mib")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its value, what gave it, and the place if that is the project's file."""

    name: str
    value: Any
    origin: Text = _DEFAULT
    place: Place | None = None

    def require_usable(self) -> None:
        """Raise SettingError, naming the setting and what gave it, if its value is unusable."""
        if self.name == "base" and isinstance(self.value, str):
            Iris.at(self.value, self.place)
        elif not self._is_usable():
            raise self._unusable()

    def _is_usable(self) -> bool:
        kind = type(_DEFAULTS[self.name])
        if kind is int:
            least = 0 if self.name in _MAY_BE_ZERO else 1
            return type(self.value) is int and self.value >= least
        if self.name == "bind":
            return isinstance(self.value, str) and _is_socket(self.value)
        return isinstance(self.value, kind) and (self.name != "log" or self.value in _LOGS)

    def cast(self) -> Setting:
        """Return the setting with the value that its text stands for; raises SettingError."""
        try:
            return dataclasses.replace(self, value=type(_DEFAULTS[self.name])(self.value))
        except ValueError as error:
            raise self._unusable() from error

    def _unusable(self) -> SettingError:
        anywhere = _ANYWHERE.format(variable=_variable(self.name))
        where = anywhere if self.origin == _DEFAULT else self.origin
        return SettingError(
            Text(
                "設定 {key} の値「{value}」は使えません。",
                'Setting {key}: "{value}" cannot be used.',
            ).format(key=self.name, value=self.value),
            Text("{where} を直してください。", "Correct {where}.").format(where=where),
            self.place,
        )


_LOGS = ("text", "json")
_ANYWHERE = Text(
    "コマンドの引数、環境変数 {variable} 又は " + FILE,
    "the option, the environment variable {variable} or " + FILE,
)


def settings_in_force(environment: Mapping[str, str], **given: Any) -> tuple[Setting, ...]:
    """Return every setting: a given value, else `LODPUB_*`, else `lodpub.toml`, else the default.

    A given value of None counts as not given. The file is that of the project, if it has one;
    paths in it are seen from its directory. Raises SettingError naming the setting and its origin.
    """
    over = {one.name: one for one in _in_environment(environment)} | {
        name: Setting(name, value, Text("引数", "option") if name == "bind" else _same(f"--{name}"))
        for name, value in given.items()
        if value is not None
    }
    defaults = {name: Setting(name, value) for name, value in _DEFAULTS.items()}
    project = (defaults | over)["project"].value
    found = defaults | {one.name: one for one in _in_file(project)} | over
    for one in found.values():
        one.require_usable()
    return tuple(found.values())


def _in_environment(environment: Mapping[str, str]) -> Iterator[Setting]:
    for name in _DEFAULTS:
        variable = _variable(name)
        if variable in environment:
            yield Setting(name, environment[variable], _same(variable)).cast()


def _in_file(project: Path) -> Iterator[Setting]:
    path = project / FILE
    if not path.is_file():
        return
    text = _text(path)
    for name, value in _parsed(text, path).items():
        place = Place(str(path), _line(text, name))
        if name not in _IN_FILE:
            raise _unknown(name, place)
        setting = Setting(name, value, _same(str(place)), place)
        if isinstance(_DEFAULTS[name], Path) and isinstance(value, str):
            setting = dataclasses.replace(setting, value=project / value)
        yield setting


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingError(
            Text("文字コードがUTF-8ではありません。", "The file is not UTF-8."),
            Text("UTF-8で保存し直してください。", "Save it again as UTF-8."),
            Place(str(path)),
        ) from error


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise SettingError(
            Text("TOMLとして読めません（{why}）。", "This is no TOML ({why}).").format(why=error),
            Text(
                '「名前 = 値」と書き、文字列は "" で囲んでください。',
                'Write "name = value", and put texts in "".',
            ),
            Place(str(path), line),
        ) from error


def _line(text: str, name: str) -> int | None:
    """Return the line on which a key stands, as `name =` or as `[name]`; tomllib tells none."""
    key = re.compile(rf"""\s*\[*\s*["']?{re.escape(name)}["']?\s*[.=\]]""")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if key.match(line)), None)


def _unknown(name: str, place: Place) -> SettingError:
    return SettingError(
        Text("「{name}」という設定はありません。", 'There is no setting "{name}" here.').format(name=name),
        Text("書けるのは {names} です。", "There may be {names}.").format(names=", ".join(_IN_FILE)),
        place,
    )  # fmt: skip


def _variable(name: str) -> str:
    return f"LODPUB_{name.upper()}"


def _same(text: str) -> Text:
    return Text(text, text)


def _is_socket(value: str) -> bool:
    host, _, port = value.rpartition(":")
    return bool(host) and port.isascii() and port.isdecimal() and int(port) <= 65535
