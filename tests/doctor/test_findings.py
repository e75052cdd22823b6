"""Results are put together so that the worst is told, and a diagnosis counts them."""

from __future__ import annotations

import pytest

from publish.doctor.findings import (  # fmt: skip
    Check,
    Diagnosis,
    Finding,
    Result,
    Spec,
    fine,
    idle,
    poor,
    registering,
    rfc,
    w3c,
    worst,
    wrong,
)
from publish.i18n import Text

A, B = Text("あ。", "a."), Text("い。", "b.")
CHECK = Check("x", "harvest", A, Spec("s", "http://s.example/"), B, lambda site: fine(A))


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        ([fine(A), poor(A), wrong(A), idle(A)], "failure"),
        ([idle(A), fine(A)], "ok"),
        ([poor(A), fine(A)], "warning"),
        ([idle(A)], "not-applicable"),
    ],
)
def test_the_worst_of_several_results_is_told(results: list[Result], outcome: str) -> None:
    assert worst(results, idle(B)).outcome == outcome


def test_results_alike_are_put_together_once() -> None:
    result = worst([wrong(A, "1"), wrong(B, "2"), fine(B, "3"), wrong(A, "1")], idle(A))
    assert result == wrong(Text("あ。い。", "a. b."), "1", "2")


def test_without_results_there_is_a_reason() -> None:
    assert worst([], idle(B)) == idle(B)


def test_evidence_is_bounded() -> None:
    assert len(wrong(A, *map(str, range(1000))).evidence) < 20


def test_a_function_becomes_a_check_and_stays_a_function() -> None:
    checks: list[Check] = []

    @registering(checks, "sparql")("id", A, rfc(9110, "1"), B)
    def run(site: object) -> Result:
        return fine(A)

    (check,) = checks
    assert (check.id, check.family, check.run(None)) == ("id", "sparql", run(None))


def test_specifications_have_addresses() -> None:
    assert rfc(9110, "12.5.5").url.endswith("/rfc9110.html#section-12.5.5")
    assert w3c("void", "VoID", "sparql").url == "https://www.w3.org/TR/void/#sparql"


def test_a_diagnosis_counts_and_finds() -> None:
    diagnosis = Diagnosis(
        "http://a.example/", (Finding(CHECK, wrong(A)), Finding(CHECK, fine(A))), 2
    )
    assert diagnosis.counts == {"failure": 1, "warning": 0, "ok": 1, "not-applicable": 0}
    assert not diagnosis.is_healthy
    assert diagnosis.of("x").outcome == "failure"
    with pytest.raises(KeyError):
        diagnosis.of("y")


def test_warnings_leave_a_site_healthy() -> None:
    assert Diagnosis("http://a.example/", (Finding(CHECK, poor(A)),), 1).is_healthy
