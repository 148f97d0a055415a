"""The installation's settings, read once from the environment and .env into a frozen object."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, NoReturn, TypeVar, cast, get_args
from urllib.parse import urlsplit

PREFIX = "HAMROH_"
MESSENGER_URL = "https://api.telegram.org"

T = TypeVar("T")
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
LogFormat = Literal["console", "json"]

_TOKEN = re.compile(r"\d+:[\w-]{5,}", re.ASCII)
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_POSTGRESQL = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://[^\s/]*/[^\s/?]+(?:\?\S*)?")
_EXPORT = re.compile(r"^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$")


class SettingsError(Exception):
    """Settings that cannot be used; the text is one sentence for the person who starts the program."""


class Secret:
    """A text that shows itself only when asked; its repr is safe to log."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Give the text itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret('…')"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


class Address(NamedTuple):
    """Where a server listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Settings:
    """
    All that an installation can choose. *send_rate* is messages a second in all; 0 switches the limiter off.

    *api_url* has no slash at its end; *database_url* is as SQLAlchemy takes it, and *database_direct_url* the way past
    a proxy that pools PostgreSQL's connections; *health_listen* None means no health page.
    """

    token: Secret | None
    api_url: str
    database_url: str = field(repr=False)
    database_direct_url: str | None = field(repr=False)
    data_dir: Path
    webhook_url: str | None
    webhook_secret: Secret | None
    listen: Address
    health_listen: Address | None
    operators_chat: int | None
    proxy_url: str | None = field(repr=False)
    log_level: LogLevel
    log_format: LogFormat
    send_rate: float
    in_flight: int

    @classmethod
    def read(cls, environ: Mapping[str, str], env_file: Path | None) -> "Settings":
        """
        Read the settings from *env_file*, where it exists, and *environ*, which goes before it.

        Raises:
            SettingsError: a setting is unknown, malformed or contradicts another; the sentence names it.
        """
        given = _given(environ, env_file)
        unknown = sorted(set(given) - set(_NAMES))
        if unknown:
            names = ", ".join(PREFIX + name for name in unknown)
            message = f"{names}: no such setting. Settings are: {', '.join(PREFIX + name for name in _NAMES)}."
            raise SettingsError(message)
        data_dir = Path(given.get("DATA_DIR", "data")).expanduser()
        settings = cls(
            token=_optional(given, "TOKEN", _token),
            api_url=_parsed(given, "API_URL", _http_url, MESSENGER_URL),
            database_url=_parsed(given, "DATABASE_URL", _database_url, f"sqlite:///{data_dir / 'hamroh.db'}"),
            database_direct_url=_optional(given, "DATABASE_DIRECT_URL", _postgresql_url),
            data_dir=data_dir,
            webhook_url=_optional(given, "WEBHOOK_URL", _https_url),
            webhook_secret=_optional(given, "WEBHOOK_SECRET", _webhook_secret),
            listen=_parsed(given, "LISTEN", _address, Address("127.0.0.1", 8443)),
            health_listen=_optional(given, "HEALTH_LISTEN", _address),
            operators_chat=_optional(given, "OPERATORS_CHAT", _chat),
            proxy_url=_optional(given, "PROXY_URL", _proxy_url),
            log_level=_parsed(given, "LOG_LEVEL", _log_level, "INFO"),
            log_format=_parsed(given, "LOG_FORMAT", _log_format, "console"),
            send_rate=_parsed(given, "SEND_RATE", _send_rate, 28.0),
            in_flight=_parsed(given, "IN_FLIGHT", _in_flight, 32),
        )
        settings._check_together()
        return settings

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """What must never reach a log: the token, the webhook's secret, passwords within addresses."""
        addresses = (self.database_url, self.database_direct_url, self.proxy_url)
        passwords = (urlsplit(address).password for address in addresses if address)
        named = (self.token, self.webhook_secret)
        return (*filter(None, named), *(Secret(password) for password in passwords if password))

    def _check_together(self) -> None:
        if self.webhook_url and not self.webhook_secret:
            message = f"{PREFIX}WEBHOOK_URL needs {PREFIX}WEBHOOK_SECRET: without it anybody could post updates."
            raise SettingsError(message)
        if self.database_direct_url and self.database_url.startswith("sqlite"):
            message = f"{PREFIX}DATABASE_DIRECT_URL goes with a {PREFIX}DATABASE_URL that leads to PostgreSQL."
            raise SettingsError(message)
        if self.health_listen and self.health_listen.port == self.listen.port:
            message = f"{PREFIX}HEALTH_LISTEN must not use the webhook's port, {self.listen.port}."
            raise SettingsError(message)


_NAMES = tuple(name.upper() for name in Settings.__dataclass_fields__)


def _given(environ: Mapping[str, str], env_file: Path | None) -> dict[str, str]:
    """Collect what is set, without the prefix; an empty value is as good as none."""
    both = {**(_env_file(env_file) if env_file else {}), **environ}
    return {
        name.removeprefix(PREFIX): value for name, value in both.items() if name.startswith(PREFIX) and value.strip()
    }


def _env_file(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        message = f"The settings file {path} cannot be read: {error}."
        raise SettingsError(message) from error
    values = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _EXPORT.match(line)
        if not found:
            message = f"Line {number} of {path} is not NAME=value."
            raise SettingsError(message)
        values[found[1]] = _unquoted(found[2].strip())
    return values


def _unquoted(value: str) -> str:
    quoted = re.match(r"""(["'])(.*?)\1\s*(?:#.*)?$""", value)
    return quoted[2] if quoted else re.split(r"\s#", value, maxsplit=1)[0].rstrip()


def _parsed(given: Mapping[str, str], name: str, parse: Callable[[str], T], default: T) -> T:
    return _named(given[name], name, parse) if name in given else default


def _optional(given: Mapping[str, str], name: str, parse: Callable[[str], T]) -> T | None:
    return _named(given[name], name, parse) if name in given else None


def _named(text: str, name: str, parse: Callable[[str], T]) -> T:
    # A refusal never repeats the value: it may be a secret.
    try:
        return parse(text.strip())
    except ValueError as error:
        message = f"{PREFIX}{name} must be {error}."
        raise SettingsError(message) from None


def _refuse(expected: str) -> NoReturn:
    raise ValueError(expected)


def _token(text: str) -> Secret:
    if not _TOKEN.fullmatch(text):
        _refuse("the bot's token as the messenger gave it, such as 123456:ABC-DEF")
    return Secret(text)


def _webhook_secret(text: str) -> Secret:
    if not _WEBHOOK_SECRET.fullmatch(text):
        _refuse("1 to 256 Latin letters, digits, _ or -")
    return Secret(text)


def _url(text: str, schemes: tuple[str, ...]) -> str:
    expected = f"an address that begins with {' or '.join(scheme + '://' for scheme in schemes)}"
    try:
        parts = urlsplit(text)
        usable = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or any(character.isspace() for character in text):
        _refuse(expected)
    return text


def _http_url(text: str) -> str:
    return _url(text, ("https", "http")).rstrip("/")


def _https_url(text: str) -> str:
    return _url(text, ("https",))


def _proxy_url(text: str) -> str:
    return _url(text, ("http", "https", "socks5"))


def _database_url(text: str) -> str:
    if not re.fullmatch(r"sqlite:///[^:?][^?]*", text) and not _POSTGRESQL.fullmatch(text):
        _refuse("a SQLite file, such as sqlite:///data/hamroh.db, or postgresql://user:password@host/database")
    return text


def _postgresql_url(text: str) -> str:
    if not _POSTGRESQL.fullmatch(text):
        _refuse("the address of a PostgreSQL, such as postgresql://user:password@host/database")
    return text


def _address(text: str) -> Address:
    host, separator, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not separator or not host or not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        _refuse("a host and a port, such as 127.0.0.1:8443")
    return Address(host, int(port))


def _chat(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        _refuse("the number of a chat, such as -1001234567890")
    return int(text)


def _log_level(text: str) -> LogLevel:
    if text.upper() not in get_args(LogLevel):
        _refuse(f"one of {', '.join(get_args(LogLevel))}")
    return cast("LogLevel", text.upper())


def _log_format(text: str) -> LogFormat:
    if text.lower() not in get_args(LogFormat):
        _refuse(f"one of {', '.join(get_args(LogFormat))}")
    return cast("LogFormat", text.lower())


def _send_rate(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,3})?", text):
        _refuse("a number of messages a second, such as 28; 0 switches the limiter off")
    return float(text)


def _in_flight(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= 1024:
        _refuse("a whole number from 1 to 1024")
    return int(text)
