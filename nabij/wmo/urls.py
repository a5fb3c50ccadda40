app_name = "wmo"

urlpatterns: list = []
