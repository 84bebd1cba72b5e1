"""Signing in at a gateway of the council's own, which says in headers who it is: believed from named addresses alone, from anybody else never."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from fastapi import Request

from pipeline.errors import WrongSetup
from pipeline.review.web.users import Role, roles_of
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Told:
    """Who the gateway says it is."""

    who: str
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Gateway:
    """The addresses that are believed, and the headers they speak in."""

    addresses: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
    user: str
    name: str
    roles: str

    @classmethod
    def of(cls, settings: Settings) -> Gateway:
        """The gateway of the settings. Raises WrongSetup."""
        if not settings.console_proxy_addresses:
            raise WrongSetup("MASH_CONSOLE_PROXY_ADDRESSES is not set: name the gateway's addresses, or anybody could say who they are")
        try:
            addresses = tuple(ipaddress.ip_network(one, strict=False) for one in settings.console_proxy_addresses)
        except ValueError:
            raise WrongSetup("MASH_CONSOLE_PROXY_ADDRESSES holds something that is no address; write such as 10.1.2.3 or 10.1.2.0/28") from None
        if any(one.prefixlen < (16 if one.version == 4 else 48) for one in addresses):
            raise WrongSetup("MASH_CONSOLE_PROXY_ADDRESSES names a whole network of strangers; name the gateway's own addresses")
        return cls(addresses, settings.console_proxy_user_header, settings.console_proxy_name_header, settings.console_proxy_roles_header)

    def told(self, request: Request) -> Told | None:
        """Who a request says it is from, when the gateway itself sent it."""
        peer = request.client.host if request.client else ""
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return None
        if not any(address in network for network in self.addresses):
            return None
        user = request.headers.get(self.user, "").strip()
        if not user or len(request.headers.getlist(self.user)) != 1:
            return None
        return Told(f"proxy:{user[:120]}", request.headers.get(self.name, user)[:120], roles_of(request.headers.get(self.roles, "")))
