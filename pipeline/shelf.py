"""Files from a disk, read without a database or a mailbox: what `mash-intake extract` does."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Self

from models.extraction import Extraction, FormIdentity, Problem, ProblemCode
from models.forms import FormDefinition, FormTrial
from models.mail import FileKind
from pipeline.authorities.forms import own_forms
from pipeline.extract.budget import Bounded
from pipeline.extract.mail import problem, read_mail
from pipeline.extract.safe import SafeReader, limits
from pipeline.ingest.attachments import identify
from pipeline.opening import opened
from pipeline.settings import Settings

LARGEST_FILE = 100 * 2**20
PATIENCE = 6.0
"""Seconds after which the next file is begun although this one is not finished: so a file made to take for ever holds up no other, and a scan is not
slowed by others for nothing."""
AT_ONCE = 4


class FileShelf:
    """Reads files one after another; one bad file never stops the others, nor holds them up for long."""

    def __init__(self, reader: SafeReader) -> None:
        self._reader = reader

    @classmethod
    @contextmanager
    def open(cls, settings: Settings, extra_forms: Sequence[FormDefinition] = (), today: date | None = None) -> Iterator[Self]:
        """A shelf with every form definition we have, and those given."""
        with open_reader(settings, extra_forms, today or date.today()) as reader:  # noqa: DTZ011 - a form is read by the local day
            yield cls(reader)

    def read_paths(self, paths: Iterable[Path]) -> Iterator[Extraction]:
        """In the order of the paths: one Extraction for each file; for a mail one for each form in it, and one that says so when it holds none, and one
        for each file that could not be read."""
        reading: deque[Future[list[Extraction]]] = deque()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for path in paths:
                reading.append(pool.submit(self._all_of, path))
                wait([reading[-1]], PATIENCE)
                while reading and (reading[0].done() or len(reading) > AT_ONCE):
                    yield from reading.popleft().result()
            while reading:
                yield from reading.popleft().result()

    def try_form(self, form: FormDefinition, paths: Iterable[Path]) -> Iterator[FormTrial]:
        """What a definition finds in each filled sample; a mail must be taken apart first."""
        for path in paths:
            data = _bytes(path)
            if isinstance(data, Problem):
                told = problem(str(path), data)
                yield FormTrial(with_it=told, without_it=told)
            else:
                yield self._reader.trial(data, path.name, identify(data, path.name), form)

    def _all_of(self, path: Path) -> list[Extraction]:
        return list(self._read(path))

    def _read(self, path: Path) -> Iterator[Extraction]:
        data = _bytes(path)
        if isinstance(data, Problem):
            yield problem(str(path), data)
            return
        kind = identify(data, path.name)
        if kind is FileKind.EML:
            yield from self._read_mail(path, data)
        else:
            for one in self._reader.files(data, path.name, kind):
                yield one.model_copy(update={"path": f"{path}{one.path.removeprefix(path.name)}"})

    def _read_mail(self, path: Path, data: bytes) -> Iterator[Extraction]:
        whole = opened(data, self._reader)
        found = read_mail(whole.mail, Bounded(self._reader), whole.unopened)
        shut = [one for one in found if one.problem]
        read = [one for one in found if one.status == "read"] or [one for one in found if not one.problem and not shut]
        told = [*read, *shut]
        if not told:
            yield Extraction(path=str(path), status="not_a_referral", form=FormIdentity())
        for number, one in enumerate(told):
            alone = number == 0 and len(read or shut) == 1
            yield one.model_copy(update={"path": str(path) if alone else f"{path}#{one.path}"})


@contextmanager
def open_reader(settings: Settings, extra_forms: Sequence[FormDefinition], today: date) -> Iterator[SafeReader]:
    """The safe reader with the deployment's limits and all form definitions, those in the authority's own folder too."""
    allowed = limits(settings.document_seconds, settings.document_megabytes)
    passwords = tuple(one.get_secret_value() for one in settings.document_passwords)
    reader = SafeReader(today, (*extra_forms, *own_forms(settings.authority)), allowed, passwords)
    try:
        yield reader
    finally:
        reader.close()


def _bytes(path: Path) -> bytes | Problem:
    try:
        if path.stat().st_size > LARGEST_FILE:
            return _told("too_large", f"The file is larger than {LARGEST_FILE // 2**20} MB. Open it by hand.")
        return path.read_bytes()
    except FileNotFoundError:
        return _told("empty", "There is no such file. Check the path.")
    except IsADirectoryError:
        return _told("unsupported", "This is a folder. Name the files in it.")
    except OSError as error:
        return _told("corrupt", f"The file could not be opened ({error.strerror}). Check its permissions.")


def _told(code: ProblemCode, detail: str) -> Problem:
    return Problem(code=code, detail=detail)
