"""The command `lodpub doctor`: a report about the linked data of any site."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from publish.cli.options import LANG, languages, reported, said
from publish.doctor.findings import FAMILIES
from publish.i18n import Language


@click.command("doctor")
@LANG
@click.argument("url")
@click.option("--dereference", is_flag=True, help="URIの参照解決だけ / only dereferencing")
@click.option("--harvest", is_flag=True, help="収集だけ / only harvesting")
@click.option("--sparql", is_flag=True, help="SPARQLだけ / only SPARQL")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json", "html"]), default="text",
    help="報告の形式 / form of the report",
)  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path), help="出力先 / file to write to")
@click.option(
    "--requests", type=click.IntRange(1), default=300, show_default=True,
    help="要求の数の上限 / most requests",
)  # fmt: skip
@click.option(
    "--seconds", type=click.FloatRange(1), default=120, show_default=True,
    help="時間の上限 / most seconds",
)  # fmt: skip
@click.option(
    "--also", multiple=True, metavar="HOST", help="訪ねてよい別のホスト / another host to visit"
)
@reported
def doctor_command(
    lang: Language | None,
    url: str,
    format_: str,
    output: Path | None,
    requests: int,
    seconds: float,
    also: tuple[str, ...],
    **only: bool,
) -> None:
    """どのサイトのリンクトデータでも診断する。/ Examine the linked data of any site.

    URL: トップページ、カタログ、事物、SPARQLエンドポイント / front page, catalogue, thing or endpoint.
    """
    from publish.doctor import diagnose, report  # no other command needs the checks
    from publish.doctor.http import Limits

    families = [family for family in FAMILIES if only[family]] or [*FAMILIES]
    limits = Limits(requests, seconds)
    with Console(stderr=True).status("") as status:
        diagnosis = diagnose.diagnose(
            url, diagnose.checks_of(families), limits, frozenset(also),
            lambda title: status.update(said(title, lang)),
        )  # fmt: skip
    if format_ == "json":
        content = report.as_json(diagnosis)
    elif format_ == "html":
        content = report.as_html(diagnosis, languages(lang))
    else:
        content = "\n".join(report.as_text(diagnosis, language) for language in languages(lang))
    if output:
        output.write_text(content, "utf-8")
        click.echo(said(report.summary(diagnosis), lang))
    else:
        click.echo(content, nl=False)
    sys.exit(0 if diagnosis.is_healthy else 1)
