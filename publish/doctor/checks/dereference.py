"""Checks of what a thing's URI leads to: the redirect and the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from publish.doctor.checks.representations import NO_RDF, NO_THING, THINGS, reading_of
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
from publish.doctor.site import ANY_RDF, Site
from publish.doctor.visits import Visit, bare
from publish.formats import TURTLE
from publish.i18n import Text
from publish.rdf import namespaces as ns

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
