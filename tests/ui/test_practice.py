"""Practising and coming back: the conversation page and the history, over the real services and the offline examiner."""

from datetime import UTC, datetime, timedelta

import pytest

from chat.listing import HistoryCursor
from chat.models import MessageDraft, MessageRole, MessageStatus
from tests.ui.tabs import Open, Person, make_person
from wiring import Services

ANSWER = "I live in a small town because my family is there."


def started(services: Services, person: Person, *answers: str, level: str = "B1", topic: str = "") -> str:
    """Have a conversation without the page and return its id."""
    sent = services.chat.start(person.user.id, level=level, topic=topic)
    services.chat.finished(person.user.id, sent.reply.id, timeout=20)
    for answer in answers:
        reply = services.chat.send(person.user.id, text=answer, conversation_id=sent.conversation.id).reply
        services.chat.finished(person.user.id, reply.id, timeout=20)
    return sent.conversation.id


def test_a_level_and_a_topic_begin_a_conversation_that_the_examiner_opens(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("practice", cookie=person.cookie).press("Start")
    (conversation,) = services.chat.history(person.user.id).items
    assert conversation.level == "B1"
    assert len(tab.bubbles) == 1
    assert tab.bubbles[0]


def test_the_level_of_the_profile_is_chosen_to_begin_with(open_page: Open, person: Person, services: Services) -> None:
    who = services.auth.session_from_cookie(person.cookie)
    services.auth.update_profile(who, {"target_level": "C1"})
    open_page("practice", cookie=person.cookie).press("Start")
    assert services.chat.history(person.user.id).items[0].level == "C1"


def test_an_unconfirmed_account_waits_where_the_settings_ask_for_it(
    open_page: Open, person: Person, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    kit = services.auth.kit
    monkeypatch.setattr(services.auth, "kit", replace(kit, config=replace(kit.config, require_verified_email=True)))
    tab = open_page("practice", cookie=person.cookie)
    assert "Start" not in {button.label for button in tab.test.button}
    assert tab.shows("One thing first")
    tab.press("Send the letter again")
    assert services.chat.history(person.user.id).items == ()


def test_an_answer_is_stored_and_answered(open_page: Open, person: Person, services: Services) -> None:
    conversation = started(services, person)
    tab = open_page("practice", cookie=person.cookie, c=conversation).say(ANSWER)
    assert len(tab.bubbles) == 3
    messages = services.chat.messages(person.user.id, conversation)
    assert [message.role for message in messages] == [MessageRole.ASSISTANT, MessageRole.USER, MessageRole.ASSISTANT]
    assert messages[1].content == ANSWER
    assert messages[2].status is MessageStatus.COMPLETE


def test_what_is_said_after_the_login_ended_is_not_stored_and_the_person_is_told_where_it_is(
    open_page: Open, person: Person, services: Services
) -> None:
    conversation = started(services, person)
    tab = open_page("practice", cookie=person.cookie, c=conversation)
    services.auth.logout_everywhere(services.auth.session_from_cookie(person.cookie))
    tab.say(ANSWER)
    assert tab.heading == "Sign in"
    assert tab.shows("What you just said is kept in this tab")
    assert ANSWER not in tab.text + tab.remembered
    assert len(services.chat.messages(person.user.id, conversation)) == 1


def test_nothing_is_said_to_be_kept_when_nothing_was_said(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("practice", cookie=person.cookie)
    services.auth.logout_everywhere(services.auth.session_from_cookie(person.cookie))
    tab.press("Start")
    assert tab.heading == "Sign in"
    assert not tab.shows("kept in this tab")


def test_a_conversation_is_found_again_by_its_address(open_page: Open, person: Person, services: Services) -> None:
    conversation = started(services, person, ANSWER)
    first = open_page("practice", cookie=person.cookie, c=conversation).bubbles
    assert len(first) == 3
    assert open_page("practice", cookie=person.cookie, c=conversation).bubbles == first


@pytest.mark.parametrize("made_up", ["nonsense", "conv_" + "x" * 500, "../../etc/passwd", "<script>", "%00", '{"$gt":""}'])
def test_an_unknown_conversation_is_not_found_and_nothing_changes(
    open_page: Open, person: Person, services: Services, made_up: str
) -> None:
    tab = open_page("practice", cookie=person.cookie, c=made_up)
    assert tab.heading == "Not found"
    assert not tab.test.chat_input
    assert services.chat.history(person.user.id).items == ()


def test_somebody_elses_conversation_looks_like_an_unknown_one(open_page: Open, person: Person, services: Services) -> None:
    secret = "The treasure is under the old persimmon tree in my garden."
    other = make_person(services, "bob")
    theirs = started(services, other, secret)
    tab = open_page("practice", cookie=person.cookie, c=theirs)
    assert tab.heading == "Not found"
    assert "persimmon" not in tab.text
    assert tab.text == open_page("practice", cookie=person.cookie, c="conv_unknown").text


@pytest.mark.parametrize("text", ["   ", "\x00", "x" * 8_001])
def test_what_cannot_be_sent_is_kept_with_the_reason(open_page: Open, person: Person, services: Services, text: str) -> None:
    conversation = started(services, person)
    tab = open_page("practice", cookie=person.cookie, c=conversation).say(text)
    assert tab.test.error
    assert len(services.chat.messages(person.user.id, conversation)) == 1
    assert "Not sent" in tab.captions
    tab.say(ANSWER)
    assert not tab.test.error
    assert len(services.chat.messages(person.user.id, conversation)) == 3


def test_markup_in_an_answer_is_shown_as_typed(open_page: Open, person: Person, services: Services) -> None:
    conversation = started(services, person)
    tab = open_page("practice", cookie=person.cookie, c=conversation).say("I *like* <b>tea</b> :red[hot] ![x](https://evil.example/x.png)")
    assert "\\<b\\>" in tab.bubbles[1]
    assert "\\!\\[" in tab.bubbles[1]


def test_a_reply_that_was_cut_off_is_marked_and_can_be_asked_for_again(open_page: Open, person: Person, services: Services) -> None:
    conversation = started(services, person, ANSWER)
    cut_off(services, person, conversation)
    tab = open_page("practice", cookie=person.cookie, c=conversation)
    assert "cut off" in tab.captions
    tab.press("Try again")
    newest = services.chat.messages(person.user.id, conversation)[-1]
    assert newest.status is MessageStatus.COMPLETE


def cut_off(services: Services, person: Person, conversation: str) -> None:
    """Leave the newest reply as a crash would: half written and marked by the recovery at the next start."""
    sent = services.chat._store.append(
        person.user.id,
        conversation,
        [
            draft("msg_cut_question", MessageRole.USER, ANSWER),
            draft("msg_cut_reply", MessageRole.ASSISTANT, "You said that", streaming=True, reply_to="msg_cut_question"),
        ],
    )
    assert sent is not None
    services.chat.recover_at_start()


def draft(name: str, role: MessageRole, text: str, *, streaming: bool = False, reply_to: str = "") -> MessageDraft:
    at = datetime.now(UTC)
    return MessageDraft(
        id=name,
        role=role,
        content=text,
        status=MessageStatus.STREAMING if streaming else MessageStatus.COMPLETE,
        created_at=at,
        reply_to=reply_to,
        lease_until=at - timedelta(seconds=1) if streaming else None,
    )


def test_a_long_conversation_shows_its_end_and_older_messages_on_demand(open_page: Open, person: Person, services: Services) -> None:
    conversation = started(services, person)
    drafts = [draft(f"msg_{number}", MessageRole.USER, f"line number {number}") for number in range(120)]
    services.chat._store.append(person.user.id, conversation, drafts)
    tab = open_page("practice", cookie=person.cookie, c=conversation)
    assert len(tab.bubbles) == 50
    assert "line number 119" in tab.bubbles[-1]
    tab.press("Show earlier messages")
    assert len(tab.bubbles) == 100
    tab.press("Show earlier messages")
    assert len(tab.bubbles) == 121
    assert "Show earlier messages" not in {button.label for button in tab.test.button}


def test_home_offers_to_go_on_with_the_last_conversation(open_page: Open, person: Person, services: Services) -> None:
    assert "Choose a level and a topic" in {button.label for button in open_page("", cookie=person.cookie).test.button}
    conversation = started(services, person, ANSWER)
    tab = open_page("", cookie=person.cookie).press("Go on with this conversation")
    assert len(tab.bubbles) == 3
    assert conversation in str(tab.test.query_params["c"])


def test_an_empty_history_says_what_to_do(open_page: Open, person: Person) -> None:
    tab = open_page("history", cookie=person.cookie)
    assert tab.shows("Nothing here yet")
    assert "Start your first practice" in tab.links


def test_history_is_newest_first_in_pages(open_page: Open, person: Person, services: Services) -> None:
    ids = [started(services, person) for _ in range(23)]
    for number, conversation in enumerate(ids):
        services.chat.rename(person.user.id, conversation, f"Talk {number}")
    tab = open_page("history", cookie=person.cookie)
    assert titles(tab.links) == [f"Talk {number}" for number in range(22, 2, -1)]
    tab.press("Older")
    assert titles(tab.links) == ["Talk 2", "Talk 1", "Talk 0"]
    tab.press("Newer")
    assert titles(tab.links)[0] == "Talk 22"


def titles(links: list[str]) -> list[str]:
    return [link.replace("\\", "") for link in links]


def test_a_history_page_reads_one_page_only(open_page: Open, person: Person, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        started(services, person)
    asked: list[int] = []
    store = services.chat._store
    real = store.history

    def counted(user_id: str, *, where: object, after: HistoryCursor | None, limit: int) -> object:
        asked.append(limit)
        return real(user_id, where=where, after=after, limit=limit)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(type(store), "history", lambda _self, *args, **kwargs: counted(*args, **kwargs), raising=False)
    open_page("history", cookie=person.cookie)
    assert sum(asked) <= 21


def test_a_deleted_conversation_is_gone_until_the_deletion_is_undone(open_page: Open, person: Person, services: Services) -> None:
    keep, drop = started(services, person), started(services, person)
    services.chat.rename(person.user.id, drop, "Unwanted")
    services.chat.rename(person.user.id, keep, "Wanted")
    tab = open_page("history", cookie=person.cookie).more(drop, "delete")
    assert titles(tab.links) == ["Wanted"]
    tab.press("Undo")
    assert sorted(titles(tab.links)) == ["Unwanted", "Wanted"]


def test_history_shows_nobody_elses_conversations(open_page: Open, person: Person, services: Services) -> None:
    started(services, make_person(services, "bob"), "The treasure is under the persimmon tree.")
    tab = open_page("history", cookie=person.cookie)
    assert "persimmon" not in tab.text
    assert tab.shows("Nothing here yet")
