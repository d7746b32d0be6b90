"""Age, sex, gravida/para, height, weight and BMI (`casebook.person`).

`parse_age` and `person_field` read the cells and labels of tables with the same vocabulary.
"""

from extractors.person.table import parse_age, person_field

__all__ = ["parse_age", "person_field"]
