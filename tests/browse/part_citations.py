"""How a thing is cited."""

from __future__ import annotations

import json
from dataclasses import replace

from publish.browse.citation import Citation

JAPANESE = Citation(
    language="ja",
    name="遠隔医療の推進",
    container="県のデータ",
    version="1.0.0",
    day="2031-04-01",
    publisher="霞県",
    licence="CC BY 4.0",
    address="https://data.example.jp/lod/id/plan/care",
)
ENGLISH = replace(
    JAPANESE, language="en", name="Promoting telemedicine", container="Data", publisher="Kasumi"
)


def test_in_japanese() -> None:
    assert (
        JAPANESE.line()
        == "霞県、「遠隔医療の推進」『県のデータ』、1.0.0版、2031年4月1日（令和13年4月1日）、CC BY 4.0"
    )


def test_in_english() -> None:
    said = "Kasumi, “Promoting telemedicine”, Data, version 1.0.0, 1 April 2031, CC BY 4.0"
    assert ENGLISH.line() == said


def test_what_is_unknown_is_left_out() -> None:
    bare = replace(ENGLISH, version=None, day=None, publisher=None, licence=None)
    assert bare.line() == "“Promoting telemedicine”, Data"
    assert json.loads(bare.csl()) == [
        {
            "id": bare.address,
            "type": "dataset",
            "title": "Promoting telemedicine",
            "container-title": "Data",
            "URL": bare.address,
            "language": "en",
        }
    ]


def test_for_programs_the_date_is_in_parts() -> None:
    (item,) = json.loads(JAPANESE.csl())
    assert item["issued"] == {"date-parts": [[2031, 4, 1]]}
    assert item["version"] == "1.0.0"
    assert item["publisher"] == "霞県"
    assert item["note"] == "CC BY 4.0"


def test_japanese_stands_as_it_is() -> None:
    assert "遠隔医療の推進" in JAPANESE.csl()
