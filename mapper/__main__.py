"""``python -m mapper`` is ``incident-map``."""

import sys

from mapper.cli import main

sys.exit(main())
