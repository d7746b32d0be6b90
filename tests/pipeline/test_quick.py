from __future__ import annotations

from pipeline.quick import any_of


def test_any_of_tells_whether_one_stands_there() -> None:
    assert any_of("her spine", ("hip", "spine"))
    assert not any_of("her spine", ("hip", "wrist"))
