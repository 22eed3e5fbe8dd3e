"""Practice questions by level and topic: `default_bank()`, `choose_question(...)`, `choose_follow_up(...)`."""

from chat.bank.choosing import choose_question
from chat.bank.errors import BankFileFault, UnknownQuestion
from chat.bank.follow_ups import choose_follow_up, fill, said_one_of
from chat.bank.loader import QuestionBank, default_bank
from chat.bank.mentions import find_mention
from chat.bank.models import LEVELS, MENTION, FollowUp, Question, Topic

__all__ = [
    "LEVELS",
    "MENTION",
    "BankFileFault",
    "FollowUp",
    "Question",
    "QuestionBank",
    "Topic",
    "UnknownQuestion",
    "choose_follow_up",
    "choose_question",
    "default_bank",
    "fill",
    "find_mention",
    "said_one_of",
]
