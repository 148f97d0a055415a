"""Commands as an administrator types them, in an empty folder."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.services.example_group import FOLDER

CODE = "IRTJ-MINING"


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Ended]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Type a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def typed(*arguments: str, **environ: str) -> Ended:
        with monkeypatch.context() as patch:
            for name, value in environ.items():
                patch.setenv(f"HAMROH_{name}", value)
            capsys.readouterr()
            try:
                code = main(arguments)
            except SystemExit as ended:
                code = int(ended.code or 0)
            out, err = capsys.readouterr()
        return Ended(code, out, err)

    return typed


@pytest.fixture
def with_group(run: Run) -> Run:
    """The same, with the example group created."""
    assert run("group", "create", str(FOLDER / "working_group.toml")).code == 0
    return run


@pytest.fixture
def with_people(with_group: Run) -> Run:
    """The same, with its people."""
    assert with_group("members", str(FOLDER / "members.csv"), "--group", CODE).code == 0
    return with_group
