from django.apps import AppConfig


class WmoConfig(AppConfig):
    name = "nabij.wmo"
    label = "wmo"
