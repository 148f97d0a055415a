"""What an administrator types: results on standard output, all else beside it, and exit codes that mean something."""

import re
import shutil
from pathlib import Path

import pytest

from bot.services.example_group import FOLDER, Example
from db.locking import RunLock
from tests.cli.conftest import CODE, Run
from tests.files.conftest import DATA


def test_help_is_worth_reading(run: Run) -> None:
    overview = run("--help")

    assert overview.code == 0
    assert "hamroh demo" in overview.out
    assert "exit codes:" in overview.out
    for name in ("members", "invite", "import", "export", "schedule", "calendar"):
        told = run(name, "--help")
        assert told.code == 0
        assert "example" in told.out
    assert max(len(line) for line in overview.lines) <= 120


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out.startswith("hamroh ")


@pytest.mark.parametrize(
    "typed",
    [
        (),
        ("dance",),
        ("invite", "--group", CODE),
        ("invite", "--group", CODE, "--owner"),
        ("invite", "--group", CODE, "--party", "TJ", "--role", "boss"),
        ("invite", "--owner", "--days", "0"),
        ("schedule", "--at", "tomorrow"),
        ("schedule", "--at", "2026-12-01T00:00"),
        ("demo", "--port", "99999"),
        ("import", "x.csv"),
    ],
)
def test_a_wrong_command_line_ends_with_2(typed: tuple[str, ...], run: Run) -> None:
    ended = run(*typed)

    assert ended.code == 2
    assert "usage: hamroh" in ended.err


def test_a_wrong_setting_ends_with_2_and_is_named(run: Run) -> None:
    ended = run("group", "list", IN_FLIGHT="many")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "HAMROH_IN_FLIGHT must be a whole number from 1 to 1024.\n"


def test_settings_are_read_from_the_folders_env_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HAMROH_DATA_DIR=elsewhere\n", encoding="utf-8")

    assert run("migrate").code == 0
    assert (tmp_path / "elsewhere" / "hamroh.db").exists()


def test_running_without_a_token_says_what_to_do(run: Run) -> None:
    ended = run("run")

    assert ended.code == 2
    assert "HAMROH_TOKEN" in ended.err
    assert "hamroh demo" in ended.err


def test_a_second_bot_on_the_same_database_ends_with_3(run: Run, tmp_path: Path) -> None:
    lock = RunLock(tmp_path / "data" / "hamroh.db")
    lock.take()

    ended = run("run", TOKEN="123456:abcdefghij")

    lock.free()
    assert (ended.code, ended.err) == (3, "Hamroh is running on this database already.\n")


def test_migrating_says_where_the_schema_is(run: Run) -> None:
    assert re.fullmatch(r"The schema is at \d+ \(it was empty\)\.\n", run("migrate").out)
    assert "as before" in run("migrate").out


def test_a_database_that_is_none_is_told_without_a_traceback(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "hamroh.db").write_bytes(b"this is no database" * 100)

    ended = run("group", "list")

    assert ended.code == 1
    assert re.fullmatch(r"The database data/hamroh\.db cannot be used: .*not a database\.\n", ended.err)


def test_a_group_is_created_once(with_group: Run) -> None:
    listed = with_group("group", "list")
    again = with_group("group", "create", str(FOLDER / "working_group.toml"))

    assert listed.out == f"{CODE}\tIR,TJ\t0/0 joined\tIran–Tajikistan Joint Mining Working Group\n"
    assert (again.code, again.err) == (1, f"There is a group “{CODE}” already; nothing was changed.\n")


def test_a_group_file_that_does_not_fit_is_refused_key_by_key(run: Run, tmp_path: Path) -> None:
    text = (FOLDER / "working_group.toml").read_text("utf-8")
    file = tmp_path / "group.toml"
    file.write_text(text.replace('"Asia/Dushanbe"', '"Dushanbe"').replace("after = 1", "after = 0"), encoding="utf-8")

    ended = run("group", "create", str(file))

    assert ended.code == 1
    assert ended.err.splitlines() == [
        f"{file}: parties.2.time_zone must be the name of a time zone, such as Asia/Dushanbe.",
        f"{file}: obstacles.ladder.1.after must be a whole number from 1.",
    ]


def test_a_country_whose_holidays_are_unknown_is_refused(run: Run, tmp_path: Path) -> None:
    text = (FOLDER / "working_group.toml").read_text("utf-8")
    file = tmp_path / "group.toml"
    file.write_text(text.replace('holidays_country = "TJ"', 'holidays_country = "XX"'), encoding="utf-8")

    ended = run("group", "create", str(file))

    assert ended.code == 1
    assert "the public holidays of XX are not known" in ended.err


def test_each_person_gets_a_line_with_handle_and_link(with_group: Run) -> None:
    ended = with_group("members", str(FOLDER / "members.csv"), "--group", CODE)

    assert ended.code == 0
    assert len(ended.lines) == 16
    assert all(re.fullmatch(r"[a-z]+\t/start [\w-]{22}", line) for line in ended.lines)
    assert "HAMROH_TOKEN is not set" in ended.err
    assert "missing" not in ended.err


def test_who_is_named_by_the_group_and_not_in_the_file_is_named(with_group: Run, tmp_path: Path) -> None:
    lines = (FOLDER / "members.csv").read_text("utf-8").splitlines(keepends=True)
    file = tmp_path / "some.csv"
    file.write_text("".join(line for line in lines if not line.startswith(("ghayurov", "uktamzoda"))), encoding="utf-8")

    ended = with_group("members", str(file), "--group", CODE)

    assert "Named by the group's file and still missing: ghayurov, uktamzoda." in ended.err


def test_people_who_do_not_fit_are_refused_and_nobody_is_added(with_group: Run, tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text("member,party,role,name_en\na,IR,member,A\nb,UZ,member,B\n", encoding="utf-8")

    ended = with_group("members", str(file), "--group", CODE)

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"{file}: row 3, party must be one of IR, TJ.\n"
    assert "\t0/0 joined" in with_group("group", "list").out


def test_an_invitation_stands_alone_on_the_last_line(with_group: Run) -> None:
    ended = with_group("invite", "--group", CODE, "--party", "tj", "--role", "secretary", "--language", "tg")
    owner = with_group("invite", "--owner")

    for one in (ended, owner):
        assert one.code == 0
        assert re.fullmatch(r"/start [\w-]{22}", one.lines[-1])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("invite", "--group", "NONE", "--party", "TJ", "--role", "member"), "There is no group “NONE”."),
        (("invite", "--group", CODE, "--party", "UZ", "--role", "member"), f"{CODE} has no party “UZ”."),
        (("members", "nothing.csv", "--group", CODE), "nothing.csv cannot be read: No such file or directory."),
        (("import", "nothing.csv", "--group", CODE), "nothing.csv cannot be read: No such file or directory."),
        (("group", "create", "."), ". cannot be read: Is a directory."),
        (("import", str(DATA / "bad_encoding.csv"), "--group", CODE), "it looks like Windows-1256"),
        (("members", str(DATA / "bad_encoding.csv"), "--group", CODE), "it looks like Windows-1256"),
        (("group", "create", str(DATA / "bad_roadmap.csv")), "The file is not TOML"),
    ],
)
def test_what_cannot_be_done_ends_with_1_and_one_clear_sentence(
    typed: tuple[str, ...], sentence: str, with_group: Run
) -> None:
    ended = with_group(*typed)

    assert ended.code == 1
    assert sentence in ended.err
    assert "Traceback" not in ended.err
    assert ended.out == ""


def test_a_roadmap_is_previewed_imported_and_imported_again(with_people: Run) -> None:
    file = str(FOLDER / "roadmap.csv")

    preview = with_people("import", file, "--group", CODE, "--dry-run")
    first = with_people("import", file, "--group", CODE)
    again = with_people("import", file, "--group", CODE.lower())

    assert (preview.code, first.code, again.code) == (0, 0, 0)
    assert len(preview.lines) == 48
    assert preview.lines[1] == "row 2\tadd\tM-1 فهرست معادن نیازمند بازسازی\tWill be added."
    assert first.out == "To add: 46. To change: 0. Unchanged: 0. Refused: 0. Skipped: 1.\n"
    assert again.out == "To add: 0. To change: 0. Unchanged: 46. Refused: 0. Skipped: 1.\n"
    assert "Writing 46 of 47 rows" in first.err


@pytest.mark.parametrize("name", ["bad_roadmap.csv", "bad_roadmap.xlsx"])
def test_one_refused_row_refuses_the_file_and_every_refusal_is_listed(name: str, with_people: Run) -> None:
    ended = with_people("import", str(DATA / name), "--group", CODE)

    assert ended.code == 1
    assert len(ended.lines) == 22
    assert ended.lines[0] == "row 6\trefuse\tDue: 31 Mehr 1406 does not exist: Mehr has 30 days."
    assert "Nothing was imported" in ended.err
    after = with_people("import", str(FOLDER / "roadmap.csv"), "--group", CODE, "--dry-run")
    assert "To add: 46." in after.out


def test_the_schedule_names_instant_rung_person_both_clocks_and_what(
    run: Run, example: tuple[Path, Example], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    shutil.copy(example[0], tmp_path / "data" / "hamroh.db")

    ended = run("schedule", "--at", "2026-12-01T00:00:00Z", "--days", "20")

    assert ended.code == 0
    instants = [line.split("\t")[0] for line in ended.lines]
    assert instants == sorted(instants)
    assert ended.lines
    for line in ended.lines:
        assert re.fullmatch(
            r"2026-12-\d\dT\d\d:\d\d:00Z\t(opens|D|D[+-]\d)\t[^\t]+ \([a-z]+\)"
            r"\t\d\d:\d\d Tehran / \d\d:\d\d Dushanbe\treport 2026-11: [^\t]+",
            line,
        )


def test_links_carry_the_bots_name_once_it_is_known(run: Run, example: tuple[Path, Example], tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    shutil.copy(example[0], tmp_path / "data" / "hamroh.db")

    ended = run("invite", "--owner")

    assert re.fullmatch(r"https://t\.me/hamroh_test_bot\?start=[\w-]{22}", ended.lines[-1])


def test_a_messenger_that_cannot_be_reached_is_told(run: Run) -> None:
    ended = run("invite", "--owner", TOKEN="123456:abcdefghij", API_URL="http://127.0.0.1:9")

    assert ended.code == 0
    assert "did not tell the bot's name" in ended.err
    assert ended.lines[-1].startswith("/start ")


@pytest.mark.parametrize("language", ["fa", "tg", "en"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_exported_and_imported_again_changes_nothing(
    with_people: Run, tmp_path: Path, form: str, language: str
) -> None:
    assert with_people("import", str(FOLDER / "roadmap.csv"), "--group", CODE).code == 0

    ended = with_people("export", f"out.{form}", "--group", CODE, "--language", language)
    assert (ended.code, ended.out) == (0, "")
    again = with_people("import", f"out.{form}", "--group", CODE, "--dry-run")

    assert again.lines[-1].startswith("To add: 0. To change: 0. Unchanged: 46. Refused: 0.")


def test_an_export_says_which_forms_there_are(with_people: Run) -> None:
    ended = with_people("export", "roadmap.pdf", "--group", CODE)

    assert (ended.code, ended.err) == (2, "roadmap.pdf must end in .xlsx, .csv, .ics.\n")
