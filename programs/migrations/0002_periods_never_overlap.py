"""What only PostgreSQL can hold (published periods never overlap), and the one row of the revision."""

from typing import Any

from django.db import migrations

TABLES = {
    "programversion": "program_id",
    "gridversion": "grid_id",
    "occupationlistversion": "occupation_list_id",
    "referencetableversion": "reference_table_id",
}


def add_exclusions(_apps: Any, schema_editor: Any) -> None:
    """Elsewhere the publishing action alone sees to it."""
    if schema_editor.connection.vendor != "postgresql":
        return
    # A trusted extension since PostgreSQL 13: the owner of the database may create it.
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for table, parent in TABLES.items():
        schema_editor.execute(
            f"ALTER TABLE programs_{table} ADD CONSTRAINT {table}_periods_never_overlap "
            f"EXCLUDE USING gist ({parent} WITH =, daterange(effective_from, effective_to, '[]') WITH &&) "
            "WHERE (status = 'published')"
        )


def remove_exclusions(_apps: Any, schema_editor: Any) -> None:
    """Leave the extension: others may use it."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"ALTER TABLE programs_{table} DROP CONSTRAINT {table}_periods_never_overlap")


def make_revision(apps: Any, schema_editor: Any) -> None:
    """Made here, so that two processes never make it at once."""
    revisions = apps.get_model("programs", "RulebookRevision").objects.using(schema_editor.connection.alias)
    revisions.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_rules")]

    operations = [
        migrations.RunPython(add_exclusions, remove_exclusions),
        migrations.RunPython(make_revision, migrations.RunPython.noop),
    ]
