"""The conversation's state machine: what a reading does at a step."""

import re
from collections.abc import Callable, Sequence

from core.errors import FieldProblem
from signup.checks import Checks
from signup.models import ASKED, Step
from signup.ports import Accounts
from signup.texts import Texts
from signup.turn import Turn
from signup.understanding.answers import domains
from signup.understanding.answers.attempts import without_space
from signup.understanding.choosing import chosen
from signup.understanding.reading import EMAIL, STEP_OF, Intent, Reading, Topic

_OFF_STEP = frozenset({Intent.QUESTION, Intent.SUMMARY, Intent.CANCEL, Intent.START_OVER, Intent.GREETING, Intent.THINKING, Intent.LATER})
"""What is done also when the client believes to be at another step: nothing that would be taken for an answer."""

_EXPLAINED = frozenset({Intent.GREETING, Intent.UNCLEAR, Intent.START_OVER, Intent.REFUSAL, Intent.NO})
"""After these the question is asked in full again."""
_CHOICE = 2
_PHONE = re.compile(r"[+(]?\d[\d ()/.-]{5,}")
_PASSWORD_PARTS = frozenset({"PASSWORD_TOO_SHORT", "PASSWORD_NO_UPPERCASE", "PASSWORD_NO_LOWERCASE", "PASSWORD_NO_NUMBER"})


class Dialogue:
    """Decides what happens; knows no store and no clock."""

    def __init__(self, *, accounts: Accounts, minutes: int) -> None:
        """Ask `accounts` about values; `minutes` is how long a silent conversation is kept, as it is told to people."""
        self._accounts = accounts
        self._checks = Checks(accounts)
        self._minutes = minutes

    def follow(self, turn: Turn, reading: Reading, texts: Texts) -> None:
        """Change `turn` by what the person said, and say the answer."""
        turn.briefly = reading.intent not in _EXPLAINED and reading.topic is not Topic.HELP
        if not turn.agreed:
            self._before(turn, reading, texts)
        elif reading.intent in {Intent.PROVIDE, Intent.CORRECTION}:
            self._take(turn, reading, texts)
        else:
            self._others()[reading.intent](turn, reading, texts)
        turn.finished = turn.is_ready and turn.success and (bool(reading.facts) or reading.intent is Intent.YES)
        if turn.agreed and not turn.over and not turn.finished:
            self.ask(turn, texts)

    def put_right(self, turn: Turn, reading: Reading, texts: Texts) -> None:
        """Answer a message that was meant for another step: commands and questions count, values do not."""
        if reading.intent in _OFF_STEP:
            self._others()[reading.intent](turn, reading, texts)
        else:
            turn.success = False
            turn.say(texts.say("wrong_step"))
        if not turn.over:
            self.ask(turn, texts)

    def ask(self, turn: Turn, texts: Texts) -> None:
        """Ask what the step asks for."""
        if turn.step not in ASKED or turn.asked:
            return
        if turn.revisiting and turn.success:
            turn.say(texts.say(f"keep.{turn.step.value}", value=turn.collected.value(turn.step) if turn.step is not Step.PASSWORD else ""))
        else:
            brief = f"again.{turn.step.value}"
            known = turn.briefly and turn.success and turn.step is turn.began and texts.has(brief)
            turn.say(texts.say(brief if known else f"ask.{turn.step.value}"))

    def resume(self, turn: Turn, texts: Texts) -> None:
        """Say again what stands: what was offered, and the question."""
        turn.suggestions = turn.offered
        self._offer(turn, texts)
        self.ask(turn, texts)

    @staticmethod
    def _offer(turn: Turn, texts: Texts) -> None:
        addresses = [value for value in turn.suggestions if "@" in value]
        if len(addresses) >= _CHOICE:
            turn.say(texts.say("email_which", list=texts.listed(addresses, "or")))
        elif addresses:
            turn.say(texts.say("email_meant", value=addresses[0]))
        elif turn.suggestions:
            turn.say(texts.say("suggestions", list=", ".join(turn.suggestions)))

    # -- before the person agreed

    def _before(self, turn: Turn, reading: Reading, texts: Texts) -> None:
        if reading.intent in {Intent.YES, Intent.PROVIDE}:
            turn.agreed = True
            turn.advance()
            turn.say(texts.say("welcome"))
            if reading.facts:
                self._take(turn, reading, texts)
            return
        if reading.intent is Intent.QUESTION:
            turn.say(self._answer(turn, reading, texts), texts.say("shall_we"))
            return
        key = {
            Intent.NO: "declined",
            Intent.REFUSAL: "declined",
            Intent.CANCEL: "declined",
            Intent.LATER: "later_start",
            Intent.THINKING: "thinking_start",
            Intent.GREETING: "greeting",
            Intent.START_OVER: "greeting",
        }.get(reading.intent, "unclear_start")
        turn.say(texts.say(key))

    # -- values

    def _take(self, turn: Turn, reading: Reading, texts: Texts) -> None:
        """Check and keep what was given, say what was kept, and what cannot be used."""
        if reading.intent is Intent.CORRECTION and not reading.facts:
            self._reopen(turn, reading, texts)
            return
        asked = turn.step
        if all(turn.collected.value(STEP_OF[fact]) == value for fact, value in reading.facts.items()) and not turn.revisiting:
            self._heard_already(turn, reading, texts)
            return
        kept: list[Step] = []
        changed: list[Step] = []
        for fact, value in reading.facts.items():
            step = STEP_OF[fact]
            before = turn.collected.value(step)
            if not self._keep(turn, step, value, texts, asked=step is asked or reading.intent is Intent.CORRECTION):
                continue
            if before is None or step is Step.PASSWORD or before == turn.collected.value(step):
                kept.append(step)
            else:
                changed.append(step)
        self._confirm(turn, asked, kept, changed, texts)
        if asked in (*kept, *changed) or (turn.success and not turn.revisiting):
            turn.advance()

    def _heard_already(self, turn: Turn, reading: Reading, texts: Texts) -> None:
        """Say that there is nothing new; an address where a username is asked is one that somebody wants to be called by."""
        if turn.step is Step.USERNAME and reading.facts.keys() == {EMAIL}:
            turn.refuse(texts.say("problem.USERNAME_INVALID"))
            turn.say(texts.say("not_email"))
            self.suggest(turn, "", texts)
        else:
            turn.say(texts.say("have_already"))

    def _keep(self, turn: Turn, step: Step, value: str, texts: Texts, *, asked: bool) -> bool:
        """Keep one valid value. One that breaks a rule is reported, and if it was `asked` for, refused."""
        problems = self._checks.problems(step, value, turn.collected)
        if not problems:
            if step is Step.PASSWORD:
                turn.put_password(self._accounts.hash_password(value))
            else:
                turn.put(step, value)
            return True
        if asked:
            turn.refuse(*(self._worded(problem, value, texts) for problem in problems))
            turn.step = step
        if asked or step is Step.USERNAME:
            self._explain(turn, step, value, problems, texts)
        return False

    def _explain(self, turn: Turn, step: Step, value: str, problems: Sequence[FieldProblem], texts: Texts) -> None:
        codes = {problem.code for problem in problems}
        taken = {"EMAIL_TAKEN": "email_taken", "USERNAME_TAKEN": "username_taken"}
        key = next((taken[code] for code in codes if code in taken), f"error.{step.value}")
        if step is Step.EMAIL and _PHONE.fullmatch(value):
            turn.say(texts.say("detail.phone"))
            return
        worded = self._together(problems, value, texts)
        turn.say(texts.say(key, problems=worded))
        if step is Step.USERNAME:
            self.suggest(turn, value, texts)
        if step is Step.EMAIL:
            self._offer_meant(turn, value, texts)
        turn.asked = step is turn.step

    def suggest(self, turn: Turn, wanted: str, texts: Texts) -> None:
        """Name free usernames like `wanted`."""
        turn.suggestions = self._checks.suggestions(wanted, turn.collected, without=turn.offered)
        if not turn.suggestions:
            turn.say(texts.say("no_suggestions"))
        self._offer(turn, texts)

    def _together(self, problems: Sequence[FieldProblem], value: str, texts: Texts) -> str:
        """Return all problems in a few words: what a password is still missing is said in one sentence."""
        missing = [texts.say(f"weak.{problem.code}") for problem in problems if problem.code in _PASSWORD_PARTS]
        said = [f"{self._worded(problem, value, texts)}." for problem in problems if problem.code not in _PASSWORD_PARTS]
        return " ".join([*said, texts.say("weak.still", list=texts.listed(missing))] if missing else said)

    @staticmethod
    def _worded(problem: FieldProblem, value: str, texts: Texts) -> str:
        key = f"problem.{problem.code}"
        return texts.say(key, value=value) if texts.has(key) else problem.message

    def _confirm(self, turn: Turn, asked: Step, kept: list[Step], changed: list[Step], texts: Texts) -> None:
        visible: list[Step] = [step for step in kept if step is not Step.PASSWORD]
        if changed:
            turn.say(texts.say("changed", list=self._listed(turn, changed, texts)))
        if kept == [asked]:
            value = turn.collected.value(asked) if asked is not Step.PASSWORD else ""
            turn.say(texts.say(f"took.{asked.value}", value=value))
        elif visible:
            turn.say(texts.say("noted", list=self._listed(turn, visible, texts)))
        if Step.EMAIL in (*kept, *changed):
            self._offer_meant(turn, turn.collected.email or "", texts)

    def _offer_meant(self, turn: Turn, address: str, texts: Texts) -> None:
        """Offer the address that was probably meant, or the two that one with a space may have been."""
        likely = domains.likely(address)
        if meant := without_space(likely or address) or ((likely,) if likely else ()):
            turn.suggestions = meant
            self._offer(turn, texts)

    @staticmethod
    def _listed(turn: Turn, steps: list[Step], texts: Texts) -> str:
        return texts.listed([texts.say(f"item.{step.value}", value=turn.collected.value(step)) for step in steps])

    def _reopen(self, turn: Turn, reading: Reading, texts: Texts) -> None:
        """Go to the field that the person wants to correct."""
        if reading.field is None:
            turn.say(texts.say("correct_which"))
            turn.asked = True
        elif turn.collected.value(reading.field) is None:
            turn.say(texts.say("confirm" if reading.field is turn.step else "not_yet"))
        else:
            turn.step = reading.field

    # -- commands, questions and everything else

    def _others(self) -> dict[Intent, Callable[[Turn, Reading, Texts], None]]:
        return {
            Intent.YES: self._yes,
            Intent.NO: self._refused,
            Intent.REFUSAL: self._refused,
            Intent.LATER: lambda turn, _, texts: turn.say(texts.say("later", minutes=self._minutes)),
            Intent.THINKING: self._thinking,
            Intent.GREETING: lambda turn, _, texts: turn.say(texts.say("hello_again")),
            Intent.QUESTION: self._question,
            Intent.GO_BACK: self._back,
            Intent.START_OVER: self._restart,
            Intent.CANCEL: self._cancel,
            Intent.SUMMARY: self._summary,
            Intent.UNCLEAR: self._unclear,
        }

    @staticmethod
    def _thinking(turn: Turn, reading: Reading, texts: Texts) -> None:
        """Give time; somebody who does not know what the field is, is told: "I don't know what a username is"."""
        turn.say(texts.say("thinking") if reading.field is None else texts.say(f"answer.why_{turn.step.value}"))

    def _yes(self, turn: Turn, _reading: Reading, texts: Texts) -> None:
        if turn.revisiting:
            turn.say(texts.say("kept"))
            turn.advance()
        elif turn.only_offered:
            self._take(turn, chosen(turn.only_offered), texts)
        else:
            turn.say(texts.say("confirm"))

    def _refused(self, turn: Turn, reading: Reading, texts: Texts) -> None:
        if turn.revisiting:
            turn.say(texts.say("kept"))
            turn.advance()
        elif turn.step is Step.USERNAME and len(turn.offered) > 1:
            self.suggest(turn, "", texts)
        elif reading.intent is Intent.NO and turn.only_offered:
            turn.say(texts.say("kept") if turn.collected.email else "")
            turn.offered = ()
        else:
            turn.say(texts.say(f"refusal.{turn.step.value}"))

    def _unclear(self, turn: Turn, reading: Reading, texts: Texts) -> None:
        without = {Step.EMAIL: "EMAIL_INVALID", Step.USERNAME: "USERNAME_INVALID", Step.PASSWORD: "PASSWORD_MISSING"}
        problem = without.get(turn.step, "NAME_INVALID")
        if turn.step is not Step.EMAIL or len(reading.offers) < _CHOICE:
            turn.say(texts.say(f"detail.{reading.detail}" if reading.detail else f"unclear.{turn.step.value}"))
        if turn.step is Step.EMAIL and reading.offers:
            turn.suggestions = reading.offers
            self._offer(turn, texts)
            turn.asked = len(reading.offers) >= _CHOICE
        if turn.step is Step.USERNAME and turn.collected.email and not turn.offered:
            self.suggest(turn, "", texts)
        turn.refuse(texts.say(f"problem.{problem}"))

    @staticmethod
    def _back(turn: Turn, reading: Reading, texts: Texts) -> None:
        if reading.field is not None and turn.collected.value(reading.field) is not None:
            turn.step = reading.field
            return
        index = ASKED.index(turn.step)
        if index == 0:
            turn.say(texts.say("nothing_before"))
        else:
            turn.step = ASKED[index - 1]

    @staticmethod
    def _restart(turn: Turn, _reading: Reading, texts: Texts) -> None:
        turn.collected = type(turn.collected)()
        turn.step = Step.EMAIL
        turn.say(texts.say("start_over"))

    @staticmethod
    def _cancel(turn: Turn, _reading: Reading, texts: Texts) -> None:
        turn.over = True
        turn.say(texts.say("cancelled"))

    @staticmethod
    def _summary(turn: Turn, _reading: Reading, texts: Texts) -> None:
        there = [step for step in ASKED if turn.collected.value(step) is not None]
        lines = [
            texts.say(f"summary.{step.value}", value=turn.collected.value(step) if step is not Step.PASSWORD else "") for step in there
        ]
        turn.say("\n".join([texts.say("summary.head"), *lines]) + "\n" if there else texts.say("summary.none"))

    def _question(self, turn: Turn, reading: Reading, texts: Texts) -> None:
        if reading.topic is Topic.SUGGEST and turn.step is Step.USERNAME:
            self.suggest(turn, "", texts)
            return
        turn.say(self._answer(turn, reading, texts))

    @staticmethod
    def _answer(turn: Turn, reading: Reading, texts: Texts) -> str:
        topic = reading.topic or Topic.OTHER
        if reading.detail is not None:
            return texts.say(f"detail.{reading.detail}")
        if topic is Topic.NEEDED and reading.field is not None:
            return texts.say(f"refusal.{turn.step.value}")
        if topic is Topic.WHY or reading.field is not None:
            return texts.say(f"answer.why_{(reading.field or turn.step).value}")
        if topic is Topic.SUGGEST:
            topic = Topic.PASSWORD_RULES if turn.step is Step.PASSWORD else Topic.HELP
        if topic is Topic.HELP and turn.step in ASKED:
            return f"{texts.say(f'help.{turn.step.value}')} {texts.say('help.commands')}"
        left = len(ASKED) - turn.collected.done()
        keys = [f"answer.{asked.value}" for asked in (topic, reading.also) if asked is not None]
        return " ".join(texts.say(key, left=left) if texts.has(key) else texts.say("answer.other") for key in keys)
