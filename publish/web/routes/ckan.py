"""CKAN's action API over HTTP: JSON in the shapes of CKAN, for clients and harvesters of CKAN."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from publish.catalog.ckan.api import ActionError, Api, UnknownActionError, perform
from publish.i18n import Text
from publish.web.app.base_path import site
from publish.web.app.respond import NO_STORE, of_release
from publish.web.app.site import Site

blueprint = Blueprint("ckan", __name__)

#: Bytes of the longest body that is read.
MOST_BYTES = 65_536
_JSON = "application/json;charset=utf-8"
_UNKNOWN = Text("その名前の操作はありません", "Action name not known")
_UNREADABLE = Text("要求の本文をJSONとして読めません", "The body cannot be read as JSON")


@blueprint.get("/api")
@blueprint.get("/api/3")
@blueprint.get("/api/3/")
def version() -> Response:
    """Answer with the version of the API."""
    return _kept(site(), {"version": 3})


@blueprint.route("/api/action/<name>", methods=["GET", "POST"])
@blueprint.route("/api/3/action/<name>", methods=["GET", "POST"])
def action(name: str) -> Response:
    """Answer with the result of an action, or why it has none, with CKAN's status codes."""
    here = site()
    answer: dict[str, Any] = {"help": f"{here.iris.of('api/3/action/help_show')}?name={name}"}
    try:
        parameters = _parameters()
    except (ValueError, RecursionError):
        return _unkept(400, f"Bad request: {_UNREADABLE}")
    try:
        result = perform(Api(here.iris, here.packages), name, parameters)
    except UnknownActionError:
        return _unkept(400, f"Bad request: {_UNKNOWN}")
    except ActionError as error:
        return _unkept(error.status, {**answer, "success": False, "error": error.error})
    return _kept(here, {**answer, "success": True, "result": result})


def _parameters() -> dict[str, Any]:
    """Return the parameters of a request: of its form, its URL, or its body as JSON.

    Raises ValueError for a body that is no JSON object, RequestEntityTooLarge for a long one.
    """
    request.max_content_length = request.max_form_memory_size = MOST_BYTES
    if request.method != "POST":
        return _several(request.args)
    body = request.get_data()  # before the form is read, which leaves nothing
    if request.form:
        return _several(request.form)
    if request.args:
        return _several(request.args)
    content = json.loads(body) if body.strip() else {}
    if not isinstance(content, dict):
        raise ValueError("no JSON object")
    return content


def _several(pairs: MultiDict[str, str]) -> dict[str, Any]:
    """Return what was sent, a list where a name stands several times."""
    found = pairs.to_dict(flat=False).items()
    return {name: values[0] if len(values) == 1 else values for name, values in found}


def _written(content: Any) -> bytes:
    # half a surrogate pair can come with a request, but is no text
    return (json.dumps(content, ensure_ascii=False) + "\n").encode(errors="replace")


def _kept(here: Site, content: Any) -> Response:
    if request.method == "POST":
        return _unkept(200, content)
    written = _written(content)
    return of_release(here, lambda: Response(written, content_type=_JSON))


def _unkept(status: int, content: Any) -> Response:
    response = Response(_written(content), status, content_type=_JSON)
    response.headers["Cache-Control"] = NO_STORE
    return response
