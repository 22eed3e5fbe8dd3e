"""The end of a conversation: the account is made, or what was wrong with it is asked for again."""

from dataclasses import replace

from auth.errors import EmailTaken, UsernameTaken
from core.errors import AppError, StoreUnavailable, ValidationFailed
from signup.dialogue import Dialogue
from signup.models import ASKED, Collected, HashedPassword, NewAccount, Phase, Reply, SignupSession, Step
from signup.ports import Accounts, Client, SessionStore
from signup.replies import completed, lost, reply
from signup.texts import Texts
from signup.turn import Turn

_FIELDS = {
    "email": Step.EMAIL,
    "username": Step.USERNAME,
    "password": Step.PASSWORD,
    "first_name": Step.FIRSTNAME,
    "last_name": Step.LASTNAME,
}


class Completing:
    """Makes the accounts of conversations in which everything was said."""

    def __init__(self, *, store: SessionStore, accounts: Accounts, dialogue: Dialogue) -> None:
        """Make them in `accounts`; what stays open is asked for by `dialogue`."""
        self._store = store
        self._accounts = accounts
        self._dialogue = dialogue

    def finish(self, session: SignupSession, client: Client, turn: Turn, texts: Texts) -> Reply:
        """Create the account; `session` is stored as `CREATING`, so nobody else does. Raises StoreUnavailable."""
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
        return completed(session.id, message, opened)

    def again(self, session: SignupSession, client: Client, texts: Texts) -> Reply:
        """Answer a message that is sent again after the account was made: its answer may have been lost on the way."""
        opened = self._accounts.sign_in(session.user_id, client=client)
        if opened is None:
            self._store.delete(session.id)
            return lost(texts, "no_session")
        return completed(session.id, texts.say("complete_again"), opened)

    def _not_created(self, session: SignupSession, fault: AppError, turn: Turn, texts: Texts) -> Reply:
        turn.finished, turn.said, turn.errors, turn.success = False, [], [], False
        if isinstance(fault, UsernameTaken):
            turn.errors = [texts.say("problem.USERNAME_TAKEN", value=session.collected.username)]
            turn.say(texts.say("username_taken"))
            self._dialogue.suggest(turn, session.collected.username or "", texts)
            _ask_again(turn, Step.USERNAME)
        elif isinstance(fault, EmailTaken):
            turn.errors = [texts.say("problem.EMAIL_TAKEN")]
            turn.say(texts.say("email_taken"))
            _ask_again(turn, Step.EMAIL)
        else:
            turn.errors = [problem.message for problem in fault.problems] or [fault.message]
            reasons = " ".join(f"{error.removesuffix('.')}." for error in turn.errors)
            turn.say(texts.say("not_created", reason=reasons))
            step = next((_FIELDS[problem.field] for problem in fault.problems if problem.field in _FIELDS), None)
            if isinstance(fault, ValidationFailed) and step is not None:
                _ask_again(turn, step)
        self._reopen(session, turn.step, turn.collected)
        if turn.step in ASKED and not turn.revisiting:
            self._dialogue.ask(turn, texts)
        return reply(turn, session_id=session.id)

    def _reopen(self, session: SignupSession, step: Step, collected: Collected) -> None:
        self._store.replace(replace(session, phase=Phase.OPEN, step=step, collected=collected, version=session.version + 1))


def _ask_again(turn: Turn, step: Step) -> None:
    turn.collected = turn.collected.without(step)
    turn.step = step


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
