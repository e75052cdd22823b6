"""Commands of `lodpub links`: look after the links to the data of others."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pyoxigraph as ox
from rich.console import Console

from publish.cli.options import (
    BASE,
    LANG,
    PROJECT,
    RELEASES,
    languages,
    put_out,
    reported,
    said,
    settings_from,
)
from publish.errors import LodpubError, Place
from publish.i18n import Language, Text
from publish.iris import KEY
from publish.linksets import accept, propose, validate
from publish.linksets.accept import Description, Terms
from publish.linksets.links import Crosslinks, crosslinks_of
from publish.linksets.target_data import read_entries
from publish.project.dataset import CATALOG, Dataset, read_dataset
from publish.rdf import namespaces as ns
from publish.rdf.terms import is_iri, narrowed, node, triples
from publish.release.release import Release, current
from publish.tables.grid import Limits
from publish.tables.read import read_table, too_large

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_OUTPUT = click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False),
    help="出力先のファイル / file to write to",
)  # fmt: skip


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
    settings = settings_from(project=project, releases=releases, base=base)
    if project is not None:
        found = validate.of_project(settings.project, settings.iris)
    else:
        release = current(settings.releases)
        found = validate.of_quads(release.store, release.iris, release.withdrawn)
    if format_ == "json":
        click.echo(validate.as_json(found), nl=False)
    else:
        for language in languages(lang):
            click.echo(validate.as_text(found, language), nl=False)
    sys.exit(0 if found.conforms else 1)


# -- Proposing ------------------------------------------------------------------------------------


@links_command.command("propose")
@RELEASES
@LANG
@click.argument("source", metavar="DUMP|CSV", type=_FILE)
@click.option(
    "--type", "kinds", multiple=True, metavar="KIND",
    help="対応させる種別 / type of our things, e.g. municipality",
)  # fmt: skip
@click.option(
    "--target", metavar="IRI",
    help="相手のデータセット、又はIRIの先頭 / their data set, or how its IRIs begin",
)  # fmt: skip
@_OUTPUT
@reported
def propose_command(
    releases: Path | None,
    lang: Language | None,
    source: Path,
    kinds: tuple[str, ...],
    target: str | None,
    output: Path | None,
) -> None:
    """リンクの候補を、人が確かめる表にする。/ Propose links, as a table to review.

    DUMP|CSV: 相手のダンプ（ttl nt nq trig jsonld rdf、.gzも可）、又はIRIと名称の表。
    Their dump, also packed with gzip, or a table with IRIs and names.
    """
    release = current(settings_from(releases=releases).releases)
    unknown = sorted({*kinds} - {kind.segment for kind in release.shapes.kinds})
    if unknown:
        raise click.BadParameter(unknown[0], param_hint="--type")
    content = crosslinks_of(list(_content(release)), release.iris)
    with Console(stderr=True).status("") as status:
        entries = read_entries(source, _wanted(content, target))
        found = propose.proposed(
            entries,
            release.matcher,
            _points(release),
            kinds,
            (link.object for link in content.outgoing),
            lambda done: status.update(f"{done:,} / {len(entries):,}"),
        )
    table = propose.as_table(found, lang or "ja")
    put_out(table, output)
    click.echo(said(propose.summary(found), lang), err=True)


def _content(
    release: Release,
) -> list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    catalog = node(release.iris.graph(CATALOG))
    return [narrowed(quad) for quad in release.store if quad.graph_name != catalog]


def _wanted(content: Crosslinks, target: str | None) -> Callable[[str], bool]:
    """Return what tells whether an IRI of a dump is one of the wanted data set, and not ours."""
    known = content.targets.get(target or "")
    patterns = [re.compile(pattern) for pattern in known.patterns] if known else []
    begins = (known.spaces if known else ()) or ((target,) if target else ("http",))

    def wanted(iri: str) -> bool:
        fits = not patterns or any(pattern.search(iri) for pattern in patterns)
        return fits and iri.startswith(begins) and content.iris.relative(iri) is None

    return wanted


def _points(release: Release) -> Callable[[str], propose.Point | None]:
    """Return what gives the position of a thing of a release."""
    latitudes, longitudes = (
        {s.value: o.value for s, _, o in triples(release.store, None, node(ns.WGS + name))}
        for name in ("lat", "long")
    )

    def point(iri: str) -> propose.Point | None:
        if iri not in latitudes or iri not in longitudes:
            return None
        return float(latitudes[iri]), float(longitudes[iri])

    return point


# -- Accepting ------------------------------------------------------------------------------------


@links_command.command("accept")
@PROJECT
@BASE
@LANG
@click.argument("table", type=_FILE)
@click.option("--linkset", "key", required=True, metavar="KEY", help="キー / key of the linkset")
@click.option("--target", required=True, metavar="IRI", help="相手のデータセット / their data set")
@click.option("--method-ja", required=True, help="作成方法（日本語） / method, in Japanese")
@click.option("--method-en", required=True, help="作成方法（英語） / method, in English")
@click.option(
    "--confidence", required=True, type=click.Choice(["high", "medium", "low"]),
    help="確度 / how sure the links are",
)  # fmt: skip
@click.option("--title-ja", help="相手の名称（日本語） / name of their data set, in Japanese")
@click.option("--title-en", help="相手の名称（英語） / name of their data set, in English")
@click.option("--license", metavar="IRI", help="相手の利用条件 / licence of their data set")
@_OUTPUT
@click.option("--force", is_flag=True, help="既にあるファイルを書き換える / replace a file")
@reported
def accept_command(
    project: Path | None,
    base: str | None,
    lang: Language | None,
    table: Path,
    output: Path | None,
    force: bool,
    **given: str | None,
) -> None:
    """採用した候補をリンクセットにする。/ Turn accepted candidates into a linkset.

    TABLE: 「採用」の欄に記入した表（CSV、XLSX） / the reviewed table (CSV, XLSX).
    """
    settings = settings_from(project=project, base=base)
    if not re.fullmatch(KEY, given["key"] or ""):
        raise click.BadParameter(given["key"] or "", param_hint="--linkset")
    for name in ("target", "license"):
        iri = given[name]
        if iri is not None and not (iri.startswith(("http://", "https://")) and is_iri(iri)):
            raise click.BadParameter(iri, param_hint=f"--{name}")
    written = output or settings.project / "data" / f"links.{given['key']}.ttl"
    if written.exists() and not force:
        raise LodpubError(_EXISTS, _REPLACE, Place(str(written)))
    limits = Limits()
    if table.stat().st_size > limits.bytes:
        raise too_large(table.name, limits)
    grid = read_table(table.read_bytes(), table.name, limits)
    accepted = accept.accepted_rows(grid, settings.iris)
    dataset = read_dataset(settings.project, settings.iris)
    text = accept.as_turtle(accepted, _description(dataset, given), _terms(dataset), settings.iris)
    written.write_text(text, "utf-8")
    click.echo(said(_WROTE.format(links=len(accepted), file=written), lang))
    sys.exit(_checked(validate.of_project(settings.project, settings.iris), written, lang))


def _description(dataset: Dataset, given: dict[str, str | None]) -> Description:
    target = given["target"] or ""
    stated = {
        (predicate.value, getattr(object_, "language", None)): object_.value
        for subject, predicate, object_ in dataset.found
        if subject.value == target
    }
    title = Text(
        given["title_ja"] or stated.get((ns.DCTERMS + "title", "ja"), ""),
        given["title_en"] or stated.get((ns.DCTERMS + "title", "en"), ""),
    )
    if not title.ja or not title.en:
        raise LodpubError(_NO_TITLE.format(target=target), _GIVE_TITLE)
    return Description(
        given["key"] or "",
        target,
        title,
        Text(given["method_ja"] or "", given["method_en"] or ""),
        given["confidence"] or "",
        is_new=not stated,
        license=given["license"],
    )


def _terms(dataset: Dataset) -> Terms:
    declared = [
        triple[0].value for triple, (graph, _) in dataset.found.items() if graph == "ontology"
    ]
    return Terms.among([*declared, *(triple[0].value for triple in dataset.borrowed)])


def _checked(found: validate.Upkeep, written: Path, lang: Language | None) -> int:
    """Tell what is wrong with the links that were written; return the exit code."""
    file, failed = written.name, False
    for one in found.found:
        if any(Path(place.file).name == file for place in one.places):
            failed = failed or one.flaw.severity == "error"
            for language in languages(lang):
                click.echo(validate.line_of(one, language), err=True)
    return 1 if failed else 0


_WROTE = Text("{links}件のリンクを {file} に書き出しました。", "Wrote {links} links to {file}.")
_EXISTS = Text("ファイルが既にあります。", "The file exists.")
_REPLACE = Text(
    "書き換えるときは --force を付けてください。", "Give --force if it is to be replaced."
)
_NO_TITLE = Text(
    "リンク先「{target}」の名称が分かりません。", 'What "{target}" is called is not known.'
)
_GIVE_TITLE = Text(
    "--title-ja と --title-en で指定してください。", "Give --title-ja and --title-en."
)
