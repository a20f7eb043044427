"""How well the language engine does, set by set, against annotated texts that stay outside the project."""
