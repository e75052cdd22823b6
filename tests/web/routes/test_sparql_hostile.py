"""The SPARQL endpoint over HTTP against those who mean harm: nobody else may feel it."""

from __future__ import annotations

import itertools
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import IncompleteRead

import pytest

from tests.support.served import DIRECT, Reply, Served, at_once, eventually, forget_peak, peak_mib

ANY = "?a ?b ?c"
CROSS = "?p1 ?p2 ?p3 . ?q1 ?q2 ?q3 . ?r1 ?r2 ?r3 . ?s1 ?s2 ?s3"
PATH = "(!<urn:x>|^!<urn:x>)*"
DOUBLED = " ".join(
    f"BIND(CONCAT(?v{n},?v{n},?v{n},?v{n}) AS ?v{n + 1})" for n in range(12)
)  # fmt: skip
#: what may become of a query: it is refused, ends at a limit, or is answered after all
HOSTILE: dict[str, tuple[str, set[str]]] = {
    "cross product of four": (f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}", {"timeout"}),
    "sorted cross product": (f"SELECT * {{ {CROSS} }} ORDER BY ?s3", {"memory", "timeout"}),
    "catastrophic regex": (
        f'SELECT (COUNT(*) AS ?n) {{ {ANY} . ?d ?e ?f FILTER REGEX("{"a" * 5000}!", '
        'CONCAT("^(a+)+", SUBSTR(STR(?c), 1, 0), "$")) }',
        {"timeout", "ok", "memory"},
    ),
    "explosion of paths": (
        f"SELECT (COUNT(*) AS ?n) {{ ?a {PATH} ?b . ?b {PATH} ?c }}", {"timeout", "memory"}
    ),
    "chain of paths": (
        f"SELECT (COUNT(*) AS ?n) {{ ?a {'/'.join([PATH] * 20)} ?b }}", {"timeout", "memory"}
    ),
    "query of a megabyte": (f"ASK {{ ?s ?p '{'x' * 1_100_000}' }}", {"refused"}),
    "deep groups": (f"SELECT * {'{' * 5000}{'}' * 5000}", {"refused"}),
    "deep brackets": (f"ASK {{ FILTER({'(' * 20000}1{')' * 20000}) }}", {"refused"}),
    "brackets that do not close": (f"ASK {{ FILTER({'(' * 60000}", {"refused"}),
    "long chain of unions": (f"ASK {{ {'{} UNION ' * 6000} {{}} }}", {"refused"}),
    "a megabyte of VALUES, squared": (
        f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {' 1' * 250_000} }} "
        f"VALUES ?y {{ {' 2' * 250_000} }} }}",
        {"timeout", "memory"},
    ),
    "huge VALUES": (
        f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {' '.join(map(str, range(9000)))} }} "
        f"VALUES ?y {{ {'1 ' * 5000} }} {ANY} }}",
        {"timeout", "memory"},
    ),
    "text that doubles": (
        f'SELECT (STRLEN(?v12) AS ?n) {{ BIND("{"x" * 1000}" AS ?v0) {DOUBLED} }}', {"memory", "timeout"}
    ),
    "everything in one group": (
        f"SELECT (GROUP_CONCAT(CONCAT(STR(?p3), STR(?q3), STR(?r3))) AS ?n) {{ {CROSS} }}",
        {"memory", "timeout"},
    ),
}  # fmt: skip


_NUMBERS = itertools.count()


def quick(served: Served, client: str) -> Reply:
    """Ask what no memory knows yet."""
    query = f"SELECT ?x {{ VALUES ?x {{ {next(_NUMBERS)} }} }}"
    headers = {"X-Forwarded-For": client, "Content-Type": DIRECT}
    return served.request("POST", (), headers, query)


class Bystander:
    """A client that asks quick queries while others do harm, and remembers how it fared."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.client = served.client()
        self.seconds: list[float] = []
        self.answers: list[int] = []

    def asks(self, count: int = 5) -> None:
        for _ in range(count):
            begun = time.monotonic()
            self.answers.append(quick(self.served, self.client).status)
            self.seconds.append(time.monotonic() - begun)

    def fared(self, what: str) -> None:
        """Require that all was answered; the bound only tells slow from hung."""
        print(f"{what}: others waited at most {max(self.seconds) * 1000:.0f} ms")
        assert set(self.answers) == {200}
        assert max(self.seconds) < 10


@contextmanager
def others(served: Served, what: str) -> Iterator[Bystander]:
    bystander = Bystander(served)
    yield bystander
    bystander.asks()
    bystander.fared(what)


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_query_ends_and_others_are_answered_meanwhile(strict: Served, what: str) -> None:
    query, fates = HOSTILE[what]
    client, found = strict.client(), []

    def attack(_: int) -> None:
        headers = {"X-Forwarded-For": client, "Content-Type": DIRECT}
        found.append(
            strict.request("POST", {"format": "json", "timeout": "1"}, headers, query).status
        )

    attackers = threading.Thread(target=at_once, args=(2, attack))
    with others(strict, what) as bystander:
        attackers.start()
        time.sleep(0.2)
        bystander.asks()
        attackers.join()
    assert len(found) == 2
    if fates == {"refused"}:
        assert set(found) <= {400, 413}
    else:
        assert set(found) <= {200, 503}
        assert {note["fate"] for note in strict.noted(query)} <= fates


def test_a_worker_that_takes_too_much_memory_is_ended_and_replaced(strict: Served) -> None:
    before = strict.workers()
    query, _ = HOSTILE["text that doubles"]
    answer = strict.direct(query)
    assert answer.status == 503 and "400 MiB" in answer.json["detail"]
    assert strict.fate(query) == "memory"
    assert eventually(lambda: len(strict.workers()) == 3 and strict.workers() != before)
    with others(strict, "worker killed by the memory limit"):
        pass


class Canary:
    """A listener that nobody may call."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.05)
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}/"

    def heard(self) -> bool:
        try:
            self._listening.accept()[0].close()
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    found = Canary()
    yield found
    found.close()


def test_the_canary_hears_who_calls(canary: Canary) -> None:
    assert not canary.heard()
    host, port = canary.address[7:-1].split(":")
    with socket.create_connection((host, int(port))):
        assert canary.heard()


SERVICES = {
    "plain": "SELECT * {{ SERVICE <{at}> {{ ?s ?p ?o }} }}",
    "silent": "SELECT * {{ SERVICE SILENT <{at}> {{ ?s ?p ?o }} }}",
    "mixed case in EXISTS": "ASK {{ FILTER EXISTS {{ sErViCe <{at}> {{ ?s ?p ?o }} }} }}",
    "endpoint in a variable": "SELECT * {{ BIND(<{at}> AS ?e) {{ SELECT * {{ SERVICE ?e {{ }} }} }} }}",
    "glued to a prefixed name": "PREFIX SERVICEx: <{at}> PREFIX x: <{at}> SELECT * {{ SERVICEx:a {{ ?s ?p ?o }} }}",
    "after what looks like a comment": "PREFIX a: <{at}#> SELECT * {{ ?s a:b ?o . # \r SERVICE a:b {{ ?s ?p ?o }} }}",
    "after what looks like a string": "SELECT * {{ ?s ?p ?o FILTER(?o != '\\\\') SERVICE <{at}> {{}} # ') }}",
    "written with an escape": "SELECT * {{ \\u0053ERVICE <{at}> {{ ?s ?p ?o }} }}",
    "in a CONSTRUCT": "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ OPTIONAL {{ SERVICE <{at}> {{ ?s ?p ?o }} }} }}",
    "LOAD": "LOAD <{at}>",
    "LOAD after a query": "ASK {{}} ; LOAD SILENT <{at}> INTO GRAPH <urn:g>",
    "FROM": "SELECT * FROM <{at}> FROM NAMED <{at}x> {{ ?s ?p ?o }}",
}


@pytest.mark.parametrize("disguise", SERVICES)
def test_no_query_makes_the_server_call_another(
    strict: Served, canary: Canary, disguise: str
) -> None:
    query = SERVICES[disguise].format(at=canary.address)
    ways: list[Callable[[], Reply]] = [
        lambda: strict.ask(query),
        lambda: strict.form({"query": query}),
        lambda: strict.direct(query),
    ]
    statuses = {way().status for way in ways}
    assert statuses == {200} if disguise == "FROM" else statuses <= {400, 403}
    assert not canary.heard()


def test_graphs_of_a_request_are_never_fetched(strict: Served, canary: Canary) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        assert strict.ask("SELECT * { ?s ?p ?o }", **{name: canary.address}).rows == []
    assert not canary.heard()


@pytest.mark.parametrize(
    "query",
    ['ASK { FILTER("SERVICE <urn:a> {}" != ?x) }', "ASK {} # SERVICE <urn:a> {}",
     "ASK { ?service <urn:LOAD> <urn:SERVICE> }",
     "PREFIX service: <urn:s> ASK { service:a service:SERVICE ?x }"],
)  # fmt: skip
def test_the_words_are_allowed_where_they_mean_nothing(strict: Served, query: str) -> None:
    assert strict.direct(query).status == 200


MILLION = " ".join(f"VALUES ?{name} {{ 0 1 2 3 4 5 6 7 8 9 }}" for name in "abcdef")


@pytest.mark.parametrize(("suffix", "variables"), [("json", "?e ?f"), ("csv", "?f")])
def test_a_million_rows_do_not_take_memory(served: Served, suffix: str, variables: str) -> None:
    query = f"SELECT {variables} {{ {MILLION} }}"
    served.direct(f"{query} LIMIT 100")
    pids = [served.process.pid, *served.workers()]
    for pid in pids:
        forget_peak(pid)
    before = {pid: peak_mib(pid) for pid in pids}
    begun = time.monotonic()
    answer = served.direct(query, parameters={"format": suffix})
    seconds = time.monotonic() - begun
    peaks = {pid: peak_mib(pid) for pid in pids}
    server, *workers = pids
    print(
        f"a million rows of {suffix}: {seconds:.1f} s, {len(answer.body) >> 20} MiB; "
        f"peak of the server {peaks[server]:.0f} MiB (before {before[server]:.0f}), "
        f"of a worker {max(peaks[pid] for pid in workers):.0f} MiB "
        f"(before {max(before[pid] for pid in workers):.0f})"
    )
    assert served.noted(query)[-1]["rows"] == 1_000_000
    assert all(peaks[pid] < before[pid] + 32 for pid in pids)


HALF = [
    b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
    b"Content-Length: 900\r\n\r\nASK {",
    b"GE",
    b"",
]


def test_half_sent_requests_do_not_shut_others_out(served: Served) -> None:
    with ExitStack() as kept:
        for number in range(40):
            kept.enter_context(served.opened(HALF[number % len(HALF)]))
        with others(served, "40 half-sent requests") as bystander:
            bystander.asks()
        assert served.request(path="healthz").status == 200


def test_clients_that_do_not_read_do_not_shut_others_out(served: Served) -> None:
    request = served.get(served.client(), query=f"SELECT * {{ {MILLION} }} LIMIT 100000")
    with ExitStack() as kept:
        for _ in range(10):
            connection = kept.enter_context(served.opened())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(request)
        with others(served, "10 clients that do not read") as bystander:
            bystander.asks(10)
        assert served.request(path="healthz").status == 200


def _fill(served: Served, kept: ExitStack, client: str, count: int) -> list[socket.socket]:
    request = served.get(client, query=HOSTILE["cross product of four"][0], timeout="15")
    return [kept.enter_context(served.opened(request)) for _ in range(count)]


def turned_away(served: Served, since: int) -> int:
    """Return how many queries have found no place since the log had so many lines."""
    return sum(note["fate"] == "busy" for note in served.noted()[since:])


def test_one_client_cannot_take_every_place_in_the_queue(served: Served) -> None:
    since = len(served.noted())
    with ExitStack() as kept:
        _fill(served, kept, served.client(), 40)
        # one is evaluated, 16 wait, and the rest are told to come again
        assert eventually(lambda: turned_away(served, since) >= 23)
        with others(served, "40 endless queries of one client") as bystander:
            bystander.asks()
    assert eventually(lambda: quick(served, served.client()).status == 200)


def test_when_the_queue_is_full_it_is_said_at_once_and_pages_are_served(served: Served) -> None:
    with ExitStack() as kept:

        def is_full() -> bool:
            """Send more, and tell whether one who comes after is turned away at once."""
            _fill(served, kept, served.client(), 17)
            asked = served.get(served.client(), query=f"ASK {{ VALUES ?x {{ {next(_NUMBERS)} }} }}")
            with served.opened(asked) as connection:
                connection.settimeout(1)
                with suppress(TimeoutError):
                    return connection.recv(1000).startswith(b"HTTP/1.1 503")
            # until it is noticed that this one has left its place
            time.sleep(1.2)
            return False

        def both_turned_away() -> bool:
            """Ask for an answer and for a page; meanwhile some may have given up waiting."""
            if not is_full():
                return False
            found["answer"] = quick(served, served.client())
            query = f"ASK {{ # {next(_NUMBERS)}\n}}"
            found["page"] = served.form({"query": query}, Accept="text/html")
            return {one.status for one in found.values()} == {503}

        found: dict[str, Reply] = {}
        assert eventually(both_turned_away, 60)
        answer, page = found["answer"], found["page"]
        assert answer.headers["Retry-After"] == page.headers["Retry-After"] == "10"
        assert "room" in answer.json["detail"] and answer.headers["SPARQL-Row-Limit"]
        assert page.type == "text/html; charset=utf-8"
        assert served.request(path="about").status == 200
    # those who have left leave the queue as well
    assert eventually(lambda: quick(served, served.client()).status == 200)


def test_who_asks_too_often_is_told_when_to_come_again(strict: Served) -> None:
    who, another = {"X-Forwarded-For": strict.client()}, {"X-Forwarded-For": strict.client()}

    def asked(headers: dict[str, str]) -> Reply:
        # not answered from memory, and refused before a worker is needed
        return strict.request("POST", (), headers | {"Content-Type": DIRECT}, "ASK { SERVICE")

    answers = [asked(who) for _ in range(320)]
    told = [answer for answer in answers if answer.status == 429]
    assert 0 < len(told) <= 20 and answers[0].status == 403
    assert 1 <= int(told[-1].headers["Retry-After"]) <= 60
    assert told[-1].json["hint_ja"] and told[-1].headers["SPARQL-Row-Limit"]
    page = asked(who | {"Accept": "text/html"})
    assert (page.status, page.type) == (429, "text/html; charset=utf-8")
    assert page.headers["Retry-After"] and "ASK { SERVICE" in page.text
    assert asked(another).status == 403


def test_an_answer_that_is_cut_is_never_taken_for_a_whole_one(strict: Served) -> None:
    with pytest.raises(IncompleteRead):
        strict.ask(f"SELECT * {{ {MILLION} BIND('{'x' * 100}' AS ?text) }}", "text/csv")


def test_what_never_reaches_the_application_is_refused_in_both_languages(strict: Served) -> None:
    """Waitress refuses an address that is not percent-encoded before the application sees it."""
    with strict.opened("GET /search?q=森 HTTP/1.1\r\nHost: a\r\n\r\n".encode()) as connection:
        answer = b""
        while piece := connection.recv(4096):
            answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b" 400 " in head and b"application/problem+json" in head
    said = json.loads(body)
    assert said["detail"]
    assert "パーセント符号化" in said["detail_ja"]
