"""Bone mineral density (`casebook.bmd`): density, T- and Z-scores and changes with site and region."""
