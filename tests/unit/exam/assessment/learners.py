"""Made-up learners whose interviews grow with their band, from a seed."""

import json
import random
from pathlib import Path

_BANDS = ("A1", "A2", "B1", "B2")
_SUBJECTS = ("I", "my friend", "the teacher", "we", "my brother", "she", "my mother", "they", "he", "a girl")
_VERBS = (
    ("like", "have", "see", "eat", "want", "buy", "play", "need", "make", "know"),
    ("visited", "enjoyed", "cooked", "tried", "found", "watched", "used", "brought", "carried", "finished"),
    ("decided on", "would recommend", "was looking for", "had ordered", "could explain", "must improve", "arranged", "mentioned"),
    ("might have suggested", "should really consider", "hardly noticed", "ended up with", "would rather avoid", "was supposed to provide"),
)
_OBJECTS = (
    ("tea", "a dog", "the bus", "a red book", "my house", "bread", "music", "the school", "fish", "a big car"),
    ("a new jacket", "the old castle", "a cheap ticket", "some soup", "the station", "a short holiday", "a funny film", "the museum"),
    ("the whole project", "an excellent restaurant", "a serious problem", "the main reason", "public transport", "a useful skill"),
    ("the actual consequences", "a reasonable compromise", "sufficient evidence", "the overall approach", "a remarkable attitude"),
)
_ENDS = (
    ("", "", "", "in the park", "on Sunday", "at home", "every day", "with me"),
    ("", "last week", "near the river", "after work", "for two hours", "in the evening", "with my cousins"),
    (
        "because it was raining",
        "while we were waiting",
        "which surprised me",
        "when I was younger",
        "as soon as possible",
        "before the exam",
    ),
    (
        "although nobody had asked",
        "if there had been enough time",
        "that I had never heard of",
        "even though it was risky",
        "unless somebody objects",
    ),
)
_LINKS = ("and", "but", "so", "then", "because", "for example", "however", "actually", "on the other hand", "in fact")
_TURNS = (35, 45, 45, 45)


def _clause(chance: random.Random, rank: int) -> str:
    def chosen(lists: tuple[tuple[str, ...], ...]) -> str:
        return chance.choice(lists[chance.randint(0, rank)])

    parts = (chance.choice(_SUBJECTS), chosen(_VERBS), chosen(_OBJECTS), chosen(_ENDS))
    return " ".join(part for part in parts if part)


def interview(band: str, seed: int, *, turns: int | None = None) -> dict[str, object]:
    """One interview in the file format."""
    chance = random.Random(f"{band}-{seed}")
    rank = _BANDS.index(band)
    made = []
    for _ in range(turns or _TURNS[rank] + chance.randint(-8, 8)):
        clauses = [_clause(chance, rank) for _ in range(1 + (chance.random() < rank / 4))]
        clean = " ".join(f"{chance.choice(_LINKS[: 4 + 2 * rank])} {clause}" for clause in clauses)
        made.append(
            {
                "task": "conversation",
                "verbatim": f"er {clean}",
                "clean": clean,
                "pauses": int(chance.random() < 0.4 - rank / 10),
                "long_pauses": int(chance.random() < 0.2 - rank / 20),
                "fillers": 1,
                "repairs": int(chance.random() < 0.3),
            }
        )
    return {"id": f"{band}-{seed}", "sst": 2 * rank + 2, "band": band, "turns": made}


def write(path: Path, count: int) -> list[dict[str, object]]:
    """Write `count` interviews to a file of JSON lines, the bands in turn; what was written."""
    made = [interview(_BANDS[number % len(_BANDS)], number) for number in range(count)]
    path.write_text("".join(json.dumps(one) + "\n" for one in made), encoding="utf-8")
    return made
