"""What is left out of the language model when it is loaded, and that no reading is different for it."""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
import sys

from pipeline.extract.narrative.loading import MODELS, load_language

_TEXT = "Mum can't say who's hit him; he'd a 2cm bruise on the L arm, ?NAI. DSL's note (14/52) says she \"didn't know\" at 9am."

_FRESH = """
import sys
from pipeline.extract.narrative.loading import load_language
load_language()
print("spacy.cli" in sys.modules, "weasel" in sys.modules)
import spacy.cli
print(callable(spacy.cli.download))
"""


def test_reads_as_the_whole_package_does() -> None:
    name = next(name for name in reversed(MODELS) if importlib.util.find_spec(name))
    whole = importlib.import_module(name).load()(_TEXT)
    ours = load_language()(_TEXT)
    assert [(token.text, token.tag_) for token in ours] == [(token.text, token.tag_) for token in whole]
    assert ours.tensor.tolist() == whole.tensor.tolist()


def test_the_command_line_of_spacy_is_not_loaded_and_can_be_later() -> None:
    said = subprocess.run([sys.executable, "-c", _FRESH], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "False", "True"]
