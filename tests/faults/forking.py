"""
A process that has loaded the whole bot and forks a run of it whenever it is asked to.

Loading takes two seconds, a fork a hundredth of one: that makes hundreds of runs affordable. A forked process is what
`hamroh run` is, from the settings and the log to the signals (`bot.cli.running.serve`), but for two things: it reads
its clock from a slate, because a month has to pass; and it tells the name of each durable step, and ends itself by
SIGKILL at the one at which it is to die.

A request is a line of JSON on the standard input; "started PID" and "ended PID STATUS" are the answers.
"""

import asyncio
import gc
import json
import os
import select
import signal
import socket
from pathlib import Path
from typing import Any

import bot.app  # noqa: F401 - loaded here, once for all runs
from bot import log, steps
from bot.cli.running import serve
from bot.services import calendars
from bot.settings import Settings
from tests.faults.slate import Slate
from tests.houses import STARTS_AT

# Loaded only where they are met, by an installation that pays for them once.
for _late in ("bot.intake.serving", "db.postgresql", "db.leadership", "psycopg"):
    __import__(_late)


def main() -> None:
    """Fork as asked until the standard input ends; then end what still runs."""
    woken, wakes = socket.socketpair()
    wakes.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
    # Looked up in a process of its own, which takes a second: a run finds them known.
    calendars.warm(("IR", "TJ"), STARTS_AT.date())
    gc.freeze()
    running: set[int] = set()
    asked = b""
    while True:
        ready, _, _ = select.select([0, woken.fileno()], [], [])
        if woken.fileno() in ready:
            woken.recv(4096)
            _tell_of_the_ended(running)
        if 0 in ready:
            got = os.read(0, 65536)
            if not got:
                break
            *lines, asked = (asked + got).split(b"\n")
            for line in lines:
                pid = os.fork()
                if pid == 0:
                    signal.set_wakeup_fd(-1)
                    os._exit(_run(json.loads(line)))
                running.add(pid)
                _say(f"started {pid}")
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def _tell_of_the_ended(running: set[int]) -> None:
    for pid in list(running):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            running.discard(pid)
            _say(f"ended {pid} {os.waitstatus_to_exitcode(status)}")


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def _run(request: dict[str, Any]) -> int:
    """Be a running bot; *request* has its settings, its slate, where steps are told, and the step to die at by act."""
    folder = Path(request["folder"])
    os.chdir(folder)
    errors = os.open(folder / request["errors"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number, instead in ((0, nothing), (1, nothing), (2, errors)):
        os.dup2(instead, number)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    settings = Settings.read(request["environ"], None)
    log.configure(settings.log_level, settings.log_format, (settings.token,))
    slate = Slate(folder / request["slate"])
    told = os.open(folder / request["steps"], os.O_WRONLY)
    deaths: dict[str, str] = request["deaths"]

    def watch(step: str) -> None:
        act = slate.act
        os.write(told, f"{os.getpid()} {act} {step}\n".encode())
        if deaths.get(str(act)) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    steps.watch(watch)
    asyncio.run(serve(settings, slate))
    return 0


if __name__ == "__main__":
    main()
