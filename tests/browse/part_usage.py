from __future__ import annotations

from publish.browse.vocabulary import Usage
from publish.release.release import Release
from tests.support.real import number


def test_counts_are_those_of_queries(release: Release) -> None:
    usage, own = Usage(release.store), release.iris.of("ontology#")
    for class_ in ("Initiative", "AdministrativeUnit", "RegionalInitiative"):
        query = f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s a <{own}{class_}> }}"
        assert usage.things(own + class_) == number(release.store, query) > 0
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s <{own}stage> ?o }}"
    assert usage.statements(f"{own}stage") == number(release.store, query) > 0


def test_what_nobody_uses_is_used_no_times(release: Release) -> None:
    usage = Usage(release.store)
    assert usage.things("http://example.org/Nothing") == 0
    assert usage.statements("http://example.org/nothing") == 0
    assert usage.some("http://example.org/Nothing", 3) == ()


def test_the_first_things_of_a_class_are_given_in_order(release: Release) -> None:
    found = Usage(release.store).some(release.iris.of("ontology#RegionalInitiative"), 2)
    assert len(found) == 2
    assert [*found] == sorted(found)
