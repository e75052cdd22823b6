"""Why a query has no answer that was not refused for its text, told in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from publish.errors import LodpubError, QueryError, ReleaseError
from publish.i18n import Text
from publish.sparql.guard import faulty, forbidden, shown
from publish.sparql.tokens import Mark

#: what became of a query, for the log: `refused` is the client's fault, `busy` and `crashed`
#: are ours, `cut` stopped at a limit of length after the answer had begun
Fate = Literal["ok", "refused", "timeout", "memory", "crashed", "busy", "client-left", "cut"]

_SMALLER = Text(
    "条件を加えて対象を絞るか、LIMITを付けるか、一括データを手元で処理してください。",
    "Add conditions or a LIMIT, or download the data and work on it yourself.",
)
_LATER = Text("しばらくしてから、もう一度お試しください。", "Try again a little later.")
_OTHER_FORMAT = Text("ほかの形式を指定してください。", "Ask for another format.")
_MEANING: dict[str, Text] = {
    "The SELECT contains a variable that is unbound": Text(
        "SELECTの変数の中に、GROUP BYにも集計関数にもないものがあります。",
        "SELECT has a variable that is neither in GROUP BY nor in an aggregate.",
    ),
    "The SELECT contains an expression with a variable that is unbound": Text(
        "SELECTの式の中に、GROUP BYにも集計関数にもない変数があります。",
        "SELECT has an expression with a variable that is neither in GROUP BY nor in an aggregate.",
    ),
    "The SELECT overrides an existing variable using an expression": Text(
        "SELECTのASが、既に使われている変数を指しています。",
        "AS in SELECT names a variable that is already in use.",
    ),
    "Duplicated variable name in SELECT": Text(
        "SELECTに、同じ変数が二度あります。", "SELECT names the same variable twice."
    ),
    "SELECT * is not authorized with GROUP BY": Text(
        "GROUP BYのある照会文では、SELECT * は使えません。",
        "SELECT * cannot be used with GROUP BY.",
    ),
}


class QueryFailed(QueryError):
    """A query that has no answer, or only the beginning of one; `fate` says why, for the log.

    `retry_after` is the number of seconds after which it is worth trying again.
    """

    def __init__(
        self,
        what: Text,
        remedy: Text,
        *,
        fate: Fate,
        status: int = 503,
        line: int | None = None,
        column: int | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(what, remedy, status=status, line=line, column=column)
        self.fate = fate
        self.retry_after = retry_after


def timed_out(seconds: float) -> QueryFailed:
    """Return the error for a query that took longer than it was given."""
    return QueryFailed(
        Text(
            "制限時間（{seconds}秒）の中で答えが出ませんでした。",
            "There was no answer within the time limit of {seconds} seconds.",
        ).format(seconds=f"{seconds:g}"),
        _SMALLER,
        fate="timeout",
    )


def out_of_memory(memory_mib: int) -> QueryFailed:
    """Return the error for a query that needed more memory than a worker has."""
    return QueryFailed(
        Text(
            "答えを求めるのに、上限（{size} MiB）を超えるメモリーが必要でした。",
            "The query needed more memory than the limit of {size} MiB.",
        ).format(size=memory_mib),
        _SMALLER,
        fate="memory",
    )


def crashed(cause: str) -> QueryFailed:
    """Return the error for a worker that ended for no known reason."""
    return QueryFailed(
        Text(
            "照会を処理していたプロセスが異常終了しました（{cause}）。",
            "The process that evaluated the query ended unexpectedly ({cause}).",
        ).format(cause=shown(cause, 200)),
        Text("照会文を簡単にして、もう一度お試しください。", "Simplify the query and try again."),
        fate="crashed",
    )


def client_left() -> QueryFailed:
    """Return the error for a client that no longer waits; nobody will read it."""
    return QueryFailed(
        Text("答えの前に接続が切られました。", "The client left before the answer."),
        _LATER,
        fate="client-left",
    )


def busy(seconds: float) -> QueryFailed:
    """Return the error for a query that found no place in the queue, or no worker in time."""
    return QueryFailed(
        Text(
            "ほかの照会を処理しているため、今は受け付けられません。",
            "Other queries are being evaluated; there is no room for this one now.",
        ),
        _LATER,
        fate="busy",
        retry_after=max(1, round(seconds)),
    )


def cut_off(rows: int) -> QueryFailed:
    """Return the error that ends an answer in mid-stream, its format having no word for it."""
    return QueryFailed(
        Text(
            "答えが長すぎるため、{rows}行で打ち切りました。",
            "The answer was cut off after {rows} rows.",
        ).format(rows=f"{rows:,}"),
        _SMALLER,
        fate="cut",
    )


def too_often(seconds: int) -> QueryFailed:
    """Return the error for a client that has asked so often that it has to wait."""
    return QueryFailed(
        Text("問合せが多すぎます。", "Too many queries."),
        Text(
            "{seconds}秒後にもう一度お試しください。", "Please try again in {seconds} seconds."
        ).format(seconds=seconds),
        fate="refused",
        status=429,
        retry_after=seconds,
    )


def too_long(rows: int) -> QueryFailed:
    """Return the error for an answer beyond the limit of rows, in a form that cannot say so."""
    return QueryFailed(
        Text(
            "答えが長すぎます（上限 {rows} 行）。この形式では途中までの答えを返しません。",
            "The answer is too long (at most {rows} rows), and this form cannot be cut off.",
        ).format(rows=f"{rows:,}"),
        Text(
            "LIMIT と OFFSET で分けるか、JSONで受け取ってください。",
            "Split it by LIMIT and OFFSET, or take it as JSON.",
        ),
        fate="cut",
        status=413,
    )


def cannot_start(kind: str, cause: str, memory_mib: int) -> LodpubError:
    """Return the error for a worker that cannot be made ready; `kind` is that of `NotStarted`."""
    if kind == "unsafe":
        return LodpubError(
            Text(
                "この環境では、SPARQLを処理するプロセスを安全に隔離できません（{cause}）。",
                "Processes for SPARQL cannot be isolated safely here ({cause}).",
            ).format(cause=cause),
            Text(
                "seccompの使えるLinux（x86_64又はaarch64）で動かしてください。",
                "Run on Linux (x86_64 or aarch64) with seccomp.",
            ),
        )
    return ReleaseError(
        Text(
            "SPARQLを処理するプロセスが、データを読み込めません（{cause}）。",
            "The processes for SPARQL cannot read the data ({cause}).",
        ).format(cause=cause),
        Text(
            "リリースを作り直すか、メモリーの上限（memory_mib、今は{size} MiB）を増やしてください。",
            "Build the release again, or raise the memory limit (memory_mib, now {size} MiB).",
        ).format(size=memory_mib),
    )


def reported(said: Mapping[str, Any], memory_mib: int) -> QueryFailed:
    """Return the error for what a worker has said of a query."""
    kind, cause = said["kind"], str(said.get("cause", ""))
    if kind == "memory":
        return out_of_memory(memory_mib)
    if kind == "unreadable":
        return crashed(cause)
    if kind in ("service", "unexpected"):
        mark = Mark(said["text"], said["line"], said["column"])
        return _refused(forbidden(mark) if kind == "service" else faulty("stray", mark))
    what, remedy = _complaint(kind, str(said.get("text", "")), cause)
    return QueryFailed(
        what,
        remedy,
        fate="refused",
        status=406 if kind in ("unwritable", "form") else 400,
        line=said.get("line"),
        column=said.get("column"),
    )


def _refused(error: QueryError) -> QueryFailed:
    problem = error.problems[0]
    return QueryFailed(
        problem.what,
        problem.remedy,
        fate="refused",
        status=error.status,
        line=error.line,
        column=error.column,
    )


def _complaint(kind: str, text: str, cause: str) -> tuple[Text, Text]:
    complaints = {
        "early": (
            Text("照会文が途中で終わっています。", "The query ends too early."),
            Text(
                "かっこ、引用符、最後の条件がそろっているか確かめてください。",
                "See whether brackets, quotation marks and the last condition are complete.",
            ),
        ),
        "bound": (
            Text(
                "変数 {text} は、このグループで既に使われています。",
                "{text} is already in use in this group.",
            ),
            Text("BINDのASには、新しい変数を使ってください。", "Give BIND … AS a new variable."),
        ),
        "meaning": (
            _MEANING.get(
                text,
                Text(
                    "文法は正しいものの、意味が定まりません。",
                    "The grammar is met, but the query has no meaning.",
                ),
            ),
            Text(
                "変数、空白ノードのラベル、数の使い方を確かめてください。",
                "Check the use of variables, blank node labels and numbers.",
            ),
        ),
        "graph": (
            Text("グラフのIRI「{text}」が正しくありません。", '"{text}" is no IRI of a graph.'),
            Text(
                "default-graph-uri と named-graph-uri には、絶対IRIを指定してください。",
                "Give absolute IRIs in default-graph-uri and named-graph-uri.",
            ),
        ),
        "unwritable": (
            Text(
                "答えの中に、この形式では書けないもの「{cause}」があります。",
                'The answer has something that this format cannot express: "{cause}".',
            ),
            _OTHER_FORMAT,
        ),
        "form": (
            Text(
                "この種類の照会の答えは、{text} では返せません。",
                "Queries of this form are not answered in {text}.",
            ),
            _OTHER_FORMAT,
        ),
    }
    evaluation = (
        Text("照会文を評価できませんでした：{cause}", "The query could not be evaluated: {cause}"),
        Text("照会文を直してください。", "Correct the query."),
    )
    what, remedy = complaints.get(kind, evaluation)
    return what.format(text=shown(text), cause=shown(cause, 200)), remedy
