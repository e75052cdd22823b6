"""The parameters of a search, or of suggestions, checked: what is looked for, and how much of it.

Each inquiry has one address: `q` without needless blanks, the types in the order of the shapes,
then the page of a search or the number and language of suggestions.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from publish.i18n import LANGUAGES, Language, Text, known
from publish.shacl.shapes import Kind

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
