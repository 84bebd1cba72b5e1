"""The first page: each role's own."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from pipeline.review.web.frame import NAVIGATION
from pipeline.review.web.guards import SignedInUser
from pipeline.review.web.trouble import Trouble

router = APIRouter()


@router.get("/")
def first(user: SignedInUser) -> RedirectResponse:
    """On to the first place that the role has."""
    place = next((one for one in NAVIGATION if user.may(*one.roles)), None)
    if place is None:
        raise Trouble(
            403, "You have no role here yet", "You are signed in, but no role of this console was given to you.", "Ask whoever manages accounts."
        )
    return RedirectResponse(place.href, status_code=303)
