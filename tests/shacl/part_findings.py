from __future__ import annotations

from pathlib import Path

from publish.errors import Place
from publish.i18n import Text
from publish.release.release import current
from publish.shacl.report import SEVERITIES, Finding, Report, as_json, read

WARNING = Finding(
    "Warning", "urn:thing", None, "5", "urn:shapes#rule", "X", Text("文", "text"), Place("a.ttl", 7)
)
REMARK = Finding("Info", "urn:other", "urn:p", None, "urn:shape", "Y", Text("注", "note"), None)


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(as_json(Report((WARNING, REMARK), 12)), "utf-8")
    found = read(tmp_path)
    assert (found.conforms, found.focus_nodes) == (True, 12)
    assert [len(found.of(name)) for name in SEVERITIES] == [0, 1, 1]
    assert found.findings == (WARNING, REMARK)


def test_a_release_keeps_its_report(kasumi: Path) -> None:
    found = read(current(kasumi / "releases").path)
    assert [one.severity for one in found.findings] == ["Warning"]
