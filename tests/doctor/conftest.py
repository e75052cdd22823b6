"""A small linked-data site that knows nothing of this program, well-behaved unless told otherwise.

A test breaks one thing of it by a `Defect`: `content` changes what is sent before ETag and length
are made of it, `answer` changes the finished answer.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pyoxigraph as ox

from publish.doctor.diagnose import CHECKS, diagnose
from publish.doctor.findings import Finding, Outcome

CATALOG = """
PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX spdx: <http://spdx.org/rdf/terms#>
PREFIX dcatap: <http://data.europa.eu/r5r/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<catalog> a dcat:Catalog ; dct:title "試験"@ja ; dct:description "d" ; dct:publisher <me> ;
  foaf:homepage </> ; dct:language <l> ; dct:license <{cc}> ; dct:issued "2026-01-01"^^xsd:date ;
  dct:modified "2026-02-01"^^xsd:date ; dct:spatial <s> ; dcat:themeTaxonomy <t> ;
  dcat:dataset <catalog#set> ; dcat:service <catalog#service>, <catalog#ckan> .
<me> a foaf:Agent ; foaf:name "me" ; dct:type <type> .
<catalog#set> a dcat:Dataset ; dct:title "t" ; dct:description "d" ; dct:identifier "set" ;
  dcat:contactPoint <me> ; dcat:keyword "k" ; dct:publisher <me> ; dct:spatial <s> ;
  dct:temporal <when> ; dcat:theme <t> ; dct:license <{cc}> ; dct:issued "2026-01-01"^^xsd:date ;
  dct:modified "2026-02-01"^^xsd:date ; dcat:distribution {distributions} .
<catalog#service> a dcat:DataService ; dct:title "s" ; dcat:endpointURL <sparql> ;
  dcat:contactPoint <me> ; dcat:endpointDescription <sparql> ; dcat:keyword "k" ;
  dct:publisher <me> ; dcat:servesDataset <catalog#set> ; dcat:theme <t> ; dct:conformsTo <c> .
<catalog#ckan> a dcat:DataService ; dct:title "s" ; dcat:endpointURL <api/3/action/> ;
  dcat:contactPoint <me> ; dcat:endpointDescription <sparql> ; dcat:keyword "k" ;
  dct:publisher <me> ; dcat:servesDataset <catalog#set> ; dcat:theme <t> ; dct:conformsTo <c> .
"""
DISTRIBUTION = """
<catalog#{slug}> a dcat:Distribution ; dcat:downloadURL <dump/{name}> ; dcat:accessURL </> ;
  dcat:mediaType <https://www.iana.org/assignments/media-types/{type}> ; {packed}
  dcat:byteSize {size} ; dcatap:availability <a> ; dct:description "d" ; dct:format <f> ;
  dct:license <{cc}> ; spdx:checksum <catalog#sum-{slug}> .
<catalog#sum-{slug}> a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ;
  spdx:checksumValue "{sha256}"^^xsd:hexBinary .
"""
VOID = """
PREFIX void: <http://rdfs.org/ns/void#> PREFIX dct: <http://purl.org/dc/terms/>
<void> a void:DatasetDescription .
<catalog#set> a void:Dataset ; void:triples {triples} ; void:distinctSubjects {subjects} ;
  void:dataDump <dump/all.nt>, <dump/all.ttl> ; void:sparqlEndpoint <sparql> ;
  void:uriSpace "{base}id/" ; void:vocabulary <def#> ; dct:license <{cc}> ;
  void:exampleResource <id/alpha>, <id/札幌>, <id/beta> ; void:classPartition <void#thing> .
<void#thing> void:class <def#Thing> ; void:entities {things} .
"""
DATA = """
PREFIX : <def#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
<id/alpha> a :Thing ; rdfs:label "アルファ"@ja, "alpha"@en ; :near <id/beta>, <id/札幌> .
<id/beta> a :Thing ; rdfs:label "beta"@en ; :near [ rdfs:label "nowhere" ] .
<id/札幌> a :Thing ; rdfs:label "札幌"@ja ; :near <id/alpha> .
"""
TERMS = """
PREFIX : <def#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
:Thing a rdfs:Class ; rdfs:label "Thing"@en . :near a rdfs:Resource ; rdfs:label "near"@en .
"""
SERVICE = """
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX void: <http://rdfs.org/ns/void#>
PREFIX f: <http://www.w3.org/ns/formats/>
<sparql> a sd:Service ; sd:endpoint <sparql> ; sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ; sd:resultFormat f:SPARQL_Results_JSON, f:Turtle ;
  sd:defaultDataset <sparql#d> . <sparql#d> sd:defaultGraph <sparql#g> ; sd:namedGraph <sparql#n> .
<sparql#g> void:triples {triples} . <sparql#n> a sd:NamedGraph ; sd:name <graph/all> ;
  sd:graph <sparql#c> . <sparql#c> void:triples {triples} .
"""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
RDF = {
    "text/turtle": ("ttl", ox.RdfFormat.TURTLE),
    "application/ld+json": ("jsonld", ox.RdfFormat.JSON_LD),
    "application/rdf+xml": ("rdf", ox.RdfFormat.RDF_XML),
    "application/n-triples": ("nt", ox.RdfFormat.N_TRIPLES),
}
RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_DUMPED = (
    ("nt", ox.RdfFormat.N_TRIPLES),
    ("ttl", ox.RdfFormat.TURTLE),
    ("rdf", ox.RdfFormat.RDF_XML),
)
_ESCAPED = str.maketrans({"<": "\\u003c"})


def _type(name: str) -> str:
    """Return the media type of a dump."""
    return next(type_ for type_, (suffix, _) in RDF.items() if name.endswith(f".{suffix}"))


@dataclass(frozen=True)
class Request:
    """What was asked; the path is decoded, names of headers are in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def accept(self) -> str:
        return self.headers.get("accept", "*/*")


@dataclass(frozen=True)
class Answer:
    """What is sent."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def having(self, **headers: str | None) -> Answer:
        """Return the answer with headers set, or taken away where None; `_` stands for `-`."""
        changed = dict(self.headers)
        for name, value in headers.items():
            changed.pop(name.replace("_", "-"), None)
            if value is not None:
                changed[name.replace("_", "-")] = value
        return replace(self, headers=changed)

    def saying(self, old: str, new: str) -> Answer:
        """Return the answer with a piece of its content replaced wherever it stands."""
        return replace(self, body=self.body.replace(old.encode(), new.encode()))

    def being(self, status: int, body: bytes = b"") -> Answer:
        """Return the answer with another status and content."""
        return replace(self, status=status, body=body)


Change = Callable[[Request, Answer], Answer]


def unchanged(request: Request, answer: Answer) -> Answer:
    """Break nothing."""
    return answer


@dataclass(frozen=True)
class Defect:
    """A change of the site that one check must notice."""

    check: str
    outcome: Outcome
    content: Change = unchanged
    answer: Change = unchanged
    #: what tells it from other defects that the same check notices
    name: str = ""

    @property
    def id(self) -> str:
        return f"{self.check}-{self.name or self.outcome}"

    def examined(self) -> Finding:
        """Return what the check finds at the site with this defect."""
        return examined(self.check, self.content, self.answer)


def at(path: str, change: Callable[[Answer], Answer], method: str = "") -> Change:
    """Return a change of the answers under a path (to one method) only."""

    def changed(request: Request, answer: Answer) -> Answer:
        fits = request.path.startswith(path) and method in ("", request.method)
        return change(answer) if fits else answer

    return changed


def examined(check: str, content: Change = unchanged, answer: Change = unchanged) -> Finding:
    """Return what one check finds at a site."""
    checks = [one for one in CHECKS if one.id == check]
    with running(content, answer) as site:
        return diagnose(site.url, checks).of(check)


class Stranger:
    """The site: requests in, answers out."""

    def __init__(self, base: str, content: Change, answer: Change) -> None:
        self.base, self._content, self._answer = base, content, answer
        self.requests: list[Request] = []
        quads = list(self._parsed(DATA))
        graph = ox.NamedNode(base + "graph/all")
        self.store = ox.Store()
        self.store.extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in quads)
        self.quads = quads
        self.dumps = {
            name: gzip.compress(data, mtime=0) if name.endswith(".gz") else data
            for suffix, format_ in _DUMPED
            for data in [self._written(quads, format_)]
            for name in (f"all.{suffix}", f"all.{suffix}.gz")
        }

    def _parsed(self, turtle: str) -> Iterator[ox.Quad]:
        parsed = ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=self.base)
        yield from (ox.Quad(q.subject, q.predicate, q.object) for q in parsed)

    def _written(self, quads: list[ox.Quad], format_: ox.RdfFormat) -> bytes:
        written = ox.serialize(quads, format=format_)
        assert written is not None
        return written

    def respond(self, request: Request) -> Answer:
        """Return the answer to a request."""
        self.requests.append(request)
        made = self._content(request, self._made(request))
        return self._answer(request, self._finished(request, made))

    def _finished(self, request: Request, answer: Answer) -> Answer:
        answer = answer.having(
            Access_Control_Allow_Origin="*", Access_Control_Expose_Headers="Link"
        )
        if answer.status != 200:
            return answer
        tag = f'"{hashlib.sha256(answer.body).hexdigest()[:12]}"'
        answer = answer.having(ETag=tag, Cache_Control="max-age=60", Accept_Ranges="bytes")
        if request.headers.get("if-none-match") == tag:
            return answer.having(Content_Type=None).being(304)
        asked = request.headers.get("range", "").removeprefix("bytes=").partition("-")
        if asked[0]:
            first, last = int(asked[0]), int(asked[2])
            span = f"bytes {first}-{last}/{len(answer.body)}"
            return answer.having(Content_Range=span).being(206, answer.body[first : last + 1])
        return answer

    def _made(self, request: Request) -> Answer:
        head, _, rest = request.path.lstrip("/").partition("/")
        name = head.lstrip(".").partition(".")[0].replace("-", "_") or "front"
        made: Any = getattr(self, f"_{name}", None)
        return made(request, rest) if made else self._missing(request)

    def _missing(self, request: Request) -> Answer:
        return Answer(404, {"Content-Type": "text/plain"}, b"no such thing")

    def _turtle(self, text: str, **values: object) -> Answer:
        quads = list(self._parsed(text.format(base=self.base, cc=LICENCE, **values)))
        body = self._written(quads, ox.RdfFormat.TURTLE)
        return Answer(200, {"Content-Type": "text/turtle; charset=utf-8"}, body)

    def _front(self, request: Request, rest: str) -> Answer:
        page = (
            '<!doctype html><html lang="en"><head><title>t</title>'
            '<link rel="describedby" href="/void">'
            '<link rel="alternate" type="application/atom+xml" href="/feed.atom"></head>'
            '<body><a href="/list?page=1">list</a> <a href="/catalog">catalog</a></body></html>'
        )
        return Answer(200, {"Content-Type": "text/html; charset=utf-8"}, page.encode())

    def _id(self, request: Request, name: str) -> Answer:
        if not self._about(name):
            return self._missing(request)
        return Answer(303, {"Location": f"/doc/{quote(name)}"})

    def _about(self, name: str) -> list[ox.Quad]:
        subject = ox.NamedNode(f"{self.base}id/{name}")
        own = [quad for quad in self.quads if quad.subject == subject]
        blank = {quad.object for quad in own if isinstance(quad.object, ox.BlankNode)}
        return own + [quad for quad in self.quads if quad.subject in blank]

    def _doc(self, request: Request, name: str) -> Answer:
        name, dot, suffix = name.partition(".")
        quads, accept = self._about(name), request.accept
        if not quads:
            return self._missing(request)
        if dot:
            accept = next((t for t, (s, _) in RDF.items() if s == suffix), "text/html")
        chosen = self._chosen(accept, "*/*" not in accept)
        if chosen is None:
            listed = "\n".join(["text/html", *RDF])
            return Answer(406, {"Content-Type": "text/plain", "Vary": "Accept"}, listed.encode())
        return self._document(name, quads, chosen)

    def _chosen(self, accept: str, strictly: bool) -> str | None:
        asked = [part.partition(";")[0].strip() for part in accept.split(",")]
        found = next((one for one in asked if one in RDF or one == "text/html"), None)
        return found or (None if strictly and asked != [""] else "text/html")

    def _document(self, name: str, quads: list[ox.Quad], type_: str) -> Answer:
        place, thing = f"/doc/{quote(name)}", ox.NamedNode(f"{self.base}id/{name}")
        document = ox.NamedNode(f"{self.base}doc/{name}")
        topic = ox.NamedNode("http://xmlns.com/foaf/0.1/primaryTopic")
        within = ox.NamedNode("http://rdfs.org/ns/void#inDataset")
        whole = ox.NamedNode(f"{self.base}catalog#set")
        quads = [*quads, ox.Quad(document, topic, thing), ox.Quad(document, within, whole)]
        suffixes = {**{t: s for t, (s, _) in RDF.items()}, "text/html": "html"}
        links = [f'<{place}.{s}>; rel="alternate"; type="{t}"' for t, s in suffixes.items()]
        links += ['</void>; rel="describedby"', f'<{LICENCE}>; rel="license"']
        headers = {
            "Content-Type": f"{type_}; charset=utf-8", "Vary": "Accept", "Link": ", ".join(links),
            "Content-Location": f"{place}.{suffixes[type_]}",
        }  # fmt: skip
        if type_ != "text/html":
            return Answer(200, headers, self._written(quads, RDF[type_][1]))
        data = self._written(quads, ox.RdfFormat.JSON_LD).decode().translate(_ESCAPED)
        page = (
            f'<!doctype html><html lang="ja"><head><title>{name}</title>'
            f'<script type="application/ld+json">{data}</script></head><body>p</body></html>'
        )
        return Answer(200, headers | {"Content-Language": "ja"}, page.encode())

    def _def(self, request: Request, rest: str) -> Answer:
        return self._turtle(TERMS)

    def _well_known(self, request: Request, rest: str) -> Answer:
        return Answer(302, {"Location": "/void"}) if rest == "void" else self._missing(request)

    def _void(self, request: Request, rest: str) -> Answer:
        subjects, things = len({q.subject for q in self.quads}), 3
        counts = {"triples": len(self.quads), "subjects": subjects, "things": things}
        return self._turtle(VOID, **counts)

    def _catalog(self, request: Request, rest: str) -> Answer:
        names, described = [], ""
        for name, data in self.dumps.items():
            slug, packed = name.replace(".", "-"), name.endswith(".gz")
            type_ = _type(name.removesuffix(".gz"))
            packing = "dcat:compressFormat <https://www.iana.org/assignments/media-types/application/gzip> ;"
            described += DISTRIBUTION.format(
                slug=slug, name=name, type=type_, packed=packing if packed else "", size=len(data),
                cc=LICENCE, sha256=hashlib.sha256(data).hexdigest(),
            )  # fmt: skip
            names.append(f"<catalog#{slug}>")
        return self._turtle(CATALOG + described, distributions=", ".join(names))

    def _dump(self, request: Request, name: str) -> Answer:
        if name not in self.dumps:
            return self._missing(request)
        type_ = "application/gzip" if name.endswith(".gz") else _type(name)
        return Answer(200, {"Content-Type": type_}, self.dumps[name])

    def _robots(self, request: Request, rest: str) -> Answer:
        rules = f"User-agent: *\nDisallow: /private\nSitemap: {self.base}sitemap.xml\n"
        return Answer(200, {"Content-Type": "text/plain"}, rules.encode())

    def _sitemap(self, request: Request, rest: str) -> Answer:
        urls = "".join(
            f"<url><loc>{self.base}doc/{quote(name)}</loc><lastmod>2026-02-01</lastmod></url>"
            for name in ("alpha", "beta", "札幌")
        )
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        body = f'<?xml version="1.0"?><urlset xmlns="{space}">{urls}</urlset>'
        return Answer(200, {"Content-Type": "application/xml"}, body.encode())

    def _feed(self, request: Request, rest: str) -> Answer:
        entry = "<entry><id>urn:e:{0}</id><title>{0}</title><updated>2026-02-0{0}T00:00:00Z</updated></entry>"
        body = (
            '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>f</title>'
            f"<updated>2026-02-02T00:00:00Z</updated>{entry.format(1)}{entry.format(2)}</feed>"
        )
        return Answer(200, {"Content-Type": "application/atom+xml"}, body.encode())

    def _list(self, request: Request, rest: str) -> Answer:
        page = int(request.query.get("page", "1"))
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if page < 3:
            headers["Link"] = f'</list?page={page + 1}>; rel="next"'
        return Answer(200, headers, f"<!doctype html><title>{page}</title>".encode())

    def _api(self, request: Request, rest: str) -> Answer:
        name = request.query.get("id", "")
        result: object = ["set"] if rest.endswith("package_list") else {"name": name, "id": name}
        body = json.dumps({"success": True, "result": result})
        return Answer(200, {"Content-Type": "application/json"}, body.encode())

    def _sparql(self, request: Request, rest: str) -> Answer:
        if request.method == "OPTIONS":
            return Answer(204, {"Access-Control-Allow-Headers": "Content-Type"})
        type_ = request.headers.get("content-type", "")
        query = request.query.get("query")
        if type_ == "application/sparql-query":
            query = request.body.decode()
        elif request.method == "POST":
            query = parse_qs(request.body.decode()).get("query", [None])[0]
        if query is None and request.method != "POST":
            return self._turtle(SERVICE, triples=len(self.quads))
        if query is None or "SERVICE" in query:
            return Answer(403, {"Content-Type": "text/plain"}, b"no")
        return self._evaluated(query, request.accept)

    def _evaluated(self, query: str, accept: str) -> Answer:
        try:
            found = self.store.query(query, use_default_graph_as_union=True)
        except SyntaxError as error:
            return Answer(400, {"Content-Type": "text/plain"}, str(error).encode())
        if isinstance(found, ox.QueryTriples):
            type_ = accept if accept in RDF else "text/turtle"
            body = self._written([ox.Quad(*triple) for triple in found], RDF[type_][1])
            return Answer(200, {"Content-Type": type_}, body)
        type_ = accept if accept in RESULTS else "application/sparql-results+json"
        body = found.serialize(format=RESULTS[type_]) or b""
        return Answer(200, {"Content-Type": type_}, body)


@dataclass(frozen=True)
class Running:
    """A site that is served."""

    url: str
    site: Stranger


@contextmanager
def running(content: Change = unchanged, answer: Change = unchanged) -> Iterator[Running]:
    """Serve a stranger's site on a free port of the loopback interface."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16  # head and body in one packet, or the client's system waits

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            path, body = unquote(parts.path), self.rfile.read(length)
            made = site.respond(Request(self.command, path, query, headers, body))
            self.send_response_only(made.status)
            for name, value in made.headers.items():
                self.send_header(name, value)
            if made.status not in (204, 304) and "Content-Length" not in made.headers:
                self.send_header("Content-Length", str(len(made.body)))
            self.end_headers()
            if self.command != "HEAD" and made.status not in (204, 304):
                self.wfile.write(made.body)

        do_GET = do_HEAD = do_POST = do_OPTIONS = _serve

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    base = f"http://127.0.0.1:{server.server_port}/"
    site = Stranger(base, content, answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield Running(base, site)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
