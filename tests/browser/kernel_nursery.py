"""A process that has imported what every kernel imports, and forks a kernel for whoever asks.

A kernel spends well over a second of the processor's time on the same imports, those of ipykernel
and of matplotlib, before a cell of this project says anything, and some more on taking all apart
in the end. Nothing of this project, and nothing that asks at its import whether it is in a kernel
(as ipywidgets does), is imported beforehand: cells meet it as in any kernel. One thing is shared:
the hashes of words, which differ from process to process, are the same in kernels of one nursery.

JupyterLab starts this file as its kernel: a little process that asks for a fork, stands for it
while it lives, and takes it along when it is killed (``lab.warm_kernels``).
"""

from __future__ import annotations

import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

NAME = "CSTOOLS_KERNEL_NURSERY"  # the environment variable that tells where to ask
IMPORTED = (
    *("ipykernel.kernelapp", "ipykernel.zmqshell", "IPython.core.completer"),
    *("numpy.random", "matplotlib.figure", "matplotlib.backends.backend_agg"),
    "matplotlib.backends.backend_svg",
)


def ask() -> None:
    """Ask for a kernel with this process' words, folder and surroundings; wait until it ends.

    Whoever started this may be gone before: then the kernel goes too.
    """
    parent = os.getppid()
    with socket.socket(socket.AF_UNIX) as asked:
        asked.connect("\0" + os.environ[NAME])  # a name of Linux, and no file
        order = {"words": sys.argv[2:], "folder": str(Path.cwd()), "environment": dict(os.environ)}
        asked.sendall(json.dumps(order).encode() + b"\n")
        asked.settimeout(1)
        while os.getppid() == parent:
            with suppress(TimeoutError):
                asked.recv(1)  # nothing is ever sent: this is its end
                return


def lend(listener: socket.socket) -> None:
    """Import, and fork a kernel for whoever asks, until the process that started this is gone."""
    import importlib
    import signal

    # As ipykernel has it before a cell imports matplotlib, which looks at it then.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    for name in IMPORTED:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    parent = os.getppid()
    listener.settimeout(1)
    while os.getppid() == parent:
        with suppress(TimeoutError), listener.accept()[0] as asker:
            if os.fork() == 0:
                listener.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                be_a_kernel(asker)


def be_a_kernel(asker: socket.socket) -> None:
    """Be the kernel that was asked for, and end without taking apart what was imported."""
    import atexit
    import threading
    import traceback

    import numpy as np
    from ipykernel.kernelapp import IPKernelApp

    try:
        asker.setblocking(True)
        with asker.makefile() as told:
            order = json.loads(told.readline())
        os.setsid()
        os.chdir(order["folder"])
        os.environ.clear()
        os.environ.update(order["environment"])
        sys.argv[:] = ["ipykernel_launcher", *order["words"]]
        np.random.seed()  # each kernel rolls its own dice
        threading.Thread(target=_end_with, args=(asker,), daemon=True).start()
        IPKernelApp.launch_instance(order["words"])
        atexit._run_exitfuncs()  # the history is written, as at any end
    except Exception:
        traceback.print_exc()  # into the log of JupyterLab
    finally:
        os._exit(0)


def _end_with(asker: socket.socket) -> None:
    asker.recv(1)
    os._exit(1)


if __name__ == "__main__":
    if sys.argv[1] == "ask":
        ask()
    else:
        lend(socket.socket(fileno=int(sys.argv[2])))
