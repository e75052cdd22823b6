"""The looks of the publisher as pages use them: addresses that change with the content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from publish.project.theme import DIRECTORY, ICON, MEDIA_TYPES, STYLE
from publish.release.release import Release
from publish.web.http.assets import named

#: What an image may do that is opened by itself: be drawn. (In a page it can do no more anyway.)
HARMLESS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True, slots=True)
class Theme:
    """Addresses relative to the base, or None where the site's own looks stay."""

    style: str | None
    icon: str | None
    logo: str | None
    #: the files of the theme by the names under which they are served for ever
    files: Mapping[str, Path]


def theme_of(release: Release, logo: str | None) -> Theme:
    """Return the theme of a release; `logo` is the IRI that its catalogue gives."""
    listed = release.manifest.files
    paths = [release.path / file.path for file in listed if file.path.startswith(f"{DIRECTORY}/")]
    served = {path.name: named(path) for path in paths}

    def address(name: str) -> str | None:
        return f"{DIRECTORY}/{served[name]}" if name in served else None

    file = PurePath(logo).name if logo and logo.startswith(release.iris.of(DIRECTORY)) else ""
    files = {served[path.name]: path for path in paths}
    return Theme(address(STYLE), address(ICON), address(file), files)


def media_type(name: str) -> str:
    """Return the media type of a file of a theme."""
    return MEDIA_TYPES[PurePath(name).suffix]
