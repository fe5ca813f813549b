"""The characters of the desk."""

from otklik.web.desk.tests.conftest import centre, file_appeal, setter

__all__ = ["centre", "file_appeal", "setter"]
