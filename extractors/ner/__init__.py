"""Named entities: drugs of a trained model that no vocabulary knows, and the vocabulary's own names."""
