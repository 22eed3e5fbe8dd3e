"""The accounts service on stores in memory, with a clock that the tests move, real limits and cheap hashes."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from auth import AuthService
from auth.config import AuthConfig
from auth.errors import NotSignedIn
from auth.flows.register import RegisterForm
from auth.kit import Eraser, Kit, build_kit
from auth.memory import Memory, memory_stores
from auth.models import AuditEvent, Client, Role, User
from auth.policy import Breaches
from auth.results import Identity, SignedIn
from core.counters import MemoryCounters
from core.errors import AppError
from core.limits import WindowLimits
from core.setting_groups import Limits
from mail.models import Letter, LetterState, Template
from tests.factories import CountingIds, FrozenClock

PASSWORD = "Quiet-Harbour-71"
OTHER_PASSWORD = "Seven-Copper-Kettles-4"
ANNA = "anna.berg@example.com"
HOME = Client(ip="203.0.113.7", user_agent="Firefox on Linux")
AWAY = Client(ip="198.51.100.9", user_agent="Chrome on Windows")
STRANGER = Client(ip="192.0.2.66", user_agent="curl")
CONFIG = AuthConfig(signing_key="s" * 48, peppers=("p" * 48,), public_url="https://viva.example.org", bcrypt_rounds=4)


@dataclass
class World:
    """One service and everything around it."""

    clock: FrozenClock
    memory: Memory
    kit: Kit
    erasers: list[Eraser] = field(default_factory=list)

    @property
    def auth(self) -> AuthService:
        return AuthService(kit=self.kit)

    def configure(self, **changes: Any) -> None:
        """Go on with another configuration on the same data, as after a restart."""
        self.kit = self._build(replace(self.kit.config, **changes))

    def ask_breaches(self, breaches: Breaches) -> None:
        """Go on with another source of breached passwords."""
        self.kit = self._build(self.kit.config, breaches=breaches)

    def _build(self, config: AuthConfig, breaches: Breaches | None = None) -> Kit:
        old = self.kit
        return build_kit(
            config=config, stores=old.stores, clock=old.clock, ids=old.ids, limits=old.limits, breaches=breaches, erasers=self.erasers
        )

    def register(self, email: str = ANNA, *, client: Client = HOME, **changes: Any) -> User:
        return self.auth.register(RegisterForm(**{"email": email, "password": PASSWORD, **changes}), client=client)

    def signed_in(self, email: str = ANNA, password: str = PASSWORD, *, client: Client = HOME, refreshable: bool = True) -> SignedIn:
        return self.auth.login(email, password, client=client, refreshable=refreshable)

    def identity(self, email: str = ANNA, *, client: Client = HOME) -> Identity:
        result = self.signed_in(email, client=client)
        return Identity(user=result.user, session=result.session)

    def admin(self, email: str = "root.person@example.com") -> Identity:
        form = RegisterForm(email=email, password=PASSWORD, full_name="Root Person")
        self.auth.create_admin(form)
        return self.identity(email)

    def letters(self, template: Template | None = None) -> list[Letter]:
        """Return the letters that wait, oldest first."""
        waiting = [entry.letter for entry in self.memory.letters.values() if entry.state is LetterState.WAITING]
        return [item for item in waiting if template is None or item.template is template]

    def token_in(self, letter: Letter) -> str:
        """Return the token of the one link with a token in a letter."""
        (link,) = [value for value in letter.data.values() if "?token=" in value]
        return link.partition("?token=")[2]

    def events(self, name: str) -> list[AuditEvent]:
        return [event for event in self.memory.events if event.name == name]

    def stored(self, user: User) -> User:
        return self.memory.users[user.id]

    def set_role(self, user: User, role: Role) -> None:
        self.memory.users[user.id] = replace(self.memory.users[user.id], role=role)


def outcome(world: World, name: str = ANNA, password: str = "wrong", client: Client = STRANGER) -> str:
    """Try to sign in and return the code of the fault, or `in`."""
    try:
        world.auth.login(name, password, client=client)
    except AppError as error:
        return error.code
    return "in"


def device_of(world: World) -> str:
    """Sign in with a browser at home and return its device cookie."""
    result = world.signed_in(refreshable=False)
    return world.auth.redeem_handoff(world.auth.start_handoff(result.session.id), client=HOME).device


@pytest.fixture
def world() -> World:
    clock = FrozenClock()
    memory = Memory()
    rules = {**Limits().model_dump(), "signup": "1000/minute"}
    limits = WindowLimits(rules=rules, storage=MemoryCounters(clock), clock=clock)
    erasers: list[Eraser] = []
    kit = build_kit(config=CONFIG, stores=memory_stores(memory), clock=clock, ids=CountingIds(), limits=limits, erasers=erasers)
    return World(clock=clock, memory=memory, kit=kit, erasers=erasers)


def lives(world: World, token: str) -> bool:
    """Tell whether an access token lets anybody in."""
    try:
        world.auth.authenticate(token, client=HOME)
    except NotSignedIn:
        return False
    return True
