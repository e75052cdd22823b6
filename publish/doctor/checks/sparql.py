"""Checks of a SPARQL endpoint: ways to ask it, formats of its answers, and what it must refuse."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from publish.doctor import findings as f
from publish.doctor.checks.crawling import parsed
from publish.doctor.checks.headers import CORS, ORIGIN, allows
from publish.doctor.http import Visit
from publish.doctor.site import Site
from publish.formats import (
    CSV,
    JSONLD,
    NTRIPLES,
    RDFXML,
    RESULT_FORMATS,
    SPARQL_JSON,
    SPARQL_QUERY,
    SPARQL_XML,
    TURTLE,
    Format,
)
from publish.i18n import Text

CHECKS = f.Checks("sparql")
NO_ENDPOINT = f.skipped(
    Text("SPARQLエンドポイントが案内されていません。", "No SPARQL endpoint is announced.")
)
SELECT = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 2"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2"
FORM = "application/x-www-form-urlencoded"
_RESULTS = "{http://www.w3.org/2005/sparql-results#}"
_GRAPHS = (TURTLE, JSONLD, RDFXML, NTRIPLES)


def endpoint(site: Site) -> str:
    """Return the URL of the endpoint; without one, the check does not apply."""
    return f.needed(site.endpoint, NO_ENDPOINT)


def get(site: Site, query: str, accept: str, method: str = "GET", **more: str) -> Visit:
    """Send a query by GET (or HEAD), with more headers."""
    joint = "&" if "?" in endpoint(site) else "?"
    url = f"{endpoint(site)}{joint}{urlencode({'query': query})}"
    return site.visitor.visit(url, accept, more, method=method)


def post(site: Site, body: bytes, type_: str, accept: str) -> Visit:
    """Send a body by POST."""
    return site.visitor.visit(endpoint(site), accept, {"Content-Type": type_}, "POST", body)


def solutions(visit: Visit) -> list[dict[str, str]] | bool | None:
    """Return the rows of SPARQL JSON (values only), the truth of an ASK, or None for all else."""
    try:
        content: Any = json.loads(visit.body) if visit.status == 200 else None
        if isinstance(content, dict) and isinstance(content.get("boolean"), bool):
            return bool(content["boolean"])
        rows = content["results"]["bindings"]
        return [{name: str(term["value"]) for name, term in row.items()} for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def count(visit: Visit) -> int | None:
    """Return the number that a query for one number has as answer, or None."""
    rows = solutions(visit)
    value = next(iter(rows[0].values()), "") if isinstance(rows, list) and rows else ""
    return int(value) if value.isascii() and value.isdecimal() else None


@CHECKS.add(
    "endpoint-found",
    Text(
        "SPARQLエンドポイントが、説明からたどれる",
        "The SPARQL endpoint is found in the descriptions",
    ),
    f.w3c("void", "VoID, SPARQL endpoints", "sparql"),
    Text(
        "void:sparqlEndpoint と dcat:endpointURL に、エンドポイントのURLを書いてください。",
        "State the URL of the endpoint as void:sparqlEndpoint and dcat:endpointURL.",
    ),
)
def _endpoint_found(site: Site) -> f.Result:
    visit = get(site, ASK, SPARQL_JSON.media_type)
    if solutions(visit) is None:
        what = Text("エンドポイントが答えません。", "The endpoint does not answer.")
        return f.failed(what, visit.line("Content-Type"))
    return f.passed(Text("答えます。", "It answers."), visit.line("Content-Type"))


_ASKED: tuple[tuple[str, Format, Callable[[Site, Visit], bool]], ...] = (
    (SELECT, SPARQL_JSON, lambda site, visit: isinstance(solutions(visit), list)),
    (ASK, SPARQL_JSON, lambda site, visit: isinstance(solutions(visit), bool)),
    (CONSTRUCT, TURTLE, lambda site, visit: not site.read(visit).problem),
)


def _answers(send: Callable[[Site, str, str], Visit]) -> f.Asked:
    """Make a check of a way to send a query (with an Accept): is each kind of query answered."""
    return lambda site: f.worst(
        (
            _answer(send(site, query, format_.media_type), site, is_right)
            for query, format_, is_right in _ASKED
        ),
        NO_ENDPOINT,
    )


def _answer(visit: Visit, site: Site, is_right: Callable[[Site, Visit], bool]) -> f.Result:
    line = visit.line("Content-Type")
    if visit.status != 200 or not is_right(site, visit):
        what = Text(
            "答えがないか、形式が誤っています。", "There is no answer, or in a wrong format."
        )
        return f.failed(what, line)
    if visit.media_type not in (SPARQL_JSON.media_type, TURTLE.media_type):
        what = Text(
            "メディアタイプが求めたものと異なります。", "The media type is not what was asked for."
        )
        return f.warned(what, line)
    return f.passed(Text("答えます。", "They are answered."), line)


_PROTOCOL_REMEDY = Text(
    "SPARQL 1.1 Protocol の三つの方法（GET、フォームのPOST、application/sparql-query のPOST）すべてを受け付けてください。",
    "Accept all three ways of the SPARQL 1.1 Protocol: GET, a form by POST, and a POST of "
    "application/sparql-query.",
)


@CHECKS.add(
    "query-get",
    Text("GETで SELECT・ASK・CONSTRUCT に答える", "SELECT, ASK and CONSTRUCT work by GET"),
    f.w3c("sparql11-protocol", "SPARQL 1.1 Protocol, 2.1.1", "query-via-get"),
    _PROTOCOL_REMEDY,
)
@_answers
def _query_get(site: Site, query: str, accept: str) -> Visit:
    return get(site, query, accept)


@CHECKS.add(
    "query-form",
    Text("フォームのPOSTで SELECT・ASK・CONSTRUCT に答える", "SELECT, ASK and CONSTRUCT work as a form by POST"),
    f.w3c("sparql11-protocol", "SPARQL 1.1 Protocol, 2.1.2", "query-via-post-urlencoded"),
    _PROTOCOL_REMEDY,
)  # fmt: skip
@_answers
def _query_form(site: Site, query: str, accept: str) -> Visit:
    return post(site, urlencode({"query": query}).encode(), FORM, accept)


@CHECKS.add(
    "query-direct",
    Text("application/sparql-query のPOSTに答える", "SELECT, ASK and CONSTRUCT work as application/sparql-query"),
    f.w3c("sparql11-protocol", "SPARQL 1.1 Protocol, 2.1.3", "query-via-post-direct"),
    _PROTOCOL_REMEDY,
)  # fmt: skip
@_answers
def _query_direct(site: Site, query: str, accept: str) -> Visit:
    return post(site, query.encode(), SPARQL_QUERY.media_type, accept)


@CHECKS.add(
    "result-formats",
    Text("結果を JSON・XML・CSV・TSV で得られ、行数が同じである", "Results come as JSON, XML, CSV and TSV, with the same rows"),
    f.w3c("sparql11-protocol", "SPARQL 1.1 Protocol, 2.1.6", "query-success"),
    Text(
        "四つの結果形式を Accept で選べるようにし、正しいメディアタイプを付けてください。",
        "Let clients choose among the four result formats by Accept, with their media types.",
    ),
)  # fmt: skip
def _result_formats(site: Site) -> f.Result:
    found = {format_: get(site, SELECT, format_.media_type) for format_ in RESULT_FORMATS}
    rows = {format_: _rows(visit, format_) for format_, visit in found.items()}
    lines = [f"{visit.line('Content-Type')}: {rows[format_]}" for format_, visit in found.items()]
    missing = [format_.label.en for format_ in (SPARQL_JSON, SPARQL_XML) if rows[format_] is None]
    if missing:
        what = Text("{names} で得られません。", "They do not come as {names}.")
        return f.failed(what.format(names=", ".join(missing)), *lines)
    if len({n for n in rows.values() if n is not None}) > 1:
        return f.failed(Text("行数が異なります。", "The numbers of rows differ."), *lines)
    if None in rows.values():
        what = Text("CSV又はTSVで得られません。", "They do not come as CSV or TSV.")
        return f.warned(what, *lines)
    return f.passed(Text("得られます。", "They do."), *lines)


def _rows(visit: Visit, format_: Format) -> int | None:
    """Return the number of rows, or None if the answer is not in the format."""
    if visit.status != 200 or visit.media_type != format_.media_type:
        return None
    if format_ == SPARQL_JSON:
        rows = solutions(visit)
        return len(rows) if isinstance(rows, list) else None
    if format_ == SPARQL_XML:
        root: Element | None = parsed(visit)[0]
        return None if root is None else len(root.findall(f"{_RESULTS}results/{_RESULTS}result"))
    text = visit.body.decode("utf-8", "replace")
    if format_ == CSV:
        return len(list(csv.reader(io.StringIO(text)))) - 1
    return len(text.rstrip("\n").split("\n")) - 1


@CHECKS.add(
    "graph-formats",
    Text(
        "CONSTRUCTの結果を、RDFの各形式で得られる", "Answers to CONSTRUCT come in the RDF formats"
    ),
    f.w3c("sparql11-protocol", "SPARQL 1.1 Protocol, 2.1.6", "query-success"),
    Text(
        "CONSTRUCT と DESCRIBE では、結果形式ではなくRDFの形式の中から Accept で選んでください。",
        "Choose among RDF formats by Accept for CONSTRUCT and DESCRIBE, not among result formats.",
    ),
)
def _graph_formats(site: Site) -> f.Result:
    found = {format_: get(site, CONSTRUCT, format_.media_type) for format_ in _GRAPHS}
    lines = [visit.line("Content-Type") for visit in found.values()]
    bad = [
        format_ for format_, v in found.items() if v.media_type != format_.media_type or site.read(v).problem
    ]  # fmt: skip
    if TURTLE in bad and len(bad) == len(found):
        return f.failed(Text("RDFで得られません。", "They do not come as RDF."), *lines)
    if bad:
        what = Text("{names} で得られません。", "They do not come as {names}.")
        return f.warned(what.format(names=", ".join(format_.label.en for format_ in bad)), *lines)
    return f.passed(Text("得られます。", "They do."), *lines)


@CHECKS.add(
    "endpoint-head",
    Text("HEADによる照会にも答える", "A query by HEAD is answered"),
    f.rfc(9110, "9.3.2"),
    Text(
        "HEADをGETと同じに扱い、本文だけを省いてください。稼働の監視や一部のライブラリーがHEADを使います。",
        "Treat HEAD like GET without the content: monitors and some libraries use it.",
    ),
)
def _endpoint_head(site: Site) -> f.Result:
    head = get(site, ASK, SPARQL_JSON.media_type, "HEAD")
    line = head.line("Content-Type")
    if head.status == 200 and head.media_type == SPARQL_JSON.media_type:
        return f.passed(Text("答えます。", "It is."), line)
    return f.warned(Text("答えません。", "It is not."), line)


# -- Checks of what a SPARQL endpoint lets strangers do, and what it refuses ----------------------

_MALFORMED = "SELECT WHERE {"
#: They change nothing, even where they are carried out.
_UPDATES = ("INSERT DATA {}", "DELETE DATA {}")
_UPDATE_TYPE = "application/sparql-update"
#: A host that cannot exist (RFC 6761, 6.4): nothing is called.
FEDERATED = "SELECT * WHERE { SERVICE <http://lodpub-doctor.invalid/sparql> { ?s ?p ?o } }"
_TRIED = re.compile(r"resolv|unknown ?host|name or service|connect|dns|getaddrinfo", re.I)


@CHECKS.add(
    "malformed-query",
    Text("誤った照会文には400で答える", "A malformed query is 400"),
    f.w3c("sparql11-protocol", "SPARQL 1.1 Protocol, 2.1.7", "query-failure"),
    Text(
        "構文の誤りには、200や500ではなく400と、どこが誤りかの説明を返してください。",
        "Answer a mistake in the query with 400 and say where it is; not with 200 or 500.",
    ),
)
def _malformed_query(site: Site) -> f.Result:
    visit = get(site, _MALFORMED, SPARQL_JSON.media_type)
    line = visit.line("Content-Type")
    if visit.status == 400:
        return f.passed(Text("400です。", "It is 400."), line)
    what = Text("400ではなく{status}です。", "It is {status}, not 400.").format(status=visit.status)
    return (f.warned if visit.status // 100 == 4 else f.failed)(what, line)


@CHECKS.add(
    "updates-refused",
    Text("誰からの更新も受け付けない", "Updates by anybody are refused"),
    f.w3c("sparql11-protocol", "SPARQL 1.1 Protocol, 4", "policy"),
    Text(
        "公開のエンドポイントでは更新（SPARQL Update）を無効にするか、認証を求め、4xxで断ってください。",
        "Switch SPARQL Update off at a public endpoint, or ask for authentication; refuse with 4xx.",
    ),
)
def _updates_refused(site: Site) -> f.Result:
    json = SPARQL_JSON.media_type
    form = post(site, urlencode({"update": _UPDATES[0]}).encode(), FORM, json)
    direct = post(site, _UPDATES[1].encode(), _UPDATE_TYPE, json)
    return f.worst(
        (_refused(visit) for visit in (form, direct, get(site, _UPDATES[0], json))), NO_ENDPOINT
    )


def _refused(visit: Visit) -> f.Result:
    line = visit.line("Content-Type")
    if visit.status // 100 == 4 or visit.status == 501:
        return f.passed(Text("断ります。", "They are refused."), line)
    if visit.status // 100 == 2 and visit.media_type != "text/html":
        return f.failed(Text("更新を受け付けます。", "Updates are accepted."), line)
    what = Text("4xxで断りません。", "They are not refused with 4xx.")
    return f.warned(what, line)


@CHECKS.add(
    "service-refused",
    Text("SERVICEで他のサーバーを呼び出させない", "SERVICE cannot make it call other servers"),
    f.w3c(
        "sparql11-federated-query",
        "SPARQL 1.1 Federated Query, security considerations",
        "security-considerations",
    ),
    Text(
        "SERVICE を無効にするか、許したホストだけに限ってください。内部のサーバーを呼び出す踏み台になります。",
        "Switch SERVICE off or limit it to hosts that you allow: it lets strangers reach internal "
        "servers through yours.",
    ),
)
def _service_refused(site: Site) -> f.Result:
    visit = get(site, FEDERATED, SPARQL_JSON.media_type)
    line = visit.line("Content-Type")
    if visit.status == 200 and solutions(visit) is not None:
        what = Text("受け付け、失敗を隠しています。", "It is accepted, and its failure is hidden.")
        return f.failed(what, line)
    if visit.status // 100 == 4:
        return f.passed(Text("断ります。", "It is refused."), line)
    if _TRIED.search(visit.body[:4096].decode("utf-8", "replace")):
        what = Text("呼び出そうとしたようです。", "It seems to have tried the call.")
        return f.warned(what, line)
    return f.warned(Text("4xxで断りません。", "It is not refused with 4xx."), line)


@CHECKS.add(
    "sparql-cors",
    Text("他のサイトのスクリプトから照会できる（CORS）", "Scripts of other sites can query (CORS)"),
    CORS,
    Text(
        "GETとPOSTの応答に「Access-Control-Allow-Origin: *」を付け、OPTIONS には Access-Control-Allow-Headers に Content-Type を含めて2xxで答えてください。",
        'Send "Access-Control-Allow-Origin: *" with GET and POST, and answer OPTIONS with 2xx and '
        "Content-Type among Access-Control-Allow-Headers.",
    ),
)
def _sparql_cors(site: Site) -> f.Result:
    got = get(site, ASK, SPARQL_JSON.media_type, Origin=ORIGIN)
    asked = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    flight = site.visitor.visit(site.endpoint, "*/*", asked, "OPTIONS")
    names = "Access-Control-Allow-Origin", "Access-Control-Allow-Headers"
    lines = got.line(names[0]), flight.line(*names)
    headers = flight.headers.get("access-control-allow-headers", "").lower()
    if not allows(got):
        return f.failed(Text("照会できません。", "They cannot."), *lines)
    if (
        flight.status // 100 != 2
        or not allows(flight)
        or not ("content-type" in headers or "*" in headers)
    ):
        what = Text(
            "事前の問い合わせ（OPTIONS）が拒まれます。", "The preflight (OPTIONS) is refused."
        )
        return f.failed(what, *lines)
    return f.passed(Text("照会できます。", "They can."), *lines)
