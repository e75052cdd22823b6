"""publish.project.csvw: what is said of a cell suits what its column is meant to hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from publish.errors import TableError
from publish.i18n import Text
from publish.project.csvw import metadata_of, read_table
from tests.support.projects import write_project

_SAID = [
    {"@value": "面積。", "@language": "ja"},
    {"@value": "The area.", "@language": "en"},
]


def _problem(directory: Path, datatype: Any, cell: str) -> tuple[Text, Text, str]:
    """Return what is said of a cell in a column of that datatype: what, remedy, place."""
    towns = write_project(directory / "kasumi") / "data" / "towns.csv"
    described = json.loads(metadata_of(towns).read_text("utf-8"))
    described["tableSchema"]["columns"].insert(
        5,  # after the columns of the file, before the virtual ones
        {
            "name": "extra",
            "titles": {"ja": ["面積"], "en": ["Area"]},
            "dc:description": _SAID,
            "datatype": datatype,
            "suppressOutput": True,
        },
    )
    metadata_of(towns).write_text(json.dumps(described, ensure_ascii=False), "utf-8")
    header = "code,name_ja,name_kana,name_en,wikidata,extra"
    towns.write_text(f"{header}\n992011,霞市,カスミシ,Kasumi,,{cell}\n", "utf-8")
    with pytest.raises(TableError) as caught:
        read_table(towns, towns.parents[1])
    (problem,) = caught.value.problems
    return problem.what, problem.remedy, str(problem.place)


@pytest.mark.parametrize(
    ("bounds", "cell", "ja", "en"),
    [
        ({"minimum": "41", "maximum": "46"}, "91", "41以上46以下", "at least 41 and at most 46"),
        ({"minimum": "-90", "maximum": "90"}, "141.3", "-90以上90以下", "at least -90 and at most 90"),
        ({"minimum": "0"}, "-0.5", "0以上", "at least 0"),
        ({"maximum": "14"}, "15", "14以下", "at most 14"),
        ({"minimum": "139", "maximum": "149"}, "14.1", "139以上149以下", "at least 139 and at most 149"),
    ],
)  # fmt: skip
def test_a_range_is_told_as_a_range_with_its_bounds(
    tmp_path: Path, bounds: dict[str, str], cell: str, ja: str, en: str
) -> None:
    what, remedy, place = _problem(tmp_path, {"base": "decimal", **bounds}, cell)
    assert what == Text(
        f"「面積」は{ja}でなければなりません（今の値：{cell}）。",
        f"“Area” must be {en} (now: {cell}).",
    )
    assert "全角" not in remedy.ja and "先頭の0" not in remedy.ja
    assert place == "data/towns.csv:2:extra"


@pytest.mark.parametrize(
    ("base", "cell", "iso"),
    [
        ("gYearMonth", "令和2年10月", "2020-10"),
        ("gYearMonth", "R2.10", "2020-10"),
        ("gYearMonth", "2020年10月", "2020-10"),
        ("gYearMonth", "2020/10", "2020-10"),
        ("gYearMonth", "２０２０－１０", "2020-10"),
        ("gYearMonth", "2020-10-01", "2020-10"),
        ("date", "令和2年10月1日", "2020-10-01"),
        ("date", "2020/10/1", "2020-10-01"),
        ("gYear", "令和2年度", "2020"),
        ("gYear", "H31", "2019"),
    ],
)
def test_a_date_in_another_notation_is_told_in_iso_form(
    tmp_path: Path, base: str, cell: str, iso: str
) -> None:
    what, remedy, _ = _problem(tmp_path, base, cell)
    assert what.ja == f"「面積」の「{cell}」は、日付のデータの書き方ではありません。"
    assert remedy == Text(f"西暦で「{iso}」と書いてください。", f'Write "{iso}".')


@pytest.mark.parametrize(
    ("datatype", "cell"),
    [
        ("date", "未定"),
        ("decimal", "約30"),
        ("integer", "三十"),
        ({"base": "string", "format": "[A-Za-z ]+"}, "札幌"),
        ({"base": "string", "format": "[ァ-ヶー]+"}, "さっぽろ"),
        ({"base": "string", "format": ".+[市町村]"}, "札幌"),
        ("boolean", "はい"),
    ],
)
def test_lost_zeros_and_wide_characters_are_no_matter_of_names_and_numbers(
    tmp_path: Path, datatype: Any, cell: str
) -> None:
    _, remedy, _ = _problem(tmp_path, datatype, cell)
    assert remedy == Text(
        "この列「面積」には次のとおり書いてください：面積。",
        "Write in this column, “Area”: The area.",
    )


@pytest.mark.parametrize(
    ("datatype", "cell", "meant"),
    [
        ("integer", "３０", "30"),
        ("decimal", "４３．０６", "43.06"),
        ({"base": "string", "format": "[A-Za-z ]+"}, "Ｓａｐｐｏｒｏ", "Sapporo"),
        ({"base": "string", "format": "Q[1-9][0-9]*"}, "Ｑ３７９５１", "Q37951"),
        ({"base": "string", "format": "[0-9]{5}"}, "０１１００", "01100"),
    ],
)
def test_wide_characters_are_named_where_they_are_all_that_is_wrong(
    tmp_path: Path, datatype: Any, cell: str, meant: str
) -> None:
    _, remedy, _ = _problem(tmp_path, datatype, cell)
    assert remedy.ja == f"全角文字が入っています。半角で「{meant}」と書いてください。"


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_swap"),
    [
        ("141.35", "43.06", True),
        ("145", "44.5", True),
        ("139.0", "41", True),
        ("141.35", "141.35", False),
        ("430.6", "14.1", False),
        ("43.06", "14.1", False),
    ],
)
def test_latitude_and_longitude_swapped_are_told_once_and_as_such(
    tmp_path: Path, latitude: str, longitude: str, is_swap: bool
) -> None:
    towns = write_project(tmp_path / "kasumi") / "data" / "towns.csv"
    described = json.loads(metadata_of(towns).read_text("utf-8"))
    described["tableSchema"]["columns"][5:5] = [
        {
            "name": name,
            "datatype": {"base": "decimal", "minimum": least, "maximum": most},
            "propertyUrl": f"http://www.w3.org/2003/01/geo/wgs84_pos#{name}",
            "suppressOutput": True,
        }
        for name, least, most in (("lat", "41", "46"), ("long", "139", "149"))
    ]
    metadata_of(towns).write_text(json.dumps(described, ensure_ascii=False), "utf-8")
    header = "code,name_ja,name_kana,name_en,wikidata,lat,long"
    row = f"992011,霞市,カスミシ,Kasumi,,{latitude},{longitude}"
    towns.write_text(f"{header}\n{row}\n992020,浜町,ハママチ,Hama,,43.1,141.2\n", "utf-8")
    with pytest.raises(TableError) as caught:
        read_table(towns, towns.parents[1])
    said = [problem.said("ja") for problem in caught.value.problems]
    assert is_swap == (
        said
        == [
            f"data/towns.csv:2:lat: 緯度と経度が入れ替わっています（緯度{latitude}、経度{longitude}）。"
            f" → 緯度の列を{longitude}、経度の列を{latitude}としてください。"
        ]
    )
    assert is_swap or all("範囲" in one or "でなければなりません" in one for one in said)


@pytest.mark.parametrize(
    ("form", "cell", "meant"),
    [
        ("[0-9]{4}", "令和2年度", "2020"),
        ("[0-9]{4}", "R2", "2020"),
        ("20[0-9]{2}", "2020年", "2020"),
        ("[0-9]{4}-[0-9]{2}", "R2.10", "2020-10"),
        ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "令和2年10月1日", "2020-10-01"),
    ],
)
def test_an_era_year_in_a_column_of_texts_is_told_as_such(
    tmp_path: Path, form: str, cell: str, meant: str
) -> None:
    _, remedy, _ = _problem(tmp_path, {"base": "string", "format": form}, cell)
    assert remedy.ja == f"西暦で「{meant}」と書いてください。"
