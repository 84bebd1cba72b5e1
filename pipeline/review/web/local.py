"""Local users, for demonstrations and tests on this machine alone: names, roles and argon2 hashes in a file, and a brake on guessing."""

from __future__ import annotations

import tomllib
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pipeline.errors import WrongSetup
from pipeline.review.web.users import Role, roles_of
from pipeline.settings import Settings

FILE = "console-users.toml"
TRIES, WITHIN = 5, timedelta(minutes=5)
MOST_NAMES = 10_000


@dataclass(frozen=True, slots=True)
class LocalUser:
    """One user of the file."""

    id: str
    name: str
    roles: frozenset[Role]
    hash: str


class LocalUsers:
    """The users of a file, and how often each was tried lately."""

    def __init__(self, users: Mapping[str, LocalUser]) -> None:
        self._users = dict(users)
        self._tries: defaultdict[str, deque[datetime]] = defaultdict(deque)
        self._lock = Lock()

    def check(self, name: str, password: str) -> LocalUser | None:
        """The user, when the password is theirs. An unknown name takes as long as a wrong password."""
        user = self._users.get(name.strip().casefold())
        try:
            _hasher().verify(user.hash if user else _decoy(), password[:256])
        except (VerificationError, InvalidHashError):
            return None
        return user

    def may_try(self, name: str, address: str, now: datetime) -> bool:
        """Whether there is a try left, which this call uses up: five in five minutes for a name, and as many for an address."""
        with self._lock:
            if len(self._tries) > MOST_NAMES:
                self._tries.clear()
            lanes = [self._tries[f"name {name.strip().casefold()[:64]}"], self._tries[f"address {address}"]]
            for lane in lanes:
                while lane and lane[0] <= now - WITHIN:
                    lane.popleft()
            if any(len(lane) >= TRIES for lane in lanes):
                return False
            for lane in lanes:
                lane.append(now)
            return True

    def forget_tries(self, name: str, address: str) -> None:
        """After a sign-in that went well."""
        with self._lock:
            self._tries.pop(f"name {name.strip().casefold()[:64]}", None)
            self._tries.pop(f"address {address}", None)


def file_of(settings: Settings) -> Path:
    """Where local users stand."""
    return settings.console_users_file or settings.data_dir / FILE


def load_users(settings: Settings) -> LocalUsers:
    """The users of the file. Raises WrongSetup."""
    path = file_of(settings)
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WrongSetup(f"there is no {path}: `mash-intake console add-user NAME --role screener` makes it") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongSetup(f"{path} could not be read ({type(error).__name__}); correct it, or remove it and add the users again") from None
    return LocalUsers({name.casefold(): _user(name, row, path) for name, row in held.items()})


def _user(name: str, row: object, path: Path) -> LocalUser:
    if not isinstance(row, dict) or not isinstance(row.get("hash"), str) or not roles_of(row.get("roles")):
        raise WrongSetup(f"{path}: [{name[:40]}] needs roles and a hash; `mash-intake console add-user` writes both")
    return LocalUser(name.casefold(), str(row.get("name") or name), roles_of(row["roles"]), row["hash"])


def add_user(path: Path, name: str, password: str, roles: frozenset[Role]) -> None:
    """Write one more user, or another password for one. Raises WrongSetup."""
    if not name.replace("-", "").replace(".", "").isalnum() or not name.isascii():
        raise WrongSetup("a user's name has letters, digits, dots and dashes")
    if len(password) < 12:
        raise WrongSetup("the password needs 12 characters or more")
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        held[name.casefold()] = {"name": name, "roles": sorted(roles), "hash": _hasher().hash(password)}
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("".join(_lines(key, row) for key, row in held.items()), encoding="utf-8")
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise WrongSetup(f"{path} could not be written ({type(error).__name__})") from None


def _lines(key: str, row: Mapping[str, object]) -> str:
    roles = ", ".join(f'"{role}"' for role in roles_of(row["roles"]))
    return f'["{key}"]\nname = "{row["name"]}"\nroles = [{roles}]\nhash = "{row["hash"]}"\n\n'


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _decoy() -> str:
    return _hasher().hash("nobody has this password")
