"""Checks of what portals harvest: the VoID description and the DCAT catalogue.

Of VoID: that it is found, useful and true. Of the catalogue: that it is found, what DCAT-AP 3.0
asks for class by class, names, licences and dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.doctor import findings as f
from publish.doctor.http import Visit, bare
from publish.doctor.rdf_process import Reading
from publish.doctor.site import Site, number
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.namespaces import expand

CHECKS = f.Checks("harvest")
NO_VOID = f.skipped(Text("VoIDの記述が見つかりません。", "There is no VoID description."))
NO_CATALOG = f.skipped(Text("DCATのカタログが見つかりません。", "There is no DCAT catalogue."))
_NO_DUMP = f.skipped(Text("調べられるダンプがありません。", "There is no dump that can be read."))
#: What makes a VoID description useful.
_USEFUL = (
    "triples", "distinctSubjects", "classPartition", "vocabulary", "uriSpace", "exampleResource",
)  # fmt: skip
_ACCESS = ("dataDump", "sparqlEndpoint")
#: A catalogue that is larger than this is slow for every harvester.
_LARGE = 16 << 20


def _catalog(site: Site) -> tuple[Visit, Reading]:
    return f.needed(site.catalog, NO_CATALOG)


@CHECKS.add(
    "void-well-known",
    Text(
        "/.well-known/void からVoIDの記述に至る", "/.well-known/void leads to the VoID description"
    ),
    f.w3c("void", "VoID, discovery with well-known URI", "well-known"),
    Text(
        "ホスト直下の /.well-known/void を、VoID文書への転送（302又は303）か、文書そのものにしてください。",
        "Let /.well-known/void at the root of the host redirect to the VoID document (302 or "
        "303), or be it.",
    ),
)
def _void_well_known(site: Site) -> f.Result:
    visit, reading = site.described(site.well_known)
    if reading.of_type(ns.VOID + "Dataset"):
        return f.passed(Text("VoIDがあります。", "VoID is there."), visit.line("Content-Type"))
    if site.void:
        what = Text("VoIDは別の場所にだけあります。", "VoID is only at another place.")
        return f.warned(what, visit.line("Content-Type"), site.void[0].line())
    return f.warned(Text("VoIDがありません。", "There is no VoID."), visit.line("Content-Type"))


@CHECKS.add(
    "void-useful",
    Text("VoIDに、使うために要ることが書かれている", "VoID says what users need"),
    f.w3c("void", "VoID, access and structural metadata", "access"),
    Text(
        "データから計算した void:triples などの件数、入手方法（void:dataDump、void:sparqlEndpoint）、uriSpace、exampleResource、ライセンスを書いてください。",
        "State counts computed from the data (void:triples and others), access (void:dataDump, "
        "void:sparqlEndpoint), uriSpace, exampleResource and the licence.",
    ),
)
def _void_useful(site: Site) -> f.Result:
    f.needed(site.void, NO_VOID)
    name, stated = site.whole
    known = site.catalog[1].about(name) if site.catalog else {}
    lacking = [f"void:{n}" for n in _USEFUL if ns.VOID + n not in stated]
    if not any(ns.VOID + n in stated for n in _ACCESS):
        lacking.append("void:dataDump / void:sparqlEndpoint")
    if ns.DCTERMS + "license" not in {**stated, **known}:
        lacking.append("dcterms:license")
    if lacking:
        what = Text("足りないものがあります：{names}。", "It lacks {names}.")
        return f.warned(what.format(names=", ".join(lacking)), f"<{name}>")
    return f.passed(Text("そろっています。", "It is all there."), f"<{name}>")


@CHECKS.add(
    "void-figures",
    Text("VoIDの件数が、ダンプの実際の件数と等しい", "VoID's figures equal those of the dump"),
    f.w3c("void", "VoID, statistics", "statistics"),
    Text(
        "件数は手で書かず、公開のたびに、公開するデータそのものから計算してください。",
        "Compute the figures from the very data that is published, each time, not by hand.",
    ),
)
def _void_figures(site: Site) -> f.Result:
    void = f.needed(site.void, NO_VOID)[1]
    visit, reading = f.needed(site.dump, _NO_DUMP)
    name, stated = site.whole
    pairs = list(_figures(void, stated, reading))
    if not pairs:
        return f.skipped(Text("件数が書かれていません。", "No figures are stated."), f"<{name}>")
    bad = [f"{what}: VoID {said}, {visit.url} {n}" for what, said, n in pairs if said != n]
    if bad:
        return f.failed(Text("件数が異なります。", "Figures differ."), *bad)
    what = Text("{n}個の件数が一致します。", "{n} figures are equal.").format(n=len(pairs))
    return f.passed(what, f"void:triples = {reading.count}: {visit.url}")


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


@CHECKS.add(
    "catalog-found",
    Text(
        "DCATのカタログが、リンクをたどって見つかる", "A DCAT catalogue is found by following links"
    ),
    f.w3c("vocab-dcat-3", "DCAT 3, Catalog", "Class:Catalog"),
    Text(
        'dcat:Catalog と dcat:Dataset をRDFで公開し、トップページや各文書から rel="describedby" 又は rel="alternate" で示してください。',
        "Publish dcat:Catalog and dcat:Dataset as RDF and lead to it from the front page and the "
        'documents by rel="describedby" or rel="alternate".',
    ),
)
def _catalog_found(site: Site) -> f.Result:
    if not site.catalog:
        what = Text("見つかりません。", "None was found.")
        return f.failed(what, site.front[0].line("Content-Type"))
    visit, reading = site.catalog
    line = f"{visit.line('Content-Type')}: {len(reading.of_type(ns.DCAT + 'Dataset'))} dcat:Dataset"
    if not reading.of_type(ns.DCAT + "Catalog"):
        return f.warned(Text("dcat:Catalog がありません。", "There is no dcat:Catalog."), line)
    return f.passed(Text("見つかりました。", "It is there."), line)


@CHECKS.add(
    "catalog-light",
    Text("カタログは小さく、HEADにも答える", "The catalogue is small and answers HEAD"),
    f.rfc(9110, "9.3.2"),
    Text(
        "カタログとデータのダンプを分け、HEADと Content-Length に対応してください。",
        "Keep the catalogue apart from the dumps; support HEAD and Content-Length.",
    ),
)
def _catalog_light(site: Site) -> f.Result:
    visit, _ = _catalog(site)
    url = bare(visit.url)
    head = site.visitor.visit(url, visit.sent.get("Accept"), method="HEAD")
    line = head.line("Content-Length")
    if head.status != 200:
        return f.failed(Text("HEADに答えません。", "It does not answer HEAD."), line)
    if len(visit.body) > _LARGE:
        return f.warned(Text("カタログが大きすぎます。", "The catalogue is large."), line)
    if "content-length" not in head.headers:
        return f.warned(Text("Content-Length がありません。", "There is no Content-Length."), line)
    return f.passed(Text("小さく、HEADに答えます。", "It is small and answers HEAD."), line)


# -- The properties that DCAT-AP 3.0 asks for, class by class, and which of them are missing ------

SPEC = f.Spec("DCAT-AP 3.0", "https://semiceu.github.io/DCAT-AP/releases/3.0.0/")
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


@CHECKS.add(
    "catalog-mandatory",
    Text("DCAT-AP 3 の必須項目がそろっている", "The mandatory properties of DCAT-AP 3 are there"),
    SPEC,
    Text(
        "挙げられた項目をカタログに加えてください。必須項目のないデータセットは、ポータルに取り込まれません。",
        "Add the properties listed; portals do not take data sets that lack mandatory ones.",
    ),
)
def _catalog_mandatory(site: Site) -> f.Result:
    lacking = missing(_catalog(site)[1], MANDATORY)
    if lacking:
        return f.failed(Text("足りない項目があります。", "Some are missing."), *lacking)
    return f.passed(Text("そろっています。", "They are there."), *CLASSES)


@CHECKS.add(
    "catalog-recommended",
    Text("DCAT-AP 3 の推奨項目がそろっている", "The recommended properties of DCAT-AP 3 are there"),
    SPEC,
    Text(
        "挙げられた項目をカタログに加えると、ポータルで見つかりやすく、使いやすくなります。",
        "Add the properties listed: data sets become easier to find and to use in portals.",
    ),
)
def _catalog_recommended(site: Site) -> f.Result:
    lacking = missing(_catalog(site)[1], RECOMMENDED)
    if lacking:
        return f.warned(Text("足りない項目があります。", "Some are missing."), *lacking)
    return f.passed(Text("そろっています。", "They are there."))


@CHECKS.add(
    "catalog-named",
    Text("データセットや配信は、空白ノードではなくIRIを持つ", "Data sets and distributions have IRIs, not blank nodes"),
    f.w3c("rdf11-concepts", "RDF 1.1 Concepts, 3.5", "section-skolemization"),
    Text(
        "データセット・配信・サービス・機関に、変わらないIRIを付けてください。空白ノードでは、収集のたびに別のものとして重複します。",
        "Give data sets, distributions, services and agents lasting IRIs: with blank nodes each "
        "harvest makes duplicates.",
    ),
)  # fmt: skip
def _catalog_named(site: Site) -> f.Result:
    visit, reading = _catalog(site)
    for class_ in ("Catalog", "Dataset", "Distribution", "DataService"):
        blank = sorted(set(reading.of_type(ns.DCAT + class_)) & reading.blank)
        if blank:
            what = Text("空白ノードの {name} があります。", "Some {name} are blank nodes.")
            return f.failed(what.format(name=f"dcat:{class_}"), *(f"_:{name}" for name in blank))
    if reading.blank:
        what = Text("空白ノードがあります（{n}個）。", "There are {n} blank nodes.")
        return f.warned(what.format(n=len(reading.blank)), visit.line())
    return f.passed(Text("空白ノードはありません。", "There are no blank nodes."))


@CHECKS.add(
    "licence",
    Text("すべてのデータセットに、IRIで示したライセンスがある", "Each data set has a licence, given as an IRI"),
    f.w3c("vocab-dcat-3", "DCAT 3, licence and rights", "license-rights"),
    Text(
        "データセット（少なくともその配信）に、dcterms:license としてライセンスのIRI（例：https://creativecommons.org/licenses/by/4.0/）を書いてください。",
        "Give each data set, or at least its distributions, the IRI of a licence as "
        "dcterms:license, such as https://creativecommons.org/licenses/by/4.0/.",
    ),
)  # fmt: skip
def _licence(site: Site) -> f.Result:
    _, reading = _catalog(site)
    sets = reading.of_type(ns.DCAT + "Dataset")
    return f.worst((_licensed(reading, name) for name in sets), NO_CATALOG)


def _licensed(reading: Reading, dataset: str) -> f.Result:
    stated = reading.about(dataset)
    licences = stated.get(ns.DCTERMS + "license", []) + [
        licence
        for distribution in stated.get(ns.DCAT + "distribution", [])
        for licence in reading.about(distribution).get(ns.DCTERMS + "license", [])
    ]
    if not licences:
        return f.failed(Text("ライセンスがありません。", "There is no licence."), f"<{dataset}>")
    if any(licence not in reading.iris for licence in licences):
        what = Text("ライセンスがIRIではありません。", "A licence is not an IRI.")
        return f.failed(what, f"<{dataset}>: {licences[0]}")
    return f.passed(Text("IRIで示されています。", "They are IRIs."), *sorted(set(licences)))


@CHECKS.add(
    "identifiers",
    Text("データセットに dcterms:identifier がある", "Data sets have a dcterms:identifier"),
    f.Spec("DCAT-AP 3, Dataset: identifier", SPEC.url),
    Text(
        "発行者が付けた識別子を dcterms:identifier に書いてください。別のポータルを経ても同じデータセットだと分かります。",
        "State the publisher's identifier as dcterms:identifier: the data set is then recognised "
        "when it arrives through another portal.",
    ),
)
def _identifiers(site: Site) -> f.Result:
    _, reading = _catalog(site)
    sets = reading.of_type(ns.DCAT + "Dataset")
    bad = [f"<{s}>" for s in sets if ns.DCTERMS + "identifier" not in reading.about(s)]
    if bad:
        return f.warned(Text("識別子がありません。", "Some have no identifier."), *bad)
    return f.passed(Text("識別子があります。", "They have one."))


@CHECKS.add(
    "dates",
    Text("日付が正しく書かれ、発行が更新より後にならない", "Dates are well-formed, and issued is not after modified"),
    f.w3c("vocab-dcat-3", "DCAT 3, release date", "Property:resource_release_date"),
    Text(
        "dcterms:issued と dcterms:modified を xsd:date 又は xsd:dateTime で書き、modified は内容が変わったときだけ進めてください。",
        "Write dcterms:issued and dcterms:modified as xsd:date or xsd:dateTime, and move modified "
        "only when the content changes.",
    ),
)  # fmt: skip
def _dates(site: Site) -> f.Result:
    reading, bad, seen = _catalog(site)[1], [], 0
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
        what = Text("おかしな日付があります。", "Some dates are wrong.")
        return f.failed(what, *dict.fromkeys(bad))
    if not seen:
        return f.warned(Text("日付がありません。", "There are no dates."))
    return f.passed(Text("正しく書かれています。", "They are right."))
