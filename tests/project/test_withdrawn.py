"""Things that were published and are no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.build import build
from publish.errors import GraphError, TableError
from publish.i18n import Text
from publish.project.withdrawn import Withdrawal, as_json, read, read_source
from publish.release.release import current
from tests.support.projects import IRIS, append, edit, settings_for, write_project

OLD_CARE = Withdrawal(
    type="plan",
    key="old-care",
    date="2031-04-01",
    reason_ja="「遠隔見守り」に統合",
    reason_en="merged into “remote care”",
    successor="plan/remote-care",
)
UNREPLACED = Withdrawal("town", "992099", "2031-04-01", "誤って登録", "entered by mistake", "")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


def test_rows_of_the_table_are_withdrawals(project: Path) -> None:
    assert read_source(project) == {("plan", "old-care"): OLD_CARE}


def test_a_project_without_the_table_has_withdrawn_nothing(project: Path) -> None:
    (project / "data" / "withdrawn.csv").unlink()
    assert read_source(project) == {}


def test_a_table_with_a_header_only_has_withdrawn_nothing(project: Path) -> None:
    table = project / "data" / "withdrawn.csv"
    table.write_text("type,key,date,reason_ja,reason_en,successor\n", "utf-8")
    assert read_source(project) == {}


def test_the_reason_exists_in_both_languages() -> None:
    assert OLD_CARE.reason == Text("「遠隔見守り」に統合", "merged into “remote care”")


def test_the_successor_has_an_iri_if_there_is_one() -> None:
    assert OLD_CARE.successor_iri(IRIS) == "https://data.example.jp/lod/id/plan/remote-care"
    assert UNREPLACED.successor_iri(IRIS) is None


def test_the_release_remembers_what_was_withdrawn(project: Path) -> None:
    append(
        project / "data" / "withdrawn.csv",
        "town,992099,2031-04-01,誤って登録,entered by mistake,\n",
    )
    settings = settings_for(project)
    build(settings)
    assert current(settings.releases).withdrawn == {
        ("plan", "old-care"): OLD_CARE,
        ("town", "992099"): UNREPLACED,
    }


def test_the_file_is_readable_and_sorted(tmp_path: Path) -> None:
    withdrawals = {("town", "992099"): UNREPLACED, ("plan", "old-care"): OLD_CARE}
    text = as_json(withdrawals)
    assert text.index("old-care") < text.index("992099")
    assert "「遠隔見守り」に統合" in text
    (tmp_path / "withdrawn.json").write_text(text, "utf-8")
    assert read(tmp_path) == withdrawals


def test_a_row_without_a_date_is_refused(project: Path) -> None:
    append(project / "data" / "withdrawn.csv", "town,992099,,誤って登録,entered by mistake,\n")
    with pytest.raises(TableError) as caught:
        read_source(project)
    assert caught.value.said("ja").startswith("data/withdrawn.csv:3:date: ")


def test_a_table_whose_description_lacks_a_column_is_refused(project: Path) -> None:
    description = project / "data" / "withdrawn.csv-metadata.json"
    edit(description, '{"name": "reason_en", "required": true, "lang": "en"},', "")
    edit(project / "data" / "withdrawn.csv", "reason_ja,reason_en", "reason_ja")
    edit(project / "data" / "withdrawn.csv", ",merged into “remote care”", "")
    with pytest.raises(TableError) as caught:
        read_source(project)
    assert caught.value.said("en").startswith(
        'data/withdrawn.csv-metadata.json: Column "reason_en" is missing.'
    )


def test_a_column_of_ones_own_does_no_harm(project: Path) -> None:
    description = project / "data" / "withdrawn.csv-metadata.json"
    edit(
        description,
        '{"name": "successor", "datatype": "string"}',
        '{"name": "successor", "datatype": "string"}, {"name": "note", "datatype": "string"}',
    )
    edit(project / "data" / "withdrawn.csv", "reason_en,successor", "reason_en,successor,note")
    edit(project / "data" / "withdrawn.csv", "plan/remote-care", "plan/remote-care,内部メモ")
    assert read_source(project) == {("plan", "old-care"): OLD_CARE}


def test_a_withdrawn_thing_that_is_still_described_stops_the_build(project: Path) -> None:
    append(
        project / "data" / "withdrawn.csv",
        "plan,snow-robots,2031-04-01,終了,ended,plan/remote-care\n",
    )
    with pytest.raises(GraphError) as caught:
        build(settings_for(project))
    assert caught.value.said("ja") == (
        "data/withdrawn.csv: 取り下げた「plan/snow-robots」がまだ記述されています。"
        " → データから削除するか、この行を削除してください。"
    )


def test_a_successor_that_does_not_exist_stops_the_build(project: Path) -> None:
    edit(project / "data" / "withdrawn.csv", "plan/remote-care", "plan/no-such-plan")
    with pytest.raises(GraphError, match='The successor "plan/no-such-plan" is described nowhere'):
        build(settings_for(project))
