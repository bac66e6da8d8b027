"""The long run, ``make fuzz``: sixty times as many cases, drawn anew each time."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "fuzz",
    max_examples=6000,
    deadline=None,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
