"""The language engine: text in, claims out (`engine.extract`). Pure: no Django; spaCy only behind `nlp`."""
