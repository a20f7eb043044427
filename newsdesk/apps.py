from django.apps import AppConfig


class NewsdeskConfig(AppConfig):
    name = "newsdesk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # checks register themselves on import, which needs the apps to be loaded
        from newsdesk import checks  # noqa: F401, PLC0415
