"""`lodpub link`: from a file to files, a summary in both languages, and exit codes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publish.cli.main import main
from publish.release.release import Release
from publish.tables.grid import Limits

TABLE = "市区町村名,人口\n函館市,1\n泊村,2\n青森市,3\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "表.csv"
    path.write_text(TABLE, "utf-8")
    return path


def run(release: Release, *arguments: str | Path) -> Result:
    releases = release.path.parent
    return CliRunner().invoke(main, ["link", *map(str, arguments), "--releases", str(releases)])


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_linked_csv_goes_to_standard_output_and_all_else_to_standard_error(
    release: Release, table: Path
) -> None:
    result = run(release, table)
    assert result.exit_code == 0
    header, *found = rows(result.stdout)
    assert header[:3] == ["市区町村名", "人口", "リンク先URI"]
    assert [row[2].rpartition("/")[2] for row in found] == ["012025", "", ""]
    assert (
        "3行のうち、結び付いた行 1、要確認 1、合うもののない行 1。 / "
        "3 rows: 1 linked, 1 to review, 1 without a match." in result.stderr
    )
    assert "要確認 3行目：" in result.stderr
    assert "市区町村などの名称：「市区町村名」（推奨データセットの項目）" in result.stderr


def test_one_language_is_used_throughout_if_it_is_chosen(release: Release, table: Path) -> None:
    result = run(release, table, "--lang", "en")
    assert rows(result.stdout)[0][2] == "link_uri"
    assert "3 rows: 1 linked" in result.stderr
    assert "行のうち" not in result.stderr


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("北海道勇払郡鵡川町花園1丁目", 1),
        ("北海道虻田郡虻田町字本町", 1),
        ("札幌市〓区北1条", 1),
        ("北海道勇払郡\ue000川町1", 1),
        ("北海道札幌市江別市", 1),
        ("札幌市中央区北3条西6丁目", 0),
        ("函館市若松町", 0),
        ("北海道庁", 0),
    ],
)
def test_strict_is_for_addresses_that_are_not_understood_too(
    release: Release, tmp_path: Path, address: str, code: int
) -> None:
    table = tmp_path / "住所.csv"
    table.write_text(f"住所\n{address}\n", "utf-8")
    assert run(release, table, "--strict").exit_code == code


def test_rows_to_review_are_an_error_only_if_that_is_wanted(
    release: Release, table: Path, tmp_path: Path
) -> None:
    assert run(release, table, "--strict").exit_code == 1
    fine = tmp_path / "fine.csv"
    fine.write_text("市区町村名\n函館市\n青森市\n", "utf-8")
    assert run(release, fine, "--strict").exit_code == 0


def test_a_directory_gets_everything(release: Release, table: Path, tmp_path: Path) -> None:
    result = run(release, table, "--output", tmp_path / "out", "--code", "人口", "--lang", "ja")
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "表.linked.context.jsonld",
        "表.linked.csv",
        "表.linked.csv-metadata.json",
        "表.linked.excel.csv",
        "表.linked.ttl",
        "表.linked.xlsx",
    ]
    assert result.stdout == ""
    assert "表.linked.ttl に書き出しました。" in result.stderr


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.csv", "市区町村名,".encode()),
        ("a.excel.csv", b"\xef\xbb\xbf"),
        ("a.xlsx", b"PK"),
        ("a.zip", b"PK"),
        ("a.ttl", b"PREFIX"),
        ("a.context.jsonld", b"{"),
    ],
)
def test_the_name_of_the_output_says_its_form(
    release: Release, table: Path, tmp_path: Path, name: str, start: bytes
) -> None:
    assert run(release, table, "--output", tmp_path / name).exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_form_that_no_name_tells_is_asked_for(
    release: Release, table: Path, tmp_path: Path
) -> None:
    result = run(release, table, "--output", tmp_path / "a.doc")
    assert result.exit_code == 1
    assert "--format" in result.stderr
    assert run(release, table, "--output", tmp_path / "a.doc", "--format", "ttl").exit_code == 0


def test_columns_types_subjects_and_relations_can_be_said(release: Release, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("どこ,何,番\n後志,泊村,7\n".encode("cp932"))
    result = run(
        release, path, "--within", "どこ", "--name", "何", "--type", "municipality",
        "--subject", "https://example.jp/{番}", "--relation", "subject", "--format", "ttl",
        "--encoding", "shift_jis",
    )  # fmt: skip
    assert result.exit_code == 0
    assert "<https://example.jp/7> dcterms:subject <" in result.stdout
    assert "/id/municipality/014036> ." in result.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--name", "無"], "見出し「無」の列がありません"),
        (["--type", "planet"], 'There is no type "planet"'),
        (["--sheet", "x"], ""),
    ],
)
def test_what_cannot_be_is_said_in_both_languages(
    release: Release, table: Path, options: list[str], said: str
) -> None:
    result = run(release, table, *options)
    assert result.exit_code == (1 if said else 0)
    assert said in result.stderr


def test_a_file_over_fifty_megabytes_is_not_even_read(release: Release, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(Limits().bytes + 1)
    result = run(release, path)
    assert result.exit_code == 1
    assert "ファイルが大きすぎます（上限 50 MB）。" in result.stderr


def test_old_excel_files_are_refused_with_what_to_do(release: Release, tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512)
    result = run(release, path)
    assert result.exit_code == 1
    assert "Excelの古い形式（.xls）" in result.stderr
    assert "save it as Excel workbook (.xlsx) or CSV" in result.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("市区町村名,備考\n,\n函館市,x\n,\n", "値のない行を2行、飛ばしました（2、4行目）"),
        ("sep=;\n市区町村名;備考\n函館市;x\n", "1行目の「sep=」は、区切り文字の指定"),
        ("市区町村名,備考\n市町村名,備考\n函館市,x\n", "2行目は、見出しの繰返しか"),
        ("市区町村名,備考\n函館市,#REF!\n", "2行目「備考」：「#REF!」は表計算ソフトのエラー表示"),
        ("市区町村名,備考\n函館市,\ue000\n", "2行目「備考」：外字"),
    ],
)
def test_dirt_is_told_and_fails_nothing(
    release: Release, tmp_path: Path, content: str, said: str
) -> None:
    table = tmp_path / "dirty.csv"
    table.write_text(content, "utf-8")
    result = run(release, table, "--lang", "ja")
    assert result.exit_code == 0
    assert said in result.stderr
    assert "函館市" in result.stdout
