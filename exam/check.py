"""The command that checks item and format files: `python -m exam check [FILE or FOLDER …]`."""

import sys
from collections.abc import Sequence
from pathlib import Path

from exam.bank.checking import check_files

_USAGE = """Checks exam files and says what is wrong with them, where, and how to mend it.

    python -m exam check                  the files that come with the program
    python -m exam check my-items.yaml    one file
    python -m exam check my-folder        every .yaml file in a folder
"""


def main(argv: Sequence[str]) -> int:
    """Print one line per problem; return 0 if every file can be used, 1 if not, 2 for a wrong call."""
    if any(argument.startswith("-") for argument in argv):
        sys.stdout.write(_USAGE)
        return 0 if set(argv) <= {"-h", "--help"} else 2
    problems = check_files([Path(argument) for argument in argv])
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    faults = [problem for problem in problems if not problem.warning]
    if faults:
        sys.stdout.write(f"{len(faults)} {'problem' if len(faults) == 1 else 'problems'}: a file with a problem is not used.\n")
        return 1
    sys.stdout.write("All files can be used.\n")
    return 0
