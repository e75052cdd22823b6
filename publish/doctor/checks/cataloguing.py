"""Checks of what a DCAT catalogue says: DCAT-AP's properties, names, licences, dates."""

from __future__ import annotations

import re

from publish.doctor.checks.catalogs import NO_CATALOG
from publish.doctor.checks.profile import CLASSES, MANDATORY, RECOMMENDED, SPEC, missing
from publish.doctor.findings import Check, Result, Spec, fine, poor, registering, w3c, worst, wrong
from publish.doctor.rdf_process import Reading
from publish.doctor.site import Site
from publish.i18n import Text
from publish.rdf import namespaces as ns

CHECKS: list[Check] = []
_check = registering(CHECKS, "harvest")
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
