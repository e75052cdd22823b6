"""The words of matching: what is looked for, what is known of it beside, and what fits how well.

Search, suggestions, reconciliation and the linking of tables all ask in these words and are
answered in them, so that a name means the same wherever it is typed.
"""

from __future__ import annotations

from dataclasses import dataclass

from publish.i18n import Text

#: The best score a candidate can have; scores are 0 to this.
BEST = 100.0
#: The automatic line: a candidate below it is never taken without a person's look.
LINE = 90.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that is known of the wanted thing beside its name.

    `property` is `code`, the path segment of a type whose thing the wanted one is in or tied to
    (`region`, `pillar`), a term of the JSON-LD context, or the IRI of a property. The values are
    alternatives: IRIs, codes or names, as they stand in somebody's table.
    """

    property: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A thing that is looked for, by a text and by what is known of it beside."""

    text: str
    #: path segments of types (`municipality`); none means any type
    kinds: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    #: most candidates in the answer
    limit: int = 5
    #: the text is an address, and what is wanted is the smallest area that it names
    is_address: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing of the release that fits, how well, and why."""

    iri: str
    #: path segment of its type
    kind: str
    name: Text
    #: which of its names fits best, as it stands in the data, and in what language
    matched: str
    language: str
    #: 0 to BEST
    score: float
    #: it may be taken without a person's look: it fits, and nothing else fits nearly as well
    automatic: bool
    #: what speaks for it and what against it, most important first
    reasons: tuple[Text, ...]
    #: in what it lies, to tell it from others of its name; None if unknown
    where: Text | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what a search finds: the best first."""

    hits: tuple[Candidate, ...]
    #: how many there are in all, or None if there are more than are counted
    total: int | None
