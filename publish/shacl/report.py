"""What validation found: as text, JSON, HTML or SHACL graph, in Japanese or English; read back.

A server reads it, too: nothing here needs the engine that validates.
"""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

import msgspec
import pyoxigraph as ox

from publish.errors import Place, Problem
from publish.i18n import Language, Text
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Term, Triple, node
from publish.rdf.turtle import turtle

Severity = Literal["Violation", "Warning", "Info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
#: The file of a release that keeps its report.
FILE = "report.json"
#: Longer values are cut where people read them.
_LONGEST = 80


class Finding(msgspec.Struct, frozen=True):
    """One result of validation: which thing breaks which rule, where, and in which words."""

    severity: Severity
    focus: str = msgspec.field(name="focusNode")
    path: str | None = msgspec.field(name="resultPath")
    value: str | None
    shape: str = msgspec.field(name="sourceShape")
    component: str = msgspec.field(name="sourceConstraintComponent")
    message: Text
    place: Place | None
    #: what to do about it, if the message does not say it already
    remedy: Text = Text("", "")
    #: the number of the result from which it follows, counted from 1
    follows: int | None = msgspec.field(default=None, name="followsFrom")

    @property
    def what(self) -> Text:
        """Return the message with the value that it is about, or the thing that a rule found."""
        if not self.value:
            return self.message
        value = self.value if len(self.value) <= _LONGEST else f"{self.value[:_LONGEST]}…"
        if not self.path:
            return _FOUND.format(text=self.message, value=value)
        bare = Text(self.message.ja.removesuffix("。"), self.message.en.removesuffix("."))
        return _NOW.format(text=bare, value=value)


_NOW = Text("{text}（今の値：{value}）。", "{text} (now: {value}).")
_FOUND = Text("{text}［{value}］", "{text} [{value}]")


class Report(msgspec.Struct, frozen=True):
    """All findings, worst first, and the number of focus nodes that were looked at."""

    findings: tuple[Finding, ...] = msgspec.field(name="results")
    focus_nodes: int = msgspec.field(name="focusNodes")

    @property
    def conforms(self) -> bool:
        """Tell whether nothing of severity sh:Violation was found."""
        return not self.of("Violation")

    @property
    def told(self) -> tuple[Finding, ...]:
        """Return the findings that people are told of: those that follow from no other."""
        return tuple(finding for finding in self.findings if finding.follows is None)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity == severity)


_SEVERITY = {
    "Violation": Text("違反", "violation"),
    "Warning": Text("警告", "warning"),
    "Info": Text("参考", "info"),
}
_SUMMARY = Text(
    "対象 {nodes} 件：違反 {violations} 件、警告 {warnings} 件、参考 {infos} 件",
    "{nodes} focus nodes: {violations} violations, {warnings} warnings, {infos} infos",
)
_HEADINGS = (
    Text("重要度", "severity"),
    Text("場所", "place"),
    Text("対象", "focus node"),
    Text("値", "value"),
    Text("内容", "message"),
    Text("規則", "rule"),
)
_TITLE = Text("検証結果", "Validation report")


_FOLLOWING = Text(
    "（ほかに、これらから生じた指摘 {count} 件）", " (and {count} that follow from them)"
)


def summary(report: Report) -> Text:
    """Return the counts as one line: of what is told, and of what follows from it."""
    counts = Counter(finding.severity for finding in report.told)
    said = _SUMMARY.format(
        nodes=report.focus_nodes,
        violations=counts["Violation"],
        warnings=counts["Warning"],
        infos=counts["Info"],
    )
    count = len(report.findings) - len(report.told)
    more = _FOLLOWING.format(count=count) if count else Text("", "")
    return Text(said.ja + more.ja, said.en + more.en)


def as_text(report: Report, language: Language) -> str:
    """Return what is told as lines of text: place, severity, message, value, thing, remedy."""
    lines = [_line(finding, language) for finding in report.told]
    return "\n".join([*lines, summary(report).in_(language)]) + "\n"


def _line(finding: Finding, language: Language) -> str:
    marked = Text("{severity}: {what} <{focus}>", "{severity}: {what} <{focus}>")
    severity = _SEVERITY[finding.severity]
    what = marked.format(severity=severity, what=finding.what, focus=finding.focus)
    return Problem(what, finding.remedy, finding.place).said(language)


def as_json(report: Report) -> str:
    """Return the report as JSON, with messages in both languages."""
    content = {
        "conforms": report.conforms,
        "focusNodes": report.focus_nodes,
        "results": [_entry(finding) for finding in report.findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _entry(finding: Finding) -> dict[str, object]:
    return {
        "severity": finding.severity,
        "focusNode": finding.focus,
        "resultPath": finding.path,
        "value": finding.value,
        "sourceShape": finding.shape,
        "sourceConstraintComponent": finding.component,
        "message": finding.message.as_json(),
        "remedy": finding.remedy.as_json(),
        "followsFrom": finding.follows,
        "place": finding.place.as_json() if finding.place else None,
    }


def read(release: Path) -> Report:
    """Return what validation found for the release in a directory."""
    return msgspec.json.decode((release / FILE).read_bytes(), type=Report)


def as_html(report: Report, language: Language) -> str:
    """Return the report as a self-contained page."""
    title = _TITLE.in_(language)
    head = "".join(f"<th scope=col>{heading.in_(language)}</th>" for heading in _HEADINGS)
    rows = "\n".join(_row(finding, language) for finding in report.told)
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body><h1>{title}</h1>\n"
        f"<p>{summary(report).in_(language)}</p>\n"
        f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></body></html>\n"
    )


def _row(finding: Finding, language: Language) -> str:
    cells = (
        _SEVERITY[finding.severity].in_(language),
        str(finding.place or ""),
        finding.focus,
        finding.value or "",
        f"{finding.message.in_(language)} {finding.remedy.in_(language)}".strip(),
        finding.shape.rpartition("#")[2],
    )
    return "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>"


def as_turtle(report: Report, iris: Iris) -> str:
    """Return the report as a SHACL results graph without blank nodes."""
    return turtle(_triples(report, iris), ns.PREFIXES)


def _triples(report: Report, iris: Iris) -> Iterator[Triple]:
    whole = node(iris.of("report"))
    yield whole, TYPE, _sh("ValidationReport")
    boolean = ox.NamedNode(ns.XSD + "boolean")
    yield whole, _sh("conforms"), ox.Literal(str(report.conforms).lower(), datatype=boolean)
    for number, finding in enumerate(report.findings, 1):
        result = node(iris.of(f"report#result-{number}"))
        yield whole, _sh("result"), result
        for predicate, object_ in _result(finding):
            yield result, predicate, object_


def _result(finding: Finding) -> Iterator[tuple[ox.NamedNode, Term]]:
    yield TYPE, _sh("ValidationResult")
    yield _sh("focusNode"), _node_or_literal(finding.focus)
    yield _sh("resultSeverity"), _sh(finding.severity)
    yield _sh("sourceConstraintComponent"), _sh(finding.component)
    if finding.shape.startswith("http"):
        yield _sh("sourceShape"), node(finding.shape)
    if finding.path:
        yield _sh("resultPath"), node(finding.path)
    if finding.value:
        yield _sh("value"), ox.Literal(finding.value)
    yield _sh("resultMessage"), ox.Literal(finding.message.ja, language="ja")
    yield _sh("resultMessage"), ox.Literal(finding.message.en, language="en")


def _node_or_literal(value: str) -> Term:
    try:
        return node(value)
    except ValueError:  # literals can be focus nodes, too
        return ox.Literal(value)


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(ns.SH + name)
