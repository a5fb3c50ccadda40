"""What people do with a signal, and the steps the rooms above build on."""

from .classifying import classify_signal
from .deciding import decide, give_second_word
from .erasing import erase_signal, erase_signals
from .receiving import CAPTURES, Receipt, receive_signal
from .reopening import reopen_signal
from .settling import attach_dossier, settle_signal
from .taking_mail import take_mail

__all__ = [
    "CAPTURES",
    "Receipt",
    "attach_dossier",
    "classify_signal",
    "decide",
    "erase_signal",
    "erase_signals",
    "give_second_word",
    "receive_signal",
    "reopen_signal",
    "settle_signal",
    "take_mail",
]
