"""What a search finds, told to people and programs: pages of it, where a code leads, what is near.

The ranking is the matcher's; here its candidates get the words that stand beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from publish.errors import CodeError, Problem
from publish.i18n import Language, Text
from publish.iris import Iris
from publish.search.candidate import Candidate, Wanted
from publish.search.codes import looks_like_code, read_code
from publish.search.inquiries import MOST_PAGES, PAGE, Inquiry
from publish.search.matcher import MOST_FOUND, Matcher
from publish.search.traits import Traits
from publish.shacl.shapes import Shapes

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
class Teller:
    """Puts candidates into words."""

    iris: Iris
    shapes: Shapes
    traits: Traits

    def kind(self, candidate: Candidate) -> Text:
        """Return what the type of a candidate is called."""
        kind = self.shapes.kind(candidate.kind)
        return kind.label if kind else Text(candidate.kind, candidate.kind)

    def description(self, candidate: Candidate) -> Text:
        """Return what tells a candidate from others of its name; empty if nothing does."""
        kind = self.shapes.kind(candidate.kind)
        return self.traits.of(candidate.iri, kind) if kind else Text("", "")

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
            said = Text("{what}{remedy}", "{what} {remedy}")
            content["problem"] = _both(said.format(what=problem.what, remedy=problem.remedy))
        if found.near:
            content["near"] = [self.hit(one) for one in found.near]
        return content

    def _facet(self, segment: str, count: int) -> dict[str, Any]:
        kind = self.shapes.kind(segment)
        name = kind.label if kind else Text(segment, segment)
        return {"type": {"id": segment, "name": _both(name)}, "count": count}

    def hit(self, candidate: Candidate) -> dict[str, Any]:
        """Return a candidate for programs, with the reasons for its place."""
        return self.suggestion(candidate) | {"reasons": [_both(one) for one in candidate.reasons]}

    def suggestion(self, candidate: Candidate) -> dict[str, Any]:
        """Return a candidate for programs."""
        return {
            "id": candidate.iri,
            "document": self.iris.document_of(candidate.iri) or candidate.iri,
            "name": _both(candidate.name),
            "type": {"id": candidate.kind, "name": _both(self.kind(candidate))},
            "description": _both(self.description(candidate)),
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


def _both(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}
