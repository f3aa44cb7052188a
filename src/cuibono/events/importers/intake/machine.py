"""What processors do in an instruction and numba has no word for.

Each of these is one or two instructions of LLVM, which has them for every processor: one
that cannot compare 64 bytes at once makes do with several smaller steps.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Word = np.uint64

Made = tuple[Any, Callable[..., Any]]
"""Signature of such a function, and what writes its instructions."""

WIDE: Final = 64
"""How many bytes `bits_of` looks at."""

_WORD, _TWO_WORDS = ir.IntType(64), ir.IntType(128)
_BYTES = ir.VectorType(ir.IntType(8), WIDE)


def _loaded(context: Any, builder: Any, signature: Any, given: Any, kind: Any) -> Any:
    """Some bytes of an array, wherever they begin."""
    array = context.make_array(signature.args[0])(context, builder, given[0])
    place = builder.gep(array.data, [given[1]])
    return builder.load(builder.bitcast(place, kind.as_pointer()), align=1)


def _bits_of(_: Any, text: Any, place: Any, mark: Any) -> Made:  # noqa: ARG001
    """Which of the 64 bytes from a place on are equal to a byte, the first being bit 0."""

    def made(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        nothing, narrow = ir.Constant(_BYTES, ir.Undefined), ir.IntType(32)
        first = builder.insert_element(nothing, given[2], ir.Constant(narrow, 0))
        everywhere = ir.Constant(ir.VectorType(narrow, WIDE), None)
        marks = builder.shuffle_vector(first, nothing, everywhere)
        found = _loaded(context, builder, signature, given, _BYTES)
        return builder.bitcast(builder.icmp_unsigned("==", found, marks), _WORD)

    return types.uint64(text, types.int64, types.uint8), made


def _word(_: Any, text: Any, place: Any) -> Made:  # noqa: ARG001
    """Eight bytes from any place on as one number."""

    def made(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return _loaded(context, builder, signature, given, _WORD)

    return types.uint64(text, types.int64), made


def _lowest(_: Any, bits: Any) -> Made:  # noqa: ARG001
    """Place of the lowest bit that is set; 64 if none is."""

    def made(_: Any, builder: Any, __: Any, given: Any) -> Any:
        return builder.cttz(given[0], ir.Constant(ir.IntType(1), 0))

    return types.int64(types.uint64), made


def _how_many(_: Any, bits: Any) -> Made:  # noqa: ARG001
    """How many bits are set."""

    def made(_: Any, builder: Any, __: Any, given: Any) -> Any:
        return builder.ctpop(given[0])

    return types.int64(types.uint64), made


def _folded(_: Any, one: Any, other: Any) -> Made:  # noqa: ARG001
    """Both halves of the product of two numbers, one laid over the other."""

    def made(_: Any, builder: Any, __: Any, given: Any) -> Any:
        product = builder.mul(*(builder.zext(each, _TWO_WORDS) for each in given))
        upper = builder.lshr(product, ir.Constant(_TWO_WORDS, 64))
        return builder.xor(builder.trunc(product, _WORD), builder.trunc(upper, _WORD))

    return types.uint64(types.uint64, types.uint64), made


def _in_line(how: Callable[..., Made]) -> Any:
    """Function for kernels whose instructions another function writes."""
    return intrinsic(how)


bits_of: Final[Callable[[Bytes, int, np.uint8], Word]] = _in_line(_bits_of)
word: Final[Callable[[Bytes, int], Word]] = _in_line(_word)
lowest: Final[Callable[[Word], int]] = _in_line(_lowest)
how_many: Final[Callable[[Word], int]] = _in_line(_how_many)
folded: Final[Callable[[Word, Word], Word]] = _in_line(_folded)
