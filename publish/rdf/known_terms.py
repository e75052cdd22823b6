"""Which terms the vocabularies of others have: closed lists, to tell a misspelt one.

Most lists are rdflib's, made from the vocabularies themselves. What it lacks (newer versions of DCAT
and schema.org, vCard, DASH …) stands in `known_terms.json`, written by `bench/known_terms.py`, whose
head tells the source.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import rdflib.namespace
from rdflib.namespace import DefinedNamespace

from publish.rdf import namespaces as ns

FILE = Path(__file__).with_name("known_terms.json")
#: Namespaces that are in use under two schemes, with the one in our table.
RENAMED = {
    "https://schema.org/": ns.SCHEMA,
    "https://www.w3.org/2003/01/geo/wgs84_pos#": ns.WGS,
}


def _of_rdflib() -> Mapping[str, frozenset[str]]:
    found = {}
    for one in vars(rdflib.namespace).values():
        if (
            isinstance(one, type)
            and issubclass(one, DefinedNamespace)
            and one is not DefinedNamespace
        ):
            space = str(one._NS)
            names = {str(term).removeprefix(space) for term in (*dir(one), *one._extras)}
            found[RENAMED.get(space, space)] = frozenset(names)
    return found


#: What rdflib knows, by namespace.
RDFLIB = _of_rdflib()
#: Members of containers, and a name that belongs to the syntax of RDF/XML, without a meaning of its own.
_OF_RDF = re.compile(r"_[1-9][0-9]*|li")


@cache
def terms() -> Mapping[str, frozenset[str]]:
    """Return the names of the terms of each vocabulary that is known to the last term."""
    more = json.loads(FILE.read_text("utf-8"))
    spaces = {*RDFLIB, *more}
    known = {space: RDFLIB.get(space, frozenset()) | {*more.get(space, ())} for space in spaces}
    return {**known, **{other: known[space] for other, space in RENAMED.items() if space in known}}


@cache
def _others() -> Mapping[str, str]:
    """Return the namespaces with the other scheme, which are nobody's, each with the right one."""
    turned = {}
    for space in terms():
        scheme, rest = space.split(":", 1)
        turned[f"{'https' if scheme == 'http' else 'http'}:{rest}"] = space
    return {wrong: right for wrong, right in turned.items() if wrong not in terms()}


@cache
def is_unknown(iri: str) -> bool:
    """Tell whether an IRI is in the namespace of a known vocabulary, or nearly, and not one of its terms."""
    space, name = ns.split(iri)
    if not name:
        return False
    if space in _others():
        return True
    return (
        space in terms()
        and name not in terms()[space]
        and not (space == ns.RDF and _OF_RDF.fullmatch(name))
    )


def nearest(iri: str) -> str | None:
    """Return the term that was probably meant, or None if there is none like it.

    >>> nearest("http://purl.org/dc/terms/subjet"), nearest("http://purl.org/dc/terms/qqqqq")
    ('http://purl.org/dc/terms/subject', None)
    """
    space, name = ns.split(iri)
    space = _others().get(space, space)
    folded = sorted({term.lower() for term in terms()[space]})
    close = difflib.get_close_matches(name.lower(), folded, n=1, cutoff=0.7)
    meant = [term for term in sorted(terms()[space]) if term.lower() in close]
    # of a class and a property that differ in case, the one that begins like what was written
    meant.sort(key=lambda term: term[0].isupper() != name[0].isupper())
    return space + meant[0] if meant else None
