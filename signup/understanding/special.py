"""Rules about what is asked or said beside the plain wishes: tried before all others."""

from signup.models import Step
from signup.understanding.reading import FIRST_NAMES_ASKED, Intent, Topic
from signup.understanding.rules import Rule, does, groups, question

_UNNAMED = frozenset(Step) - FIRST_NAMES_ASKED

SPECIAL: tuple[Rule, ...] = (
    does(Intent.THINKING, "letme seek which_one", at_start=False, most=14, stated=False, bars="why gave"),
    Rule(intent=Intent.UNCLEAR, needs=groups("weather"), most=9, steps=_UNNAMED, bars=frozenset({"account", "noun", "later"})),
    does(Intent.SUMMARY, "what saved", at_start=False, bars="why need anyone safe", most=9),
    question(Topic.WHY, "mail_address instead|enough|without|why", steps=frozenset({Step.USERNAME}), bars="edit right gave go back again"),
    question(Topic.SAFE, "passes_on firms", bars="why i_may", steps=_UNNAMED),
    question(Topic.EMAIL_RULES, "two_people may|trouble|enough|if", steps=frozenset({Step.EMAIL}), asked=False, bars="used sofar before"),
    question(Topic.EMAIL_RULES, "never have noun what|how", steps=frozenset({Step.EMAIL}), bars="anyone ads safe why know gave"),
    question(Topic.SUGGEST, "suggests never|your_turn|for_me|me|one|may", steps=frozenset({Step.USERNAME}), asked=False, bars="why gave"),
    does(Intent.LATER, "finish|resume elsewhere", bars="why what how", most=9),
    does(
        Intent.REFUSAL,
        "i_not noun",
        at_start=False,
        stated=True,
        most=12,
        bars="ads back go know have forget edit right wait think later may gave why how what",
    ),
    question(Topic.DELETE, "erase|quit may|if again|after", steps=frozenset({Step.START}), bars="why field start"),
)
"""In the order in which they are tried."""
