"""Which papers make a referral at this authority, and which only support one."""

from __future__ import annotations

from dataclasses import dataclass

from models.authority import Authority
from models.contact import Reason
from models.extraction import Extraction
from models.routing import RouteInput

_RECOGNISED = 0.5


@dataclass(frozen=True, slots=True)
class Papers:
    """What came. `alone` is set when only papers came that support a referral; `referral` when something came that is one."""

    referral: bool
    alone: bool
    reasons: tuple[Reason, ...]


def papers_of(case: RouteInput, authority: Authority) -> Papers:
    """Sort what was read by the authority's own list. A paper of no known kind that names no child is no form: a person reads it."""
    read = [one for one in case.extractions if one.status == "read" and (one.form.type != "OTHER" or one.record.children)]
    supporting = {form.type: form for form in authority.supporting}
    accepted = {form.type: form for form in authority.accepted}
    mains = [one for one in read if _stands_alone(one, authority)]
    beside = [one for one in read if one not in mains]
    reasons: list[Reason] = []
    for one in beside:
        form = supporting.get(one.form.type)
        name, rule = (form.name, form.rule) if form else (f"A form of kind {one.form.type}", authority.accepted[0].rule)
        alone = f"is no referral by itself here: {right_form(authority)} is needed."
        reasons.append(Reason(rule=rule, because=f"{name[:1].upper()}{name[1:]} {'came beside the referral and stays with it.' if mains else alone}"))
    kind = case.record.referral.type
    for one in mains:
        form_here = accepted.get(one.form.type)
        if form_here is None and one.form.type != "OTHER":
            reasons.append(
                Reason(
                    rule=authority.accepted[0].rule, because=f"It came as {one.form.type}, not as {right_form(authority)}; it is taken all the same."
                )
            )
        elif form_here is not None and form_here.kinds and kind is not None and kind not in form_here.kinds:
            reasons.append(
                Reason(rule=form_here.rule, because=f"{form_here.name} is meant for other kinds of referral here; it is taken all the same.")
            )
    return Papers(referral=bool(mains), alone=bool(read) and not mains, reasons=tuple(reasons))


def right_form(authority: Authority) -> str:
    """The forms that are a referral here, as a sentence names them."""
    names = [f"the {form.name}" for form in authority.accepted]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _stands_alone(one: Extraction, authority: Authority) -> bool:
    """A form on the accepted list; any other too, unless it only supports here or the authority returns what it did not ask for.

    A form that was not surely recognised is taken for a referral: sending one back on a guess would cost a child time.
    """
    kind = one.form.type
    if kind in {form.type for form in authority.accepted} or one.form.confidence < _RECOGNISED:
        return True
    if kind in {form.type for form in authority.supporting}:
        return False
    return True if authority.other_forms == "take" else kind == "OTHER"
