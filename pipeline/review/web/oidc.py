"""Signing in by OpenID Connect: code flow with PKCE, state and nonce, all by authlib. Roles come from the `roles` claim (Entra ID's app roles)."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import WrongSetup
from pipeline.review.web.users import Role
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Proven:
    """Who the identity service says it is."""

    who: str
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class IdentityService:
    """The identity service of a deployment."""

    issuer: str
    client_id: str

    @classmethod
    def of(cls, settings: Settings) -> IdentityService:
        """The service of the settings. Raises WrongSetup."""
        for name in ("oidc_issuer", "oidc_client_id", "console_url"):
            if not getattr(settings, name):
                raise WrongSetup(f"MASH_{name.upper()} is not set: signing in by OpenID Connect needs it; docs/console.md tells how")
        return cls(str(settings.oidc_issuer), str(settings.oidc_client_id))
