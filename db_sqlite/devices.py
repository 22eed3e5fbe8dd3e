"""Known devices in SQLite (contract: `auth.ports.DeviceStore`)."""

from auth.models import Device
from core.records import from_record, to_record
from db_sqlite.database import SqliteDatabase
from db_sqlite.rows import insert

_MOVE = "ON CONFLICT (user_id, device_hash) DO UPDATE SET last_seen_at = excluded.last_seen_at, user_agent = excluded.user_agent"


class SqliteDevices:
    """The devices of this database."""

    def __init__(self, database: SqliteDatabase) -> None:
        """Use `database`."""
        self._database = database

    def get(self, user_id: str, device_hash: str) -> Device | None:
        """Return the device if this person knows it."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM devices WHERE user_id = ? AND device_hash = ?", (user_id, device_hash)).fetchone()
        return from_record(Device, row) if row else None

    def save(self, device: Device) -> None:
        """Add the device, or move its last use."""
        with self._database.write() as connection:
            insert(connection, "devices", to_record(device), on_conflict=_MOVE)

    def count(self, user_id: str) -> int:
        """Return how many devices this person has used."""
        with self._database.read() as connection:
            return int(connection.execute("SELECT count(*) FROM devices WHERE user_id = ?", (user_id,)).fetchone()[0])

    def delete_all_of(self, user_id: str) -> None:
        """Forget every device of this person."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM devices WHERE user_id = ?", (user_id,))
