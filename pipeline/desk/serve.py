"""`casebook review`: read what is new, then open the desk on this machine until Ctrl-C."""

from __future__ import annotations

import getpass
import secrets
import socket
import subprocess
import threading
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from pipeline.config import Config, UsageError
from pipeline.desk.shelf import Papers
from pipeline.desk.views import Views
from pipeline.fingerprint import fingerprint
from pipeline.named import named
from pipeline.review.decision import BadDecision, check_name
from pipeline.voice import Voice

ADDRESS = "127.0.0.1"


def serve(config: Config, reviewer: str, port: int, stream: TextIO, paper: str = "") -> None:
    """Open the desk and serve it. `port` 0 takes a free one. Ends with Ctrl-C.

    The address that is told leads to `paper`, as `pipeline.named` knows it, else to the list of papers.
    Raises UsageError for a reviewer without a name, an unknown paper, a port that is taken, and what `run`
    raises.
    """
    import uvicorn  # noqa: PLC0415  (only this command needs it)

    from pipeline.desk.app import app  # noqa: PLC0415

    name = reviewer or who()
    try:
        check_name(name)
    except BadDecision as error:
        raise UsageError(f"--reviewer: {error}") from error
    papers = Papers.after_run(config)
    page = page_of(paper, config.out) if paper else ""
    listening = _listen(port)
    views = Views(config.state / "desk", fingerprint())
    threading.Thread(target=views.warm, daemon=True).start()
    try:
        port = listening.getsockname()[1]
        token = secrets.token_urlsafe(24)
        hosts = frozenset({f"{ADDRESS}:{port}", f"localhost:{port}"})
        application = app(papers, views, name, token, hosts)
        voice = Voice(stream)
        voice.write(f"Review as {name}: http://{ADDRESS}:{port}/{token}/{page}\n")
        voice.write(f"Decisions go to {config.decisions}. Ctrl-C ends it; then run casebook again.\n")
        settings = uvicorn.Config(application, log_level="error", access_log=False, server_header=False)
        uvicorn.Server(settings).run([listening])
    finally:
        views.close()
        listening.close()


def page_of(name: str, out: Path) -> str:
    """The page of a paper, or of one patient in it, within the desk. Raises UsageError for an unknown one."""
    found = named(name, out)
    return f"paper/{quote(found.doc_id)}" + (f"#{quote(found.case_id)}" if found.case_id else "")


def who() -> str:
    """The reviewer's name where none is given: git's, else the system's."""
    try:
        asked = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, text=True, check=False, timeout=5
        )
        name = asked.stdout.strip()
    except OSError:
        name = ""
    return name or getpass.getuser()


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((ADDRESS, port))
        listening.listen(64)  # whoever is quicker than the server waits
    except OSError as error:
        listening.close()
        raise UsageError(f"port {port} is taken; give another with --port") from error
    return listening
