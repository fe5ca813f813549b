"""Common categories received out of turn; every municipality checks and overrides them."""

from django.db import migrations

CHECK = "сверьте с действующей редакцией"
CATEGORIES = (
    ("Герои Советского Союза и России, полные кавалеры ордена Славы", "Закон РФ № 4301-1"),
    ("Герои Социалистического Труда и Труда РФ, полные кавалеры ордена Трудовой Славы", "№ 5-ФЗ"),
    ("Ветераны и инвалиды Великой Отечественной войны, ветераны боевых действий", "№ 5-ФЗ"),
    ("Инвалиды I и II групп и сопровождающие их", "Указ Президента РФ от 02.10.1992 № 1157"),
    ("Пострадавшие от чернобыльской катастрофы", "Закон РФ № 1244-1"),
    ("Сенаторы и депутаты Государственной Думы", "№ 3-ФЗ от 08.05.1994"),
)


def add(apps, schema_editor):
    category = apps.get_model("reception", "Category")
    category.objects.bulk_create(
        category(label=label, article=f"ст. 13 ч. 7 № 59-ФЗ; {article}", note=CHECK, order=order)
        for order, (label, article) in enumerate(CATEGORIES, 1)
    )


def remove(apps, schema_editor):
    apps.get_model("reception", "Category").objects.filter(municipality__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("reception", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
