"""The looks of a publisher, `theme/` of the project: style sheet, icon, logo, further images.

    theme/theme.css   comes after the site's style sheet; it sets colours (--key …) and whatever else
    theme/icon.svg    takes the place of the site's icon
    theme/logo.svg    or any other name: the catalogue says which file is the logo (schema:logo or
                      foaf:logo of the data set or of its publisher)

The files become part of a release, so that a page always has the looks it was published with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from publish.errors import Place, Problem, SourceError
from publish.i18n import Text
from publish.iris import Iris
from publish.project.turtle_files import Origin
from publish.rdf import namespaces as ns
from publish.rdf.terms import Triple

#: Directory of a project, and of a release.
DIRECTORY = "theme"
STYLE, ICON = "theme.css", "icon.svg"
#: Suffixes of the files that there may be.
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
LOGO = (ns.SCHEMA + "logo", ns.FOAF + "logo")
_NAME = re.compile(rf"[a-z0-9]+(-[a-z0-9]+)*({'|'.join(map(re.escape, MEDIA_TYPES))})")


def theme_files(project: Path) -> tuple[Path, ...]:
    """Return the files of a project's theme by name; none if it has no theme.

    Raises SourceError for files that cannot be published.
    """
    directory = project / DIRECTORY
    found = sorted(directory.iterdir()) if directory.is_dir() else []
    problems = [
        Problem(
            Text(
                "「{name}」は、公開できる名前と種類のファイルではありません。",
                '"{name}" has no name and type that can be published.',
            ).format(name=path.name),
            Text(
                "半角小文字・数字・ハイフンの名前の {suffixes} だけを置いてください。",
                "Put only {suffixes} there, with lower-case letters, digits, hyphens as names.",
            ).format(suffixes=" ".join(MEDIA_TYPES)),
            Place(f"{DIRECTORY}/{path.name}"),
        )
        for path in found
        if not (path.is_file() and _NAME.fullmatch(path.name))
    ]
    if problems:
        raise SourceError.of(problems)
    return tuple(found)


def read_theme(project: Path) -> dict[str, bytes]:
    """Return a project's theme as files of a release: path in it -> content."""
    return {f"{DIRECTORY}/{path.name}": path.read_bytes() for path in theme_files(project)}


def check_logo(catalog: Iterable[Triple], project: Path, iris: Iris) -> None:
    """Raise SourceError if the catalogue names a logo that is no image of the theme."""
    images = {
        iris.of(f"{DIRECTORY}/{path.name}")
        for path in theme_files(project)
        if path.suffix != Path(STYLE).suffix
    }
    origin = Origin(project / "data" / "catalog.ttl")
    problems = [
        Problem(
            Text("ロゴ「{name}」がありません。", 'There is no logo "{name}".').format(
                name=triple[2].value.removeprefix(iris.base)
            ),
            Text(
                "画像を theme/ に置き、<theme/ファイル名> と書いてください。",
                "Put the image into theme/ and write <theme/file name>.",
            ),
            origin.place(project, triple, iris.base),
        )
        for triple in catalog
        if triple[1].value in LOGO and triple[2].value not in images
    ]
    if problems:
        raise SourceError.of(problems)
