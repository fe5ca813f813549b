"""People who work here and sign in; what they may do is said by their appointments."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models.functions import Lower


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)

    def create_user(self, email: str, full_name: str, password: str | None = None) -> Account:
        account = self.model(email=self.normalize_email(email), full_name=full_name)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(
        self,
        email: str,
        full_name: str = "Администратор",
        password: str | None = None,
        **_: Any,
    ) -> Account:
        account = self.create_user(email, full_name, password)
        account.is_superuser = account.is_staff = True
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser, PermissionsMixin):
    """A member of staff. `full_name` is «Фамилия Имя Отчество»."""

    email = models.EmailField("почта", unique=True)
    full_name = models.CharField("фамилия, имя, отчество", max_length=200)
    phone = models.CharField("телефон", max_length=50, blank=True)
    is_active = models.BooleanField("действует", default=True)
    is_staff = models.BooleanField("технический администратор", default=False)
    is_demo = models.BooleanField("демонстрационная", default=False)
    created_at = models.DateTimeField("создана", auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = "учётная запись"
        verbose_name_plural = "учётные записи"
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_once")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def short_name(self) -> str:
        """«Сидорова А. П.»"""
        parts = self.full_name.split()
        initials = "".join(f"\N{NO-BREAK SPACE}{part[0]}." for part in parts[1:3])
        return f"{parts[0]}{initials}" if parts else self.email
