"""Slips in the forms of verbs: tense, agreement, what follows "can", "want" and "did"."""

import re
from typing import Final

from llm.examiner.slip_rules import END, NUMBER, START, Rule, any_of, rules
from llm.examiner.verb_forms import (
    BASES,
    OVERREGULAR,
    PARTICIPLES,
    PASTS,
    PASTS_NOT_PARTICIPLES,
    ing,
    of_overregular,
    participle,
    past,
    third,
)

_words = str.split

_ADVERB = r"(?: (?:never|always|already|just|also|not|ever|only|often|really))?"
_OWN = (
    r"(?:my|our|his|her|their) (?:\w+ )?(?:mother|father|mum|mom|dad|parents|brother|sister|friends?|wife|husband|son|daughter"
    r"|family|boss|teacher)"
)
_SUBJECT = rf"(?:I|you|we|they|he|she|it|{_OWN})"
_PAST_TIME = (
    rf"(?:yesterday|last (?:night|week|weekend|month|year|summer|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    rf"|{NUMBER} (?:days|weeks|months|years) ago)"
)
_NOT_IN_BETWEEN = frozenset(
    _words("since until till from what that who which than like as about by because before after if when whether i he she we they you it")
)
_ONE_PERSON = (
    r"(?:mother|father|mum|mom|dad|brother|sister|wife|husband|son|daughter|boss|teacher|friend|grandmother|grandfather"
    r"|boyfriend|girlfriend|uncle|aunt)"
)
_PRESENT: Final = frozenset(
    _words(
        """have go do like work live want need love play study help think know get make take come eat drink sleep speak teach watch cook
        drive feel give buy wear use start stay travel prefer enjoy spend understand look learn listen wait finish try dance clean"""
    )
)
_THIRDS = {third(verb): verb for verb in _PRESENT}
_ALSO_NOUNS = frozenset(
    _words(
        """do have work play help drink watch look use start stay love need dance drive like study live cook try finish wear want
        sleep taste"""
    )
)
_FIRM = frozenset(
    _words(
        """do does did don't doesn't didn't will would can could shall should may might must to let make makes made help helped see saw hear
        heard watch if that whether and or nor wish than suggest suggested recommend recommended demand insist propose ask asked important
        had rather unless sooner"""
    )
)
_FILLER_LIKE = re.compile(
    r"like (?!to\b|a\b|an\b|the\b|it\b|this\b|these\b|his\b|her\b|very\b|my\b|\w+ing\b|music\b|football\b)", re.IGNORECASE
)


def _lower(match: re.Match[str], group: str) -> str:
    return match[group].lower()


def _third(match: re.Match[str]) -> str:
    verb, rest = _lower(match, "verb"), match.string[match.start("verb") :]
    if (match["before"] or "").lower() in _FIRM or (verb == "like" and _FILLER_LIKE.match(rest)):
        return ""
    who = match["who"].lower()
    # "She go she goes" is a repair: the pronoun comes again at once.
    if re.match(rf"\w+ (?:\w+ ){{0,2}}{who}\b", rest, re.IGNORECASE):
        return ""
    return f"{match['who']} {match['adverb'] or ''}{third(verb)}"


def _after_have(match: re.Match[str]) -> str:
    base = PASTS_NOT_PARTICIPLES.get(_lower(match, "verb")) or _lower(match, "verb")
    if match["time"]:
        return f"{match['who']} {past(base)}"
    have = match["have"] if match["have"].startswith("'") else f" {match['have']}"
    return f"{match['who']}{have}{match['adverb'] or ''} {participle(base)}"


def _overregular(match: re.Match[str]) -> str:
    base = of_overregular(_lower(match, "verb"))
    return f"{match['have']}{participle(base)}" if match["have"] else past(base)


def _perfect_in_past(match: re.Match[str]) -> str:
    if any(word.lower() in _NOT_IN_BETWEEN for word in (match.groupdict().get("between") or "").split()):
        return ""
    return f"{match['who']} {past(PARTICIPLES[_lower(match, 'verb')])}"


def _present_in_past(match: re.Match[str]) -> str:
    if any(word.lower() in _NOT_IN_BETWEEN or word.lower() in PASTS for word in (match.groupdict().get("between") or "").split()):
        return ""
    return f"{match['who']} {past(_lower(match, 'verb'))}"


def _present_since(match: re.Match[str]) -> str:
    if any(word.lower() in _NOT_IN_BETWEEN for word in match["between"].split()):
        return ""
    verb = _lower(match, "verb")
    link = "for" if match["long"] else "since"
    return f"{match['who']} have {'been' if verb == 'am' else participle(verb)}{match['between']} {link} {match['long'] or match['point']}"


def _negated(match: re.Match[str]) -> str:
    helper = "doesn't" if _lower(match, "who") in {"he", "she"} else "don't"
    return f"{match['who']} can't" if _lower(match, "verb") == "can" else f"{match['who']} {helper} {match['verb']}"


def _be(match: re.Match[str]) -> str:
    verb = _lower(match, "verb")
    one, many = {"is": ("is", "are"), "are": ("is", "are"), "has": ("has", "have"), "was": ("was", "were")}[verb]
    who = _lower(match, "who")
    if who == "i":
        return f"I {'have' if verb == 'has' else 'am'}"
    return f"{match['who']} {one if who in {'he', 'she', 'it'} else many}"


def _negative(match: re.Match[str]) -> str:
    word = _lower(match, "none")
    instead = {"nothing": "anything", "nobody": "anybody", "no one": "anyone", "nowhere": "anywhere"}.get(word, "any")
    return f"{match['verb']} {instead}{word[2:] if instead == 'any' else ''}"


_WANTED = any_of(_words("go learn be buy see know speak live visit eat become do improve find meet"))
_LIKED = (
    r"(?:help(?= (?:people|others|my|him|her|them|children)\b)|"
    + any_of(_words("meet see make talk play go eat read listen watch learn speak write sing ride cook swim"))
    + ")"
)
_PASTS = any_of(PASTS)
_GERUNDS = {ing(base): base for base in BASES}
_PRESENTS = any_of(_PRESENT)
_GONE_BY = (
    r"(?!have (?:been|\w+ed|never|not|"
    + "|".join(PARTICIPLES)
    + r")\b)"
    + any_of(_words("go eat see meet buy do make visit play watch work travel come take drink cook stay have get sleep"))
)

RULES: Final[tuple[Rule, ...]] = (
    *rules(
        1,
        (
            (rf"\b(?P<have>(?:have|has|had|was|were|been|'ve) )?(?P<verb>{any_of(OVERREGULAR)})\b", _overregular),
            (
                (
                    rf"(?P<time>\b{_PAST_TIME},? )?(?:{START}|(?<=day )|(?<=week )|(?<=year )|(?<=ago )|(?<=night )|(?<=month ))"
                    rf"(?P<said>(?P<who>{_SUBJECT}) (?P<have>have|has|had|haven't|hasn't)(?P<adverb>{_ADVERB}) "
                    rf"(?P<verb>{any_of(PASTS_NOT_PARTICIPLES)}|eat|see|go|write|speak|forget|choose))\b"
                ),
                _after_have,
            ),
            (
                rf"\b(?P<who>I|we|they|you|he|she)(?P<have>'ve)(?P<adverb>{_ADVERB}) (?P<verb>{any_of(PASTS_NOT_PARTICIPLES)})\b(?P<time>)",
                _after_have,
            ),
            (
                (
                    rf"(?<!since )(?<!from )(?<!until )(?<!than )(?<!after )\b{_PAST_TIME},? "
                    rf"(?P<said>(?P<who>I|we|they|he|she) (?:have|has) (?P<verb>{any_of(PARTICIPLES)}))\b"
                ),
                _perfect_in_past,
            ),
            (
                (
                    rf"{START}(?P<said>(?P<who>I|we|they|he|she) (?:have|has) (?P<verb>{any_of(PARTICIPLES)}))(?P<between>(?:"
                    rf" \w+){{0,3}}) yesterday\b"
                ),
                _perfect_in_past,
            ),
            (
                (
                    rf"(?<!since )(?<!from )(?<!until )(?<!than )(?<!after )\b{_PAST_TIME},? (?P<said>(?P<who>I|we|they|he|she) "
                    rf"(?P<verb>{_GONE_BY}))\b"
                    rf"(?! to (?:{_PRESENTS}) (?:more|less|every))"
                ),
                _present_in_past,
            ),
            (
                (
                    rf"\bwhen I was (?:an? )?(?:child|kid|young|little|small|teenager|student|baby|boy|girl|{NUMBER}),? (?P<said>"
                    rf"(?P<who>I|we) (?P<verb>{_GONE_BY}))\b"
                ),
                _present_in_past,
            ),
            (
                (
                    rf"{START}(?P<said>(?P<who>I|we|they) (?P<verb>go|buy|eat|watch|visit|play|cook|meet|travel|drink))"
                    rf"(?P<between>(?: \w+){{1,5}}) (?:yesterday|last (?:night|week|weekend|month|year|summer))\b(?!'s| \w+ed\b)"
                ),
                _present_in_past,
            ),
            (
                (
                    rf"\b(?P<not>didn'?t|did not|don't|doesn't|does not) (?P<verb>{_PASTS}|was|liked|wanted|worked|studied|played"
                    rf"|visited|needed|watched|talked|helped)\b"
                ),
                lambda m: f"{m['not']} {'be' if m['verb'].lower() == 'was' else _base(m['verb'].lower())}",
            ),
            (rf"\bdid (?P<who>you|he|she|they|we) (?P<verb>(?!found){_PASTS})\b", lambda m: f"did {m['who']} {PASTS[_lower(m, 'verb')]}"),
            (r"\b(?P<who>he|she) (?:don'?t|do not)\b(?! (?:you|they|we)\b)", lambda m: f"{m['who']} doesn't"),
            (
                (
                    rf"(?:\b(?P<before>[a-z']+) )?\b(?P<said>(?P<who>he|she) (?P<adverb>(?:always|usually|often|sometimes|never|really"
                    rf"|also|still) )?"
                    rf"(?P<verb>{_PRESENTS}))\b"
                ),
                _third,
            ),
            (
                (
                    rf"(?:^|(?<=[.!?] )|(?<=\bbecause )|(?<=\bbut )|(?<=\bso ))(?P<before>)(?P<said>(?P<who>my {_ONE_PERSON}) "
                    rf"(?P<adverb>(?:always|usually|often|sometimes|never|really|also|still) )?(?P<verb>{_PRESENTS}))\b"
                ),
                _third,
            ),
            (
                r"(?:^|(?<=[.!?] )|(?<=\bbecause )|(?<=\bbut ))it (?P<verb>depend|make|help|take|give|need|mean|happen|have)\b",
                lambda m: f"it {third(_lower(m, 'verb'))}",
            ),
            (
                (
                    rf"{START}(?P<said>(?P<who>I|we|they|he|she|you) (?P<verb>seen|gone|eaten|taken|written|done|spoken|given|drunk"
                    rf"|forgotten))\b(?! (?:that|it) I)"
                ),
                lambda m: f"{m['who']} {past(PARTICIPLES[_lower(m, 'verb')])}",
            ),
            (r"\bit depend (?:of|from)\b", lambda _: "it depends on"),
            (rf"{START}(?P<who>they|we|you|I) (?P<verb>has)\b", _be),
            (rf"{START}(?P<who>they|we) (?P<verb>is|was)\b", _be),
            (rf"{START}(?<!before )(?<!after )(?P<who>he|she|it) (?P<verb>are)\b", _be),
            (
                (
                    rf"{START}(?P<said>(?P<who>I|we|they|he|she) (?:no|not) (?P<verb>like|understand|know|want|have|speak|eat|go|work"
                    rf"|think|live|need|can))\b"
                ),
                _negated,
            ),
            (
                rf"{START}(?P<said>(?P<who>I|we|they) (?P<verb>live|work|study|play|learn|know|have(?! (?:been|got|\w+ed|"
                + "|".join(PARTICIPLES)
                + rf")\b)|am|speak|drive|dance|train|swim)"
                rf"(?P<between>(?: \w+){{0,4}}) since (?:(?P<long>{NUMBER} (?:years|months|weeks|days))(?! ago)|(?P<point>(?:19"
                rf"|20)\d\d|last (?:year|month|week))))\b",
                _present_since,
            ),
        ),
    ),
    *rules(
        2,
        (
            (r"\bI(?:'m| am) (?:not )?agree\b", lambda m: "I don't agree" if "not" in m[0].lower() else "I agree"),
            (
                (
                    rf"{START}(?P<who>I am|I'm) (?P<verb>go|want|have|know|think|understand|believe|prefer|speak|eat|(?:live|work|study)"
                    rf"(?= (?:in|with|at|here|as|for)\b))\b"
                ),
                lambda m: f"I {m['verb']}",
            ),
            (
                rf"(?<!\ba )(?<!the )\b(?P<can>can|must|should) to (?P<verb>(?!be honest){any_of(BASES)}|be|open|close|pass|improve)\b",
                lambda m: f"{m['can']} {m['verb']}",
            ),
            (
                (
                    rf"\b(?:I|you|he|she|it|we|they|who|people|{_OWN}) (?P<said>(?P<can>can|must|should|will|could|would|can't|won't) "
                    rf"(?P<verb>{any_of(third(verb) for verb in _PRESENT - _ALSO_NOUNS)}))\b"
                ),
                lambda m: f"{m['can']} {_THIRDS[_lower(m, 'verb')]}",
            ),
            (
                (
                    rf"\b(?P<can>must|should|will|can't|won't) "
                    rf"(?P<verb>{any_of(set(PASTS) - {'left', 'found', 'felt', 'saw', 'fell', 'thought'})})\b"
                ),
                lambda m: f"{m['can']} {PASTS[_lower(m, 'verb')]}",
            ),
            (rf"\bto can (?P<verb>{_WANTED}|help|work|understand)\b", lambda m: f"to be able to {m['verb']}"),
            (rf"\bfor to (?P<verb>{_WANTED}|make|have|get|study|work|help)\b", lambda m: f"to {m['verb']}"),
            (
                (
                    rf"\b(?P<want>want|wanted|wants|like|need|needed|decided|tried|hope|hoped|able|going) to "
                    rf"(?P<verb>{any_of(set(PASTS) - {'left', 'found', 'saw', 'felt', 'fell', 'thought', 'lost'})})\b"
                ),
                lambda m: f"{m['want']} to {PASTS[_lower(m, 'verb')]}",
            ),
            (
                rf"\b(?P<want>want|wanted|wants|need|needs|would like|have|has) to (?P<verb>{any_of(_GERUNDS)})\b",
                lambda m: f"{m['want']} to {_GERUNDS[_lower(m, 'verb')]}",
            ),
            (
                rf"{START}(?P<said>(?P<who>I|we|they) (?P<like>like|love) listen (?P<what>music|songs|podcasts))\b",
                lambda m: f"{m['who']} {m['like']} listening to {m['what']}",
            ),
            (
                rf"{START}(?P<who>I|we|they) (?P<want>want|need|would like) (?P<verb>{_WANTED})\b",
                lambda m: f"{m['who']} {m['want']} to {m['verb']}",
            ),
            (
                rf"{START}(?P<who>I|we|they) (?P<like>like|love) (?P<verb>{_LIKED})\b",
                lambda m: f"{m['who']} {m['like']} {ing(_lower(m, 'verb'))}",
            ),
            (
                rf"\b(?P<enjoy>enjoy|enjoyed|enjoys|avoid|finished|dislike) to (?P<verb>{any_of(BASES)})\b",
                lambda m: f"{m['enjoy']} {ing(_lower(m, 'verb'))}",
            ),
            (
                r"\blook(?P<ing>ing)? forward to (?P<verb>see|meet|hear|visit|go|start|work|come)\b",
                lambda m: f"look{m['ing'] or ''} forward to {ing(_lower(m, 'verb'))}",
            ),
            (
                (
                    r"\b(?:don'?t|didn'?t|doesn'?t|do not|did not|does not) (?P<said>(?P<verb>know|have|want|see|like|eat|understand"
                    r"|need|hear|buy|find|speak|tell|get|remember)"
                    r" (?P<none>nothing|nobody|no one|nowhere|no (?:money|time|friends|idea|work|brothers|sisters|children)))\b"
                ),
                _negative,
            ),
            (r"\b(?:don'?t|didn'?t|doesn'?t) (?P<said>(?P<verb>do|go|say) (?P<none>nothing|nowhere))\b", _negative),
            (
                (
                    rf"(?:{START}(?:I am|I'm|he is|he's|she is|she's) )(?P<said>(?P<n>\d{{1,2}}|twenty|thirty|forty|fifty|eighteen"
                    rf"|nineteen) years){END}"
                ),
                lambda m: f"{m['n']} years old",
            ),
            (rf"{START}I have (?P<n>\d{{2}}|{NUMBER}) years old\b", lambda m: f"I am {m['n']} years old"),
            (rf"{START}I have (?P<n>\d{{2}}|eighteen|nineteen|twenty|thirty|forty|fifty) years{END}", lambda m: f"I am {m['n']} years old"),
        ),
    ),
)


def _base(form: str) -> str:
    if form in PASTS:
        return PASTS[form]
    return next(base for base in BASES if past(base) == form)
