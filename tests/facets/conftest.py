"""What every teaching model is held to says why it failed, as a test written here would."""

import pytest

pytest.register_assert_rewrite("tests.facets.teaching_model")
