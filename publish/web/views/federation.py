"""What the help pages show of joining with data of others: each side is asked by the client.

The endpoint asks nobody (it refuses SERVICE), so a client that wants what two data sets say asks
both. An example is shown for each data set that a linkset of the release leads to and that states
its endpoint (`void:sparqlEndpoint`).
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pyoxigraph as ox

from publish.browse.samples import RELATIONS, Choice
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import node, triples
from publish.web.views.tutorials import Runs, Snippet, Tutorials

#: How many IRIs are sent at a time: with them, the address of a query stays below 8,000 characters.
BATCH = 50
#: How a program introduces itself (RFC 9110, 10.1.5), with an address to change (RFC 2606).
AGENT = "example-join/1.0 (https://www.example.jp/; opendata@example.jp)"
_MEMBER, _TARGET = ns.VOID + "inDataset", ns.VOID + "objectsTarget"
_ENDPOINT = ns.VOID + "sparqlEndpoint"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an example asks of others."""

    property: str
    name: Text
    #: the language of its values, if they have one
    language: str = ""


_NAME = Wanted(ns.RDFS + "label", Text("名称", "name"), "ja")
#: What is worth asking of data sets that everybody knows; others are asked for names.
_KNOWN = {
    "http://www.wikidata.org/": Wanted(
        "http://www.wikidata.org/prop/direct/P1082", Text("人口（P1082）", "population (P1082)")
    )
}


@dataclass(frozen=True, slots=True)
class Partner:
    """A data set of others that can be asked, and the relations in which examples stand to it."""

    iri: str
    endpoint: str
    relations: tuple[str, ...]

    @property
    def wanted(self) -> Wanted:
        """Return what the examples ask it for."""
        return _KNOWN.get(self.iri, _NAME)


@dataclass(frozen=True, slots=True)
class Joining:
    """The examples for one partner."""

    partner: Partner
    program: Snippet
    command: Snippet


def partners(store: ox.Store, choice: Choice) -> list[Partner]:
    """Return the data sets with an endpoint that the examples are linked to, in order."""
    found: dict[tuple[str, str], set[str]] = {}
    for thing in choice.things:
        for relation, others in thing.others.items():
            for target, endpoint in (pair for one in others for pair in _asked_at(store, one)):
                found.setdefault((target, endpoint), set()).add(relation)
    return [
        Partner(target, endpoint, tuple(one for one in RELATIONS if one in relations))
        for (target, endpoint), relations in sorted(found.items())
    ]


def _asked_at(store: ox.Store, other: str) -> Iterator[tuple[str, str]]:
    """Yield the data sets to which a thing of others belongs, with their endpoints."""
    for linkset in _objects(store, other, _MEMBER):
        for target in _objects(store, linkset, _TARGET):
            for endpoint in _objects(store, target, _ENDPOINT):
                # it goes into commands that people run
                if urlsplit(endpoint).scheme in ("http", "https"):
                    yield target, endpoint


def _objects(store: ox.Store, subject: str, predicate: str) -> list[str]:
    found = triples(store, node(subject), node(predicate))
    return sorted({o.value for _, _, o in found if isinstance(o, ox.NamedNode)})


def joinings(tutorials: Tutorials, store: ox.Store, choice: Choice) -> list[Joining]:
    """Return what someone runs who joins our data with that of each partner."""
    return [
        Joining(
            one,
            _program(tutorials, choice, one, f"join-{number}"),
            _command(tutorials, choice, one, f"comunica-{number}"),
        )
        for number, one in enumerate(partners(store, choice), 1)
    ]


def _linked(tutorials: Tutorials, partner: Partner) -> list[str]:
    path = "|".join(tutorials.short(one) for one in partner.relations)
    member = f"{tutorials.short(_MEMBER)}/{tutorials.short(_TARGET)}"
    return [f"?uri {path} ?other .", f"?other {member} <{partner.iri}> ."]


def _program(tutorials: Tutorials, choice: Choice, partner: Partner, name: str) -> Snippet:
    """Return a program that asks us for the links, then the partner about their targets."""
    links = tutorials.select(
        "?uri ?name ?other",
        [
            f"?uri a {tutorials.short(choice.kind.class_)} .",
            f"?uri {tutorials.short(choice.label)} ?name .",
            *_linked(tutorials, partner),
            'FILTER(LANG(?name) = "ja")',
        ],
        "ORDER BY ?uri ?other",
    )
    wanted = partner.wanted
    lines = ["VALUES ?other { IRIS }", f"?other {tutorials.short(wanted.property)} ?value ."]
    if wanted.language:
        lines.append(f'FILTER(LANG(?value) = "{wanted.language}")')
    values = tutorials.select("?other ?value", lines, "")
    text = f'''\
from SPARQLWrapper import JSON, SPARQLWrapper

AGENT = {json.dumps(AGENT)}


def ask(endpoint, query):
    asked = SPARQLWrapper(endpoint, agent=AGENT)
    asked.setReturnFormat(JSON)
    asked.setQuery(query)
    rows = asked.queryAndConvert()["results"]["bindings"]
    return [{{name: term["value"] for name, term in row.items()}} for row in rows]


links = ask({json.dumps(tutorials.iris.of("sparql"))}, """
{links}
""")
query = """
{values.rstrip()}
"""
others = sorted({{row["other"] for row in links}})
values = {{}}
for start in range(0, len(others), {BATCH}):
    some = " ".join(f"<{{iri}}>" for iri in others[start : start + {BATCH}])
    for row in ask({json.dumps(partner.endpoint)}, query.replace("IRIS", some)):
        values[row["other"]] = row["value"]
for row in links:
    if row["other"] in values:
        print(row["uri"], row["name"], values[row["other"]])'''
    return Snippet(name, Runs.PYTHON, text, f"{choice.thing.iri} {choice.thing.names['ja']}")


def _command(tutorials: Tutorials, choice: Choice, partner: Partner, name: str) -> Snippet:
    """Return a command that has Comunica do the same for a few things.

    Comunica evaluates SERVICE itself if it is given more than one source. With the parts told apart
    like this it sends ours as it stands, and asks the partner about the few IRIs that come of it.
    """
    things = " ".join(f"<{one.iri}>" for one in choice.things)
    ours, theirs = tutorials.iris.of("sparql"), partner.endpoint
    lines = [
        f"SERVICE <{ours}> {{",
        f"  VALUES ?uri {{ {things} }}",
        *(f"  {line}" for line in _linked(tutorials, partner)),
        "}",
        f"SERVICE <{theirs}> {{",
        f"  ?other {tutorials.short(partner.wanted.property)} ?value .",
        "}",
    ]
    query = tutorials.select("?uri ?other ?value", lines, "").rstrip()
    asked = " \\\n  ".join(shlex.quote(f"sparql@{one}") for one in (ours, theirs))
    text = f"comunica-sparql {asked} \\\n  -t text/csv {shlex.quote(query)}"
    return Snippet(name, Runs.SHELL, text, choice.thing.iri)
