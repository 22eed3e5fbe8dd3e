"""The stores in memory under the names that tests use."""

from auth.memory import (
    Memory,
    MemoryAccounts,
    MemoryAudit,
    MemoryDevices,
    MemoryOutbox,
    MemorySessions,
    MemoryTokens,
    memory_stores,
)

__all__ = [
    "Memory",
    "MemoryAccounts",
    "MemoryAudit",
    "MemoryDevices",
    "MemoryOutbox",
    "MemorySessions",
    "MemoryTokens",
    "memory_stores",
]
