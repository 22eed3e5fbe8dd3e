import pytest

from lexis.text import expand, is_filler, normalise, sentences, tokens, words


def test_words_come_in_order_in_lower_case_without_signs_and_digits() -> None:
    assert tokens("Well, I've 3 cats - Tom's the BIG one!") == ["well", "i've", "cats", "tom's", "the", "big", "one"]


def test_every_apostrophe_and_hyphen_means_the_same() -> None:
    assert tokens("don\u2019t don`t don't part\u2010time") == ["don't", "don't", "don't", "part-time"]


def test_thinking_sounds_are_no_words() -> None:
    assert words("Um, er, I mm like uh-huh tea") == ["i", "like", "tea"]
    assert is_filler("erm")
    assert not is_filler("her")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("don't", ("do", "not")),
        ("dont", ("do", "not")),
        ("gonna", ("going", "to")),
        ("can't", ("can", "not")),
        ("theyre", ("they", "are")),
        ("teacher's", ("teacher",)),
        ("its", ("its",)),
        ("were", ("were",)),
        ("house", ("house",)),
    ],
)
def test_short_forms_are_written_out_and_words_that_only_look_like_one_are_not(short: str, long: tuple[str, ...]) -> None:
    assert expand(short) == long


def test_sentences_hold_words() -> None:
    assert sentences("One. Two?! ... 33. \n Three\u3002") == ["One", "Two", "Three"]
    assert sentences("...!?") == []


def test_normalise_gives_one_spelling() -> None:
    assert normalise("  Cafe\u0301 \n It\u2019s ") == "café it's"


@pytest.mark.parametrize("blob", ["\ud800\udfff", "\x00\x07", "🙂🙂", "\u200b", "", "'", "-'-"])
def test_odd_characters_are_harmless(blob: str) -> None:
    assert words(blob) == []
