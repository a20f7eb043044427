"""Wire copy without its furniture: paragraphs in, one canonical text and what the furniture said out. Pure."""

from ingest.cleaning.article import Cleaned, Hints, clean

__all__ = ["Cleaned", "Hints", "clean"]
