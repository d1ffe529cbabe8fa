"""The shape of a method, and how a folder of them is gathered."""

from collections.abc import Callable, Mapping
from typing import Any

from playground.params import Params
from playground.world import World

Method = Callable[[World, Params], Any]
Methods = Mapping[str, Method]
