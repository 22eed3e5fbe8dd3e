"""Building blocks of requests and answers."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from api.schemas.patterns import LANGUAGE_PATTERN

EmailText = Annotated[str, Field(examples=["ada@example.com"], json_schema_extra={"minLength": 1, "maxLength": 320})]
"""An address. Its bounds are documented only: the services say what is wrong with it, an empty or a far too long one too."""
UsernameText = Annotated[str, Field(examples=["ada_l"], json_schema_extra={"minLength": 1, "maxLength": 150})]
"""A username to have from now on; as above."""
NewPassword = Annotated[str, Field(examples=["MyStr0ngP@ss!"], json_schema_extra={"format": "password", "minLength": 8, "maxLength": 128})]
"""A password to have from now on; as above."""
PasswordText = Annotated[str, Field(min_length=1, max_length=1024, examples=["MyStr0ngP@ss!"], json_schema_extra={"format": "password"})]
"""A password that somebody has, whatever the rules were when it was chosen."""
LoginName = Annotated[str, Field(min_length=1, max_length=320, examples=["ada@example.com"])]
NameText = Annotated[str, BeforeValidator(lambda value: value.strip() if isinstance(value, str) else value), Field(max_length=255)]
"""A person's name; spaces around it do not count."""
LanguageTag = Annotated[
    str,
    Field(
        min_length=2,
        max_length=35,
        examples=["en"],
        description="a BCP-47 language tag; the pattern shows the usual forms, every registered tag is accepted",
        json_schema_extra={"pattern": LANGUAGE_PATTERN},
    ),
]
WholeNumber = Annotated[int, BeforeValidator(lambda value: int(value) if isinstance(value, float) and value.is_integer() else value)]
"""An integer as JSON Schema defines it: 30.0 is one too."""
TokenText = Annotated[str, Field(min_length=1, max_length=4096)]
When = Annotated[datetime, PlainSerializer(lambda moment: moment.isoformat().replace("+00:00", "Z"), return_type=str)]
"""A time in UTC, written as `2026-03-14T12:00:00Z`."""


def _digits(value: object) -> object:
    """Refuse what Python takes for a number and nobody else does: `1_0`, ` 1`."""
    if isinstance(value, str) and not (value.isascii() and value.removeprefix("-").isdigit()):
        raise PydanticCustomError("int_parsing", "no plain digits")
    return value


PLAIN_DIGITS = BeforeValidator(_digits)
"""For integers in an address; stands behind their bounds, which the document would lose otherwise."""


class Request(BaseModel):
    """Base of request bodies: unknown fields are ignored, as the documents' sample clients expect."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=False, strict=True)


class Answer(BaseModel):
    """Base of answers."""

    model_config = ConfigDict(from_attributes=True)


class Tokens(Answer):
    """What every login answers."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = "bearer"
    expires_in: int = Field(description="life of the access token in seconds", examples=[900])


class Done(Answer):
    """An act without further result."""

    success: Literal[True] = True
    message: str


class FieldError(Answer):
    """One broken rule."""

    field: str
    message: str


class ErrorBody(BaseModel):
    """The one error body of every dialect; some add members of their own."""

    model_config = ConfigDict(extra="allow")

    status: Literal["error"] = "error"
    code: str = Field(examples=["VALIDATION_ERROR"])
    message: str
    details: list[FieldError] = []
    detail: str
