"""How the model component is set up: plain values that the composition root fills from the settings."""

from dataclasses import dataclass, field

from llm.call import TimeLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderConfig:
    """One service with an OpenAI-compatible chat endpoint.

    `models` are tried in order (usually one). `keys` are used in turn; a service without keys (Ollama) has none and
    `needs_key=False`. `reports_cost`: the service tells what an answer cost when asked to (OpenRouter).
    """

    name: str
    label: str
    base_url: str
    models: tuple[str, ...]
    keys: tuple[str, ...] = field(default=(), repr=False)
    needs_key: bool = True
    reports_cost: bool = False
    new_length_name: bool = False
    """Whether the answer's length limit is called `max_completion_tokens` (OpenAI itself) rather than `max_tokens`."""

    @property
    def usable(self) -> bool:
        """Whether there is all that a request needs."""
        return bool(self.base_url and self.models and (self.keys or not self.needs_key))


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How a failing provider is tried again before the first word, and when it is left alone.

    The n-th pause is `first_pause * 2 ** n` seconds, at most `longest_pause`, times a random factor between 0.5 and 1. After
    `breaker_failures` failed calls in a row a provider rests for `breaker_seconds`, doubled each time up to `breaker_longest`.
    """

    attempts: int = 2
    first_pause: float = 0.4
    longest_pause: float = 4.0
    breaker_failures: int = 4
    breaker_seconds: float = 30.0
    breaker_longest: float = 600.0
    refused_key_seconds: float = 3600.0
    limited_key_seconds: float = 30.0
    longest_limit_seconds: float = 6 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsConfig:
    """All of it: providers in the order in which they are asked, limits and retries."""

    providers: tuple[ProviderConfig, ...] = ()
    limits: TimeLimits = field(default_factory=TimeLimits)
    retries: RetryPolicy = field(default_factory=RetryPolicy)
