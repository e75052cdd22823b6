"""What can be wrong with links, in words: what it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from publish.i18n import Text
from publish.linksets.links import Link

Severity = Literal["error", "warning"]
#: What a flaw is, by its name in reports.
Kind = Literal[
    "whitespace",
    "normalisation",
    "encoding",
    "scheme",
    "slash",
    "space",
    "pattern",
    "code",
    "rule",
    "unruled",
    "repeated",
    "linksets",
    "ours",
    "theirs",
    "disjoint",
    "relations",
    "chain",
    "crossing",
    "withdrawn",
    "unknown",
    "homeless",
    "predicate",
    "empty",
]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is wrong with one or several links, or with a linkset or data set.

    `links` are those to look at, the one to correct first; with none, `about` is the IRI that the
    flaw is in.
    """

    kind: Kind
    severity: Severity
    what: Text
    remedy: Text
    links: tuple[Link, ...] = ()
    about: str = ""


#: The names of the groups in which reports list them.
TITLES: dict[Kind, Text] = {
    "whitespace": Text("IRIの中の空白", "white space in an IRI"),
    "normalisation": Text("正規化されていないIRI", "an IRI that is not normalised"),
    "encoding": Text("IRIの符号化の違い", "an IRI encoded differently"),
    "scheme": Text("httpとhttpsの違い", "http instead of https, or the other way round"),
    "slash": Text("末尾の「/」の違い", "a trailing slash too many or too few"),
    "space": Text("リンク先のものではないIRI", "an IRI that is not the target's"),
    "pattern": Text("リンク先の形と合わないIRI", "an IRI of another form than the target's"),
    "code": Text("コードの食違い", "another code than the thing's"),
    "rule": Text("読めない規則", "a rule that cannot be read"),
    "unruled": Text("IRIの形が示されていないリンク先", "a target without a rule for its IRIs"),
    "repeated": Text("重複したリンク", "a link stated twice"),
    "linksets": Text("二つのリンクセットにあるリンク", "a link in two linksets"),
    "ours": Text("一つのリンク先に二つのもの", "two of ours for one of theirs"),
    "theirs": Text("一つのものに二つのリンク先", "two of theirs for one of ours"),
    "disjoint": Text("両立しない関係", "relations that exclude each other"),
    "relations": Text("同じ組に二つの関係", "two relations of the same pair"),
    "chain": Text("たどると同じになる別のもの", "different things made the same by a chain"),
    "crossing": Text("たどると両立しない関係", "relations that a chain makes exclude each other"),
    "withdrawn": Text("取り下げたものからのリンク", "a link from something withdrawn"),
    "unknown": Text("記述のないものからのリンク", "a link from something unknown"),
    "homeless": Text("リンクセットに入っていないリンク先", "a target in no linkset"),
    "predicate": Text("リンクセットの述語との違い", "another predicate than the linkset's"),
    "empty": Text("リンクのないリンクセット", "a linkset without links"),
}
SEVERITIES: dict[Severity, Text] = {
    "error": Text("誤り", "error"),
    "warning": Text("注意", "warning"),
}
