"""What one message does to a conversation: the next state, and what is said."""

from dataclasses import dataclass, field

from signup.models import ASKED, Collected, HashedPassword, Step


@dataclass(slots=True, kw_only=True)
class Turn:
    """The state while one message is worked on. Nothing in it is stored before the service writes it.

    `agreed` is False as long as there is no conversation yet; `over` ends it without an account, `finished` with one.
    `began` is the step that was asked before the message, `briefly` whether it need not be explained again.
    `asked`: what was said asks already, so that the question is not put once more. `suggestions` are proposed in this answer, `offered`
    were in the ones before.
    """

    step: Step
    collected: Collected
    agreed: bool
    began: Step | None = None
    briefly: bool = False
    over: bool = False
    finished: bool = False
    success: bool = True
    asked: bool = False
    said: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    suggestions: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()

    @property
    def only_offered(self) -> str | None:
        """Return what was offered if it was one thing, to which people say yes or no."""
        return self.offered[0] if len(self.offered) == 1 else None

    def say(self, *sentences: str) -> None:
        """Add sentences to the answer."""
        self.said += [sentence for sentence in sentences if sentence]

    def refuse(self, *problems: str) -> None:
        """Say that what was given cannot be used."""
        self.success = False
        self.errors += problems

    @property
    def revisiting(self) -> bool:
        """Tell whether the step that is asked has an answer already."""
        return self.step in ASKED and self.collected.value(self.step) is not None

    @property
    def is_ready(self) -> bool:
        """Tell whether everything is there."""
        return self.collected.done() == len(ASKED)

    def advance(self) -> None:
        """Ask the first thing that is missing next; stay where nothing is."""
        self.step = next((step for step in ASKED if self.collected.value(step) is None), self.step)

    def put(self, step: Step, value: str) -> None:
        """Keep an answer that was found valid."""
        self.collected = self.collected.with_value(step, value)

    def put_password(self, hashed: HashedPassword) -> None:
        """Keep a password's hash."""
        self.collected = self.collected.with_password(hashed.hash, hashed.key_id)
