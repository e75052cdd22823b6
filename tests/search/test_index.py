"""The index is part of each release, is read by many at once, and says so if it is missing."""

from __future__ import annotations

import gc
import shutil
import threading
from pathlib import Path

import pytest

from publish.build import build
from publish.errors import ReleaseError, SourceError
from publish.release.release import Release, current
from publish.search.candidate import Wanted
from publish.search.index import DIRECTORY, FILE, Index, grams_of, grams_of_words
from publish.search.placenames import SOURCE, read_elsewhere
from tests.support.projects import settings_for, write_project
from tests.support.real import ROOT

_COLUMNS = "jis_code,prefecture_ja,within_ja,name_ja,name_kana\n"


@pytest.fixture
def index(release: Release) -> Index:
    return release.matcher.index


def test_every_named_thing_of_a_type_is_in_the_index(release: Release, index: Index) -> None:
    assert {"municipality", "region", "initiative", "pillar"} <= {*index.kinds}
    area, body = (one.thing.iri for one in index.spelt(["k:札幌市"]))
    assert area == release.iris.thing("municipality", "011002")
    assert body == release.iris.thing("organization", "municipality-011002")


def test_a_thing_lies_in_all_that_its_areas_lie_in(release: Release, index: Index) -> None:
    ward = index.spelt(["k:札幌市中央区"])[0].thing
    around = index.things(sorted(n for n in index.insides(ward.id) if n > 0))
    assert {"札幌市", "石狩地域", "北海道"} <= {thing.name.ja for thing in around.values()}
    assert ward.where.ja == "札幌市"


@pytest.mark.parametrize("name", ["札幌市", "北海道", "函館市", "長沼町", "赤井川村"])
def test_a_body_is_known_by_the_name_of_the_place_that_it_is_tied_to(
    index: Index, name: str
) -> None:
    things = {one.thing.kind: one.thing.id for one in index.spelt([f"k:{name}"])}
    area = things.get("municipality", things.get("prefecture"))
    assert index.bodies(things.values()) == {things["organization"]: area}
    assert index.bodies([things["organization"]]) == {}, "its place is not among them"


def test_two_places_of_one_name_are_no_bodies_of_each_other(index: Index) -> None:
    villages = [one.thing.id for one in index.spelt(["k:泊村"]) if one.thing.designator]
    assert len(villages) == 2 and index.bodies(villages) == {}


def test_a_district_holds_its_towns_though_it_is_no_thing(index: Index) -> None:
    (holder,) = index.holders(["k:空知郡"])["k:空知郡"]
    assert holder < 0
    assert holder in index.insides(index.spelt(["k:上富良野町"])[0].thing.id)


def test_codes_lead_to_things_and_back(index: Index) -> None:
    (thing,) = index.coded(["012025"])
    assert thing.name.ja == "函館市"
    assert index.codes_of(thing.id) == ["01202", "012025"]


def test_keys_that_share_pieces_are_alike(index: Index) -> None:
    assert "r:hakodate" in index.alike("r:hakodte", 10)
    assert index.alike("k:鰻鱒鮭", 10) == []


def test_pieces_of_a_key_know_its_ends() -> None:
    assert list(grams_of("k:札幌市")) == ["k^札", "k札幌", "k幌市", "k市$"]
    assert next(iter(grams_of("r:mori"))) == "r^mo"
    assert list(grams_of("k:森")) == ["k^森", "k森$"]


def test_words_of_a_text_are_letters_in_runs_and_the_rest_in_pairs() -> None:
    assert list(grams_of_words("ICTの活用 Society5.0")) == [
        "ict", "ノ活", "活用", "用", "society50",
    ]  # fmt: skip


def test_threads_read_at_the_same_time(release: Release) -> None:
    wrong: list[str] = []

    def read() -> None:
        for _ in range(50):
            found = release.matcher.match(Wanted("江別市"))
            if not found or found[0].name.ja != "江別市":
                wrong.append("!")

    gc.collect()  # what other tests left must not be dropped by these threads
    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_release_without_an_index_says_what_to_do(release: Release, tmp_path: Path) -> None:
    old = shutil.copytree(release.path, tmp_path / release.id)
    shutil.rmtree(old / DIRECTORY)
    with pytest.raises(ReleaseError) as caught:
        _ = Release.open(old).matcher
    assert "lodpub build" in caught.value.said("ja")


def test_another_project_is_indexed_too(kasumi: Path) -> None:
    matcher = current(kasumi / "releases").matcher
    assert (current(kasumi / "releases").path / FILE).is_file()
    for text in ("霞", "かすみし", "Kasumi City", "992011"):
        best = matcher.match(Wanted(text))[0]
        assert best.automatic
        assert best.name.ja == "霞市"


def test_the_project_says_what_exists_elsewhere(tmp_path: Path) -> None:
    """浜町 is of the small project; the table says that another prefecture has one, too."""
    project = write_project(tmp_path / "project")
    (project / SOURCE).write_text(f"{_COLUMNS},遠野県,,浜町,ハマチョウ\n", "utf-8")
    metadata = ROOT / f"{SOURCE}-metadata.json"
    shutil.copy(metadata, project / f"{SOURCE}-metadata.json")
    before = build(settings_for(write_project(tmp_path / "other"))).manifest
    after = build(settings_for(project)).manifest
    assert before.content_hash == after.content_hash
    assert before.release != after.release
    best = current(project / "releases").matcher.match(Wanted("浜町"))[0]
    assert not best.automatic
    assert "遠野県浜町" in best.reasons[-1].ja


def test_a_project_without_the_table_knows_of_nothing_elsewhere(tmp_path: Path) -> None:
    assert read_elsewhere(write_project(tmp_path / "project")) == ()


def test_a_bad_row_of_the_table_is_told_with_its_place(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    (project / SOURCE).write_text(f"{_COLUMNS},遠野県,,浜,ハマ\n", "utf-8")
    shutil.copy(ROOT / f"{SOURCE}-metadata.json", project / f"{SOURCE}-metadata.json")
    with pytest.raises(SourceError) as caught:
        build(settings_for(project))
    assert "elsewhere.csv:2:name_ja" in caught.value.said("ja")
