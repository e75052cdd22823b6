"""publish.reconcile.schema: the types and properties by which reconciliation asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.reconcile.schema import Schema
from publish.release.release import Release, current
from tests.support.reconciliation import reconciler_of


@pytest.fixture(scope="module")
def schema(release: Release) -> Schema:
    return reconciler_of(release).schema


@pytest.fixture(scope="module")
def small_schema(kasumi: Path) -> Schema:
    return reconciler_of(current(kasumi / "releases")).schema


def test_types_are_the_types_of_things_and_the_classes_above_them(schema: Schema) -> None:
    assert list(schema.types)[:3] == ["strategy", "project", "initiative"]
    above = schema.types["s5:AdministrativeUnit"]
    assert above.name.ja == "行政上の区域"
    assert above.kinds == ("prefecture", "region", "municipality", "ward", "village")
    assert schema.types["ward"].broader == (above.id,)
    assert [one.id for one in schema.types_of("ward")] == ["ward", above.id]
    assert "geometry" not in schema.types, "these have no names"


def test_a_type_is_known_by_its_class_too(schema: Schema) -> None:
    assert schema.type_of("http://127.0.0.1:8000/ontology#Ward") == schema.types["ward"]
    assert schema.type_of("no-such-type") is None


def test_types_of_things_with_official_codes_are_told(schema: Schema, small_schema: Schema) -> None:
    coded = [one.id for one in schema.coded]
    assert coded == ["prefecture", "region", "municipality", "ward", "village", "fiscal-year"]
    assert [one.id for one in small_schema.coded] == ["town"]


def test_properties_are_the_code_ties_and_terms_of_the_context(schema: Schema) -> None:
    assert next(iter(schema.properties)) == "code"
    assert {"region", "prefecture", "pillar", "district", "homepage", "lat"} <= set(
        schema.properties
    )
    assert "type" not in schema.properties and "subClassOf" not in schema.properties
    by_iri = schema.property_of("http://127.0.0.1:8000/ontology#district")
    assert by_iri == schema.properties["district"]
    assert schema.property_of("noSuchProperty") is None


def test_every_type_and_property_has_a_name_in_both_languages(
    schema: Schema, small_schema: Schema
) -> None:
    for one in (schema, small_schema):
        names = [type_.name for type_ in one.types.values()]
        names += [property_.name for property_ in one.properties.values()]
        assert all(name.ja and name.en for name in names)


def test_the_most_telling_properties_of_a_type_come_first(schema: Schema) -> None:
    of_towns = [one.id for one in schema.proposed(schema.types["municipality"])]
    assert of_towns[:3] == ["code", "prefecture", "region"]
    assert {"municipalityType", "page", "localGovernment", "exactMatch"} <= set(of_towns)
    assert "stage" not in of_towns and "homepage" not in of_towns, "that is its body's"
    of_bodies = [one.id for one in schema.proposed(schema.types["organization"])]
    assert of_bodies[0] == "code"
    assert {"orgIdentifier", "homepage", "spatial", "seat"} <= set(of_bodies)
    of_initiatives = [one.id for one in schema.proposed(schema.types["initiative"])]
    assert {"stage", "pillar", "region", "fiscal-year", "beneficiary"} <= set(of_initiatives)
    assert "code" not in of_initiatives
    of_areas = [one.id for one in schema.proposed(schema.types["s5:AdministrativeUnit"])]
    assert set(of_towns) <= set(of_areas)


def test_types_and_properties_are_found_by_name_in_both_languages_or_id(schema: Schema) -> None:
    def types(text: str) -> list[str]:
        return [one.id for one in schema.find_types(text)]

    def properties(text: str) -> list[str]:
        return [one.id for one in schema.find_properties(text, schema.properties.values())]

    assert types("市町村")[0] == types("Munici")[0] == types("ｍｕｎｉｃｉ")[0] == "municipality"
    assert types("町村") == ["municipality"]
    assert types("no such") == types("?") == []
    assert types("") == list(schema.types)
    assert properties("コード")[0] == "code"
    assert "district" in properties("郡") and properties("hojo") == []
