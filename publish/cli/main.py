"""The command `lodpub`: parse arguments, call one function, map errors to exit codes.

Exit code 0: fine; 1: the data or the request is wrong; 2: wrong usage.
"""

from __future__ import annotations

import logging
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from publish import __version__
from publish.build import CATALOG_SOURCE, Built, build, check, require_conformance
from publish.cli.doctor import doctor_command
from publish.cli.fingerprint import fingerprint_command
from publish.cli.init import init_command
from publish.cli.link_table import link_command
from publish.cli.linksets import links_command
from publish.cli.options import (
    BASE,
    LANG,
    PROJECT,
    RELEASES,
    in_force,
    languages,
    put_out,
    reported,
    said,
    settings_from,
)
from publish.cli.releases import diff_command, releases_command, verify_command
from publish.errors import LodpubError, Problem, ReleaseError
from publish.formats import RDF_FORMATS
from publish.i18n import Language, Text
from publish.iris import Iris
from publish.linksets.target_data import missing_targets
from publish.project.stamp import Stamp, read_stamp, write_stamp
from publish.rdf.canonical import content_hash
from publish.release.history import vanished
from publish.release.parts import WHOLE
from publish.release.release import current, current_id
from publish.settings import Settings
from publish.shacl import report as reports


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="lodpub")
def main() -> None:
    """リンクトオープンデータを検証し、公開する。/ Validate and publish linked open data."""
    for name in ("rdflib.term", "pyshacl-validate"):
        logging.getLogger(name).disabled = True  # our own messages say it, with the place


main.add_command(init_command)
main.add_command(releases_command)
main.add_command(diff_command)
main.add_command(verify_command)
main.add_command(doctor_command)
main.add_command(links_command)
main.add_command(link_command)
main.add_command(fingerprint_command)


@main.command("settings")
@PROJECT
@RELEASES
@BASE
@LANG
@reported
def settings_command(lang: Language | None, **given: Any) -> None:
    """設定の値と、それぞれの出所を示す。/ Show each setting and where it comes from."""
    told = in_force(**given)
    name_width = max(len(one.name) for one in told)
    value_width = max(len(str(one.value)) for one in told)
    for one in told:
        origin = said(one.origin, lang) if one.origin.ja != one.origin.en else one.origin.en
        click.echo(f"{one.name:<{name_width}}  {one.value!s:<{value_width}}  {origin}")


@main.command("validate")
@PROJECT
@BASE
@LANG
@click.option(
    "--format", "format_", type=click.Choice(["text", "json", "turtle", "html"]), default="text",
    help="報告の形式 / form of the report",
)  # fmt: skip
@click.option(
    "--against", multiple=True, metavar="DUMP", type=click.Path(path_type=Path),
    help="リンク先のダンプ：実在も確かめる / dump of the data linked to: are the targets there?",
)  # fmt: skip
@click.option(
    "--strict", is_flag=True, help="注意や警告があれば失敗とする / exit 1 on a note or warning"
)
@reported
def validate_command(
    project: Path | None,
    base: str | None,
    lang: Language | None,
    format_: str,
    against: tuple[Path, ...],
    strict: bool,
) -> None:
    """データを検証し、結果を報告する。/ Validate the data and report."""
    settings = settings_from(project=project, base=base)
    checked = check(settings)
    report, missing = checked.report, missing_targets(checked.dataset, against)
    if format_ == "json":
        click.echo(reports.as_json(report), nl=False)
    elif format_ == "turtle":
        click.echo(reports.as_turtle(report, settings.iris), nl=False)
    elif format_ == "html":
        click.echo(reports.as_html(report, lang or "ja"), nl=False)
    else:
        for language in languages(lang):
            click.echo(reports.as_text(report, language), nl=False)
    notes = checked.notes
    for problem in (*missing, *map(_as_note, notes)):
        for language in languages(lang):
            click.echo(problem.said(language), err=True)
    doubtful = strict and (notes or report.of("Warning"))
    sys.exit(0 if report.conforms and not missing and not doubtful else 1)


def _as_note(problem: Problem) -> Problem:
    return replace(problem, what=_NOTE.format(what=problem.what))


@main.command("build")
@PROJECT
@RELEASES
@BASE
@LANG
@click.option(
    "--strict", is_flag=True,
    help="注意があれば失敗とする（切替えは行う）/ exit 1 on a note; the release is switched all the same",
)  # fmt: skip
@reported
def build_command(
    project: Path | None,
    releases: Path | None,
    base: str | None,
    lang: Language | None,
    strict: bool,
) -> None:
    """リリースを作り、公開対象を切り替える。/ Make a release and switch to it."""
    settings = settings_from(project=project, releases=releases, base=base)
    previous = current_id(settings.releases)
    built = _built(settings, lang)
    click.echo(said(_BUILT.format(manifest=built.manifest), lang))
    notes = [_as_note(one).said(language) for one in built.notes for language in languages(lang)]
    notes += [] if built.is_stamped else [said(_STALE, lang)]
    lost = vanished(settings.releases, previous, built.manifest.release)
    notes += [one.said(language) for one in lost for language in languages(lang)]
    for note in notes:
        click.echo(note, err=True)
    sys.exit(1 if strict and notes else 0)


def _built(settings: Settings, lang: Language | None) -> Built:
    """Build with the progress shown on a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        return build(settings)
    with console.status("") as status:
        return build(settings, lambda text: status.update(said(text, lang)))


_BUILT = Text(
    "リリース {manifest.release} を作成しました（{manifest.triples}件の文、公開URL {manifest.base}）。",
    "Built release {manifest.release} ({manifest.triples} triples, base {manifest.base}).",
)
_NOTE = Text("注意：{what}", "Note: {what}")
_STALE = Text(
    "注意：内容が変わりましたが、data/catalog.ttl の日付と版は前のままです。"
    "「lodpub stamp --date 日付 --version 版」で更新してください。",
    "Note: the content has changed, but date and version in data/catalog.ttl have not. "
    'Renew them with "lodpub stamp --date D --version V".',
)


@main.command("stamp")
@PROJECT
@LANG
@click.option("--date", required=True, help="更新日 YYYY-MM-DD / date of the data")
@click.option("--version", required=True, help="版 / version, e.g. 1.1.0")
@reported
def stamp_command(project: Path | None, lang: Language | None, date: str, version: str) -> None:
    """内容の日付と版を data/catalog.ttl に記す。/ Write date and version."""
    settings = settings_from(project=project)
    checked = check(settings)
    require_conformance(checked.report)
    hashed = content_hash(checked.dataset.quads(), settings.base)
    catalog = settings.project / CATALOG_SOURCE
    write_stamp(catalog, Stamp(date, version, hashed))
    written = read_stamp(catalog, settings.iris)
    text = Text("{date}、版 {version} を記録しました。", "Stamped {date}, version {version}.")
    click.echo(said(text.format(date=written.modified, version=written.version), lang))


@main.command("serve")
@RELEASES
@LANG
@click.option("--host", help="待ち受けるアドレス / address to listen on")
@click.option("--port", type=int, help="待ち受けるポート / port to listen on")
@reported
def serve_command(
    releases: Path | None, lang: Language | None, host: str | None, port: int | None
) -> None:
    """現在のリリースを公開する。/ Serve the current release over HTTP."""
    from server import serve  # the web faces are not needed by the other commands

    plain = settings_from(releases=releases)
    old_host, old_port = plain.host_and_port()
    bind = f"{_bracketed(host or old_host)}:{port if port is not None else old_port}"
    settings = settings_from(releases=releases, bind=bind)
    manifest = current(settings.releases).manifest
    text = Text(
        "{url} で公開しています（リリース {release}）。Ctrl-C で終わります。",
        "Serving release {release} on {url}. Press Ctrl-C to stop.",
    ).format(url=f"http://{bind}{Iris.at(manifest.base).root}", release=manifest.release)
    serve(settings, lambda: click.echo(said(text, lang)))


def _bracketed(host: str) -> str:
    """Return a host as it stands before a port: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host


@main.command("query")
@RELEASES
@LANG
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option(
    "--endpoint", metavar="URL", help="SPARQLエンドポイント / any SPARQL endpoint instead"
)
@click.option(
    "--format", "format_", default="table",
    type=click.Choice(["table", "json", "xml", "csv", "tsv", *(f.suffix for f in RDF_FORMATS)]),
    help="結果の形式 / form of the results",
)  # fmt: skip
@reported
def query_command(
    releases: Path | None, lang: Language | None, file: Any, endpoint: str | None, format_: str
) -> None:
    """SPARQLの照会文を実行する（「-」は標準入力）。/ Run a query; "-" is standard input."""
    from publish.cli.query import ask_endpoint, ask_release  # engines are loaded on demand

    text = file.read()
    if endpoint:
        answer = ask_endpoint(endpoint, text, format_)
    else:
        answer = ask_release(settings_from(releases=releases), text, format_)
    put_out(answer, None)


@main.command("dump")
@RELEASES
@LANG
@click.option(
    "--format", "format_", type=click.Choice([f.suffix for f in RDF_FORMATS]), default="ttl",
    help="形式 / format",
)  # fmt: skip
@click.option(
    "--dataset", default=WHOLE, show_default=True, help="データセットの名前 / name of the data set"
)
@click.option(
    "--file",
    metavar="NAME",
    help="ファイル名で選ぶ（例 places.ttl.zst、SHA256SUMS） / any dump by its name",
)
@click.option("--list", "listed", is_flag=True, help="ファイルの一覧 / list the files")
@click.option(
    "--output", type=click.Path(path_type=Path), help="出力先のファイル / file to write to"
)
@reported
def dump_command(
    releases: Path | None,
    lang: Language | None,
    format_: str,
    dataset: str,
    file: str | None,
    listed: bool,
    output: Path | None,
) -> None:
    """現在のリリースのダンプを書き出す。/ Write a dump of the current release."""
    release = current(settings_from(releases=releases).releases)
    if listed:
        for one in release.manifest.dumps():
            click.echo(f"{one.size:>12}  {one.path.removeprefix('dump/')}")
        return
    name = file or f"{dataset}.{format_}"
    if release.manifest.file(f"dump/{name}") is None:
        raise _no_dump(name)
    path = release.path / "dump" / name
    with path.open("rb") as source:
        if output is None:
            shutil.copyfileobj(source, sys.stdout.buffer)
            return
        with output.open("wb") as target:
            shutil.copyfileobj(source, target)
    click.echo(said(Text("{file} に書き出しました。", "Wrote {file}.").format(file=output), lang))


def _no_dump(name: str) -> LodpubError:
    return ReleaseError(
        Text("ダンプ「{name}」はありません。", 'There is no dump "{name}".').format(name=name),
        Text("「lodpub dump --list」で確かめてください。", 'See "lodpub dump --list".'),
    )
