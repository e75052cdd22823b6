"""Reading the dumps of a release as a stranger would, but without the network."""

from __future__ import annotations

import pyoxigraph as ox

from publish.formats import JSONLD, Format
from publish.rdf.terms import Triple, narrowed
from publish.release.parts import WHOLE
from publish.release.release import Release


def text_of(release: Release, format_: Format, name: str = WHOLE) -> str:
    """Return a dump; in JSON-LD the link to the context is replaced by the context itself."""
    text = (release.path / "dump" / f"{name}.{format_.suffix}").read_text("utf-8")
    return _with_context(release, text) if format_ == JSONLD else text


def _with_context(release: Release, dump: str) -> str:
    context = (release.path / "context.jsonld").read_text("utf-8")
    inner = context.strip().removeprefix('{\n "@context": ').removesuffix("\n}")
    link = f'"{release.iris.of("context.jsonld")}"'
    assert dump.count(link) == 1
    return dump.replace(link, inner)


def triples_of(release: Release, format_: Format, name: str = WHOLE) -> set[Triple]:
    """Return the triples that a dump holds."""
    text = text_of(release, format_, name)
    return {narrowed(quad) for quad in ox.parse(text, format=format_.rdf)}
