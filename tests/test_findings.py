from __future__ import annotations

from pathlib import Path

from publish.errors import Place
from publish.i18n import Text
from publish.release.release import current
from publish.shacl.findings import read_verdict
from publish.shacl.report import Finding, Report, as_json

WARNING = Finding(
    "Warning", "urn:thing", None, "5", "urn:shapes#rule", "X", Text("文", "text"), Place("a.ttl", 7)
)
REMARK = Finding("Info", "urn:other", "urn:p", None, "urn:shape", "Y", Text("注", "note"), None)


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(as_json(Report((WARNING, REMARK), 12)), "utf-8")
    found = read_verdict(tmp_path)
    assert (found.conforms, found.focus_nodes) == (True, 12)
    assert [found.count(name) for name in ("Violation", "Warning", "Info")] == [0, 1, 1]
    first, second = found.findings
    assert (first.focus, first.value, first.shape) == ("urn:thing", "5", "urn:shapes#rule")
    assert (first.message, str(first.place)) == (Text("文", "text"), "a.ttl:7")
    assert (second.path, second.place) == ("urn:p", None)


def test_a_release_keeps_its_report(kasumi: Path) -> None:
    found = read_verdict(current(kasumi / "releases").path)
    assert [one.severity for one in found.findings] == ["Warning"]
