"""Which rooms have something about a resident, and what each gives to the sweep, to erasing and to subject access."""

from nabij.casework.models import Activity, Case
from nabij.commitments.models import Kind, OnCommitment, Task
from nabij.signals.models import Signal

# What can be open, and the table that says what it is.
KIND_ROWS: dict[Kind, type[OnCommitment]] = {Kind.SIGNAL: Signal, Kind.CASE: Case, Kind.ACTIVITY: Activity, Kind.TASK: Task}
