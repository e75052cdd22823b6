"""Checks of what a thing's URI leads to: the redirect, the document, the IRIs in the document.

The forms that a site has of the document are here too, for the checks of other modules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from urllib.parse import urlsplit

from publish.doctor import findings as f
from publish.doctor.html import related
from publish.doctor.http import Visit, bare, host_of
from publish.doctor.rdf_process import Reading
from publish.doctor.site import ANY_RDF, Site
from publish.formats import DOCUMENT_FORMATS, HTML, RDF_FORMATS, TURTLE, Format
from publish.i18n import Text
from publish.rdf import namespaces as ns

CHECKS = f.Checks("dereference")
#: Made after the checks of the other modules: they look further.
MENTIONED = f.Checks("dereference")
#: So many things are looked up where one could be an exception.
THINGS = 3
NO_THING = f.skipped(
    Text(
        "調べるべき個々の事物のURIが見つかりませんでした。事物のURIを直接指定するか、VoIDに void:exampleResource を書いてください。",
        "No URI of a thing was found. Give one, or state void:exampleResource in VoID.",
    )
)
NO_RDF = f.skipped(
    Text("事物についてのRDF文書がありません。", "There is no RDF document about the thing.")
)


def things(site: Site) -> tuple[str, ...]:
    """Return the things that can be looked up; without any, the check does not apply."""
    return f.needed(site.things, NO_THING)


def entrance(site: Site) -> str:
    """Return the URL at which forms of the document are negotiated.

    That is the document if the thing leads to the same one whatever is asked for, else the thing.
    """
    thing = things(site)[0]
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
    return {format_: visit for format_, visit in variants(site).items() if format_ in RDF_FORMATS}


def _reading(site: Site) -> tuple[Visit, Reading] | None:
    """Return the document about the first thing, in the first RDF form that can be read."""
    for visit in rdf_variants(site).values():
        reading = site.read(visit)
        if reading.triples:
            return visit, reading
    return None


def _document(site: Site) -> tuple[Visit, Reading]:
    return f.needed(_reading(site), NO_RDF)


# -- Checks of what a thing's URI leads to --------------------------------------------------------

_COOL = f.w3c("cooluris", "Cool URIs for the Semantic Web, 4", "r303gendocument")
_TOPICS = (ns.FOAF + "primaryTopic", "http://www.w3.org/2007/05/powder-s#describes")
_PAGES = (
    ns.FOAF + "isPrimaryTopicOf", ns.FOAF + "page",
    "http://www.w3.org/2007/05/powder-s#describedby",
)  # fmt: skip


def unknown_thing(site: Site) -> str:
    """Return the URI of a thing that does not exist."""
    return bare(things(site)[0]).rstrip("/") + "-lodpub-doctor-unknown"


def _each_thing(look: Callable[[Site, str], f.Result]) -> f.Asked:
    """Make a check of what looks at one thing: the worst of the first few is told."""
    return lambda site: f.worst((look(site, thing) for thing in site.things[:THINGS]), NO_THING)


def _chain(site: Site, thing: str) -> tuple[Visit, ...]:
    return site.visitor.follow(thing, TURTLE.media_type)


def lines(chain: Iterable[Visit]) -> list[str]:
    """Return a chain of redirects as lines of evidence."""
    return [visit.line("Location") if visit.status // 100 == 3 else visit.line() for visit in chain]


@CHECKS.add(
    "url-answers",
    Text("指定されたURLが答える", "The URL that was given answers"),
    f.rfc(9110, "15"),
    Text(
        "URLの綴り、サーバーの稼働、証明書、DNSを確かめてください。",
        "Check the spelling of the URL, that the server runs, its certificate and DNS.",
    ),
)
def _url_answers(site: Site) -> f.Result:
    visit = site.page
    if visit.status // 100 == 2:
        return f.passed(Text("答えがあります。", "It answers."), visit.line("Content-Type"))
    return f.failed(Text("正常な答えがありません。", "There is no good answer."), visit.line())


@CHECKS.add(
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
@_each_thing
def _thing_redirect(site: Site, thing: str) -> f.Result:
    chain = _chain(site, thing)
    evidence, first, last = lines(chain), chain[0], chain[-1]
    hops = len(chain) - 1
    if last.status // 100 == 3:
        what = Text("転送が終わりません。", "The redirects do not end.")
        return f.failed(what, *evidence)
    if "#" in thing and hops == 0 and first.status == 200:
        return f.passed(Text("ハッシュURIです。", "It is a hash URI."), *evidence)
    if first.status == 303 and hops == 1:
        what = Text("303で一度だけ転送します。", "One 303 leads to the document.")
        return f.passed(what, *evidence)
    if first.status == 200:
        what = Text(
            "事物のURIそのものが200を返すため、事物とその文書の区別がつきません。",
            "The thing's own URI answers 200, so that thing and document cannot be told apart.",
        )
        return f.warned(what, *evidence)
    if hops > 1:
        what = Text("転送が{hops}回あります。", "There are {hops} redirects.").format(hops=hops)
        return (f.warned if hops == 2 and 303 in [v.status for v in chain] else f.failed)(
            what, *evidence
        )
    if hops == 1:
        what = Text("303ではなく{status}で転送します。", "The redirect is {status}, not 303.")
        return f.warned(what.format(status=first.status), *evidence)
    return f.failed(Text("文書に至りません。", "It does not lead to a document."), *evidence)


@CHECKS.add(
    "redirect-location",
    Text("転送先は同じサイトの、そのまま使えるURLである", "The redirect stays on the site and its Location can be used"),
    f.rfc(9110, "10.2.2"),
    Text(
        "Location には、同じスキームとホストの、一度だけパーセント符号化したASCIIのURL（又は「/」で始まるパス）を書いてください。プロキシの背後ではX-Forwarded-*の扱いを確かめてください。",
        "Write into Location an ASCII URL with the same scheme and host, percent-encoded once, or "
        'a path that begins with "/". Behind a proxy, check how X-Forwarded-* is handled.',
    ),
)  # fmt: skip
@_each_thing
def _redirect_location(site: Site, thing: str) -> f.Result:
    hops = [visit for visit in _chain(site, thing) if visit.status // 100 == 3]
    if not hops:
        return f.skipped(Text("転送がありません。", "There is no redirect."))
    for visit in hops:
        raw = visit.headers.get("location", "")
        if not visit.location:
            what = Text("Location が使えません。", "Location cannot be used.")
            return f.failed(what, visit.line("Location"))
        if not raw.isascii() or ("%25" in raw and "%25" not in thing):
            what = Text("Location の符号化が誤っています。", "Location is not encoded correctly.")
            return f.failed(what, visit.line("Location"))
        old, new = urlsplit(visit.url), urlsplit(visit.location)
        if old.hostname != new.hostname:
            what = Text("別のホストに転送します。", "It leads to another host.")
            return f.warned(what, visit.line("Location"))
        if (old.scheme, new.scheme) == ("https", "http"):
            what = Text("httpsからhttpに戻ります。", "It leads back from https to http.")
            return f.failed(what, visit.line("Location"))
        if old.scheme != new.scheme:
            what = Text(
                "データのURIと文書とでスキームが異なります。",
                "The URI in the data and the document differ in their scheme.",
            )
            return f.warned(what, visit.line("Location"))
    return f.passed(Text("同じサイトに転送します。", "It stays on the site."), *lines(hops))


@CHECKS.add(
    "document-answers",
    Text("転送先の文書が得られる", "The document is there"),
    _COOL,
    Text(
        "転送先のURLが200でRDF文書を返すようにしてください。",
        "Make the URL of the document answer 200 with RDF.",
    ),
)
@_each_thing
def _document_answers(site: Site, thing: str) -> f.Result:
    last = site.visitor.follow(thing, ANY_RDF)[-1]
    if last.is_fine:
        what = Text("文書が得られます。", "There is a document.")
        return f.passed(what, last.line("Content-Type"))
    return f.failed(Text("文書が得られません。", "There is no document."), last.line())


@CHECKS.add(
    "document-describes",
    Text("文書は、その事物を主語とする記述を含む", "The document has statements about the thing"),
    f.Spec("Linked Data, rule 3", "https://www.w3.org/DesignIssues/LinkedData.html"),
    Text(
        "文書のRDFに、事物のURIを（一字一句同じ形で）主語とするトリプルを入れてください。http/httpsや末尾の「/」の違いに注意してください。",
        "Put triples into the document whose subject is the thing's URI, letter by letter. Mind "
        "http and https, and a slash at the end.",
    ),
)
@_each_thing
def _document_describes(site: Site, thing: str) -> f.Result:
    visit, reading = site.described(thing)
    if not reading.triples:
        return NO_RDF
    if stated := sum(map(len, reading.about(thing).values())):
        what = Text("事物についてのトリプルがあります。", "There are triples about the thing.")
        return f.passed(what, f"{visit.url}: {stated} × <{thing}>")
    what = Text("事物が主語として現れません。", "The thing does not occur as a subject.")
    return f.failed(what, visit.line("Content-Type"), f"<{thing}>")


@CHECKS.add(
    "document-topic",
    Text("文書は、何についての文書かを述べる", "The document says what it is about"),
    f.Spec("FOAF, primaryTopic", "http://xmlns.com/foaf/spec/#term_primaryTopic"),
    Text(
        "「<文書> foaf:primaryTopic <事物>」を文書に加えてください。",
        "Add <document> foaf:primaryTopic <thing> to the document.",
    ),
)
def _document_topic(site: Site) -> f.Result:
    thing = things(site)[0]
    visit, reading = site.described(thing)
    if not reading.triples:
        return NO_RDF
    stated = reading.about(thing)
    topics = [s for p in _TOPICS for s in reading.subjects_with(p, thing)]
    described = any(p in stated for p in _PAGES) or bool(related(visit, "describes"))
    if topics or described:
        what = Text("文書と事物の関係が示されています。", "Document and thing are related.")
        return f.passed(what, *topics)
    what = Text("文書と事物の関係が示されていません。", "Document and thing are not related.")
    return f.warned(what, visit.line())


@CHECKS.add(
    "document-dataset",
    Text("文書から、データセットの説明に戻れる", "The document leads back to its data set"),
    f.w3c("void", "VoID, backlinks", "backlinks"),
    Text(
        '「<文書> void:inDataset <データセット>」を文書に加えるか、Link: rel="describedby" でVoIDを示してください。',
        'Add <document> void:inDataset <data set>, or name VoID in Link: rel="describedby".',
    ),
)
def _document_dataset(site: Site) -> f.Result:
    visit, reading = _document(site)
    sets = reading.values(ns.VOID + "inDataset") + [
        link.url for link in related(visit, "describedby")
    ]
    if sets:
        return f.passed(Text("データセットが示されています。", "The data set is named."), *sets)
    what = Text("データセットが示されていません。", "No data set is named.")
    return f.warned(what, visit.line("Link"))


@CHECKS.add(
    "unknown-thing",
    Text("存在しない事物は404（又は410）になる", "A thing that does not exist is 404 (or 410)"),
    f.rfc(9110, "15.5.5"),
    Text(
        "データにないURIには、200や500ではなく404を（取り下げたものには410を）返してください。",
        "Answer URIs that are not in the data with 404 (410 for what was withdrawn), not 200 or 500.",
    ),
)
def _unknown_thing(site: Site) -> f.Result:
    chain = site.visitor.follow(unknown_thing(site), TURTLE.media_type)
    status = chain[-1].status
    if status in (404, 410):
        return f.passed(Text("404又は410です。", "It is 404 or 410."), *lines(chain))
    what = Text("404ではなく{status}です。", "It is {status}, not 404.").format(status=status)
    return (f.warned if status // 100 == 4 else f.failed)(what, *lines(chain))


# -- Checks of the IRIs that a document mentions --------------------------------------------------

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


@MENTIONED.add(
    "neighbours-answer",
    Text("文書に現れる同じサイトのIRIが参照できる", "IRIs of the site in the document can be looked up"),
    f.Spec("Linked Data, rule 4", "https://www.w3.org/DesignIssues/LinkedData.html"),
    Text(
        "データに書いたIRIはすべて参照できるようにし、なくなった事物への言及は除くか、410で答えて後継を示してください。",
        "Let each IRI in the data be looked up; remove mentions of what is gone, or answer 410 "
        "and name the successor.",
    ),
)  # fmt: skip
def _neighbours_answer(site: Site) -> f.Result:
    neighbours = _neighbours(site, _document(site)[1])
    if not neighbours:
        return f.skipped(Text("ほかのIRIが現れません。", "There are no other IRIs of the site."))
    finals = [site.visitor.follow(iri, ANY_RDF) for iri in _spread(neighbours)]
    broken = [chain for chain in finals if chain[-1].status != 200]
    if broken:
        what = Text("参照できないIRIがあります。", "Some IRIs cannot be looked up.")
        return f.failed(what, *(line for chain in broken for line in lines(chain)))
    what = Text("{n}件中{k}件を確かめました。", "{k} of {n} were looked up.")
    return f.passed(what.format(n=len(neighbours), k=len(finals)), *(c[0].line() for c in finals))


@MENTIONED.add(
    "iri-encoding",
    Text("日本語などを含むIRIが、往復しても変わらない", "IRIs with characters beyond ASCII survive the round trip"),
    f.rfc(3987, "3.1"),
    Text(
        "IRIはNFCのUTF-8とし、通信路の上でだけ一度パーセント符号化し、サーバーでは一度だけ復号してください。",
        "Keep IRIs in NFC and UTF-8, percent-encode them once and on the wire only, and decode "
        "them once in the server.",
    ),
)  # fmt: skip
def _iri_encoding(site: Site) -> f.Result:
    found = _reading(site)
    known = [*site.things, *(_neighbours(site, found[1]) if found else [])]
    special = [iri for iri in dict.fromkeys(known) if not iri.isascii() or "%" in iri]
    if not special:
        return f.skipped(Text("そのようなIRIはありません。", "There are no such IRIs."))
    return f.worst((_round_trip(site, iri) for iri in special[:THINGS]), NO_THING)


def _round_trip(site: Site, iri: str) -> f.Result:
    chain = site.visitor.follow(iri, ANY_RDF)
    if chain[-1].status != 200 or any("%25" in visit.url for visit in chain):
        what = Text("IRIが正しく復号されません。", "The IRI is not decoded correctly.")
        return f.failed(what, f"<{iri}>", *lines(chain))
    if site.read(chain[-1]).triples and not site.read(chain[-1]).about(iri):
        what = Text(
            "データでは別の形のIRIになっています。", "The data has the IRI in another form."
        )
        return f.failed(what, f"<{iri}>", *lines(chain))
    return f.passed(Text("往復しても変わりません。", "It survives the round trip."), f"<{iri}>")


@MENTIONED.add(
    "one-origin",
    Text("データの中で、サイトのスキームとホストが一通りである", "The data writes the site's scheme and host in one way"),
    f.w3c("cooluris", "Cool URIs for the Semantic Web"),
    Text(
        "IRIの発行に使うスキームとホストを一つに決め、設定に固定し、要求のHostから作らないでください。もう一方からは一度だけ転送してください。",
        "Choose one scheme and host for all IRIs, fix it in the settings, never take it from the "
        "request's Host, and redirect from the other one once.",
    ),
)  # fmt: skip
def _one_origin(site: Site) -> f.Result:
    document, reading = _document(site)
    parsed = [urlsplit(iri) for iri in _on_site(site, reading.iris)]
    origins = sorted({f"{one.scheme}://{one.netloc}" for one in parsed})
    served = urlsplit(document.url)
    if len(origins) > 1:
        return f.failed(Text("複数の形が混在しています。", "Several forms are mixed."), *origins)
    if origins and origins != [f"{served.scheme}://{served.netloc}"]:
        what = Text(
            "データの中のIRIと、文書のURLとで異なります。",
            "The IRIs in the data differ from the URL of the document.",
        )
        return f.warned(what, *origins, document.url)
    return f.passed(Text("一通りです。", "There is one form."), *origins)


@MENTIONED.add(
    "terms-resolve",
    Text("独自の語彙の用語が参照できる", "The site's own vocabulary terms can be looked up"),
    f.w3c("swbp-vocab-pub", "Best Practice Recipes for Publishing RDF Vocabularies"),
    Text(
        "用語のIRIを開くと、その用語を定義するRDFが得られるようにしてください。",
        "Let the IRI of each term lead to RDF that defines it.",
    ),
)
def _terms_resolve(site: Site) -> f.Result:
    document = _document(site)[1]
    terms = _on_site(site, {*document.properties, *document.classes})
    if not terms:
        return f.skipped(Text("独自の用語は使われていません。", "No terms of its own are used."))
    bad = []
    for term in _spread(terms):
        visit, reading = site.described(term)
        if not reading.about(term):
            bad.append(f"<{term}>: {visit.line('Content-Type')}")
    if bad:
        what = Text("定義に至らない用語があります。", "Some terms lead to no definition.")
        return f.failed(what, *bad)
    return f.passed(Text("定義が得られます。", "Their definitions are there."), *_spread(terms))
