"""The compact form of LOOPY 2: bits in an address or in its ``.loopy`` file, often compressed.

As LOOPY 2 writes it (``persist.js`` and the ``…Features.js`` beside it in 1000i100/loopy):

1. In an address, base 64 with ``_-.`` for ``+/=``; where a ``/`` stands in it, what is before it
   tells how the usual head of the compressed bytes is to be changed.
2. The bytes are compressed (LZMA) when the first of them is 93.
3. A head of bits: version, whether areas are padded to eight parts, embedded, the number of kinds
   of part (4 bits), the bits of a reference (4); then how many nodes, edges and labels there are,
   and how many bits each kind takes, where there are any.
4. The settings; then an area of nodes, of edges and of labels, each from a whole byte on. An area
   is turned: the first bit of every part, then the second of every part, and so on.
5. The texts, with a backtick between two of them: the names of the nodes, those of the edges, the
   labels, and the addresses that labels lead to.
"""

from __future__ import annotations

import base64
import lzma
from dataclasses import dataclass
from typing import Any

from cstools.errors import FileError

_HEAD = "XQAAAAISAAAAAAAAAAAt"  # how base 64 of LZMA mostly begins
_COMPRESSED = 93
_LARGEST = 20_000_000
_MEMORY = 100_000_000  # LOOPY's compression asks for 32 MB
_KINDS = 4
_NODE, _EDGE, _LABEL, _SETTINGS = range(_KINDS)
_UNIT = 16  # places are kept in steps of 16 pixels, whatever the number of their bits
_MORE_BITS = 4  # a coordinate has four bits more than a reference
_SIDES = (1, -1)
_BROKEN = "this is no map of LOOPY, or not a whole one; copy all of its address, or save it again"

# Fields in the order in which they are kept, with their bits; -1 is a reference, -2 a coordinate.
_REFERENCE, _COORDINATE = -1, -2
_FIELDS: tuple[tuple[tuple[str, int], ...], ...] = (
    (("x", _COORDINATE), ("y", _COORDINATE)),
    (
        ("from", _REFERENCE),
        ("to", _REFERENCE),
        ("arc", 10),
        ("strength", 1),
        ("rotation", 4),
        ("signBehavior", 3),
    ),
    (),
    (("loopyMode", 1),),
)


def from_address(text: str) -> dict[str, Any]:
    """Return the map behind the ``?`` of an address, as the readable form has it.

    Raises
    ------
    FileError
        When it is none, or not a whole one.
    """
    try:
        return from_bytes(base64.b64decode(_base64(text), validate=True))
    except ValueError as error:
        raise error if isinstance(error, FileError) else FileError(_BROKEN) from None


def from_bytes(data: bytes) -> dict[str, Any]:
    """Return the map in the bytes of a ``.loopy`` file of version 2, as its readable form has it.

    Raises
    ------
    FileError
        When it is none, or not a whole one.
    """
    bits = _Bits(_unpacked(data) if data[:1] == bytes([_COMPRESSED]) else data)
    if bits.take(1):
        raise FileError("this map is of a version of LOOPY that is not known here; save it as JSON")
    padded, _, kinds, reference = bits.take(1), bits.take(1), bits.take(4), bits.take(4)
    if kinds < _KINDS:
        raise FileError(_BROKEN)
    counts = [0 if kind == _SETTINGS else bits.take(reference + 1) for kind in range(kinds)]
    sizes = [bits.take(8) if kind == _SETTINGS or counts[kind] else 0 for kind in range(kinds)]
    settings = bits.settings(sizes[_SETTINGS])
    nodes, edges, labels = (
        bits.area(kind, counts[kind], sizes[kind], reference, bool(padded))
        for kind in (_NODE, _EDGE, _LABEL)
    )
    names = _texts(bits.rest(), len(nodes), len(nodes) + len(edges) + 2 * len(labels))
    return {
        "globals": settings,
        "nodes": [
            {"id": i, "label": name, **{axis: _UNIT * place for axis, place in node.items()}}
            for i, (node, name) in enumerate(zip(nodes, names, strict=True))
        ],
        "edges": [{**edge, "strength": _SIDES[edge.get("strength", 0)]} for edge in edges],
        "labels": labels,
    }


def _base64(text: str) -> str:
    """Return ordinary base 64; ``9A6B/…`` changes the letters 9 and 15 of the usual head."""
    changes, slash, rest = text.strip().partition("/")
    if slash:
        head, place = [*_HEAD], 0
        for step, letter in zip(changes[::2], changes[1::2], strict=True):
            place += int(step)
            if place >= len(head):
                raise FileError(_BROKEN)
            head[place] = letter
        text = "".join(head) + rest
    plain = text.strip().replace("_", "+").replace("-", "/").rstrip(".")
    return plain + "=" * (-len(plain) % 4)


def _unpacked(data: bytes) -> bytes:
    try:
        unpacking = lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_MEMORY)
        unpacked = unpacking.decompress(data, max_length=_LARGEST)
    except (lzma.LZMAError, EOFError):
        raise FileError(_BROKEN) from None
    if not unpacking.eof and len(unpacked) < _LARGEST:
        raise FileError(_BROKEN)
    if len(unpacked) == _LARGEST:
        raise FileError(f"it has more than {_LARGEST // 10**6} MB when unpacked, which is no map")
    return unpacked


def _texts(data: bytes, nodes: int, parts: int) -> list[str]:
    try:
        texts = data.decode("utf-8").split("`")
    except UnicodeDecodeError:
        raise FileError(_BROKEN) from None
    if len(texts) != max(parts, 1):
        raise FileError(
            f"this map of LOOPY has {parts} names and texts, and {len(texts)} are found: there is "
            "a backtick in one, or a piece is missing; save it in LOOPY as JSON, and read that"
        )
    return texts[:nodes]


@dataclass
class _Bits:
    """Bytes that are taken bit by bit, the highest of each first."""

    data: bytes
    at: int = 0

    def take(self, count: int) -> int:
        """Return the number in the next bits."""
        first, self.at = self.at, self.at + count
        if self.at > 8 * len(self.data):
            raise FileError(_BROKEN)
        covered = self.data[first // 8 : -(-self.at // 8)]
        return (int.from_bytes(covered) >> (-self.at % 8)) & ((1 << count) - 1)

    def skip(self, count: int) -> None:
        """Pass over the next bits, which have to be there."""
        self.at += count
        if self.at > 8 * len(self.data):
            raise FileError(_BROKEN)

    def settings(self, size: int) -> dict[str, int]:
        """Return the settings, which take so many bits."""
        return _part(_SETTINGS, f"{self.take(size):0{size}b}" if size else "", 0)

    def area(
        self, kind: int, count: int, size: int, reference: int, padded: bool
    ) -> list[dict[str, int]]:
        """Return the parts of an area, which begins with the next whole byte."""
        self.skip(-self.at % 8)
        if not count:
            return []
        volume = count + -count % 8 if padded else count
        wanted = min(size, sum(_width(bits, reference) for _, bits in _FIELDS[kind]))
        rows = [f"{self.take(volume):0{volume}b}" for _ in range(wanted)]
        self.skip(volume * (size - wanted))
        return [_part(kind, "".join(row[i] for row in rows), reference) for i in range(count)]

    def rest(self) -> bytes:
        """Return the bytes after the last bit that was taken."""
        return self.data[-(-self.at // 8) :]


def _width(bits: int, reference: int) -> int:
    return {_REFERENCE: reference, _COORDINATE: reference + _MORE_BITS}.get(bits, bits)


def _part(kind: int, bits: str, reference: int) -> dict[str, int]:
    """Return the fields in the bits of a part; an older LOOPY wrote fewer of them."""
    found, at = {}, 0
    for name, count in _FIELDS[kind]:
        end = at + _width(count, reference)
        if end > len(bits):
            break
        found[name] = int(bits[at:end] or "0", 2)
        at = end
    return found
