"""`chat.ports.ConversationStore.search`, on every backend: all stores find the same."""

import random
from datetime import UTC, datetime
from typing import Any

import pytest

from chat.listing import HistoryFilter, SearchCursor, SearchQuery
from chat.models import ConversationKind, MessageStatus
from chat.search import matches, parse, terms
from tests.contract.bundle import Stores
from tests.contract.make import conversation, draft, later, reply
from tests.factories import NOW

ADA, BOB = "usr_ada", "usr_bob"


def hits(
    stores: Stores, text: str | SearchQuery, user_id: str = ADA, *, after: SearchCursor | None = None, limit: int = 50, **where: Any
) -> list[str]:
    query = parse(text) if isinstance(text, str) else text
    assert query is not None
    found = stores.conversations.search(user_id, query, where=HistoryFilter(**where), after=after, limit=limit)
    assert all(one.conversation.id == one.message.conversation_id and one.conversation.user_id == user_id for one in found)
    return [one.message.id.removeprefix("msg_") for one in found]


def say(stores: Stores, *contents: str, tag: str = "c1", **changes: Any) -> None:
    drafts = [draft(f"{tag}-{number}", content, created_at=later(minutes=number)) for number, content in enumerate(contents)]
    stores.conversations.start(conversation(tag, **changes), drafts)


def test_all_words_must_occur_and_the_newest_hit_comes_first(stores: Stores) -> None:
    say(stores, "I like green tea", "I like coffee", "Green like tea leaves")
    assert hits(stores, "like tea ") == ["c1-2", "c1-0"]
    assert hits(stores, "tea coffee ") == []
    assert hits(stores, "like ") == ["c1-2", "c1-1", "c1-0"]


def test_the_last_word_may_be_the_beginning_of_one(stores: Stores) -> None:
    say(stores, "A photograph", "Photosynthesis and a graph")
    assert hits(stores, "photo") == ["c1-1", "c1-0"]
    assert hits(stores, "photo ") == []
    assert hits(stores, "graph photo") == ["c1-1"]
    assert hits(stores, "and photog") == []


def test_both_roles_are_searched_in_full(stores: Stores) -> None:
    answer = reply("r", "An answer about penguins", status=MessageStatus.COMPLETE, lease_until=None)
    stores.conversations.start(conversation(), [draft("m", "Tell me about penguins"), answer])
    assert sorted(hits(stores, "penguins ")) == ["m", "r"]
    (found,) = stores.conversations.search(ADA, SearchQuery(terms=("answer",)), where=HistoryFilter(), after=None, limit=5)
    assert found.message == stores.conversations.message(ADA, "msg_r")
    assert found.conversation == stores.conversations.get(ADA, "cnv_c1")


def test_another_persons_messages_are_never_found(stores: Stores) -> None:
    say(stores, "secret word", tag="a")
    say(stores, "secret word", tag="b", user_id=BOB)
    assert hits(stores, "secret") == ["a-0"]
    assert hits(stores, "secret", BOB) == ["b-0"]
    assert hits(stores, "secret", "usr_nobody") == []


@pytest.mark.parametrize("number", range(1, 4))
def test_a_number_before_a_word_does_not_reach_into_another_persons_messages(stores: Stores, number: int) -> None:
    for person in range(30):
        say(stores, "1word", "11word", "word", tag=f"p{person}", user_id=f"usr_{person}")
    assert hits(stores, f"{number}word ", "usr_0") == (["p0-0"] if number == 1 else [])
    assert hits(stores, "1", "usr_0") == []
    assert hits(stores, "11", "usr_0") == ["p0-1"]


@pytest.mark.parametrize(
    "typed", ['"tea"', "tea*", "tea OR coffee", "NEAR(tea green)", "tea AND NOT green", "-tea", "words:tea", "$tea", "^tea", "(tea"]
)
def test_what_looks_like_a_search_language_is_only_words(stores: Stores, typed: str) -> None:
    contents = ["green tea", "coffee", "tea or coffee", "near tea green", "words tea"]
    say(stores, *contents)
    query = parse(typed)
    assert query is not None
    assert hits(stores, typed) == [f"c1-{n}" for n in range(4, -1, -1) if matches(query, terms(contents[n]))]


def test_accents_case_and_apostrophes_do_not_matter(stores: Stores) -> None:
    say(stores, "Une CAFÉ à Zürich", "Don’t panic", "Ελληνικά και русский", "我喜欢喝茶", "e\u0301te\u0301")
    assert hits(stores, "cafe zurich ") == ["c1-0"]
    assert hits(stores, "don't ") == ["c1-1"]
    assert hits(stores, "РУССКИЙ ") == ["c1-2"]
    assert hits(stores, "喝茶 ") == ["c1-3"]
    assert hits(stores, "été ") == ["c1-4"]


def test_replaced_and_unfinished_messages_are_not_found(stores: Stores) -> None:
    stores.conversations.start(conversation(), [draft("old", "apple"), reply("r", "apple so far")])
    assert hits(stores, "apple ") == ["old"]
    stores.conversations.append(ADA, "cnv_c1", [draft("new", "apple pie")], replaces=["msg_old"])
    assert hits(stores, "apple ") == ["new"]


def test_deleted_conversations_are_searched_apart(stores: Stores) -> None:
    say(stores, "apple", tag="a")
    say(stores, "apple", tag="b")
    stores.conversations.delete(ADA, ["cnv_a"], at=NOW)
    assert hits(stores, "apple") == ["b-0"]
    assert hits(stores, "apple", deleted=True) == ["a-0"]
    stores.conversations.erase(ADA, ["cnv_a"])
    assert hits(stores, "apple", deleted=True) == []
    stores.conversations.restore(ADA, ["cnv_a"])
    assert hits(stores, "apple") == ["b-0"]


def test_filters_narrow_the_hits(stores: Stores) -> None:
    say(stores, "apple", "apple", "apple", tag="a", level="A1")
    say(stores, "apple", tag="b", kind=ConversationKind.CHAT)
    say(stores, "apple", tag="c", topic="food", starred=True)
    assert hits(stores, "apple", level="A1") == ["a-2", "a-1", "a-0"]
    assert hits(stores, "apple", kind=ConversationKind.CHAT) == ["b-0"]
    assert hits(stores, "apple", topic="food") == hits(stores, "apple", starred=True) == ["c-0"]
    assert hits(stores, "apple", since=later(minutes=1), until=later(minutes=2)) == ["a-1"]
    assert hits(stores, "apple", level="C2") == []


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_show_every_hit_once_even_at_equal_times(stores: Stores, limit: int) -> None:
    chance = random.Random(7)
    tags = [f"x{number:02}" for number in range(20)]
    moments = {tag: later(microseconds=chance.randrange(4)) for tag in tags}
    chance.shuffle(tags)
    stores.conversations.start(conversation(), [draft(tag, "apple", created_at=moments[tag]) for tag in tags])
    expected = sorted(tags, key=lambda tag: (moments[tag], tag), reverse=True)
    seen: list[str] = []
    cursor = None
    while page := hits(stores, "apple ", after=cursor, limit=limit):
        assert len(page) <= limit
        seen += page
        cursor = SearchCursor(created_at=moments[page[-1]], id=f"msg_{page[-1]}")
    assert seen == expected


def test_an_erased_person_is_not_found_even_by_their_successor(stores: Stores) -> None:
    say(stores, "apple", tag="a")
    stores.conversations.delete_all_of(ADA)
    say(stores, "pear", tag="b", user_id=BOB)
    say(stores, "plum", tag="c")
    assert hits(stores, "apple") == hits(stores, "apple", BOB) == []
    assert hits(stores, "plum") == ["c-0"]


def test_random_texts_are_found_exactly_as_the_definition_says(stores: Stores) -> None:
    chance = random.Random(11)
    words = [
        "tea",
        "teapot",
        "café",
        "don't",
        "B2",
        "Ångström",
        "茶",
        "x1",
        "naïve",
        "I’m",
        "e-mail",
        "😀",
        "ТАК",
        "ß",
        "ﬁne",
        "²",
        "_a_",
        "ka\u0301rom",
    ]
    contents = {f"c{n}-0": " ".join(chance.choices(words, k=chance.randrange(6))) for n in range(60)}
    for tag, content in contents.items():
        say(stores, content, tag=tag.removesuffix("-0"))
    for _ in range(60):
        query = parse(" ".join(chance.choices(words, k=chance.randrange(1, 4))) + chance.choice(["", " "]))
        if query is None:
            continue
        expected = sorted((tag for tag, content in contents.items() if matches(query, terms(content))), reverse=True)
        assert sorted(hits(stores, query, limit=100), reverse=True) == expected, query


def test_a_search_may_reach_back_and_ahead_for_centuries(stores: Stores) -> None:
    say(stores, "apple", tag="a")
    far, ahead = datetime(1970, 1, 1, tzinfo=UTC), datetime(8999, 12, 31, tzinfo=UTC)
    assert hits(stores, "apple", since=far, until=ahead) == ["a-0"]
    assert hits(stores, "apple", since=ahead) == hits(stores, "apple", until=far) == []
