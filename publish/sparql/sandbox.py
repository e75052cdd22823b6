"""What a worker process gives up before it reads a stranger's query.

`enter` is called once, after the imports and before the data is opened.  From then on the
process, and every thread it starts, cannot open a socket, start or trace a process, write to a
file system or reach the kernel's larger interfaces; each attempt fails with EPERM.  It dies
with the process that started it, dumps no core, and cannot have more than its share of memory.

Linux only (seccomp, https://docs.kernel.org/userspace-api/seccomp_filter.html); elsewhere, and
where the filter cannot be set, `enter` raises, for an endpoint without it must not be opened:
the engine performs SERVICE and LOAD by itself and cannot be told not to.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import signal
import struct
import sys

#: machine -> its AUDIT_ARCH in <linux/audit.h>, and the column of `_DENIED`
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
#: system calls of the x32 ABI have this bit and pass under the architecture of x86_64
_X32 = 0x40000000
_CLONE_THREAD = 0x00010000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

# Numbers from <asm/unistd_64.h> and <asm-generic/unistd.h>; None: not on that machine.
_DENIED: dict[str, tuple[int | None, int | None]] = {
    # network
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    "recvmsg": (47, 212),
    "recvmmsg": (299, 243),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    # processes
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    # namespaces and mounts
    "unshare": (272, 97),
    "setns": (308, 268),
    "chroot": (161, 51),
    "pivot_root": (155, 41),
    "mount": (165, 40),
    "umount2": (166, 39),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    # the kernel itself
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "memfd_create": (319, 279),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    # changes to file systems; `open` with a flag for writing is denied below
    "creat": (85, None),
    "truncate": (76, 45),
    "ftruncate": (77, 46),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "rmdir": (84, None),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "link": (86, None),
    "linkat": (265, 37),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "utimensat": (280, 88),
}
_OPEN, _OPENAT, _OPENAT2 = (2, None), (257, 56), (437, 437)
_CLONE, _CLONE3 = (56, 220), (435, 435)
_KILL, _TGKILL, _PRLIMIT64 = (62, 129), (234, 131), (302, 261)
_SECCOMP = (317, 277)

# <linux/bpf_common.h>, <linux/seccomp.h>, <linux/prctl.h>
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_SET_MODE_FILTER, _ALL_THREADS = 1, 1
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
#: offsets in `struct seccomp_data`: the call's number, the architecture, the low half of an argument
_NUMBER, _ARCHITECTURE = 0, 4


class Unsafe(Exception):
    """This system does not let the process be locked up; the message says what is missing."""


def enter(parent: int, memory_mib: int, files: int) -> None:
    """Give up what a worker does not need.

    `parent` is the process to die with, `memory_mib` the address space and `files` the number
    of open files to get along with.  Raises Unsafe where that cannot be had.
    """
    if sys.platform != "linux":
        raise Unsafe(f"seccomp is not to be had on {sys.platform}")
    _limit(memory_mib, files)
    libc = ctypes.CDLL(None, use_errno=True)
    _call(libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "PR_SET_PDEATHSIG")
    if os.getppid() != parent:
        raise Unsafe("the server ended before the worker began")
    _call(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "PR_SET_NO_NEW_PRIVS")
    _install(libc)
    _try_socket(libc)


def _limit(memory_mib: int, files: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    size = memory_mib << 20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _install(libc: ctypes.CDLL) -> None:
    architecture, column = _machine()
    code = b"".join(_program(architecture, column, os.getpid()))
    buffer = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog { unsigned short len; struct sock_filter *filter; }
    program = struct.pack("HxxxxxxQ", len(code) // 8, ctypes.addressof(buffer))
    number = _SECCOMP[column]
    _call(libc.syscall(number, _SET_MODE_FILTER, _ALL_THREADS, program), "seccomp")


def _machine() -> tuple[int, int]:
    machine = os.uname().machine
    if machine not in _MACHINES or struct.calcsize("P") != 8:
        raise Unsafe(f"no list of system calls for {machine}")
    return _MACHINES[machine]


def _program(architecture: int, column: int, pid: int) -> list[bytes]:
    """Return the filter: an instruction each, that returns what becomes of a system call."""
    refuse, unknown = _ERRNO | errno.EPERM, _ERRNO | errno.ENOSYS
    program = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_EQUAL, architecture, 1, 0),
        _instruction(_RETURN, _KILL_PROCESS),
        _instruction(_LOAD, _NUMBER),
        _instruction(_AT_LEAST, _X32, 0, 1),
        _instruction(_RETURN, refuse),
    ]
    for numbers in _DENIED.values():
        program += _if_call(numbers[column], [_instruction(_RETURN, refuse)])
    # The C library falls back to `clone` and `openat`, whose flags can be seen here.
    for numbers in (_CLONE3, _OPENAT2):
        program += _if_call(numbers[column], [_instruction(_RETURN, unknown)])
    program += _if_call(_CLONE[column], _unless(_ANY_BIT, 0, _CLONE_THREAD))
    program += _if_call(_OPEN[column], _if_bits(1, _WRITING))
    program += _if_call(_OPENAT[column], _if_bits(2, _WRITING))
    # `abort` signals the process itself; limits may be asked for oneself (0) only
    for numbers in (_KILL, _TGKILL):
        program += _if_call(numbers[column], _unless(_EQUAL, 0, pid))
    program += _if_call(_PRLIMIT64[column], _unless(_EQUAL, 0, 0))
    return [*program, _instruction(_RETURN, _ALLOW)]


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """Return a struct sock_filter; the jumps count instructions to skip."""
    return struct.pack("HBBI", code, if_true, if_false, value)


def _if_call(number: int | None, then: list[bytes]) -> list[bytes]:
    if number is None:
        return []
    return [_instruction(_EQUAL, number, 0, len(then)), *then]


def _argument(index: int) -> bytes:
    return _instruction(_LOAD, 16 + 8 * index)


def _unless(test: int, argument: int, value: int) -> list[bytes]:
    """Allow the call if an argument passes the test, else refuse it."""
    return [
        _argument(argument),
        _instruction(test, value, 1, 0),
        _instruction(_RETURN, _ERRNO | errno.EPERM),
        _instruction(_RETURN, _ALLOW),
    ]


def _if_bits(argument: int, bits: int) -> list[bytes]:
    """Refuse the call if an argument has any of the bits, else allow it."""
    return [
        _argument(argument),
        _instruction(_ANY_BIT, bits, 0, 1),
        _instruction(_RETURN, _ERRNO | errno.EPERM),
        _instruction(_RETURN, _ALLOW),
    ]


def _try_socket(libc: ctypes.CDLL) -> None:
    """Make sure that the filter works, rather than believe it."""
    if libc.socket(2, 1, 0) != -1 or ctypes.get_errno() != errno.EPERM:
        raise Unsafe("the filter is installed, but a socket could be opened")


def _call(result: int, name: str) -> None:
    if result != 0:
        raise Unsafe(f"{name}: {os.strerror(ctypes.get_errno())}")
