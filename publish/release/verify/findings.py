"""What a check of a release found, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publish.i18n import Text

#: Names that a message lists.
_LISTED = 5
#: What reading a damaged file may raise.
UNREADABLE = (OSError, ValueError, SyntaxError, TypeError, KeyError, RecursionError, EOFError)
NO_MANIFEST = Text("マニフェストがない", "there is no manifest")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most, and how long a download may take."""

    bytes: int = 512 << 20
    files: int = 5_000
    seconds: int = 900


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is right (None: it could not be checked), and what was found."""

    what: Text
    fine: bool | None
    found: Text


def checked(what: Text, wrong: Iterable[str], right: Text) -> Finding:
    """Return a finding that is fine if nothing is wrong, else lists what is."""
    names = list(wrong)
    return Finding(what, not names, _listed(names) if names else right)


def _listed(names: list[str]) -> Text:
    said = ", ".join(names[:_LISTED])
    more = len(names) - _LISTED
    if more <= 0:
        return Text(said, said)
    return Text(f"{said} ほか{more}件", f"{said} and {more} more")


def unreadable(name: str, error: BaseException) -> Text:
    """Return the words for a file that cannot be read."""
    why = str(error)[:200]
    return Text("{name} が読めない（{why}）", "{name} is unreadable ({why})").format(
        name=name, why=why
    )
