"""Lines of text that form a table: to rows and columns."""
