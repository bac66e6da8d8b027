"""The README says nothing that does not happen: its examples run, its commands and files exist."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cstools.__main__ import main

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "README.md").read_text("utf-8")
FENCED = re.findall(r"^```(\w*)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
PROSE = re.sub(r"^```.*?^```$", "", TEXT, flags=re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    """Return every command line of the shell examples, in words, without its comment."""
    shell = [text for language, text in FENCED if language != "python"]
    lines = [line for text in shell for line in text.splitlines()]
    words = [shlex.split(line, comments=True) for line in lines if not line.startswith(" ")]
    return [line for line in words if line and line[0] in ("make", "cstools")]


def test_every_fence_is_read():
    assert TEXT.count("```") == 2 * len(FENCED)
    assert {language for language, _ in FENCED} <= {"", "python", "text", "sh"}


def test_the_examples_run_one_after_the_other(tmp_path):
    examples = [text for language, text in FENCED if language == "python"]
    script = tmp_path / "readme.py"
    script.write_text("\n".join(examples), "utf-8")
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_two_commands_come_first():
    assert [line[:2] for line in commands()][:2] == [["make", "lab"], ["make", "test"]]


def test_every_make_target_exists():
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert [line for line in commands() if line[0] == "make" and line[1] not in targets] == []


def test_every_cstools_command_is_understood(capsys):
    for line in commands():
        if line[0] == "cstools":
            with pytest.raises(SystemExit) as ended:
                main([*(word for word in line[1:3] if word[0] not in "-."), "--help"])
            assert ended.value.code == 0, line


def test_every_file_that_is_named_is_there():
    linked = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", PROSE)
    folders = re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", PROSE)
    assert [name for name in (*linked, *folders) if not (ROOT / name).exists()] == []
