"""The sandbox over HTTP on this machine: the Bot API and the control API."""

import json
from dataclasses import dataclass

from aiohttp import web

from bot.sandbox import control
from bot.sandbox.api.dispatch import Answer, ConnectionCut, Silence, answer
from bot.sandbox.connections import until_closed
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import DOWNLOAD
from bot.sandbox.files import UPLOAD_LIMIT
from bot.sandbox.origin import own_pages_only
from bot.sandbox.params import Params, Upload
from bot.sandbox.world import World

_BODY_LIMIT = UPLOAD_LIMIT + 1024 * 1024
_SHUTDOWN_SECONDS = 0.5
WORLD = web.AppKey("world", World)


@dataclass(frozen=True, slots=True)
class Served:
    """A running server; *url* is what a bot takes as its API address."""

    url: str
    port: int
    world: World
    runner: web.AppRunner

    async def close(self) -> None:
        await self.world.close()
        await self.runner.cleanup()


def application(world: World) -> web.Application:
    """The whole application; a page may be added to it before it is served."""
    app = web.Application(client_max_size=_BODY_LIMIT, middlewares=[own_pages_only])
    app[WORLD] = world
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", _bot_api)
    app.router.add_route("*", "/bot{tail:.*}", _not_found)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", _download)
    app.add_subapp("/sandbox/api/", control.application(world))
    return app


async def serve(world: World, host: str = "127.0.0.1", port: int = 0, *, app: web.Application | None = None) -> Served:
    """
    Serve a world until closed; port 0 takes a free one.

    Raises:
        ValueError: *host* is not this machine's own.
        OSError: the port is taken.
    """
    if host not in {"127.0.0.1", "localhost", "::1"}:
        raise ValueError("the sandbox is served on this machine only")
    runner = web.AppRunner(app or application(world), access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    bound = int(runner.addresses[0][1])
    return Served(url=f"http://{host}:{bound}", port=bound, world=world, runner=runner)


async def _bot_api(request: web.Request) -> web.StreamResponse:
    world, transport = request.app[WORLD], request.transport
    params = await _params(request)
    if transport is not None:
        world.connections.meet(transport)
    if world.connections.is_silent(transport):
        return await _silence(request)
    try:
        result = await answer(world, request.match_info["token"], request.match_info["method"], params)
    except ConnectionCut:
        return _cut(request)
    except Silence:
        return await _silence(request)
    if world.connections.is_silent(transport):
        return await _silence(request)
    if result.is_cut:
        return await _half(request, result)
    if isinstance(result.body, str):
        return web.Response(status=result.status, text=result.body, content_type="text/html")
    return web.Response(
        status=result.status, body=_bytes(result), content_type="application/json", headers=result.headers
    )


async def _silence(request: web.Request) -> web.Response:
    await until_closed(request)
    return web.Response()


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _half(request: web.Request, result: Answer) -> web.StreamResponse:
    """Promise the whole length and send half of it."""
    body = _bytes(result)
    response = web.StreamResponse(status=result.status, headers={"Content-Type": "application/json"})
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


def _bytes(result: Answer) -> bytes:
    return json.dumps(result.body, ensure_ascii=False).encode()


async def _not_found(_: web.Request) -> web.StreamResponse:
    return web.json_response(ApiError(404, "Not Found").payload(), status=404)


async def _params(request: web.Request) -> Params:
    values: dict[str, object] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json" and request.can_read_body:
        try:
            sent = await request.json()
        except ValueError:
            sent = None
        values.update(sent if isinstance(sent, dict) else {})
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.filename, value.file.read(), value.content_type)
            elif isinstance(value, str):
                values[name] = value
            else:
                values[name] = bytes(value).decode(errors="replace")
    return Params(values, files)


async def _download(request: web.Request) -> web.StreamResponse:
    world = request.app[WORLD]
    if world.bot_by_token(request.match_info["token"]) is None:
        return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
    fault = world.plan.take(DOWNLOAD, request.match_info["path"])
    if fault is not None:
        return _cut(request) if fault.reset else web.Response(status=fault.status, text=str(fault.body))
    stored = world.files.by_path(request.match_info["path"], world.clock())
    if stored is None:
        return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
    return web.Response(body=stored.content, content_type="application/octet-stream")
