"""One module to a set of annotated texts: it reads them, runs the engine and yields outcomes, item by item."""
