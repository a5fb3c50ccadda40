app_name = "piling"

urlpatterns: list = []
