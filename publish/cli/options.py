"""What every command of `lodpub` shares: its options, its languages, how it reports errors.

Exit code 0: fine; 1: the data or the request is wrong; 2: wrong usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from publish.errors import LodpubError, SettingError
from publish.i18n import LANGUAGES, Language, Text
from publish.settings import Setting, Settings, settings_in_force

Command = Callable[..., Any]
PROJECT = click.option(
    "--project",
    type=click.Path(path_type=Path),
    help="プロジェクトの場所 / the project's directory",
)
RELEASES = click.option(
    "--releases",
    type=click.Path(path_type=Path),
    help="リリースの置き場所 / where releases are kept",
)
BASE = click.option("--base", metavar="URL", help="公開URL / the base: where the data is published")
LANG = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="表示の言語（既定は両方）/ language (default: both)",
)


def said(text: Text, language: Language | None) -> str:
    """Return a text in one language, or in both if none is chosen."""
    return text.in_(language) if language else str(text)


def languages(chosen: Language | None) -> tuple[Language, ...]:
    """Return the languages in which something longer is told: the chosen one, or both."""
    return (chosen,) if chosen else LANGUAGES


def put_out(content: bytes, output: Path | None) -> None:
    """Write bytes to a file, or to standard output if there is none."""
    if output:
        output.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def reported(command: Command) -> Command:
    """Return a command that prints this program's errors, both languages by default, and exits."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except BrokenPipeError:
            raise  # whoever reads our output has enough; click ends quietly
        except (LodpubError, OSError) as error:
            chosen: Language | None = options.get("lang")
            problem = error if isinstance(error, LodpubError) else _unreadable(error)
            for language in languages(chosen):
                click.echo(problem.said(language), err=True)
            sys.exit(2 if isinstance(error, SettingError) else 1)

    return run


def _unreadable(error: OSError) -> LodpubError:
    what = Text("ファイルが読み書きできません（{why}）。", "Cannot read or write a file ({why}).")
    remedy = Text("場所と権限を確かめてください。", "Check its place and permissions.")
    return LodpubError(what.format(why=error), remedy)


def settings_from(**given: Any) -> Settings:
    """Return the settings of project and environment, overridden by the options given."""
    return Settings.read(os.environ, **given)


def in_force(**given: Any) -> tuple[Setting, ...]:
    """Return those settings one by one, each with what gave it."""
    return settings_in_force(os.environ, **given)
