"""Settings are read once, and what is wrong with them is said in one sentence that names them."""

from pathlib import Path

import pytest

from bot.settings import Address, Secret, Settings, SettingsError

TOKEN = "123456:abcdefghij-KLMNOP_qrstuvwxyz0123456"


def test_nothing_need_be_set() -> None:
    settings = Settings.read({}, None)

    assert settings.token is None
    assert settings.api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///data/hamroh.db"
    assert settings.data_dir == Path("data")
    assert settings.listen == Address("127.0.0.1", 8443)
    assert settings.health_listen is None
    assert (settings.send_rate, settings.in_flight) == (28, 32)
    assert (settings.log_level, settings.log_format) == ("INFO", "console")


def test_the_database_lies_in_the_data_directory_unless_it_is_named() -> None:
    assert Settings.read({"HAMROH_DATA_DIR": "/var/lib/h"}, None).database_url == "sqlite:////var/lib/h/hamroh.db"


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        f"# ours\nexport HAMROH_TOKEN='{TOKEN}'\nHAMROH_LOG_LEVEL=debug # for a while\n\nOTHER=1\nHAMROH_IN_FLIGHT=8\n",
        encoding="utf-8",
    )

    settings = Settings.read({"HAMROH_IN_FLIGHT": "16", "PATH": "/bin"}, file)

    assert settings.token == Secret(TOKEN)
    assert settings.log_level == "DEBUG"
    assert settings.in_flight == 16


def test_an_empty_value_is_as_good_as_none() -> None:
    assert Settings.read({"HAMROH_TOKEN": "", "HAMROH_SEND_RATE": " "}, None) == Settings.read({}, None)


def test_a_file_that_is_not_there_is_no_matter(tmp_path: Path) -> None:
    assert Settings.read({}, tmp_path / ".env") == Settings.read({}, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN", "not a token"),
        ("API_URL", "api.telegram.org"),
        ("API_URL", "https://exa mple.org"),
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "postgresql://host"),
        ("DATABASE_DIRECT_URL", "sqlite:///data/hamroh.db"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("WEBHOOK_URL", "http://example.org/hook"),
        ("WEBHOOK_SECRET", "with space"),
        ("LISTEN", "8443"),
        ("LISTEN", "127.0.0.1:70000"),
        ("HEALTH_LISTEN", "host:port"),
        ("OPERATORS_CHAT", "@operators"),
        ("PROXY_URL", "ftp://proxy"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("SEND_RATE", "fast"),
        ("SEND_RATE", "-1"),
        ("IN_FLIGHT", "0"),
        ("IN_FLIGHT", "1.5"),
    ],
)
def test_a_malformed_setting_is_named_and_its_value_is_not_repeated(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.read({f"HAMROH_{name}": value}, None)

    sentence = str(refused.value)
    assert sentence.startswith(f"HAMROH_{name} must be ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "not a token" not in sentence


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(SettingsError, match=r"^HAMROH_TOKN: no such setting\. .*HAMROH_TOKEN"):
        Settings.read({"HAMROH_TOKN": "x"}, None)


def test_a_webhook_needs_its_secret() -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET"):
        Settings.read({"HAMROH_WEBHOOK_URL": "https://example.org/hook"}, None)

    both = {"HAMROH_WEBHOOK_URL": "https://example.org/hook", "HAMROH_WEBHOOK_SECRET": "s3cret"}
    assert Settings.read(both, None).webhook_url == "https://example.org/hook"


def test_the_health_pages_never_share_the_webhooks_port() -> None:
    with pytest.raises(SettingsError, match="HEALTH_LISTEN"):
        Settings.read({"HAMROH_LISTEN": "127.0.0.1:9000", "HAMROH_HEALTH_LISTEN": "0.0.0.0:9000"}, None)


def test_addresses_of_both_protocols_are_read() -> None:
    assert Settings.read({"HAMROH_LISTEN": "[::1]:9000"}, None).listen == Address("::1", 9000)
    assert str(Address("::1", 9000)) == "[::1]:9000"


def test_a_broken_line_of_the_file_is_named_by_its_number(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("HAMROH_IN_FLIGHT=8\nHAMROH_TOKEN\n", encoding="utf-8")

    with pytest.raises(SettingsError, match="Line 2"):
        Settings.read({}, file)


def test_secrets_do_not_show_themselves() -> None:
    given = {
        "HAMROH_TOKEN": TOKEN,
        "HAMROH_WEBHOOK_SECRET": "hidden-one",
        "HAMROH_DATABASE_URL": "sqlite:///hidden-two.db",
        "HAMROH_PROXY_URL": "http://user:hidden-three@proxy:3128",
    }

    shown = repr(Settings.read(given, None))

    assert TOKEN not in shown
    assert "hidden" not in shown


def test_passwords_within_addresses_are_secrets_too() -> None:
    settings = Settings.read(
        {
            "HAMROH_TOKEN": TOKEN,
            "HAMROH_DATABASE_URL": "postgresql://hamroh:pool-word@proxy/hamroh",
            "HAMROH_DATABASE_DIRECT_URL": "postgresql://hamroh:direct-word@server/hamroh",
            "HAMROH_PROXY_URL": "http://me:proxy-word@proxy:3128",
        },
        None,
    )

    assert set(settings.secrets) == {Secret(TOKEN), *map(Secret, ("pool-word", "direct-word", "proxy-word"))}
    assert not any(word in repr(settings) for word in ("pool-word", "direct-word", "proxy-word"))
