"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.heat import screens, supplying, views, wall

urlpatterns: list[URLPattern | URLResolver] = [
    path("map/", views.heat, name="map"),
    path("map/frames/", views.frames, name="map_frames"),
    path("map/selection/", views.selection, name="map_selection"),
    path("map/supply/", supplying.map_supply, name="map_supply"),
    path("map/screens/", screens.map_screens, name="map_screens"),
    path("map/screens/<int:pk>/stop/", screens.stop, name="map_screen_stop"),
    path("map/wall/", wall.wall, name="wall"),
    path("map/wall/data/", wall.data, name="wall_data"),
    path("map/wall/<str:key>/", wall.by_key, name="wall_by_key"),
    path("map/wall/<str:key>/data/", wall.data_by_key, name="wall_data_by_key"),
]
