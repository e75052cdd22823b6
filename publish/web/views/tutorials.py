"""What the help pages show: things to run, with what they print, made from the release's own data.

The texts stand in `snippets.txt` beside the pages that show them; here are the values in them, the
prefixes of the queries, and what a reader will see. Tests run every snippet as it stands on a page.

The endpoint asks nobody (it refuses SERVICE), so a client that wants what two data sets say asks
both. An example is shown for each data set that a linkset of the release leads to and that states
its endpoint (`void:sparqlEndpoint`).
"""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox

from publish.browse.samples import RELATIONS, Choice, Thing, an_old_one
from publish.formats import CSV
from publish.i18n import Text
from publish.iris import Iris
from publish.project.withdrawn import Withdrawals
from publish.rdf import namespaces as ns
from publish.rdf.terms import node, triples
from publish.rdf.turtle import Prefixes
from publish.search.codes import code_in
from publish.web.app.render import render_part

_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
#: How many IRIs are sent at a time: with them, the address of a query stays below 8,000 characters.
BATCH = 50
#: How a program introduces itself (RFC 9110, 10.1.5), with an address to change (RFC 2606).
AGENT = "example-join/1.0 (https://www.example.jp/; opendata@example.jp)"
_MEMBER, _TARGET = ns.VOID + "inDataset", ns.VOID + "objectsTarget"
_ENDPOINT = ns.VOID + "sparqlEndpoint"


class Runs(StrEnum):
    """What a snippet is handed to."""

    SHELL = "sh"
    PYTHON = "python"
    TURTLE = "turtle"
    JSONLD = "jsonld"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Snippet:
    """Something to run, or a document to write, and a part of what comes of it."""

    name: str
    runs: Runs
    text: str
    prints: str = ""

    @property
    def language(self) -> str | None:
        """Return the language of what is printed, if it has one."""
        return "ja" if _JAPANESE.search(self.prints) else None


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


def _partners(store: ox.Store, choice: Choice) -> list[Partner]:
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


@dataclass(frozen=True)
class Tutorials:
    """The snippets of the help pages for one release."""

    iris: Iris
    prefixes: Prefixes

    def address_of(self, thing: Thing) -> Snippet:
        """Return what shows where the IRI of a thing leads to."""
        return self._snippet("address", Runs.SHELL, "303 ", target=thing.iri)

    def harvest(self, *, feed: bool) -> list[Snippet]:
        """Return what a portal runs; `feed` tells whether there is a feed of releases."""
        prints = {
            "catalogue": "a dcat:Catalog",
            "unchanged": "304",
            "ckan": '"success": true',
            "dump": "all.ttl.gz: OK",
            "verify": "正しい / ok",
            **({"feed": "<updated>"} if feed else {}),
            "sitemap": "<sitemapindex",
        }
        return [self._snippet(name, Runs.SHELL, prints[name]) for name in prints]

    def query(self, choice: Choice) -> list[Snippet]:
        """Return what someone runs who asks for a part."""
        names, first = self.names(choice), choice.thing
        ja, en = first.names["ja"], first.names["en"]
        return [
            self._asked("curl", names, _row(first.code or first.iri, ja, en)),
            self._snippet("wrapper", Runs.PYTHON, ja, query=names, choice=choice),
            self._snippet("notebook", Runs.PYTHON, ja, query=names),
            self._snippet("comunica", Runs.SHELL, ja, query=names),
            self._asked("graphs", self._text("graphs", choice=choice), self.iris.graph("")),
        ]

    def names(self, choice: Choice) -> str:
        """Return the query for names in both languages, with codes where there are any."""
        return self._query("names", choice=choice)

    def address(self, query: str) -> str:
        """Return the address of a query's answer as a table (SPARQL 1.1 Protocol, 2.1.1)."""
        asked = urlencode({"query": query, "format": CSV.suffix}, quote_via=quote)
        return f"{self.iris.of('sparql')}?{asked}"

    def link(self, choice: Choice, withdrawn: Withdrawals) -> list[Snippet]:
        """Return what someone runs who wants the IRIs of things: by code, by name, by others'."""
        first = choice.thing
        found = [
            self._snippet("thing", Runs.SHELL, first.iri, choice=choice),
            self._snippet("jsonld", Runs.JSONLD, choice=choice),
            self._snippet("turtle", Runs.TURTLE, choice=choice),
            *self._by_code(choice),
            *self._by_name(choice),
        ]
        if choice.relation:
            other = first.others[choice.relation][0]
            found.append(self._lookup("sameas", "sameas.json", first.iri, uri=other))
        if gone := an_old_one(withdrawn):
            found.append(self._snippet("gone", Runs.SHELL, "410", withdrawn=gone.name))
        return found

    def _by_code(self, choice: Choice) -> Iterator[Snippet]:
        first = choice.thing
        if not first.code:
            return
        literals = " ".join(str(ox.Literal(one.code)) for one in choice.things if one.code)
        codes = self._query("codes", choice=choice, literals=literals)
        yield self._snippet("table", Runs.SHELL, first.iri, choice=choice)
        yield self._asked("codes", codes, _row(first.code, first.iri, first.names["ja"]))
        yield self._snippet("mine", Runs.SHELL, choice=choice)
        yield self._snippet("join", Runs.PYTHON, f"{first.iri} 12", choice=choice)
        if choice.relation:
            others = self._query("others", choice=choice, literals=literals)
            yield self._asked("others", others, first.others[choice.relation][0])
        document = self.iris.document_of(first.iri)
        if document and _is_government_code(first.code):
            target = self.iris.of(f"code/{first.code}")
            text = self._text("address", target=target)
            yield Snippet("government", Runs.SHELL, text, f"303 {document}")

    def _by_name(self, choice: Choice) -> Iterator[Snippet]:
        iri, name, type_ = choice.thing.iri, choice.thing.names["ja"], choice.kind.segment
        yield self._lookup("suggest", "suggest", iri, q=name[:-1] or name, type=type_)
        yield self._lookup("search", "search.json", iri, q=name, type=type_)
        yield self._snippet("form", Runs.HTML, choice=choice)

    def joinings(self, store: ox.Store, choice: Choice) -> list[Joining]:
        """Return what someone runs who joins our data with that of each partner."""
        return [
            self._joining(choice, partner, number)
            for number, partner in enumerate(_partners(store, choice), 1)
        ]

    def _joining(self, choice: Choice, partner: Partner, number: int) -> Joining:
        first = choice.thing
        relations = "|".join(self._short(one) for one in partner.relations)
        values = {"choice": choice, "partner": partner, "relations": relations}
        program = self._text(
            "joining_program",
            partner=partner,
            links=self._query("joined_links", **values),
            values=self._query("joined_values", **values),
            agent=AGENT,
            batch=BATCH,
        )
        query = self._query("joined", **values)
        command = self._text("joining_command", partner=partner, query=query)
        return Joining(
            partner,
            Snippet(f"join-{number}", Runs.PYTHON, program, f"{first.iri} {first.names['ja']}"),
            Snippet(f"comunica-{number}", Runs.SHELL, command, first.iri),
        )

    # -- texts

    def _snippet(self, name: str, runs: Runs, prints: str = "", **values: object) -> Snippet:
        return Snippet(name, runs, self._text(name, **values), prints)

    def _asked(self, name: str, query: str, prints: str) -> Snippet:
        """Return the command that sends a query."""
        return Snippet(name, Runs.SHELL, self._text("asked", query=query), prints)

    def _lookup(self, name: str, service: str, prints: str, **parameters: str) -> Snippet:
        pairs = [f"{key}={value}" for key, value in parameters.items()]
        text = self._text("lookup", service=service, pairs=pairs)
        return Snippet(name, Runs.SHELL, text, prints)

    def _query(self, name: str, **values: object) -> str:
        """Return a query, with the prefixes that it uses."""
        text = self._text(name, **values)
        used = sorted({name for name, _ in re.findall(r"(?<![\w<?:/])([\w-]+):(\w)", text)})
        known = (name for name in used if name in self.prefixes)
        return ns.declared(self.prefixes, known) + text

    def _short(self, iri: str) -> str:
        """Return an IRI as a query writes it, by a prefix if it can."""
        short = ns.shorten(iri, dict(self.prefixes)) or ""
        return short if short.partition(":")[2].isidentifier() else f"<{iri}>"

    def _text(self, name: str, **values: object) -> str:
        return render_part(
            "snippets.txt",
            name,
            iris=self.iris,
            ns=ns,
            short=self._short,
            shell=shlex.quote,
            at=lambda relative: shlex.quote(self.iris.of(relative)),
            quoted=lambda text: json.dumps(text, ensure_ascii=False),
            **values,
        )


def _row(*cells: str) -> str:
    """Return a row as CSV writes it (RFC 4180)."""
    row = io.StringIO()
    csv.writer(row, lineterminator="\n").writerow(cells)
    return row.getvalue().removesuffix("\n")


def _is_government_code(text: str) -> bool:
    """Tell whether a code is one of those of local governments, which `/code/` knows."""
    code = code_in(text)
    return code is not None and code.digits == text
