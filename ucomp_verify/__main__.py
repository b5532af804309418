"""`python -m ucomp_verify`: the command line."""

import sys

from ucomp_verify.cli import main

if __name__ == "__main__":
    sys.exit(main())
