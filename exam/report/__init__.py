"""The report of a finished exam: what it says, how it is made, how it is kept."""
