"""Signing in by OpenID Connect: code flow with PKCE, state and nonce, all by authlib. Roles come from the `roles` claim (Entra ID's app roles).

What must be remembered while the person is away at the identity service goes with them in a cookie, sealed with the hub's own key: the store keeps nothing of
somebody who has not signed in.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from fastapi import Request
from fastapi.responses import Response
from joserfc.errors import JoseError

from pipeline.errors import IntakeError, WrongSetup
from pipeline.review.web.console import Console
from pipeline.review.web.trouble import Trouble
from pipeline.review.web.users import Role, roles_of
from pipeline.settings import Settings

with warnings.catch_warnings(record=True):  # it asks for a package that Prefect's own pins do not allow yet, and sets a filter of its own to say so
    from authlib.common.errors import AuthlibBaseError
    from authlib.integrations.starlette_client import OAuth

AWAY = timedelta(minutes=10)
"""How long somebody may take at the identity service."""
SECONDS = 10
BACK = "/sign-in/back"
_BOUND = "console sign-in on its way"


@dataclass(frozen=True, slots=True)
class Proven:
    """Who the identity service says it is, and where they wanted to go."""

    who: str
    name: str
    roles: frozenset[Role]
    to: str


class IdentityService:
    """The identity service of a deployment."""

    def __init__(self, settings: Settings) -> None:
        secret = settings.oidc_client_secret
        self._claim, self._back = settings.oidc_roles_claim, f"{str(settings.console_url).rstrip('/')}{BACK}"
        self._client: Any = OAuth().register(
            name="hub",
            server_metadata_url=f"{str(settings.oidc_issuer).rstrip('/')}/.well-known/openid-configuration",
            client_id=settings.oidc_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            client_kwargs={
                "scope": "openid profile",
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": "client_secret_basic" if secret else "none",
                "verify": str(settings.oidc_ca_file) if settings.oidc_ca_file else True,
                "timeout": SECONDS,
                "trust_env": settings.oidc_ca_file is None,
            },
        )

    @classmethod
    def of(cls, settings: Settings) -> IdentityService:
        """The service of the settings. Raises WrongSetup."""
        for name in ("oidc_issuer", "oidc_client_id", "console_url"):
            if not getattr(settings, name):
                raise WrongSetup(f"MASH_{name.upper()} is not set: signing in by OpenID Connect needs it; docs/console.md tells how")
        for name in ("oidc_issuer", "console_url"):
            if not _safe(str(getattr(settings, name))):
                raise WrongSetup(f"MASH_{name.upper()} must start with https://, unless it is on this machine")
        return cls(settings)

    async def send_away(self, request: Request, console: Console, to: str) -> Response:
        """Off to the identity service, with a sealed cookie of what its answer must match."""
        kept: dict[str, Any] = {}
        request.scope["session"] = kept
        try:
            answer: Response = await self._client.authorize_redirect(request, self._back)
        except (httpx.HTTPError, AuthlibBaseError, JoseError, ValueError, KeyError):
            raise away() from None
        until = (console.now() + AWAY).timestamp()
        sealed = console.intake.store.sealer.seal_text(json.dumps({"kept": kept, "to": to, "until": until}), _BOUND)
        answer.set_cookie(cookie(console), sealed, max_age=int(AWAY.total_seconds()), path="/", secure=console.secure, httponly=True, samesite="lax")
        return answer

    async def welcome_back(self, request: Request, console: Console) -> Proven:
        """Who came back from the identity service. Raises Trouble when the answer is not to a question of ours, or proves nobody."""
        held = _held(request, console)
        request.scope["session"] = held["kept"]
        try:
            token = await self._client.authorize_access_token(request)
        except (httpx.HTTPError, AuthlibBaseError, JoseError, ValueError, KeyError, TypeError):
            raise refused() from None
        claims = token.get("userinfo")
        if not claims or not claims.get("sub"):
            raise refused()
        return Proven(
            _who(claims), str(claims.get("name") or claims.get("preferred_username") or "Signed in"), roles_of(claims.get(self._claim)), held["to"]
        )


def cookie(console: Console) -> str:
    """The cookie of somebody on their way."""
    return f"{console.cookie}-in"


def away() -> Trouble:
    """The identity service does not answer."""
    return Trouble(503, "Signing in does not work just now", "The service that signs you in does not answer.", "Wait a moment, then try again.")


def refused() -> Trouble:
    """What came back proves nobody."""
    return Trouble(
        403, "You could not be signed in", "The answer of the sign-in service did not fit, or came too late.", "Start again from the first page."
    )


def _held(request: Request, console: Console) -> dict[str, Any]:
    try:
        held: dict[str, Any] = json.loads(console.intake.store.sealer.open_text(request.cookies.get(cookie(console), ""), _BOUND))
    except (IntakeError, ValueError):
        raise refused() from None
    if console.now().timestamp() > held["until"]:
        raise refused()
    return held


def _who(claims: Mapping[str, Any]) -> str:
    """Entra ID's own ids of tenant and person, which never change; of other services the subject. Never an address: addresses are given to others."""
    if claims.get("tid") and claims.get("oid"):
        return f"oidc:{claims['tid']}:{claims['oid']}"
    return f"oidc:{claims['sub']}"[:200]


def _safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"})
