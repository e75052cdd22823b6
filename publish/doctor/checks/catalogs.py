"""Checks of the descriptions that portals harvest: VoID and the DCAT catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from publish.doctor.findings import Check, Result, Spec, fine, idle, poor, registering, w3c, wrong
from publish.doctor.rdf_process import Reading
from publish.doctor.site import Site, number
from publish.doctor.visits import bare
from publish.i18n import Text
from publish.rdf import namespaces as ns

CHECKS: list[Check] = []
_check = registering(CHECKS, "harvest")
NO_VOID = idle(Text("VoIDの記述が見つかりません。", "There is no VoID description."))
NO_CATALOG = idle(Text("DCATのカタログが見つかりません。", "There is no DCAT catalogue."))
#: What makes a VoID description useful.
_USEFUL = (
    "triples", "distinctSubjects", "classPartition", "vocabulary", "uriSpace", "exampleResource",
)  # fmt: skip
_ACCESS = ("dataDump", "sparqlEndpoint")
#: A catalogue that is larger than this is slow for every harvester.
_LARGE = 16 << 20


@_check(
    "void-well-known",
    Text(
        "/.well-known/void からVoIDの記述に至る", "/.well-known/void leads to the VoID description"
    ),
    w3c("void", "VoID, discovery with well-known URI", "well-known"),
    Text(
        "ホスト直下の /.well-known/void を、VoID文書への転送（302又は303）か、文書そのものにしてください。",
        "Let /.well-known/void at the root of the host redirect to the VoID document (302 or "
        "303), or be it.",
    ),
)
def _void_well_known(site: Site) -> Result:
    visit, reading = site.described(site.well_known)
    if reading.of_type(ns.VOID + "Dataset"):
        return fine(Text("VoIDがあります。", "VoID is there."), visit.line("Content-Type"))
    if site.void:
        what = Text("VoIDは別の場所にだけあります。", "VoID is only at another place.")
        return poor(what, visit.line("Content-Type"), site.void[0].line())
    return poor(Text("VoIDがありません。", "There is no VoID."), visit.line("Content-Type"))


@_check(
    "void-useful",
    Text("VoIDに、使うために要ることが書かれている", "VoID says what users need"),
    w3c("void", "VoID, access and structural metadata", "access"),
    Text(
        "データから計算した void:triples などの件数、入手方法（void:dataDump、void:sparqlEndpoint）、uriSpace、exampleResource、ライセンスを書いてください。",
        "State counts computed from the data (void:triples and others), access (void:dataDump, "
        "void:sparqlEndpoint), uriSpace, exampleResource and the licence.",
    ),
)
def _void_useful(site: Site) -> Result:
    if not site.void:
        return NO_VOID
    name, stated = site.whole
    known = site.catalog[1].about(name) if site.catalog else {}
    lacking = [f"void:{n}" for n in _USEFUL if ns.VOID + n not in stated]
    if not any(ns.VOID + n in stated for n in _ACCESS):
        lacking.append("void:dataDump / void:sparqlEndpoint")
    if ns.DCTERMS + "license" not in {**stated, **known}:
        lacking.append("dcterms:license")
    if lacking:
        what = Text("足りないものがあります：{names}。", "It lacks {names}.")
        return poor(what.format(names=", ".join(lacking)), f"<{name}>")
    return fine(Text("そろっています。", "It is all there."), f"<{name}>")


@_check(
    "void-figures",
    Text("VoIDの件数が、ダンプの実際の件数と等しい", "VoID's figures equal those of the dump"),
    w3c("void", "VoID, statistics", "statistics"),
    Text(
        "件数は手で書かず、公開のたびに、公開するデータそのものから計算してください。",
        "Compute the figures from the very data that is published, each time, not by hand.",
    ),
)
def _void_figures(site: Site) -> Result:
    if not site.void:
        return NO_VOID
    dump = site.dump
    if dump is None:
        return idle(Text("調べられるダンプがありません。", "There is no dump that can be read."))
    visit, reading = dump
    name, stated = site.whole
    pairs = list(_figures(site.void[1], stated, reading))
    if not pairs:
        return idle(Text("件数が書かれていません。", "No figures are stated."), f"<{name}>")
    bad = [f"{what}: VoID {said}, {visit.url} {n}" for what, said, n in pairs if said != n]
    if bad:
        return wrong(Text("件数が異なります。", "Figures differ."), *bad)
    what = Text("{n}個の件数が一致します。", "{n} figures are equal.").format(n=len(pairs))
    return fine(what, f"void:triples = {reading.count}: {visit.url}")


def _figures(
    void: Reading, stated: dict[str, list[str]], dump: Reading
) -> Iterator[tuple[str, int, int]]:
    """Yield (what is counted, VoID's figure, the dump's figure)."""
    counted = {
        "triples": dump.count, "distinctSubjects": dump.subjects, "classes": len(dump.classes),
        "properties": len(dump.properties),
    }  # fmt: skip
    for name, count in counted.items():
        for value in stated.get(ns.VOID + name, []):
            yield f"void:{name}", number(value), count
    partitions = (
        ("classPartition", "class", "entities", dump.classes),
        ("propertyPartition", "property", "triples", dump.properties),
    )
    for link, key, figure, counts in partitions:
        for partition in stated.get(ns.VOID + link, []):
            about = void.about(partition)
            for term in about.get(ns.VOID + key, []):
                for value in about.get(ns.VOID + figure, []):
                    yield f"void:{figure} <{term}>", number(value), counts.get(term, 0)


@_check(
    "catalog-found",
    Text(
        "DCATのカタログが、リンクをたどって見つかる", "A DCAT catalogue is found by following links"
    ),
    w3c("vocab-dcat-3", "DCAT 3, Catalog", "Class:Catalog"),
    Text(
        'dcat:Catalog と dcat:Dataset をRDFで公開し、トップページや各文書から rel="describedby" 又は rel="alternate" で示してください。',
        "Publish dcat:Catalog and dcat:Dataset as RDF and lead to it from the front page and the "
        'documents by rel="describedby" or rel="alternate".',
    ),
)
def _catalog_found(site: Site) -> Result:
    if not site.catalog:
        return wrong(
            Text("見つかりません。", "None was found."), site.front[0].line("Content-Type")
        )
    visit, reading = site.catalog
    line = f"{visit.line('Content-Type')}: {len(reading.of_type(ns.DCAT + 'Dataset'))} dcat:Dataset"
    if not reading.of_type(ns.DCAT + "Catalog"):
        return poor(Text("dcat:Catalog がありません。", "There is no dcat:Catalog."), line)
    return fine(Text("見つかりました。", "It is there."), line)


@_check(
    "catalog-light",
    Text("カタログは小さく、HEADにも答える", "The catalogue is small and answers HEAD"),
    Spec("RFC 9110, 9.3.2", "https://www.rfc-editor.org/rfc/rfc9110.html#section-9.3.2"),
    Text(
        "カタログとデータのダンプを分け、HEADと Content-Length に対応してください。",
        "Keep the catalogue apart from the dumps; support HEAD and Content-Length.",
    ),
)
def _catalog_light(site: Site) -> Result:
    if not site.catalog:
        return NO_CATALOG
    visit = site.catalog[0]
    url = bare(visit.url)
    head = site.visitor.visit(url, visit.sent.get("Accept"), method="HEAD")
    line = head.line("Content-Length")
    if head.status != 200:
        return wrong(Text("HEADに答えません。", "It does not answer HEAD."), line)
    if len(visit.body) > _LARGE:
        return poor(Text("カタログが大きすぎます。", "The catalogue is large."), line)
    if "content-length" not in head.headers:
        return poor(Text("Content-Length がありません。", "There is no Content-Length."), line)
    return fine(Text("小さく、HEADに答えます。", "It is small and answers HEAD."), line)
