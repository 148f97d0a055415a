"""The package as others install it: what is in the wheel, and that its command works far from any checkout."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest

from bot.domain.readers import LANGUAGES
from tests.setup.checkout import ROOT, load_run


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(place)]
    built = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(place.glob("hamroh-*.whl"))


@pytest.fixture
def packed(wheel: Path) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(wheel) as archive:
        yield archive


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wheel_speaks_every_language_without_babel(packed: zipfile.ZipFile, language: str) -> None:
    compiled = packed.read(f"locales/{language}/LC_MESSAGES/hamroh.mo")

    assert GNUTranslations(BytesIO(compiled)).info()["content-type"] == "text/plain; charset=utf-8"


def test_the_wheel_holds_everything_of_the_rooms_and_nothing_else(packed: zipfile.ZipFile) -> None:
    rooms = ("bot", "db", "handlers", "locales")
    of_the_checkout = {
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".mo"
    }

    names = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert {name for name in names if not name.endswith(".mo")} == of_the_checkout
    assert {name for name in of_the_checkout if name.startswith("bot/examples/")}


def test_the_command_of_the_wheel_works_in_a_new_environment(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv/bin/python"
    packages = next((tmp_path / "venv/lib").glob("python3*/site-packages"))
    # The libraries come from the environment of the tests, and only they: its link to the checkout is not followed.
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    install = [*load_run().pip_install(python), "--no-deps", "--no-index", "--quiet", wheel]
    subprocess.run(install, check=True, capture_output=True)
    (packages / "libraries.pth").write_text(f"{libraries}\n")

    helped = subprocess.run(
        [tmp_path / "venv/bin/hamroh", "--help"], capture_output=True, text=True, check=False, cwd=tmp_path
    )

    assert (helped.returncode, helped.stderr) == (0, "")
    assert "demo" in helped.stdout
