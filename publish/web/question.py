"""A request to the SPARQL endpoint, understood: query, format, limits, and who asks."""

from __future__ import annotations

import hashlib
import math
import time
from dataclasses import dataclass

from flask import current_app, request

from publish import formats
from publish.errors import QueryError
from publish.formats import Format
from publish.languages import Text
from publish.protocol import Asked, named_format, offered
from publish.rates import Rates, client_of
from publish.refusals import refuse
from publish.settings import Settings
from publish.web.fingerprint import fingerprint
from publish.web.negotiate import choose
from publish.web.problems import Refusal
from publish.web.site import Site

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

    @property
    def suffix(self) -> str:
        """Return the format that the worker writes; pages are made from it."""
        if self.format != formats.HTML:
            return self.format.suffix
        return formats.SPARQL_JSON.suffix if self.is_table else formats.TURTLE.suffix

    def name(self, here: Site) -> str:
        """Return what tells this answer from all others: the part of its ETag in quotes."""
        parts = (
            here.release.id, fingerprint(), self.asked.query, *self.asked.default_graphs, "",
            *self.asked.named_graphs, "", self.suffix, str(self.rows), str(self.asked.labels),
        )  # fmt: skip
        return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:32]


def settings() -> Settings:
    """Return the settings of the application."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def question_of(found: Asked) -> Question:
    """Return what a request asks, with the format that it accepts.

    Raises QueryError if the query is refused or cannot be answered in that format, Refusal 429
    if its client has asked too often.
    """
    client = _client()
    _count(client)
    inspection = refuse(found.query)
    among = offered(inspection.form)
    wanted = (
        named_format(found.format, among)
        if found.format
        else choose(request.headers.get("Accept"), among)
    )
    if wanted is None:
        raise _not_acceptable(among)
    most = settings().rows
    rows = min(most, ROWS_OF_A_PAGE) if wanted == formats.HTML else most
    is_table = inspection.form not in ("CONSTRUCT", "DESCRIBE")
    return Question(found, wanted, is_table, inspection.volatile, rows, client)


def _count(client: str) -> None:
    rates: Rates = current_app.config["RATES"]
    seconds = rates.wait(client, time.monotonic())
    if seconds:
        raise Refusal(
            429,
            Text(
                "問合せが多すぎます。{seconds}秒後にもう一度お試しください。",
                "Too many queries. Please try again in {seconds} seconds.",
            ).format(seconds=math.ceil(seconds)),
            headers={"Retry-After": str(math.ceil(seconds))},
        )


def _client() -> str:
    proxies = frozenset(part.strip() for part in settings().proxies.split(",") if part.strip())
    return client_of(request.remote_addr or "", request.headers.get("X-Forwarded-For", ""), proxies)


def _not_acceptable(among: tuple[Format, ...]) -> QueryError:
    return QueryError(
        Text("求められた形式では答えられません。", "There is no answer in the form asked for."),
        Text("Accept で次のいずれかを求めてください：{known}", "Accept one of: {known}").format(
            known=", ".join(format_.media_type for format_ in among)
        ),
        status=406,
    )
