"""Settings of every test: hypothesis repeats itself, so that a clean clone gives the same result twice.

`TIDEWAITER_EXPLORE=1 ./run test` looks for new examples instead. What a user has imported or decided is out of reach.
"""

import atexit
import os
import shutil
import tempfile

from hypothesis import HealthCheck, settings

__all__: list[str] = []

settings.register_profile("repeat", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("explore" if os.environ.get("TIDEWAITER_EXPLORE") else "repeat")

os.environ["TIDEWAITER_HOME"] = _HOME = tempfile.mkdtemp(prefix="tidewaiter-tests-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
