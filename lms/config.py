"""Settings, read once from the environment; a wrong or missing one stops the start and says the fix."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32


class ConfigError(Exception):
    """A setting is missing or wrong; the message names the variable and the mend."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that may differ from one installation to another."""

    is_production: bool  # LMS_ENV=production
    secret_key: str  # LMS_SECRET_KEY
    public_url: str  # LMS_PUBLIC_URL, without a slash at the end
    instance: Path  # LMS_INSTANCE
    database_url: str  # LMS_DATABASE_URL
    courses: Path  # LMS_COURSES
    site_name: str  # LMS_SITE_NAME
    recipient_agency: str  # LMS_RECIPIENT_AGENCY
    trusted_proxies: int  # LMS_TRUSTED_PROXIES
    rate_limit_storage: str  # LMS_RATE_LIMIT_STORAGE
    sign_in_hours: int  # LMS_SIGN_IN_HOURS
    idle_minutes: int  # LMS_IDLE_MINUTES

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Config":
        """Read the settings with the prefix LMS_; raise ConfigError if one is missing or wrong."""
        env = os.environ if environment is None else environment
        is_production = _choice(env, "LMS_ENV", ("development", "production")) == "production"
        instance = Path(env.get("LMS_INSTANCE") or ROOT / "instance").absolute()
        return cls(
            is_production=is_production,
            secret_key=_secret_key(env, is_production, instance),
            public_url=_public_url(env, is_production),
            instance=instance,
            database_url=env.get("LMS_DATABASE_URL") or f"sqlite:///{instance / 'lms.db'}",
            courses=Path(env.get("LMS_COURSES") or ROOT / "courses").absolute(),
            site_name=env.get("LMS_SITE_NAME") or "Ашық орта",
            recipient_agency=env.get("LMS_RECIPIENT_AGENCY")
            or "Қазақстан Республикасының Мемлекеттік қызмет істері агенттігі",
            trusted_proxies=_whole(env, "LMS_TRUSTED_PROXIES", 0, least=0),
            rate_limit_storage=env.get("LMS_RATE_LIMIT_STORAGE") or "memory://",
            sign_in_hours=_whole(env, "LMS_SIGN_IN_HOURS", 12, least=1),
            idle_minutes=_whole(env, "LMS_IDLE_MINUTES", 120, least=5),
        )


def _choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = env.get(name) or choices[0]
    if value not in choices:
        raise ConfigError(f"{name} is {value!r}: set it to one of {', '.join(choices)}.")
    return value


def _whole(env: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    text = env.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise ConfigError(f"{name} is {text!r}: set it to a whole number from {least} up.")
    return int(text)


def _secret_key(env: Mapping[str, str], is_production: bool, instance: Path) -> str:
    """Take the key from the environment; outside production make one and keep it beside the database."""
    if key := env.get("LMS_SECRET_KEY"):
        if len(key) < SHORTEST_SECRET:
            raise ConfigError(f"LMS_SECRET_KEY is too short: use at least {SHORTEST_SECRET} random characters.")
        return key
    if is_production:
        raise ConfigError(
            "LMS_SECRET_KEY is missing: set it to the output of"
            " python3 -c 'import secrets; print(secrets.token_hex(32))' and keep it secret."
        )
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _public_url(env: Mapping[str, str], is_production: bool) -> str:
    url = (env.get("LMS_PUBLIC_URL") or "").rstrip("/")
    if not url and not is_production:
        return "http://127.0.0.1:8000"
    parts = urlsplit(url)
    if parts.scheme not in ({"https"} if is_production else {"http", "https"}) or not parts.netloc:
        raise ConfigError(
            f"LMS_PUBLIC_URL is {url!r}: set it to the address people use, such as https://oqu.example.kz."
        )
    return url
