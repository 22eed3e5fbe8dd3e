"""Exam formats, items and pictures: `default_catalogue()`, `load_catalogue(...)`, `choose_items(...)`, `check_files(...)`."""

from exam.bank.catalogue import Catalogue, Shown, default_catalogue, load_catalogue
from exam.bank.checking import check_files
from exam.bank.choosing import choose_items
from exam.bank.errors import CatalogueFault, NotEnoughItems, UnknownFormat, UnknownItem
from exam.bank.models import (
    KINDS,
    LEVELS,
    Aspect,
    Criterion,
    ExamFormat,
    ExamItem,
    ExamPlan,
    Kind,
    Level,
    Option,
    Part,
    PlannedTurn,
    Problem,
    Scale,
    Task,
    TurnRule,
)

__all__ = [
    "KINDS",
    "LEVELS",
    "Aspect",
    "Catalogue",
    "CatalogueFault",
    "Criterion",
    "ExamFormat",
    "ExamItem",
    "ExamPlan",
    "Kind",
    "Level",
    "NotEnoughItems",
    "Option",
    "Part",
    "PlannedTurn",
    "Problem",
    "Scale",
    "Shown",
    "Task",
    "TurnRule",
    "UnknownFormat",
    "UnknownItem",
    "check_files",
    "choose_items",
    "default_catalogue",
    "load_catalogue",
]
