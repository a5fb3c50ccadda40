from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "nabij.papers"
    label = "papers"
