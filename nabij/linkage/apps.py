from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "nabij.linkage"
    label = "linkage"
