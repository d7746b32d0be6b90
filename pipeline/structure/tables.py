"""Stub."""
from __future__ import annotations
from pipeline.structure.drafts import Draft, Piece
def separated(text: str) -> bool:
    return False
def delimited_end(items: list[Draft | Piece], start: int) -> int:
    return 0
def delimited(items: list[Draft | Piece]) -> list[Draft]:
    return []
def read_table(items: list[Draft | Piece], start: int) -> tuple[list[Draft], int] | None:
    return None
