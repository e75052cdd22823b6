"""Reading the dumps of a release as a stranger would, but without the network."""

from __future__ import annotations

import pyoxigraph as ox

from publish.formats import Format
from publish.rdf.terms import Triple, narrowed
from publish.release.parts import WHOLE
from publish.release.release import Release


def text_of(release: Release, format_: Format, name: str = WHOLE) -> str:
    """Return a dump."""
    return (release.path / "dump" / f"{name}.{format_.suffix}").read_text("utf-8")


def triples_of(release: Release, format_: Format, name: str = WHOLE) -> set[Triple]:
    """Return the triples that a dump holds."""
    text = text_of(release, format_, name)
    return {narrowed(quad) for quad in ox.parse(text, format=format_.rdf)}
