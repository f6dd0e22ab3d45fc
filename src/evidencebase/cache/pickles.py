"""Values as bytes and back; the one door to pickle.

What is unpacked was written by this engine into a folder of its own (`.cache/`), which no contribution brings along.
"""

from __future__ import annotations

import copyreg
import pickle
from types import MappingProxyType
from typing import Any


def frozen(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """Return the mapping that pickle itself cannot write."""
    return MappingProxyType(values)


copyreg.pickle(MappingProxyType, lambda mapping: (frozen, (dict(mapping),)))


def packed(value: Any) -> bytes:
    return pickle.dumps(value, protocol=5)


def unpacked(data: bytes) -> Any:
    """Return the value; raises ValueError where the bytes are of another version or damaged."""
    try:
        return pickle.loads(data)  # noqa: S301
    except (pickle.UnpicklingError, AttributeError, ImportError, IndexError, EOFError, TypeError, KeyError) as error:
        raise ValueError("the bytes cannot be unpacked") from error
