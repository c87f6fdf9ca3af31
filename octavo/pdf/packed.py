"""The streams of a PDF are compressed once, and beside one another.

pydyf compresses a stream each time that its bytes are asked for: when it is written, and once more for the identifier
of the file. What is done here leaves each as the bytes that pydyf itself would write.
"""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pydyf

_LEVEL = 9  # which is that of pydyf
_FILTER = "Filter"


def pack_streams(pdf: Any) -> None:
    """Compress all streams that are to be, and leave them to be written as they are."""
    streams = [item for item in pdf.objects if isinstance(item, pydyf.Stream) and _is_to_be_packed(item)]
    with ThreadPoolExecutor() as executor:  # zlib lets others work meanwhile
        packed = executor.map(lambda stream: zlib.compress(bytes_of(stream), _LEVEL), streams)
        for stream, data in zip(streams, packed, strict=True):
            stream.stream, stream.compress = [data], False
            stream.extra[_FILTER] = "/FlateDecode"


def _is_to_be_packed(stream: Any) -> bool:
    return bool(stream.compress) and _FILTER not in stream.extra


def bytes_of(stream: Any) -> bytes:
    """Return the bytes of a stream that is not compressed yet."""
    return b"\n".join(pydyf._to_bytes(item) for item in stream.stream)
