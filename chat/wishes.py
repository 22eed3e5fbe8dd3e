"""What somebody wants to talk about, as a topic of the question bank."""

from chat.bank import Question, QuestionBank

_words = str.split
_STEM = 4
"""Letters by which a wished word and a word of a question count as the same."""

_TOPIC_WORDS: dict[str, frozenset[str]] = {
    name: frozenset(_words(text))
    for name, text in {
        "home_and_family": """family home house flat apartment parent child children kid mother father mum mom dad sister brother
            grandmother grandfather grandparent childhood neighbour neighbor neighbourhood town city village hometown room wife husband
            son daughter baby""",
        "work_and_study": """work job career study studies school university college office boss colleague profession company business
            exam education learning student engineering nursing money""",
        "free_time": """hobby hobbies sport football soccer tennis basketball volleyball baseball gym running swimming dance dancing
            weekend game chess fishing gardening shopping pet dog cat car bike cycling party leisure yoga hiking photography""",
        "travel": "travel traveling travelling holiday trip vacation country countries tourism hotel flight transport beach sea journey",
        "food": "food cook cooking restaurant eat eating recipe meal dish pizza coffee tea fruit breakfast dinner lunch cake baking",
        "health": "health sleep stress doctor diet fitness body illness medicine exercise hospital sickness",
        "technology": """technology technologies computer phone smartphone internet ai artificial intelligence app
            robot programming software science media coding""",
        "environment": "environment climate nature pollution weather energy recycling animal planet plant forest garbage season",
        "culture_and_media": """music film movie cinema book reading art tv television series news museum theatre theater history culture
            fashion song literature painting concert anime singer tradition festival""",
        "people_and_relationships": """friend friendship love people relationship marriage dating personality society boyfriend girlfriend
            character wedding""",
    }.items()
}
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
    return next((topic.id for topic in bank.topics() if words & _TOPIC_WORDS.get(topic.id, frozenset())), "")


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
