"""CKAN's action API, as far as it reads: an action's name and parameters -> its result.

The shapes are those of CKAN 2.11 (https://docs.ckan.org/en/2.11/api/). Nothing is written: the
actions that would are refused. Arguments are checked before anything is done with them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from publish.catalog.ckan.licenses import REGISTER
from publish.catalog.ckan.packages import Json, Packages
from publish.catalog.ckan.search import ROWS, Search, search
from publish.errors import QueryError
from publish.i18n import Text
from publish.iris import Iris

#: Characters of the longest text.
LONGEST = 2000
#: Texts in the longest list.
_MOST_TEXTS = 50
#: Things on the longest page, as in CKAN.
MOST_ON_PAGE = 1000

_MISSING = Text("値がありません", "Missing value")
_NOT_NATURAL = Text("0以上の整数を指定してください", "Must be a natural number")
_NOT_INTEGER = Text("整数を指定してください", "Invalid integer")
_NOT_TEXT = Text(
    "{most}字以内の文字列を指定してください", "Must be a text of at most {most} characters"
).format(most=LONGEST)
_NOT_TEXTS = Text(
    "{most}個以内の文字列のリストを指定してください", "Must be a list of at most {most} strings"
).format(most=_MOST_TEXTS)


class ActionError(Exception):
    """An action that has no result; `status` and `error` are HTTP's and CKAN's."""

    def __init__(self, status: int, type_: str, members: Mapping[str, object]) -> None:
        super().__init__(f"{type_}: {members}")
        self.status = status
        self.error: dict[str, Any] = {**members, "__type": type_}


def invalid(name: str, why: Text) -> ActionError:
    """Return CKAN's error for an argument that cannot be used."""
    return ActionError(409, "Validation Error", {name: [str(why)]})


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments as they were sent: texts from a URL or form, any JSON from a body.

    Every method raises ActionError 409, naming the argument, for a value that cannot be used.
    """

    given: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return a text, "" if it is not given; numbers and truth values count as texts."""
        value = self.given.get(name)
        if isinstance(value, int | float):
            return str(value)
        if value is not None and not (isinstance(value, str) and len(value) <= LONGEST):
            raise invalid(name, _NOT_TEXT)
        return value or ""

    def required(self, *names: str) -> str:
        """Return the first of several texts that is given."""
        found = next((value for name in names if (value := self.text(name))), None)
        if found is None:
            raise invalid(names[-1], _MISSING)
        return found

    def number(self, name: str, default: int, *, least: int | None = 0) -> int:
        """Return a whole number, `default` if it is not given; `least` None allows any."""
        value = self.given.get(name)
        if value is None or value == "":
            return default
        try:
            found = int(value) if isinstance(value, str) and len(value) < 10 else value
        except ValueError as error:
            raise invalid(name, _NOT_INTEGER) from error
        if not isinstance(found, int) or isinstance(found, bool):
            raise invalid(name, _NOT_INTEGER)
        if least is not None and found < least:
            raise invalid(name, _NOT_NATURAL)
        return found

    def truth(self, name: str, *, default: bool = False) -> bool:
        """Return a truth value, `default` if it is not given."""
        said = self.text(name).strip().lower()
        return said in ("true", "yes", "on", "t", "y", "1") if said else default

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; given as one text, it is JSON, or the only one."""
        value = self.given.get(name)
        if isinstance(value, str):
            one = self.text(name)
            value = _list_of(name, one) if one.startswith("[") else [one] if one else []
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) > _MOST_TEXTS:
            raise invalid(name, _NOT_TEXTS)
        if not all(isinstance(one, str) and len(one) <= LONGEST for one in value):
            raise invalid(name, _NOT_TEXTS)
        return tuple(value)

    def page(self, found: Sequence[Any]) -> list[Any]:
        """Return the part of a list that `limit` and `offset` ask for; limit 0 means no limit."""
        offset, limit = self.number("offset", 0), self.number("limit", 0)
        return list(found[offset : offset + min(limit or MOST_ON_PAGE, MOST_ON_PAGE)])


def _list_of(name: str, text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise invalid(name, _NOT_TEXTS) from error


# -- Actions --------------------------------------------------------------------------------------

#: The version of CKAN whose shapes are answered.
CKAN_VERSION = "2.11.0"
_WRITING = ("_create", "_update", "_patch", "_delete", "_purge", "_revise", "_reorder")


class UnknownActionError(Exception):
    """There is no action of this name."""


@dataclass(frozen=True, slots=True)
class Api:
    """What the actions tell of: the site's addresses and its packages."""

    iris: Iris
    held: Packages


_Do = Callable[[Api, Arguments], Any]


@dataclass(frozen=True, slots=True)
class Action:
    """An action: what makes its result, and what `help_show` says of it."""

    do: _Do
    help: Text


#: By name; entered by `_action`.
ACTIONS: dict[str, Action] = {}


def perform(api: Api, name: str, parameters: Mapping[str, Any]) -> Any:
    """Return the result of an action.

    Raises UnknownActionError for a name that is no action's, ActionError as CKAN would.
    """
    action = ACTIONS.get(name)
    if action is None and name.endswith(_WRITING):
        raise ActionError(403, "Authorization Error", {"message": f"Access denied: {_READ_ONLY}"})
    if action is None:
        raise UnknownActionError(name)
    try:
        return action.do(api, Arguments(parameters))
    except QueryError as error:
        message = f"Search Query is invalid: {error.problems[0].text}"
        raise ActionError(400, "Search Query Error", {"message": message}) from error


_READ_ONLY = Text("このサイトのAPIは読み取り専用です。", "The API of this site is read-only.")


def _not_found(what: Text) -> ActionError:
    return ActionError(404, "Not Found Error", {"message": f"Not found: {what}"})


def _named(found: Sequence[Json], wanted: str, what: Text) -> Json:
    """Return what has an id or a name."""
    for one in found:
        if wanted in (one["id"], one["name"]):
            return one
    raise _not_found(what)


_NO_DATASET = Text("そのデータセットはありません", "There is no such dataset")
_NO_RESOURCE = Text("そのリソースはありません", "There is no such resource")
_NO_ORGANIZATION = Text("その組織はありません", "There is no such organization")
_NO_GROUP = Text("そのグループはありません", "There is no such group")
_NO_ACTION = Text("その名前の操作はありません", "Action name not known")


_PAGED = Text("limit（件数）、offset（開始位置）", "limit, offset")
_SHOWN = Text("id（識別子又は名前）、include_datasets", "id (or name), include_datasets")
_NONE = Text("なし", "none")
_LISTED = Text("{paged}、all_fields", "{paged}, all_fields").format(paged=_PAGED)


def _action(name: str, purpose: Text, parameters: Text) -> Callable[[_Do], _Do]:
    """Enter a function as an action, with what `help_show` says of it."""

    def enter(do: _Do) -> _Do:
        said = Text("{purpose}引数：{names}。", "{purpose} Parameters: {names}.")
        ACTIONS[name] = Action(do, said.format(purpose=purpose, names=parameters))
        return do

    return enter


@_action(
    "site_read", Text("公開しているかどうかを返す。", "Tell that the site can be read."), _NONE
)
def _site_read(_: Api, __: Arguments) -> bool:
    return True


@_action("status_show", Text("サイトの名称と設定を返す。", "Tell what this site is."), _NONE)
def _status_show(api: Api, _: Arguments) -> Json:
    return {
        "ckan_version": CKAN_VERSION,
        "site_url": api.iris.base.rstrip("/"),
        "site_title": api.held.title,
        "site_description": api.held.description,
        "error_emails_to": None,
        "locale_default": "ja",
        "extensions": [],
    }


@_action("package_list", Text("データセットの名前の一覧。", "The names of the data sets."), _PAGED)
def _package_list(api: Api, given: Arguments) -> list[str]:
    return given.page([package["name"] for package in api.held.packages])


@_action(
    "package_show",
    Text("一つのデータセット。", "One data set."),
    Text("id（識別子又は名前）", "id (or name)"),
)
def _package_show(api: Api, given: Arguments) -> Json:
    return _named(api.held.packages, given.required("id", "name_or_id"), _NO_DATASET)


@_action(
    "package_search",
    Text("データセットの検索。", "Search data sets."),
    Text(
        "q、fq、fq_list、rows（最大{most}）、start、sort、facet.field、facet.limit、facet.mincount",
        "q, fq, fq_list, rows (at most {most}), start, sort, facet.field, facet.limit, facet.mincount",
    ).format(most=MOST_ON_PAGE),
)
def _package_search(api: Api, given: Arguments) -> Json:
    counted = given.truth("facet", default=True)
    wanted = Search(
        query=given.text("q"),
        filters=(*given.texts("fq"), *given.texts("fq_list")),
        rows=min(given.number("rows", ROWS), MOST_ON_PAGE),
        start=given.number("start", 0),
        sort=given.text("sort"),
        facets=given.texts("facet.field") if counted else (),
        facet_limit=given.number("facet.limit", 50, least=None),
        facet_least=given.number("facet.mincount", 1),
    )
    return search(api.held.packages, wanted)


@_action(
    "current_package_list_with_resources",
    Text("データセットと配布ファイルの一覧。", "The data sets with their files."),
    _PAGED,
)
def _current_packages(api: Api, given: Arguments) -> list[Json]:
    newest = Search(rows=MOST_ON_PAGE, sort="metadata_modified desc")
    found = search(api.held.packages, newest)["results"]
    if "offset" in given.given or "page" not in given.given:
        return given.page(found)
    limit = given.number("limit", 0)
    offset = (given.number("page", 1, least=1) - 1) * limit
    return Arguments({"limit": limit, "offset": offset}).page(found)


@_action("resource_show", Text("一つの配布ファイル。", "One file."), Text("id（識別子）", "id"))
def _resource_show(api: Api, given: Arguments) -> Json:
    wanted = given.required("id")
    for package in api.held.packages:
        for resource in package["resources"]:
            if resource["id"] == wanted:
                return cast(Json, resource)
    raise _not_found(_NO_RESOURCE)


def _with_packages(api: Api, one: Json, given: Arguments) -> Json:
    """Return a group or an organisation with the number of its packages, perhaps with them."""
    held = [package for package in api.held.packages if one["id"] in _holders(package)]
    shown = {**one, "package_count": len(held)}
    wanted = given.truth("include_datasets")
    return shown | {"packages": held[:MOST_ON_PAGE]} if wanted else shown


def _holders(package: Json) -> set[str]:
    """Return the ids of a package's groups and of its organisation."""
    return {package["owner_org"], *(group["id"] for group in package["groups"])}


@_action("organization_show", Text("一つの公表者。", "One publisher."), _SHOWN)
def _organization_show(api: Api, given: Arguments) -> Json:
    found = _named(api.held.organizations, given.required("id"), _NO_ORGANIZATION)
    return _with_packages(api, found, given)


@_action("group_show", Text("一つの分野。", "One theme."), _SHOWN)
def _group_show(api: Api, given: Arguments) -> Json:
    return _with_packages(api, _named(api.held.groups, given.required("id"), _NO_GROUP), given)


@_action("organization_list", Text("公表者の一覧。", "The publishers."), _LISTED)
def _organization_list(api: Api, given: Arguments) -> list[Any]:
    return _listed(api, api.held.organizations, given)


@_action("group_list", Text("分野の一覧。", "The themes."), _LISTED)
def _group_list(api: Api, given: Arguments) -> list[Any]:
    return _listed(api, api.held.groups, given)


def _listed(api: Api, found: Sequence[Json], given: Arguments) -> list[Any]:
    page = given.page(found)
    if not given.truth("all_fields"):
        return [one["name"] for one in page]
    return [_with_packages(api, one, Arguments({})) for one in page]


@_action(
    "tag_list",
    Text("キーワードの一覧。", "The keywords."),
    Text("query（含まれる文字列）、all_fields", "query (a part of it), all_fields"),
)
def _tag_list(api: Api, given: Arguments) -> list[Any]:
    wanted = given.text("query") or given.text("q")
    tags = {tag["name"]: tag for package in api.held.packages for tag in package["tags"]}
    found = [tags[name] for name in sorted(tags) if wanted.strip().casefold() in name.casefold()]
    return found if given.truth("all_fields") else [tag["name"] for tag in found]


@_action("license_list", Text("ライセンスの一覧。", "The licences."), _NONE)
def _license_list(_: Api, __: Arguments) -> list[Json]:
    return [licence.as_ckan() for licence in REGISTER]


@_action(
    "help_show",
    Text("操作の説明。", "What an action does."),
    Text("name（操作の名前）", "name (of the action)"),
)
def _help_show(_: Api, given: Arguments) -> str:
    action = ACTIONS.get(given.required("name"))
    if action is None:
        raise _not_found(_NO_ACTION)
    return str(action.help)
