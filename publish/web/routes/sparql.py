"""The SPARQL endpoint: a request -> a question -> an answer that streams, or a refusal -> the log.

Nothing is evaluated whose answer is known already, to us or to the client.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, cast

import pyoxigraph as ox
from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.wsgi import FileWrapper

from publish import formats
from publish.errors import QueryError
from publish.formats import DOCUMENT_FORMATS, SPARQL_JSON, Format
from publish.i18n import Language, Text
from publish.i18n import known as known_language
from publish.project.dataset import CATALOG
from publish.release.sparql_pools import Pools
from publish.sparql import failures, protocol
from publish.sparql.failures import QueryFailed
from publish.sparql.guard import refuse
from publish.sparql.pool import Answer, Job
from publish.sparql.protocol import Asked, named_format, offered
from publish.web.app.base_path import site
from publish.web.app.problems import Refusal, refused
from publish.web.app.requests import client_of_request, settings
from publish.web.app.respond import CURRENT, NO_STORE, Resource, answer
from publish.web.app.site import Site
from publish.web.http.assets import fingerprint
from publish.web.http.conditional import matches
from publish.web.http.negotiate import choose, choose_language
from publish.web.http.ratelimit import Rates
from publish.web.routes import workbench

log = logging.getLogger("lodpub.sparql")
blueprint = Blueprint("sparql", __name__)

#: Rows that a page shows; the other formats have all.
ROWS_OF_A_PAGE = 1000
#: Says in every answer how many rows it has at most.
ROW_LIMIT = "SPARQL-Row-Limit"
#: Says that an answer ends at that limit.
TRUNCATED = "SPARQL-Truncated"
_METHODS = ("GET", "HEAD", "OPTIONS", "POST")
#: Bytes of the longest answer that is made into a page.
_LONGEST_PAGE = 4 << 20
#: Where it is explained why an aggregate gives nothing.
_HELP = "help/query#aggregates"
#: Seconds after which it is worth trying again where nothing better is known.
_RETRY = 10

# -- Request --------------------------------------------------------------------------------------


@blueprint.after_request
def complete(response: Response) -> Response:
    """Add what every answer of the endpoint carries, refusals included."""
    response.vary.update(["Accept", "Accept-Language"])
    response.headers.setdefault(ROW_LIMIT, str(settings().rows))
    if request.method == "POST" or "query" in request.args:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.route("/sparql", methods=["OPTIONS"])
def options() -> Response:
    """Say what may be sent here; the server adds what browsers ask before they send it."""
    return Response(headers={"Allow": ", ".join(_METHODS), "Accept-Post": protocol.ACCEPT_POST})


@blueprint.route("/sparql", methods=["PUT", "PATCH", "DELETE"], provide_automatic_options=False)
def other_method() -> Response:
    """Refuse what would be a change of the data."""
    raise MethodNotAllowed(valid_methods=_METHODS)


@blueprint.route("/sparql", methods=["GET", "POST"], provide_automatic_options=False)
def endpoint() -> Response:
    """Answer a query, or describe the service to those who ask none."""
    entry = Entry()
    try:
        pairs = protocol.read(_parts())
        entry.query = protocol.query_in(pairs)
        asked = protocol.asked(pairs, required=request.method == "POST")
        return description() if asked is None else _answered(site(), question_of(asked), entry)
    except QueryError as error:
        entry.note_failure(error)
        return _refused(error, entry.query)
    finally:
        if entry.fate and not entry.is_open:
            entry.write()


def _parts() -> protocol.RequestParts:
    return protocol.RequestParts(
        method=request.method,
        url=request.query_string,
        content_type=request.headers.get("Content-Type"),
        content_encoding=request.headers.get("Content-Encoding", ""),
        body=request.get_data() if request.method == "POST" else b"",
    )


@blueprint.get("/sparql.<suffix>")
def description(suffix: str | None = None) -> Response:
    """Describe the service: a form for people, the service description for programs."""
    here = site()
    opened = workbench.opened(here, suffix)
    if opened is not None:
        return opened
    resource = Resource(
        "sparql",
        DOCUMENT_FORMATS,
        page=workbench.form,
        data=lambda format_: here.release.serialiser.write(_service(here), format_),
    )
    return answer(here, resource, suffix)


def _service(here: Site) -> Iterator[ox.Quad]:
    """Yield the part of graph/catalog that is the service description."""
    service = here.iris.of("sparql")
    for quad in here.store.quads_for_pattern(
        None, None, None, ox.NamedNode(here.iris.graph(CATALOG))
    ):
        if str(getattr(quad.subject, "value", "")).startswith(service):
            yield quad


# -- Question -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """A query with the form in which it is answered."""

    asked: Asked
    format: Format
    #: answered with rows or a truth value, not with triples
    is_table: bool
    #: the same query may have another answer next time (NOW, RAND …)
    volatile: bool
    #: most rows of the answer
    rows: int
    #: who asks
    client: str
    #: of the page, if it is one
    language: Language | None

    @property
    def suffix(self) -> str:
        """Return the format that the worker writes; pages are made from it."""
        if self.format != formats.HTML:
            return self.format.suffix
        return formats.SPARQL_JSON.suffix if self.is_table else formats.TURTLE.suffix

    def job(self) -> Job:
        """Return what a worker is asked."""
        return Job(
            query=self.asked.query,
            suffix=self.suffix,
            default_graphs=self.asked.default_graphs,
            named_graphs=self.asked.named_graphs,
            seconds=self.asked.seconds,
            rows=self.rows,
            labels=self.asked.labels,
            client=self.client,
        )

    def name(self, here: Site) -> str:
        """Return what tells the worker's answer from all others; it is kept by this name."""
        parts = (
            here.release.id, fingerprint(), self.asked.query, self.asked.default_graphs,
            self.asked.named_graphs, self.suffix, self.rows, self.asked.labels,
        )  # fmt: skip
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]

    def etag(self, here: Site) -> str:
        """Return the strong entity tag of the answer in its form, and in its language."""
        return f'"{self.name(here)}{f"-{self.language}" if self.language else ""}"'


def question_of(found: Asked) -> Question:
    """Return what a request asks, with the format that it accepts.

    Raises QueryError if the query is refused or cannot be answered in that format, or if its
    client has asked too often (429).
    """
    client = client_of_request()
    rates: Rates = current_app.config["RATES"]
    seconds = math.ceil(rates.wait(client, time.monotonic()))
    if seconds:
        raise failures.too_often(seconds)
    inspection = refuse(found.query)
    among = offered(inspection.form)
    wanted = _wanted(found, among, known=inspection.form is not None)
    page = wanted == formats.HTML
    most = settings().rows
    return Question(
        asked=found,
        format=wanted,
        is_table=inspection.form not in ("CONSTRUCT", "DESCRIBE"),
        volatile=inspection.volatile,
        rows=min(most, ROWS_OF_A_PAGE) if page else most,
        client=client,
        language=language_of_page() if page else None,
    )


def _wanted(found: Asked, among: tuple[Format, ...], *, known: bool) -> Format:
    if found.formats and known:
        return named_format(found.formats, among)
    wanted = choose(request.headers.get("Accept"), among)
    if wanted is None and known:
        raise _not_acceptable(among)
    # What is no query is not answered in any form; the worker will say where it is wrong.
    return wanted or among[0]


def language_of_page() -> Language:
    """Return the language in which the request wants a page."""
    return known_language(request.args.get("lang", "")) or choose_language(
        request.headers.get("Accept-Language")
    )


def _not_acceptable(among: tuple[Format, ...]) -> QueryError:
    return QueryError(
        Text("求められた形式では答えられません。", "There is no answer in the form asked for."),
        Text("Accept で次のいずれかを求めてください：{known}", "Accept one of: {known}").format(
            known=", ".join(format_.media_type for format_ in among)
        ),
        status=406,
    )


# -- Answer ---------------------------------------------------------------------------------------


def _answered(here: Site, question: Question, entry: Entry) -> Response:
    if question.volatile:
        return _evaluated(here, question, entry)
    etag = question.etag(here)
    if _condition() != "*" and matches(_condition(), etag):
        # Only a query that has an answer has an entity tag that a client can know.
        return _not_modified(question, etag, entry)
    known = here.kept.find(question.name(here))
    if known is None:
        return _evaluated(here, question, entry)
    entry.fate, entry.size, entry.form = "cached", len(known), question.format.suffix
    return _whole(here, question, entry, known)


def _condition() -> str:
    return "" if request.method == "POST" else request.headers.get("If-None-Match", "").strip()


def _evaluated(here: Site, question: Question, entry: Entry) -> Response:
    pools: Pools = current_app.config["POOLS"]
    gone = request.environ.get("waitress.client_disconnected")
    found = pools.pool(here.release).evaluate(question.job(), gone)
    if not found.complete:
        return _begun(here, question, entry, found)
    entry.note_answer(question, found)
    if found.truncated and question.format not in (SPARQL_JSON, formats.HTML):
        raise failures.too_long(question.rows)
    if not (question.volatile or found.truncated):
        here.kept.keep(question.name(here), found.body)
    return _whole(here, question, entry, found.body, truncated=found.truncated)


#: Forms that cannot express everything: whether an answer is 406 shows at its end.
_KNOWN_AT_THE_END = (formats.RDFXML, formats.SPARQL_XML)


def _begun(here: Site, question: Question, entry: Entry, found: Answer) -> Response:
    """Return the response with an answer of which only the beginning is there yet."""
    is_old = request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0"
    if question.language or is_old or question.format in _KNOWN_AT_THE_END:
        return _stored(here, question, entry, found)
    if request.method == "HEAD":
        found.close()
        entry.note_answer(question, found)
        # without a length, for it is not known
        response = Response(iter(()), content_type=question.format.content_type)
    else:
        entry.is_open = True
        content = _streamed(question, entry, found)
        response = Response(content, content_type=question.format.content_type)
        # for an answer of which nothing has been asked when the client leaves
        response.call_on_close(found.close)
    return _described(response, question, None)


def _streamed(question: Question, entry: Entry, found: Answer) -> Iterator[bytes]:
    """Yield an answer; an exception on the way makes the server abort the connection."""
    fate = "client-left"
    try:
        yield from found.chunks()
        fate = found.fate
    except QueryFailed as error:
        fate = error.fate
        raise
    finally:
        entry.note_answer(question, found)
        entry.fate = fate
        entry.write()


def _stored(here: Site, question: Question, entry: Entry, found: Answer) -> Response:
    """Return all of an answer, or raise its failure: for pages, for XML, and for HTTP/1.0.

    That has no chunks: a client could not tell an answer that breaks off from a whole one.
    """
    file = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115 - closed with the response
    try:
        for piece in found.chunks():
            file.write(piece)
            if question.language and file.tell() > _LONGEST_PAGE:
                raise failures.cut_off(found.rows)
    except QueryFailed as error:
        found.close()
        file.close()
        if error.fate == "cut":
            entry.note_answer(question, found)
            raise failures.too_long(question.rows) from error
        raise
    entry.note_answer(question, found)
    length = file.tell()
    file.seek(0)
    if question.language:
        with file:
            return _whole(here, question, entry, file.read(), truncated=found.truncated)
    response = Response(FileWrapper(file, 1 << 16), content_type=question.format.content_type)
    response.content_length = length
    return _described(response, question, None)


def _whole(
    here: Site, question: Question, entry: Entry, body: bytes, truncated: bool = False
) -> Response:
    """Return the response with a whole answer: as the worker wrote it, or as a page."""
    etag = None if question.volatile or truncated else question.etag(here)
    if etag and _condition() == "*":
        return _not_modified(question, etag, entry)
    response = Response(body, content_type=question.format.content_type)
    if question.language:
        page = workbench.page(
            here,
            question.language,
            question.asked.query,
            body,
            is_table=question.is_table,
            truncated=truncated,
        )
        response.set_data(page)
        response.headers["Content-Language"] = question.language
    if truncated:
        response.headers[TRUNCATED] = "true"
    if question.is_table and workbench.advice_on(question.asked.query, question.suffix, body):
        response.headers["Link"] = f'<{here.iris.path(here.iris.of(_HELP))}>; rel="help"'
    return _described(response, question, etag)


def _not_modified(question: Question, etag: str, entry: Entry) -> Response:
    entry.fate, entry.form = "not-modified", question.format.suffix
    return _described(Response(status=304), question, etag)


def _described(response: Response, question: Question, etag: str | None) -> Response:
    """Add what caches need; there is no entity tag where the next answer may be another."""
    response.headers[ROW_LIMIT] = str(question.rows)
    response.headers["Cache-Control"] = CURRENT if etag else NO_STORE
    if etag:
        response.headers["ETag"] = etag
    return response


def _refused(error: QueryError, query: str) -> Response:
    """Return the refusal: with the query in a form for browsers, as a problem for the rest."""
    problem = error.problems[0]
    places = {"line": error.line, "column": error.column}
    response = refused(
        Refusal(
            error.status,
            problem.what,
            members={
                "hint": problem.remedy.en,
                "hint_ja": problem.remedy.ja,
                **{name: value for name, value in places.items() if value is not None},
            },
            headers=_headers(error),
        )
    )
    if response.mimetype == formats.HTML.media_type:
        response.set_data(workbench.refusal(site(), language_of_page(), query, error))
    elif response.mimetype == formats.TEXT.media_type:
        where = f"{error.line}:{error.column}\n" if error.line else ""
        response.set_data(
            f"{response.get_data(as_text=True)}{where}{problem.remedy.ja}\n{problem.remedy.en}\n"
        )
    return response


def _headers(error: QueryError) -> dict[str, str]:
    if error.status == 415:
        return {"Accept-Post": protocol.ACCEPT_POST, "Accept-Encoding": "identity"}
    # what was too slow or too large once will be so again
    later = error.status in (429, 503) and getattr(error, "fate", "") not in ("timeout", "memory")
    return {"Retry-After": str(getattr(error, "retry_after", None) or _RETRY)} if later else {}


# -- Log ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Entry:
    """What the log says of a query: what it cost and what became of it, but not its text."""

    query: str = ""
    #: "" as long as nothing has become of it
    fate: str = ""
    seconds: float = 0.0
    rows: int = 0
    size: int = 0
    #: suffix of the answer's format
    form: str = ""
    #: the answer streams, and writes the entry when it ends
    is_open: bool = False
    begun: float = field(default_factory=time.monotonic)

    def note_answer(self, question: Question, found: Answer) -> None:
        """Note an answer that has ended, or that nobody waits for any more."""
        self.fate, self.form = found.fate, question.format.suffix
        self.seconds, self.rows, self.size = found.seconds, found.rows, found.bytes

    def note_failure(self, error: QueryError) -> None:
        """Note why there is no answer, or why one that has been noted is not given."""
        if not self.form:
            self.seconds = time.monotonic() - self.begun
        self.fate = str(getattr(error, "fate", "refused"))

    def write(self) -> None:
        """Write the entry; the query can be told by its hash."""
        values = {
            "query": hashlib.sha256(self.query.encode(errors="replace")).hexdigest()[:12],
            "fate": self.fate,
            "seconds": round(self.seconds, 4),
            "rows": self.rows,
            "bytes": self.size,
            "form": self.form or "-",
        }
        log.info("query %s: %s, %.4f s, %d rows, %d bytes, %s", *values.values(), extra=values)
