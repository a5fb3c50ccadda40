"""Is this a message somebody wrote to us? The reasons to refuse, each with its evidence. A refusal can be undone."""

import re
from email.message import Message
from enum import StrEnum
from typing import NamedTuple

from nabij.post.parse.bodies import Bodies
from nabij.post.parse.charset import decode_header


class Refusal(StrEnum):
    """Why a message became no signal. The code is stored; the sentence in the reader's language is in the models."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    SPAM = "spam"
    NEWSLETTER = "newsletter"
    AUTOMATIC_REPLY = "automatic_reply"
    BOUNCE = "bounce"
    NOT_MAIL = "not_mail"


class Verdict(NamedTuple):
    reason: Refusal | None
    evidence: str  # which header or word decided; never the text itself


HEADERS_OF_MAIL = ("From", "Sender", "To", "Subject", "Date", "Message-ID", "Received", "Content-Type", "Return-Path")
AWAY = re.compile(
    r"^\W*(automatisch antwoord|automatische reactie|automatic reply|auto[- ]?reply|out of (the )?office|afwezigheids?"
    r"(bericht|melding|assistent)|niet aanwezig)\b",
    re.I,
)
FAILED = re.compile(
    r"undeliver|delivery (status|failure)|mail delivery failed|returned mail|onbestelbaar|niet bezorgd", re.I
)
SALES = (
    re.compile(r"\b(viagra|cialis|casino|lottery|loterij|jackpot|bitcoin|crypto\w*|forex)\b", re.I),
    re.compile(r"\b(seo|backlinks?|first page of google|rank(ing)? your (web)?site)\b", re.I),
    re.compile(r"\b(gewonnen|you have won|congratulations|gefeliciteerd|claim your|inheritance|erfenis van)\b", re.I),
    re.compile(r"\b(click here|klik hier|unsubscribe|uitschrijven|act now|limited offer|gratis proef\w*)\b", re.I),
    re.compile(r"(\d[\d.,]{5,}\s?(usd|dollars?|euro)|[$€]\s?\d[\d.,]{6,})", re.I),
    re.compile(r"(https?://\S+.{0,2000}){3}", re.I | re.S),
)
SPAM_FROM = 3  # kinds of sales talk together
# A filter may not take these away from a person who reads.
NEED = re.compile(
    r"zelfmoord|zelfdoding|su[iï]cid|niet meer leven|einde aan m|mishandel|geslagen|slaat|bedreig|verwaarlo|in gevaar|huisuitzet"
    r"|uithuiszet|ontruim|dakloos|crisis|kinder|baby|help mij|hulp nodig|wanhop|eenzaam|mantelzorg|suicide|abus|afraid|homeless",
    re.I,
)


def judge(message: "Message[str, str]", bodies: Bodies, words: str) -> Verdict:
    """Return why nobody has to read this message, or no reason. In doubt a person reads it."""
    if not any(message.get(name) for name in HEADERS_OF_MAIL):
        return Verdict(Refusal.NOT_MAIL, "headers")
    return _machine(message, bodies) or _unwanted(message, words) or _empty(bodies, words)


def _machine(message: "Message[str, str]", bodies: Bodies) -> Verdict | None:
    sender = decode_header(message.get("From") or "").lower()
    subject = decode_header(message.get("Subject") or "")
    report = str(message.get_param("report-type") or "").lower()
    daemon = re.search(r"mailer-daemon|postmaster@", sender)
    fate = " ".join(bodies.reports).lower()
    if report == "delivery-status" and "action: " in fate and "action: failed" not in fate:
        return Verdict(Refusal.AUTOMATIC_REPLY, "Action")  # delivered or delayed: it has not come back
    if report == "delivery-status" or message.get("X-Failed-Recipients") or (daemon and FAILED.search(subject)):
        return Verdict(Refusal.BOUNCE, report or "From")
    if report == "disposition-notification":
        return Verdict(Refusal.AUTOMATIC_REPLY, "report-type")
    # Only replies of machines: a partner's system that reports by itself says "auto-generated" and is read.
    if str(message.get("Auto-Submitted") or "").strip().lower().startswith("auto-replied"):
        return Verdict(Refusal.AUTOMATIC_REPLY, "Auto-Submitted")
    for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder"):
        if str(message.get(name) or "no").strip().lower() not in {"no", "0", "false"}:
            return Verdict(Refusal.AUTOMATIC_REPLY, name)
    if "auto_reply" in str(message.get("Precedence") or "").lower() or AWAY.match(subject):
        return Verdict(Refusal.AUTOMATIC_REPLY, "Subject")
    return None


def _unwanted(message: "Message[str, str]", words: str) -> Verdict | None:
    if NEED.search(words):
        return None
    if str(message.get("X-Spam-Flag") or message.get("X-Spam-Status") or "").strip().lower().startswith("yes"):
        return Verdict(Refusal.SPAM, "X-Spam-Flag")
    if sum(bool(talk.search(words)) for talk in SALES) >= SPAM_FROM:
        return Verdict(Refusal.SPAM, "words")
    bulk = str(message.get("Precedence") or "").strip().lower() in {"bulk", "list", "junk"}
    if bulk and message.get("List-Unsubscribe"):
        return Verdict(Refusal.NEWSLETTER, "List-Unsubscribe")
    return None


def _empty(bodies: Bodies, words: str) -> Verdict:
    if not re.search(r"\w", words) and not any(file.size and not file.inline for file in bodies.attachments):
        return Verdict(Refusal.EMPTY, "text")
    return Verdict(None, "")
