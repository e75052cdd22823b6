"""What validation found, as a release keeps it: read without the engine that found it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from publish.errors import Place
from publish.i18n import Text

FILE = "report.json"
SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of validation, and where it was read."""

    severity: str
    focus: str
    path: str | None
    value: str | None
    shape: str
    message: Text
    place: Place | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was looked at, and what was found, the gravest first."""

    conforms: bool
    focus_nodes: int
    findings: tuple[Finding, ...]

    def count(self, severity: str) -> int:
        """Return how many findings have a severity."""
        return sum(finding.severity == severity for finding in self.findings)


def read_verdict(release: Path) -> Verdict:
    """Return what validation found for the release in a directory."""
    said = json.loads((release / FILE).read_text("utf-8"))
    found = tuple(
        Finding(
            one["severity"],
            one["focusNode"],
            one["resultPath"],
            one["value"],
            one["sourceShape"],
            Text(one["message"]["ja"], one["message"]["en"]),
            Place(**one["place"]) if one["place"] else None,
        )
        for one in said["results"]
    )
    return Verdict(said["conforms"], said["focusNodes"], found)
