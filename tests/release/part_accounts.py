"""A comparison as JSON, Turtle and text."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from publish.i18n import Language
from publish.release.diff import Difference, address, as_json, as_text, as_turtle, compare
from publish.release.release import Release
from publish.shacl.shapes import prefixes_of
from tests.support.projects import BASE, IRIS, KV
from tests.support.succession import Succession


@pytest.fixture(scope="module")
def releases(succession: Succession) -> list[Release]:
    return [Release.open(succession.releases / id_) for id_ in succession.ids]


@pytest.fixture(scope="module")
def edited(releases: list[Release]) -> Difference:
    return compare(releases[0], releases[1])


@pytest.fixture(scope="module")
def withdrawn(releases: list[Release]) -> Difference:
    return compare(releases[1], releases[2])


def text_of(difference: Difference, release: Release, language: Language | None) -> list[str]:
    shapes = release.shapes
    return as_text(difference, shapes, prefixes_of(shapes), language).splitlines()


def test_the_text_tells_counts_things_and_statements(
    edited: Difference, releases: list[Release]
) -> None:
    first, second = (release.id for release in releases[:2])
    assert text_of(edited, releases[1], "ja") == [
        f"{first} (1.0.0, 2031-04-01) → {second} (1.1.0, 2031-05-01)",
        "計画 (plan): 追加 1, 変更 1",
        "graph/editorial: -0 +2",
        "graph/source: -1 +4",
        "",
        "追加: plan/night-bus  夜間バス",
        "  + [editorial] dcterms:subject <id/topic/care>",
        "  + [source] rdf:type kv:Plan",
        '  + [editorial] skos:prefLabel "Night bus"@en',
        '  + [source] skos:prefLabel "夜間バス"@ja',
        "  + [source] kv:town town:992011",
        "",
        "変更: plan/snow-robots  除雪ロボットの活用",
        '  - [source] skos:prefLabel "除雪ロボットの導入"@ja',
        '  + [source] skos:prefLabel "除雪ロボットの活用"@ja',
    ]


def test_the_text_tells_why_a_thing_was_withdrawn_and_what_follows_it(
    withdrawn: Difference, releases: list[Release]
) -> None:
    lines = text_of(withdrawn, releases[2], "en")
    assert lines[1] == "Plans (plan): withdrawn 1"
    place = lines.index("withdrawn: plan/night-bus  Night bus")
    assert lines[place + 1] == "  2031-06-01 merged into “remote care” → plan/remote-care"


def test_without_a_language_the_text_has_both(
    withdrawn: Difference, releases: list[Release]
) -> None:
    lines = text_of(withdrawn, releases[2], None)
    assert lines[1] == "計画 / Plans (plan): 取り下げ / withdrawn 1"
    assert "取り下げ / withdrawn: plan/night-bus  夜間バス / Night bus" in lines
    assert (
        "  2031-06-01 「遠隔見守り」に統合 / merged into “remote care” → plan/remote-care" in lines
    )


def test_the_text_says_when_nothing_changed(releases: list[Release]) -> None:
    same = compare(releases[0], releases[0])
    assert text_of(same, releases[0], "ja")[1:] == ["内容に変更はありません。"]


def test_the_json_has_counts_and_every_statement(edited: Difference) -> None:
    content = json.loads(as_json(edited))
    assert content["from"]["version"] == "1.0.0"
    assert content["to"]["modified"] == "2031-05-01"
    assert content["counts"] == {"added": 1, "changed": 1, "withdrawn": 0, "vanished": 0}
    assert content["triples"] == {"removed": 1, "added": 6}
    assert content["graphs"] == {
        "editorial": {"removed": 0, "added": 2},
        "source": {"removed": 1, "added": 4},
    }
    added, changed = content["things"]
    assert (added["fate"], added["names"]) == ("added", {"ja": "夜間バス", "en": "Night bus"})
    assert added["removed"] == []
    assert added["added"][1] == {
        "graph": "source",
        "predicate": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "object": {"type": "uri", "value": f"{KV}Plan"},
    }
    assert changed["removed"] == [
        {
            "graph": "source",
            "predicate": "http://www.w3.org/2004/02/skos/core#prefLabel",
            "object": {"type": "literal", "value": "除雪ロボットの導入", "xml:lang": "ja"},
        }
    ]


def test_the_json_tells_why_a_thing_was_withdrawn(withdrawn: Difference) -> None:
    (thing,) = json.loads(as_json(withdrawn))["things"]
    assert thing["withdrawal"] == {
        "iri": IRIS.thing("plan", "night-bus"),
        "date": "2031-06-01",
        "reason": {"ja": "「遠隔見守り」に統合", "en": "merged into “remote care”"},
        "successor": IRIS.thing("plan", "remote-care"),
    }


def test_the_turtle_is_a_collection_of_activities(
    withdrawn: Difference, releases: list[Release]
) -> None:
    as_, dcterms = "https://www.w3.org/ns/activitystreams#", "http://purl.org/dc/terms/"
    whole = IRIS.of(address(releases[1].id, releases[2].id))
    activity, bus = f"{whole}#plan/night-bus", IRIS.thing("plan", "night-bus")
    text = as_turtle(withdrawn, prefixes_of(releases[2].shapes))
    found = {str(triple) for triple in ox.parse(text, format=ox.RdfFormat.TURTLE)}
    assert f"<{activity}> <{as_}object> <{bus}>" in found
    assert f"<{whole}> <{as_}items> <{activity}>" in found
    assert f'<{activity}> <{as_}summary> "「遠隔見守り」に統合"@ja' in found
    assert f"<{bus}> <{dcterms}isReplacedBy> <{IRIS.thing('plan', 'remote-care')}>" in found
    assert any(f"<{activity}>" in one and f"<{as_}Delete>" in one for one in found)
    assert not any("_:" in one for one in found)


def test_an_account_is_the_same_each_time(releases: list[Release]) -> None:
    one, other = (compare(releases[0], releases[2]) for _ in range(2))
    prefixes = prefixes_of(releases[2].shapes)
    assert as_json(one) == as_json(other)
    assert as_turtle(one, prefixes) == as_turtle(other, prefixes)


def test_a_comparison_has_an_address_under_the_base() -> None:
    assert IRIS.of(address("a" * 12, "b" * 12)) == f"{BASE}changes/aaaaaaaaaaaa..bbbbbbbbbbbb"
