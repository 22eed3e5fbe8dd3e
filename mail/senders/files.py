"""Letters as `.eml` files in a folder: the default, for a laptop without a mail server."""

import os
from glob import escape
from pathlib import Path

from mail.errors import SendFailed
from mail.models import Letter
from mail.rendering import From, to_message


class FileSender:
    """Writes each letter to `<folder>/<time>-<template>-<letter id>.<user id>.eml`, readable by the owner of the folder only."""

    name = "file"

    def __init__(self, *, folder: Path, sender: From) -> None:
        """Remember the folder; it is made with the first letter."""
        self._folder = folder
        self._sender = sender

    def send(self, letter: Letter) -> None:
        """Write the letter, whole or not at all; writing it again replaces the same file."""
        owner = f".{letter.user_id}" if letter.user_id else ""
        target = self._folder / f"{letter.created_at:%Y%m%dT%H%M%S}-{letter.template.value}-{letter.id}{owner}.eml"
        part = target.with_name(f"{target.name}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(to_message(letter, self._sender).as_bytes())
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except OSError as error:
            raise SendFailed(f"the mail folder cannot be written: {error.strerror}") from error

    def delete_all_of(self, user_id: str) -> None:
        """Remove every letter to this person, also one that a crash left half written."""
        for ending in ("eml", "eml.part"):
            for file in self._folder.glob(f"*.{escape(user_id)}.{ending}"):
                file.unlink(missing_ok=True)

    def check(self) -> str:
        """Say where letters go."""
        return f"letters are written as .eml files to {self._folder}"
