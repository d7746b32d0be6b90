"""Named entities: drugs of a trained model that no vocabulary knows, and the vocabulary's own names."""

from extractors.ner.read import Gazetteer, Ner, create, create_gazetteer, installed_model

__all__ = ["Gazetteer", "Ner", "create", "create_gazetteer", "installed_model"]
