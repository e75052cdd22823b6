"""A search from its parameters to what it finds, told to people and programs.

Each inquiry has one address: `q` without needless blanks, the types in the order of the shapes,
then the page of a search or the number and language of suggestions. The ranking is the matcher's;
here its candidates get the words that stand beside them, which say which of two namesakes is meant:
their type, and their values of what is of special interest (`publish.browse.facets`).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from publish.browse.facets import Facet, Value, facets_of, values_of
from publish.browse.labels import in_language
from publish.errors import CodeError, Problem
from publish.i18n import LANGUAGES, Language, Text, known
from publish.iris import Iris
from publish.search.absent import Absence, meant
from publish.search.candidate import Candidate, Wanted
from publish.search.codes import looks_like_code, read_code
from publish.search.matcher import MOST_FOUND, Matcher
from publish.shacl.shapes import Kind, Shapes

#: Characters of a text that is looked for; a name is far shorter.
LONGEST = 200
#: Results on a page, and pages of a search: who looks further wants a list, not a search.
PAGE, MOST_PAGES = 20, 50
#: Suggestions, unless it is said how many, and at most.
SUGGESTED, MOST_SUGGESTED = 10, 50
_SHOWN = 40

_TOO_LONG = Text(
    "検索する言葉は{most}文字までです（{given}文字あります）。",
    "A text to search for has at most {most} characters (this one has {given}).",
)
_NO_KIND = Text(
    "「{key}」という種類はありません。種類（type）には次のいずれかを指定してください: {kinds}",
    'There is no type "{key}". Give one of these as type: {kinds}',
)
_NO_PAGE = Text("このページはありません。", "There is no such page.")
_NO_LIMIT = Text(
    "件数（limit）には1から{most}までの整数を指定してください。",
    "Give a whole number from 1 to {most} as limit.",
).format(most=MOST_SUGGESTED)
_NO_LANGUAGE = Text(
    "言語（lang）には ja か en を指定してください。", "Give ja or en as language (lang)."
)

Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A text that is looked for, among things of some types; none means all types."""

    text: str
    kinds: tuple[str, ...] = ()
    page: int = 1
    #: most suggestions
    limit: int = SUGGESTED
    #: the language that is asked for; None if that is left to the header
    language: Language | None = None

    @property
    def offset(self) -> int:
        """Return how many results stand before the page."""
        return (self.page - 1) * PAGE

    @property
    def query(self) -> str:
        """Return the query part of a search's address, with "?" if it is not empty."""
        page = [("page", str(self.page))] if self.page > 1 else []
        return _written([*self._wanted, *page])

    def suggesting(self, language: Language) -> str:
        """Return the query part of the address of suggestions in a language."""
        limit = [("limit", str(self.limit))] if self.limit != SUGGESTED else []
        return _written([*self._wanted, *limit, ("lang", language)])

    @property
    def _wanted(self) -> list[tuple[str, str]]:
        text = [("q", self.text)] if self.text else []
        return [*text, *(("type", kind) for kind in self.kinds)]

    def on_page(self, number: int) -> Inquiry:
        """Return another page of the same search."""
        return replace(self, page=number)

    def among(self, *kinds: str) -> Inquiry:
        """Return the first page of the same search among things of other types."""
        return replace(self, kinds=kinds, page=1)

    def of(self, text: str) -> Inquiry:
        """Return the first page of a search for another text."""
        return replace(self, text=text, page=1)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why parameters are no inquiry, and the HTTP status that says so."""

    status: int
    said: Text


def read_search(parameters: Parameters, kinds: Iterable[Kind]) -> Inquiry | Fault:
    """Return the search that the parameters `q`, `type` (several) and `page` mean."""
    inquiry = _wanted(parameters, kinds)
    if isinstance(inquiry, Fault):
        return inquiry
    page = _number(_first(parameters, "page") or "1")
    if page is None or not 1 <= page <= MOST_PAGES or (page > 1 and not inquiry.text):
        return Fault(404, _NO_PAGE)
    return inquiry.on_page(page)


def read_suggestion(parameters: Parameters, kinds: Iterable[Kind]) -> Inquiry | Fault:
    """Return the inquiry that the parameters `q`, `type` (several), `limit` and `lang` mean."""
    inquiry = _wanted(parameters, kinds)
    if isinstance(inquiry, Fault):
        return inquiry
    limit = _number(_first(parameters, "limit") or str(SUGGESTED))
    if limit is None or not 1 <= limit <= MOST_SUGGESTED:
        return Fault(400, _NO_LIMIT)
    tag = _first(parameters, "lang")
    language = known(tag)
    if tag and language not in LANGUAGES:
        return Fault(400, _NO_LANGUAGE)
    return replace(inquiry, limit=limit, language=language)


def _wanted(parameters: Parameters, kinds: Iterable[Kind]) -> Inquiry | Fault:
    text = _first(parameters, "q")
    if len(text) > LONGEST:
        return Fault(400, _TOO_LONG.format(most=LONGEST, given=f"{len(text):,}"))
    order = [kind.segment for kind in kinds]
    given = [part for name, value in parameters if name == "type" for part in value.split(",")]
    chosen = {part.strip() for part in given if part.strip()}
    unknown = sorted(chosen.difference(order))
    if unknown:
        said = _NO_KIND.format(key=clean(unknown[0])[:_SHOWN], kinds=", ".join(order))
        return Fault(400, said)
    return Inquiry(clean(text), tuple(one for one in order if one in chosen))


def clean(text: str) -> str:
    """Return a text on one line, and in one direction.

    Control characters are blanks, blanks do not repeat, and nothing unseen is left that would
    turn the text around or take it apart.

    >>> clean(" a\\x00\\n\\u3000b\\u202e\\ufeff ")
    'a b'
    """
    kinds = ((one, unicodedata.category(one)) for one in text)
    seen = (" " if kind in ("Cc", "Cs", "Cn", "Co") else one for one, kind in kinds if kind != "Cf")
    return " ".join("".join(seen).split())


def _first(parameters: Parameters, name: str) -> str:
    return next((value for key, value in parameters if key == name), "")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _written(parameters: Parameters) -> str:
    written = urlencode(parameters, quote_via=quote)
    return f"?{written}" if written else ""


# -- What tells a thing from others of its name ---------------------------------------------------

#: Values that are told; more would not be read.
_MOST = 3
_BETWEEN = Text("、", ", ")


class Distinguisher:
    """Reads traits of things from a store that does not change.

    `names` returns what a thing is called in both languages.
    """

    def __init__(self, store: ox.Store, shapes: Shapes, names: Callable[[str], Text]) -> None:
        self._store = store
        self._shapes = shapes
        self._names = names
        self._facets: dict[str, tuple[Facet, ...]] = {}

    def of(self, iri: str, kind: Kind) -> Text:
        """Return the first traits of a thing as one text, empty if it has none."""
        told = [*islice(self._told(iri, kind), _MOST)]
        return Text(
            _BETWEEN.ja.join(text.ja for text in told), _BETWEEN.en.join(text.en for text in told)
        )

    def _told(self, iri: str, kind: Kind) -> Iterator[Text]:
        """Yield one value of each facet; one of many would tell little."""
        if kind.segment not in self._facets:
            self._facets[kind.segment] = facets_of(self._shapes, kind)
        for facet in self._facets[kind.segment]:
            found = values_of(self._store, facet, iri)
            if len(found) == 1:
                yield self._name(found[0])

    def _name(self, value: Value) -> Text:
        if not value.texts:
            return self._names(value.term.value)
        said = [in_language(value.texts, language) for language in LANGUAGES]
        ja, en = (one.text if one else value.term.value for one in said)
        return Text(ja, en)


# -- What a search finds ---------------------------------------------------------------------------

#: Of what is like the text, where nothing fits it.
_NEAR = 5
#: Results that are counted by type; where there are more, their types are not looked at.
_COUNTED = 100
#: Digits of a code with its check digit.
_WHOLE = 6
_UNKNOWN = Text(
    "コード {code} は正しい形ですが、そのコードのものはここにありません。",
    "The code {code} is well-formed, but nothing here has it.",
)
_ELSEWHERE = Text(
    "対象としない地域のコードでないか確かめてください。",
    "See whether it is the code of an area that is not covered here.",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a search."""

    inquiry: Inquiry
    hits: tuple[Candidate, ...] = ()
    #: how many there are in all; None if there are more than are counted
    total: int | None = 0
    #: the number of the last page
    last: int = 1
    #: the text is the code of just this thing
    exact: Candidate | None = None
    #: the text is a code, and this is wrong with it
    problem: Problem | None = None
    #: where nothing was found: what may be meant
    near: tuple[Candidate, ...] = ()
    #: how many of what is found, whatever its type, are of which type; empty if they are many
    counts: Mapping[str, int] = field(default_factory=dict)


def find(matcher: Matcher, inquiry: Inquiry) -> Found | None:
    """Return a page of what is found; None if there are not so many pages."""
    if not inquiry.text:
        return Found(inquiry)
    whole = matcher.search(inquiry.text, (), _COUNTED)
    page = whole if not inquiry.kinds else matcher.search(inquiry.text, inquiry.kinds, _COUNTED)
    total = MOST_FOUND if page.total is None else page.total
    last = min(MOST_PAGES, max(1, -(-total // PAGE)))
    if inquiry.page > last:
        return None
    hits = page.hits[inquiry.offset : inquiry.offset + PAGE]
    if inquiry.offset + PAGE > _COUNTED:
        hits = matcher.search(inquiry.text, inquiry.kinds, PAGE, inquiry.offset).hits
    exact, problem = _read_as_code(matcher, inquiry, is_found=bool(hits))
    near = () if hits else matcher.match(Wanted(inquiry.text, inquiry.kinds, limit=_NEAR))
    is_counted = whole.total == len(whole.hits)
    counts = Counter(hit.kind for hit in whole.hits) if is_counted else {}
    return Found(inquiry, hits, page.total, last, exact, problem, near, counts)


def _read_as_code(
    matcher: Matcher, inquiry: Inquiry, *, is_found: bool
) -> tuple[Candidate | None, Problem | None]:
    """Return what a code leads to, or what is wrong with it.

    A number that is found, but is no code, is just a word.
    """
    if not looks_like_code(inquiry.text):
        return None, None
    try:
        code = read_code(inquiry.text)
    except CodeError as error:
        digits = sum(one.isdecimal() for one in inquiry.text)
        return None, error.problems[0] if digits == _WHOLE or not is_found else None
    # with all its digits, so that it is not taken for another one without its zero
    found = matcher.match(Wanted(code.six, inquiry.kinds, limit=2))
    if found and found[0].automatic and not code.repaired:
        return found[0], None
    return None, None if is_found else Problem(_UNKNOWN.format(code=code.six), _ELSEWHERE)


@dataclass(frozen=True)
class Formatter:
    """Puts candidates into words."""

    iris: Iris
    shapes: Shapes
    distinguisher: Distinguisher
    absences: tuple[Absence, ...] = ()

    def kind(self, candidate: Candidate) -> Text:
        """Return what the type of a candidate is called."""
        kind = self.shapes.kind(candidate.kind)
        return kind.label if kind else Text(candidate.kind, candidate.kind)

    def description(self, candidate: Candidate) -> Text:
        """Return what tells a candidate from others of its name; empty if nothing does."""
        kind = self.shapes.kind(candidate.kind)
        return self.distinguisher.of(candidate.iri, kind) if kind else Text("", "")

    def line(self, candidate: Candidate, language: Language) -> str:
        """Return type and description of a candidate on one line."""
        said = (self.kind(candidate), self.description(candidate))
        between = "：" if language == "ja" else ": "
        return between.join(filter(None, (text.in_(language) for text in said)))

    def results(self, found: Found) -> dict[str, Any]:
        """Return a page of a search for programs."""
        asked, problem = found.inquiry, found.problem
        content: dict[str, Any] = {
            "query": asked.text,
            "types": list(asked.kinds),
            "page": asked.page,
            "pages": found.last,
            "total": found.total,
            "facets": [self._facet(kind, n) for kind, n in found.counts.items()],
            "results": [self.hit(one) for one in found.hits],
        }
        if found.exact:
            content["exact"] = found.exact.iri
        if problem:
            content["problem"] = problem.text.as_json()
        if found.near:
            content["near"] = [self.hit(one) for one in found.near]
        if absent := meant(self.absences, asked.text):
            content["absent"] = [one.as_json() for one in absent]
        return content

    def _facet(self, segment: str, count: int) -> dict[str, Any]:
        kind = self.shapes.kind(segment)
        name = kind.label if kind else Text(segment, segment)
        return {"type": {"id": segment, "name": name.as_json()}, "count": count}

    def hit(self, candidate: Candidate) -> dict[str, Any]:
        """Return a candidate for programs, with the reasons for its place."""
        return self.suggestion(candidate) | {
            "reasons": [one.as_json() for one in candidate.reasons]
        }

    def suggestion(self, candidate: Candidate) -> dict[str, Any]:
        """Return a candidate for programs."""
        return {
            "id": candidate.iri,
            "document": self.iris.document_of(candidate.iri) or candidate.iri,
            "name": candidate.name.as_json(),
            "type": {"id": candidate.kind, "name": self.kind(candidate).as_json()},
            "description": self.description(candidate).as_json(),
            "matched": {"text": candidate.matched, "language": candidate.language},
            "score": round(candidate.score, 1),
        }

    def completions(
        self, asked: Inquiry, language: Language, candidates: Iterable[Candidate]
    ) -> list[Any]:
        """Return suggestions as OpenSearch has them: text, names, descriptions, addresses.

        (OpenSearch 1.1, Suggestions extension, draft 1.)
        """
        found = list(candidates)
        pages = [self.iris.relative(self.iris.document_of(one.iri) or "") for one in found]
        return [
            asked.text,
            [one.name.in_(language) for one in found],
            [self.line(one, language) for one in found],
            [self.iris.page(page or "", language) for page in pages],
        ]
