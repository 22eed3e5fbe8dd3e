"""Word order: do neighbouring words stand in an order in which people put them?

Every word falls into one of a few classes (articles, forms of "be", prepositions …; all other words are one class). Two
tables learned from the interviews say how much more often than by chance each class follows each other class at once, and
as the word after next. The sum of both means is about 0.4 in real speech and falls below 0 when the words are shuffled,
most often even when they are shuffled two by two.
"""

from collections.abc import Iterator, Sequence

_CLASSES = (
    "a an the my your our its their this these those some any no every each",
    "i he she we they",
    "me him them us",
    "you it her his",
    "am is are was were",
    "be been being",
    "do does did",
    "have has had having",
    "will would can could should may might must",
    "not",
    "to",
    "of",
    "in on at for with from by about as into than over under between through during without",
    "and or but so because if when while although though before after until then",
    "that",
    "what who which where how why",
    "there here",
    "very really quite too also just only even always often usually sometimes never maybe actually now still already well",
    "yes okay",
)
_CLASS = {word: number for number, text in enumerate(_CLASSES) for word in text.split()}
# The number of classes; the last one holds all other words.
COUNT = len(_CLASSES) + 1

DISTANCES = (1, 2)
Table = tuple[tuple[float, ...], ...]
# One table for each of the distances.
Tables = tuple[Table, ...]


def neighbours(forms: Sequence[str], distance: int) -> Iterator[tuple[int, int]]:
    """The classes of every word and the one `distance` after it; `forms` are lower-case words, short forms written out."""
    classes = [_CLASS.get(form, COUNT - 1) for form in forms]
    return zip(classes, classes[distance:], strict=False)


def order(forms: Sequence[str], tables: Tables) -> float:
    """The mean of each table over all its pairs, summed; 0 without any."""
    return sum(
        sum(table[first][second] for first, second in neighbours(forms, distance)) / max(1, len(forms) - distance)
        for distance, table in zip(DISTANCES, tables, strict=True)
    )
