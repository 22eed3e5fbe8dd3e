"""What people mean is heard from the ideas in a message, also where nobody listed the sentence."""

import time

import pytest

from signup.models import Collected, Step
from signup.understanding import Intent, read
from signup.understanding.reading import Topic

GIVEN = Collected(email="john@example.com", username="johndoe", password_hash="$2b$04$x", firstname="John")


@pytest.mark.parametrize("step", [Step.EMAIL, Step.USERNAME, Step.FIRSTNAME, Step.LASTNAME])
@pytest.mark.parametrize(
    "message",
    [
        "could you list all the details I gave you",
        "remind me what I typed earlier",
        "let me view everything I have entered",
        "which data have you stored until now?",
        "muéstrame todos los datos que te di",
        "affiche toutes les données que j'ai saisies",
        "zeig mir alles was ich eingegeben habe",
        "mostra tudo o que já escrevi",
        "покажи все данные, которые я указал",
    ],
)
def test_somebody_who_wants_to_hear_what_was_given_is_told(message: str, step: Step) -> None:
    reading = read(message, step=step, collected=GIVEN)
    assert reading.intent is Intent.SUMMARY
    assert not reading.facts


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("is it possible to remove my profile afterwards?", Topic.DELETE),
        ("¿puedo borrar mi cuenta más tarde?", Topic.DELETE),
        ("kann ich mein Konto später wieder löschen?", Topic.DELETE),
        ("I think I registered here a year ago", Topic.ACCOUNT_EXISTS),
        ("je crois que je suis déjà inscrit", Topic.ACCOUNT_EXISTS),
        ("will you send me any advertising?", Topic.SPAM),
        ("please no promotional mailing list", Topic.SPAM),
        ("will strangers be able to see this?", Topic.SAFE),
        ("do you sell my details to others?", Topic.SAFE),
        ("how many minutes will it take?", Topic.HOW_LONG),
        ("what papers are needed to open an account", Topic.NEEDED),
        ("do I have to pay a fee for my account?", Topic.FREE),
    ],
)
@pytest.mark.parametrize("step", [Step.START, Step.EMAIL, Step.LASTNAME])
def test_a_question_is_known_by_what_it_is_about(message: str, topic: Topic, step: Step) -> None:
    reading = read(message, step=step, collected=GIVEN if step is Step.LASTNAME else Collected())
    assert (reading.intent, reading.topic) == (Intent.QUESTION, topic)


@pytest.mark.parametrize("message", ["what do you need my surname for", "what do you want with this name?", "why would you require that?"])
def test_who_asks_what_a_name_is_wanted_for_hears_why(message: str) -> None:
    assert read(message, step=Step.LASTNAME, collected=GIVEN).topic is Topic.WHY


@pytest.mark.parametrize(
    "message", ["two mins, somebody at the door", "just a sec, my boss is calling", "i need to ponder on it", "let me search for it"]
)
def test_who_needs_a_moment_gets_it(message: str) -> None:
    for step in (Step.EMAIL, Step.FIRSTNAME, Step.LASTNAME):
        assert read(message, step=step, collected=GIVEN).intent is Intent.THINKING


@pytest.mark.parametrize(
    "message", ["sweet as, let us start", "yes boss kindly open the account", "oya let's register", "vamos, create it"]
)
def test_agreeing_and_starting_is_a_yes(message: str) -> None:
    assert read(message, step=Step.START, collected=Collected()).intent is Intent.YES


@pytest.mark.parametrize("message", ["not ready to start", "why should we start", "can you delete my account later?", "start later, ok?"])
def test_what_is_asked_or_denied_is_no_yes(message: str) -> None:
    assert read(message, step=Step.START, collected=Collected()).intent is not Intent.YES


@pytest.mark.parametrize(
    ("message", "name"),
    [("Data", "Data"), ("It is Minut, a short name", "Minut"), ("Van der See", "Van der See")],
)
def test_a_name_is_not_taken_for_a_wish(message: str, name: str) -> None:
    assert read(message, step=Step.LASTNAME, collected=GIVEN).facts == {"last_name": name}


@pytest.mark.parametrize("message", ["correct horse battery staple", "seeing data have showed alltold", "Show-me-all-you-have-1"])
def test_a_passphrase_stays_a_password_whatever_its_words_mean(message: str) -> None:
    assert read(message, step=Step.PASSWORD, collected=GIVEN).facts == {"password": message}


@pytest.mark.parametrize("message", ["Will it be printed anywhere?", "Do you need my full name?", "Will she have to know?"])
def test_the_first_word_of_a_question_is_no_name_because_of_its_capital(message: str) -> None:
    assert not read(message, step=Step.FIRSTNAME, collected=Collected()).facts


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Will", "Will"),
        ("Tāne, with the long vowel", "Tāne"),
        ("Nevena, that was easier than expected", "Nevena"),
        ("I'm Ana Sofía but please put only Ana", "Ana"),
        ("Radoslav period", "Radoslav"),
    ],
)
def test_remarks_after_a_name_are_no_names(message: str, name: str) -> None:
    assert read(message, step=Step.FIRSTNAME, collected=Collected()).facts == {"first_name": name}


@pytest.mark.parametrize("message", ["Fine, Ionescu", "Good, it's Ionescu"])
def test_a_word_that_agrees_is_no_name_beside_a_rarer_one(message: str) -> None:
    assert read(message, step=Step.LASTNAME, collected=GIVEN).facts == {"last_name": "Ionescu"}


@pytest.mark.parametrize(
    "message", ["show me " * 120, "Anna, " + "so " * 300, "I but only " * 80, "Abc " * 200, "yes start " * 90, "one min " * 110]
)
def test_no_combination_of_ideas_takes_long(message: str) -> None:
    for step in (Step.START, Step.USERNAME, Step.FIRSTNAME, Step.LASTNAME):
        read(message, step=step, collected=Collected())
        began = time.thread_time()
        read(message, step=step, collected=Collected())
        assert time.thread_time() - began < 2  # many times what it takes: what grows without bounds takes minutes
