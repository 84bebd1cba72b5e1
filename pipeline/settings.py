"""Settings: environment variables `MASH_...`, or the same names in lower case in `mash-intake.toml`; the environment wins.

Secrets are `SecretStr`: they never show in a repr, a log or an error.
"""

from __future__ import annotations

import json
import os
import re
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError, TomlConfigSettingsSource

from pipeline.errors import WrongSetup

SETTINGS_FILE = "mash-intake.toml"
Security = Literal["tls", "starttls", "none"]


class Settings(BaseSettings):
    """Everything a deployment chooses. Nothing here is needed to read a file with `mash-intake extract`."""

    model_config = SettingsConfigDict(env_prefix="MASH_", extra="forbid", toml_file=SETTINGS_FILE, frozen=False)

    authority: str | None = Field(default=None, description="tower-hamlets, lewisham, thurrock, oxfordshire, hertfordshire, or a folder of your own")
    data_dir: Path = Field(default=Path("data"), description="where raw mail, the store and reports are kept")
    database_url: str | None = Field(default=None, description="SQLite in the data folder unless set; PostgreSQL by URL")
    key: SecretStr | None = Field(default=None, description="the key that everything held is sealed with; several with blanks between, newest first")
    key_file: Path | None = Field(
        default=None, description="instead: a file of keys that only its owner may read; without either, seal.key in data_dir"
    )

    match_weights: Path | None = Field(
        default=None, description="weights for matching, fitted from this hub's own confirmed decisions; ours without it"
    )

    imap_host: str | None = None
    imap_port: int | None = None
    imap_security: Security = "tls"
    imap_user: str | None = None
    imap_password: SecretStr | None = None
    imap_folder: str = "INBOX"
    imap_stored_folder: str = Field(default="Stored", description="the folder taken mail is moved to")
    imap_auth: Literal["password", "oauth2"] = "password"
    imap_ca_file: Path | None = Field(default=None, description="certificate authority of a council's own mail server")
    oauth_tenant: str | None = None
    oauth_client_id: str | None = None
    oauth_client_secret: SecretStr | None = None
    oauth_certificate: Path | None = Field(default=None, description="instead of a secret: a PEM file with private key and certificate")
    oauth_authority: str = Field(default="https://login.microsoftonline.com", description="the identity service, without the tenant")
    oauth_scope: str = "https://outlook.office365.com/.default"
    oauth_ca_file: Path | None = Field(default=None, description="certificate authority of an identity service of your own")

    imap_watch: Literal["told", "look", "no"] = Field(
        default="told", description="between polls: be told of new mail at once (IDLE), look every few seconds, or wait for the next poll"
    )
    ops_webhook: SecretStr | None = Field(default=None, description="an address that every alarm for ops is sent to, as JSON with one text")
    health_port: int = Field(default=8701, ge=0, le=65535, description="where `serve` answers /health and /metrics, on loopback; 0 is nowhere")
    log_format: Literal["text", "json"] = Field(default="text", description="how processes that stay write their logs: words, or an object a line")
    workers: int = Field(default=0, ge=0, le=64, description="mails worked through at the same time on this machine; 0 is one a processor")

    smtp_host: str | None = None
    smtp_port: int | None = None
    smtp_security: Security = "tls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_auth: Literal["password", "oauth2"] = "password"
    smtp_from: str | None = None
    smtp_ca_file: Path | None = None

    canary_to: str | None = Field(
        default=None, description="the address referrals are sent to: now and then a canary mail goes there and must come back"
    )
    canary_minutes: int = Field(default=60, ge=10, description="how often")
    own_addresses: list[str] = Field(default_factory=list, description="other addresses of this hub; mail from them is never answered")
    authserv_id: str | None = Field(default=None, description="the name our own mail server signs Authentication-Results with")
    document_seconds: float = Field(default=22.0, gt=3, description="how long one document may take to read")
    document_passwords: list[SecretStr] = Field(default_factory=list, description="passwords agreed with referrers, tried on a locked document")
    document_megabytes: int = Field(default=640, ge=256, description="how much memory one document may take to read")

    console_sign_in: Literal["oidc", "proxy", "local"] | None = Field(
        default=None, description="how screeners sign in; without it there is no console"
    )
    console_host: str = Field(default="127.0.0.1", description="the address the console listens on")
    console_port: int = Field(default=8700, ge=0, le=65535)
    console_url: str | None = Field(default=None, description="the console's address as browsers see it, such as https://mash.example.gov.uk")
    console_certificate: Path | None = Field(
        default=None, description="a PEM file, where the console speaks TLS itself and no gateway stands before it"
    )
    console_certificate_key: Path | None = None
    console_idle_minutes: int = Field(default=30, ge=2, le=480, description="signed out after so long without a request")
    console_session_hours: int = Field(default=10, ge=1, le=24, description="signed out after so long in any case")
    console_proxy_addresses: list[str] = Field(default_factory=list, description="the only addresses whose sign-in headers are believed")
    console_proxy_user_header: str = "Remote-User"
    console_proxy_name_header: str = "Remote-Name"
    console_proxy_roles_header: str = "Remote-Groups"
    console_users_file: Path | None = Field(default=None, description="local users, for demonstrations alone; console-users.toml in the data folder")
    oidc_issuer: str | None = Field(default=None, description="such as https://login.microsoftonline.com/TENANT/v2.0")
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_ca_file: Path | None = Field(default=None, description="certificate authority of an identity service of your own")
    oidc_roles_claim: str = "roles"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is passed in code, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @cached_property
    def store_url(self) -> str:
        """The database URL, SQLite in the data folder unless set."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'mash-intake.sqlite3').absolute()}"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address that is ours: the mailbox, the sender of letters, and those listed."""
        ours = [self.smtp_from, self.imap_user if self.imap_user and "@" in self.imap_user else None, *self.own_addresses]
        return tuple(dict.fromkeys(address.lower() for address in ours if address))

    def handed_down(self) -> str:
        """All of it as one line of JSON, secrets too: for a child of ours, which must work with the same settings whatever becomes of the file meanwhile."""
        return json.dumps(
            self.model_dump(exclude_unset=True), default=lambda value: value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        )


class _HandedDown(Settings):
    """Settings that another process has read: neither the environment nor the file is looked at again."""

    model_config = SettingsConfigDict(toml_file=None)

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, *others: Any, **named: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is passed in code alone."""
        return (init_settings,)


def taken_over(text: str) -> Settings:
    """The settings that `handed_down` wrote."""
    return _HandedDown(**json.loads(text))


def load_settings(**given: Any) -> Settings:
    """Read the settings; a wrong one is named with its variable, and its value is not repeated.

    Raises WrongSetup.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        variable = f"MASH_{name.upper()}"
        origin = variable if variable in os.environ else f"{SETTINGS_FILE}: {name}"
        raise WrongSetup(f"{origin}: {first['msg']}. Correct it and run again.") from None
    except SettingsError as error:  # a list that is no JSON in the environment; its text names the field alone
        name = next(iter(re.findall(r'field "(\w+)"', str(error))), "settings")
        raise WrongSetup(f'MASH_{name.upper()} is a list: write it as JSON, ["one", "two"]. Correct it and run again.') from None
    except ValueError as error:  # the TOML file itself
        raise WrongSetup(f"{SETTINGS_FILE} could not be read: {type(error).__name__}. Check its spelling.") from None
