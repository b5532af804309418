# Prints a Rocq file without its comments, which may be nested. A string that holds "(*" would
# be taken for a comment; the theories have none.
{
  line = $0; out = ""
  while (length(line)) {
    two = substr(line, 1, 2)
    if (two == "(*") { depth++; line = substr(line, 3) }
    else if (two == "*)" && depth) { depth--; line = substr(line, 3) }
    else { if (!depth) out = out substr(line, 1, 1); line = substr(line, 2) }
  }
  print out
}
