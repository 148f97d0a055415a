"""What `run` does on a machine that has Python and pip, and what it says when it cannot."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.setup.checkout import Checkout, load_run


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    checkout = Checkout.at(tmp_path_factory.mktemp("a checkout with spaces") / "hamroh")
    assert checkout.run("setup").returncode == 0
    return checkout


@pytest.fixture
def fresh(tmp_path: Path) -> Checkout:
    return Checkout.at(tmp_path / "checkout")


def test_setting_up_says_what_it_does_and_what_can_be_called_then(fresh: Checkout) -> None:
    said = fresh.run("setup").stderr.splitlines()

    assert [line.split(" with ")[0].split(" in ")[0] for line in said] == [
        "Making .venv",
        "Installing up to 0 packages from requirements.lock",
        "Installed",
        f"Ready: {fresh.root}/.venv/bin/hamroh --help",
    ]


def test_the_command_works_from_any_directory_and_keeps_its_exit_code(ready: Checkout, tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "__init__.py").write_text("raise SystemExit('the wrong bot')")

    called = subprocess.run(
        [ready.root / ".venv/bin/hamroh", "two words"], capture_output=True, text=True, check=False, cwd=tmp_path
    )

    assert (called.returncode, called.stdout) == (3, f"Hamroh {tmp_path} ['two words']\n")


def test_bot_and_demo_hand_their_arguments_on_and_stay_where_the_person_is(ready: Checkout, tmp_path: Path) -> None:
    bot = ready.run("bot", "import", "roadmap.csv", cwd=tmp_path)
    demo = ready.run("demo", "--port", "8090", cwd=tmp_path)

    assert (bot.returncode, bot.stdout) == (3, f"Hamroh {tmp_path} ['import', 'roadmap.csv']\n")
    assert (demo.returncode, demo.stdout) == (3, f"Hamroh {tmp_path} ['demo', '--port', '8090']\n")


def test_a_second_call_finds_everything_ready_and_says_nothing_of_it(ready: Checkout) -> None:
    assert ready.run("bot").stderr == ""


def test_python_tools_know_the_package_as_installed(ready: Checkout) -> None:
    program = "from importlib.metadata import version; print(version('hamroh'))"

    told = subprocess.run([ready.root / ".venv/bin/python", "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout == "0.1.0\n"


def test_a_new_version_replaces_the_one_before_without_making_the_environment_anew(fresh: Checkout) -> None:
    fresh.run("setup")
    (fresh.root / "pyproject.toml").write_text('[project]\nname = "hamroh"\nversion = "0.2.0"\n')

    said = fresh.run("setup").stderr

    assert "Making" not in said
    assert [entry.name for entry in (fresh.root / ".venv").rglob("*.dist-info")] == ["hamroh-0.2.0.dist-info"]


def test_a_changed_lock_makes_the_environment_anew(fresh: Checkout) -> None:
    fresh.run("setup", "--dev")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        left_over = fresh.root / ".venv" / "left-over"
        left_over.mkdir()
        (fresh.root / lock).write_text("# something else is needed\n")

        said = fresh.run("setup", "--dev").stderr

        assert "Making .venv" in said
        assert not left_over.exists()


def test_the_tools_are_installed_when_they_are_asked_for_and_not_before(fresh: Checkout) -> None:
    plain = fresh.run("setup").stderr
    tools = fresh.run("setup", "--dev").stderr
    again = fresh.run("setup").stderr

    assert "requirements-dev.lock" not in plain
    assert "requirements-dev.lock" in tools
    assert "Making" not in tools
    assert again.startswith("Ready")


@pytest.mark.parametrize("broken", ["", "[1]", '"cut sho'])
def test_a_broken_note_counts_as_none(fresh: Checkout, broken: str) -> None:
    fresh.note.parent.mkdir()
    fresh.note.write_text(broken)

    assert load_run().Environment(fresh.root).read_note() == {}


def test_an_interrupted_setup_is_begun_again(ready: Checkout) -> None:
    ready.note.write_text('"cut sho')

    again = ready.run("bot")

    assert again.stderr.startswith("Making .venv")
    assert again.returncode == 3


def test_an_environment_whose_python_has_gone_is_made_anew(ready: Checkout) -> None:
    (ready.root / ".venv/bin/python").unlink()

    assert ready.run("bot").returncode == 3


def test_a_checkout_that_was_moved_is_set_up_where_it_is(fresh: Checkout, tmp_path: Path) -> None:
    fresh.run("setup")
    moved = Checkout(fresh.root.rename(tmp_path / "elsewhere"))

    assert moved.run("bot", cwd=tmp_path).stdout == f"Hamroh {tmp_path} []\n"


def test_an_environment_of_somebody_else_is_left_alone(fresh: Checkout) -> None:
    theirs = fresh.root / ".venv" / "notes.txt"
    theirs.parent.mkdir()
    theirs.write_text("mine")

    refused = fresh.run("demo")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"Setting up failed. {fresh.root}/.venv was not made by ./run: move it away, then start again.\n"
    )
    assert theirs.read_text() == "mine"


def test_packages_that_cannot_be_had_are_named_in_one_sentence(fresh: Checkout) -> None:
    (fresh.root / "requirements.lock").write_text(f"hamroh-nowhere==1 \\\n    --hash=sha256:{'0' * 64}\n")

    refused = fresh.run("setup", settings={"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull})

    assert refused.returncode == 1
    [sentence] = [line for line in refused.stderr.splitlines() if "failed" in line]
    assert sentence.startswith("Setting up failed. pip could not install requirements.lock: ")
    assert "hamroh-nowhere" in sentence


def test_settings_of_pip_that_point_elsewhere_do_not_matter(fresh: Checkout, tmp_path: Path) -> None:
    elsewhere = {
        "PIP_TARGET": str(tmp_path / "target"),
        "PIP_USER": "1",
        "PYTHONHOME": "",
        "PIP_REQUIRE_VIRTUALENV": "1",
    }

    assert fresh.run("bot", settings=elsewhere).returncode == 3


def test_an_unknown_command_is_answered_with_the_known_ones(ready: Checkout) -> None:
    unknown = ready.run("dmeo")

    assert unknown.returncode == 2
    assert "There is no command “dmeo”." in unknown.stderr
    assert "demo [--port 8080]" in unknown.stderr


def test_help_is_to_be_had_without_setting_up(fresh: Checkout) -> None:
    assert fresh.run("--help").stdout.startswith("Usage: ./run COMMAND")
    assert fresh.run().returncode == 2
    assert not (fresh.root / ".venv").exists()


def test_two_at_once_set_up_once(fresh: Checkout) -> None:
    both = [
        subprocess.Popen(
            [sys.executable, fresh.root / "run", "bot"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [process.communicate() for process in both]

    assert [process.returncode for process in both] == [3, 3]
    assert "".join(errors for _, errors in said).count("Making .venv") == 1
