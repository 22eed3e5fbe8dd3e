"""The catalogue: every language says everything, with the same things filled in."""

from string import Formatter

import pytest

from signup.models import ASKED, Step
from signup.texts import Texts, best_language, catalogue, languages
from signup.understanding.reading import Topic

OTHERS = [code for code in languages() if code != "en"]


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def test_there_are_the_four_languages() -> None:
    assert set(languages()) >= {"en", "fr", "es", "de"}
    assert languages()[0] == "en"


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_has_every_text(code: str) -> None:
    assert catalogue(code).keys() == catalogue("en").keys()


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_fills_in_the_same_things(code: str) -> None:
    english = catalogue("en")
    assert {key: placeholders(text) for key, text in catalogue(code).items()} == {key: placeholders(text) for key, text in english.items()}


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_is_left_in_english(code: str) -> None:
    english = catalogue("en")
    same = {key for key, text in catalogue(code).items() if text == english[key] and len(text.split()) > 2}
    assert same == set()


@pytest.mark.parametrize("code", languages())
def test_every_topic_and_step_has_its_answer(code: str) -> None:
    texts = Texts(code)
    for topic in Topic:
        assert topic in {Topic.WHY, Topic.SUGGEST} or texts.has(f"answer.{topic.value}")
    for step in (Step.START, *ASKED):
        assert texts.has(f"answer.why_{step.value}")


def test_values_are_never_read_as_a_text_themselves() -> None:
    assert Texts("en").say("took.firstname", value="{0.__class__}{value}") == "Nice to meet you, {0.__class__}{value}. Almost done!"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("pt-BR,es;q=0.8,en;q=0.5", "es"),
        ("*", "en"),
        ("", "en"),
        ("../etc", "en"),
        ("DE_de", "en"),
        ("x" * 5000, "en"),
    ],
)
def test_the_language_follows_the_persons_wish(wanted: str, found: str) -> None:
    assert best_language(wanted) == found


def test_lists_are_joined_as_people_say_them() -> None:
    assert Texts("en").listed(["a", "b", "c"]) == "a, b and c"
    assert Texts("en").listed(["a"]) == "a"
