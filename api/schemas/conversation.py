"""Bodies of the signup conversation."""

from typing import Literal

from pydantic import Field

from api.schemas.common import Answer, Request

StepName = Literal["start", "email", "username", "password", "firstname", "lastname", "complete"]


class ConversationRequest(Request):
    """One message of a person who is signing up."""

    message: str = Field(description="what the person wrote; may be empty to be greeted", examples=["My email is john@example.com"])
    session_id: str | None = Field(default=None, description="as the last answer gave it; null before the person has agreed to start")
    current_step: StepName = Field(description="`next_step` of the last answer; the server's own session decides", examples=["start"])
    language: str = Field(
        default="", max_length=100, description="language of the answers (`fr`, `es-MX`, …); empty: the server's", examples=["en"]
    )


class ProgressBody(Answer):
    """How far the sign-up is."""

    current_step: int = Field(ge=0, le=6, description="fields that are done; 6 at the end")
    total_steps: Literal[6] = 6
    percentage: int = Field(ge=0, le=100)


class ConversationReply(Answer):
    """The assistant's answer. The last three fields are there at the end only."""

    success: bool = Field(description="false when the message could not be used: see `validation_errors` and `message`")
    message: str
    next_step: StepName
    session_id: str | None
    validation_errors: list[str] | None
    progress: ProgressBody
    user_id: str | None = None
    access_token: str | None = None
    refresh_token: str | None = None
