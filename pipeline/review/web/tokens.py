"""Session tokens, and what is made of them: the digest the store knows, the word each form carries, and a cover for text that only the token opens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def new() -> str:
    """A token nobody can guess."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What the store knows of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def form_word(token: str) -> str:
    """The word that every form of this session carries, and nobody else's page can know."""
    return hmac.digest(token.encode(), b"mash console form", "sha256").hex()


def same(one: str, other: str) -> bool:
    """Whether two words are the same, told in a time that says nothing."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def cover(token: str, text: str) -> str:
    """A text that only this token opens."""
    return _cipher(token).encrypt(text.encode()).decode()


def uncover(token: str, covered: str) -> str | None:
    """The text, or None when it was not covered with this token."""
    try:
        return _cipher(token).decrypt(covered.encode("utf-8", "replace")).decode()
    except InvalidToken:
        return None


def _cipher(token: str) -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"mash console cover").derive(token.encode())
    return Fernet(base64.urlsafe_b64encode(key))
