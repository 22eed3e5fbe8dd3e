"""The speaking exam: formats, items, pictures, the engine and the assessment."""
