"""The properties that DCAT-AP 3.0 asks for, class by class, and which of them are missing."""

from __future__ import annotations

from publish.doctor.findings import Spec
from publish.doctor.rdf_process import Reading
from publish.rdf.namespaces import expand

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
