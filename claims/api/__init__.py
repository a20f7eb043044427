"""The programs' door: verdicts, claims, events and articles over REST."""
