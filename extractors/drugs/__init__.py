"""Drugs and supplements: generic name, class, dose, unit, frequency, route, duration, status."""
