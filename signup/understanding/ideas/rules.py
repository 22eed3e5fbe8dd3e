"""Which ideas in a message mean what: the rules that `composing.py` tries one after the other."""

from dataclasses import dataclass, field

from signup.models import Step
from signup.understanding.reading import FIRST_NAMES_ASKED, Intent, Topic

UNSURE_OF = 0.5
"""How far a rule is trusted that only says what a question may be about."""


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


def groups(text: str) -> tuple[frozenset[str], ...]:
    """Return groups of ideas: those between spaces must all be there, those between bars stand for each other."""
    return tuple(frozenset(group.split("|")) for group in text.split())


def question(topic: Topic, needs: str, *, bars: str = "", asked: bool = True, steps: frozenset[Step] = frozenset(Step)) -> Rule:
    """Return the rule of a question; `asked` where only its words or its mark make it one."""
    return Rule(intent=Intent.QUESTION, topic=topic, needs=groups(needs), bars=frozenset(bars.split()), asked=asked, steps=steps)


def does(intent: Intent, needs: str, *, bars: str = "", most: int = 12, at_start: bool | None = None, stated: bool = False) -> Rule:
    """Return the rule of anything else that people do; `at_start` says whether it holds only there, or only later."""
    steps = frozenset(Step) if at_start is None else frozenset({Step.START}) if at_start else frozenset(Step) - {Step.START}
    return Rule(intent=intent, needs=groups(needs), bars=frozenset(bars.split()), most=most, steps=steps, stated=stated)


_NOT_YET = "everybody never why what how later when erase before registered without guest ads cost wait enter forget safe anyone maybe know"
"""Ideas beside which the wish for an account is no agreement yet."""

RULES = (
    question(Topic.DELETE, "erase account|data|all may|after|if", bars="again"),
    Rule(
        intent=Intent.REFUSAL,
        needs=groups("only boxes"),
        bars=frozenset({"why", "how", "may"}),
        stated=True,
        steps=frozenset({Step.PASSWORD}),
    ),
    Rule(
        intent=Intent.REFUSAL,
        needs=groups("never in_chat tell|noun"),
        bars=frozenset({"why", "how"}),
        stated=True,
        steps=frozenset({Step.PASSWORD}),
    ),
    question(Topic.WHY, "for_what use_for|stranger|field", asked=False, bars="if", steps=frozenset(Step) - {Step.START}),
    Rule(
        intent=Intent.QUESTION,
        topic=Topic.ACCOUNT_EXISTS,
        needs=groups("have before"),
        bars=frozenset({"erase", "never", "gave", "noun", "cost", "product", "free_time", "wait", "how"}),
        most=7,
        steps=frozenset({Step.START}),
    ),
    question(Topic.NEEDED, "without noun may", bars="why erase", asked=False),
    question(Topic.SPAM, "often receive|noun", bars="why"),
    question(Topic.HOW_LONG, "many|long still|remaining", asked=False, bars="account registered before why think never"),
    does(Intent.THINKING, "ask_first", at_start=False, stated=True, most=20, bars="why"),
    Rule(
        intent=Intent.REFUSAL,
        needs=groups("noun never"),
        bars=frozenset({"why", "know", "right", "edit", "have"}),
        stated=True,
        most=5,
        steps=frozenset({Step.PASSWORD}),
    ),
    does(
        Intent.YES,
        "agree tell",
        at_start=False,
        stated=True,
        most=6,
        bars="never why what how later may edit noun any invent your_turn letme",
    ),
    question(Topic.USERNAME_RULES, "if|what used", asked=False, steps=frozenset({Step.USERNAME}), bars="gave may"),
    does(Intent.THINKING, "letme seek", most=14, at_start=False, bars="what why i_may back anyone which_one"),
    does(
        Intent.THINKING, "me|letme first_of_all sees|seek|think|know|converse", at_start=True, stated=True, bars="agree why how what cost"
    ),
    does(Intent.LATER, "only looking", at_start=True, stated=True, most=9, bars="never thanks"),
    question(Topic.HELP, "speaks_you language", asked=False, bars="agree"),
    question(Topic.ACCOUNT_EXISTS, "enter want|letme|need", asked=False, steps=frozenset({Step.START}), bars="erase never boxes start"),
    question(Topic.WHAT, "explain what|first_of_all", asked=False, steps=frozenset({Step.START}), bars="noun why"),
    question(Topic.EMAIL_RULES, "instead other_contact", asked=False, steps=frozenset({Step.EMAIL}), bars="why safe anyone never"),
    question(Topic.DELETE, "erase may after", bars="field again", steps=frozenset({Step.START, Step.EMAIL})),
    question(Topic.WHAT, "what may account when|after", bars="erase forget"),
    does(Intent.REFUSAL, "business never", at_start=False, stated=True, bars="why how"),
    question(Topic.SAFE, "sees stranger|you_may", steps=frozenset({Step.PASSWORD}), bars="what display gave data all"),
    question(Topic.PASSWORD_RULES, "may edit after", steps=frozenset({Step.PASSWORD}), bars="erase"),
    question(Topic.FORM, "boxes", bars="why long lasts many how safe sign need"),
    question(Topic.HELP, "not_good_at", asked=False, bars="why account start invent"),
    question(Topic.HELP, "you_may assist", bars="why account start agree sign practise"),
    question(Topic.HELP, "lost_me", asked=False, bars="why"),
    does(Intent.SUMMARY, "show me all", at_start=False, bars="why need anyone erase safe rules never field noun"),
    does(Intent.SUMMARY, "i_may show all", at_start=False, most=7, bars="why need anyone erase safe rules never noun"),
    does(Intent.SUMMARY, "right gave", at_start=False, bars="why need anyone rules if never"),
    does(Intent.REFUSAL, "forbids", at_start=False, stated=True, most=14, bars="why how"),
    does(Intent.REFUSAL, "reluctant tell", at_start=False, stated=True, most=9, bars="why how"),
    question(Topic.EMAIL_RULES, "work_mail or|which_one", steps=frozenset({Step.EMAIL}), bars="why without"),
    question(Topic.EMAIL_RULES, "work_mail or noun", steps=frozenset({Step.START}), bars="why without"),
    does(Intent.YES, "want practise", at_start=True, stated=True, bars=_NOT_YET),
    question(Topic.HOW_LONG, "remaining", asked=False, bars="gave have"),
    question(Topic.PASSWORD_RULES, "not_enough", asked=False, steps=frozenset({Step.PASSWORD})),
    question(Topic.WHY, "why need|use_for field|noun|stranger"),
    question(Topic.WHY, "what noun use_for|for_end", bars="if", steps=frozenset(Step) - {Step.START}),
    question(Topic.FREE, "cost there_is|after|any"),
    question(Topic.FREE, "cost what know|tell|letme", asked=False, bars="safe"),
    does(Intent.LATER, "may|letme finish later", bars="why what how erase edit again account safe ads enter"),
    does(Intent.REFUSAL, "i_may never tell|want noun", at_start=False, bars="why what how anyone"),
    does(Intent.UNCLEAR, "not_for_you", at_start=False, most=20),
    does(Intent.SUMMARY, "what have sofar stranger", bars="why need anyone never registered account"),
    question(Topic.NAME_RULES, "instead noun|field|first_only", bars="never blank only", steps=FIRST_NAMES_ASKED),
    does(Intent.SUMMARY, "show data|all|what gave|have", bars="why need anyone"),
    does(Intent.SUMMARY, "what noun gave me", at_start=False, bars="why need how anyone never will_ask"),
    does(Intent.SUMMARY, "display data me", bars="why need anyone erase"),
    does(Intent.SUMMARY, "may show all data", at_start=False, bars="why need anyone erase never safe"),
    does(Intent.SUMMARY, "data|all|what gave sofar", bars="why need anyone never"),
    does(Intent.SUMMARY, "data|what have me sofar", bars="why need anyone never registered account use_for benefit"),
    does(Intent.SUMMARY, "data what have sofar", bars="why need anyone never registered account"),
    does(Intent.SUMMARY, "have|receive noun right", at_start=False, most=14, bars="why ads trouble unwritten"),
    question(Topic.ACCOUNT_EXISTS, "used before noun", steps=frozenset({Step.START, Step.EMAIL})),
    question(Topic.NEEDED, "guest", bars="why"),
    question(Topic.NEEDED, "need account", bars="why what how erase never", steps=frozenset({Step.START})),
    question(Topic.NEEDED, "mandatory", bars="why what sign cost", steps=frozenset(Step) - {Step.START}),
    question(Topic.WHY, "why start|account", steps=frozenset({Step.START})),
    question(Topic.WHY, "benefit account|start", bars="erase needs_me"),
    question(Topic.SPAM, "ads never|receive|me"),
    question(Topic.SPAM, "ads never", asked=False),
    question(Topic.ACCOUNT_EXISTS, "registered before", asked=False, bars="gave"),
    question(Topic.ACCOUNT_EXISTS, "account before have|me", asked=False, bars="erase"),
    does(Intent.THINKING, "thinking_aloud which_one", at_start=False, most=10, bars="why may sign kind"),
    question(Topic.EMAIL_RULES, "may|need kind", steps=frozenset({Step.EMAIL}), bars="why what anyone show gave ads"),
    question(Topic.NEEDED, "without noun", bars="why erase"),
    question(Topic.SUGGEST, "invent may|for_me", steps=frozenset({Step.PASSWORD}), bars="why sign anyone"),
    question(
        Topic.SUGGEST, "invent for_me|strong|me", steps=frozenset({Step.PASSWORD}), bars="why sign anyone need never letme", asked=False
    ),
    question(Topic.WHY, "why will_ask", steps=frozenset(Step) - {Step.START}),
    question(Topic.VERIFY, "not_arrived", asked=False, bars="think", steps=frozenset({Step.EMAIL, Step.USERNAME})),
    question(Topic.HELP, "press", asked=False, bars="need why"),
    question(Topic.SAFE, "share_it others|anyone", bars="why how"),
    question(Topic.SAFE, "hide field|others|anyone", bars="why how cost trouble boxes"),
    question(Topic.SAFE, "anyone sees", bars="how"),
    question(Topic.SAFE, "display|published anyone|published", bars="how"),
    question(Topic.SAFE, "safe why|data|field|stranger|me|how"),
    question(Topic.SAFE, "what do_with field|data", asked=False, bars="why"),
    question(Topic.WHY, "why need|use_for|field"),
    question(Topic.WHY, "what use_for field|data", asked=False),
    does(Intent.REFUSAL, "blank may|letme|me|field|noun|never|if", at_start=False, most=10, bars="why gave"),
    question(
        Topic.PASSWORD_RULES, "sign may|need|trouble|many|enough", steps=frozenset({Step.PASSWORD}), bars="anyone tell show letme gave why"
    ),
    question(Topic.OTHER, "forget if|may|after", steps=frozenset({Step.PASSWORD}), asked=False, bars="why"),
    question(Topic.OTHER, "lose if", steps=frozenset({Step.EMAIL}), asked=False, bars="why"),
    question(Topic.WHY, "for_login", steps=frozenset({Step.EMAIL, Step.USERNAME}), bars="may how"),
    question(Topic.NEEDED, "which_one|what steps", steps=frozenset({Step.START}), bars="site product"),
    question(Topic.PASSWORD_RULES, "sign or", steps=frozenset({Step.PASSWORD}), asked=False),
    question(Topic.EMAIL_RULES, "must_be", steps=frozenset({Step.EMAIL}), bars="why confirm"),
    question(Topic.USERNAME_RULES, "must_be", steps=frozenset({Step.USERNAME}), bars="why"),
    question(Topic.PASSWORD_RULES, "must_be", steps=frozenset({Step.PASSWORD}), bars="why"),
    question(Topic.NAME_RULES, "must_be|i_may name_kind", steps=FIRST_NAMES_ASKED, bars="why anyone edit"),
    question(
        Topic.NAME_RULES,
        "name_part put_it|also_that|need|must_be|i_may|may|or|without|trouble|which_one",
        steps=FIRST_NAMES_ASKED,
        bars="why anyone edit show safe mandatory erase account",
    ),
    question(Topic.ACCOUNT_EXISTS, "forget enter|account", asked=False, steps=frozenset({Step.START}), bars="if may dropped"),
    question(Topic.DELETE, "quit after", steps=frozenset({Step.START}), bars="again"),
    Rule(
        intent=Intent.QUESTION,
        topic=Topic.NAME_RULES,
        needs=groups("name_kind"),
        asked=True,
        most=6,
        steps=FIRST_NAMES_ASKED,
        bars=frozenset({"why", "anyone"}),
    ),
    Rule(
        intent=Intent.THINKING,
        needs=groups("letme invent"),
        bars=frozenset({"why", "what", "you_may", "for_me"}),
        stated=True,
        most=11,
        steps=frozenset({Step.PASSWORD}),
    ),
    question(Topic.WHAT, "for_what", steps=frozenset({Step.START}), asked=False, bars="noun data"),
    question(
        Topic.WHAT,
        "what|why this_thing",
        asked=False,
        steps=frozenset({Step.START}),
        bars="safe cost lasts need runs anyone data noun account",
    ),
    question(Topic.WHAT, "what site", asked=False, steps=frozenset({Step.START}), bars="safe cost lasts need runs anyone data"),
    question(Topic.WHY, "know why", asked=False, steps=frozenset({Step.START})),
    question(Topic.WHO, "converse|talk_to anyone me"),
    question(Topic.WHO, "you_are being"),
    question(Topic.FORM, "no_chat", asked=False),
    question(Topic.FORM, "want|tell|rather boxes", asked=False, steps=frozenset({Step.START}), bars="why never"),
    question(Topic.ACCOUNT_EXISTS, "made_one still", steps=frozenset({Step.START})),
    question(Topic.ACCOUNT_EXISTS, "enter instead|how", asked=False, steps=frozenset({Step.START}), bars="erase"),
    question(Topic.VERIFY, "i_may seek noun", steps=frozenset({Step.EMAIL})),
    question(Topic.VERIFY, "when arrives receive|noun", steps=frozenset({Step.EMAIL})),
    question(Topic.PASSWORD_RULES, "long_pw", asked=False, steps=frozenset({Step.PASSWORD})),
    question(Topic.FREE, "for_nothing", bars="why"),
    question(Topic.WHAT, "what|how do_here", asked=False, steps=frozenset({Step.START}), bars="safe cost lasts"),
    question(Topic.WHO, "runs what|which_one|anyone"),
    question(Topic.HOW_LONG, "done before|when|later|nearly", steps=frozenset({Step.START}), bars="account erase registered quit"),
    question(Topic.HOW_LONG, "many|few|only steps", bars="why what sign back go want"),
    question(Topic.HOW_LONG, "long field|nearly|lasts", steps=frozenset({Step.START, Step.EMAIL}), bars="why what how sign noun enough"),
    question(Topic.NEEDED, "what need me|stranger", steps=frozenset({Step.START}), asked=False, bars="why account know kind noun sign"),
    question(Topic.SPAM, "often|fill_up receive|stranger|me", steps=frozenset({Step.EMAIL})),
    question(Topic.VERIFY, "confirm", bars="why erase"),
    question(Topic.EMAIL_RULES, "kind or", steps=frozenset({Step.EMAIL})),
    question(Topic.NAME_RULES, "name_kind or", steps=FIRST_NAMES_ASKED, asked=False, bars="thinking_aloud think"),
    question(Topic.NAME_RULES, "name_kind|language may|trouble|enough", steps=FIRST_NAMES_ASKED, bars="why anyone tell edit"),
    question(Topic.ACCOUNT_EXISTS, "used account noun", steps=frozenset({Step.EMAIL}), asked=False, bars="may"),
    question(Topic.HELP, "talk_to human", asked=False),
    question(Topic.HELP, "may anyone assist"),
    question(Topic.HOW_LONG, "enough long"),
    question(Topic.HELP, "may converse language", bars="why cost"),
    question(Topic.NEEDED, "what will_ask", asked=False, bars="why how", steps=frozenset({Step.START})),
    question(Topic.ACCOUNT_EXISTS, "made_one before|cant_enter", asked=False, bars="erase gave", steps=frozenset({Step.START, Step.EMAIL})),
    question(
        Topic.ACCOUNT_EXISTS, "registered|account forget|before", asked=False, bars="erase never dropped", steps=frozenset({Step.START})
    ),
    question(Topic.ACCOUNT_EXISTS, "enter account me|may|want", asked=False, bars="erase never before", steps=frozenset({Step.START})),
    question(Topic.ACCOUNT_EXISTS, "cant_enter", asked=False, steps=frozenset({Step.START})),
    question(Topic.SPAM, "how|many receive often", bars="steps"),
    question(Topic.VERIFY, "receive confirm"),
    question(Topic.EMAIL_RULES, "may|instead other_contact", steps=frozenset({Step.EMAIL}), bars="why safe anyone"),
    question(Topic.HELP, "how make_one", steps=frozenset({Step.EMAIL}), asked=False, bars="why"),
    question(Topic.USERNAME_RULES, "sign may|need|trouble|many", steps=frozenset({Step.USERNAME}), bars="anyone tell show letme gave why"),
    question(Topic.USERNAME_RULES, "may field", steps=frozenset({Step.USERNAME}), bars="what why anyone tell show seek letme back"),
    question(Topic.WHY, "business", asked=False, bars="not_yours"),
    question(Topic.USERNAME_RULES, "may edit after", steps=frozenset({Step.USERNAME}), bars="erase"),
    question(Topic.EMAIL_RULES, "may edit after", steps=frozenset({Step.EMAIL}), bars="erase"),
    question(Topic.PASSWORD_RULES, "rules", steps=frozenset({Step.PASSWORD})),
    question(Topic.USERNAME_RULES, "rules", steps=frozenset({Step.USERNAME})),
    question(Topic.NAME_RULES, "may edit after", steps=FIRST_NAMES_ASKED, bars="erase"),
    question(Topic.EMAIL_RULES, "or without", steps=frozenset({Step.EMAIL}), bars="why account"),
    question(Topic.USERNAME_RULES, "or without", steps=frozenset({Step.USERNAME}), bars="why account"),
    question(Topic.NAME_RULES, "or without", steps=FIRST_NAMES_ASKED, asked=False, bars="why account"),
    question(Topic.NAME_RULES, "i_may sign", steps=FIRST_NAMES_ASKED, bars="why anyone edit"),
    question(Topic.NAME_RULES, "sign or need|may", steps=FIRST_NAMES_ASKED, asked=False, bars="tell gave show"),
    Rule(
        intent=Intent.QUESTION,
        topic=Topic.NAME_RULES,
        needs=groups("sign"),
        asked=True,
        steps=FIRST_NAMES_ASKED,
        most=6,
        confidence=UNSURE_OF,
    ),
    question(Topic.NAME_RULES, "sign may|need|trouble|why|field|enough", steps=FIRST_NAMES_ASKED, bars="anyone tell show letme gave"),
    question(Topic.NEEDED, "need what|document start|account|document|data", asked=False, bars="why"),
    question(Topic.HOW_LONG, "how long lasts"),
    question(Topic.FREE, "cost account|field|me|need|may"),
    question(Topic.SPAM, "many receive me|stranger", bars="steps confirm"),
    question(Topic.VERIFY, "receive confirm|receive me", bars="told"),
    question(Topic.HOW_LONG, "many steps"),
    question(Topic.HOW_LONG, "done me|nearly|after", steps=frozenset(Step) - {Step.START}, bars="erase edit gave"),
    question(Topic.FORM, "there_is boxes"),
    question(Topic.FORM, "boxes", bars="why long lasts many how"),
    question(Topic.FORM, "may|instead|rather boxes", asked=False, bars="why"),
    does(Intent.NO, "thanks but never", most=6, at_start=True),
    does(Intent.LATER, "after_event", most=8, stated=True, bars="what why may agree"),
    does(Intent.LATER, "when arrives", most=9, bars="what how why may receive confirm"),
    does(Intent.LATER, "free_time later|when|after", bars="what how why may anyone"),
    does(Intent.LATER, "after|when|later|after_event come", bars="what why account may anyone erase if ads"),
    Rule(intent=Intent.QUESTION, topic=Topic.HELP, needs=groups("lost_me"), bars=frozenset({"why", "what"}), most=7),
    does(Intent.LATER, "maybe when", bars="what how why account may anyone erase"),
    does(Intent.YES, "i_may start", most=6, at_start=True, bars=_NOT_YET),
    does(Intent.YES, "want account", at_start=True, stated=True, bars=f"{_NOT_YET} may"),
    does(Intent.YES, "want start", most=9, at_start=True, stated=True, bars=_NOT_YET),
    does(Intent.YES, "start account me|agree|you_may", at_start=True, bars=f"{_NOT_YET} i_may"),
    Rule(
        intent=Intent.QUESTION, topic=Topic.WHAT, needs=groups("product"), asked=True, steps=frozenset({Step.START}), confidence=UNSURE_OF
    ),
    question(Topic.HELP, "how me start", steps=frozenset({Step.START}), bars="long cost lasts many need"),
    does(Intent.YES, "told start|account", most=14, at_start=True, bars="never why what how later erase before may ads cost everybody"),
    does(Intent.YES, "agree start", most=8, at_start=True, bars="never why what how later erase before may ads cost everybody wait unit"),
    does(Intent.YES, "agree agree", most=4, at_start=True, bars="never why what how later erase before may ads cost everybody wait unit"),
    does(Intent.CANCEL, "never want anymore", at_start=False, stated=True, most=9, bars="why what how tell noun ads"),
    does(
        Intent.REFUSAL,
        "never tell",
        at_start=False,
        stated=True,
        most=10,
        bars="why how anyone sofar all have ads know edit later lost_me wait",
    ),
    does(Intent.REFUSAL, "i_not tell noun", at_start=False, stated=True, most=14, bars="why how sofar all ads know edit later"),
    Rule(
        intent=Intent.REFUSAL,
        needs=groups("only other_contact"),
        bars=frozenset({"why", "at_phone"}),
        most=8,
        steps=frozenset({Step.EMAIL}),
    ),
    does(Intent.START_OVER, "start again", at_start=False, most=8, bars="why how never data account show"),
    does(
        Intent.START_OVER,
        "all again may|letme|want|start|agree|field",
        at_start=False,
        most=8,
        bars="why how never data account show tell display",
    ),
    does(Intent.GO_BACK, "go noun again|back", at_start=False, most=8, bars="why how all erase"),
    does(Intent.START_OVER, "go|start beginning", at_start=False, bars="why how"),
    does(Intent.REFUSAL, "nobody gets noun|field", at_start=False, stated=True, most=9, bars="why how"),
    does(Intent.REFUSAL, "never made_one", at_start=False, stated=True, most=9, bars="why how"),
    does(Intent.REFUSAL, "wants_out without", at_start=False, stated=True, most=5, bars="why how"),
    does(Intent.REFUSAL, "no_field", at_start=False, stated=True, most=5, bars="why trouble"),
    does(Intent.REFUSAL, "anonym me|wants_out", at_start=False, stated=True, most=9, bars="why how"),
    Rule(
        intent=Intent.REFUSAL,
        needs=groups("never in_chat"),
        bars=frozenset({"why", "how", "trouble"}),
        most=9,
        steps=frozenset({Step.PASSWORD}),
    ),
    does(Intent.REFUSAL, "next_question", at_start=False, stated=True, most=5, bars="back"),
    does(Intent.REFUSAL, "keep for_me", at_start=False, stated=True, bars="why what how sofar"),
    does(Intent.REFUSAL, "never tell noun", at_start=False, stated=True, bars="why what how may anyone sofar all later"),
    does(Intent.LATER, "finish later|when", bars="what how why account may anyone erase"),
    does(Intent.LATER, "resume later|when", bars="what how why account anyone erase"),
    does(Intent.LATER, "leaving", bars="what how why may erase", most=14),
    does(Intent.REFUSAL, "enough first_only", at_start=False, stated=True, most=9),
    does(Intent.REFUSAL, "never want noun", at_start=False, stated=True, most=8, bars="edit back"),
    does(Intent.REFUSAL, "never have noun", at_start=False, bars="why what how may anyone"),
    does(Intent.GO_BACK, "go back", most=9, at_start=False, bars="all again account"),
    does(Intent.THINKING, "all used", at_start=False, stated=True, most=10, bars="what how why erase have"),
    does(Intent.THINKING, "letme think", most=9, at_start=False),
    does(Intent.THINKING, "wait seek|letme|unit", at_start=False),
    does(Intent.THINKING, "letme seek", most=9, at_start=False, bars="what why i_may"),
    Rule(
        intent=Intent.THINKING,
        needs=groups("seek"),
        bars=frozenset({"what", "why", "anyone", "i_may", "show", "human"}),
        stated=True,
        most=6,
        steps=frozenset({Step.EMAIL, Step.PASSWORD}),
    ),
    does(Intent.THINKING, "look_up", most=10, stated=True, bars="what why anyone for_me thanks"),
    does(Intent.THINKING, "one unit", most=7, at_start=False),
    Rule(
        intent=Intent.THINKING,
        needs=groups("never know"),
        bars=frozenset({"why", "how", "if", "need", "trouble", "may", "edit", "gave", "have", "invent"}),
        stated=True,
        most=10,
        steps=frozenset(Step) - {Step.START, Step.USERNAME},
    ),
    does(Intent.THINKING, "never know which_one", at_start=False, bars="why need"),
    does(Intent.THINKING, "letme one unit", most=14, at_start=False, bars="what why how"),
    does(Intent.GO_BACK, "go back", most=9, at_start=False, bars="all again"),
    question(Topic.EMAIL_RULES, "sign only|may|need|trouble|or", steps=frozenset({Step.EMAIL}), bars="how why"),
    question(
        Topic.EMAIL_RULES, "trouble|enough noun|kind|before|field", steps=frozenset({Step.EMAIL}), bars="why how safe anyone cost ads"
    ),
    Rule(
        intent=Intent.QUESTION,
        topic=Topic.NAME_RULES,
        needs=groups("or"),
        asked=True,
        most=8,
        steps=FIRST_NAMES_ASKED,
        confidence=UNSURE_OF,
    ),
)
"""In the order in which they are tried: what is special comes first."""
