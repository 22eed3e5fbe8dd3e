"""A first word that decides what a message at the start is: "yes, although my English is not so good"."""

from signup.understanding.intents import Signals
from signup.understanding.reading import Intent
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.phrases import Match
from signup.understanding.words.text import Text, Token
from signup.understanding.words.wordlists import words

_BEFORE = frozenset({"greeting", "filler", "thinking"})
_OBJECTS = frozenset({"no", "cancel", "refusal", "start_over", "go_back", "summary"})
_HAVE = words("had_times")
"""Words beside a time that one has: "I only have two minutes" is no "wait two minutes"."""
_BEGINS = words("begins_or_ends")
"""Words before a time that is somebody else's: "yes quick, class starts soon"."""
_SELF = words("speaking_of_oneself")
_ENDS = frozenset({"so", "suppose", "guess", "agree", "accept"})
_WHY = words("why")
_SO = words("and_so")
_BARE = frozenset({("no",), ("nao",), ("non",), ("не",), ("nie",), ("ne",)})
"""A no that rather denies the next word where no mark stands between: "no advertising please", "non capisco"."""
_ACRONYM = 6
_NEAR = 5
_STRANGE = 4
"""One word in so many may be one that nobody here knows."""


def decided(text: Text, found: Signals) -> Intent | None:
    """Return yes or no where a message that asks nothing begins or ends with it and is mere talk besides; otherwise None."""
    first = _first(text, found.matches)
    if first is None:
        return _at_the_end(text, found)
    rest = text.tokens[first.end :]
    is_apart = bool(rest) and (_is_marked(rest[0]) or ("no" in first.labels and _begins_sentence(text, first, found)))
    is_bare_no = "no" in first.labels and text.folded[first.start : first.end] in _BARE
    if not rest or found.marked or ((found.asks or is_bare_no) and not is_apart):
        return None  # also "no advertising please"
    begun, ended = text.folded[first.start], text.folded[first.end - 1]
    if (
        (begun in _WHY and not (is_apart and "yes" in first.labels and first.end - first.start > 1))
        or (not is_apart and begun in _SELF and (ended not in _ENDS or ended == "am"))
        or not _is_talk(rest, is_apart=is_apart)
    ):
        return None  # "why should I trust you", "I want to log in", "I don't understand"
    after = [match for match in (*found.matches, *found.inner) if match.start >= first.end and not match.labels & {"filler", "yes"}]
    if "yes" in first.labels:
        near = [match for match in after if match.start - first.end <= _NEAR or _begins_clause(text, match)]
        return None if any(_takes_back(text, match) and not _keeps_a_field(match, found) for match in near) else Intent.YES
    return None if any("later" in match.labels and not _is_browsing(text, match) for match in after) else Intent.NO


def _begins_sentence(text: Text, first: Match, found: Signals) -> bool:
    """Tell whether a sentence about oneself follows a no without a mark between: "no I only wanted to look"."""
    agrees = any("yes" in match.labels and match.end - match.start > 1 for match in found.matches if match.start >= first.end)
    return not agrees and text.folded[first.end] in _SELF


def _takes_back(text: Text, match: Match) -> bool:
    """Tell whether what follows a yes means something else: "yes, but not now"."""
    if match.labels & {"later", "wait"}:
        return not _is_had(text, match)
    return bool(match.labels & _OBJECTS) and _begins_clause(text, match)


def _keeps_a_field(match: Match, found: Signals) -> bool:
    """Tell whether only one of the fields is refused: "fine, but I'm not giving you my real name"."""
    return bool(match.labels & {"refusal", "no"}) and not match.labels & {"cancel", "start_over", "go_back"} and bool(found.nouns)


def _at_the_end(text: Text, found: Signals) -> Intent | None:
    """Read "my teacher told us to, so yes please"."""
    last = next((match for match in reversed(found.matches) if not match.labels & _BEFORE), None)
    if last is None or "yes" not in last.labels or last.labels & {"no", "later"} or last.start == 0 or found.marked:
        return None
    rest = text.tokens[: last.start]
    token = text.tokens[last.start]
    if not (text.folded[last.start - 1] in _SO or _is_marked(token)):
        return None
    others = [match for match in found.matches if match.start < last.start]
    covered = sum(match.end - match.start for match in found.matches if match.start > last.start) == len(text.tokens) - last.end
    sentence = any(mark in token.before for mark in ".!…") and last.end - last.start > 1
    if found.asks and not sentence:
        return None
    bars = {"cancel", "later", "wait"} if sentence else _OBJECTS | {"later", "wait"} - {"no"}
    if not covered or any(match.labels & bars for match in others):
        return None
    return Intent.YES if _is_talk(rest, is_apart=True) else None


def _is_talk(tokens: tuple[Token, ...], *, is_apart: bool) -> bool:
    """Tell whether words are everyday ones, apart from a few and from abbreviations; a sentence of its own may have more strange ones."""
    strange = [token for token in tokens if not is_everyday(token) and not token.raw[0].isdecimal()]
    strange = [token for token in strange if not (token.raw.isupper() and len(token.raw) <= _ACRONYM)]
    begun = [token for token in strange if any(mark in token.before for mark in ".!…")]
    if any(token.raw[0].isupper() for token in strange if token not in begun):
        return False
    return len(strange) <= len(tokens) // (2 if is_apart and len(tokens) > _STRANGE else _STRANGE)


def _begins_clause(text: Text, match: Match) -> bool:
    """Tell whether a phrase stands at the beginning of what is said, not somewhere in a story."""
    return _is_marked(text.tokens[match.start]) or text.folded[match.start - 1] in _SO | {
        "but",
        "aber",
        "mais",
        "pero",
        "mas",
        "ma",
        "но",
    }


def _first(text: Text, matches: tuple[Match, ...]) -> Match | None:
    """Return the yes or no that a message begins with, behind a greeting; a small word counts before a mark ("ja, …")."""
    end, small = 0, None
    for match in matches:
        if match.start != end:
            break
        said = match.labels & {"yes", "no"}
        if len(said) == 1 and not match.labels & {"later", "thinking", "cancel", "refusal", "filler"}:
            return match
        if said == {"yes"} and match.end < len(text.tokens) and _is_marked(text.tokens[match.end]):
            small = match
        elif not match.labels & _BEFORE:
            break
        end = match.end
    return small


def _is_marked(token: Token) -> bool:
    """Tell whether a mark stands before a word."""
    return any(mark in token.before for mark in ",.!;-–—…")


def _is_had(text: Text, match: Match) -> bool:
    before = text.folded[max(0, match.start - 2) : match.start]
    return not _HAVE.isdisjoint(before) or not _BEGINS.isdisjoint(before)


def _is_browsing(text: Text, match: Match) -> bool:
    """Tell whether what sounds like "later" is a reason: "no thanks, just looking"."""
    return any(
        word.startswith(("look", "brows", "guck", "schau", "mir", "regard", "guard", "olh"))
        for word in text.folded[match.start : match.end]
    )
