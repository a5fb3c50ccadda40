from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "nabij.links"
    label = "links"
