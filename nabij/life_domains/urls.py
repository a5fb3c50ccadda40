app_name = "life_domains"

urlpatterns: list = []
