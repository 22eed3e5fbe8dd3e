"""Writes the script of an exam: everything that it will ask and how it will be reported, copied from the files of today."""

from core.errors import AppError
from exam.bank import Catalogue, ExamFormat, ExamPlan
from exam.models import ExamScript, ScriptCriterion, ScriptPart, ScriptPicture


def written(catalogue: Catalogue, form: ExamFormat, plan: ExamPlan, *, exam_id: str, user_id: str) -> ExamScript:
    """Return the script of a planned exam."""
    wanted = dict.fromkeys(name for turn in plan.turns for name in turn.pictures)
    return ExamScript(
        exam_id=exam_id,
        user_id=user_id,
        turns=plan.turns,
        parts=tuple(ScriptPart(id=part.id, title=part.title, instructions=part.instructions) for part in form.parts),
        criteria=tuple(
            ScriptCriterion(id=found.id, title=found.title, aspects=found.aspects, weight=found.weight) for found in form.criteria
        ),
        lowest=form.lowest,
        highest=form.highest,
        honesty=form.honesty,
        scale_name=form.scale.name if form.scale else "",
        scale={str(level): text for level, text in form.scale.levels.items()} if form.scale else {},
        pictures={name: _picture(catalogue, name) for name in wanted},
        repeated_ids=plan.repeated_ids,
    )


def _picture(catalogue: Catalogue, name: str) -> ScriptPicture:
    try:
        shown = catalogue.show(name)
    except AppError:
        # A picture never stops an exam: its words are in the question.
        return ScriptPicture(svg="", alt="This picture is not available.")
    return ScriptPicture(svg=shown.svg, alt=shown.alt)
