"""The settings: one frozen object, from defaults, `LODPUB_*` variables and the command line.

This is the only module that reads the environment.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.errors import SettingError
from publish.i18n import Text
from publish.iris import Iris


@dataclass(frozen=True, slots=True)
class Settings:
    """How to build and serve; each field is also an environment variable `LODPUB_<NAME>`."""

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
        Iris.at(self.base)
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if isinstance(value, int) and value < (0 if field.name in ("rate", "cache_mib") else 1):
                raise _unusable(field.name, value)
        if self.log not in ("text", "json"):
            raise _unusable("log", self.log)
        self.host_and_port()

    @classmethod
    def read(cls, environment: Mapping[str, str], **given: Any) -> Settings:
        """Return the settings from `LODPUB_*` variables, overridden by the values `given`.

        A given value of None counts as not given. Raises SettingError naming the setting.
        """
        fields = {field.name: field for field in dataclasses.fields(cls)}
        values: dict[str, Any] = {}
        for name, text in environment.items():
            key = name.removeprefix("LODPUB_").lower()
            if name.startswith("LODPUB_") and key in fields:
                values[key] = _cast(key, fields[key].default, text)
        values.update({key: value for key, value in given.items() if value is not None})
        return cls(**values)

    def host_and_port(self) -> tuple[str, int]:
        """Return the address to listen on, taken apart."""
        host, _, port = self.bind.rpartition(":")
        if not host or not port.isdecimal() or int(port) > 65535:
            raise _unusable("bind", self.bind)
        return host.strip("[]"), int(port)

    @property
    def iris(self) -> Iris:
        """Return the addresses under the base."""
        return Iris.at(self.base)


def _cast(key: str, default: Any, text: str) -> Any:
    try:
        return type(default)(text) if not isinstance(default, Path) else Path(text)
    except ValueError as error:
        raise _unusable(key, text) from error


def _unusable(key: str, value: object) -> SettingError:
    return SettingError(
        Text(
            "設定 {key} の値「{value}」は使えません。", 'Setting {key}: "{value}" cannot be used.'
        ).format(key=key, value=value),
        Text(
            "コマンドの引数又は環境変数 LODPUB_{name} を直してください。",
            "Correct the option or the environment variable LODPUB_{name}.",
        ).format(name=key.upper()),
    )
