"""Commands of `lodpub` that look at what is published: here, or anywhere on the web."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text as Plain

from publish.cli.options import LANG, RELEASES, languages, reported, said, settings_from
from publish.doctor.findings import FAMILIES
from publish.i18n import LANGUAGES, Language, Text
from publish.release import diff, history
from publish.release.release import all_of, current_id, make_current
from publish.release.verify.findings import Check, Limits
from publish.release.verify.verify import verify
from publish.shacl.shapes import prefixes_of


@click.command("diff")
@RELEASES
@LANG
@click.argument("old")
@click.argument("new")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json", "turtle"]), default="text",
    help="比較の形式 / form of the comparison",
)  # fmt: skip
@reported
def diff_command(
    releases: Path | None, lang: Language | None, old: str, new: str, format_: str
) -> None:
    """二つのリリースを比べる。/ Compare two releases.

    OLD, NEW: リリースのID、current、又は場所 / ids of releases, "current", or directories.
    """
    directory = settings_from(releases=releases).releases
    sides = history.opened(directory, old), history.opened(directory, new)
    difference = history.between(directory, *sides)
    shapes = sides[1].shapes
    prefixes = prefixes_of(shapes)
    if format_ == "json":
        click.echo(diff.as_json(difference).decode(), nl=False)
    elif format_ == "turtle":
        click.echo(diff.as_turtle(difference, prefixes), nl=False)
    else:
        click.echo(diff.as_text(difference, shapes, prefixes, lang), nl=False)
    for problem in history.problems(difference):
        for language in languages(lang):
            click.echo(problem.said(language), err=True)


_FATES = {
    True: Text("正しい", "ok"),
    False: Text("誤り", "failed"),
    None: Text("未確認", "not checked"),
}
_VERIFIED = (Text("項目", "check"), Text("結果", "result"), Text("内容", "what was found"))


@click.command("verify")
@LANG
@click.argument("source", metavar="URL|DIR")
@click.option(
    "--max-mib", type=click.IntRange(1), default=512, show_default=True,
    help="読むバイト数の上限（MiB） / most MiB to read",
)  # fmt: skip
@click.option(
    "--content-hash",
    metavar="HEX",
    help="別に知っている内容のハッシュ値 / hash known from elsewhere",
)
@reported
def verify_command(
    source: str, lang: Language | None, max_mib: int, content_hash: str | None
) -> None:
    """リリースの全バイトを確かめる。/ Verify a release, trusting no server.

    URL: マニフェスト（…/release/ID.json）、カタログ、公開URL / manifest, catalogue or base.
    DIR: リリース、又はダンプとSHA256SUMS / a release, or dumps with SHA256SUMS.
    """
    limits = Limits(bytes=max_mib << 20)
    with TemporaryDirectory(prefix="lodpub-") as temporary:
        directory = Path(source)
        if "://" in source:
            from publish.release.verify.download import (
                download,  # no other command talks to servers
            )

            directory = Path(temporary)
            download(source, directory, limits)
        elif not directory.is_dir():
            raise click.BadParameter(source, param_hint="URL|DIR")
        checks = list(verify(directory.resolve(), limits, content_hash))
    _print_checks(checks, lang)
    sys.exit(0 if all(check.fine is not False for check in checks) else 1)


def _print_checks(checks: list[Check], lang: Language | None) -> None:
    table = Table(*(said(column, lang) for column in _VERIFIED), box=None, header_style="")
    for check in checks:
        texts = (check.what, _FATES[check.fine], check.found)
        table.add_row(*(Plain(_without_repeat(text, lang)) for text in texts))
    console = Console()
    # where no one looks at a terminal, a row is a line
    console.width = console.width if console.is_terminal else _WIDE
    console.print(table)


def _without_repeat(text: Text, lang: Language | None) -> str:
    """Return a text in both languages, but a hash or a list of names only once."""
    return said(text, lang or ("ja" if text.ja == text.en else None))


#: Columns of a line that no terminal shows.
_WIDE = 400


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
    from publish.doctor import diagnose
    from publish.doctor import report as diagnoses  # no other command needs the checks
    from publish.doctor.http import Limits as Visiting

    families = [family for family in FAMILIES if only[family]] or [*FAMILIES]
    limits = Visiting(requests, seconds)
    with Console(stderr=True).status("") as status:
        diagnosis = diagnose.diagnose(
            url, diagnose.checks_of(families), limits, frozenset(also),
            lambda title: status.update(said(title, lang)),
        )  # fmt: skip
    languages: tuple[Language, ...] = (lang,) if lang else LANGUAGES
    if format_ == "json":
        report = diagnoses.as_json(diagnosis)
    elif format_ == "html":
        report = diagnoses.as_html(diagnosis, languages)
    else:
        report = "\n".join(diagnoses.as_text(diagnosis, language) for language in languages)
    if output:
        output.write_text(report, "utf-8")
        click.echo(said(diagnoses.summary(diagnosis), lang))
    else:
        click.echo(report, nl=False)
    sys.exit(0 if diagnosis.is_healthy else 1)


@click.command("releases")
@RELEASES
@LANG
@click.option("--switch", metavar="ID", help="公開するリリースを切り替える / make this one current")
@reported
def releases_command(releases: Path | None, lang: Language | None, switch: str | None) -> None:
    """リリースを一覧し、公開するものを選ぶ。/ List the releases, or switch."""
    directory = settings_from(releases=releases).releases
    if switch:
        make_current(directory, switch)
    chosen = current_id(directory)
    table = Table()
    for heading in _COLUMNS:
        name = heading.in_(lang) if lang else f"{heading.ja}\n{heading.en}"
        table.add_column(name, overflow="fold", no_wrap=heading is _COLUMNS[0])
    for manifest in all_of(directory):
        mark = "●" if manifest.release == chosen else ""
        cells = (
            manifest.version or "",
            manifest.modified or "",
            str(manifest.triples),
            manifest.base,
        )
        table.add_row(manifest.release, mark, *cells)
    Console().print(table)


_COLUMNS = (
    Text("リリース", "release"), Text("現在", "current"), Text("版", "version"),
    Text("更新日", "modified"), Text("文の数", "triples"), Text("公開URL", "base"),
)  # fmt: skip
