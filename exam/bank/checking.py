"""Says of files that a teacher wrote what is wrong with them, where, and how to mend it."""

from collections.abc import Sequence
from pathlib import Path

from exam.bank.catalogue import FOLDERS, cross_faults, shipped, yaml_files
from exam.bank.files import FileContent, read_checked
from exam.bank.models import Problem


def check_files(paths: Sequence[Path]) -> list[Problem]:
    """Return every problem of the files (and of all YAML files in the folders) given, in reading order.

    With no path the program's own files are checked. Files are read together with the program's own ones, so that they
    may use its pictures and must not use its ids. Hints (`Problem.warning`) do not keep a file from being used.
    """
    wanted: list[Path] = []
    problems: list[Problem] = []
    for path in paths or FOLDERS:
        found = yaml_files(path) if path.is_dir() else (path,)
        if not found:
            problems.append(Problem(path=path, line=0, message="the folder has no .yaml file.", fix="Save item files as name.yaml."))
        wanted += [one for one in found if one not in wanted]
    checked = {one.resolve() for one in wanted}
    known = [content for content in shipped(FOLDERS) if content.path.resolve() not in checked]
    contents = [_read(path) for path in wanted]
    for content in contents:
        problems += content.problems
    problems += cross_faults(contents, known=known)
    order = {content.path: index for index, content in enumerate(contents)}
    return sorted(problems, key=lambda problem: (order.get(problem.path, -1), problem.line))


def _read(path: Path) -> FileContent:
    if path.suffix not in {".yaml", ".yml"} and path.exists():
        wrong = Problem(path=path, line=0, message="this is not a .yaml file, so the app does not read it.", fix="Rename it to name.yaml.")
        return FileContent(path=path, lines={}, problems=(wrong,))
    return read_checked(path)
