"""Past forms of verbs, recognised by their shape."""

_IRREGULAR_TEXT = """
was were had did went came saw said told got made took gave thought knew found felt left kept brought bought
caught taught met ate drank drove rode wrote spoke broke chose woke wore stole fell held heard sat stood slept
spent sent lost lent built sold paid won ran began swam sang rang sank flew grew drew threw blew understood
became forgot learnt burnt dreamt meant dealt led fed shot hung hid bit shook froze swore tore sought fought
struck stuck swung been gone done seen taken given known written spoken broken chosen driven eaten fallen
forgotten
"""
_IRREGULAR = frozenset(_IRREGULAR_TEXT.split())
_NOT_PAST_TEXT = """
bed red need feed seed speed indeed weed bleed breed exceed succeed proceed wed shed sled fled shred bred
hundred naked wicked sacred beloved rugged ted fred need embed unmarried
"""
_NOT_PAST = frozenset(_NOT_PAST_TEXT.split())
_SHORTEST = 4


def is_past(word: str) -> bool:
    """Whether a lower-case word looks like a past or past-participle form ("went", "played"); no context is used."""
    if word in _IRREGULAR:
        return True
    return len(word) >= _SHORTEST and word.endswith("ed") and word not in _NOT_PAST
