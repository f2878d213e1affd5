"""``python -m arnorm``: the command line."""

import sys

if __name__ == "__main__":
    try:
        from arnorm.cli import main
    except KeyboardInterrupt:  # while it starts
        sys.exit(130)
    sys.exit(main())
