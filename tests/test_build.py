"""From the project's files to a release: the same bytes each time, and nothing half done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from publish import build as building
from publish.build import build, check
from publish.errors import GraphError, SourceError, TurtleError, ValidationError
from publish.i18n import Text
from publish.release import manifest
from publish.release.release import current, current_id
from publish.settings import Settings
from tests import golden
from tests.support.projects import (
    BASE,
    IRIS,
    append,
    build_project,
    edit,
    settings_for,
    write_project,
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(write_project(tmp_path / "kasumi"))


def contents(directory: Path) -> dict[str, bytes]:
    """Return what every file below a directory holds, by its path."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def listed(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def last_line(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


# -- The same bytes ----------------------------------------------------------------------------


def test_two_builds_in_two_places_are_equal_in_every_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_project(tmp_path / "one" / "kasumi")
    project = write_project(tmp_path / "two" / "elsewhere")
    monkeypatch.chdir(project / "data")
    build(Settings(base=BASE, project=Path(".."), releases=Path("../../releases")))
    one = contents(tmp_path / "one" / "kasumi" / "releases" / "current")
    two = contents(tmp_path / "two" / "releases" / "current")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert "dump/all.nq.gz" in one


def test_hash_seed_time_zone_and_locale_do_not_change_a_byte(tmp_path: Path) -> None:
    environments = (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8"},
    )
    found = []
    for number, environment in enumerate(environments):
        project = write_project(tmp_path / str(number))
        releases = project / "releases"
        places = ["--project", str(project), "--releases", str(releases)]
        subprocess.run(
            [sys.executable, "-m", "publish", "build", "--base", BASE, *places],
            env=os.environ | environment,
            check=True,
            capture_output=True,
        )
        found.append(contents(releases / "current"))
    assert found[0] == found[1]


def test_the_bytes_of_a_release_are_those_that_are_checked_in(tmp_path: Path) -> None:
    build_project(tmp_path / "kasumi")
    found, known = golden.figures(tmp_path / "kasumi"), golden.read()
    renew = "renew tests/golden/kasumi.json with: .venv/bin/python -m tests.golden"
    assert found["sources"] == known["sources"], f"The small project has changed: {renew}"
    assert found["output_version"] == known["output_version"], f"OUTPUT_VERSION was raised: {renew}"
    changed = [name for name in found["files"] if found["files"][name] != known["files"].get(name)]
    assert changed == [], (
        "The program writes other bytes than before. If that is meant, raise OUTPUT_VERSION in "
        f"publish/release/manifest.py, so that release ids change too, and {renew}"
    )
    assert found["files"].keys() == known["files"].keys(), f"Files came or went: {renew}"


def test_the_content_hash_is_the_same_under_two_bases_and_the_release_id_is_not(
    settings: Settings,
) -> None:
    public = build(settings).manifest
    preview = build(settings_for(settings.project, "http://127.0.0.1:8000/")).manifest
    assert public.content_hash == preview.content_hash
    assert public.release != preview.release
    assert (public.preview, preview.preview) == (False, True)
    assert listed(settings.releases) == sorted([public.release, preview.release, "current"])


def test_no_file_of_a_release_tells_where_it_was_built(settings: Settings) -> None:
    build(settings)
    place = str(settings.project.parent).encode()
    found = contents(settings.releases / "current")
    assert [name for name, content in found.items() if place in content] == []


def test_a_release_under_one_base_does_not_mention_another(settings: Settings) -> None:
    build(settings_for(settings.project, "https://example.jp/lod/society5/"))
    found = contents(settings.releases / "current")
    packed = (".gz", ".zst")
    dumps = {name: content for name, content in found.items() if not name.endswith(packed)}
    assert [name for name in dumps if b"base.invalid" in dumps[name]] == []
    assert [name for name in dumps if b"127.0.0.1" in dumps[name]] == []


def test_building_again_leaves_the_release_untouched(settings: Settings) -> None:
    first = build(settings).manifest
    before = (settings.releases / first.release).stat()
    assert build(settings).manifest == first
    after = (settings.releases / first.release).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_release_of_the_same_id_with_other_bytes_is_replaced_whole(settings: Settings) -> None:
    first = build(settings).manifest
    edit(settings.project / "shapes" / "plan.ttl", "計画を実施する市町。", "計画を担う市町。")
    second = build(settings).manifest
    shapes = settings.releases / "current" / "shapes" / "plan.ttl"
    assert "計画を担う市町。" in shapes.read_text("utf-8")
    assert first.content_hash == second.content_hash
    assert current(settings.releases).manifest == second
    assert not [name for name in listed(settings.releases) if name.startswith(".")]


def test_the_next_release_differs_in_its_output_version(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(settings).manifest
    monkeypatch.setattr(manifest, "OUTPUT_VERSION", manifest.OUTPUT_VERSION + 1)
    assert build(settings).manifest.release != first.release


def test_everybody_may_read_a_release(settings: Settings) -> None:
    release = settings.releases / build(settings).manifest.release
    assert release.stat().st_mode & 0o777 == 0o755


# -- A failed build leaves things as they are --------------------------------------------------


def test_a_violation_stops_the_build_and_the_current_release_stays(settings: Settings) -> None:
    before = build(settings).manifest
    edit(settings.project / "data" / "source.plans.ttl", "kv:times 3", "kv:times 0")
    with pytest.raises(ValidationError) as caught:
        build(settings)
    assert caught.value.said("ja").startswith("data/source.plans.ttl:22: 「回数」は1以上でなければ")
    assert current(settings.releases).manifest == before
    assert listed(settings.releases) == sorted([before.release, "current"])


def test_an_unreadable_file_stops_the_build_and_the_current_release_stays(
    settings: Settings,
) -> None:
    before = build(settings).manifest
    append(settings.project / "data" / "source.plans.ttl", "plan:remote-care kv:town <")
    with pytest.raises(SourceError):
        build(settings)
    assert current(settings.releases).manifest == before


def test_a_full_disk_leaves_no_trace(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = build(settings).manifest
    edit(settings.project / "data" / "towns.csv", "浜町", "濱町")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(building, "_write_rest", full)
    with pytest.raises(OSError, match="No space left"):
        build(settings)
    assert listed(settings.releases) == sorted([before.release, "current"])
    assert current_id(settings.releases) == before.release


def test_a_first_build_that_fails_leaves_no_current_release(settings: Settings) -> None:
    edit(settings.project / "data" / "source.plans.ttl", "kv:times 3", "kv:times 0")
    with pytest.raises(ValidationError):
        build(settings)
    assert current_id(settings.releases) is None


def test_a_warning_stops_nothing_and_is_reported(settings: Settings) -> None:
    build(settings)
    report = (settings.releases / "current" / "report.json").read_text("utf-8")
    assert "計画に実施内容がありません。" in report


# -- What is read ------------------------------------------------------------------------------


def test_what_is_checked_is_read_derived_and_validated(settings: Settings) -> None:
    checked = check(settings)
    assert checked.dataset.counts() == {
        "derived": 1,
        "editorial": 7,
        "links": 9,
        "ontology": 55,
        "reference": 13,
        "source": 12,
    }
    assert checked.report.conforms
    assert len(checked.report.of("Warning")) == 1
    assert ("plan", "old-care") in checked.withdrawn


def test_progress_is_told_in_both_languages(settings: Settings) -> None:
    told: list[Text] = []
    build(settings, told.append)
    dumps = ("all.ttl", "all.jsonld", "all.rdf", "all.nt", "all.trig", "all.nq")
    forms = (".csv", ".excel.csv", ".csv-metadata.json")
    names = (*dumps, *(kind + form for kind in ("plan", "step", "town") for form in forms))
    assert told == [
        Text("読み込み", "Reading"),
        Text("導出", "Deriving"),
        Text("検証", "Validating"),
        *(Text(f"書き出し {name}", f"Writing {name}") for name in names),
        Text("索引の作成", "Making the index"),
    ]


def test_a_statement_of_the_catalogue_that_is_content_too_is_refused(settings: Settings) -> None:
    catalog = settings.project / "data" / "catalog.ttl"
    append(catalog, '\n<id/town/992020> <http://purl.org/dc/terms/identifier> "992020" .\n')
    with pytest.raises(GraphError) as caught:
        build(settings)
    assert caught.value.said("ja").startswith(
        f"data/catalog.ttl:{last_line(catalog)}: "
        "同じ文が二つのグラフ（catalog と reference）にあります。"
        "もう一方は data/towns.csv:3:code です。"
    )


def test_a_catalogue_that_names_something_unknown_is_refused(settings: Settings) -> None:
    catalog = settings.project / "data" / "catalog.ttl"
    append(catalog, "\n<catalog> <http://purl.org/dc/terms/spatial> <id/town/999999> .\n")
    with pytest.raises(GraphError) as caught:
        build(settings)
    assert caught.value.said("en").startswith("data/catalog.ttl")
    assert '"id/town/999999"' in caught.value.said("en")


def test_a_broken_catalogue_is_refused_with_its_line(settings: Settings) -> None:
    catalog = settings.project / "data" / "catalog.ttl"
    append(catalog, "\ncatalog:dataset dcterms:title .\n")
    with pytest.raises(TurtleError) as caught:
        build(settings)
    assert caught.value.said("ja").startswith(f"data/catalog.ttl:{last_line(catalog)}:")


def test_everything_that_was_read_is_in_the_release(settings: Settings) -> None:
    build(settings)
    store = current(settings.releases).store
    town = ox.NamedNode(IRIS.thing("town", "992020"))
    assert sorted(str(quad.object) for quad in store.quads_for_pattern(town, None, None)) == [
        '"992020"',
        '"Hama"@en',
        '"ハママチ"@ja-hrkt',
        '"浜町"@ja',
        f"<{IRIS.of('ontology#Town')}>",
    ]
