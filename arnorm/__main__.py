"""``python -m arnorm``: the command line."""

import sys

from arnorm.cli import main

if __name__ == "__main__":
    sys.exit(main())
