"""Link your table: a form, and a table that is sent -> its links, to look at or to take away.

Works without scripts: the page with the outcome is a form, too, with which the file is sent again
together with what a person chose. With scripts the progress is told as lines of JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request, stream_with_context

from publish.errors import GridError, Problem
from publish.formats import HTML, PROBLEM
from publish.i18n import Language, known
from publish.shacl.shapes import Kind
from publish.tables.export_rdf import RELATIONS
from publish.tables.grid import Row, shown
from publish.tables.headings import (
    ADDRESS,
    CODE,
    DISTRICT,
    NAME,
    PREFECTURE,
    READING,
    REGION,
    ROLES,
)
from publish.tables.job import OUTPUTS, Output, Parcel, output
from publish.tables.outcomes import Outcome, State
from publish.tables.read import ENCODINGS
from publish.web.app.base_path import site
from publish.web.app.problems import Refusal
from publish.web.app.respond import NO_STORE, Resource, answer
from publish.web.app.site import Site
from publish.web.app.view import View, variants_of
from publish.web.http.negotiate import choose, choose_language
from publish.web.routes import uploads

blueprint = Blueprint("link", __name__)

_STEM = "link"
_LINES = "application/x-ndjson"
#: Rows that the page shows; the files have all.
_REVIEWED, _OTHERS = 200, 100
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿]")
_SHOWN_ROLES = (CODE, NAME, READING, ADDRESS, PREFECTURE, DISTRICT, REGION)


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the page shows it: what it says of the place, and what became of it."""

    row: Row
    said: str
    outcome: Outcome

    @property
    def language(self) -> str:
        """Return the attribute value that tells screen readers how to read the cells."""
        return "ja" if _JAPANESE.search(self.said) else ""


@dataclass(frozen=True, slots=True)
class Result:
    """What the page shows of a linked table."""

    parcel: Parcel
    review: tuple[Line, ...]
    #: rows without a match, then those that are linked
    others: tuple[Line, ...]
    #: what a person decided about rows that are not shown any more: field, value
    decided: tuple[tuple[str, str], ...]


@blueprint.get("/link")
@blueprint.get("/link.<suffix>")
def page(suffix: str | None = None) -> Response:
    """Answer with the form; the address of an outcome, opened anew, leads to it in its language."""
    if suffix is None and known(request.args.get("lang", "")):
        suffix = HTML.suffix
    return answer(site(), Resource(_STEM, (HTML,), page=_form), suffix)


@blueprint.post("/link")
def link() -> Response:
    """Answer with a table linked: a page, a file, or lines of JSON with the progress."""
    here, language = site(), _language()
    job = _jobs().begin()
    try:
        sent = uploads.sent(language)
        wanted = _wanted()
        if wanted is None and _LINES in request.headers.get("Accept", ""):
            return _streamed(here, language, sent, job)
    except BaseException:
        job.end()
        raise
    try:
        parcel = sent.linked(here.release, job)
        return _file(parcel, wanted) if wanted else _page(here, language, parcel)
    except GridError as error:
        return _refused(here, language, error)
    finally:
        job.end()


def _jobs() -> uploads.Jobs:
    found: uploads.Jobs = current_app.config["TABLES"]
    return found


def _language() -> Language:
    """Return the language in which the answer is wanted, be it of a page or of a column."""
    asked = request.args.get("lang", "")
    return known(asked) or choose_language(request.headers.get("Accept-Language"))


def _wanted() -> Output | None:
    """Return the form of the file that is wanted, or None for the page."""
    name = request.form.get("format", "")
    found = output(name)
    if found is None and name not in ("", "page"):
        raise Refusal(400, uploads.no_option("format", name))
    return found


def _file(parcel: Parcel, wanted: Output) -> Response:
    response = Response(parcel.write(wanted.suffix), content_type=wanted.media_type)
    name = quote(parcel.name(wanted.suffix), safe="")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Content-Language"] = parcel.language
    return _unkept(response)


def _page(here: Site, language: Language, parcel: Parcel) -> Response:
    return _html(_rendered(_view(here, language), result=_result(parcel)), 200, language)


def _html(content: str, status: int, language: Language) -> Response:
    response = Response(content, status, content_type=HTML.content_type)
    response.headers["Content-Language"] = language
    return _unkept(response)


def _unkept(response: Response) -> Response:
    """Return an answer that no cache keeps and no crawler lists: it is made of somebody's data."""
    response.headers["Cache-Control"] = NO_STORE
    response.headers["X-Robots-Tag"] = "noindex"
    response.vary.update(["Accept", "Accept-Language"])
    return response


def _refused(here: Site, language: Language, error: GridError) -> Response:
    """Return what is wrong with a table: above the form for people, as a problem for programs."""
    if choose(request.headers.get("Accept"), (PROBLEM, HTML)) == HTML:
        return _html(_rendered(_view(here, language), problems=error.problems), 400, language)
    first = error.problems[0]
    raise Refusal(400, first.what, members={"problems": [*map(_problem, error.problems)]})


def _problem(problem: Problem) -> dict[str, object]:
    place = problem.place.as_json() if problem.place else {}
    return {
        **place,
        "detail": problem.what.en,
        "detail_ja": problem.what.ja,
        "hint": problem.remedy.en,
        "hint_ja": problem.remedy.ja,
    }


def _streamed(here: Site, language: Language, sent: uploads.Sent, job: uploads.Job) -> Response:
    """Return the progress as lines of JSON; the last one has the outcome as a part of the page."""

    def lines() -> Iterator[str]:
        for step in sent.steps(here.release, job):
            yield json.dumps(_step(here, language, step), ensure_ascii=False) + "\n"

    response = Response(stream_with_context(lines()), content_type=_LINES)
    response.call_on_close(job.leave)
    response.headers["Content-Language"] = language
    return _unkept(response)


def _step(
    here: Site, language: Language, step: tuple[int, int] | Parcel | GridError
) -> dict[str, object]:
    if isinstance(step, tuple):
        return {"done": step[0], "total": step[1]}
    if isinstance(step, GridError):
        said = [f"{problem.said(language)}" for problem in step.problems]
        return {"problems": said}
    view = _view(here, language)
    return {"html": view.render("_linked.html", result=_result(step), **_offered(view))}


# -- pages


def _view(here: Site, language: Language) -> View:
    return View(here, language, _STEM, variants=variants_of((HTML,)))


def _form(view: View) -> str:
    return _rendered(view)


def _rendered(
    view: View, *, result: Result | None = None, problems: tuple[Problem, ...] = ()
) -> str:
    return view.render("link.html", result=result, problems=problems, **_offered(view))


def _offered(view: View) -> dict[str, object]:
    """Return what the form offers, and what was chosen in the request, if there is one."""
    here = view.site
    given = request.form if request.method == "POST" else {}
    return {
        "given": {name: given.get(name, "") for name in _FIELDS},
        "kinds": _kinds(here),
        "relations": [*RELATIONS],
        "encodings": {name: one.label for name, one in ENCODINGS.items()},
        "outputs": OUTPUTS,
        "roles": ROLES,
        "most": uploads.MOST_BYTES,
        "choice": uploads.CHOICE,
        "nothing": uploads.NONE,
    }


_FIELDS = ("code", "name", "address", "within", "type", "relation", "subject", "encoding", "sheet")


def _kinds(here: Site) -> list[Kind]:
    return [kind for kind in here.shapes.kinds if kind.segment in here.release.scope.areas]


def _result(parcel: Parcel) -> Result:
    review = tuple(_lines(parcel, "review", _REVIEWED))
    others = (*_lines(parcel, "unmatched", _OTHERS), *_lines(parcel, "matched", _OTHERS))[:_OTHERS]
    fields = {f"{uploads.CHOICE}{line.row.number}" for line in (*review, *others)}
    decided = [
        (name, value)
        for name, value in request.form.items()
        if name.startswith(uploads.CHOICE) and value and name not in fields
    ]
    return Result(parcel, review, others, tuple(decided))


def _lines(parcel: Parcel, state: State, most: int) -> Iterator[Line]:
    table = parcel.table
    columns = [n for role in _SHOWN_ROLES if (n := table.layout.of(role)) is not None]
    pairs = zip(table.grid.rows, table.outcomes, strict=True)
    found = ((row, outcome) for row, outcome in pairs if outcome.state == state)
    for row, outcome in islice(found, most):
        said = " ".join(shown(row.cells[n]) for n in columns if row.cells[n].strip())
        yield Line(row, said, outcome)
