"""Numbers in words, as people dictate them: "forty two", "ninety nine", "sieben sieben"."""

from signup.understanding.words.text import fold

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze",
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "zero um dois três quatro cinco seis sete oito nove dez onze doze",
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici",
    "ноль один два три четыре пять шесть семь восемь девять десять",
    "sıfır bir iki üç dört beş altı yedi sekiz dokuz on",
)
_TENS_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: 10 * tens for tens, word in enumerate(_TENS_WORDS, start=2)}
_WORDS = {fold(word): number for line in _UNITS for number, word in enumerate(line.split())} | {
    fold(word): number for word, number in _TENS.items()
}


def is_number(word: str) -> bool:
    """Tell whether a word is a number in words."""
    return fold(word) in _WORDS or (fold(word).count("-") == 1 and all(part in _WORDS for part in fold(word).split("-")))


def in_digits(words: list[str]) -> str:
    """Return the digits of numbers in words: "forty two" is 42, "seven seven" 77, "nineteen ninety" 1990."""
    digits, tens = "", 0
    for word in fold("-".join(words)).split("-"):
        number = _WORDS[word]
        if tens and 0 < number < 10:  # noqa: PLR2004 - "forty" and "two"
            digits, tens = digits[:-2] + str(tens + number), 0
        else:
            digits, tens = digits + str(number), number if word in _TENS else 0
    return digits
