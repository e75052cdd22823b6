"""Results are put together so that the worst is told, and a diagnosis counts them."""

from __future__ import annotations

import pytest

from publish.doctor.findings import (  # fmt: skip
    Check,
    Checks,
    Diagnosis,
    Finding,
    NotApplicable,
    Result,
    Spec,
    failed,
    needed,
    passed,
    rfc,
    skipped,
    w3c,
    warned,
    worst,
    worst_of,
)
from publish.i18n import Text

A, B = Text("あ。", "a."), Text("い。", "b.")
CHECK = Check("x", "harvest", A, Spec("s", "http://s.example/"), B, lambda site: passed(A))


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        ([passed(A), warned(A), failed(A), skipped(A)], "failure"),
        ([skipped(A), passed(A)], "ok"),
        ([warned(A), passed(A)], "warning"),
        ([skipped(A)], "not-applicable"),
    ],
)
def test_the_worst_of_several_results_is_told(results: list[Result], outcome: str) -> None:
    assert worst(results, skipped(B)).outcome == outcome


def test_results_alike_are_put_together_once() -> None:
    result = worst([failed(A, "1"), failed(B, "2"), passed(B, "3"), failed(A, "1")], skipped(A))
    assert result == failed(Text("あ。い。", "a. b."), "1", "2")


def test_without_results_there_is_a_reason() -> None:
    assert worst([], skipped(B)) == skipped(B)


def test_evidence_is_bounded() -> None:
    assert len(failed(A, *map(str, range(1000))).evidence) < 20


def test_a_function_becomes_a_check_and_stays_a_function() -> None:
    checks = Checks("sparql")

    @checks.add("id", A, rfc(9110, "1"), B)
    def run(site: object) -> Result:
        return passed(A)

    (check,) = checks
    assert (check.id, check.family, check.run(None)) == ("id", "sparql", run(None))


def test_a_function_that_yields_results_is_told_by_the_worst() -> None:
    @worst_of(skipped(B))
    def run(site: list[Result]) -> list[Result]:
        return site

    assert run([passed(A), warned(B)]) == warned(B)
    assert run([]) == skipped(B)


def test_what_a_check_needs_and_does_not_find_ends_it_with_the_reason() -> None:
    assert needed("x", skipped(A)) == "x"
    with pytest.raises(NotApplicable) as raised:
        needed("", skipped(A))
    assert raised.value.result == skipped(A)


def test_specifications_have_addresses() -> None:
    assert rfc(9110, "12.5.5").url.endswith("/rfc9110.html#section-12.5.5")
    assert w3c("void", "VoID", "sparql").url == "https://www.w3.org/TR/void/#sparql"


def test_a_diagnosis_counts_and_finds() -> None:
    diagnosis = Diagnosis(
        "http://a.example/", (Finding(CHECK, failed(A)), Finding(CHECK, passed(A))), 2
    )
    assert diagnosis.counts == {"failure": 1, "warning": 0, "ok": 1, "not-applicable": 0}
    assert not diagnosis.is_healthy
    assert diagnosis.of("x").outcome == "failure"
    with pytest.raises(KeyError):
        diagnosis.of("y")


def test_warnings_leave_a_site_healthy() -> None:
    assert Diagnosis("http://a.example/", (Finding(CHECK, warned(A)),), 1).is_healthy
