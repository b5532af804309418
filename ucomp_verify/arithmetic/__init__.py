"""Linear systems in exact, ball and multiprecision arithmetic."""
