"""Quotas and usage: part of `chat.ports.ConversationStore`."""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, date
from typing import Any

from chat.errors import DailyQuotaReached
from chat.models import DailySends, ReplyOutcome, UsageDay
from db_sqlite.conversation_rows import StorePart

_ZERO = "INSERT INTO usage_days VALUES (:user, :day, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING"


class Usage(StorePart):
    """What people send and what the answers cost, by day."""

    def sent_on(self, user_id: str, day: date) -> int:
        """Return how much was sent on a day: one number, because each send asks."""
        with self._database.read() as connection:
            row = connection.execute("SELECT sends FROM usage_days WHERE user_id = ? AND day = ?", (user_id, day.isoformat())).fetchone()
        return int(row[0]) if row else 0

    def usage(self, user_id: str, *, first: date, last: date) -> list[UsageDay]:
        """Return the days with any use, rising."""
        with self._database.read() as connection:
            rows = connection.execute(
                """SELECT * FROM usage_days WHERE user_id = ? AND day BETWEEN ? AND ?
                       AND (sends OR replies OR prompt_tokens OR completion_tokens OR cost_micros) ORDER BY day""",
                (user_id, first.isoformat(), last.isoformat()),
            )
            return [_usage_day(dict(row)) for row in rows]

    def usage_of_all(self, *, first: date, last: date, limit: int, skip: int = 0) -> list[UsageDay]:
        """Return per person the sum over the days, most tokens first."""
        with self._database.read() as connection:
            rows = connection.execute(
                """SELECT user_id, :last AS day, sum(sends) AS sends, sum(replies) AS replies, sum(prompt_tokens) AS prompt_tokens,
                       sum(completion_tokens) AS completion_tokens, sum(cost_micros) AS cost_micros
                   FROM usage_days WHERE day BETWEEN :first AND :last GROUP BY user_id
                   HAVING sum(sends + replies + prompt_tokens + completion_tokens + cost_micros) > 0
                   ORDER BY sum(prompt_tokens + completion_tokens) DESC, sum(sends) DESC, user_id LIMIT :limit OFFSET :skip""",
                {"first": first.isoformat(), "last": last.isoformat(), "limit": limit, "skip": skip},
            )
            return [_usage_day(dict(row)) for row in rows]

    def usage_by_day(self, *, first: date, last: date) -> list[UsageDay]:
        """Return the days with any use, each the sum over all people, rising."""
        with self._database.read() as connection:
            rows = connection.execute(
                """SELECT '' AS user_id, day, sum(sends) AS sends, sum(replies) AS replies, sum(prompt_tokens) AS prompt_tokens,
                       sum(completion_tokens) AS completion_tokens, sum(cost_micros) AS cost_micros
                   FROM usage_days WHERE day BETWEEN ? AND ? GROUP BY day
                   HAVING sum(sends + replies + prompt_tokens + completion_tokens + cost_micros) > 0 ORDER BY day""",
                (first.isoformat(), last.isoformat()),
            )
            return [_usage_day(dict(row)) for row in rows]


def count_send(connection: sqlite3.Connection, user_id: str, counted: DailySends | None) -> None:
    """Count a send within the caller's transaction. Raises DailyQuotaReached, which undoes it."""
    if counted is None:
        return
    arguments = {"user": user_id, "day": counted.day.isoformat(), "limit": counted.limit}
    connection.execute(_ZERO, arguments)
    sql = "UPDATE usage_days SET sends = sends + 1 WHERE user_id = :user AND day = :day AND (:limit = 0 OR sends < :limit)"
    if not connection.execute(sql, arguments).rowcount:
        raise DailyQuotaReached(retry_after=counted.seconds_left)


def count_reply(connection: sqlite3.Connection, user_id: str, outcome: ReplyOutcome) -> None:
    """Add a finished answer to its day within the caller's transaction."""
    arguments = {
        "user": user_id,
        "day": outcome.finished_at.astimezone(UTC).date().isoformat(),
        "prompt": outcome.usage.prompt_tokens,
        "completion": outcome.usage.completion_tokens,
        "cost": outcome.usage.cost_micros,
    }
    connection.execute(_ZERO, arguments)
    connection.execute(
        """UPDATE usage_days SET replies = replies + 1, prompt_tokens = prompt_tokens + :prompt,
               completion_tokens = completion_tokens + :completion, cost_micros = cost_micros + :cost
           WHERE user_id = :user AND day = :day""",
        arguments,
    )


def _usage_day(row: Mapping[str, Any]) -> UsageDay:
    return UsageDay(**{**row, "day": date.fromisoformat(row["day"])})
