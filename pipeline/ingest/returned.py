"""What a mail system's report says of a letter that came back (RFC 3464): which letter, and whether it failed for good."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from models.mail import Returned
from pipeline.ingest.text import PARSER_FAULTS

_MOST = 1_000_000
_ID = re.compile(r"message-id:\s*(<[^<>\s]{1,990}>)", re.IGNORECASE)
_ACTION = re.compile(r"^action:\s*([a-z]+)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"(?:^status:\s*|\b)([245]\.\d{1,3}\.\d{1,3})\b", re.IGNORECASE | re.MULTILINE)
_ANSWER = re.compile(r"\b(5\d\d)[ -](?!\d)")


def returned(raw: bytes) -> Returned:
    """The letters that a report speaks of, by Message-ID, and what became of them. Never raises; a mail that is no report gives no ids.

    `action` is the report's own word (failed, delayed, relayed ...); a report in prose alone counts as failed when it quotes a permanent refusal.
    """
    try:
        texts = list(_texts(message_from_bytes(raw[:_MOST], policy=compat32)))
    except PARSER_FAULTS:
        return Returned()
    ids = dict.fromkeys(found for text in texts for found in _ID.findall(re.sub(r":\s*\r?\n\s+", ": ", text)))
    status = next((found for text in texts for found in _STATUS.findall(text)), None)
    action = next((found.lower() for text in texts for found in _ACTION.findall(text)), None)
    if action is None:
        permanent = (status or "").startswith("5") or any(_ANSWER.search(text) for text in texts)
        action = "failed" if permanent else None
    return Returned(message_ids=tuple(ids), action=action, status=status)


def _texts(mail: Message) -> Iterator[str]:
    """The words of every part below the top, and the headers of the mails within: the report's own Message-ID is not the letter's."""
    for part in mail.walk():
        if part is mail and part.is_multipart():
            continue
        if part.get_content_type() in {"message/rfc822", "message/delivery-status", "message/global", "message/global-delivery-status"}:
            within = part.get_payload()
            for inner in [one for one in within if isinstance(one, Message)] if isinstance(within, list) else []:
                yield "\n".join(f"{name}: {value}" for name, value in inner.raw_items())
        elif part.get_content_maintype() in {"text", "message"}:
            content = part.get_payload(decode=True)
            yield content.decode("utf-8", "replace") if isinstance(content, bytes) else str(part.get_payload())
