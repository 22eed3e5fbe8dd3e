"""The engine: parts, order, counts and the clock of an exam. A model words questions at most; it decides nothing here."""
