"""The document about a thing, in the forms that a site has for it."""

from __future__ import annotations

from publish.doctor.findings import Result, idle
from publish.doctor.rdf_process import Reading
from publish.doctor.site import Site
from publish.doctor.visits import Visit
from publish.formats import DOCUMENT_FORMATS, HTML, RDF_FORMATS, TURTLE, Format
from publish.i18n import Text

#: So many things are looked up where one could be an exception.
THINGS = 3
NO_THING: Result = idle(
    Text(
        "調べるべき個々の事物のURIが見つかりませんでした。事物のURIを直接指定するか、VoIDに void:exampleResource を書いてください。",
        "No URI of a thing was found. Give one, or state void:exampleResource in VoID.",
    )
)
NO_RDF: Result = idle(
    Text("事物についてのRDF文書がありません。", "There is no RDF document about the thing.")
)


def entrance(site: Site) -> str:
    """Return the URL at which forms of the document are negotiated.

    That is the document if the thing leads to the same one whatever is asked for, else the thing.
    """
    thing = site.things[0]
    ends = {
        chain[-1].url
        for accept in (TURTLE.media_type, HTML.media_type)
        for chain in [site.visitor.follow(thing, accept)]
    }
    return ends.pop() if len(ends) == 1 else thing


def asked(site: Site, format_: Format) -> Visit:
    """Return the final answer to a request for one format."""
    return site.visitor.follow(entrance(site), format_.media_type)[-1]


def variants(site: Site) -> dict[Format, Visit]:
    """Return the forms that a site has of the document, by what it says they are."""
    found = {}
    for format_ in DOCUMENT_FORMATS:
        visit = asked(site, format_)
        if visit.is_fine and visit.media_type in (format_.media_type, *format_.aliases):
            found[format_] = visit
    return found


def rdf_variants(site: Site) -> dict[Format, Visit]:
    """Return the forms that are RDF."""
    return {f: visit for f, visit in variants(site).items() if f in RDF_FORMATS}


def reading_of(site: Site) -> tuple[Visit, Reading] | None:
    """Return the document about the first thing, in the first RDF form that can be read."""
    for visit in rdf_variants(site).values():
        reading = site.read(visit)
        if reading.triples:
            return visit, reading
    return None
