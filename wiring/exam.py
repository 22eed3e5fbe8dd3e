"""Puts the exam component together, and chooses who writes recordings down."""

import random
from datetime import timedelta
from pathlib import Path

from core import log
from core.settings import Settings
from exam.bank import Catalogue, default_catalogue, load_catalogue
from exam.config import ExamConfig
from exam.service import ExamService
from speech.ports import Transcriber
from speech.service import Transcription
from wiring.base import Base

_log = log.get("exam")

MEGABYTE = 1_000_000
_AUTO = ("whisper", "openai", "groq", "openrouter", "gemini")
"""A folder on this machine goes first: then nobody else hears the recordings."""


def exam_service(base: Base) -> ExamService:
    """Return the service; its threads start with the first recording or report.

    The program's own files are read with the first exam (the tests check them); a school's folder is checked here and now.
    """
    settings = base.settings
    found = catalogue(settings) if settings.exam.items_folder else None
    return ExamService(
        store=base.stores.exams,
        recordings=base.stores.recordings,
        catalogue=lambda: found or catalogue(settings),
        models=base.models,
        transcription=Transcription(transcribers=transcribers(settings)),
        limits=base.limits,
        clock=base.clock,
        ids=base.ids,
        pick=random.SystemRandom().choice,
        config=ExamConfig(
            max_recording_bytes=settings.speech.max_recording_mb * MEGABYTE,
            grade_with_model=settings.ai_services.grade_with_model,
            grace=timedelta(seconds=settings.exam.grace_seconds),
            lease=timedelta(minutes=5),
            only_process=not settings.uses_mongodb,
        ),
    )


def catalogue(settings: Settings) -> Catalogue:
    """Return the formats and items: those that ship with the program and those of the school's folder."""
    folder = settings.exam.items_folder
    if not folder:
        return default_catalogue()
    found = load_catalogue([Path(folder)])
    for problem in found.problems:
        _log.warning("a file of exam items is not used", extra={"problem": str(problem)})
    return found


def transcribers(settings: Settings) -> tuple[Transcriber, ...]:
    """Return who writes recordings down, in the order in which they are asked; none when nothing is configured."""
    wished = settings.speech.transcriber
    names = _AUTO if wished == "auto" else (wished,)
    return tuple(found for name in names if (found := _transcriber(name, settings)) is not None)


def _transcriber(name: str, settings: Settings) -> Transcriber | None:
    services, speech = settings.ai_services, settings.speech
    if name == "whisper":
        return _local(speech.whisper_folder)
    keys = {
        "openai": services.keys("openai") or tuple(filter(None, [settings.openai_api_key.get_secret_value()])),
        "groq": services.keys("groq"),
        "openrouter": services.keys("open_router"),
        "gemini": services.keys("gemini"),
    }.get(name, ())
    if not keys:
        return None
    if name == "openai":
        from speech.transcribers.multipart import openai  # noqa: PLC0415 - an adapter is loaded only where it is configured

        return openai(key=keys[0], model=speech.openai_model, url=services.openai_base_url)
    if name == "groq":
        from speech.transcribers.multipart import groq  # noqa: PLC0415 - as above

        return groq(key=keys[0], model=speech.groq_model, url=services.groq_base_url)
    if name == "openrouter":
        from speech.transcribers.openrouter import OpenRouterTranscriber  # noqa: PLC0415 - as above

        return OpenRouterTranscriber(key=keys[0], model=speech.openrouter_model, url=services.open_router_base_url)
    from speech.transcribers.gemini import GeminiTranscriber  # noqa: PLC0415 - as above

    url = services.gemini_base_url.rstrip("/").removesuffix("/openai")  # the chat endpoint that speaks OpenAI's protocol lies below
    return GeminiTranscriber(key=keys[0], model=speech.gemini_model, url=url)


def _local(folder: str) -> Transcriber | None:
    if not folder:
        return None
    from speech.transcribers.local_whisper import LocalWhisper  # noqa: PLC0415 - as above

    return LocalWhisper(folder=folder)
