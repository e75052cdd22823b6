"""publish.search.search: pages of a search that end, codes that lead to their thing, words for programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.i18n import Text
from publish.release.release import Release, current
from publish.search.candidate import BEST, Candidate
from publish.search.matcher import Matcher
from publish.search.search import MOST_PAGES, PAGE, Found, Inquiry, find
from publish.web.app.site import Site
from publish.web.http.cache import Kept


@pytest.fixture(scope="module")
def site(release: Release) -> Site:
    return Site(release, Kept(0))


def found(site: Site, text: str, *kinds: str, page: int = 1) -> Found:
    result = find(site.matcher, Inquiry(text, kinds, page))
    assert result is not None
    return result


def keys(site: Site, hits: tuple[Candidate, ...]) -> list[str]:
    return ["/".join(site.iris.thing_parts(hit.iri) or ()) for hit in hits]


def test_nothing_is_looked_for_without_a_text(site: Site) -> None:
    assert find(site.matcher, Inquiry("")) == Found(Inquiry(""))


@pytest.mark.parametrize("text", ["札幌市", "札幌", "さっぽろ", "sapporo", "ＳＡＰＰＯＲＯ"])
def test_a_name_is_found_however_it_is_written(site: Site, text: str) -> None:
    hits = found(site, text).hits
    assert "municipality/011002" in keys(site, hits)[:2]
    assert all(0 < hit.score <= BEST and hit.reasons for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_pages_are_finite_and_have_each_thing_once(site: Site) -> None:
    first = found(site, "北")
    assert first.last > 1 and first.total is not None
    seen = [
        hit.iri
        for number in range(1, first.last + 1)
        for hit in found(site, "北", page=number).hits
    ]
    assert len(seen) == len(set(seen)) == first.total
    assert len(first.hits) == PAGE
    assert find(site.matcher, Inquiry("北", (), first.last + 1)) is None
    assert first.last <= MOST_PAGES


def test_few_results_are_counted_by_type_whatever_type_is_wanted(site: Site) -> None:
    every, wards = found(site, "札幌"), found(site, "札幌", "ward")
    assert every.counts == wards.counts
    assert every.counts["ward"] == wards.total == len(wards.hits) == 10
    assert sum(every.counts.values()) == every.total


def test_many_results_are_not_counted_by_type_and_pages_go_on(site: Site) -> None:
    first = found(site, "の")
    assert first.total is None or first.total > 100
    assert first.counts == {}
    seen = [
        hit.iri
        for number in range(1, first.last + 1)
        for hit in found(site, "の", page=number).hits
    ]
    assert len(seen) == len(set(seen)) == first.total


def test_only_things_of_the_wanted_types_are_found(site: Site) -> None:
    assert {hit.kind for hit in found(site, "札幌", "ward").hits} == {"ward"}


@pytest.mark.parametrize("code", ["012025", "01202", "０１２０２５", " 012025 "])
def test_a_code_leads_to_its_thing(site: Site, code: str) -> None:
    result = found(site, code)
    assert result.exact and keys(site, (result.exact,)) == ["municipality/012025"]
    assert result.problem is None


@pytest.mark.parametrize("code", ["12025", "1202"])
def test_a_code_without_its_zero_is_found_but_not_followed_at_once(site: Site, code: str) -> None:
    result = found(site, code)
    assert keys(site, result.hits)[0] == "municipality/012025"
    assert (result.exact, result.problem) == (None, None)


def test_the_code_of_a_prefecture_leads_to_it(site: Site) -> None:
    result = found(site, "01")
    assert result.exact and keys(site, (result.exact,)) == ["prefecture/01"]


def test_a_wrong_check_digit_is_told_with_the_right_one(site: Site) -> None:
    result = found(site, "012026")
    assert result.exact is None and result.problem
    for said in (result.problem.what.ja, result.problem.what.en):
        assert "012025" in said
    assert keys(site, result.hits)[0] == "municipality/012025"


@pytest.mark.parametrize("text", ["131016", "13101"])
def test_a_code_that_nothing_has_is_said_to_be_of_elsewhere(site: Site, text: str) -> None:
    result = found(site, text)
    assert (result.exact, result.hits, result.near) == (None, (), ())
    assert result.problem and "131016" in result.problem.what.en


def test_a_number_of_no_codes_length_is_said_to_be_none(site: Site) -> None:
    result = found(site, "0120251")
    assert result.problem and "7" in result.problem.what.ja


def test_a_number_that_is_found_is_just_a_word(site: Site) -> None:
    result = found(site, "2021")
    assert result.hits and (result.exact, result.problem) == (None, None)


def test_a_name_is_no_code(site: Site) -> None:
    result = found(site, "札幌")
    assert (result.exact, result.problem) == (None, None)


def test_what_may_be_meant_is_shown_where_nothing_fits(site: Site) -> None:
    result = found(site, "Saporro")
    assert "municipality/011002" in keys(site, (*result.hits, *result.near))


def test_a_result_is_told_to_programs_with_its_reasons(site: Site) -> None:
    content = site.formatter.results(found(site, "釧路町"))
    first = content["results"][0]
    assert first["id"] == site.iris.thing("municipality", "016616")
    assert first["document"] == site.iris.document("municipality", "016616")
    assert first["name"] == {"ja": "釧路町", "en": "Kushiro"}
    assert first["type"] == {"id": "municipality", "name": {"ja": "市町村", "en": "municipality"}}
    assert first["description"] == {"ja": "町、釧路地域", "en": "town, Kushiro"}
    assert first["matched"]["text"] == "釧路町"
    assert first["reasons"] and all(set(one) == {"ja", "en"} for one in first["reasons"])


def test_completions_are_four_lists_side_by_side(site: Site) -> None:
    asked = Inquiry("釧路", ("municipality",))
    candidates = site.matcher.suggest(asked.text, asked.kinds, 10)
    text, names, lines, addresses = site.formatter.completions(asked, "ja", candidates)
    assert text == "釧路"
    assert set(names) == {"釧路市", "釧路町"}
    assert set(lines) == {"市町村：市、釧路地域", "市町村：町、釧路地域"}
    assert addresses[0].startswith(site.iris.base) and addresses[0].endswith(".ja.html")


def test_another_project_is_searched_too(kasumi: Path) -> None:
    site = Site(current(kasumi / "releases"), Kept(0))
    assert isinstance(site.matcher, Matcher)
    assert keys(site, found(site, "ロボット").hits) == ["plan/snow-robots"]
    assert site.formatter.kind(found(site, "浜町").hits[0]) == Text("市町", "Towns")
