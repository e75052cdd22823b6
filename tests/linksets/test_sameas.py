"""Which of ours is which of theirs: from either side, only what the release states.

One IRI in its ways of being written, and what is another IRI all the same.
"""

from __future__ import annotations

import pytest

from publish.linksets.sameas import LONGEST, Answer, Identities, local, notations, tidied
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node, triples
from publish.release.release import Release, current
from tests.support.projects import IRIS
from tests.support.succession import Succession

EXACT = ns.SKOS + "exactMatch"
ITEM = "http://www.wikidata.org/entity/Q37951"


@pytest.fixture(scope="module")
def identities(release: Release) -> Identities:
    return Identities(release.store, release.iris, release.withdrawn)


def ours(release: Release, answer: Answer) -> set[str]:
    return {release.iris.relative(tie.ours) or "" for tie in answer.ties}


@pytest.mark.parametrize(
    "written",
    [
        ITEM,
        "https://www.wikidata.org/entity/Q37951",
        "https://www.wikidata.org/wiki/Q37951",
        "http://WWW.WIKIDATA.ORG/wiki/Q37951/",
        "http://data.e-stat.go.jp/lod/sac/C01100",
        "https://data.e-stat.go.jp/lod/sac/C01100/",
        "https://sws.geonames.org/2128291/",
        "http://sws.geonames.org/2128291",
        "https://www.geonames.org/2128291",
    ],
)
def test_theirs_is_found_however_it_is_written(
    identities: Identities, release: Release, written: str
) -> None:
    answer = identities.find(written)
    assert answer.is_known and not answer.is_ours
    assert ours(release, answer) == {"id/municipality/011002"}
    assert {tie.relation for tie in answer.ties} == {EXACT}


def test_every_link_of_the_release_is_found_from_both_sides(
    identities: Identities, release: Release
) -> None:
    graph = node(release.iris.graph("links"))
    links = {
        (one.value, relation.value, other.value)
        for one, relation, other in triples(release.store, graph=graph)
        if relation.value in identities.relations
    }
    assert len(links) > 500
    for one, relation, other in links:
        from_theirs, from_ours = identities.find(other), identities.find(one)
        assert (one, relation) in {(tie.ours, tie.relation) for tie in from_theirs.ties}
        assert (relation, other) in {(tie.relation, tie.theirs) for tie in from_ours.ties}
        assert all(tie.linkset and tie.confidence for tie in from_ours.ties)


def test_every_address_of_a_document_stands_for_its_thing(
    identities: Identities, release: Release
) -> None:
    thing = release.iris.of("id/municipality/011002")
    expected = identities.find(thing).ties
    assert expected
    for address in (
        "doc/municipality/011002", "doc/municipality/011002.ttl", "doc/municipality/011002.ja.html",
        "doc/municipality/011002?graph=links", "doc/municipality/011002.en.html#facts",
        "id/municipality/011002/",
    ):  # fmt: skip
        answer = identities.find(release.iris.of(address))
        assert (answer.iri, answer.is_ours, answer.ties) == (thing, True, expected)


def test_a_thing_without_links_is_known_and_has_none(
    identities: Identities, release: Release
) -> None:
    answer = identities.find(release.iris.of("id/stage/under-way"))
    assert answer.is_known and answer.ties == ()


@pytest.mark.parametrize(
    "address", ["id/municipality/999999", "doc/municipality/999999", "ontology", "id/", ""]
)
def test_an_address_of_this_site_that_is_no_thing_is_told_so(
    identities: Identities, release: Release, address: str
) -> None:
    answer = identities.find(release.iris.of(address))
    assert not answer.is_known and answer.ties == ()
    assert answer.problem and "looks like an IRI of this site" in answer.problem.en


@pytest.mark.parametrize(
    "text",
    [
        "http://www.wikidata.org/entity/Q1",
        "https://sws.geonames.org/",
        "http://x.example/%00",
        "a:b",
    ],
)
def test_an_unknown_iri_corresponds_to_nothing(identities: Identities, text: str) -> None:
    answer = identities.find(text)
    assert answer.problem and "corresponds" in answer.problem.en and "対応" in answer.problem.ja


def test_what_is_no_iri_is_told_so_and_a_code_where_codes_are(
    identities: Identities, release: Release
) -> None:
    problem = identities.find("札幌市").problem
    assert problem and "absolute IRI" in problem.en
    hinted = identities.find("０１１００２").problem
    assert hinted and release.iris.of("code/") in hinted.ja
    long = identities.find("a" * 100_000).problem
    assert long and len(long.ja) < 400


def test_what_is_said_between_things_of_ours_is_no_link(
    identities: Identities, release: Release
) -> None:
    for tie in identities.find(release.iris.of("id/municipality/011002")).ties:
        assert release.iris.relative(tie.theirs) is None


def test_each_linkset_has_an_example(identities: Identities, release: Release) -> None:
    linksets = {tie.linkset for tie in identities.examples}
    typed = triples(release.store, None, TYPE, node(ns.VOID + "Linkset"))
    assert linksets == {linkset.value for linkset, _, _ in typed}


def test_a_withdrawn_thing_is_told_with_its_successor(succession: Succession) -> None:
    release = current(succession.releases)
    found = Identities(release.store, release.iris, release.withdrawn).find(
        IRIS.of("doc/plan/night-bus")
    )
    assert found.problem and "2031-06-01" in found.problem.ja and "merged into" in found.problem.en
    assert found.withdrawal and found.withdrawal.successor == "plan/remote-care"


# -- One IRI in its ways of being written, and what is another IRI all the same -------------------

PAGES = [("http://www.wikidata.org/entity/", "https://www.wikidata.org/wiki/")]
SAPPORO = "https://uedayou.net/loa/北海道札幌市"
ENCODED = "https://uedayou.net/loa/%E5%8C%97%E6%B5%B7%E9%81%93%E6%9C%AD%E5%B9%8C%E5%B8%82"


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("HTTP://Data.E-Stat.go.jp/lod/sac/C01100", "http://data.e-stat.go.jp/lod/sac/C01100"),
        (" <http://example.jp/a>\n", "http://example.jp/a"),
        ("http://example.jp:80/a", "http://example.jp/a"),
        ("https://example.jp:443/a", "https://example.jp/a"),
        ("https://example.jp:80/a", "https://example.jp:80/a"),
        (ENCODED, SAPPORO),
        (ENCODED.lower(), SAPPORO),
        ("http://example.jp/%7Eb", "http://example.jp/~b"),
        ("http://example.jp/Chu\u0304o\u0304", "http://example.jp/Chūō"),
        ("urn:x:Y", "urn:x:Y"),
    ],
)
def test_what_makes_no_difference_is_evened_out(written: str, tidy: str) -> None:
    assert tidied(written) == tidy
    assert notations(written)[1 if written.strip(" <>\n") != tidy else 0] == tidy


@pytest.mark.parametrize(
    "written",
    [
        "http://example.jp/a%2Fb",
        "http://example.jp/a%20b",
        "http://example.jp/%E3%80%80",
        "http://example.jp/%FF",
        "http://example.jp/%E2%80%AE",
    ],
)
def test_what_has_a_meaning_or_is_no_text_stays_encoded(written: str) -> None:
    assert tidied(written) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "札幌市",
        "011002",
        "/id/municipality/011002",
        "http:///a",
        "http://example.jp/a b",
        "http://example.jp/{a}",
        "http://example.jp/\x00",
        "http://example.jp/" + "a" * LONGEST,
    ],
)
def test_what_is_no_absolute_iri_has_no_notation(text: str) -> None:
    assert tidied(text) is None
    assert notations(text) == ()


def test_japanese_stands_as_it_is_or_encoded_with_either_scheme_and_end() -> None:
    plain = SAPPORO.replace("https:", "http:")
    for written in (SAPPORO, ENCODED, plain, f"{plain}/"):
        assert {SAPPORO, ENCODED, plain, f"{SAPPORO}/"} <= set(notations(written))


def test_the_given_one_comes_first() -> None:
    for written in (SAPPORO, ENCODED, "HTTPS://EXAMPLE.JP/a"):
        assert notations(written)[0] == written


@pytest.mark.parametrize(
    "written",
    [
        "http://www.wikidata.org/entity/Q37951",
        "https://www.wikidata.org/entity/Q37951",
        "http://www.wikidata.org/wiki/Q37951",
        "https://www.wikidata.org/wiki/Q37951/",
        "https://WWW.wikidata.org:443/wiki/Q37951",
    ],
)
def test_the_namespaces_of_one_data_set_stand_for_each_other(written: str) -> None:
    found = notations(written, PAGES)
    assert "http://www.wikidata.org/entity/Q37951" in found
    assert "https://www.wikidata.org/wiki/Q37951" in found


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("http://example.jp/a?b=1", "http://example.jp/a"),
        ("http://example.jp/a#b", "http://example.jp/a"),
        ("http://example.jp/A", "http://example.jp/a"),
        ("http://www.example.jp/a", "http://example.jp/a"),
        ("http://example.jp/a%2Fb", "http://example.jp/a/b"),
        ("http://www.wikidata.org/wiki/Q1", "http://www.wikidata.org/entity/Q2"),
        ("http://www.wikidata.org/wiki/", "http://www.wikidata.org/entity/"),
        ("http://www.wikidata.org.example.jp/wiki/Q1", "http://www.wikidata.org/entity/Q1"),
    ],
)
def test_another_iri_is_no_notation(written: str, other: str) -> None:
    assert other not in notations(written, PAGES)


def test_a_query_is_kept_and_given_no_slash() -> None:
    found = notations("https://example.jp/a?b=札幌")
    assert "http://example.jp/a?b=%E6%9C%AD%E5%B9%8C" in found
    assert not any(one.endswith("/") for one in found)


def test_there_are_few_notations_of_one_iri() -> None:
    assert len(notations(ENCODED, [("https://uedayou.net/loa/", "http://example.jp/")])) <= 24


def test_the_longest_namespace_tells_the_local_name() -> None:
    spaces = ["http://example.jp/", "http://example.jp/page/"]
    assert local("https://example.jp/page/a", spaces) == "a"
    assert local("https://example.com/a", spaces) is None
