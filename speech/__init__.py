"""Recordings of answers: what is in them, how they are timed, written down, kept, and how the examiner is heard."""
