"""Which items make up one exam, and the plan of its answers. No randomness of its own."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from exam.bank.catalogue import Catalogue
from exam.bank.errors import NotEnoughItems
from exam.bank.models import LEVELS, ExamFormat, ExamItem, ExamPlan, Level, Part, PlannedTurn, Task, TurnRule

Pick = Callable[[Sequence[ExamItem]], ExamItem]


def choose_items(catalogue: Catalogue, form: ExamFormat, *, level: Level, seen_ids_last_five: Collection[str], choice: Pick) -> ExamPlan:
    """Return the plan of one exam: fresh items for every task, and one `PlannedTurn` per answer, in order.

    No item of `seen_ids_last_five` (the items of the person's last five exams) comes again while the level has another.
    Only when it has none, the levels next to it are searched, lower ones first, and only then something is repeated
    (`ExamPlan.repeated_ids`). Within one exam no item and no picture comes twice, and topics vary. `choice` picks one of
    several (`random.Random(seed).choice`, `secrets.choice`). Raises `NotEnoughItems` if there is nothing for a task.
    """
    drawn = _Draw(catalogue=catalogue, level=level, seen=frozenset(seen_ids_last_five), choice=choice)
    turns: list[PlannedTurn] = []
    for part in form.parts:
        for task in part.tasks:
            for item in drawn.items(part, task):
                turns.extend(_turns(catalogue, part, task, item, first=len(turns)))
    return ExamPlan(format_id=form.id, level=level, turns=tuple(turns), item_ids=tuple(drawn.used), repeated_ids=tuple(drawn.repeated))


@dataclass(slots=True, kw_only=True)
class _Draw:
    """What has been drawn for one exam so far."""

    catalogue: Catalogue
    level: Level
    seen: frozenset[str]
    choice: Pick
    used: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    topics: dict[str, list[str]] = field(default_factory=dict)

    def items(self, part: Part, task: Task) -> Iterable[ExamItem]:
        for _ in range(task.items):
            item = self._one(part, task)
            self.used.append(item.id)
            self.shown.update(item.pictures)
            self.topics.setdefault(part.id, []).append(item.topic)
            yield item

    def _one(self, part: Part, task: Task) -> ExamItem:
        for level in self._levels():
            pool = [item for item in self.catalogue.items(task.kind, level) if item.id not in self.used]
            fresh = [item for item in pool if item.id not in self.seen]
            if fresh:
                return self.choice(self._preferred(fresh, part, task))
        again = [item for level in self._levels() for item in self.catalogue.items(task.kind, level) if item.id not in self.used]
        if not again:
            raise NotEnoughItems(f"There is no item of kind {task.kind} for part {part.title!r}. Add some, or choose another format.")
        item = self.choice(again)
        self.repeated.append(item.id)
        return item

    def _levels(self) -> list[Level]:
        at = LEVELS.index(self.level)
        return sorted(LEVELS, key=lambda level: (abs(LEVELS.index(level) - at), LEVELS.index(level) > at))

    def _preferred(self, fresh: list[ExamItem], part: Part, task: Task) -> list[ExamItem]:
        """Narrow down by each wish in turn, as far as something is left."""
        near = set(self.topics.get(task.same_topic_as, ()))
        here = set(self.topics.get(part.id, ()))
        earlier = {topic for topics in self.topics.values() for topic in topics}
        seen_pictures = {
            name for item_id in self.seen if self.catalogue.has_item(item_id) for name in self.catalogue.item(item_id).pictures
        }
        wishes: list[Callable[[ExamItem], bool]] = [
            lambda item: not self.shown.intersection(item.pictures),
            lambda item: not seen_pictures.intersection(item.pictures),
            (lambda item: item.topic in near) if near else (lambda item: item.topic not in here),
            (lambda _: True) if near else (lambda item: item.topic not in earlier),
        ]
        for wish in wishes:
            fresh = [item for item in fresh if wish(item)] or fresh
        return fresh


def _turns(catalogue: Catalogue, part: Part, task: Task, item: ExamItem, *, first: int) -> Iterable[PlannedTurn]:
    rules = [(rule, number) for rule in task.turns for number in range(rule.times)]
    for offset, (rule, number) in enumerate(rules):
        yield PlannedTurn(
            key=f"{part.id}-{first + offset + 1}",
            part_id=part.id,
            item_id=item.id,
            kind=item.kind,
            ask=rule.ask,
            text=_text(item, rule, number),
            bullets=item.bullets if rule.ask == "main" else (),
            options=item.options if rule.ask in {"main", "decision"} else (),
            pictures=catalogue.pictures_of(item),
            candidates=item.follow_ups if rule.ask == "follow_up" else (),
            preparation_seconds=rule.preparation_seconds,
            answer_seconds=rule.answer_seconds,
            min_seconds=rule.min_seconds,
            min_words=max(rule.min_words, item.min_words if rule.ask == "main" else 0),
            scored=rule.scored,
        )


def _text(item: ExamItem, rule: TurnRule, number: int) -> str:
    if rule.ask == "question":
        return item.questions[number]
    return {"main": item.prompt, "reply": item.reply, "decision": item.decision, "follow_up": ""}[rule.ask]
