"""A request to the SPARQL endpoint, understood: query, format, limits, and who asks."""

from __future__ import annotations

import hashlib
import json
import math
import time
from dataclasses import dataclass

from flask import current_app, request

from publish import formats
from publish.errors import QueryError
from publish.formats import Format
from publish.i18n import Language, Text
from publish.i18n import known as known_language
from publish.sparql.failures import QueryFailed
from publish.sparql.pool import Job
from publish.sparql.protocol import Asked, named_format, offered
from publish.sparql.refusals import refuse
from publish.web.app.requests import client_of_request, settings
from publish.web.app.site import Site
from publish.web.http.fingerprint import fingerprint
from publish.web.http.negotiate import choose, choose_language
from publish.web.http.ratelimit import Rates

#: Rows that a page shows; the other formats have all.
ROWS_OF_A_PAGE = 1000


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
    _count(client)
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


def _count(client: str) -> None:
    rates: Rates = current_app.config["RATES"]
    seconds = math.ceil(rates.wait(client, time.monotonic()))
    if seconds:
        raise QueryFailed(
            Text("問合せが多すぎます。", "Too many queries."),
            Text(
                "{seconds}秒後にもう一度お試しください。", "Please try again in {seconds} seconds."
            ).format(seconds=seconds),
            fate="refused",
            status=429,
            retry_after=seconds,
        )


def _not_acceptable(among: tuple[Format, ...]) -> QueryError:
    return QueryError(
        Text("求められた形式では答えられません。", "There is no answer in the form asked for."),
        Text("Accept で次のいずれかを求めてください：{known}", "Accept one of: {known}").format(
            known=", ".join(format_.media_type for format_ in among)
        ),
        status=406,
    )
