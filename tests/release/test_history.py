"""Comparisons kept beside the releases, and the command that makes them.

The line of releases, and what a server knows of it.
"""

from __future__ import annotations

import itertools
import json
import logging
import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from publish.build import build
from publish.cli.releases import diff_command
from publish.errors import ReleaseError
from publish.release import history
from publish.release import history as changes
from publish.release.diff import compare
from publish.release.history import History, Line, before, between, kept, line_of, opened, vanished
from publish.release.manifest import Manifest
from publish.release.release import CONTENT_QUADS, Release, current_id
from tests.support.projects import BASE, edit, settings_for, write_project
from tests.support.succession import EDITORIAL, SOURCE, Succession, add_bus, remove_bus


@pytest.fixture
def copied(succession: Succession, tmp_path: Path) -> Succession:
    """A succession in which no comparison has been made yet."""
    found = succession.copied(tmp_path / "project")
    shutil.rmtree(found.releases / "changes", ignore_errors=True)
    return found


def sides(succession: Succession, old: int, new: int) -> tuple[Release, Release]:
    first, second = (Release.open(succession.releases / succession.ids[n]) for n in (old, new))
    return first, second


def directory_of(succession: Succession, old: int, new: int) -> Path:
    ids = succession.ids
    return succession.releases / "changes" / f"{ids[old]}..{ids[new]}"


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


# -- Files -------------------------------------------------------------------------------------


def test_a_comparison_is_kept_in_three_files(copied: Succession) -> None:
    found = between(copied.releases, *sides(copied, 0, 1))
    files = contents(directory_of(copied, 0, 1))
    assert sorted(files) == ["added.nq", "changes.json", "removed.nq"]
    assert files["added.nq"].decode().splitlines() == found.added
    assert files["removed.nq"].decode().splitlines() == found.removed
    assert json.loads(files["changes.json"])["counts"]["added"] == 1
    assert [path.name for path in (copied.releases / "changes").iterdir()] == [
        directory_of(copied, 0, 1).name
    ]


@pytest.mark.parametrize("pair", [(0, 1), (1, 2), (1, 0), (0, 2)])
def test_what_is_kept_is_what_was_found(copied: Succession, pair: tuple[int, int]) -> None:
    old, new = sides(copied, *pair)
    found = between(copied.releases, old, new)
    assert kept(copied.releases, old.manifest, new.manifest) == found == compare(old, new)


def test_the_files_are_the_same_wherever_they_are_made(copied: Succession) -> None:
    pair = sides(copied, 0, 2)
    between(copied.releases, *pair)
    once = contents(directory_of(copied, 0, 2))
    shutil.rmtree(copied.releases / "changes")
    between(copied.releases, *pair)
    assert contents(directory_of(copied, 0, 2)) == once


def test_what_is_kept_is_used_again(copied: Succession) -> None:
    old, new = sides(copied, 0, 1)
    between(copied.releases, old, new)
    (old.path / CONTENT_QUADS).unlink()
    assert between(copied.releases, old, new).counts.added == 6


def test_releases_are_not_touched(copied: Succession) -> None:
    def bytes_of(release: Release) -> dict[Path, bytes]:
        return {p: p.read_bytes() for p in release.path.rglob("*") if p.is_file()}

    pair = sides(copied, 0, 1)
    before = list(map(bytes_of, pair))
    between(copied.releases, *pair)
    assert list(map(bytes_of, pair)) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("changes.json", "{"),
        ("changes.json", "[]"),
        ("changes.json", "{}"),
        ("changes.json", '{"version": 1}'),
        ("changes.json", '{"version": 0}'),
        ("added.nq", None),
    ],
)
def test_a_damaged_comparison_is_made_again(
    copied: Succession, name: str, content: str | None
) -> None:
    pair = sides(copied, 0, 1)
    found = between(copied.releases, *pair)
    path = directory_of(copied, 0, 1) / name
    path.unlink() if content is None else path.write_text(content, "utf-8")
    assert between(copied.releases, *pair) == found
    assert kept(copied.releases, *(one.manifest for one in pair)) == found


def test_a_comparison_of_releases_that_had_other_content_is_made_again(copied: Succession) -> None:
    pair = sides(copied, 0, 1)
    found = between(copied.releases, *pair)
    path = directory_of(copied, 0, 1) / "changes.json"
    content = json.loads(path.read_text("utf-8"))
    content["from"]["content_hash"] = "0" * 64
    path.write_text(json.dumps(content), "utf-8")
    assert kept(copied.releases, *(one.manifest for one in pair)) is None
    assert between(copied.releases, *pair) == found


def test_where_nothing_can_be_written_the_comparison_is_made_all_the_same(
    copied: Succession, caplog: pytest.LogCaptureFixture
) -> None:
    (copied.releases / "changes").write_text("in the way", "utf-8")
    with caplog.at_level(logging.INFO, "publish.release.history"):
        found = between(copied.releases, *sides(copied, 0, 1))
    assert found.counts.added == 6
    assert "is not kept in files" in caplog.text
    assert (copied.releases / "changes").read_text("utf-8") == "in the way"


def test_nothing_is_left_of_a_comparison_that_could_not_be_written(
    copied: Succession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> bytes:
        raise OSError("no space left on device")

    monkeypatch.setattr(history, "as_json", full)
    between(copied.releases, *sides(copied, 0, 1))
    assert list((copied.releases / "changes").iterdir()) == []


def test_releases_of_different_bases_are_compared_but_not_kept(copied: Succession) -> None:
    moved = build(settings_for(copied.settings.project, "http://127.0.0.1:8000/")).manifest
    new = Release.open(copied.releases / moved.release)
    assert between(copied.releases, sides(copied, 2, 2)[0], new).counts.is_empty
    assert not (copied.releases / "changes").exists()


# -- What a release is called ------------------------------------------------------------------


def test_a_release_is_found_by_its_id_as_current_or_by_a_directory(copied: Succession) -> None:
    releases, newest = copied.releases, copied.ids[-1]
    for name in (newest, "current", str(releases), str(releases / newest)):
        assert opened(releases, name).id == newest
    assert opened(releases, copied.ids[0]).id == copied.ids[0]


@pytest.mark.parametrize("name", ["000000000000", "no-such-place", "..", ""])
def test_what_is_no_release_is_refused(copied: Succession, name: str, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError):
        opened(copied.releases, name)


# -- What must not happen ----------------------------------------------------------------------


def test_a_thing_that_vanished_is_a_problem_in_both_languages(tmp_path: Path) -> None:
    project = write_project(tmp_path / "kasumi")
    settings = settings_for(project)
    add_bus(project)
    old = build(settings).manifest.release
    remove_bus(project)
    new = build(settings).manifest.release
    (problem,) = vanished(settings.releases, old, new)
    assert problem.said("ja") == (
        "data/withdrawn.csv: 「plan/night-bus」が取り下げの記録なしに消えました。このURIは404に"
        "なります。 → 元に戻すか、data/withdrawn.csv に日付と理由、後を継ぐものがあればそれも"
        "記してください。"
    )
    assert problem.said("en").startswith(
        'data/withdrawn.csv: "plan/night-bus" vanished without being withdrawn. '
    )


def test_a_term_that_vanished_is_a_problem_of_the_vocabulary(tmp_path: Path) -> None:
    project = write_project(tmp_path / "kasumi")
    settings = settings_for(project)
    unused = project / "ontology" / "unused.ttl"
    shutil.copyfile(project / "ontology" / "kasumi.ttl", unused)
    text = (project / "ontology" / "kasumi.ttl").read_text("utf-8")
    prefixes = "".join(line for line in text.splitlines(True) if line.startswith("PREFIX"))
    term = (
        '\nkv:Unused a owl:Class ; rdfs:label "未使用"@ja , "Unused"@en ;\n'
        '    rdfs:comment "使わない。"@ja , "Not used."@en ; rdfs:isDefinedBy <ontology> .\n'
    )
    unused.write_text(prefixes + term, "utf-8")
    old = build(settings).manifest.release
    unused.unlink()
    new = build(settings).manifest.release
    (problem,) = vanished(settings.releases, old, new)
    assert str(problem.place) == "ontology/"
    assert "ontology#Unused" in problem.what.en
    assert "owl:deprecated" in problem.remedy.ja


def test_without_an_earlier_release_nothing_can_vanish(succession: Succession) -> None:
    newest = succession.ids[-1]
    assert vanished(succession.releases, None, newest) == ()
    assert vanished(succession.releases, newest, newest) == ()


def test_what_was_withdrawn_has_not_vanished(copied: Succession) -> None:
    assert vanished(copied.releases, *copied.ids[1:]) == ()


def test_that_the_earlier_release_is_damaged_is_a_problem_itself(copied: Succession) -> None:
    (copied.releases / copied.ids[1] / "manifest.json").write_text("{", "utf-8")
    (problem,) = vanished(copied.releases, *copied.ids[1:])
    assert "リリースが読めません" in problem.said("ja")


# -- The command -------------------------------------------------------------------------------


def run(succession: Succession, *arguments: str) -> Result:
    given = ["--releases", str(succession.releases), *arguments]
    return CliRunner().invoke(diff_command, given)


def test_the_command_tells_what_changed_in_both_languages(copied: Succession) -> None:
    result = run(copied, copied.ids[0], copied.ids[1])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "計画 / Plans (plan): 追加 / added 1, 変更 / changed 1" in result.stdout
    assert '  - [source] skos:prefLabel "除雪ロボットの導入"@ja' in result.stdout
    assert directory_of(copied, 0, 1).is_dir()


@pytest.mark.parametrize(
    ("language", "heading", "other"),
    [("ja", "取り下げ: plan/night-bus  夜間バス", "withdrawn"), ("en", "withdrawn: plan/night-bus  Night bus", "取り下げ")],
)  # fmt: skip
def test_the_command_tells_it_in_one_language(
    copied: Succession, language: str, heading: str, other: str
) -> None:
    result = run(copied, copied.ids[1], "current", "--lang", language)
    assert result.exit_code == 0
    assert heading in result.stdout.splitlines()
    assert other not in result.stdout


def test_the_command_says_the_same_each_time_and_in_each_form(copied: Succession) -> None:
    for form in ("text", "json", "turtle"):
        once = run(copied, copied.ids[0], copied.ids[2], "--format", form)
        again = run(copied, copied.ids[0], copied.ids[2], "--format", form)
        assert once.exit_code == 0
        assert once.stdout == again.stdout != ""
    assert json.loads(run(copied, *copied.ids[:2], "--format", "json").stdout)["version"] == 1


def test_the_command_warns_of_what_vanished_and_still_succeeds(copied: Succession) -> None:
    result = run(copied, copied.ids[1], copied.ids[0])
    assert result.exit_code == 0
    warnings = result.stderr.splitlines()
    assert len(warnings) == 2
    assert "取り下げの記録なしに消えました" in warnings[0]
    assert "vanished without being withdrawn" in warnings[1]


def test_the_command_compares_directories_of_different_bases(
    copied: Succession, tmp_path: Path
) -> None:
    other = write_project(tmp_path / "other")
    edit(other / EDITORIAL, "Introduction of snow robots", "Use of snow robots")
    edit(other / SOURCE, "除雪ロボットの導入", "除雪ロボットの利用")
    settings = settings_for(other, "http://127.0.0.1:8000/")
    build(settings)
    old = copied.releases / copied.ids[0]
    result = run(copied, str(old), str(settings.releases), "--format", "json")
    assert result.exit_code == 0
    content = json.loads(result.stdout)
    assert content["from"]["base"] == BASE
    assert [thing["iri"] for thing in content["things"]] == [
        "http://127.0.0.1:8000/id/plan/snow-robots"
    ]
    assert content["triples"] == {"removed": 2, "added": 2}


def test_the_command_fails_where_there_is_no_such_release(copied: Succession) -> None:
    result = run(copied, "000000000000", "current")
    assert result.exit_code == 1
    assert "リリース「000000000000」がありません。" in result.stderr
    assert 'There is no release "000000000000".' in result.stderr


def test_what_is_kept_is_no_release(copied: Succession) -> None:
    run(copied, *copied.ids[:2])
    assert current_id(copied.releases) == copied.ids[2]
    assert run(copied, "changes", "current").exit_code == 1


# -- The line of releases, and what a server knows of it ------------------------------------------


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
    shutil.copytree(
        copied.releases / copied.ids[0],
        copied.releases / ("1" * 12),
    )
    (copied.releases / "notes").mkdir()
    line = line_in(History(copied.releases), copied)
    assert tuple(one.release for one in line) == copied.ids
    assert "release 000000000000 cannot be read" in caplog.text
    assert f"release 111111111111 says that it is {copied.ids[0]}" in caplog.text


def test_a_release_is_found_by_its_id_if_it_has_the_same_base(
    copied: Succession,
) -> None:
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


def test_large_releases_of_the_same_content_need_no_comparison(
    copied: Succession,
) -> None:
    old = read(copied, 0)
    other = msgspec.structs.replace(old, release="0" * 12)
    (copied.releases / other.release).mkdir()
    other.write(copied.releases / other.release)
    shutil.copy(
        copied.releases / old.release / "withdrawn.json",
        copied.releases / other.release,
    )
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
    history, path = (
        History(copied.releases),
        copied.releases / copied.ids[0] / "manifest.json",
    )
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
