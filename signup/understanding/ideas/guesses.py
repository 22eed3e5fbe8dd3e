"""What one or two ideas in a message most likely mean, where no rule and no phrase says more."""

from signup.models import Step
from signup.understanding.ideas.rules import Rule, does, question
from signup.understanding.reading import FIRST_NAMES_ASKED, Intent, Topic

_LATER_ON = frozenset(Step) - {Step.START}
_CHOSEN = frozenset({Step.USERNAME, Step.PASSWORD})
_RULES = {
    Topic.EMAIL_RULES: frozenset({Step.EMAIL}),
    Topic.USERNAME_RULES: frozenset({Step.USERNAME}),
    Topic.PASSWORD_RULES: frozenset({Step.PASSWORD}),
    Topic.NAME_RULES: FIRST_NAMES_ASKED,
}


def _about_rules(needs: str, *, bars: str = "") -> tuple[Rule, ...]:
    return tuple(question(topic, needs, bars=bars, steps=steps) for topic, steps in _RULES.items())


GUESSES: tuple[Rule, ...] = (
    does(Intent.START_OVER, "start|go again|beginning", at_start=False, most=9, bars="why how never account show later"),
    does(Intent.GO_BACK, "go|want|may|letme back", at_start=False, most=12, bars="why what how account later erase"),
    does(Intent.LATER, "later finish|tell|may|letme|noun", most=12, bars="why what how erase ads anyone safe edit account"),
    does(
        Intent.REFUSAL, "never tell noun|anyone|stranger", at_start=False, stated=True, most=14, bars="why how sofar all know ads edit safe"
    ),
    question(Topic.DELETE, "erase", bars="field again display why"),
    question(Topic.SPAM, "ads"),
    question(Topic.SPAM, "ads never|many|receive", asked=False, bars="gave"),
    question(Topic.SPAM, "many|often receive|noun", steps=frozenset({Step.EMAIL, Step.START}), bars="steps cost"),
    question(Topic.SAFE, "nobody|anyone sees|share_it", asked=False, bars="why gave recommended"),
    question(Topic.SAFE, "never share_it", bars="why tell_me"),
    question(Topic.FREE, "cost", bars="safe"),
    question(Topic.FORM, "boxes", bars="why long lasts many how sign"),
    question(Topic.FORM, "boxes want|rather|may|go|letme|receive", asked=False, bars="why never"),
    question(Topic.ACCOUNT_EXISTS, "account before|have", steps=frozenset({Step.START, Step.EMAIL}), asked=False, bars="erase never gave"),
    question(Topic.SUGGEST, "invent|your_turn", steps=_CHOSEN, asked=False, bars="why sign need never know letme anyone"),
    question(Topic.WHY, "why", steps=_LATER_ON, bars="back account"),
    question(Topic.WHAT, "what here|do_here|this_thing", steps=frozenset({Step.START}), asked=False, bars="cost safe need noun"),
    question(Topic.SAFE, "safe", bars="why name_kind"),
    question(Topic.HELP, "help", asked=False, bars="why"),
    question(Topic.SAFE, "if safe", asked=False, bars="name_kind"),
    does(Intent.THINKING, "seek when|me|letme", at_start=False, most=12, stated=True, bars="why how what"),
    does(Intent.THINKING, "think", at_start=None, most=10, stated=True, bars="why how what"),
    does(Intent.THINKING, "wait letme|one|unit|seek|think|later", at_start=False, most=14),
    does(Intent.THINKING, "wait", at_start=False, most=5),
    does(Intent.LATER, "later", most=5, stated=True, bars="why what how erase ads"),
    does(Intent.CANCEL, "stop hassle|all|me|want|never|leaving", at_start=False, most=10, stated=True, bars="why how ads noun"),
    does(Intent.CANCEL, "stop", at_start=False, most=5, stated=True, bars="why how ads noun"),
    does(Intent.NO, "stop", at_start=True, most=5, stated=True, bars="why how ads noun account"),
    *_about_rules("rules"),
    question(Topic.VERIFY, "receive noun|stranger|after|receive|arrives", steps=frozenset({Step.EMAIL}), bars="why"),
    *_about_rules("may kind|name_kind|first_only|noun|edit", bars="why anyone show tell gave"),
    *_about_rules("sign", bars="why anyone show tell gave"),
)
"""In the order in which they are tried."""
