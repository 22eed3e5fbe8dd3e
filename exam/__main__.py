"""Commands of the exam: `python -m exam estimate --jsonl FILE [--words 150] [--marks]` and `python -m exam check [FILE …]`."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from exam.assessment import corpus, interviews
from exam.assessment.errors import CorpusInvalid
from exam.assessment.model import shipped


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did what was asked, 1 when the input cannot be used."""
    chosen = _parser().parse_args(arguments)
    run = {"estimate": _estimate, "check": _check}[chosen.command]
    try:
        done = run(chosen)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough, `head` for one
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes at the end
        return 0
    return done


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m exam", description="Commands of the speaking exam.")
    commands = parser.add_subparsers(dest="command", required=True)
    estimate = commands.add_parser("estimate", help="estimate the level of interviews, one JSON line each")
    estimate.add_argument(
        "--jsonl", type=Path, required=True, help="interviews, one JSON object a line, plain or .gz; - reads the standard input"
    )
    estimate.add_argument("--words", type=_positive, help="look only at this many words in a row, after a warm-up of about 50 words")
    estimate.add_argument("--marks", action="store_true", help="use the marks of pauses, fillers and repairs too")
    checked = commands.add_parser("check", help="say what is wrong with exam files, where, and how to mend it")
    checked.add_argument("files", nargs="*", help="files or folders; the program's own files if none is given")
    return parser


def _check(chosen: argparse.Namespace) -> int:
    # Imported here: estimating needs no catalogue.
    from exam import check  # noqa: PLC0415 - see above

    return check.main(chosen.files)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _estimate(chosen: argparse.Namespace) -> int:
    """Print a line per interview. A broken line is named and left out; the result is then 1."""
    coefficients = shipped()
    failed = 0
    try:
        for interview in corpus.read_each(chosen.jsonl):
            if isinstance(interview, CorpusInvalid):
                print(interview.message, file=sys.stderr)
                failed = 1
                continue
            found = interviews.predict(interview, coefficients, words=chosen.words, with_marks=chosen.marks)
            print(json.dumps(found.record()))
    except CorpusInvalid as error:
        print(error.message, file=sys.stderr)
        return 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
