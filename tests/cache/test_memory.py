"""A result is taken again while all that it has read says the same, and not a moment longer."""

from __future__ import annotations

from evidencebase.cache import Memory, Reads, Remembered, Watched


class Shop:
    """A task that reads prices, and counts how often it is done."""

    def __init__(self, prices: dict[str, int], before: Remembered | None = None) -> None:
        reads = Reads()
        self.prices: Watched[str, int] = reads.watch("prices", prices)
        self.memory = Memory(reads, before)
        self.done: list[str] = []

    def bill(self, *names: str, given: str = "") -> int:
        def add() -> int:
            self.done.append("+".join(names))
            return sum(self.prices.get(name, 0) for name in names)

        return self.memory.recall("+".join(names), given, add)

    def everything(self) -> int:
        def add() -> int:
            self.done.append("everything")
            return sum(self.prices.values())

        return self.memory.recall("everything", "", add)


def test_nothing_is_done_again_where_nothing_has_changed() -> None:
    first = Shop({"bread": 3, "milk": 2})
    assert first.bill("bread", "milk") == 5
    second = Shop({"milk": 2, "bread": 3}, first.memory.remembered())
    assert second.bill("bread", "milk") == 5
    assert second.done == []
    assert not second.memory.is_new


def test_only_what_read_the_changed_value_is_done_again() -> None:
    first = Shop({"bread": 3, "milk": 2})
    first.bill("bread")
    first.bill("milk")
    second = Shop({"bread": 4, "milk": 2}, first.memory.remembered())
    assert (second.bill("bread"), second.bill("milk")) == (4, 2)
    assert second.done == ["bread"]


def test_a_look_up_that_found_nothing_is_a_read_as_well() -> None:
    first = Shop({"bread": 3})
    assert first.bill("bread", "milk") == 3
    second = Shop({"bread": 3, "milk": 2}, first.memory.remembered())
    assert second.bill("bread", "milk") == 5


def test_whoever_looks_through_everything_notices_what_is_new_and_what_is_gone() -> None:
    first = Shop({"bread": 3})
    first.everything()
    assert Shop({"bread": 3, "milk": 2}, first.memory.remembered()).everything() == 5
    assert Shop({}, first.memory.remembered()).everything() == 0


def test_a_task_that_is_given_something_else_is_done_again() -> None:
    first = Shop({"bread": 3})
    first.bill("bread", given="one")
    second = Shop({"bread": 3}, first.memory.remembered())
    second.bill("bread", given="two")
    assert second.done == ["bread"]


def test_what_was_read_is_remembered_over_several_runs() -> None:
    first = Shop({"bread": 3, "milk": 2})
    first.bill("bread")
    first.bill("milk")
    second = Shop({"bread": 4, "milk": 2}, first.memory.remembered())
    second.bill("bread")
    second.bill("milk")
    third = Shop({"bread": 4, "milk": 1}, second.memory.remembered())
    assert (third.bill("bread"), third.bill("milk")) == (4, 1)
    assert third.done == ["milk"]
