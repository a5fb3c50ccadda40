"""A real SMTP server on the loopback address that keeps what it gets."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller


@dataclass
class Mailbox:
    """What arrived, in order; `refuse` is an SMTP answer that every next message gets instead (`"451 try later"`)."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    refuse: str = ""

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.refuse:
            return self.refuse
        message = message_from_bytes(envelope.content, policy=policy.default)
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 taken"

    def sent_to(self, address: str) -> list[EmailMessage]:
        """Return the messages for one address."""
        return [message for message in self.messages if address in message["X-Envelope-To"].split(", ")]


@pytest.fixture
def mail_server(settings) -> Iterator[Mailbox]:
    """Send mail over real SMTP to a mailbox of this test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        mailbox = Mailbox(port=probe.getsockname()[1])
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield mailbox
    controller.stop()
