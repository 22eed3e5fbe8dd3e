"""Phrases with something in them to take out: a word, a topic, a name. Written as in `intents`, and matched whole."""

import re
from typing import Final

from llm.examiner.intents import DO, OBJECT, WISH

_CAN_WE = r"(?:(?:please|let us|(?:can|could|may|shall) we|i (?:want|would like) to|we can) )*"
TALK_ABOUT: Final = re.compile(
    r"(?:please )?(?:(?:(?:can|could|may|shall|would|will) (?:you|we|i) |let us |why do not we |how about (?:we )?"
    r"|maybe (?:we can )?|"
    r"i (?:really )?(?:want|would like|prefer|would prefer|would rather|need|would love)(?: to)? )(?:please |maybe |rather |just )*"
    r"(?:(?:talk|talking|speak|speaking|chat|chatting)(?: more)?(?: about| of| on| over)|discuss(?: about)?|tell you (?:something"
    r" )?about|practice "
    r"(?:talking|speaking) about)|"
    r"(?:talk|speak) about|(?:(?:can|could|would|will) you )?(?:please )?(?:ask|give)(?: me)?(?: (?:some|a|more|about|questions?"
    r"|things?|something|anything))*(?: about| on)|(?:an?|some|another|more) questions? (?:about|on)|"
    rf"{_CAN_WE}(?:change|switch)(?: (?:the|this|our))? (?:topic|subject|theme)(?: (?:to|into))?"
    r"|(?:please )?(?:let us |(?:can|could|shall) we )(?:please )?switch to)"
    r" (?:the topic |the subject |topic )?(?P<topic>(?:\S+ ?){1,5})"
)
_NO_TOPIC = re.compile(
    r"^(?:this|that|it|me|you|him|her|them|with|to|of|at|for|english|in|now|something|anything|everything)\b|\b(?:because|but|who|when)\b"
)
_NO_CHANGE = re.compile(
    r"(?:an?other|other|(?:a )?(?:different|new))(?: (?:one|topics?|subjects?|things?|questions?))?|now|today|again|for me"
)
_OWN = re.compile(r"^(?:my|the|a|an|some|our|your|about) | (?:instead|now|today|please|with you|more|too|for example)$")
_THIS = r"(?:this|that|it|my \w+|the \w+)"
_REFUSED = re.compile(
    r"^(?:no|i am (?:so )?bored|(?:it|this|that) is (?:too |so |very )?boring|you know what|never mind"
    rf"|(?:it is )?enough(?: (?:of|about|with) {_THIS})?"
    rf"|i (?:really )?do not (?:want|like)(?: to)?(?: (?:talk|speak|answer))?(?: about)? {_THIS}(?: (?:topic|question|subject|one))?"
    r"|(?:let us|can we|could we|i want to|i would like to) (?:change (?:the )?(?:topic|subject)|talk about something (?:else|different)))"
    r"(?: (?:so|and|but|please|now))* (?=(?:let us|can we|could we|shall we) )"
)
"""What is left behind before something else is wished for: "I don't want to talk about this, let's talk about football"."""
_SOMETHING_ELSE = re.compile(r"\bsomething (?:else|different) (?:(?:like|such as|for example|maybe|perhaps) |(?=.+ for example$))")
_WHY = re.compile(
    r"(?<=.) (?:because .*|(?:it|that|this) is .*|i (?:really )?(?:like|love) .*|(?:instead of|rather than|and not|but not|not) .*)$"
)
_WE = re.compile(r"^(?:please )?(?:let us|can we|could we|shall we) ")
"""Who says "we" wishes; "I would like to talk about my aunt because she is funny" answers."""

MEANING: Final = re.compile(
    r"(?:what does (?:the )?(?:word )?(?!it |this |that )(?P<a>[a-z][a-z' -]{1,30}?) means?(?: in english| here)?"
    r"|(?:what do you mean by|what is the meaning of|what means|what mean|what does it mean|what is it mean|i do not know what means"
    r"|(?:(?:can|could) you )?(?:please )?explain "
    r"(?:me )?the word|define"
    r"|i do not (?:know|understand) the (?:word|meaning of|expression)|i do not know what is)"
    r" (?:the )?(?:word )?(?P<b>[a-z][a-z' -]{1,30}?)(?: means?)?(?: in english| here)?"
    r"|i do not know what (?!it |this |that )(?P<c>[a-z][a-z'-]{1,30}) means?"
    r"|(?P<e>[a-z'-]{3,30}) (?:means|meaning)"
    r"|what is (?:an? )?(?!up|new|wrong|that|this|it|he|she|next|love|better|going|happening|your|my)(?P<d>[a-z'-]{4,30}))"
)
WORD_WANTED: Final = re.compile(
    r"(?:i do not know )?how (?:(?:do|can|could) (?:you|i|we|one) |to )?(?:say|call|translate) (?P<a>.{2,40}?)(?P<e> in english)?"
    r"|(?:what is|i do not know|i forgot) the (?:english )?(?:word|name|translation) (?:for|of) (?P<b>.{2,40}?)(?: in english)?"
    r"|(?:what|how) is (?P<c>\S{2,30}) (?:called )?in english"
)
HOW_ARE_YOU: Final = re.compile(
    r"(?:(?:hello|hi|hey|good (?:morning|afternoon|evening)) )*(?:there |teacher |sir |madam )*(?:dear )?"
    r"(?:how (?:are|is|do|have) (?:you|it|things|life|everything|you been|your day)(?: "
    r"(?:doing|going|today|feel|feeling|so far|sir|teacher|my friend))*"
    r"|what is up|are you (?:okay|fine|well))(?: (?:today|teacher|sir|madam|my friend))?"
)
GREETING: Final = re.compile(
    r"(?:(?:hello |hi |hey )?are you (?:there|listening|online|here)|(?:hello|hi+|hey+|hiya|greetings|good (?:morning|afternoon"
    r"|evening|day)|hola|hallo|bonjour|ola|salut|merhaba|namaste|salam)"
    r"(?: (?:there|again|everyone|examiner|teacher|sir|madam|viva|dear|to you|my friend|bot|friend))*(?: |$))+"
)
THANKS: Final = re.compile(
    r"(?:(?:okay|yes|no|oh|great|perfect|nice) )*(?:thank you|thanks|many thanks)(?: (?:very|so) much| a lot)?(?: "
    r"(?:teacher|sir|madam|again))*"
    r"(?: for (?:the |your |this )?(?:\w+ )?\w+)?"
)
_OPENS = r"(?:(?:hello|hi|hey|good (?:morning|afternoon|evening)|nice to meet you|dear|teacher|sir|madam|examiner) )*"
INTRODUCTION: Final = re.compile(
    rf"(?P<hello>{_OPENS})(?:(?P<sure>my name is|call me|i am called)|i am) (?P<name>\S+(?: \S+){{0,2}}?)"
    rf"(?P<more>(?: (?:and )?i am \d{{1,2}}(?: years(?: old)?)?)?(?: (?:and )?(?:i am |i come )?from (?:the )?\S+(?: \S+)?)?(?: "
    rf"(?:and )?i (?:am an?|live in|work as an?|study) \S+(?: \S+)?)?"
    rf"(?: (?:and )?{WISH}{DO}{OBJECT})?"
    r"(?: (?:and )?(?:it is )?(?:nice|pleased|glad) to meet you)?)"
)


def wished_topic(said: str) -> str:
    """Return what somebody wants to talk about ("" for none): "can we talk about my job" → "job"."""
    wish = _SOMETHING_ELSE.sub("", _REFUSED.sub("", said))
    found = TALK_ABOUT.fullmatch(_WHY.sub("", wish) if _WE.match(wish) else wish)
    if found is None:
        return ""
    topic = found["topic"].strip()
    if _NO_TOPIC.search(topic) or _NO_CHANGE.fullmatch(topic):
        return ""
    while (shorter := _OWN.sub("", topic)) != topic:
        topic = shorter
    return topic
