"""How sure a row is: a probability, learned from rows that people have judged (docs/accuracy.md)."""
