import pytest

from llm.examiner.corrections import Slip, slips_in

SLIPS = {
    "I am agree with you": Slip("I am agree", "I agree"),
    "I'm not agree": Slip("I'm not agree", "I don't agree"),
    "She don't like tea": Slip("She don't", "She doesn't"),
    "people is friendly": Slip("people is", "people are"),
    "I know that some people is friendly": Slip("people is", "people are"),
    "It is more better": Slip("more better", "better"),
    "I need some informations": Slip("informations", "information"),
    "It depends of the weather": Slip("depends of", "depends on"),
    "Can he explain me the rule": Slip("explain me", "explain to me"),
    "I have 20 years old": Slip("I have 20 years old", "I am 20 years old"),
    "I live here since three years": Slip("since three years", "for three years"),
    "I didn’t went there": Slip("didn't went", "didn't go"),
    "I listen music": Slip("listen music", "listen to music"),
    "My brother says he have a car": Slip("he have", "he has"),
    "she like dancing": Slip("she like", "she likes"),
    "I can to swim": Slip("can to swim", "can swim"),
    "I look forward to see you": Slip("look forward to see", "look forward to seeing"),
    "I made a photo of it": Slip("made a photo", "took a photo"),
    "I no like fish": Slip("I no like", "I don't like"),
}
CORRECT = [
    "Does she have a car? Did he go there? I saw her go.",
    "One of these people is my uncle.",
    "I have 20 years of experience.",
    "I have lived here since three years ago.",
    "It is more interesting and better than before.",
    "If he have to wait is not what I said; he has to wait.",
    "Let her explain it to me. I want to see it and I can, to be honest, swim.",
    "He said to me that he was happy.",
    "I look forward to the summer.",
    "My mother made him go home.",
    "It depends on the weather of course.",
    "Talking with American people is fun, and that kind of people is rare.",
    "She go she goes to the market, and he like he likes it.",
    "He, like, said no. But he like um never said why.",
    "She must to the supermarket is not what I said.",
    "This room is a young womans room, and mans best friend is the dog.",
]


@pytest.mark.parametrize("text", SLIPS)
def test_a_sure_slip_is_found_and_put_right(text: str) -> None:
    assert slips_in(text) == [SLIPS[text]]


@pytest.mark.parametrize("text", CORRECT)
def test_correct_english_is_never_corrected(text: str) -> None:
    assert slips_in(text) == []


def test_each_slip_is_reported_once_in_the_order_of_the_answer() -> None:
    found = slips_in("She don't know. I am agree. She don't know.")
    assert [slip.said for slip in found] == ["She don't", "I am agree"]
