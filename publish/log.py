"""The log: a line per event on standard error, as text for people or JSON for machines."""

from __future__ import annotations

import json
import logging
import sys
from typing import IO

#: What every record of the standard library carries; anything else was added by our code.
_USUAL = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """Writes a record as one JSON object with the values that were given to it by name."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one line."""
        added = {name: value for name, value in vars(record).items() if name not in _USUAL}
        content = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **added,
        }
        if record.exc_info:
            content["exception"] = self.formatException(record.exc_info)
        return json.dumps(content, ensure_ascii=False, default=str)


def begin(form: str, stream: IO[str] | None = None) -> None:
    """Send the log to a stream (standard error), as "text" or "json"."""
    handler = logging.StreamHandler(stream or sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if form == "json" else text)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    # its warnings on a deep queue say nothing that the access log does not
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
