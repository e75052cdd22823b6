"""The data sets in the words of schema.org, as Google's guide wants them."""

from __future__ import annotations

import pytest

from publish.catalog.graph import catalog_quads
from publish.catalog.schemaorg import (
    LONGEST,
    SHORTEST,
    Described,
    Json,
    data_set,
    landing_pages,
    part,
)
from publish.i18n import LANGUAGES, Language
from publish.release.release import Release
from tests.support.projects import BASE, IRIS
from tests.support.published import PUBLIC, stamped_release


@pytest.fixture(scope="module")
def real(public_release: Release) -> Release:
    return public_release


@pytest.fixture(scope="module")
def kasumi(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return stamped_release(tmp_path_factory.mktemp("schemaorg") / "kasumi")


def described(release: Release, language: Language) -> Json:
    quads = list(catalog_quads(release))
    return data_set(Described.by(quads, release.iris, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_set_has_what_search_engines_ask_for(real: Release, language: Language) -> None:
    said = described(real, language)
    assert said["@context"] == "https://schema.org/"
    for one in (said, *said["hasPart"]):
        assert one["@type"] == "Dataset"
        assert SHORTEST <= len(one["description"]) <= LONGEST
        assert one.keys() >= {
            "name", "url", "identifier", "license", "creator", "publisher", "keywords",
            "inLanguage", "version", "dateModified", "datePublished", "temporalCoverage",
            "spatialCoverage", "isAccessibleForFree", "includedInDataCatalog",
        }  # fmt: skip


def test_what_the_whole_describes_is_only_named_by_its_parts(real: Release) -> None:
    said = described(real, "ja")
    for name in ("creator", "publisher", "spatialCoverage", "includedInDataCatalog"):
        assert said[name]["name"]
        named = {"@type": said[name]["@type"], "@id": said[name]["@id"]}
        assert [part[name] for part in said["hasPart"]] == [named] * len(said["hasPart"])


def test_texts_are_in_the_language_of_the_page(kasumi: Release) -> None:
    assert described(kasumi, "ja")["name"] == "霞県の計画データ"
    assert described(kasumi, "en")["name"] == "Plans of Kasumi Prefecture"
    assert described(kasumi, "en")["keywords"] == "plans"
    assert described(kasumi, "ja")["publisher"]["name"] == "霞県データ係"


def test_a_description_that_is_too_short_is_completed(kasumi: Release) -> None:
    description = described(kasumi, "ja")["description"]
    assert description.startswith("架空の県の計画。 霞県の計画データ 計画")
    assert len(described(kasumi, "en")["description"]) >= SHORTEST


def test_place_period_and_date_are_those_of_the_catalogue(kasumi: Release) -> None:
    said = described(kasumi, "en")
    assert said["spatialCoverage"] == {
        "@type": "Place",
        "@id": IRIS.of("catalog#place"),
        "name": "Kasumi Prefecture",
        "geo": {"@type": "GeoShape", "box": "20 10 21 12"},
    }
    assert said["temporalCoverage"] == "2030-04-01/2031-03-31"
    assert (said["dateModified"], said["version"]) == ("2031-05-01", "1.0.1")
    assert said["inLanguage"] == ["en", "ja"]


def test_each_dump_of_the_whole_is_a_download_by_its_address(kasumi: Release) -> None:
    downloads = {one["contentUrl"]: one for one in described(kasumi, "en")["distribution"]}
    dump = f"{BASE}dump/{kasumi.id}/"
    assert downloads.keys() >= {f"{dump}all.ttl", f"{dump}all.nq", f"{dump}town.csv"}
    assert not [name for name in downloads if name.endswith((".gz", ".zst"))]
    assert downloads[f"{dump}all.ttl"]["encodingFormat"] == "text/turtle"
    size = (kasumi.path / "dump" / "all.ttl").stat().st_size
    assert downloads[f"{dump}all.ttl"]["contentSize"] == str(size)


def test_the_files_of_the_parts_are_left_to_the_catalogue(real: Release) -> None:
    short = described(real, "ja")
    assert [part["@id"] for part in short["hasPart"]] == [
        f"{PUBLIC}catalog#dataset-{name}" for name in ("initiatives", "links", "ontology", "places")
    ]
    assert all("distribution" not in part for part in short["hasPart"])
    assert "distribution" in short


def test_nothing_is_said_without_a_value(kasumi: Release) -> None:
    assert "hasPart" not in described(kasumi, "ja")
    bare = data_set(Described.by([], IRIS, "ja"))
    assert "name" not in bare
    assert "distribution" not in bare
    assert bare["@id"] == IRIS.of("catalog#dataset")


def test_a_period_may_be_open(kasumi: Release) -> None:
    quads = [q for q in catalog_quads(kasumi) if not q.predicate.value.endswith("#endDate")]
    said = data_set(Described.by(quads, kasumi.iris, "en"))
    assert said["temporalCoverage"] == "2030-04-01/.."


# -- Parts on their own pages ----------------------------------------------------------------------


def test_each_part_has_a_page_and_the_page_of_the_whole_is_none_of_them(
    real: Release, kasumi: Release
) -> None:
    found = landing_pages(catalog_quads(real), real.iris)
    names = {
        page.removeprefix(PUBLIC): [one.rpartition("-")[2] for one in parts]
        for page, parts in found.items()
    }
    assert names == {
        "doc/initiative": ["initiatives"], "doc/region": ["places"], "doc/linkset": ["links"],
        "ontology": ["ontology"],
    }  # fmt: skip
    assert landing_pages(catalog_quads(kasumi), kasumi.iris) == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["initiatives", "links", "ontology", "places"])
def test_a_part_on_its_page_has_name_description_and_the_whole(
    real: Release, language: Language, name: str
) -> None:
    quads = Described.by(list(catalog_quads(real)), real.iris, language)
    said = part(quads, real.iris.of(f"catalog#dataset-{name}"))
    assert (said["@context"], said["@type"]) == ("https://schema.org/", "Dataset")
    assert said["name"] and SHORTEST <= len(said["description"]) <= LONGEST
    whole = data_set(quads)
    assert said["isPartOf"]["@id"] == whole["@id"]
    assert said["isPartOf"]["name"] == whole["name"]
    assert "distribution" not in said  # which the catalogue has
