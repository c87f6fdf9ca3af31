"""A site, served on this machine: its files, with a script in each page, and a stream of what builds come to."""

from __future__ import annotations

import socket
import socketserver
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

from octavo.serve.channel import Channel
from octavo.serve.files import find, path_of, type_of
from octavo.serve.hosts import WILDCARDS, is_allowed
from octavo.serve.pages import ASSETS, EVENTS, NOTHING_YET, SCRIPT, live, live_script

_NOT_FOUND = "404.html"
_PAGE = "text/html; charset=utf-8"
_BEATS = 15  # seconds; a page that has gone is noticed when something is sent to it
_SILENCE = 60  # seconds after which a connection that says nothing is closed
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Server(ThreadingHTTPServer):
    """Answer requests for a site, each in a thread of its own."""

    def __init__(self, site: Path, channel: Channel, host: str, port: int) -> None:
        self.site, self.channel, self.host = site, channel, host
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Take the port, without asking the network for the name of this machine, as the standard library would."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, int(self.server_address[1])

    @property
    def url(self) -> str:
        """Return where a browser on this machine finds the site."""
        name = "localhost" if self.host in WILDCARDS else f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{name}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet about browsers that go away."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


@contextmanager
def serving(site: Path, channel: Channel, host: str = "127.0.0.1", port: int = 0) -> Iterator[Server]:
    """Serve a site meanwhile. Raises OSError where the address is not to be had."""
    with Server(site, channel, host, port) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            channel.close()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = _SILENCE
    server_version, sys_version = "octavo", ""

    def do_GET(self) -> None:
        """Answer with a page, a file or the stream."""
        names = path_of(self.path)
        if not is_allowed(self.headers.get("Host"), self.server.host):
            self.send_error(HTTPStatus.FORBIDDEN, "This server answers to names of this machine only")
        elif names is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif names[0] == ASSETS:
            self._asset("/" + "/".join(names))
        else:
            self._file(names)

    do_HEAD = do_GET  # noqa: N815

    def _refuse(self) -> None:
        self.send_response(HTTPStatus.METHOD_NOT_ALLOWED)
        self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_CONNECT = _refuse  # noqa: N815

    def _asset(self, path: str) -> None:
        if path == SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript; charset=utf-8", live_script())
        elif path == EVENTS and self.command == "GET":
            self._events()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _file(self, names: tuple[str, ...]) -> None:
        # Asked before the file is read: a page newer than it says is loaded once more, an older one would stay.
        shown = self.server.channel.state.site
        path, status = find(self.server.site, names), HTTPStatus.OK
        if path is not None and path.is_dir():
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", "/" + "/".join(map(quote, names)) + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if path is None:
            path, status = find(self.server.site, (_NOT_FOUND,)), HTTPStatus.NOT_FOUND
        try:
            data = path.read_bytes() if path is not None else None
        except OSError:  # it went away with the site that it was of
            data = None
        if path is None or data is None:
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, _PAGE, live(NOTHING_YET, shown))
        else:
            kind = type_of(path)
            self._send(status, kind, live(data, shown) if kind == _PAGE else data)

    def _events(self) -> None:
        """Send what there is, and then each build, for as long as the page is open."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        channel, seen = self.server.channel, 0
        while not channel.closed:
            state = channel.wait(seen, _BEATS)
            seen = state.builds if state else seen
            self.wfile.write(f"event: build\ndata: {state.as_json}\n\n".encode() if state else b": still here\n\n")

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            with suppress(ConnectionError):
                self.wfile.write(data)

    def end_headers(self) -> None:
        """Say with every answer that it is for now and for this site only."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for the messages of builds."""
