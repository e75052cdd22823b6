"""What a check is and how it is made, what it found, and all that was found out about a site.

The modules of `checks` know this as `f`: `@CHECKS.add` makes a check of a function, which says how
it ended by `passed`, `warned`, `failed` or `skipped`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from publish.i18n import Text

Outcome = Literal["ok", "warning", "failure", "not-applicable"]
#: From harmless to bad; what does not apply is the most harmless.
OUTCOMES: tuple[Outcome, ...] = ("not-applicable", "ok", "warning", "failure")
Family = Literal["dereference", "harvest", "sparql"]
FAMILIES: dict[Family, Text] = {
    "dereference": Text("URIの参照解決", "Dereferencing"),
    "harvest": Text("収集", "Harvesting"),
    "sparql": Text("SPARQL", "SPARQL"),
}
#: What a check needs of a site.
Needed = TypeVar("Needed")
#: So many lines of evidence are shown at most.
_LINES = 12


@dataclass(frozen=True, slots=True)
class Spec:
    """The place of a specification that says why something matters."""

    name: str
    url: str


def rfc(number: int, section: str) -> Spec:
    """Return the place of a section of an RFC.

    >>> rfc(9110, "12.5.5").name
    'RFC 9110, 12.5.5'
    """
    address = f"https://www.rfc-editor.org/rfc/rfc{number}.html#section-{section}"
    return Spec(f"RFC {number}, {section}", address)


def w3c(short: str, name: str, section: str = "") -> Spec:
    """Return the place of a section (its anchor) of a W3C report, by its short name."""
    return Spec(name, f"https://www.w3.org/TR/{short}/" + (f"#{section}" if section else ""))


@dataclass(frozen=True, slots=True)
class Result:
    """What one check found: an observation, and the requests and headers that show it."""

    outcome: Outcome
    what: Text
    evidence: tuple[str, ...] = ()


def passed(what: Text, *evidence: str) -> Result:
    """Return the result of a check that is passed."""
    return Result("ok", what, evidence[:_LINES])


def warned(what: Text, *evidence: str) -> Result:
    """Return a warning: it works, but some users will be worse off."""
    return Result("warning", what, evidence[:_LINES])


def failed(what: Text, *evidence: str) -> Result:
    """Return a failure: a specification is broken, or users cannot do what they should."""
    return Result("failure", what, evidence[:_LINES])


def skipped(reason: Text, *evidence: str) -> Result:
    """Return that the check does not apply, with the reason."""
    return Result("not-applicable", reason, evidence[:_LINES])


def worst(results: Iterable[Result], if_none: Result, if_passed: Text | None = None) -> Result:
    """Return the worst of several results, all like it put together; `if_none` without any.

    If all is well, `if_passed` is said instead of what they say.
    """
    found = list(results)
    if not found:
        return if_none
    outcome = max((result.outcome for result in found), key=OUTCOMES.index)
    alike = [result for result in found if result.outcome == outcome]
    texts = list(dict.fromkeys(result.what for result in alike))
    said = Text("".join(t.ja for t in texts[:4]), " ".join(t.en for t in texts[:4]))
    if if_passed and outcome == "ok":
        said = if_passed
    lines = dict.fromkeys(line for result in alike for line in result.evidence)
    return Result(outcome, said, tuple(lines)[:_LINES])


@dataclass(frozen=True, slots=True)
class Check:
    """A question put to a site: what should be true, why, and what to do if it is not."""

    id: str
    family: Family
    title: Text
    spec: Spec
    remedy: Text
    #: what it looks at is a `publish.doctor.site.Site`
    run: Callable[[Any], Result]


Asked = Callable[[Any], Result]


class Checks(list[Check]):
    """The checks of one family that a module makes, in the order of their functions."""

    def __init__(self, family: Family) -> None:
        super().__init__()
        self._family: Family = family

    def add(self, id_: str, title: Text, spec: Spec, remedy: Text) -> Callable[[Asked], Asked]:
        """Return a decorator that makes a check of a function and adds it."""

        def register(run: Asked) -> Asked:
            self.append(Check(id_, self._family, title, spec, remedy, run))
            return run

        return register


def worst_of(if_none: Result) -> Callable[[Callable[[Any], Iterable[Result]]], Asked]:
    """Return a decorator: of the results that a function yields, the worst is told."""
    return lambda judge: lambda site: worst(judge(site), if_none)


class NotApplicable(Exception):
    """Raised in a check that needs what a site does not have; `result` says what."""

    def __init__(self, result: Result) -> None:
        super().__init__(result.what)
        self.result = result


def needed(value: Needed | None, if_none: Result) -> Needed:
    """Return what a check needs; NotApplicable, which ends the check, if it is empty."""
    if not value:
        raise NotApplicable(if_none)
    return value


@dataclass(frozen=True, slots=True)
class Finding:
    """A check and its result."""

    check: Check
    result: Result

    @property
    def outcome(self) -> Outcome:
        """Return how the check ended."""
        return self.result.outcome


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything that was found out about a site."""

    url: str
    findings: tuple[Finding, ...]
    requests: int
    #: what the checks looked at: name of the role, address
    found: Sequence[tuple[Text, str]] = ()
    #: addresses on other hosts, which were not fetched
    elsewhere: tuple[str, ...] = ()
    #: why some checks could not be made, if a limit was reached
    exhausted: Text | None = None
    counts: dict[Outcome, int] = field(init=False)

    def __post_init__(self) -> None:
        counts = {o: sum(f.outcome == o for f in self.findings) for o in reversed(OUTCOMES)}
        object.__setattr__(self, "counts", counts)

    @property
    def is_healthy(self) -> bool:
        """Tell whether nothing failed."""
        return not self.counts["failure"]

    def of(self, id_: str) -> Finding:
        """Return what a check found; raises KeyError if there is no such check."""
        found = next((one for one in self.findings if one.check.id == id_), None)
        if found is None:
            raise KeyError(id_)
        return found
