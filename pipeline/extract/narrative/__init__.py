"""Tells fact from opinion and names the concerns in what a referrer wrote. The only room that knows spaCy."""

from pipeline.extract.narrative.narrator import Narrator, contradictions

__all__ = ["Narrator", "contradictions"]
