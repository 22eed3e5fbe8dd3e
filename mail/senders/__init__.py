"""The ways for letters to leave, named after their technology."""
