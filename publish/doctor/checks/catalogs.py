"""Checks of the descriptions that portals harvest: VoID and the DCAT catalogue.

The properties that DCAT-AP 3.0 asks for, class by class, and which of them are missing.

Checks of what a DCAT catalogue says: DCAT-AP's properties, names, licences, dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.doctor.findings import (
    Check,
    Result,
    Spec,
    fine,
    idle,
    poor,
    registering,
    w3c,
    worst,
    wrong,
)
from publish.doctor.http import bare
from publish.doctor.rdf_process import Reading
from publish.doctor.site import Site, number
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.namespaces import expand

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


# -- The properties that DCAT-AP 3.0 asks for, class by class, and which of them are missing ------

SPEC = Spec("DCAT-AP 3.0", "https://semiceu.github.io/DCAT-AP/releases/3.0.0/")
Table = dict[str, tuple[str, ...]]
#: Class -> properties without which a description is not valid.
MANDATORY: Table = {
    "dcat:Catalog": ("dcterms:title", "dcterms:description", "dcterms:publisher"),
    "dcat:Dataset": ("dcterms:title", "dcterms:description"),
    "dcat:Distribution": ("dcat:accessURL",),
    "dcat:DataService": ("dcterms:title", "dcat:endpointURL"),
    "foaf:Agent": ("foaf:name",),
    "spdx:Checksum": ("spdx:algorithm", "spdx:checksumValue"),
}
#: Class -> properties that should be there.
RECOMMENDED: Table = {
    "dcat:Catalog": (
        "foaf:homepage", "dcterms:language", "dcterms:license", "dcterms:issued",
        "dcterms:modified", "dcterms:spatial", "dcat:themeTaxonomy",
    ),
    "dcat:Dataset": (
        "dcat:contactPoint", "dcat:distribution", "dcat:keyword", "dcterms:publisher",
        "dcterms:spatial", "dcterms:temporal", "dcat:theme",
    ),
    "dcat:Distribution": (
        "dcatap:availability", "dcterms:description", "dcterms:format", "dcterms:license",
    ),
    "dcat:DataService": (
        "dcat:contactPoint", "dcat:endpointDescription", "dcat:keyword", "dcterms:publisher",
        "dcat:servesDataset", "dcat:theme", "dcterms:conformsTo",
    ),
    "foaf:Agent": ("dcterms:type",),
}  # fmt: skip
CLASSES = tuple(MANDATORY)
#: Spaces for the subjects of a class that are shown.
_SHOWN = 3


def missing(catalog: Reading, table: Table) -> list[str]:
    """Return a line for each property that things of a class lack, with some of those things."""
    lines = []
    for class_, properties in table.items():
        things = [(thing, catalog.about(thing)) for thing in catalog.of_type(expand(class_) or "")]
        for name in properties:
            lacking = [f"<{thing}>" for thing, stated in things if expand(name) not in stated]
            if lacking:
                more = f" +{len(lacking) - _SHOWN}" if len(lacking) > _SHOWN else ""
                shown = " ".join(lacking[:_SHOWN])
                lines.append(f"{class_}: {name} ({SPEC.name}, {class_}): {shown}{more}")
    return lines


# -- Checks of what a DCAT catalogue says ---------------------------------------------------------

_ISSUED, _MODIFIED = ns.DCTERMS + "issued", ns.DCTERMS + "modified"
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?)?)?)?(Z|[+-]\d{2}:\d{2})?")


@_check(
    "catalog-mandatory",
    Text("DCAT-AP 3 の必須項目がそろっている", "The mandatory properties of DCAT-AP 3 are there"),
    SPEC,
    Text(
        "挙げられた項目をカタログに加えてください。必須項目のないデータセットは、ポータルに取り込まれません。",
        "Add the properties listed; portals do not take data sets that lack mandatory ones.",
    ),
)
def _catalog_mandatory(site: Site) -> Result:
    if not site.catalog:
        return NO_CATALOG
    lacking = missing(site.catalog[1], MANDATORY)
    if lacking:
        return wrong(Text("足りない項目があります。", "Some are missing."), *lacking)
    return fine(Text("そろっています。", "They are there."), *CLASSES)


@_check(
    "catalog-recommended",
    Text("DCAT-AP 3 の推奨項目がそろっている", "The recommended properties of DCAT-AP 3 are there"),
    SPEC,
    Text(
        "挙げられた項目をカタログに加えると、ポータルで見つかりやすく、使いやすくなります。",
        "Add the properties listed: data sets become easier to find and to use in portals.",
    ),
)
def _catalog_recommended(site: Site) -> Result:
    if not site.catalog:
        return NO_CATALOG
    lacking = missing(site.catalog[1], RECOMMENDED)
    if lacking:
        return poor(Text("足りない項目があります。", "Some are missing."), *lacking)
    return fine(Text("そろっています。", "They are there."))


@_check(
    "catalog-named",
    Text("データセットや配信は、空白ノードではなくIRIを持つ", "Data sets and distributions have IRIs, not blank nodes"),
    w3c("rdf11-concepts", "RDF 1.1 Concepts, 3.5", "section-skolemization"),
    Text(
        "データセット・配信・サービス・機関に、変わらないIRIを付けてください。空白ノードでは、収集のたびに別のものとして重複します。",
        "Give data sets, distributions, services and agents lasting IRIs: with blank nodes each "
        "harvest makes duplicates.",
    ),
)  # fmt: skip
def _catalog_named(site: Site) -> Result:
    if not site.catalog:
        return NO_CATALOG
    reading = site.catalog[1]
    for class_ in ("Catalog", "Dataset", "Distribution", "DataService"):
        blank = sorted(set(reading.of_type(ns.DCAT + class_)) & reading.blank)
        if blank:
            what = Text("空白ノードの {name} があります。", "Some {name} are blank nodes.")
            return wrong(what.format(name=f"dcat:{class_}"), *(f"_:{name}" for name in blank))
    if reading.blank:
        what = Text("空白ノードがあります（{n}個）。", "There are {n} blank nodes.")
        return poor(what.format(n=len(reading.blank)), site.catalog[0].line())
    return fine(Text("空白ノードはありません。", "There are no blank nodes."))


@_check(
    "licence",
    Text("すべてのデータセットに、IRIで示したライセンスがある", "Each data set has a licence, given as an IRI"),
    w3c("vocab-dcat-3", "DCAT 3, licence and rights", "license-rights"),
    Text(
        "データセット（少なくともその配信）に、dcterms:license としてライセンスのIRI（例：https://creativecommons.org/licenses/by/4.0/）を書いてください。",
        "Give each data set, or at least its distributions, the IRI of a licence as "
        "dcterms:license, such as https://creativecommons.org/licenses/by/4.0/.",
    ),
)  # fmt: skip
def _licence(site: Site) -> Result:
    if not site.catalog:
        return NO_CATALOG
    reading = site.catalog[1]
    results = [_licensed(reading, name) for name in reading.of_type(ns.DCAT + "Dataset")]
    return worst(results, NO_CATALOG)


def _licensed(reading: Reading, dataset: str) -> Result:
    stated = reading.about(dataset)
    licences = stated.get(ns.DCTERMS + "license", []) + [
        licence
        for distribution in stated.get(ns.DCAT + "distribution", [])
        for licence in reading.about(distribution).get(ns.DCTERMS + "license", [])
    ]
    if not licences:
        return wrong(Text("ライセンスがありません。", "There is no licence."), f"<{dataset}>")
    if any(licence not in reading.iris for licence in licences):
        what = Text("ライセンスがIRIではありません。", "A licence is not an IRI.")
        return wrong(what, f"<{dataset}>: {licences[0]}")
    return fine(Text("IRIで示されています。", "They are IRIs."), *sorted(set(licences)))


@_check(
    "identifiers",
    Text("データセットに dcterms:identifier がある", "Data sets have a dcterms:identifier"),
    Spec("DCAT-AP 3, Dataset: identifier", SPEC.url),
    Text(
        "発行者が付けた識別子を dcterms:identifier に書いてください。別のポータルを経ても同じデータセットだと分かります。",
        "State the publisher's identifier as dcterms:identifier: the data set is then recognised "
        "when it arrives through another portal.",
    ),
)
def _identifiers(site: Site) -> Result:
    if not site.catalog:
        return NO_CATALOG
    reading = site.catalog[1]
    sets = reading.of_type(ns.DCAT + "Dataset")
    bad = [f"<{s}>" for s in sets if ns.DCTERMS + "identifier" not in reading.about(s)]
    if bad:
        return poor(Text("識別子がありません。", "Some have no identifier."), *bad)
    return fine(Text("識別子があります。", "They have one."))


@_check(
    "dates",
    Text("日付が正しく書かれ、発行が更新より後にならない", "Dates are well-formed, and issued is not after modified"),
    w3c("vocab-dcat-3", "DCAT 3, release date", "Property:resource_release_date"),
    Text(
        "dcterms:issued と dcterms:modified を xsd:date 又は xsd:dateTime で書き、modified は内容が変わったときだけ進めてください。",
        "Write dcterms:issued and dcterms:modified as xsd:date or xsd:dateTime, and move modified "
        "only when the content changes.",
    ),
)  # fmt: skip
def _dates(site: Site) -> Result:
    if not site.catalog:
        return NO_CATALOG
    reading, bad, seen = site.catalog[1], [], 0
    for subject in reading.subjects_with(_ISSUED) + reading.subjects_with(_MODIFIED):
        issued = reading.about(subject).get(_ISSUED, [])
        modified = reading.about(subject).get(_MODIFIED, [])
        seen += 1
        bad += [f"<{subject}>: {d}" for d in issued + modified if not _DATE.fullmatch(d)]
        # dates that begin with the year compare like texts, as far as the shorter one goes
        bad += [
            f"<{subject}>: issued {i} > modified {m}"
            for i in issued
            for m in modified
            if i[: min(len(i), len(m), 10)] > m[: min(len(i), len(m), 10)]
        ]
    if bad:
        return wrong(Text("おかしな日付があります。", "Some dates are wrong."), *dict.fromkeys(bad))
    if not seen:
        return poor(Text("日付がありません。", "There are no dates."))
    return fine(Text("正しく書かれています。", "They are right."))
