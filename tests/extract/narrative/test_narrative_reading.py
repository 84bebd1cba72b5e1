"""The numbered points of the narrative reader, each on sentences of its own. Texts are invented."""

from __future__ import annotations

import pytest

from models.narrative import ConcernMention, Narrative
from models.record import Indicators
from pipeline.extract.narrative import Narrator, contradictions
from pipeline.extract.narrative.sentences import split

NARRATOR = Narrator()


def _read(text: str) -> Narrative:
    return NARRATOR.read("t", text)


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


def _mentions(text: str, category: str) -> list[ConcernMention]:
    return [concern for sentence in _read(text).sentences for concern in sentence.concerns if concern.category == category]


# Sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- no food in\n- dad drunk\n• kids cold", ["no food in", "dad drunk", "kids cold"]),
        ("12/1 - Phone taken. 14/1 - Friends came", ["12/1 - Phone taken.", "14/1 - Friends came"]),
        ("MOC INTOX. CHILD SEEN.", ["MOC INTOX.", "CHILD SEEN."]),
        ("Seen by Dr. Malik at 14/52. ?NAI to arm.", ["Seen by Dr. Malik at 14/52.", "?NAI to arm."]),
        ('He said "I hate it. Please don\'t tell." Then he cried.', ['He said "I hate it. Please don\'t tell."', "Then he cried."]),
        ("i have known them years\nshe has three kids\nhe is never in", ["i have known them years", "she has three kids", "he is never in"]),
        ("Mum left at 5 p.m. on Monday, e.g. by bus.", ["Mum left at 5 p.m. on Monday, e.g. by bus."]),
        ("she left.Mum came back.", ["she left.", "Mum came back."]),
    ],
)
def test_sentences_of_real_writing(text: str, expected: list[str]) -> None:
    assert _sentences(text) == expected


def test_sentences_wrapped_to_a_page_are_joined() -> None:
    text = "The mother told the health visitor on the first visit that the father had moved out of the\nhome some weeks before, and that he did not\nknow where she was."
    assert len(_sentences(text)) == 1


# Factuality


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("At 10:15 I saw the grandfather push Ella off the step.", "fact"),
        ('Ella said "Grandad pushed me off the step".', "fact"),
        ("Ella told me that her grandad pushed her.", "reported"),
        ("Her aunt says she thinks he is depressed.", "reported"),
        ("Apparently there was a row on Saturday night.", "reported"),
        ("According to the landlord they have not paid since May.", "reported"),
        ("I suspect that he has been hit before.", "opinion"),
        ("In my professional opinion the fall does not explain this injury.", "opinion"),
        ("Mum is bone idle.", "opinion"),
        ("He dreads Fridays.", "opinion"),
        ("The baby should not go home tonight.", "opinion"),
        ("He appeared at the gate just after nine.", "fact"),
        ("He appeared frightened.", "opinion"),
        ("No bruises were seen on examination.", "fact"),
        ("Consent was given by telephone on 3 May.", "fact"),
    ],
)
def test_factuality_by_how_the_writer_knows(text: str, label: str) -> None:
    assert _read(text).sentences[0].factuality == label


def test_factuality_shows_its_cues_and_a_chance() -> None:
    sentence = _read("Ella told me that her grandad pushed her.").sentences[0]
    assert any("told" in cue for cue in sentence.cues)
    assert 0.34 < sentence.confidence <= 1


# Concerns: status, whom, what is not one


@pytest.mark.parametrize(
    ("text", "category", "status"),
    [
        ("Her partner has been violent to her.", "domestic_abuse", "affirmed"),
        ("There was no evidence of drug use.", "substance_misuse", "negated"),
        ("Mother denies any domestic abuse.", "domestic_abuse", "negated"),
        ("Routine enquiry re DV: nil disclosed.", "domestic_abuse", "negated"),
        ("Dad was a heroin user until 2015.", "substance_misuse", "historical"),
        ("She previously had depression.", "mental_health", "historical"),
        ("?NAI, for skeletal survey.", "physical_abuse", "possible"),
        ("He may be at risk of exploitation.", "exploitation", "possible"),
        ("There is no change in his drinking every night.", "substance_misuse", "affirmed"),
        ("He denied drinking but smelt of alcohol.", "substance_misuse", "affirmed"),
    ],
)
def test_concern_status(text: str, category: str, status: str) -> None:
    assert status in {mention.status for mention in _mentions(text, category)}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("He is addicted to Minecraft.", "substance_misuse"),
        ("She made a pot of tea.", "substance_misuse"),
        ("He hit the books before his exams.", "physical_abuse"),
        ("She is mad about horses.", "mental_health"),
        ("Ring the crisis line if you feel suicidal.", "self_harm"),
        ("A leaflet on domestic abuse was given.", "domestic_abuse"),
        ("Her essay was about county lines.", "exploitation"),
    ],
)
def test_figurative_hypothetical_and_school_uses_raise_nothing(text: str, category: str) -> None:
    assert category not in _read(text).raised


@pytest.mark.parametrize(
    ("text", "category", "who"),
    [
        ("Mum has depression.", "mental_health", "mother"),
        ("His stepdad smokes cannabis every night.", "substance_misuse", "father"),
        ("Her partner was drunk at the door.", "substance_misuse", "father"),
        ("Maternal uncle has schizophrenia.", "mental_health", "other"),
        ("Tom has autism.", "disability", "child"),
        ("Mum came in late. She was drunk.", "substance_misuse", "mother"),
        ("Dad was arrested after he punched Mum.", "domestic_abuse", "mother"),
    ],
)
def test_whom_a_concern_is_about(text: str, category: str, who: str) -> None:
    assert who in {mention.who for mention in _mentions(text, category)}


def test_somebody_outside_the_family_raises_nothing() -> None:
    assert "self_harm" not in _read("A classmate was self-harming last week.").raised


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("She is always walking on eggshells.", "domestic_abuse"),
        ("Dad smelt of alcohol at pick-up.", "substance_misuse"),
        ("He came in unkempt and hungry.", "neglect"),
        ("She has a new phone and older friends.", "exploitation"),
        ("He was not brought to two appointments.", "neglect"),
    ],
)
def test_indirect_signs_raise(text: str, category: str) -> None:
    assert category in _read(text).raised


# Ticks, urgency


def test_ticks_that_contradict_the_text_are_shown() -> None:
    narrative = _read("Dad hits Mum most weekends. Mum denies drug use.")
    found = contradictions(narrative, Indicators(domestic_abuse=False, substance_misuse=True, mental_health=None))
    assert len(found) == 2
    assert "domestic abuse" in found[0]
    assert "substance misuse" in found[1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("She told me that her uncle hurts her at night.", "harm"),
        ("Bruise to the cheek of a 6 week old baby.", "harm"),
        ("He held a knife to her throat.", "crime"),
        ("He put his hands round her throat.", "harm"),
        ("He threatened to kill her.", "action"),
        ("The twins are home alone at the moment.", "action"),
        ("Both children were taken into police protection.", "police_protection"),
    ],
)
def test_urgency_signal_with_its_words_and_rule(text: str, kind: str) -> None:
    signals = _read(text).urgent
    assert kind in {signal.kind for signal in signals}
    assert all(signal.text == text[signal.start : signal.end] and signal.rule and signal.says for signal in signals)


@pytest.mark.parametrize("text", ["No weapon was seen or used.", "Call 999 if there is immediate danger.", "She denied that he strangled her."])
def test_urgency_is_silent_on_denied_and_hypothetical_and_never_says_safe(text: str) -> None:
    narrative = _read(text)
    assert not narrative.urgent
    assert any("does not mean safe" in note for note in narrative.notes)


# Bad input


@pytest.mark.parametrize("text", ["", "   \n ", "🙂🙂", "?", "\x00\x00", "…"])
def test_empty_and_odd_texts_are_answered(text: str) -> None:
    assert _read(text).raised == {}


@pytest.mark.parametrize(
    "text",
    [
        "Matka mówi, że dziecko jest głodne i nie ma co jeść w domu.",
        "La madre dice que el niño no come en casa y que el padre bebe mucho.",
        "মা বলেছেন যে বাবা তাকে মারধর করেন।",
    ],
)
def test_other_languages_are_named_and_nothing_is_flagged(text: str) -> None:
    narrative = _read(text)
    assert narrative.language is not None
    assert narrative.raised == {}
    assert not narrative.urgent


@pytest.mark.parametrize(
    "text",
    [
        "Mum said â€œhe hits meâ€\x9d and she doesnâ€™t sleep.\r\nDad was drunk.",
        "Dad\u00a0was\u200b drunk 🙂. He hit\u00adhim.",
        "Dad was drunk and he shouted at them " * 300,
    ],
)
def test_offsets_are_of_the_text_as_given(text: str) -> None:
    narrative = _read(text)
    assert "substance_misuse" in narrative.raised
    for sentence in narrative.sentences:
        assert sentence.text == text[sentence.start : sentence.end]
        for concern in sentence.concerns:
            assert concern.text == text[concern.start : concern.end]


def test_hundred_thousand_words_are_answered_in_full() -> None:
    text = "Mum was at work and the baby slept. " * 12_500
    assert len(_read(text).sentences) == 12_500


def test_no_narrator_says_the_same_twice_differently() -> None:
    text = "Dad was drunk. He pushed Mum. I think the children are scared."
    assert _read(text) == _read(text)


# Denials, the past and doubt inside the words; who does it and to whom


@pytest.mark.parametrize(
    ("text", "category", "status"),
    [
        ("Drugs: never used.", "substance_misuse", "negated"),
        ("He has never hit her.", "physical_abuse", "negated"),
        ("Both parties stated that no violence took place.", "domestic_abuse", "negated"),
        ("Mum used to take heroin.", "substance_misuse", "historical"),
        ("He was neglected in his birth family.", "neglect", "historical"),
        ("In 2017 the older children were removed because of neglect.", "neglect", "historical"),
        ("He put his hands on Mum once, nine years ago.", "domestic_abuse", "historical"),
    ],
)
def test_denials_and_the_past_among_the_words(text: str, category: str, status: str) -> None:
    statuses = {mention.status for mention in _mentions(text, category)}
    assert statuses == {status}
    assert category not in _read(text).raised


def test_a_question_put_as_routine_raises_nothing() -> None:
    assert not _read("I asked her about domestic abuse as part of the routine review.").raised


def test_somebody_outside_who_harms_the_child_raises() -> None:
    assert "sexual_abuse" in _read("She told me that the babysitter kissed her on her private parts.").raised


def test_a_thing_thrown_that_is_hers_hits_nobody() -> None:
    assert "physical_abuse" not in _read("Baby threw her spoon.").raised


# The chance of a raised heading


def test_chance_grows_with_the_evidence_and_stays_below_one() -> None:
    once = _read("Dad may have been drinking heavily.").raised["substance_misuse"]
    often = _read("Dad drinks vodka every day. He was drunk at the gate. There were empty lager cans in the hall.").raised["substance_misuse"]
    assert 0 < once < often < 1


def test_every_category_raised_has_an_affirmed_or_possible_mention() -> None:
    narrative = _read("Dad was drunk. Mum denies drug use. She had depression in 2011. Tom has autism and was not brought to two appointments.")
    shown = {concern.category for sentence in narrative.sentences for concern in sentence.concerns if concern.status in ("affirmed", "possible")}
    assert set(narrative.raised) == shown


# Urgency, on texts that look alike


@pytest.mark.parametrize(
    "text",
    [
        "Dad is drunk and has driven off with the children in the car.",
        "Unexplained fracture in a non-mobile infant.",
        "The two little ones are alone in the flat right now.",
        "She is refusing to go home because she will be beaten.",
        "They fly out on Saturday and she says she is to be cut.",
    ],
)
def test_urgency_fires(text: str) -> None:
    assert _read(text).urgent


@pytest.mark.parametrize(
    "text",
    [
        "Tyler knew to ring 999 when his nan fell.",
        "Police executed a warrant next door about stolen bikes.",
        "Her friend at another school was assaulted on a bus.",
        "His bike was stolen and he has a crime number.",
        "She is on her own now that Dad has moved out.",
        "He was dressed as a pirate with a sword.",
        "He took two paracetamol for a headache.",
        "She took an overdose at 15; she is now 34 and well.",
        "His shoes are still missing.",
    ],
)
def test_urgency_is_silent_on_everyday_matters(text: str) -> None:
    assert not _read(text).urgent


# Languages within a text


def test_a_sentence_in_another_language_is_named_and_not_read() -> None:
    text = "Mum came in at nine.\nNie chcę wracać do domu, bo tata bije mamę.\nDad was drunk."
    narrative = _read(text)
    assert narrative.language is None
    assert any("Polish" in note for note in narrative.notes)
    assert narrative.sentences[1].text == text.splitlines()[1]
    assert narrative.sentences[1].factuality != "fact"
    assert not narrative.sentences[1].concerns
    assert set(narrative.raised) == {"substance_misuse"}


@pytest.mark.parametrize("text", ["Unexplained fracture in a non-mobile infant.", "C/o headaches 3/12. O/E NAD.", "Zoë met Łukasz and Márta."])
def test_short_english_with_odd_words_is_english(text: str) -> None:
    assert _read(text).language is None


# Size and mess


@pytest.mark.parametrize("text", ["x" * 50_000, '"a ' * 5_000, "- \n" * 5_000, "😀🔪 Dad hit him 😡 " * 400])
def test_endless_and_messy_texts_are_answered_with_offsets_right(text: str) -> None:
    narrative = _read(text)
    for sentence in narrative.sentences:
        assert sentence.text == text[sentence.start : sentence.end]
        assert all(concern.text == text[concern.start : concern.end] for concern in sentence.concerns)
