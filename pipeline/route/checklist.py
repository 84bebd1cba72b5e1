"""The screening checklist (LE-18): filled from what was read, open where it is not. It quotes; it does not conclude."""

from __future__ import annotations

from models.contact import ChecklistItem, ConsentFinding, Reason
from models.record import Record
from models.routing import RouteInput

_CONCERNS = {
    "domestic_abuse": "domestic abuse",
    "mental_health": "mental health",
    "substance_misuse": "substance misuse",
    "physical_abuse": "physical abuse",
    "sexual_abuse": "sexual abuse",
    "emotional_abuse": "emotional abuse",
    "self_harm": "self-harm",
    "harmful_practices": "harmful practices",
}
_LENGTH = 400


def checklist(case: RouteInput, finding: ConsentFinding, urgent: tuple[Reason, ...]) -> tuple[ChecklistItem, ...]:
    """The lines of the checklist in the order a screener goes through them."""
    record = case.record
    boxes, safety = record.narrative, record.safety
    return (
        ChecklistItem(item="Where the child lives", answer=_lives(record)),
        ChecklistItem(item="Where the child is now", answer=safety.current_location),
        ChecklistItem(item="Consent", answer=_consent(finding)),
        ChecklistItem(item="Nature of the concern", answer=_nature(case)),
        ChecklistItem(item="How and why it arose", answer=_short(boxes.reason or boxes.worries)),
        ChecklistItem(item="The child's needs", answer=_needs(record)),
        ChecklistItem(item="Risk of significant harm", answer=_short(boxes.harm) or (_joined(urgent) if urgent else None)),
        ChecklistItem(item="Urgent action", answer=_joined(urgent) if urgent else None),
        ChecklistItem(item="Safety planning", answer=_short(boxes.next_steps or boxes.actions_taken)),
        ChecklistItem(item="Telling the child and family what is decided, unless that puts the child at risk", answer=None),
    )


def _lives(record: Record) -> str | None:
    homes = dict.fromkeys(home for child in record.children if (home := child.address or child.postcode))
    return "; ".join(homes) or None


def _consent(finding: ConsentFinding) -> str | None:
    if finding.state == "unclear":
        return None
    said = finding.state.replace("_", " ")
    return f"{said}: {_short(finding.words)}" if finding.words else said


def _nature(case: RouteInput) -> str | None:
    raised = sorted((case.narrative.raised if case.narrative else {}).items(), key=lambda pair: -pair[1])
    return ", ".join(_CONCERNS.get(category, category.replace("_", " ")) for category, _ in raised) or None


def _needs(record: Record) -> str | None:
    said = [text for child in record.children if (text := child.disability_details)]
    if record.narrative.child_views:
        said.append(f"the child's views: {_short(record.narrative.child_views)}")
    return "; ".join(said) or None


def _joined(reasons: tuple[Reason, ...]) -> str:
    return " ".join(reason.because for reason in reasons)


def _short(text: str | None) -> str | None:
    if not text:
        return None
    flat = " ".join(text.split())
    return flat if len(flat) <= _LENGTH else f"{flat[: _LENGTH - 1].rsplit(' ', 1)[0]}…"
