"""Commands of `lodpub links`: look after the links to the data of others."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from publish.console import BASE, LANG, PROJECT, RELEASES, reported, settings_from
from publish.languages import LANGUAGES, Language


@click.group("links")
def links_command() -> None:
    """他のデータへのリンクを保つ。/ Look after the links to the data of others."""


@links_command.command("check")
@PROJECT
@RELEASES
@BASE
@LANG
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text",
    help="報告の形式 / form of the report",
)  # fmt: skip
@reported
def check_command(
    project: Path | None,
    releases: Path | None,
    base: str | None,
    lang: Language | None,
    format_: str,
) -> None:
    """リンクを検査する。/ Check the links.

    --project があればその元データ、なければ現在のリリースを調べる。
    With --project, its sources are checked; without, the current release.
    """
    from publish import upkeep  # only this command needs the checks
    from publish.release import current

    settings = settings_from(project=project, releases=releases, base=base)
    if project is not None:
        found = upkeep.of_project(settings.project, settings.iris)
    else:
        release = current(settings.releases)
        found = upkeep.of_quads(release.store, release.iris, release.withdrawn)
    if format_ == "json":
        click.echo(upkeep.as_json(found), nl=False)
    else:
        for language in (lang,) if lang else LANGUAGES:
            click.echo(upkeep.as_text(found, language), nl=False)
    sys.exit(0 if found.conforms else 1)
