"""Each check of an endpoint's numbers and description notices the defect that it is for."""

from __future__ import annotations

import json

import pytest

from tests.doctor.conftest import Answer, Change, Defect, Request, at, examined


def _asking(part: str, change: Change) -> Change:
    """Change the answers to queries that have a part."""

    def changed(request: Request, answer: Answer) -> Answer:
        return change(request, answer) if part in request.query.get("query", "") else answer

    return changed


def _first_row(request: Request, answer: Answer) -> Answer:
    content = json.loads(answer.body)
    content["results"]["bindings"] = content["results"]["bindings"][:1]
    return answer.being(200, json.dumps(content).encode())


def _first_row_said(request: Request, answer: Answer) -> Answer:
    cut = _first_row(request, answer)
    return cut.being(200, json.dumps({**json.loads(cut.body), "truncated": True}).encode())


def _described(old: str, new: str) -> Change:
    def changed(request: Request, answer: Answer) -> Answer:
        return answer.saying(old, new) if not request.query and request.method == "GET" else answer

    return changed


ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
WHOLE = _asking(ALL, lambda q, a: a if "LIMIT" in q.query["query"] else _first_row(q, a))
FEATURE = "sparql-service-description#UnionDefaultGraph"
DEFECTS = [
    Defect("service-description", "warning", content=_described("#Service>", "#Servant>")),
    Defect("service-description", "failure", name="elsewhere",
           content=_described("sparql-service-description#endpoint> <http",
                              "sparql-service-description#endpoint> <https")),
    Defect("described-formats", "failure",
           content=_described("formats/Turtle", "formats/SPARQL_Results_CSV"),
           answer=lambda q, a: a.being(406) if q.accept == "text/csv" else a),
    Defect("described-features", "failure", name="service",
           content=_described(FEATURE, "sparql-service-description#BasicFederatedQuery")),
    Defect("described-features", "failure", name="update",
           content=_described(FEATURE, "sparql-service-description#SPARQL11Update")),
    Defect("counts-agree", "failure", name="other",
           answer=_asking("COUNT", lambda q, a: a.saying('"value":"1', '"value":"9'))),
    Defect("graphs-counted-once", "failure", name="twice",
           answer=_asking("DISTINCT", lambda q, a: a.saying('"value":"1', '"value":"'))),
    Defect("graphs-counted-once", "failure", name="size",
           answer=_asking("GRAPH", lambda q, a: a.saying('"value":"1', '"value":"'))),
    Defect("truncation-signalled", "failure", answer=WHOLE),
]  # fmt: skip


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_defect_is_noticed(defect: Defect) -> None:
    found = defect.examined()
    assert found.outcome == defect.outcome, found.result


def test_a_result_that_says_it_is_cut_off_is_fine() -> None:
    said = _asking(ALL, lambda q, a: a if "LIMIT" in q.query["query"] else _first_row_said(q, a))
    found = examined("truncation-signalled", answer=said)
    assert found.outcome == "ok"
    assert found.result.what.en == "It does."


def test_a_description_of_the_data_beside_it_is_no_difference() -> None:
    """VoID counts the graphs of the data set; the endpoint has its description, too."""

    def more(request: Request, answer: Answer) -> Answer:
        is_total = request.query.get("query", "").startswith("SELECT (COUNT(*) AS ?n) WHERE { ?s")
        return answer.saying('"value":"', '"value":"9') if is_total else answer

    def described(request: Request, answer: Answer) -> Answer:
        if request.path == "/sparql" and not request.query:
            return answer.being(404)
        base = f"http://{request.headers['host']}/"
        return answer.saying("void#vocabulary", "void#subset").saying(
            f"{base}def#> ;", f"{base}graph/all> ;"
        )

    unsaid = examined("counts-agree", at("/sparql", lambda a: a), more)
    assert unsaid.outcome == "failure"
    assert examined("counts-agree", described, more).outcome in ("ok", "warning")
