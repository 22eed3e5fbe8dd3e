"""Which follow-up fits an answer, and how a phrase of the learner's is taken up in it."""

import re
from collections.abc import Callable, Collection, Sequence

from chat.bank.models import MENTION, FollowUp

_TO_THE_LEARNER = {"my": "your", "our": "your"}
_ARTICLES = frozenset({"a", "an", "the", "his", "her", "their", "your"})
_LONGEST_MENTION = 60
_SHORTEST_NOUN = 3

# A word before a noun, which needs the noun to make sense. Endings catch the many that are not listed.
_BEFORE_NOUN = frozenset({
    "best", "better", "big", "bigger", "biggest", "black", "blue", "brown", "cheap", "clean", "close",
    "cold", "dark", "dear", "early", "elder", "expensive", "fast", "favourite", "favorite", "few", "first",
    "free", "fresh", "full", "good", "great", "green", "grey", "half", "happy", "hard", "high", "hot",
    "kind", "large", "last", "late", "little", "local", "long", "loud", "lovely", "low", "main", "new",
    "next", "nice", "old", "older", "oldest", "other", "own", "parents'", "poor", "quiet", "real", "red",
    "rich", "second", "short", "slow", "small", "strong", "tall", "third", "tiny", "very", "warm", "white",
    "whole", "wide", "wild", "young", "younger", "youngest",
})  # fmt: skip
_BEFORE_NOUN_ENDINGS = ("ful", "ous", "ive", "able", "ible", "ish", "ing", "est", "less")

# Words after "the" or "a" that say nothing worth taking up.
_VAGUE = frozenset({
    "bit", "day", "days", "end", "example", "fact", "first", "hour", "idea", "kind", "life", "lot", "lots",
    "minute", "moment", "most", "one", "ones", "other", "others", "part", "person", "people", "point",
    "problem", "question", "reason", "rest", "same", "second", "sort", "thing", "things", "time", "times",
    "way", "ways", "week", "word", "year", "years", "name", "answer", "only", "more", "because", "and",
    "but", "that", "this", "which", "who", "feet", "hand", "hands", "eye", "eyes", "mind", "head", "heart",
})  # fmt: skip
# Adjectives that stand before a noun without an ending of the kind above: the phrase is not taken up if it ends on one.
_ADJECTIVE_ENDINGS = (*_BEFORE_NOUN_ENDINGS, "al", "ic", "ary", "ent", "ant")
_NOUNS_LIKE_ADJECTIVES = frozenset(
    """animal hospital festival journal meal deal goal material capital signal proposal music clinic fabric topic mechanic traffic
    public critic plastic panic logic picnic library diary dictionary salary secretary boundary student parent accident
    president agent moment apartment department environment document instrument government argument equipment tent cent event content
    restaurant plant assistant elephant aunt giant immigrant table vegetable cable fish dish building meeting wedding morning evening ring
    king thing feeling painting clothing swimming cooking training neighbour forest guest test nest chest interest harvest relative
    detective archive olive business illness fitness happiness kindness wilderness breakfast arrival carnival rival terminal
    individual professional local manual ritual entertainment appointment payment movement treatment experiment ingredient client patient
    talent cement basement investment advertisement comment segment shopping housing parking village""".split()  # noqa: SIM905 - read as a list
)
_NOUNS_IN_LY = frozenset({"family", "italy", "jelly", "bully", "lily", "fly", "ally", "assembly", "supply", "belly"})
_KIN = frozenset(
    """mother father mum mom dad sister sisters brother brothers parents grandmother grandfather grandparents wife husband son daughter
    children friend friends boss teacher uncle aunt cousin cousins boyfriend girlfriend dog cat family colleagues neighbour neighbours
    grandma grandpa kids""".split()  # noqa: SIM905 - read as a list
)
_BEHIND_NOUN = frozenset(
    """and or but because so if when while where which who whom whose that than then as since until although though before after is are was
    were am be been being has have had do does did will would can could should may might must shall not never always often sometimes also
    too very really just only even still again already here there in on at by for from of off to with without about over under into onto
    near between behind during through around against across along among toward towards up down out away back every each all both some any
    no my your his her our their its this these those a an the i you he she it we they me him us them today yesterday tomorrow now last
    next once twice together alone well more much many less what how why isn't wasn't doesn't don't didn't can't won't aren't weren't
    couldn't wouldn't hasn't haven't hadn't it's i'm there's is's""".split()  # noqa: SIM905 - read as a list
)
_VERBS = frozenset(
    """go went come came get got give gave take took make made know knew think thought see saw say said tell told want like love need help
    live work play eat ate drink cook speak spoke feel felt find found keep kept leave left let lose lost mean meet met pay paid put read
    run ran sell sold send sent sit sat sleep slept spend spent stand stood start stop teach taught win won write wrote look seem become
    became begin began bring brought buy bought choose chose grow grew hear heard hold held stay turn move use travel watch happen help
    looking going having making""".split()  # noqa: SIM905 - read as a list
)
_VERB_ENDINGS = ("ate", "ise", "ize", "ify")
_LONGEST_PHRASE = 3
# Set phrases that only look as if something was named; a full stop in their place keeps their neighbours apart.
_SET_PHRASES = re.compile(
    r"\b(?:on the whole|on the other hand|on the one hand|at the moment|at the same time|in the end|in the first place|by the way|"
    r"all the time|most of the time|in my (?:opinion|view|experience)|to my mind|for the most part|the more|the less)\b",
    re.IGNORECASE,
)
# The sentence needs a phrase in the singular: "Is {mention} …", "{mention} means …", "… {mention}. What was so good about it?"
_SINGULAR_TEXT = re.compile(
    r"\b(?:is|was|does|has|isn't|doesn't) \{mention\}|\{mention\} (?:is|was|has|\w+s|\w+n't)\b|\{mention\}.*\bit\b", re.IGNORECASE
)
_PLURAL_PHRASE = re.compile(r"(?:[^su\W]s|\b(?:children|people|men|women|feet|teeth|mice))$", re.IGNORECASE)
_STEM_LETTERS = 5
"""Letters by which two forms of a word are taken for the same word ("travel", "travelling")."""
# Words that a question and an answer to something else share all the same.
_EVERYWHERE = frozenset(
    """about after again always another around because before being best better could did didn't does doesn't doing don't done each
    else even ever every everybody everyone everything feel felt find from gave gets give goes good great happen have having here his
    how i'm important into it's just keep kind know last least less like live long look made make makes many maybe mean mention
    mentioned might more most much must need never nice nobody none nothing often only our over people person please really right said
    same says second should some somebody someone something sometimes speak still such sure take talk talked tell than thanks that
    that's their them then there these they thing things think this those thought through told took under until used usually very want
    wanted well went were what when where which while will with without work would year your yours""".split()  # noqa: SIM905 - read as a list of words
)
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.,;:!?]")


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
    words = (word for word in _spoken(text.replace(MENTION, " ")).split() if len(word) > _SHORTEST_NOUN)
    return {word[:_STEM_LETTERS] for word in words if word not in _EVERYWHERE and word not in _VAGUE}


def _fits(item: FollowUp, mention: str | None) -> bool:
    if not item.takes_mention:
        return True
    return bool(mention) and not (_SINGULAR_TEXT.search(item.text) and _PLURAL_PHRASE.search(mention or ""))


def said_one_of(phrases: Collection[str], answer: str) -> bool:
    """Return whether `answer` holds one of the lower-case `phrases` as whole words."""
    said = _spoken(answer)
    return any(f" {_spoken(phrase).strip()} " in said for phrase in phrases)


def fill(text: str, *, mention: str) -> str:
    """Return `text` with `{mention}` replaced.

    A phrase that begins with an article or "my" is put in as it is, turned to the learner ("my sister" → "your
    sister"); anything else stands in quotation marks, because only then it fits every sentence.
    """
    words = mention.split()
    if words and words[0].lower() in _TO_THE_LEARNER:
        phrase = " ".join([_TO_THE_LEARNER[words[0].lower()], *words[1:]])
    elif len(words) > 1 and words[0].lower() in _ARTICLES:
        phrase = " ".join([words[0].lower(), *words[1:]])
    else:
        phrase = f"“{' '.join(words)}”"
    return text.replace(MENTION, phrase)


def find_mention(answer: str) -> str | None:
    """Return a short noun phrase that the learner used ("my little sister", "the market"), or None.

    Something of the learner's own ("my", "our") goes before anything else, and a later phrase before an earlier one,
    because it is what they ended on. A guess from word order alone: wrong guesses are avoided by taking few.
    """
    tokens = _LETTERS.findall(_SET_PHRASES.sub(" . ", answer.replace("’", "'")))
    phrases = [phrase for at in range(len(tokens)) if (phrase := _phrase_at(tokens, at))]
    own = [phrase for phrase in phrases if phrase.split()[0] in _TO_THE_LEARNER]
    found = own or phrases
    return found[-1] if found else None


def _phrase_at(tokens: list[str], at: int) -> str | None:
    """Return the noun phrase that begins at `at`, if what follows shows where it ends."""
    opener = tokens[at].lower()
    if opener not in _TO_THE_LEARNER and opener not in _ARTICLES:
        return None
    words: list[str] = []
    for token in [*tokens[at + 1 :], "."][: _LONGEST_PHRASE + 1]:
        if _ends_phrase(token, words):
            break
        words.append(token)
    else:
        return None
    if not words or not _is_noun(words[-1].lower()) or words[-1].lower() in _ARTICLES:
        return None
    phrase = " ".join([opener, *words])
    return phrase if len(phrase) <= _LONGEST_MENTION else None


def _ends_phrase(token: str, words: Sequence[str]) -> bool:
    """Tell whether a token stands behind the noun: punctuation, a small word, or a verb behind a word that is a noun."""
    word = token.lower()
    if not token[0].isalpha() or word in _BEHIND_NOUN or (word.endswith("ly") and word not in _NOUNS_IN_LY):
        return True
    return (
        bool(words)
        and not _is_before_noun(words[-1].lower())
        and (words[-1].lower() in _KIN or word in _VERBS or _is_verb_form(word, words[-1]))
    )


def _is_verb_form(word: str, before: str) -> bool:
    # "My team plays": behind a singular noun a word in -s or -ed is taken for a verb.
    return word.endswith(("ed", *_VERB_ENDINGS)) or (word.endswith("s") and not word.endswith("ss") and not before.lower().endswith("s"))


def _is_noun(word: str) -> bool:
    return (
        len(word) >= _SHORTEST_NOUN
        and word not in _VAGUE
        and not _is_before_noun(word)
        and not (word.endswith(_ADJECTIVE_ENDINGS) and word not in _NOUNS_LIKE_ADJECTIVES)
    )


def _is_before_noun(word: str) -> bool:
    return word in _BEFORE_NOUN or word.endswith("'s") or (len(word) > len("being") and word.endswith(_BEFORE_NOUN_ENDINGS))


def _spoken(text: str) -> str:
    return f" {' '.join(token for token in _LETTERS.findall(text.lower().replace('’', chr(39))) if token[0].isalpha())} "
