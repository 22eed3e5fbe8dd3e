"""What ideas mean together before any other rule is tried: questions and refusals that hold the words of another meaning as well."""

from signup.models import Step
from signup.understanding.ideas.rules import Rule, does, groups, question
from signup.understanding.reading import FIRST_NAMES_ASKED, Intent, Topic

_SHORT = 6
_LATER_ON = frozenset(Step) - {Step.START}
_UNNAMED = frozenset(Step) - FIRST_NAMES_ASKED
_START = frozenset({Step.START})
_EMAIL = frozenset({Step.EMAIL})
_USERNAME = frozenset({Step.USERNAME})
_PASSWORD = frozenset({Step.PASSWORD})
_OWN_RULES = (
    (Topic.EMAIL_RULES, _EMAIL, "kind"),
    (Topic.USERNAME_RULES, _USERNAME, "sign|language"),
    (Topic.PASSWORD_RULES, _PASSWORD, "sign"),
    (Topic.NAME_RULES, FIRST_NAMES_ASKED, "sign|language|name_kind"),
)


def _in_own_words() -> tuple[Rule, ...]:
    """Return the rules of what a value may hold: "are numbers needed?" asks neither why nor what."""
    rules: list[Rule] = []
    for topic, steps, about in _OWN_RULES:
        rules.append(question(topic, f"{about} need|mandatory|must_be", steps=steps, bars="why anyone gave cost safe letme without"))
        rules.append(question(topic, "sort_of noun|want|need", steps=steps, asked=False, bars="why anyone gave cost safe"))
        rules.append(
            question(
                topic,
                f"{about} may|i_may|trouble|put_it|fits",
                steps=steps,
                bars="why what how anyone gave cost safe edit letme noun seek without",
            )
        )
        rules.append(
            question(topic, f"{about} or {about}", steps=steps, asked=False, bars="why anyone gave cost safe thinking_aloud without")
        )
    return tuple(rules)


SOONER: tuple[Rule, ...] = (
    # what says more than the words that other rules go by
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
    # what is asked or said beside the plain wishes
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
    # refusals and ends
    does(Intent.REFUSAL, "never|i_not want tell data", stated=True, bars="why how what later if"),
    does(Intent.REFUSAL, "rather_not tell|noun|data", at_start=False, stated=True, most=16, bars="why how later edit"),
    does(Intent.REFUSAL, "dont_want noun", at_start=False, stated=True, most=5, bars="why how later edit ads back account anymore"),
    does(Intent.REFUSAL, "dont_want tell noun|data", at_start=False, stated=True, most=9, bars="why how later edit ads back anymore"),
    does(Intent.REFUSAL, "wont_tell", at_start=False, most=8, bars="why how later"),
    does(Intent.REFUSAL, "this_is private", at_start=False, stated=True, most=6, bars="why how what may if sees cost"),
    does(Intent.CANCEL, "discard_all", at_start=False, most=8, bars="why how may again"),
    does(Intent.CANCEL, "never start account", at_start=False, stated=True, most=14, bars="why how what if later when before"),
    does(Intent.CANCEL, "dont_want start", at_start=False, most=8, bars="why how if later again beginning"),
    does(
        Intent.NO,
        "never|i_not want account",
        most=12,
        at_start=True,
        stated=True,
        bars="why how what later if before cost lose erase registered still without made_one maybe but",
    ),
    does(Intent.START_OVER, "all again again", at_start=False, most=5, bars="why how what show tell"),
    does(Intent.START_OVER, "beginning stop|all", at_start=False, most=8, bars="why how what or sign"),
    does(Intent.GO_BACK, "go back steps", at_start=False, most=10, bars="why how what many all account later"),
    does(
        Intent.GO_BACK, "back steps", at_start=False, most=6, stated=True, bars="why how what many all again account later remaining done"
    ),
    does(Intent.LATER, "may|letme finish elsewhere", most=12, bars="why how what erase edit"),
    does(Intent.REFUSAL, "other_place", at_start=False, stated=True, most=10, bars="why how what"),
    does(Intent.REFUSAL, "never name_kind|name_part", at_start=False, stated=True, most=5, bars="why how what if know or without only"),
    does(Intent.REFUSAL, "keep private", at_start=False, stated=True, most=8, bars="why how what if may stranger"),
    does(Intent.REFUSAL, "enough data", at_start=False, stated=True, most=8, bars="why how what if may"),
    does(Intent.GO_BACK, "go one steps", at_start=False, stated=True, most=6, bars="why how what many all again account later"),
    # what was given
    Rule(
        intent=Intent.SUMMARY,
        needs=groups("what i_gave"),
        bars=frozenset({"think", "know", "right", "maybe", "why", "need", "if", "may", "will_ask", "later", "how"}),
        asked=True,
        most=8,
        steps=_LATER_ON,
    ),
    does(Intent.SUMMARY, "what data stranger have", at_start=False, bars="why anyone never need use_for want"),
    does(Intent.SUMMARY, "what noun gave me", at_start=False, most=9, bars="why need how anyone never will_ask if may later for_what"),
    does(
        Intent.SUMMARY, "letme|may seek|sees|show data me", at_start=False, most=9, bars="why anyone never safe stranger erase you_may edit"
    ),
    does(Intent.SUMMARY, "may seek|sees|show all before|have|gave", at_start=False, most=14, bars="why anyone never safe erase edit"),
    does(Intent.SUMMARY, "what gave sofar", at_start=False, most=8, bars="why anyone never need"),
    # agreement
    does(Intent.YES, "why_not start|agree|go|try", most=8, at_start=True, bars="how what cost later"),
    does(Intent.YES, "never know but go|try", most=14, at_start=True, bars="why how cost later when maybe safe"),
    # questions
    question(Topic.DELETE, "drop_account how|may|if|later|after", asked=False, steps=_START | _EMAIL | {Step.LASTNAME}, bars="gave"),
    question(Topic.DELETE, "erase account", steps=_START, bars="gave again why"),
    question(Topic.ACCOUNT_EXISTS, "log_in", asked=False, steps=_START, bars="erase never why cost if"),
    question(Topic.WHAT, "site benefit|for_what|why", steps=_START, bars="safe cost"),
    question(Topic.WHAT, "what benefit for_me|me", asked=False, steps=_START, bars="safe cost account start"),
    question(Topic.NEEDED, "must_i|should_i|will_ask|need personal_detail", asked=False, steps=_START, bars="why safe cost never"),
    question(Topic.WHY, "got_to_do", asked=False, steps=_LATER_ON, bars="sign kind name_kind if or"),
    question(Topic.SAFE, "danger", bars="why"),
    question(Topic.SAFE, "appear", steps=_LATER_ON, bars="why how gave boxes"),
    question(Topic.SAFE, "nobody|others tell|share_it|passes_on stranger|never", bars="why how may i_may gave letme i_not ads"),
    question(Topic.SAFE, "anyone|others sees noun|me|field", bars="how why gave"),
    question(Topic.SAFE, "others|anyone share_it|tell|gets noun|data", bars="why how may i_may gave invent if"),
    question(Topic.SAFE, "data|noun others share_it|tell", asked=False, bars="why how gave i_not"),
    question(Topic.SAFE, "others|anyone seek me", steps=_LATER_ON, bars="why how help assist invent"),
    question(Topic.SAFE, "public_place noun|field|data", steps=_LATER_ON, bars="why how enter"),
    question(Topic.SAFE, "whereto|how|what stored noun|data|field", bars="why gave stop cost"),
    question(Topic.SAFE, "you_may sees tell|put_it|noun", steps=_PASSWORD, bars="why how gave data all display"),
    question(Topic.DELETE, "erase account how|may|if", bars="gave beginning"),
    question(Topic.DELETE, "how erase account", asked=False, bars="gave beginning"),
    question(Topic.DELETE, "erase may if never", bars="gave noun", steps=_START | _EMAIL | {Step.LASTNAME}),
    question(Topic.HOW_LONG, "how_much_longer", asked=False, bars="gave enough"),
    question(Topic.HOW_LONG, "how_fast", asked=False, bars="sign noun receive"),
    question(Topic.HOW_LONG, "enough unit", bars="sign"),
    question(Topic.FREE, "money takes_money", asked=False),
    question(Topic.FREE, "cost or", asked=False, steps=frozenset(Step) - _USERNAME, bars="why sign noun name_kind safe"),
    question(Topic.OTHER, "there_is device"),
    question(Topic.SPAM, "ads without|never|only", asked=False, bars="gave why"),
    question(Topic.WHO, "being or|you_are being", asked=False),
    question(Topic.SPAM, "contact_me stranger|you_may|never", bars="why if when"),
    question(Topic.VERIFY, "code receive|arrives|gets|whereto|you_may", steps=_EMAIL | {Step.LASTNAME}, bars="why ads boxes"),
    question(Topic.VERIFY, "you_may seek field|noun", steps=_EMAIL, bars="why what"),
    question(Topic.VERIFY, "not_got noun|code", asked=False, steps=_EMAIL | _USERNAME, bars="why what"),
    question(Topic.EMAIL_RULES, "kind may|you_may|i_may|must_i|should_i", steps=_EMAIL, bars="why how anyone cost safe edit ads sees"),
    question(Topic.EMAIL_RULES, "kind trouble", asked=False, steps=_EMAIL, bars="without why how anyone cost safe gave never ads"),
    question(Topic.PASSWORD_RULES, "same_as may|i_may|trouble|field", steps=_PASSWORD, bars="why"),
    question(Topic.PASSWORD_RULES, "what must_contain", steps=_PASSWORD, asked=False, bars="why"),
    question(Topic.NAME_RULES, "may|i_may only one|first_only", steps=FIRST_NAMES_ASKED, bars="why anyone edit wants_out instead"),
    question(Topic.EMAIL_RULES, "may shared noun", steps=_EMAIL, bars="why"),
    question(Topic.EMAIL_RULES, "never have noun|kind if|what|may|how", asked=False, steps=_EMAIL, bars="why gave make_one ads"),
    question(Topic.WHAT, "what may|gets when registered", asked=False, steps=_START, bars="why erase forget"),
    question(Topic.WHAT, "what gets account", asked=False, steps=_START, bars="why erase forget cost benefit"),
    question(
        Topic.NEEDED, "what data you_may|will_ask|want|need", asked=False, steps=_START, bars="why have safe do_with gave share_it stored"
    ),
    question(Topic.NEEDED, "stranger need noun|other_contact|document", steps=_START, bars="why what how without cost safe"),
    *_in_own_words(),
    question(Topic.SUGGEST, "find_me", asked=False, steps=_USERNAME, bars="why letme"),
    question(Topic.SUGGEST, "uncreative", asked=False, steps=_USERNAME, bars="why sign"),
    question(Topic.SUGGEST, "your_turn tell|invent noun|one", asked=False, steps=_USERNAME, bars="why sign letme never"),
    question(Topic.SUGGEST, "what|which_one noun|name_part still cost", steps=_USERNAME, bars="why"),
    question(
        Topic.NAME_RULES,
        "which_one noun|tell",
        asked=False,
        steps=FIRST_NAMES_ASKED,
        bars="why need use_for never thinking_aloud know think wait anyone gave",
    ),
    question(Topic.NAME_RULES, "many fits|noun", steps=FIRST_NAMES_ASKED, bars="why anyone"),
    does(Intent.REFUSAL, "never know|need|mandatory noun stranger", at_start=False, stated=True, most=10, bars="why how what if edit"),
    does(Intent.THINKING, "letme sees|seek gave|name_kind", at_start=False, most=14, bars="data all have stranger why"),
    does(
        Intent.THINKING,
        "letme invent",
        at_start=False,
        most=12,
        bars="why what for_me you_may stranger your_turn never rather_not find_me make_one there_is",
    ),
    question(Topic.HELP, "puzzled what put_it|tell|do_now|should_i", asked=False, steps=_LATER_ON, bars="why"),
    question(Topic.HELP, "you_mean never", asked=False, steps=_LATER_ON, bars="why enough not_enough"),
    question(Topic.HELP, "understand never", asked=False, steps=_LATER_ON, bars="why rules sign noun speaks_you language converse if"),
    question(Topic.HELP, "what put_it|tell here", steps=_LATER_ON, bars="why noun sign safe sees you_may gave i_gave if anyone have may"),
    question(
        Topic.HELP,
        "what should_i put_it|tell|do_now",
        asked=False,
        steps=_LATER_ON,
        bars="why noun sign kind name_kind if need forget think thinking_aloud wait which_one",
    ),
    question(Topic.FORM, "boxes letme|need|should_i", asked=False, bars="why how long many safe sign i_not dont_want in_chat never"),
    question(
        Topic.FORM,
        "boxes rather|instead|want|wants_out|show|site",
        asked=False,
        bars="why how long many safe sign need i_not dont_want",
    ),
    does(Intent.UNCLEAR, "exclaim", most=8, bars="noun cost need"),
)
"""In the order in which they are tried."""
