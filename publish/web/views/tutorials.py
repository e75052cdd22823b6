"""What the help pages show: things to run, with what they print, made from the release's own data.

Nothing here is prose: the pages explain, the tests run every snippet as it stands on the page.

What the help pages show of joining with data of others: each side is asked by the client.

The endpoint asks nobody (it refuses SERVICE), so a client that wants what two data sets say asks
both. An example is shown for each data set that a linkset of the release leads to and that states
its endpoint (`void:sparqlEndpoint`).

What the help pages show of searching: commands to run, and a form with suggestions to copy.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox

from publish.browse.lists import KANA
from publish.browse.samples import ALTERNATIVE, CODE, RELATIONS, Choice, Thing, an_old_one
from publish.formats import CSV, JSONLD
from publish.i18n import Text
from publish.iris import Iris
from publish.project.withdrawn import Withdrawals
from publish.rdf import namespaces as ns
from publish.rdf.terms import node, triples
from publish.rdf.turtle import Prefixes
from publish.search.codes import code_in

_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
#: The search of CKAN's action API.
_SEARCH = "api/3/action/package_search?rows=10"
#: An address of the reader's own, for examples (RFC 2606).
_OWN = "https://www.example.jp/data/1"


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


@dataclass(frozen=True)
class Tutorials:
    """The snippets of the help pages for one release."""

    iris: Iris
    prefixes: Prefixes

    def _at(self, relative: str) -> str:
        """Return an address under the base, quoted for a shell."""
        return shlex.quote(self.iris.of(relative))

    def address_of(self, thing: Thing) -> Snippet:
        """Return what shows where the IRI of a thing leads to."""
        text = "curl -sS -o /dev/null -w '%{http_code} %{redirect_url}\\n' "
        return Snippet("address", Runs.SHELL, text + shlex.quote(thing.iri), "303 ")

    # -- harvest

    def harvest(self, *, feed: bool) -> list[Snippet]:
        """Return what a portal runs; `feed` tells whether there is a feed of releases."""
        at, shell = self._at, Runs.SHELL
        found = [
            Snippet(
                "catalogue", shell,
                f"curl -fsS --etag-save catalog.etag -o catalog.ttl {at('catalog.ttl')}\n"
                "grep 'a dcat:Catalog ' catalog.ttl",
                "a dcat:Catalog",
            ),
            Snippet(
                "unchanged", shell,
                "curl -fsS --etag-compare catalog.etag -o catalog.ttl -w '%{http_code}\\n' "
                f"{at('catalog.ttl')}",
                "304",
            ),
            Snippet("ckan", shell, f"curl -fsS {at(_SEARCH)}", '"success": true'),
            Snippet(
                "dump", shell,
                f"curl -fsSLO {at('dump/latest/all.ttl.gz')}\n"
                f"curl -fsSLO {at('dump/latest/SHA256SUMS')}\n"
                "sha256sum -c --ignore-missing SHA256SUMS",
                "all.ttl.gz: OK",
            ),
            Snippet("verify", shell, f"lodpub verify {at('')}", "正しい / ok"),
        ]  # fmt: skip
        if feed:
            text = f"curl -fsS {at('changes.atom')} | grep '<updated>'"
            found.append(Snippet("feed", shell, text, "<updated>"))
        return [
            *found,
            Snippet("sitemap", shell, f"curl -fsS {at('sitemap.xml')}", "<sitemapindex"),
        ]

    # -- query

    def query(self, choice: Choice) -> list[Snippet]:
        """Return what someone runs who asks for a part."""
        names, first = self.names(choice), choice.thing
        graphs = (
            "SELECT ?graph ?property ?value WHERE {\n"
            f"  GRAPH ?graph {{ <{first.iri}> ?property ?value }}\n"
            "}\nORDER BY ?graph ?property"
        )
        return [
            Snippet("curl", Runs.SHELL, self._asked(names), self._row(first)),
            Snippet("wrapper", Runs.PYTHON, self._wrapper(names, choice), first.names["ja"]),
            Snippet("notebook", Runs.PYTHON, self._notebook(names), first.names["ja"]),
            Snippet("comunica", Runs.SHELL, self._comunica(names), first.names["ja"]),
            Snippet("graphs", Runs.SHELL, self._asked(graphs), self.iris.graph("")),
        ]

    def names(self, choice: Choice) -> str:
        """Return the query for names in both languages, with codes where there are any."""
        coded = choice.thing.code is not None
        lines = [
            f"?thing a {self.short(choice.kind.class_)} .",
            f"?thing {self.short(choice.label)} ?ja , ?en .",
            *([f"?thing {self.short(CODE)} ?code ."] if coded else []),
            'FILTER(LANG(?ja) = "ja" && LANG(?en) = "en")',
        ]
        columns = "?code ?ja ?en" if coded else "?thing ?ja ?en"
        return self.select(columns, lines, f"ORDER BY {columns.split()[0]}\nLIMIT 5")

    def address(self, query: str) -> str:
        """Return the address of a query's answer as a table (SPARQL 1.1 Protocol, 2.1.1)."""
        asked = urlencode({"query": query, "format": CSV.suffix}, quote_via=quote)
        return f"{self.iris.of('sparql')}?{asked}"

    def _wrapper(self, query: str, choice: Choice) -> str:
        first = "code" if choice.thing.code else "thing"
        return (
            "from SPARQLWrapper import JSON, SPARQLWrapper\n\n"
            f"endpoint = SPARQLWrapper({_quoted(self.iris.of('sparql'))})\n"
            "endpoint.setReturnFormat(JSON)\n"
            f'endpoint.setQuery("""\n{query}\n""")\n'
            'for row in endpoint.queryAndConvert()["results"]["bindings"]:\n'
            f'    print(row["{first}"]["value"], row["ja"]["value"], row["en"]["value"])'
        )

    def _notebook(self, query: str) -> str:
        return (
            "import csv\nimport io\n"
            "from urllib.parse import urlencode\nfrom urllib.request import urlopen\n\n"
            f'query = """\n{query}\n"""\n'
            f"address = {_quoted(self.iris.of('sparql'))} + "
            '"?" + urlencode({"query": query, "format": "csv"})\n'
            "with urlopen(address) as answer:\n"
            '    rows = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8"))))\n'
            "for row in rows:\n    print(row)"
        )

    def _comunica(self, query: str) -> str:
        source = shlex.quote(f"sparql@{self.iris.of('sparql')}")
        return f"comunica-sparql {source} -t text/csv \\\n  {shlex.quote(query)}"

    # -- link

    def link(self, choice: Choice, withdrawn: Withdrawals) -> list[Snippet]:
        """Return what someone runs whose own table has the codes of our things."""
        first, segment = choice.thing, choice.kind.segment
        table, own = f"doc/{segment}.{CSV.suffix}", f"{segment}.{CSV.suffix}"
        accept = shlex.quote(f"Accept: {JSONLD.media_type}")
        thing = f"curl -fsSL -H {accept} {shlex.quote(first.iri)}"
        found = [
            Snippet("thing", Runs.SHELL, thing, first.iri),
            Snippet("jsonld", Runs.JSONLD, self._own_jsonld(first)),
            Snippet("turtle", Runs.TURTLE, self._own_turtle(first)),
        ]
        if first.code:
            grep = shlex.quote(first.code)
            text = f"curl -fsS -o {own} {self._at(table)}\ngrep {grep} {own}"
            mine = "".join(f"{one.code},{12 - n}\\n" for n, one in enumerate(choice.things))
            found += [
                Snippet("table", Runs.SHELL, text, first.iri),
                Snippet("codes", Runs.SHELL, self._asked(self.codes(choice)), self._said(first)),
                Snippet("mine", Runs.SHELL, f"printf 'code,count\\n{mine}' > mine.csv"),
                Snippet("join", Runs.PYTHON, _join(self.iris.of(table)), f"{first.iri} 12"),
            ]
        if choice.relation and first.code:
            query = self.others(choice, choice.relation)
            other = first.others[choice.relation][0]
            found.append(Snippet("others", Runs.SHELL, self._asked(query), other))
        if gone := an_old_one(withdrawn):
            address = self._at(f"doc/{gone.name}")
            text = f"curl -sS -o /dev/null -w '%{{http_code}}\\n' {address}"
            found.append(Snippet("gone", Runs.SHELL, text, "410"))
        return found

    def codes(self, choice: Choice) -> str:
        """Return the query that finds things by their codes."""
        lines = [
            f"VALUES ?code {{ {self._codes(choice)} }}",
            f"?uri a {self.short(choice.kind.class_)} .",
            f"?uri {self.short(CODE)} ?code .",
            f"?uri {self.short(choice.label)} ?name .",
            'FILTER(LANG(?name) = "ja")',
        ]
        columns = "?code ?uri ?name"
        if choice.has_readings:
            reading = f'?uri {self.short(ALTERNATIVE)} ?kana . FILTER(LANG(?kana) = "{KANA}")'
            lines.append(f"OPTIONAL {{ {reading} }}")
            columns += " ?kana"
        return self.select(columns, lines, "ORDER BY ?code")

    def others(self, choice: Choice, relation: str) -> str:
        """Return the query for what others call the same things."""
        lines = [
            f"VALUES ?code {{ {self._codes(choice)} }}",
            f"?uri a {self.short(choice.kind.class_)} .",
            f"?uri {self.short(CODE)} ?code .",
            f"?uri {self.short(relation)} ?other .",
        ]
        return self.select("?code ?other", lines, "ORDER BY ?code ?other")

    def _codes(self, choice: Choice) -> str:
        return " ".join(str(ox.Literal(one.code)) for one in choice.things if one.code)

    def _own_turtle(self, thing: Thing) -> str:
        return (
            f"PREFIX dcterms: <{ns.DCTERMS}>\n\n<{_OWN}>\n"
            f"    dcterms:spatial <{thing.iri}> ."
        )  # fmt: skip

    def _own_jsonld(self, thing: Thing) -> str:
        spatial = {"@id": ns.DCTERMS + "spatial", "@type": "@id"}
        said = {
            "@context": [self.iris.of("context.jsonld"), {"spatial": spatial}],
            "id": _OWN,
            "spatial": thing.iri,
        }
        return json.dumps(said, ensure_ascii=False, indent=2)

    # -- queries as text

    def select(self, columns: str, lines: Iterable[str], end: str) -> str:
        """Return a query, with the prefixes that it uses."""
        body = "\n".join(f"  {line}" for line in lines)
        used = {name for name, _ in re.findall(r"(?<![\w<?:/])([\w-]+):(\w)", body)}
        known = [name for name in used if name in self.prefixes]
        declared = ns.declared(self.prefixes, known)
        return f"{declared}SELECT {columns} WHERE {{\n{body}\n}}\n{end}"

    def short(self, iri: str) -> str:
        """Return an IRI as a query writes it, by a prefix if it can."""
        short = ns.shorten(iri, dict(self.prefixes)) or ""
        return short if short.partition(":")[2].isidentifier() else f"<{iri}>"

    def _asked(self, query: str) -> str:
        """Return the command that asks for a table; the query is sent as POST."""
        asked = shlex.quote(f"query=\n{query}")
        return f"curl -fsS -H 'Accept: {CSV.media_type}' --data-urlencode \\\n  {asked} \\\n  " + (
            self._at("sparql")
        )

    def _row(self, thing: Thing) -> str:
        return f"{thing.code or thing.iri},{_cell(thing.names['ja'])},{_cell(thing.names['en'])}"

    def _said(self, thing: Thing) -> str:
        return f"{thing.code},{thing.iri},{_cell(thing.names['ja'])}"


def _cell(text: str) -> str:
    """Return a value as CSV writes it (RFC 4180, 2.5 to 2.7)."""
    if not re.search(r'[",\r\n]', text):
        return text
    return '"' + text.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _join(table: str) -> str:
    return (
        "import csv\nimport io\nfrom urllib.request import urlopen\n\n"
        f"with urlopen({_quoted(table)}) as answer:\n"
        '    ours = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8"))))\n'
        'uris = {row["identifier"]: row["iri"] for row in ours}\n'
        'with open("mine.csv", encoding="utf-8", newline="") as mine:\n'
        "    for row in csv.DictReader(mine):\n"
        '        print(uris[row["code"]], row["count"])'
    )


# -- What the help pages show of joining with data of others --------------------------------------

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


# -- What the help pages show of searching --------------------------------------------------------


def lookups(iris: Iris, choice: Choice) -> list[Snippet]:
    """Return what someone runs who has a name, and wants its IRI."""
    thing = choice.thing
    name, type_ = thing.names["ja"], choice.kind.segment

    def asked(service: str, text: str) -> str:
        pairs = (f"q={text}", f"type={type_}")
        parameters = " ".join(f"--data-urlencode {shlex.quote(pair)}" for pair in pairs)
        return f"curl -fsSG {parameters} \\\n  {shlex.quote(iris.of(service))}"

    return [
        *_identities(iris, choice),
        Snippet("suggest", Runs.SHELL, asked("suggest", name[:-1] or name), thing.iri),
        Snippet("search", Runs.SHELL, asked("search.json", name), thing.iri),
        Snippet("form", Runs.HTML, _form(iris.of("suggest"), type_, name)),
    ]


def _identities(iris: Iris, choice: Choice) -> list[Snippet]:
    """Return what someone runs who has an IRI of others, or a code of a local government."""
    thing = choice.thing
    found: list[Snippet] = []
    if choice.relation:
        pair = shlex.quote(f"uri={thing.others[choice.relation][0]}")
        text = f"curl -fsSG --data-urlencode {pair} \\\n  {shlex.quote(iris.of('sameas.json'))}"
        found.append(Snippet("sameas", Runs.SHELL, text, thing.iri))
    document = iris.document_of(thing.iri)
    if document and thing.code and _is_government_code(thing.code):
        text = "curl -sS -o /dev/null -w '%{http_code} %{redirect_url}\\n' "
        address = shlex.quote(iris.of(f"code/{thing.code}"))
        found.append(Snippet("government", Runs.SHELL, text + address, f"303 {document}"))
    return found


def _is_government_code(text: str) -> bool:
    """Tell whether a code is one of those of local governments, which `/code/` knows."""
    code = code_in(text)
    return code is not None and code.digits == text


def _form(address: str, type_: str, name: str) -> str:
    """Return a form of somebody else's that offers our names and sends our IRI."""
    return f"""\
<form action="/register" method="post">
  <label>名称 / Name <input id="name" name="name" list="names" placeholder="{name}"></label>
  <input id="uri" name="uri" readonly aria-label="URI">
  <datalist id="names"></datalist>
</form>
<script>
  const box = document.querySelector('#name');
  const names = document.querySelector('#names');
  const uri = document.querySelector('#uri');
  let last = null;
  box.addEventListener('input', async () => {{
    last?.abort();
    last = new AbortController();
    const wanted = new URLSearchParams({{q: box.value, type: '{type_}', lang: 'ja'}});
    try {{
      const answer = await fetch(`{address}?${{wanted}}`, {{signal: last.signal}});
      const {{suggestions}} = await answer.json();
      names.replaceChildren(...suggestions.map(one => new Option(one.description.ja, one.name.ja)));
      const same = suggestions.filter(one => one.name.ja === box.value);
      uri.value = same.length === 1 ? same[0].id : '';
    }} catch (error) {{
      if (error.name !== 'AbortError') throw error;
    }}
  }});
</script>"""
