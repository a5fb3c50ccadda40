"""Writes of the post. Sending and importing themselves: `nabij.post.delivery` and `nabij.post.reception`."""

from .erasing import erase_mail, erase_mail_about
from .receiving import READERS, accept_refused, receive_mail, settle_mail
from .sending import cancel_mail, claim_due, queue_mail, record_failed, record_sent, release_claims

__all__ = [
    "READERS",
    "accept_refused",
    "cancel_mail",
    "claim_due",
    "erase_mail",
    "erase_mail_about",
    "queue_mail",
    "receive_mail",
    "record_failed",
    "record_sent",
    "release_claims",
    "settle_mail",
]
