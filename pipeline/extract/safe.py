"""Reading that always answers: each document in a child process, and whatever goes wrong becomes the problem of the contract."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from models.contact_paper import read_answers
from models.extraction import Extraction
from models.forms import FormDefinition, FormTrial
from models.mail import FileKind
from pipeline.authorities.forms import load_forms
from pipeline.errors import Unreadable
from pipeline.extract.body import read_body
from pipeline.extract.bundle import understand_all
from pipeline.extract.mail import problem
from pipeline.extract.reader import read_document
from pipeline.extract.sandbox import Limits as SandboxLimits
from pipeline.extract.sandbox import Sandbox
from pipeline.extract.trial import try_form
from pipeline.extract.understand import understand

T = TypeVar("T")
MEGABYTE = 2**20
PRELOADED = ("pipeline.extract.safe", "pipeline.extract.warm", "pipeline.opening")


class SafeReader:
    """Reads files and mail bodies into Extractions by the definitions that ship and those given. Never raises for what a document holds.

    `passwords` are those the authority has agreed with its referrers: each is tried on a locked file.
    """

    def __init__(
        self, today: date, extra_forms: tuple[FormDefinition, ...] = (), limits: SandboxLimits | None = None, passwords: tuple[str, ...] = ()
    ) -> None:
        self._extra, self._today, self._passwords = extra_forms, today, passwords
        self._sandbox = Sandbox(limits, PRELOADED)

    def file(self, data: bytes, name: str, kind: FileKind) -> Extraction:
        """Read a file as one form."""
        try:
            return self._sandbox.run(extraction_of, data, name, kind, self._extra, self._today, self._passwords)
        except Unreadable as error:
            return problem(name, error.problem)

    def files(self, data: bytes, name: str, kind: FileKind) -> tuple[Extraction, ...]:
        """Read a file that may hold several forms, one after another."""
        try:
            return self._sandbox.run(extractions_of, data, name, kind, self._extra, self._today, self._passwords)
        except Unreadable as error:
            return (problem(name, error.problem),)

    def body(self, text: str | None, html: str | None, name: str) -> Extraction:
        """Read a mail's own words."""
        both = json.dumps([text, html]).encode()
        try:
            return self._sandbox.run(extraction_of_body, both, name, FileKind.TEXT, self._extra, self._today)
        except Unreadable as error:
            return problem(name, error.problem)

    def paper(self, data: bytes, name: str, kind: FileKind) -> dict[str, str]:
        """What a contact record that came back says, by tag; empty for any other file."""
        try:
            return self._sandbox.run(answers_of, data, name, kind, self._passwords)
        except Unreadable:
            return {}

    def trial(self, data: bytes, name: str, kind: FileKind, form: FormDefinition) -> FormTrial:
        """Try a form definition on a filled sample."""
        try:
            return self._sandbox.run(trial_of, data, name, kind, form, self._extra, self._today, self._passwords)
        except Unreadable as error:
            told = problem(name, error.problem)
            return FormTrial(with_it=told, without_it=told)

    def run(self, function: Callable[..., T], data: bytes, name: str, kind: FileKind, *more: object, limits: SandboxLimits | None = None) -> T:
        """Run any function that can be imported in a child, within limits. Raises Unreadable."""
        return self._sandbox.run(function, data, name, kind, *more, limits=limits)

    def close(self) -> None:
        """End the child processes."""
        self._sandbox.close()


def limits(seconds: float, megabytes: int) -> SandboxLimits:
    """What one document may take, from a deployment's settings."""
    return SandboxLimits(memory=megabytes * MEGABYTE, cpu=max(1, int(seconds) - 2), wall=seconds)


def extraction_of(
    data: bytes, name: str, kind: FileKind, extra_forms: tuple[FormDefinition, ...], today: date, passwords: tuple[str, ...]
) -> Extraction:
    """Read and understand one file; runs in the child."""
    return understand(read_document(data, name, kind, passwords), (*extra_forms, *load_forms()), today, path=name)


def extractions_of(
    data: bytes, name: str, kind: FileKind, extra_forms: tuple[FormDefinition, ...], today: date, passwords: tuple[str, ...]
) -> tuple[Extraction, ...]:
    """Read and understand every form of one file; runs in the child."""
    return understand_all(read_document(data, name, kind, passwords), (*extra_forms, *load_forms()), today, path=name)


def trial_of(
    data: bytes,
    name: str,
    kind: FileKind,
    form: FormDefinition,
    extra_forms: tuple[FormDefinition, ...],
    today: date,
    passwords: tuple[str, ...],
) -> FormTrial:
    """Read one file with a form definition and without it; runs in the child."""
    others = tuple(one for one in (*extra_forms, *load_forms()) if one.id != form.id)
    return try_form(read_document(data, name, kind, passwords), form, others, today, name)


def extraction_of_body(data: bytes, name: str, kind: FileKind, extra_forms: tuple[FormDefinition, ...], today: date) -> Extraction:
    """Read and understand a mail's text and HTML; runs in the child."""
    del kind
    text, html = json.loads(data)
    return understand(read_body(text, html, name), (*extra_forms, *load_forms()), today, path=name)


def answers_of(data: bytes, name: str, kind: FileKind, passwords: tuple[str, ...]) -> dict[str, str]:
    """Read our own paper by its tags; runs in the child."""
    return read_answers(read_document(data, name, kind, passwords))
