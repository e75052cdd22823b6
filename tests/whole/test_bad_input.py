"""Bad input through the real command: one clear message, exit code 1, the release stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publish.cli.main import main
from publish.release.manifest import Manifest
from publish.settings import Settings
from server import create_app
from tests.support.projects import BASE, append, edit
from tests.support.real import ROOT

PLANS = Path("data/source.plans.ttl")
TOWNS = Path("data/towns.csv")
SHAPES = ("prefixes.ttl", "local-government-code.ttl")
DIGIT_JA = "全国地方公共団体コードの検査数字（6桁目）が合いません。コードの写し間違いがないか確かめてください。"
DIGIT_EN = (
    "The check digit (the sixth) of the local government code is wrong. "
    "See whether the code was miscopied."
)


@pytest.fixture
def project(kasumi: Path, tmp_path: Path) -> Path:
    """A project with a current release."""
    return Path(shutil.copytree(kasumi, tmp_path / "project", symlinks=True))


def _build(project: Path, *options: str) -> Result:
    command = ["build", "--project", str(project), "--base", BASE]
    return CliRunner().invoke(main, [*command, "--releases", str(project / "releases"), *options])


def _state(releases: Path) -> tuple[str, list[str], bytes]:
    current = releases / "current"
    names = sorted(path.name for path in releases.iterdir())
    return os.readlink(current), names, (current / "manifest.json").read_bytes()


def _refused(project: Path, break_it: Callable[[Path], object]) -> list[str]:
    """Build, break the project and return the lines that the next build says."""
    before = _state(project / "releases")
    break_it(project)
    result = _build(project)
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert _state(project / "releases") == before
    return result.stderr.splitlines()


def test_broken_turtle(project: Path) -> None:
    said = _refused(project, lambda p: edit(p / PLANS, "kv:times 3 ;", "kv:times 3"))
    assert said == [
        "data/source.plans.ttl:23:5: Turtleの構文に誤りがあります"
        "（A dot is expected at the end of statements）。"
        ' → この行とその直前の行の「;」「.」「<」「"」の閉じ忘れを確かめてください。',
        "data/source.plans.ttl:23:5: Turtle syntax error"
        " (A dot is expected at the end of statements)."
        ' → Look for a missing ";", ".", ">" or "\\"" on this line and the one before.',
    ]


def test_a_wrong_csv_header(project: Path) -> None:
    said = _refused(project, lambda p: edit(p / TOWNS, "name_kana", "読み"))
    place, remedy = "data/towns.csv:1: ", "data/towns.csv-metadata.json"
    assert said == [
        f"{place}列「name_kana」がありません。 → この行の見出しを {remedy} の列名に合わせてください。",
        f"{place}列「読み」は説明にない列です。 → この行の見出しを {remedy} の列名に合わせてください。",
        f'{place}Column "name_kana" is missing.'
        f" → Make the headings on this line agree with the column names in {remedy}.",
        f'{place}Column "読み" is not described.'
        f" → Make the headings on this line agree with the column names in {remedy}.",
    ]


def test_a_missing_column(project: Path) -> None:
    content = "code,name_ja,name_en,wikidata\n992011,霞市,Kasumi,\n992020,浜町,Hama,\n"
    ja, en = _refused(project, lambda p: _write(p / TOWNS, content.encode()))
    assert ja.startswith("data/towns.csv:1: 列「name_kana」がありません。 → ")
    assert en.startswith('data/towns.csv:1: Column "name_kana" is missing. → ')


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def test_a_duplicate_key(project: Path) -> None:
    row = "992011,霞市,カスミシ,Kasumi,\n"
    assert _refused(project, lambda p: append(p / TOWNS, row)) == [
        "data/towns.csv:4:code: キー「992011」が2行目と重複しています。"
        " → どちらかの行を直すか削除してください。",
        'data/towns.csv:4:code: Key "992011" repeats line 2. → Correct or remove one of the rows.',
    ]


@pytest.fixture
def real(kasumi: Path, tmp_path: Path) -> Path:
    """This repository's data with the shapes of the codes, and a current release."""
    project = tmp_path / "real"
    for part in ("data", "ontology"):
        shutil.copytree(ROOT / part, project / part)
    (project / "shapes").mkdir()
    for name in SHAPES:
        shutil.copy(ROOT / "shapes" / name, project / "shapes" / name)
    shutil.copytree(kasumi / "releases", project / "releases", symlinks=True)
    return project


def test_a_bad_check_digit(real: Path) -> None:
    table = real / "data" / "municipalities.csv"
    rows = table.read_text("utf-8").splitlines()
    good = rows[-1].split(",")[0]
    bad = good[:5] + str((int(good[5]) + 1) % 10)
    said = _refused(real, lambda _: table.write_text(table.read_text("utf-8").replace(good, bad)))
    place = f"data/municipalities.csv:{len(rows)}:lg_code: "
    value = f"{BASE}id/municipality/{bad}"
    assert said == [f"{place}{DIGIT_JA}［{value}］", f"{place}{DIGIT_EN} [{value}]"]


def test_an_unknown_code(project: Path) -> None:
    assert _refused(project, lambda p: edit(p / PLANS, "town:992011", "town:992038")) == [
        "data/source.plans.ttl:13: 参照先「id/town/992038」はどこにも記述されていません。"
        " → キーの綴りを確かめるか、その記述を追加してください。",
        'data/source.plans.ttl:13: "id/town/992038" is referred to but described nowhere.'
        " → Check the key's spelling, or add its description.",
    ]


def test_a_shift_jis_table_from_excel(project: Path) -> None:
    content = (project / TOWNS).read_text("utf-8").replace("\n", "\r\n").encode("cp932")
    assert _refused(project, lambda p: _write(p / TOWNS, content)) == [
        "data/towns.csv:2: 文字コードがUTF-8ではなく、Shift_JIS（Excelの標準のCSV）のようです。"
        " → Excelでは「CSV UTF-8（コンマ区切り）」を選んで保存し直してください。",
        "data/towns.csv:2: The file is not UTF-8 but looks like Shift_JIS (Excel's usual CSV)."
        ' → In Excel, save it again as "CSV UTF-8 (Comma delimited)".',
    ]


def test_an_unknown_term_of_our_own(project: Path) -> None:
    assert _refused(project, lambda p: edit(p / PLANS, "kv:times 3", "kv:tmies 3")) == [
        "data/source.plans.ttl:22: 語彙にない用語「ontology#tmies」です。"
        " → 綴りを確かめるか、ontology/ にその用語を定義してください。",
        'data/source.plans.ttl:22: Undeclared term "ontology#tmies".'
        " → Check its spelling, or define the term in ontology/.",
    ]


def test_a_dangling_iri(project: Path) -> None:
    editorial = Path("data/editorial.plans.ttl")
    said = _refused(project, lambda p: edit(p / editorial, "topic:robotics", "topic:robots"))
    assert said == [
        "data/editorial.plans.ttl:14: 参照先「id/topic/robots」はどこにも記述されていません。"
        " → 書き誤りでないか確かめてください（近いもの：「id/topic/robotics」"
        "（ロボット ontology/codelists.ttl:15））。新しいものであれば、その記述を追加してください。",
        'data/editorial.plans.ttl:14: "id/topic/robots" is referred to but described nowhere.'
        ' → See whether it is miscopied (near to it: "id/topic/robotics" '
        "(robotics ontology/codelists.ttl:15)). If it is new, add its description.",
    ]


def test_a_dangling_iri_in_the_catalogue(project: Path) -> None:
    more = "\ncatalog:dataset dcterms:creator <id/organization/nobody> .\n"
    ja, en = _refused(project, lambda p: append(p / "data/catalog.ttl", more))
    assert ja.startswith("data/catalog.ttl:93: カタログの参照先「id/organization/nobody」は")
    assert en.startswith('data/catalog.ttl:93: The catalogue refers to "id/organization/nobody"')


def test_a_relative_iri_that_escapes_the_base(project: Path) -> None:
    said = _refused(project, lambda p: edit(p / PLANS, "town:992011", "<../town/992011>"))
    assert said == [
        "data/source.plans.ttl:13: 相対IRI「/a/b/town/992011」が公開URLの外を指しています。"
        " → 先頭の「/」や「..」を除き、id/… の形で書いてください。",
        'data/source.plans.ttl:13: Relative IRI "/a/b/town/992011" leaves the base.'
        ' → Remove the leading "/" or ".." and write it as id/….',
    ]


def test_a_blank_node(project: Path) -> None:
    blank = "[ kv:times 3 ]"
    assert _refused(project, lambda p: edit(p / PLANS, "town:992011", blank)) == [
        "data/source.plans.ttl:13: 空白ノードは使えません。"
        " → 「[ ]」「_:」「( )」をやめ、そのものにIRIを付けてください。",
        "data/source.plans.ttl:13: Blank nodes are not allowed."
        ' → Give the thing an IRI instead of "[ ]", "_:" or "( )".',
    ]


def test_data_that_break_a_shape(project: Path) -> None:
    assert _refused(project, lambda p: edit(p / PLANS, "kv:times 3", 'kv:times "三回"')) == [
        "data/source.plans.ttl:22: 回数は1以上の整数です（今の値：三回）。",
        "data/source.plans.ttl:22: The number of times is a whole number from 1 (now: 三回).",
    ]


def test_a_broken_shape(project: Path) -> None:
    ja, en = _refused(
        project, lambda p: edit(p / "shapes/plan.ttl", "sh:minCount 2", 'sh:minCount "二"')
    )
    assert ja.startswith("shapes/: 形状定義が使えません（")
    assert en.startswith("shapes/: The shapes cannot be used (")


def test_a_directory_that_is_no_project(project: Path) -> None:
    said = _refused(project, lambda p: shutil.rmtree(p / "ontology"))
    assert said[0].startswith("ontology がありません。 → ")
    assert said[1].startswith("ontology is missing. → ")


@pytest.mark.parametrize(("language", "line"), [("ja", 0), ("en", 1)])
def test_the_message_can_be_had_in_one_language(project: Path, language: str, line: int) -> None:
    both = _refused(project, lambda p: edit(p / PLANS, "kv:times 3", "kv:tmies 3"))
    assert _build(project, "--lang", language).stderr.splitlines() == [both[line]]


def test_the_current_release_is_served_all_the_same(project: Path) -> None:
    client = create_app(Settings(releases=project / "releases")).test_client()
    _refused(project, lambda p: edit(p / PLANS, '"「遠隔見守り」の推進"@ja', '"除雪"'))
    answer = client.get("/lod/doc/plan/remote-care.nt")
    assert answer.status_code == 200
    assert '"「遠隔見守り」の推進"@ja' in answer.text


def test_once_mended_the_project_is_built_again(project: Path) -> None:
    _refused(project, lambda p: edit(p / PLANS, "kv:times 3", "kv:tmies 3"))
    edit(project / PLANS, "kv:tmies 3", "kv:times 4")
    before = os.readlink(project / "releases" / "current")
    assert _build(project).exit_code == 0
    assert os.readlink(project / "releases" / "current") != before
    assert Manifest.read(project / "releases" / "current").triples == 97


def test_the_installed_command_says_it_without_a_traceback(project: Path) -> None:
    append(project / PLANS, "\n[] a kv:Plan .\n")
    done = subprocess.run(
        [sys.executable, "-m", "publish", "build", "--project", str(project)],
        env={"PATH": os.environ["PATH"], "LODPUB_RELEASES": str(project / "releases")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert [line.partition(" → ")[0] for line in done.stderr.splitlines()] == [
        "data/source.plans.ttl:25: 空白ノードは使えません。",
        "data/source.plans.ttl:25: Blank nodes are not allowed.",
    ]
