"""People's names: what can be one, which of several is meant, and what only looks like one."""
