"""The accounts dialect's chat: `/api/v1/chat/…`, with and without the trailing slash."""

from fastapi import APIRouter

from api.deps import CurrentPerson, ServicesOf, VerifiedPerson
from api.dialects import Dialect
from api.faults import faults
from api.schemas.chat import ChatMessage, ChatSession, ChatTranscript, Reply, Send
from api.sending import SEND_FAULTS, IdempotencyKey, answered
from chat.listing import HistoryCursor

router = APIRouter(prefix="/api/v1/chat", tags=["accounts and chat"])
MOST_LISTED = 1000
_PAGE = 100
_SEND = faults(*SEND_FAULTS, dialect=Dialect.ACCOUNTS)


@router.post("", include_in_schema=False)
@router.post("/", summary="Send a message and get the answer", responses=_SEND)
async def send(body: Send, person: VerifiedPerson, services: ServicesOf, idempotency_key: IdempotencyKey = "") -> Reply:
    """Send a message; without `session_id` a session begins."""
    return await answered(services, person, body, idempotency_key)


@router.get("/chats-history", include_in_schema=False)
@router.get("/chats-history/", summary="List one's sessions", responses=faults("NOT_AUTHENTICATED", dialect=Dialect.ACCOUNTS))
def sessions(person: CurrentPerson, services: ServicesOf) -> list[ChatSession]:
    """Return one's sessions, newest first (the latest 1,000; `GET /api/v1/chat/sessions` pages through all)."""
    found: list[ChatSession] = []
    cursor: HistoryCursor | None = None
    while len(found) < MOST_LISTED:
        page = services.chat.history(person.user.id, after=cursor, limit=_PAGE)
        found += [
            ChatSession(session_id=item.id, title=item.title, created_at=item.created_at, updated_at=item.updated_at) for item in page.items
        ]
        if page.next is None:
            break
        cursor = page.next
    return found


_ONE = faults("NOT_AUTHENTICATED", "CONVERSATION_NOT_FOUND", dialect=Dialect.ACCOUNTS)


@router.get("/chats/{session_id}", include_in_schema=False)
@router.get("/chats/{session_id}/", summary="Read a session", responses=_ONE)
def transcript(session_id: str, person: CurrentPerson, services: ServicesOf) -> ChatTranscript:
    """Return every message of a session in order."""
    conversation = services.chat.conversation(person.user.id, session_id)
    messages = [
        ChatMessage(
            id=message.id,
            role=message.role.value,
            content=message.content,
            timestamp=message.created_at,
            status=message.status.value,
            model=message.model,
        )
        for message in services.chat.all_messages(person.user.id, conversation.id)
    ]
    return ChatTranscript(session_id=conversation.id, title=conversation.title, created_at=conversation.created_at, messages=messages)
