"""A book that is built, watched and served for a test, and what a browser would see of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from threading import Event, Thread
from typing import Any

from octavo.serve.builds import Builds
from octavo.serve.channel import Channel
from octavo.serve.follow import follow
from octavo.serve.preview import Preview
from octavo.serve.server import Server, serving

PATIENCE = 20  # seconds, for a machine that is busy; nothing waits so long unless it fails


@contextmanager
def following(preview: Preview) -> Iterator[Server]:
    """Build, watch and serve a book meanwhile."""
    builds, stop = Builds(preview, Channel()), Event()
    thread = Thread(target=follow, args=(builds, stop))
    with serving(preview.site, builds.site, pdf=builds.pdf) as server:
        thread.start()
        try:
            yield server
        finally:
            stop.set()
            thread.join(PATIENCE)
            assert not thread.is_alive()


@contextmanager
def asked(server: Server, path: str, method: str = "GET", host: str | None = None) -> Iterator[HTTPResponse]:
    """Give the answer to a request; `path` is sent as it is."""
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
    try:
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", f"127.0.0.1:{server.server_port}" if host is None else host)
        connection.endheaders()
        with connection.getresponse() as response:
            yield response
    finally:
        connection.close()


def got(server: Server, path: str, method: str = "GET", host: str | None = None) -> tuple[int, str]:
    with asked(server, path, method, host) as response:
        return response.status, response.read().decode()


@dataclass(frozen=True)
class Stream:
    """Read what an open page is told."""

    response: HTTPResponse

    def next(self) -> dict[str, Any]:
        """Return the next state."""
        while line := self.response.readline().decode():
            if line.startswith("data: "):
                state: dict[str, Any] = json.loads(line.removeprefix("data: "))
                return state
        raise AssertionError("the stream has ended")


def until(stream: Stream, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return the next state of which something holds."""
    while not holds(state := stream.next()):
        pass
    return state
