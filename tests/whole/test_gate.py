"""Wrong statements in the data of this repository, through the real command: each is refused.

For each kind: what is put wrong in which file, and what is said of it. What the shapes find is told by one
run, and so is what is found before them.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from publish.cli.main import main
from tests.support.real import BASE, ROOT

SOURCE, EDITORIAL = "data/source.initiatives.ttl", "data/editorial.initiatives.ttl"
DOCUMENT, TOWNS = "data/source.document.ttl", "data/municipalities.csv"


@dataclass(frozen=True)
class Fault:
    """What is replaced the first time that it is found, and what must be said of it, in that file."""

    file: str
    pattern: str
    wrong: str
    said: str


BY_SHAPES = {
    "a name that is not verbatim": Fault(
        SOURCE,
        "遠隔医療の推進",
        "遠隔医療の促進",
        "取組の名称が、出典に印字された名称と一致しません",
    ),
    "two initiatives of one name": Fault(
        EDITORIAL,
        r"(initiative:smart-forestry\n    skos:prefLabel )\"[^\"]*\"(?=@en)",
        r'\1"{taken}"',
        "同じ名称の取組がほかにもあります",
    ),
    "a passage of another initiative": Fault(
        SOURCE,
        r"(activity:venison-tasting-at-camp-sites a[^.]*2021-)129",
        r"\g<1>133",
        "実施内容の出典箇所が、属する取組の下にある箇所ではありません",
    ),
    "an activity in another region": Fault(
        SOURCE,
        r"(activity:publicise-sorachi-attractions a[^.]*region:)sorachi",
        r"\1iburi",
        "実施内容の地域が、属する取組の地域と異なります",
    ),
    "a bureau of another region": Fault(
        SOURCE,
        r"(initiative:ishikari-post-covid a[^.]*organization:)ishikari-bureau",
        r"\1iburi-bureau",
        "実施主体が、別の地域を所管する組織です",
    ),
    "a date that is not printed": Fault(
        SOURCE, r"\"R2\.10\"", '"R3.10"', "日付が原表記（s5:originalNotation）の年月と合いません"
    ),
    "a quantity that is not printed": Fault(
        SOURCE,
        "R2年度：５回",
        "R2年度：６回",
        "数量が原表記（s5:originalNotation）の数と合いません",
    ),
}
BEFORE = {
    "a month that does not exist": Fault(
        DOCUMENT, "2021-03(?=\")", "2021-13", "「2021-13」は、データ型 xsd:gYearMonth の値ではありません"
    ),
    "a term that does not exist": Fault(
        SOURCE, r"(?<=    )dcterms:isPartOf", "dcterms:isPartof", "「dcterms:isPartof」という用語は"
    ),
    "Japanese as English": Fault(
        EDITORIAL,
        r"(initiative:smart-forestry\n    skos:prefLabel )\"[^\"]*\"(?=@en)",
        r'\1"スマート林業の構築"',
        "英語（@en）とされた文字列「スマート林業の構築」が日本語です",
    ),
    "English as Japanese": Fault(
        EDITORIAL,
        r"(activity:primary-industry-technology-trials\n    skos:prefLabel )\"[^\"]*\"(?=@ja)",
        r'\1"Trials of advanced technology"',
        "日本語（@ja）とされた文字列「Trials of advanced technology」が英語です",
    ),
    "a municipality in another region": Fault(
        TOWNS, "(012033,.*?,)shiribeshi", r"\1iburi", "その位置は「後志地域」の中です"
    ),
}  # fmt: skip
ALONE = {
    "latitude and longitude swapped": Fault(
        TOWNS, "43.15035,141.03422", "141.03422,43.15035", "緯度と経度が入れ替わっています"
    ),
    "one item for two municipalities": Fault(
        TOWNS, "Q242108", "Q37951", "が、別々のもの（id/municipality/011002, id/municipality/012033）と同じだ"
    ),
}  # fmt: skip


def refused(directory: Path, faults: dict[str, Fault]) -> list[str]:
    """Put the faults into a copy of this repository's data, and return what validation says."""
    project = directory / "project"
    for name in ("data", "ontology", "shapes"):
        shutil.copytree(ROOT / name, project / name)
    taken = re.search(
        r"initiative:kelp-automation\n    skos:prefLabel \"([^\"]*)\"@en",
        (project / EDITORIAL).read_text("utf-8"),
    )
    assert taken
    for name, fault in faults.items():
        path = project / fault.file
        text = path.read_text("utf-8")
        wrong = fault.wrong.replace("{taken}", taken[1])
        changed = re.sub(fault.pattern, wrong, text, count=1)
        assert changed != text, name
        path.write_text(changed, "utf-8")
    command = ["validate", "--project", str(project), "--base", BASE, "--lang", "ja"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1, result.output
    return result.output.splitlines()


def at_fault(lines: list[str], fault: Fault) -> list[str]:
    """Return the lines that tell of a fault, with the file and a line of it."""
    return [
        line
        for line in lines
        if fault.said in line and re.match(rf"{re.escape(fault.file)}:\d+", line)
    ]


@pytest.fixture(scope="module")
def found_by_shapes(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return refused(tmp_path_factory.mktemp("shapes"), BY_SHAPES)


@pytest.fixture(scope="module")
def found_before(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return refused(tmp_path_factory.mktemp("before"), BEFORE)


@pytest.mark.parametrize("name", BY_SHAPES)
def test_the_shapes_refuse(found_by_shapes: list[str], name: str) -> None:
    assert len(at_fault(found_by_shapes, BY_SHAPES[name])) == 1, found_by_shapes


@pytest.mark.parametrize("name", BEFORE)
def test_it_is_refused_before_the_shapes_are_asked(found_before: list[str], name: str) -> None:
    assert len(at_fault(found_before, BEFORE[name])) == 1, found_before
    assert len(found_before) == len(BEFORE)


@pytest.mark.parametrize("name", ALONE)
def test_it_is_refused_alone(tmp_path: Path, name: str) -> None:
    lines = refused(tmp_path, {name: ALONE[name]})
    assert len(at_fault(lines, ALONE[name])) == len(lines) == 1, lines
