"""Checks of what a thing's URI leads to: the redirect and the document.

The document about a thing, in the forms that a site has for it.

Checks of the IRIs that a document mentions: things, terms, and how they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from urllib.parse import urlsplit

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
from publish.doctor.html import related
from publish.doctor.http import Visit, bare, host_of
from publish.doctor.rdf_process import Reading
from publish.doctor.site import ANY_RDF, Site
from publish.formats import DOCUMENT_FORMATS, HTML, RDF_FORMATS, TURTLE, Format
from publish.i18n import Text
from publish.rdf import namespaces as ns

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


# -- Checks of what a thing's URI leads to --------------------------------------------------------

CHECKS: list[Check] = []
_check = registering(CHECKS, "dereference")
_COOL = Spec("Cool URIs for the Semantic Web, 4", "https://www.w3.org/TR/cooluris/#r303gendocument")
_TOPICS = (ns.FOAF + "primaryTopic", "http://www.w3.org/2007/05/powder-s#describes")
_PAGES = (
    ns.FOAF + "isPrimaryTopicOf", ns.FOAF + "page",
    "http://www.w3.org/2007/05/powder-s#describedby",
)  # fmt: skip
_UNKNOWN = "-lodpub-doctor-unknown"


def _each_thing(site: Site, look: Callable[[Site, str], Result]) -> Result:
    return worst((look(site, thing) for thing in site.things[:THINGS]), NO_THING)


def _chain(site: Site, thing: str) -> tuple[Visit, ...]:
    return site.visitor.follow(thing, TURTLE.media_type)


def lines(chain: Iterable[Visit]) -> list[str]:
    """Return a chain of redirects as lines of evidence."""
    return [visit.line("Location") if visit.status // 100 == 3 else visit.line() for visit in chain]


@_check(
    "url-answers",
    Text("指定されたURLが答える", "The URL that was given answers"),
    rfc(9110, "15"),
    Text(
        "URLの綴り、サーバーの稼働、証明書、DNSを確かめてください。",
        "Check the spelling of the URL, that the server runs, its certificate and DNS.",
    ),
)
def _url_answers(site: Site) -> Result:
    visit = site.page
    if visit.status // 100 == 2:
        return fine(Text("答えがあります。", "It answers."), visit.line("Content-Type"))
    return wrong(Text("正常な答えがありません。", "There is no good answer."), visit.line())


@_check(
    "thing-redirect",
    Text(
        "事物のURIは、303で一度だけ文書に転送する", "A thing's URI leads to a document by one 303"
    ),
    _COOL,
    Text(
        "事物のURIには、その文書のURLを Location に入れた 303 See Other を一度だけ返してください。ハッシュURIなら文書を直接返してください。",
        "Answer a thing's URI with a single 303 See Other whose Location is the document; with "
        "hash URIs, answer with the document itself.",
    ),
)
def _thing_redirect(site: Site) -> Result:
    return _each_thing(site, _redirect)


def _redirect(site: Site, thing: str) -> Result:
    chain = _chain(site, thing)
    evidence, first, last = lines(chain), chain[0], chain[-1]
    hops = len(chain) - 1
    if last.status // 100 == 3:
        what = Text("転送が終わりません。", "The redirects do not end.")
        return wrong(what, *evidence)
    if "#" in thing and hops == 0 and first.status == 200:
        return fine(Text("ハッシュURIです。", "It is a hash URI."), *evidence)
    if first.status == 303 and hops == 1:
        return fine(Text("303で一度だけ転送します。", "One 303 leads to the document."), *evidence)
    if first.status == 200:
        what = Text(
            "事物のURIそのものが200を返すため、事物とその文書の区別がつきません。",
            "The thing's own URI answers 200, so that thing and document cannot be told apart.",
        )
        return poor(what, *evidence)
    if hops > 1:
        what = Text("転送が{hops}回あります。", "There are {hops} redirects.").format(hops=hops)
        return (poor if hops == 2 and 303 in [v.status for v in chain] else wrong)(what, *evidence)
    if hops == 1:
        what = Text("303ではなく{status}で転送します。", "The redirect is {status}, not 303.")
        return poor(what.format(status=first.status), *evidence)
    return wrong(Text("文書に至りません。", "It does not lead to a document."), *evidence)


@_check(
    "redirect-location",
    Text("転送先は同じサイトの、そのまま使えるURLである", "The redirect stays on the site and its Location can be used"),
    rfc(9110, "10.2.2"),
    Text(
        "Location には、同じスキームとホストの、一度だけパーセント符号化したASCIIのURL（又は「/」で始まるパス）を書いてください。プロキシの背後ではX-Forwarded-*の扱いを確かめてください。",
        "Write into Location an ASCII URL with the same scheme and host, percent-encoded once, or "
        'a path that begins with "/". Behind a proxy, check how X-Forwarded-* is handled.',
    ),
)  # fmt: skip
def _redirect_location(site: Site) -> Result:
    return _each_thing(site, _location)


def _location(site: Site, thing: str) -> Result:
    hops = [visit for visit in _chain(site, thing) if visit.status // 100 == 3]
    if not hops:
        return idle(Text("転送がありません。", "There is no redirect."))
    for visit in hops:
        raw = visit.headers.get("location", "")
        if not visit.location:
            return wrong(
                Text("Location が使えません。", "Location cannot be used."), visit.line("Location")
            )
        if not raw.isascii() or ("%25" in raw and "%25" not in thing):
            what = Text("Location の符号化が誤っています。", "Location is not encoded correctly.")
            return wrong(what, visit.line("Location"))
        old, new = urlsplit(visit.url), urlsplit(visit.location)
        if old.hostname != new.hostname:
            what = Text("別のホストに転送します。", "It leads to another host.")
            return poor(what, visit.line("Location"))
        if (old.scheme, new.scheme) == ("https", "http"):
            what = Text("httpsからhttpに戻ります。", "It leads back from https to http.")
            return wrong(what, visit.line("Location"))
        if old.scheme != new.scheme:
            what = Text(
                "データのURIと文書とでスキームが異なります。",
                "The URI in the data and the document differ in their scheme.",
            )
            return poor(what, visit.line("Location"))
    return fine(Text("同じサイトに転送します。", "It stays on the site."), *lines(hops))


@_check(
    "document-answers",
    Text("転送先の文書が得られる", "The document is there"),
    _COOL,
    Text(
        "転送先のURLが200でRDF文書を返すようにしてください。",
        "Make the URL of the document answer 200 with RDF.",
    ),
)
def _document_answers(site: Site) -> Result:
    return _each_thing(site, _document)


def _document(site: Site, thing: str) -> Result:
    last = site.visitor.follow(thing, ANY_RDF)[-1]
    if last.is_fine:
        return fine(Text("文書が得られます。", "There is a document."), last.line("Content-Type"))
    return wrong(Text("文書が得られません。", "There is no document."), last.line())


@_check(
    "document-describes",
    Text("文書は、その事物を主語とする記述を含む", "The document has statements about the thing"),
    Spec("Linked Data, rule 3", "https://www.w3.org/DesignIssues/LinkedData.html"),
    Text(
        "文書のRDFに、事物のURIを（一字一句同じ形で）主語とするトリプルを入れてください。http/httpsや末尾の「/」の違いに注意してください。",
        "Put triples into the document whose subject is the thing's URI, letter by letter. Mind "
        "http and https, and a slash at the end.",
    ),
)
def _document_describes(site: Site) -> Result:
    return _each_thing(site, _describes)


def _describes(site: Site, thing: str) -> Result:
    visit, reading = site.described(thing)
    if not reading.triples:
        return NO_RDF
    if stated := sum(map(len, reading.about(thing).values())):
        what = Text("事物についてのトリプルがあります。", "There are triples about the thing.")
        return fine(what, f"{visit.url}: {stated} × <{thing}>")
    what = Text("事物が主語として現れません。", "The thing does not occur as a subject.")
    return wrong(what, visit.line("Content-Type"), f"<{thing}>")


@_check(
    "document-topic",
    Text("文書は、何についての文書かを述べる", "The document says what it is about"),
    Spec("FOAF, primaryTopic", "http://xmlns.com/foaf/spec/#term_primaryTopic"),
    Text(
        "「<文書> foaf:primaryTopic <事物>」を文書に加えてください。",
        "Add <document> foaf:primaryTopic <thing> to the document.",
    ),
)
def _document_topic(site: Site) -> Result:
    if not site.things:
        return NO_THING
    thing = site.things[0]
    visit, reading = site.described(thing)
    if not reading.triples:
        return NO_RDF
    stated = reading.about(thing)
    topics = [s for p in _TOPICS for s in reading.subjects_with(p, thing)]
    described = any(p in stated for p in _PAGES) or bool(related(visit, "describes"))
    if topics or described:
        return fine(
            Text("文書と事物の関係が示されています。", "Document and thing are related."), *topics
        )
    what = Text("文書と事物の関係が示されていません。", "Document and thing are not related.")
    return poor(what, visit.line())


@_check(
    "document-dataset",
    Text("文書から、データセットの説明に戻れる", "The document leads back to its data set"),
    w3c("void", "VoID, backlinks", "backlinks"),
    Text(
        '「<文書> void:inDataset <データセット>」を文書に加えるか、Link: rel="describedby" でVoIDを示してください。',
        'Add <document> void:inDataset <data set>, or name VoID in Link: rel="describedby".',
    ),
)
def _document_dataset(site: Site) -> Result:
    if not (found := site.things and reading_of(site)):
        return NO_RDF if site.things else NO_THING
    visit, reading = found
    sets = reading.values(ns.VOID + "inDataset") + [
        link.url for link in related(visit, "describedby")
    ]
    if sets:
        return fine(Text("データセットが示されています。", "The data set is named."), *sets)
    return poor(
        Text("データセットが示されていません。", "No data set is named."), visit.line("Link")
    )


@_check(
    "unknown-thing",
    Text("存在しない事物は404（又は410）になる", "A thing that does not exist is 404 (or 410)"),
    rfc(9110, "15.5.5"),
    Text(
        "データにないURIには、200や500ではなく404を（取り下げたものには410を）返してください。",
        "Answer URIs that are not in the data with 404 (410 for what was withdrawn), not 200 or 500.",
    ),
)
def _unknown_thing(site: Site) -> Result:
    if not site.things:
        return NO_THING
    unknown = bare(site.things[0]).rstrip("/") + _UNKNOWN
    chain = site.visitor.follow(unknown, TURTLE.media_type)
    status = chain[-1].status
    if status in (404, 410):
        return fine(Text("404又は410です。", "It is 404 or 410."), *lines(chain))
    what = Text("404ではなく{status}です。", "It is {status}, not 404.").format(status=status)
    return (poor if status // 100 == 4 else wrong)(what, *lines(chain))


# -- Checks of the IRIs that a document mentions --------------------------------------------------

#: Made later than the others: they look further.
MENTIONED: list[Check] = []
_mentioned = registering(MENTIONED, "dereference")
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


@_mentioned(
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


@_mentioned(
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


@_mentioned(
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


@_mentioned(
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
