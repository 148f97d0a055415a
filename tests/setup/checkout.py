"""A small checkout of its own, whose set-up can be changed and broken without harm."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = '''"""Says where it stands and what it was asked for."""

import os
import sys


def main() -> int:
    print("Hamroh", os.getcwd(), sys.argv[1:])
    return 3


if __name__ == "__main__":
    sys.exit(main())
'''


def load_run() -> ModuleType:
    """Import the script `run`, which has no suffix."""
    loader = SourceFileLoader("run", str(ROOT / "run"))
    spec = spec_from_loader("run", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Checkout:
    """A repository with `run`, a program of a few lines and locks without packages, so that setting up is quick."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> "Checkout":
        """Lay the files of a checkout out."""
        (root / "bot").mkdir(parents=True)
        (root / "bot" / "__init__.py").write_text("")
        (root / "bot" / "__main__.py").write_text(PROGRAM)
        shutil.copy(ROOT / "run", root / "run")
        (root / "pyproject.toml").write_text('[project]\nname = "hamroh"\nversion = "0.1.0"\n')
        for lock in ("requirements.lock", "requirements-dev.lock"):
            (root / lock).write_text("# nothing is needed\n")
        return cls(root)

    @property
    def note(self) -> Path:
        """Give the note that `run` leaves in the environment."""
        return self.root / ".venv" / "hamroh-setup.json"

    def run(
        self, *arguments: str, cwd: Path | None = None, settings: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Call `run` as a person does, with *settings* added to the environment."""
        return subprocess.run(
            [sys.executable, self.root / "run", *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=cwd or self.root,
            env=os.environ | (settings or {}),
            stdin=subprocess.DEVNULL,
        )
