# Rocq's answers to Print marker, Check and Print Assumptions, as the entries of the log:
#   theorem MODULE.NAME
#   | the closed statement, line by line
#   assumptions none | the names of axioms
# Ends with status 1 after the first axiom that is not among those in `allowed`.
function finish() { if (name != "") print "assumptions " (axioms == "" ? "none" : axioms) }
/^Mark_.*_of_.*\.theorem = tt/ {
  finish()
  name = $1; sub(/^Mark_/, "", name); sub(/\.theorem$/, "", name)
  at = index(name, "_of_"); name = substr(name, 1, at - 1) "." substr(name, at + 4)
  print "theorem " name
  axioms = ""; mode = "marker"; next
}
mode == "marker" { mode = "statement"; next }  # the type of the marker
/^Closed under the global context/ { mode = "done"; next }
/^Axioms:/ { mode = "axioms"; next }
mode == "statement" { print "| " $0; next }
mode == "axioms" && /^[^ ]/ {
  axiom = $1; sub(/:$/, "", axiom)
  if (axiom !~ "^(" allowed ")$") { print name " rests on " axiom; exit 1 }
  axioms = axioms (axioms == "" ? "" : " ") axiom; next
}
END { finish() }
