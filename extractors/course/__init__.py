"""What became of a patient: pain, new fractures, healing, mobility, loss of height, death."""
