"""The words a screener reads: labels for the fields of a record, and plain words for its codes."""

from __future__ import annotations

PERSON: dict[str, str] = {
    "given_names": "Given names",
    "family_name": "Family name",
    "aliases": "Also known as",
    "date_of_birth": "Date of birth",
    "expected_delivery_date": "Expected delivery date",
    "age": "Age",
    "estimated": "Age or date is estimated",
    "unborn": "Unborn",
    "gender": "Gender",
    "ethnicity": "Ethnicity",
    "ethnicity_code": "Ethnicity code",
    "religion": "Religion",
    "first_language": "First language",
    "interpreter": "Interpreter needed",
    "disability": "Disability",
    "disability_details": "Disability, details",
    "nhs_number": "NHS number",
    "upn": "UPN (unique pupil number)",
    "address": "Address",
    "postcode": "Postcode",
    "previous_address": "Previous address",
    "phone": "Phone",
    "email": "Email",
    "school": "School or nursery",
    "gp": "GP",
    "relationship_to_child": "Relationship to the child",
    "parental_responsibility": "Parental responsibility",
    "in_household": "Lives in the household",
}
SECTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "referral": ("The referral", {"date": "Date of the referral", "type": "Kind of referral", "marked_urgent": "Marked urgent by the referrer"}),
    "referrer": (
        "The referrer",
        {
            "name": "Name",
            "role": "Role",
            "agency": "Agency",
            "relationship_to_child": "Relationship to the child",
            "phone": "Phone",
            "email": "Email",
            "address": "Address",
            "kind": "Kind of referrer",
        },
    ),
    "safeguarding_lead": (
        "Manager or safeguarding lead",
        {"discussed": "Discussed with them first", "name": "Name", "contact": "How to reach them"},
    ),
    "consent": (
        "Consent",
        {
            "parents_aware": "Parents know of the referral",
            "sought": "Consent was sought",
            "status": "Consent",
            "given_by": "Given by",
            "reason": "Reason given",
            "child_aware": "Child knows of the referral",
        },
    ),
    "safety": (
        "The child's situation now",
        {
            "scale": "Safety scale, as given",
            "immediate_protection": "Immediate protection needed",
            "current_location": "Where the child is now",
            "current_condition": "Physical and emotional condition",
            "alleged_perpetrator": "Alleged perpetrator",
            "risks_to_workers": "Risks to workers",
        },
    ),
    "history": (
        "Earlier involvement",
        {
            "previous_involvement": "Previous involvement",
            "child_protection_plan": "Child protection plan",
            "looked_after": "Looked-after child",
            "allocated_worker": "Allocated worker",
            "earlier_assessment": "Earlier assessment",
        },
    ),
    "indicators": (
        "What the form itself ticks or asks",
        {
            "domestic_abuse": "Domestic abuse",
            "mental_health": "Mental health",
            "substance_misuse": "Substance misuse",
            "learning_difficulties": "Learning difficulties",
        },
    ),
    "narrative": (
        "Free-text answers",
        {
            "reason": "Reason for the referral",
            "worries": "Worries",
            "harm": "Harm",
            "working_well": "What is working well",
            "complicating": "Complicating factors",
            "actions_taken": "Actions taken so far",
            "next_steps": "Next steps",
            "child_views": "The child's views and wishes",
            "parent_views": "The parents' views",
            "family": "Family and household",
            "other": "Anything else",
        },
    ),
}
PASSAGES: dict[str, str] = SECTIONS["narrative"][1] | {"mail": "The mail itself"}
"""Where words of the referrer stand."""

AGENCY: dict[str, str] = {"name": "Name", "role": "Role", "agency": "Agency", "phone": "Phone", "email": "Email", "address": "Address"}

CODES: dict[str, str] = {
    "child_protection": "Child protection",
    "child_in_need": "Child in need",
    "early_help": "Early help",
    "professional": "Professional",
    "public": "Member of the public",
    "anonymous": "Anonymous",
    "given": "Given",
    "partial": "Given in part",
    "refused": "Refused",
    "not_sought": "Not sought",
    "unclear": "Unclear",
    "female": "Female",
    "male": "Male",
    "other": "Other",
    "unknown": "Unknown",
}
_CODED = {"referral.type", "referrer.kind", "consent.status", "gender"}

CATEGORIES: dict[str, str] = {
    "domestic_abuse": "Domestic abuse",
    "mental_health": "Mental health",
    "substance_misuse": "Substance misuse",
    "neglect": "Neglect",
    "physical_abuse": "Physical abuse",
    "sexual_abuse": "Sexual abuse",
    "emotional_abuse": "Emotional abuse",
    "exploitation": "Exploitation",
    "disability": "Disability",
    "housing": "Housing",
    "missing": "Missing",
    "self_harm": "Self-harm",
    "harmful_practices": "Harmful practices",
    "radicalisation": "Radicalisation",
}
STATUSES: dict[str, str] = {
    "affirmed": "Said to be so",
    "possible": "Said to be possible",
    "historical": "In the past",
    "negated": "Said not to be so",
}
WHO: dict[str, str] = {"child": "Child", "mother": "Mother", "father": "Father", "other": "Someone else", "unknown": "Not clear who"}
FACTUALITY: dict[str, str] = {"fact": "Fact", "reported": "Reported", "opinion": "Opinion"}
DECISIONS: dict[str, str] = {
    "screen": "To a screener",
    "screen_urgently": "To a screener at once",
    "return_to_referrer": "Questions go back to the referrer",
    "allocated_worker": "To the allocated worker",
    "manual": "To a person, as no form could be read",
}
CLOCKS: dict[str, str] = {
    "acknowledge": "Acknowledge to the referrer",
    "decide": "Decide what happens next",
    "outcome": "Tell the referrer the outcome",
    "see_child": "See the child",
}
LETTERS: dict[str, str] = {
    "acknowledgement": "Acknowledgement",
    "incomplete": "Questions to the referrer",
    "wrong_form": "Please use another form",
    "could_not_open": "We could not open your file",
    "reminder": "Reminder",
    "completed": "Your answer was added",
}
LETTER_STATES: dict[str, str] = {"queued": "Waiting to be sent", "sent": "Sent", "held": "Held for a person", "failed": "Could not be sent"}
GAP_KINDS: dict[str, str] = {"missing": "Missing", "unclear": "Unclear", "invalid": "Does not check out", "conflict": "The form says two things"}
PROBLEMS: dict[str, str] = {
    "encrypted": "It is locked with a password",
    "corrupt": "It is damaged",
    "unsupported": "It is a kind of file that cannot be read",
    "too_large": "It is too large to read",
    "too_slow": "Reading it took too long",
    "empty": "It is empty",
    "no_text": "There are no words in it to read",
}
FORMS: dict[str, str] = {
    "IAF": "Inter-agency referral",
    "MARF": "Multi-agency referral",
    "SSR": "Single service request",
    "CAF": "Common assessment",
    "SNF": "Strengths and needs form",
    "EHA": "Early help assessment",
    "SOS": "Signs of Safety mapping",
    "OTHER": "Another form",
}
URGENCY_KINDS: dict[str, str] = {
    "harm": "Sign of significant harm",
    "action": "Urgent action asked for",
    "crime": "Sign of a crime, and the police must be told",
    "police_protection": "Police protection",
}
RAGS: dict[str, str] = {"red": "Red", "amber": "Amber", "green": "Green"}
MAIL_CLASSES: dict[str, str] = {
    "person": "From a person",
    "automatic": "Automatic reply",
    "bounce": "Delivery failure notice",
    "list": "Mailing list",
    "ourselves": "From this mailbox itself",
}
CASES: dict[str, str] = {"open": "Open case", "closed": "Closed case", "none": "No case"}
SEARCHED: dict[str, str] = {
    "nhs_number": "NHS number",
    "upn": "UPN",
    "date_of_birth": "date of birth",
    "given_names": "given names",
    "family_name": "family name",
}


def label(path: str) -> str:
    """The label of a record path: "children.0.family_name" is "Child 1: Family name"."""
    parts = path.split(".")
    head, rest = parts[0], parts[1:]
    if head in {"children", "people", "agencies"}:
        return _numbered(head, rest)
    if head not in SECTIONS:
        return plain(path)
    title, fields = SECTIONS[head]
    return f"{title}: {fields.get(rest[0], plain(rest[0]))}" if rest else title


def _numbered(group: str, rest: list[str]) -> str:
    one, every = {"children": ("Child", "Each child"), "people": ("Person", "Each person"), "agencies": ("Agency", "Each agency")}[group]
    if not rest:
        return {"children": "Children", "people": "Other people", "agencies": "Agencies"}[group]
    who = f"{one} {int(rest[0]) + 1}" if rest[0].isdigit() else every
    fields = AGENCY if group == "agencies" else PERSON
    return f"{who}: {fields.get(rest[1], plain(rest[1]))}" if len(rest) > 1 else who


def sentence(text: str) -> str:
    """Words from another part of the product as a sentence: a capital at the start, a stop at the end."""
    told = text.strip()
    return told[:1].upper() + told[1:] + ("" if told.endswith((".", "?", "!", ":")) else ".") if told else ""


def plain(code: str) -> str:
    """A code nobody has given words to, made readable."""
    text = code.replace(".", " ").replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def look_up(table: dict[str, str], code: str) -> str:
    """The words for a code, or the code made readable: a new code must never take a report down."""
    return table.get(code) or plain(code)


def passage(box: str) -> str:
    """Where words of the referrer stand: a box of the form, the mail, or an answer that came later ("reply message-7")."""
    name = box.rsplit(".", 1)[-1]
    if name.split(" ", 1)[0] == "reply":
        return "An answer of the referrer"
    return look_up(PASSAGES, name)


def is_coded(path: str) -> bool:
    """Whether a value is one of our codes and not the form's own words."""
    return path in _CODED or path.rsplit(".", 1)[-1] in _CODED
