"""Tokens for mail servers that take no passwords: OAuth2 client credentials, by secret or certificate, through MSAL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.errors import Retry, WrongSetup
from pipeline.settings import Settings

_PASSING = frozenset({"temporarily_unavailable", "server_error", "slow_down"})
_REMEDIES = {
    "invalid_client": "MASH_OAUTH_CLIENT_ID, MASH_OAUTH_CLIENT_SECRET or MASH_OAUTH_CERTIFICATE is wrong, or the secret has run out",
    "unauthorized_client": "the application may not ask for this; have its permissions granted by an administrator",
    "invalid_scope": "MASH_OAUTH_SCOPE is not one the application may ask for",
    "invalid_resource": "MASH_OAUTH_SCOPE names a resource this tenant does not have",
    "invalid_request": "MASH_OAUTH_TENANT or MASH_OAUTH_CLIENT_ID is not one the identity service knows",
}


def tokens(settings: Settings) -> Callable[[], str]:
    """What gives a token that is good now: kept by MSAL until shortly before it runs out, then asked for anew.

    Making it asks nobody yet. Raises WrongSetup for a setting that is missing; calling it raises Retry when the identity service cannot be reached
    and WrongSetup when it refuses. No secret and no token is in any message.
    """
    tenant, client = _needed(settings, "oauth_tenant"), _needed(settings, "oauth_client_id")
    credential = _credential(settings)
    application: list[Any] = []

    def token() -> str:
        try:
            if not application:
                application.append(_application(settings, tenant, client, credential))
            answer = application[0].acquire_token_for_client(scopes=[settings.oauth_scope])
        except WrongSetup:
            raise
        except ValueError:
            raise WrongSetup(
                "MASH_OAUTH_TENANT or MASH_OAUTH_AUTHORITY is not one the identity service knows, or the certificate cannot be used."
            ) from None
        except Exception as fault:  # the network's and the library's; their words may hold the request
            raise Retry(f"The identity service could not be reached ({type(fault).__name__}); the next try asks again.") from None
        if value := answer.get("access_token"):
            return str(value)
        code = str(answer.get("error", "no token"))
        if code in _PASSING:
            raise Retry(f"The identity service cannot answer now ({code}); the next try asks again.")
        raise WrongSetup(f"The identity service refused a token ({code[:40]}): {_REMEDIES.get(code, 'check MASH_OAUTH_* with your administrator')}.")

    return token


def _application(settings: Settings, tenant: str, client: str, credential: Any) -> Any:
    import msal  # a second of importing that only such mailboxes need

    return msal.ConfidentialClientApplication(
        client,
        authority=f"{settings.oauth_authority.rstrip('/')}/{tenant}",
        client_credential=credential,
        # Instance discovery would ask Microsoft about every other identity service's address.
        instance_discovery=None if settings.oauth_authority == type(settings).model_fields["oauth_authority"].default else False,
        http_client=_http(settings.oauth_ca_file),
    )


def _http(ca_file: Path | None) -> Any:
    """What MSAL asks through. The certificate authority goes with each request: that of a session gives way to REQUESTS_CA_BUNDLE."""
    import requests

    class Session(requests.Session):
        def request(self, *args: Any, **more: Any) -> requests.Response:
            more.setdefault("timeout", 20)
            if ca_file is not None:
                more["verify"] = str(ca_file)
            return super().request(*args, **more)

    return Session()


def _credential(settings: Settings) -> Any:
    if settings.oauth_certificate is not None:
        return {"private_key": _pem(settings.oauth_certificate), "public_certificate": _pem(settings.oauth_certificate)}
    if settings.oauth_client_secret is None:
        raise WrongSetup("MASH_OAUTH_CLIENT_SECRET is not set: set it, or MASH_OAUTH_CERTIFICATE, in the environment.")
    return settings.oauth_client_secret.get_secret_value()


def _pem(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise WrongSetup(f"MASH_OAUTH_CERTIFICATE: {path} cannot be read; it is a PEM file with the private key and the certificate.") from None


def _needed(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    if not value:
        raise WrongSetup(f"MASH_{name.upper()} is not set: MASH_IMAP_AUTH=oauth2 needs it.")
    return str(value)
