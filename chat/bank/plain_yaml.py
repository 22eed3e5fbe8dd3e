"""YAML as people write it: `no`, `yes`, `on` and `off` stay words.

YAML 1.1 reads them as true and false, which turns a key word `no` of a follow-up into `False`.
"""

from pathlib import Path
from typing import Any

import yaml

from chat.bank.errors import BankFileFault

# The C loader reads a level in a tenth of the time; not every build of PyYAML has it.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PlainLoader(_Base):  # type: ignore[misc]  # the base is found at run time
    """The safe loader without words for booleans."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}


def read_plain(path: Path) -> Any:
    """Return what `path` holds; raises `BankFileFault` with the line if it is no YAML or not there."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader)  # noqa: S506  # a safe loader
    except (OSError, yaml.YAMLError) as fault:
        raise BankFileFault(f"{path.name} cannot be read: {fault}") from fault
