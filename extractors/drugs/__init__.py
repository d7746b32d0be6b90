"""Drugs and supplements: generic name, class, dose, unit, frequency, route, duration, status."""

from extractors.drugs.component import Drugs, create

__all__ = ["Drugs", "create"]
