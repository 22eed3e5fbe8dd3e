"""Slips in the choice and number of words: prepositions, "more better", "informations", "there is many"."""

import re
from typing import Final

from llm.examiner.slip_rules import END, NUMBER, START, Rule, any_of, rules

_words = str.split

_UNCOUNTED = {
    "informations": "information", "advices": "advice", "furnitures": "furniture", "homeworks": "homework", "equipments": "equipment",
    "knowledges": "knowledge", "luggages": "luggage", "baggages": "baggage", "softwares": "software", "musics": "music",
    "traffics": "traffic",
}  # fmt: skip
_COMPARED = any_of(
    _words(
        """better worse easier cheaper bigger smaller faster slower older younger happier nicer taller stronger cleaner safer healthier
        higher lower hotter colder closer busier richer poorer longer shorter harder prettier quieter louder warmer"""
    )
)
_SUPERLATIVE = any_of(
    _words("easiest biggest cheapest best fastest oldest happiest worst hardest nicest tallest youngest smallest highest prettiest richest")
)
_SIMPLE = {
    "easy": "easier", "cheap": "cheaper", "big": "bigger", "old": "older", "fast": "faster", "happy": "happier", "tall": "taller",
    "small": "smaller", "hot": "hotter", "cold": "colder", "good": "better", "bad": "worse", "young": "younger", "nice": "nicer",
    "strong": "stronger", "healthy": "healthier", "long": "longer", "short": "shorter", "high": "higher", "safe": "safer",
}  # fmt: skip
_MANY = (
    "people|friends|books|cars|children|countries|places|problems|questions|students|shops|words|mistakes|games|days|languages"
    "|animals|things|times"
)
_SINGULAR = {
    "brother": "brothers", "sister": "sisters", "child": "children", "friend": "friends", "cat": "cats", "dog": "dogs", "kid": "kids",
    "son": "sons", "daughter": "daughters", "language": "languages", "person": "people", "time": "times", "hour": "hours",
    "book": "books", "student": "students", "teacher": "teachers", "hobby": "hobbies", "colleague": "colleagues",
}  # fmt: skip
_PERSONS = {one: many for one, many in _SINGULAR.items() if one not in {"time", "hour", "book", "hobby", "language"}}
_ONE_PARENT = "(?:mother|father|mum|mom|dad|brother|sister|wife|husband|boyfriend|girlfriend)"
_JOBS = _words(
    """nurse teacher doctor engineer waiter waitress driver cook chef student programmer developer lawyer secretary salesman accountant
    mechanic cleaner receptionist designer dentist electrician farmer housewife hairdresser journalist architect pharmacist translator"""
)
_KIN = "mother|father|brother|sister|friend|friends|boss|teacher|parents|wife|husband|family|son|daughter"


def _case(match: re.Match[str], word: str) -> str:
    return word.capitalize() if match[0][0].isupper() else word


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


def _explain(match: re.Match[str]) -> str:
    return f"explain{match['s'] or ''} to {match['whom']}"


def _take(make: str) -> str:
    return {"make": "take", "made": "took", "making": "taking"}[make.lower()]


def _told(match: re.Match[str]) -> str:
    return f"{ {'say': 'tell', 'says': 'tells', 'said': 'told'}[match['say'].lower()] } {match['whom']}{match['rest'] or ''}"


RULES: Final[tuple[Rule, ...]] = (
    *rules(
        2,
        (
            ((r"(?:^|(?<=[.,;!?] )|(?<=\b(?:and|but) )|(?<=\b(?:most|some|many) )|(?<=\bthink ))people (?P<verb>is|was|has)\b(?!"
                r" been\b.* been)"),
             lambda m: f"people { {'is': 'are', 'was': 'were', 'has': 'have'}[m['verb'].lower()] }"),
            (rf"\bmore (?P<er>{_COMPARED})\b", lambda m: m["er"]),
            (rf"\bmost (?P<est>{_SUPERLATIVE})\b", lambda m: m["est"]),
            ((rf"\b(?:is|are|was|were|be|much|it's) (?P<said>more (?P<simple>{any_of(_SIMPLE)}))(?= than\b|[.,;!?]"
                rf"|$)"), lambda m: _SIMPLE[m["simple"].lower()]),
            (
                (r"\bthere(?P<be>'s| is| was) (?P<many>many(?! an?\b)|several|two|three|four|five|a lot of (?:people|things|places"
                    r"|shops|restaurants|cars|tourists|parks|children|books|problems))\b"),
                lambda m: f"there {'were' if m['be'].strip() == 'was' else 'are'} {m['many']}",
            ),
            ((rf"(?<!\bhow )(?<!pretty )(?<!\bas )(?<!\bso )\bmuch (?P<many>{_MANY})\b(?! (?:more|less|better"
                rf"|worse))"), lambda m: f"many {m['many']}"),
            ((r"\banother (?P<many>people|things|countries|problems|friends|questions|places|languages|children"
                r"|words)\b"), lambda m: f"other {m['many']}"),
            ((r"\bthis (?P<many>things|people|questions|problems|places|countries|children|days|friends)\b"
                r"(?!['-])"), lambda m: f"these {m['many']}"),
            (r"\bevery (?P<one>day|week|month|year)s\b(?!')", lambda m: f"every {m['one']}"),
            (r"\bevery (?P<one>people|children|persons)\b", lambda m: {"children": "every child"}.get(m["one"].lower(), "everybody")),
            ((r"\b(?P<said>one of my (?P<one>friend|brother|sister|teacher|colleague|student|cousin|uncle|aunt|neighbour))\b"
                r"(?!['s])"), lambda m: f"{m['said']}s"),
            ((rf"\b(?P<n>two|three|four|five|six|many|several|[2-9]) (?P<one>{any_of(_SINGULAR)})(?=[.,;!?]|$| and (?:one|a|two|I)\b|"
                rf" but\b| a (?:day|week|month|year)\b)"), lambda m: f"{m['n']} {_SINGULAR[m['one'].lower()]}"),
            (
                (rf"\b(?P<n>two|three|four|five|six|many|several|[2-9]) (?P<one>{any_of(_PERSONS)})(?= (?:in|at|who|with|from|and|or"
                    rf"|are|that|because)\b)"),
                lambda m: f"{m['n']} {_SINGULAR[m['one'].lower()]}",
            ),
            ((rf"{START}the people (?P<verb>is|was"
                rf"|has)\b"), lambda m: f"the people { {'is': 'are', 'was': 'were', 'has': 'have'}[m['verb'].lower()] }"),
            (rf"\b(?P<u>{any_of(_UNCOUNTED)})\b", lambda m: _UNCOUNTED[m["u"].lower()]),
            ((r"\b(?:an|one) (?P<u>information|advice|homework|furniture)(?=[.,;!?]|$| (?:about|that|for|which"
                r"|from)\b)"), lambda m: f"some {m['u']}"),
            (rf"\bsince (?P<n>{NUMBER}) (?P<t>years|months|weeks|days|hours|minutes)\b(?! ago)", lambda m: f"for {m['n']} {m['t']}"),
            (r"\bsince (?P<t>a long time|long time|many time)\b(?! ago)", lambda _: "for a long time"),
            (r"\bI very (?P<v>like|love|enjoy|want)\b", lambda m: f"I really {m['v']}"),
            ((r"\b(?P<who>people|person|man|woman|friends?|girl|boy|teacher|children|students) which (?P<v>are|is|like|live|have|has"
                r"|want|can|work|works|lives)\b"), lambda m: f"{m['who']} who {m['v']}"),
        ),
    ),
    *rules(
        3,
        (
            (
                (rf"{START}(?P<who>I am|I'm|he is|he's|she is|she's|my {_ONE_PARENT} is) (?P<job>{any_of(_JOBS)})(?=[.,;!?]|$| (?:and"
                    rf"|but|in|at|from|with)\b)"),
                lambda m: f"{m['who']} {_with_article(m['job'])}",
            ),
            (
                rf"\b(?P<work>work|works|worked|working) as (?P<job>{any_of(_JOBS)})(?=[.,;!?]|$| (?:and|but|in|at|for|with|because)\b)",
                lambda m: f"{m['work']} as {_with_article(m['job'])}",
            ),
            (r"\bdepend(?P<s>s?) (?:of|from)\b", lambda m: f"depend{m['s']} on"),
            (r"\bexplain(?P<s>ed|s)? (?P<whom>me|him|her|us|them)\b", _explain),
            (r"\b(?P<go>go|goes|going|went|come|came|coming|arrive|arrived) to home\b", lambda m: f"{m['go']} home"),
            (r"\b(?P<go>go|goes|went) to (?P<where>there|here|abroad)\b", lambda m: f"{m['go']} {m['where']}"),
            ((rf"\b(?P<go>go|goes|going|went) to (?P<what>shopping|swimming|fishing|dancing|camping|hiking|skiing|jogging|running)"
                rf"(?={END}| with\b| on\b| at\b| every\b| in\b)"), lambda m: f"{m['go']} {m['what']}"),
            ((r"\b(?P<l>listen|listens|listening|listened) (?P<w>(?:the |my |english |some |a )?(?:music|songs|podcasts|radio|song"
                r"|podcast))\b"), lambda m: f"{m['l']} to {m['w']}"),
            (r"\bdiscuss(?P<s>ed|es|ing)? about\b", lambda m: f"discuss{m['s'] or ''}"),
            (r"\b(?P<am>I am|I'm|I was|he is|he's|she is|she's|we are|we're) interesting in\b", lambda m: f"{m['am']} interested in"),
            (r"\binterested (?:on|for|about)\b", lambda _: "interested in"),
            (r"\bmarried with\b(?! (?:\w+ )?(?:kids?|child|children|no|sons?|daughters?|one|two|three|four))", lambda _: "married to"),
            ((r"\b(?:I am|I'm|I was|he is|he's|she is|she's|you are|we are|they are)(?: not| very| really| so)? (?P<said>good in "
                r"(?P<w>maths?|english|sports?|languages|cooking|swimming|dancing|football))\b(?! (?:class|lessons?"
                    r"|clubs?))"), lambda m: f"good at {m['w']}"),
            (r"\bafraid from\b", lambda _: "afraid of"),
            (r"\bdifferent (?:of|as)\b", lambda _: "different from"),
            (r"\b(?P<w>responsible|famous) of\b", lambda m: f"{m['w']} for"),
            (r"\bfull with\b", lambda _: "full of"),
            (r"\bsimilar (?:with|as|than)\b", lambda _: "similar to"),
            (r"\b(?P<s>participate|participated|participates) (?:to|at)\b", lambda m: f"{m['s']} in"),
            ((r"\bprefer (?!to )(?P<a>\w+(?: \w+)?(?<!rather)(?<!more)(?<!less)) than "
                r"(?P<b>\w+)\b"), lambda m: f"prefer {m['a']} to {m['b']}"),
            (rf"\b(?P<ask>ask|asked|asks) to (?P<whom>him|her|me|them|us|my (?:{_KIN}))\b", lambda m: f"{m['ask']} {m['whom']}"),
            (r"\b(?P<tell>tell|told|tells) to (?P<whom>him|her|me|them|us)\b", lambda m: f"{m['tell']} {m['whom']}"),
            (r"\b(?P<say>said|says|say) (?P<whom>me|him|us|them)(?P<rest> (?:that|to))\b", _told),
            (r"\b(?:can|could|please) (?:you )?(?P<said>(?P<say>say) (?P<whom>me)(?P<rest>))\b", _told),
            ((rf"\b(?P<wait>wait|waited|waiting) (?P<whom>him|her|them|me|the bus|the train|my "
                rf"(?:{_KIN}))\b"), lambda m: f"{m['wait']} for {m['whom']}"),
            ((r"\b(?P<at>arrive|arrives|arrived) to (?P<where>(?:the|my|our|a) (?:airport|station|hotel|office|school|restaurant"
                r"|house|party))\b"), lambda m: f"{m['at']} at {m['where']}"),
            ((r"\bin (?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?P<s>s?)\b(?!'|"
                r" to\b)"), lambda m: f"on {m['day'].capitalize()}{m['s']}"),
            (r"\bin (?P<w>last (?:week|month|year|summer|night|weekend))\b(?!')", lambda m: m["w"]),
            (r"\bin the weekend(?P<s>s?)\b", lambda m: f"at the weekend{m['s']}"),
            (r"\b(?:am|is|are|was|were|be|stay|stayed|i'm) (?P<said>in home)\b(?! \w)", lambda _: "at home"),
            ((r"\b(?P<make>make|makes|made|making) (?P<what>sports?|exercises|homework|my homework"
                r"|yoga)\b"), lambda m: _do(m["make"], m["what"])),
            ((r"\b(?P<make>make|made|making) (?P<what>a photo|photos|a picture with my"
                r" phone)\b"), lambda m: f"{_take(m['make'])} {m['what']}"),
            (r"\baccording to me\b", lambda _: "in my opinion"),
            (r"\bthe (?P<my>my|your|our|their) (?P<w>[a-z]+)\b", lambda m: f"{m['my']} {m['w']}"),
            (r"\bin my point of view\b", lambda _: "from my point of view"),
            (r"\bthanks god\b", lambda _: "thank God"),
            (r"\ball the days(?=[.,;!?]|$)", lambda _: "every day"),
            (r"\b(?:is|are|was|were|much)(?: \w+)? (?P<said>"
                r"(?P<er>" + _COMPARED + r") then) (?:me|him|us|them|before|others|mine|in|my|the)\b", lambda m: f"{m['er']} than"),
        ),
    ),
    *rules(
        4,
        (
            (r"\ban other\b", lambda m: _case(m, "another")),
            (r"\b(?P<an>an) (?P<w>university|european|useful|uniform|unique)\b", lambda m: f"a {m['w']}"),
            ((r"(?<!\bgrade )(?<!\bvitamin )\ba (?P<w>hour|apple|orange|egg|idea|interesting|old|easy|important|english|engineer"
                r"|island|umbrella|actor|artist|uncle|aunt|exam|example|office|animal|apartment|accident|airport"
                    r"|expensive)\b"), lambda m: f"an {m['w']}"),
            (r"\btheir (?:is|are)\b", lambda m: f"there {m[0].split()[1]}"),
            (r"\b(?P<w>childs|childrens)(?= (?:are|is|have|has|and|who|can|need|like|play)\b|[.,;!?]|$)", lambda _: "children"),
        ),
    ),
)  # fmt: skip


def _do(make: str, what: str) -> str:
    form = {"make": "do", "makes": "does", "made": "did", "making": "doing"}[make.lower()]
    return f"{form} {'sport' if what.lower().startswith('sport') else what}"
