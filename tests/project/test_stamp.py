"""Date and version come from the sources, together with the content they belong to."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.build import build
from publish.errors import SettingError, SourceError
from publish.project.stamp import Stamp, read_stamp, write_stamp
from tests.support.projects import IRIS, append, edit, settings_for, write_project

HASH = "1f" * 32
CATALOG = """\
# 霞県の計画データ
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX spdx: <http://spdx.org/rdf/terms#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

<catalog#dataset> dcterms:title "霞県の計画データ"@ja ;
    dcterms:issued "2031-04-01"^^xsd:date ;
    dcterms:modified "2031-04-01"^^xsd:date ;
    dcat:version "1.0.0" .

<catalog#content> a spdx:Checksum ;
    spdx:checksumValue "00"^^xsd:hexBinary .
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "catalog.ttl"
    path.parent.mkdir()
    path.write_text(CATALOG, "utf-8")
    return path


def test_the_stamp_is_read_from_the_catalogue(catalog: Path) -> None:
    assert read_stamp(catalog, IRIS) == Stamp("2031-04-01", "1.0.0", "00")


def test_what_is_missing_from_the_stamp_is_none(catalog: Path) -> None:
    catalog.write_text("", "utf-8")
    assert read_stamp(catalog, IRIS) == Stamp(None, None, None)


def test_a_written_stamp_is_read_back(catalog: Path) -> None:
    write_stamp(catalog, Stamp("2032-02-29", "1.1.0-rc.1", HASH))
    assert read_stamp(catalog, IRIS) == Stamp("2032-02-29", "1.1.0-rc.1", HASH)


def test_writing_changes_three_lines_and_no_other_byte(catalog: Path) -> None:
    write_stamp(catalog, Stamp("2032-04-01", "1.1.0", HASH))
    assert catalog.read_text("utf-8") == (
        CATALOG.replace('modified "2031-04-01"', 'modified "2032-04-01"')
        .replace('"1.0.0"', '"1.1.0"')
        .replace('"00"', f'"{HASH}"')
    )


def test_line_ends_of_windows_are_kept(catalog: Path) -> None:
    catalog.write_bytes(CATALOG.replace("\n", "\r\n").encode())
    write_stamp(catalog, Stamp("2032-04-01", "1.1.0", HASH))
    assert catalog.read_bytes().count(b"\r\n") == CATALOG.count("\n")
    assert read_stamp(catalog, IRIS) == Stamp("2032-04-01", "1.1.0", HASH)


@pytest.mark.parametrize(
    "date", ["", "2032", "2032-4-1", "20320401", "2032-02-30", "令和14年4月1日", "２０３２-04-01"]
)
def test_a_date_that_is_none_is_refused_and_nothing_is_written(catalog: Path, date: str) -> None:
    with pytest.raises(SettingError) as caught:
        write_stamp(catalog, Stamp(date, "1.1.0", HASH))
    assert caught.value.said("ja") == (
        f"--date の値「{date}」は使えません。 → 例えば 2026-04-01 と書いてください。"
    )
    assert catalog.read_text("utf-8") == CATALOG


@pytest.mark.parametrize("version", ["", "1.1 0", '1"', "第二版"])
def test_a_version_of_a_bad_form_is_refused(catalog: Path, version: str) -> None:
    with pytest.raises(SettingError, match="--version"):
        write_stamp(catalog, Stamp("2032-04-01", version, HASH))


def test_a_catalogue_without_the_line_is_explained_and_nothing_is_written(catalog: Path) -> None:
    edit(catalog, '    dcat:version "1.0.0" .', '    dcat:keyword "計画"@ja .')
    before = catalog.read_text("utf-8")
    with pytest.raises(SourceError) as caught:
        write_stamp(catalog, Stamp("2032-04-01", "1.1.0", HASH))
    assert caught.value.said("en") == (
        "data/catalog.ttl: There are 0 lines of dcat:version; exactly one is needed."
        " → Write the predicate once, on a line of its own."
    )
    assert catalog.read_text("utf-8") == before


def test_a_catalogue_with_two_such_lines_is_refused(catalog: Path) -> None:
    append(catalog, '<catalog#other>\n    dcterms:modified "2030-01-01"^^xsd:date .\n')
    with pytest.raises(SourceError, match="There are 2 lines of dcterms:modified"):
        write_stamp(catalog, Stamp("2032-04-01", "1.1.0", HASH))


def test_a_release_has_date_and_version_only_while_they_belong_to_its_content(
    tmp_path: Path,
) -> None:
    settings = settings_for(write_project(tmp_path / "kasumi"))
    unstamped = build(settings)
    assert (unstamped.is_stamped, unstamped.manifest.modified) == (False, None)

    catalog = settings.project / "data" / "catalog.ttl"
    write_stamp(catalog, Stamp("2032-04-01", "1.1.0", unstamped.manifest.content_hash))
    stamped = build(settings)
    assert (stamped.is_stamped, stamped.manifest.modified) == (True, "2032-04-01")
    assert stamped.manifest.version == "1.1.0"

    edit(settings.project / "data" / "towns.csv", "浜町", "濱町")
    changed = build(settings)
    assert (changed.is_stamped, changed.manifest.modified, changed.manifest.version) == (
        False,
        None,
        None,
    )


def test_stamping_does_not_change_the_content(tmp_path: Path) -> None:
    settings = settings_for(write_project(tmp_path / "kasumi"))
    before = build(settings).manifest
    stamp = Stamp("2032-04-01", "1.1.0", before.content_hash)
    write_stamp(settings.project / "data" / "catalog.ttl", stamp)
    after = build(settings).manifest
    assert after.content_hash == before.content_hash
    assert after.release != before.release
