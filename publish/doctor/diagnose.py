"""The doctor: every check, one after the other, on a site that it knows nothing of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from publish.doctor.checks import (
    catalogs,
    crawling,
    dereference,
    downloads,
    headers,
    html,
    negotiation,
    sparql,
    sparql_statistics,
)
from publish.doctor.findings import (
    Check,
    Diagnosis,
    Family,
    Finding,
    NotApplicable,
    Result,
    skipped,
)
from publish.doctor.http import Exhausted, Limits, Visitor, host_of
from publish.doctor.rdf import Reader
from publish.doctor.site import Site
from publish.i18n import Text

#: In the order in which they are made and told.
CHECKS: tuple[Check, ...] = (
    *dereference.CHECKS,
    *negotiation.CHECKS,
    *headers.CHECKS,
    *html.CHECKS,
    *dereference.MENTIONED,
    *catalogs.CHECKS,
    *downloads.CHECKS,
    *crawling.CHECKS,
    *sparql.CHECKS,
    *sparql_statistics.CHECKS,
)


def checks_of(families: Iterable[Family]) -> tuple[Check, ...]:
    """Return the checks of some families."""
    return tuple(check for check in CHECKS if check.family in families)


_NOT_MADE = Text("確かめられませんでした：{why}", "It could not be looked at: {why}")
_ROLES = {
    "thing": Text("事物", "thing"),
    "void": Text("VoID", "VoID"),
    "catalog": Text("カタログ", "catalogue"),
    "downloads": Text("ダウンロード", "downloads"),
    "endpoint": Text("SPARQLエンドポイント", "SPARQL endpoint"),
}


def diagnose(
    url: str,
    checks: Iterable[Check] = CHECKS,
    limits: Limits | None = None,
    hosts: frozenset[str] = frozenset(),
    progress: Callable[[Text], None] = lambda text: None,
) -> Diagnosis:
    """Return what is well and what is wrong with the linked data at a URL.

    `url` may be a site's front page, a catalogue, a thing or a SPARQL endpoint; `hosts` may be
    visited besides its own. `progress` is told the title of each check before it is made.
    Raises SettingError if `url` is not one that can be visited.
    """
    if host_of(url) and not urlsplit(url).path:
        url += "/"
    allowed = frozenset({host_of(url), *hosts})
    with Visitor(allowed, limits or Limits()) as visitor, Reader() as reader:
        site = Site(url, visitor, reader)
        findings, exhausted = [], None
        for check in checks:
            progress(check.title)
            result, over = _made(check, site)
            findings.append(Finding(check, result))
            exhausted = over or exhausted
        found = tuple(_found(site)) if exhausted is None else ()
        return Diagnosis(
            url, tuple(findings), visitor.requests, found, tuple(visitor.elsewhere), exhausted
        )


def _made(check: Check, site: Site) -> tuple[Result, Text | None]:
    """Return a check's result, and why nothing more can be asked if a limit is reached."""
    try:
        return check.run(site), None
    except NotApplicable as reason:
        return reason.result, None
    except Exhausted as error:
        why = error.problems[0].text
        return skipped(_NOT_MADE.format(why=why)), why


def _found(site: Site) -> Iterator[tuple[Text, str]]:
    """Yield what the checks had to look at, by its role."""
    try:
        yield from ((_ROLES["thing"], thing) for thing in site.things[:1])
        for role, description in (("void", site.void), ("catalog", site.catalog)):
            if description:
                yield _ROLES[role], description[0].url
        if site.downloads:
            yield _ROLES["downloads"], f"{len(site.downloads)} × {site.downloads[0].url}"
        if site.endpoint:
            yield _ROLES["endpoint"], site.endpoint
    except Exhausted:
        return  # the report says so
