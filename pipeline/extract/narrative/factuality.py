"""How the writer knows: fact, reported or opinion.

Ordered rules first, where the words leave no doubt: the writer's own belief, then the outermost account, a quotation heard first-hand being a fact.
Where no rule decides, a small trained model does; it also says how sure to be of either.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.narrative import Factuality
from models.narrative_terms import FactualityCue
from pipeline.authorities.term_patterns import PatternIndex
from pipeline.authorities.terms import Terms
from pipeline.extract.narrative.attribution import Attribution, Attributions
from pipeline.extract.narrative.features import Features
from pipeline.extract.narrative.model import FactualityModel, load_model
from pipeline.extract.narrative.view import View

OPINION_BIAS = 1.4
"""How much likelier than its chance an opinion is held to be: nothing contestable may pass as fact. Over five authors left out of training in turn, 2 let half as
many opinions pass as 1 did (5.6 % for 10.1), at the price of one more fact in fifty held for an opinion."""

VETO = 0.3
"""A rule stands unless the model gives its label less than this chance."""

_SUPPORT: dict[Factuality, tuple[str, ...]] = {
    "opinion": ("own_opinion", "opinion"),
    "reported": ("reported",),
    "fact": ("observed", "administrative", "denies_opinion"),
}


@dataclass(frozen=True)
class CueHit:
    """A factuality cue found in a sentence."""

    cue: FactualityCue
    first: int
    last: int
    words: str


@dataclass(frozen=True)
class Judgement:
    """A label, the chance that it is right, and the cues it rests on."""

    label: Factuality
    confidence: float
    cues: tuple[str, ...]


class FactualityReader:
    """Judges sentences."""

    def __init__(self, terms: Terms, model: FactualityModel | None = None) -> None:
        self._cues = terms.factuality
        self._index = PatternIndex(list(terms.factuality.patterns))
        self._attributions = Attributions(terms)
        self._features = Features(terms)
        self._model = model or load_model()

    def read(self, view: View) -> tuple[list[CueHit], list[Attribution], list[str]]:
        """A sentence's cues and attributions outside quotations, and its features."""
        hits = sorted(
            (
                CueHit(self._cues.terms[number], first, last, " ".join(view.words[first:last]))
                for number, first, last in view.find(self._cues.patterns, self._index)
                if not view.quoted[first]
            ),
            key=lambda hit: hit.first,
        )
        spoken = [Attribution("passive", hit.first, hit.last, None, hit.words) for hit in hits if hit.cue.group == "reported"]
        attributions = sorted([*self._attributions.find(view), *spoken], key=lambda found: found.first)
        return hits, attributions, self._features.of(view, [(hit.cue.group, hit.cue.id, hit.first) for hit in hits], attributions)

    def judge(self, view: View) -> Judgement:
        """The label of one sentence."""
        hits, attributions, features = self.read(view)
        chances = self._model.chances(features)
        ruled = rule(hits, attributions)
        if ruled is not None and chances[ruled] >= VETO:
            label = ruled
        else:
            label = max(chances, key=lambda one: chances[one] * (OPINION_BIAS if one == "opinion" else 1.0))
        return Judgement(label, round(chances[label], 3), _cues(label, hits, attributions))


def rule(hits: list[CueHit], attributions: list[Attribution]) -> Factuality | None:
    """The label where the words leave no doubt: the outermost of belief, quotation and account."""
    own = [hit.first for hit in hits if hit.cue.group == "own_opinion"] + [found.first for found in attributions if found.kind == "own_belief"]
    accounts = [found.first for found in attributions if found.kind in ("account", "passive", "perception")]
    quotations = [found.first for found in attributions if found.kind == "quotation"]
    inferred = [hit.first for hit in hits if hit.cue.group == "opinion"]
    never = 10_000
    if min(own, default=never) < min(accounts + quotations, default=never):
        return "opinion"
    if quotations and min(quotations) < min(accounts, default=never):
        return None if inferred else "fact"
    if accounts and min(accounts) < min(inferred, default=never):
        return "reported"
    return None


def _cues(label: Factuality, hits: list[CueHit], attributions: list[Attribution]) -> tuple[str, ...]:
    """The words that speak for the label, or the model's name when none do."""
    kinds = {"reported": ("account", "belief", "perception", "passive"), "fact": ("quotation", "own_act"), "opinion": ("own_belief",)}[label]
    words = [found.words for found in attributions if found.kind in kinds] + [hit.words for hit in hits if hit.cue.group in _SUPPORT[label]]
    return tuple(dict.fromkeys(words)) or ("no cue: wording as a whole",)
