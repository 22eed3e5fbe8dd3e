"""What people say around an answer, as patterns; `around.py` decides which of it is left out."""

import re

REASON = re.compile(
    r"[,;.]?(?: [-–—])? (?:because|(?:be)?cause|cuz|coz|since(?= (?:\d|my|i|it|the|we|he|she|they|that|everyone|everybody|people|birth|"
    r"nobody|no one|all)\b)|as(?= (?:my|i|it|that|we|he|she)(?:['’]?[ms])? )|"
    r"weil|da(?= (?:ich|mein|das|es)\w* )|denn|parce qu(?:e|['’])|(?:like|wie|comme|como|come|как) (?:my|mein\w*|mon|ma|mi|meu|minha|"
    r"mio|mia|мой|моя|moy)|car(?= (?:je|c['’]|mon|ma))|porque|perch[eé]|ya que|потому что|так как|"
    r"çünkü)\b.{0,300}$",
    re.IGNORECASE,
)
"""Why the answer is what it is: "bigfish because I like fishing"."""
AS_LOGIN = re.compile(r" as my (?:user ?name|login|handle|nick|e-?mail)", re.IGNORECASE)
BUT = re.compile(
    r"[,;.]?(?: [-–—])? (?P<but>but|although|though|even though|which)"
    r" (?:i|it|that|this|nobody|no one|everybody hates|everyone hates|don['’]?t|please|only|why|you|they|people (?:hate|always))\b"
    r"(?![^\n]{0,300}\b(?:call|called|names?|mail|meant?|mean|actually|instead|rather|prefer|want|back|over|write|use)\b)[^@]{0,300}$",
    re.IGNORECASE,
)
WILL_IT_DO = re.compile(
    r"[ ,;.(?!–—-]{1,4}(?:(?:is|would|does|will|do) (?:that|this|it|you)(?: be)?(?: need| want| think)? ?(?:ok|okay|fine|enough|"
    r"allowed|alright|all right|good"
    r"|right|correct|work|possible|acceptable|do|valid|too long|too short|too much|the right one|more|it|so)?|"
    r"(?:is )?(?:that|this)?(?:['’]?s)? ?(?:ok|okay|alright|right|correct)|ist das (?:ok|okay|gut|in ordnung|erlaubt|möglich)|"
    r"geht das|reicht das|passt das|"
    r"c['’]est (?:bon|ok|possible|autorisé)|ça (?:va|marche|passe|suffit)|est-ce que ça (?:va|marche)|(?:está|esta|vale|va) ?(?:bien|"
    r"bene|ok)?|"
    r"vale|funciona|pode ser|tudo bem|serve|(?:può|puo) andare|va bene|olur mu|tamam mı|uygun mu|можно|подойд[её]т|так пойд[её]т)"
    r" ?[?？]{1,3}\)?$",
    re.IGNORECASE,
)
"""Whether the answer will do: "Ana - is that ok?"."""
HOW_ABOUT = re.compile(
    r"^(?:and |so |ok |hmm?,? |well,? )?(?:how about|what about|wie w[äa]r['’]?e?s? (?:es )?mit|que (?:dites-vous|dis-tu|"
    r"penses-tu) de|qué tal|que tal|"
    r"che ne dici di|как насч[её]т) (?=\S+(?: \S+){0,2}$)",
    re.IGNORECASE,
)
REPAIR = re.compile(
    r" (?:->|=>|→) |"
    r"(?:[,;.!…]{1,4}|(?: [-–—])?) ?(?:(?<=[ ,;.!…])(?:no|nope|nah|oh|uh|um|argh?|sorry|oops|oopsie|ups|whoops|wait|hang on|hold on|"
    r"actually|i mean|i meant|or rather|"
    r"rather|make that|scratch that|correction|pardon|my bad|my mistake|i mistyped|typo|nein|nee|moment|warte|quatsch|ach|ich meine|"
    r"ich meinte|entschuldigung|non|pardon|"
    r"je veux dire|je voulais dire|enfin|attends|attendez|espera|perdón|perdon|digo|quiero decir|quise decir|desculpa|desculpe|não|"
    r"espere|quer dizer|quero dizer|"
    r"scusa|scusi|anzi|volevo dire|aspetta|cioè|hayır|pardon|yani|bekle|нет|ой|извините|точнее|то есть|вернее|стоп)"
    r"(?:[,.!…:]| [-–—])*(?: (?:it['’]?s|it is|that['’]?s|es ist|c['’]est|es|è|é))?(?: |$)){1,5}",
    re.IGNORECASE,
)
"""Words that take back what stands before them: "rob_stark no wait robb_stark"."""
WAS = re.compile(
    r"^(?:it |i |that |my name |my last name )?(?:was|used to be|had|born|n[ée]e|formerly|previously|ex|geborene|"
    r"geb\.) [^\W\d_][\w'’-]*(?: before| (?:until|till) [^,;.]{1,20})?[,;.]? (?:but |and )?(?:now|"
    r"these days|today)(?: it)?(?:['’]?s| is| i['’]?m| i am)? ",
    re.IGNORECASE,
)
SPELLED = re.compile(
    r"(?<=\w)[, (]{1,3}(?:(?:capital|small|big|little) \w|"
    r"\w not(?: an?)? \w|not with \w{1,2}|no \w|(?:just|only)? ?(?:one|two|single|double) \w|"
    r"(?:all )?(?:in )?(?:lower ?case|small letters|upper ?case|capitals)|"
    r"(?:with|mit|avec|con|com) (?:\w{1,2}|an?|one|two|double|just|only|capital|eine?m?|zwei|doppel|une?|deux|dos|una|doble|due|dois|"
    r"um|uma)\b(?: \w{1,12})?|"
    r"(?:with |mit |avec |con )(?:the|an?|dem|einem|une?|la|le|el) (?:\w{1,12} ){0,2}\w|(?:(?:in|as|en) )?(?:two|three|2|3|zwei|deux|"
    r"dos|due) (?:words?|wörtern?|worten?|mots|palabras|parole)|"
    r"(?:but )?(?:no|without|ohne|sans|sin|sem|senza) (?:an? |any |the )?(?:underscores?|dash(?:es)?|dots?|hyphens?|numbers?|digits?|"
    r"capitals?|accents?|umlauts?|h)|"
    r"spelled .{1,60}|spelt .{1,60})\)?[.!]?$",
    re.IGNORECASE,
)
ONE_WORD = re.compile(
    r"[, (]{1,3}(?:but )?(?:with |written |write it )?(?:as )?(?:no spaces?|together|without the spaces?|without (?:any )?spaces?|"
    r"(?:all |in |as )?one word|all together|altogether|"
    r"zusammengeschrieben|zusammen|ohne leerzeichen|"
    r"tout attaché|en un mot|sans espaces?|todo junto|sin espacios|tudo junto|sem espaços|tutto attaccato|senza spazi|слитно|"
    r"bitişik)\)?[.!]?$",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"<{1,3}([^\W_][\w.-]{1,29})>{1,3}")
HYPHEN = re.compile(r"(?<=[^\W\d_]) (?:hyphen|dash|bindestrich|tiret|gui[oó]n|trattino|h[ií]fen|дефис) (?=[^\W\d_])", re.IGNORECASE)
APOSTROPHE = re.compile(r"(?<=[^\W\d_])(?: apostroph[e]? (?=[^\W\d_])|[´`](?=[^\W\d_]))", re.IGNORECASE)
BARE_HYPHEN = re.compile(r"^([^\W\d_]{2,}) [-–—] ([^\W\d_]{2,})$")
CAPITAL_FIRST = re.compile(r"^(?:with )?(?:a )?capital ([^\W\d_])[, ]+(?=\1)", re.IGNORECASE)
DEGREE = re.compile(r",? \(?(?:MD|M\.D\.|Ph\.?D\.?|MBA|M\.?Sc\.?|B\.?Sc\.?|B\.?A\.|M\.A\.|MA|Esq\.?|DDS|RN|CPA|Dr\.?|LL\.?M\.?)\)?\.?$")
OLD_NAME = re.compile(
    r"(?<=\w)[,.]? (?:(?:it['’]?s|that['’]?s|which is) )?(?:an? )?(?:Polish|German|French|Spanish|Italian|Irish|Turkish|Russian|Greek|"
    r"Dutch|Arabic|Hebrew|Hungarian|Czech|Swedish|"
    r"Norwegian|Danish|Finnish|Portuguese|Scottish|Welsh|Chinese|Japanese|Korean|Vietnamese|Indian|Persian|Ukrainian|Icelandic|Basque|"
    r"Catalan)(?: (?:name|for|version|spelling)\b.{0,40})?[.!]?$|"
    r"(?<=\w)[,.;]? (?:\()?(?:my |the )?(?:maiden|birth|old|former|previous|unmarried) name\b.{0,60}$|"
    r"(?<=\w),? ?\b(?:and )?(?:i['’]?m )?\d{1,3}"
    r"(?: ?years? old| ?yo| jahre alt| ans| años| anni| anos|,|$).{0,60}$",
    re.IGNORECASE,
)
"""The name before the wedding, or the age."""
BUT_CALLED = re.compile(
    r",? (?:but|or|oder|ou|o) [^\W\d_][\w'’-]* (?:if |is |works|will do|would |wenn |geht |si |se )\w?.{0,60}$|"
    r",? [^\W\d_][\w'’-]* (?:for|to|für|pour|per|para|para os|para los|для|voor) (?:my |meine |mes |les |gli |los |os |mis )?"
    r"(?:friends?|freunde|amis|amici|amigos|друзей|vrienden)[.!]?$|"
    r",? (?:my )?nick(?:name)?(?: is|:)? [^\W\d_][\w'’-]*[.!]?$|"
    r",? (?:but|though|although|aber|mais|pero|ma|mas|но) (?:i (?:prefer|go by|use|answer to)|people|everyone|everybody|"
    r"(?:all )?(?:my )?friends|most(?: people)?|"
    r"you (?:can|may)|they|please|alle|meine freunde|du kannst|tout le monde|mes amis|todos|mis amigos|tutti|все)\b.{0,60}$",
    re.IGNORECASE,
)
"""What the person is called otherwise: "Pedro, though everyone says Pepe"."""
GOOD_ENOUGH = re.compile(
    r"^(?:is|would|does|can|could|will|ist|est-ce que|es|è|é) ([\w.-]+) (?:be )?(?:too (?:long|short|simple|boring|silly)|ok|okay|"
    r"fine|allowed|valid|good|any good|"
    r"acceptable|alright|all right|work|do|possible|enough|good enough|zu lang|zu kurz|erlaubt|trop long|trop court|demasiado largo|"
    r"muy largo|troppo lungo)"
    r"\b(?P<more>.{0,60})\?+$",
    re.IGNORECASE,
)
"""A wish that asks for judgement: "is bigfish too long?"."""
SUFFIX = re.compile(r"(?<=\w), ?(?=(?:Jr|Sr|Jnr|Snr|II|III|IV)\b\.?$)", re.IGNORECASE)
MIDDLE = re.compile(
    r"^(?:(?:my )?first name(?: is|:)? )?([^\W\d_][\w'’-]*),? (?:and )?(?:my |the )?middle name(?: is|'s|:|,)? ([^\W\d_][\w'’.-]*)[.!]?$",
    re.IGNORECASE,
)
_N = r"([^\W\d_][\w'’-]*(?: [^\W\d_][\w'’.-]*){0,2}?)"
_MY = r"(?: (?:my|the|mein|der|mon|ma|le|mi|el|o|meu|il|il mio))?"
_IS = r"(?: (?:is|ist|est|es|é|è|as))?"
_FIRST_IS = rf"{_IS}{_MY} \(?(?:first(?: name| one)?|given(?: name| one)?|name|vorname|pr[ée]nom|nombre|primeiro nome|nome)\)?"
_LAST_IS = (
    rf"{_IS}{_MY} \(?(?:last(?: name| one)?|surname|family(?: name| one)?|nachname|nom(?: de famille)?|"
    r"apellido|sobrenome|apelido|cognome)\)?"
)
_THEN = r"(?:,| and|;| und| et| y| e)*"
BOTH = re.compile(rf"^{_N}{_FIRST_IS}{_THEN} {_N}{_LAST_IS}[.!]?$", re.IGNORECASE)
FIRST_AFTER = re.compile(rf"^{_N} (?:is|ist|est|es|é|è){_MY} (?:first name|given name|vorname|pr[ée]nom)[.!]?$", re.IGNORECASE)
LOCAL_PART = re.compile(
    r"(?:\b(?:before|vor dem|vorm|avant (?:l['’]|le|la)?|antes d[eao]l?(?: la| el| o)?|prima dell[ae]?|до|перед)(?: the| my)? ?(?:@|"
    r"\bat\b(?! \w)|at sign|arroba|arobase|chiocciola|собак\w+|et-zeichen)|"
    r"\b(?:first|beginning|start|front|local|name|left|initial|erste|première|primera|prima)[ -]?(?:part|half|bit|section|portion|"
    r"teil|partie|parte)?"
    r"(?: side)? (?:of|in|from|von|meiner|de|del|della|da) ?(?:the |my |mon |ma |mi |meu |mia |meiner |that )?(?:e-?mail|mail|address|"
    r"correo|indirizzo|adresse)|"
    r"(?:e-?mail|address|mail)(?: name| address)? without (?:the |what is after |everything after )?(?:domain|@|at\b|ending|example))",
    re.IGNORECASE,
)
NOT = re.compile(r"\b(?:not|don['’]?t|never|nicht|pas|kein|no|means?|explain|why)\b", re.IGNORECASE)
NOT_THIS = re.compile(r"(?<=\w),? (?:and )?(?:not|nicht|pas|no|non|não|не) ([^\W\d_][\w'’-]+)[.!]?$")
THREE = re.compile(r"^[^\W\d_] [^\W\d_] [^\W\d_]$")
ONLY = re.compile(
    r"^[^\n]{2,60}?\b(?:but|though|pero|mais|aber|mas|ma|но|ama)\b[^\n]{0,30}?\b"
    r"(?:just|only|solo|sólo|nur|juste|seulement|simplement|apenas|só|soltanto|только|просто|sadece) ([^\W\d_][\w'’-]{1,30})[.!]?$",
    re.IGNORECASE,
)
"""What a person wants to be called of a longer name: "I'm Ana María, but put only Ana"."""
LOWER = re.compile(
    r"(?:^|(?<=[\w.]))[, (]{0,3}(?:it['’]?s |and )?(?:(?:all |everything |alles )?(?:in )?(?:lower[ -]?case|small letters|"
    r"kleinbuchstaben|kleingeschrieben|klein geschrieben)|"
    r"(?:todo |tout |tutto |tudo )?(?:en |em |in )?(?:minuscules?|minúsculas?|minuscol[eo]|minuscole))(?: letters| please)?\)?(?: |"
    r"[.!]?$)",
    re.IGNORECASE,
)
LOW_LINE = re.compile(
    r"\b(?:gui[oó]n bajo|barra baja|tiret bas|trattino basso|alt çizgi|нижнее подч[её]ркивание|under score|"
    r"sous[- ]tiret)\b",
    re.IGNORECASE,
)
THEN_ASKS = re.compile(
    r"(?:[,.;!] ?(?:[-–—] )?(?:and |but |und |et |y |e )?| [-–—] | \()(?:why|what|whats|now|right|or|isn|what['’]s|when|how|who|where|"
    r"which|anything|"
    r"is|are|do|does|can|could|will|would|was|"
    r"wie|wann|warum|wozu|wer|wof[üu]r|pourquoi|quoi|c['’]est|est-ce|por qu[eé]|para qu[eé]|qu[eé]|cu[aá]ndo|perch[eé]|a cosa|cosa|"
    r"quando|зачем|что|почему|"
    r"когда|o que|neden|niye|ne zaman)\b[^.!?]{0,80}[?？]{1,3}\)?$",
    re.IGNORECASE,
)
"""A question after the answer: "Alonso - why do you need it?"."""
STARRED = re.compile(r"^[^\W\d_]{2,} ?\* ?([^\W\d_]{2,})[.!]?$")
"""A slip put right as in a chat: "Mrata *Marta"."""
FAMILY_FIRST = re.compile(
    r"^(?:i['’]?m |my name is |it['’]?s )?([^\W\d_][\w'’-]*) ([^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?),? \(?(?:with )?(?:my |the )?"
    r"(?:family|last|sur) ?(?:name)?(?: (?:comes|goes|is))? first\)?[.!]?$",
    re.IGNORECASE,
)
WROTE_BUT_MEANT = re.compile(
    rf"^(?:(?:oh|sorry|oops|wait),? )?i (?:wrote|typed|put|said|entered|gave)(?: you)? {_N},? (?:but|and|when|instead of)(?: i)? "
    rf"(?:meant|mean|wanted|should be|it should be|it should have been|it['’]?s|it is|it was)(?: to (?:write|put|say|type))? {_N}[.!]?$",
    re.IGNORECASE,
)
"""A slip that is told: "I wrote Li but I meant Lee"."""
BEFORE = re.compile(
    r"^[^\W\d_][\w'’-]* (?:before|earlier|früher|vorher|antes|avant|prima|(?:until|till|bis) [^,;.]{1,20}),? (?:and |but )?(?:now |"
    r"these days |today |jetzt )?(?:it['’]?s |i['’]?m )?",
    re.IGNORECASE,
)
BOTH_SHORT = re.compile(rf"^(?:my )?first:?(?: is)? (?!name){_N}(?:,| and|;)+ ?(?:my )?last:?(?: is)? (?!name){_N}[.!]?$", re.IGNORECASE)
INTERJECTION = re.compile(
    r"^(?:oh|ah|ooh|um+|uh+|er+|well|hmm+|ach|ay|eh|hey|finally|at last|great|perfect|awesome|brilliant|excellent|wonderful|lovely|yay|wow|"
    r"phew|almost (?:there|done)|nearly (?:there|done)|last one|easy|enfin|parfait|génial|super|endlich|perfekt|prima|klasse|por fin|"
    r"perfecto|genial|estupendo|finalmente|perfetto|perfeito|até que enfim|nihayet|harika|наконец(?:-то)?|отлично|прекрасно)"
    r"[,!….]+ (?=\S+ ?\S)",
    re.IGNORECASE,
)
LAST_FIRST_MINE = re.compile(rf"^{_N}{_LAST_IS}{_THEN} {_N}(?: is)? my (?:first |given )?name[.!]?$", re.IGNORECASE)
LAST_THEN_FIRST = re.compile(rf"^{_N}{_LAST_IS}{_THEN} (?:my )?(?:first|given) name:?(?: is)? {_N}[.!]?$", re.IGNORECASE)
FIRST_THEN_LAST = re.compile(
    rf"^{_N}{_FIRST_IS}{_THEN} (?:my |the )?(?:last(?: ?name| one)?|family(?: ?name| one)?|surname):?(?: is)? {_N}[.!]?$", re.IGNORECASE
)
BOTH_REVERSED = re.compile(rf"^{_N}{_LAST_IS}{_THEN} {_N}{_FIRST_IS}[.!]?$", re.IGNORECASE)
LAST_THEN_I_AM = re.compile(
    rf"^{_N}{_LAST_IS}{_THEN} (?:i am|i['’]?m|my name is|call me|ich bin|ich heiße|je suis|soy|sono|sou) {_N}[.!]?$", re.IGNORECASE
)
GAP = re.compile(r"(?<=[\w]) {1,2}@(?=[\w-]{1,60}\.[a-z]{2})", re.IGNORECASE)
LAST_AFTER = re.compile(
    rf"(?<=\w)[,.;] ?(?:and )?{_N}"
    rf" (?:is|ist|est|es|é|è){_MY} (?:last(?: name| one)|surname|family(?: name| one)?|nachname|nom de famille|"
    r"apellido|sobrenome|cognome)[.!]?$",
    re.IGNORECASE,
)
