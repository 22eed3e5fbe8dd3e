"""Rules about what ideas mean together that are tried before those of `rules.py`: they say more than the words that those go by."""

from signup.models import Step
from signup.understanding.reading import FIRST_NAMES_ASKED, Intent, Topic
from signup.understanding.rules import Rule, does, groups, question

_SHORT = 6
_LATER_ON = frozenset(Step) - {Step.START}

FIRSTS: tuple[Rule, ...] = (
    question(Topic.WHY, "to_do_with", bars="sofar", steps=_LATER_ON),
    does(Intent.GO_BACK, "go back", at_start=False, most=9, bars="all again account why later erase cost"),
    does(Intent.START_OVER, "beginning stop|throw_away|erase", at_start=False, most=9, bars="why how may account"),
    question(Topic.FREE, "cost or", asked=False, bars="why safe", steps=FIRST_NAMES_ASKED),
    question(Topic.SPAM, "phone_me", bars="why"),
    question(Topic.SAFE, "where_goes kept_there noun|data|field", bars="why put_it write_in stop quit i_not", steps=FIRST_NAMES_ASKED),
    does(Intent.GO_BACK, "redo_it back", at_start=False, most=9, bars="why account all how"),
    does(Intent.CANCEL, "stop done", at_start=False, most=8, stated=True, bars="why how when after"),
    does(Intent.CANCEL, "want quit|stop", at_start=False, most=7, stated=True, bars="why how noun ads when after if data"),
    does(Intent.SUMMARY, "what did_i_tell", at_start=False, most=12, bars="why never trouble unwritten anyone how"),
    does(Intent.REFUSAL, "keeps_name", at_start=False, most=9, stated=True, bars="why how"),
    question(Topic.OTHER, "happens_next", bars="why if account", steps=FIRST_NAMES_ASKED),
    question(Topic.NEEDED, "zaroori", asked=False, bars="why sign name_kind name_part", steps=FIRST_NAMES_ASKED),
    question(Topic.SAFE, "you_do data", bars="why", steps=FIRST_NAMES_ASKED),
    Rule(
        intent=Intent.REFUSAL,
        needs=groups("only|will_do first_only"),
        bars=frozenset({"why", "how", "or", "may"}),
        stated=True,
        most=_SHORT,
        steps=frozenset({Step.LASTNAME}),
    ),
    does(Intent.REFUSAL, "leave_it empty_space", at_start=False, bars="why back"),
    question(Topic.SAFE, "anyone sees noun|data", bars="how mandatory"),
    question(Topic.SAFE, "public_on_page noun|field", bars="how why gave", steps=FIRST_NAMES_ASKED),
    question(Topic.NAME_RULES, "or without", bars="why account", steps=FIRST_NAMES_ASKED),
    question(Topic.NAME_RULES, "may|or|which_one language write_in", bars="why you_may speaks_you", steps=FIRST_NAMES_ASKED),
    Rule(
        intent=Intent.QUESTION,
        topic=Topic.NEEDED,
        needs=groups("must_i"),
        bars=frozenset({"name_kind", "name_part", "why", "what", "sign", "confirm", "cost", "seek", "papers"}),
        asked=True,
        most=_SHORT - 1,
        steps=FIRST_NAMES_ASKED,
    ),
    does(Intent.CANCEL, "never be_registered account", at_start=False, stated=True, most=14, bars="why how may have before if"),
    does(Intent.CANCEL, "interested no_longer", at_start=False, stated=True, bars="why how may if"),
    does(
        Intent.CANCEL,
        "throw_away everything_so_far",
        at_start=False,
        most=8,
        bars="may if after why how anyone you_may account start again beginning",
    ),
    does(Intent.SUMMARY, "show all|data|everything_so_far have|gave|i_entered", at_start=False, bars="why anyone never how"),
    does(Intent.SUMMARY, "show i_entered", at_start=False, most=10, bars="why anyone never how papers"),
    does(Intent.SUMMARY, "what i_entered sofar|everything_so_far", at_start=False, bars="why anyone never how erase throw_away"),
    does(Intent.THINKING, "have_to_first see_how_written", at_start=False, most=14, bars="why anyone"),
    does(Intent.THINKING, "have_to_first look_at_papers papers", at_start=False, stated=True, most=14, bars="why anyone safe"),
    does(Intent.THINKING, "thinking_aloud never know", at_start=False, most=14, bars="why may trouble anyone back"),
    Rule(
        intent=Intent.REFUSAL,
        needs=groups("secret_mine"),
        bars=frozenset({"why", "anyone", "may", "if", "sees", "need", "how", "be_registered"}),
        stated=True,
        most=_SHORT,
        steps=FIRST_NAMES_ASKED,
    ),
)
"""In the order in which they are tried."""
