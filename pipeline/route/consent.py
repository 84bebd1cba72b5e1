"""Where consent stands: who agreed to what, why where nobody did, the lawful ground a rationale reads like, and what a person must still do."""

from __future__ import annotations

import re

from models.authority import Authority, Ground
from models.contact import ConsentFinding, Reason
from models.record import Consent
from models.routing import RouteInput


def consent_finding(case: RouteInput, authority: Authority) -> ConsentFinding:
    """The state of consent. The ground is what the recorded reason reads like, for a manager to weigh; it is never decided here."""
    consent = case.record.consent
    state = _state(case)
    ground = None if state == "given" else suggested_ground(case, authority)
    return ConsentFinding(
        state=state, ground=ground.words if ground else None, words=consent.reason, outstanding=tuple(_outstanding(case, state, authority))
    )


def consent_reasons(case: RouteInput, finding: ConsentFinding, authority: Authority) -> tuple[Reason, ...]:
    """The finding as reasons on the contact."""
    policy = authority.consent
    consent = case.record.consent
    says = {
        "given": f"Consent is given{_by(consent)}.",
        "partial": f"Consent is given in part only{_by(consent)}: see its limits before sharing.",
        "refused": "Consent was refused.",
        "not_sought": "Consent was not asked for.",
        "unclear": "The referral does not say clearly whether there is consent.",
    }[finding.state]
    found = [Reason(rule=policy.rule, because=says)]
    if finding.state in {"given", "partial"} and consent.parents_aware is False:
        found.append(
            Reason(rule=policy.rule, because="The parents are said not to know of the referral: check who gave consent, and whether they may.")
        )
    ground = suggested_ground(case, authority) if finding.ground else None
    if ground is not None:
        found.append(Reason(rule=ground.rule, because=f"Suggested ground for sharing without consent, for a manager to weigh: {ground.words}."))
        found += [
            Reason(rule=other.rule, because=f"The reason given reads like this too: {other.words}.")
            for other in authority.consent.grounds
            if other.concerns and other is not ground and _fits(other, consent.reason)
        ]
    elif finding.state in {"refused", "not_sought"} and not consent.reason:
        found.append(Reason(rule=policy.rule, because="No reason for going ahead without consent is recorded."))
    if policy.authorisation and policy.authorisation in finding.outstanding:
        found.append(Reason(rule=policy.authorisation_rule or policy.rule, because=policy.authorisation))
    if policy.confirm_reason and policy.confirm_reason in finding.outstanding:
        found.append(Reason(rule=policy.confirm_rule or policy.rule, because=policy.confirm_reason))
    return tuple(found)


def suggested_ground(case: RouteInput, authority: Authority) -> Ground | None:
    """The ground whose words the rationale uses most; failing words, one that a concern raised in the narrative points to."""
    scored = [(_fits(ground, case.record.consent.reason), ground) for ground in authority.consent.grounds]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best is not None and best[0] > 0:
        return best[1]
    raised = case.narrative.raised if case.narrative else {}
    return next((ground for ground in authority.consent.grounds if any(category in raised for category in ground.concerns)), None)


def _fits(ground: Ground, reason: str | None) -> int:
    """How many of a ground's words a rationale uses."""
    rationale = (reason or "").casefold()
    return sum(1 for cue in ground.cues if re.search(cue, rationale))


def _state(case: RouteInput) -> str:
    """What the record says, unless two papers differ over it, or it says both that consent was given and that nobody asked."""
    consent = case.record.consent
    if any(gap.field == "consent.status" and gap.kind == "conflict" for gap in case.gaps):
        return "unclear"
    if consent.status in {"given", "partial"} and consent.sought is False:
        return "unclear"
    if consent.status is not None:
        return consent.status
    return "not_sought" if consent.sought is False else "unclear"


def _by(consent: Consent) -> str:
    return f" by {consent.given_by}" if consent.given_by else ""


def _outstanding(case: RouteInput, state: str, authority: Authority) -> list[str]:
    policy, consent = authority.consent, case.record.consent
    found = []
    if state != "given" and policy.authorisation:
        found.append(policy.authorisation)
    if policy.confirm_reason and consent.parents_aware is False:
        found.append(policy.confirm_reason)
    return found
