"""What changed from one release to another, found statement by statement.

A comparison as JSON, Turtle and text.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.build import build
from publish.errors import ReleaseError
from publish.i18n import Language
from publish.project.withdrawn import FILE, Withdrawal
from publish.release.diff import (
    Change,
    Difference,
    Names,
    address,
    as_json,
    as_text,
    as_turtle,
    compare,
    graph_in,
    parsed,
    type_of,
)
from publish.release.release import CONTENT_QUADS, Release
from publish.shacl.shapes import prefixes_of
from tests.support.projects import BASE, IRIS, KV, append, edit, settings_for, write_project
from tests.support.succession import EDITORIAL, NOTICE, SOURCE, WITHDRAWN, Succession, add_bus

NAME = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
ROBOTS, BUS = IRIS.thing("plan", "snow-robots"), IRIS.thing("plan", "night-bus")


def quad(subject: str, predicate: str, object_: str, graph: str) -> str:
    return f"<{subject}> {predicate} {object_} <{IRIS.graph(graph)}> ."


ABOUT_BUS = (
    quad(BUS, "<http://purl.org/dc/terms/subject>", f"<{IRIS.thing('topic', 'care')}>", "editorial"),
    quad(BUS, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", f"<{KV}Plan>", "source"),
    quad(BUS, NAME, '"Night bus"@en', "editorial"),
    quad(BUS, NAME, '"夜間バス"@ja', "source"),
    quad(BUS, f"<{KV}town>", f"<{IRIS.thing('town', '992011')}>", "source"),
)  # fmt: skip
NAMES_OF_BUS: Names = {"ja": "夜間バス", "en": "Night bus"}
MERGED = Withdrawal(
    "plan",
    "night-bus",
    "2031-06-01",
    "「遠隔見守り」に統合",
    "merged into “remote care”",
    "plan/remote-care",
)


@pytest.fixture(scope="module")
def releases(succession: Succession) -> list[Release]:
    return [Release.open(succession.releases / id_) for id_ in succession.ids]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


def built(project: Path, base: str = BASE) -> Release:
    settings = settings_for(project, base)
    return Release.open(settings.releases / build(settings).manifest.release)


def test_an_edited_and_an_added_thing_are_told_with_their_statements(
    releases: list[Release],
) -> None:
    found = compare(releases[0], releases[1])
    assert found.things == (
        Change(BUS, "plan", "added", NAMES_OF_BUS, (), ABOUT_BUS),
        Change(
            ROBOTS,
            "plan",
            "changed",
            {"ja": "除雪ロボットの活用", "en": "Introduction of snow robots"},
            (quad(ROBOTS, NAME, '"除雪ロボットの導入"@ja', "source"),),
            (quad(ROBOTS, NAME, '"除雪ロボットの活用"@ja', "source"),),
        ),
    )
    assert (found.other_removed, found.other_added) == ((), ())


def test_things_and_triples_are_counted(releases: list[Release]) -> None:
    counts = compare(releases[0], releases[1]).counts
    assert counts.types == {"plan": {"added": 1, "changed": 1}}
    assert counts.graphs == {"editorial": (0, 2), "source": (1, 4)}
    assert (counts.removed, counts.added) == (1, 6)
    assert not counts.is_empty


def test_a_withdrawn_thing_is_told_with_date_reason_and_successor(releases: list[Release]) -> None:
    found = compare(releases[1], releases[2])
    assert found.things == (Change(BUS, "plan", "withdrawn", NAMES_OF_BUS, ABOUT_BUS, (), MERGED),)
    assert found.counts.graphs == {"editorial": (2, 0), "source": (3, 0)}


def test_a_thing_that_nobody_withdrew_has_vanished(releases: list[Release]) -> None:
    found = compare(releases[1], releases[0])
    assert [(one.iri, one.fate) for one in found.things] == [
        (BUS, "vanished"),
        (ROBOTS, "changed"),
    ]
    assert found.of("vanished")[0].withdrawal is None


def test_removed_and_added_change_places_when_the_releases_do(releases: list[Release]) -> None:
    there, back = compare(releases[0], releases[1]), compare(releases[1], releases[0])
    assert there.removed == back.added == sorted(there.removed)
    assert there.added == back.removed == sorted(there.added)


def test_what_is_added_and_removed_makes_one_release_of_the_other(releases: list[Release]) -> None:
    old, new = ((one.path / CONTENT_QUADS).read_text("utf-8").splitlines() for one in releases[:2])
    found = compare(releases[0], releases[1])
    assert sorted({*old} - {*found.removed} | {*found.added}) == new


def test_a_release_does_not_differ_from_itself(releases: list[Release]) -> None:
    found = compare(releases[0], releases[0])
    assert found.things == ()
    assert found.counts.is_empty


def test_a_withdrawal_that_is_announced_late_is_told(project: Path) -> None:
    old = built(project)
    append(project / WITHDRAWN, NOTICE)
    (change,) = compare(old, built(project)).things
    assert change == Change(BUS, "plan", "withdrawn", {}, withdrawal=MERGED)


def test_a_withdrawal_that_is_forgotten_is_a_thing_that_vanished(project: Path) -> None:
    old = built(project)
    (project / WITHDRAWN).write_text("type,key,date,reason_ja,reason_en,successor\n", "utf-8")
    (change,) = compare(old, built(project)).things
    assert change == Change(IRIS.thing("plan", "old-care"), "plan", "vanished", {})


def test_a_term_of_the_vocabulary_is_a_thing_and_a_target_of_links_is_none(project: Path) -> None:
    old = built(project)
    edit(project / "data" / "links.linksets.ttl", '"ウィキデータ"@ja', '"ウィキデータ（試行）"@ja')
    edit(project / "ontology" / "kasumi.ttl", '"計画"@ja', '"施策"@ja')
    found = compare(old, built(project))
    assert [(one.iri, one.type, one.fate) for one in found.things] == [
        (f"{KV}Plan", "ontology", "changed")
    ]
    assert found.things[0].names["ja"] == "施策"
    assert [len(found.other_removed), len(found.other_added)] == [1, 1]
    assert "ウィキデータ（試行）" in found.other_added[0]
    assert found.counts.graphs["links"] == (1, 1)


def test_the_type_of_a_thing_is_in_its_iri() -> None:
    assert type_of(IRIS.thing("plan", "a"), IRIS) == "plan"
    assert type_of(f"{KV}Plan", IRIS) == type_of(IRIS.of("ontology"), IRIS) == "ontology"
    assert type_of(IRIS.of("ontology-of-others"), IRIS) is None
    assert type_of("http://www.wikidata.org/entity/Q2013", IRIS) is None
    assert type_of(IRIS.of("id/plan"), IRIS) is None


def test_the_same_content_under_another_base_does_not_differ(
    tmp_path: Path, releases: list[Release], succession: Succession
) -> None:
    project = succession.copied(tmp_path / "moved").settings.project
    moved = built(project, "http://127.0.0.1:8000/")
    assert moved.manifest.content_hash == releases[2].manifest.content_hash
    assert compare(releases[2], moved).counts.is_empty


def test_releases_of_different_bases_are_compared_as_if_both_had_the_newer_ones(
    tmp_path: Path, releases: list[Release]
) -> None:
    base = "http://127.0.0.1:8000/"
    project = write_project(tmp_path / "kasumi")
    edit(project / SOURCE, "除雪ロボットの導入", "除雪ロボットの活用")
    add_bus(project)
    moved = built(project, base)
    here, there = compare(releases[0], releases[1]), compare(releases[0], moved)
    assert [one.iri for one in there.things] == [one.iri.replace(BASE, base) for one in here.things]
    assert there.added == sorted(line.replace(BASE, base) for line in here.added)
    assert there.removed == sorted(line.replace(BASE, base) for line in here.removed)


def test_an_english_name_stands_for_itself(project: Path) -> None:
    old = built(project)
    edit(project / EDITORIAL, "Introduction of snow robots", "Use of snow robots")
    (change,) = compare(old, built(project)).things
    assert change.names == {"ja": "除雪ロボットの導入", "en": "Use of snow robots"}


def damaged(release: Release, directory: Path) -> Release:
    """Return a copy of a release that a test may spoil."""
    return Release.open(Path(shutil.copytree(release.path, directory)))


def test_a_release_that_is_not_what_its_manifest_says_is_not_compared(
    tmp_path: Path, releases: list[Release]
) -> None:
    broken = damaged(releases[0], tmp_path / "broken")
    path = broken.path / CONTENT_QUADS
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ReleaseError) as caught:
        compare(broken, releases[1])
    assert releases[0].id in caught.value.said("ja")
    assert "not what its manifest says" in caught.value.said("en")


def test_a_release_without_its_content_is_not_compared(
    tmp_path: Path, releases: list[Release]
) -> None:
    broken = damaged(releases[0], tmp_path / "broken")
    (broken.path / CONTENT_QUADS).unlink()
    with pytest.raises(ReleaseError, match="No such file"):
        compare(broken, releases[1])


def test_a_release_whose_lines_are_not_sorted_is_not_compared(
    tmp_path: Path, releases: list[Release]
) -> None:
    broken = damaged(releases[0], tmp_path / "broken")
    path = broken.path / CONTENT_QUADS
    path.write_text("".join(reversed(path.read_text("utf-8").splitlines(True))), "utf-8")
    manifest = json.loads((broken.path / "manifest.json").read_text("utf-8"))
    (entry,) = [file for file in manifest["files"] if file["path"] == CONTENT_QUADS]
    entry["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (broken.path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(ReleaseError, match="not sorted"):
        compare(Release.open(broken.path), releases[1])


def test_a_release_without_its_withdrawals_is_not_compared(
    tmp_path: Path, releases: list[Release]
) -> None:
    broken = damaged(releases[2], tmp_path / "broken")
    (broken.path / FILE).write_text("[{}]", "utf-8")
    with pytest.raises(ReleaseError, match="list of withdrawn things"):
        compare(releases[1], broken)


def test_lines_are_read_as_statements() -> None:
    (found,) = parsed([ABOUT_BUS[3]])
    assert found.subject.value == BUS  # type: ignore[union-attr]
    assert graph_in(ABOUT_BUS[3], IRIS) == "source"


# -- A comparison as JSON, Turtle and text --------------------------------------------------------


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
