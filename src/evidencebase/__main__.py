"""`python -m evidencebase` is the `evidencebase` command."""

import sys

from evidencebase.cli import main

sys.exit(main())
