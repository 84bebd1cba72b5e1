"""Authority files: the five that ship, a sixth without code, and faults told with file, line and remedy."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.contact import LetterKind
from models.extraction import Extraction, FormIdentity
from models.record import Person, Record
from models.routing import MailFacts, RouteInput
from pipeline import authorities
from pipeline.authorities import authority_names, load_authority
from pipeline.authorities.exports import export_names, load_export
from pipeline.errors import WrongSetup
from pipeline.route.decide import route
from pipeline.route.preview import preview

FOLDER = Path(authorities.__file__).parent
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


@pytest.fixture
def sixth(tmp_path: Path) -> Path:
    """A council of nobody's: a copy of one that ships, to be changed."""
    folder = tmp_path / "brookshire"
    shutil.copytree(FOLDER / "lewisham", folder)
    change(folder, 'id = "lewisham"', 'id = "brookshire"')
    change(folder, 'name = "Lewisham"', 'name = "Brookshire"')
    return folder


def change(folder: Path, old: str, new: str) -> int:
    """Put one text in the place of another; gives its line."""
    path = folder / "authority.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def test_five_ship() -> None:
    assert set(authority_names()) >= {"hertfordshire", "lewisham", "oxfordshire", "thurrock", "tower-hamlets"}
    for name in authority_names():
        assert load_authority(name).id == name


def test_a_sixth_needs_no_code(sixth: Path) -> None:
    change(sixth, 'type = "MARF", name = "Multi-Agency Referral Form (MARF)"', 'type = "SNF", name = "Brookshire Family Plan"')
    change(sixth, 'type = "EHA", name = "Early Help Assessment (EHA)"', 'type = "MARF", name = "an old MARF"')
    change(sixth, "working_days = 3", "working_days = 4")
    (sixth / "letters" / "about.txt.j2").write_text("Brookshire asks you to use plain words.\n")
    council = load_authority(sixth)
    record = Record(children=(Person(given_names="A"),))

    def decision(form: str) -> str:
        extraction = Extraction(path="f", status="read", form=FormIdentity.model_validate({"type": form, "confidence": 0.9}), record=record)
        return route(RouteInput(mail=MailFacts(received_at=NOW), record=record, extractions=(extraction,)), council, NOW).routing.reasons[0].because

    assert "Brookshire Family Plan" in decision("MARF")
    letter = preview(LetterKind.INCOMPLETE, council, NOW)
    assert "Brookshire asks you to use plain words." in letter.text
    assert load_authority(sixth / "authority.toml") == council


def test_an_authority_may_write_its_own_question_and_export(sixth: Path) -> None:
    change(sixth, "required = [", 'required = [\n  { ask = "pet", rule = "BR-1" },')
    with (sixth / "authority.toml").open("a") as file:
        file.write(
            '\n[[questions]]\nid = "pet"\ntitle = "Pets"\nfields = ["narrative.other"]\nwhy = "A dog may be dangerous."\nquestion = "Are there pets in the home?"\n'
        )
    council = load_authority(sixth)
    extraction = Extraction(path="f", status="read", form=FormIdentity(type="MARF"))
    outcome = route(RouteInput(mail=MailFacts(received_at=NOW), extractions=(extraction,)), council, NOW)
    assert "Are there pets in the home?" in {gap.question for gap in outcome.gaps}
    (sixth / "exports").mkdir()
    (sixth / "exports" / "brook.toml").write_text('id = "brook"\nname = "B"\ncolumns = [\n  { name = "X", from = "child.given_names" },\n]\n')
    assert load_export("brook", council).columns[0].name == "X"
    assert set(export_names(council)) == {"brook", "csv", "ehm", "lcs"}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "Brookshire"', 'name = "Brookshire', ["not valid TOML", "quotation mark"]),
        ('phone = "020 7946 0660"', 'fone = "020 7946 0660"', ["hub.fone", "not known here", "spelling"]),
        ('monday = "09:00-17:00"', 'monday = "9 to 5"', ["hours.monday", '"09:00-17:00"']),
        ('monday = "09:00-17:00"', 'monday = "17:00-09:00"', ["hours.monday", "open before it closes"]),
        ('ask = "child_gender"', 'ask = "child_sex"', ["required.3.ask", "child_sex", "child_gender"]),
        ('{ what = "decide", working_days = 1, rule = "LE-13" }', '{ what = "decide", rule = "LE-13" }', ["clocks.1", "working_days or hours"]),
        (
            '{ what = "decide", working_days = 1, rule = "LE-13" }',
            '{ what = "decide", working_days = "one", rule = "LE-13" }',
            ["clocks.1.working_days", "'one'"],
        ),
        ('type = "EHA"', 'type = "MARF"', ["supporting.0.type", "one or the other"]),
        ('type = "EHA"', 'type = "EHB"', ["supporting.0.type", "EHB"]),
        (
            'name = "MASH duty line", phone = "020 7946 0661"',
            'name = "D", phone = "020 7946 0661", agencies = ["skool"]',
            ["lines.0.agencies", "skool"],
        ),
        ("cues = ['\\bno recourse", "cues = ['(no recourse", ["streams.0.cues", "not a pattern"]),
        ('url = "https://', 'url = "http://', ["escalation.url"]),
        ('trusted_domains = ["gov.uk", ', 'trusted_domains = "gov.uk" # [', ["trusted_domains", "square brackets"]),
        ('working_days = 1, rule = "LE-13"', 'working_days = 1, rule = "row 13"', ["clocks.1.rule", "such as BR-12"]),
        ('name = "MASH duty line", phone = "020 7946 0661"', 'name = "D", phone = "ask"', ["lines.0.phone", "digits and spaces"]),
        (
            'ask = "child_gender", rule = "OX-2", needed = false',
            'ask = "child_gender", rule = "OX-2", needed = "later"',
            ["required.3.needed", "true or false"],
        ),
        (
            'ask = "child_gender", rule = "OX-2", needed = false',
            'ask = "child_gender", rule = "OX-2", needed = "no"',
            ["required.3.needed", "it says 'no'", "true or false"],
        ),
        (
            'ask = "child_gender", rule = "OX-2", needed = false',
            'ask = "child_gender", rule = "OX-2", needed = 0',
            ["required.3.needed", "true or false"],
        ),
    ],
)
def test_a_fault_names_file_line_and_remedy(sixth: Path, old: str, new: str, says: list[str]) -> None:
    line = change(sixth, old, new)
    with pytest.raises(WrongSetup) as fault:
        load_authority(sixth)
    told = str(fault.value)
    assert f"{sixth / 'authority.toml'}, line {line}:" in told
    for word in says:
        assert word in told
    assert "\n" not in told


def test_a_missing_part_is_named(sixth: Path) -> None:
    change(sixth, "[escalation]", "[escalation_policy]")
    with pytest.raises(WrongSetup, match=r"escalation is missing|escalation_policy is not known"):
        load_authority(sixth)


@pytest.mark.parametrize("name", ["nowhere", "../lewisham", "/no/such/folder", ""])
def test_an_unknown_authority_names_the_choices(name: str) -> None:
    with pytest.raises(WrongSetup, match="tower-hamlets"):
        load_authority(name)


def test_a_file_that_is_no_text_is_told(sixth: Path) -> None:
    (sixth / "authority.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WrongSetup, match="UTF-8"):
        load_authority(sixth)


def test_a_fault_in_a_template_names_file_and_line(sixth: Path) -> None:
    (sixth / "letters" / "acknowledgement.txt.j2").write_text("Subject: Hello\n\n{% if %}\n")
    with pytest.raises(WrongSetup, match=r"acknowledgement\.txt\.j2, line 3"):
        preview(LetterKind.ACKNOWLEDGEMENT, load_authority(sixth), NOW)


def test_a_template_cannot_reach_into_the_program(sixth: Path) -> None:
    (sixth / "letters" / "acknowledgement.txt.j2").write_text("Subject: Hello\n\n{{ authority.__class__.__mro__ }}\n")
    with pytest.raises(WrongSetup, match="SecurityError"):
        preview(LetterKind.ACKNOWLEDGEMENT, load_authority(sixth), NOW)


def test_a_wrong_export_names_file_and_line(sixth: Path) -> None:
    (sixth / "exports").mkdir()
    (sixth / "exports" / "brook.toml").write_text('id = "brook"\nname = "B"\ncolumns = [\n  { name = "X", from = "child.name" },\n]\n')
    with pytest.raises(WrongSetup, match=r"brook\.toml, line 4: columns\.0\.from names 'child\.name'"):
        load_export("brook", load_authority(sixth))
    with pytest.raises(WrongSetup, match="csv, ehm, lcs"):
        load_export("nothing", load_authority("lewisham"))


def test_shipped_numbers_are_nobodys() -> None:
    for name in authority_names():
        council = load_authority(name)
        for phone in (council.hub.phone, council.out_of_hours.phone, *(line.phone for line in council.lines)):
            assert phone.startswith(("020 7946 0", "01632 960 ")), phone
        assert ".example." in council.hub.email
