"""Drugs and supplements: generic name, class, dose, unit, frequency, route, duration, status."""

from extractors.drugs.read import Drugs, create
from extractors.drugs.table import cell_abbreviations, find_drugs, is_drug_label
from extractors.drugs.vocabulary import class_members

__all__ = ["Drugs", "cell_abbreviations", "class_members", "create", "find_drugs", "is_drug_label"]
