"""A diagnosis can be read by people in two languages, and by programs."""

from __future__ import annotations

import json

import html5lib
import pytest

from publish.doctor.findings import Check, Diagnosis, Finding, Spec, failed, passed, skipped, warned
from publish.doctor.report import as_html, as_json, as_text, summary
from publish.i18n import LANGUAGES, Language, Text

TITLE, REMEDY = Text("題", "title"), Text("直し方", "what to do")
SPEC = Spec("RFC 1", "https://s.example/?a=1&b=2")
EVIL = "GET http://a.example/<script>alert(1)</script>\x1b[31m → 200"


def finding(id_: str, result: object) -> Finding:
    check = Check(id_, "harvest", TITLE, SPEC, REMEDY, lambda site: passed(TITLE))
    return Finding(check, result)  # type: ignore[arg-type]


DIAGNOSIS = Diagnosis(
    "http://a.example/?x=<y>",
    (
        finding("good", passed(Text("良い", "well"), "seen")),
        finding("weak", warned(Text("弱い", "weak"), EVIL)),
        finding("bad", failed(Text("悪い", "bad"), EVIL)),
        finding("none", skipped(Text("無い", "absent"))),
    ),
    7,
    [(Text("事物", "thing"), "http://a.example/id/1")],
    tuple(f"http://b.example/{n}" for n in range(12)),
    Text("上限です", "limit reached"),
)


def test_text_has_marks_and_says_what_to_do_only_where_something_is_wrong() -> None:
    lines = as_text(DIAGNOSIS, "en").splitlines()
    assert "✓ title [good]: well" in lines
    assert "– title [none]: absent" in lines
    bad = lines.index("✗ title [bad]")
    assert lines[bad + 1].strip() == "bad"
    assert lines[bad + 3].strip() == "Remedy: what to do"
    assert lines[bad + 4].strip() == "Why: RFC 1 <https://s.example/?a=1&b=2>"
    assert "! title [weak]" in lines
    assert lines[-1] == "1 ok, 1 warnings, 1 failures, 1 not applicable (7 requests)"
    assert "limit reached" in lines
    assert "  … 2 more" in lines


def test_text_is_in_one_language() -> None:
    assert "題" not in as_text(DIAGNOSIS, "en")
    assert "what to do" not in as_text(DIAGNOSIS, "ja")
    assert summary(DIAGNOSIS).ja == "良好 1、注意 1、不良 1、対象外 1（要求 7 回）"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stranger_cannot_steer_the_terminal(language: Language) -> None:
    assert "\x1b" not in as_text(DIAGNOSIS, language)
    assert "\x1b" not in as_html(DIAGNOSIS, (language,))


def test_json_has_everything_in_both_languages() -> None:
    content = json.loads(as_json(DIAGNOSIS))
    assert list(content) == [
        "schema", "url", "healthy", "counts", "requests", "found", "elsewhere", "exhausted",
        "findings",
    ]  # fmt: skip
    assert content["schema"] == 1
    assert content["healthy"] is False
    assert content["findings"][2] == {
        "id": "bad",
        "family": "harvest",
        "outcome": "failure",
        "title": {"ja": "題", "en": "title"},
        "observation": {"ja": "悪い", "en": "bad"},
        "evidence": [EVIL],
        "specification": {"name": "RFC 1", "url": "https://s.example/?a=1&b=2"},
        "remedy": {"ja": "直し方", "en": "what to do"},
    }


def test_html_is_valid_and_complete_in_itself_and_runs_nothing() -> None:
    page = as_html(DIAGNOSIS, LANGUAGES)
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert document.findall(".//script") == []
    assert document.findall(".//link") == []
    assert [section.get("lang") for section in document.findall(".//section")] == ["ja", "en"]
    opened = [d.get("class") for d in document.findall(".//details") if "open" in d.attrib]
    assert opened == ["warning", "failure"] * 2
    assert "http://a.example/?x=<y>" in "".join(document.itertext())
