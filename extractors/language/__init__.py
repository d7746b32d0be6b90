"""How things are said: numbers, quantities, units, clauses, context."""
