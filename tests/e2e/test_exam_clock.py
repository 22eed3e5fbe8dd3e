"""The clock acts by itself in front of a person who does nothing. A format with short times stands in for long waits."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import NO_LIMITS, App, start_app
from tests.e2e.exam_room import ANSWERS, Room
from tests.e2e.newcomers import newcomer

pytestmark = pytest.mark.e2e
SHORT = """
id: short-times
order: 5
title: Short times
style: In the style of nothing
description: Two questions with hardly any time.
honesty: Practice estimate, not an official result.
minutes: 1
levels: [B1]
lowest: A1
highest: C2
criteria:
  - {id: range, title: Vocabulary, aspects: [range]}
parts:
  - id: questions
    title: Two quick questions
    instructions: Be quick.
    minutes: 1
    tasks:
      - kind: interview
        items: 2
        turns:
          - {ask: main, preparation_seconds: 6, answer_seconds: 12, min_words: 5}
"""


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Return an app of a school with a format of its own and six seconds of grace."""
    folder = tmp_path_factory.mktemp("school")
    Path(folder, "short-times.yaml").write_text(SHORT, encoding="utf-8")
    settings = {**NO_LIMITS, "EXAM__ITEMS_FOLDER": str(folder), "EXAM__GRACE_SECONDS": "6"}
    running = start_app(tmp_path_factory.mktemp("data"), settings=settings)
    yield running
    running.stop()


def test_preparation_turns_into_answering_and_a_question_closes_without_a_hand_on_the_mouse(browser: Browser, quick: App) -> None:
    context = browser.new_context()
    room = Room(newcomer(context.new_page(), quick, "Eva Núñez", "clock@example.com")).start("Short times").at(1, 2)
    room.visitor.press("Start preparing")
    notes = room.visitor.page.get_by_label("Your notes (only you see them)", exact=True)
    notes.fill("small town, sea")
    expect(room.main.get_by_text("Time to answer")).to_be_visible()
    expect(notes).to_have_value("small town, sea")
    room.by("Type").field.fill(ANSWERS[0])
    expect(room.main.get_by_text("Time is over. Stop now and hand in your answer.").first).to_be_visible()
    room.at(2, 2)
    expect(room.main.get_by_text("What you had typed was handed in.")).to_be_visible()

    room.settled().visitor.press("Answer without preparing")
    room.visitor.sees("All questions answered")
    expect(room.main.get_by_text("so it counts as not answered.")).to_be_visible()
    said, unsaid = room.main.locator(".viva-answer"), room.main.locator("details")
    expect(said).to_have_text([re.compile(re.escape(ANSWERS[0]))])
    expect(unsaid.locator("summary")).to_have_text("One question has no answer")
    expect(unsaid.locator("li")).to_have_count(1)
    room.settled().report()
    context.close()
