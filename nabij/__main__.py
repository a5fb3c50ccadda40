"""The command `nabij`: one word for everything, thin over management commands."""

import os
import sys


def main() -> None:
    """Run a command, `nabij --help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nabij.config.settings")
    from nabij.config.command import run

    run(sys.argv)


if __name__ == "__main__":
    main()
