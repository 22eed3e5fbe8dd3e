"""The assistant with the real accounts component, everything in memory."""

import threading
from dataclasses import dataclass, field
from datetime import datetime

from auth import AuthService
from auth.config import AuthConfig
from auth.memory import memory_kit
from auth.models import Client
from signup.documents import from_document, to_document
from signup.models import Reply, SignupSession, Step
from signup.ports import Interpreter
from signup.service import SignupService
from tests.factories import FrozenClock, NoLimits
from wiring.signup import SignupAccounts

GOOD = "MySecureP@ss123"


class MemorySessions:
    """Conversations in a dictionary, stored as documents so that nothing is shared by accident."""

    def __init__(self) -> None:
        self.documents: dict[str, dict[str, object]] = {}
        self._lock = threading.Lock()

    def create(self, session: SignupSession) -> None:
        with self._lock:
            self.documents[session.id] = to_document(session)

    def get(self, session_id: str) -> SignupSession | None:
        found = self.documents.get(session_id)
        return None if found is None else from_document(found)

    def replace(self, session: SignupSession) -> bool:
        with self._lock:
            found = self.documents.get(session.id)
            if found is None or found["version"] != session.version - 1:
                return False
            self.documents[session.id] = to_document(session)
            return True

    def delete(self, session_id: str) -> None:
        self.documents.pop(session_id, None)

    def delete_all_of(self, user_id: str) -> None:
        for name in [name for name in self.documents if (found := self.get(name)) is not None and found.user_id == user_id != ""]:
            self.delete(name)

    def delete_expired(self, *, before: datetime) -> int:
        gone = [name for name in self.documents if (found := self.get(name)) is not None and found.expires_at < before]
        for name in gone:
            self.delete(name)
        return len(gone)


@dataclass
class Person:
    """Somebody who talks to the assistant and keeps session and step as the documented client does."""

    service: SignupService
    session_id: str | None = None
    step: Step = Step.START
    replies: list[Reply] = field(default_factory=list)
    language: str = "en"

    def says(self, message: str, *, step: Step | None = None) -> Reply:
        reply = self.service.handle(
            message=message,
            session_id=self.session_id,
            current_step=step or self.step,
            client=Client(ip="192.0.2.1"),
            language=self.language,
        )
        self.session_id = reply.session_id or self.session_id
        self.step = reply.next_step
        self.replies.append(reply)
        return reply

    def until(self, step: Step) -> "Person":
        """Answer everything before `step`."""
        answers = {
            Step.START: "yes",
            Step.EMAIL: "john@example.com",
            Step.USERNAME: "johndoe",
            Step.PASSWORD: GOOD,
            Step.FIRSTNAME: "John",
            Step.LASTNAME: "Doe",
        }
        while self.step is not step:
            self.says(answers[self.step])
        return self


@dataclass
class Room:
    """One assistant with everything behind it."""

    service: SignupService
    sessions: MemorySessions
    auth: AuthService
    accounts: SignupAccounts
    clock: FrozenClock

    def person(self, language: str = "en") -> Person:
        return Person(self.service, language=language)


class SimpleIds:
    """Predictable identifiers."""

    def __init__(self) -> None:
        self._count = 0
        self._lock = threading.Lock()

    def new(self, prefix: str) -> str:
        with self._lock:
            self._count += 1
            return f"{prefix}_{self._count:04d}"

    def secret(self) -> str:
        return self.new("secret").rjust(43, "x")


def make_room(interpreter: Interpreter | None = None, accounts: SignupAccounts | None = None) -> Room:
    """Return an assistant whose clock stands still."""
    clock = FrozenClock()
    if accounts is None:
        config = AuthConfig(signing_key="k" * 40, peppers=["p" * 40], public_url="http://localhost:8501", bcrypt_rounds=4)
        accounts = SignupAccounts(AuthService(kit=memory_kit(config=config, clock=clock, limits=NoLimits())))
    sessions = MemorySessions()
    service = SignupService(store=sessions, accounts=accounts, clock=clock, ids=SimpleIds(), ttl_seconds=300, interpreter=interpreter)
    return Room(service=service, sessions=sessions, auth=accounts._auth, accounts=accounts, clock=clock)
