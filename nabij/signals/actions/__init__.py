"""What people do with a signal, and the step with which a case takes it over."""

from .receiving import CAPTURES, Receipt, receive_signal
from .settling import attach_dossier, settle_signal

__all__ = ["CAPTURES", "Receipt", "attach_dossier", "receive_signal", "settle_signal"]
