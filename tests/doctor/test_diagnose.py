"""The doctor finds a good site healthy, every defect by its check, and never more than it may."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from publish.cli.doctor import doctor_command
from publish.doctor.diagnose import CHECKS, checks_of, diagnose
from publish.doctor.findings import FAMILIES, Diagnosis, Family
from publish.doctor.http import Limits
from publish.errors import SettingError
from tests.doctor.checks import (
    test_catalogs,
    test_crawling,
    test_dereference,
    test_downloads,
    test_headers,
    test_html,
    test_negotiation,
    test_sparql,
    test_sparql_statistics,
)
from tests.doctor.conftest import Answer, Request, running

_TESTED = (
    test_catalogs, test_headers, test_crawling, test_dereference, test_html, test_negotiation,
    test_sparql,
    test_sparql_statistics, test_downloads,
)  # fmt: skip


@pytest.fixture(scope="module")
def good() -> Diagnosis:
    with running() as site:
        return diagnose(site.url)


def test_every_check_is_passed_by_a_good_site(good: Diagnosis) -> None:
    assert {f.check.id: f.result for f in good.findings if f.outcome != "ok"} == {}
    assert [f.check for f in good.findings] == list(CHECKS)


def test_every_check_can_fail() -> None:
    failing = {defect.check for module in _TESTED for defect in module.DEFECTS}
    assert failing == {check.id for check in CHECKS}


def test_checks_have_different_names_and_speak_two_languages() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        for text in (check.title, check.remedy):
            assert text.ja and text.en and not text.ja.isascii() and text.en.isascii(), check.id
        assert check.spec.url.startswith(("http://", "https://")), check.id


def test_what_was_looked_at_is_told(good: Diagnosis) -> None:
    assert [(role.en, url.partition(good.url)[2]) for role, url in good.found] == [
        ("thing", "id/alpha"),
        ("VoID", "void"),
        ("catalogue", "catalog"),
        ("downloads", "dump/all.nt"),
        ("SPARQL endpoint", "sparql"),
    ]


@pytest.mark.parametrize("path", ["catalog", "id/beta", "sparql", "void", "doc/alpha.ttl"])
def test_any_address_of_a_site_is_a_place_to_begin(path: str) -> None:
    with running() as site:
        diagnosis = diagnose(site.url + path, checks_of(["dereference"]))
    assert diagnosis.counts["failure"] == 0
    assert diagnosis.of("thing-redirect").outcome == "ok"


def test_only_what_was_asked_for_is_checked() -> None:
    family: Family = "sparql"
    with running() as site:
        diagnosis = diagnose(site.url, checks_of([family]))
    assert {f.check.family for f in diagnosis.findings} == {family}
    assert set(FAMILIES) == {check.family for check in CHECKS}


def test_a_site_without_linked_data_has_few_failures_and_much_that_does_not_apply() -> None:
    def plain(request: Request, answer: Answer) -> Answer:
        if request.path != "/":
            return answer.being(404, b"no")
        return answer.being(200, b"<!doctype html><title>t</title>").having(
            Content_Type="text/html; charset=utf-8", Link=None
        )

    with running(plain) as site:
        diagnosis = diagnose(site.url)
    failed = {f.check.id for f in diagnosis.findings if f.outcome == "failure"}
    assert failed == {"catalog-found"}
    assert diagnosis.counts["not-applicable"] > 50


def test_a_site_that_never_answers_is_told_as_such() -> None:
    diagnosis = diagnose("http://127.0.0.1:9/", limits=Limits(seconds=20))
    assert diagnosis.of("url-answers").outcome == "failure"


@pytest.mark.parametrize("body", [b"", b"\x00\xff" * 99, b"{" * 9999, b"<" * 9999, b"[]", b"null"])
def test_rubbish_in_every_answer_raises_nothing(body: bytes) -> None:
    def rubbish(request: Request, answer: Answer) -> Answer:
        return answer.being(answer.status, body) if request.path != "/" else answer

    with running(rubbish) as site:
        diagnosis = diagnose(site.url)
    assert len(diagnosis.findings) == len(CHECKS)


@pytest.mark.parametrize(
    "part", ["/void", "/catalog", "/doc", "/sparql", "/sitemap", "/feed", "/api"]
)
def test_rubbish_in_one_place_raises_nothing(part: str) -> None:
    def rubbish(request: Request, answer: Answer) -> Answer:
        return answer.being(200, b"\xff{<") if request.path.startswith(part) else answer

    def headers(request: Request, answer: Answer) -> Answer:
        if not request.path.startswith(part):
            return answer
        return answer.having(
            Link="<<;;,", Vary=",,", ETag="\xe9", Content_Location="http://[", Retry_After="x",
            Content_Type=answer.headers.get("Content-Type", "") + "; charset=nonsense",
        )  # fmt: skip

    with running(rubbish) as site:
        assert len(diagnose(site.url).findings) == len(CHECKS)
    with running(answer=headers) as site:
        assert len(diagnose(site.url).findings) == len(CHECKS)


def test_when_a_limit_is_reached_the_rest_is_not_checked_and_this_is_told() -> None:
    with running() as site:
        diagnosis = diagnose(site.url, limits=Limits(requests=9))
        assert len(site.site.requests) == 9
    assert diagnosis.requests == 9
    assert diagnosis.exhausted is not None
    assert "--requests" in diagnosis.exhausted.en
    last = diagnosis.findings[-1]
    assert last.outcome == "not-applicable"
    assert "limit of 9 requests" in last.result.what.en


def test_a_run_asks_a_small_site_no_more_than_half_of_what_it_may(good: Diagnosis) -> None:
    assert good.requests < Limits().requests / 2


@pytest.mark.parametrize("url", ["", "a.example", "ftp://a.example/", "http://me:pw@a.example/"])
def test_what_is_no_url_is_a_wrong_use(url: str) -> None:
    with pytest.raises(SettingError):
        diagnose(url)
    result = CliRunner().invoke(doctor_command, [url])
    assert result.exit_code == 2


def test_a_healthy_site_is_exit_code_0() -> None:
    with running() as site:
        result = CliRunner().invoke(doctor_command, [site.url, "--dereference", "--lang", "en"])
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].startswith("29 ok, 0 warnings, 0 failures")
    assert "不良" not in result.output


def test_a_failure_is_exit_code_1_and_both_languages_are_the_default() -> None:
    def broken(request: Request, answer: Answer) -> Answer:
        return answer.being(500) if request.path.startswith("/id/") else answer

    with running(answer=broken) as site:
        result = CliRunner().invoke(doctor_command, [site.url, "--dereference"])
    assert result.exit_code == 1
    assert "対処: 事物のURIには" in result.output
    assert "Remedy: Answer a thing's URI" in result.output


def test_a_report_can_be_written_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    with running() as site:
        arguments = [site.url, "--sparql", "--format", "json", "--output", str(file)]
        result = CliRunner().invoke(doctor_command, arguments)
    assert result.exit_code == 0, result.output
    assert json.loads(file.read_text("utf-8"))["counts"]["failure"] == 0
    assert result.output.startswith("良好 ")
