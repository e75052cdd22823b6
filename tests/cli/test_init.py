"""`lodpub init`: a new project by one command, and what it says when it cannot make one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publish.browse.vocabulary import read_vocabulary
from publish.build import build
from publish.cli.main import main
from publish.formats import TURTLE
from publish.release.release import Release, current
from publish.settings import Settings
from tests.support.projects import BASE, edit
from tests.support.published import PUBLIC
from tests.support.real import ROOT

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龯]")
#: A municipality that somebody else publishes.
TOWN = f"{BASE}id/town/992011"


@pytest.fixture(scope="module")
def ontology(public_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our vocabulary as it is downloaded from our site."""
    quads = read_vocabulary(public_release.store, public_release.iris).quads()
    path = tmp_path_factory.mktemp("ontology") / "ontology.ttl"
    path.write_bytes(public_release.serialiser.write(quads, TURTLE))
    return path


def run(*arguments: str | Path, releases: Path | str) -> Result:
    return CliRunner().invoke(
        main, ["init", *map(str, arguments)], env={"LODPUB_RELEASES": str(releases)}
    )


def text(project: Path, name: str) -> str:
    return (project / name).read_text("utf-8")


# -- What is made ------------------------------------------------------------------------------


def test_a_release_at_hand_is_all_that_is_needed(public_release: Release, tmp_path: Path) -> None:
    made = run(tmp_path / "city", releases=public_release.path.parent)
    assert made.exit_code == 0, made.output
    assert f"{tmp_path / 'city'} に作りました" in made.stdout
    assert f"Made {tmp_path / 'city'}" in made.stdout
    assert made.stderr == ""
    assert f"{PUBLIC}id/municipality/{{code}}" in text(
        tmp_path / "city", "data/facilities.csv-metadata.json"
    )
    assert f"PREFIX s5: <{PUBLIC}ontology#>" in text(tmp_path / "city", "shapes/linkset.ttl")
    assert "札幌市の公共施設" in text(tmp_path / "city", "data/catalog.ttl")
    assert 'base = "http://localhost:8001/"' in text(tmp_path / "city", "lodpub.toml")


@pytest.mark.parametrize(
    "base",
    [
        "http://localhost:8301/",
        "http://127.0.0.1:8301/lod/",
        "https://lod.example.jp/hakodate/",
        "http://[::1]:8301/",
        "https://lod.example.jp/a$b'c(d)/",
    ],
)
def test_what_was_made_is_built_without_another_word_of_its_base(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base: str
) -> None:
    given = ("--municipality", "012025", "--base", base)
    assert run(tmp_path / "city", *given, releases=release.path.parent).exit_code == 0
    monkeypatch.chdir(tmp_path / "city")
    made = CliRunner().invoke(main, ["build"])
    assert made.exit_code == 0, made.output
    assert current(tmp_path / "city" / "releases").manifest.base == base


def test_names_and_place_can_be_given(public_release: Release, tmp_path: Path) -> None:
    given = ("--title-ja", "施設 の\n一覧", "--title-en", "Facilities", "--publisher-ja", "函館市 総務部",
             "--publisher-en", "General affairs", "--municipality", "01202", "--prefecture", "1",
             "--base", "https://lod.example.jp/hakodate/")  # fmt: skip
    made = run(tmp_path / "city", *given, "--lang", "en", releases=public_release.path.parent)
    assert made.exit_code == 0, made.output
    assert not JAPANESE.search(made.output)
    catalog = text(tmp_path / "city", "data/catalog.ttl")
    assert 'dcterms:title "施設 の 一覧"@ja , "Facilities"@en' in catalog
    assert 'foaf:name "函館市 総務部"@ja , "General affairs"@en' in catalog
    assert 'skos:prefLabel "函館市"@ja , "Hakodate"@en' in catalog
    assert "https://lod.example.jp/hakodate/" in text(tmp_path / "city", "README.md")
    assert "012025,0001,函館市," in text(tmp_path / "city", "data/facilities.csv")


def test_without_a_release_a_file_and_an_iri_do(ontology: Path, tmp_path: Path) -> None:
    given = ("--ontology", ontology, "--municipality", TOWN)
    made = run(tmp_path / "city", *given, releases=tmp_path / "none")
    assert made.exit_code == 0, made.output
    assert made.stderr == ""
    assert text(tmp_path / "city", "ontology/shared.ttl") == ontology.read_text("utf-8")
    metadata = text(tmp_path / "city", "data/facilities.csv-metadata.json")
    assert f"{BASE}id/town/{{code}}" in metadata
    assert "（公開者の名称）" in text(tmp_path / "city", "data/catalog.ttl")
    assert "Public facilities" in text(tmp_path / "city", "data/catalog.ttl")


def test_a_vocabulary_that_is_only_named_is_noted_to_be_unchecked(tmp_path: Path) -> None:
    given = ("--ontology", f"{PUBLIC}ontology", "--municipality", TOWN)
    made = run(tmp_path / "city", *given, releases=tmp_path / "none")
    assert made.exit_code == 0, made.output
    assert "用語の綴りは確かめられません" in made.stderr
    assert "ontology/shared.ttl" in made.stderr
    assert not (tmp_path / "city" / "ontology" / "shared.ttl").exists()


def test_a_preview_is_noted_to_be_one(release: Release, tmp_path: Path) -> None:
    made = run(tmp_path / "city", "--lang", "ja", releases=release.path.parent)
    assert made.exit_code == 0, made.output
    assert "手元でのプレビューのもの" in made.stderr


def test_a_project_passes_on_the_vocabulary_that_it_borrowed(
    public_release: Release, tmp_path: Path
) -> None:
    releases = public_release.path.parent
    assert run(tmp_path / "one", releases=releases).exit_code == 0
    build(Settings(base=BASE, project=tmp_path / "one", releases=tmp_path / "releases"))
    made = run(
        tmp_path / "two",
        "--municipality",
        TOWN.replace("lod/", "other/"),
        releases=tmp_path / "releases",
    )
    assert made.exit_code == 0, made.output
    copies = [text(tmp_path / name, "ontology/shared.ttl") for name in ("one", "two")]
    assert copies[0] == copies[1]


# -- What is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "code", "ja", "en"),
    [
        (("--base", "lod.example.jp"), 2, "公開URL", "base"),
        (("--base", PUBLIC), 2, "使わせてもらう", "data to share"),
        (("--municipality", "172014"), 2, "市町村「172014」はありません", 'no municipality "172014"'),
        (("--municipality", "012024"), 1, "012025", "012025"),
        (("--municipality", f"{BASE}id/town/kasumi"), 2, "6桁のコードではありません", "no six-digit code"),
        (("--prefecture", "17"), 2, "市町村「17…」はありません", 'no municipality "17…"'),
        (("--prefecture", "17", "--municipality", TOWN), 2, "都道府県 17 にありません", "not in prefecture 17"),
        (("--ontology", "https://t.example/a b"), 2, "IRIではありません", "no IRI"),
        (("--ontology", str(ROOT / "ontology" / "society5.ttl")), 1, "相対IRI", "relative IRIs"),
        (("--ontology", "nowhere.ttl"), 1, "読み書きできません", "Cannot read"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_leaves_nothing_and_says_why(
    public_release: Release, tmp_path: Path, given: tuple[str, ...], code: int, ja: str, en: str
) -> None:
    made = run(tmp_path / "city", *given, releases=public_release.path.parent)
    assert made.exit_code == code, made.output
    assert ja in made.stderr
    assert en in made.stderr
    assert "→" in made.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "option"),
    [((), "--ontology"), (("--ontology", f"{PUBLIC}ontology"), "--municipality")],
)
def test_without_a_release_it_says_what_to_give(
    tmp_path: Path, given: tuple[str, ...], option: str
) -> None:
    made = run(tmp_path / "city", *given, releases=tmp_path / "none")
    assert made.exit_code == 2
    assert f"手元にリリースがないため、{option} が必要です" in made.stderr


def test_the_vocabulary_of_another_kind_of_project_is_refused(kasumi: Path, tmp_path: Path) -> None:
    made = run(tmp_path / "city", releases=kasumi / "releases")
    assert made.exit_code == 1
    assert "confidence, linkMethod" in made.stderr


def test_a_directory_in_use_is_left_as_it_is(public_release: Release, tmp_path: Path) -> None:
    (tmp_path / "city").mkdir()
    (tmp_path / "city" / ".git").mkdir()
    made = run(tmp_path / "city", releases=public_release.path.parent)
    assert made.exit_code == 1
    assert "空のディレクトリではありません" in made.stderr
    assert [path.name for path in (tmp_path / "city").iterdir()] == [".git"]


# -- The first mistakes ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fresh(ontology: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("fresh") / "city"
    given = ("--ontology", ontology, "--municipality", f"{PUBLIC}id/municipality/012025")
    assert run(project, *given, releases="none").exit_code == 0
    return project


@pytest.fixture
def project(fresh: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(fresh, tmp_path / "city"))


def validated(project: Path, *more: str | Path) -> Result:
    options = ["--project", str(project), "--base", "http://127.0.0.1:8001/", *map(str, more)]
    return CliRunner().invoke(main, ["validate", *options])


def told(project: Path) -> list[tuple[str, ...]]:
    """Return the messages that both READMEs tell of, cut at what varies, each in both languages."""
    rows = [
        [
            tuple(re.split(" ?… ?", row))
            for row in re.findall(r"^\| ([^|]*…?[^|]*) \| ", text(project, name), re.M)
        ]
        for name in ("README.ja.md", "README.md")
    ]
    return [ja + en for ja, en in zip(*(found[2:] for found in rows), strict=True)]


def _shift_jis(table: Path) -> None:
    table.write_bytes(table.read_text("utf-8").encode("cp932"))


def _lost_zero(table: Path) -> None:
    table.write_text(table.read_text("utf-8").replace("012025,0001", "12025,0001"), "utf-8")


def _miscopied(table: Path) -> None:
    table.write_text(table.read_text("utf-8").replace("012025,0001", "012026,0001"), "utf-8")


def _misspelt(table: Path) -> None:
    edit(table.with_name("links.linksets.ttl"), "s5:confidence", "s5:confidense")


def _unknown(table: Path) -> None:
    table.write_text(table.read_text("utf-8").replace("012025,0001", "172014,0001"), "utf-8")


@pytest.mark.parametrize(
    ("number", "mistake", "place"),
    [
        (0, _shift_jis, "data/facilities.csv:1:"),
        (1, _lost_zero, "data/facilities.csv:2:全国地方公共団体コード:"),
        (2, _miscopied, "data/facilities.csv:2:全国地方公共団体コード:"),
        (3, _misspelt, "data/links.linksets.ttl:22:"),
        (4, _unknown, "data/facilities.csv:2:全国地方公共団体コード:"),
    ],
)  # fmt: skip
def test_the_first_mistakes_are_told_as_the_readme_says(
    project: Path, public_release: Release, number: int, mistake: object, place: str
) -> None:
    assert callable(mistake)
    mistake(project / "data" / "facilities.csv")
    dump = public_release.path / "dump" / "all.nt.gz"
    answer = validated(project, "--against", dump)
    assert answer.exit_code == 1
    messages = told(project)
    assert len(messages) == 5
    output = answer.stdout + answer.stderr
    assert [part for part in messages[number] if part.strip('「」"[]() ') not in output] == []
    assert place in output


def test_links_to_what_is_there_are_fine(project: Path, public_release: Release) -> None:
    answer = validated(project, "--against", public_release.path / "dump" / "all.nt.gz")
    assert answer.exit_code == 0, answer.output
    assert "記入例の行が残っています" in answer.stdout


def test_building_it_twice_makes_one_release(project: Path) -> None:
    settings = Settings(base=BASE, project=project, releases=project / "releases")
    first = build(settings).manifest
    assert build(settings).manifest == first
    assert current(project / "releases").id == first.release
