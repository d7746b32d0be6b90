"""What a person should look at: rows that are odd, and numbers that no row accounts for."""
