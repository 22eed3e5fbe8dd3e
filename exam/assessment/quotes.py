"""Find words of an answer in the answer, as evidence that the reader can check."""

import re
from collections.abc import Sequence

from exam.assessment.models import AnswerEvidence
from lexis import tokens

_GAP = re.compile(r"\s+")
_AROUND = 4


def comparable(text: str) -> str:
    """Words only, in one spelling, between single spaces: what two texts must share to count as the same words."""
    return f" {' '.join(token.replace(chr(39), '') for token in tokens(text))} "


def stands_in(quote: str, text: str) -> bool:
    """Whether the words of `quote` stand in `text` in this order, whatever the punctuation and capitals."""
    wanted = comparable(quote)
    return bool(wanted.strip()) and wanted in comparable(text)


def snippet(phrase: str, answers: Sequence[AnswerEvidence]) -> tuple[str, str]:
    """The id of the first answer that holds `phrase`, and a few of its words around it as they were written.

    Two empty texts when no answer holds it.
    """
    wanted = tokens(phrase)
    for answer in answers:
        pieces = [piece for piece in _GAP.split(answer.text) if piece]
        owners = [(token.replace("'", ""), index) for index, piece in enumerate(pieces) for token in tokens(piece)]
        forms = [form for form, _ in owners]
        bare = [token.replace("'", "") for token in wanted]
        for start in range(len(forms) - len(bare) + 1):
            if bare and forms[start : start + len(bare)] == bare:
                first = max(0, owners[start][1] - _AROUND)
                last = owners[start + len(bare) - 1][1] + _AROUND + 1
                return answer.answer_id, " ".join(pieces[first:last])
    return "", ""
