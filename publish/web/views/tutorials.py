"""What the help pages show: things to run, with what they print, made from the release's own data.

Nothing here is prose: the pages explain, the tests run every snippet as it stands on the page.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from publish.browse.lists import KANA
from publish.browse.samples import ALTERNATIVE, CODE, Choice, Thing, an_old_one
from publish.formats import CSV, JSONLD
from publish.iris import Iris
from publish.project.withdrawn import Withdrawals
from publish.rdf import namespaces as ns
from publish.rdf.turtle import Prefixes

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
        used = sorted({name for name, _ in re.findall(r"(?<![\w<?:/])([\w-]+):(\w)", body)})
        known = [name for name in used if name in self.prefixes]
        declared = "".join(f"PREFIX {name}: <{self.prefixes[name]}>\n" for name in known)
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
