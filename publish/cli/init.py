"""The command that begins a project for somebody else's data: `lodpub init`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from publish.cli import new_project
from publish.cli.options import LANG, RELEASES, languages, reported, said, settings_from
from publish.errors import SettingError
from publish.i18n import LANGUAGES, Language, Text
from publish.iris import Iris
from publish.release.release import Release, current, current_id
from publish.search.codes import read_code

#: Beside a server on the usual port, whose data are the ones to share when one tries it.
#: Another name of this machine, so that nobody takes the two for one site.
_DEFAULT_BASE = "http://localhost:8001/"


@click.command("init")
@click.argument("directory", type=click.Path(path_type=Path))
@RELEASES
@LANG
@click.option(
    "--base", metavar="URL", default=_DEFAULT_BASE, show_default=True,
    help="新しいプロジェクトの公開URL / where the new project is published",
)  # fmt: skip
@click.option("--title-ja", metavar="TEXT", help="データの名前（日本語）/ title in Japanese")
@click.option("--title-en", metavar="TEXT", help="データの名前（英語）/ title in English")
@click.option("--publisher-ja", metavar="TEXT", help="公開者（日本語）/ publisher in Japanese")
@click.option("--publisher-en", metavar="TEXT", help="公開者（英語）/ publisher in English")
@click.option(
    "--ontology", metavar="IRI|FILE",
    help="共有する語彙（既定は手元のリリースのもの）/ vocabulary to share (default: that of the release)",
)  # fmt: skip
@click.option(
    "--prefecture", metavar="CODE",
    help="都道府県コード：その最初の市町村を例にする / take its first municipality as the example",
)  # fmt: skip
@click.option(
    "--municipality", metavar="CODE|IRI",
    help="例とリンク先の市町村 / municipality to link to",
)  # fmt: skip
@reported
def init_command(
    directory: Path,
    releases: Path | None,
    lang: Language | None,
    base: str,
    ontology: str | None,
    prefecture: str | None,
    municipality: str | None,
    **words: str | None,
) -> None:
    """自分のデータを公開する場を作る。/ Make a publishing project of your own.

    DIRECTORY: 新しいディレクトリ / a new directory
    """
    at_hand = AtHand(settings_from(releases=releases).releases)
    iris = Iris.at(base)
    shared = at_hand.vocabulary(ontology)
    place = at_hand.municipality(municipality, prefecture)
    publisher = _text(words, "publisher", place.name or _SOMEBODY)
    title = _text(words, "title", _TITLE.format(name=place.name) if place.name else _UNTITLED)
    new_project.write(new_project.Plan(iris.base, shared, place, title, publisher), directory)
    click.echo(said(_MADE.format(path=directory), lang))
    for note in _notes(shared):
        for language in languages(lang):
            click.echo(note.in_(language), err=True)


@dataclass(frozen=True)
class AtHand:
    """The current release, if there is one, from which what is not given is taken."""

    releases: Path

    def _release(self, option: str) -> Release:
        if current_id(self.releases) is None:
            raise new_project.nothing_at_hand(option)
        return current(self.releases)

    def vocabulary(self, given: str | None) -> new_project.Shared:
        """Return the vocabulary to share; raises SettingError or SourceError if there is none."""
        if given is None:
            return new_project.vocabulary_of(self._release("--ontology"))
        return (
            new_project.vocabulary_at(given)
            if "://" in given
            else new_project.vocabulary_in(Path(given))
        )

    def municipality(self, given: str | None, prefecture: str | None) -> new_project.Municipality:
        """Return the municipality to link to; raises SettingError or CodeError if there is none."""
        wanted = read_code(prefecture).prefecture if prefecture else None
        if given and "://" in given:
            place = new_project.municipality_at(given)
        else:
            code = new_project.six_digits(given) if given else None
            place = new_project.municipality_of(self._release("--municipality"), code, wanted)
        if wanted and not place.code.startswith(wanted):
            raise SettingError(_ELSEWHERE.format(code=place.code, prefecture=wanted), _AGREE)
        return place


def _text(words: dict[str, str | None], name: str, default: Text) -> Text:
    """Return a text that is given in both languages, each on one line; what lacks is the default."""
    given = (" ".join((words[f"{name}_{language}"] or "").split()) for language in LANGUAGES)
    ja, en = given
    return Text(ja or default.ja, en or default.en)


def _notes(shared: new_project.Shared) -> Iterator[Text]:
    if shared.copy is None:
        yield _NO_COPY.format(file=new_project.COPY)
    if "://127." in shared.iri or "://localhost" in shared.iri:
        yield _PREVIEW.format(iri=shared.iri)


_TITLE = Text("{name}の公共施設", "Public facilities of {name}")
_UNTITLED = Text("公共施設", "Public facilities")
_SOMEBODY = Text("（公開者の名称）", "(name of the publisher)")
_MADE = Text(
    "{path} に作りました。次は {path}/README.ja.md の手順を進めてください。",
    "Made {path}. Go on with {path}/README.md.",
)
_ELSEWHERE = Text(
    "市町村 {code} は都道府県 {prefecture} にありません。",
    "Municipality {code} is not in prefecture {prefecture}.",
)
_AGREE = Text(
    "--prefecture と --municipality を合わせてください。",
    "Make --prefecture and --municipality agree.",
)
_NO_COPY = Text(
    "注意：語彙の写しがないため、用語の綴りは確かめられません。写しを {file} に置いてください。",
    "Note: without a copy of the vocabulary its terms cannot be checked. Put one into {file}.",
)
_PREVIEW = Text(
    "注意：語彙（{iri}）は手元でのプレビューのものです。公開するときは、公開されている語彙を使ってください。",
    "Note: the vocabulary ({iri}) is that of a local preview. To publish, use the published one.",
)
