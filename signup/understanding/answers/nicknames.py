"""What is said about a username before its value, and what it is not."""

import re

from signup.understanding.answers.facts import is_made
from signup.understanding.words.slips import is_slip
from signup.understanding.words.text import replaced

_NICK = (
    r"(?:nick(?:name)?|user ?name|handle|alias|login|gamertag|spitzname|benutzername|apodo|usuario|surnom|pseudo|identifiant|"
    r"apelido|usu[aá]rio|soprannome|nome utente|takma ad[ıi]m|lakab[ıi]m|ник(?:нейм)?|прозвище|логин)"
)
_BEFORE_PLACE = r"(?:at|in|on|from|for|with|since|bei|auf|seit|beim|im|en|desde|chez|à|au|depuis|na|no|em|a|da|al|в|на|с|everywhere|online)"
_ALWAYS = r"(?:habituel|habitual|de siempre|de toujours|solito|di sempre|preferido|preferito|préféré|favorito|обычно|всегда)"
_COPULA = r"(?:was|is|used to be|has been|war|ist|era|es|fue|était|est|c['’]est|c['’]était|foi|è|é|был|было)"
_SPOKEN_OF = re.compile(
    rf"\b({_NICK})(?: {_ALWAYS})?"
    rf"(?: {_BEFORE_PLACE}(?: [^\W\d_]+){{0,3}}?)? {_COPULA}:? (?=\S)",
    re.IGNORECASE,
)
"""A copula that does not follow at once, or tells of the past: "my nickname at school was Ratoncita"."""
_TOLD = re.compile(rf"\b{_NICK}\b[^:@]{{0,40}}: ?(?=\S+$)", re.IGNORECASE)
""""I've used the same nick since 2003: dial_up_dana"."""
_TAKE_IT = re.compile(
    r"(?<=\w)[,;.–-]+ ?(?:so |and |y |und |et |e )?(?:(?:let['’]?s |i['’]?ll |please )?(?:use|take|put|keep|write) "
    r"(?:that|this|it|the same)(?: one)?|"
    r"nimm (?:den|das|ihn|die)|(?:usa|pon|toma) (?:ese|eso|esa|este)|(?:prends|mets|utilise)[- ](?:le|ça|la)|"
    r"(?:usa|põe|coloca) (?:esse|isso|este)|(?:usa|metti|prendi) (?:quello|questo)|"
    r"onu (?:yaz|kullan)|возьми (?:его|это))(?: please)?[.!]*$",
    re.IGNORECASE,
)
_NOT_THAT = re.compile(r"(?<![\w.-])([\w.-]{3,30}),? (?:and )?(?:not|nicht|pas|não|не) (?:the )?([\w.-]{3,30})[.!]*$", re.IGNORECASE)


def simplified(text: str) -> str:
    """Return what is said where a username is asked with the value right behind the name of the field, and without what it is not."""
    text = _TAKE_IT.sub("", text)
    text = replaced(text, (_SPOKEN_OF, r"\1 is "), (_TOLD, "username is "))
    found = _NOT_THAT.search(text)
    if found and (is_slip(found[1].lower(), found[2].lower()) or (is_made(found[1]) and is_made(found[2]))):
        return text[: found.end(1)]
    return text
