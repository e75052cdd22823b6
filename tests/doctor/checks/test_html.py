"""Each check of links, languages and data in pages notices the defect that it is for."""

from __future__ import annotations

import pytest

from tests.doctor.conftest import Answer, Defect, at, examined

ENGLISH = '</doc/alpha.html>; rel="alternate"; type="text/html"; hreflang="en"'


def _unclosed(answer: Answer) -> Answer:
    return answer.saying('"@id"', '"@id')


DEFECTS = [
    Defect("links", "warning", answer=at("/doc/", lambda a: a.having(Link=None))),
    Defect("page-language", "warning",
           answer=at("/doc/", lambda a: a.having(Content_Language=None))),
    Defect("page-language", "failure", name="differs",
           content=at("/doc/", lambda a: a.saying('lang="ja"', 'lang="en"'))),
    Defect("page-language", "failure", name="alternate",
           answer=at("/doc/", lambda a: a.having(Link=ENGLISH))),
    Defect("page-embeds-data", "failure", content=at("/doc/", _unclosed)),
    Defect("page-embeds-data", "warning",
           content=at("/doc/", lambda a: a.saying("application/ld+json", "text/plain"))),
]  # fmt: skip


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_defect_is_noticed(defect: Defect) -> None:
    found = defect.examined()
    assert found.outcome == defect.outcome, found.result


def test_the_context_of_schema_org_is_not_fetched() -> None:
    script = '{"@context":"https://schema.org","@type":"Dataset"}'
    page = f'<html lang="ja"><script type="application/ld+json">{script}</script>'
    found = examined("page-embeds-data", at("/doc/alpha.html", lambda a: a))
    assert found.outcome == "ok"

    def replaced(answer: Answer) -> Answer:
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        return answer.being(200, page.encode()) if is_page else answer

    found = examined("page-embeds-data", at("/doc/", replaced))
    assert (found.outcome, found.result.evidence) == ("ok", ("1 triples",))
