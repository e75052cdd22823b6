"""Which of ours is which of theirs: from either side, only what the release states."""

from __future__ import annotations

import pytest

from publish.linksets.sameas import Answer, Identities
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
