"""Where people live: "as above" filled in, and an address asked for once and meant for all."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.persons import Draftee
from pipeline.extract.slots import same_as


def resolve_addresses(children: list[Draftee], people: list[Draftee]) -> None:
    """ "As child", "as above": the address itself, with where it was taken from in its raw words."""
    first = next((found for child in children if (found := child.get("address")) and not same_as(found.raw)), None)
    first_code = next((found for child in children if (found := child.get("postcode"))), None)
    above, above_code = first, first_code
    for person in [*children, *people]:
        address = person.get("address")
        says = same_as(address.raw) if address else None
        if says is None:
            if address is not None:
                above, above_code = address, person.get("postcode")
            continue
        source, code = (first, first_code) if says == "child" else (above, above_code)
        person.values.pop("address", None)
        person.values.pop("postcode", None)
        if source is not None and address is not None:
            seen = replace(address.evidence, how="derived")
            person.put("address", replace(address, value=source.value, evidence=seen))
            if code is not None:
                person.put("postcode", replace(address, value=code.value, evidence=seen))


def live_together(children: list[Draftee]) -> None:
    """A form that asks for the family's address once: it holds for each child named in a list that asks for none."""
    first = next((child for child in children if child.get("address") or child.get("postcode")), None)
    if first is None:
        return
    for child in children:
        entity = child.entity
        away = (found := child.get("in_household")) is not None and found.value is False
        if entity is None or entity.block not in {"child", "household"} or away or entity.seen & {"address", "postcode"}:
            continue
        for name in ("address", "postcode"):
            if (found := first.get(name)) is not None:
                child.put(name, replace(found, evidence=replace(found.evidence, how="derived", block="guess")))
