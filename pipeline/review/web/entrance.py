"""Which way in a deployment has chosen. What is set up wrongly is told at the start, not to the first person who signs in."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from pipeline.errors import WrongSetup
from pipeline.review.web.local import LocalUsers, load_users
from pipeline.review.web.oidc import IdentityService
from pipeline.review.web.proxy import Gateway
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Doors:
    """The way in: exactly one of them is set."""

    local: LocalUsers | None = None
    oidc: IdentityService | None = None
    proxy: Gateway | None = None


def doors(settings: Settings) -> Doors:
    """The way in that the settings name. Raises WrongSetup."""
    if settings.console_sign_in == "local":
        if not is_loopback(settings.console_host):
            raise WrongSetup(
                f"MASH_CONSOLE_HOST is {settings.console_host}: local users are for demonstrations on 127.0.0.1 alone; use MASH_CONSOLE_SIGN_IN=oidc"
            )
        return Doors(local=load_users(settings))
    if settings.console_sign_in and not is_loopback(settings.console_host) and not settings.console_certificate and not _by_tls(settings):
        raise WrongSetup(
            f"MASH_CONSOLE_HOST is {settings.console_host}, and nothing says that browsers come by TLS: set MASH_CONSOLE_URL to the https address of the "
            "gateway before it, or MASH_CONSOLE_CERTIFICATE"
        )
    if settings.console_sign_in == "oidc":
        return Doors(oidc=IdentityService.of(settings))
    if settings.console_sign_in == "proxy":
        return Doors(proxy=Gateway.of(settings))
    raise WrongSetup("MASH_CONSOLE_SIGN_IN is not set: say oidc, or proxy, or for a demonstration local; docs/console.md tells how")


def _by_tls(settings: Settings) -> bool:
    return (settings.console_url or "").startswith("https://")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
