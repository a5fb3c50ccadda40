"""Terms and choices of early help with arrears in one place, each with its source, so that a lawyer can correct a number without a developer.

Read in secondary sources about the Wet gemeentelijke schuldhulpverlening (Wgs) as it stands since 2021; not in the law itself.
"""

from datetime import date, datetime, timedelta

from nabij.access.agreements import Agreements
from nabij.commitments.clock import end_of, term_end, working_days_after
from nabij.commitments.models import Urgency
from nabij.contacts.models import Contact

# The ground on which a partner's message may be used: Wgs art. 3 lid 1 onder b, Besluit gemeentelijke schuldhulpverlening art. 2.
BASIS = "Wgs art. 3 lid 1 onder b"
# Besluit gemeentelijke schuldhulpverlening, own reading: kept six months when nobody is reached or linked, 18 months after closing
# when it was taken up.
UNMATCHED_KEPT = timedelta(days=183)
TAKEN_UP_KEPT = timedelta(days=548)
# Own choice: the file itself is kept as long as an unmatched message.
FILE_KEPT = UNMATCHED_KEPT
# Own choice: a message of more than a year ago no longer helps anybody early.
OLDEST_DAYS = 365
# Own choice: what one file or one sending may hold.
ROWS_AT_MOST = 20_000
BYTES_AT_MOST = 8 * 1024 * 1024
BATCH_AT_MOST = 500
# Own choice: so many rows are taken in while somebody waits; a longer file goes on in the background.
AT_ONCE = 200
# A run that is silent this long has stopped; another goes on.
SILENT = timedelta(minutes=2)
# Ways to try that arrears know, and the part of the work in which others record contact.
MEDIA = (
    Contact.Medium.LETTER, Contact.Medium.MESSAGE, Contact.Medium.PHONE, Contact.Medium.VISIT, Contact.Medium.EMAIL, Contact.Medium.OFFICE,
)  # fmt: skip


def first_talk_by(*, on: date, threat: bool, agreed: Agreements) -> datetime:
    """Return by when the first talk must take place for a message that came in on a day (Wgs art. 4; a region may be quicker).

    Threat: eviction, cut-off of gas, electricity, heat or water, or the end of the health insurance.
    """
    return end_of(working_days_after(on, agreed.days("debt_threat")) if threat else term_end(on, days=agreed.days("debt_talk")))


def urgency_of(*, threat: bool) -> int:
    """Return how soon somebody looks: the next working day when something is about to be cut off."""
    return Urgency.SOON if threat else Urgency.NORMAL
