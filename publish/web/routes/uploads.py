"""A table that is sent with a form: what is asked about it, and the work done within limits.

Nothing is kept: the file is read from the request, and gone with the answer.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import FileStorage

from publish.errors import GridError
from publish.i18n import Language, Text
from publish.release.release import Release
from publish.tables.assignments import Assignment, carried_out
from publish.tables.columns import Wish
from publish.tables.export_rdf import RELATIONS
from publish.tables.grid import Limits
from publish.tables.headings import ADDRESS, CODE, NAME, REGION
from publish.tables.job import Parcel
from publish.tables.read import ENCODINGS
from publish.web.app.problems import Refusal
from publish.web.app.wsgi_server import MOST_REQUEST_BYTES

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
class Sent:
    """A file that was sent, and what is asked about it."""

    assignment: Assignment
    data: bytes

    def linked(self, release: Release, job: Job) -> Parcel:
        """Return what is handed back; raises GridError if that is not possible."""
        return carried_out(
            self.assignment,
            self.data,
            release.target,
            _limits(job),
            lambda done, total: job.check(),
        )

    def steps(self, release: Release, job: Job) -> Iterator[tuple[int, int] | Parcel | GridError]:
        """Yield (rows done, rows in all) while the work goes on, and at last its outcome."""
        told: queue.Queue[tuple[int, int] | Parcel | Exception] = queue.Queue()

        def progress(done: int, total: int) -> None:
            job.check()
            told.put((done, total))

        def work() -> None:
            outcome: Parcel | Exception
            try:
                outcome = carried_out(
                    self.assignment, self.data, release.target, _limits(job), progress
                )
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


def _limits(job: Job) -> Limits:
    return Limits(
        bytes=MOST_BYTES,
        rows=_MOST_ROWS,
        text=_MOST_CHARACTERS,
        unpacked=_MOST_UNPACKED,
        progress=lambda rows: job.check(),
    )


def sent(language: Language) -> Sent:
    """Return the file and the options of a request.

    Raises Refusal 400 if there is no file, or an option cannot be; 413 if the file is too large.
    """
    request.max_content_length = MOST_REQUEST_BYTES
    request.max_form_parts = MOST_PARTS
    request.max_form_memory_size = _MOST_FIELD_BYTES
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Refusal(400, _NO_FILE)
    return Sent(_assignment(file.filename, language, request.form), _read(file))


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
