"""Telling a slip of the finger from another word."""

_MOST = 2
_SHORTEST = 3


def is_slip(first: str, second: str) -> bool:
    """Tell whether two different words are at most two slips apart: a letter more, less, another one, or two exchanged."""
    if first == second or min(len(first), len(second)) < _SHORTEST or abs(len(first) - len(second)) > _MOST:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    end = 0
    while end < min(len(first), len(second)) - start and first[-1 - end] == second[-1 - end]:
        end += 1
    one, other = first[start : len(first) - end], second[start : len(second) - end]
    return max(len(one), len(other)) <= _MOST
