"""The chat page: its static files over HTTP, with the headers that keep it closed to everything but this sandbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

_FOLDER = Path(__file__).parent / "page"
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; "
        "media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    # The files change under a developer's hands; asking whether they did costs nothing on one's own machine.
    "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class PageSettings:
    """
    What the page has to be told about the people it shows.

    *clocks* are the cities whose time is displayed, with their IANA zones; the first is the one of "next morning".
    *zones* are the zones that people's phones are in, by user id.
    """

    clocks: Mapping[str, str] = field(default_factory=lambda: {"UTC": "UTC"})
    zones: Mapping[int, str] = field(default_factory=dict)
    morning: str = "09:30"


def add_page(app: web.Application, settings: PageSettings | None = None) -> None:
    """Put the page at / of the sandbox's application, before that is served."""
    shown = settings or PageSettings()

    async def tell_settings(_: web.Request) -> web.StreamResponse:
        body = {
            "clocks": [{"city": city, "zone": zone} for city, zone in shown.clocks.items()],
            "zones": {str(person_id): zone for person_id, zone in shown.zones.items()},
            "morning": shown.morning,
        }
        return web.json_response(body, headers=_HEADERS)

    app.router.add_get("/", _file(_FOLDER / "index.html"))
    app.router.add_get("/page/settings.json", tell_settings)
    # Browsers ask for this address by themselves; an error in their console would look like one of the page.
    app.router.add_get("/favicon.ico", _file(_FOLDER / "icon.svg"))
    for path in sorted(_FOLDER.iterdir()):
        app.router.add_get(f"/page/{path.name}", _file(path))


def _file(path: Path) -> Handler:
    async def send(_: web.Request) -> web.StreamResponse:
        return web.FileResponse(path, headers={**_HEADERS, "Content-Type": f"{_TYPES[path.suffix]}; charset=utf-8"})

    return send
