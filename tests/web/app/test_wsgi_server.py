"""The HTTP server says in both languages why it cannot listen."""

from __future__ import annotations

import gc
import socket
import warnings

from publish.errors import SettingError
from publish.web.app.wsgi_server import listen


def refusal(port: int) -> tuple[str, str]:
    """Return in both languages why a port cannot be used, with nothing left of the attempt."""
    with warnings.catch_warnings():
        # waitress drops its half-made server without closing it
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            listen(lambda *_: [], "127.0.0.1", port, 1, lambda: None)
        except SettingError as error:
            said = error.said("ja"), error.said("en")
        gc.collect()
    return said


def test_a_port_that_is_taken_is_named_with_a_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        japanese, english = refusal(port)
    assert f"127.0.0.1:{port} で待ち受けることができません" in japanese
    assert "--port" in english
