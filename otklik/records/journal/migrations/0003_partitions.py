"""The parts of the journal refuse what the whole refuses.

Row triggers are inherited by partitions; rights and triggers on TRUNCATE are not.
"""

from typing import ClassVar

from django.db import migrations

GUARD = """
DO $$
DECLARE part regclass;
BEGIN
  FOR part IN
    SELECT inhrelid::regclass FROM pg_inherits
    WHERE inhparent IN ('journal_entry'::regclass, 'journal_personal_read'::regclass)
  LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER no_truncate BEFORE TRUNCATE ON %s
                    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()', part);
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM PUBLIC, CURRENT_USER', part);
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("journal", "0002_organisation")]

    operations: ClassVar = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
