"""What every backend offers to the contract suites."""

from typing import Protocol

from auth.ports import AccountStore, AuditStore, DeviceStore, SessionStore, TokenStore
from chat.ports import ConversationStore
from exam.ports import ExamStore
from mail.ports import Outbox
from signup.ports import SessionStore as SignupSessionStore


class Stores(Protocol):
    """The stores of one empty database."""

    @property
    def accounts(self) -> AccountStore: ...

    @property
    def sessions(self) -> SessionStore: ...

    @property
    def tokens(self) -> TokenStore: ...

    @property
    def devices(self) -> DeviceStore: ...

    @property
    def audit(self) -> AuditStore: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def conversations(self) -> ConversationStore: ...

    @property
    def signup_sessions(self) -> SignupSessionStore: ...

    @property
    def exams(self) -> ExamStore: ...
