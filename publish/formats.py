"""The one table of representations, read by negotiation, dumps, catalogue, links and docs.

Media types are those registered with IANA; suffixes are those of the published addresses.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat

from publish.i18n import Text


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write something down."""

    suffix: str
    media_type: str
    label: Text
    rdf: RdfFormat | None = None
    results: QueryResultsFormat | None = None
    charset: bool = False
    #: other media types that clients ask for and mean this one
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """Return the value of `Content-Type`, with the charset where the type has one."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type

    @property
    def iana(self) -> str:
        """Return the IRI of the media type in IANA's registry, as DCAT wants it."""
        return f"https://www.iana.org/assignments/media-types/{self.media_type}"


HTML = Format(
    "html",
    "text/html",
    Text("ウェブページ", "web page"),
    charset=True,
    aliases=("application/xhtml+xml",),
)
TURTLE = Format(
    "ttl",
    "text/turtle",
    Text("Turtle", "Turtle"),
    RdfFormat.TURTLE,
    charset=True,
    aliases=("application/x-turtle", "text/n3", "text/rdf+n3"),
)
JSONLD = Format(
    "jsonld",
    "application/ld+json",
    Text("JSON-LD", "JSON-LD"),
    RdfFormat.JSON_LD,
    aliases=("application/json",),
)
RDFXML = Format(
    "rdf",
    "application/rdf+xml",
    Text("RDF/XML", "RDF/XML"),
    RdfFormat.RDF_XML,
    aliases=("application/xml", "text/xml"),
)
NTRIPLES = Format(
    "nt",
    "application/n-triples",
    Text("N-Triples", "N-Triples"),
    RdfFormat.N_TRIPLES,
    aliases=("text/plain",),
)
TRIG = Format(
    "trig",
    "application/trig",
    Text("TriG（グラフ別）", "TriG (with graphs)"),
    RdfFormat.TRIG,
    aliases=("application/x-trig",),
)
NQUADS = Format(
    "nq",
    "application/n-quads",
    Text("N-Quads（グラフ別）", "N-Quads (with graphs)"),
    RdfFormat.N_QUADS,
    aliases=("text/x-nquads",),
)

SPARQL_JSON = Format(
    "json",
    "application/sparql-results+json",
    Text("JSON", "JSON"),
    results=QueryResultsFormat.JSON,
    aliases=("application/json",),
)
SPARQL_XML = Format(
    "xml",
    "application/sparql-results+xml",
    Text("XML", "XML"),
    results=QueryResultsFormat.XML,
    aliases=("application/xml", "text/xml"),
)
CSV = Format("csv", "text/csv", Text("CSV", "CSV"), results=QueryResultsFormat.CSV, charset=True)
TSV = Format(
    "tsv",
    "text/tab-separated-values",
    Text("TSV", "TSV"),
    results=QueryResultsFormat.TSV,
    charset=True,
)

CSVW = Format("json", "application/csvm+json", Text("CSVWメタデータ", "CSVW metadata"))
JSON = Format("json", "application/json", Text("JSON", "JSON"))
GZIP = Format("gz", "application/gzip", Text("gzip圧縮", "gzip"))
ZSTD = Format("zst", "application/zstd", Text("Zstandard圧縮", "Zstandard"))

ATOM = Format("atom", "application/atom+xml", Text("Atom", "Atom"), charset=True)
OPENSEARCH = Format(
    "xml", "application/opensearchdescription+xml", Text("OpenSearch", "OpenSearch"), charset=True
)
SUGGESTIONS = Format(
    "opensearch",
    "application/x-suggestions+json",
    Text("検索候補（OpenSearch）", "suggestions (OpenSearch)"),
)
SPARQL_QUERY = Format("rq", "application/sparql-query", Text("SPARQL", "SPARQL"), charset=True)
PROBLEM = Format("problem", "application/problem+json", Text("エラー情報", "problem details"))
TEXT = Format("txt", "text/plain", Text("テキスト", "text"), charset=True)

#: RDF formats in the server's order of preference (ties in Accept go to the first).
RDF_FORMATS: tuple[Format, ...] = (TURTLE, JSONLD, RDFXML, NTRIPLES, TRIG, NQUADS)
#: What a document about a thing can be had as; HTML first, for browsers and bare requests.
DOCUMENT_FORMATS: tuple[Format, ...] = (HTML, *RDF_FORMATS)
#: What SELECT and ASK can be answered in.
RESULT_FORMATS: tuple[Format, ...] = (SPARQL_JSON, SPARQL_XML, CSV, TSV)


def by_suffix(suffix: str, among: tuple[Format, ...]) -> Format | None:
    """Return the format with this file suffix, or None."""
    return next((format_ for format_ in among if format_.suffix == suffix), None)


def by_media_type(media_type: str, among: tuple[Format, ...]) -> Format | None:
    """Return the format of a media type or one of its aliases, or None; case is ignored."""
    wanted = media_type.strip().lower()
    exact = next((format_ for format_ in among if format_.media_type == wanted), None)
    return exact or next((format_ for format_ in among if wanted in format_.aliases), None)
