"""The flat list of tokens, read as a tree: each opening token with what stands up to its closing one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token


def top_level(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Yield each outermost token with the tokens between it and its end."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.nesting != 1:
            yield token, ()
            index += 1
            continue
        end = _end(tokens, index)
        yield token, tokens[index + 1 : end]
        index = end + 1


def _end(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    raise AssertionError(f"{tokens[start].type} is never closed")
