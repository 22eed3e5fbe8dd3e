"""Checking files: what is wrong, on which line, and what to do about it."""

from pathlib import Path

import pytest

from exam.bank import CatalogueFault, UnknownFormat, UnknownItem, catalogue, check_files, load_catalogue
from exam.check import main

GOOD = """\
items:
  - id: my-school-1
    kind: interview
    levels: [A2]
    topic: food
    prompt: What does the canteen cook on Fridays?
"""


def write(folder: Path, content: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_the_programs_own_files_have_nothing_to_complain_about() -> None:
    assert check_files([]) == []


def test_a_teachers_file_is_checked_and_then_seen_in_the_app(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    assert check_files([path]) == []
    loaded = load_catalogue([tmp_path])
    assert loaded.item("my-school-1").prompt.startswith("What does")
    assert loaded.item("my-school-1") in loaded.items("interview", "A2")
    assert loaded.problems == ()


def test_a_folder_that_is_not_there_yet_is_no_problem(tmp_path: Path) -> None:
    assert load_catalogue([tmp_path / "items"]).items() == load_catalogue().items()


def test_a_teacher_can_add_a_picture_and_a_format(tmp_path: Path) -> None:
    write(
        tmp_path,
        "pictures:\n  - id: our-yard\n    scene: park\n    things:\n      - tree: [100, 300]\n"
        "    alt: The yard of our school in summer, with one large tree on the left and nobody in it.\n"
        "items:\n  - id: yard\n    kind: photo\n    levels: [A2]\n    topic: work_and_study\n    prompt: Describe our yard.\n"
        "    pictures: [our-yard]\n    follow_ups: [Do you like it?, What is missing?]\n",
    )
    own = Path(catalogue.FOLDERS[0]) / "quick-check.yaml"
    write(tmp_path, own.read_text(encoding="utf-8").replace("id: quick-check", "id: our-check"), "our-check.yaml")
    loaded = load_catalogue([tmp_path])
    assert loaded.problems == ()
    assert "tree" in loaded.show("our-yard").alt
    assert loaded.format("our-check").turn_count == 4


@pytest.mark.parametrize(
    ("change", "line", "says", "fix"),
    [
        (("    topic: food\n", ""), 2, "'topic' is missing", "topic: …"),
        (("prompt:", "promt:"), 6, "'promt' is not known", "Did you mean 'prompt'?"),
        (("kind: interview", "kind: intervew"), 3, "kind is 'intervew'", "'interview'"),
        (("[A2]", "[A7]"), 4, "levels.0 is 'A7'", "'A2'"),
        (("[A2]", "A2"), 4, "not a list", "as a list"),
        (("my-school-1", "My School!"), 2, "id is 'My School!'", "small letters"),
        (("topic: food", "topic: cars"), 2, "there is no topic 'cars'", "culture_and_media"),
        (("What does the canteen cook on Fridays?", "''"), 6, "prompt is empty", "Write something"),
        (("What does the canteen cook on Fridays?", "[a]"), 6, "which is not a text", "quotation marks"),
        (("kind: interview", "kind: discussion"), 2, "needs at least 4 questions", "Add to questions"),
        (("kind: interview", "kind: collaborative\n    options: [{text: a}, {text: b}, {text: c}]"), 2, "needs a decision", "decision: …"),
        (("on Fridays?", "on {day}?"), 6, "placeholder that cannot be filled", "Only {mention}"),
        (("on Fridays?", "on <b>Fridays</b>?"), 6, "holds markup", "plain text"),
        (("Fridays?", "Fridays?\n    pictures: [nowhere]"), 2, "no picture 'nowhere'", "pictures:"),
        (("my-school-1", "int-a1-01"), 2, "used in interview.yaml already", "another id"),
        (("Fridays?", "Fridays?\n    topic: travel"), 7, "'topic' stands here a second time", "Delete"),
        (("Fridays?", "Fridays?\n    bullets: [one]"), 7, "bullets are never asked", "Delete bullets"),
        (("items:", "itms:"), 1, "the file has no items", "Begin with a line `items:`"),
        (("Fridays?", "Fridays?\n    follow_ups: [{when: x, ask: y}]"), 7, "a follow-up is a sentence", ""),
        (("topic: food", "topic: food: hot"), 5, "this is not YAML", "colon"),
    ],
)
def test_a_slip_is_named_with_its_line_and_its_cure(tmp_path: Path, change: tuple[str, str], line: int, says: str, fix: str) -> None:
    path = write(tmp_path, GOOD.replace(*change))
    found = check_files([path])
    hits = [problem for problem in found if says in problem.message]
    assert hits, [str(problem) for problem in found]
    assert hits[0].line == line
    assert fix in hits[0].fix
    assert str(hits[0]).startswith(f"{path}:{line}: ")


def test_two_items_with_one_id_in_one_file_are_found(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD + GOOD.removeprefix("items:\n"))
    (problem,) = check_files([path])
    assert problem.line == 7
    assert "used twice" in problem.message


def test_a_long_prompt_is_only_a_hint(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.replace("canteen", "canteen " + "very " * 30))
    (problem,) = check_files([path])
    assert problem.warning
    assert "hint" in str(problem)
    assert load_catalogue([tmp_path]).item("my-school-1")


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"items: &a [*a]\n",
        b"x: &x [1]\ny: [*x, *x]\n",
        b"",
        b"[]",
        b"items: []",
        b"- 1",
        b"items: 3",
        b"items: []\ndefaults: 3",
        b"pictures: {a: 1}",
        b"items: [3]",
        b"items: [{1: 2}]",
        b"items: [{id: ' a '}]",
        b"{" * 5000,
    ],
)
def test_a_strange_file_is_a_problem_and_not_a_crash(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "strange.yaml"
    path.write_bytes(content)
    problems = check_files([path])
    assert problems
    assert all(problem.path == path for problem in problems)
    assert load_catalogue([tmp_path]).items()


def test_a_faulty_file_of_a_school_is_left_out_and_reported_while_the_others_stay(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("my-school-1", "my-school-2").replace("topic: food", "topic: none"), "broken.yaml")
    loaded = load_catalogue([tmp_path])
    assert loaded.has_item("my-school-1")
    assert not loaded.has_item("my-school-2")
    assert [problem.path.name for problem in loaded.problems] == ["broken.yaml"]


def test_a_school_cannot_replace_an_item_of_the_program(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("my-school-1", "int-a1-01"))
    loaded = load_catalogue([tmp_path])
    assert "name" in loaded.item("int-a1-01").prompt
    assert loaded.problems


def test_a_fault_in_the_programs_own_files_stops_the_start_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, GOOD.replace("kind: interview", "kind: nothing"))
    monkeypatch.setattr(catalogue, "FOLDERS", (tmp_path,))
    with pytest.raises(CatalogueFault, match=r"mine\.yaml:3: item my-school-1: kind is 'nothing'"):
        load_catalogue()


def test_a_format_is_checked_as_well(tmp_path: Path) -> None:
    text = (catalogue.FOLDERS[0] / "aptis-style.yaml").read_text(encoding="utf-8").replace("id: aptis-style", "id: mine")
    path = write(
        tmp_path, text.replace("ask: follow_up, times: 2", "ask: decision, times: 2").replace("minutes: 12", "minutes: 12\nhonestly: yes")
    )
    messages = [str(problem) for problem in check_files([path])]
    assert any("'honestly' is not known here. Did you mean 'honesty'?" in message for message in messages)
    path = write(tmp_path, text.replace("ask: follow_up, times: 2", "ask: follow_up, times: 9"))
    messages = [str(problem) for problem in check_files([path])]
    assert any("asked 9 times" in message for message in messages)


@pytest.mark.parametrize(
    ("was", "is_now", "says"),
    [
        ("answer_seconds: 30", "answer_seconds: -30", "answer_seconds: input should be greater"),
        ("kind: interview", "kind: interviewz", "kind is 'interviewz'"),
    ],
)
def test_one_slip_deep_in_a_format_is_one_problem(tmp_path: Path, was: str, is_now: str, says: str) -> None:
    text = (catalogue.FOLDERS[0] / "quick-check.yaml").read_text(encoding="utf-8").replace("id: quick-check", "id: mine")
    (problem,) = check_files([write(tmp_path, text.replace(was, is_now))])
    assert says in str(problem)


def test_an_anchor_is_named_with_its_line(tmp_path: Path) -> None:
    (problem,) = check_files([write(tmp_path, "items:\n  - &a {id: x}\n  - *a\n")])
    assert problem.line == 2
    assert "anchors" in problem.message


def test_unknown_ids_are_refused_by_name() -> None:
    loaded = load_catalogue()
    with pytest.raises(UnknownFormat, match="b9-style"):
        loaded.format("b9-style")
    for look in (loaded.item, loaded.show):
        with pytest.raises(UnknownItem, match="nowhere"):
            look("nowhere")


def test_the_command_prints_problems_and_says_how_it_ended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = write(tmp_path, GOOD), write(tmp_path, GOOD.replace("promp", "pro"), "bad.yaml")
    assert main([str(good)]) == 0
    assert capsys.readouterr().out == "All files can be used.\n"
    assert main([str(bad)]) == 1
    out = capsys.readouterr().out
    assert f"{bad}:6: item my-school-1" in out
    assert "not used" in out
    assert main(["--help"]) == 0
    assert main(["--wrong"]) == 2


def test_the_command_names_files_that_are_not_there_or_not_yaml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "gone.yaml")]) == 1
    assert "cannot be opened" in capsys.readouterr().out
    assert main([str(write(tmp_path, GOOD, "items.txt"))]) == 1
    assert "Rename it" in capsys.readouterr().out
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main([str(empty)]) == 1
