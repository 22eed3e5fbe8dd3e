"""What somebody wants to talk about, as a topic of the question bank."""

from chat.bank import Question, QuestionBank

_words = str.split
_STEM = 4
"""Letters by which a wished word and a word of a question count as the same."""

_ALIKE: tuple[frozenset[str], ...] = tuple(
    frozenset(_words(text))
    for text in (
        "sport football soccer tennis basketball volleyball gym running swimming cycling fitness",
        "book literature reading novel library",
        "film movie cinema series tv television",
        "job work career profession office company",
        "holiday vacation trip travel journey",
        "food cooking meal dish restaurant",
        "phone smartphone computer internet",
        "family parent mother father sister brother child",
        "climate nature pollution planet weather environment",
        "friend friendship",
        "music song singer concert",
    )
)
"""Words that one question can be about alike: who wishes for football is served with a question about sport."""


def topic_for(wish: str, bank: QuestionBank) -> str:
    """Return the id of the topic that fits lower-case words such as "football" or "my first job" ("" for none)."""
    words = _forms(wish)
    for topic in bank.topics():
        if words & (_forms(topic.title.lower()) - {"the", "and", "time"}):
            return topic.id
    # The last words of a wish carry it: "music from my country" is rare, "the food in school" even more.
    return next((topic.id for topic in bank.topics() if words & topic.words), "")


def speaks_of(question: Question, wish: str) -> bool:
    """Tell whether the question itself is about one of the wished words, or about one of the same kind."""
    wished = {word for word in _forms(wish) if len(word) >= _STEM}
    wished |= {word for group in _ALIKE if group & _forms(wish) for word in group}
    asked = {_stem(word) for word in _forms(question.text.lower())}
    return any(_stem(word) in asked for word in wished)


def _stem(word: str) -> str:
    return word[: max(_STEM, len(word) - 2)]


def _forms(text: str) -> set[str]:
    words = {word.strip(".,?!'’") for word in text.split()}
    return words | {word[:-1] for word in words if word.endswith("s")}
