"""The choice of edges: which mailbox, which sender, which council, from the settings. The only place where settings become connections."""

from __future__ import annotations

from collections.abc import Callable

from models.authority import Authority
from pipeline.authorities import authority_names, load_authority
from pipeline.errors import WrongSetup
from pipeline.ingest.imap import Account
from pipeline.oauth import tokens
from pipeline.route.smtp import Sender, SmtpAccount
from pipeline.settings import Security, Settings
from pipeline.store.keyring import Keyring

IMAP_PORTS: dict[Security, int] = {"tls": 993, "starttls": 143, "none": 143}
SMTP_PORTS: dict[Security, int] = {"tls": 465, "starttls": 587, "none": 25}


def authority_of(settings: Settings) -> Authority:
    """The council whose rules hold. Raises WrongSetup naming the choices."""
    if not settings.authority:
        raise WrongSetup(
            f"No authority is set. `mash-intake init` asks for it and all else; or set MASH_AUTHORITY to one of {', '.join(authority_names())}, "
            "or to a folder of your own."
        )
    return load_authority(settings.authority)


def keys_of(settings: Settings) -> Keyring:
    """The keys that everything held is sealed with. The first start without any makes a file of them in the data folder. Raises WrongSetup."""
    if settings.key is not None and settings.key_file is not None:
        raise WrongSetup("MASH_KEY and MASH_KEY_FILE are both set: set one of them.")
    if settings.key is not None:
        return Keyring.read(settings.key.get_secret_value(), "MASH_KEY")
    return Keyring.from_file(settings.key_file, "MASH_KEY_FILE") if settings.key_file else Keyring.beside(settings.data_dir)


def mailbox(settings: Settings) -> Account:
    """The mailbox to poll. Raises WrongSetup naming the setting that is missing."""
    host, user = _needed(settings, "imap_host"), _needed(settings, "imap_user")
    token = _tokens(settings) if settings.imap_auth == "oauth2" else None
    if token is None and settings.imap_password is None:
        raise WrongSetup("MASH_IMAP_PASSWORD is not set: set it in the environment.")
    return Account(
        host=host,
        user=user,
        password=settings.imap_password.get_secret_value() if settings.imap_password and token is None else "",
        auth=settings.imap_auth,
        token=token,
        port=settings.imap_port or IMAP_PORTS[settings.imap_security],
        security=settings.imap_security,
        folder=settings.imap_folder,
        stored=tuple(part for part in settings.imap_stored_folder.split("/") if part),
        ca_file=settings.imap_ca_file,
    )


def sender(settings: Settings) -> Sender:
    """The edge that sends letters. Raises WrongSetup naming the setting that is missing."""
    host = _needed(settings, "smtp_host")
    return Sender(
        SmtpAccount(
            host=host,
            port=settings.smtp_port or SMTP_PORTS[settings.smtp_security],
            security=settings.smtp_security,
            user=settings.smtp_user,
            password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
            token=_tokens(settings) if settings.smtp_auth == "oauth2" else None,
            ca_file=settings.smtp_ca_file,
        )
    )


_GIVERS: dict[tuple[str | None, ...], Callable[[], str]] = {}
"""One for each application and scope a process uses: a token is kept between polls and asked for anew only when it runs out."""


def _tokens(settings: Settings) -> Callable[[], str]:
    name = (settings.oauth_authority, settings.oauth_tenant, settings.oauth_client_id, settings.oauth_scope)
    if name not in _GIVERS:
        _GIVERS[name] = tokens(settings)
    return _GIVERS[name]


def _needed(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    if not value:
        raise WrongSetup(f"MASH_{name.upper()} is not set: set it in the environment or in mash-intake.toml.")
    return str(value)
