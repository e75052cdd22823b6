"""publish.browse.lists: kana as in a dictionary, English by letter, newest first."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from publish.browse.lists import date_of, gojuon, has_readings, orders_of
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.release.release import Release
from publish.shacl.shapes import Field, Kind

E = "https://data.example.jp/"
SKOS, DCTERMS = ns.SKOS, ns.DCTERMS
MEMBERS = (E + "a", E + "b", E + "c", E + "d")


def kind(*fields: Field) -> Kind:
    return Kind("town", E + "Town", "", Text("町", "town"), 0.0, fields)


def field(path: str, datatype: str) -> Field:
    return Field("", path, Text("", ""), None, 0.0, datatype, None, is_iri=False, composite=False)


DATED = kind(field(SKOS + "note", ns.RDF + "langString"), field(DCTERMS + "date", ns.XSD + "date"))


def store(turtle: str) -> ox.Store:
    found = ox.Store()
    prefixes = f"PREFIX : <{E}> PREFIX skos: <{SKOS}> PREFIX dcterms: <{DCTERMS}>\n"
    found.load(prefixes + turtle, format=ox.RdfFormat.TURTLE)
    return found


def letters(places: tuple[int, ...]) -> str:
    return "".join(MEMBERS[place][-1] for place in places)


def test_japanese_names_come_by_their_readings() -> None:
    data = store("""
:a skos:prefLabel "北見市"@ja ; skos:altLabel "きたみし"@ja-hrkt .
:b skos:prefLabel "芽室町"@ja ; skos:altLabel "メムロチョウ"@ja-hrkt .
:c skos:prefLabel "旭川市"@ja ; skos:altLabel "あさひかわし"@ja-hrkt .
:d skos:prefLabel "岐阜市"@ja ; skos:altLabel "ぎふし"@ja-hrkt .
""")
    assert letters(orders_of(data, kind(), MEMBERS)["name"]) == "cadb"
    assert has_readings(data, MEMBERS)


def test_names_without_readings_come_as_they_are_written() -> None:
    data = store(':a skos:prefLabel "いろ"@ja . :b skos:prefLabel "あき"@ja .')
    assert letters(orders_of(data, kind(), MEMBERS)["name"]) == "bacd"
    assert not has_readings(data, MEMBERS)


def test_english_names_come_by_letter_whatever_its_case() -> None:
    data = store("""
:a skos:prefLabel "Oshamambe"@en . :b skos:prefLabel "abira"@en . :c skos:prefLabel "Biei"@en .
""")
    assert letters(orders_of(data, kind(), MEMBERS)["name-en"]) == "bcad"


def test_the_newest_comes_first_and_what_has_no_date_last() -> None:
    data = store("""
:a dcterms:date "2020-08" . :c dcterms:date "2021-03" , "2019-01" . :d dcterms:date "2020-08" .
""")
    assert letters(orders_of(data, DATED, MEMBERS)["date"]) == "cadb"


def test_an_order_by_what_no_thing_has_is_left_out() -> None:
    assert list(orders_of(store(""), DATED, MEMBERS)) == [""]
    assert orders_of(store(""), DATED, MEMBERS)[""] == (0, 1, 2, 3)


def test_a_type_without_dates_has_no_order_by_date() -> None:
    assert date_of(kind()) is None
    assert date_of(DATED) == DCTERMS + "date"
    data = store(':a dcterms:date "2020-08" .')
    assert "date" not in orders_of(data, kind(), MEMBERS)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("ひがしかわ", "ひだか"), ("びえい", "ひがしかわ"), ("ガッコウ", "かつさ"), ("しゃこたん", "しやま")],
)  # fmt: skip
def test_voiced_and_small_kana_stand_beside_plain_ones(earlier: str, later: str) -> None:
    assert gojuon(earlier) < gojuon(later)


def test_the_real_municipalities_begin_with_those_of_the_first_kana(release: Release) -> None:
    found = release.shapes.kind("municipality")
    assert found
    names = ["014567", "014095", "012181", "012041"]  # あいべつ あかいがわ あかびら あさひかわ
    members = tuple(release.iris.thing("municipality", name) for name in sorted(names))
    order = orders_of(release.store, found, members)["name"]
    assert [members[place][-6:] for place in order] == names
