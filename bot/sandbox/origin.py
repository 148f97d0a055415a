"""Only this machine's own pages may talk to the sandbox: Host and Origin are checked on every request."""

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

_NAMES = {"127.0.0.1", "localhost", "::1"}


def is_own(address: str, port: int) -> bool:
    """Whether a Host header, or an Origin without its scheme, names this machine and this port."""
    try:
        parts = urlsplit(f"//{address}")
        return parts.hostname in _NAMES and (parts.port or 80) == port
    except ValueError:
        return False


@web.middleware
async def own_pages_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a foreign Host (a rebound name) and a foreign Origin (another site's page) with 403."""
    socket = request.get_extra_info("sockname")
    port = int(socket[1]) if socket else 0
    origin = request.headers.get("Origin")
    is_good = is_own(request.headers.get("Host", ""), port)
    if origin is not None:
        is_good = is_good and origin.startswith("http://") and is_own(origin.removeprefix("http://"), port)
    if not is_good:
        return web.json_response({"error": "Only pages of this sandbox on this machine may ask."}, status=403)
    return await handler(request)
