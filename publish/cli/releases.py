"""Commands of `lodpub` about releases: list, compare and verify them."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text as Plain

from publish.cli.options import LANG, RELEASES, languages, reported, said, settings_from
from publish.i18n import Language, Text
from publish.release import diff, history
from publish.release.release import all_of, current_id, make_current
from publish.release.verify.findings import Finding, Limits
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
        findings = list(verify(directory.resolve(), limits, content_hash))
    _print_findings(findings, lang)
    sys.exit(0 if all(finding.fine is not False for finding in findings) else 1)


def _print_findings(findings: list[Finding], lang: Language | None) -> None:
    table = Table(*(said(column, lang) for column in _VERIFIED), box=None, header_style="")
    for finding in findings:
        texts = (finding.what, _FATES[finding.fine], finding.found)
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
