"""publish.browse.facets: an address is read in any form and written in one."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.browse.facets import (
    MOST_FACETS,
    MOST_VALUES,
    Division,
    Facet,
    Fault,
    Index,
    Selection,
    Step,
    Value,
    is_canonical,
    read,
)
from publish.i18n import Text

E = "https://data.example.jp/"


def division(name: str, keys: list[str]) -> Division:
    facet = Facet(name, Text(f"{name}の名", f"the {name}"), (Step(E + name),), None)
    values = tuple(Value(key, ox.NamedNode(E + str(n))) for n, key in enumerate(keys))
    return Division(facet, values, ((0,),))


STAGES, PILLARS = ["under-way", "planned"], ["living", "a,b", "industry", "東&西"]
MANY = [f"v{n}" for n in range(MOST_VALUES + 1)]
INDEX = Index(
    (E + "thing",),
    (
        division("stage", STAGES),
        division("pillar", PILLARS),
        division("region", MANY),
        division("year", ["2020"]),
    ),
    {"": (0,), "name": (0,)},
)


def state(query: str) -> Selection:
    found = read(parse_qsl(query, keep_blank_values=True), INDEX)
    assert isinstance(found, Selection)
    return found


def fault(query: str) -> Fault:
    found = read(parse_qsl(query, keep_blank_values=True), INDEX)
    assert isinstance(found, Fault)
    return found


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("", ""),
        ("page=1", ""),
        ("sort=&stage=", ""),
        ("utm_source=x&stage=planned", "?stage=planned"),
        ("pillar=industry&stage=planned&pillar=living", "?stage=planned&pillar=living&pillar=industry"),
        ("pillar=industry,living", "?pillar=living&pillar=industry"),
        ("pillar=a,b", "?pillar=a%2Cb"),
        ("pillar=living&pillar=living", "?pillar=living"),
        ("pillar=東%26西", "?pillar=%E6%9D%B1%26%E8%A5%BF"),
        ("page=2&sort=name&stage=planned", "?stage=planned&sort=name&page=2"),
    ],
)  # fmt: skip
def test_an_address_has_one_form(asked: str, written: str) -> None:
    assert state(asked).query == written
    assert state(written[1:]) == state(asked)


@pytest.mark.parametrize(
    ("asked", "is_the_one"),
    [
        ("", True),
        ("page=1", True),
        ("other=x&stage=planned", True),
        ("stage=under-way&stage=planned", True),
        ("stage=planned&stage=under-way", False),
        ("stage=under-way,planned", False),
        ("sort=name&stage=planned", False),
        ("stage=", False),
        ("sort=", False),
        ("stage=planned&stage=planned", False),
        ("page=02", False),
    ],
)
def test_other_forms_than_the_one_are_found_out(asked: str, is_the_one: bool) -> None:
    parameters = parse_qsl(asked, keep_blank_values=True)
    assert is_canonical(parameters, state(asked), INDEX) == is_the_one


parameters = st.lists(
    st.tuples(
        st.sampled_from(["stage", "pillar", "region", "sort", "other"]),
        st.sampled_from([*STAGES, *PILLARS, *MANY[:3], "name", ""]),
    ),
    max_size=6,
)


@given(parameters)
def test_what_is_written_is_read_again_as_the_same(given_: list[tuple[str, str]]) -> None:
    found = read(given_, INDEX)
    if isinstance(found, Selection):
        again = parse_qsl(found.query[1:], keep_blank_values=True)
        assert read(again, INDEX) == found
        assert is_canonical(again, found, INDEX)


def test_an_unknown_value_is_told_with_a_state_that_exists() -> None:
    found = fault("stage=planned&pillar=nothing")
    assert found.status == 404
    assert found.said == Text(
        "「pillarの名」の値に「nothing」はありません。",
        'There is no value "nothing" of "the pillar".',
    )
    assert found.instead == state("stage=planned")


def test_a_long_unknown_value_is_not_repeated_whole() -> None:
    assert len(fault(f"stage={'x' * 5000}").said.en) < 150


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "１", "9" * 20, ""])
def test_a_page_is_a_number_from_1(page: str) -> None:
    assert fault(f"page={page}").status == 404


def test_an_unknown_order_is_told() -> None:
    assert fault("sort=size").status == 404
    assert fault("sort=size").instead == Selection()


def test_so_many_facets_and_values_can_be_combined_and_no_more() -> None:
    three = "stage=planned&pillar=living&region=v1"
    assert len(state(three).choices) == MOST_FACETS
    refused = fault(f"{three}&year=2020")
    assert (refused.status, refused.instead) == (400, state(three))
    assert str(MOST_FACETS) in refused.said.en and str(MOST_FACETS) in refused.said.ja
    ten = "&".join(f"region={key}" for key in MANY[:MOST_VALUES])
    assert len(state(ten).chosen["region"]) == MOST_VALUES
    assert fault(f"{ten}&region={MANY[-1]}").instead == state(ten)


def test_conditions_are_taken_back_one_by_one_or_all() -> None:
    whole = state("stage=planned&pillar=living&pillar=industry&sort=name&page=3")
    assert whole.without("pillar", "living") == state("stage=planned&pillar=industry&sort=name")
    assert whole.without("stage", "planned").chosen == {"pillar": ("living", "industry")}
    assert whole.without("pillar") == state("stage=planned&sort=name")
    assert whole.cleared() == state("sort=name")
    assert whole.in_order("") == state("stage=planned&pillar=living&pillar=industry")
    assert whole.on_page(1).page == 1


def test_only_everything_in_the_order_by_code_is_whole() -> None:
    assert state("").is_whole and state("page=2").is_whole
    assert not state("sort=name").is_whole and not state("stage=planned").is_whole
