"""What an answer in a referrer's own words says of consent: given, partial, refused, not asked for; nothing where it is not plain."""

from __future__ import annotations

import re
from typing import Literal

Status = Literal["given", "partial", "refused", "not_sought"]

_NOT_SOUGHT = re.compile(
    r"\b(not|never|n['’]t|without)( yet| been| able to| possible to)*( ask(ed|ing)?| sought| seek(ing)?| request(ed|ing)?| obtain(ed|ing)?)\b"
    r"|n['’]t( yet| been| able to)*( ask(ed)?| sought| seek| request(ed)?| obtain(ed)?)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"(?<!not )(?<!n't )(?<!n’t )(?<!never )\b(refus\w+|declin\w+|disagree\w*|withh\w+|withdr\w+|object(s|ed)|said no|unwilling|against)\b"
    r"|\b(do(es)?|did|would|will|wo)( not|n['’]?t)( \w+ly)? (agree|consent|give|want)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(\b(not|never|no|nobody|neither|without|unless|if)|n['’]t)( \w+){0,3} (agree[ds]?|given?|gave|consent(s|ed)?|permission|refused|declined|objected)\b",
    re.IGNORECASE,
)
_LIMITED = re.compile(r"\b(part(ly|ial(ly)?)|in part|only (for|to|with)|limited|some of|to some)\b", re.IGNORECASE)
_GIVEN = re.compile(r"\b(yes|agree[sd]?|given|gave|consent(s|ed)|fully|full consent|happy (for|with|to))\b", re.IGNORECASE)
_WITHOUT = re.compile(r"^\W*no\b[^.;]{0,30}$", re.IGNORECASE)


def consent_in(said: str) -> Status | None:
    """The one thing the words say. None where they say two things, such as yes of one parent and no of the other, or do not say why there is none."""
    sought, refused = _NOT_SOUGHT.search(said), _REFUSED.search(said)
    rest = _REFUSED.sub(" ", _NOT_SOUGHT.sub(" ", said))
    if _DENIED.search(rest):
        return None
    given = bool(_GIVEN.search(rest))
    if refused or sought:
        if given or (refused and sought):
            return None
        return "refused" if refused else "not_sought"
    if _LIMITED.search(rest):
        return "partial"
    return "given" if given and not _WITHOUT.match(rest) else None
