"""`python -m tools.form_rules docs/samples docs/form-rules.md` writes the table of documents × rules × outputs anew."""

import sys
from pathlib import Path

from tools.form_rules.table import table_of

if __name__ == "__main__":
    samples, written = Path(sys.argv[1]), Path(sys.argv[2])
    written.write_text(table_of(samples), encoding="utf-8")
