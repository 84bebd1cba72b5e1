"""Layouts drawn by lot from label variants: each split has its own wordings beside those that every form uses."""

from __future__ import annotations

from random import Random

from benchmarks.reading.spec import Block, Layout, Look, beside, boxes, grid, heading, layout, options, pairs, twin

# key: wordings every split may use; then wordings of fit, work and report alone.
_LABELS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "child.given": (("First name(s)", "Forename"), ("Given name(s)", "Given names"), ("Forename(s)", "Christian / first names"), ("First and middle names", "First names in full")),
    "child.family": (("Surname", "Last name"), ("Family name",), ("Child's surname",), ("Surname / family name", "Last name (family name)")),
    "child.name": (("Name of child", "Child's name"), ("Name of child or young person",), ("Child/Young Person's full name",), ("Full name of the child being referred",)),
    "child.alias": (("Also known as",), ("AKA / previous names",), ("Other names used",), ("Any other name by which child is known",)),
    "child.dob": (("Date of birth", "DOB"), ("DOB / EDD",), ("Date of birth or due date",), ("D.O.B. (or expected date of delivery)",)),
    "child.gender": (("Gender",), ("Sex",), ("Gender M/F",), ("Male or female",)),
    "child.ethnicity": (("Ethnicity",), ("Ethnic origin",), ("Ethnic background",), ("How does the child describe their ethnicity?",)),
    "child.religion": (("Religion",), ("Faith",), ("Religion / belief",), ("Religion or faith group",)),
    "child.language": (("First language",), ("Language spoken at home",), ("1st Language",), ("Preferred language",)),
    "child.nhs": (("NHS Number",), ("NHS No.",), ("NHS no",), ("NHS number (if known)",)),
    "child.upn": (("UPN",), ("Unique Pupil Number",), ("Unique Pupil No:",), ("Pupil number (UPN)",)),
    "child.address": (("Address", "Home address"), ("Main family address",), ("Current address",), ("Where does the child normally live?",)),
    "child.postcode": (("Postcode",), ("Post Code",), ("Post code",), ("Postcode of home address",)),
    "child.phone": (("Telephone",), ("Contact tel. no.",), ("Tel/Mobile",), ("Best contact number for the family",)),
    "child.school": (("School / nursery",), ("School attended",), ("School/Nursery/College",), ("Education setting",)),
    "child.gp": (("GP",), ("GP and surgery",), ("GP details",), ("Registered GP",)),
    "author.name": (("Name", "Name of referrer"), ("Referrer's name",), ("Person making this referral",), ("Name of professional completing this form",)),
    "author.role": (("Job title", "Role"), ("Designation",), ("Position",), ("Professional role",)),
    "author.agency": (("Agency", "Organisation"), ("Agency / team",), ("Organisation / service",), ("Employer or service",)),
    "author.phone": (("Telephone", "Contact number"), ("Tel No",), ("Phone number",), ("Daytime telephone",)),
    "author.email": (("Email",), ("E-mail address",), ("Secure email",), ("Work e-mail",)),
    "ref.date": (("Date of referral", "Date"), ("Date completed",), ("Date of this referral",), ("Date form completed",)),
    "box.reason+worries": (("Reason for referral",), ("Reasons for referral (what has happened and when)",), ("Why are you making this referral?",), ("What has led you to refer this child?",)),
    "box.worries+reason": (("What are you worried about?",), ("What are we worried about?",), ("Your concerns and their effect on the child",), ("Describe your worries about this child",)),
    "box.harm+worries": (("Harm to the child",), ("What harm has the child suffered or is likely to suffer?",), ("Past and current harm",), ("What harm have you seen or been told of?",)),
    "box.working_well": (("What is working well?",), ("Strengths and protective factors",), ("What's going well?",), ("What are the family's strengths?",)),
    "box.actions_taken": (("Actions taken so far",), ("What have you done so far?",), ("Support already offered, and its outcome",), ("Steps your agency has taken",)),
    "box.next_steps": (("What needs to happen?",), ("What outcome do you want?",), ("Desired outcome of this referral",), ("What do you hope this referral will achieve?",)),
    "box.child_views": (("Child's views",), ("Views of the child or young person",), ("What does the child say?",), ("The voice of the child",)),
    "box.parent_views": (("Parents' views",), ("Views of parents/carers",), ("What do the parents say?",), ("Parents' or carers' own view of the referral",)),
    "consent.aware": (("Are the parents/carers aware of this referral?",), ("Have you told the parents about this referral?",), ("Do the parents know about this referral?",), ("Has the family been informed of this referral?",)),
    "consent.given": (("Has consent been given?",), ("Have the parents consented to this referral?",), ("Do you have parental consent?",), ("Does the parent/carer agree to this referral?",)),
    "consent.reason": (("If no, please say why",), ("If not, why not?",), ("If no, give the reason",), ("Please explain if you answered No",)),
    "given": (("First name",), ("Forename",), ("Given name",), ("First names",)),
    "family": (("Surname",), ("Last name",), ("Family name",), ("Last / family name",)),
    "name": (("Name",), ("Full name",), ("Name in full",), ("Person's name",)),
    "dob": (("DOB",), ("Date of birth",), ("DoB/EDD",), ("D.O.B.",)),
    "gender": (("Gender",), ("M/F",), ("Sex",), ("Gender M / F",)),
    "relationship": (("Relationship to child",), ("Relationship",), ("Relation",), ("Relationship to subject child",)),
    "ethnicity": (("Ethnicity",), ("Ethnic origin",), ("Ethnic group",), ("Ethnic background",)),
    "pr": (("Parental responsibility",), ("PR",), ("PR Y/N",), ("Holds parental responsibility?",)),
    "phone": (("Telephone",), ("Contact No",), ("Tel",), ("Contact number",)),
    "agency": (("Agency",), ("Organisation",), ("Service",), ("Agency / employer",)),
    "role": (("Role",), ("Job title",), ("Profession",), ("Designation",)),
}  # fmt: skip
_TITLES = {
    "MARF": "Multi-Agency Referral Form (MARF)",
    "IAF": "Inter-Agency Referral Form",
    "SSR": "Single Service Request",
    "CAF": "Common Assessment Framework",
    "EHA": "Early Help Assessment",
    "OTHER": "Request for Children's Services",
}
_TICKS = ("check", "check_before", "legacy", "symbol", "x", "bold", "underline", "highlight", "strike", "delete")
_COLUMN = {"fit": 1, "work": 2, "report": 3}
DRAWN = {"fit": 10, "work": 6, "report": 8}


class _Drawer:
    def __init__(self, dice: Random, split: str) -> None:
        self.dice, self.split = dice, split
        self.hints = dice.random() < 0.4
        self.numbered = dice.random() < 0.12
        self.count = 0

    def label(self, key: str) -> str:
        shared, *own = _LABELS[key]
        mine = own[_COLUMN[self.split] - 1]
        words = self.dice.choice(mine if self.dice.random() < 0.6 else shared)
        if self.hints and self.dice.random() < 0.25:
            words += (
                self.dice.choice([" *", ":", " (required)", " (if known)", " (please complete)", " :"]) if not words.endswith(("?", ":")) else " *"
            )
        self.count += "." in key
        return f"{self.count}. {words}" if self.numbered and "." in key else words

    def ask(self, *keys: str) -> str:
        """Questions of the keys, with options where the key has them in braces."""
        out = []
        for key in keys:
            bare, brace, choices = key.partition("{")
            out.append(f"{self.label(bare)}={bare}{brace}{choices}")
        return " | ".join(out)

    def child(self) -> tuple[Block, ...]:
        gender = self.dice.choice(["child.gender", "child.gender{Male/Female}", "child.gender{Male/Female/Unknown}"])
        name = self.dice.choice([("child.given", "child.family"), ("child.family", "child.given"), ("child.name",)])
        extra = [
            k
            for k in (
                "child.alias",
                "child.ethnicity",
                "child.religion",
                "child.language",
                "child.nhs",
                "child.upn",
                "child.school",
                "child.gp",
                "child.phone",
            )
            if self.dice.random() < 0.65
        ]
        self.dice.shuffle(extra)
        keys = [*name, "child.dob", gender, "child.address", *(["child.postcode"] if self.dice.random() < 0.5 else []), *extra]
        how, per_row = self.dice.choice([("left", 2), ("left", 2), ("left", 1), ("above", 3), ("stacked", 2), ("colon", 2), ("lines", 1)])
        first = beside(self.ask("child.address"), self.ask(*name, "child.dob")) if self.dice.random() < 0.15 else None
        if first:
            keys = [k for k in keys if k not in {*name, "child.dob", "child.address"}]
        title = self.dice.choice(["Child's details", "Details of child / young person", "About the child", "Section 1: Child or young person"])
        return (heading(title), *([first] if first else []), pairs(self.ask(*keys), per_row, how))

    def family(self) -> tuple[Block, ...]:
        names = self.dice.choice([("given", "family"), ("family", "given"), ("name",)])
        keys = [*names, "dob", "relationship", *(k for k in ("gender", "ethnicity", "pr", "phone") if self.dice.random() < 0.5)]
        home = grid(
            self.dice.choice(["family", "adults"]),
            self.ask(*keys),
            self.dice.randint(0, 3),
            title=self.dice.choice(["Family members living in the household", "Parents, carers and household members", "Who lives at home"]),
        )
        if home.source == "adults":
            return (
                home,
                grid(
                    "siblings",
                    self.ask(*names, "dob", "gender"),
                    1,
                    title=self.dice.choice(["Brothers and sisters", "Siblings who are not being referred"]),
                ),
            )
        return (home,)

    def referrer(self) -> tuple[Block, ...]:
        how, per_row = self.dice.choice([("left", 2), ("left", 2), ("left", 1), ("above", 3), ("colon", 2), ("lines", 1)])
        title = self.dice.choice(["Referrer details", "Person making the referral", "Your details", "Details of person completing this form"])
        return (
            heading(title),
            pairs(self.ask("author.name", "author.role", "author.agency", "author.phone", "author.email", "ref.date"), per_row, how),
        )

    def consent(self) -> tuple[Block, ...]:
        yes_no = self.dice.choice(["{Yes/No}", "{Yes/No}", "{YES/NO}", "{No/Yes}", "{Yes/No/Not known}", "{Y/N}"])
        if self.dice.random() < 0.2:
            return (
                heading("Consent"),
                twin(self.ask(f"consent.aware{yes_no}", f"consent.given{yes_no}"), f"Reason if not aware=noise.blank | {self.ask('consent.reason')}"),
            )
        return (heading("Consent"), pairs(self.ask(f"consent.aware{yes_no}", f"consent.given{yes_no}", "consent.reason"), 1))

    def concerns(self) -> tuple[Block, ...]:
        first = self.dice.choice(["box.reason+worries", "box.worries+reason"])
        rest = [
            k
            for k in ("box.harm+worries", "box.working_well", "box.actions_taken", "box.next_steps", "box.child_views", "box.parent_views")
            if self.dice.random() < 0.7
        ]
        return (
            heading(self.dice.choice(["Concerns", "Reason for referral", "Your worries"])),
            *boxes(self.ask(first, *rest), self.dice.choice(["below", "below", "beside", "same"])),
        )

    def workers(self) -> tuple[Block, ...]:
        return (
            grid(
                "workers",
                self.ask("name", "role", "agency", "phone"),
                1,
                title=self.dice.choice(["Other agencies involved", "Professionals working with the family"]),
            ),
        )


def draw(dice: Random, split: str, number: int) -> Layout:
    """One made-up form."""
    drawer, form = _Drawer(dice, split), dice.choice(list(_TITLES))
    child, makers = drawer.child(), [drawer.family, drawer.consent, drawer.concerns, drawer.workers, drawer.referrer]
    dice.shuffle(makers)
    parts = [maker() for maker in makers]
    look = Look(
        font=dice.choice(["Liberation Sans", "Liberation Sans", "Liberation Serif", "DejaVu Sans"]), size=dice.choice([18, 19, 20, 22]), colour=dice.choice(["000000", "1F3864", "385723", "7F0000"]),
        fill=dice.choice(["D9E2F3", "EDEDED", "E2EFDA", "FFF2CC", ""]), ruled=dice.random() < 0.85, tick=dice.choice(_TICKS), empty=dice.choice(["plain", "plain", "control", "legacy", "underscore"]),
        header=dice.choice(["", "CONFIDENTIAL", "OFFICIAL – SENSITIVE"]), footer=dice.choice(["", "Version 4.2", "January 2025"]), separator=dice.choice([" / ", "  ", "   "]), joined=dice.random() < 0.25,
    )  # fmt: skip
    blocks: list[Block | tuple[Block, ...]] = [child, *parts]
    if dice.random() < 0.3:
        blocks.insert(1, options("Type of request (tick one)=type{Child protection/Child in need/Early help}", dice.choice([1, 3])))
    return layout(
        f"drawn-{split}-{number:02d}", form, _TITLES[form], split, *blocks, look=look, accepted=(form, "OTHER") if form == "OTHER" else (form,)
    )


def drawn_layouts(seed: int) -> list[Layout]:
    """The made-up forms of all splits."""
    return [draw(Random(f"{seed}-{split}-{n}"), split, n) for split, count in DRAWN.items() for n in range(count)]
