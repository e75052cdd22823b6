"""Link your table: a form, and a table that is sent -> its links, to look at or to take away.

Works without scripts: the page with the outcome is a form, too, with which the file is sent again
together with what a person chose. With scripts the progress is told as lines of JSON. The work is
done within limits, and nothing is kept: the file is read from the request, and gone with the
answer.
"""

from __future__ import annotations

import json
import queue
import re
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request, stream_with_context
from werkzeug.datastructures import FileStorage

from publish.errors import GridError, Problem
from publish.formats import HTML, PROBLEM
from publish.i18n import Language, Text, known
from publish.release.release import Release
from publish.shacl.shapes import Kind
from publish.tables.columns import Wish
from publish.tables.export_rdf import RELATIONS
from publish.tables.grid import Limits, Row, shown
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
from publish.tables.job import (
    OUTPUTS,
    Assignment,
    Output,
    OutputFormat,
    Progress,
    carried_out,
    output_format,
)
from publish.tables.link import Outcome, State
from publish.tables.read import ENCODINGS
from publish.web.app.base_path import site
from publish.web.app.problems import Refusal
from publish.web.app.respond import NO_STORE, Resource, answer
from publish.web.app.site import Site
from publish.web.app.view import View, variants_of
from publish.web.app.wsgi_server import MOST_REQUEST_BYTES
from publish.web.http.negotiate import choose, choose_language

#: Bytes of a file, and of a request with one: a little more, so that too large a file is told so.
MOST_BYTES = 5 << 20
_MOST_ROWS = 100_000
_MOST_UNPACKED = 100 << 20
_MOST_CHARACTERS = 20 << 20
#: Fields of a form: the options, and a choice for each row that is shown.
MOST_PARTS = 1000
_MOST_FIELD_BYTES = 500_000
#: Seconds for one table; the command has no such limit.
SECONDS = 60.0
#: Tables that are worked on at the same time; the others have the rest of the machine.
_AT_ONCE = 2
_RETRY = "15"
#: Begins the name of the field with what a person decided about a row; its number follows.
CHOICE = "choice-"
#: The value of such a field for "none of them".
NONE = "none"
_ROLES = {"code": CODE, "name": NAME, "address": ADDRESS, "within": REGION}


class Jobs:
    """How many tables are worked on; more are refused, not kept waiting."""

    def __init__(self, most: int = _AT_ONCE) -> None:
        self._free = threading.BoundedSemaphore(most)

    def begin(self) -> Job:
        """Return a job that ends with `end`; raises Refusal 503 if there are enough already."""
        if not self._free.acquire(blocking=False):
            raise Refusal(503, _BUSY, headers={"Retry-After": _RETRY})
        return Job(self._free)


class Job:
    """One table that is worked on: it ends once, whoever ends it."""

    def __init__(self, slot: threading.BoundedSemaphore) -> None:
        self._slot: threading.BoundedSemaphore | None = slot
        self._lock = threading.Lock()
        self._left = threading.Event()
        self._handed_over = False
        self._deadline = time.monotonic() + SECONDS

    def end(self) -> None:
        """Give the place to the next one."""
        with self._lock:
            slot, self._slot = self._slot, None
        if slot:
            slot.release()

    def hand_over(self) -> None:
        """Say that a thread of its own does the work, and ends the job."""
        self._handed_over = True

    def leave(self) -> None:
        """Say that nobody waits for the answer: the work ends at the next check."""
        self._left.set()
        if not self._handed_over:
            self.end()

    def check(self) -> None:
        """Raise GridError if the time is over or nobody waits."""
        if self._left.is_set() or time.monotonic() > self._deadline:
            raise GridError(*_TOO_LONG)


@dataclass(frozen=True)
class Upload:
    """A file that was sent, and what is asked about it."""

    assignment: Assignment
    data: bytes

    def linked(self, release: Release, job: Job) -> Output:
        """Return what is handed back; raises GridError if that is not possible."""
        return self._carried_out(release, job, lambda done, total: job.check())

    def _carried_out(self, release: Release, job: Job, progress: Progress) -> Output:
        limits = Limits(
            bytes=MOST_BYTES,
            rows=_MOST_ROWS,
            text=_MOST_CHARACTERS,
            unpacked=_MOST_UNPACKED,
            progress=lambda rows: job.check(),
        )
        return carried_out(self.assignment, self.data, release.target, limits, progress)

    def steps(self, release: Release, job: Job) -> Iterator[tuple[int, int] | Output | GridError]:
        """Yield (rows done, rows in all) while the work goes on, and at last its outcome."""
        told: queue.Queue[tuple[int, int] | Output | Exception] = queue.Queue()

        def progress(done: int, total: int) -> None:
            job.check()
            told.put((done, total))

        def work() -> None:
            outcome: Output | Exception
            try:
                outcome = self._carried_out(release, job, progress)
            except Exception as error:  # whatever it is, the one who waits raises it
                outcome = error
            finally:
                job.end()
            told.put(outcome)

        job.hand_over()
        threading.Thread(target=work, name="link", daemon=True).start()
        try:
            while True:
                step = told.get()
                if isinstance(step, Exception) and not isinstance(step, GridError):
                    raise step
                yield step
                if not isinstance(step, tuple):
                    return
        finally:
            job.leave()


def read_upload(language: Language) -> Upload:
    """Return the file and the options of a request.

    Raises Refusal 400 if there is no file, or an option cannot be; 413 if the file is too large.
    """
    request.max_content_length = MOST_REQUEST_BYTES
    request.max_form_parts = MOST_PARTS
    request.max_form_memory_size = _MOST_FIELD_BYTES
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Refusal(400, _NO_FILE)
    return Upload(_assignment(file.filename, language, request.form), _read(file))


def _read(file: FileStorage) -> bytes:
    data = file.stream.read(MOST_BYTES + 1)
    file.close()
    if len(data) > MOST_BYTES:
        raise Refusal(413, _TOO_LARGE)
    return data


def _assignment(name: str, language: Language, form: Mapping[str, str]) -> Assignment:
    def one(option: str, among: Mapping[str, object] | None = None) -> str | None:
        value = form.get(option, "").strip()
        if value and among is not None and value not in among:
            raise Refusal(400, no_option(option, value))
        return value or None

    columns = {role: heading for field, role in _ROLES.items() if (heading := one(field))}
    kind = one("type")
    return Assignment(
        name,
        language,
        Wish(columns, (kind,) if kind else ()),
        encoding=one("encoding", ENCODINGS),
        sheet=one("sheet"),
        choices=_choices(form),
        template=one("subject"),
        relation=one("relation", RELATIONS),
    )


def no_option(name: str, value: str) -> Text:
    """Return what is said of a value that an option cannot have."""
    return _NO_OPTION.format(name=name, value=value[:60])


def _choices(form: Mapping[str, str]) -> dict[int, str]:
    """Return what a person decided: in fields of their own, or all in one as JSON."""
    given: dict[str, object] = {
        name.removeprefix(CHOICE): value
        for name, value in form.items()
        if name.startswith(CHOICE) and value
    }
    try:
        listed = json.loads(form.get("choices") or "{}")
    except (ValueError, RecursionError) as error:
        raise Refusal(400, _NO_CHOICES) from error
    if not isinstance(listed, dict):
        raise Refusal(400, _NO_CHOICES)
    return {
        int(row): "" if iri == NONE else str(iri)
        for row, iri in {**listed, **given}.items()
        if row.isascii() and row.isdecimal() and len(row) < 9
    }


_BUSY = Text(
    "ほかの表を処理しています。少し待ってから、もう一度送ってください。",
    "Other tables are being worked on. Please wait a little and send it again.",
)
_TOO_LONG = (
    Text("時間内に終わりませんでした。", "There was not enough time."),
    Text(
        "行を減らすか、コマンド lodpub link を使ってください。",
        "Leave out rows, or use the command lodpub link.",
    ),
)
_NO_FILE = Text("ファイルを選んでください。", "Please choose a file.")
_TOO_LARGE = Text(
    "ファイルが大きすぎます（上限 5 MB）。それより大きい表には、コマンド lodpub link（50 MBまで）を使ってください。",
    "The file is too large (at most 5 MB). For larger tables, use the command lodpub link (up to "
    "50 MB).",
)
_NO_OPTION = Text("{name} に「{value}」は指定できません。", '"{value}" is no value for {name}.')
_NO_CHOICES = Text(
    "choices は、行番号からURIへのJSONオブジェクトにしてください。",
    "choices must be a JSON object: numbers of rows to URIs.",
)


# -- The routes ------------------------------------------------------------------------------------

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

    output: Output
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
    return answer(site(), Resource(_STEM, (HTML,), page=_rendered), suffix)


@blueprint.post("/link")
def link() -> Response:
    """Answer with a table linked: a page, a file, or lines of JSON with the progress."""
    here, language = site(), _language()
    job = _jobs().begin()
    try:
        sent = read_upload(language)
        wanted = _wanted()
        if wanted is None and _LINES in request.headers.get("Accept", ""):
            return _streamed(here, language, sent, job)
    except BaseException:
        job.end()
        raise
    try:
        output = sent.linked(here.release, job)
        return _file(output, wanted) if wanted else _page(here, language, output)
    except GridError as error:
        return _refused(here, language, error)
    finally:
        job.end()


def _jobs() -> Jobs:
    found: Jobs = current_app.config["TABLES"]
    return found


def _language() -> Language:
    """Return the language in which the answer is wanted, be it of a page or of a column."""
    asked = request.args.get("lang", "")
    return known(asked) or choose_language(request.headers.get("Accept-Language"))


def _wanted() -> OutputFormat | None:
    """Return the form of the file that is wanted, or None for the page."""
    name = request.form.get("format", "")
    found = output_format(name)
    if found is None and name not in ("", "page"):
        raise Refusal(400, no_option("format", name))
    return found


def _file(output: Output, wanted: OutputFormat) -> Response:
    response = Response(output.write(wanted.suffix), content_type=wanted.media_type)
    name = quote(output.name(wanted.suffix), safe="")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Content-Language"] = output.language
    return _unkept(response)


def _page(here: Site, language: Language, output: Output) -> Response:
    return _html(_rendered(_view(here, language), result=_result(output)), 200, language)


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


def _streamed(here: Site, language: Language, sent: Upload, job: Job) -> Response:
    """Return the progress as lines of JSON; the last one has the outcome as a part of the page."""

    def lines() -> Iterator[str]:
        for step in sent.steps(here.release, job):
            yield json.dumps(_step(here, language, step), ensure_ascii=False) + "\n"

    response = Response(stream_with_context(lines()), content_type=_LINES)
    response.call_on_close(job.leave)
    response.headers["Content-Language"] = language
    return _unkept(response)


def _step(
    here: Site, language: Language, step: tuple[int, int] | Output | GridError
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
        "most": MOST_BYTES,
        "choice": CHOICE,
        "nothing": NONE,
    }


_FIELDS = ("code", "name", "address", "within", "type", "relation", "subject", "encoding", "sheet")


def _kinds(here: Site) -> list[Kind]:
    return [kind for kind in here.shapes.kinds if kind.segment in here.release.scope.areas]


def _result(output: Output) -> Result:
    review = tuple(_lines(output, "review", _REVIEWED))
    others = (*_lines(output, "unmatched", _OTHERS), *_lines(output, "matched", _OTHERS))[:_OTHERS]
    fields = {f"{CHOICE}{line.row.number}" for line in (*review, *others)}
    decided = [
        (name, value)
        for name, value in request.form.items()
        if name.startswith(CHOICE) and value and name not in fields
    ]
    return Result(output, review, others, tuple(decided))


def _lines(output: Output, state: State, most: int) -> Iterator[Line]:
    table = output.table
    columns = [n for role in _SHOWN_ROLES if (n := table.layout.of(role)) is not None]
    pairs = zip(table.grid.rows, table.outcomes, strict=True)
    found = ((row, outcome) for row, outcome in pairs if outcome.state == state)
    for row, outcome in islice(found, most):
        said = " ".join(shown(row.cells[n]) for n in columns if row.cells[n].strip())
        yield Line(row, said, outcome)
