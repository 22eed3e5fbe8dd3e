"""What can be done inside a conversation: change, ask again, page between answers, look back, go on in another tab."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chat.errors import Busy
from chat.models import MessageDraft, MessageRole, MessageStatus, ReplyOutcome
from tests.ui.tabs import Open, Person, Tab, make_person
from ui import markup
from ui.conversation import turns
from wiring import Services

ANSWER = "I live in a small town because my family is there."


def talk(services: Services, person: Person, *answers: str) -> str:
    """Have a conversation without the page and return its id."""
    sent = services.chat.start(person.user.id, level="B1")
    services.chat.finished(person.user.id, sent.reply.id, timeout=20)
    for answer in answers:
        reply = services.chat.send(person.user.id, text=answer, conversation_id=sent.conversation.id).reply
        services.chat.finished(person.user.id, reply.id, timeout=20)
    return sent.conversation.id


def labels(tab: Tab) -> list[str]:
    return [button.label for button in tab.test.button]


def write(tab: Tab, text: str) -> Tab:
    tab.test.text_area[0].set_value(text)
    return tab


def lines(services: Services, person: Person, conversation: str, count: int) -> None:
    """Store many messages at once."""
    at = datetime.now(UTC)
    drafts = [MessageDraft(id=f"msg_{n}", role=MessageRole.USER, content=f"line number {n}", created_at=at) for n in range(count)]
    services.chat._store.append(person.user.id, conversation, drafts)


def test_the_last_message_can_be_sent_anew_and_the_old_one_is_gone(open_page: Open, person: Person, services: Services) -> None:
    conversation = talk(services, person, ANSWER)
    tab = open_page("practice", cookie=person.cookie, c=conversation).press("Edit")
    assert tab.test.text_area[0].value == ANSWER
    write(tab, "I live by the sea, which I like.").press("Send instead")
    assert len(tab.bubbles) == 3
    assert "by the sea" in tab.bubbles[1]
    assert "small town" not in "".join(message.content for message in services.chat.messages(person.user.id, conversation)[1:2])


def test_only_the_last_message_can_be_changed(open_page: Open, person: Person, services: Services) -> None:
    conversation = talk(services, person, ANSWER, "My sister works in a bakery.")
    tab = open_page("practice", cookie=person.cookie, c=conversation)
    assert labels(tab).count("Edit") == 1
    assert tab.press("Edit").test.text_area[0].value == "My sister works in a bakery."


def test_cancelling_a_change_changes_nothing(open_page: Open, person: Person, services: Services) -> None:
    conversation = talk(services, person, ANSWER)
    before = services.chat.messages(person.user.id, conversation)
    tab = open_page("practice", cookie=person.cookie, c=conversation).press("Edit")
    write(tab, "Something else.").press("Cancel")
    assert not tab.test.text_area
    assert services.chat.messages(person.user.id, conversation) == before


def test_a_change_that_is_refused_keeps_what_was_typed(open_page: Open, person: Person, services: Services) -> None:
    conversation = talk(services, person, ANSWER)
    tab = open_page("practice", cookie=person.cookie, c=conversation).press("Edit")
    write(tab, "   ").press("Send instead")
    assert tab.test.error
    assert tab.test.text_area
    assert services.chat.messages(person.user.id, conversation)[1].content == ANSWER


def test_a_second_answer_stands_beside_the_first(open_page: Open, person: Person, services: Services) -> None:
    conversation = talk(services, person, ANSWER)
    tab = open_page("practice", cookie=person.cookie, c=conversation)
    assert not tab.shows("Answer 1 of 2")
    tab.press("Answer again")
    assert len(tab.bubbles) == 3
    assert tab.shows("Answer 2 of 2")
    first, second = services.chat.messages(person.user.id, conversation)[2:]
    assert tab.bubbles[2].startswith(markup.rich(second.content))
    tab.press("Earlier answer")
    assert tab.shows("Answer 1 of 2")
    assert tab.bubbles[2].startswith(markup.rich(first.content))
    assert tab.press("Later answer").shows("Answer 2 of 2")


def test_an_answer_says_who_gave_it(open_page: Open, person: Person, services: Services) -> None:
    (choice,) = services.chat.providers()
    conversation = talk(services, person, ANSWER)
    tab = open_page("practice", cookie=person.cookie, c=conversation)
    assert tab.text.count(f"<span>{choice.label}") == 2
    assert tab.text.count("viva-copy") >= 3
    assert choice.model not in tab.text  # says no more than its name


def test_an_answer_of_a_service_names_the_model_that_gave_it(
    open_page: Open, person: Person, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    (offline,) = services.chat.providers()
    service = replace(offline, name="openrouter", label="OpenRouter", model="openrouter/auto", offline=False)
    monkeypatch.setattr(services.chat, "providers", lambda: (service, offline))
    conversation = talk(services, person, ANSWER)
    store, at = services.chat._store, datetime.now(UTC)
    asked = services.chat.messages(person.user.id, conversation)[1]
    drafts = [
        MessageDraft(
            id=f"msg_{provider}",
            role=MessageRole.ASSISTANT,
            content="",
            status=MessageStatus.STREAMING,
            created_at=at,
            reply_to=asked.id,
            lease_until=at + timedelta(minutes=1),
        )
        for provider in ("openrouter", "gone")
    ]
    store.append(person.user.id, conversation, drafts)
    for draft, provider in zip(drafts, ("openrouter", "gone"), strict=True):
        outcome = ReplyOutcome(
            content="Well.", status=MessageStatus.COMPLETE, finished_at=at, provider=provider, model="x/<b>-7b", duration_ms=1200
        )
        store.finish_reply(person.user.id, draft.id, outcome)
    tab = open_page("practice", cookie=person.cookie, c=conversation)
    assert tab.shows("<span>x/&lt;b&gt;-7b · 1.2 s</span>")  # a service that is set up no more
    tab.press("Earlier answer")
    assert tab.shows("<span>OpenRouter · x/&lt;b&gt;-7b · 1.2 s</span>")


def test_what_the_service_refuses_can_be_changed_and_sent(
    open_page: Open, person: Person, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = talk(services, person)
    tab = open_page("practice", cookie=person.cookie, c=conversation)
    with monkeypatch.context() as patch:
        patch.setattr(services.chat, "send", refuse)
        tab.say(ANSWER)
    assert tab.test.warning
    assert "Not sent" in tab.captions
    tab.press("Change it")
    assert tab.test.text_area[0].value == ANSWER
    write(tab, "Shorter.").press("Send")
    assert [message.content for message in services.chat.messages(person.user.id, conversation)][1] == "Shorter."
    assert "Not sent" not in tab.captions


def refuse(*_: object, **__: object) -> None:
    raise Busy


def test_another_tab_shows_what_was_said_here_at_its_next_action(open_page: Open, person: Person, services: Services) -> None:
    conversation = talk(services, person)
    tab = open_page("practice", cookie=person.cookie, c=conversation)
    reply = services.chat.send(person.user.id, text=ANSWER, conversation_id=conversation).reply
    services.chat.finished(person.user.id, reply.id, timeout=20)
    tab.say("And I like it there.")
    assert len(tab.bubbles) == 5
    assert "small town" in tab.bubbles[1]


def test_a_conversation_deleted_elsewhere_is_not_found_at_the_next_action(open_page: Open, person: Person, services: Services) -> None:
    conversation = talk(services, person, ANSWER)
    tab = open_page("practice", cookie=person.cookie, c=conversation)
    services.chat.delete_one(person.user.id, conversation)
    tab.say("Hello?")
    assert tab.heading == "Not found"
    assert "small town" not in tab.text


def test_a_found_message_is_shown_among_its_neighbours_only(open_page: Open, person: Person, services: Services) -> None:
    conversation = talk(services, person)
    lines(services, person, conversation, 200)
    tab = open_page("practice", cookie=person.cookie, c=conversation, m="msg_20")
    assert "line number 20" in "".join(tab.bubbles)
    assert len(tab.bubbles) == 50
    assert not tab.test.chat_input
    assert "line number 199" not in "".join(tab.bubbles)


@pytest.mark.parametrize("made_up", ["nonsense", "<script>", "msg_199"])
def test_an_unknown_or_new_message_shows_the_end_as_usual(open_page: Open, person: Person, services: Services, made_up: str) -> None:
    conversation = talk(services, person)
    lines(services, person, conversation, 200)
    tab = open_page("practice", cookie=person.cookie, c=conversation, m=made_up)
    assert "line number 199" in tab.bubbles[-1]
    assert tab.test.chat_input


def test_somebody_elses_message_is_not_shown_in_ones_own_conversation(open_page: Open, person: Person, services: Services) -> None:
    other = make_person(services, "bob")
    theirs = services.chat.messages(other.user.id, talk(services, other, "Under the persimmon tree."))[1]
    tab = open_page("practice", cookie=person.cookie, c=talk(services, person), m=theirs.id)
    assert "persimmon" not in tab.text


def test_attempts_that_brought_nothing_are_left_out_once_there_is_an_answer(open_page: Open, person: Person, services: Services) -> None:
    conversation = talk(services, person, ANSWER)
    asked = services.chat.messages(person.user.id, conversation)[1]
    at = datetime.now(UTC)
    empty = MessageDraft(
        id="msg_empty",
        role=MessageRole.ASSISTANT,
        content="",
        status=MessageStatus.STREAMING,
        created_at=at,
        reply_to=asked.id,
        lease_until=at - timedelta(seconds=1),
    )
    services.chat._store.append(person.user.id, conversation, [empty])
    services.chat.recover_at_start()
    tab = open_page("practice", cookie=person.cookie, c=conversation)
    assert "cut off" in tab.captions
    tab.press("Try again")
    assert "cut off" not in tab.captions
    assert tab.shows("Answer 2 of 2")
    shown = turns.of(services.chat.messages(person.user.id, conversation))[-1]
    assert all(message.content for message in shown.messages)


@pytest.mark.parametrize(
    "text",
    [
        "text ``` ![x](https://evil.example/x.png)",
        "\\` ![x](https://evil.example/x.png) `",
        "- a\n  ```\n![x](https://evil.example/x.png)",
        "> ```\n![x](https://evil.example/x.png)",
        "```\ncode\n   ```\n![x](https://evil.example/x.png)",
        "```\rcode\r```\r![x](https://evil.example/x.png)",
    ],
)
def test_what_only_looks_like_code_loads_no_image(text: str) -> None:
    assert "![" not in markup.rich(text)


@given(some.text(alphabet="`~![]()<$: \n\\-x"))
def test_outside_blocks_of_code_no_image_begins(text: str) -> None:
    if "```" not in text and "~~~" not in text:
        assert "![" not in markup.rich(text)
