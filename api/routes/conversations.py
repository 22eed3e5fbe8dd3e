"""What we add to conversations: search, rename, star, delete and restore, edit, regenerate, stop, export, share."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime, BeforeValidator
from starlette.concurrency import run_in_threadpool

from api.conversations import item_out
from api.cursors import YEARS, Cursor, opened, sealed
from api.deps import CurrentPerson, ServicesOf, VerifiedPerson
from api.faults import faults
from api.schemas.chat import (
    Changed,
    Edit,
    HistoryFeed,
    HistoryItem,
    Hit,
    Ids,
    Level,
    ProviderOut,
    QuotaOut,
    Rename,
    Reply,
    SearchResults,
    SharedOut,
    ShareOut,
    ShareRequest,
    TopicOut,
)
from api.schemas.common import PLAIN_DIGITS, Done
from api.sending import IdempotencyKey, finished
from chat.errors import InvalidChoice
from chat.listing import HistoryCursor, HistoryFilter, SearchCursor
from chat.models import ConversationKind

router = APIRouter(prefix="/api/v1/chat", tags=["conversations"])
_SIGNED_IN = faults("NOT_AUTHENTICATED")
_LISTING = faults("NOT_AUTHENTICATED", "VALIDATION_ERROR", "CHOICE_INVALID")
_ONE = faults("NOT_AUTHENTICATED", "CONVERSATION_NOT_FOUND")
_CHANGE = faults("NOT_AUTHENTICATED", "CONVERSATION_NOT_FOUND", "VALIDATION_ERROR", "OUT_OF_RANGE", "CHOICE_INVALID")
_AGAIN = faults(
    "NOT_AUTHENTICATED",
    "EMAIL_NOT_VERIFIED",
    "MESSAGE_NOT_FOUND",
    "NOT_THE_LAST_MESSAGE",
    "VALIDATION_ERROR",
    "CHOICE_INVALID",
    "IDEMPOTENCY_KEY_REUSED",
    "RATE_LIMITED",
    "CHAT_BUSY",
)
_DOWNLOAD: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "a file, as `format` says",
        "content": {"text/markdown": {"schema": {"type": "string"}}, "application/json": {"schema": {"type": "object"}}},
    }
}
Kind = Annotated[ConversationKind | None, Query(description="what the conversation is for")]


def _no_number(value: object) -> object:
    """Refuse a bare number, which would be read as seconds since 1970."""
    if isinstance(value, str) and value.lstrip("+-").replace(".", "").isdecimal():
        raise ValueError("This must be a date and time, such as 2026-01-31T09:00:00Z.")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_no_number)]
Since = Annotated[Moment | None, Query(description="not before this moment")]
Until = Annotated[Moment | None, Query(description="before this moment")]


@router.get("/sessions", summary="List one's conversations by cursor", responses=_LISTING)
def sessions(
    person: CurrentPerson,
    services: ServicesOf,
    after: Cursor = "",
    level: Level | None = None,
    kind: Kind = None,
    starred: bool | None = None,  # noqa: FBT001 - a query parameter
    since: Since = None,
    until: Until = None,
    deleted: bool = False,  # noqa: FBT001, FBT002 - a query parameter
    limit: Annotated[int, Query(ge=1, le=100), PLAIN_DIGITS] = 20,
) -> HistoryFeed:
    """Return conversations, newest first; `since` and `until` bound when they were last used. Costs the same at any depth."""
    where = replace(_where(level, kind, starred, since, until), deleted=deleted)
    cursor = _history_cursor(after)
    found = services.chat.history(person.user.id, where=where, after=cursor, limit=limit)
    more = sealed(found.next.updated_at, found.next.id) if found.next else None
    return HistoryFeed(items=[item_out(item) for item in found.items], next=more)


@router.get("/search", summary="Search one's own messages", responses=_LISTING)
def search(
    person: CurrentPerson,
    services: ServicesOf,
    q: Annotated[str, Query(min_length=1, max_length=200)],
    after: Cursor = "",
    level: Level | None = None,
    kind: Kind = None,
    starred: bool | None = None,  # noqa: FBT001 - a query parameter
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, Query(ge=1, le=100), PLAIN_DIGITS] = 20,
) -> SearchResults:
    """Return messages that hold all words of `q` (the last may be unfinished), newest first, with snippets.

    `since` and `until` bound when they were said.
    """
    where = _where(level, kind, starred, since, until)
    cursor = _search_cursor(after)
    found = services.chat.search(person.user.id, q, where=where, after=cursor, limit=limit)
    items = [
        Hit(
            session_id=hit.conversation.id,
            title=hit.conversation.title,
            message_id=hit.message.id,
            role=hit.message.role.value,
            snippet=hit.snippet,
            hits=list(hit.hits),
            created_at=hit.message.created_at,
        )
        for hit in found.hits
    ]
    return SearchResults(items=items, next=sealed(found.next.created_at, found.next.id) if found.next else None)


@router.patch("/sessions/{session_id}", summary="Rename or star a conversation", responses=_CHANGE)
def change(session_id: str, body: Rename, person: CurrentPerson, services: ServicesOf) -> HistoryItem:
    """Change the title, the star, or both."""
    conversation = services.chat.conversation(person.user.id, session_id)
    if body.title is not None:
        conversation = services.chat.rename(person.user.id, session_id, body.title)
    if body.starred is not None:
        conversation = services.chat.star(person.user.id, session_id, starred=body.starred)
    return item_out(conversation)


@router.delete("/sessions/{session_id}", summary="Delete a conversation", responses=_ONE)
def delete(session_id: str, person: CurrentPerson, services: ServicesOf) -> Done:
    """Delete a conversation; it can be restored for as many days as the answer says."""
    services.chat.delete_one(person.user.id, session_id)
    days = services.chat.restorable_for.days
    return Done(message=f"The conversation is deleted. It can be restored for {'one day' if days == 1 else f'{days} days'}.")


@router.post("/delete", summary="Delete several conversations", responses=_LISTING)
def delete_several(body: Ids, person: CurrentPerson, services: ServicesOf) -> Changed:
    """Delete conversations; unknown and foreign ones are left out of the answer."""
    return Changed(session_ids=services.chat.delete(person.user.id, body.session_ids))


@router.post("/restore", summary="Restore deleted conversations", responses=_LISTING)
def restore(body: Ids, person: CurrentPerson, services: ServicesOf) -> Changed:
    """Bring deleted conversations back."""
    return Changed(session_ids=services.chat.restore(person.user.id, body.session_ids))


@router.post("/messages/{message_id}/regenerate", summary="Have the last message answered again", responses=_AGAIN)
async def regenerate(
    message_id: str,
    person: VerifiedPerson,
    services: ServicesOf,
    provider: Annotated[str, Query(max_length=60)] = "",
    idempotency_key: IdempotencyKey = "",
) -> Reply:
    """Return another answer; the ones before are kept."""
    sent = await run_in_threadpool(services.chat.regenerate, person.user.id, message_id, provider=provider, idempotency_key=idempotency_key)
    return await finished(services, sent)


@router.put("/messages/{message_id}", summary="Send another text instead of one's last message", responses=_AGAIN)
async def edit(message_id: str, body: Edit, person: VerifiedPerson, services: ServicesOf, idempotency_key: IdempotencyKey = "") -> Reply:
    """Replace the last message and have the new one answered."""
    sent = await run_in_threadpool(services.chat.edit, person.user.id, message_id, text=body.message, idempotency_key=idempotency_key)
    return await finished(services, sent)


@router.post(
    "/messages/{message_id}/stop", summary="Stop an answer that is being made", responses=faults("NOT_AUTHENTICATED", "MESSAGE_NOT_FOUND")
)
def stop(message_id: str, person: CurrentPerson, services: ServicesOf) -> Done:
    """Stop the answer; what there is of it is kept."""
    services.chat.stop(person.user.id, message_id)
    return Done(message="The answer is stopped.")


@router.get(
    "/sessions/{session_id}/export", summary="Export a conversation", response_class=StreamingResponse, responses=_CHANGE | _DOWNLOAD
)
def export(
    session_id: str, person: CurrentPerson, services: ServicesOf, kind: Annotated[Literal["md", "json"], Query(alias="format")] = "md"
) -> StreamingResponse:
    """Return a conversation as Markdown or JSON."""
    chat, owner = services.chat, person.user.id
    pieces = chat.export_json(owner, session_id) if kind == "json" else chat.export_markdown(owner, session_id)
    return _download(pieces, kind, "conversation")


@router.get("/export", summary="Export all conversations", response_class=StreamingResponse, responses=_LISTING | _DOWNLOAD)
def export_all(
    person: CurrentPerson, services: ServicesOf, kind: Annotated[Literal["md", "json"], Query(alias="format")] = "json"
) -> StreamingResponse:
    """Return every conversation as one Markdown or JSON document."""
    return _download(services.chat.export_all(person.user.id, as_json=kind == "json"), kind, "conversations")


@router.post("/sessions/{session_id}/shares", status_code=201, summary="Share a conversation read-only", responses=_CHANGE)
def share(session_id: str, body: ShareRequest, person: CurrentPerson, services: ServicesOf) -> ShareOut:
    """Make a link that shows what has been said so far, without anything about the account."""
    link, secret = services.chat.share(person.user.id, session_id, days=body.days)
    return ShareOut(id=link.id, created_at=link.created_at, expires_at=link.expires_at, url=services.settings.shared_url(secret))


@router.get("/sessions/{session_id}/shares", summary="List the links to a conversation", responses=_ONE)
def shares(session_id: str, person: CurrentPerson, services: ServicesOf) -> list[ShareOut]:
    """Return the links that work, without their secrets."""
    return [ShareOut.model_validate(link) for link in services.chat.shares(person.user.id, session_id)]


@router.delete("/shares/{share_id}", summary="Revoke a link", responses=faults("NOT_AUTHENTICATED", "SHARE_NOT_FOUND"))
def revoke(share_id: str, person: CurrentPerson, services: ServicesOf) -> Done:
    """End a link now."""
    services.chat.revoke_share(person.user.id, share_id)
    return Done(message="The link does not work any more.")


@router.get("/shared/{secret}", summary="Read a shared conversation", responses=faults("SHARE_NOT_FOUND", "VALIDATION_ERROR"))
def shared(
    secret: str, services: ServicesOf, response: Response, after: Annotated[int, Query(ge=0, le=10_000_000), PLAIN_DIGITS] = 0
) -> SharedOut:
    """Return what the holder of a link may see, 200 messages at a time."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return SharedOut.model_validate(services.chat.shared(secret, after=after))


@router.get("/topics", summary="List the topics to practise", responses=_SIGNED_IN)
def topics(_person: CurrentPerson, services: ServicesOf) -> list[TopicOut]:
    """Return the topics in the order in which learners see them."""
    return [TopicOut.model_validate(topic) for topic in services.chat.topics()]


@router.get("/providers", summary="List who can answer", responses=_SIGNED_IN)
def providers(_person: CurrentPerson, services: ServicesOf) -> list[ProviderOut]:
    """Return the providers in the order in which they are asked."""
    return [ProviderOut.model_validate(choice) for choice in services.chat.providers()]


@router.get("/quota", summary="How much may I still send today?", responses=_SIGNED_IN)
def quota(person: CurrentPerson, services: ServicesOf) -> QuotaOut:
    """Return today's quota."""
    return QuotaOut.model_validate(services.chat.quota(person.user.id))


def _download(pieces: Iterator[str], kind: str, name: str) -> StreamingResponse:
    media = "application/json" if kind == "json" else "text/markdown; charset=utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store"}
    return StreamingResponse((piece.encode() for piece in pieces), media_type=media, headers=headers)


def _where(
    level: str | None,
    kind: ConversationKind | None,
    starred: bool | None,  # noqa: FBT001 - as in the routes
    since: datetime | None,
    until: datetime | None,
) -> HistoryFilter:
    """Return what to list. Raises InvalidChoice for a moment that no conversation can have."""
    for name, moment in (("since", since), ("until", until)):
        if moment is not None and moment.year not in YEARS:
            raise InvalidChoice(name, f"The year must lie between {YEARS.start} and {YEARS.stop - 1}.")
    return HistoryFilter(level=level or "", kind=kind, starred=starred, since=_utc(since), until=_utc(until))


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def _history_cursor(text: str) -> HistoryCursor | None:
    if not text:
        return None
    moment, identifier = opened(text)
    return HistoryCursor(updated_at=moment, id=identifier)


def _search_cursor(text: str) -> SearchCursor | None:
    if not text:
        return None
    moment, identifier = opened(text)
    return SearchCursor(created_at=moment, id=identifier)
