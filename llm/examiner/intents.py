"""How learners say what is no answer. Every pattern must match the whole message, politeness at its ends left out.

The messages come written out (`phone_spelling`): "i dont" reads "i do not", "lets" reads "let us", "practise" reads "practice".
"""

import re
from collections.abc import Iterable
from typing import Final

from llm.examiner.intents_on_practice import ASK, INTENTS_ON_PRACTICE
from llm.examiner.kinds import Heard

WISH: Final = (
    r"(?:(?:let us|shall we|let me|i am here to|i came here to|i am ready to|we can|you can|you may"
    r"|(?:can|could|may|shall|should|would|will) (?:we|i|you)(?: please)?(?: help me(?: to)?)?"
    r"|i (?:really |just |only )?(?:want|would like|need|wish|hope|would love|have)(?: to)?"
    r"|i am (?:preparing|practicing|studying|training|learning)(?: for| to)?"
    r"|i want you to|help me(?: to)?) )"
)
DO = r"(?:start|begin|go|practice|improve|learn|pass|have|train|prepare|study|speak|talk|chat|get started|do)"
OBJECT = (
    r"(?: (?:my|the|for|in|to|with|you|interview|half|an hour|hour|minutes|a|an|some|little|bit|english|speaking|exam|test"
    r"|conversation|now|today|skills?|level|here|and"
    r"|practice|practicing|ielts|toefl|cambridge|fce|cae|pet|ket|[abc][12]|next|week|month|year|more|better|language|talking"
    r"|speak|talk|it"
    r"|together|right|away|on|oral|examination|please|because|i|have|want|is|first|lesson|soon|tomorrow|grammar|vocabulary|fluency))*"
)
READY: Final = (
    rf"(?:yes |sure |of course )*{WISH}{DO}{OBJECT}",
    (
        r"(?:yes |sure )*(?:i am |we are )?ready(?: to (?:start|begin|go|talk|practice|speak|answer))?(?: now)?"
        r"(?: (?:so )?(?:you|we) (?:can|may) (?:ask|start|begin)(?: me)?(?: questions?| now)?)?"
    ),
    r"(?:yes )?(?:start|begin|go|go on|go ahead|continue)(?: now| with the (?:first )?question)?",
    (
        r"(?:i have|i will have|i need|i want|i am preparing(?: for| to)?) (?:an? |my |the )?(?:\w+ )?(?:english )?"
        r"(?:exam|test|practice|interview)"
        rf"{OBJECT}"
    ),
    r"(?:please )?(?:you can )?ask me (?:a |some |the |your )?(?:first )?questions?(?: now)?",
    r"i am preparing (?:for|to) (?:the |my )?(?:[abc][12]|ielts|toefl|\w+ exam)",
    r"first question|(?:it is|this is) me(?: again)?",
    r"(?:i am back(?: again)? )?(?:so )?(?:let us |we can |you can |can we )?(?:continue|go on|carry on)",
    r"(?:i am |we are )back(?: again)?|i am here(?: again)?",
)
STATEMENT: Final = re.compile(r"i (?!am ready|am back|am here)")
"""A way to say that one is ready which would be an answer in the middle of a conversation: "I want to improve my English"."""

_ROBOT = r"(?:real|human|person|robot|bot|machine|ai|computer|program|chatgpt|gpt|alive|real person|real human|real teacher|people)"

INTENTS: Final[tuple[tuple[Heard, tuple[str, ...]], ...]] = (
    (
        Heard.FAREWELL,
        (
            (
                r"(?:yes |no )?(?:for (?:today|your (?:time|help)|the (?:lesson|practice|chat|conversation)|everything) )?"
                r"(?:good ?bye|bye(?: bye)?|see you(?: \w+){0,2}|good night|have a (?:nice|good|great|lovely) \w+|ciao|cya|bb)"
                r"(?: (?:and|thanks?|thank|teacher|sir|see|have|my|dear|for|until|viva|now|then|i|it|good|everyone|all) ?.{0,30})?"
            ),
            (
                r"(?:yes |no )?i (?:have to|must|need to|want to|should|would like to|am going to|will|am going) ?"
                r"(?:go|leave|stop|finish|end|quit|rest|sleep)?"
                r"(?: (?:to (?:bed|sleep|work|school|home)|now|here|home|today|soon))* (?:bye|see you|goodbye).{0,20}"
            ),
            (
                r"(?:yes |no )?i (?:have to|must|need to|want to|should|would like to|am going to|will) (?:go|leave|stop|finish|end|quit)"
                r"(?: (?:now|here|today|this|the (?:lesson|conversation|practice|chat)|for|it))*"
            ),
            (
                r"(?:i am (?:so |very |a bit )?tired )?(?:(?:(?:can|could|may|shall) (?:we|i)|let us|we can) "
                r"(?:stop|finish|leave|end|quit)|(?:can|could|may) (?:we|i) go)"
                r"(?: (?:now|here|it|this|for|today|the (?:lesson|conversation|practice|chat)))*"
            ),
            (
                r"(?:stop(?: it)?|finish|end|quit|exit|enough|no more"
                r"|that (?:is|will be|would be) (?:all|it|enough|everything)|it is enough|i am (?:done|finished)|i have finished)"
                r"(?: (?:now|here|for|today|questions|from me|the (?:lesson|conversation|practice|chat|exam)))*"
            ),
        ),
    ),
    (Heard.READY, READY),
    (
        Heard.REPEAT,
        (
            (
                r"(?:please )?(?:(?:can|could|would|will) you (?:please )?|i want you to )?(?:repeat|say|write)"
                r"(?: (?:it|that|this|the question|the last question|your question|please|again|once more|one more time"
                r"|once again|more|slowly|slower))*"
            ),
            r"pardon(?: me)?|sorry|excuse me|what|again|come again|once more|one more time|what did you (?:say|ask)|huh",
            r"(?:i )?(?:did|could|can|do) not (?:hear|catch)(?: (?:you|it|that|what you said|the question|well))*",
            r"(?:i was (?:away|not listening) )?what (?:was|is) (?:the|your|my) (?:last )?question(?: again)?",
            r"(?:please )?(?:(?:can|could) you (?:please )?)?(?:speak|talk|say it|go) (?:more slowly|slower|slowly|more slow)",
            r"i (?:forgot|have forgotten|lost|forget) (?:the|your) question",
        ),
    ),
    (
        Heard.UNCLEAR,
        (
            (
                r"(?:i )?(?:really )?(?:am )?(?:do |did |can |could )?(?:not|no) (?:really |quite )?"
                r"(?:understand|understood|get|follow|comprehend|sure i understand)"
                r"(?: (?:the|this|your|that|it|you|me|question|questions|anything|nothing|last|words?|sentence|very|well|much|at"
                r"|all|good|sorry|here|here is))*"
                r"(?: what (?:do )?you (?:mean|want|say|said|ask|are asking|are saying)(?: from me| to know| me to say| exactly)*)?"
            ),
            r"what (?:do |does |did )?(?:you|it|this|that|the question) (?:mean|means|meant)(?: (?:by|with) (?:that|it|this)| exactly)*",
            r"what (?:do|did) you want(?: (?:to know|to hear|from me|me to (?:say|do|tell|answer)|exactly))*",
            (
                rf"{ASK}(?:explain|rephrase|simplify|clarify|ask|say|put)(?: me| to me)? (?:the question|it|that|this|your question)"
                r"(?: (?:again|better|more|clearly|to me|differently|simpler|in|an|another|other|a|different|simple|simpler"
                r"|easier|easy|words?|way|english))*"
            ),
            r"do you mean\b.{0,60}",
            (
                r"(?:the |your |this )?question is (?:not clear|unclear|confusing)(?: (?:to|for) me)?|(?:it|that|this) is not clear"
                r"(?: to me)?"
            ),
            r"(?:i am |i got )?(?:confused|lost)|what is (?:this|the) question about|i understand nothing",
        ),
    ),
    (
        Heard.HELP,
        (
            (
                r"(?:please )?help(?: me)?|(?:can|could|will|would) you (?:please )?help(?: me)?(?: with (?:it|this|that|the "
                r"(?:question|answer)))?"
            ),
            r"i (?:need|want|would like) (?:some |your |a little )?help(?: with (?:it|this|that|the (?:question|answer)))?",
            (
                r"what (?:can|should|could|do|must|shall) i (?:have to )?(?:say|answer|talk about|tell|tell you|write)(?: "
                r"(?:now|here|to this|about it|about this))*"
            ),
            (
                rf"{ASK}(?:give|show|tell)(?: me)? (?:an?|some|one|any|the)? ?(?:sample |model |possible |good |short )?"
                r"(?:examples?|hints?|ideas?|tips?|help|answer|sample|advice|vocabulary)(?: (?:of|for|to) .{1,30})?"
            ),
            (
                r"(?:i do not know )?how (?:can|should|do|could|to)(?: i)? (?:start|answer|begin|respond)(?: "
                r"(?:this|it|that|the|question|to|my|answer))*"
            ),
            r"(?:do you have )?(?:any|some) (?:tips?|ideas?|hints?|help|examples?|advice|suggestions?)",
        ),
    ),
    (
        Heard.HOW_IT_WORKS,
        (
            r"how (?:does|do|is) (?:this|it|that|the (?:app|chat|practice|program|exam))(?: chat| app| practice)? works?",
            r"what (?:can|do) you do(?: for me| here)?|what is this(?: for| app| chat| program)?",
            (
                r"what (?:do|should|must|can|shall|am|are|will) (?:i|we) (?:have to |need to |going to |supposed to )?do"
                r"(?: here| now| first| next)?"
            ),
            r"what (?:happens|comes|is) (?:now|next)|what is the (?:plan|goal)",
            r"how (?:many questions|long)(?: .{1,40})?(?: (?:are there|is it|does it take|do we have|will you ask|take))?",
            r"what are the rules|can you explain how (?:this|it) works",
        ),
    ),
    *INTENTS_ON_PRACTICE,
    (
        Heard.DONT_KNOW,
        (
            (
                r"(?:yes |no )?(?:i )?(?:really |honestly )?(?:do not|can not) (?:really )?(?:know|say)"
                r"(?: (?:what to (?:say|answer|tell)|what (?:should i|i should) say|how to say(?: it)?|about "
                r"(?:it|this|that)|the answer|it|that|this|exactly|anything|much))*"
            ),
            (
                r"(?:i )?(?:really )?(?:have |am )?(?:really )?(?:no idea|not sure)(?: (?:what to \w+|about "
                r"(?:it|this|that)|at all|to say|right now))*"
            ),
            (
                r"who knows|i (?:have )?never thought about (?:it|this|that)|nothing|(?:i )?can not think of "
                r"(?:\w+)|nothing comes to my mind"
            ),
            r"i have (?:nothing|no answer|no words)(?: to say)?(?: (?:about|to) (?:this|it|that))?|my mind is (?:blank|empty)",
        ),
    ),
    (
        Heard.WHO,
        (
            r"you (?:do|did|can) not (?:really )?understand(?: me| what i (?:say|said|mean))?",
            r"(?:do|can) you (?:really )?(?:understand|hear) (?:me|what i say|what i said)",
            (
                rf"(?:are you|you are|is this|is it|is there|am i (?:talking|speaking|writing|chatting) (?:to|with))(?: really)? "
                rf"(?:an? )?(?:real )?{_ROBOT}"
                r"(?: (?:teacher|examiner|or .{1,25}|there))?"
            ),
            (
                r"who (?:are|is|r) (?:you|this|that|there)\b.{0,20}|what are you|what (?:is|was) your name.{0,20}|(?:may|can) i "
                r"(?:know|ask) your name"
            ),
            r"who (?:am i|are we) (?:talking|speaking|chatting|writing) (?:to|with)|who (?:made|created|built|wrote|programmed) you",
            r"(?:tell|say) me (?:something )?about (?:you|yourself)|(?:please )?introduce yourself",
        ),
    ),
    (
        Heard.OBJECTION,
        (
            r"(?:no )?(?:but )?(?:you are|you were|your (?:note|correction|tip) is) (?:wrong|not right|not correct|mistaken)",
            (
                r"(?:no )?(?:but )?(?:that|this) is (?:not (?:correct|right)|wrong)|(?:that|this|it) is not what i (?:said|meant|mean"
                r"|wrote|asked)"
            ),
            r"(?:no )?i did not (?:say|mean|write) (?:that|this|it)",
        ),
    ),
    (
        Heard.OPINION,
        (
            r"(?:(?:can|could|may|shall) we |let us |i want to )(?:talk|speak) about you(?:rself|r life)?",
            r"(?:and |so |but )?(?:what|how) about you(?: .{1,30})?|(?:and )?you",
            r"(?:so |and )?what do you think(?: about (?:it|this|that))?|what is your (?:opinion|view|answer)(?: .{1,30})?",
            r"(?:and |so )?do you (?:like|have|think|know|prefer|agree)\b.{0,60}",
        ),
    ),
    (
        Heard.WAIT,
        (
            r"wait (?:please )?i (?:am|have|must|need) .{2,25}",
            (
                r"(?:yes |no )?(?:please )?(?:let me|i (?:have|need) to|i must) (?:think|see)(?: about (?:it|that|this))?"
                r"(?: first| please| a (?:moment|second|minute|bit))*"
            ),
            (
                r"(?:please )?(?:just )?(?:wait|one|give me|i need|hold on|hang on) ?(?:an?|one|some)? ?"
                r"(?:moment|second|minute|sec|bit|time|seconds|minutes)?"
                r"(?: (?:more|to think|please))*|(?:just )?a (?:moment|second|minute|sec)"
            ),
            (
                r"(?:that is |this is |what )?(?:an? )?(?:very |really )?(?:good|interesting|nice|great|difficult|hard|tricky) question"
                r"(?: (?:let me|i (?:have|need) to|i must) think(?: about it)?)?"
            ),
        ),
    ),
    (
        Heard.SHY,
        (
            (
                r"(?:i am )?(?:so |very )?(?:sorry )?(?:but )?(?:because )?my (?:english|grammar|level|speaking|vocabulary) (?:is |are )?"
                r"(?:so |very |not |too |really )*(?:bad|poor|low|terrible|good|weak|basic|horrible|limited)(?: enough)?"
            ),
            (
                r"(?:i am )?(?:so |very )?(?:sorry |ashamed )?(?:for|about|of) (?:my|the) (?:\w+ )?"
                r"(?:english|grammar|mistakes?|errors?|accent|level)"
            ),
            (
                r"(?:i )?(?:can not|do not|no|not) speak (?:good |much |any )?english(?: well| very well| good| very good)?|i speak "
                r"(?:only )?"
                r"(?:a )?(?:little|bad|poor) english"
            ),
            (
                r"i am (?:so |very |a bit |a little |too |really )?(?:nervous|shy|embarrassed|ashamed|only a beginner|an? "
                r"(?:absolute |complete |total )?beginner)"
            ),
            r"i am (?:not|very bad|bad|not very|not so) (?:good )?(?:at|in) (?:english|speaking|grammar)",
            (
                r"i am (?:afraid|scared|worried)(?: (?:of|to|about))? (?:make |making |do |doing |speak |speaking |my )*"
                r"(?:mistakes?|errors?|english)"
            ),
        ),
    ),
    (
        Heard.COMPLIMENT,
        (
            (
                r"you are (?:so |very |really |a |an |the |such )*"
                r"(?:nice|kind|good|great|funny|cool|helpful|smart|amazing|best|wonderful|clever|sweet|patient|lovely|excellent)"
                r"(?: (?:teacher|examiner|bot|robot|program|person|tutor|to me))?"
            ),
            r"i (?:really )?(?:like|love|enjoy) (?:you|talking|speaking|chatting|practicing)(?: (?:with|to) you)?(?: (?:very|so) much)?",
            r"(?:good|great|nice|well) (?:job|work|done)|(?:this|that|it) (?:is|was) (?:so |very |really )?(?:helpful|useful for me)",
            r"(?:nice|pleased|glad) to meet you(?: too)?",
        ),
    ),
)


def compiled(table: Iterable[tuple[Heard, tuple[str, ...]]]) -> tuple[tuple[Heard, re.Pattern[str]], ...]:
    """Return one pattern for each kind."""
    return tuple((heard, re.compile("|".join(f"(?:{pattern})" for pattern in patterns))) for heard, patterns in table)
