import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from exam.__main__ import main
from exam.assessment.corpus import Interview, Turn, read, sample
from exam.assessment.errors import CorpusInvalid
from tests.unit.exam.assessment import learners

ROOT = Path(__file__).parents[4]


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main(["estimate", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def _one(path: Path, record: object) -> Interview:
    path.write_text(json.dumps(record), encoding="utf-8")
    return next(read(path))


def test_one_line_comes_out_for_every_interview_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "some.jsonl"
    made = learners.write(file, 8)
    found = _run(capsys, "--jsonl", str(file))
    assert [record["id"] for record in found] == [one["id"] for one in made]
    for record in found:
        assert set(record) == {"id", "level", "low", "high", "band"}
        low, level, high = (record[name] for name in ("low", "level", "high"))
        assert isinstance(low, float)
        assert isinstance(level, float)
        assert isinstance(high, float)
        assert 1 <= low <= level <= high <= 4
        assert record["band"] in {"A1", "A2", "B1", "B2"}


def test_a_packed_file_gives_the_same_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain, packed = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"
    learners.write(plain, 4)
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert _run(capsys, "--jsonl", str(plain)) == _run(capsys, "--jsonl", str(packed))


def test_more_language_gives_a_higher_level_with_and_without_marks_and_in_samples(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "two.jsonl"
    file.write_text("\n".join(json.dumps(learners.interview(band, 1)) for band in ("A1", "B2")), encoding="utf-8")
    for options in ([], ["--marks"], ["--words", "150"], ["--words", "150", "--marks"]):
        low, high = (record["level"] for record in _run(capsys, "--jsonl", str(file), *options))
        assert isinstance(low, float)
        assert isinstance(high, float)
        assert low + 0.5 < high


def test_the_marks_change_nothing_unless_they_are_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quiet, marked = tmp_path / "quiet.jsonl", tmp_path / "marked.jsonl"
    record = learners.interview("B1", 3)
    quiet.write_text(json.dumps(record), encoding="utf-8")
    turns = record["turns"]
    assert isinstance(turns, list)
    halting = {**record, "turns": [{**turn, "pauses": 3, "long_pauses": 2, "fillers": 5, "repairs": 3} for turn in turns]}
    marked.write_text(json.dumps(halting), encoding="utf-8")
    assert _run(capsys, "--jsonl", str(quiet)) == _run(capsys, "--jsonl", str(marked))
    fluent, hesitant = (_run(capsys, "--jsonl", str(file), "--marks")[0]["level"] for file in (quiet, marked))
    assert isinstance(fluent, float)
    assert isinstance(hesitant, float)
    assert hesitant < fluent


def test_too_little_gets_no_level(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "short.jsonl"
    file.write_text(json.dumps(learners.interview("B2", 1, turns=2)), encoding="utf-8")
    (record,) = _run(capsys, "--jsonl", str(file))
    assert record["band"] == "not enough evidence"
    assert record["level"] is None
    assert record["reasons"] == ["too_few_words"]


def test_a_sample_is_cut_after_the_warm_up_and_has_exactly_the_words_wanted(tmp_path: Path) -> None:
    whole = _one(tmp_path / "one.jsonl", learners.interview("B1", 1))
    cut = sample(whole, 150)
    assert len(cut.words) == 150
    every = whole.words
    start = next(at for at in range(len(every)) if every[at : at + 150] == cut.words)
    assert 50 <= start < 80


def test_a_sample_of_a_short_interview_starts_earlier_and_never_leaves_words_out(tmp_path: Path) -> None:
    whole = _one(tmp_path / "one.jsonl", learners.interview("A1", 1, turns=12))
    assert sample(whole, 1000) == whole
    nearly = len(whole.words) - 3
    assert len(sample(whole, nearly).words) == nearly


def test_marks_of_a_turn_without_words_go_to_the_next_turn(tmp_path: Path) -> None:
    turns = [
        {"verbatim": "erm", "clean": "", "pauses": 2, "long_pauses": 1, "fillers": 1, "repairs": 0},
        {"verbatim": "i see", "clean": "i see", "pauses": 1, "long_pauses": 0, "fillers": 0, "repairs": 0},
        {"verbatim": "mm", "clean": "", "pauses": 0, "long_pauses": 0, "fillers": 1, "repairs": 0},
    ]
    found = _one(tmp_path / "one.jsonl", {"id": "x", "turns": turns})
    assert found.turns == (Turn(("i", "see"), 3, 1, 2, 0),)


def test_a_line_without_marks_or_band_is_read(tmp_path: Path) -> None:
    found = _one(tmp_path / "one.jsonl", {"turns": [{"verbatim": "I like tea"}]})
    assert found.interview_id == "line-1"
    assert found.band is None
    assert found.words == ["i", "like", "tea"]


@pytest.mark.parametrize("line", ["no json", "[1]", '{"id": "x"}', '{"turns": [{"pauses": 1}]}', '{"turns": [{"clean": 5}]}', "[" * 20_000])
def test_a_broken_line_is_named(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text(json.dumps(learners.interview("A1", 1)) + f"\n{line}\n", encoding="utf-8")
    assert main(["estimate", "--jsonl", str(file)]) == 1
    assert "Line 2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"no json", "it is not JSON (expecting value, character 1)"),
        (b"[1]", "the line is no JSON object"),
        (b'{"id": "x"}', "'turns' is missing"),
        (b'{"turns": null}', "'turns' is no list"),
        (b'{"turns": ["hello"]}', "a turn is no JSON object"),
        (b'{"turns": [{"clean": 5}]}', "the words of a turn are no text"),
        (b'{"turns": [{"clean": "tea", "fillers": "x"}]}', "'fillers' of a turn is no number"),
        (b"\xff\xfe", "it is not text in UTF-8"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_in_words(line: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_bytes(line + b"\n")
    assert main(["estimate", "--jsonl", str(file)]) == 1
    assert capsys.readouterr().err == f"Line 1 is not an interview with turns: {told}.\n"


def test_who_reads_only_the_first_lines_gets_no_traceback(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps(learners.interview("A2", number)) + "\n" for number in range(3)) * 300, encoding="utf-8")
    command = [sys.executable, "-m", "exam", "estimate", "--jsonl", str(file), "--words", "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert json.loads(running.stdout.readline())["id"] == "A2-0"
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


@pytest.mark.parametrize(("content", "told"), [(b"\x1f\x8bbroken", "cannot be read"), (b"\xff\xfe\xfa", "Line 1 ")])
def test_a_damaged_or_missing_file_is_reported_in_one_line(
    content: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "damaged"
    file.write_bytes(content)
    for path, message in ((file, told), (tmp_path / "missing", "cannot be read")):
        assert main(["estimate", "--jsonl", str(path)]) == 1
        error = capsys.readouterr().err
        assert message in error
        assert error.count("\n") == 1
    with pytest.raises(CorpusInvalid):
        list(read(file))


def test_lines_after_a_broken_one_are_estimated_and_only_estimates_reach_the_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "some.jsonl"
    lines = [json.dumps(learners.interview("A2", number)) for number in (1, 2)]
    file.write_text(f"{lines[0]}\n\nbroken\n{lines[1]}\n", encoding="utf-8")
    assert main(["estimate", "--jsonl", str(file)]) == 1
    captured = capsys.readouterr()
    assert [json.loads(line)["id"] for line in captured.out.splitlines()] == ["A2-1", "A2-2"]
    assert "Line 3 " in captured.err
    with pytest.raises(CorpusInvalid, match="Line 3 "):
        list(read(file))


@pytest.mark.parametrize("packed", [False, True])
def test_a_dash_reads_the_standard_input(
    packed: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "some.jsonl"
    learners.write(file, 3)
    content = gzip.compress(file.read_bytes()) if packed else file.read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert _run(capsys, "--jsonl", "-") == _run(capsys, "--jsonl", str(file))


def test_odd_but_readable_lines_get_a_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "odd.jsonl"
    records = [
        {"id": "empty", "turns": []},
        {"id": "\u00e9\ud800\u4f60", "turns": [{"clean": "\u4f60\u597d \u0000 \u202e"}], "band": ["A1"]},
        {"id": None, "turns": [{"clean": None, "verbatim": "hello", "pauses": None}]},
        {**learners.interview("B1", 1), "id": 7},
    ]
    text = "\r\n".join(json.dumps(record) for record in records)
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    found = _run(capsys, "--jsonl", str(file), "--marks")
    assert [record["id"] for record in found] == ["empty", "\u00e9\ud800\u4f60", "line-3", "7"]
    assert [record["band"] == "not enough evidence" for record in found] == [True, True, True, False]
