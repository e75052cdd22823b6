"""Checks of what a SPARQL endpoint lets strangers do, and what it refuses."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from publish.doctor.checks.headers import ORIGIN, allows
from publish.doctor.checks.sparql import ASK, FORM, NO_ENDPOINT, get, post, solutions
from publish.doctor.findings import Check, Result, Spec, fine, poor, registering, w3c, worst, wrong
from publish.doctor.site import Site
from publish.doctor.visits import Visit
from publish.formats import SPARQL_JSON
from publish.i18n import Text

CHECKS: list[Check] = []
_check = registering(CHECKS, "sparql")
_FETCH = "https://fetch.spec.whatwg.org/#http-cors-protocol"
_MALFORMED = "SELECT WHERE {"
#: They change nothing, even where they are carried out.
_UPDATES = ("INSERT DATA {}", "DELETE DATA {}")
_UPDATE_TYPE = "application/sparql-update"
#: A host that cannot exist (RFC 6761, 6.4): nothing is called.
FEDERATED = "SELECT * WHERE { SERVICE <http://lodpub-doctor.invalid/sparql> { ?s ?p ?o } }"
_TRIED = re.compile(r"resolv|unknown ?host|name or service|connect|dns|getaddrinfo", re.I)


@_check(
    "malformed-query",
    Text("誤った照会文には400で答える", "A malformed query is 400"),
    w3c("sparql11-protocol", "SPARQL 1.1 Protocol, 2.1.7", "query-failure"),
    Text(
        "構文の誤りには、200や500ではなく400と、どこが誤りかの説明を返してください。",
        "Answer a mistake in the query with 400 and say where it is; not with 200 or 500.",
    ),
)
def _malformed_query(site: Site) -> Result:
    if not site.endpoint:
        return NO_ENDPOINT
    visit = get(site, _MALFORMED, SPARQL_JSON.media_type)
    line = visit.line("Content-Type")
    if visit.status == 400:
        return fine(Text("400です。", "It is 400."), line)
    what = Text("400ではなく{status}です。", "It is {status}, not 400.").format(status=visit.status)
    return (poor if visit.status // 100 == 4 else wrong)(what, line)


@_check(
    "updates-refused",
    Text("誰からの更新も受け付けない", "Updates by anybody are refused"),
    w3c("sparql11-protocol", "SPARQL 1.1 Protocol, 4", "policy"),
    Text(
        "公開のエンドポイントでは更新（SPARQL Update）を無効にするか、認証を求め、4xxで断ってください。",
        "Switch SPARQL Update off at a public endpoint, or ask for authentication; refuse with 4xx.",
    ),
)
def _updates_refused(site: Site) -> Result:
    if not site.endpoint:
        return NO_ENDPOINT
    json = SPARQL_JSON.media_type
    form = post(site, urlencode({"update": _UPDATES[0]}).encode(), FORM, json)
    direct = post(site, _UPDATES[1].encode(), _UPDATE_TYPE, json)
    return worst(
        (_refused(visit) for visit in (form, direct, get(site, _UPDATES[0], json))), NO_ENDPOINT
    )


def _refused(visit: Visit) -> Result:
    line = visit.line("Content-Type")
    if visit.status // 100 == 4 or visit.status == 501:
        return fine(Text("断ります。", "They are refused."), line)
    if visit.status // 100 == 2 and visit.media_type != "text/html":
        return wrong(Text("更新を受け付けます。", "Updates are accepted."), line)
    what = Text("4xxで断りません。", "They are not refused with 4xx.")
    return poor(what, line)


@_check(
    "service-refused",
    Text("SERVICEで他のサーバーを呼び出させない", "SERVICE cannot make it call other servers"),
    w3c(
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
def _service_refused(site: Site) -> Result:
    if not site.endpoint:
        return NO_ENDPOINT
    visit = get(site, FEDERATED, SPARQL_JSON.media_type)
    line = visit.line("Content-Type")
    if visit.status == 200 and solutions(visit) is not None:
        what = Text("受け付け、失敗を隠しています。", "It is accepted, and its failure is hidden.")
        return wrong(what, line)
    if visit.status // 100 == 4:
        return fine(Text("断ります。", "It is refused."), line)
    if _TRIED.search(visit.body[:4096].decode("utf-8", "replace")):
        what = Text("呼び出そうとしたようです。", "It seems to have tried the call.")
        return poor(what, line)
    return poor(Text("4xxで断りません。", "It is not refused with 4xx."), line)


@_check(
    "sparql-cors",
    Text("他のサイトのスクリプトから照会できる（CORS）", "Scripts of other sites can query (CORS)"),
    Spec("Fetch, CORS protocol", _FETCH),
    Text(
        "GETとPOSTの応答に「Access-Control-Allow-Origin: *」を付け、OPTIONS には Access-Control-Allow-Headers に Content-Type を含めて2xxで答えてください。",
        'Send "Access-Control-Allow-Origin: *" with GET and POST, and answer OPTIONS with 2xx and '
        "Content-Type among Access-Control-Allow-Headers.",
    ),
)
def _sparql_cors(site: Site) -> Result:
    if not site.endpoint:
        return NO_ENDPOINT
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
        return wrong(Text("照会できません。", "They cannot."), *lines)
    if (
        flight.status // 100 != 2
        or not allows(flight)
        or not ("content-type" in headers or "*" in headers)
    ):
        what = Text(
            "事前の問い合わせ（OPTIONS）が拒まれます。", "The preflight (OPTIONS) is refused."
        )
        return wrong(what, *lines)
    return fine(Text("照会できます。", "They can."), *lines)
