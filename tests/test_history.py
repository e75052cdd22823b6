"""The line of releases, and what a server knows of it."""

from __future__ import annotations

import itertools
import json
import logging
import shutil
from pathlib import Path

import msgspec
import pytest

from publish.build import build
from publish.errors import ReleaseError
from publish.release import history as changes
from publish.release.diff import compare
from publish.release.history import History, Line, before, line_of
from publish.release.manifest import Manifest
from publish.release.release import CONTENT_QUADS, Release
from tests.projects import edit, settings_for
from tests.succession import SOURCE, Succession


def manifest(
    id_: str, modified: str | None, version: str | None, output: int = 2, base: str = "http://a/"
) -> Manifest:
    return Manifest(id_ * 12, base, id_ * 64, output, modified, version, False, {}, ())


def ids(line: Line) -> str:
    return "".join(one.release[0] for one in line)


# -- The order ---------------------------------------------------------------------------------


def test_releases_stand_in_the_order_of_day_version_and_output_version() -> None:
    listed = [
        manifest("a", "2031-04-01", "1.9.0"),
        manifest("b", "2031-04-01", "1.10.0"),
        manifest("c", "2031-03-31", "2.0.0"),
        manifest("d", "2031-04-01", "1.10.0", 3),
        manifest("e", "2031-05-01", None),
    ]
    for order in itertools.permutations(listed):
        assert ids(line_of(order, listed[0])) == "cabde"


def test_of_releases_with_the_same_stamp_the_current_one_is_the_last() -> None:
    same = [manifest(id_, "2031-04-01", "1.0.0") for id_ in "abc"]
    assert ids(line_of(same, same[0])) == "bca"
    assert ids(line_of(same, same[1])) == "acb"


def test_a_release_without_a_stamp_has_a_place_only_as_the_current_one() -> None:
    stamped, other = manifest("b", "2031-04-01", "1.0.0"), manifest("a", None, None)
    assert ids(line_of([other, stamped], stamped)) == "b"
    assert ids(line_of([other, stamped], other)) == "ba"


def test_releases_of_other_bases_do_not_belong_to_the_line() -> None:
    ours = manifest("a", "2031-04-01", "1.0.0")
    preview = manifest("b", "2031-04-01", "1.0.0", base="http://127.0.0.1:8000/")
    assert ids(line_of([ours, preview], ours)) == "a"


def test_the_current_release_is_in_the_line_even_if_its_directory_is_gone() -> None:
    assert ids(line_of([], manifest("a", "2031-04-01", "1.0.0"))) == "a"


def test_each_release_but_the_first_has_one_before_it() -> None:
    line = tuple(manifest(id_, f"2031-0{n}-01", "1") for n, id_ in enumerate("abc", 1))
    assert before(line, "c" * 12) == line[1]
    assert before(line, "a" * 12) is None
    assert before(line, "d" * 12) is None


# -- A directory -------------------------------------------------------------------------------


@pytest.fixture
def copied(succession: Succession, tmp_path: Path) -> Succession:
    found = succession.copied(tmp_path / "project")
    shutil.rmtree(found.releases / "changes", ignore_errors=True)
    return found


def read(succession: Succession, place: int = 2) -> Manifest:
    return Manifest.read(succession.releases / succession.ids[place])


def line_in(history: History, succession: Succession) -> Line:
    return history.line(read(succession))


def test_the_line_is_read_from_the_directory(copied: Succession) -> None:
    line = line_in(History(copied.releases), copied)
    assert tuple(one.release for one in line) == copied.ids


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"release": "x"}'])
def test_a_damaged_release_is_logged_and_left_out(
    copied: Succession, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    (copied.releases / copied.ids[1] / "manifest.json").write_text(content, "utf-8")
    history = History(copied.releases)
    for _ in range(3):
        line = line_in(history, copied)
        assert [one.release for one in line] == [copied.ids[0], copied.ids[2]]
    assert caplog.text.count(f"release {copied.ids[1]} cannot be read; it is left out") == 1


def test_an_empty_directory_and_a_copy_under_another_name_are_left_out(
    copied: Succession, caplog: pytest.LogCaptureFixture
) -> None:
    (copied.releases / ("0" * 12)).mkdir()
    shutil.copytree(copied.releases / copied.ids[0], copied.releases / ("1" * 12))
    (copied.releases / "notes").mkdir()
    line = line_in(History(copied.releases), copied)
    assert tuple(one.release for one in line) == copied.ids
    assert "release 000000000000 cannot be read" in caplog.text
    assert f"release 111111111111 says that it is {copied.ids[0]}" in caplog.text


def test_a_release_is_found_by_its_id_if_it_has_the_same_base(copied: Succession) -> None:
    moved = build(settings_for(copied.settings.project, "http://127.0.0.1:8000/")).manifest
    history, current = History(copied.releases), read(copied)
    assert history.find(current, copied.ids[0]) == read(copied, 0)
    assert history.find(current, current.release) == current
    assert history.find(current, moved.release) is None
    assert history.find(current, "0" * 12) is None


def test_a_new_release_is_seen_at_once_and_changes_the_state(copied: Succession) -> None:
    history = History(copied.releases)
    state = history.state(line_in(history, copied))
    assert history.state(line_in(history, copied)) == state
    shutil.rmtree(copied.releases / copied.ids[1])
    line = line_in(history, copied)
    assert [one.release for one in line] == [copied.ids[0], copied.ids[2]]
    assert history.state(line) != state


# -- Comparisons -------------------------------------------------------------------------------


def test_neighbours_are_compared_and_kept(copied: Succession) -> None:
    history = History(copied.releases)
    line = line_in(history, copied)
    assert history.counts(line, line[0], line[1]).types == {"plan": {"added": 1, "changed": 1}}
    assert history.counts(line, line[1], line[2]).types == {"plan": {"withdrawn": 1}}
    kept = {path.name for path in (copied.releases / "changes").iterdir()}
    assert kept == {f"{old.release}..{new.release}" for old, new in itertools.pairwise(line)}


def test_others_are_compared_but_not_kept_in_files(copied: Succession) -> None:
    history = History(copied.releases)
    line = line_in(history, copied)
    found = history.between(line, line[0], line[2])
    assert found == compare(*(Release.open(copied.releases / copied.ids[n]) for n in (0, 2)))
    assert history.between(line, line[0], line[2]) is found
    assert not (copied.releases / "changes").exists()


def test_a_damaged_release_is_compared_once_it_is_repaired(copied: Succession) -> None:
    history = History(copied.releases)
    line = line_in(history, copied)
    state = history.state(line)
    path = copied.releases / copied.ids[0] / CONTENT_QUADS
    content = path.read_bytes()
    path.write_bytes(content[:100])
    assert history.state(line) != state
    with pytest.raises(ReleaseError):
        history.counts(line, line[0], line[1])
    path.write_bytes(content)
    assert history.counts(line, line[0], line[1]).added == 6


def test_large_releases_are_not_compared_unless_that_was_done_elsewhere(
    copied: Succession,
) -> None:
    history = History(copied.releases, most_bytes=1000)
    line = line_in(history, copied)
    state = history.state(line)
    with pytest.raises(ReleaseError) as caught:
        history.between(line, line[0], line[1])
    assert f"lodpub diff {copied.ids[0]} {copied.ids[1]}" in caught.value.said("ja")
    sides = (Release.open(copied.releases / copied.ids[n]) for n in (0, 1))
    changes.between(copied.releases, *sides)
    assert history.between(line, line[0], line[1]).counts.added == 6
    assert history.state(line) != state


def test_large_releases_of_the_same_content_need_no_comparison(copied: Succession) -> None:
    old = read(copied, 0)
    other = msgspec.structs.replace(old, release="0" * 12)
    (copied.releases / other.release).mkdir()
    other.write(copied.releases / other.release)
    shutil.copy(copied.releases / old.release / "withdrawn.json", copied.releases / other.release)
    history = History(copied.releases, most_bytes=1000)
    assert history.counts(history.line(old), old, other).is_empty


def test_only_the_newest_comparisons_stay_in_memory(
    copied: Succession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publish.release.history._MOST_KEPT", 100)
    history = History(copied.releases)
    line = line_in(history, copied)
    first = history.between(line, line[0], line[2])
    second = history.between(line, line[2], line[0])
    assert history.between(line, line[2], line[0]) is second
    assert history.between(line, line[0], line[2]) is not first


def test_a_request_does_not_wait_for_ever_for_another_comparison(
    copied: Succession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publish.release.history._PATIENCE", 0.01)
    history = History(copied.releases)
    line = line_in(history, copied)
    with history._lock, pytest.raises(TimeoutError):
        history.between(line, line[0], line[1])


def test_an_unstamped_current_release_is_compared_with_the_last_stamped_one(
    copied: Succession,
) -> None:
    project = copied.settings.project
    edit(project / SOURCE, "除雪ロボットの活用", "除雪ロボットの運用")
    current = build(copied.settings).manifest
    assert current.modified is None
    history = History(copied.releases)
    line = history.line(current)
    assert tuple(one.release for one in line) == (*copied.ids, current.release)
    assert history.counts(line, line[-2], line[-1]).types == {"plan": {"changed": 1}}


def test_a_manifest_is_read_again_when_it_changes(copied: Succession) -> None:
    history, path = History(copied.releases), copied.releases / copied.ids[0] / "manifest.json"
    assert line_in(history, copied)[0].version == "1.0.0"
    content = json.loads(path.read_text("utf-8")) | {"version": "1.0.0-corrected"}
    path.write_text(json.dumps(content), "utf-8")
    assert line_in(history, copied)[0].version == "1.0.0-corrected"


def test_a_directory_that_does_not_exist_has_no_releases(tmp_path: Path) -> None:
    with_nothing = History(tmp_path / "nothing")
    assert with_nothing.all() == []


def test_what_is_left_out_is_logged_as_a_warning(
    copied: Succession, caplog: pytest.LogCaptureFixture
) -> None:
    (copied.releases / copied.ids[0] / "manifest.json").unlink()
    with caplog.at_level(logging.WARNING, "publish.release.history"):
        line_in(History(copied.releases), copied)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
