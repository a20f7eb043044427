"""The wiring of the desk: settings, URLs, the Celery application. It may import everything; nobody imports it."""

from newsdesk.celery import app as celery_app

__all__ = ["celery_app"]
