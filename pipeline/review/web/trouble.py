"""What a page cannot do, each with what to tell the person: raised by guards and handlers, shown as a page of the frame."""

from __future__ import annotations


class Trouble(Exception):
    """A page that says what happened and what to do next. Nothing in it comes from a referral."""

    def __init__(self, status: int, title: str, *told: str) -> None:
        super().__init__(title)
        self.status, self.title, self.told = status, title, told


class SignedOut(Exception):
    """Nobody is signed in, or no longer."""


class Outdated(Exception):
    """The form came from a page of ours, but of an earlier session: they signed in again in another tab."""


class ReasonNeeded(Exception):
    """The contact is restricted, and this user has not said why they open it."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


def not_found() -> Trouble:
    """There is no such page, or it is gone."""
    return Trouble(404, "This page is not here", "The address is wrong, or what it showed has been removed.", "Go back to the list of referrals.")


def no_contact() -> Trouble:
    """There is no such contact, or it is gone."""
    return Trouble(
        404,
        "There is no referral with this reference",
        "Check the reference. It looks like LEWI-26-7K3M-9QXT.",
        "If you had this referral open a moment ago, it has been removed because it reached the end of the time it may be kept, or by a data protection "
        "officer. Nothing more can be saved to it.",
    )


def not_yours() -> Trouble:
    """The role does not reach here."""
    return Trouble(403, "You cannot open this page", "Your role does not include it.", "Ask whoever manages accounts for the hub if it should.")


def forged() -> Trouble:
    """The form did not come from our page."""
    return Trouble(
        403,
        "This form could not be accepted",
        "It was not sent from a page of this console, or the page was opened before you last signed in.",
        "Go back, load the page again, and send it once more.",
    )


def too_large() -> Trouble:
    """More than any form of ours holds."""
    return Trouble(
        413, "That is too much for one form", "Nothing was saved.", "Go back, shorten what you typed to under 200,000 characters, and save again."
    )
