"""The provider port. The docstrings are the contract; `tests/contract/llm/` runs it on every provider."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from llm.call import Call
from llm.models import Capabilities, ChatRequest, Event, JsonAnswer, ProviderChoice


class Provider(Protocol):
    """One model service (or the offline examiner). Safe to use from many threads at once."""

    name: str
    """The name in settings, messages and logs: `openrouter`, `offline`, …"""

    label: str
    """The name that people see."""

    model: str
    """The model that answers unless the service says otherwise."""

    capabilities: Capabilities

    def stream(self, request: ChatRequest, *, call: Call) -> Iterator[Event]:
        """Yield the answer's text in pieces (at least one, none empty), then exactly one `Done`.

        Raises `llm.errors.ProviderFault` at any point instead of going on, `Cancelled` when `call` was cancelled. Keeps the limits
        of `call`. Closing the iterator frees the connection.
        """
        ...

    def complete_json(self, request: ChatRequest, schema: Mapping[str, Any], *, call: Call) -> JsonAnswer:
        """Return an answer that fits the JSON schema (type object). Raises as `stream` does: MALFORMED if the answer does not fit.

        A provider without `capabilities.structured` raises UNSUPPORTED.
        """
        ...

    def close(self) -> None:
        """Free idle connections at the end of the program."""
        ...


class Models(Protocol):
    """What the rest of the program uses: all configured providers behind one face (`llm.registry.Registry`)."""

    def stream(self, request: ChatRequest, *, call: Call | None = None) -> Iterator[Event]:
        """Yield pieces, then `Done`, from the first provider that answers.

        Raises `Cancelled`; `llm.errors.AnswerCutOff` if a provider failed after its first piece; `ProviderUnavailable` if nobody
        could answer (only without the offline examiner as the last resort).
        """
        ...

    def complete_json(self, request: ChatRequest, schema: Mapping[str, Any], *, call: Call | None = None) -> JsonAnswer:
        """Return a structured answer of the first provider that gives a fitting one. Raises `ProviderUnavailable`, `Cancelled`."""
        ...

    def choices(self) -> tuple[ProviderChoice, ...]:
        """Return the providers in the order in which they are asked, the offline examiner last."""
        ...

    def warm_up(self) -> None:
        """Load what the first answer needs, ahead of it (libraries, certificates). Does nothing without a real model."""
        ...

    def close(self) -> None:
        """Free what the providers hold at the end of the program."""
        ...

    @property
    def has_models(self) -> bool:
        """Whether any real model is configured (so that `complete_json` is worth a try)."""
        ...
