"""The parts of a message: clauses, what is said around an answer, and segments that each give one thing."""
