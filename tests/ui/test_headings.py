"""Headings go down one step at a time, so that somebody who jumps from one to the next misses none."""

import pytest

from tests.ui.tabs import Open, Person

OURS = ("", "practice", "history", "security", "privacy")


@pytest.mark.parametrize("path", OURS)
def test_below_the_title_comes_the_second_level(open_page: Open, person: Person, path: str) -> None:
    tab = open_page(path, cookie=person.cookie)
    assert tab.heading
    assert tab.test.header
    assert not tab.test.subheader
