"""Models: one port, several providers, a registry that fails over, and an examiner that works offline."""
