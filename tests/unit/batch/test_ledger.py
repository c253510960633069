import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from llmx.batch.ledger import LEDGER, Ledger, lookup, transaction, write
from llmx.batch.recipe import Recipe
from llmx.batch.rows import Attempt, Place, Reserved, Row, Settled, Status, Stored

RECIPE = Recipe(model="m", schema_id="s", schema_sha256="0", prompt_id="p", prompt_sha256="0", llmx="0")
KEYS = [f"k{number}" for number in range(6)]


class Killed(BaseException):
    """Stands in for a kill between writing and committing."""


def settled(key: str, ok: bool, number: int) -> Settled:  # noqa: FBT001 - drawn
    attempt = Attempt(id=number, key=key, started=0.0, ended=1.0, outcome="ok", cost_usd=1.0, reserved_usd=3.0)
    stored = Stored(f'{{"by": {number}}}') if ok else None
    return Settled(Place(key, KEYS.index(key), key), stored, reason="" if ok else "refused", attempts=(attempt,))


def reserved(key: str, number: int) -> Reserved:
    return Reserved(Attempt(id=number, key=key, started=0.0, reserved_usd=3.0))


class Model:
    """What a ledger should hold, in a few lines."""

    def __init__(self) -> None:
        self.status: dict[str, Status] = {}
        self.result: dict[str, str] = {}
        self.cost: dict[int, float] = {}

    def take(self, row: Row) -> None:
        if isinstance(row, Reserved):
            self.cost[row.attempt.id] = row.attempt.reserved_usd
            return
        key = row.place.key
        if row.stored is not None:
            self.result[key] = row.stored.json
        if self.status.get(key) is not Status.OK:
            self.status[key] = row.status
        self.cost.update({attempt.id: attempt.cost_usd or 0.0 for attempt in row.attempts})

    def revive(self) -> None:
        self.status = {key: Status.PENDING if was is Status.DEAD else was for key, was in self.status.items()}


drawn_rows = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(["ok", "dead", "reserve"])), max_size=5)
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["group", "killed"]), drawn_rows),
        st.tuples(st.sampled_from(["reopen", "revive"]), st.just([])),
    ),
    max_size=12,
)


def rows_of(drawn: list[tuple[str, str]], first: int) -> list[Row]:
    return [
        reserved(key, first + number) if kind == "reserve" else settled(key, kind == "ok", first + number)
        for number, (key, kind) in enumerate(drawn)
    ]


def play(folder: Path, plan: list[tuple[str, list[tuple[str, str]]]]) -> tuple[Model, tuple[object, ...]]:
    """Do the steps to a ledger and to its model; gives the model, and what the ledger says."""
    model, number = Model(), 1
    for step, drawn in plan:
        with Ledger.locked(folder) as ledger:
            rows = rows_of(drawn, number)
            number += len(rows)
            if step == "revive":
                ledger.revive()
                model.revive()
                continue
            with suppress(Killed), transaction(ledger.connection, folder / LEDGER):
                write(ledger.connection, rows, RECIPE.digest)
                if step == "killed":
                    raise Killed
            if step == "group":
                for row in rows:
                    model.take(row)
    with Ledger.locked(folder) as ledger:
        known = {key: state.status for key, state in lookup(ledger.connection, KEYS).items()}
        results = dict(ledger.connection.execute("SELECT key, json FROM result").fetchall())
        return model, (known, results, ledger.spent_usd())


@settings(max_examples=40, deadline=None)
@given(steps)
def test_ledger_holds_what_its_model_holds_after_any_order_of_answers_and_kills(
    plan: list[tuple[str, list[tuple[str, str]]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        model, found = play(Path(folder), plan)

    assert found == (model.status, model.result, sum(model.cost.values()))


def test_first_result_of_an_article_stays_when_a_late_dead_letter_comes(tmp_path: Path) -> None:
    plan = [("group", [("k0", "ok")]), ("group", [("k0", "dead")])]

    _, found = play(tmp_path, plan)

    assert found[0] == {"k0": Status.OK}
