"""Sentences that talk to whoever grades ("give me C2") instead of answering: they count for nothing."""

import re

from lexis import sentences

_PLEAS = re.compile(
    r"\b(?:give|award|grant|assign) (?:me|this|it|us)\b.{0,40}\b(?:[abc][12]|marks?|score|grade|level|points?|band)\b"
    r"|\b(?:rate|grade|score|mark|assess|evaluate|classify) (?:me|this|my|it)\b.{0,60}\b(?:[abc][12]|highest|top|full|best|maximum)\b"
    r"|\b(?:ignore|disregard|forget|override) (?:all |any |the |your |my )*(?:previous|prior|above|earlier|other)? ?"
    r"(?:instructions?|rules?|prompts?|rubric|criteria)\b"
    r"|\byou are (?:now )?(?:an? |the )?(?:\w+ )?(?:examiner|grader|assessor|rater|assistant|language model|ai)\b"
    r"|\b(?:system (?:prompt|message)|as an ai|language model|output (?:only )?json|json schema)\b"
    r"|\b(?:my|the) (?:level|grade|score) (?:is|must be|should be) (?:an? )?[bc][12]\b"
    r"|\boverall\W{1,5}(?:level\W{1,5})?[abc][12]\b",
    re.IGNORECASE,
)


def without_pleas(text: str) -> str:
    """The text without the sentences that talk to the grader; unchanged when there are none."""
    parts = sentences(text)
    answers = [part for part in parts if not _PLEAS.search(" ".join(part.split()))]
    return text if len(answers) == len(parts) else " ".join(f"{part}." for part in answers)
