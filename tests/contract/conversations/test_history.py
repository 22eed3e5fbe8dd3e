"""`chat.ports.ConversationStore`: history, deletion, titles and share links, on every backend."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from chat.listing import HistoryCursor, HistoryFilter
from chat.models import Conversation, ConversationKind, DailySends, ShareLink, TitleSource
from tests.contract.bundle import Stores
from tests.contract.make import conversation, draft, later
from tests.factories import NOW

ADA, BOB = "usr_ada", "usr_bob"
ALL = HistoryFilter()


def fill(stores: Stores, count: int, **changes: Any) -> None:
    for number in range(count):
        stores.conversations.start(conversation(f"c{number}", updated_at=later(minutes=number), **changes), [])


def ids(found: list[Conversation]) -> list[str]:
    return [one.id.removeprefix("cnv_") for one in found]


def history(stores: Stores, user_id: str = ADA, **where: Any) -> list[str]:
    return ids(stores.conversations.history(user_id, where=HistoryFilter(**where), after=None, limit=50))


def total(stores: Stores, user_id: str = ADA) -> int:
    return stores.conversations.numbered(user_id, page=1, per_page=1).total


def test_history_is_ones_own_newest_first(stores: Stores) -> None:
    fill(stores, 3)
    stores.conversations.start(conversation("bob", user_id=BOB), [])
    assert history(stores) == ["c2", "c1", "c0"]
    assert history(stores, "usr_nobody") == []


def test_a_new_message_moves_a_conversation_to_the_top(stores: Stores) -> None:
    fill(stores, 3)
    stores.conversations.append(ADA, "cnv_c0", [draft("m", created_at=later(hours=1))])
    assert history(stores) == ["c0", "c2", "c1"]


def test_pages_by_cursor_show_everything_once_even_at_equal_times(stores: Stores) -> None:
    for tag in "bdaec":
        stores.conversations.start(conversation(tag), [])
    seen: list[Conversation] = []
    cursor = None
    for _ in range(3):
        page = stores.conversations.history(ADA, where=ALL, after=cursor, limit=2)
        seen += page
        cursor = HistoryCursor(updated_at=page[-1].updated_at, id=page[-1].id)
    assert ids(seen) == ["e", "d", "c", "b", "a"]
    assert stores.conversations.history(ADA, where=ALL, after=cursor, limit=2) == []


def test_numbered_pages_agree_with_the_cursor_from_both_ends(stores: Stores) -> None:
    fill(stores, 11)
    expected = history(stores)
    for per_page in (1, 3, 4, 11, 20):
        seen: list[str] = []
        for page in range(1, 13):
            numbered = stores.conversations.numbered(ADA, page=page, per_page=per_page)
            assert (numbered.total, numbered.page, numbered.per_page) == (11, page, per_page)
            seen += ids(list(numbered.items))
        assert seen == (expected if per_page > 0 else [])[: per_page * 12]
    assert stores.conversations.numbered(ADA, page=10**9, per_page=100).items == ()
    nobody = stores.conversations.numbered("usr_nobody", page=1, per_page=5)
    assert (nobody.items, nobody.total) == ((), 0)


def test_filters_narrow_the_history(stores: Stores) -> None:
    stores.conversations.start(conversation("a", level="A1", updated_at=later(hours=1)), [])
    stores.conversations.start(conversation("b", kind=ConversationKind.CHAT, updated_at=later(hours=2)), [])
    stores.conversations.start(conversation("c", topic="food", updated_at=later(hours=3)), [])
    stores.conversations.start(conversation("d", starred=True, updated_at=later(hours=4)), [])
    assert history(stores, level="A1") == ["a"]
    assert history(stores, kind=ConversationKind.CHAT) == ["b"]
    assert history(stores, topic="food") == ["c"]
    assert history(stores, starred=True) == ["d"]
    assert history(stores, starred=False) == ["c", "b", "a"]
    assert history(stores, since=later(hours=2), until=later(hours=4)) == ["c", "b"]
    assert history(stores, level="B1", topic="travel", starred=False) == ["b"]
    assert history(stores, level="C2") == []


def test_filters_and_cursor_work_together(stores: Stores) -> None:
    fill(stores, 6, level="A1")
    stores.conversations.start(conversation("other", level="B2", updated_at=later(minutes=3)), [])
    after = HistoryCursor(updated_at=later(minutes=4), id="cnv_c4")
    assert ids(stores.conversations.history(ADA, where=HistoryFilter(level="A1"), after=after, limit=2)) == ["c3", "c2"]


def test_deleted_conversations_are_listed_apart_until_restored(stores: Stores) -> None:
    fill(stores, 4)
    assert sorted(stores.conversations.delete(ADA, ["cnv_c1", "cnv_c2", "cnv_x", "cnv_c1"], at=later(days=1))) == ["cnv_c1", "cnv_c2"]
    assert stores.conversations.delete(ADA, ["cnv_c1"], at=later(days=2)) == []
    assert (history(stores), history(stores, deleted=True), total(stores)) == (["c3", "c0"], ["c2", "c1"], 2)
    deleted = stores.conversations.get(ADA, "cnv_c1")
    assert deleted is not None
    assert deleted.deleted_at == later(days=1)
    assert stores.conversations.restore(ADA, ["cnv_c1", "cnv_c0", "cnv_x"]) == ["cnv_c1"]
    assert (history(stores), history(stores, deleted=True), total(stores)) == (["c3", "c1", "c0"], ["c2"], 3)


def test_nobody_deletes_or_restores_for_somebody_else(stores: Stores) -> None:
    fill(stores, 1)
    assert stores.conversations.delete(BOB, ["cnv_c0"], at=NOW) == []
    stores.conversations.delete(ADA, ["cnv_c0"], at=NOW)
    assert stores.conversations.restore(BOB, ["cnv_c0"]) == []
    assert stores.conversations.erase(BOB, ["cnv_c0"]) == 0
    assert history(stores, deleted=True) == ["c0"]


def test_everything_can_be_deleted_at_once(stores: Stores) -> None:
    fill(stores, 3)
    stores.conversations.start(conversation("bob", user_id=BOB), [])
    stores.conversations.delete(ADA, ["cnv_c0"], at=NOW)
    assert stores.conversations.delete_all(ADA, at=later(days=1)) == 2
    assert stores.conversations.delete_all(ADA, at=later(days=1)) == 0
    assert (history(stores), total(stores), total(stores, BOB)) == ([], 0, 1)


def test_the_counter_holds_under_parallel_starts_deletes_and_restores(stores: Stores) -> None:
    fill(stores, 8)

    def act(number: int) -> None:
        stores.conversations.start(conversation(f"n{number}"), [])
        stores.conversations.delete(ADA, [f"cnv_c{number}", "cnv_c0"], at=NOW)
        if number % 2:
            stores.conversations.restore(ADA, [f"cnv_c{number}"])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(8)))
    assert total(stores) == len(history(stores)) == 12


def test_purging_removes_what_was_deleted_long_ago(stores: Stores) -> None:
    for tag, days in (("a", 1), ("b", 2), ("c", 3)):
        stores.conversations.start(conversation(tag), [draft(tag)])
        stores.conversations.delete(ADA, [f"cnv_{tag}"], at=later(days=days))
    stores.conversations.start(conversation("alive"), [draft("alive")])
    assert stores.conversations.purge(deleted_before=later(days=3), limit=1) == 1
    assert stores.conversations.get(ADA, "cnv_a") is None
    assert stores.conversations.message(ADA, "msg_a") is None
    assert stores.conversations.purge(deleted_before=later(days=3), limit=9) == 1
    assert stores.conversations.purge(deleted_before=later(days=3), limit=9) == 0
    assert history(stores, deleted=True) == ["c"]
    assert (history(stores), total(stores)) == (["alive"], 1)


def test_only_deleted_conversations_can_be_erased(stores: Stores) -> None:
    fill(stores, 2)
    stores.conversations.delete(ADA, ["cnv_c0"], at=NOW)
    assert stores.conversations.erase(ADA, ["cnv_c0", "cnv_c1", "cnv_c0", "cnv_x"]) == 1
    assert stores.conversations.get(ADA, "cnv_c0") is None
    assert (history(stores), total(stores)) == (["c1"], 1)


def test_a_person_can_be_forgotten_entirely(stores: Stores) -> None:
    for number in range(120):
        stores.conversations.start(conversation(f"c{number}"), [draft(f"m{number}", send_key=f"k{number}")])
    stores.conversations.delete(ADA, ["cnv_c1"], at=NOW)
    stores.conversations.start(conversation("bob", user_id=BOB), [draft("bob")])
    stores.conversations.add_share(link("l"))
    day = date(2026, 3, 14)
    stores.conversations.append(ADA, "cnv_c2", [draft("counted")], counted=DailySends(day=day))
    stores.conversations.delete_all_of(ADA)
    stores.conversations.delete_all_of("usr_nobody")
    assert (history(stores), history(stores, deleted=True), total(stores)) == ([], [], 0)
    assert stores.conversations.message(ADA, "msg_m1") is None
    assert stores.conversations.by_send_key(ADA, "k1") is None
    assert stores.conversations.usage(ADA, first=day, last=day) == []
    assert stores.conversations.share_by_hash("hash-l") is None
    assert (history(stores, BOB), total(stores, BOB)) == (["bob"], 1)


def test_a_title_given_by_the_person_is_not_replaced_by_ours(stores: Stores) -> None:
    fill(stores, 1)
    ours = stores.conversations.set_title(ADA, "cnv_c0", "From content", TitleSource.CONTENT)
    assert ours == conversation("c0", title="From content", title_source=TitleSource.CONTENT)
    theirs = stores.conversations.set_title(ADA, "cnv_c0", "Mine", TitleSource.PERSON)
    assert theirs == conversation("c0", title="Mine", title_source=TitleSource.PERSON)
    assert stores.conversations.set_title(ADA, "cnv_c0", "From content", TitleSource.CONTENT) == theirs
    assert stores.conversations.get(ADA, "cnv_c0") == theirs


def test_only_ones_own_alive_conversations_can_be_named_and_starred(stores: Stores) -> None:
    fill(stores, 1)
    assert stores.conversations.set_title(BOB, "cnv_c0", "X", TitleSource.PERSON) is None
    assert stores.conversations.set_starred(BOB, "cnv_c0", starred=True) is None
    assert stores.conversations.set_starred(ADA, "cnv_c0", starred=True) == conversation("c0", starred=True)
    stores.conversations.delete(ADA, ["cnv_c0"], at=NOW)
    assert stores.conversations.set_title(ADA, "cnv_c0", "X", TitleSource.PERSON) is None
    assert stores.conversations.set_starred(ADA, "cnv_c0", starred=False) is None
    stored = stores.conversations.get(ADA, "cnv_c0")
    assert stored == conversation("c0", starred=True, deleted_at=NOW)


def test_a_summary_never_reaches_less_far_than_before(stores: Stores) -> None:
    fill(stores, 1)
    stores.conversations.set_summary(ADA, "cnv_c0", "first", upto=4)
    stores.conversations.set_summary(ADA, "cnv_c0", "late", upto=4)
    stores.conversations.set_summary(ADA, "cnv_c0", "later", upto=3)
    stores.conversations.set_summary(BOB, "cnv_c0", "evil", upto=9)
    assert stores.conversations.get(ADA, "cnv_c0") == conversation("c0", summary="first", summary_upto=4)
    stores.conversations.set_summary(ADA, "cnv_c0", "second", upto=8)
    assert stores.conversations.get(ADA, "cnv_c0") == conversation("c0", summary="second", summary_upto=8)


def link(tag: str, **changes: Any) -> ShareLink:
    values: dict[str, Any] = {"id": f"shr_{tag}", "token_hash": f"hash-{tag}", "user_id": ADA, "conversation_id": "cnv_c0"}
    return ShareLink(**{**values, "upto_seq": 3, "created_at": NOW, "expires_at": later(days=7), **changes})


def test_a_share_link_is_found_by_its_digest(stores: Stores) -> None:
    fill(stores, 1)
    assert stores.conversations.add_share(link("l"))
    assert stores.conversations.share_by_hash("hash-l") == link("l")
    assert stores.conversations.share_by_hash("") is None
    assert stores.conversations.share_by_hash("hash-x") is None


def test_only_ones_own_alive_conversations_can_be_shared(stores: Stores) -> None:
    fill(stores, 1)
    assert not stores.conversations.add_share(link("a", user_id=BOB))
    assert not stores.conversations.add_share(link("b", conversation_id="cnv_x"))
    stores.conversations.delete(ADA, ["cnv_c0"], at=NOW)
    assert not stores.conversations.add_share(link("c"))
    assert [stores.conversations.share_by_hash(f"hash-{tag}") for tag in "abc"] == [None] * 3


def test_a_share_link_is_revoked_once_by_its_owner(stores: Stores) -> None:
    fill(stores, 1)
    stores.conversations.add_share(link("l"))
    stores.conversations.add_share(link("m", created_at=later(hours=1)))
    assert [one.id for one in stores.conversations.shares(ADA, "cnv_c0")] == ["shr_m", "shr_l"]
    assert stores.conversations.shares(BOB, "cnv_c0") == []
    assert not stores.conversations.revoke_share(BOB, "shr_l", at=NOW)
    assert stores.conversations.revoke_share(ADA, "shr_l", at=later(days=1))
    assert not stores.conversations.revoke_share(ADA, "shr_l", at=later(days=2))
    assert not stores.conversations.revoke_share(ADA, "shr_x", at=NOW)
    assert stores.conversations.share_by_hash("hash-l") == link("l", revoked_at=later(days=1))
    assert [one.id for one in stores.conversations.shares(ADA, "cnv_c0")] == ["shr_m"]
