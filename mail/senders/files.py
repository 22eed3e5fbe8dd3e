"""Letters as `.eml` files in a folder: the default, for a laptop without a mail server."""

import os
from pathlib import Path

from mail.errors import SendFailed
from mail.models import Letter
from mail.rendering import From, to_message


class FileSender:
    """Writes each letter to `<folder>/<time>-<template>-<letter id>.eml`, readable by the owner only."""

    name = "file"

    def __init__(self, *, folder: Path, sender: From) -> None:
        """Remember the folder; it is made with the first letter."""
        self._folder = folder
        self._sender = sender

    def send(self, letter: Letter) -> None:
        """Write the letter, whole or not at all; writing it again replaces the same file."""
        target = self._folder / f"{letter.created_at:%Y%m%dT%H%M%S}-{letter.template.value}-{letter.id}.eml"
        part = target.with_suffix(".part")
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

    def check(self) -> str:
        """Say where letters go."""
        return f"letters are written as .eml files to {self._folder}"
