"""Who knows, who reports and who publishes: sources that stand for one another are counted once (R20–R28). Pure."""

from claims.independence.ledger import Group, Ledger, Level, Override, Voice, ledger_of
from claims.independence.sources import Knower, knower_of

__all__ = ["Group", "Knower", "Ledger", "Level", "Override", "Voice", "knower_of", "ledger_of"]
