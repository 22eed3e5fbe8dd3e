"""A form that was refused: its faults survive the rerun that empties its password fields."""

from collections.abc import Sequence
from typing import NoReturn

import streamlit as st

from core.errors import AppError
from ui import attention, faults, state
from ui.views import fields


class Faulty:
    """What the last attempt at the form `name` was refused for."""

    def __init__(self, name: str, shown: Sequence[str]) -> None:
        """Take up what was kept; `shown` are the fields that say their own faults."""
        self._name, self._shown, self._form = name, shown, name.replace(".", "-")
        error = state.pop(f"{name}.error")
        self._error = error if isinstance(error, AppError) else None
        self.problems = fields.by_field(self._error.problems) if self._error else {}
        self.attempt = state.number(f"{name}.attempt")

    def show(self, *, retry: str = "") -> None:
        """Show what stands beside no field, and lead the cursor to what was refused.

        `retry` is the key of the field that is to be filled in again after a fault that belongs to no field.
        """
        if self._error and (not self.problems or fields.unplaced(self.problems, self._shown)):
            with st.container(key=f"viva-fault-{self._form}"):
                faults.show(self._error)
        if self.attempt:
            attention.refused(self._form, attempt=self.attempt, failed=self._error is not None, retry=retry)

    def keep(self, error: AppError) -> NoReturn:
        """Keep the fault for the next rerun, and rerun with empty password fields."""
        state.put(f"{self._name}.error", error)
        self.empty()
        st.rerun()

    def empty(self) -> None:
        """Draw the form with new, empty password fields from the next rerun on."""
        state.put(f"{self._name}.attempt", self.attempt + 1)
