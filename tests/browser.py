"""A headless Chromium that tests look through: its DevTools protocol over one WebSocket."""

import asyncio
import base64
import itertools
import json
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--remote-debugging-port=0",
)
_START_SECONDS = 30.0
_WAIT_SECONDS = 8.0

# Finds what a person would name: a control by its accessible name or its visible words, the last one if there are many.
_FIND = """
window.seek = (name, root = document) => {
  const bare = (text) => (text || "").replace(/[\\u2066-\\u2069\\u200e\\u200f]/g, "").trim();
  const shown = (node) => node.getClientRects().length && getComputedStyle(node).visibility !== "hidden";
  const all = [...root.querySelectorAll("button, a, input, textarea, [role=menuitem]")].filter(shown);
  const label = (node) => bare(node.getAttribute("aria-label") || node.labels?.[0]?.innerText);
  const by = (fits) => all.filter((node) => fits(label(node), bare(node.innerText))).at(-1);
  return by((label, text) => label === name || text === name) || by((_, text) => text.includes(name));
};
"""


def chromium_path() -> str | None:
    """Give the browser of this machine, or None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


class BrowserError(AssertionError):
    """The page did not do what it was asked to."""


class Browser:
    """A running browser; *page* opens a window in it."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._pages: dict[str, Page] = {}

    async def page(
        self,
        url: str,
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        touch: bool = False,
        scale: int | None = None,
    ) -> "Page":
        """Open a window of that size, as a phone with *touch*, and go to *url*; a point has *scale* dots."""
        target = await self.call("Target.createTarget", {"url": "about:blank"})
        attached = await self.call("Target.attachToTarget", {"targetId": target["targetId"], "flatten": True})
        session = attached["sessionId"]
        page = self._pages[session] = Page(self, target=target["targetId"], session=session)
        await page.call("Page.enable")
        await page.call("Runtime.enable")
        await page.call("Log.enable")
        scale = scale or (2 if touch else 1)
        size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": touch}
        await page.call("Emulation.setDeviceMetricsOverride", size)
        await page.call("Emulation.setTouchEmulationEnabled", {"enabled": touch})
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        # What moves cannot be clicked reliably.
        motion = {"name": "prefers-reduced-motion", "value": "reduce"}
        await page.call("Emulation.setEmulatedMedia", {"features": [scheme, motion]})
        await page.call("Page.addScriptToEvaluateOnNewDocument", {"source": _FIND})
        await page.call("Page.navigate", {"url": url})
        return page

    async def call(
        self, method: str, params: dict[str, Any] | None = None, session: str | None = None
    ) -> dict[str, Any]:
        """Call a method of the protocol."""
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        request: dict[str, Any] = {"id": number, "method": method, "params": params or {}}
        if session is not None:
            request["sessionId"] = session
        await self._socket.send_json(request)
        answer = await asyncio.wait_for(self._answers[number], _START_SECONDS)
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error']['message']}")
        return dict(answer["result"])

    async def listen(self) -> None:
        """Read answers and events until the browser is closed."""
        async for frame in self._socket:
            said = json.loads(frame.data)
            if "id" in said:
                self._answers.pop(said["id"]).set_result(said)
            elif (page := self._pages.get(said.get("sessionId", ""))) is not None:
                page.hear(said["method"], said["params"])


class Page:
    """A window: what stands in it, and what a person's hands do with it."""

    def __init__(self, browser: Browser, *, target: str, session: str) -> None:
        self._browser = browser
        self._target = target
        self._session = session
        self.complaints: list[str] = []

    async def call(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """Call a method of the protocol for this window."""
        return await self._browser.call(method, params, self._session)

    def hear(self, method: str, params: dict[str, Any]) -> None:
        """Keep what the browser complains of: errors of scripts, refused resources, broken policies."""
        if method == "Runtime.exceptionThrown":
            detail = params["exceptionDetails"]
            self.complaints.append(str(detail.get("exception", {}).get("description", detail["text"])))
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.complaints.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")

    async def close(self) -> None:
        """Close the window; its connections come free, of which a browser has six for an address."""
        await self._browser.call("Target.closeTarget", {"targetId": self._target})

    async def evaluate(self, script: str) -> Any:
        """Give the value of an expression of the page; a promise is awaited."""
        asked = {"expression": script, "awaitPromise": True, "returnByValue": True, "userGesture": True}
        answer = await self.call("Runtime.evaluate", asked)
        if "exceptionDetails" in answer:
            raise BrowserError(str(answer["exceptionDetails"].get("exception", {}).get("description", script)))
        return answer["result"].get("value")

    async def until(self, script: str, *, seconds: float = _WAIT_SECONDS) -> Any:
        """Wait in the page until an expression is true, and give its value."""
        waiting = f"""new Promise((done) => {{
            const started = performance.now();
            const look = () => {{
                let value = null;
                try {{ value = {script}; }} catch {{ value = null; }}
                if (value || performance.now() - started > {seconds * 1000}) done(value instanceof Node || value);
                else setTimeout(look, 15);
            }};
            look();
        }})"""
        value = await self.evaluate(waiting)
        if not value:
            text = await self.evaluate("document.body.innerText")
            raise BrowserError(f"never true: {script}\ncomplaints: {self.complaints}\nthe page says:\n{text}")
        return value

    async def reads(self, text: str) -> None:
        """Wait until the page shows *text* (marks of direction aside)."""
        bare = "document.body.innerText.replace(/[\\u2066-\\u2069\\u200e\\u200f]/g, '')"
        await self.until(f"{bare}.includes({json.dumps(text)})")

    async def click(self, name: str) -> None:
        """Click the control with this accessible name or these words, once it is there."""
        found = f"seek({json.dumps(name)})"
        await self.until(f"Boolean({found})")
        await self.click_at(found)

    async def click_at(self, node: str, *, button: str = "left") -> None:
        """Click the middle of the element that an expression gives."""
        middle = f"""(() => {{
            const node = {node};
            node.scrollIntoView({{ block: "nearest" }});
            const box = node.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];
        }})()"""
        x, y = await self.evaluate(middle)
        for kind in ("mousePressed", "mouseReleased"):
            at = {"type": kind, "x": x, "y": y, "button": button, "clickCount": 1}
            await self.call("Input.dispatchMouseEvent", at)

    async def type(self, text: str) -> None:
        """Type into what has the focus."""
        await self.call("Input.insertText", {"text": text})

    async def press(self, key: str) -> None:
        """Press and release a key, such as Enter."""
        more = {"windowsVirtualKeyCode": 13, "text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", {"type": kind, "key": key, "code": key, **more})

    async def choose_file(self, name: str, path: Path) -> None:
        """Click a control that asks for a file, and give it one."""
        await self.call("Page.setInterceptFileChooserDialog", {"enabled": True})
        await self.evaluate(
            "window.asked = null; HTMLInputElement.prototype.click = function () { window.asked = this; };"
        )
        await self.click(name)
        await self.until("Boolean(window.asked)")
        held = await self.call("Runtime.evaluate", {"expression": "window.asked"})
        await self.call("DOM.setFileInputFiles", {"files": [str(path)], "objectId": held["result"]["objectId"]})

    async def screenshot(self, path: Path) -> None:
        """Save what the window shows as a PNG, after its pictures and fonts are there."""
        await self.evaluate(
            "Promise.all([document.fonts.ready, ...[...document.images].map((img) => img.decode().catch(() => 0))])"
        )
        answer = await self.call("Page.captureScreenshot", {"format": "png"})
        await asyncio.to_thread(path.write_bytes, base64.b64decode(answer["data"]))


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """
    Run a browser with an empty profile while the context lasts.

    Raises:
        BrowserError: there is none on this machine, or it does not start.
    """
    path = chromium_path()
    if path is None:
        raise BrowserError("There is no Chromium on this machine: install the package “chromium”.")
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            path, *_FLAGS, f"--user-data-dir={profile}", stderr=asyncio.subprocess.PIPE
        )
        reading = None
        try:
            address = await asyncio.wait_for(_address(process), _START_SECONDS)
            reading = asyncio.create_task(_drain(process))
            async with (
                aiohttp.ClientSession() as session,
                session.ws_connect(address, max_msg_size=0, compress=0) as socket,
            ):
                browser = Browser(socket)
                listening = asyncio.create_task(browser.listen())
                yield browser
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            if reading is not None:
                await reading


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    said = b""
    while line := await process.stderr.readline():
        said += line
        if found := re.search(rb"DevTools listening on (ws://\S+)", line):
            return found[1].decode()
    raise BrowserError(f"The browser did not start: {said.decode(errors='replace')[-400:]}")


async def _drain(process: asyncio.subprocess.Process) -> None:
    """Read on, or the browser stops when the pipe is full."""
    assert process.stderr is not None
    while await process.stderr.read(65536):
        pass
