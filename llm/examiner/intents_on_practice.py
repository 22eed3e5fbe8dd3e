"""How learners speak of the practice itself: their English, corrections, the level, another question. Read `intents.py` first."""

from typing import Final

from llm.examiner.kinds import Heard

_ENGLISH = r"(?:english|speaking|answers?|level|performance|pronunciation|last answer)"
_GOOD = r"(?:good|okay|bad|fine|well|nice|great|right|better|enough|perfect|terrible|acceptable|clear)"
_LANGUAGES = (
    r"(?:spanish|french|german|italian|portuguese|russian|chinese|mandarin|japanese|korean|arabic|turkish|polish|hindi|urdu|dutch|greek"
    r"|ukrainian|persian|farsi|vietnamese|thai|indonesian|czech|hungarian|romanian|swedish|bengali|hebrew|catalan|tamil"
    r"|my (?:own |native )?(?:language|tongue)|another language|other languages?)"
)
_THIS = (
    r"(?:it|that|this|the (?:last |first |next )?question|this (?:question|one|topic)|(?:these|your|the) questions?|this level|the topic)"
)
ASK = r"(?:please )?(?:(?:can|could|would|will) (?:you|i|we) (?:please )?|i (?:want|need|would like|would prefer|prefer)(?: to)? |let us )?"
_GIVE = r"(?:give|ask|make|use|have|tell|try|take|choose|send|show|get)?(?: (?:me|us|it|the questions?))?"
_ONE = r"(?: ?(?:question|one|topic|thing|exercise|level|word|sentence)s?)?"

INTENTS_ON_PRACTICE: Final[tuple[tuple[Heard, tuple[str, ...]], ...]] = (
    (
        Heard.SCORE,
        (
            rf"how (?:good |bad )?(?:is|was|are|were|about) my (?:\w+ )?(?:{_ENGLISH}|grammar)(?: so far| today| now| until now)?",
            (
                rf"(?:is|was|are|were) (?:my (?:\w+ )?{_ENGLISH}|it|that|i|everything) (?:a )?(?:so |really |very |already |not )?{_GOOD}"
                r"(?: enough)?(?: answer| english)?(?: (?:for|to) .{1,30})?"
            ),
            (
                r"how (?:well |good )?(?:am|did|do|was|have|is|i am|do you think i|are) ?(?:i|we|it)? ?"
                r"(?:do|doing|done|did|go|going|speak|speaking|perform|performing|answer)(?: (?:so far|until now|today|well|english|now))*"
            ),
            (
                rf"(?:do|did|can|am) i (?:speak|do|talk|answer|doing|speaking)(?: (?:english|it|the question|so|very|really))* {_GOOD}"
                rf"(?: enough)?.{{0,20}}"
            ),
            (
                r"(?:please )?(?:(?:can|could|would) you )?(?:please )?(?:what|tell me|give me|show me|check|say me|which|do you know)"
                r"(?: (?:is|was|are|would be|will be|do you think is|what is))* (?:a|an|the|my)(?: \w+){0,2} "
                r"(?:level|score|grade|mark|result|results|band|points)"
                r"(?: (?:of my english|in english|now|so far|for me|do i have))*"
            ),
            (
                r"(?:what|which|how many|how much) (?:\w+ )?(?:level|score|grade|mark|marks|points|band)"
                r" (?:do|did|am|will|would|can|have|are) (?:i|you)(?: \w+){0,4}"
            ),
            (
                r"(?:please )?(?:(?:can|could) you )?(?:tell|say|show) (?:me )?(?:if|whether) (?:my (?:\w+ )?english|i) (?:is|am|speak"
                r"|do|did|can)(?: .{1,30})?"
            ),
            r"(?:is|does|did|do|has|can) my english (?:getting|get|become|improve\w*)(?: .{1,20})?|my english (?:improves?|is improving)",
            r"(?:did|will|would|could|can) i pass(?: the (?:exam|test))?(?: .{1,20})?",
            (
                rf"am i (?:really |already |a |at |an |in )*(?:{_GOOD}|[abc][12]|ready for .{{1,30}})(?: "
                rf"(?:level|student|speaker|at english|in english|now|or not))*"
            ),
            rf"what do you think (?:about|of) my (?:{_ENGLISH}|grammar)",
            rf"do you think (?:that )?(?:my (?:{_ENGLISH}|grammar)|i) (?:is|am|are|speak|do|did|will|can|could)(?: .{{1,40}})?",
            rf"{ASK}(?:rate|evaluate|assess|score|grade|judge|mark|test) (?:me|my (?:{_ENGLISH}|grammar))",
            r"(?:please )?(?:ignore|forget|disregard) .{0,70}\b(?:score|level|grade|mark|band)",
        ),
    ),
    (
        Heard.CORRECT_ME,
        (
            (
                rf"{ASK}correct(?: (?:me|my|the|all|any|every|mistakes?|errors?|grammar|english|answers?|sentences?|when|if|i"
                rf"|make|a|have|am|wrong|speak|said))*"
            ),
            (
                r"(?:is|was) (?:my (?:grammar|english|answer|sentence|\w+ answer)|this|that|it|what i said)(?: \w+)? "
                r"(?:correct|right|wrong|correctly)"
            ),
            r"(?:is|was) my (?:grammar|sentence) (?:okay|good|fine)",
            (
                r"(?:did|do|have) i (?:make|made|have|do|did|say|said|write)(?: (?:a|any|some|it|that|many|lot|of|lots|big|the))*"
                r" (?:mistakes?|errors?|correctly|correct|right|wrong)(?: .{0,20})?"
            ),
            r"(?:was|were|are|is|do you see)(?: there)? (?:an?|any|some|many)? ?(?:mistakes?|errors?)(?: (?:in|with) .{1,30})?",
            (
                r"(?:any|what|which|how many)(?: (?:are|were|is|was|my|kind|of))* (?:mistakes?|errors?)(?: (?:did |do |have )?i "
                r"(?:make|made|have|do|did))?"
            ),
            (
                r"what (?:did i do|was|is|did i say|have i done|i did) wrong(?: (?:with|in) .{1,30})?|where (?:is|are|was|were) "
                r"(?:the|my) (?:mistakes?|errors?)"
            ),
            rf"{ASK}(?:tell|show|say|give|point out)(?: me)?(?: (?:all|about))?(?: of)? my (?:errors?|mistakes?|wrong words?)",
            rf"{ASK}(?:give me|check)(?: (?:a|some|your|my))? (?:feedback|corrections?|grammar|sentence|answer)(?: .{{1,20}})?",
        ),
    ),
    (
        Heard.ONLY_ENGLISH,
        (
            (
                r"(?:(?:do|can|could|would|will|may|shall) (?:you|we|i) |let us |i (?:want|would like|prefer) to |i (?:can )?only )"
                rf"(?:please )?"
                rf"(?:\w+ ){{0,3}}(?:in |to |into )?{_LANGUAGES}(?: (?:with you|instead|too|a little))*"
            ),
            rf"(?:please )?(?:speak|talk|write|use|ask)(?: with me| to me| me)? (?:in |to )?{_LANGUAGES}",
        ),
    ),
    (
        Heard.EASIER,
        (
            (
                rf"{ASK}{_GIVE} ?(?:an?|some|something|with|only|the|more|in)? ?"
                rf"(?:easier|easy|simpler|simple|less difficult|more easy|more simple)"
                rf"(?: english)?{_ONE}(?: for me)?(?: (?:because )?i am (?:only |a |an )*\w+)?"
            ),
            (
                rf"(?:(?!it was){_THIS} (?:is|are|was|were|looks?|seems?) )?(?:much |a bit |a little )?too "
                rf"(?:hard|difficult|complicated|advanced|complex)"
                r"(?: (?:for|to) (?:me|my level|a beginner|answer|understand))*(?: question)?"
            ),
            (
                rf"(?!it was){_THIS} (?:is|are|was|were|looks?|seems?) (?:so |very |really |quite |a bit |a little |pretty )?"
                r"(?:hard|difficult|complicated|advanced|complex) for (?:me|my level|a beginner)"
            ),
            (
                r"(?:this|the|your|these) questions? (?:is|are|was|were) (?:so |very |really |quite |a bit |too )?"
                r"(?:hard|difficult|complicated)"
            ),
            r"(?:it|this|that) is an? (?:very |really |too )?(?:hard|difficult) question for (?:me|my level)|(?:this|it) is not my level",
            r"(?:i want|i need|can i have|change to|go to) (?:an? |the )?(?:lower|easier) level",
        ),
    ),
    (
        Heard.HARDER,
        (
            (
                rf"(?:{_THIS} (?:is|are|was|were) (?:too|very|so) easy(?: for me)? )?{ASK}{_GIVE} ?(?:an?|some|something|with|the)? ?"
                rf"(?:harder|more difficult|more challenging|more advanced|more complex|more complicated)"
                rf"{_ONE}(?: for me)?"
            ),
            (
                rf"(?:{_THIS} (?:is|are|was|were) )?(?:much |a bit |a little |way )?too (?:easy|simple|basic)(?: for (?:me|my level))?"
                rf"(?: question)?"
            ),
            rf"{_THIS} (?:is|are) (?:so |very |really |quite )?(?:easy|simple|basic) for (?:me|my level)",
            r"(?:this|the|your|these) questions? (?:is|are|was|were) (?:so |very |really |quite )?(?:easy|simple|basic)",
            (
                r"(?:please )?(?:(?:can|could) you )?(?:please )?(?:give|ask) me (?:an? |some )?(?:really |very )?(?:difficult|hard"
                r"|challenging) (?:questions?|ones?|topics?)"
            ),
            r"(?:i want|i need|can i have|change to|go to) (?:an? |the )?(?:higher|harder) level",
        ),
    ),
    (
        Heard.SKIP,
        (
            (
                rf"{ASK}(?:go to |move (?:on )?to )?(?:next|skip|pass)(?: "
                rf"(?:it|this|that|one|question|the question|this question|topic|to))*"
            ),
            rf"{ASK}(?:give me|ask me|ask|have) (?:an? |some )?(?:normal|real|better|interesting|more interesting) (?:questions?|topics?)",
            (
                rf"{ASK}(?:give me|ask me|ask|have|tell me|do|try|take|choose|go to)? ?(?:an?|the)? ?"
                rf"(?:another|other|different|new|next|second)(?: new)?"
                r" (?:questions?|topics?|one|subject|theme|thing)"
            ),
            (
                rf"{ASK}(?:please )?(?:change|switch)(?: (?:the|this|to|a|another|my))*(?: new)? "
                rf"(?:topics?|subject|questions?|theme|it|one)(?: now| (?:to|for) (?:another|something else|a (?:different|new))(?: one)?)?"
            ),
            (
                rf"{ASK}(?:talk|speak|ask|discuss|do)(?: me)?(?: about)? "
                rf"(?:something|anything|some other thing|another thing|other things?) ?(?:else|different|new)?(?: now| today| maybe)?"
            ),
            (
                r"i (?:really )?(?:do not|did not|would not|would rather not|will not|prefer not to|do not really|can not)(?: "
                r"(?:want|like|wish|prefer))?"
                r"(?: to)?(?: (?:answer|say|talk|speak|discuss)(?: about)?)(?: "
                r"(?:it|this|that|the question|this question|this topic|about|that question|to you))*"
            ),
            r"i (?:do not|did not) (?:really )?like (?:this|the|that|your) (?:question|topic|subject)s?",
            r"(?:this|that|it|the question) is (?:too|very|so|really) (?:personal|private|boring)",
            (
                r"(?:this|that|what|your)(?: is)?(?: a)? (?:stupid|silly|boring|dumb) (?:question|topic)"
                r"|(?:this|that|the|your) (?:question|topic) is (?:stupid|silly|boring|dumb)|boring|so boring|private|that is private"
            ),
            r"i do not care|whatever|(?:can|could|shall) we move on|let us move on|move on|something else|anything else",
            (
                r"(?:but |well )?i(?: have)? (?:already|just) (?:told|said|answered|answer|say|tell)(?: you)?(?: (?:that|this|it|the"
                r" question|this question))?"
            ),
            r"why do you (?:always )?(?:ask|repeat)(?: me)?(?: always)?(?: the)? same(?: .{1,20})?",
            r"you (?:already|just) asked(?: me)?(?: (?:that|this|it))?(?: question)?|same question(?: again)?",
        ),
    ),
)
