from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncGenerator

import pytest

from llmx.model.loops import PerLoop


class Held:
    """Clients that are names; says which are open."""

    def __init__(self) -> None:
        self.opened = 0
        self.open: list[str] = []

    async def hold(self) -> AsyncGenerator[str]:
        self.opened += 1
        name = f"client {self.opened}"
        self.open.append(name)
        try:
            yield name
        finally:
            await asyncio.sleep(0)
            self.open.remove(name)


async def _two(clients: PerLoop[str]) -> list[str]:
    return list(await asyncio.gather(clients.client(), clients.client()))


def test_tasks_of_one_loop_share_a_client() -> None:
    assert asyncio.run(_two(PerLoop(Held().hold))) == ["client 1", "client 1"]


def test_each_loop_has_a_client_of_its_own() -> None:
    clients = PerLoop(Held().hold)

    names = [asyncio.run(clients.client()), asyncio.run(clients.client())]

    assert names == ["client 1", "client 2"]


def test_client_that_nobody_closes_ends_with_its_loop() -> None:
    held = Held()
    clients = PerLoop(held.hold)

    asyncio.run(clients.client())

    assert (held.opened, held.open) == (1, [])


def test_client_that_nobody_holds_any_more_ends_while_the_loop_runs() -> None:
    held = Held()

    async def forget() -> list[str]:
        await PerLoop(held.hold).client()
        gc.collect()
        for _ in range(5):
            await asyncio.sleep(0)
        return list(held.open)

    assert asyncio.run(forget()) == []


def test_client_is_opened_anew_after_it_was_closed() -> None:
    held = Held()

    async def again() -> tuple[list[str], str]:
        clients = PerLoop(held.hold)
        await clients.client()
        await clients.aclose()
        return list(held.open), await clients.client()

    assert asyncio.run(again()) == ([], "client 2")


def test_closing_where_nothing_is_open_does_nothing() -> None:
    held = Held()

    asyncio.run(PerLoop(held.hold).aclose())

    assert held.opened == 0


def test_client_that_cannot_be_opened_is_tried_anew() -> None:
    async def fail() -> AsyncGenerator[str]:
        raise OSError("no")
        yield ""

    async def twice() -> None:
        clients = PerLoop(fail)
        with pytest.raises(OSError, match="no"):
            await clients.client()
        with pytest.raises(OSError, match="no"):
            await clients.client()

    asyncio.run(twice())
