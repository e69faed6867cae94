"""Append-only record of everything that matters, sealed in a Merkle tree; heads are moments."""
