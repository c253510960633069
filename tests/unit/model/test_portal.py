import pytest

from llmx.model.portal import Portal
from llmx.rules.engine import RulesModel


def test_fault_of_the_work_reaches_who_waits_and_the_loop_goes_on() -> None:
    portal = Portal(RulesModel())

    async def fail() -> None:
        raise ValueError("no")

    async def answer() -> int:
        return 7

    with pytest.raises(ValueError, match="no"):
        portal.call(fail)
    after = portal.call(answer)
    portal.shut()

    assert after == 7
