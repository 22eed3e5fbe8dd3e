"""What is in force and whether each part is ready, in lines for a person, without a secret."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, SecretStr

from core.errors import AppError
from core.settings import Settings
from mail.errors import SendFailed
from wiring.build import build


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: ready or not, and why."""

    part: str
    ready: bool
    sentence: str


def effective(settings: BaseModel, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield every setting with its value; secrets as `set` or `not set`."""
    extra = settings.model_extra or {}
    for name in (*type(settings).model_fields, *extra):
        value = extra[name] if name in extra else getattr(settings, name)
        if isinstance(value, BaseModel):
            yield from effective(value, f"{prefix}{name.upper()}__")
        elif isinstance(value, SecretStr) or name in extra:
            yield prefix + name.upper(), "(set)" if _plain(value) else "(not set)"
        else:
            yield prefix + name.upper(), ",".join(value) if isinstance(value, tuple) else str(value)


def findings(settings: Settings) -> Iterator[Finding]:
    """Try every part and yield what was found. Opens (and makes) the database as a start would."""
    try:
        services = build(settings)
    except AppError as error:
        yield Finding("database", ready=False, sentence=error.message)
        return
    try:
        yield Finding("database", ready=True, sentence=services.check_store())
        yield _letters(settings, services.sender.check)
        yield _examiner(settings)
        yield _recordings(services.exams.transcribers)
    finally:
        services.close()


def _letters(settings: Settings, check: Callable[[], str]) -> Finding:
    try:
        return Finding("letters", ready=True, sentence=check())
    except SendFailed as error:
        return Finding("letters", ready=False, sentence=f"{settings.mail_transport}: {error}; letters wait and nothing is lost")


def _examiner(settings: Settings) -> Finding:
    found = [name for name in ("open_router", "gemini", "groq", "openai", "custom") if settings.ai_services.keys(name)]
    if settings.openai_api_key.get_secret_value():
        found.append("openai")
    if settings.ai_services.ollama_base_url:
        found.append("ollama")
    if not found:
        return Finding("examiner", ready=True, sentence="the offline examiner, no model is configured")
    return Finding("examiner", ready=True, sentence=f"keys for {', '.join(dict.fromkeys(found))}; the offline examiner is the last resort")


def _recordings(names: Sequence[str]) -> Finding:
    if not names:
        return Finding("recordings", ready=True, sentence="nobody writes them down; learners type what they said")
    return Finding("recordings", ready=True, sentence=f"written down by {', '.join(names)}, in this order")


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
