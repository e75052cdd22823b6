"""Checks of what a SPARQL endpoint says of itself, and whether its numbers hold."""

from __future__ import annotations

from collections.abc import Iterator

from publish.doctor import findings as f
from publish.doctor.checks.sparql import (
    CONSTRUCT,
    FEDERATED,
    FORM,
    SELECT,
    count,
    endpoint,
    get,
    post,
    solutions,
)
from publish.doctor.http import Visit
from publish.doctor.rdf_process import Reading
from publish.doctor.site import ANY_RDF, Site, number
from publish.formats import DOCUMENT_FORMATS, RESULT_FORMATS, SPARQL_JSON
from publish.i18n import Text
from publish.rdf import namespaces as ns

CHECKS = f.Checks("sparql")
NO_DESCRIPTION = f.skipped(Text("サービス記述がありません。", "There is no service description."))
#: W3C's names of formats (http://www.w3.org/ns/formats/), and what to ask for.
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "Turtle": "ttl", "JSON-LD": "jsonld", "RDF_XML": "rdf", "N-Triples": "nt", "TriG": "trig",
    "N-Quads": "nq", "SPARQL_Results_JSON": "json", "SPARQL_Results_XML": "xml",
    "SPARQL_Results_CSV": "csv", "SPARQL_Results_TSV": "tsv",
}  # fmt: skip
_ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_DISTINCT = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } }"
_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
#: More rows than these are not fetched, more triples not compared.
_FETCHED, _COMPARED = 50_000, 500_000
#: Parts of header names by which endpoints say that an answer is not whole.
_SIGNALS = ("truncat", "maxrows", "row-limit", "partial")


def description(site: Site) -> tuple[Visit, Reading]:
    """Return what the endpoint answers without a query, as RDF."""
    visit = site.visitor.follow(endpoint(site), ANY_RDF)[-1]
    return visit, site.read(visit)


@CHECKS.add(
    "service-description",
    Text(
        "照会文なしで開くと、サービス記述が得られる",
        "Without a query, the endpoint describes itself",
    ),
    f.w3c("sparql11-service-description", "SPARQL 1.1 Service Description, 2", "accessing"),
    Text(
        "照会文のないGETに、sd:Service と sd:endpoint を含むRDF（ブラウザーには入力画面）を返してください。",
        "Answer a GET without a query with RDF that has sd:Service and sd:endpoint (with a form "
        "for browsers).",
    ),
)
def _service_description(site: Site) -> f.Result:
    visit, reading = description(site)
    line = visit.line("Content-Type")
    if not reading.of_type(ns.SD + "Service"):
        what = Text("サービス記述がありません。", "There is no service description.")
        return f.warned(what, line)
    stated = reading.values(ns.SD + "endpoint")
    if stated and site.endpoint not in stated:
        what = Text("sd:endpoint が異なります。", "Its sd:endpoint is another.")
        return f.failed(what, line, *stated)
    return f.passed(Text("サービス記述があります。", "It does."), line)


@CHECKS.add(
    "described-formats",
    Text(
        "サービス記述の結果形式が、すべて実際に使える", "All result formats of the description work"
    ),
    f.w3c(
        "sparql11-service-description",
        "SPARQL 1.1 Service Description, sd:resultFormat",
        "sd-resultFormat",
    ),
    Text(
        "使えない形式を sd:resultFormat から除くか、使えるようにしてください。",
        "Take formats that do not work out of sd:resultFormat, or make them work.",
    ),
)
@f.worst_of(f.skipped(Text("形式が書かれていません。", "No formats are stated.")))
def _described_formats(site: Site) -> Iterator[f.Result]:
    stated = description(site)[1].values(ns.SD + "resultFormat")
    suffixes = {_NAMES.get(iri.removeprefix(_FORMATS)) for iri in stated}
    for format_ in (*RESULT_FORMATS, *DOCUMENT_FORMATS):
        if format_.suffix in suffixes:
            query = SELECT if format_ in RESULT_FORMATS else CONSTRUCT
            visit = get(site, query, format_.media_type)
            line = visit.line("Content-Type")
            if visit.status == 200 and visit.media_type == format_.media_type:
                yield f.passed(Text("使えます。", "They do."), line)
            else:
                yield f.failed(Text("使えない形式があります。", "Some do not."), line)


@CHECKS.add(
    "described-features",
    Text("サービス記述の機能が、実際に使える", "The features of the description are real"),
    f.w3c(
        "sparql11-service-description", "SPARQL 1.1 Service Description, sd:feature", "sd-feature"
    ),
    Text(
        "断っている機能（更新、SERVICE）を記述から除き、既定グラフの説明を実際に合わせてください。",
        "Take what is refused (updates, SERVICE) out of the description, and describe the default "
        "graph as it is.",
    ),
)
def _described_features(site: Site) -> f.Result:
    visit, reading = description(site)
    if not reading.of_type(ns.SD + "Service"):
        return NO_DESCRIPTION
    stated = {*reading.values(ns.SD + "feature"), *reading.values(ns.SD + "supportedLanguage")}
    bad = []
    if ns.SD + "BasicFederatedQuery" in stated:
        asked = get(site, FEDERATED, SPARQL_JSON.media_type)
        bad += ["sd:BasicFederatedQuery: " + asked.line()] if asked.status in (400, 403) else []
    if ns.SD + "SPARQL11Update" in stated:
        asked = post(site, b"update=INSERT+DATA+%7B%7D", FORM, SPARQL_JSON.media_type)
        bad += ["sd:SPARQL11Update: " + asked.line()] if asked.status // 100 == 4 else []
    if ns.SD + "UnionDefaultGraph" in stated:
        bad += _no_union(site)
    if bad:
        return f.failed(Text("実際と異なります。", "They differ from what is."), *bad)
    what = Text("実際のとおりです。", "They are as described.")
    return f.passed(what, visit.line(), *sorted(stated))


def _no_union(site: Site) -> list[str]:
    named, total = _by_graph(site), count(get(site, _COUNT, SPARQL_JSON.media_type))
    if total is not None and named and max(named.values()) > total:
        return [f"sd:UnionDefaultGraph: {total} < {max(named.values())}"]
    return []


def _by_graph(site: Site) -> dict[str, int]:
    rows = solutions(get(site, _GRAPHS, SPARQL_JSON.media_type))
    if not isinstance(rows, list):
        return {}
    return {row.get("g", ""): number(row.get("n", "")) for row in rows}


@CHECKS.add(
    "counts-agree",
    Text("トリプルの数が、VoIDやサービス記述と一致する", "The number of triples is that of VoID or the description"),
    f.w3c("void", "VoID, statistics", "statistics"),
    Text(
        "エンドポイントに読み込んだデータと、VoIDの件数を計算したデータを同じ版にしてください。",
        "Load the endpoint with the same version of the data of which VoID's figures were computed.",
    ),
)  # fmt: skip
def _counts_agree(site: Site) -> f.Result:
    visit = get(site, _COUNT, SPARQL_JSON.media_type)
    total = count(visit)
    if total is None:
        what = Text("数えられません。", "They cannot be counted.")
        return f.failed(what, visit.line("Content-Type"))
    described, stated = (
        _stated(site),
        [number(v) for v in site.whole[1].get(ns.VOID + "triples", [])],
    )
    line = f"{visit.line()}: {total}; sd: {described}, VoID: {stated}"
    if not described and not stated:
        return f.skipped(Text("件数が書かれていません。", "No figure is stated."), line)
    if total in (described or stated):
        return f.passed(Text("一致します。", "It is."), line)
    if not described and _of_the_set(site) in stated:
        what = Text(
            "VoIDが数えるグラフの件数と一致します。", "It is, in the graphs that VoID counts."
        )
        return f.passed(what, line)
    if not described and total > max(stated):
        what = Text(
            "VoIDの件数より多くあります（説明のグラフを含むなら、サービス記述に書いてください）。",
            "There are more than VoID states; if they include descriptions, say so in the service "
            "description.",
        )
        return f.warned(what, line)
    return f.failed(Text("一致しません。", "It is not."), line)


def _of_the_set(site: Site) -> int:
    """Return the triples in those named graphs that VoID calls subsets of the data set."""
    sizes = _by_graph(site)
    return sum(sizes.get(graph, 0) for graph in site.whole[1].get(ns.VOID + "subset", []))


def _stated(site: Site) -> list[int]:
    """Return the size of the default graph by the service description."""
    reading = description(site)[1]
    graphs = reading.values(ns.SD + "defaultGraph")
    return [number(v) for g in graphs for v in reading.about(g).get(ns.VOID + "triples", [])]


@CHECKS.add(
    "graphs-counted-once",
    Text(
        "既定グラフで、同じトリプルが二度数えられない",
        "No triple is counted twice in the default graph",
    ),
    f.w3c("sparql11-query", "SPARQL 1.1 Query, 13", "rdfDataset"),
    Text(
        "同じトリプルを複数の名前付きグラフに置かないか、既定グラフの結合で重複を除いてください。名前付きグラフの件数は、記述と合わせてください。",
        "Do not keep a triple in several named graphs, or remove duplicates where the default graph "
        "unites them; let the sizes of named graphs be those described.",
    ),
)
def _graphs_counted_once(site: Site) -> f.Result:
    visit = get(site, _COUNT, SPARQL_JSON.media_type)
    total = count(visit)
    if total is None or total > _COMPARED:
        what = Text("数えられないか、多すぎます。", "They cannot be counted, or are too many.")
        return f.skipped(what, visit.line())
    distinct = count(get(site, _DISTINCT, SPARQL_JSON.media_type))
    line = f"COUNT = {total}, COUNT DISTINCT = {distinct}"
    if distinct is not None and distinct != total:
        return f.failed(Text("重複して数えられます。", "Some are counted twice."), line)
    sizes = _by_graph(site)
    bad = [
        f"<{g}>: {said} ≠ {sizes.get(g, 0)}" for g, said in _named(site) if sizes.get(g, 0) != said
    ]
    if bad:
        what = Text(
            "名前付きグラフの件数が記述と異なります。",
            "Named graphs differ in size from the description.",
        )
        return f.failed(what, *bad)
    what = Text("重複はありません。", "There are no duplicates.")
    return f.passed(what, line, f"GRAPH: {len(sizes)}")


def _named(site: Site) -> list[tuple[str, int]]:
    """Return the named graphs with their sizes by the service description."""
    reading = description(site)[1]
    return [
        (name, number(size))
        for named in reading.of_type(ns.SD + "NamedGraph")
        for name in reading.about(named).get(ns.SD + "name", [])
        for graph in reading.about(named).get(ns.SD + "graph", [])
        for size in reading.about(graph).get(ns.VOID + "triples", [])
    ]


@CHECKS.add(
    "truncation-signalled",
    Text("結果を途中で切るときは、そうと分かる", "A result that is cut off says so"),
    f.w3c("sparql11-protocol", "SPARQL 1.1 Protocol, 2.1.7", "query-failure"),
    Text(
        "行数の上限で切った場合は、エラーにするか、接続を中断するか、ヘッダーや結果の中で明示してください。",
        "If a limit cuts a result off, answer with an error, break the connection off, or say so in "
        "a header or in the result.",
    ),
)
def _truncation_signalled(site: Site) -> f.Result:
    total = count(get(site, _COUNT, SPARQL_JSON.media_type))
    if total is None or total > _FETCHED:
        what = Text(
            "数えられないか、多すぎるため、全件を取得していません。",
            "They cannot be counted, or are too many to fetch.",
        )
        return f.skipped(what, f"COUNT = {total}")
    visit = get(site, _ALL, SPARQL_JSON.media_type)
    rows = solutions(visit)
    if isinstance(rows, list) and len(rows) == total:
        what = Text("すべての行が得られます。", "All rows come.")
        return f.passed(what, f"{visit.line()}: {total}")
    told = any(signal in name for name in visit.headers for signal in _SIGNALS)
    if rows is None or told or b'"truncated"' in visit.body:
        what = Text("切ったことが分かります。", "It does.")
        return f.passed(what, visit.line(*visit.headers)[:400])
    n = len(rows) if isinstance(rows, list) else 0
    what = Text("黙って切られます。", "It is cut off in silence.")
    return f.failed(what, f"{visit.line()}: {n} / {total}")
