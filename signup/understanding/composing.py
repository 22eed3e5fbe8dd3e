"""What a message is about by the ideas in it, where no known phrase says so: "remind me what I told you already"."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from signup.models import Step
from signup.understanding.lexicon import sections
from signup.understanding.phrases import Phrases
from signup.understanding.reading import FIRST_NAMES_ASKED, Intent, Reading, Topic

UNSURE_OF = 0.5
"""How far a rule is trusted that only says what a question may be about."""
_LONGEST = 40
"""More words tell a story, in which everything occurs."""
_ASKED_WITH = ("why", "what", "how", "may", "you_may")
"""Ideas that make a question of a message that begins with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Ideas that mean something together: one of each group of `needs`, each said by a word of its own, and none of `bars`."""

    intent: Intent
    needs: tuple[frozenset[str], ...]
    bars: frozenset[str] = frozenset()
    topic: Topic | None = None
    asked: bool = False
    """Whether it must be a question."""
    stated: bool = False
    """Whether it must be none."""
    confidence: float = 0.7
    most: int = 20
    """How many words the message may have."""
    steps: frozenset[Step] = field(default_factory=lambda: frozenset(Step))


def _needs(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group.split("|")) for group in text.split())


def _question(topic: Topic, needs: str, *, bars: str = "", asked: bool = True, steps: frozenset[Step] = frozenset(Step)) -> Rule:
    return Rule(intent=Intent.QUESTION, topic=topic, needs=_needs(needs), bars=frozenset(bars.split()), asked=asked, steps=steps)


def _does(intent: Intent, needs: str, *, bars: str = "", most: int = 12, at_start: bool | None = None, stated: bool = False) -> Rule:
    steps = frozenset(Step) if at_start is None else frozenset({Step.START}) if at_start else frozenset(Step) - {Step.START}
    return Rule(intent=intent, needs=_needs(needs), bars=frozenset(bars.split()), most=most, steps=steps, stated=stated)


_NOT_YET = "never why what how later when erase before registered without guest ads cost wait enter forget safe anyone maybe know"
"""Ideas beside which the wish for an account is no agreement yet."""

RULES = (
    _question(Topic.DELETE, "erase account|data|all may|after", bars="again"),
    _does(Intent.SUMMARY, "show data|all|what gave|have", bars="why need anyone"),
    _does(Intent.SUMMARY, "what noun gave me", at_start=False, bars="why need how anyone never will_ask"),
    _does(Intent.SUMMARY, "display data me", bars="why need anyone erase"),
    _does(Intent.SUMMARY, "may show all data", at_start=False, bars="why need anyone erase never safe"),
    _does(Intent.SUMMARY, "data|all|what gave sofar", bars="why need anyone never"),
    _does(Intent.SUMMARY, "data|what have me sofar", bars="why need anyone never registered account"),
    _does(Intent.SUMMARY, "data what have sofar", bars="why need anyone never registered account"),
    _does(Intent.SUMMARY, "have|receive noun right", at_start=False, most=14, bars="why ads"),
    _question(Topic.ACCOUNT_EXISTS, "used before noun", steps=frozenset({Step.START, Step.EMAIL})),
    _question(Topic.NEEDED, "guest", bars="why"),
    _question(Topic.NEEDED, "need account", bars="why what how erase never", steps=frozenset({Step.START})),
    _question(Topic.NEEDED, "mandatory", bars="why what sign cost", steps=frozenset(Step) - {Step.START}),
    _question(Topic.WHY, "why start|account", steps=frozenset({Step.START})),
    _question(Topic.WHY, "benefit account|start", bars="erase needs_me"),
    _question(Topic.SPAM, "ads never|receive|me"),
    _question(Topic.SPAM, "ads never", asked=False),
    _question(Topic.ACCOUNT_EXISTS, "registered before", asked=False, bars="gave"),
    _question(Topic.ACCOUNT_EXISTS, "account before have|me", asked=False, bars="erase"),
    _does(Intent.THINKING, "thinking_aloud which_one", at_start=False, most=10, bars="why may sign kind"),
    _question(Topic.EMAIL_RULES, "may|need kind", steps=frozenset({Step.EMAIL}), bars="why what anyone show gave ads"),
    _question(Topic.NEEDED, "without noun", bars="why erase"),
    _question(Topic.SUGGEST, "invent may|for_me", steps=frozenset({Step.PASSWORD}), bars="why sign anyone"),
    _question(
        Topic.SUGGEST, "invent for_me|strong|me", steps=frozenset({Step.PASSWORD}), bars="why sign anyone need never letme", asked=False
    ),
    _question(Topic.WHY, "why will_ask", steps=frozenset(Step) - {Step.START}),
    _question(Topic.VERIFY, "not_arrived", asked=False, steps=frozenset({Step.EMAIL, Step.USERNAME})),
    _question(Topic.HELP, "press", asked=False, bars="need why"),
    _question(Topic.SAFE, "share_it others|anyone", bars="why how"),
    _question(Topic.SAFE, "hide field|others|anyone", bars="why how cost trouble boxes"),
    _question(Topic.SAFE, "anyone sees", bars="how"),
    _question(Topic.SAFE, "display|published anyone|published", bars="how"),
    _question(Topic.SAFE, "safe why|data|field|stranger|me|how"),
    _question(Topic.SAFE, "what do_with field|data", asked=False, bars="why"),
    _question(Topic.WHY, "why need|use_for|field"),
    _question(Topic.WHY, "what use_for field|data", asked=False),
    _does(Intent.REFUSAL, "blank may|letme|me|field|noun|never|if", at_start=False, most=10, bars="why gave"),
    _question(
        Topic.PASSWORD_RULES, "sign may|need|trouble|many|enough", steps=frozenset({Step.PASSWORD}), bars="anyone tell show letme gave why"
    ),
    _question(Topic.OTHER, "forget if|may|after", steps=frozenset({Step.PASSWORD}), asked=False, bars="why"),
    _question(Topic.OTHER, "lose if", steps=frozenset({Step.EMAIL}), asked=False, bars="why"),
    _question(Topic.WHY, "for_login", steps=frozenset({Step.EMAIL, Step.USERNAME}), bars="may how"),
    _question(Topic.NEEDED, "which_one|what steps", steps=frozenset({Step.START}), bars="site product"),
    _question(Topic.PASSWORD_RULES, "sign or", steps=frozenset({Step.PASSWORD}), asked=False),
    _question(Topic.EMAIL_RULES, "must_be", steps=frozenset({Step.EMAIL}), bars="why confirm"),
    _question(Topic.USERNAME_RULES, "must_be", steps=frozenset({Step.USERNAME}), bars="why"),
    _question(Topic.PASSWORD_RULES, "must_be", steps=frozenset({Step.PASSWORD}), bars="why"),
    _question(Topic.NAME_RULES, "must_be|i_may name_kind", steps=FIRST_NAMES_ASKED, bars="why anyone edit"),
    _question(Topic.ACCOUNT_EXISTS, "forget enter|account", asked=False, steps=frozenset({Step.START}), bars="if may"),
    _question(Topic.DELETE, "quit after", steps=frozenset({Step.START}), bars="again"),
    Rule(
        intent=Intent.QUESTION,
        topic=Topic.NAME_RULES,
        needs=_needs("name_kind"),
        asked=True,
        most=6,
        steps=FIRST_NAMES_ASKED,
        bars=frozenset({"why", "anyone"}),
    ),
    Rule(
        intent=Intent.THINKING,
        needs=_needs("letme invent"),
        bars=frozenset({"why", "what", "you_may", "for_me"}),
        stated=True,
        most=8,
        steps=frozenset({Step.PASSWORD}),
    ),
    _question(Topic.WHAT, "for_what", steps=frozenset({Step.START}), asked=False, bars="noun data"),
    _question(Topic.WHAT, "what site", asked=False, steps=frozenset({Step.START}), bars="safe cost lasts need runs anyone data"),
    _question(Topic.WHY, "know why", asked=False, steps=frozenset({Step.START})),
    _question(Topic.WHO, "converse|talk_to anyone me"),
    _question(Topic.WHO, "you_are being"),
    _question(Topic.FORM, "no_chat", asked=False),
    _question(Topic.FORM, "want|tell|rather boxes", asked=False, steps=frozenset({Step.START}), bars="why never"),
    _question(Topic.ACCOUNT_EXISTS, "made_one still", steps=frozenset({Step.START})),
    _question(Topic.ACCOUNT_EXISTS, "enter instead|how", asked=False, steps=frozenset({Step.START}), bars="erase"),
    _question(Topic.VERIFY, "i_may seek noun", steps=frozenset({Step.EMAIL})),
    _question(Topic.VERIFY, "when arrives receive|noun", steps=frozenset({Step.EMAIL})),
    _question(Topic.PASSWORD_RULES, "long_pw", asked=False, steps=frozenset({Step.PASSWORD})),
    _question(Topic.FREE, "for_nothing", bars="why"),
    _question(Topic.WHAT, "what|how do_here", asked=False, steps=frozenset({Step.START}), bars="safe cost lasts"),
    _question(Topic.WHO, "runs what|which_one|anyone"),
    _question(Topic.HOW_LONG, "done before|when|later|nearly", steps=frozenset({Step.START}), bars="account erase registered"),
    _question(Topic.HOW_LONG, "many|few|only steps", bars="why what sign back go want"),
    _question(Topic.HOW_LONG, "long field|nearly|lasts", steps=frozenset({Step.START, Step.EMAIL}), bars="why what how sign noun enough"),
    _question(Topic.NEEDED, "what need me|stranger", steps=frozenset({Step.START}), asked=False, bars="why account know kind noun sign"),
    _question(Topic.SPAM, "often|fill_up receive|stranger|me", steps=frozenset({Step.EMAIL})),
    _question(Topic.VERIFY, "confirm", bars="why erase"),
    _question(Topic.EMAIL_RULES, "kind or", steps=frozenset({Step.EMAIL})),
    _question(Topic.NAME_RULES, "name_kind or", steps=FIRST_NAMES_ASKED, asked=False, bars="thinking_aloud think"),
    _question(Topic.NAME_RULES, "name_kind|language may|trouble|enough", steps=FIRST_NAMES_ASKED, bars="why anyone tell edit"),
    _question(Topic.ACCOUNT_EXISTS, "used account noun", steps=frozenset({Step.EMAIL}), asked=False, bars="may"),
    _question(Topic.HELP, "talk_to human", asked=False),
    _question(Topic.HELP, "may anyone assist"),
    _question(Topic.HOW_LONG, "enough long"),
    _question(Topic.HELP, "may converse language", bars="why cost"),
    _question(Topic.NEEDED, "what will_ask", asked=False, bars="why how", steps=frozenset({Step.START})),
    _question(
        Topic.ACCOUNT_EXISTS, "made_one before|cant_enter", asked=False, bars="erase gave", steps=frozenset({Step.START, Step.EMAIL})
    ),
    _question(Topic.ACCOUNT_EXISTS, "registered|account forget|before", asked=False, bars="erase never", steps=frozenset({Step.START})),
    _question(Topic.ACCOUNT_EXISTS, "enter account me|may|want", asked=False, bars="erase never before", steps=frozenset({Step.START})),
    _question(Topic.ACCOUNT_EXISTS, "cant_enter", asked=False, steps=frozenset({Step.START})),
    _question(Topic.SPAM, "how|many receive often", bars="steps"),
    _question(Topic.VERIFY, "receive confirm"),
    _question(Topic.EMAIL_RULES, "may|instead other_contact", steps=frozenset({Step.EMAIL}), bars="why safe anyone"),
    _question(Topic.HELP, "how make_one", steps=frozenset({Step.EMAIL}), asked=False, bars="why"),
    _question(Topic.USERNAME_RULES, "sign may|need|trouble|many", steps=frozenset({Step.USERNAME}), bars="anyone tell show letme gave why"),
    _question(Topic.USERNAME_RULES, "may field", steps=frozenset({Step.USERNAME}), bars="what why anyone tell show seek letme back"),
    _question(Topic.WHY, "business", asked=False, bars="not_yours"),
    _question(Topic.USERNAME_RULES, "may edit after", steps=frozenset({Step.USERNAME}), bars="erase"),
    _question(Topic.EMAIL_RULES, "may edit after", steps=frozenset({Step.EMAIL}), bars="erase"),
    _question(Topic.PASSWORD_RULES, "rules", steps=frozenset({Step.PASSWORD})),
    _question(Topic.USERNAME_RULES, "rules", steps=frozenset({Step.USERNAME})),
    _question(Topic.NAME_RULES, "may edit after", steps=FIRST_NAMES_ASKED, bars="erase"),
    _question(Topic.EMAIL_RULES, "or without", steps=frozenset({Step.EMAIL}), bars="why account"),
    _question(Topic.USERNAME_RULES, "or without", steps=frozenset({Step.USERNAME}), bars="why account"),
    _question(Topic.NAME_RULES, "or without", steps=FIRST_NAMES_ASKED, asked=False, bars="why account"),
    _question(Topic.NAME_RULES, "i_may sign", steps=FIRST_NAMES_ASKED, bars="why anyone edit"),
    _question(Topic.NAME_RULES, "sign or need|may", steps=FIRST_NAMES_ASKED, asked=False, bars="tell gave show"),
    Rule(
        intent=Intent.QUESTION,
        topic=Topic.NAME_RULES,
        needs=_needs("sign"),
        asked=True,
        steps=FIRST_NAMES_ASKED,
        most=6,
        confidence=UNSURE_OF,
    ),
    _question(Topic.NAME_RULES, "sign may|need|trouble|why|field|enough", steps=FIRST_NAMES_ASKED, bars="anyone tell show letme gave"),
    _question(Topic.NEEDED, "need what|document start|account|document|data", asked=False, bars="why"),
    _question(Topic.HOW_LONG, "how long lasts"),
    _question(Topic.FREE, "cost account|field|me|need|may"),
    _question(Topic.SPAM, "many receive me|stranger", bars="steps confirm"),
    _question(Topic.VERIFY, "receive confirm|receive me", bars="told"),
    _question(Topic.HOW_LONG, "many steps"),
    _question(Topic.HOW_LONG, "done me|nearly|after", steps=frozenset(Step) - {Step.START}, bars="erase edit gave"),
    _question(Topic.FORM, "there_is boxes"),
    _question(Topic.FORM, "boxes", bars="why long lasts many how"),
    _question(Topic.FORM, "may|instead|rather boxes", asked=False, bars="why"),
    _does(Intent.NO, "thanks but never", most=6, at_start=True),
    _does(Intent.LATER, "after_event", most=8, stated=True, bars="what why may agree"),
    _does(Intent.LATER, "when arrives", most=9, bars="what how why may receive confirm"),
    _does(Intent.LATER, "free_time later|when|after", bars="what how why may anyone"),
    _does(Intent.LATER, "after|when|later|after_event come", bars="what why account may anyone erase if ads"),
    Rule(intent=Intent.QUESTION, topic=Topic.HELP, needs=_needs("lost_me"), bars=frozenset({"why", "what"}), most=7),
    _does(Intent.LATER, "maybe when", bars="what how why account may anyone erase"),
    _does(Intent.YES, "want account", at_start=True, stated=True, bars=f"{_NOT_YET} may"),
    _does(Intent.YES, "want start", most=9, at_start=True, stated=True, bars=_NOT_YET),
    _does(Intent.YES, "start account me|agree|you_may", at_start=True, bars=f"{_NOT_YET} i_may"),
    Rule(
        intent=Intent.QUESTION, topic=Topic.WHAT, needs=_needs("product"), asked=True, steps=frozenset({Step.START}), confidence=UNSURE_OF
    ),
    _question(Topic.HELP, "how me start", steps=frozenset({Step.START}), bars="long cost lasts many need"),
    _does(Intent.YES, "told start|account", most=14, at_start=True, bars="never why what how later erase before may ads cost"),
    _does(Intent.YES, "agree start", most=8, at_start=True, bars="never why what how later erase before may ads cost wait unit"),
    _does(Intent.YES, "agree agree", most=4, at_start=True, bars="never why what how later erase before may ads cost wait unit"),
    _does(Intent.CANCEL, "never want anymore", at_start=False, stated=True, most=9, bars="why what how tell noun ads"),
    _does(Intent.REFUSAL, "never tell", at_start=False, stated=True, most=10, bars="why how anyone sofar all have ads know edit"),
    _does(Intent.REFUSAL, "i_not tell noun", at_start=False, stated=True, most=14, bars="why how sofar all ads know edit"),
    Rule(
        intent=Intent.REFUSAL,
        needs=_needs("only other_contact"),
        bars=frozenset({"why", "at_phone"}),
        most=8,
        steps=frozenset({Step.EMAIL}),
    ),
    _does(Intent.START_OVER, "start again", at_start=False, most=8, bars="why how never data account show"),
    _does(
        Intent.START_OVER,
        "all again may|letme|want|start|agree|field",
        at_start=False,
        most=8,
        bars="why how never data account show tell display",
    ),
    _does(Intent.GO_BACK, "go noun again|back", at_start=False, most=8, bars="why how all erase"),
    _does(Intent.START_OVER, "go|start beginning", at_start=False, bars="why how"),
    _does(Intent.REFUSAL, "nobody gets noun|field", at_start=False, stated=True, most=9, bars="why how"),
    _does(Intent.REFUSAL, "never made_one", at_start=False, stated=True, most=9, bars="why how"),
    _does(Intent.REFUSAL, "wants_out without", at_start=False, stated=True, most=5, bars="why how"),
    _does(Intent.REFUSAL, "no_field", at_start=False, stated=True, most=5, bars="why trouble"),
    _does(Intent.REFUSAL, "anonym me|wants_out", at_start=False, stated=True, most=9, bars="why how"),
    Rule(
        intent=Intent.REFUSAL,
        needs=_needs("never in_chat"),
        bars=frozenset({"why", "how", "trouble"}),
        most=9,
        steps=frozenset({Step.PASSWORD}),
    ),
    _does(Intent.REFUSAL, "next_question", at_start=False, stated=True, most=5, bars="back"),
    _does(Intent.REFUSAL, "keep for_me", at_start=False, stated=True, bars="why what how sofar"),
    _does(Intent.REFUSAL, "never tell noun", at_start=False, stated=True, bars="why what how may anyone sofar all"),
    _does(Intent.LATER, "finish later|when", bars="what how why account may anyone erase"),
    _does(Intent.LATER, "resume later|when", bars="what how why account anyone erase"),
    _does(Intent.LATER, "leaving", bars="what how why may erase", most=14),
    _does(Intent.REFUSAL, "enough first_only", at_start=False, stated=True, most=9),
    _does(Intent.REFUSAL, "never want noun", at_start=False, stated=True, most=8, bars="edit"),
    _does(Intent.REFUSAL, "never have noun", at_start=False, bars="why what how may anyone"),
    _does(Intent.THINKING, "all used", at_start=False, stated=True, most=10, bars="what how why erase have"),
    _does(Intent.THINKING, "letme think", most=9, at_start=False),
    _does(Intent.THINKING, "wait seek|letme|unit", at_start=False),
    _does(Intent.THINKING, "letme seek", most=9, at_start=False, bars="what why i_may"),
    Rule(
        intent=Intent.THINKING,
        needs=_needs("seek"),
        bars=frozenset({"what", "why", "anyone", "i_may", "show", "human"}),
        stated=True,
        most=6,
        steps=frozenset({Step.EMAIL, Step.PASSWORD}),
    ),
    _does(Intent.THINKING, "look_up", most=10, stated=True, bars="what why anyone for_me thanks"),
    _does(Intent.THINKING, "one unit", most=7, at_start=False),
    Rule(
        intent=Intent.THINKING,
        needs=_needs("never know"),
        bars=frozenset({"why", "how", "if", "need", "trouble", "may", "edit", "gave", "have", "invent"}),
        stated=True,
        most=10,
        steps=frozenset(Step) - {Step.START, Step.USERNAME},
    ),
    _does(Intent.THINKING, "never know which_one", at_start=False, bars="why need"),
    _does(Intent.THINKING, "letme one unit", most=14, at_start=False, bars="what why how"),
    _does(Intent.GO_BACK, "go back", most=9, at_start=False, bars="all again"),
    _question(Topic.EMAIL_RULES, "sign only|may|need|trouble|or", steps=frozenset({Step.EMAIL}), bars="how why"),
    _question(
        Topic.EMAIL_RULES, "trouble|enough noun|kind|before|field", steps=frozenset({Step.EMAIL}), bars="why how safe anyone cost ads"
    ),
    Rule(
        intent=Intent.QUESTION,
        topic=Topic.NAME_RULES,
        needs=_needs("or"),
        asked=True,
        most=8,
        steps=FIRST_NAMES_ASKED,
        confidence=UNSURE_OF,
    ),
)
"""In the order in which they are tried: what is special comes first."""


@cache
def concepts() -> Phrases:
    """Return the words of all ideas."""
    text = resources.files("signup.understanding").joinpath("concepts.yaml").read_text(encoding="utf-8")
    return Phrases(dict(sections(text)))


def composed(words: tuple[str, ...], step: Step, *, asks: bool) -> Reading | None:
    """Return what the ideas in a message mean together, or None. `words` are folded."""
    if not 1 < len(words) <= _LONGEST:
        return None
    places: dict[str, set[int]] = {}
    for match in concepts().every(words):
        for label in match.labels:
            places.setdefault(label, set()).add(match.start)
    if words[-1] == "for" and "what" in places and step is not Step.START:
        places.setdefault("why", set()).add(len(words) - 1)  # "what do you need my name for"
    asks = asks or "wants_know" in places or bool({0} & set().union(*(places.get(idea, ()) for idea in _ASKED_WITH)))
    for rule in _possible(places, len(words), step, asks=asks):
        if _are_apart([set().union(*(places.get(idea, ()) for idea in group)) for group in rule.needs]):
            topic = Topic.WHAT if rule.topic is Topic.WHY and step is Step.START and {"field", "benefit"}.isdisjoint(places) else rule.topic
            return Reading(intent=rule.intent, topic=topic, confidence=rule.confidence)
    return None


def _possible(places: dict[str, set[int]], length: int, step: Step, *, asks: bool) -> Iterator[Rule]:
    present = frozenset(places)
    for rule in _rules(step):
        if (
            not any(group.isdisjoint(present) for group in rule.needs)
            and length <= rule.most
            and (asks or not rule.asked)
            and not (asks and rule.stated)
            and rule.bars.isdisjoint(present)
        ):
            yield rule


@cache
def _rules(step: Step) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if step in rule.steps)


def _are_apart(groups: list[set[int]]) -> bool:
    """Tell whether every group can be given a word of its own."""

    def placed(index: int, taken: frozenset[int]) -> bool:
        return index == len(groups) or any(placed(index + 1, taken | {place}) for place in groups[index] - taken)

    return placed(0, frozenset())
