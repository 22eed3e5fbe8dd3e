"""Sentences that talk to whoever grades ("give me C2") instead of answering: they count for nothing."""

import re

from lexis import sentences

_PLEAS = re.compile(
    r"\b(?:give|award|grant|assign)\s+(?:me|this|it|us)\b.{0,40}\b(?:[abc][12]|marks?|score|grade|level|points?|band)\b"
    r"|\b(?:rate|grade|score|mark|assess|evaluate|classify)\s+(?:me|this|my|it)\b.{0,60}\b(?:[abc][12]|highest|top|full|best|maximum)\b"
    r"|\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|the\s+|your\s+|my\s+)*(?:previous|prior|above|earlier|other)?\s*"
    r"(?:instructions?|rules?|prompts?|rubric|criteria)\b"
    r"|\byou\s+are\s+(?:now\s+)?(?:an?\s+|the\s+)?(?:\w+\s+)?(?:examiner|grader|assessor|rater|assistant|language model|ai)\b"
    r"|\b(?:system\s+(?:prompt|message)|as\s+an\s+ai|language\s+model|output\s+(?:only\s+)?json|json\s+schema)\b"
    r"|\b(?:my|the)\s+(?:level|grade|score)\s+(?:is|must\s+be|should\s+be)\s+(?:an?\s+)?[bc][12]\b"
    r"|\boverall\W{1,5}(?:level\W{1,5})?[abc][12]\b",
    re.IGNORECASE,
)


def without_pleas(text: str) -> str:
    """The text without the sentences that talk to the grader; unchanged when there are none."""
    if not _PLEAS.search(text):
        return text
    return " ".join(f"{sentence}." for sentence in sentences(text) if not _PLEAS.search(sentence))
