"""Compare WSGI servers on what a public endpoint needs. Prints a Markdown table.

    python bench/servers.py [NAME ...]

Each candidate serves bench/server_app.py on loopback, alone, with two processes or eight
threads. Needs: granian waitress gunicorn gevent cheroot psutil, and the program wrk.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil  # type: ignore[import-untyped, unused-ignore]

HERE = Path(__file__).parent
HOST, PORT = "127.0.0.1", 8765
HALF_SENT, IDLE_READERS = 40, 10
_CHEROOT = (
    "import sys; sys.path.insert(0, '.'); from cheroot.wsgi import Server; "
    f"from server_app import app; Server(('{HOST}', {PORT}), app, numthreads=8).start()"
)
_GUNICORN = ["-m", "gunicorn", "-b", f"{HOST}:{PORT}", "--log-level", "critical"]
_WAITRESS = ["-m", "waitress", f"--listen={HOST}:{PORT}", "--threads=8", "--connection-limit=1000",
             "--channel-request-lookahead=1"]  # fmt: skip
_OURS = (
    "import sys; sys.path[:0] = ['.', '..']; from publish.web.app.wsgi_server import listen; "
    f"from server_app import app; listen(app, '{HOST}', {PORT}, 8, lambda: None)"
)
CANDIDATES: dict[str, list[str]] = {
    "granian 1x8": ["-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(PORT),
                    "--workers", "1", "--blocking-threads", "8", "--no-ws", "--log-level",
                    "critical", "server_app:app"],
    "granian 2x4": ["-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(PORT),
                    "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level",
                    "critical", "server_app:app"],
    "waitress 8": [*_WAITRESS, "server_app:app"],
    "waitress 8, high watermark 1 GiB": [
        *_WAITRESS, "--outbuf-high-watermark=1073741824", "server_app:app"
    ],
    "waitress 8, as in publish/web/app/wsgi_server.py": ["-c", _OURS],
    "gunicorn sync 2": [*_GUNICORN, "-w", "2", "server_app:app"],
    "gunicorn gthread 2x4": [*_GUNICORN, "-w", "2", "--threads", "4", "server_app:app"],
    "gunicorn gevent 2": [*_GUNICORN, "-w", "2", "-k", "gevent", "server_app:app"],
    "cheroot 8": ["-c", _CHEROOT],
}  # fmt: skip


def get(path: str, timeout: float = 5) -> tuple[float, int]:
    """Return (seconds, bytes) of one request on a connection of its own."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection(HOST, PORT, timeout=timeout)
    try:
        connection.request("GET", path)
        return time.perf_counter() - start, len(connection.getresponse().read())
    finally:
        connection.close()


def others_served(count: int = 20) -> str:
    """Return how other clients fare now: the median in ms, or how many got nothing."""
    times, lost = [], 0
    for _ in range(count):
        try:
            times.append(get("/hello", timeout=2)[0])
        except OSError:
            lost += 1
            if lost == 3:
                return "shut out"
    times.sort()
    return f"{times[len(times) // 2] * 1000:.1f} ms" + (f", {lost} lost" if lost else "")


def with_sockets(count: int, request: bytes) -> str:
    """Open connections that send this and read nothing; return how others are served."""
    sockets = [socket.create_connection((HOST, PORT)) for _ in range(count)]
    for opened in sockets:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        opened.sendall(request)
    time.sleep(1)
    try:
        return others_served()
    finally:
        for opened in sockets:
            opened.close()


def half_sent(_: subprocess.Popen[bytes]) -> str:
    return with_sockets(HALF_SENT, b"GET /hello HTTP/1.1\r\nHost: a\r\nX-Slow: ")


def slow_readers(_: subprocess.Popen[bytes]) -> str:
    return with_sockets(IDLE_READERS, b"GET /stream/480 HTTP/1.1\r\nHost: a\r\n\r\n")


def aborts(_: subprocess.Popen[bytes]) -> str:
    try:
        get("/abort")
    except http.client.IncompleteRead:
        return "yes"
    except OSError as error:
        return f"yes ({type(error).__name__})"
    return "**no**"


def notices(_: subprocess.Popen[bytes]) -> str:
    noticed = Path(os.environ["NOTICED"])
    noticed.unlink(missing_ok=True)
    leaving = socket.create_connection((HOST, PORT))
    leaving.sendall(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
    time.sleep(1)
    leaving.close()
    start = time.perf_counter()
    while time.perf_counter() - start < 4:
        if noticed.exists():
            return f"{time.perf_counter() - start:.1f} s"
        time.sleep(0.05)
    return "no"


def streaming_memory(server: subprocess.Popen[bytes]) -> str:
    peak, done = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.is_set():
            family = [psutil.Process(server.pid), *psutil.Process(server.pid).children(True)]
            peak = max(peak, sum(process.memory_info().rss for process in family))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        size = get("/stream/3200", timeout=60)[1]
    finally:
        done.set()
        watcher.join()
    return f"{peak >> 20} MiB" if size == 3200 * 65536 else "**cut**"


def load(_: subprocess.Popen[bytes]) -> str:
    command = ["wrk", "-t1", "-c8", "-d3s", "--latency", f"http://{HOST}:{PORT}/hello"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    worst = re.search(r"99%\s+(\S+)", printed)
    return f"{float(rate[1]):,.0f}/s, p99 {worst[1]}" if rate and worst else "failed"


CHECKS: dict[str, Callable[[subprocess.Popen[bytes]], str]] = {
    f"{HALF_SENT} half-sent: others": half_sent,
    f"{IDLE_READERS} not reading 30 MB: others": slow_readers,
    "abort is seen": aborts,
    "client left, noticed in": notices,
    "RSS while streaming 210 MB": streaming_memory,
    "hello, 8 connections": load,
}


def measured(arguments: list[str]) -> list[str]:
    """Return the results of all checks for one candidate, each on a fresh server."""
    results = []
    for check in CHECKS.values():
        server = subprocess.Popen([sys.executable, *arguments], cwd=HERE,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        try:
            wait_until_up()
            results.append(check(server))
        except OSError as error:
            results.append(f"failed ({type(error).__name__})")
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    return results


def wait_until_up() -> None:
    for _ in range(100):
        try:
            get("/hello", timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise OSError("server did not start")


def main() -> None:
    """Print the table."""
    if not shutil.which("wrk"):
        sys.exit("wrk is needed (Debian package wrk)")
    os.environ["NOTICED"] = str(Path(tempfile.mkdtemp()) / "noticed")
    print("| server | " + " | ".join(CHECKS) + " |")
    print("|---" * (len(CHECKS) + 1) + "|")
    for name in sys.argv[1:] or CANDIDATES:
        print(f"| {name} | " + " | ".join(measured(CANDIDATES[name])) + " |", flush=True)


if __name__ == "__main__":
    main()
