"""Every naming practice a council meets: the person is found under the name a referrer writes, and a brother or sister is not taken for them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from models.matching import KnownPerson
from pipeline.match.index import Index
from tests.match.match_people import crowd, known, query


@dataclass(frozen=True)
class Practice:
    """`written` is what the form says; the record is the person; `decoy` is somebody near who is not."""

    name: str
    written: str
    given: str
    family: str
    decoy: tuple[str, str] = ("Zelda", "Unrelated")
    aliases: tuple[str, ...] = ()
    relationships: str | None = None


PRACTICES = [
    Practice("surname comma given", "HOLLOWAY, Imogen", "Imogen", "Holloway"),
    Practice("capitals mark the surname", "HOLLOWAY Imogen", "Imogen", "Holloway"),
    Practice("family name first without a comma", "Holloway Imogen", "Imogen", "Holloway"),
    Practice("initial for the given name", "I. Holloway", "Imogen", "Holloway", decoy=("Petra", "Holloway")),
    Practice("short form", "Immy Holloway", "Imogen", "Holloway", decoy=("Petra", "Holloway")),
    Practice("diaspora short form, Polish", "Gosia Zawadzka", "Małgorzata", "Zawadzka", decoy=("Beata", "Zawadzka")),
    Practice("diaspora short form, Yoruba", "Seun Adegoke", "Oluwaseun", "Adegoke", decoy=("Yemi", "Adegoke")),
    Practice("known as, in words", "Imogen Holloway known as Immy Dale", "Imogen", "Dale"),
    Practice("known as, in brackets", "Christopher (known as Kit) Holloway", "Kit", "Holloway"),
    Practice("aka", "Imogen Holloway aka Imogen Reddish", "Imogen", "Reddish"),
    Practice("alias on the record", "Imogen Reddish", "Imogen", "Holloway", aliases=("Imogen Reddish",)),
    Practice("maiden name", "Imogen Holloway (nee Reddish)", "Imogen", "Reddish"),
    Practice("courtesy title", "Miss Imogen Holloway", "Imogen", "Holloway"),
    Practice("British double-barrelled", "Imogen Holloway-Reddish", "Imogen", "Holloway-Reddish"),
    Practice("British double-barrelled, other order", "Imogen Reddish-Holloway", "Imogen", "Holloway-Reddish"),
    Practice("British double-barrelled, one half", "Imogen Reddish", "Imogen", "Holloway-Reddish", decoy=("Petra", "Holloway-Reddish")),
    Practice("mother's surname at birth", "Imogen Reddish", "Imogen", "Holloway", relationships="child of Tara Reddish and Paul Holloway"),
    Practice("middle name used", "Louise Holloway", "Imogen Louise", "Holloway", decoy=("Petra", "Holloway")),
    Practice("middle name left out", "Imogen Holloway", "Imogen Louise", "Holloway", decoy=("Petra Louise", "Holloway")),
    Practice("Mc with a space", "Rory Mc Alister", "Rory", "McAlister", decoy=("Ewan", "McAlister")),
    Practice("Mac for Mc", "Rory MacAlister", "Rory", "McAlister", decoy=("Ewan", "McAlister")),
    Practice("O without its apostrophe", "Niamh O Halloran", "Niamh", "O'Halloran"),
    Practice("Bangladeshi prefix left out", "Jamshed Talukder", "Md Jamshed", "Talukder", decoy=("Md Rafiq", "Talukder")),
    Practice("Bangladeshi prefix written out", "Mohammed Jamshed Talukder", "Md Jamshed", "Talukder", decoy=("Md Rafiq", "Talukder")),
    Practice("Bangladeshi prefix Abdul", "Abdul Motin Talukder", "Motin", "Talukder", decoy=("Abdul Rafiq", "Talukder")),
    Practice("Bangladeshi title in another spelling", "Sharmin Begom", "Sharmin", "Begum", decoy=("Tania", "Begum")),
    Practice("Bangladeshi title exchanged", "Sharmin Khatun", "Sharmin", "Begum", decoy=("Tania", "Khatun")),
    Practice("Bangladeshi Miah in another spelling", "Rafiq Miya", "Rafiq", "Miah", decoy=("Jamshed", "Miah")),
    Practice("Bangladeshi Uddin run together", "Nasiruddin Talukder", "Nasir Uddin", "Talukder", decoy=("Jamshed", "Talukder")),
    Practice("Bangladeshi Ullah run together", "Rahmatullah Talukder", "Rahmat Ullah", "Talukder", decoy=("Jamshed", "Talukder")),
    Practice("Bangladeshi courtesy prefix Mosammat", "Mst Sharmin Akhter", "Sharmin", "Akter", decoy=("Tania", "Akter")),
    Practice("Pakistani Syed left out", "Haider Bukhari", "Syed Haider", "Bukhari", decoy=("Syed Qasim", "Bukhari")),
    Practice("Pakistani Bibi for the family name", "Shumaila Bibi", "Shumaila", "Tanoli", aliases=("Shumaila Bibi",)),
    Practice("Somali, two of three names", "Hodan Warfa", "Hodan", "Warfa Egal", decoy=("Ifrah", "Warfa Egal")),
    Practice("Somali, all three where two are held", "Hodan Warfa Egal", "Hodan", "Warfa", decoy=("Ifrah", "Warfa")),
    Practice("Somali spelling with C and X", "Cabdi Xuseen Warfaa", "Abdi", "Hussein Warfa", decoy=("Bile", "Hussein Warfa")),
    Practice("Eritrean father's name", "Yonatan Ghebremedhin", "Yonatan", "Gebremedhin Tesfu", decoy=("Luwam", "Gebremedhin Tesfu")),
    Practice("Sikh Kaur as the family name", "Jasvir Kaur", "Jasvir Kaur", "Dosanjh", decoy=("Parveer Kaur", "Dosanjh")),
    Practice("Sikh Singh as a middle name", "Jasvir Singh Dosanjh", "Jasvir", "Dosanjh", decoy=("Parveer Singh", "Dosanjh")),
    Practice("Sikh family name left out", "Jasvir Singh", "Jasvir Singh", "Dosanjh", decoy=("Parveer Singh", "Dosanjh")),
    Practice("Polish surname for a man and a woman", "Beata Zawadzki", "Beata", "Zawadzka", decoy=("Marek", "Zawadzki")),
    Practice("Lithuanian daughter's surname", "Rugile Norkaite", "Rugile", "Norkus", decoy=("Tadas", "Norkus")),
    Practice("Lithuanian married surname", "Rasa Kazlauskas", "Rasa", "Kazlauskienė", decoy=("Tadas", "Kazlauskas")),
    Practice("Slovak surname in -ova", "Denisa Hudak", "Denisa", "Hudáková", decoy=("Milan", "Hudák")),
    Practice("Portuguese two surnames, the last", "Leonor Valadares", "Leonor", "Quintela Valadares", decoy=("Duarte", "Quintela Valadares")),
    Practice("Portuguese two surnames, the first", "Leonor Quintela", "Leonor", "Quintela Valadares", decoy=("Duarte", "Quintela Valadares")),
    Practice(
        "Spanish two surnames, run together with a hyphen",
        "Ximena Arrieta-Cifuentes",
        "Ximena",
        "Arrieta Cifuentes",
        decoy=("Gael", "Arrieta Cifuentes"),
    ),
    Practice("Spanish particle", "Ximena de la Fuente", "Ximena", "Fuente", decoy=("Gael", "Fuente")),
    Practice("Bulgarian surname for a man and a woman", "Gergana Dobrev", "Gergana", "Dobreva", decoy=("Plamen", "Dobrev")),
    Practice("Chinese family name first", "Ouyang Mei Fen", "Mei Fen", "Ouyang", decoy=("Zhi Wei", "Ouyang")),
    Practice("Chinese English first name", "Vivienne Ouyang", "Mei Fen", "Ouyang", aliases=("Vivienne Ouyang",), decoy=("Zhi Wei", "Ouyang")),
    Practice("Vietnamese middle Thi left out", "Lan Huynh", "Thi Lan", "Huynh", decoy=("Van Duc", "Huynh")),
    Practice("Vietnamese family name first", "Huynh Thi Lan", "Thi Lan", "Huynh", decoy=("Van Duc", "Huynh")),
    Practice("Vietnamese English first name", "Chloe Huynh", "Thi Lan", "Huynh", aliases=("Chloe Huynh",), decoy=("Van Duc", "Huynh")),
    Practice("Tamil initial of the father's name", "S. Vithusha", "Vithusha", "Sivapalan", decoy=("Kajan", "Sivapalan")),
    Practice("Afghan single name", "Zarghuna", "Zarghuna", "", decoy=("Palwasha", "")),
    Practice("Arabic article and transliteration", "Khaled Alhaddad", "Khalid", "Al-Haddad", decoy=("Samir", "Al-Haddad")),
    Practice("Cyrillic letters", "Оксана Лисенко", "Oksana", "Lysenko", decoy=("Taras", "Lysenko")),
    Practice("Polish letters", "Lukasz Swiatek", "Łukasz", "Świątek", decoy=("Piotr", "Świątek")),
    Practice("Romanian letters", "Stefan Ungurasu", "Ștefan", "Ungurașu", decoy=("Mihai", "Ungurașu")),
    Practice("Turkish letters", "Sukru Yildirim", "Şükrü", "Yıldırım", decoy=("Kerem", "Yıldırım")),
    Practice("Arabic father's name with bin", "Omar bin Khalid Al Harbi", "Omar", "Al-Harbi", decoy=("Samir", "Al-Harbi")),
    Practice("surname cut short by a narrow box", "Imogen Holloway-R", "Imogen", "Holloway-Reddish", decoy=("Petra", "Holloway-Reddish")),
    Practice("a space slipped into the name", "Imo gen Holloway", "Imogen", "Holloway", decoy=("Petra", "Holloway")),
    Practice("two letters turned round", "Imogne Holloway", "Imogen", "Holloway", decoy=("Petra", "Holloway")),
    Practice("scanner reads 1 for l", "Sha1ini Vengadesan", "Shalini", "Vengadesan", decoy=("Kavin", "Vengadesan")),
    Practice("scanner reads rn for m", "Irnogen Holloway", "Imogen", "Holloway", decoy=("Petra", "Holloway")),
]


def _index(practice: Practice) -> Index:
    person = known(
        "P1", practice.given, practice.family or None, "2013-04-21", aliases=practice.aliases, relationships=practice.relationships, address="8 Tern Way, Seaton", postcode="ZQ1 1AA"
    )  # fmt: skip
    decoy = known("P2", practice.decoy[0], practice.decoy[1] or None, "2013-06-09", address="8 Tern Way, Seaton", postcode="ZQ1 1AA")
    return Index.build([*crowd(), person, decoy])


@pytest.mark.parametrize("practice", PRACTICES, ids=lambda practice: practice.name)
def test_the_person_is_found_with_a_month_of_birth_and_the_address(practice: Practice) -> None:
    result = _index(practice).match(query(practice.written, "April 2013", address="8 Tern Way", postcode="ZQ1 1AA"))
    best = result.candidates[0]
    assert best.record_id == "P1"
    assert best.probability >= 0.5


@pytest.mark.parametrize("practice", PRACTICES, ids=lambda practice: practice.name)
def test_the_person_is_found_by_name_and_birth_date_after_a_move(practice: Practice) -> None:
    result = _index(practice).match(query(practice.written, "21/04/2013", address="3 Elm Court, Farley", postcode="ZQ8 8ZZ"))
    assert result.candidates[0].record_id == "P1"
    assert result.candidates[0].probability >= 0.4


def test_a_step_parents_surname_still_finds_the_child() -> None:
    practice = Practice("step-parent's surname", "Imogen Carrow", "Imogen", "Holloway", decoy=("Petra", "Holloway"))
    result = _index(practice).match(query("Imogen Carrow", "21/04/2013", address="8 Tern Way", postcode="ZQ1 1AA"))
    assert result.candidates[0].record_id == "P1"
    assert {line.field: line.comparison for line in result.candidates[0].evidence}["family name"] == "different"


def test_both_names_changed_is_a_question_and_no_answer() -> None:
    result = _index(Practice("new name", "Robin Carrow", "Imogen", "Holloway")).match(
        query("Robin Carrow", "21/04/2013", address="8 Tern Way", postcode="ZQ1 1AA")
    )
    assert result.decision != "match"
    assert "P1" in [candidate.record_id for candidate in result.candidates]


def _twin_of(given: str, family: str) -> KnownPerson:
    return known(
        "P1", given, family, "2013-04-21", gender="M", address="8 Tern Way, Seaton", postcode="ZQ1 1AA", relationships="child of Tara Bell; twin"
    )


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        (("Imran", "Talukder"), "Rafiq Talukder"),
        (("Md Imran", "Talukder"), "Md Rafiq Talukder"),
        (("Imogen", "Holloway"), "Petra Holloway"),
        (("Abdirahman", "Warfa Egal"), "Mahad Warfa Egal"),
        (("Jasvir Singh", "Dosanjh"), "Parveer Singh Dosanjh"),
        (("Kacper", "Zawadzki"), "Oliwia Zawadzka"),
        (("Hassan", "Warfa Egal"), "Hussein Warfa Egal"),
        (("Oliver", "Holloway"), "Olivia Holloway"),
        (("Sharmin", "Begum"), "Tania Khatun"),
        (("Lan", "Huynh"), "Mai Huynh"),
        (("Dawit", "Tesfay Habte"), "Yonas Tesfay Habte"),
    ],
)
def test_a_twin_who_is_not_held_is_never_taken_for_the_one_who_is(held: tuple[str, str], asked: str) -> None:
    index = Index.build([*crowd(), _twin_of(*held)])
    result = index.match(query(asked, "21/04/2013", address="8 Tern Way, Seaton", postcode="ZQ1 1AA"))
    assert result.decision != "match"
    assert result.candidates[0].record_id == "P1"
    assert result.candidates[0].probability < 0.5
    assert result.candidates[0].story == "twin"


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        (("Austeja", "Rimkute"), "Gabija Austeja Rimkute"),  # a twin whose second name is the other's first
        (("Jordan Declan", "Holloway"), "Declan Holloway"),
        (("Tiana", "Holloway"), "Tia Holloway"),
        (("Ahmed", "Warfa Egal"), "H. Ahmed Egal"),
        (("Imogen", "Holloway"), "I Holloway"),
    ],
)
def test_a_name_that_a_twin_may_bear_is_a_question_and_no_match(held: tuple[str, str], asked: str) -> None:
    bearers = [
        known(f"B{number}", given, f"Gill{number}", "1990-05-06") for number, given in enumerate(("Tia", "Tiana", "Declan", "Jordan", "Gabija") * 4)
    ]
    index = Index.build([*crowd(), _twin_of(*held), *bearers])
    result = index.match(query(asked, "21/04/2013", gender="M", address="8 Tern Way, Seaton", postcode="ZQ1 1AA"))
    assert (result.decision, result.candidates[0].record_id) == ("review", "P1")


def test_two_short_forms_that_people_bear_as_names_are_no_match_by_themselves() -> None:
    bearers = [known(f"B{number}", given, f"Gill{number}", "1990-05-06") for number, given in enumerate(("Alfie", "Freddie") * 4)]
    index = Index.build([*crowd(), _twin_of("Alfie", "Holloway"), *bearers])
    result = index.match(query("Freddie Holloway", "21/04/2013", gender="M", address="8 Tern Way, Seaton", postcode="ZQ1 1AA"))
    assert result.decision == "review"
    assert {line.field: line.comparison for line in result.candidates[0].evidence}["given name"].startswith("one may be short for the other")


def test_father_and_son_of_one_name_are_told_apart() -> None:
    father = known("P1", "Tariq", "Mahmoodi", "1981-02-11", gender="M", address="8 Tern Way", postcode="ZQ1 1AA", relationships="father")
    index = Index.build([*crowd(), father])
    result = index.match(query("Tariq Mahmoodi", "11/02/2012", gender="M", address="8 Tern Way", postcode="ZQ1 1AA"))
    assert result.decision != "match"
    assert result.candidates[0].story == "parent"


def test_brother_and_sister_with_different_family_names_are_siblings_by_address() -> None:
    sister = known("P1", "Sharmin", "Begum", "2011-02-11", gender="F", address="8 Tern Way", postcode="ZQ1 1AA", relationships="child of Rina Khatun")
    index = Index.build([*crowd(), sister])
    result = index.match(query("Md Rafiq Talukder", "03/05/2014", gender="M", address="8 Tern Way", postcode="ZQ1 1AA"))
    assert result.decision == "none"


def test_an_unborn_baby_is_found_by_its_mother_and_due_date() -> None:
    unborn = known(
        "P1", "Unborn", "Reddish", "2027-02-20", address="8 Tern Way", postcode="ZQ1 1AA", relationships="unborn child of Tara Reddish; EDD"
    )
    index = Index.build([*crowd(), unborn])
    result = index.match(query("Unborn baby of Tara Reddish", "EDD 16/2/27", postcode="ZQ1 1AA"))
    assert result.candidates[0].record_id == "P1"
    assert result.candidates[0].probability >= 0.9


def test_a_new_baby_of_a_known_mother_is_not_her_older_child() -> None:
    older = known(
        "P1", "Imogen", "Reddish", "2019-02-20", gender="F", address="8 Tern Way", postcode="ZQ1 1AA", relationships="child of Tara Reddish"
    )
    index = Index.build([*crowd(), older])
    result = index.match(query("Baby Reddish", "2/11/2026", address="8 Tern Way", postcode="ZQ1 1AA"))
    assert result.decision != "match"
    assert result.candidates[0].probability < 0.1
