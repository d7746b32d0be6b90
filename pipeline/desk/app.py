"""The pages of the desk and what they send."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.config import UsageError
from pipeline.desk import disputes
from pipeline.desk.actions import Asked, Stale, decide
from pipeline.desk.board import board, notes
from pipeline.desk.guard import Guard
from pipeline.desk.pane import Mark, Marks, blocks, words
from pipeline.desk.pictures import corpus_picture, course_picture, has_course
from pipeline.desk.shelf import NotThere, Papers, counts, key_of
from pipeline.desk.views import NoView, View, Views
from pipeline.desk.vocabulary import offered
from pipeline.figures.album import PICTURES
from pipeline.review.decision import BadDecision, own_columns
from pipeline.review.rows import span
from pipeline.schema import FACT_TABLES

#: reasons that are offered for leaving a paper out (PRISMA 2020, item 16b, wants them told)
REASONS = (
    "no individual patient",
    "not the disease of the review",
    "duplicate of another paper",
    "no full text",
    "animals or cells",
    "review or guideline",
)


@dataclass(slots=True)
class Desk:
    """What all pages share."""

    papers: Papers
    views: Views
    reviewer: str
    token: str
    templates: Environment

    def page(self, name: str, **more: Any) -> HTMLResponse:
        """A page from its template; every word of a paper in it is escaped."""
        template = self.templates.get_template(name)
        return HTMLResponse(template.render(base=f"/{self.token}", reviewer=self.reviewer, **more))

    def view(self, doc_id: str) -> View:
        """A paper's view. Raises NotThere, NoView."""
        placed = self.papers.placed(doc_id)
        if placed.head.document["status"] == "failed":
            raise NoView(str(placed.head.document["message"]))
        path = self.papers.config.raw / placed.planned.path.relative_to(self.papers.config.raw)
        return self.views.view(path, str(placed.head.document["sha256"]), placed.number)

    def try_view(self, doc_id: str) -> View | None:
        """The same, None where there is none."""
        try:
            return self.view(doc_id)
        except NoView:
            return None

    def asked(self, doc_id: str) -> Asked:
        """The paper under this reviewer's decisions."""
        laid = self.papers.laid(doc_id, self.reviewer)
        return Asked(self.papers, doc_id, self.reviewer, laid, self.try_view(doc_id))


def app(papers: Papers, views: Views, reviewer: str, token: str, hosts: frozenset[str]) -> Guard:
    """The application for one reviewer. `hosts` are the values of Host that are this machine's own."""
    templates = Environment(loader=PackageLoader("pipeline.desk"), autoescape=True, trim_blocks=True)
    templates.globals |= {"tables": [t.name for t in FACT_TABLES], "reasons": REASONS}
    desk = Desk(papers, views, reviewer, token, templates)
    answers: list[tuple[str, Answer, str]] = [
        ("/", _list, "GET"),
        ("/pictures", _pictures, "GET"),
        ("/pictures/{name}.svg", _corpus_picture, "GET"),
        ("/settle", _settle, "GET"),
        ("/settle/{doc_id}", _end, "POST"),
        ("/paper/{doc_id}", _paper, "GET"),
        ("/paper/{doc_id}/rows", _rows, "GET"),
        ("/paper/{doc_id}/pane", _pane, "GET"),
        ("/paper/{doc_id}/words/{number:int}", _words, "GET"),
        ("/paper/{doc_id}/page/{number:int}.png", _picture, "GET"),
        ("/paper/{doc_id}/course/{number:int}.svg", _course, "GET"),
        ("/paper/{doc_id}/decide", _decide, "POST"),
        ("/columns/{table}", _columns, "GET"),
    ]
    routes: list[Any] = [Route(p, partial(_answer, desk, a), methods=[m]) for p, a, m in answers]
    routes.append(Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")))
    return Guard(Starlette(routes=[Mount(f"/{token}", routes=routes)]), token, hosts)


Answer = Callable[[Desk, Request, dict[str, Any]], Response]


async def _answer(desk: Desk, answer: Answer, request: Request) -> Response:
    """Answer in a thread, with words for everything that can be the matter."""
    said: Any = {}
    if request.method == "POST":
        try:
            said = json.loads(await request.body())
        except (ValueError, RecursionError):
            return PlainTextResponse("no JSON", 400)
        if not isinstance(said, dict):
            return PlainTextResponse("no JSON object", 400)
    work: Callable[[], Awaitable[Response]] = partial(run_in_threadpool, _told, desk, answer, request, said)
    return await work()


def _told(desk: Desk, answer: Answer, request: Request, said: dict[str, Any]) -> Response:
    try:
        return answer(desk, request, said)
    except (NotThere, NoView) as error:
        return PlainTextResponse(str(error), 404)
    except Stale as error:
        return PlainTextResponse(str(error), 409)
    except (BadDecision, UsageError) as error:
        return PlainTextResponse(str(error), 422)
    except OSError as error:
        return PlainTextResponse(f"nothing was kept: {error.strerror or error}", 507)


def _list(desk: Desk, request: Request, said: dict[str, Any]) -> Response:
    entries = desk.papers.entries(desk.reviewer)
    open_ = len(disputes.found(desk.papers))
    return desk.page("list.html", entries=entries, counts=counts(entries), disputes=open_)


def _paper(desk: Desk, request: Request, said: dict[str, Any]) -> Response:
    doc_id = request.path_params["doc_id"]
    order = list(desk.papers.papers)
    entry = desk.papers.placed(doc_id) and desk.papers.entry(doc_id, desk.reviewer)
    at = order.index(doc_id)
    near = {"before": order[at - 1] if at else "", "behind": order[at + 1] if at + 1 < len(order) else ""}
    document = desk.papers.placed(doc_id).head.document
    return desk.page("paper.html", entry=entry, document=document, **near, **_board(desk, doc_id))


def _rows(desk: Desk, request: Request, said: dict[str, Any]) -> Response:
    doc_id = request.path_params["doc_id"]
    return desk.page("rows.html", entry=desk.papers.entry(doc_id, desk.reviewer), **_board(desk, doc_id))


def _board(desk: Desk, doc_id: str) -> dict[str, Any]:
    asked = desk.asked(doc_id)
    patients = board(asked.laid, asked.view)
    own = [k.decision for k in desk.papers.own(doc_id, desk.reviewer)]
    return {
        "patients": patients,
        "courses": {p.case_id for p in patients if has_course(asked.laid.rows, p.case_id)},
        "notes": notes(own),
        "lost": asked.laid.lost,
        "merged": [d for d in own if d.do == "merge"],
    }


def _pane(desk: Desk, request: Request, said: dict[str, Any]) -> Response:
    doc_id = request.path_params["doc_id"]
    view = desk.view(doc_id)
    if view["pages"]:
        return desk.page("pages.html", doc_id=doc_id, sizes=view["pages"])
    return desk.page("text.html", blocks=blocks(view, _marks(desk, doc_id, view)))


def _words(desk: Desk, request: Request, said: dict[str, Any]) -> Response:
    doc_id, number = request.path_params["doc_id"], request.path_params["number"]
    view = desk.view(doc_id)
    if not 0 < number <= len(view["pages"]):
        raise NotThere(f"no page {number}")
    return desk.page("words.html", words=words(view, _marks(desk, doc_id, view), number))


def _marks(desk: Desk, doc_id: str, view: View) -> Marks:
    laid = desk.papers.laid(doc_id, desk.reviewer)
    rows = [(item, item.extracted or item.final) for item in laid.items]
    return Marks((Mark(key_of(item), *span(row)) for item, row in rows if row is not None), view)


def _picture(desk: Desk, request: Request, said: dict[str, Any]) -> Response:
    doc_id, number = request.path_params["doc_id"], request.path_params["number"]
    view = desk.view(doc_id)
    if not 0 < number <= len(view["pages"]):
        raise NotThere(f"no page {number}")
    placed = desk.papers.placed(doc_id)
    png = desk.views.picture(placed.planned.path, str(placed.head.document["sha256"]), number)
    return Response(png, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


def _course(desk: Desk, request: Request, said: dict[str, Any]) -> Response:
    doc_id, number = request.path_params["doc_id"], request.path_params["number"]
    laid = desk.papers.laid(doc_id, desk.reviewer)
    return Response(course_picture(laid, f"{doc_id}-{number}"), media_type="image/svg+xml")


def _pictures(desk: Desk, request: Request, said: dict[str, Any]) -> Response:
    return desk.page("pictures.html", pictures=PICTURES)


def _corpus_picture(desk: Desk, request: Request, said: dict[str, Any]) -> Response:
    picture = corpus_picture(desk.papers.config, request.path_params["name"])
    return Response(picture, media_type="image/svg+xml")


def _decide(desk: Desk, request: Request, said: dict[str, Any]) -> Response:
    made = decide(desk.asked(request.path_params["doc_id"]), said)
    return JSONResponse({"ids": [d.id for d in made]})


def _columns(desk: Desk, request: Request, said: dict[str, Any]) -> Response:
    table = request.path_params["table"]
    if table not in {t.name for t in FACT_TABLES}:
        raise NotThere(f"no table {table}")
    words = offered(desk.papers, table)
    return JSONResponse(
        [
            {
                "name": c.name,
                "about": c.description,
                "unit": c.unit,
                "type": c.type,
                "values": list(c.values),
                "offered": words.get(c.name, []),
                "required": c.required,
            }
            for c in own_columns(table)
        ]
    )


def _settle(desk: Desk, request: Request, said: dict[str, Any]) -> Response:
    return desk.page("settle.html", disputes=disputes.found(desk.papers))


def _end(desk: Desk, request: Request, said: dict[str, Any]) -> Response:
    made = disputes.settle(desk.papers, request.path_params["doc_id"], desk.reviewer, said)
    return JSONResponse({"ids": [d.id for d in made]})
