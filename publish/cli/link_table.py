"""The command of `lodpub` that links somebody's table to what a release describes."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from publish.cli.options import LANG, RELEASES, put_out, reported, said, settings_from
from publish.errors import GridError, Place
from publish.i18n import Language, Text
from publish.release.release import current
from publish.tables.columns import Wish
from publish.tables.export_rdf import RELATIONS
from publish.tables.grid import Limits, shown
from publish.tables.headings import ADDRESS, CODE, NAME, REGION, ROLES
from publish.tables.job import CSV, OUTPUTS, ZIP, Assignment, Output, carried_out
from publish.tables.link import Linked
from publish.tables.read import ENCODINGS, too_large

#: Rows to look at that are listed; the files have all.
_LISTED = 10


@click.command("link")
@RELEASES
@LANG
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--format", "format_", type=click.Choice([one.suffix for one in OUTPUTS]),
    help="出力の形式（既定はCSV、場所がディレクトリなら全部） / form (default: csv; all into a directory)",
)  # fmt: skip
@click.option(
    "--output", type=click.Path(path_type=Path),
    help="出力先のファイル又はディレクトリ / file or directory to write to",
)  # fmt: skip
@click.option("--code", metavar="COL", help="コードの列 / column with codes")
@click.option("--name", metavar="COL", help="名称の列 / column with names")
@click.option("--address", metavar="COL", help="住所の列 / column with addresses")
@click.option(
    "--within", metavar="COL", help="都道府県や地域の列 / column with prefecture or region"
)
@click.option(
    "--type", "kinds", multiple=True, metavar="KIND", help="種別 / type, e.g. municipality"
)
@click.option(
    "--subject", metavar="TEMPLATE", help="行のURIの雛形 / the rows' URIs: https://…/{ID}"
)
@click.option(
    "--relation", type=click.Choice([*RELATIONS]), help="関係 / relation to what is linked"
)
@click.option("--encoding", type=click.Choice([*ENCODINGS]), help="文字コード / encoding of a CSV")
@click.option("--sheet", metavar="NAME", help="シート / sheet of a workbook")
@click.option(
    "--strict", is_flag=True, help="確認の要る行があれば1で終わる / exit 1 on rows to review"
)
@reported
def link_command(
    releases: Path | None,
    lang: Language | None,
    file: Path,
    format_: str | None,
    output: Path | None,
    strict: bool,
    **options: str | tuple[str, ...] | None,
) -> None:
    """手元の表をリリースと結び付ける。/ Link your table.

    FILE: コード、名称又は住所の列のある表 / a table with codes, names or addresses.
    """
    limits = Limits()
    if file.stat().st_size > limits.bytes:
        raise too_large(file.name, limits)
    release = current(settings_from(releases=releases).releases)
    assignment = _assignment(file.name, lang, options)
    with _bar() as bar:
        task = bar.add_task("", total=None)
        result = carried_out(
            assignment, file.read_bytes(), release.target, limits,
            lambda done, total: bar.update(task, completed=done, total=total),
        )  # fmt: skip
    for name in _written(result, format_, output):
        click.echo(said(_WROTE.format(file=name), lang), err=True)
    for line in _summary(result):
        click.echo(said(line, lang), err=True)
    sys.exit(1 if strict and result.table.counts["review"] else 0)


def _assignment(
    name: str, lang: Language | None, options: dict[str, str | tuple[str, ...] | None]
) -> Assignment:
    def one(option: str) -> str | None:
        value = options.get(option)
        return value if isinstance(value, str) else None

    roles = {"code": CODE, "name": NAME, "address": ADDRESS, "within": REGION}
    columns = {role: heading for option, role in roles.items() if (heading := one(option))}
    kinds = options.get("kinds")
    return Assignment(
        name,
        lang or "ja",
        Wish(columns, kinds if isinstance(kinds, tuple) else ()),
        encoding=one("encoding"),
        sheet=one("sheet"),
        template=one("subject"),
        relation=one("relation"),
    )


def _bar() -> Progress:
    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _written(result: Output, format_: str | None, output: Path | None) -> list[Path]:
    """Write what is wanted; return the files that were written."""
    if output and (output.is_dir() or not (format_ or output.suffix)):
        output.mkdir(parents=True, exist_ok=True)
        parts = result.parts() if format_ in (None, ZIP) else [_part(result, format_ or "")]
        files = [(output / name, content) for name, content in parts]
        for path, content in files:
            path.write_bytes(content)
        return [path for path, _ in files]
    suffix = format_ or _suffix_of(output)
    put_out(result.write(suffix), output)
    return [output] if output else []


def _part(result: Output, suffix: str) -> tuple[str, bytes]:
    return result.name(suffix), result.write(suffix)


def _suffix_of(output: Path | None) -> str:
    """Return the form that the name of a file asks for, the longest first."""
    if output is None:
        return CSV
    ordered = sorted((one.suffix for one in OUTPUTS), key=len, reverse=True)
    found = next((one for one in ordered if output.name.endswith(f".{one}")), None)
    if found is None:
        raise GridError(
            Text("出力の形式が分かりません。", "The form to write is unknown."),
            Text("--format で指定してください。", "Give --format."),
            Place(str(output)),
        )
    return found


def _summary(result: Output) -> list[Text]:
    table = result.table
    counts = table.counts
    lines = [_READ.format(file=table.grid.name, form=table.grid.form.label)]
    lines += [
        _USED.format(
            role=ROLES[use.role], heading=shown(table.grid.headings[use.column]), why=use.why
        )
        for use in table.layout.uses
    ]
    lines += [*table.grid.notes, *table.layout.notes]
    lines += [_RELATED.format(relation=result.relation.iri, why=result.relation.why)]
    lines += list(_to_review(table))
    return [
        *lines,
        _COUNTS.format(
            rows=len(table.outcomes),
            matched=counts["matched"],
            review=counts["review"],
            unmatched=counts["unmatched"],
        ),
    ]


def _to_review(table: Linked) -> list[Text]:
    pairs = zip(table.grid.rows, table.outcomes, strict=True)
    rows = [(row, outcome) for row, outcome in pairs if outcome.state == "review"]
    lines = [_ROW.format(line=row.line, why=outcome.reason) for row, outcome in rows[:_LISTED]]
    more = len(rows) - _LISTED
    return [*lines, _MORE.format(count=more)] if more > 0 else lines


_WROTE = Text("{file} に書き出しました。", "Wrote {file}.")
_READ = Text("{file}：{form}として読みました。", "{file}: read as {form}.")
_USED = Text("{role}：「{heading}」（{why}）", "{role}: {heading} ({why})")
_RELATED = Text("関係：{relation}（{why}）", "relation: {relation} ({why})")
_ROW = Text("要確認 {line}行目：{why}", "to review, line {line}: {why}")
_MORE = Text("要確認の行は、ほかに{count}行あります。", "More rows to review: {count}.")
_COUNTS = Text(
    "{rows}行のうち、結び付いた行 {matched}、要確認 {review}、合うもののない行 {unmatched}。",
    "{rows} rows: {matched} linked, {review} to review, {unmatched} without a match.",
)
