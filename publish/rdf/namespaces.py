"""Namespaces of standard vocabularies and their prefixes, once for the whole program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

ADMS = "http://www.w3.org/ns/adms#"
DASH = "http://datashapes.org/dash#"
DCAT = "http://www.w3.org/ns/dcat#"
DCATAP = "http://data.europa.eu/r5r/"
DCTERMS = "http://purl.org/dc/terms/"
DQV = "http://www.w3.org/ns/dqv#"
FOAF = "http://xmlns.com/foaf/0.1/"
GEO = "http://www.opengis.net/ont/geosparql#"
LOCN = "http://www.w3.org/ns/locn#"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
QB = "http://purl.org/linked-data/cube#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "http://schema.org/"
SD = "http://www.w3.org/ns/sparql-service-description#"
SF = "http://www.opengis.net/ont/sf#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SPDX = "http://spdx.org/rdf/terms#"
TIME = "http://www.w3.org/2006/time#"
VANN = "http://purl.org/vocab/vann/"
VCARD = "http://www.w3.org/2006/vcard/ns#"
VOID = "http://rdfs.org/ns/void#"
VS = "http://www.w3.org/2003/06/sw-vocab-status/ns#"
WDRS = "http://www.w3.org/2007/05/powder-s#"
WGS = "http://www.w3.org/2003/01/geo/wgs84_pos#"
XSD = "http://www.w3.org/2001/XMLSchema#"

#: Properties that say what a thing is called, and those that hold its codes, the usual one first.
LABELS = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", FOAF + "name")
CODES = (DCTERMS + "identifier", SKOS + "notation")
#: Those by which a thing is found, too, though lists have no order by them.
NUMBERS = (ORG + "identifier", SCHEMA + "identifier")
#: Datatypes of days, months and years.
DATES = frozenset(XSD + name for name in ("date", "dateTime", "gYearMonth", "gYear"))

#: Prefix to namespace. GeoSPARQL keeps `geo`, so WGS84 is `wgs`.
PREFIXES: dict[str, str] = {
    "adms": ADMS,
    "dash": DASH,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dcterms": DCTERMS,
    "dqv": DQV,
    "foaf": FOAF,
    "geo": GEO,
    "locn": LOCN,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "qb": QB,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sd": SD,
    "sf": SF,
    "sh": SH,
    "skos": SKOS,
    "spdx": SPDX,
    "time": TIME,
    "vann": VANN,
    "vcard": VCARD,
    "void": VOID,
    "vs": VS,
    "wdrs": WDRS,
    "wgs": WGS,
    "xsd": XSD,
}


def expand(name: str) -> str | None:
    """Return the IRI of a prefixed name, or None if its prefix is not in the table.

    >>> expand("skos:prefLabel")
    'http://www.w3.org/2004/02/skos/core#prefLabel'
    """
    prefix, colon, local = name.partition(":")
    namespace = PREFIXES.get(prefix) if colon and not local.startswith("//") else None
    return None if namespace is None else namespace + local


def shorten(iri: str, prefixes: dict[str, str]) -> str | None:
    """Return `prefix:local` for an IRI, by the longest namespace that fits, or None."""
    best = max(
        ((prefix, space) for prefix, space in prefixes.items() if iri.startswith(space)),
        key=lambda pair: len(pair[1]),
        default=None,
    )
    return None if best is None else f"{best[0]}:{iri[len(best[1]) :]}"


def split(iri: str) -> tuple[str, str]:
    """Return an IRI in two: up to its last `#` or `/`, else `:`, and the local name after that.

    >>> split("http://www.w3.org/2004/02/skos/core#prefLabel"), split("urn:isbn:1")
    (('http://www.w3.org/2004/02/skos/core#', 'prefLabel'), ('urn:isbn:', '1'))
    """
    end = max(iri.rfind("#"), iri.rfind("/")) + 1 or iri.rfind(":") + 1
    return iri[:end], iri[end:]


def declared(prefixes: Mapping[str, str], among: Iterable[str] | None = None) -> str:
    """Return the PREFIX lines of Turtle and SPARQL for all prefixes, or for some, sorted."""
    names = sorted(prefixes if among is None else among)
    return "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in names)
