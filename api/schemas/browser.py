"""Bodies of what only a page of this site sends; unlike elsewhere an unknown field is refused."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Handoff(BaseModel):
    """The code that the page was given for its fresh login."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(min_length=1, max_length=200)]


class Typing(BaseModel):
    """What is being typed in an exam: an answer (or the words of a recorded one), or notes."""

    model_config = ConfigDict(extra="forbid")

    exam_id: Annotated[str, Field(min_length=1, max_length=80)]
    turn_key: Annotated[str, Field(min_length=1, max_length=200)]
    kind: Literal["answer", "notes"]
    text: Annotated[str, Field(max_length=6000)]


class Worked(BaseModel):
    """It worked."""

    status: Literal["ok"] = "ok"
