"""The history page offers only what does something, and names each menu after its conversation."""

from tests.ui.tabs import Open, Person, Tab
from wiring import Services


def talk(services: Services, person: Person, title: str) -> str:
    sent = services.chat.start(person.user.id, level="B1")
    services.chat.finished(person.user.id, sent.reply.id, timeout=20)
    services.chat.rename(person.user.id, sent.conversation.id, title)
    return sent.conversation.id


def buttons(tab: Tab) -> set[str]:
    return {button.label for button in tab.test.button}


def test_each_menu_is_named_after_its_conversation(open_page: Open, person: Person, services: Services) -> None:
    talk(services, person, "My *first* trip")
    talk(services, person, "Cooking")
    names = [menu.label for menu in open_page("history", cookie=person.cookie).test.menu_button]
    assert {"More: Cooking", "More: My \\*first\\* trip"} <= set(names)
    assert len(names) == len(set(names))


def test_conversations_of_one_title_are_told_apart_where_they_are_read_aloud(open_page: Open, person: Person, services: Services) -> None:
    same = [talk(services, person, "Cooking") for _ in range(3)]
    talk(services, person, "Football")
    names = [str(menu.label) for menu in open_page("history", cookie=person.cookie).test.menu_button]
    assert len(set(names)) == len(names)
    assert "More: Football" in names
    assert sum(name.startswith("More: Cooking, ") for name in names) == 3
    services.chat.delete(person.user.id, same)
    tab = open_page("history", cookie=person.cookie)
    tab.test.segmented_control[0].set_value("deleted").run()
    restore = [str(button.label) for button in tab.test.button if str(button.label).startswith("Restore")]
    assert len(set(restore)) == len(restore) == 3


def test_downloading_everything_is_offered_only_where_there_is_something(open_page: Open, person: Person, services: Services) -> None:
    assert "Download all" not in buttons(open_page("history", cookie=person.cookie))
    conversation = talk(services, person, "Cooking")
    assert "Download all" in buttons(open_page("history", cookie=person.cookie))
    services.chat.delete(person.user.id, [conversation])
    assert "Download all" not in buttons(open_page("history", cookie=person.cookie))


def test_a_search_without_hits_speaks_of_filters_only_if_there_are_some(open_page: Open, person: Person, services: Services) -> None:
    talk(services, person, "Cooking")
    tab = open_page("history", cookie=person.cookie)
    tab.test.text_input[0].set_value("zebra").run()
    assert tab.shows("Try fewer or other words")
    assert "Take the filters off" not in buttons(tab)
    assert not tab.shows("filters")


def test_filters_that_leave_nothing_can_be_taken_off_at_once(open_page: Open, person: Person, services: Services) -> None:
    talk(services, person, "Cooking")
    tab = open_page("history", cookie=person.cookie)
    next(field for field in tab.test.selectbox if field.label == "Level").set_value("C2").run()
    assert not [link for link in tab.links if link == "Cooking"]
    tab.press("Take the filters off")
    assert [link for link in tab.links if link == "Cooking"]
    assert next(field for field in tab.test.selectbox if field.label == "Level").value == ""
