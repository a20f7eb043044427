"""A desk to try out: three people, one client, invented wire copy, all written through the desk's own acts."""

DEMO_MAIL = "@demo.invalid"
