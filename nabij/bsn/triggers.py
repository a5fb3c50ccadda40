"""A number stands only in a dossier of an organisation that may process it."""

from nabij.core.triggers import Trigger

TABLE = "bsn_citizennumber"
MAY_NOT = "NOT EXISTS (SELECT 1 FROM access_dossier d JOIN access_controller c ON c.id = d.controller_id WHERE d.id = NEW.dossier_id AND c.may_process_bsn)"
WORDS = "this organisation may not process citizen service numbers"

TRIGGERS = [
    Trigger("bsn_only_where_it_may_be_made", TABLE, "BEFORE INSERT", when=MAY_NOT, refuse=WORDS),
    Trigger("bsn_only_where_it_may_be_moved", TABLE, "BEFORE UPDATE", when=MAY_NOT, refuse=WORDS),
]
