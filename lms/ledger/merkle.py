"""The Merkle tree of RFC 9162: leaves, full subtrees, and the root of any size."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subtree:
    """A full subtree: the hash over 2**level leaves, the position-th of its level."""

    level: int
    position: int
    hash: bytes


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one leaf (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\1" + left + right).digest()


def grow(peaks: list[Subtree], leaf: bytes, position: int) -> list[Subtree]:
    """Add one leaf hash to the peaks of a tree, in place; return the subtrees that became full, leaf first."""
    full = [Subtree(0, position, leaf)]
    while peaks and peaks[-1].level == full[-1].level:
        left, right = peaks.pop(), full[-1]
        full.append(Subtree(left.level + 1, left.position // 2, node_hash(left.hash, right.hash)))
    peaks.append(full[-1])
    return full


def root_of(peaks: list[Subtree]) -> bytes:
    """Fold the peaks of a tree from the right into its root (RFC 9162, 2.1.1)."""
    if not peaks:
        return hashlib.sha256(b"").digest()
    root = peaks[-1].hash
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak.hash, root)
    return root


def peak_places(size: int) -> list[tuple[int, int]]:
    """Return (level, position) of the full subtrees that make up a tree of a size, largest first."""
    places, begin = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            places.append((level, begin >> level))
            begin += 1 << level
    return places
