"""A real server in a process of its own, on a free port of the loopback interface, for tests."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.support.real import ROOT

Parameters = Mapping[str, str] | Sequence[tuple[str, str]]
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
#: seconds after which a test takes a server for hung
PATIENCE = 60.0


@dataclass(frozen=True)
class Reply:
    """A whole response."""

    status: int
    headers: Message
    body: bytes

    @property
    def type(self) -> str:
        return self.headers["Content-Type"] or ""

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of SPARQL JSON, values only."""
        return [
            {name: term["value"] for name, term in row.items()}
            for row in self.json["results"]["bindings"]
        ]


@dataclass
class Served:
    """A running server."""

    host: str
    process: subprocess.Popen[bytes]
    log: Path
    root: str = "/"
    clients: Iterator[int] = field(default_factory=lambda: iter(range(1, 1 << 16)))

    @property
    def endpoint(self) -> str:
        return f"http://{self.host}{self.root}sparql"

    def request(
        self,
        method: str = "GET",
        parameters: Parameters = (),
        headers: Mapping[str, str] | None = None,
        body: bytes | str | None = None,
        path: str = "sparql",
    ) -> Reply:
        """Send one request on a connection of its own and read all of its answer."""
        connection = HTTPConnection(self.host, timeout=PATIENCE)
        address = f"{self.root}{path}" + (f"?{urlencode(parameters)}" if parameters else "")
        sent = body.encode() if isinstance(body, str) else body
        try:
            connection.request(method, address, sent, dict(headers or {}))
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def ask(self, query: str, accept: str | None = None, **more: str) -> Reply:
        """Send a query by GET."""
        return self.request("GET", {"query": query, **more}, {"Accept": accept} if accept else None)

    def form(self, parameters: Parameters, **headers: str) -> Reply:
        """Send a form by POST."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("POST", (), {"Content-Type": FORM} | named, urlencode(parameters))

    def direct(self, body: bytes | str, type_: str = DIRECT, parameters: Parameters = ()) -> Reply:
        """Send a query as the body of a POST."""
        return self.request("POST", parameters, {"Content-Type": type_}, body)

    def client(self) -> str:
        """Return the address of a client that has not asked before, for X-Forwarded-For."""
        number = next(self.clients)
        return f"198.51.{number >> 8}.{number & 255}"

    def get(self, client: str = "", **parameters: str) -> bytes:
        """Return a request for a query as it goes over the wire."""
        lines = [f"GET {self.root}sparql?{urlencode(parameters)} HTTP/1.1", "Host: a"]
        forwarded = [f"X-Forwarded-For: {client}"] if client else []
        return "\r\n".join([*lines, *forwarded, "", ""]).encode()

    def opened(self, sent: bytes = b"") -> socket.socket:
        """Return a new connection on which something has been sent and nothing read yet."""
        host, port = self.host.split(":")
        connection = socket.create_connection((host, int(port)), timeout=PATIENCE)
        connection.sendall(sent)
        return connection

    def noted(self, query: str | None = None) -> list[dict[str, Any]]:
        """Return what the log says of queries, or of one of them, oldest first."""
        lines = self.log.read_text("utf-8").splitlines()
        records = [json.loads(line) for line in lines if line.startswith("{")]
        found = [record for record in records if record["logger"] == "lodpub.sparql"]
        if query is None:
            return found
        name = hashlib.sha256(query.encode()).hexdigest()[:12]
        return [record for record in found if record["query"] == name]

    def fate(self, query: str) -> str:
        """Return what became of a query that was asked last."""
        noted = self.noted(query)
        return str(noted[-1]["fate"]) if noted else ""

    def workers(self) -> list[int]:
        """Return the process ids of the workers."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return sorted(int(pid) for task in tasks for pid in task.read_text().split())


def peak_mib(pid: int) -> float:
    """Return the most memory that a process has had since its peak was last forgotten."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) / 1024


def forget_peak(pid: int) -> None:
    """Let `peak_mib` count from now on."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def eventually(true: Callable[[], object], seconds: float = 20) -> bool:
    """Tell whether something comes true in some time."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(releases: Path, log: Path, root: str = "/", **settings: object) -> Iterator[Served]:
    """Serve a directory of releases by `lodpub serve`; keyword arguments are settings."""
    host = str(settings.get("bind", f"127.0.0.1:{free_port()}"))
    given: dict[str, object] = {
        "releases": releases,
        "bind": host,
        "log": "json",
        "workers": 2,
        "rate": 0,
        "proxies": "127.0.0.1",
    }
    given |= settings
    variables = {f"LODPUB_{name.upper()}": str(value) for name, value in given.items()}
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "publish", "serve"],
            cwd=ROOT,
            env=os.environ | variables,
            stdout=subprocess.PIPE,
            stderr=written,
        )
    try:
        assert process.stdout is not None
        assert process.stdout.readline(), log.read_text("utf-8")
        served = Served(host, process, log, root)
        # there is a spare one, too
        assert eventually(lambda: len(served.workers()) > int(str(given["workers"])))
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        if process.stdout is not None:
            process.stdout.close()


def at_once(count: int, do: Callable[[int], object]) -> None:
    """Do something in several threads and wait for all of them."""
    threads = [threading.Thread(target=do, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
