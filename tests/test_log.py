"""The log says the same as text and as JSON."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from publish import log


@pytest.fixture(autouse=True)
def usual_log() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level


def written(form: str, message: str, **added: object) -> str:
    stream = io.StringIO()
    log.begin(form, stream)
    logging.getLogger("lodpub.test").info(message, extra=added)
    return stream.getvalue()


def test_text_is_a_line_with_level_and_logger() -> None:
    assert written("text", "起動しました").endswith("INFO lodpub.test: 起動しました\n")


def test_json_is_a_line_with_the_values_by_name() -> None:
    line = json.loads(written("json", "照会", status=200, seconds=0.5))
    assert line.pop("time")
    assert line == {
        "level": "info",
        "logger": "lodpub.test",
        "message": "照会",
        "status": 200,
        "seconds": 0.5,
    }


def test_json_keeps_a_line_whatever_the_message_holds() -> None:
    assert written("json", "一行目\n二行目").count("\n") == 1


def test_an_exception_is_part_of_its_line() -> None:
    stream = io.StringIO()
    log.begin("json", stream)
    try:
        raise ValueError("悪い値")
    except ValueError:
        logging.getLogger("lodpub.test").exception("失敗")
    assert "ValueError: 悪い値" in json.loads(stream.getvalue())["exception"]
