"""Several documents, one referral: which files of a mail speak of the same family, and what they say together.

Nothing is guessed: forms that share no child, no parent and no address stay apart, and what two files say differently is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pydantic import JsonValue

from models.alike import may_be_same, same_home, same_person, squeezed
from models.extraction import Extraction, FieldValue, Gap
from models.record import Person, Record


def by_family(extractions: Sequence[Extraction]) -> list[tuple[Extraction, ...]]:
    """Group the read documents of one mail by family, the fullest document of each group first; what could not be read goes with the first group."""
    read = sorted((one for one in extractions if one.status == "read"), key=lambda one: -len(one.fields))
    groups: list[list[Extraction]] = []
    for extraction in read:
        home = next((group for group in groups if any(same_family(extraction.record, other.record) for other in group)), None)
        if home is None:
            groups.append([extraction])
        else:
            home.append(extraction)
    rest = [one for one in extractions if one.status != "read"]
    if not groups:
        return [tuple(rest)] if rest else []
    groups[0].extend(rest)
    return [tuple(group) for group in groups]


def together(extractions: Sequence[Extraction]) -> tuple[Record, tuple[FieldValue, ...], tuple[Gap, ...]]:
    """One record from the documents of one family, the first leading: later ones add people and fill blanks, and differ only as conflicts."""
    read = [one for one in extractions if one.status == "read"]
    if not read:
        return Record(), (), ()
    record, fields, gaps = read[0].record.model_dump(mode="json"), {value.path: value for value in read[0].fields}, list(read[0].gaps)
    for extraction in read[1:]:
        moved = _places(record, extraction.record)
        for value in extraction.fields:
            path = _moved(value.path, moved)
            if path.startswith("children.") and value.path.startswith("people.") and path.endswith(".relationship_to_child"):
                continue  # "sister" is said from the other form's child
            gap = _lay(record, fields, path, value)
            if gap is not None:
                gaps.append(gap)
        gaps.extend(Gap(field=_moved(gap.field, moved), kind=gap.kind, message=gap.message) for gap in extraction.gaps)
    return Record.model_validate(record), tuple(fields.values()), tuple(gaps)


def same_family(one: Record, other: Record) -> bool:
    """Whether two papers speak of one family: a child, a parent or an address in common; two records without any of these share nothing we could rest on."""
    if not (one.children or one.people) or not (other.children or other.people):
        return True  # a cover note or a chronology: it came with the form, it stays with it
    mine, theirs = (*one.children, *one.people), (*other.children, *other.people)
    return any(_bound(a, b) or same_home(a, b) for a in mine for b in theirs)


def _bound(one: Person, other: Person) -> bool:
    """The same person for certain enough to lay two papers together: a name alone is none where they live apart, for two families have a Fatima Begum."""
    born = one.date_of_birth and other.date_of_birth
    return same_person(one, other) and bool(born or same_home(one, other) is not False)


def _places(record: dict[str, JsonValue], other: Record) -> dict[str, str]:
    """Where each person and agency of another document stands in this record: an old place, or a new one at the end."""
    moved: dict[str, str] = {}
    here = Record.model_validate(record)
    ours = [("children", n, p) for n, p in enumerate(here.children)] + [("people", n, p) for n, p in enumerate(here.people)]
    ends = {"children": len(here.children), "people": len(here.people), "agencies": len(here.agencies)}
    for group in ("children", "people"):
        for number, person in enumerate(getattr(other, group)):
            known = next(((where, place) for where, place, our in ours if may_be_same(our, person)), None)
            if known is None:
                known = (group, ends[group])
                ends[group] += 1
            moved[f"{group}.{number}"] = f"{known[0]}.{known[1]}"
    agencies = {squeezed(f"{one.name}{one.agency}"): number for number, one in enumerate(here.agencies)}
    for number, agency in enumerate(other.agencies):
        key = squeezed(f"{agency.name}{agency.agency}")
        if key not in agencies:
            agencies[key] = ends["agencies"]
            ends["agencies"] += 1
        moved[f"agencies.{number}"] = f"agencies.{agencies[key]}"
    return moved


def _moved(path: str, moved: dict[str, str]) -> str:
    head = ".".join(path.split(".")[:2])
    return moved[head] + path[len(head) :] if head in moved else path


def _lay(record: dict[str, JsonValue], fields: dict[str, FieldValue], path: str, value: FieldValue) -> Gap | None:
    """Put a value where nothing stands yet; where something else stands, say so and leave it."""
    old = fields.get(path)
    if old is not None and old.value is not None:
        if old.value == value.value or value.value is None or path.startswith("narrative."):
            _join_narrative(record, fields, path, old, value)
            return None
        return Gap(field=path, kind="conflict", message="Two of the files sent say this differently; the fuller file's answer is shown.")
    fields[path] = value.model_copy(update={"path": path})
    if value.value is not None:
        _set(record, path.split("."), value.value)
    return None


def _join_narrative(record: dict[str, JsonValue], fields: dict[str, FieldValue], path: str, old: FieldValue, new: FieldValue) -> None:
    """Two files' answers in words are both kept, one after the other."""
    if not path.startswith("narrative.") or not isinstance(old.value, str) or not isinstance(new.value, str) or new.value in old.value:
        return
    text = f"{old.value}\n\n{new.value}"
    fields[path] = old.model_copy(update={"value": text, "confidence": min(old.confidence, new.confidence)})
    _set(record, path.split("."), text)


def _set(record: dict[str, JsonValue], path: list[str], value: JsonValue) -> None:
    """Put a value at a path of a dumped record; a list grows to hold the place."""
    here: JsonValue = record
    for step in path[:-1]:
        if isinstance(here, list):
            here.extend({} for _ in range(int(step) + 1 - len(here)))
            here = here[int(step)]
        elif isinstance(here, dict):
            here = here[step]
    if isinstance(here, dict):
        here[path[-1]] = value


def narrative_parts(record: Record, extra: Iterable[tuple[str, str]] = ()) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """Everything the referral says in words, one after another, and which characters came from which place of the record.

    The narrative boxes first, then smaller boxes that hold words about the child or the danger; `extra` adds (name, text) such as the mail's own words.
    """
    texts = [(f"narrative.{name}", text) for name in type(record.narrative).model_fields if (text := getattr(record.narrative, name))]
    texts += [(path, text) for path, text in _small_boxes(record) if text and not any(text in told for _, told in texts)]
    texts += [(name, text) for name, text in extra if text.strip()]
    whole, parts = "", []
    for name, text in texts:
        whole += "\n\n" if whole else ""
        parts.append((name, len(whole), len(whole) + len(text)))
        whole += text
    return whole, tuple(parts)


def _small_boxes(record: Record) -> Iterator[tuple[str, str | None]]:
    """What stands in words outside the narrative: what is urgent may stand nowhere else."""
    for number, child in enumerate(record.children):
        yield f"children.{number}.disability_details", child.disability_details
    yield "safety.current_condition", record.safety.current_condition
    yield "safety.current_location", record.safety.current_location
    yield "safety.risks_to_workers", record.safety.risks_to_workers
    yield "consent.reason", record.consent.reason
