"""Devices and the audit trail in memory."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from auth.memory.state import Memory
from auth.models import AuditEvent, Device


class MemoryDevices:
    """`auth.ports.DeviceStore` in memory."""

    def __init__(self, memory: Memory) -> None:
        """Share `memory` with the other stores."""
        self._memory = memory

    def get(self, user_id: str, device_hash: str) -> Device | None:
        """Return the device if this person knows it."""
        return self._memory.devices.get((user_id, device_hash))

    def save(self, device: Device) -> None:
        """Add the device, or move its last use."""
        with self._memory.lock:
            key = (device.user_id, device.device_hash)
            before = self._memory.devices.get(key, device)
            self._memory.devices[key] = replace(
                device, first_seen_at=before.first_seen_at, last_seen_at=max(before.last_seen_at, device.last_seen_at)
            )

    def count(self, user_id: str) -> int:
        """Return how many devices this person has used."""
        with self._memory.lock:
            return sum(owner == user_id for owner, _ in self._memory.devices)

    def delete_all_of(self, user_id: str) -> None:
        """Forget every device of this person."""
        with self._memory.lock:
            for key in [key for key in self._memory.devices if key[0] == user_id]:
                del self._memory.devices[key]


class MemoryAudit:
    """`auth.ports.AuditStore` in memory."""

    def __init__(self, memory: Memory) -> None:
        """Share `memory` with the other stores."""
        self._memory = memory

    def append(self, events: Sequence[AuditEvent]) -> None:
        """Store events."""
        with self._memory.lock:
            self._memory.events.extend(events)

    def of_user(self, user_id: str, *, before: datetime | None, limit: int) -> list[AuditEvent]:
        """Return the newest events about a person."""
        return self._newest(lambda event: event.user_id == user_id, before, limit)

    def recent(self, *, name_prefix: str, before: datetime | None, limit: int) -> list[AuditEvent]:
        """Return the newest events of everybody."""
        return self._newest(lambda event: event.name.startswith(name_prefix), before, limit)

    def trim_nobodys(self, *, before: datetime, keep: int) -> int:
        """Remove old events of nobody, and all but the newest `keep`."""
        nobodys = self._newest(lambda event: not event.user_id and not event.actor_id, None, None)
        gone = {event.id for place, event in enumerate(nobodys) if event.at < before or place >= keep}
        with self._memory.lock:
            self._memory.events = [event for event in self._memory.events if event.id not in gone]
        return len(gone)

    def delete_all_of(self, user_id: str) -> None:
        """Remove the events about this person, and their name from what they did to others."""
        with self._memory.lock:
            kept = [event for event in self._memory.events if event.user_id != user_id or not user_id]
            self._memory.events = [replace(e, actor_id="", ip="", user_agent="") if e.actor_id == user_id else e for e in kept]

    def _newest(self, test: Callable[[AuditEvent], bool], before: datetime | None, limit: int | None) -> list[AuditEvent]:
        with self._memory.lock:
            found = [event for event in self._memory.events if test(event) and (before is None or event.at < before)]
        # Reversed first: of events of one instant the later one is the newer.
        found.reverse()
        return sorted(found, key=lambda event: event.at, reverse=True)[:limit]
