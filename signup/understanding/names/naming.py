"""Which of the names in a message is the answer: "Eoghan, it's pronounced Owen", "they call me Pepe, but write José".

Every name in a message is weighed by the words around it in its clause: what it is the object of ("write José"), what says that it is
the person's own ("mine is José"), and what says that it is mentioned for another reason (how it sounds, whose it is, where it is said so).
"""

import re

from signup.models import Collected, Step
from signup.understanding.names.mentions import COPULA, SOUNDS, WRITES, Name, names
from signup.understanding.names.roles import first_and_last
from signup.understanding.names.wholes import lacks_family_name, whole_name
from signup.understanding.parts import asides
from signup.understanding.reading import FIRST_NAMES_ASKED
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import Text, Token, fold, tokenize
from signup.understanding.words.wordlists import words

_OFFICIAL, _CALLED, _KIN, _OWN, _PART = (words(name) for name in ("official_papers", "called_by", "kin", "own", "mere_part"))
_DENIALS, _BEFORE_OTHERS, _FORMER, _NOW = (words(name) for name in ("denials", "before_others", "former", "at_present"))
_WHOLE, _ALL, _IF, _REALLY, _JOINTS = (words(name) for name in ("whole_given", "all_of_them", "conditions", "really", "joints"))
_FOLLOWING = COPULA | _BEFORE_OTHERS | SOUNDS | _DENIALS | words("along_with")
_NICK = tuple(sorted(words("nick_stems")))
_ELSEWHERE, _PROPER = words("elsewhere"), words("adjectives_official")
_ONLY, _PLAINLY = words("only_this"), words("plainly_first")
_ARTICLES, _OWNERS = words("determiners"), words("determiners") | words("owners")
_DONE = words("done_with_both")
_NAMES, _ONE = words("speaking_of_names"), words("one")
_FINE = frozenset({"fine", "ok", "okay", "good", "enough"})
_GOES_BY = frozenset({("go", "by"), ("goes", "by"), ("went", "by")})
_SUFFICES, _MINE, _BORN = words("suffices"), words("mine"), words("born")
_TAG = re.compile(r"[,.;–—-] ?\S+(?: \S+)?[?？]+$")
"""A question of one or two words after an answer: "Otieno, ok?"."""
_PLAIN_DENIAL = re.compile(r"[,;.]? (?:non|não|not|nicht|pas|не) ", re.IGNORECASE)
"""Without a mark it denies what follows ("Alessia, non Alessandra"); "Alessia, non, Alessandra" takes back what stands before."""
_FAMILY = frozenset({"family", "last", "surname"})
_COMMANDS = frozenset({"go_back", "start_over", "cancel", "summary", "later", "wait"})
_INTRODUCES = frozenset({"name", "iam", "first_name", "last_name"})
_OWN_FIELD = {Step.FIRSTNAME: frozenset({"first_name", "name"}), Step.LASTNAME: frozenset({"last_name", "name"})}
_NAMED = {Step.FIRSTNAME: "first_name", Step.LASTNAME: "last_name"}
_FEWEST, _MOST, _NEAR, _REMARK, _NEVER = 3, 45, 4, 2, -9
_ENOUGH, _SURE = 2, 3
"""A name that weighs less is left to the other ways of reading; where the message asks it needs more."""


def the_name(text: str, step: Step, known: Collected) -> str:
    """Return the name that a message of several words gives, as it is written; the whole text where that is not clear."""
    if step not in FIRST_NAMES_ASKED or "@" in text:
        return text
    read = tokenize(text)
    if read.clean.isupper() or not _FEWEST <= len(read.tokens) <= _MOST or _is_for_others(read, step, known):
        return text
    found = list(names(read))
    return _in_roles(read, found, step) or _heaviest(read, found, step)


def _in_roles(read: Text, found: list[Name], step: Step) -> str:
    """Return names of which it is said what they are, as a text that names the fields; empty where nothing is said."""
    if step is Step.FIRSTNAME and (both := first_and_last(read, found)):
        return both
    if (whole := whole_name(read, found)) is not None and (
        step is Step.LASTNAME or lacks_family_name(read) or not _names_last(read, whole, [])
    ):
        written = read.slice(whole.start, whole.end - 1)
        return f"first name {written}" if step is Step.FIRSTNAME else written
    return ""


def _heaviest(read: Text, found: list[Name], step: Step) -> str:
    """Return the name for which most speaks, or the whole text where that is not clear."""
    text = read.clean
    weights = [_weight(name, step) + _again(read, found, name) for name in found]
    needed = _needed(read)
    if needed == _ENOUGH:
        weights = [weight + 2 * _is_lone(read, found, index, weights) for index, weight in enumerate(weights)]
    best = max(range(len(found)), key=lambda index: (weights[index], -index), default=None)
    if best is None or weights[best] < needed or (_refuses(read) and not _is_clear(found[best])):
        return text
    chosen_one = _is_wished(found[best]) or found[best].ends or _is_only(found[best]) or (step is Step.LASTNAME and _suffices(found[best]))
    if not chosen_one and _is_unclear(read, found, best, step):
        return text
    chosen = _words(read, found[best])
    rivals = [weights[index] for index in range(len(found)) if index != best and not chosen >= _words(read, found[index])]
    return text if any(rival >= weights[best] for rival in rivals) else _as_given(read, found[best], step)


def _again(read: Text, found: list[Name], name: Name) -> int:
    """Return what speaks for a name that is said alone at the beginning and again: "Tess. On paper it's Thảo but I'm Tess"."""
    alone = name.is_first and not name.before and not name.after
    repeated = any(other.start > name.start and _words(read, other) == _words(read, name) and not _is_denied(other) for other in found)
    return 3 * (alone and repeated)


def _is_lone(read: Text, found: list[Name], index: int, weights: list[int]) -> bool:
    """Tell whether a name written large ends its clause and no other one can be meant: "since the wedding Lindholm"."""
    name = found[index]
    ends = bool(name.before) and not name.after and read.tokens[name.start].raw[0].isupper()
    return ends and weights[index] >= 0 and all(weight < 0 for other, weight in enumerate(weights) if other != index)


def _words(read: Text, name: Name) -> set[str]:
    return set(read.folded[name.start : name.end])


def _as_given(read: Text, name: Name, step: Step) -> str:
    """Return the name as it is written; "both together are my first name" keeps its words together."""
    start = name.start
    while step is Step.FIRSTNAME and start < name.end - 1 and read.folded[start] in _ARTICLES and read.tokens[start].raw.islower():
        start += 1  # "soy la Yolanda"
    written = read.slice(start, name.end - 1)
    if step is Step.LASTNAME or name.end - name.start == 1:
        return written
    rest = set(read.folded[: name.start] + read.folded[name.end :])
    own = any("first_name" in match.labels for match in lexicon().fields.all(read.folded))
    single = not _NAMES.isdisjoint(rest) and not _ONE.isdisjoint(rest)  # "Mary Grace, it is one name"
    counted = (own or _IF.isdisjoint(rest)) and not _ALL.isdisjoint(rest) and _DONE.isdisjoint(rest)
    whole = single or not _WHOLE.isdisjoint(rest) or counted
    if whole or (own and not _PLAINLY.isdisjoint(rest)):
        return f"first name {written}"
    return read.clean if own else written


def _is_for_others(read: Text, step: Step, known: Collected) -> bool:
    """Tell whether the message names another field, takes something back or commands: that is read elsewhere."""
    lex, folded = lexicon(), read.folded
    said = [match for match in lex.control.all(folded) if folded[max(0, match.start - 1)] not in _BORN]  # "born on Sunday" puts nothing off
    if any(match.labels & _COMMANDS and match.end - match.start > 1 for match in said):
        return True
    if {"first", "last"} <= set(folded) or (
        step is Step.LASTNAME and (fold(known.firstname or "") in folded or not _REALLY.isdisjoint(folded))
    ):
        return True
    others = {"email", "username", "password"} | ({"first_name"} if step is Step.LASTNAME else set())
    return any(
        match.labels & others and not match.labels & _OWN_FIELD[step] and not folded[match.start].startswith(_NICK)
        for match in lex.fields.all(folded)
    )


def _is_unclear(read: Text, found: list[Name], best: int, step: Step) -> bool:
    """Tell whether another name is said in full or belongs to another field, or too little is said around the one."""
    one, others = found[best], [name for index, name in enumerate(found) if index != best]
    if _is_in_full(read, one, others) or _is_taken_back(read, found):
        return True
    if any(not (one.before or one.after or name.before or name.after) and name.start == one.end for name in others):
        return True  # "ok, García, Ana"
    if len(read.tokens) - (one.end - one.start) < _REMARK or not _JOINTS.isdisjoint(one.before[-1:] + one.after[:1]):
        return True
    return step is Step.FIRSTNAME and (_names_last(read, one, others) or any("middle" in name.before for name in found))


def _is_in_full(read: Text, one: Name, others: list[Name]) -> bool:
    """Tell whether a name is said in full besides ("I'm Ana, Ana García"), or goes on where capitals do not tell ("here: john doe")."""
    said, last = _words(read, one), read.folded[one.end - 1]
    others = [name for name in others if is_possible(name)]
    if any(_words(read, name) > said or (read.folded[name.end - 1] == last and not _words(read, name) <= said) for name in others):
        return True
    written = read.slice(one.start, one.end - 1)
    return bool(one.after) and one.after[0] not in _FOLLOWING and (written.islower() or (written.isupper() and len(written) > 1))


def _is_taken_back(read: Text, found: list[Name]) -> bool:
    """Tell whether words that take something back stand between values: "Dow, sorry, Doe", "Tobais, should be Tobias"."""
    repair, small = asides.REPAIR.search(read.clean), read.clean == read.clean.lower()
    if (
        repair is not None
        and repair.start()
        and not _PLAIN_DENIAL.fullmatch(repair.group())
        and any(token.start >= repair.end() and _may_be_value(token, small=small) for token in read.tokens)
    ):
        return True
    return any(match.end == len(name.before) for name in found if not _is_denied(name) for match in lexicon().fix.all(name.before))


def _may_be_value(token: Token, *, small: bool) -> bool:
    begins = any(mark in token.before for mark in ".!?…")
    return (token.raw[0].isupper() and not (begins and is_everyday(token))) or (small and not is_everyday(token))


def _names_last(read: Text, one: Name, others: list[Name]) -> bool:
    """Tell whether a last name is given besides: "Ana. García is my surname"; "Ana, the surname comes later" gives none."""
    fields = lexicon().fields
    leads = [name.before for name in others if _PART.isdisjoint(name.before)]
    labels = [match.labels for before in leads for match in fields.all(before) if match.end == len(before)]
    if any(label & {"last_name", "name"} and "first_name" not in label for label in labels):
        return True  # "prénom Luc, nom Besnard"
    if any(name.after[:1] and name.after[0] in COPULA and not _FAMILY.isdisjoint(name.after[:4]) for name in (one, *others)):
        return True  # "Hai, Nguyen is the family one"
    if not any(match.labels & {"last_name"} and not match.labels & {"first_name"} for match in fields.all(read.folded)):
        return False
    return bool(others) or bool(one.before) or any("last_name" in match.labels for match in fields.all(one.after))


def _needed(read: Text) -> int:
    """Return what a name must weigh: more where the message asks."""
    asks = "?" in _TAG.sub("", read.clean)
    return _SURE if asks or lexicon().ask.at(read.folded, 0) is not None else _ENOUGH


def _refuses(read: Text) -> bool:
    return any("refusal" in match.labels for match in lexicon().control.all(read.folded))


def _is_clear(name: Name) -> bool:
    """Tell whether a name counts in spite of a refusal: "Reza. Seyed is a title, you can skip it"."""
    return name.concludes or _is_wished(name) or (name.is_first and name.is_large and not name.before and not name.after)


def is_possible(name: Name) -> bool:
    """Tell whether a name is not just one that is denied, or that tells how another sounds."""
    return not _is_denied(name) and SOUNDS.isdisjoint(name.before[-2:])


def _is_denied(name: Name) -> bool:
    return not _DENIALS.isdisjoint(name.before[-_NEAR:])


def _is_wished(name: Name) -> bool:
    """Tell whether a name is what shall be written; "people write Gudrun" wishes nothing."""
    near = name.before[-_NEAR:]
    return not WRITES.isdisjoint(near + name.after[:1]) and _CALLED.isdisjoint(near)


def _suffices(name: Name) -> bool:
    """Tell whether a name is said to be enough; of a full name at the first step both parts are kept nevertheless."""
    return not _SUFFICES.isdisjoint(name.after[:2])


def _is_only(name: Name) -> bool:
    """Tell whether a name is what will do: "just Amani is fine"."""
    return not _ONLY.isdisjoint(name.before[-1:]) and not _FINE.isdisjoint(name.after[:_REMARK])


def _weight(name: Name, step: Step) -> int:
    """Return how much speaks for a name: what is wished for counts most, what is only mentioned against it."""
    near, nearest = name.before[-_NEAR:], name.before[-2:]
    if _is_denied(name) or not SOUNDS.isdisjoint(nearest):
        return _NEVER
    official = not _OFFICIAL.isdisjoint(name.before) or (not _OFFICIAL.isdisjoint(name.after) and name.after[0] not in _PROPER)
    weight = (
        6 * (_is_wished(name) or _suffices(name) or _is_only(name))
        + 3 * (official + (not _NOW.isdisjoint(name.before)) + name.concludes)
        + 2 * name.announced
        + 5 * name.ends
    )
    weight += 2 * (not _ONLY.isdisjoint(nearest))
    if nearest in _GOES_BY:
        return weight + 3
    if name.before and name.before[-1] in _BEFORE_OTHERS | _OWNERS:
        return weight - 5
    weight += _by_place(name) + _by_owner(name, step)
    if not _CALLED.isdisjoint(name.before + name.after) and _OFFICIAL.isdisjoint(name.before):
        weight -= 2
    former = _FORMER | _BORN if step is Step.LASTNAME else _FORMER
    if not former.isdisjoint(name.before + name.after):
        weight -= 4
    if step is Step.FIRSTNAME and not _KIN.isdisjoint(near):
        weight -= 3
    return weight - _mentioned(name, step)


def _by_place(name: Name) -> int:
    """Return what speaks for a name by where it stands: alone at the beginning, or alone at the end."""
    if name.before and not (name.is_first and name.is_large and _are_small(name.before)):
        return 0
    if name.is_first:
        return 1 + (not name.after or name.after[0] in _FOLLOWING) + (not name.after)
    return int(not name.after and name.is_last)


def _are_small(folded: tuple[str, ...]) -> bool:
    """Tell whether words before a name only lead to it: "of course", "well, ok"."""
    index, control = 0, lexicon().control
    while index < len(folded):
        found = control.at(folded, index)
        if found is None or not found.labels & {"filler", "thinking", "greeting", "yes"}:
            return False
        index = found.end
    return True


def _by_owner(name: Name, step: Step) -> int:
    """Return what speaks for a name that is said to be one's own: "mine is X", "my name is X", "X is my name"."""
    labels = frozenset().union(*(match.labels for match in lexicon().fields.all(name.before) if match.end == len(name.before)))
    introduced = labels & _INTRODUCES
    owned = name.before[-1:] and name.before[-1] in COPULA and not _OWN.isdisjoint(name.before) and _KIN.isdisjoint(name.before)
    follows = len(name.after) > 1 and name.after[0] in COPULA and not _OWN.isdisjoint(name.after[1:3])
    mine = name.before[-1:] and name.before[-1] in _MINE
    return 3 * bool(mine) + 2 * bool(introduced or owned) + 2 * follows + 2 * bool(labels & {_NAMED[step]} and _KIN.isdisjoint(name.before))


def _mentioned(name: Name, step: Step) -> int:
    """Return what speaks against a name of which is told whose or which name it is: "X is my father", "X is a middle name"."""
    if not _PART.isdisjoint(name.before):
        return 4
    if len(name.after) > 1 and name.after[0] in _BEFORE_OTHERS and name.after[1] in _ELSEWHERE:
        return 6  # "I use Kevin at work"
    if not name.after or name.after[0] not in COPULA:
        return 3 if name.before and name.after and name.after[0] in _BEFORE_OTHERS else 0
    told = set(name.after[1:5])
    kin = step is Step.FIRSTNAME and not _KIN.isdisjoint(told)
    return 5 * (kin or not _PART.isdisjoint(told))
