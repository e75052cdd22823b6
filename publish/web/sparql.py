"""The SPARQL endpoint: a request -> a refusal, an answer known already, or one that streams."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator

import pyoxigraph as ox
from flask import Blueprint, Response, current_app, request

from publish import formats
from publish.dataset import CATALOG
from publish.errors import QueryError
from publish.formats import DOCUMENT_FORMATS
from publish.languages import Text
from publish.pools import Engines
from publish.protocol import asked
from publish.web import results
from publish.web.conditional import matches
from publish.web.negotiate import choose
from publish.web.problems import Refusal
from publish.web.question import Question, question_of, settings
from publish.web.respond import CURRENT, NO_STORE, Resource, answer
from publish.web.site import Site
from publish.web.under import site
from publish.workers import Answer, Job

blueprint = Blueprint("sparql", __name__)
log = logging.getLogger("lodpub.sparql")

#: Says in every answer how many rows it has at most.
ROW_LIMIT = "SPARQL-Row-Limit"
#: Says that an answer ends at that limit.
TRUNCATED = "SPARQL-Truncated"


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query, or describe the service to those who ask none."""
    url, form = list(request.args.items(multi=True)), list(request.form.items(multi=True))
    body = request.get_data() if not form else b""
    try:
        found = asked(request.method, request.headers.get("Content-Type"), url, form, body)
        if found is None:
            return description()
        return _complete(_answered(site(), question_of(found)))
    except QueryError as error:
        return _refused(error, dict(url + form).get("query", ""))


@blueprint.get("/sparql.<suffix>")
def description(suffix: str | None = None) -> Response:
    """Describe the service: a form for people, the service description for programs."""
    here = site()
    resource = Resource(
        "sparql",
        DOCUMENT_FORMATS,
        page=results.form,
        data=lambda format_: here.release.serialiser.write(_service(here), format_),
    )
    return _complete(answer(here, resource, suffix))


def _service(here: Site) -> Iterator[ox.Quad]:
    """Yield the part of graph/catalog that is the service description."""
    service = here.iris.of("sparql")
    for quad in here.store.quads_for_pattern(
        None, None, None, ox.NamedNode(here.iris.graph(CATALOG))
    ):
        if str(getattr(quad.subject, "value", "")).startswith(service):
            yield quad


def _answered(here: Site, question: Question) -> Response:
    name = question.name(here)
    if not question.volatile:
        if _is_known(name):
            return _described(Response(status=304), question, name)
        known = here.kept.find(name)
        if known is not None:
            return _sent(here, question, known, name)
    return _evaluated(here, question, name)


def _is_known(name: str) -> bool:
    """Tell whether the client has this very answer, and so whether the query had one."""
    header = request.headers.get("If-None-Match", "").strip()
    return request.method != "POST" and header not in ("", "*") and matches(header, f'"{name}"')


def _evaluated(here: Site, question: Question, name: str) -> Response:
    engines: Engines = current_app.config["ENGINES"]
    job = Job(
        query=question.asked.query,
        suffix=question.suffix,
        default_graphs=question.asked.default_graphs,
        named_graphs=question.asked.named_graphs,
        seconds=question.asked.seconds,
        rows=question.rows,
        labels=question.asked.labels,
        client=question.client,
    )
    gone = request.environ.get("waitress.client_disconnected")
    try:
        found = engines.pool(here.release).evaluate(job, gone)
    except QueryError as error:
        _log(question, error=error)
        raise
    if not found.complete:
        response = Response(_streamed(question, found), content_type=question.format.content_type)
        return _described(response, question, None)
    _log(question, found)
    if found.truncated and question.format not in (formats.SPARQL_JSON, formats.HTML):
        raise _too_long(question)
    volatile = question.volatile or found.truncated
    if not volatile:
        here.kept.keep(name, found.body)
    response = _sent(here, question, found.body, None if volatile else name)
    if found.truncated:
        response.headers[TRUNCATED] = "true"
    return response


def _streamed(question: Question, found: Answer) -> Iterator[bytes]:
    """Yield an answer; an exception on the way makes the server abort the connection."""
    try:
        with found:
            yield from found.chunks()
    finally:
        _log(question, found)


def _too_long(question: Question) -> QueryError:
    return QueryError(
        Text(
            "答えが上限の{rows}行を超えます。この形式では途中までの答えを返しません。",
            "The answer has more than {rows} rows, and this form cannot say that it was cut.",
        ).format(rows=question.rows),
        Text(
            "LIMIT と OFFSET で分けるか、JSONで受け取ってください。",
            "Split it by LIMIT and OFFSET, or take it as JSON.",
        ),
        status=413,
    )


def _sent(here: Site, question: Question, body: bytes, name: str | None) -> Response:
    if question.format == formats.HTML:
        page = results.page(here, question.asked, body, question.is_table)
        response = Response(page, content_type=formats.HTML.content_type)
        response.headers["X-Robots-Tag"] = "noindex"
        return _described(response, question, None)
    response = Response(body, content_type=question.format.content_type)
    return _described(response, question, name)


def _described(response: Response, question: Question, name: str | None) -> Response:
    """Add what caches need; `name` is None where the next answer may be another."""
    if response.status_code == 304:
        del response.headers["Content-Type"]
    response.headers[ROW_LIMIT] = str(question.rows)
    if name is None:
        response.headers["Cache-Control"] = NO_STORE
    else:
        response.headers["ETag"] = f'"{name}"'
        response.headers["Cache-Control"] = CURRENT
    return response


def _complete(response: Response) -> Response:
    response.vary.update(["Accept", "Accept-Language"])
    response.headers.setdefault(ROW_LIMIT, str(settings().rows))
    return response


def _refused(error: QueryError, query: str) -> Response:
    """Return the refusal: with the query in a form for browsers, as a problem for the rest."""
    if choose(request.headers.get("Accept"), (formats.PROBLEM, formats.HTML)) == formats.HTML:
        response = Response(results.refusal(site(), query, error), error.status)
        response.headers["Content-Type"] = formats.HTML.content_type
        response.headers["Cache-Control"] = NO_STORE
        return _complete(response)
    problem = error.problems[0]
    places = {"line": error.line, "column": error.column}
    headers = {"Accept-Post": results.ACCEPT_POST} if error.status == 415 else {}
    retry = getattr(error, "retry_after", None)
    if error.status == 503:
        headers["Retry-After"] = str(retry or 10)
    raise Refusal(
        error.status,
        problem.what,
        members={
            "hint": problem.remedy.en,
            "hint_ja": problem.remedy.ja,
            **{name: value for name, value in places.items() if value is not None},
        },
        headers=headers | {ROW_LIMIT: str(settings().rows)},
    ) from error


def _log(question: Question, found: Answer | None = None, error: QueryError | None = None) -> None:
    """Note what a query cost; its text is not kept, but a hash by which it can be told."""
    fate = found.fate if found else getattr(error, "fate", "refused")
    log.info(
        "query %s: %s, %.3f s, %d rows, %d bytes, %s",
        hashlib.sha256(question.asked.query.encode(errors="replace")).hexdigest()[:12],
        fate,
        found.seconds if found else 0.0,
        found.rows if found else 0,
        found.bytes if found else 0,
        question.suffix,
    )
