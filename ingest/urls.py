from django.urls import path

from ingest import act_views, route_views, views

urlpatterns = [
    path("upload/", views.upload, name="upload"),
    path("batches/<uuid:public_id>/", views.batch, name="batch"),
    path("deliveries/", views.ledger, name="ledger"),
    path("deliveries/<int:pk>/raw/", views.raw, name="raw"),
    path("deliveries/<int:pk>/retry/", act_views.retry, name="retry"),
    path("deliveries/<int:pk>/take/", act_views.take, name="take"),
    path("deliveries/<int:pk>/story/", act_views.story, name="delivery-story"),
    path("deliveries/<int:pk>/split/", act_views.split, name="split"),
    path("feeds/", route_views.feeds, name="feeds"),
    path("feeds/new/", route_views.new_feed, name="feed-new"),
    path("feeds/<int:pk>/", route_views.feed, name="feed"),
    path("feeds/<int:pk>/poll/", route_views.poll_now, name="feed-poll"),
    path("feeds/<int:pk>/pause/", route_views.pause, name="feed-pause"),
    path("feeds/<int:pk>/resume/", route_views.resume, name="feed-resume"),
]
