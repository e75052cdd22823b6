from __future__ import annotations

import pytest

from publish.catalog.ckan.licenses import REGISTER, UNSPECIFIED, licence_of, names_of

CC_BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    "iri",
    [
        CC_BY,
        "http://creativecommons.org/licenses/by/4.0/",
        "https://creativecommons.org/licenses/by/4.0",
        "https://creativecommons.org/licenses/by/4.0/deed.ja",
        "https://www.creativecommons.org/licenses/by/4.0/legalcode",
    ],
)
def test_a_licence_is_known_by_every_form_of_its_address(iri: str) -> None:
    assert licence_of(iri).id == "cc-by-40-intl"


@pytest.mark.parametrize(
    ("iri", "id_"),
    [
        ("https://creativecommons.org/licenses/by/2.1/jp/", "cc-by-21-jp"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "cc-zero"),
        ("https://creativecommons.org/licenses/by-sa/4.0/", "cc-by-sa-40-intl"),
        ("https://opendatacommons.org/licenses/odbl/", "odc-odbl"),
    ],
)
def test_licences_have_the_names_that_japanese_catalogues_use(iri: str, id_: str) -> None:
    assert licence_of(iri).id == id_
    assert licence_of(iri).is_open


def test_a_licence_that_is_not_registered_is_known_by_its_address_and_not_called_open() -> None:
    found = licence_of("https://example.jp/terms", "県の利用規約")
    assert (found.id, found.title) == ("https://example.jp/terms", "県の利用規約")
    assert not found.is_open
    assert not licence_of("https://creativecommons.org/licenses/by-nc/4.0/").is_open


def test_no_licence_is_said_to_be_not_specified() -> None:
    assert licence_of(None) is UNSPECIFIED
    assert not UNSPECIFIED.is_open


def test_a_licence_is_found_by_the_names_of_other_catalogues() -> None:
    assert {"cc-by-40-intl", "CC-BY-4.0", "cc-by"} <= {*names_of("cc-by-40-intl")}
    assert names_of("https://example.jp/terms") == ("https://example.jp/terms",)


def test_the_register_has_the_members_of_ckans_licence_list() -> None:
    shown = {one["id"]: one for one in (licence.as_ckan() for licence in REGISTER)}
    assert len(shown) == len(REGISTER)
    assert shown["cc-by-40-intl"]["od_conformance"] == "approved"
    assert shown["notspecified"]["od_conformance"] == "not reviewed"
    assert shown["cc-by-40-intl"]["url"] == CC_BY
