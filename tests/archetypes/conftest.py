"""What every archetype is held to says why it failed, as a test written here would."""

import pytest

pytest.register_assert_rewrite("tests.archetypes.every_archetype")
