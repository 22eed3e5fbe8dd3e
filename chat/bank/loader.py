"""Reads the question bank's files: topics at once, a level's questions when they are first asked for.

The files ship with the program, so a fault in one is ours: it raises `BankFileFault` and the tests find it first.
"""

import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chat.bank.errors import BankFileFault, UnknownQuestion
from chat.bank.models import LEVELS, FollowUp, LevelQuestions, Question, Topic
from chat.bank.plain_yaml import read_plain

FOLDER = Path(__file__).parent


class QuestionBank:
    """Practice questions by level and topic; safe to share between threads."""

    def __init__(self, *, folder: Path = FOLDER) -> None:
        """Read the topics of `folder`; levels follow when they are needed."""
        self._folder = folder
        self._lock = threading.Lock()
        self._levels: dict[str, LevelQuestions] = {}
        self._topics = {topic.id: topic for topic in _topics(folder / "topics.yaml")}

    def topics(self) -> tuple[Topic, ...]:
        """Return every topic in the order in which learners see them."""
        return tuple(self._topics.values())

    def topic(self, topic: str) -> Topic:
        """Return one topic; raises `UnknownQuestion` if there is none of this id."""
        if topic not in self._topics:
            raise UnknownQuestion(f"There is no topic called {topic!r}.")
        return self._topics[topic]

    def questions(self, level: str, topic: str | None = None) -> tuple[Question, ...]:
        """Return the questions of a level ("A1" … "C2"), of one topic or of all; raises `UnknownQuestion`."""
        of_level = self._level(level).by_topic
        if topic is None:
            return tuple(question for questions in of_level.values() for question in questions)
        return of_level[self.topic(topic).id]

    def get(self, question_id: str) -> Question:
        """Return the question of this id; raises `UnknownQuestion`. Reads one level at most."""
        level = question_id.partition("-")[0].upper()
        if level in LEVELS:
            for question in self.questions(level):
                if question.id == question_id:
                    return question
        raise UnknownQuestion(f"There is no question called {question_id!r}.")

    def _level(self, level: str) -> LevelQuestions:
        if level not in LEVELS:
            raise UnknownQuestion(f"There is no level called {level!r}; the levels are {', '.join(LEVELS)}.")
        with self._lock:
            if level not in self._levels:
                path = self._folder / f"{level.lower()}.yaml"
                self._levels[level] = _questions(path, level, tuple(self._topics))
            return self._levels[level]


@cache
def default_bank() -> QuestionBank:
    """Return the bank that ships with the program, read once per process."""
    return QuestionBank()


def _topics(path: Path) -> tuple[Topic, ...]:
    entries = read_plain(path)
    try:
        ids = [str(entry["id"]) for entry in entries]
        return tuple(_topic(entry, ids) for entry in entries)
    except (KeyError, TypeError, AttributeError) as fault:
        raise BankFileFault(f"{path.name}: every topic needs id, title, near and words.") from fault


def _topic(entry: Mapping[str, Any], ids: list[str]) -> Topic:
    near = [str(name) for name in entry["near"]]
    rest = [name for name in ids if name not in near and name != entry["id"]]
    return Topic(id=str(entry["id"]), title=str(entry["title"]), near=tuple(near + rest), words=frozenset(entry["words"].split()))


def _questions(path: Path, level: str, topics: tuple[str, ...]) -> LevelQuestions:
    data = read_plain(path)
    if not isinstance(data, dict) or data.get("level") != level or set(data.get("topics") or ()) != set(topics):
        raise BankFileFault(f"{path.name}: must say level: {level} and hold exactly the topics of topics.yaml.")
    by_topic = {topic: tuple(_question(path, level, topic, entry) for entry in data["topics"][topic]) for topic in topics}
    return LevelQuestions(level=level, by_topic=by_topic)


def _question(path: Path, level: str, topic: str, entry: Any) -> Question:
    try:
        return Question(
            id=str(entry["id"]),
            level=level,
            topic=topic,
            text=str(entry["text"]),
            follow_ups=tuple(_follow_up(item) for item in entry["follow_ups"]),
        )
    except (KeyError, TypeError) as fault:
        raise BankFileFault(f"{path.name}: {topic}: a question needs id, text and follow_ups: {entry!r}") from fault


def _follow_up(item: Any) -> FollowUp:
    if isinstance(item, str):
        return FollowUp(text=item)
    return FollowUp(text=str(item["ask"]), when=tuple(str(word).lower() for word in item["when"]))
