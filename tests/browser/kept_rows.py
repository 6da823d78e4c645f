"""What a PostgreSQL database holds, kept in files and put back: quicker by far than loading the packs again."""

import shutil
import tempfile
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction


def keep(folder: Path) -> None:
    """Write the rows of every table into a folder. If another process did so meanwhile, what it wrote stays."""
    draft = Path(tempfile.mkdtemp(dir=folder.parent))
    with connection.cursor() as cursor:
        for table in _tables():
            with (draft / table).open("wb") as file, cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as rows:
                for part in rows:
                    file.write(part)
    try:
        draft.rename(folder)
    except OSError:  # there is one, and it is not empty
        shutil.rmtree(draft)


def put_back(folder: Path) -> None:
    """Have the tables hold what `keep` wrote, and nothing else."""
    tables = _tables()
    with transaction.atomic(), connection.cursor() as cursor:
        # The rows fit together as a whole, so nothing needs to be checked on the way.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, tables))}")
        for table in tables:
            with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT binary)') as rows:
                rows.write((folder / table).read_bytes())
        models = apps.get_models(include_auto_created=True)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    ContentType.objects.clear_cache()


def _tables() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True, include_views=False)
