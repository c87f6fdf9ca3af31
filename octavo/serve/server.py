"""A site and a PDF, served on this machine: files, a script in each page, and a stream of what builds come to."""

from __future__ import annotations

import select
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

from octavo.serve.channel import Channel, PdfChannel
from octavo.serve.files import find, path_of, type_of
from octavo.serve.hosts import WILDCARDS, is_allowed
from octavo.serve.pages import (
    ASSETS,
    EVENTS,
    NO_PDF_YET,
    NOTHING_YET,
    PDF,
    PDF_EVENTS,
    PDF_FILE,
    PDF_STYLE,
    SCRIPT,
    live,
    live_script,
    pdf_style,
    viewer,
)

_NOT_FOUND = "404.html"
_PAGE = "text/html; charset=utf-8"
_LOOKS = 1  # second after which it is seen that a page was closed
_BEATS = 15  # seconds after which something is sent: a machine that has gone says nothing itself
_SILENCE = 60  # seconds after which a connection that says nothing is closed
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Server(ThreadingHTTPServer):
    """Answer requests for a site, each in a thread of its own."""

    def __init__(self, site: Path, channel: Channel, host: str, port: int, pdf: PdfChannel) -> None:
        self.site, self.channel, self.pdf, self.host = site, channel, pdf, host
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
def serving(
    site: Path, channel: Channel, host: str = "127.0.0.1", port: int = 0, pdf: PdfChannel | None = None
) -> Iterator[Server]:
    """Serve a site, and a PDF, meanwhile. Raises OSError where the address is not to be had."""
    with Server(site, channel, host, port, pdf or PdfChannel()) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            channel.close()
            server.pdf.close()
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
        elif path == PDF_STYLE:
            self._send(HTTPStatus.OK, "text/css; charset=utf-8", pdf_style())
        elif path == PDF:
            self._viewer()
        elif path == PDF_FILE:
            self._pdf()
        elif path in (EVENTS, PDF_EVENTS) and self.command == "GET":
            self._events(self.server.pdf if path == PDF_EVENTS else self.server.channel)
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

    def _viewer(self) -> None:
        """Send the page that shows the PDF, or waits for it."""
        state, printed = self.server.pdf.state, self.server.pdf.printed
        page = viewer(printed, state) if printed else live(NO_PDF_YET, state.site, PDF_EVENTS)
        self._send(HTTPStatus.OK, _PAGE, page)

    def _pdf(self) -> None:
        try:
            printed = self.server.pdf.printed
            data = printed.file.read_bytes() if printed else None
        except OSError:  # somebody has removed it
            data = None
        if data is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self._send(HTTPStatus.OK, "application/pdf", data)

    def _events(self, channel: Channel) -> None:
        """Send what there is, and then each build, for as long as the page is open."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        seen = silent = 0
        with channel.watched():
            while not channel.closed and not self._has_gone():
                state = channel.wait(seen, _LOOKS)
                seen, silent = (state.builds, 0) if state else (seen, silent + _LOOKS)
                if state or silent % _BEATS == 0:
                    said = f"event: build\ndata: {state.as_json}" if state else ": still here"
                    self.wfile.write(f"{said}\n\n".encode())

    def _has_gone(self) -> bool:
        """Tell whether the browser has closed the connection: nothing is laid out for it then."""
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)

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
