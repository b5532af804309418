"""What is asked of a compressor: up to which degree moments agree, and how many nodes it keeps."""

from hypothesis import strategies as st

from ucomp_verify.algebra import num_monomials


def degrees(*, max_degree: int = 4) -> st.SearchStrategy[int]:
    """Degrees from 0 up."""
    return st.integers(0, max_degree)


def sizes(dim: int, degree: int, *, max_factor: int = 3) -> st.SearchStrategy[int]:
    """Numbers of nodes that a reduction of this degree can always attain.

    They go from N = binom(dim + degree, degree) up to `max_factor` times as many.
    """
    least = num_monomials(dim, degree)
    return st.integers(least, max_factor * least)
