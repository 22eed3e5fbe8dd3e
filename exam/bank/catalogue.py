"""All formats, items and pictures that can be used now: those that ship with the program, and those of a school."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chat.bank import default_bank
from exam.bank.errors import CatalogueFault, UnknownFormat, UnknownItem
from exam.bank.files import FileContent, read_checked, read_trusted
from exam.bank.models import ExamFormat, ExamItem, Kind, Level, Problem
from exam.pictures import Picture, alternative, render, render_tiles

FOLDERS = (Path(__file__).parents[1] / "formats", Path(__file__).parents[1] / "items")
TILES = "tiles:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture as it is shown: a safe SVG document of 800 × 500, and the same in words."""

    svg: str
    alt: str


class Catalogue:
    """Formats, items and pictures by id. Holds no state beyond what was read; safe to share between threads."""

    def __init__(
        self, *, formats: Iterable[ExamFormat], items: Iterable[ExamItem], pictures: Iterable[Picture], problems: Sequence[Problem] = ()
    ) -> None:
        """Keep what was read; `problems` are the faults of a school's own files, which were left out for that."""
        self._formats = {form.id: form for form in sorted(formats, key=lambda form: form.order)}
        self._items = {item.id: item for item in items}
        self._pictures = {picture.id: picture for picture in pictures}
        self.problems = tuple(problems)
        self._by_kind: dict[tuple[Kind, Level], list[ExamItem]] = defaultdict(list)
        for item in self._items.values():
            for level in item.levels:
                self._by_kind[item.kind, level].append(item)

    def formats(self) -> tuple[ExamFormat, ...]:
        """Return every format in the order in which it is offered."""
        return tuple(self._formats.values())

    def format(self, format_id: str) -> ExamFormat:
        """Return one format; raises `UnknownFormat`."""
        if format_id not in self._formats:
            raise UnknownFormat(f"There is no exam format called {format_id!r}.")
        return self._formats[format_id]

    def items(self, kind: Kind | None = None, level: Level | None = None) -> tuple[ExamItem, ...]:
        """Return the items of a kind and a level; None stands for all."""
        if kind is not None and level is not None:
            return tuple(self._by_kind.get((kind, level), ()))
        return tuple(i for i in self._items.values() if (kind is None or i.kind == kind) and (level is None or level in i.levels))

    def item(self, item_id: str) -> ExamItem:
        """Return one item; raises `UnknownItem`."""
        if item_id not in self._items:
            raise UnknownItem(f"There is no exam item called {item_id!r}.")
        return self._items[item_id]

    def has_item(self, item_id: str) -> bool:
        """Return whether an item of this id exists: a school may have taken it away since it was used."""
        return item_id in self._items

    def pictures(self) -> tuple[Picture, ...]:
        """Return every scene and chart."""
        return tuple(self._pictures.values())

    def pictures_of(self, item: ExamItem) -> tuple[str, ...]:
        """Return the ids of what is shown with an item: its pictures, or the tiles of options that have icons."""
        if item.options and all(option.icon for option in item.options):
            return (*item.pictures, f"{TILES}{item.id}")
        return item.pictures

    def show(self, picture_id: str) -> Shown:
        """Return a picture of `pictures_of` as SVG and in words; raises `UnknownItem`."""
        if picture_id.startswith(TILES):
            options = self.item(picture_id.removeprefix(TILES)).options
            svg, alt = render_tiles([(option.text, option.icon) for option in options])
            return Shown(svg=svg, alt=alt)
        if picture_id not in self._pictures:
            raise UnknownItem(f"There is no picture called {picture_id!r}.")
        picture = self._pictures[picture_id]
        return Shown(svg=render(picture), alt=alternative(picture))


def load_catalogue(extra_folders: Iterable[Path] = ()) -> Catalogue:
    """Read everything that ships with the program, then every `*.yaml` and `*.yml` of the extra folders, if they exist.

    A fault in the program's own files raises `CatalogueFault`. A school's file with a fault is left out as a whole and
    its faults are in `Catalogue.problems`: one slip in one file never stops an exam.
    """
    own = shipped(FOLDERS)
    faults = [fault for content in own for fault in content.problems if not fault.warning]
    faults += cross_faults(own, known=())
    if faults:
        raise CatalogueFault(faults)
    extra = [read_checked(path) for folder in extra_folders for path in yaml_files(folder)]
    good, problems = _without_faulty(extra, known=own)
    everything = [*own, *good]
    return Catalogue(
        formats=[content.format for content in everything if content.format],
        items=[item for content in everything for item in content.items],
        pictures=[picture for content in everything for picture in content.pictures],
        problems=problems,
    )


@cache
def default_catalogue() -> Catalogue:
    """Return the catalogue that ships with the program, read once per process."""
    return load_catalogue()


@cache
def shipped(folders: tuple[Path, ...]) -> tuple[FileContent, ...]:
    """Return the program's own files, read once per process: they change only with the program."""
    return tuple(read_trusted(path) for folder in folders for path in yaml_files(folder))


def yaml_files(folder: Path) -> tuple[Path, ...]:
    """Return the YAML files of a folder and the folders in it, by name; none if the folder is not there."""
    return tuple(sorted(path for path in folder.rglob("*") if path.suffix in {".yaml", ".yml"} and path.is_file()))


def _without_faulty(contents: Sequence[FileContent], *, known: Sequence[FileContent]) -> tuple[list[FileContent], list[Problem]]:
    good: list[FileContent] = []
    problems: list[Problem] = []
    for content in contents:
        found = [*(p for p in content.problems if not p.warning), *cross_faults([content], known=[*known, *good])]
        problems += found
        if not found:
            good.append(content)
    return good, problems


def cross_faults(contents: Sequence[FileContent], *, known: Sequence[FileContent]) -> list[Problem]:
    """Return faults that no file shows by itself: ids used twice, unknown topics, icons and pictures."""
    faults: list[Problem] = []
    topics = {topic.id for topic in default_bank().topics()}
    taken = {name: c.path for c in known for name in _ids(c)}
    for content in contents:
        for name in _ids(content):
            if name in taken and taken[name] != content.path:
                faults.append(_fault(content, name, f"the id {name!r} is used in {taken[name].name} already.", "Choose another id."))
            taken[name] = content.path
    pictures = {picture.id for content in (*known, *contents) for picture in content.pictures}
    for content in contents:
        for item in content.items:
            if item.topic not in topics:
                faults.append(_fault(content, item.id, f"there is no topic {item.topic!r}.", f"Use one of {', '.join(sorted(topics))}."))
            for missing in (name for name in item.pictures if name not in pictures):
                fix = "Write its id as it stands under `pictures:`, or add it there."
                faults.append(_fault(content, item.id, f"there is no picture {missing!r}.", fix))
    return faults


def _ids(content: FileContent) -> list[str]:
    own = [item.id for item in content.items] + [picture.id for picture in content.pictures]
    return [*own, content.format.id] if content.format else own


def _fault(content: FileContent, name: str, message: str, fix: str) -> Problem:
    return Problem(path=content.path, line=content.lines.get(name, 0), message=f"{name}: {message}", fix=fix)
