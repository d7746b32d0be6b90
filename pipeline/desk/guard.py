"""Who may ask: this machine, by this address, from this page. What a page may load: its own files only."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: bytes of a request's body
MOST_BYTES = 1_000_000
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


#: of a picture that is drawn: its shapes carry their own styles, and it loads and runs nothing
_DRAWN = ("image/svg+xml", "default-src 'none'; style-src 'unsafe-inline'; sandbox")


class Guard:
    """ASGI middleware: a request that does not hold the token, or comes from elsewhere, is answered 403."""

    def __init__(self, app: ASGIApp, token: str, hosts: frozenset[str]) -> None:
        self.app, self._token, self._hosts = app, token, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                if headers.get("content-type", "").startswith(_DRAWN[0]) and "/static/" not in scope["path"]:
                    headers["Content-Security-Policy"] = _DRAWN[1]
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        why = self._refusal(scope["method"], scope["path"], Headers(scope=scope))
        if why:
            await PlainTextResponse(f"refused: {why}\n", 403)(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)

    def _refusal(self, method: str, path: str, headers: Mapping[str, str]) -> str:
        """Why a request is not answered; "" for a good one."""
        token = path.split("/")[1] if path.startswith("/") else ""
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            return "the address is not the one that casebook review has printed"
        host = headers.get("host", "")
        if host not in self._hosts:
            return "the name of the host is not this machine's own"
        if method in ("GET", "HEAD"):
            return ""
        if method != "POST":
            return "only GET and POST are known"
        if headers.get("origin", "") != f"http://{host}":
            return "it comes from another page"
        if not headers.get("content-type", "").startswith("application/json"):
            return "it is no JSON"
        length = headers.get("content-length", "")
        return "" if length.isdigit() and int(length) <= MOST_BYTES else "it is too large"
