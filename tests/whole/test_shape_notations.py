"""Notations of years, months and numbers as documents print them, beside what the data say.

The queries of the shapes are run by two engines that share no code.
"""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import SH, URIRef

from publish.rdf import namespaces as ns
from tests.support.real import ROOT

BASE = "http://127.0.0.1:8000/"
PREFIXES = ns.declared(
    {"s5": BASE + "ontology#", **{name: ns.PREFIXES[name] for name in ("dcat", "dcterms", "xsd")}}
)
DATATYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}

DATES = [
    ("R2.8", "2020-08"),
    ("R3.3月", "2021-03"),
    ("R2.10", "2020-10"),
    ("令和２年８月", "2020-08"),
    ("Ｒ２．８", "2020-08"),
    ("令和元年5月", "2019-05"),
    ("H31.4", "2019-04"),
    ("平成30年", "2018"),
    ("平成三十年四月", "2018-04"),
    ("R2年度", "2020-08"),
    ("R2年度", "2021-02"),
    ("2020.8", "2020-08"),
    ("2020年8月15日", "2020-08-15"),
    ("8月", "2020-08"),
    ("令和2年8月15日", "2020-08-15"),
    ("S64.1", "1989-01"),
    ("昭和45年3月", "1970-03"),
    ("R2.08", "2020-08"),
    ("令和二年十月", "2020-10"),
    ("R2.8.15", "2020-08-15"),
    ("夏", "2020-08"),
    ("R2年度：５回", "2020-08"),
    ("令和 2 年 8 月", "2020-08"),
    ("2020/8", "2020-08"),
    ("R2", "2020-08"),
    ("R2年8月～10月", "2020-10"),
    ("令和2年12月", "2020-12"),
    ("H30.12", "2018-12"),
    ("十二月", "2020-12"),
]
OTHER_DATES = [
    ("R2.8", "2020-10"),
    ("R3.10", "2020-10"),
    ("令和2年10月", "2020-01"),
    ("H30.4", "2019-04"),
    ("平成30年", "2020"),
    ("Ｒ３．８", "2020-08"),
    ("R2年度", "2021-08"),
    ("R3年度", "2020-10"),
    ("2021年8月", "2020-08"),
    ("8月", "2020-09"),
    ("令和二年十月", "2020-11"),
    ("平成三十一年四月", "2020-04"),
    ("2020年8月15日", "2020-08-16"),
    ("R12.8", "2020-08"),
    ("R2.18", "2020-08"),
    ("R2.1", "2020-10"),
    ("R2.10", "2020-01"),
    ("昭和45年", "1971"),
    ("令和元年", "2020"),
    ("R20.8", "2020-08"),
    ("R2.12月", "2020-02"),
]
FISCAL_YEARS = [
    ("R2年度：５回", 2020),
    ("令和２年度", 2020),
    ("2020年度", 2020),
    ("R3.3月", 2020),
    ("平成30年度", 2018),
    ("令和元年度", 2019),
    ("H31年度", 2019),
]
OTHER_FISCAL_YEARS = [
    ("R2年度：５回", 2021),
    ("令和２年度", 2019),
    ("2020年度", 2021),
    ("平成30年度", 2020),
    ("令和三年度", 2020),
    ("H12年度", 2020),
]
QUANTITIES = [
    ("R2年度：５回", 5),
    ("５つの施策の柱", 5),
    ("五つの柱", 5),
    ("1,200人", 1200),
    ("１，２００人", 1200),
    ("十二市町", 12),
    ("二十三回", 23),
    ("12校", 12),
    ("約30社", 30),
    ("3月に5回", 5),
    ("1.2万人", 12000),
    ("R2.8（3回）", 3),
    ("三千人", 3000),
    ("令和2年度に10回", 10),
    ("二十の町", 20),
    ("5.", 5),
    ("179市町村", 179),
    ("R2 5回", 5),
    ("R2:5", 5),
]
OTHER_QUANTITIES = [
    ("R2年度：５回", 2),
    ("R2年度：５回", 6),
    ("５つの施策の柱", 4),
    ("五つの柱", 3),
    ("1,200人", 200),
    ("十二市町", 2),
    ("二十三回", 20),
    ("数回", 5),
    ("3月に5回", 3),
    ("15回", 5),
    ("5.5回", 5),
    ("2020年に5回", 2020),
    ("R2.8（3回）", 8),
]


@lru_cache
def query_of(constraint: str) -> str:
    stem = "quantified" if constraint.startswith("Quantified") else "dated"
    shapes = rdflib.Graph().parse(ROOT / "shapes" / f"{stem}.ttl", publicID=BASE)
    return PREFIXES + str(shapes.value(URIRef(f"{BASE}shapes#{constraint}"), SH.select))


def is_refused(constraint: str, notation: str, said: str) -> bool:
    """Return whether both engines find a thing with this notation and statement."""
    data = f'{PREFIXES} <urn:x:it> s5:originalNotation "{notation}" ; {said} .'
    store, graph = ox.Store(), rdflib.Graph().parse(data=data, format="turtle")
    store.load(data.encode(), format=ox.RdfFormat.TURTLE)
    found = len(list(store.query(query_of(constraint))))  # type: ignore[arg-type]
    assert found == len(list(graph.query(query_of(constraint))))
    return found > 0


def is_other_date(notation: str, date: str) -> bool:
    said = f'dcterms:date "{date}"^^xsd:{DATATYPES[len(date)]}'
    return is_refused("Dated-notation", notation, said)


def is_other_year(notation: str, year: int) -> bool:
    said = f's5:fiscalYear <urn:x:year> . <urn:x:year> dcat:startDate "{year}-04-01"^^xsd:date'
    return is_refused("Notated-fiscalYear", notation, said)


def is_other_quantity(notation: str, quantity: int) -> bool:
    return is_refused("Quantified-notation", notation, f"s5:quantity {quantity}")


@pytest.mark.parametrize(("notation", "date"), DATES)
def test_a_date_agrees_with_its_notation(notation: str, date: str) -> None:
    assert not is_other_date(notation, date)


@pytest.mark.parametrize(("notation", "date"), OTHER_DATES)
def test_another_date_than_that_of_the_notation_is_found(notation: str, date: str) -> None:
    assert is_other_date(notation, date)


@pytest.mark.parametrize(("notation", "year"), FISCAL_YEARS)
def test_a_fiscal_year_agrees_with_its_notation(notation: str, year: int) -> None:
    assert not is_other_year(notation, year)


@pytest.mark.parametrize(("notation", "year"), OTHER_FISCAL_YEARS)
def test_another_fiscal_year_than_that_of_the_notation_is_found(notation: str, year: int) -> None:
    assert is_other_year(notation, year)


@pytest.mark.parametrize(("notation", "quantity"), QUANTITIES)
def test_a_quantity_agrees_with_its_notation(notation: str, quantity: int) -> None:
    assert not is_other_quantity(notation, quantity)


@pytest.mark.parametrize(("notation", "quantity"), OTHER_QUANTITIES)
def test_another_quantity_than_that_of_the_notation_is_found(notation: str, quantity: int) -> None:
    assert is_other_quantity(notation, quantity)
