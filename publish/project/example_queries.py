"""Example queries: `data/queries/<name>.rq`, with titles in both languages in their first comments.

In the files, IRIs of PREFIX lines may be relative to the base, so that they work under any base;
what is published has them absolute. In the catalogue each example is a SHACL executable as in
https://github.com/sib-swiss/sparql-examples, so that editors find them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from publish.errors import Place, Problem, SourceError
from publish.i18n import Text
from publish.iris import KEY, Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, node, texts, typed
from publish.sparql.syntax_errors import find_mistake

SOURCE = Path("data/queries")
#: Directory of a release with the examples as they are published.
DIRECTORY = "queries"
SUFFIX = ".rq"

#: SHACL has no DESCRIBE; this is where the examples of SIB have theirs.
_SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
#: form of the query -> (class, property that holds its text)
_EXECUTABLES = {
    "SELECT": (ns.SH + "SPARQLSelectExecutable", ns.SH + "select"),
    "ASK": (ns.SH + "SPARQLAskExecutable", ns.SH + "ask"),
    "CONSTRUCT": (ns.SH + "SPARQLConstructExecutable", ns.SH + "construct"),
    "DESCRIBE": (_SPEX + "SPARQLDescribeExecutable", _SPEX + "describe"),
}
_HEADERS = ("order", "title@ja", "title@en", "about@ja", "about@en")
_HEADER = re.compile(r"#\s*([a-z]+(?:@[a-z]+)?):\s*(.*)")
_FORM = re.compile(rf"^\s*({'|'.join(_EXECUTABLES)})\b", re.MULTILINE | re.IGNORECASE)
_PREFIX = re.compile(r"^(\s*PREFIX\s+[\w.-]*:\s*<)([^<>]*)(?=>)", re.MULTILINE | re.IGNORECASE)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Example:
    """A query that shows what can be asked; its IRIs are absolute."""

    name: str
    order: int
    title: Text
    about: Text
    form: str
    query: str

    def as_file(self) -> str:
        """Return the example as a file, from which it can be read again."""
        said = (str(self.order), self.title.ja, self.title.en, self.about.ja, self.about.en)
        header = "".join(f"# {key}: {text}\n" for key, text in zip(_HEADERS, said, strict=True))
        return f"{header}\n{self.query}"


def example_files(project: Path) -> list[Path]:
    """Return the files of a project's examples; none if it has no such directory."""
    return sorted((project / SOURCE).glob(f"*{SUFFIX}"))


def read_examples(files: Iterable[Path], iris: Iris, project: Path) -> tuple[Example, ...]:
    """Return the examples in their order.

    Raises SourceError, with file and line, for a missing header or a query that is no SPARQL.
    """
    found, problems = list[Example](), list[Problem]()
    for path in files:
        place = Place(str(path.relative_to(project)))
        made = _read(path, iris, place)
        if isinstance(made, Example):
            found.append(made)
        else:
            problems += made
    if problems:
        raise SourceError.of(problems)
    return tuple(sorted(found, key=lambda example: (example.order, example.name)))


def _read(path: Path, iris: Iris, place: Place) -> Example | list[Problem]:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return [_problem(place, 1, *_NOT_UTF8)]
    headers, start = _headers(text.splitlines())
    query = _absolute("\n".join(text.splitlines()[start:]), iris).strip() + "\n"
    form = _FORM.search(query)
    problems = [
        *_wrong_name(path, place),
        *_wrong_headers(headers, place),
        *_wrong_query(query, form, iris, place, start),
    ]
    if problems or form is None:
        return problems
    return Example(
        name=path.stem,
        order=int(headers["order"]),
        title=Text(headers["title@ja"], headers["title@en"]),
        about=Text(headers["about@ja"], headers["about@en"]),
        form=form[1].upper(),
        query=query,
    )


def _headers(lines: list[str]) -> tuple[dict[str, str], int]:
    """Return the headers, and how many lines stand before the query."""
    headers = dict[str, str]()
    for number, line in enumerate(lines):
        if line.strip() and not line.startswith("#"):
            return headers, number
        if match := _HEADER.fullmatch(line.strip()):
            headers.setdefault(match[1], match[2])
    return headers, len(lines)


def _absolute(query: str, iris: Iris) -> str:
    def replaced(match: re.Match[str]) -> str:
        relative = not _ABSOLUTE.match(match[2])
        return match[1] + (iris.of(match[2]) if relative else match[2])

    return _PREFIX.sub(replaced, query)


def _wrong_name(path: Path, place: Place) -> Iterator[Problem]:
    if not re.fullmatch(KEY, path.stem):
        yield _problem(place, None, *_NAME)


def _wrong_headers(headers: dict[str, str], place: Place) -> Iterator[Problem]:
    for name in _HEADERS:
        if not headers.get(name):
            what, remedy = _MISSING
            yield _problem(place, 1, what.format(name=name), remedy.format(name=name))
    order = headers.get("order", "")
    if order and not (order.isascii() and order.isdigit()):
        yield _problem(place, 1, *_ORDER)


def _wrong_query(
    query: str, form: re.Match[str] | None, iris: Iris, place: Place, start: int
) -> Iterator[Problem]:
    if form is None:
        yield _problem(place, start + 1, *_NO_FORM)
        return
    try:
        ox.Store().query(query, base_iri=iris.base)
    except SyntaxError:
        found = find_mistake(query)
        text = found.text or Text("末尾", "the end")
        yield _problem(place, start + found.line, _SYNTAX[0].format(text=text), _SYNTAX[1])


def _problem(place: Place, line: int | None, what: Text, remedy: Text) -> Problem:
    return Problem(what, remedy, Place(place.file, line))


_NOT_UTF8 = (
    Text("UTF-8の文字として読めません。", "It cannot be read as UTF-8."),
    Text("UTF-8で保存し直してください。", "Save it as UTF-8."),
)
_NAME = (
    Text("照会例のファイル名に使えない文字があります。", "The name of the file cannot be used."),
    Text(
        "小文字の英数字とハイフンだけにしてください（例：regions-map.rq）。",
        "Use lower-case letters, digits and hyphens, as in regions-map.rq.",
    ),
)
_MISSING = (
    Text("見出し「{name}」がありません。", 'The header "{name}" is missing.'),
    Text(
        "照会文より前に「# {name}: …」の行を加えてください。",
        'Add a line "# {name}: …" before the query.',
    ),
)
_ORDER = (
    Text("「order」の値が数字ではありません。", 'The value of "order" is no number.'),
    Text("並び順を表す数字を書いてください。", "Write the number by which it is ordered."),
)
_NO_FORM = (
    Text("照会文がありません。", "There is no query."),
    Text(
        "行の先頭に SELECT、ASK、CONSTRUCT 又は DESCRIBE を置いて照会文を書いてください。",
        "Write a query, with SELECT, ASK, CONSTRUCT or DESCRIBE at the start of a line.",
    ),
)
_SYNTAX = (
    Text("照会文が「{text}」のところで誤っています。", "The query is wrong at “{text}”."),
    Text(
        "この行とその前のつづり、かっこ、接頭辞の宣言を確かめてください。",
        "Check spelling, brackets and declared prefixes in this line and before it.",
    ),
)


def example_triples(iris: Iris, examples: Iterable[Example]) -> Iterator[Triple]:
    """Yield the description of each example, for the catalogue."""
    service = node(iris.of("sparql"))
    for example in examples:
        subject = node(iris.of(f"sparql#example-{example.name}"))
        class_, text = _EXECUTABLES[example.form]
        yield subject, TYPE, node(ns.SH + "SPARQLExecutable")
        yield subject, TYPE, node(class_)
        yield from texts(subject, ns.RDFS + "label", example.title)
        yield from texts(subject, ns.RDFS + "comment", example.about)
        yield subject, node(ns.SH + "order"), typed(example.order, "integer")
        yield subject, node(ns.SH + "prefixes"), service
        yield subject, node(text), ox.Literal(example.query)
        yield subject, node(ns.SCHEMA + "target"), service
