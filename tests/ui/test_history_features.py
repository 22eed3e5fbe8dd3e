"""The history page: search, filters, stars, several at once, days to restore, downloads, links to share."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from chat.models import ConversationKind
from tests.ui.tabs import Open, Person, Tab, make_person
from ui.views import history, keeping
from wiring import Services


def talk(
    services: Services, person: Person, title: str, *answers: str, level: str = "B1", kind: ConversationKind = ConversationKind.PRACTICE
) -> str:
    """Have a conversation without the page and return its id."""
    sent = services.chat.start(person.user.id, level=level, kind=kind)
    services.chat.finished(person.user.id, sent.reply.id, timeout=20)
    for answer in answers:
        reply = services.chat.send(person.user.id, text=answer, conversation_id=sent.conversation.id).reply
        services.chat.finished(person.user.id, reply.id, timeout=20)
    services.chat.rename(person.user.id, sent.conversation.id, title)
    return sent.conversation.id


def titles(tab: Tab) -> list[str]:
    return [link.replace("\\", "") for link in tab.links]


def search(tab: Tab, text: str) -> Tab:
    tab.test.text_input[0].set_value(text).run()
    tab.check()
    return tab


def view(tab: Tab, name: str) -> Tab:
    tab.test.segmented_control[0].set_value(name).run()
    tab.check()
    return tab


def pick(tab: Tab, label: str, value: object) -> Tab:
    widget = next(box for box in [*tab.test.selectbox, *tab.test.date_input] if box.label == label)
    widget.set_value(value).run()
    tab.check()
    return tab


def test_a_search_finds_what_was_said_and_marks_it(open_page: Open, person: Person, services: Services) -> None:
    sea = talk(services, person, "Holidays", "I swim in the cold sea near Cádiz.")
    talk(services, person, "Work", "I work in a bakery.")
    tab = search(open_page("history", cookie=person.cookie), "CADIZ sea")
    assert titles(tab) == ["Holidays"]
    assert "<mark>Cádiz</mark>" in tab.text
    (link,) = tab.test.get("page_link")
    assert sea in str(link.proto)
    assert "m=msg_" in str(link.proto)


def test_a_search_shows_markup_in_messages_as_text(open_page: Open, person: Person, services: Services) -> None:
    talk(services, person, "<b>Bold</b>", "I like <img src=x onerror=alert(1)> purple things.")
    tab = search(open_page("history", cookie=person.cookie), "purple")
    assert "<mark>purple</mark>" in tab.text
    assert "<img" not in tab.text
    assert "&lt;img src=x" in tab.text


def test_a_search_finds_nothing_of_others_and_nothing_deleted(open_page: Open, person: Person, services: Services) -> None:
    talk(services, make_person(services, "bob"), "Secret", "The treasure is under the persimmon tree.")
    services.chat.delete_one(person.user.id, talk(services, person, "Gone", "My persimmon cake is famous."))
    tab = search(open_page("history", cookie=person.cookie), "persimmon")
    assert titles(tab) == []
    assert tab.shows("Nothing fits")
    assert "treasure" not in tab.text


def test_marks_stand_around_the_hits_and_everything_else_is_text() -> None:
    assert history.marked("a<b> & b", ((2, 3), (7, 8))) == "a&lt;<mark>b</mark>&gt; &amp; <mark>b</mark>"


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (("Level", "C1"), ["Hard talk"]),
        (("Kind", ConversationKind.CHAT), ["Free talk"]),
        (("From", date(2034, 1, 1)), []),
        (("To", date(2018, 1, 1)), []),
        (("To", date(2034, 1, 1)), ["Free talk", "Hard talk", "Easy talk"]),
    ],
)
def test_filters_narrow_the_list(open_page: Open, person: Person, services: Services, choice: tuple[str, object], left: list[str]) -> None:
    talk(services, person, "Easy talk")
    talk(services, person, "Hard talk", level="C1")
    talk(services, person, "Free talk", kind=ConversationKind.CHAT)
    assert titles(pick(open_page("history", cookie=person.cookie), *choice)) == left


def test_a_star_puts_a_conversation_among_the_starred(open_page: Open, person: Person, services: Services) -> None:
    talk(services, person, "Plain")
    dear = talk(services, person, "Dear")
    tab = view(open_page("history", cookie=person.cookie).more(dear, "star"), "starred")
    assert titles(tab) == ["Dear"]
    tab.more(dear, "unstar")
    assert titles(tab) == []
    assert tab.shows("No stars yet")


def test_several_are_deleted_at_once_and_brought_back_together(open_page: Open, person: Person, services: Services) -> None:
    for name in ("One", "Two", "Three"):
        talk(services, person, name)
    tab = open_page("history", cookie=person.cookie)
    tab.test.toggle[0].set_value(True).run()
    for number in (0, 2):
        tab.test.checkbox[number].check()
    tab.test.run()
    assert tab.shows("2 chosen")
    tab.press("Delete them")
    assert titles(tab) == ["Two"]
    tab.press("Undo")
    assert sorted(titles(tab)) == ["One", "Three", "Two"]


@pytest.fixture
def seven_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that give a week to restore; comes before the services that read them."""
    monkeypatch.setenv("CHAT__RESTORE_DAYS", "7")


@pytest.mark.usefixtures("seven_days")
def test_what_was_deleted_is_listed_with_its_last_day_and_can_be_restored(open_page: Open, person: Person, services: Services) -> None:
    gone = talk(services, person, "Gone")
    services.chat.delete_one(person.user.id, gone)
    tab = view(open_page("history", cookie=person.cookie), "deleted")
    last = services.clock.now() + timedelta(days=7)
    assert tab.shows(f"can be restored until {last.day} {last:%B} {last.year}")
    assert titles(tab) == []
    tab.press("Restore")
    assert tab.shows("Nothing was deleted in the last 7 days.")
    assert services.chat.conversation(person.user.id, gone).title == "Gone"


@pytest.mark.parametrize("which", ["one", "all"])
def test_downloads_hold_what_was_said_and_are_made_only_when_asked_for(
    open_page: Open, person: Person, services: Services, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    made: dict[str, Callable[[], str]] = {}
    draw = keeping.downloads
    monkeypatch.setattr(keeping, "downloads", lambda name, **files: (made.update(files), draw(name, **files)))
    conversation = talk(services, person, "Mine", "I live by the sea.")
    talk(services, person, "Other", "I work in a bakery.")
    talk(services, make_person(services, "bob"), "Secret", "Under the persimmon tree.")
    read: list[str] = []
    store, messages = services.chat._store, services.chat._store.messages

    def counted(user_id: str, conversation_id: str, **window: Any) -> object:
        read.append(conversation_id)
        return messages(user_id, conversation_id, **window)

    monkeypatch.setattr(type(store), "messages", lambda _self, *args, **kwargs: counted(*args, **kwargs))
    tab = open_page("history", cookie=person.cookie)
    if which == "one":
        tab.more(conversation, "export")
    else:
        tab.press("Download all")
    assert not read
    held = json.loads(made["json"]())
    assert {found["title"] for found in held["conversations"]} == ({"Mine"} if which == "one" else {"Mine", "Other"})
    assert "I live by the sea." in made["markdown"]()
    assert "persimmon" not in made["markdown"]() + made["json"]()
    assert conversation in read
