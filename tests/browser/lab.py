from contextlib import contextmanager
class Lab: ...
@contextmanager
def running_lab(folder):
    yield Lab()
