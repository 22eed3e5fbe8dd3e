"""`SignupService`: one message in, one answer out; the conversation itself stays on the server."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from core.clock import Clock
from core.ids import Ids
from signup.asking import Helper
from signup.completing import Completing
from signup.dialogue import Dialogue
from signup.models import Collected, Phase, Reply, SignupSession, Step
from signup.ports import Accounts, Client, Interpreter, SessionStore
from signup.replies import lost, reply
from signup.texts import Texts
from signup.turn import Turn
from signup.understanding import Intent, Reading, passwords, read
from signup.understanding.choosing import chosen, other, picked
from signup.understanding.words.text import LONGEST_READ, clean, is_too_long
from signup.warming import Warming, read_words

_LONGEST_ID = 200
_GOES_ON = frozenset({Intent.YES, Intent.PROVIDE, Intent.QUESTION})
_SENTENCES = re.compile(r"[.!,;…]+")
_TRIES = 3
STUCK = timedelta(seconds=60)
"""After this time a conversation that was creating its account is taken for one whose process died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a client sends: `step` is where it believes to be; the server's own session decides."""

    message: str
    session_id: str | None
    step: Step


class SignupService:
    """Leads people through a sign-up. Every method may raise `core.errors.StoreUnavailable`."""

    def __init__(
        self,
        *,
        store: SessionStore,
        accounts: Accounts,
        clock: Clock,
        ids: Ids,
        ttl_seconds: int = 300,
        interpreter: Interpreter | None = None,
        by_invitation: bool = False,
    ) -> None:
        """Keep conversations in `store` for `ttl_seconds` after their last message. `by_invitation`: nobody can sign up here."""
        self._closed = by_invitation
        self._store = store
        self._clock = clock
        self._ids = ids
        self._ttl = timedelta(seconds=ttl_seconds)
        self._dialogue = Dialogue(accounts=accounts, minutes=max(1, ttl_seconds // 60))
        self._completing = Completing(store=store, accounts=accounts, dialogue=self._dialogue)
        self._helper = Helper(interpreter)
        self._warming = Warming()

    def close(self) -> None:
        """Stop asking models and reading words ahead."""
        self._helper.close()
        self._warming.close()

    def warm_up(self) -> None:
        """Read the words of all languages now, so that no first message waits for them; costs nothing the second time."""
        read_words()

    def tidy(self) -> int:
        """Remove conversations that are over; return how many."""
        return self._store.delete_expired(before=self._clock.now())

    def greeting(self, *, language: str = "en") -> Reply:
        """Return what is said before anybody has said anything; nothing is stored. Whoever is greeted is about to write: get ready."""
        self._warming.soon()
        return reply(Turn(step=Step.START, collected=Collected(), agreed=False, said=[Texts(language).say("greeting")]), session_id=None)

    def resume(self, session_id: str, *, language: str = "en") -> Reply | None:
        """Return the question that a living conversation stands at, changing nothing; None if there is none."""
        session = self._living(session_id)
        if session is None or session.phase is not Phase.OPEN:
            return None
        turn = _turn_of(session)
        self._dialogue.resume(turn, Texts(language))
        return reply(turn, session_id=session.id)

    def handle(self, *, message: str, session_id: str | None, current_step: Step, client: Client, language: str = "en") -> Reply:
        """Answer one message. See the conversation's document for the shape of the answer.

        Never raises for anything that a person can write. Raises `StoreUnavailable` when nothing can be stored.
        """
        texts = Texts(language)
        read_words()
        said = Said(message=message, session_id=session_id or None, step=current_step)
        for _ in range(_TRIES):
            answer = self._begin(said, client, texts) if said.session_id is None else self._continue(said, client, texts)
            if answer is not None:
                return answer
        # Somebody else keeps writing to the same conversation: say where it stands instead of guessing whose word counts.
        return self.resume(said.session_id or "", language=language) or lost(texts, "no_session")

    # -- no conversation yet

    def _begin(self, said: Said, client: Client, texts: Texts) -> Reply | None:
        turn = Turn(step=Step.START, collected=Collected(), agreed=False)
        if said.step is not Step.START:
            return lost(texts, "no_session")
        if is_too_long(said.message):
            turn.success = False
            turn.say(texts.say("too_long", limit=LONGEST_READ), texts.say("shall_we"))
            return reply(turn, session_id=None)
        reading = self._read(said.message, Step.START, turn.collected)
        if self._closed and reading.intent in {Intent.YES, Intent.PROVIDE}:
            turn.success = False
            turn.say(texts.say("closed"))
            return reply(turn, session_id=None)
        self._dialogue.follow(turn, reading, texts)
        self._mention_password(turn, said.message, Step.START, texts)
        if not turn.agreed:
            return reply(turn, session_id=None)
        now = self._clock.now()
        session = SignupSession(
            id=self._ids.new("signup"),
            step=turn.step,
            collected=turn.collected,
            offered=turn.suggestions,
            created_at=now,
            updated_at=now,
            expires_at=now + self._ttl,
        )
        self._store.create(session)
        return self._completing.finish(session, client, turn, texts) if turn.finished else reply(turn, session_id=session.id)

    def _begin_again(self, said: Said, client: Client, texts: Texts) -> Reply | None:
        """Say that the conversation is over; to somebody who has heard that and agrees or asks, talk as with anybody new.

        The documented clients keep the old id and go to the start, so without this they could never begin again.
        """
        heard = said.step is Step.START and not is_too_long(said.message)
        agreed = self._goes_on(said.message) if heard else None
        if agreed is not None:
            return self._begin(replace(said, message=agreed), client, texts)
        return lost(texts, "expired")

    @staticmethod
    def _goes_on(message: str) -> str | None:
        """Return what says that somebody who has heard that all is gone goes on, also after a sigh ("oh no. ok again"), or None."""
        said = (message, _SENTENCES.split(message.rstrip(" .!…"))[-1])
        return next((text for text in said if read(text, step=Step.START, collected=Collected()).intent in _GOES_ON), None)

    # -- a conversation under way

    def _living(self, session_id: str) -> SignupSession | None:
        if not 0 < len(session_id) <= _LONGEST_ID or not session_id.isascii() or not session_id.isprintable():
            return None
        session = self._store.get(session_id)
        if session is None or session.id != session_id:
            return None
        if session.expires_at <= self._clock.now():
            self._store.delete(session_id)
            return None
        return session

    def _continue(self, said: Said, client: Client, texts: Texts) -> Reply | None:
        """Work on one message; None when another message came in between, so that it has to be read again."""
        session = self._living(said.session_id or "")
        if session is None:
            return self._begin_again(said, client, texts)
        if session.phase is Phase.COMPLETE:
            return self._completing.again(session, client, texts)
        if session.phase is Phase.CREATING and self._clock.now() - session.updated_at < STUCK:
            return reply(
                Turn(step=session.step, collected=session.collected, agreed=True, success=False, said=[texts.say("creating")]),
                session_id=session.id,
            )
        turn = _turn_of(session)
        self._work(turn, said, texts)
        if turn.over:
            self._store.delete(session.id)
            return reply(turn, session_id=None)
        stored = self._moved(session, turn)
        if not self._store.replace(stored):
            return None
        return self._completing.finish(stored, client, turn, texts) if turn.finished else reply(turn, session_id=session.id)

    def _work(self, turn: Turn, said: Said, texts: Texts) -> None:
        if is_too_long(said.message):
            turn.refuse(texts.say("too_long", limit=LONGEST_READ))
            turn.say(texts.say("too_long", limit=LONGEST_READ))
            self._dialogue.ask(turn, texts)
            return
        before = turn.step
        if said.step is not before:
            # What was typed for another step may be a password: it is looked at for commands only and goes to no model.
            self._dialogue.put_right(turn, read(said.message, step=before, collected=turn.collected), texts)
            return
        choice = picked(said.message, turn.offered)
        reading = chosen(choice) if choice else other(said.message, turn.offered) or self._read(said.message, before, turn.collected)
        self._dialogue.follow(turn, reading, texts)
        self._mention_password(turn, said.message, before, texts)

    def _read(self, message: str, step: Step, known: Collected) -> Reading:
        reading = read(message, step=step, collected=known)
        return self._helper.better(reading, message, step) if reading.intent is not Intent.GREETING else reading

    @staticmethod
    def _mention_password(turn: Turn, message: str, step: Step, texts: Texts) -> None:
        if step is not Step.PASSWORD and not turn.over and passwords.redacted(clean(message)) != clean(message):
            turn.said.insert(0, texts.say("password_elsewhere"))

    def _moved(self, session: SignupSession, turn: Turn) -> SignupSession:
        now = self._clock.now()
        return replace(
            session,
            step=turn.step,
            collected=turn.collected,
            phase=Phase.CREATING if turn.finished else Phase.OPEN,
            offered=turn.suggestions or (turn.offered if turn.step is session.step else ()),
            updated_at=now,
            expires_at=now + self._ttl,
            version=session.version + 1,
        )


def _turn_of(session: SignupSession) -> Turn:
    return Turn(step=session.step, collected=session.collected, agreed=True, began=session.step, offered=session.offered)
