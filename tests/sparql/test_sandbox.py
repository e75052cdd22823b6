"""publish.sparql.sandbox: what a worker cannot do any more, and on which machines that is known."""

from __future__ import annotations

import errno
import os
import struct
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from publish.sparql import sandbox
from publish.sparql.messages import ERROR, HEADER_SIZE, SETUP, header, message
from publish.sparql.worker import UNSAFE

_ATTEMPTS = """
import os, resource, signal, socket, subprocess, sys, threading
from publish.sparql import sandbox
sandbox.enter(os.getppid(), 512, 32)
def attempt(name, act):
    try:
        act()
    except PermissionError:
        print(name, "denied")
    except OSError as error:
        print(name, error)
    else:
        print(name, "done")
attempt("socket", lambda: socket.socket())
attempt("unix socket", lambda: socket.socket(socket.AF_UNIX))
attempt("socket pair", lambda: socket.socketpair())
attempt("fork", os.fork)
attempt("spawn", lambda: os.posix_spawn("/bin/true", ["true"], {}))
attempt("execute", lambda: os.execv("/bin/true", ["true"]))
attempt("write", lambda: open(sys.argv[1] + "/new", "w"))
attempt("append", lambda: open(sys.argv[1] + "/old", "a"))
attempt("delete", lambda: os.unlink(sys.argv[1] + "/old"))
attempt("rename", lambda: os.rename(sys.argv[1] + "/old", sys.argv[1] + "/new"))
attempt("directory", lambda: os.mkdir(sys.argv[1] + "/new"))
attempt("signal", lambda: os.kill(os.getppid(), 0))
attempt("others' limits", lambda: resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE))
attempt("read", lambda: open(sys.argv[1] + "/old").read())
attempt("own limits", lambda: resource.setrlimit(resource.RLIMIT_CPU, (99, resource.RLIM_INFINITY)))
thread = threading.Thread(target=attempt, args=("socket in a thread", lambda: socket.socket()))
thread.start()
thread.join()
print("core", resource.getrlimit(resource.RLIMIT_CORE)[1])
try:
    bytearray(1 << 30)
except MemoryError:
    print("memory denied")
sys.stdout.flush()
os.abort()
"""


def test_network_processes_and_writing_are_denied_and_the_rest_is_not(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    ran = subprocess.run(
        [sys.executable, "-c", _ATTEMPTS, str(tmp_path)], capture_output=True, text=True, timeout=30
    )
    denied = ["socket", "unix socket", "socket pair", "fork", "spawn", "execute", "write", "append",
              "delete", "rename", "directory", "signal", "others' limits"]  # fmt: skip
    assert ran.stdout.splitlines() == [
        *(f"{name} denied" for name in denied),
        "read done",
        "own limits done",
        "socket in a thread denied",
        "core 0",
        "memory denied",
    ]
    # it may still end itself, by which running out of memory is known
    assert ran.returncode == -6, ran.stderr
    assert os.listdir(tmp_path) == ["old"]


def test_a_worker_whose_server_has_gone_refuses_to_start() -> None:
    setup: dict[str, object] = {
        "parent": 1,
        "memory_mib": 512,
        "store": None,
        "nquads": [],
        "base": "http://a/",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "publish.sparql.worker"],
        input=message(SETUP, setup),
        capture_output=True,
        timeout=30,
    )
    assert ran.returncode == UNSAFE
    assert header(ran.stdout[:HEADER_SIZE])[0] == ERROR
    assert b'"kind": "unsafe"' in ran.stdout


@pytest.mark.parametrize("machine", ["riscv64", "i686", "armv7l", ""])
def test_a_machine_whose_system_calls_are_not_listed_is_refused(
    machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(machine=machine))
    with pytest.raises(sandbox.Unsafe, match="no list of system calls"):
        sandbox._machine()


def test_another_kernel_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(sandbox.Unsafe, match="darwin"):
        sandbox.enter(os.getppid(), 512, 32)


# -- the filter, run by hand for both machines ----------------------------------------------------

X86, ARM = sandbox._MACHINES["x86_64"], sandbox._MACHINES["aarch64"]
PID = 4711
ALLOWED, KILLED = 0x7FFF0000, 0x80000000
DENIED, UNKNOWN = 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS


def _fate(machine: tuple[int, int], number: int, *arguments: int, architecture: int = 0) -> int:
    """Return what the filter of a machine says to a system call."""
    program = sandbox._program(*machine, PID)
    arguments = (*arguments, *(0,) * (6 - len(arguments)))
    data = struct.pack("IIQ6Q", number, architecture or machine[0], 0, *arguments)
    accumulator = at = 0
    while True:
        code, if_true, if_false, value = struct.unpack("HBBI", program[at])
        at += 1
        if code == 0x06:
            return int(value)
        if code == 0x20:
            (accumulator,) = struct.unpack_from("I", data, value)
        else:
            tests = {0x15: accumulator == value, 0x35: accumulator >= value}
            at += if_true if tests.get(code, bool(accumulator & value)) else if_false


@pytest.mark.parametrize("machine", [X86, ARM], ids=["x86_64", "aarch64"])
def test_every_listed_call_is_denied_on_both_machines(machine: tuple[int, int]) -> None:
    for name, numbers in sandbox._DENIED.items():
        number = numbers[machine[1]]
        assert number is None or _fate(machine, number) == DENIED, name


@pytest.mark.parametrize(
    ("machine", "calls"),
    [
        # read write mmap brk exit_group futex tgkill(self) pread64
        (X86, [(0,), (1,), (9,), (12,), (231,), (202,), (234, PID), (17,)]),
        (ARM, [(63,), (64,), (222,), (214,), (94,), (98,), (131, PID), (67,)]),
    ],
    ids=["x86_64", "aarch64"],
)
def test_what_evaluation_needs_is_allowed(
    machine: tuple[int, int], calls: list[tuple[int, ...]]
) -> None:
    assert {_fate(machine, *call) for call in calls} == {ALLOWED}


@pytest.mark.parametrize("machine", [X86, ARM], ids=["x86_64", "aarch64"])
def test_arguments_decide_where_a_call_has_harmless_uses(machine: tuple[int, int]) -> None:
    column = machine[1]
    openat, clone = sandbox._OPENAT[column], sandbox._CLONE[column]
    assert _fate(machine, openat, 0, 0, os.O_RDONLY | os.O_CLOEXEC) == ALLOWED
    for flag in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC):
        assert _fate(machine, openat, 0, 0, flag) == DENIED
    assert _fate(machine, clone, 0x3D0F00) == ALLOWED
    assert _fate(machine, clone, 0x1200011) == DENIED
    assert _fate(machine, sandbox._CLONE3[column]) == UNKNOWN
    assert _fate(machine, sandbox._KILL[column], 1) == DENIED
    assert _fate(machine, sandbox._TGKILL[column], 1, 1, 6) == DENIED
    assert _fate(machine, sandbox._PRLIMIT64[column], 0) == ALLOWED
    assert _fate(machine, sandbox._PRLIMIT64[column], 1) == DENIED


def test_calls_of_other_architectures_do_not_pass() -> None:
    i386 = 0x40000003
    assert _fate(X86, 102, architecture=i386) == KILLED
    assert _fate(ARM, 41, architecture=X86[0]) == KILLED
    # the x32 ABI: the same architecture, other numbers
    assert _fate(X86, 0x40000000 | 41) == DENIED
    assert _fate(X86, 0x40000000) == DENIED
