"""`python -m wiring check`: what is in force and whether it is ready. `python -m wiring copy`: move all data to another store."""

import argparse
import sys
from collections.abc import Sequence

from core.errors import AppError, ConfigurationError
from core.settings import Settings, load
from wiring import check


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code (0 all well, 1 a part is not ready, 2 wrong settings)."""
    parser = argparse.ArgumentParser(prog="python -m wiring", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="print the configuration in force (no secrets) and whether each part is ready")
    copy = commands.add_parser("copy", help="move all data between SQLite and MongoDB, verified by counts and checksums")
    copy.add_argument("--from", dest="source", required=True, metavar="URL", help="sqlite:///path or mongodb://host/database")
    copy.add_argument("--to", dest="target", required=True, metavar="URL", help="an empty store of the other kind")
    options = parser.parse_args(arguments)
    try:
        return _check(load()) if options.command == "check" else _copy(options.source, options.target)
    except (ConfigurationError, AppError) as error:
        print(error, file=sys.stderr)
        return 2


def _check(settings: Settings) -> int:
    for name, value in check.effective(settings):
        print(f"{name}={value}")
    print()
    found = list(check.findings(settings))
    for finding in found:
        print(f"{'ready    ' if finding.ready else 'NOT READY'}  {finding.part:<10} {finding.sentence}")
    return 0 if all(finding.ready for finding in found) else 1


def _copy(source: str, target: str) -> int:
    from wiring.copy import copy_all  # noqa: PLC0415 - loads both databases' adapters

    for line in copy_all(source=source, target=target):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
