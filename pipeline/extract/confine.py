"""What a document's child process gives up before it looks at the document: the network, new privileges, and the sight of files that are none of its business.

Needs no root. Privileges and the network go by `prctl` and a seccomp filter, files by Landlock, which the programs it starts inherit. Where the system cannot
do one of these it is left out, and `able` says so.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import struct
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

NO_PRIVILEGES, NO_NETWORK, NO_FILES = "no new privileges", "no network", "no files but its own"
ALL = (NO_PRIVILEGES, NO_NETWORK, NO_FILES)

_SET_DUMPABLE, _SET_SECCOMP, _SET_NO_NEW_PRIVS, _FILTER = 4, 22, 38, 2
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_AT_NUMBER, _AT_MACHINE, _AT_FIRST = 0, 4, 16
_OTHER_NUMBERS = 0x40000000  # x32, whose calls are the same under other numbers
_LOCAL = 1  # AF_UNIX: LibreOffice talks to itself over it

_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SOCKET = {"x86_64": 41, "aarch64": 198}
_REFUSED = {
    # ptrace, mount and its kin, namespaces, other processes' memory, bpf, userfaultfd, perf, keys, kexec, modules, io_uring, pidfd_getfd, handles, reboot
    "x86_64": (101, 165, 166, 155, 272, 308, 310, 311, 321, 323, 298, 248, 249, 250, 246, 175, 313, 176, 425, 426, 427, 438, 304, 169),
    "aarch64": (117, 40, 39, 41, 97, 268, 270, 271, 280, 282, 241, 217, 218, 219, 104, 105, 273, 106, 425, 426, 427, 438, 265, 142),
}

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER = 1, 2, 4, 8
_ALL_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | (1 << 14) | (1 << 15)
_READ = _EXECUTE | _READ_FILE | _READ_FOLDER
_PROGRAMS = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/opt", "/var/cache/fontconfig", "/var/lib/libreoffice", "/var/spool/libreoffice")
_MACHINE = ("self", "meminfo", "cpuinfo", "stat", "filesystems", "mounts", "sys/vm", "sys/kernel")
"""Of /proc, where other processes' settings and passwords stand in their environment."""
_SYSTEM = (
    "fonts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "passwd",
    "group",
    "nsswitch.conf",
    "localtime",
    "libreoffice",
    "alternatives",
    "mime.types",
)
_REMOVE_FILE, _MAKE_SOCKET = 1 << 5, 1 << 9
_OFFICE_SOCKETS = "/tmp"  # noqa: S108 - LibreOffice's own choice
"""LibreOffice makes a socket here and takes it away, whatever it is told, and starts for nobody who may not. Nothing here may be read or written."""
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/shm")  # noqa: S108 - given to the child, not made by us

_libc = ctypes.CDLL(None, use_errno=True)


def confine() -> tuple[str, ...]:
    """Give it all up, in this process and those it starts. Says what the system could do of ALL."""
    held = []
    with contextlib.suppress(OSError, AttributeError):
        _call("prctl", _SET_DUMPABLE, 0, 0, 0, 0)
    if _worked(_no_new_privileges):
        held.append(NO_PRIVILEGES)
    if _worked(_only_own_files):
        held.append(NO_FILES)
    if _worked(_no_network) or _worked(_own_network):
        held.append(NO_NETWORK)
    return tuple(one for one in ALL if one in held)


def able() -> tuple[str, ...]:
    """What of ALL this system can do, tried in a process that ends with it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, "\n".join(confine()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        found = said.read()
    os.waitpid(child, 0)
    return tuple(one for one in ALL if one in found.split("\n"))


def _worked(step: object) -> bool:
    try:
        step()  # type: ignore[operator]
    except (OSError, AttributeError, KeyError):
        return False
    return True


def _call(name: str, *arguments: object) -> int:
    result = int(getattr(_libc, name)(*arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), f"{name} was refused")
    return result


def _no_new_privileges() -> None:
    _call("prctl", _SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _own_network() -> None:
    """For systems without the filter: a network of one's own, with nothing in it."""
    _call("unshare", _NEW_USER | _NEW_NET)


# --- the filter


def _no_network() -> None:
    """Refuse sockets of every kind but local ones, and calls that no reader of documents needs."""
    program = b"".join(_steps(platform.machine()))
    kept = ctypes.create_string_buffer(program, len(program))
    length = len(program) // 8
    _call("prctl", _SET_SECCOMP, _FILTER, ctypes.byref(_Program(length, ctypes.addressof(kept))), 0, 0)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def _steps(machine: str) -> Iterator[bytes]:
    refused = _REFUSED[machine]
    refuse = _REFUSE | errno.EPERM
    yield _step(_LOAD, _AT_MACHINE)
    yield _step(_IF_EQUAL, _MACHINES[machine], 1, 0)
    yield _step(_RETURN, refuse)
    yield _step(_LOAD, _AT_NUMBER)
    yield _step(_IF_AT_LEAST, _OTHER_NUMBERS, 0, 1)
    yield _step(_RETURN, refuse)
    for number in refused:
        yield _step(_IF_EQUAL, number, 0, 1)
        yield _step(_RETURN, refuse)
    yield _step(_IF_EQUAL, _SOCKET[machine], 1, 0)
    yield _step(_RETURN, _ALLOW)
    yield _step(_LOAD, _AT_FIRST)
    yield _step(_IF_EQUAL, _LOCAL, 0, 1)
    yield _step(_RETURN, _ALLOW)
    yield _step(_RETURN, _REFUSE | errno.EACCES)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


# --- files


def _only_own_files() -> None:
    """Programs and fonts may be read, the temporary folder may be used, and nothing else may be opened: no settings, no keys, no other mail."""
    version = _call("syscall", _CREATE_RULESET, None, 0, 1)
    everything = _ALL_BY_VERSION[min(version, 5)]
    attributes = struct.pack("=Q", everything)
    attributes += struct.pack("=Q", 3) if version >= 4 else b""  # no TCP
    attributes += struct.pack("=Q", 3) if version >= 6 else b""  # no signals, no abstract sockets beyond what it starts
    ruleset = _call("syscall", _CREATE_RULESET, ctypes.c_char_p(attributes), len(attributes), 0)
    try:
        _allow(ruleset, _readable(), _READ & everything)
        _allow(ruleset, (*_DEVICES, tempfile.gettempdir()), everything)
        _allow(ruleset, (_OFFICE_SOCKETS,), _MAKE_SOCKET | _REMOVE_FILE)
        _call("syscall", _RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _readable() -> Iterator[str]:
    yield from _PROGRAMS
    yield from (f"/etc/{name}" for name in _SYSTEM)
    yield from (f"/proc/{name}" for name in _MACHINE)
    yield "/sys/devices/system/cpu"
    yield from (sys.prefix, sys.base_prefix)
    for entry in sys.path:
        if entry.startswith((sys.prefix, sys.base_prefix)):
            continue
        # Of a folder with programs in it only the programs: the data folder may lie beside them.
        with contextlib.suppress(OSError):
            yield from (str(path) for path in Path(entry).iterdir() if path.suffix in (".py", ".zip") or (path / "__init__.py").exists())
        if "site-packages" in entry or "dist-packages" in entry:
            yield entry


def _allow(ruleset: int, paths: Iterable[str], access: int) -> None:
    for path in dict.fromkeys(paths):
        try:
            handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            wanted = access if Path(path).is_dir() else access & _ON_FILES
            beneath = struct.pack("=Qi", wanted, handle)
            _call("syscall", _ADD_RULE, ruleset, _BENEATH, ctypes.c_char_p(beneath), 0)
        finally:
            os.close(handle)
