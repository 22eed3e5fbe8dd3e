"""Chooses the model providers."""

import random

from core.clock import Clock
from core.settings import Settings
from llm.call import Call, TimeLimits
from llm.config import ModelsConfig, ProviderConfig
from llm.keys import KeyRing
from llm.ports import Provider
from llm.providers.offline import OfflineExaminer
from llm.providers.openai_compatible import OpenAICompatible
from llm.registry import Registry

PACE_SECONDS = 0.012
"""Between two pieces of the offline examiner: an answer appears word by word, in under a second."""


def config(settings: Settings) -> ModelsConfig:
    """Return the providers that have all they need, in the settings' order, with limits."""
    services = settings.ai_services
    known = {provider.name: provider for provider in _known(settings)}
    return ModelsConfig(
        providers=tuple(known[name] for name in services.order if name in known and known[name].usable),
        limits=TimeLimits(
            connect=services.connect_timeout_seconds,
            first_token=services.first_token_timeout_seconds,
            total=services.total_timeout_seconds,
        ),
    )


def registry(settings: Settings, clock: Clock) -> Registry:
    """Return every configured provider behind one face, the offline examiner as the last resort."""
    chance = random.SystemRandom()
    found = config(settings)
    providers: list[Provider] = []
    for provider in found.providers:
        ring = KeyRing(provider.keys, clock=clock)
        providers += [OpenAICompatible(provider, model=model, keys=ring, policy=found.retries, clock=clock) for model in provider.models]
    return Registry(
        providers=providers,
        last_resort=OfflineExaminer(choice=chance.choice, pace=PACE_SECONDS),
        policy=found.retries,
        new_call=lambda: Call(limits=found.limits),
        clock=clock,
        chance=chance.random,
    )


def _known(settings: Settings) -> tuple[ProviderConfig, ...]:
    services = settings.ai_services
    openai_keys = services.keys("openai") or tuple(filter(None, [settings.openai_api_key.get_secret_value()]))
    return (
        ProviderConfig(
            name="openrouter",
            label="OpenRouter",
            base_url=services.open_router_base_url,
            models=(services.open_router_model,),
            keys=services.keys("open_router"),
            reports_cost=True,
        ),
        ProviderConfig(
            name="gemini",
            label="Gemini",
            base_url=services.gemini_base_url,
            models=(services.gemini_model,),
            keys=services.keys("gemini"),
        ),
        ProviderConfig(
            name="groq",
            label="Groq",
            base_url=services.groq_base_url,
            models=(services.groq_model,),
            keys=services.keys("groq"),
        ),
        ProviderConfig(
            name="openai",
            label="OpenAI",
            base_url=services.openai_base_url,
            models=(services.openai_model,),
            keys=openai_keys,
            new_length_name=True,
        ),
        ProviderConfig(name="ollama", label="Ollama", base_url=services.ollama_base_url, models=(services.ollama_model,), needs_key=False),
        ProviderConfig(
            name="custom",
            label="Custom",
            base_url=services.custom_base_url,
            models=tuple(filter(None, [services.custom_model])),
            keys=services.keys("custom"),
            needs_key=False,
        ),
    )
