"""`chat.ports.ConversationStore`: replies on their way, usage and quotas, on every backend."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from chat.errors import DailyQuotaReached
from chat.listing import HistoryFilter
from chat.models import DailySends, MessageStatus, Progress, ReplyState, Usage, UsageDay
from chat.search import parse
from tests.contract.bundle import Stores
from tests.contract.make import conversation, draft, later, outcome, reply
from tests.factories import NOW

ADA, BOB = "usr_ada", "usr_bob"
DAY = date(2026, 3, 14)


def begin(stores: Stores) -> None:
    stores.conversations.start(conversation(), [draft("m1", "Question"), reply("r1", "So far")])


def progress(content: str | None, tag: str = "r1", user_id: str = ADA, minutes: int = 2) -> Progress:
    return Progress(user_id=user_id, message_id=f"msg_{tag}", content=content, lease_until=later(minutes=minutes))


def save(stores: Stores, *updates: Progress) -> list[ReplyState]:
    return list(stores.conversations.save_progress(updates).values())


def hits(stores: Stores, text: str) -> list[str]:
    query = parse(text)
    assert query is not None
    return [found.message.id for found in stores.conversations.search(ADA, query, where=HistoryFilter(), after=None, limit=10)]


def test_progress_is_kept(stores: Stores) -> None:
    begin(stores)
    assert save(stores, progress("So far so good")) == [ReplyState.WANTED]
    stored = stores.conversations.message(ADA, "msg_r1")
    assert stored is not None
    assert (stored.content, stored.status, stored.lease_until) == ("So far so good", MessageStatus.STREAMING, later(minutes=2))


def test_renewing_the_lease_keeps_the_content(stores: Stores) -> None:
    begin(stores)
    assert save(stores, progress(None)) == [ReplyState.WANTED]
    stored = stores.conversations.message(ADA, "msg_r1")
    assert stored is not None
    assert (stored.content, stored.lease_until) == ("So far", later(minutes=2))


def test_each_reply_of_a_batch_gets_its_own_state(stores: Stores) -> None:
    begin(stores)
    stores.conversations.append(ADA, "cnv_c1", [reply("r2")])
    stores.conversations.request_stop(ADA, "msg_r2")
    states = stores.conversations.save_progress([progress("a"), progress("b", "r2"), progress("c", "m1"), progress("d", "unknown")])
    assert states == {"msg_r1": ReplyState.WANTED, "msg_r2": ReplyState.STOP, "msg_m1": ReplyState.GONE, "msg_unknown": ReplyState.GONE}
    question = stores.conversations.message(ADA, "msg_m1")
    assert question is not None
    assert question.content == "Question"
    assert stores.conversations.save_progress([]) == {}


def test_nobody_else_can_write_into_a_reply(stores: Stores) -> None:
    begin(stores)
    assert save(stores, progress("evil", user_id=BOB)) == [ReplyState.GONE]
    assert not stores.conversations.request_stop(BOB, "msg_r1")
    assert stores.conversations.finish_reply(BOB, "msg_r1", outcome("evil")) is None
    stored = stores.conversations.message(ADA, "msg_r1")
    assert stored is not None
    assert (stored.content, stored.stop_requested) == ("So far", False)


def test_a_finished_reply_has_its_whole_content_and_how_it_was_made(stores: Stores) -> None:
    stores.conversations.start(conversation(), [draft("m1"), reply("r1", details={"a": "1", "b": "2"})])
    ended = stores.conversations.finish_reply(ADA, "msg_r1", outcome(status=MessageStatus.STOPPED, error="E"))
    assert ended is not None
    assert ended == stores.conversations.message(ADA, "msg_r1")
    assert (ended.content, ended.status, ended.finished_at, ended.lease_until) == (
        "A whole answer",
        MessageStatus.STOPPED,
        later(seconds=5),
        None,
    )
    assert (ended.provider, ended.model, ended.first_token_ms, ended.duration_ms, ended.error) == ("offline", "examiner", 40, 50, "E")
    assert ended.usage == Usage(prompt_tokens=10, completion_tokens=20, cost_micros=30)
    assert ended.details == {"a": "1", "b": "2"}


def test_the_conversation_follows_a_finished_reply(stores: Stores) -> None:
    begin(stores)
    stores.conversations.finish_reply(ADA, "msg_r1", outcome("The  end", finished_at=later(hours=1)))
    stored = stores.conversations.get(ADA, "cnv_c1")
    assert stored is not None
    assert (stored.last_message, stored.updated_at) == ("The end", later(hours=1))


def test_an_older_reply_does_not_become_the_last_message(stores: Stores) -> None:
    begin(stores)
    stores.conversations.append(ADA, "cnv_c1", [draft("m2", "Newer", created_at=later(hours=2))])
    stores.conversations.finish_reply(ADA, "msg_r1", outcome("Older", finished_at=later(hours=1)))
    stored = stores.conversations.get(ADA, "cnv_c1")
    assert stored is not None
    assert (stored.last_message, stored.updated_at) == ("Newer", later(hours=2))


def test_an_empty_answer_does_not_become_the_last_message(stores: Stores) -> None:
    stores.conversations.start(conversation(), [draft("m1", "Question"), reply("r1")])
    stores.conversations.finish_reply(ADA, "msg_r1", outcome(" ", status=MessageStatus.FAILED))
    stored = stores.conversations.get(ADA, "cnv_c1")
    assert stored is not None
    assert stored.last_message == "Question"


def test_a_reply_becomes_the_last_message_over_later_empty_ones(stores: Stores) -> None:
    begin(stores)
    stores.conversations.append(ADA, "cnv_c1", [reply("r2")])
    stores.conversations.finish_reply(ADA, "msg_r1", outcome("Done"))
    stored = stores.conversations.get(ADA, "cnv_c1")
    assert stored is not None
    assert stored.last_message == "Done"


def test_of_parallel_endings_exactly_one_counts(stores: Stores) -> None:
    begin(stores)
    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(lambda n: stores.conversations.finish_reply(ADA, "msg_r1", outcome(f"Answer {n}")), range(8)))
    winners = [message for message in ended if message is not None]
    assert len(winners) == 1
    assert stores.conversations.message(ADA, "msg_r1") == winners[0]
    expected = UsageDay(user_id=ADA, day=DAY, replies=1, prompt_tokens=10, completion_tokens=20, cost_micros=30)
    assert stores.conversations.usage(ADA, first=DAY, last=DAY) == [expected]


def test_an_ended_reply_cannot_be_written_stopped_or_ended_again(stores: Stores) -> None:
    begin(stores)
    ended = stores.conversations.finish_reply(ADA, "msg_r1", outcome(status=MessageStatus.INTERRUPTED, error="PROVIDER_CUT"))
    assert save(stores, progress("more")) == [ReplyState.GONE]
    assert not stores.conversations.request_stop(ADA, "msg_r1")
    assert stores.conversations.finish_reply(ADA, "msg_r1", outcome("again")) is None
    assert stores.conversations.finish_reply(ADA, "msg_unknown", outcome()) is None
    assert stores.conversations.message(ADA, "msg_r1") == ended


def test_a_persons_own_message_cannot_be_ended(stores: Stores) -> None:
    begin(stores)
    assert stores.conversations.finish_reply(ADA, "msg_m1", outcome()) is None
    assert not stores.conversations.request_stop(ADA, "msg_m1")


def test_a_stop_is_seen_by_the_writer(stores: Stores) -> None:
    begin(stores)
    assert stores.conversations.request_stop(ADA, "msg_r1")
    assert stores.conversations.request_stop(ADA, "msg_r1")
    assert save(stores, progress("more")) == [ReplyState.STOP]


def test_an_abandoned_reply_is_marked_once_its_lease_ran_out(stores: Stores) -> None:
    begin(stores)
    assert stores.conversations.recover_replies(now=later(seconds=60), expired_only=True) == 0
    assert stores.conversations.recover_replies(now=later(seconds=61), expired_only=True) == 1
    assert stores.conversations.recover_replies(now=later(seconds=62), expired_only=True) == 0
    stored = stores.conversations.message(ADA, "msg_r1")
    assert stored is not None
    assert (stored.content, stored.status, stored.finished_at) == ("So far", MessageStatus.INTERRUPTED, later(seconds=61))


def test_at_the_start_of_the_only_process_every_open_reply_is_abandoned(stores: Stores) -> None:
    begin(stores)
    stores.conversations.append(ADA, "cnv_c1", [reply("r2", lease_until=None)])
    assert stores.conversations.recover_replies(now=NOW, expired_only=False) == 2
    question = stores.conversations.message(ADA, "msg_m1")
    assert question is not None
    assert question.status is MessageStatus.COMPLETE


def test_a_reply_that_was_given_up_too_early_goes_on(stores: Stores) -> None:
    begin(stores)
    stores.conversations.recover_replies(now=NOW, expired_only=False)
    assert save(stores, progress("So far so good")) == [ReplyState.WANTED]
    stored = stores.conversations.message(ADA, "msg_r1")
    assert stored is not None
    assert (stored.status, stored.content) == (MessageStatus.STREAMING, "So far so good")
    stores.conversations.recover_replies(now=NOW, expired_only=False)
    ended = stores.conversations.finish_reply(ADA, "msg_r1", outcome("All of it"))
    assert ended is not None
    assert (ended.status, ended.content) == (MessageStatus.COMPLETE, "All of it")
    assert stores.conversations.finish_reply(ADA, "msg_r1", outcome("again")) is None


def test_a_reply_is_found_once_it_has_ended_and_only_with_its_last_words(stores: Stores) -> None:
    begin(stores)
    assert hits(stores, "far ") == []
    stores.conversations.recover_replies(now=NOW, expired_only=False)
    assert hits(stores, "far ") == ["msg_r1"]
    save(stores, progress("So near"))
    assert hits(stores, "far ") == hits(stores, "near ") == []
    stores.conversations.finish_reply(ADA, "msg_r1", outcome("Arrived at last"))
    assert hits(stores, "arrived ") == ["msg_r1"]
    assert hits(stores, "near ") == hits(stores, "far ") == []


def test_the_days_quota_is_never_exceeded(stores: Stores) -> None:
    begin(stores)
    stores.conversations.start(conversation("bob", user_id=BOB), [])

    def sent(number: int) -> bool:
        try:
            if number % 2:
                stores.conversations.append(ADA, "cnv_c1", [draft(f"n{number}")], counted=DailySends(day=DAY, limit=5))
            else:
                stores.conversations.start(conversation(f"n{number}"), [draft(f"n{number}")], counted=DailySends(day=DAY, limit=5))
        except DailyQuotaReached:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(sent, range(20)))
    assert taken.count(True) == 5
    stored = [number for number in range(20) if stores.conversations.message(ADA, f"msg_n{number}") is not None]
    assert [number for number, passed in enumerate(taken) if passed] == stored
    assert stores.conversations.append(BOB, "cnv_bob", [draft("b")], counted=DailySends(day=DAY, limit=5))
    assert stores.conversations.append(ADA, "cnv_c1", [draft("tomorrow")], counted=DailySends(day=date(2026, 3, 15), limit=5))


def test_without_a_limit_every_send_is_counted(stores: Stores) -> None:
    for number in range(3):
        stores.conversations.start(conversation(f"n{number}"), [], counted=DailySends(day=DAY))
    assert stores.conversations.usage(ADA, first=DAY, last=DAY) == [UsageDay(user_id=ADA, day=DAY, sends=3)]
    asked = [(ADA, DAY), (ADA, date(2026, 3, 15)), (BOB, DAY)]
    assert [stores.conversations.sent_on(person, day) for person, day in asked] == [3, 0, 0]


def test_what_stores_nothing_is_not_counted(stores: Stores) -> None:
    once = DailySends(day=DAY, limit=1, seconds_left=77)
    assert stores.conversations.append(ADA, "cnv_unknown", [draft("lost")], counted=once) is None
    assert stores.conversations.usage(ADA, first=DAY, last=DAY) == []
    stores.conversations.start(conversation(), [draft("m1", send_key="key")], counted=once)
    with pytest.raises(DailyQuotaReached) as full:
        stores.conversations.append(ADA, "cnv_c1", [draft("m2")], counted=once)
    assert full.value.retry_after == 77
    twice = replace(once, limit=2)
    again = stores.conversations.append(ADA, "cnv_c1", [draft("m3", send_key="key")], counted=twice)
    assert again is not None
    assert again.replayed
    assert stores.conversations.usage(ADA, first=DAY, last=DAY) == [UsageDay(user_id=ADA, day=DAY, sends=1)]
    assert [found.id for found in stores.conversations.messages(ADA, "cnv_c1", limit=9)] == ["msg_m1"]


def test_usage_is_listed_by_day_and_counted_on_the_day_an_answer_ended(stores: Stores) -> None:
    begin(stores)
    stores.conversations.append(ADA, "cnv_c1", [reply("r2")], counted=DailySends(day=DAY))
    stores.conversations.finish_reply(ADA, "msg_r1", outcome())
    stores.conversations.finish_reply(ADA, "msg_r2", outcome(finished_at=later(days=2)))
    first = UsageDay(user_id=ADA, day=DAY, sends=1, replies=1, prompt_tokens=10, completion_tokens=20, cost_micros=30)
    second = replace(first, day=date(2026, 3, 16), sends=0)
    assert stores.conversations.usage(ADA, first=DAY, last=date(2026, 3, 31)) == [first, second]
    assert stores.conversations.usage(ADA, first=date(2026, 3, 15), last=date(2026, 3, 16)) == [second]
    assert stores.conversations.usage(BOB, first=DAY, last=date(2026, 3, 31)) == []


def test_usage_of_everybody_comes_heaviest_first(stores: Stores) -> None:
    for tag, user_id, tokens in (("a", ADA, 5), ("b", BOB, 50), ("c", "usr_cyd", 5)):
        stores.conversations.start(conversation(tag, user_id=user_id), [draft(f"m{tag}"), reply(f"r{tag}")])
        for finished in (NOW,):
            usage = Usage(prompt_tokens=tokens, completion_tokens=0)
            stores.conversations.finish_reply(user_id, f"msg_r{tag}", outcome(usage=usage, finished_at=finished))
    for tag, user_id, day in (("x", "usr_cyd", date(2026, 3, 15)), ("y", "usr_dan", date(2026, 3, 17))):
        stores.conversations.start(conversation(tag, user_id=user_id), [], counted=DailySends(day=day))
    last = date(2026, 3, 16)
    everybody = stores.conversations.usage_of_all(first=DAY, last=last, limit=9)
    assert everybody == [
        UsageDay(user_id=BOB, day=last, replies=1, prompt_tokens=50),
        UsageDay(user_id="usr_cyd", day=last, sends=1, replies=1, prompt_tokens=5),
        UsageDay(user_id=ADA, day=last, replies=1, prompt_tokens=5),
    ]
    assert stores.conversations.usage_of_all(first=DAY, last=last, limit=1) == everybody[:1]
    assert stores.conversations.usage_of_all(first=DAY, last=last, limit=9, skip=1) == everybody[1:]
    assert stores.conversations.usage_of_all(first=DAY, last=last, limit=9, skip=3) == []


def test_usage_by_day_is_the_sum_over_everybody_without_idle_days(stores: Stores) -> None:
    for tag, user_id, days in (("a", ADA, 0), ("b", BOB, 0), ("c", ADA, 2)):
        stores.conversations.start(conversation(tag, user_id=user_id), [draft(f"m{tag}"), reply(f"r{tag}")])
        usage = Usage(prompt_tokens=5, completion_tokens=2, cost_micros=3)
        stores.conversations.finish_reply(user_id, f"msg_r{tag}", outcome(usage=usage, finished_at=later(days=days)))
    stores.conversations.start(conversation("d", user_id=BOB), [], counted=DailySends(day=DAY))
    once = UsageDay(user_id="", day=DAY, sends=1, replies=2, prompt_tokens=10, completion_tokens=4, cost_micros=6)
    again = UsageDay(user_id="", day=date(2026, 3, 16), replies=1, prompt_tokens=5, completion_tokens=2, cost_micros=3)
    assert stores.conversations.usage_by_day(first=DAY, last=date(2026, 3, 16)) == [once, again]
    assert stores.conversations.usage_by_day(first=date(2026, 3, 15), last=date(2026, 3, 15)) == []
    assert stores.conversations.usage_by_day(first=date(2026, 3, 16), last=DAY) == []
