"""How well somebody speaks: evidence gate, offline estimate, grading by a model, criterion by criterion."""
