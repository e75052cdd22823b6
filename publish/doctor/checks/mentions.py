"""Checks of the IRIs that a document mentions: things, terms, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from urllib.parse import urlsplit

from publish.doctor.checks.dereference import lines
from publish.doctor.checks.representations import NO_RDF, NO_THING, THINGS, entrance, reading_of
from publish.doctor.findings import (
    Check,
    Result,
    Spec,
    fine,
    idle,
    poor,
    registering,
    rfc,
    w3c,
    worst,
    wrong,
)
from publish.doctor.rdf_process import Reading
from publish.doctor.site import ANY_RDF, Site
from publish.doctor.visits import bare, host_of
from publish.i18n import Text

CHECKS: list[Check] = []
_check = registering(CHECKS, "dereference")
#: So many IRIs found in the document are looked up.
_NEIGHBOURS = 6


def _on_site(site: Site, iris: Iterable[str]) -> list[str]:
    return sorted(iri for iri in iris if host_of(iri) in site.visitor.hosts)


def _spread(iris: list[str]) -> list[str]:
    """Return a few of many, evenly chosen."""
    return list(islice(iris[:: max(1, len(iris) // _NEIGHBOURS)], _NEIGHBOURS))


def _neighbours(site: Site, reading: Reading) -> list[str]:
    """Return IRIs of the site in a document, other than itself, its parts and the vocabulary."""
    here = {bare(site.things[0]), bare(entrance(site))}
    terms = {*reading.properties, *reading.classes}
    nodes = {o.value for _, _, o in reading.triples} | {s.value for s, _, _ in reading.triples}
    found = _on_site(site, (reading.iris & nodes) - terms)
    return [iri for iri in found if bare(iri) not in here]


@_check(
    "neighbours-answer",
    Text("文書に現れる同じサイトのIRIが参照できる", "IRIs of the site in the document can be looked up"),
    Spec("Linked Data, rule 4", "https://www.w3.org/DesignIssues/LinkedData.html"),
    Text(
        "データに書いたIRIはすべて参照できるようにし、なくなった事物への言及は除くか、410で答えて後継を示してください。",
        "Let each IRI in the data be looked up; remove mentions of what is gone, or answer 410 "
        "and name the successor.",
    ),
)  # fmt: skip
def _neighbours_answer(site: Site) -> Result:
    if not (found := site.things and reading_of(site)):
        return NO_RDF if site.things else NO_THING
    neighbours = _neighbours(site, found[1])
    if not neighbours:
        return idle(Text("ほかのIRIが現れません。", "There are no other IRIs of the site."))
    finals = [site.visitor.follow(iri, ANY_RDF) for iri in _spread(neighbours)]
    broken = [chain for chain in finals if chain[-1].status != 200]
    if broken:
        what = Text("参照できないIRIがあります。", "Some IRIs cannot be looked up.")
        return wrong(what, *(line for chain in broken for line in lines(chain)))
    what = Text("{n}件中{k}件を確かめました。", "{k} of {n} were looked up.")
    return fine(what.format(n=len(neighbours), k=len(finals)), *(c[0].line() for c in finals))


@_check(
    "iri-encoding",
    Text("日本語などを含むIRIが、往復しても変わらない", "IRIs with characters beyond ASCII survive the round trip"),
    rfc(3987, "3.1"),
    Text(
        "IRIはNFCのUTF-8とし、通信路の上でだけ一度パーセント符号化し、サーバーでは一度だけ復号してください。",
        "Keep IRIs in NFC and UTF-8, percent-encode them once and on the wire only, and decode "
        "them once in the server.",
    ),
)  # fmt: skip
def _iri_encoding(site: Site) -> Result:
    if not site.things:
        return NO_THING
    found = reading_of(site)
    known = [*site.things, *(_neighbours(site, found[1]) if found else [])]
    special = [iri for iri in dict.fromkeys(known) if not iri.isascii() or "%" in iri]
    if not special:
        return idle(Text("そのようなIRIはありません。", "There are no such IRIs."))
    return worst((_round_trip(site, iri) for iri in special[:THINGS]), NO_THING)


def _round_trip(site: Site, iri: str) -> Result:
    chain = site.visitor.follow(iri, ANY_RDF)
    if chain[-1].status != 200 or any("%25" in visit.url for visit in chain):
        what = Text("IRIが正しく復号されません。", "The IRI is not decoded correctly.")
        return wrong(what, f"<{iri}>", *lines(chain))
    if site.read(chain[-1]).triples and not site.read(chain[-1]).about(iri):
        what = Text(
            "データでは別の形のIRIになっています。", "The data has the IRI in another form."
        )
        return wrong(what, f"<{iri}>", *lines(chain))
    return fine(Text("往復しても変わりません。", "It survives the round trip."), f"<{iri}>")


@_check(
    "one-origin",
    Text("データの中で、サイトのスキームとホストが一通りである", "The data writes the site's scheme and host in one way"),
    w3c("cooluris", "Cool URIs for the Semantic Web"),
    Text(
        "IRIの発行に使うスキームとホストを一つに決め、設定に固定し、要求のHostから作らないでください。もう一方からは一度だけ転送してください。",
        "Choose one scheme and host for all IRIs, fix it in the settings, never take it from the "
        "request's Host, and redirect from the other one once.",
    ),
)  # fmt: skip
def _one_origin(site: Site) -> Result:
    if not (found := site.things and reading_of(site)):
        return NO_RDF if site.things else NO_THING
    parsed = [urlsplit(iri) for iri in _on_site(site, found[1].iris)]
    origins = sorted({f"{one.scheme}://{one.netloc}" for one in parsed})
    served = urlsplit(found[0].url)
    if len(origins) > 1:
        return wrong(Text("複数の形が混在しています。", "Several forms are mixed."), *origins)
    if origins and origins != [f"{served.scheme}://{served.netloc}"]:
        what = Text(
            "データの中のIRIと、文書のURLとで異なります。",
            "The IRIs in the data differ from the URL of the document.",
        )
        return poor(what, *origins, found[0].url)
    return fine(Text("一通りです。", "There is one form."), *origins)


@_check(
    "terms-resolve",
    Text("独自の語彙の用語が参照できる", "The site's own vocabulary terms can be looked up"),
    w3c("swbp-vocab-pub", "Best Practice Recipes for Publishing RDF Vocabularies"),
    Text(
        "用語のIRIを開くと、その用語を定義するRDFが得られるようにしてください。",
        "Let the IRI of each term lead to RDF that defines it.",
    ),
)
def _terms_resolve(site: Site) -> Result:
    if not (found := site.things and reading_of(site)):
        return NO_RDF if site.things else NO_THING
    terms = _on_site(site, {*found[1].properties, *found[1].classes})
    if not terms:
        return idle(Text("独自の用語は使われていません。", "No terms of its own are used."))
    bad = []
    for term in _spread(terms):
        visit, reading = site.described(term)
        if not reading.about(term):
            bad.append(f"<{term}>: {visit.line('Content-Type')}")
    if bad:
        return wrong(
            Text("定義に至らない用語があります。", "Some terms lead to no definition."), *bad
        )
    return fine(Text("定義が得られます。", "Their definitions are there."), *_spread(terms))
