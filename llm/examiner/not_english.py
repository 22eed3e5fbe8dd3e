"""What cannot be an answer in English: another language, or letters without a word in them."""

import re
import unicodedata

import lexis

_FOREIGN_WORDS = 2
_SMASH_LETTERS = 6
_SMASHED_WORDS = 3

_words = str.split
_ENGLISH = frozenset(
    _words(
        """the a an and or but so i you he she it we they is am are was were be been have has had do does did not no yes to of in on at
        for with from my your his her our their this that there what when where why who how because if very like can will would about"""
    )
)
_FOREIGN = (
    frozenset(
        _words(
            """el los las un una unos y o pero muy que de del en con por para mi tu soy está estoy tengo porque como gusta
            le les des une et ou mais très je il elle nous vous suis est avec pour dans sur mon ma mes parce aime pas ne c'est j'ai j'aime
            der die das ein eine und oder aber sehr ich du sie wir bin ist mit für auf mein meine weil nicht habe mag gern
            gli uno ed molto io sono per mio mia perché non piace ho os uma e mas muito eu ele ela nós sou é com meu minha não
            gosto tenho ve bir çok ben sen için ama benim nie jest się na jestem bardzo ale mam het een maar zeer ik jij hij wij niet
            omdat och att jag är inte"""
        )
    )
    - _ENGLISH
)

_TELLING = frozenset(
    _words(
        """hablo hablas habla entiendo entiende entendí comprendo inglés ingles español gracias quiero quisiera puedo practicar pregunta
        gusta gustan futbol fútbol llamo vivo buenos buenas días tardes noches también porque muy
        parle parles comprends compris sais anglais français merci bonsoir oui voudrais veux aime suis bien ne
        verstehe verstanden spreche kann kein keine englisch deutsch danke bitte möchte ich nicht weiß
        capito capisco parlo inglese italiano grazie voglio domanda non sono
        entendi falo entendo inglês português obrigado obrigada quero não eu
        anlamadım anlamıyorum bilmiyorum ingilizce türkçe teşekkürler konuşamıyorum
        rozumiem mówię angielsku angielski dziękuję proszę
        înțeleg inteleg vorbesc engleza mulțumesc nu
        begrijp spreek engels nederlands dank het niet förstår engelska tack
        nerozumím nerozumiem nem értem angolul tidak mengerti bahasa inggris terima kasih không hiểu tiếng anh
        que significa dice voy playa mañana gerne nasıl yani kya nahi nahin mujhe samajh aaya hoon mera naam matlab theek tôi saya tidak"""
    )
)
"""Words that stand in no English sentence: in a short message without English around them, one is enough."""
_SHORT = 6
_TOO_SHORT = 1
_ALSO_ENGLISH = frozenset(_words("no me a as he on in an o non do come sale more son"))
"""English words that other languages have too: beside a telling word they say nothing for English."""


def is_other_language(text: str) -> bool:
    """Tell whether most of it is in another script, or more of its words are another language's than English."""
    letters = [ch for ch in text if ch.isalpha()]
    if letters and sum(not _is_latin(ch) for ch in letters) * 2 > len(letters):
        return True
    if _is_a_name(text):
        return False
    words = lexis.words(text)
    if words and len(words) <= _SHORT and _is_short_message_in_another(words):
        return True
    foreign = {word for word in words if word in _FOREIGN}
    english = sum(word in _ENGLISH for word in words)
    return len(foreign) >= _FOREIGN_WORDS and sum(word in foreign for word in words) > english


def _is_a_name(text: str) -> bool:
    """Tell whether every word but the smallest begins with a capital: "El Camino de Santiago", "La Paz"."""
    words = [word for word in text.split() if len(word) > len("del")]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _is_short_message_in_another(words: list[str]) -> bool:
    telling = sum(word in _TELLING or (word in _FOREIGN and word not in _ALSO_ENGLISH and len(word) > _TOO_SHORT) for word in words)
    english = sum(word in _ENGLISH and word not in _ALSO_ENGLISH and word not in _TELLING for word in words)
    return any(word in _TELLING for word in words) and telling > english


def _is_latin(character: str) -> bool:
    return character.isascii() or "LATIN" in unicodedata.name(character, "")


def is_noise(plain: str) -> bool:
    """Tell whether there is no word in it: digits and signs only, or letters from a fist on the keyboard."""
    words = plain.split()
    if not any(ch.isalpha() for ch in plain):
        return not any(ch.isdigit() for ch in plain)
    if len(words) > _SMASHED_WORDS:
        return False
    return any(_is_smash(word) for word in words) and not any(lexis.word_level(word) for word in words)


def _is_smash(word: str) -> bool:
    if len(word) < _SMASH_LETTERS or not word.isascii() or lexis.word_level(word):
        return False
    vowels = sum(ch in "aeiouy" for ch in word)
    return vowels * 5 < len(word) or bool(re.search(r"(.)\1{3,}|(asdf|qwer|zxcv|hjkl|sdfg|dfgh)", word))
