"""publish.reconcile.extend: values of properties of things, for columns of a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from publish.errors import BatchError
from publish.i18n import Language
from publish.rdf import namespaces as ns
from publish.reconcile.extend import Extender, _literal, extended_02, extended_10, read_extension
from publish.reconcile.queries import JsonValue
from publish.reconcile.service import Reconciler
from publish.release.release import Release, current
from tests.support.projects import IRIS
from tests.support.reconciliation import (
    VERSIONS,
    examples,
    faults,
    needs_specification,
    read,
    reconciler_of,
)

RESPONSE = "data-extension-response"
BASE = "http://127.0.0.1:8000/id/"
HAKODATE = f"{BASE}municipality/012025"


@pytest.fixture(scope="module")
def reconciler(release: Release) -> Reconciler:
    return reconciler_of(release)


def row(reconciler: Reconciler, id_: str, *wanted: str | dict[str, Any], language: Language = "ja",
        draft: bool = False) -> list[list[dict[str, Any]]]:  # fmt: skip
    """Return the values of some properties of a thing."""
    properties = [{"id": one} if isinstance(one, str) else one for one in wanted]
    extension = read_extension(JsonValue({"ids": [id_], "properties": properties}, "extend"))
    extender = Extender(reconciler, language, tells_language=draft)
    return list(extender.row(id_, extension).values())


@pytest.mark.parametrize(
    "path",
    [*examples("0.2", "data-extension-query", "valid"),
     *examples("1.0-draft", "data-extension-query", "valid")],
)  # fmt: skip
def test_what_the_specification_shows_is_read(path: Path) -> None:
    content = read(path)
    extension = read_extension(JsonValue(content, "extend"))
    assert list(extension.ids) == content["ids"]
    assert [wish.id for wish in extension.wishes] == [one["id"] for one in content["properties"]]


def test_settings_are_read_as_forms_send_them() -> None:
    settings = {"limit": "5", "content": "id", "language": "en", "unknown": 1}
    content = {"ids": ["a"], "properties": [{"id": "p", "settings": settings}]}
    (wish,) = read_extension(JsonValue(content, "extend")).wishes
    assert (wish.limit, wish.content, wish.language) == (5, "id", "en")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ([], "extend"),
        ({"ids": []}, "extend"),
        ({"ids": "a", "properties": []}, "extend.ids"),
        ({"ids": [1], "properties": []}, "extend.ids[0]"),
        ({"ids": [], "properties": [{}]}, "extend.properties[0]"),
        ({"ids": [], "properties": [{"id": "p", "settings": []}]}, "extend.properties[0].settings"),
        (
            {"ids": [], "properties": [{"id": "p", "settings": {"limit": -1}}]},
            "extend.properties[0].settings.limit",
        ),
        (
            {"ids": [], "properties": [{"id": "p", "settings": {"content": "x"}}]},
            "extend.properties[0].settings.content",
        ),
    ],
)
def test_what_is_no_extension_is_refused_with_its_place(content: Any, place: str) -> None:
    with pytest.raises(BatchError) as caught:
        read_extension(JsonValue(content, "extend"))
    assert caught.value.where == place


def test_more_cells_than_a_table_needs_are_refused() -> None:
    many = {"ids": [str(n) for n in range(1000)], "properties": [{"id": str(n)} for n in range(11)]}
    for content in (many, {"ids": ["a"] * 1001, "properties": []}):
        with pytest.raises(BatchError) as caught:
            read_extension(JsonValue(content, "extend"))
        assert caught.value.status == 413


def test_values_are_codes_things_texts_numbers_and_days(reconciler: Reconciler) -> None:
    code, region, prefecture, kind, lat = row(
        reconciler, HAKODATE, "code", "region", "prefecture", "municipalityType", "lat"
    )
    assert code == [{"str": "012025"}]
    assert region == [{"id": f"{BASE}region/oshima", "name": "渡島地域"}]
    assert prefecture == [{"id": f"{BASE}prefecture/01", "name": "北海道"}]
    assert kind == [{"str": "市"}]
    assert lat == [{"float": 41.85973}]
    (start,) = row(reconciler, "fiscal-year/2020", "startDate")
    assert start == [{"date": "2020-04-01T00:00:00Z"}]
    (line,) = row(reconciler, "activity/expert-panel-meetings-2020", "quantity")
    assert line == [{"int": 5}]


@pytest.mark.parametrize(
    ("id_", "property_", "value"),
    [
        (HAKODATE, "page", {"str": "https://www.city.hakodate.hokkaido.jp/"}),
        ("prefecture/01", "page", {"str": "https://www.pref.hokkaido.lg.jp/"}),
        ("ward/011011", "page", {"str": "https://www.city.sapporo.jp/chuo/"}),
        (
            HAKODATE,
            "localGovernment",
            {"id": f"{BASE}organization/municipality-012025", "name": "函館市"},
        ),
        ("organization/municipality-012025", "code", {"str": "9000020012025"}),
        ("organization/hokkaido", "orgIdentifier", {"str": "7000020010006"}),
        (
            "organization/municipality-012025",
            "homepage",
            {"str": "https://www.city.hakodate.hokkaido.jp/"},
        ),
        ("organization/municipality-012025", "spatial", {"id": HAKODATE, "name": "函館市"}),
        ("prefecture/01", "schemaIdentifier", {"str": "JP-01"}),
        ("region/sorachi", "code", {"str": "014206"}),
        ("region/sorachi", "notation", {"str": "01420"}),
    ],
)
def test_the_area_gives_the_website_of_its_body_and_the_body_its_number(
    reconciler: Reconciler, id_: str, property_: str, value: dict[str, Any]
) -> None:
    assert row(reconciler, id_, property_) == [[value]]


def test_texts_come_in_the_language_of_the_service_or_as_wished(reconciler: Reconciler) -> None:
    assert row(reconciler, HAKODATE, "prefLabel") == [[{"str": "函館市"}]]
    assert row(reconciler, HAKODATE, "prefLabel", language="en") == [[{"str": "Hakodate"}]]
    both = {"id": "prefLabel", "settings": {"language": "all"}}
    assert row(reconciler, HAKODATE, both, draft=True) == [
        [{"str": "Hakodate", "lang": "en"}, {"str": "函館市", "lang": "ja"}]
    ]
    readings = row(reconciler, HAKODATE, "altLabel", draft=True)
    assert readings == [[{"str": "ハコダテシ", "lang": "ja-hrkt"}]]
    in_english = {"id": "region", "settings": {"language": "en"}}
    assert row(reconciler, HAKODATE, in_english) == [
        [{"id": f"{BASE}region/oshima", "name": "Oshima"}]
    ]


def test_things_are_entities_names_or_iris(reconciler: Reconciler) -> None:
    def told(content: str) -> Any:
        wish = {"id": "region", "settings": {"content": content}}
        return row(reconciler, HAKODATE, wish)[0]

    assert told("name") == [{"str": "渡島地域"}]
    assert told("id") == [{"str": f"{BASE}region/oshima"}]
    (elsewhere,) = row(reconciler, HAKODATE, "exactMatch")
    assert {"str": "http://www.wikidata.org/entity/Q26418"} in elsewhere, "no thing of ours"


def test_only_as_many_values_as_wished(reconciler: Reconciler) -> None:
    contained = "sfContains"
    assert len(row(reconciler, "region/oshima", contained)[0]) == 11
    wish = {"id": contained, "settings": {"limit": 3}}
    assert len(row(reconciler, "region/oshima", wish)[0]) == 3


def test_what_does_not_exist_has_no_values(reconciler: Reconciler) -> None:
    assert row(reconciler, HAKODATE, "noSuchProperty", "stage") == [[], []]
    assert row(reconciler, "municipality/999999", "code") == [[]]


@pytest.mark.parametrize(
    ("value", "datatype", "expected"),
    [
        ("5", "integer", {"int": 5}),
        ("+5", "positiveInteger", {"int": 5}),
        ("1.50", "decimal", {"float": 1.5}),
        ("7", "decimal", {"float": 7}),
        ("INF", "double", {"str": "INF"}),
        ("1e999", "double", {"str": "1e999"}),
        ("five", "integer", {"str": "five"}),
        ("9" * 5000, "integer", {"str": "9" * 5000}),
        ("2020-04-01", "date", {"date": "2020-04-01T00:00:00Z"}),
        ("2020-04-01+09:00", "date", {"str": "2020-04-01+09:00"}),
        ("2020-04-01T12:00:00+09:00", "dateTime", {"date": "2020-04-01T12:00:00+09:00"}),
        ("2021-03", "gYearMonth", {"str": "2021-03"}),
        ("true", "boolean", {"str": "true"}),
    ],
)
def test_literals_are_written_as_the_specification_can(
    value: str, datatype: str, expected: dict[str, Any]
) -> None:
    said = _literal(ox.Literal(value, datatype=ox.NamedNode(ns.XSD + datatype)))
    assert said == expected
    assert json.loads(json.dumps(said, allow_nan=False)) == expected


@needs_specification
@pytest.mark.parametrize("language", ["ja", "en"])
def test_answers_are_valid_in_both_versions(reconciler: Reconciler, language: Language) -> None:
    """Every property of every type, for some things of each, and for one that does not exist."""
    _check(reconciler, language)


@needs_specification
def test_answers_are_valid_for_the_small_project_too(kasumi: Path) -> None:
    small = reconciler_of(current(kasumi / "releases"))
    _check(small, "ja")
    (code,) = row(small, IRIS.thing("town", "992011"), "code")
    assert code == [{"str": "992011"}]


def _check(reconciler: Reconciler, language: Language) -> None:
    index, schema = reconciler.matcher.index, reconciler.schema
    for kind in schema.kinds:
        things = index.things(index.first(kind.segment, 3)).values()
        wanted = [{"id": one.id} for one in schema.proposed(schema.types[kind.segment])]
        content = {"ids": [*(thing.iri for thing in things), "none"], "properties": wanted[:50]}
        extension = read_extension(JsonValue(content, "extend"))
        old = extended_02(Extender(reconciler, language), extension)
        draft = extended_10(Extender(reconciler, language, tells_language=True), extension)
        assert list(old["rows"]) == [one["id"] for one in draft["rows"]] == content["ids"]
        for version, answer in zip(VERSIONS, (old, draft), strict=True):
            assert faults(version, RESPONSE, answer) == [], kind.segment
