"""The judges are large and `make test` does without them: only `make conformance` lets these tests be collected."""

from __future__ import annotations

import os

collect_ignore_glob = [] if os.environ.get("OCTAVO_CONFORMANCE") else ["test_*.py"]
