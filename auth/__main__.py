"""`python -m auth create-admin`: makes an administrator, or makes an existing person one."""

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence

from auth.flows.register import RegisterForm
from auth.service import AuthService
from core.errors import AppError, ConfigurationError


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with the configured database; return the exit code."""
    import wiring  # noqa: PLC0415 - the entry point alone may look upwards
    from core import settings  # noqa: PLC0415 - as above

    arguments = parser().parse_args(argv)
    try:
        services = wiring.build(settings.load())
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        return run(arguments, services.auth, ask=ask_password)
    finally:
        services.close()


def parser() -> argparse.ArgumentParser:
    """Return the grammar of the command line. There is no option for the password: command lines are seen by everybody."""
    top = argparse.ArgumentParser(prog="python -m auth", description="Accounts, from the command line.")
    commands = top.add_subparsers(dest="command", required=True)
    create = commands.add_parser(
        "create-admin", help="make an administrator; the password is asked for, or read from standard input when that is no terminal"
    )
    create.add_argument("--email", required=True)
    create.add_argument("--username", default=None)
    create.add_argument("--name", default="")
    promote = commands.add_parser("promote", help="make an existing person an administrator")
    promote.add_argument("--email", required=True)
    return top


def run(arguments: argparse.Namespace, auth: AuthService, *, ask: Callable[[], str]) -> int:
    """Carry a parsed command out; print one line and return the exit code."""
    try:
        if arguments.command == "promote":
            user = auth.promote_to_admin(arguments.email)
        else:
            password = ask()
            form = RegisterForm(email=arguments.email, username=arguments.username, full_name=arguments.name, password=password)
            user = auth.create_admin(form)
    except AppError as error:
        for sentence in dict.fromkeys([problem.message for problem in error.problems] or [error.message]):
            print(sentence, file=sys.stderr)
        return 1
    print(f"{user.email} is an administrator now (username {user.username}).")
    return 0


def ask_password() -> str:
    """Return the password typed twice without showing it, or the first line of standard input when that is no terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    while True:
        first = getpass.getpass("Password: ")
        if first == getpass.getpass("Once more: "):
            return first
        print("The two are not the same.", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
