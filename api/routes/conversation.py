"""The signup conversation: one message in, one answer out."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import ClientOf, ServicesOf
from api.faults import faults
from api.schemas.conversation import ConversationReply, ConversationRequest
from auth.models import Client
from signup.models import Reply, Step
from signup.texts import best_language
from wiring import Services

router = APIRouter(prefix="/api/v1/auth/signup/conversation", tags=["signup conversation"])
_FAULTS = faults("VALIDATION_ERROR", "RATE_LIMITED")


def _answer(reply: Reply) -> ConversationReply:
    return ConversationReply.model_validate(reply.as_dict())


def _count(services: Services, client: Client) -> None:
    if client.ip:
        services.limits.hit("signup_conversation", client.source)


def _language(services: Services, wanted: str) -> str:
    return best_language(wanted) if wanted else services.settings.signup.language


@router.post("", summary="Send one message of a sign-up", responses=_FAULTS, response_model_exclude_unset=True)
def converse(body: ConversationRequest, services: ServicesOf, client: ClientOf) -> ConversationReply:
    """Answer a message. What a person can get wrong is answered with 200 and `success: false`."""
    _count(services, client)
    reply = services.signup.handle(
        message=body.message,
        session_id=body.session_id,
        current_step=Step(body.current_step),
        client=client,
        language=_language(services, body.language),
    )
    return _answer(reply)


@router.get("/start", summary="The assistant's greeting", responses=_FAULTS, response_model_exclude_unset=True)
def greet(services: ServicesOf, client: ClientOf, language: Annotated[str, Query(max_length=100)] = "") -> ConversationReply:
    """Return the greeting, as an empty first message does. Nothing is stored."""
    _count(services, client)
    return _answer(services.signup.greeting(language=_language(services, language)))
