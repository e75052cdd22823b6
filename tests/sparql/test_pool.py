"""publish.sparql.pool: hostile queries cost nobody but those who send them."""

from __future__ import annotations

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, Store, parse

from publish.errors import LodpubError, ReleaseError
from publish.sparql.pool import Data, Job, Limits, Pool, QueryFailed
from publish.sparql.process import NotStarted, Process
from tests.sparql.conftest import BASE, POINTS, STATEMENTS, small

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
#: never ends: a count over billions of combinations, of which the engine shows no row
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    return small(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def pool(data: Data) -> Iterator[Pool]:
    """Two workers that give up after a second or at 300 MiB."""
    limits = Limits(seconds=1, memory_mib=300, rows=1_000_000, queue=4, patience=3)
    with Pool.start(data, limits, 2) as pool:
        yield pool


@pytest.fixture
def single(data: Data) -> Iterator[Pool]:
    """One worker with time, one place in the queue, and no patience."""
    limits = Limits(seconds=20, memory_mib=512, queue=1, patience=0.5)
    with Pool.start(data, limits, 1) as pool:
        yield pool


def _quick(pool: Pool, client: str = "other") -> float:
    """Answer a quick query; return the seconds it took."""
    started = time.monotonic()
    with pool.evaluate(Job(COUNT, "json", client=client)) as answer:
        rows = json.loads(answer.body)["results"]["bindings"]
    assert rows[0]["n"]["value"] == str(STATEMENTS)
    return time.monotonic() - started


def _failure(pool: Pool, job: Job, gone: Callable[[], bool] | None = None) -> QueryFailed:
    """Return why a query has no answer, be it at once or in mid-stream."""
    with pytest.raises(QueryFailed) as caught, pool.evaluate(job, gone) as answer:
        for _ in answer.chunks():
            pass
    return caught.value


def _living(pool: Pool) -> list[int]:
    return [process._child.pid for process in (*pool._idle, *pool._busy)]


def _until(condition: Callable[[], bool], seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


# -- hostile queries ------------------------------------------------------------------------------

_VALUES = " ".join(f'"{number}"' for number in range(6_000))
HOSTILE = {
    "four-way cross product": RUNAWAY,
    "three-way cross product in rows": STREAM,
    "catastrophic regex": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f "
    'FILTER REGEX(CONCAT(STR(?o), STR(?c), STR(?f)), "^(([a-z])+.)+[A-Z]([a-z])+$") }',
    "path explosion": f"PREFIX ex: <{BASE}terms#> SELECT (COUNT(*) AS ?n) "
    "{ ?a (ex:to|ex:to/ex:to)* ?b . ?b (ex:to/ex:to/ex:to)+ ?c . ?c (ex:to|^ex:to)* ?d }",
    "huge VALUES": f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {_VALUES} }} "
    f"VALUES ?b {{ {_VALUES} }} VALUES ?c {{ {_VALUES} }} FILTER(?a < ?b && ?b < ?c) }}",
    "planning of many patterns": "SELECT * { " + "?s ?p ?o . " * 400 + "}",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_query_without_end_is_ended_and_the_next_one_is_answered_at_once(
    pool: Pool, query: str
) -> None:
    started = time.monotonic()
    error = _failure(pool, Job(query, "json"))
    assert 0.9 < time.monotonic() - started < 2.5
    assert (error.status, error.fate) == (503, "timeout")
    assert "1秒" in error.said("ja")
    assert "1 seconds" in error.said("en")
    assert _quick(pool) < 1


def test_others_are_answered_at_once_while_a_query_runs_away(pool: Pool) -> None:
    with ThreadPoolExecutor(1) as executor:
        runaway = executor.submit(_failure, pool, Job(RUNAWAY, "json"))
        times = []
        while not runaway.done():
            times.append(_quick(pool))
    assert runaway.result().fate == "timeout"
    assert len(times) > 3
    assert max(times) < 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?f ?i",
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?x) "
        "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    ],
)
def test_a_query_that_eats_memory_ends_its_own_worker_only(data: Data, query: str) -> None:
    with Pool.start(data, Limits(seconds=20, memory_mib=160), 1) as pool:
        error = _failure(pool, Job(query, "json"))
        assert (error.status, error.fate) == (503, "memory")
        assert "160 MiB" in error.said("en")
        assert _quick(pool) < 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 20_000 + "}" * 20_000,
        "SELECT (" + "STR(" * 5_000 + "1" + ")" * 5_000 + " AS ?x) {}",
    ],
)
def test_a_query_that_ends_the_engines_parser_is_survived(pool: Pool, query: str) -> None:
    error = _failure(pool, Job(query, "json"))
    assert (error.status, error.fate) == (503, "crashed")
    assert _quick(pool) < 1


def test_a_shorter_time_may_be_asked_for_but_not_a_longer_one(pool: Pool) -> None:
    for seconds, expected in ((0.3, 0.3), (60.0, 1.0)):
        started = time.monotonic()
        error = _failure(pool, Job(RUNAWAY, "json", seconds=seconds))
        assert expected <= time.monotonic() - started < expected + 0.8
        assert f"{expected:g} seconds" in error.said("en")


def test_the_kernel_ends_a_worker_whose_server_is_stuck(data: Data) -> None:
    limits = Limits(seconds=1)
    process = Process.start(data.setup(limits), 20)
    try:
        process.ask(Job(RUNAWAY, "json").request(limits))
        process._child.wait(60)
        died = process.obituary()
        assert died.status == -signal.SIGXCPU
        assert died.for_time
    finally:
        process.kill()
        process.reap()


# -- no connections -------------------------------------------------------------------------------


@pytest.fixture
def canary() -> Iterator[socket.socket]:
    """A server on this host that nobody is to connect to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * { SERVICE <URL> { ?s ?p ?o } }", 403),
        ("PREFIX u: <URL> SELECT * { SERVICEu:x { ?s ?p ?o } }", 403),
        ("SELECT * { ?s ?p 1SERVICE <URL> {} }", 403),
        ("ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }", 200),
        ("SELECT * { BIND(<URL> AS ?u) SERVICE ?u { ?s ?p ?o } }", 403),
        ("SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }", 200),
        ("CONSTRUCT { ?s ?p ?o } { SERVICE <URL> { ?s ?p ?o } }", 403),
        ("SELECT * FROM <URL> FROM NAMED <URL> { { ?s ?p ?o } UNION { GRAPH ?g { ?a ?b ?c } } }", 200),
        ("LOAD <URL>", 400),
    ],
)  # fmt: skip
def test_a_worker_that_is_told_to_connect_does_not(
    pool: Pool, canary: socket.socket, query: str, status: int
) -> None:
    """Queries are handed to the worker as they are: this is the second wall."""
    url = f"http://127.0.0.1:{canary.getsockname()[1]}/"
    job = Job(query.replace("URL", url), "nt" if query.startswith("CONSTRUCT") else "json")
    try:
        pool.evaluate(job).close()
        found = 200
    except QueryFailed as error:
        found = error.status
    assert found == status
    with pytest.raises(TimeoutError):
        canary.accept()


def test_the_engine_itself_does_connect(canary: socket.socket) -> None:
    """The reason for the walls: where this fails, the engine has learned not to."""
    url = f"http://127.0.0.1:{canary.getsockname()[1]}/"
    code = (
        f"from pyoxigraph import Store; list(Store().query('SELECT * {{ SERVICE <{url}> {{}} }}'))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as bare:
        canary.settimeout(20)
        canary.accept()[0].close()
        bare.kill()


# -- clients --------------------------------------------------------------------------------------


def test_a_client_that_leaves_frees_its_worker(single: Pool) -> None:
    started = time.monotonic()
    error = _failure(single, Job(RUNAWAY, "json"), lambda: time.monotonic() - started > 0.7)
    assert error.fate == "client-left"
    assert time.monotonic() - started < 2
    assert _quick(single) < 1


def test_a_client_that_leaves_the_queue_is_forgotten(data: Data) -> None:
    with (
        Pool.start(data, Limits(seconds=1.5, queue=1), 1) as pool,
        ThreadPoolExecutor(1) as executor,
    ):
        running = executor.submit(_failure, pool, Job(RUNAWAY, "json"))
        assert _until(lambda: bool(pool._busy))
        started = time.monotonic()
        assert _failure(pool, Job(COUNT, "json"), lambda: True).fate == "client-left"
        assert time.monotonic() - started < 1.5
        assert not pool._line
        assert running.result().fate == "timeout"


def test_one_client_does_not_get_all_workers(data: Data) -> None:
    with (
        Pool.start(data, Limits(seconds=0.8), 2) as pool,
        ThreadPoolExecutor(4) as executor,
    ):
        runaways = [
            executor.submit(_failure, pool, Job(RUNAWAY, "json", client="greedy")) for _ in range(3)
        ]
        assert _until(lambda: len(pool._line) == 2)
        for _ in range(5):
            assert _quick(pool, "modest") < 1
        assert {runaway.result().fate for runaway in runaways} == {"timeout"}


# -- the queue ------------------------------------------------------------------------------------


def test_the_queue_is_bounded_in_length_and_in_time(single: Pool) -> None:
    leave = threading.Event()
    with ThreadPoolExecutor(2) as executor:
        running = executor.submit(_failure, single, Job(RUNAWAY, "json"), leave.is_set)
        assert _until(lambda: bool(single._busy))
        waiting = executor.submit(_failure, single, Job(COUNT, "json"))
        assert _until(lambda: bool(single._line))
        turned_away = _failure(single, Job(COUNT, "json"))
        assert (turned_away.status, turned_away.fate) == (503, "busy")
        assert turned_away.retry_after == 1
        assert waiting.result().fate == "busy"
        leave.set()
        assert running.result().fate == "client-left"
    assert _quick(single) < 1


def test_many_threads_get_their_own_answers(data: Data) -> None:
    def ask(number: int) -> bytes:
        query = f"SELECT ?x {{ <{BASE}id/town/{number}> <{BASE}terms#number> ?x }}"
        with workers.evaluate(Job(query, "tsv")) as answer:
            return answer.body

    numbers = list(range(200)) * 2
    with Pool.start(data, Limits(patience=30), 2) as workers, ThreadPoolExecutor(8) as executor:
        answers = list(executor.map(ask, numbers))
        assert _until(lambda: len(_living(workers)) == 3)
    assert answers == [f"?x\n{number}\n".encode() for number in numbers]


# -- the processes --------------------------------------------------------------------------------


def test_a_worker_that_died_while_idle_is_replaced_unnoticed(data: Data) -> None:
    with Pool.start(data, Limits(), 1) as pool:
        assert _until(lambda: len(_living(pool)) == 2)
        before = _living(pool)
        for process in before:
            os.kill(process, signal.SIGKILL)
        assert _until(lambda: not any(map(_is_running, before)))
        assert _quick(pool) < 3
        assert _until(lambda: len(_living(pool)) == 2)
        assert not {*before} & {*_living(pool)}


def test_a_worker_that_has_grown_is_replaced_after_its_answer(data: Data) -> None:
    with Pool.start(data, Limits(memory_mib=190), 1) as pool:
        assert _until(lambda: len(_living(pool)) == 2)
        before = {*_living(pool)}
        rows = "{ SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200000 }"
        with pool.evaluate(Job(f"SELECT * {{ {rows} }} ORDER BY ?f LIMIT 1", "json")) as answer:
            assert (answer.rows, answer.fate) == (1, "ok")
        assert _until(lambda: len({*_living(pool)} - before) == 1)
        assert _quick(pool) < 1


def test_signals_that_stop_the_server_leave_its_workers_to_it(single: Pool) -> None:
    for process in _living(single):
        os.kill(process, signal.SIGINT)
        os.kill(process, signal.SIGTERM)
    before = {*_living(single)}
    assert _quick(single) < 1
    assert before <= {*_living(single)}


def test_workers_die_with_their_server(data: Data) -> None:
    code = (
        "import sys, time; from pathlib import Path; from publish.sparql.pool import *\n"
        "pool = Pool.start(Data('http://a/', (Path(sys.argv[1]),)), Limits(seconds=60), 2)\n"
        "while len(pool._idle) < 3: time.sleep(0.01)\n"
        "print(*(process._child.pid for process in pool._idle), flush=True)\n"
        f"pool.evaluate(Job('{RUNAWAY}', 'json'))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(data.nquads[0])], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        workers = [int(pid) for pid in server.stdout.readline().split()]
        assert len(workers) == 3
        time.sleep(0.2)
        server.kill()
    assert _until(lambda: not any(map(_is_running, workers)))


def _is_running(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_closing_ends_all_workers_and_breaks_off_what_they_do(data: Data) -> None:
    pool = Pool.start(data, Limits(), 2)
    with ThreadPoolExecutor(1) as executor:
        running = executor.submit(_failure, pool, Job(RUNAWAY, "json"))
        assert _until(lambda: bool(pool._busy))
        workers = _living(pool)
        pool.close()
        assert running.result().status == 503
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    assert _failure(pool, Job(COUNT, "json")).fate == "busy"
    pool.close()


def test_data_that_cannot_be_read_stop_the_start(tmp_path: Path) -> None:
    broken = tmp_path / "broken.nq"
    broken.write_text("<a> <b> .\n")
    for data in (
        Data(BASE, (broken,)),
        Data(BASE, (tmp_path / "missing.nq",)),
        Data(BASE, store=tmp_path / "missing"),
    ):
        with pytest.raises(ReleaseError, match="cannot read the data"):
            Pool.start(data, Limits(), 1)


def test_data_that_do_not_fit_into_the_memory_stop_the_start(data: Data) -> None:
    with pytest.raises(ReleaseError, match="now 30 MiB"):
        Pool.start(data, Limits(memory_mib=30), 1)


def test_a_machine_that_cannot_isolate_workers_stops_the_start(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsafe(*_: object) -> Process:
        raise NotStarted("unsafe", "seccomp: Function not implemented")

    monkeypatch.setattr(Process, "start", unsafe)
    with pytest.raises(LodpubError, match="cannot be isolated safely"):
        Pool.start(data, Limits(), 1)


def test_a_store_on_disk_is_answered_from_read_only(data: Data, tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.bulk_extend(quad for path in data.nquads if path.suffix == ".nq" for quad in _quads(path))
    store.flush()
    del store
    with Pool.start(Data(BASE, store=tmp_path / "store"), Limits(), 1) as pool:
        with pool.evaluate(Job("SELECT * { ?s ?p ?o }", "tsv")) as answer:
            assert answer.rows == 1499
        with pytest.raises(QueryFailed) as caught:
            pool.evaluate(Job("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "json"))
        assert caught.value.status == 403


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_graph_that_stands_apart_is_seen_only_where_it_is_named(
    data: Data, tmp_path: Path, on_disk: bool
) -> None:
    net = f"{BASE}graph/net"
    source = replace(data, apart=(net,))
    if on_disk:
        store = Store(str(tmp_path / "store"))
        for path in data.nquads:
            text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            store.bulk_extend(parse(text, RdfFormat.N_QUADS))
        store.flush()
        del store
        source = Data(BASE, store=tmp_path / "store", apart=(net,))
    with Pool.start(source, Limits(), 1) as pool:

        def count(query: str) -> int:
            with pool.evaluate(Job(f"SELECT * {query}", "tsv")) as answer:
                return answer.rows

        apart = POINTS * (POINTS - 1)
        assert count("{ ?s ?p ?o }") == STATEMENTS - apart
        assert count(f"{{ GRAPH <{net}> {{ ?s ?p ?o }} }}") == apart
        assert count("{ GRAPH ?g { ?s ?p ?o } }") == STATEMENTS
        assert count(f"FROM <{net}> {{ ?s ?p ?o }}") == apart
        assert (
            count(f"{{ ?s ?p ?o OPTIONAL {{ GRAPH <{net}> {{ ?o ?q ?r }} }} }}")
            == STATEMENTS - apart
        )


def _quads(path: Path) -> Iterator[Quad]:
    yield from parse(path=str(path))


# -- memory ---------------------------------------------------------------------------------------


def _peak(pid: int | str) -> int:
    """Return the most memory that a process has had, in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def test_memory_stays_flat_over_a_million_rows(data: Data) -> None:
    query = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 1000000"
    with Pool.start(data, Limits(seconds=60), 1) as pool:
        assert _until(lambda: len(_living(pool)) == 2)
        before, own = {pid: _peak(pid) for pid in _living(pool)}, _peak("self")
        with pool.evaluate(Job(query, "json")) as answer:
            length = sum(map(len, answer.chunks()))
        assert (answer.rows, answer.truncated) == (1_000_000, False)
        assert length > 100 << 20
        grown = {pid: _peak(pid) - peak for pid, peak in before.items()}
    assert max(grown.values()) < 20
    assert _peak("self") - own < 20
