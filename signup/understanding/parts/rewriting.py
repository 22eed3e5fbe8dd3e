"""Rewriting a message before it is read: spelled-out words are put together, asides and second choices left out."""

import re

from signup.models import Step
from signup.understanding.answers.emails import apart, spoken
from signup.understanding.ideas.composing import concepts
from signup.understanding.reading import FIRST_NAMES_ASKED
from signup.understanding.words.everyday import is_everyday_word
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import SOLID, fold, replaced
from signup.understanding.words.wordlists import words

_LETTER = rf"[^\W_{SOLID}]"
_ALONE, _END = r"(?<![\w.\-@'’])", r"(?![\w.\-@])"
_SPELLED = re.compile(rf"{_ALONE}(?:{_LETTER}-){{3,}}{_LETTER}{_END}|{_ALONE}(?:{_LETTER} ){{3,}}{_LETTER}{_END}")
_SPELLED_NAME = re.compile(rf"{_ALONE}(?:{_LETTER}-){{2,}}{_LETTER}(?![\w\-])|{_ALONE}(?:{_LETTER}(?: |, )){{3,}}{_LETTER}(?![\w\-])")
_SPELLED_LAST = re.compile(rf"{_ALONE}(?:{_LETTER}(?:-| |, )){{2,}}{_LETTER}(?![\w\-])")
_ENDINGS = words("endings")
_JOINTS = re.compile(r"[-, ]+")
_SHORT_LABEL = re.compile(r"\b(first|last|given|family)(?= ?[:=])", re.IGNORECASE)
_MY_LAST = re.compile(r"\bmy (first|last|given|family) is(?= (?-i:[^\W\d_a-z]))", re.IGNORECASE)
_FACULTY = re.compile(
    r"(?<=\bdr) ?(?:\. ?)?(?:med|phil|jur|ing|rer\. ?nat|h\. ?c|rer\. ?pol)\.(?: dent\.| vet\.| habil\.)? (?=\S)|\bdipl\.-?ing\. (?=\S)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(prof|mrs|mr|ms|dr|sra|sr|mme|dott)\. ?(?=\S)", re.IGNORECASE)
_ASIDE = re.compile(
    r"(?<=\S)(?<!^I)(?<!^i)(?<!^[uU])(?<! I)(?<! i)(?<! is)(?<! ist)(?<! est)(?<!['’]s)(?<!^its)[, (]{1,3}"
    r"(?:as in|like in|short for|a diminutive of|kurz für|diminutif de|diminutivo de|like the|spelled|spelt|spelling|"
    r"with (?:\w{1,2}\b|an|one|two|double|capital|accent)|without|"
    r"wie in|wie bei|mit (?:umlaut|akzent|bindestrich|zwei|einem|doppel|\w{1,2}\b)|"
    r"(?:like|wie|comme|como|come|как) (?:an?|the|in|einer?|der|die|das|une?|l[ae]|les|el|los|uma?|o|il|lo|gli)\b|"
    r"comme dans|avec (?:\w{1,2}\b|une|deux)|como en|como em|con (?:\w{1,2}\b|una|dos|doble|due)|com (?:\w{1,2}\b|dois)|come in|"
    r"\w (?:for|wie|comme|como|come|как) \w+|"
    r"(?:(?<=[(,])|(?<=, ))(?:my |the )?maiden name|née|geb\.|geborene?|"
    r"formerly|previously|früher|aka|a\.k\.a\.|alias|genannt|dite?|detta|detto|conocid[ao] como|conhecid[ao] como)\b.{0,200}$",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?<=\w),? (?:from|aus) [^\W\d_a-z]\w+$")
"""Case counts: "Kim from Berlin", but not "from the beginning"."""
_NICKNAME = re.compile(r"([^\W\d_a-z][\w'’-]*) [\"“„][\w ]{1,40}[\"”“](?= |$)")
"""'Elizabeth "Liz" Taylor'"""
_NOT = re.compile(r"(?<=\w),? (?:not|nicht|pas|non|no|não|не) [^\W\d_a-z]\S*$")
_INSTEAD = re.compile(
    r"(?<=\w),? (?:instead of|rather than|in place of|statt|anstatt|anstelle von|au lieu de|plut[oô]t que|en vez de|en lugar de|"
    r"em vez de|"
    r"ao inv[eé]s de|invece di|al posto di|вместо|in plaats van|zamiast|ist[aä]llet f[oö]r) \S+"
    r"(?P<rest>(?:,? (?:please|pls|thanks|thx|bitte|danke|merci|gracias|por favor|grazie))*[.!]*)$",
    re.IGNORECASE,
)
"""What is not wanted: "smallfish instead of bigfish"."""
_STRUCK = re.compile(
    r"^(?:(?:it['’]?s )?(?:not|nicht|pas|no|não|non|не) [\w.'’-]+,? "
    r"(?:but|rather|sondern|mais|sino|mas|ma|а|но)(?: (?:it['’]?s|c['’]est))? |"
    r"[\w.'’-]+(?:[?.!…]+ |, )(?:no|nope|nah|nein|nee|non|não|нет)(?: wait)?[,.:!]* (?=[\w.'’-]+[.!]*$)|"
    r"[\w.'’-]+ \*(?=[\w.'’-]+$)|"
    r"(?:the )?(?:same as|like|wie|comme|como|come) [^,:@]{1,40}[,:] (?=[\w.'’-]+[.!]*$))",
    re.IGNORECASE,
)
"""What is taken back at once, or only compared with: "bigfish? no, smallfish", "smalfish *smallfish", "same as my husband, Lee"."""
_CAPITAL = re.compile(
    r"(?<=\w),? \(?(?:but |aber |mais |pero )?(?:with|mit|avec|con|com|in|all) (?:an? |the |einem |une? |una? |uma? |all )?"
    r"(?:capitals?|small|lower|upper|big|großem|kleinem|majuscule|mayúscula|maiúscula|maiuscola)\b.{0,40}$",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"(?<=\w)[,?;]{0,2} (?:if (?:possible|free|available),? )?(?:otherwise|(?:or|and|else) if (?:(?:that|it)(?:['’]s| is) )?(?:taken|gone|"
    r"used|"
    r"in use|not free)|(?:or |and |else )?(?:if|in case) (?:some(?:one|body)|that|it|they|another)[^,.@]{0,8} "
    r"(?:has|had|took|got|have|uses)"
    r"(?: it| that| this)?(?: already| taken)?(?: then)?|or else|if not|if (?:that|it)(?:['’]s| is) taken|failing that|sonst|"
    r"sinon|si no|si non|senão|se não|altrimenti|se no|иначе|если нет|yoksa|olmazsa)[, ]+\S+$",
    re.IGNORECASE,
)
"""The second choice: "bigfish, otherwise bigfish2"."""
_SECOND = re.compile(r"(?<=\w),? or \S+ if (?:that|it|this|the first|you|your|umlauts?|accents?)[^,]{0,25}$", re.IGNORECASE)
_DEAR = re.compile(
    r"^(?:dear|liebe[rs]?|sehr geehrte\w*|cher|chère|estimad[oa]s?|querid[oa]s?|prezad[oa]s?|gentile|caro|cara|уважаем\w+) "
    r"[^,.!\n]{1,40}[,.!] ?(?=\S)",
    re.IGNORECASE,
)
_YOURS = re.compile(
    r"[,.!] ?(?:yours(?: sincerely| faithfully| truly)?|sincerely|(?:kind|best|warm)(?:est)? (?:regards|wishes)|regards|best|cheers|love|"
    r"mit freundlichen grüßen|mfg|lg|viele grüße|liebe grüße|gruß|cordialement|bien à vous|atentamente|saludos(?: cordiales)?|un saludo|"
    r"atenciosamente|abraços|cordiali saluti|saluti|с уважением|saygılarımla)[,.]? (?=(?-i:[^\W\d_a-z]))",
    re.IGNORECASE,
)
"""How a letter begins and ends."""
_HERE = re.compile(r"(?:^|(?<=[,.!;] ))([^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)?) (?:here|speaking|this side)(?=[,.!;]| and |$)")
"""How one introduces oneself on the phone: "Magda here"."""
_LISTED = re.compile(
    r"^(?:1[.):] ?)?(?P<email>\S+@[\w.-]+\w),? 2[.):] ?(?P<login>[\w.-]{3,30}),? 3[.):] ?"
    r"(?P<first>[^\W\d_a-z][^\d,]{0,30}?),? 4[.):] ?(?P<last>[^\W\d_a-z][^\d,]{0,30})$"
)
"""The four things that are not secret, in the order in which they are asked, numbered."""
_TO_ME = re.compile(r"\b([^\W\d_]{3,}(?:ez|e|is|ds|ts))-(moi|nous|m['’]en)(?![\w-])", re.IGNORECASE)
"""What is asked of the assistant in French, which looks like one word: "proposez-moi quelque chose"."""
_SUCH_AS = re.compile(
    r"^.{0,40}\b(?:something|anything|etwas|irgendwas|algo|quelque chose|qualcosa|что-то|что-нибудь|щось)\b[^,.@]{0,25} "
    r"(?:like|similar to|wie|como|comme|come|типа|вроде) (?!(?:that|this|these|those|it|you|das|eso|ça|cela|quello)\b)(?=[\w.-]+\W*$)",
    re.IGNORECASE,
)
"""What only leads to a proposal: "umm something simple like pnkosi"."""
_KISSES = re.compile(r"(?<=\w)[,.!]? (?:x{1,4}|xo|xoxo)$")
_AS_USERNAME = re.compile(
    r"(?<![\w@.])@?[\"“'„]?([\w.-]*[\w-])[\"”'“]? (?:as|for|is|als|comme|como|come|is going to be|will be|should be|would be) "
    r"(?:my |the |a |mein |benutzername |mon |mi |il mio |meu )?"
    r"(?:user ?name|login|nick(?:name)?|handle|benutzername|pseudo|identifiant|usuario|nombre de usuario|nome de usu[aá]rio|nome utente)\b",
    re.IGNORECASE,
)
"""The field named after its value: "ana_g as my username"."""
_FAMILY_FIRST = re.compile(r"[\"“]([^\W\d_][^\",<@]{0,60}), ([^\W\d_][^\",<@]{0,60})[\"”] ?(?=<)")


_GLUED = re.compile(r"(?<=[^\W\d_][^\W\d_])([.!?,])([^\W\d_]{3,})")


_INCIDENTALLY = re.compile(
    r",? ?(?<![\w@.])(?:by the way|btw|übrigens|nebenbei|por cierto|"
    r"a prop[oó]sito|à propos|au fait|aliás|comunque|bu arada|кстати)(?![\w@]),?(?= )",
    re.IGNORECASE,
)


def _unglued(match: re.Match[str]) -> str:
    """Put the space back that somebody in a hurry left out: "yes.create account"."""
    word = fold(match.group(2))
    known = word in lexicon().vocabulary and word not in _ENDINGS
    return f"{match.group(1)} {match.group(2)}" if known else match.group()


def rewritten(cleaned: str, step: Step) -> str:
    """Return a cleaned message as it is read at `step`."""
    if step is Step.START and "@" not in cleaned:
        cleaned = _GLUED.sub(_unglued, cleaned)
    cleaned = _LISTED.sub(_labelled, cleaned) if step in {Step.START, Step.EMAIL} else cleaned
    text = spoken(replaced(_together(cleaned, step), (_FAMILY_FIRST, r"\2 \1 ")))
    text = replaced(text, (_SHORT_LABEL, r"\1 name"), (_MY_LAST, r"my \1 name is"))
    text = _INCIDENTALLY.sub(" ", text).strip()
    text = _YOURS.sub(". I am ", _DEAR.sub("", _KISSES.sub("", text)))
    text = _AS_USERNAME.sub(_username_first, _HERE.sub(_introduced, text))
    if step is Step.USERNAME:
        text = _SUCH_AS.sub("", _TO_ME.sub(_apart_from_me, apart(text)))
        text = _CAPITAL.sub("", _SECOND.sub("", _OTHERWISE.sub("", text)))
    if step in {Step.USERNAME, *FIRST_NAMES_ASKED}:
        text = replaced(_STRUCK.sub("", text), (_INSTEAD, r"\g<rest>"))
    if step in FIRST_NAMES_ASKED:
        text = _FROM.sub("", _NOT.sub("", text)) if step is Step.FIRSTNAME else text
        text = replaced(_SECOND.sub("", text), (_NICKNAME, r"\1"), (_FACULTY, " "), (_TITLE, r"\1 "))
        text = _ASIDE.sub("", text)
    return text


def _introduced(match: re.Match[str]) -> str:
    return match.group() if any(fold(word) in lexicon().vocabulary for word in match.group(1).split()) else f"I am {match.group(1)}"


def _labelled(match: re.Match[str]) -> str:
    return f"{match['email']}, username {match['login']}, first name {match['first'].strip()}, last name {match['last'].strip()}"


def _apart_from_me(match: re.Match[str]) -> str:
    first, second = match.groups()
    imperative = first.lower().endswith("ez") or is_everyday_word(fold(first)) or concepts().at((fold(first),), 0) is not None
    return f"{first} {second}" if imperative else match.group()


def _username_first(match: re.Match[str]) -> str:
    word = match.group(1)
    return match.group() if is_everyday_word(fold(word)) else f"; username {word} ; "


def _together(text: str, step: Step) -> str:
    """Put words together that are spelled letter by letter: "s-i-o-b-h-a-n", "s i o b h a n".

    Where no name is asked four letters at least are needed, and a first name may be initials; a message with an address is left alone.
    """
    pattern = _SPELLED_LAST if step is Step.LASTNAME else _SPELLED_NAME if step is Step.FIRSTNAME else _SPELLED
    return text if "@" in text else pattern.sub(lambda match: _JOINTS.sub("", match.group()), text)
