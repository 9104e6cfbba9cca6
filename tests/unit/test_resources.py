import pytest

from trigger_studio import resources


def test_a_missing_resource_is_told_by_name() -> None:
    with pytest.raises(FileNotFoundError, match=r"'no-such\.yaml'"):
        resources.path("no-such.yaml")
