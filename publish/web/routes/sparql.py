"""The SPARQL endpoint: a request -> a refusal, an answer known already, or one that streams."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from typing import IO, cast

import pyoxigraph as ox
from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.wsgi import FileWrapper

from publish import formats
from publish.errors import QueryError
from publish.formats import DOCUMENT_FORMATS, SPARQL_JSON
from publish.i18n import Text
from publish.project.dataset import CATALOG
from publish.release.sparql_pools import Engines
from publish.sparql import parameters, protocol
from publish.sparql.failures import QueryFailed, cut_off
from publish.sparql.pool import Answer
from publish.web.app.base_path import site
from publish.web.app.problems import Refusal, refused
from publish.web.app.requests import settings
from publish.web.app.respond import CURRENT, NO_STORE, Resource, answer
from publish.web.app.site import Site
from publish.web.http.conditional import matches
from publish.web.routes import workbench as results
from publish.web.routes import workbench_
from publish.web.routes.notes import note, note_answer
from publish.web.routes.question import Question, language_of_page, question_of

blueprint = Blueprint("sparql", __name__)

#: Says in every answer how many rows it has at most.
ROW_LIMIT = "SPARQL-Row-Limit"
#: Says that an answer ends at that limit.
TRUNCATED = "SPARQL-Truncated"
_METHODS = ("GET", "HEAD", "OPTIONS", "POST")
#: Bytes of the longest answer that is made into a page.
_LONGEST_PAGE = 4 << 20
#: Seconds after which it is worth trying again where nothing better is known.
_RETRY = 10


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
    return Response(headers={"Allow": ", ".join(_METHODS), "Accept-Post": parameters.ACCEPT_POST})


@blueprint.route("/sparql", methods=["PUT", "PATCH", "DELETE"], provide_automatic_options=False)
def other_method() -> Response:
    """Refuse what would be a change of the data."""
    raise MethodNotAllowed(valid_methods=_METHODS)


@blueprint.route("/sparql", methods=["GET", "POST"], provide_automatic_options=False)
def endpoint() -> Response:
    """Answer a query, or describe the service to those who ask none."""
    query, begun = "", time.monotonic()
    try:
        pairs = parameters.read(_sent())
        query = protocol.query_in(pairs)
        asked = protocol.asked(pairs, required=request.method == "POST")
        return description() if asked is None else _answered(site(), question_of(asked))
    except QueryError as error:
        note(query, str(getattr(error, "fate", "refused")), seconds=time.monotonic() - begun)
        return _refused(error, query)


def _sent() -> parameters.Sent:
    return parameters.Sent(
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
    opened = workbench_.opened(here, suffix)
    if opened is not None:
        return opened
    resource = Resource(
        "sparql",
        DOCUMENT_FORMATS,
        page=results.form,
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


def _answered(here: Site, question: Question) -> Response:
    if question.volatile:
        return _evaluated(here, question)
    etag = question.etag(here)
    if _condition() != "*" and matches(_condition(), etag):
        # Only a query that has an answer has an entity tag that a client can know.
        return _not_modified(question, etag)
    known = here.kept.find(question.name(here))
    if known is None:
        return _evaluated(here, question)
    note(question.asked.query, "cached", size=len(known), form=question.format.suffix)
    return _whole(here, question, known)


def _condition() -> str:
    return "" if request.method == "POST" else request.headers.get("If-None-Match", "").strip()


def _evaluated(here: Site, question: Question) -> Response:
    engines: Engines = current_app.config["ENGINES"]
    gone = request.environ.get("waitress.client_disconnected")
    found = engines.pool(here.release).evaluate(question.job(), gone)
    if not found.complete:
        return _begun(here, question, found)
    if found.truncated and question.format not in (SPARQL_JSON, formats.HTML):
        return _too_long(question, found)
    note_answer(question, found)
    if not (question.volatile or found.truncated):
        here.kept.keep(question.name(here), found.body)
    return _whole(here, question, found.body, truncated=found.truncated)


def _begun(here: Site, question: Question, found: Answer) -> Response:
    """Return the response with an answer of which only the beginning is there yet."""
    if question.language or request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0":
        return _stored(here, question, found)
    if request.method == "HEAD":
        found.close()
        note_answer(question, found)
        # without a length, for it is not known
        response = Response(iter(()), content_type=question.format.content_type)
    else:
        content = _streamed(question, found)
        response = Response(content, content_type=question.format.content_type)
        # for an answer of which nothing has been asked when the client leaves
        response.call_on_close(found.close)
    return _described(response, question, None)


def _streamed(question: Question, found: Answer) -> Iterator[bytes]:
    """Yield an answer; an exception on the way makes the server abort the connection."""
    fate = "client-left"
    try:
        yield from found.chunks()
        fate = found.fate
    except QueryFailed as error:
        fate = error.fate
        raise
    finally:
        note_answer(question, found, fate)


def _stored(here: Site, question: Question, found: Answer) -> Response:
    """Return all of an answer, or raise its failure: for pages, and for HTTP/1.0.

    That has no chunks: a client could not tell an answer that breaks off from a whole one.
    """
    file = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115 - closed with the response
    try:
        for piece in found.chunks():
            file.write(piece)
            if question.language and file.tell() > _LONGEST_PAGE:
                raise cut_off(found.rows)
    except QueryFailed as error:
        found.close()
        file.close()
        if error.fate == "cut":
            return _too_long(question, found)
        raise
    note_answer(question, found)
    length = file.tell()
    file.seek(0)
    if question.language:
        with file:
            return _whole(here, question, file.read(), truncated=found.truncated)
    response = Response(FileWrapper(file, 1 << 16), content_type=question.format.content_type)
    response.content_length = length
    return _described(response, question, None)


def _too_long(question: Question, found: Answer) -> Response:
    note_answer(question, found, "cut")
    error = QueryError(
        Text(
            "答えが長すぎます（上限 {rows} 行）。この形式では途中までの答えを返しません。",
            "The answer is too long (at most {rows} rows), and this form cannot be cut off.",
        ).format(rows=f"{question.rows:,}"),
        Text(
            "LIMIT と OFFSET で分けるか、JSONで受け取ってください。",
            "Split it by LIMIT and OFFSET, or take it as JSON.",
        ),
        status=413,
    )
    return _refused(error, question.asked.query)


def _whole(here: Site, question: Question, body: bytes, truncated: bool = False) -> Response:
    """Return the response with a whole answer: as the worker wrote it, or as a page."""
    etag = None if question.volatile or truncated else question.etag(here)
    if etag and _condition() == "*":
        return _not_modified(question, etag)
    response = Response(body, content_type=question.format.content_type)
    if question.language:
        page = results.page(
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
    return _described(response, question, etag)


def _not_modified(question: Question, etag: str) -> Response:
    note(question.asked.query, "not-modified", form=question.format.suffix)
    response = Response(status=304)
    del response.headers["Content-Type"]
    return _described(response, question, etag)


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
        response.set_data(results.refusal(site(), language_of_page(), query, error))
    elif response.mimetype == formats.TEXT.media_type:
        where = f"{error.line}:{error.column}\n" if error.line else ""
        response.set_data(
            f"{response.get_data(as_text=True)}{where}{problem.remedy.ja}\n{problem.remedy.en}\n"
        )
    return response


def _headers(error: QueryError) -> dict[str, str]:
    if error.status == 415:
        return {"Accept-Post": parameters.ACCEPT_POST, "Accept-Encoding": "identity"}
    # what was too slow or too large once will be so again
    later = error.status in (429, 503) and getattr(error, "fate", "") not in ("timeout", "memory")
    return {"Retry-After": str(getattr(error, "retry_after", None) or _RETRY)} if later else {}
