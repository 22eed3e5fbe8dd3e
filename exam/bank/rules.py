"""What an item of each kind must have, and what the parts of a format may ask of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from exam.bank.models import Ask, ExamFormat, ExamItem, Kind, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """What an item of a kind holds: least numbers of entries, and the fields that mean something for it."""

    asks: tuple[Ask, ...] = ("main",)
    questions: int = 0
    bullets: int = 0
    options: int = 0
    follow_ups: int = 0
    pictures: int = 0
    decision: bool = False
    reply: bool = False


RULES: dict[Kind, KindRule] = {
    "interview": KindRule(),
    "read_aloud": KindRule(),
    "opinion": KindRule(),
    "photo": KindRule(asks=("main", "follow_up"), follow_ups=2, pictures=1),
    "two_photos": KindRule(asks=("main", "reply", "follow_up"), follow_ups=2, pictures=2, reply=True),
    "collaborative": KindRule(asks=("main", "decision", "follow_up"), options=3, decision=True),
    "discussion": KindRule(asks=("main", "question"), questions=4),
    "conversation": KindRule(asks=("main", "question"), questions=3),
    "long_turn": KindRule(asks=("main", "follow_up"), bullets=3, follow_ups=2),
    "graphic": KindRule(asks=("main", "follow_up"), follow_ups=1, pictures=1),
    "abstract": KindRule(bullets=3),
}
_COUNTED = ("questions", "bullets", "options", "follow_ups", "pictures")
_ALWAYS = {"follow_ups": " without key words and without {mention}"}
LONGEST_PROMPT_WORDS = {"A1": 20, "A2": 28, "B1": 40, "B2": 55, "C1": 70, "C2": 75}


def item_faults(item: ExamItem) -> Iterable[tuple[str, str, str]]:
    """Yield field, message and fix for everything that an item of its kind lacks or holds in vain."""
    rule = RULES[item.kind]
    for name in _COUNTED:
        least, have = getattr(rule, name), _always_usable(item, name)
        if have < least:
            yield (
                name,
                f"an item of kind {item.kind} needs at least {least} {name}{_ALWAYS.get(name, '')}, this one has {have}.",
                f"Add to {name}.",
            )
        if getattr(item, name) and not least and name != "pictures" and not (name == "follow_ups" and "follow_up" in rule.asks):
            yield name, f"{name} are never asked in an item of kind {item.kind}.", f"Delete {name}, or choose another kind."
    for name in ("decision", "reply"):
        if getattr(rule, name) and not getattr(item, name):
            yield name, f"an item of kind {item.kind} needs a {name}.", f"Add a line `{name}: …` with the question."
        if getattr(item, name) and not getattr(rule, name):
            yield name, f"a {name} is never asked in an item of kind {item.kind}.", f"Delete {name}."
    yield from _text_faults(item)


def _always_usable(item: ExamItem, name: str) -> int:
    """How many entries can be asked whatever was said: not the follow-ups that wait for a key word or a phrase."""
    if name == "follow_ups":
        return sum(not follow_up.when and not follow_up.takes_mention for follow_up in item.follow_ups)
    return len(getattr(item, name))


def _text_faults(item: ExamItem) -> Iterable[tuple[str, str, str]]:
    for field, text in item_texts(item):
        left = text.replace("{mention}", "") if field == "follow_ups" else text
        if "{" in left or "}" in left:
            yield field, f"{text!r} holds a placeholder that cannot be filled.", "Only {mention} is known, and only in follow-ups."
        if "<" in left or ">" in left:
            yield field, f"{text!r} holds markup.", "Write plain text without < and >."


def item_hints(item: ExamItem) -> Iterable[tuple[str, str, str]]:
    """Yield field, message and fix for what is allowed but will probably not serve the candidate."""
    lowest = item.levels[0]
    words, limit = len(item.prompt.split()), LONGEST_PROMPT_WORDS[lowest]
    if words > limit:
        yield "prompt", f"the prompt has {words} words, much for {lowest}.", f"Say it in {limit} words or fewer."
    if item.kind not in {"read_aloud", "long_turn", "photo", "graphic"} and item.prompt[-1] not in "?.!":
        yield "prompt", "the prompt ends without a full stop or question mark.", "End it as a sentence."


def item_texts(item: ExamItem) -> Iterable[tuple[str, str]]:
    """Yield field and text of everything in an item that a candidate may read."""
    yield "prompt", item.prompt
    for name in ("questions", "bullets"):
        yield from ((name, text) for text in getattr(item, name))
    yield from (("options", option.text) for option in item.options)
    yield from (("follow_ups", follow_up.text) for follow_up in item.follow_ups)
    for name in ("decision", "reply"):
        if getattr(item, name):
            yield name, getattr(item, name)


def format_faults(form: ExamFormat) -> Iterable[tuple[tuple[str | int, ...], str, str]]:
    """Yield place, message and fix for everything in a format that could not be held."""
    order = ("A1", "A2", "B1", "B2", "C1", "C2")
    if order.index(form.lowest) > order.index(form.highest):
        yield ("lowest",), f"lowest is {form.lowest}, above highest, {form.highest}.", "Exchange the two."
    if form.minutes[0] > form.minutes[1]:
        yield ("minutes",), "the shortest time is longer than the longest.", "Write [shortest, longest]."
    seen: set[str] = set()
    for index, part in enumerate(form.parts):
        if part.id in seen:
            yield ("parts", index, "id"), f"two parts are called {part.id!r}.", "Give one of them another id."
        for number, task in enumerate(part.tasks):
            for message, fix in _task_faults(task, earlier=seen | {part.id} if number else seen):
                yield ("parts", index, "tasks", number), message, fix
        seen.add(part.id)


def _task_faults(task: Task, *, earlier: set[str]) -> Iterable[tuple[str, str]]:
    rule = RULES[task.kind]
    for turn in task.turns:
        if turn.ask not in rule.asks:
            yield f"items of kind {task.kind} have no {turn.ask}.", f"Ask one of {', '.join(rule.asks)}."
        if turn.min_seconds > turn.answer_seconds:
            yield "min_seconds is above answer_seconds: no answer could be long enough.", "Lower min_seconds."
        least = {"question": rule.questions, "follow_up": rule.follow_ups}.get(turn.ask, 1)
        if turn.ask in rule.asks and turn.times > least:
            yield f"{turn.ask} is asked {turn.times} times, but an item may have only {least}.", f"Write times: {least} or fewer."
    if task.same_topic_as and task.same_topic_as not in earlier:
        yield f"there is no earlier part {task.same_topic_as!r}.", "Name the id of a part before this one."
