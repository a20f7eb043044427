"""The desk's pages: one function view per page."""
