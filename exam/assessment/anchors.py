"""One original extract per level with the reason for its level: what a model compares answers with."""

from dataclasses import dataclass

from lexis import Level


@dataclass(frozen=True, slots=True)
class Anchor:
    """An answer to the question of all anchors, its level, and what makes it so."""

    level: Level
    text: str
    why: str


QUESTION = "Tell me about a place you like to go to."

ANCHORS: tuple[Anchor, ...] = (
    Anchor(
        "A1",
        "I like park. Park is near my house. I go... er, Sunday. With my friend. We walk and... eat ice cream. "
        "It is very good. I like dog in the park.",
        "Single words and memorised patterns about oneself, joined by “and” at most; articles and verbs are missing.",
    ),
    Anchor(
        "A2",
        "I often go to the swimming pool because I like water very much. It is near the station and it costs three euro. "
        "Last week I go there with my sister, but there was many people. After swimming we drink hot chocolate.",
        "Simple sentences with “because” and “but” about everyday life; past and present forms are mixed up.",
    ),
    Anchor(
        "B1",
        "There is a small café near my university where I usually meet my friends after classes. It's not very modern, but "
        "the people who work there are friendly, so you can stay for hours even if you only have one coffee. When I had "
        "my exams I was studying there almost every day, because at home it's too noisy.",
        "Connected points in a line, relative and time clauses, few errors in familiar patterns; plain vocabulary.",
    ),
    Anchor(
        "B2",
        "I'd probably say the old harbour. What I like about it is that it hasn't been turned into a tourist attraction yet, "
        "although I'm afraid that's going to happen sooner or later. If I've had a stressful week, I walk along the water "
        "for an hour, and by the time I get home I've usually stopped worrying about whatever it was. I wish more people "
        "would use it, but at the same time I'd hate it to be crowded.",
        "Clear detail and a point of view, conditionals and perfect forms under control, a range of linking words.",
    ),
    Anchor(
        "C1",
        "It's going to sound odd, but there's a second-hand bookshop behind the law courts that I tend to gravitate towards "
        "whenever I've got an hour to kill. It's not so much the books, to be honest, as the fact that nobody expects "
        "anything of you in there. The owner barely looks up. Mind you, I hardly ever come out empty-handed, which "
        "rather defeats the object of going in to clear my head.",
        "Effortless, well-shaped sentences, idiom and hedging used with precision; errors are hard to find.",
    ),
    Anchor(
        "C2",
        "If I'm honest, it's less a place than a stretch of road: the last mile or so before my parents' village, where the "
        "hedges close in and you lose the radio. I've never been able to decide whether I'm fond of it for its own sake "
        "or simply because it's the point past which I stop rehearsing whatever I'm supposed to be saying at work. Either "
        "way, I've been known to pull over, switch the engine off and just sit there, much to the bafflement of the sheep.",
        "Shades of meaning and tone conveyed exactly and with ease, complex sentences throughout without any strain.",
    ),
)
