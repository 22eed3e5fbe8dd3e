"""Markdown of people and models, read as other programs read it: nothing in it loads, runs or leads where it does not say."""

import re

import pytest

from chat.markdown import harmless

LIVE = re.compile(r"(?<!\\)(?:\\\\)*(?:<[A-Za-z/!?]|!\[|\]\((?!https?://|mailto:)|\]:(?!\s*https?://|\s*mailto:))", re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "[click](javascript:alert(1))",
        "[click](java&#115;cript:alert(1))",
        "[click]( JavaScript:alert(1))",
        "[click](<javascript:alert(1)>)",
        "[click](data:text/html,hello)",
        "[click](file:///etc/passwd)",
        "[click](/delete)",
        "[click][1]\n\n[1]: javascript:alert(1)",
        "[click][1]\n\n[1]:\njavascript:alert(1)",
        "<javascript:alert(1)>",
        r"\<img src=x onerror=alert(1)>",
        r"\\\\<img src=x onerror=alert(1)>",
        r"\[click](javascript:alert(1))",
        r"[click\\](javascript:alert(1))",
        r"!\\[x](https://evil.example/x.png)",
        r"\`<img src=x>\` and \`[x](javascript:alert(1))\`",
        "one ` mark\n`<img src=x>`",
        "`a | <img src=x>`\n|-|-|",
        "~~~ a | b\n|-|-|\n<img src=x>",
    ],
)
def test_nothing_runs_loads_or_leads_elsewhere(text: str) -> None:
    assert LIVE.search(text) or "\\" in text
    assert not LIVE.search(harmless(text))


def test_links_to_the_web_and_to_a_mailbox_stay() -> None:
    text = "[a](https://example.org/b) [c](mailto:ana@example.org) [d][1]\n\n[1]: http://example.org"
    assert harmless(text) == text


def test_code_is_left_as_it_is() -> None:
    text = "`a < b` and `x: <y>`\n```html\n<p>[a](b)</p>\n```\nend"
    assert harmless(text) == text


@pytest.mark.parametrize("rule", ["|:-----|-----:|", "| :-: | - |", ":--|--:", "  |-|:-:|"])
def test_a_table_with_aligned_columns_stays_a_table_where_colons_are_escaped(rule: str) -> None:
    text = f"Here:\n\n| Word | Level |\n{rule}\n| `dog` | :red[A1] |\n"
    safe = harmless(text, risky="<$:")
    assert safe.split("\n")[3] == rule
    assert "Here\\:" in safe
    assert ":red" not in safe.replace("\\:", "")


@pytest.mark.parametrize("line", ["|:-a|", ":material/star:|-", "|-|:-|<img src=x>", "a|:-"])
def test_only_a_line_of_marks_is_the_rule_of_a_table(line: str) -> None:
    assert ":" not in harmless(line, risky="<$:").replace("\\:", "")
    assert not LIVE.search(harmless(line, risky="<$:"))


@pytest.mark.parametrize("turn", ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"])
def test_words_stand_in_the_order_in_which_they_are_written(turn: str) -> None:
    assert harmless(f"see {turn}gpj.exe `{turn}code`\n```\n{turn}code\n```") == "see gpj.exe `code`\n```\ncode\n```"


@pytest.mark.parametrize("piece", ["\\", "`", "](", "![", "```a`", "<a", "\\`", "|-", "|-\n", "-:", "|"])
def test_no_pattern_of_marks_takes_long(piece: str) -> None:
    """Twice the text, about twice the steps: a pattern that tries every split would need minutes for this one."""
    assert harmless(piece * 200_000)
