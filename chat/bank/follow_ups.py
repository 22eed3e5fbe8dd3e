"""Which follow-up fits an answer, and how a phrase of the learner's is taken up in it."""

import re
from collections.abc import Callable, Collection, Sequence

from chat.bank.mentions import ARTICLES, SHORTEST_NOUN, TO_THE_LEARNER, find_mention, listed, spoken
from chat.bank.models import MENTION, FollowUp

# The sentence needs a phrase in the singular: "Is {mention} …", "{mention} means …", "… {mention}. What was so good about it?"
_SINGULAR_TEXT = re.compile(
    r"\b(?:is|was|does|has|isn't|doesn't) \{mention\}|\{mention\} (?:is|was|has|\w+s|\w+n't)\b|\{mention\}.*\bit\b", re.IGNORECASE
)
_PLURAL_PHRASE = re.compile(r"(?:[^su\W]s|\b(?:children|people|men|women|feet|teeth|mice))$", re.IGNORECASE)
_STEM_LETTERS = 5
"""Letters by which two forms of a word are taken for the same word ("travel", "travelling")."""


def choose_follow_up(
    follow_ups: Sequence[FollowUp],
    *,
    answer: str,
    asked: Collection[str],
    choice: Callable[[Sequence[FollowUp]], FollowUp],
    question: str = "",
) -> tuple[FollowUp, str] | None:
    """Return the one of `follow_ups` that fits `answer` best, with its text filled in, or None if all were asked.

    A follow-up whose key word was said comes first, then one that takes up a phrase, then a general one. `asked`
    holds the unfilled texts (`FollowUp.text`) that this conversation has had. With `question`, a phrase is taken up only
    from an answer that shares a word with the question or its follow-ups: taken from an answer to something else it would sound odd.
    """
    left = [item for item in follow_ups if item.text not in asked]
    mention = find_mention(answer)
    if question and not _shares_a_word(
        answer, [question, *(item.text for item in follow_ups), *(word for item in follow_ups for word in item.when)]
    ):
        left = [item for item in left if not item.takes_mention]
    groups = (
        [item for item in left if item.when and said_one_of(item.when, answer)],
        [item for item in left if not item.when and item.takes_mention and mention],
        [item for item in left if not item.when and not item.takes_mention],
    )
    for group in groups:
        fitting = [item for item in group if _fits(item, mention)]
        if fitting:
            found = choice(fitting)
            return found, fill(found.text, mention=mention or "")
    return None


def _shares_a_word(answer: str, others: Collection[str]) -> bool:
    return not _telling_words(answer).isdisjoint(_telling_words(" ".join(others)))


def _telling_words(text: str) -> set[str]:
    words = (word for word in spoken(text.replace(MENTION, " ")).split() if len(word) > SHORTEST_NOUN)
    return {word[:_STEM_LETTERS] for word in words if word not in listed("everywhere") and word not in listed("vague")}


def _fits(item: FollowUp, mention: str | None) -> bool:
    if not item.takes_mention:
        return True
    return bool(mention) and not (_SINGULAR_TEXT.search(item.text) and _PLURAL_PHRASE.search(mention or ""))


def said_one_of(phrases: Collection[str], answer: str) -> bool:
    """Return whether `answer` holds one of the lower-case `phrases` as whole words."""
    said = spoken(answer)
    return any(f" {spoken(phrase).strip()} " in said for phrase in phrases)


def fill(text: str, *, mention: str) -> str:
    """Return `text` with `{mention}` replaced.

    A phrase that begins with an article or "my" is put in as it is, turned to the learner ("my sister" → "your
    sister"); anything else stands in quotation marks, because only then it fits every sentence.
    """
    words = mention.split()
    if words and words[0].lower() in TO_THE_LEARNER:
        phrase = " ".join([TO_THE_LEARNER[words[0].lower()], *words[1:]])
    elif len(words) > 1 and words[0].lower() in ARTICLES:
        phrase = " ".join([words[0].lower(), *words[1:]])
    else:
        phrase = f"“{' '.join(words)}”"
    return text.replace(MENTION, phrase)
