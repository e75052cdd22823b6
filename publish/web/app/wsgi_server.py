"""The HTTP server: waitress, chosen by test (bench/servers.py), with its limits set for strangers.

Headers and bodies are read by one loop before a thread is used, so half-sent requests hold none.
An answer that its reader does not take goes to temporary files, so slow readers hold none either.
A client that leaves is noticed, and an answer that breaks off ends without its last chunk.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from copy import copy
from types import FrameType
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server
from waitress.task import ErrorTask

from publish.errors import SettingError
from publish.formats import PROBLEM
from publish.i18n import Text
from publish.web.app.problems import Refusal

#: Bytes of a request, read whole before its thread: the longest is a form with a table; queries
#: are bounded by themselves.
MOST_REQUEST_BYTES = 6 << 20
#: Bytes of one answer that may wait for its reader, in memory or on disk, before a thread waits.
WAITING_BYTES = 1 << 30
#: Buffers are changed when they have taken so much, so that memory stays flat in a long answer.
_ROTATED_BYTES = 8 << 20
#: From so many bytes on, what waits is written to a temporary file.
_SPILLED_BYTES = 1 << 20
_CONNECTIONS = 1000
_IDLE_SECONDS = 60
_MOST_BODY_BYTES = 1 << 20
_MOST_HEADER_BYTES = 64 << 10
#: What is wrong, in Japanese; in English waitress says it.
_DETAILS = {
    400: "要求の書き方に誤りがあります。アドレスの日本語などは、パーセント符号化してください。",
    413: "要求の本文が大きすぎます。分けて送ってください。",
    431: "要求のヘッダーが長すぎます。",
}
_OTHER = "この要求には応じられません。"
Application = Callable[..., Any]


class Unreadable(ErrorTask):
    """The answer to a request that is too long or broken, and so never reaches the application."""

    def execute(self) -> None:
        """Send it, and end the connection; waitress itself would send plain text."""
        error: Any = self.request.error  # type: ignore[attr-defined]
        title = Refusal(error.code).title
        content = {"type": "about:blank", "title": title.en, "title_ja": title.ja}
        content |= {"status": error.code, "detail": error.body}
        content |= {"detail_ja": _DETAILS.get(error.code, _OTHER)}
        content |= {"detail_ja": _DETAILS.get(error.code, _OTHER)}
        body = json.dumps(content, ensure_ascii=False).encode() + b"\n"
        self.status = f"{error.code} {error.reason}"
        self.response_headers = [
            ("Content-Type", PROBLEM.content_type),
            ("Access-Control-Allow-Origin", "*"),
            ("Cache-Control", "no-store"),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Parser(HTTPRequestParser):
    """A request: with a table or a query, its body may be longer than with anything else."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers, and decide how long the body may be."""
        super().parse_header(header_plus)
        command, path = (str(getattr(self, name, "")) for name in ("command", "path"))
        if command == "POST" and path.endswith(("/link", "/sparql")):
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = MOST_REQUEST_BYTES


class Channel(HTTPChannel):
    """A connection whose answer may run ahead of its reader without holding a thread."""

    parser_class = Parser
    error_task_class = Unreadable

    def _flush_outbufs_below_high_watermark(self) -> None:
        # waitress waits at the size at which it changes buffers; here the two are told apart
        if self.total_outbufs_len > WAITING_BYTES:
            super()._flush_outbufs_below_high_watermark()  # type: ignore[misc]


def listen(
    application: Application, host: str, port: int, threads: int, ready: Callable[[], object]
) -> None:
    """Serve an application until SIGTERM or Ctrl-C; `ready` is called once it can be reached.

    Requests under way are finished first, for at most five seconds.
    """
    try:
        server: Any = create_server(
            application,
            host=host,
            port=port,
            threads=threads,
            connection_limit=_CONNECTIONS,
            channel_timeout=_IDLE_SECONDS,
            channel_request_lookahead=1,  # without it, a client that leaves is not noticed
            outbuf_high_watermark=_ROTATED_BYTES,
            outbuf_overflow=_SPILLED_BYTES,
            max_request_body_size=_MOST_BODY_BYTES,
            max_request_header_size=_MOST_HEADER_BYTES,
            clear_untrusted_proxy_headers=False,  # the application decides whom to believe
            ident=None,
        )
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    server.channel_class = Channel
    signal.signal(signal.SIGTERM, _stop)
    ready()
    server.run()


def _cannot_listen(host: str, port: int, error: OSError) -> SettingError:
    return SettingError(
        Text(
            "{host}:{port} で待ち受けることができません（{why}）。",
            "Cannot listen on {host}:{port} ({why}).",
        ).format(host=host, port=port, why=error.strerror or error),
        Text(
            "同じポートを使う別のサーバーを止めるか、--port で別の番号を指定してください。",
            "Stop the other server on that port, or give another number with --port.",
        ),
    )


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
