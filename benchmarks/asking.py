"""Asks a bot's /livez every 20 ms over one connection until told to stop; prints how long each answer took."""

import asyncio
import json
import sys

ASK_SECONDS = 0.02
_PAGE = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def asked(address: str) -> list[float]:
    """Ask until a line comes on standard input; give the seconds of each answer."""
    loop = asyncio.get_running_loop()
    host, _, port = address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    ended = loop.run_in_executor(None, sys.stdin.readline)
    print("asking", flush=True)
    took: list[float] = []
    while not ended.done():
        began = loop.time()
        writer.write(_PAGE)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.partition(b":")[2]))
        took.append(loop.time() - began)
        await asyncio.sleep(max(0.0, ASK_SECONDS - took[-1]))
    writer.close()
    return took


if __name__ == "__main__":
    print(json.dumps(asyncio.run(asked(sys.argv[1]))))
