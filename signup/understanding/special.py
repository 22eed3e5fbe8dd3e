"""Rules about what is asked or said beside the plain wishes: tried before all others."""

from signup.models import Step
from signup.understanding.reading import FIRST_NAMES_ASKED, Intent, Topic
from signup.understanding.rules import Rule, does, groups, question

_UNNAMED = frozenset(Step) - FIRST_NAMES_ASKED

SPECIAL: tuple[Rule, ...] = (
    does(Intent.THINKING, "letme|have_to_first|wait seek which_one", at_start=False, most=14, bars="why gave"),
    does(Intent.NO, "never want|tell tell|share_it data", at_start=True, stated=True, bars="why how what"),
    question(Topic.PASSWORD_RULES, "sign need|must_i|must_be", steps=frozenset({Step.PASSWORD}), bars="why anyone tell gave"),
    question(Topic.SAFE, "danger", bars="name_kind"),
    question(Topic.SAFE, "sees|show|anyone|display|hide i_type", asked=False, steps=frozenset({Step.PASSWORD}), bars="have gave sofar"),
    question(Topic.SAFE, "on_screen|hide", steps=frozenset({Step.PASSWORD}), bars="boxes"),
    question(Topic.SAFE, "where stored", bars="may want boxes put_it edit stop", steps=frozenset({Step.PASSWORD}), asked=False),
    question(Topic.SAFE, "where stored noun|data|field", bars="may want boxes put_it edit stop", steps=_UNNAMED),
    question(Topic.FORM, "prefers boxes", asked=False, bars="why"),
    question(Topic.HOW_LONG, "longer", asked=False, bars="sign"),
    question(Topic.HOW_LONG, "enough unit|long", steps=frozenset({Step.START})),
    question(Topic.WHAT, "what may account|registered when|after", steps=frozenset({Step.START}), bars="erase forget"),
    question(Topic.WHAT, "what get_with account", steps=frozenset({Step.START}), bars="why erase may never"),
    question(Topic.VERIFY, "receive code", steps=frozenset({Step.EMAIL}), bars="why boxes"),
    question(Topic.PASSWORD_RULES, "sort_of noun|field", steps=frozenset({Step.PASSWORD}), bars="gave sofar"),
    question(Topic.HELP, "dont_get", asked=False, bars="why", steps=_UNNAMED),
    does(Intent.GO_BACK, "back|go last_question", at_start=False, most=10, bars="why how"),
    does(
        Intent.SUMMARY, "data|what have about_me", at_start=False, bars="why need anyone never registered account use_for benefit", most=10
    ),
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
    question(Topic.DELETE, "erase|quit may|if again|after", steps=frozenset({Step.START}), bars="why start"),
)
"""In the order in which they are tried."""
