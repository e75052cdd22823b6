"""The command `lodpub fingerprint`: of a source's text, what shows copied sentences without the text."""

from __future__ import annotations

from pathlib import Path

import click

from publish.cli.options import LANG, put_out, reported
from publish.i18n import Language
from publish.project.copied import fingerprint_of
from publish.project.turtle_files import read_text


@click.command("fingerprint")
@LANG
@click.argument("text", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="出力先 / file to write to")
@reported
def fingerprint_command(lang: Language | None, text: Path, output: Path | None) -> None:
    """出典の文の写しを見つけるための照合用ファイルを作る。/ Make what shows copied sentences.

    TEXT: 出典のテキスト（UTF-8） / the text of the source (UTF-8).
    data/グラフ名.fingerprint.json に置く / belongs into data/GRAPH.fingerprint.json.
    """
    put_out(fingerprint_of(read_text(text, Path())).as_json().encode(), output)
