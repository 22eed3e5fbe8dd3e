"""`chat.ports.ConversationStore`: storing messages, on every backend."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chat.models import Appended, Conversation, MessageRole, MessageStatus, TitleSource
from tests.contract.bundle import Stores
from tests.contract.make import conversation, draft, later, reply
from tests.factories import NOW

ADA, BOB = "usr_ada", "usr_bob"


def begin(stores: Stores, tag: str = "c1", **changes: Any) -> Conversation:
    return stores.conversations.start(conversation(tag, **changes), [draft(f"first-{tag}", "First words")]).conversation


def test_a_conversation_starts_with_its_first_messages(stores: Stores) -> None:
    drafts = [
        draft("m1", "Hi", created_at=later(seconds=1), send_key="k", send_fingerprint="f", recording_id="rec_1", details={"a.b": "$x"}),
        reply(
            "r1", "Tell me  about\nyour day", status=MessageStatus.COMPLETE, lease_until=None, question_id="q1", created_at=later(seconds=2)
        ),
    ]
    started = stores.conversations.start(conversation(last_seq=9, message_count=9, last_message="x", question_ids=("z",)), drafts)
    expected = conversation(
        last_seq=2, message_count=2, last_message="Tell me about your day", question_ids=("q1",), updated_at=later(seconds=2)
    )
    assert started.conversation == expected
    assert not started.replayed
    assert stores.conversations.get(ADA, "cnv_c1") == expected
    stored = stores.conversations.messages(ADA, "cnv_c1", limit=10)
    assert tuple(stored) == started.messages
    assert [(message.seq, message.content, message.user_id) for message in stored] == [(1, "Hi", ADA), (2, "Tell me  about\nyour day", ADA)]
    assert (stored[0].send_key, stored[0].send_fingerprint, stored[0].recording_id) == ("k", "f", "rec_1")
    assert stored[0].details == {"a.b": "$x"}
    assert (stored[1].reply_to, stored[1].role) == ("msg_m1", MessageRole.ASSISTANT)


def test_a_conversation_may_start_empty(stores: Stores) -> None:
    started = stores.conversations.start(conversation(title="T", starred=True, summary="s"), [])
    assert started == Appended(conversation=conversation(title="T", starred=True, summary="s"), messages=())
    assert stores.conversations.get(ADA, "cnv_c1") == started.conversation


def test_foreign_and_unknown_conversations_look_the_same(stores: Stores) -> None:
    begin(stores)
    for user_id, conversation_id in ((BOB, "cnv_c1"), (ADA, "cnv_x"), (ADA, ""), ("", "cnv_c1"), (ADA, '{"$gt": ""}')):
        assert stores.conversations.get(user_id, conversation_id) is None
        assert stores.conversations.messages(user_id, conversation_id, limit=5) == []
        assert stores.conversations.append(user_id, conversation_id, [draft("new")]) is None
    assert stores.conversations.message(BOB, "msg_first-c1") is None
    assert stores.conversations.message(ADA, "msg_new") is None


def test_messages_are_added_at_the_end(stores: Stores) -> None:
    begin(stores)
    drafts = [draft("a", "One", created_at=later(minutes=2), question_id="q1"), draft("b", " \n ", created_at=later(minutes=1))]
    added = stores.conversations.append(ADA, "cnv_c1", drafts)
    assert added is not None
    assert [message.seq for message in added.messages] == [2, 3]
    assert added.conversation == conversation(
        last_seq=3, message_count=3, last_message="One", updated_at=later(minutes=2), question_ids=("q1",)
    )
    assert stores.conversations.get(ADA, "cnv_c1") == added.conversation
    assert stores.conversations.message(ADA, "msg_b") == added.messages[1]


def test_the_history_time_never_moves_backwards(stores: Stores) -> None:
    begin(stores, updated_at=later(days=1))
    stores.conversations.append(ADA, "cnv_c1", [draft("a", created_at=later(days=2))])
    added = stores.conversations.append(ADA, "cnv_c1", [draft("b", created_at=later(days=1))])
    assert added is not None
    assert added.conversation.updated_at == later(days=2)


def test_questions_are_kept_once_in_the_order_they_were_asked(stores: Stores) -> None:
    begin(stores)
    for number, question in enumerate(["q2", "q1", "", "q2"]):
        stores.conversations.append(ADA, "cnv_c1", [draft(f"n{number}", question_id=question)])
    stored = stores.conversations.get(ADA, "cnv_c1")
    assert stored is not None
    assert stored.question_ids == ("q2", "q1")


def test_a_deleted_conversation_takes_no_messages_but_can_be_read(stores: Stores) -> None:
    begin(stores)
    stores.conversations.delete(ADA, ["cnv_c1"], at=NOW)
    assert stores.conversations.append(ADA, "cnv_c1", [draft("late")]) is None
    assert stores.conversations.message(ADA, "msg_late") is None
    assert len(stores.conversations.messages(ADA, "cnv_c1", limit=5)) == 1


def test_an_append_of_nothing_changes_nothing(stores: Stores) -> None:
    before = begin(stores)
    added = stores.conversations.append(ADA, "cnv_c1", [])
    assert added == Appended(conversation=before, messages=())
    assert stores.conversations.append(ADA, "cnv_x", []) is None


def test_of_fifty_parallel_appends_none_is_lost_and_pairs_stay_together(stores: Stores) -> None:
    begin(stores)

    def send(number: int) -> tuple[int, ...]:
        added = stores.conversations.append(ADA, "cnv_c1", [draft(f"s{number}", f"Sent {number}"), reply(f"a{number}")])
        assert added is not None
        return tuple(message.seq for message in added.messages)

    with ThreadPoolExecutor(16) as pool:
        given = list(pool.map(send, range(50)))
    assert all(second == first + 1 for first, second in given)
    stored = stores.conversations.messages(ADA, "cnv_c1", limit=500)
    assert len(stored) == 101
    seqs = [message.seq for message in stored]
    assert seqs == sorted(set(seqs))
    assert {message.id for message in stored} == {"msg_first-c1"} | {f"msg_{kind}{n}" for n in range(50) for kind in "sa"}
    final = stores.conversations.get(ADA, "cnv_c1")
    assert final is not None
    assert (final.message_count, final.last_seq) == (101, max(seqs))


def test_an_edited_message_and_its_answers_are_replaced(stores: Stores) -> None:
    begin(stores)
    stores.conversations.append(ADA, "cnv_c1", [draft("m1"), reply("r1")])
    stores.conversations.append(ADA, "cnv_c1", [reply("r2")])
    stores.conversations.append(ADA, "cnv_c1", [draft("m2", "Better words")], replaces=["msg_m1", "msg_unknown"])
    assert [message.id for message in stores.conversations.messages(ADA, "cnv_c1", limit=9)] == ["msg_first-c1", "msg_m2"]
    for message_id, replaced_by in (
        ("msg_first-c1", ""),
        ("msg_m1", "msg_m2"),
        ("msg_r1", "msg_m2"),
        ("msg_r2", "msg_m2"),
        ("msg_m2", ""),
    ):
        found = stores.conversations.message(ADA, message_id)
        assert found is not None
        assert found.replaced_by == replaced_by
    assert [message.id for message in stores.conversations.answers_to(ADA, "msg_m1")] == ["msg_r1", "msg_r2"]


def test_messages_of_another_conversation_cannot_be_replaced(stores: Stores) -> None:
    begin(stores, "c1")
    begin(stores, "c2", user_id=BOB)
    stores.conversations.append(ADA, "cnv_c1", [draft("evil")], replaces=["msg_first-c2"])
    kept = stores.conversations.message(BOB, "msg_first-c2")
    assert kept is not None
    assert kept.replaced_by == ""


def test_a_known_send_key_stores_nothing_and_answers_as_the_first_time(stores: Stores) -> None:
    begin(stores)
    first = stores.conversations.append(ADA, "cnv_c1", [draft("m1", send_key="key"), reply("r1")])
    assert first is not None
    again = stores.conversations.append(ADA, "cnv_c1", [draft("other", send_key="key"), reply("r9")])
    assert again == Appended(conversation=first.conversation, messages=first.messages, replayed=True)
    assert stores.conversations.by_send_key(ADA, "key") == again
    assert stores.conversations.message(ADA, "msg_other") is None
    assert len(stores.conversations.messages(ADA, "cnv_c1", limit=9)) == 3


def test_a_replay_says_that_its_conversation_is_deleted(stores: Stores) -> None:
    begin(stores)
    stores.conversations.append(ADA, "cnv_c1", [draft("m1", send_key="key"), reply("r1")])
    stores.conversations.delete(ADA, ["cnv_c1"], at=later(seconds=9))
    known = stores.conversations.by_send_key(ADA, "key")
    assert known is not None
    assert known.conversation.deleted_at == later(seconds=9)


def test_a_replay_includes_every_answer_given_since(stores: Stores) -> None:
    begin(stores)
    stores.conversations.append(ADA, "cnv_c1", [draft("m1", send_key="key"), reply("r1")])
    stores.conversations.append(ADA, "cnv_c1", [reply("r2")])
    known = stores.conversations.by_send_key(ADA, "key")
    assert known is not None
    assert [message.id for message in known.messages] == ["msg_m1", "msg_r1", "msg_r2"]


def test_an_answer_that_was_asked_for_with_a_key_is_stored_once(stores: Stores) -> None:
    begin(stores)
    stores.conversations.append(ADA, "cnv_c1", [draft("m1", send_key="first"), reply("r1")])
    asked = stores.conversations.append(ADA, "cnv_c1", [reply("r2", send_key="key", send_fingerprint="f")])
    assert asked is not None
    again = stores.conversations.append(ADA, "cnv_c1", [reply("r3", send_key="key", send_fingerprint="f")])
    assert again == Appended(conversation=asked.conversation, messages=asked.messages, replayed=True)
    assert stores.conversations.by_send_key(ADA, "key") == again
    assert stores.conversations.message(ADA, "msg_r3") is None
    known = stores.conversations.by_send_key(ADA, "first")
    assert known is not None
    assert [message.id for message in known.messages] == ["msg_m1", "msg_r1", "msg_r2"]


def test_a_send_key_counts_in_every_conversation_of_its_person_only(stores: Stores) -> None:
    started = stores.conversations.start(conversation("c1"), [draft("m1", send_key="key")])
    again = stores.conversations.start(conversation("c2"), [draft("m2", send_key="key")])
    assert again == Appended(conversation=started.conversation, messages=started.messages, replayed=True)
    assert stores.conversations.get(ADA, "cnv_c2") is None
    assert stores.conversations.numbered(ADA, page=1, per_page=5).total == 1
    other = stores.conversations.start(conversation("c3", user_id=BOB), [draft("m3", send_key="key")])
    assert not other.replayed


def test_an_unknown_or_empty_send_key_replays_nothing(stores: Stores) -> None:
    begin(stores)
    assert stores.conversations.by_send_key(ADA, "") is None
    assert stores.conversations.by_send_key(ADA, "unknown") is None


@pytest.mark.parametrize("starting", [True, False])
def test_of_parallel_sends_with_one_key_exactly_one_is_stored(stores: Stores, starting: bool) -> None:
    begin(stores)

    def send(number: int) -> Appended | None:
        drafts = [draft(f"s{number}", send_key="key"), reply(f"a{number}", reply_to=f"msg_s{number}")]
        if starting:
            return stores.conversations.start(conversation(f"n{number}"), drafts)
        return stores.conversations.append(ADA, "cnv_c1", drafts)

    with ThreadPoolExecutor(8) as pool:
        sent = [result for result in pool.map(send, range(8)) if result is not None]
    assert len(sent) == 8
    assert sum(not result.replayed for result in sent) == 1
    assert len({tuple(message.id for message in result.messages) for result in sent}) == 1
    assert stores.conversations.numbered(ADA, page=1, per_page=20).total == (2 if starting else 1)


def test_messages_are_read_in_windows(stores: Stores) -> None:
    stores.conversations.start(conversation(), [draft(f"m{n}") for n in range(1, 11)])

    def seqs(**where: Any) -> list[int]:
        return [message.seq for message in stores.conversations.messages(ADA, "cnv_c1", **where)]

    assert seqs(limit=3) == [8, 9, 10]
    assert seqs(limit=3, before=8) == [5, 6, 7]
    assert seqs(limit=3, before=2) == [1]
    assert seqs(limit=3, before=1) == []
    assert seqs(limit=3, after=4) == [5, 6, 7]
    assert seqs(limit=3, after=0) == [1, 2, 3]
    assert seqs(limit=9, after=4, before=7) == [5, 6]
    assert seqs(limit=9, after=10) == []


def test_recent_questions_are_those_of_the_newest_conversations(stores: Stores) -> None:
    for number in range(4):
        stores.conversations.start(
            conversation(f"c{number}", created_at=later(days=number)), [draft(f"m{number}", question_id=f"q{number}")]
        )
    stores.conversations.start(conversation("bob", user_id=BOB, created_at=later(days=9)), [draft("b", question_id="qb")])
    stores.conversations.delete(ADA, ["cnv_c3"], at=NOW)
    assert sorted(stores.conversations.recent_question_ids(ADA, conversations=2)) == ["q2", "q3"]
    assert stores.conversations.recent_question_ids("usr_x", conversations=2) == []


def test_the_first_words_name_a_conversation_that_has_no_name(stores: Stores) -> None:
    begin(stores)
    named = stores.conversations.append(ADA, "cnv_c1", [draft("m1")], title="My cat")
    assert named is not None
    assert (named.conversation.title, named.conversation.title_source) == ("My cat", TitleSource.CONTENT)
    later_on = stores.conversations.append(ADA, "cnv_c1", [draft("m2")], title="Other words")
    assert later_on is not None
    assert later_on.conversation.title == "My cat"
    stores.conversations.set_title(ADA, "cnv_c1", "Mine", TitleSource.PERSON)
    stores.conversations.append(ADA, "cnv_c1", [draft("m3")], title="Other words")
    found = stores.conversations.get(ADA, "cnv_c1")
    assert found is not None
    assert (found.title, found.title_source) == ("Mine", TitleSource.PERSON)
