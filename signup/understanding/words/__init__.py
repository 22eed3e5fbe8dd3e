"""Words in any language: how they are written, which phrases and lists they stand in, and which are mere noise."""
