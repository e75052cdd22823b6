"""A diagnosis as text, JSON and HTML; in Japanese or English."""

from __future__ import annotations

import html
import json

from publish.doctor.findings import FAMILIES, Diagnosis, Finding, Outcome
from publish.i18n import Language, Text

#: Raised when a member of the JSON changes its meaning.
SCHEMA = 1
_MARKS: dict[Outcome, str] = {"ok": "✓", "warning": "!", "failure": "✗", "not-applicable": "–"}
_NAMES: dict[Outcome, Text] = {
    "ok": Text("良好", "ok"),
    "warning": Text("注意", "warning"),
    "failure": Text("不良", "failure"),
    "not-applicable": Text("対象外", "not applicable"),
}
_TITLE = Text("リンクトデータの健康診断", "Health of linked data")
_SUMMARY = Text(
    "良好 {ok}、注意 {warning}、不良 {failure}、対象外 {skipped}（要求 {requests} 回）",
    "{ok} ok, {warning} warnings, {failure} failures, {skipped} not applicable ({requests} requests)",
)
_REMEDY = Text("対処", "Remedy")
_WHY = Text("根拠", "Why")
_FOUND = Text("見つかったもの", "What was found")
_ELSEWHERE = Text(
    "別のホストにあるため取得しなかったもの（--also で調べられます）",
    "On other hosts and not fetched (allow them with --also)",
)
_MORE = Text("ほか{n}件", "{n} more")
_SHOWN = 10
_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "code{overflow-wrap:anywhere}li,dd{margin-bottom:.4rem}"
    "details{border-left:.3rem solid #777;padding:.2rem .8rem;margin:.4rem 0}"
    ".ok{border-color:#1a7f37}.warning{border-color:#9a6700}.failure{border-color:#cf222e}"
)


def summary(diagnosis: Diagnosis) -> Text:
    """Return the counts as one line."""
    counts = diagnosis.counts
    return _SUMMARY.format(
        ok=counts["ok"],
        warning=counts["warning"],
        failure=counts["failure"],
        skipped=counts["not-applicable"],
        requests=diagnosis.requests,
    )


def as_text(diagnosis: Diagnosis, language: Language) -> str:
    """Return the findings as lines, by family; evidence and remedy for what is not well."""
    lines = [f"{_TITLE.in_(language)}: {diagnosis.url}"]
    lines += [f"  {role.in_(language)}: {_printable(url)}" for role, url in diagnosis.found]
    for family, name in FAMILIES.items():
        findings = [f for f in diagnosis.findings if f.check.family == family]
        if findings:
            lines += ["", name.in_(language)]
        for finding in findings:
            lines += _told(finding, language)
    lines += ["", *_notes(diagnosis, language), summary(diagnosis).in_(language)]
    return "\n".join(lines) + "\n"


def _told(finding: Finding, language: Language) -> list[str]:
    check, result = finding.check, finding.result
    head = f"{_MARKS[finding.outcome]} {check.title.in_(language)} [{check.id}]"
    said = _printable(result.what.in_(language))
    if finding.outcome in ("ok", "not-applicable"):
        return [f"{head}: {said}"]
    return [
        head,
        f"    {said}",
        *(f"    · {_printable(line)}" for line in result.evidence),
        f"    {_REMEDY.in_(language)}: {check.remedy.in_(language)}",
        f"    {_WHY.in_(language)}: {check.spec.name} <{check.spec.url}>",
    ]


def _printable(text: str) -> str:
    """Return a stranger's text without what could steer a terminal."""
    return "".join(c if c.isprintable() else "�" for c in text)


def _notes(diagnosis: Diagnosis, language: Language) -> list[str]:
    lines = [diagnosis.exhausted.in_(language)] if diagnosis.exhausted else []
    if diagnosis.elsewhere:
        lines.append(f"{_ELSEWHERE.in_(language)}:")
        lines += [f"  {_printable(url)}" for url in diagnosis.elsewhere[:_SHOWN]]
        if more := len(diagnosis.elsewhere) - _SHOWN:
            lines += [f"  … {_MORE.format(n=more).in_(language)}"] if more > 0 else []
    return lines


def as_json(diagnosis: Diagnosis) -> str:
    """Return the diagnosis as JSON, texts in both languages.

    Members: schema, url, healthy, counts, requests, found, elsewhere, exhausted, findings (each
    with id, family, outcome, title, observation, evidence, specification, remedy).
    """
    content = {
        "schema": SCHEMA,
        "url": diagnosis.url,
        "healthy": diagnosis.is_healthy,
        "counts": diagnosis.counts,
        "requests": diagnosis.requests,
        "found": [{"role": role.as_json(), "url": url} for role, url in diagnosis.found],
        "elsewhere": list(diagnosis.elsewhere),
        "exhausted": diagnosis.exhausted.as_json() if diagnosis.exhausted else None,
        "findings": [_entry(finding) for finding in diagnosis.findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _entry(finding: Finding) -> dict[str, object]:
    check = finding.check
    return {
        "id": check.id,
        "family": check.family,
        "outcome": finding.outcome,
        "title": check.title.as_json(),
        "observation": finding.result.what.as_json(),
        "evidence": list(finding.result.evidence),
        "specification": {"name": check.spec.name, "url": check.spec.url},
        "remedy": check.remedy.as_json(),
    }


def as_html(diagnosis: Diagnosis, languages: tuple[Language, ...]) -> str:
    """Return the diagnosis as a page that needs nothing else; one section for each language."""
    first = languages[0]
    sections = "\n".join(_section(diagnosis, language) for language in languages)
    title = html.escape(f"{_TITLE.in_(first)}: {diagnosis.url}")
    return (
        f'<!doctype html>\n<html lang="{first}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n"
        f"<body><main>\n{sections}\n</main></body></html>\n"
    )


def _section(diagnosis: Diagnosis, language: Language) -> str:
    parts = [
        f'<section lang="{language}"><h1>{_TITLE.in_(language)}</h1>',
        f"<p><code>{html.escape(diagnosis.url)}</code></p>",
        f"<p><strong>{html.escape(summary(diagnosis).in_(language))}</strong></p>",
        _list(_FOUND.in_(language), [f"{r.in_(language)}: {u}" for r, u in diagnosis.found]),
    ]
    for family, name in FAMILIES.items():
        findings = [f for f in diagnosis.findings if f.check.family == family]
        if findings:
            parts.append(f"<h2>{name.in_(language)}</h2>")
            parts += [_detail(finding, language) for finding in findings]
    notes = _notes(diagnosis, language)
    parts += [_list("", notes), "</section>"]
    return "\n".join(part for part in parts if part)


def _list(title: str, lines: list[str]) -> str:
    if not lines:
        return ""
    heading = f"<h2>{html.escape(title)}</h2>" if title else ""
    items = "".join(f"<li><code>{html.escape(_printable(line))}</code></li>" for line in lines)
    return f"{heading}<ul>{items}</ul>"


def _detail(finding: Finding, language: Language) -> str:
    check, result, outcome = finding.check, finding.result, finding.outcome
    bad = outcome in ("warning", "failure")
    spec = f'<a href="{html.escape(check.spec.url)}">{html.escape(check.spec.name)}</a>'
    remedy = f"<dt>{_REMEDY.in_(language)}</dt><dd>{html.escape(check.remedy.in_(language))}</dd>"
    return (
        f'<details class="{outcome}"{" open" if bad else ""}><summary>'
        f"{_MARKS[outcome]} {_NAMES[outcome].in_(language)}: "
        f"{html.escape(check.title.in_(language))} <code>{check.id}</code></summary>"
        f"<p>{html.escape(_printable(result.what.in_(language)))}</p>"
        f"{_list('', list(result.evidence))}"
        f"<dl>{remedy if bad else ''}<dt>{_WHY.in_(language)}</dt><dd>{spec}</dd></dl></details>"
    )
