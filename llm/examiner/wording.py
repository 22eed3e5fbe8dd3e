"""What the offline examiner can say, by occasion and by the learner's band. All of it written for this program.

`simple` is for A1 and A2, `plain` for B1 and B2, `full` for C1 and C2; a missing band falls back to `plain`. Placeholders stand in
braces. Every occasion has several wordings, so that none need be heard twice in a row.
"""

from llm.examiner import words_for_answers, words_for_the_rest
from llm.examiner.bands import BANDS, PLAIN, Wordings

OCCASIONS: Wordings = {**words_for_answers.OCCASIONS, **words_for_the_rest.OCCASIONS}


def options(occasion: str, level: str) -> tuple[str, ...]:
    """Return the wordings of an occasion for a level (A1 to C2; anything else counts as B1)."""
    by_band = OCCASIONS[occasion]
    return by_band.get(BANDS.get(level, PLAIN)) or by_band[PLAIN]
