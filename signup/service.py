"""`SignupService`: one message in, one answer out; the conversation itself stays on the server."""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from auth.errors import EmailTaken, UsernameTaken
from core.clock import Clock
from core.errors import AppError, StoreUnavailable, ValidationFailed
from core.ids import Ids
from signup.asking import Helper
from signup.checks import known_fields
from signup.dialogue import Dialogue
from signup.models import ASKED, Collected, HashedPassword, NewAccount, Opened, Phase, Progress, Reply, SignupSession, Step
from signup.ports import Accounts, Client, Interpreter, SessionStore
from signup.texts import Texts
from signup.turn import Turn
from signup.understanding import Intent, Reading, passwords, read
from signup.understanding.text import LONGEST_READ, clean
from signup.warming import Warming, finish

_LONGEST_ID = 200
_TRIES = 3
STUCK = timedelta(seconds=60)
"""After this time a conversation that was creating its account is taken for one whose process died."""
_PERCENT = (0, 17, 33, 50, 67, 83)
_FIELDS = {
    "email": Step.EMAIL,
    "username": Step.USERNAME,
    "password": Step.PASSWORD,
    "first_name": Step.FIRSTNAME,
    "last_name": Step.LASTNAME,
}
_LOG = logging.getLogger(__name__)


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
        self._accounts = accounts
        self._clock = clock
        self._ids = ids
        self._ttl = timedelta(seconds=ttl_seconds)
        self._dialogue = Dialogue(accounts=accounts, minutes=max(1, ttl_seconds // 60))
        self._helper = Helper(interpreter)
        self._warming = Warming()

    def close(self) -> None:
        """Stop asking models and reading words ahead."""
        self._helper.close()
        self._warming.close()

    def warm_up(self) -> None:
        """Read the words of all languages now, so that no first message waits for them; costs nothing the second time."""
        finish()

    def tidy(self) -> int:
        """Remove conversations that are over; return how many."""
        return self._store.delete_expired(before=self._clock.now())

    def greeting(self, *, language: str = "en") -> Reply:
        """Return what is said before anybody has said anything; nothing is stored. Whoever is greeted is about to write: get ready."""
        self._warming.soon()
        return _reply(Turn(step=Step.START, collected=Collected(), agreed=False, said=[Texts(language).say("greeting")]), session_id=None)

    def resume(self, session_id: str, *, language: str = "en") -> Reply | None:
        """Return the question that a living conversation stands at, changing nothing; None if there is none."""
        session = self._living(session_id)
        if session is None or session.phase is not Phase.OPEN:
            return None
        turn = _turn_of(session)
        self._dialogue.ask(turn, Texts(language))
        return _reply(turn, session_id=session.id)

    def handle(self, *, message: str, session_id: str | None, current_step: Step, client: Client, language: str = "en") -> Reply:
        """Answer one message. See the conversation's document for the shape of the answer.

        Never raises for anything that a person can write. Raises `StoreUnavailable` when nothing can be stored.
        """
        texts = Texts(language)
        finish()
        said = Said(message=message, session_id=session_id or None, step=current_step)
        for _ in range(_TRIES):
            reply = self._begin(said, client, texts) if said.session_id is None else self._continue(said, client, texts)
            if reply is not None:
                return reply
        # Somebody else keeps writing to the same conversation: say where it stands instead of guessing whose word counts.
        return self.resume(said.session_id or "", language=language) or self._lost(texts, "no_session")

    # -- no conversation yet

    def _begin(self, said: Said, client: Client, texts: Texts) -> Reply | None:
        turn = Turn(step=Step.START, collected=Collected(), agreed=False)
        if said.step is not Step.START:
            return self._lost(texts, "no_session")
        if len(said.message) > LONGEST_READ:
            turn.success = False
            turn.say(texts.say("too_long", limit=LONGEST_READ), texts.say("shall_we"))
            return _reply(turn, session_id=None)
        reading = self._read(said.message, Step.START, turn.collected)
        if self._closed and reading.intent in {Intent.YES, Intent.PROVIDE}:
            turn.success = False
            turn.say(texts.say("closed"))
            return _reply(turn, session_id=None)
        self._dialogue.follow(turn, reading, texts)
        self._mention_password(turn, said.message, Step.START, texts)
        if not turn.agreed:
            return _reply(turn, session_id=None)
        now = self._clock.now()
        session = SignupSession(
            id=self._ids.new("signup"), step=turn.step, collected=turn.collected, created_at=now, updated_at=now, expires_at=now + self._ttl
        )
        self._store.create(session)
        return self._finish(session, client, turn, texts) if turn.finished else _reply(turn, session_id=session.id)

    def _lost(self, texts: Texts, key: str) -> Reply:
        turn = Turn(step=Step.START, collected=Collected(), agreed=False, success=False, said=[texts.say(key)])
        return _reply(turn, session_id=None)

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
            return self._lost(texts, "expired")
        if session.phase is Phase.COMPLETE:
            return self._again(session, client, texts)
        if session.phase is Phase.CREATING and self._clock.now() - session.updated_at < STUCK:
            return _reply(
                Turn(step=session.step, collected=session.collected, agreed=True, success=False, said=[texts.say("creating")]),
                session_id=session.id,
            )
        turn = _turn_of(session)
        self._work(turn, said, texts)
        if turn.over:
            self._store.delete(session.id)
            return _reply(turn, session_id=None)
        stored = self._moved(session, turn)
        if not self._store.replace(stored):
            return None
        return self._finish(stored, client, turn, texts) if turn.finished else _reply(turn, session_id=session.id)

    def _work(self, turn: Turn, said: Said, texts: Texts) -> None:
        if len(said.message) > LONGEST_READ:
            turn.refuse(texts.say("too_long", limit=LONGEST_READ))
            turn.say(texts.say("too_long", limit=LONGEST_READ))
            self._dialogue.ask(turn, texts)
            return
        before = turn.step
        if said.step is not before:
            # What was typed for another step may be a password: it is looked at for commands only and goes to no model.
            self._dialogue.put_right(turn, read(said.message, step=before, collected=turn.collected), texts)
            return
        self._dialogue.follow(turn, self._read(said.message, before, turn.collected), texts)
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
            updated_at=now,
            expires_at=now + self._ttl,
            version=session.version + 1,
        )

    # -- the account

    def _finish(self, session: SignupSession, client: Client, turn: Turn, texts: Texts) -> Reply:
        """Create the account; `session` is stored as `CREATING`, so nobody else does."""
        given = session.collected
        try:
            opened = self._accounts.create_account(_account_of(given), client=client)
        except StoreUnavailable:
            self._reopen(session, session.step, given)
            raise
        except AppError as fault:
            return self._not_created(session, fault, turn, texts)
        self._store.replace(
            replace(
                session,
                phase=Phase.COMPLETE,
                step=Step.COMPLETE,
                collected=Collected(),
                user_id=opened.user_id,
                version=session.version + 1,
            )
        )
        message = texts.say("complete", first=given.firstname, last=given.lastname, email=given.email, username=given.username)
        return _completed(session.id, message, opened)

    def _not_created(self, session: SignupSession, fault: AppError, turn: Turn, texts: Texts) -> Reply:
        turn.finished, turn.said, turn.errors, turn.success = False, [], [], False
        if isinstance(fault, UsernameTaken):
            turn.errors = [texts.say("problem.USERNAME_TAKEN", value=session.collected.username)]
            turn.say(texts.say("username_taken"))
            self._dialogue.suggest(turn, session.collected.username or "", texts)
            self._ask_again(turn, Step.USERNAME)
        elif isinstance(fault, EmailTaken):
            turn.errors = [texts.say("problem.EMAIL_TAKEN")]
            turn.say(texts.say("email_taken"))
            self._ask_again(turn, Step.EMAIL)
        else:
            turn.errors = [problem.message for problem in fault.problems] or [fault.message]
            turn.say(texts.say("not_created", reason=fault.message))
            step = next((_FIELDS[problem.field] for problem in fault.problems if problem.field in _FIELDS), None)
            if isinstance(fault, ValidationFailed) and step is not None:
                self._ask_again(turn, step)
        self._reopen(session, turn.step, turn.collected)
        if turn.step in ASKED and not turn.revisiting:
            self._dialogue.ask(turn, texts)
        return _reply(turn, session_id=session.id)

    @staticmethod
    def _ask_again(turn: Turn, step: Step) -> None:
        turn.collected = turn.collected.without(step)
        turn.step = step

    def _reopen(self, session: SignupSession, step: Step, collected: Collected) -> None:
        self._store.replace(replace(session, phase=Phase.OPEN, step=step, collected=collected, version=session.version + 1))

    def _again(self, session: SignupSession, client: Client, texts: Texts) -> Reply:
        """Answer a message that is sent again after the account was made: its answer may have been lost on the way."""
        opened = self._accounts.sign_in(session.user_id, client=client)
        if opened is None:
            self._store.delete(session.id)
            return self._lost(texts, "no_session")
        return _completed(session.id, texts.say("complete_again"), opened)


def _turn_of(session: SignupSession) -> Turn:
    return Turn(step=session.step, collected=session.collected, agreed=True)


def _account_of(given: Collected) -> NewAccount:
    if not (given.email and given.username and given.password_hash and given.firstname and given.lastname):
        raise ValidationFailed([], "A field is missing.")
    return NewAccount(
        email=given.email,
        username=given.username,
        first_name=given.firstname,
        last_name=given.lastname,
        password=HashedPassword(hash=given.password_hash, key_id=given.password_key_id),
    )


def _reply(turn: Turn, *, session_id: str | None) -> Reply:
    done = turn.collected.done() if session_id else 0
    return Reply(
        success=turn.success,
        message=" ".join(turn.said).replace("\n ", "\n"),
        next_step=turn.step if session_id else Step.START,
        session_id=session_id,
        validation_errors=tuple(turn.errors) or None,
        progress=Progress(current_step=done, percentage=_PERCENT[done]),
        suggestions=turn.suggestions,
        revisiting=turn.revisiting and session_id is not None,
        collected=known_fields(turn.collected) if session_id else {},
    )


def _completed(session_id: str, message: str, opened: Opened) -> Reply:
    return Reply(
        success=True,
        message=message,
        next_step=Step.COMPLETE,
        session_id=session_id,
        progress=Progress(current_step=6, percentage=100),
        user_id=opened.user_id,
        access_token=opened.access_token,
        refresh_token=opened.refresh_token,
    )
