"""Open311 GeoReport v2: cities' applications report problems and read what became of them."""
