"""The formats: what exam.md-style tables say about parts, counts and seconds, and that an exam can always be held."""

import random

import pytest

from exam.bank import LEVELS, Catalogue, ExamFormat, Level, choose_items, default_catalogue

CATALOGUE = default_catalogue()
EVERY = [(form, level) for form in CATALOGUE.formats() for level in form.levels]


def named(form: ExamFormat, level: str) -> str:
    return f"{form.id}-{level}"


def seconds(form_id: str, part: str) -> list[tuple[str, int, int]]:
    """Kind, preparation and answer seconds of every answer of a part."""
    found = next(p for p in CATALOGUE.format(form_id).parts if p.id == part)
    return [
        (task.kind, turn.preparation_seconds, turn.answer_seconds)
        for task in found.tasks
        for _ in range(task.items)
        for turn in task.turns
        for _ in range(turn.times)
    ]


def test_every_style_is_there_with_its_minutes() -> None:
    minutes = {form.id: form.minutes for form in CATALOGUE.formats()}
    assert minutes == {
        "quick-check": (3, 3),
        "a2-style": (8, 10),
        "b1-style": (12, 12),
        "b2-style": (14, 14),
        "c1-style": (15, 15),
        "c2-style": (16, 16),
        "ielts-style": (11, 14),
        "aptis-style": (12, 12),
        "linguaskill-style": (15, 15),
    }


@pytest.mark.parametrize(
    ("form_id", "minutes"),
    [
        ("b1-style", [2, 3, 4, 4]),
        ("b2-style", [2, 4, 4, 4]),
        ("c1-style", [2, 4, 4, 5]),
        ("c2-style", [2, 4, 10]),
    ],
)
def test_parts_take_the_minutes_of_their_style(form_id: str, minutes: list[int]) -> None:
    assert [part.minutes[1] for part in CATALOGUE.format(form_id).parts] == minutes


def test_answers_have_the_counts_and_seconds_of_their_style() -> None:
    assert seconds("a2-style", "interview") == [("interview", 0, 20)] * 4
    assert seconds("a2-style", "exchange") == [("collaborative", 0, 60)] * 2
    assert seconds("b1-style", "photo")[0] == ("photo", 0, 60)
    assert seconds("b2-style", "long-turn") == [("two_photos", 0, 60), ("two_photos", 0, 30)]
    assert seconds("b2-style", "collaborative") == [("collaborative", 0, 120), ("collaborative", 0, 60)]
    assert seconds("c1-style", "long-turn") == [("two_photos", 0, 60), ("two_photos", 0, 30)]
    assert seconds("c1-style", "collaborative") == [("collaborative", 0, 120), ("collaborative", 0, 60)]
    assert seconds("c2-style", "collaborative") == [("collaborative", 0, 60), ("collaborative", 0, 180)]
    assert seconds("c2-style", "long-turn")[0] == ("long_turn", 0, 120)
    assert seconds("ielts-style", "long-turn") == [("long_turn", 60, 120), ("long_turn", 0, 30), ("long_turn", 0, 30)]
    assert seconds("aptis-style", "personal") == [("interview", 0, 30)] * 3
    assert seconds("aptis-style", "photo") == [("photo", 0, 45)] * 3
    assert seconds("aptis-style", "two-photos") == [("two_photos", 0, 45)] * 3
    assert seconds("aptis-style", "abstract") == [("abstract", 60, 120)]
    assert seconds("linguaskill-style", "interview") == [("interview", 0, 10)] * 4 + [("interview", 0, 20)] * 4
    assert len(seconds("linguaskill-style", "read-aloud")) == 8
    assert seconds("linguaskill-style", "talk") == [("long_turn", 40, 60)]
    assert seconds("linguaskill-style", "graphic") == [("graphic", 60, 60)]
    assert seconds("linguaskill-style", "opinions") == [("opinion", 0, 20)] * 5


def test_the_quick_check_is_three_minutes_of_speaking() -> None:
    assert CATALOGUE.format("quick-check").speaking_seconds == 180


def test_reading_aloud_is_never_scored_and_everything_else_is() -> None:
    for form in CATALOGUE.formats():
        for part in form.parts:
            for task in part.tasks:
                assert all(turn.scored == (task.kind != "read_aloud") for turn in task.turns)


def test_scales_give_the_bands_of_their_style_and_only_where_there_is_one() -> None:
    scale = CATALOGUE.format("ielts-style").scale
    assert scale is not None
    assert scale.levels == {"B1": "4–5", "B2": "5.5–6.5", "C1": "7–8", "C2": "8.5–9"}
    cambridge = {"A2": "120–139", "B1": "140–159", "B2": "160–179", "C1": "180–199", "C2": "200–230"}
    for form_id in ("a2-style", "b1-style", "b2-style", "c1-style", "c2-style"):
        own = CATALOGUE.format(form_id).scale
        assert own is not None
        assert own.levels.items() <= cambridge.items()
    assert CATALOGUE.format("aptis-style").scale is None


@pytest.mark.parametrize("form", CATALOGUE.formats(), ids=lambda form: form.id)
def test_every_format_is_honest_about_itself(form: ExamFormat) -> None:
    assert form.honesty == "Practice estimate, not an official result."
    assert "style of" in form.style or form.id == "quick-check"
    assert "-style" in form.title or form.id == "quick-check"
    assert len(form.description) > 80
    assert set(form.levels) <= set(LEVELS[LEVELS.index(form.lowest) : LEVELS.index(form.highest) + 1])


def test_ielts_criteria_weigh_the_same() -> None:
    assert [criterion.weight for criterion in CATALOGUE.format("ielts-style").criteria] == [1, 1, 1, 1]


@pytest.mark.parametrize("form", CATALOGUE.formats(), ids=lambda form: form.id)
def test_candidates_can_say_the_least_words_in_the_time(form: ExamFormat) -> None:
    # 130 words a minute is ordinary speech; nobody must have to rush to be heard.
    for part in form.parts:
        for task in part.tasks:
            for turn in task.turns:
                assert turn.min_words <= turn.answer_seconds * 130 / 60 * 0.7
                assert turn.min_seconds < turn.answer_seconds


@pytest.mark.parametrize(("form", "level"), EVERY, ids=[named(*pair) for pair in EVERY])
@pytest.mark.parametrize("seed", range(5))
def test_six_exams_in_a_row_never_repeat_an_item(form: ExamFormat, level: Level, seed: int) -> None:
    pick = random.Random(seed).choice
    taken: list[tuple[str, ...]] = []
    for _ in range(8):
        seen = {item_id for exam in taken[-5:] for item_id in exam}
        plan = choose_items(CATALOGUE, form, level=level, seen_ids_last_five=seen, choice=pick)
        assert not seen & set(plan.item_ids)
        assert len(set(plan.item_ids)) == len(plan.item_ids)
        assert not plan.repeated_ids
        assert all(level in CATALOGUE.item(item_id).levels for item_id in plan.item_ids)
        taken.append(plan.item_ids)


@pytest.mark.parametrize(("form", "level"), EVERY, ids=[named(*pair) for pair in EVERY])
def test_a_plan_asks_exactly_what_the_format_says(form: ExamFormat, level: Level) -> None:
    plan = choose_items(CATALOGUE, form, level=level, seen_ids_last_five=(), choice=random.Random(1).choice)
    assert len(plan.turns) == form.turn_count
    assert len({turn.key for turn in plan.turns}) == len(plan.turns)
    assert sum(turn.answer_seconds for turn in plan.turns) == form.speaking_seconds
    assert list(dict.fromkeys(turn.part_id for turn in plan.turns)) == [part.id for part in form.parts]
    for turn in plan.turns:
        assert bool(turn.text) == (turn.ask != "follow_up")
        assert bool(turn.candidates) == (turn.ask == "follow_up")
        for picture in turn.pictures:
            assert CATALOGUE.show(picture).alt


def test_no_picture_is_shown_for_two_tasks_of_one_exam() -> None:
    form = CATALOGUE.format("aptis-style")
    for seed in range(60):
        plan = choose_items(CATALOGUE, form, level="B2", seen_ids_last_five=(), choice=random.Random(seed).choice)
        shown = [picture for item_id in plan.item_ids for picture in CATALOGUE.item(item_id).pictures]
        assert len(set(shown)) == len(shown)


def test_a_discussion_stays_with_the_topic_of_the_task_before_it() -> None:
    form = CATALOGUE.format("b2-style")
    for seed in range(20):
        plan = choose_items(CATALOGUE, form, level="B2", seen_ids_last_five=(), choice=random.Random(seed).choice)
        topics = {turn.part_id: CATALOGUE.item(turn.item_id).topic for turn in plan.turns}
        assert topics["discussion"] == topics["collaborative"]


def test_interview_questions_of_one_exam_cover_different_topics() -> None:
    form = CATALOGUE.format("ielts-style")
    plan = choose_items(CATALOGUE, form, level="B1", seen_ids_last_five=(), choice=random.Random(4).choice)
    topics = [CATALOGUE.item(turn.item_id).topic for turn in plan.turns if turn.part_id == "interview"]
    assert len(set(topics)) == 9


def test_a_used_up_level_takes_from_the_level_below_before_it_repeats() -> None:
    form = CATALOGUE.format("b2-style")
    everything = [item.id for item in CATALOGUE.items("collaborative", "B2")]
    plan = choose_items(CATALOGUE, form, level="B2", seen_ids_last_five=everything, choice=random.Random(0).choice)
    chosen = next(CATALOGUE.item(turn.item_id) for turn in plan.turns if turn.kind == "collaborative")
    assert chosen.levels == ("B1",)
    assert not plan.repeated_ids


def test_a_used_up_catalogue_repeats_and_says_so() -> None:
    form = CATALOGUE.format("quick-check")
    everything = [item.id for item in CATALOGUE.items()]
    plan = choose_items(CATALOGUE, form, level="B1", seen_ids_last_five=everything, choice=random.Random(0).choice)
    assert set(plan.repeated_ids) == set(plan.item_ids)


def test_items_that_a_school_has_taken_away_do_not_disturb_the_choice() -> None:
    form = CATALOGUE.format("quick-check")
    plan = choose_items(CATALOGUE, form, level="A1", seen_ids_last_five=["gone-for-good"], choice=random.Random(0).choice)
    assert len(plan.turns) == 4


def test_a_kind_without_any_item_is_an_error_that_says_what_to_do() -> None:
    from exam.bank import NotEnoughItems

    empty = Catalogue(formats=CATALOGUE.formats(), items=(), pictures=())
    with pytest.raises(NotEnoughItems, match="Add some"):
        choose_items(empty, CATALOGUE.format("quick-check"), level="A1", seen_ids_last_five=(), choice=random.Random(0).choice)
