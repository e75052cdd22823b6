"""What the log says of a query: what it cost and what became of it, but not its text."""

from __future__ import annotations

import hashlib
import logging

from publish.sparql.pool import Answer
from publish.web.routes.question import Question

log = logging.getLogger("lodpub.sparql")


def note_answer(question: Question, found: Answer, fate: str | None = None) -> None:
    """Note an answer that has ended, or that nobody waits for any more."""
    note(
        question.asked.query,
        fate or found.fate,
        seconds=found.seconds,
        rows=found.rows,
        size=found.bytes,
        form=question.format.suffix,
    )


def note(
    query: str, fate: str, *, seconds: float = 0.0, rows: int = 0, size: int = 0, form: str = "-"
) -> None:
    """Note a query; it can be told by its hash. `form` is the suffix of the answer's format."""
    values = {
        "query": hashlib.sha256(query.encode(errors="replace")).hexdigest()[:12],
        "fate": fate,
        "seconds": round(seconds, 4),
        "rows": rows,
        "bytes": size,
        "form": form,
    }
    log.info("query %s: %s, %.4f s, %d rows, %d bytes, %s", *values.values(), extra=values)
