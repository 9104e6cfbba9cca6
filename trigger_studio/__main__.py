"""``python -m trigger_studio`` is ``trigger-studio``."""

import sys

from trigger_studio.app.main import main

if __name__ == "__main__":
    sys.exit(main())
