"""Prints what is made from the tables of settings: docs/settings.md, or one of config/schema/*.json by its name.

Not a check of a configuration: that is `run.py check`.
"""

import sys

from daemon.settings.document import document
from daemon.settings.schema import FILES, schema

if __name__ == "__main__":
    wanted = sys.argv[1:]
    if wanted and wanted[0] not in FILES:
        sys.exit(f"python -m daemon.settings [{'|'.join(FILES)}]")
    sys.stdout.write(schema(wanted[0]) if wanted else document())
