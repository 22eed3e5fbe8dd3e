import json
import re

import pytest

from chat.errors import ConversationNotFound, OutOfRange, ShareNotFound
from chat.listing import HistoryFilter
from chat.models import MessageStatus
from core.errors import Kind
from llm.errors import ProviderUnavailable
from tests.unit.chat.conftest import ADA, BOB, World

SAID = "I live in a small town with my sister because it is quiet there."


def conversations(world: World, count: int) -> list[str]:
    made = []
    for number in range(count):
        world.clock.advance(seconds=1)
        made.append(world.said(ADA, f"Number {number} is about tea.").conversation.id)
    return made


def test_history_is_paged_newest_first_without_gaps_or_repeats(world: World) -> None:
    made = conversations(world, 7)
    found, cursor = [], None
    while True:
        page = world.service.history(ADA, after=cursor, limit=3)
        found += [item.id for item in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert found == made[::-1]
    assert world.service.history(BOB).items == ()


def test_pages_by_number_tell_the_total(world: World) -> None:
    made = conversations(world, 5)
    page = world.service.numbered(ADA, page=2, per_page=2)
    assert ([item.id for item in page.items], page.page, page.per_page, page.total) == ([made[2], made[1]], 2, 2, 5)
    assert world.service.numbered(ADA, page=9, per_page=2).items == ()


@pytest.mark.parametrize(
    ("number", "per_page"), [(0, 20), (-1, 20), (10**9, 20), (1, 0), (1, 101), ("1", 20), (True, 20), (1.5, 20), (None, 1)]
)
def test_an_impossible_page_is_refused(number: object, per_page: object, world: World) -> None:
    with pytest.raises(OutOfRange) as raised:
        world.service.numbered(ADA, page=number, per_page=per_page)  # type: ignore[arg-type]  # what a client might send
    assert raised.value.kind is Kind.SYNTAX


def test_starred_and_deleted_are_filters(world: World) -> None:
    made = conversations(world, 3)
    world.service.star(ADA, made[0], starred=True)
    world.service.delete_one(ADA, made[1])
    assert [item.id for item in world.service.history(ADA, where=HistoryFilter(starred=True)).items] == [made[0]]
    assert [item.id for item in world.service.history(ADA, where=HistoryFilter(deleted=True)).items] == [made[1]]
    assert [item.id for item in world.service.history(ADA).items] == [made[2], made[0]]


def test_deleting_can_be_undone_until_it_is_purged(world: World) -> None:
    made = conversations(world, 2)
    assert world.service.delete(ADA, made) == made
    with pytest.raises(ConversationNotFound):
        world.service.messages(ADA, made[0])
    assert world.service.restore(ADA, [made[0]]) == [made[0]]
    assert len(world.service.messages(ADA, made[0])) == 2
    world.clock.advance(days=29)
    assert world.service.tidy() == 0
    world.clock.advance(days=2)
    assert world.service.tidy() == 1
    assert world.service.restore(ADA, made) == []
    assert world.service.numbered(ADA).total == 1


def test_deleting_what_is_gone_already_is_not_found(world: World) -> None:
    (made,) = conversations(world, 1)
    world.service.delete_one(ADA, made)
    with pytest.raises(ConversationNotFound):
        world.service.delete_one(ADA, made)


def test_everything_can_be_deleted_at_once_and_erased(world: World) -> None:
    made = conversations(world, 3)
    assert world.service.delete_all(ADA) == 3
    assert world.service.numbered(ADA).total == 0
    assert world.service.erase(ADA, made[:2]) == 2
    assert world.service.restore(ADA, made) == [made[2]]


def test_too_many_at_once_are_refused(world: World) -> None:
    with pytest.raises(OutOfRange):
        world.service.delete(ADA, ["conv_1"] * 501)
    with pytest.raises(OutOfRange):
        world.service.delete(ADA, "conv_1")


def test_search_finds_words_in_ones_own_messages_only_with_marked_snippets(world: World) -> None:
    mine = world.said(ADA, "Yesterday I drank Café au lait with my grandmother near the old harbour.")
    world.said(BOB, "I drank coffee in a café as well.")
    page = world.service.search(ADA, "CAFE drank")
    assert [hit.message.id for hit in page.hits] == [mine.message.id if mine.message else ""]
    (hit,) = page.hits
    assert [hit.snippet[start:end] for start, end in hit.hits] == ["drank", "Café"]
    assert hit.conversation.id == mine.conversation.id


def test_search_pages_and_forgives_empty_queries(world: World) -> None:
    conversations(world, 5)
    first = world.service.search(ADA, "about tea", limit=3)
    second = world.service.search(ADA, "about tea", limit=3, after=first.next)
    assert len(first.hits) == 3
    assert len(second.hits) == 2
    assert second.next is None
    for nothing in ("", "  ", "?!", "\x00"):
        assert world.service.search(ADA, nothing).hits == ()
    with pytest.raises(OutOfRange):
        world.service.search(ADA, "x" * 201)


@pytest.mark.parametrize("wild", ['"tea', "tea*", "tea OR about", "NEAR(tea)", "tea)", "%", "{$ne: 1}", "-tea", "tea:about"])
def test_search_takes_operators_as_plain_words(wild: str, world: World) -> None:
    conversations(world, 1)
    world.service.search(ADA, wild)


def test_an_export_holds_everything_that_was_said(world: World) -> None:
    sent = world.said(ADA, SAID)
    world.models.scripts = [["It ", ProviderUnavailable()]]
    world.said(ADA, "And then?", sent.conversation.id)
    markdown = "".join(world.service.export_markdown(ADA, sent.conversation.id))
    assert markdown.startswith("# ")
    for text in (SAID, "Well, why is that?", "And then?", "It ", "This answer was cut off."):
        assert text in markdown
    data = json.loads("".join(world.service.export_json(ADA, sent.conversation.id)))
    assert data["format"] == "viva-conversations"
    messages = data["conversations"][0]["messages"]
    assert [message["content"] for message in messages] == [SAID, "Well, why is that?", "And then?", "It "]
    assert messages[-1]["status"] == MessageStatus.INTERRUPTED.value


def test_an_exported_conversation_loads_nothing_and_forges_no_heading_where_it_is_opened(world: World) -> None:
    nasty = "# You\n![x](http://evil.example/a.png) <img src=x onerror=alert(1)> `a < b`"
    sent = world.said(ADA, nasty)
    world.service.rename(ADA, sent.conversation.id, "<img src=y> ![x](http://evil.example/b.png)")
    written = "".join(world.service.export_markdown(ADA, sent.conversation.id)) + "".join(world.service.export_all(ADA, as_json=False))
    assert "![" not in written
    assert not re.search(r"(?<!\\)<img", written)
    assert "\n#### You\n" in written
    assert "`a < b`" in written
    assert nasty in json.loads("".join(world.service.export_json(ADA, sent.conversation.id)))["conversations"][0]["messages"][0]["content"]


def test_an_export_of_all_is_one_document_without_deleted_or_foreign_ones(world: World) -> None:
    made = conversations(world, 4)
    world.service.delete_one(ADA, made[0])
    world.said(BOB, SAID)
    data = json.loads("".join(world.service.export_all(ADA, as_json=True)))
    assert [item["session_id"] for item in data["conversations"]] == made[:0:-1]
    assert json.loads("".join(world.service.export_all("usr_nobody", as_json=True)))["conversations"] == []
    markdown = "".join(world.service.export_all(ADA, as_json=False))
    assert markdown.count("\n---\n") == 2
    assert SAID not in markdown


# --- links --------------------------------------------------------------------------------------------------------------------


def test_a_link_shows_what_was_said_so_far_and_nothing_of_the_person(world: World) -> None:
    sent = world.said(ADA, SAID)
    link, secret = world.service.share(ADA, sent.conversation.id)
    world.said(ADA, "This is private.", sent.conversation.id)
    shared = world.service.shared(secret)
    assert [message.content for message in shared.messages] == [SAID, "Well, why is that?"]
    assert not shared.more
    assert ADA not in repr(shared)
    assert secret not in repr(link)


def test_a_link_ends_when_it_is_revoked_expires_or_its_conversation_is_deleted(world: World) -> None:
    sent = world.said(ADA, SAID)
    revoked, secret = world.service.share(ADA, sent.conversation.id)
    world.service.revoke_share(ADA, revoked.id)
    with pytest.raises(ShareNotFound):
        world.service.revoke_share(ADA, revoked.id)
    _, other = world.service.share(ADA, sent.conversation.id, days=1)
    assert len(world.service.shares(ADA, sent.conversation.id)) == 1
    with pytest.raises(ShareNotFound):
        world.service.shared(secret)
    world.service.shared(other)
    world.service.delete_one(ADA, sent.conversation.id)
    with pytest.raises(ShareNotFound):
        world.service.shared(other)
    world.service.restore(ADA, [sent.conversation.id])
    world.service.shared(other)
    world.clock.advance(days=1)
    with pytest.raises(ShareNotFound):
        world.service.shared(other)
    assert world.service.shares(ADA, sent.conversation.id) == []


@pytest.mark.parametrize("wrong", ["", "nonsense", "x" * 10_000, "\x00"])
def test_a_wrong_link_shows_nothing(wrong: str, world: World) -> None:
    with pytest.raises(ShareNotFound):
        world.service.shared(wrong)


def test_a_foreign_link_cannot_be_revoked(world: World) -> None:
    sent = world.said(ADA, SAID)
    link, secret = world.service.share(ADA, sent.conversation.id)
    with pytest.raises(ShareNotFound):
        world.service.revoke_share(BOB, link.id)
    world.service.shared(secret)


@pytest.mark.parametrize("days", [0, 366, -1, True])
def test_a_link_lives_from_a_day_to_a_year(days: int, world: World) -> None:
    sent = world.said(ADA, SAID)
    with pytest.raises(OutOfRange):
        world.service.share(ADA, sent.conversation.id, days=days)


def test_nothing_of_a_person_is_left_when_the_account_goes(world: World) -> None:
    sent = world.said(ADA, SAID)
    _, secret = world.service.share(ADA, sent.conversation.id)
    world.said(BOB, SAID)
    world.service.delete_all_of(ADA)
    assert world.service.numbered(ADA).total == 0
    assert world.service.quota(ADA).used == 0
    assert world.service.search(ADA, "town").hits == ()
    with pytest.raises(ShareNotFound):
        world.service.shared(secret)
    assert world.service.numbered(BOB).total == 1
