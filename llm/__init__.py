"""Models: one port, several providers, a registry that fails over, and an examiner that works offline."""

from llm.call import Call, TimeLimits
from llm.config import ModelsConfig, ProviderConfig, RetryPolicy
from llm.models import Ask, ChatRequest, Delta, Done, Event, ExaminerBrief, JsonAnswer, ProviderChoice, Role, Turn, Usage
from llm.ports import Models, Provider
from llm.registry import Registry

__all__ = [
    "Ask",
    "Call",
    "ChatRequest",
    "Delta",
    "Done",
    "Event",
    "ExaminerBrief",
    "JsonAnswer",
    "Models",
    "ModelsConfig",
    "Provider",
    "ProviderChoice",
    "ProviderConfig",
    "Registry",
    "RetryPolicy",
    "Role",
    "TimeLimits",
    "Turn",
    "Usage",
]
