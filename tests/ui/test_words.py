"""Text on pages: what people and models write is shown and never obeyed; times read as people say them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from auth.models import Role
from ui import markup, menu, when

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "![x](https://evil.example/x.png)",
        ":red[danger]",
        ":material/home:",
        "$\\LaTeX$",
        "[click](javascript:alert(1))",
        "# big",
    ],
)
def test_what_a_person_wrote_never_becomes_markup(text: str) -> None:
    import re

    shown = markup.plain(text)
    unescaped = re.sub(r"\\(.)", r"\1", shown).replace("\u200b", "")
    assert unescaped == text
    assert not re.search(r"(?<!\\)[<$:\[#!]", shown)


@given(some.text())
def test_escaping_keeps_every_character_in_order(text: str) -> None:
    shown = iter(markup.plain(text))
    assert all(character in shown for character in text)


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("<img src=x>", r"(?<!\\)<"),
        ("![x](https://evil.example/x.png)", r"(?<!\\)!(?!\\)\["),
        ("cost $5 and $6", r"(?<!\\)\$"),
        (":red[x] and :material/home:", r"(?<!\\):"),
    ],
)
def test_an_examiners_words_cannot_load_run_or_restyle_anything(text: str, forbidden: str) -> None:
    import re

    assert not re.search(forbidden, markup.rich(text))


def test_an_examiners_emphasis_lists_and_code_stay() -> None:
    text = "**Good.** Try:\n\n- one\n\n```\nif a < b: print('$')\n```\n and `a: <b>`"
    shown = markup.rich(text)
    assert "**Good.**" in shown
    assert "- one" in shown
    assert "if a < b: print('$')" in shown
    assert "`a: <b>`" in shown


@pytest.mark.parametrize("shown", [markup.plain(":material/home:"), markup.rich("a :material/home: and :streamlit:")])
def test_no_icon_is_made_of_words(shown: str) -> None:
    # icons are looked for in text whose escapes are resolved
    bare = shown.replace("\\", "")
    assert ":material/" not in bare
    assert ":streamlit" not in bare


def test_an_examiners_headings_rank_below_those_of_the_page() -> None:
    shown = markup.rich("# Big\n\n`a` # no heading\n\n```\n# a comment\n```\n## Second")
    assert shown == "#### Big\n\n`a` # no heading\n\n```\n# a comment\n```\n#### Second"


def test_an_unfinished_code_block_is_drawn_as_code_while_it_grows() -> None:
    assert "a < b" in markup.rich("Look:\n```\na < b")


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(minutes=5), "today at 12:55"),
        (timedelta(hours=20), "yesterday at 17:00"),
        (timedelta(days=3), "11 March 2026"),
    ],
)
def test_times_are_said_in_the_persons_own_time_zone(back: timedelta, words: str) -> None:
    assert when.said(NOW - back, now=NOW, zone=ZoneInfo("Europe/Madrid")) == words


def test_a_stranger_is_offered_no_private_page() -> None:
    listed = {entry.title for entry in menu.ENTRIES if menu.is_listed(entry, None)}
    assert {"Home", "Sign in", "Create account"} <= listed
    assert not listed & {"Practice", "History", "Account"}


def test_a_learner_is_offered_nothing_of_teachers_and_admins() -> None:
    for entry in menu.ENTRIES:
        if entry.audience in {menu.Audience.TEACHERS, menu.Audience.ADMINS}:
            assert not menu.is_open(entry, Role.LEARNER)
            assert not menu.is_known(entry, Role.LEARNER)
        if entry.audience is menu.Audience.STRANGERS:
            assert not menu.is_listed(entry, Role.LEARNER)


def test_every_page_file_is_in_the_menu_and_the_other_way_round() -> None:
    files = {path.stem for path in menu.FOLDER.glob("*.py")} - {"__init__"}
    assert files == {entry.file for entry in menu.ENTRIES}


def test_every_page_is_documented() -> None:
    documented = (menu.FOLDER.parent / "docs" / "pages.md").read_text()
    assert [entry.file for entry in menu.ENTRIES if f"| `/{entry.path}` | `pages/{entry.file}.py` |" not in documented] == []


def test_addresses_of_pages_do_not_collide() -> None:
    paths = [entry.path for entry in menu.ENTRIES]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize(
    "page",
    [entry for entry in menu.ENTRIES if entry.audience not in {menu.Audience.EVERYBODY, menu.Audience.STRANGERS}],
    ids=lambda entry: entry.file,
)
def test_the_first_statement_of_a_private_page_is_its_guard(page: menu.Entry) -> None:
    import ast

    body = ast.parse((menu.FOLDER / f"{page.file}.py").read_text()).body
    statements = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom | ast.Expr)]
    assert "session.require_" in ast.unparse(statements[0])
    assert all(isinstance(node.value, ast.Constant) for node in body[: body.index(statements[0])] if isinstance(node, ast.Expr))
