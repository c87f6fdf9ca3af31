"""Which marks may not begin a line, and which may not end one (GB/T 15834; W3C, Chinese Text Layout)."""

from __future__ import annotations

# What Chinese alone writes: never at the beginning, whatever is around it.
_NEVER_FIRST = frozenset("。．，、；：！？）》」』】〕〉］｝〗〙％‰℃々ヽヾゝゞー")
# What Latin text writes too: not where it belongs to what is before it, without a space.
_NOT_FIRST = frozenset("!?,.;:)]}%’”»·…")
_NEVER_LAST = frozenset("（《「『【〔〈［｛〖〘￥")
_NOT_LAST = frozenset("([{“‘«")
# Two of these are one mark.
_DOUBLED = frozenset("—…")
# The ink of these is in the left half of a full-width cell, or in its right half.
CLOSING = frozenset("。．，、；：！？）》」』】〕〉］｝〗〙’”")
OPENING = frozenset("（《「『【〔〈［｛〖〘‘“")


def is_forbidden_first(mark: str, *, attached: bool) -> bool:
    """Tell whether a mark may not begin a line; `attached` says that it follows its word without a space."""
    return mark in _NEVER_FIRST or (attached and mark in _NOT_FIRST)


def is_forbidden_last(mark: str, *, attached: bool) -> bool:
    """Tell whether a mark may not end a line; `attached` says that its word follows without a space."""
    return mark in _NEVER_LAST or (attached and mark in _NOT_LAST)


def is_torn(last: str, first: str) -> bool:
    """Tell whether a dash or an ellipsis of two signs is torn between two lines."""
    return last == first and last in _DOUBLED
