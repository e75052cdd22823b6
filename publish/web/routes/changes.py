"""What changed from release to release: the line of releases, its feed, and each comparison."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, current_app

from publish.errors import ReleaseError
from publish.formats import ATOM, HTML, JSON, NQUADS, Format
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.serialize import json_bytes
from publish.release import feed
from publish.release.diff import (
    FATE_NAMES,
    FATES,
    Counts,
    Difference,
    Side,
    address,
    as_json,
    counted,
    withdrawal_as_json,
)
from publish.release.history import History, Line, before
from publish.release.manifest import Manifest
from publish.web.app.base_path import site
from publish.web.app.problems import not_found
from publish.web.app.respond import Resource, answer, taken_apart
from publish.web.app.site import Site
from publish.web.app.view import View
from publish.web.views.changes import shown

log = logging.getLogger(__name__)
blueprint = Blueprint("changes", __name__)

#: Most releases that the line shows, newest first.
MOST = 50
_PAIR = re.compile(r"([0-9a-f]{12})\.\.([0-9a-f]{12})(?:\.(.+))?")
_FIRST = Text("最初のリリースです。", "This is the first release.")
_SAME = Text("内容は前のリリースと同じです。", "The content is that of the release before it.")


@dataclass(frozen=True, slots=True)
class Step:
    """A release of the line with what changed since the one before it.

    `counts` is None for the first release, and where `problem` says why there is no comparison.
    """

    manifest: Manifest
    previous: Manifest | None = None
    counts: Counts | None = None
    problem: Text | None = None

    @property
    def address(self) -> str | None:
        """Return the address of the comparison, relative to the base; None if there is none."""
        if self.previous is None or self.counts is None:
            return None
        return address(self.previous.release, self.manifest.release)

    @property
    def summary(self) -> Text:
        """Return what changed in a sentence."""
        if self.problem:
            return self.problem
        if self.counts is None:
            return _FIRST
        if self.counts.is_empty:
            return _SAME
        told = [(FATE_NAMES[fate], self.counts.of(fate)) for fate in FATES]
        found = [(name, count) for name, count in told if count]
        number = Text("文 +{added} -{removed}", "triples +{added} -{removed}").format(
            added=self.counts.added, removed=self.counts.removed
        )
        ja = "、".join([*(f"{name.ja} {count}件" for name, count in found), number.ja])
        en = ", ".join([*(f"{count} {name.en}" for name, count in found), number.en])
        return Text(f"{ja}。", f"{en}.")


def history() -> History:
    """Return what the application knows of its releases."""
    config = current_app.config
    found: History = config.setdefault("HISTORY", History(config["RELEASES"]))
    return found


def step_of(line: Line, manifest: Manifest) -> Step | None:
    """Return a release with what changed in it, or None if it has no place in the line.

    Raises TimeoutError if other comparisons take too long.
    """
    if manifest not in line:
        return None
    previous = before(line, manifest.release)
    if previous is None:
        return Step(manifest)
    try:
        return Step(manifest, previous, history().counts(line, previous, manifest))
    except ReleaseError as error:
        log.warning("%s", error)
        return Step(manifest, previous, None, error.problems[0].text)


def _steps(line: Line) -> list[Step]:
    """Return the newest releases of a line, newest first."""
    found = (step_of(line, manifest) for manifest in reversed(line[-MOST:]))
    return [step for step in found if step]


@blueprint.get("/changes")
@blueprint.get("/changes.<suffix>")
def overview(suffix: str | None = None) -> Response:
    """Answer with the line of releases, and with what was withdrawn; as Atom, with the feed."""
    here = site()
    line = history().line(here.release.manifest)

    def data(format_: Format) -> bytes:
        return _feed(here, _steps(line)) if format_ == ATOM else _as_json(here, line)

    resource = Resource(
        "changes",
        (HTML, JSON, ATOM) if here.day else (HTML, JSON),
        page=lambda view: view.render(
            "changes.html",
            steps=_steps(line),
            older=len(line[:-MOST]),
            withdrawn=sorted(here.release.withdrawn.values(), key=lambda one: one.date, reverse=True),
        ),
        data=data,
        state=history().state(line),
    )  # fmt: skip
    return answer(here, resource, suffix)


def _as_json(here: Site, line: Line) -> bytes:
    withdrawn = here.release.withdrawn
    content = {
        "base": here.iris.base,
        "current": here.release.id,
        "releases": [_step(here, step) for step in _steps(line)],
        "older": [manifest.release for manifest in reversed(line[:-MOST])],
        "withdrawn": [withdrawal_as_json(withdrawn[key], here.iris) for key in sorted(withdrawn)],
    }
    return json_bytes(content)


def _step(here: Site, step: Step) -> dict[str, Any]:
    told: dict[str, Any] = {
        **asdict(Side.of(step.manifest)),
        "page": here.iris.of(f"release/{step.manifest.release}"),
        "previous": step.previous.release if step.previous else None,
        "changes": here.iris.of(step.address) if step.address else None,
    }
    if step.problem:
        told["problem"] = step.problem.as_json()
    return told | (counted(step.counts) if step.counts else {})


def _feed(here: Site, steps: Sequence[Step]) -> bytes:
    labels, data_set = here.labels, here.dataset
    publisher = labels.value(data_set, ns.DCTERMS + "publisher")
    names = [labels.name(publisher, language) for language in ("ja", "en")] if publisher else []
    ja, en = names if all(names) and names else (None, None)
    about = feed.About(
        title=here.title,
        description=labels.both(data_set, ns.DCTERMS + "description"),
        author=Text(ja.text, en.text) if ja and en else here.title,
        author_iri=publisher,
        licence=here.licence,
        day=here.day or "",
    )
    entries = (feed.Entry(step.manifest, step.summary, step.address) for step in steps)
    return feed.atom(here.iris, about, entries)


@blueprint.get("/changes/<name>")
def comparison(name: str) -> Response:
    """Answer with what changed from one release to another."""
    here = site()
    old, new, suffix = _pair(here, name)

    def found() -> Difference:
        return _between(here, old, new)

    resource = Resource(
        address(old.release, new.release),
        (HTML, JSON),
        page=lambda view: _page(view, found()),
        data=lambda _: as_json(found()),
        state=history().state((old, new)),
    )
    return answer(here, resource, suffix)


@blueprint.get("/changes/<name>/<file>")
def statements(name: str, file: str) -> Response:
    """Answer with all statements that a comparison removes, or adds, as N-Quads."""
    here = site()
    old, new, more = _pair(here, name)
    which, suffix = taken_apart(file)
    if more or which not in ("removed", "added"):
        raise not_found()

    def data(_: Format) -> bytes:
        found = _between(here, old, new)
        lines = found.removed if which == "removed" else found.added
        return "".join(f"{line}\n" for line in lines).encode()

    path = f"{address(old.release, new.release)}/{which}"
    resource = Resource(path, (NQUADS,), data=data, state=history().state((old, new)))
    return answer(here, resource, suffix)


def _pair(here: Site, name: str) -> tuple[Manifest, Manifest, str | None]:
    """Return the releases that an address compares, and its suffix; raises Refusal 404."""
    match = _PAIR.fullmatch(name)
    if match is None or match[1] == match[2]:
        raise not_found()
    old, new = (history().find(here.release.manifest, id_) for id_ in match.group(1, 2))
    if old is None or new is None:
        raise not_found()
    return old, new, match[3]


def _between(here: Site, old: Manifest, new: Manifest) -> Difference:
    return history().between(history().line(here.release.manifest), old, new)


def _page(view: View, found: Difference) -> str:
    things, left_out = shown(view, found)
    return view.render(
        "difference.html",
        found=found,
        counts=found.counts,
        fates=FATES,
        fate_names=FATE_NAMES,
        groups=[
            (fate, list(group)) for fate, group in groupby(things, lambda one: one.change.fate)
        ],
        left_out=left_out,
        others=(len(found.other_removed), len(found.other_added)),
    )
