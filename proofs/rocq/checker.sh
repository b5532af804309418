#!/bin/sh
# Builds the certificate checker that Rocq proves sound, as an OCaml program.
#   sh proofs/rocq/checker.sh [BUILD_FOLDER]    (default: build/rocq-checker)
# The program is BUILD_FOLDER/ucomp-checker; `ucomp-verify cert check --checker rocq` runs it.
# Exit status: 0 built; 1 not; 77 Rocq, OCaml or Zarith is missing.
# What it computes is proved in theories/Checker*Sound.v, which check.sh builds.
set -eu
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$here/../../build/rocq-checker}
packages="Debian packages: coq ocaml-nox ocaml-findlib libzarith-ocaml-dev"

for tool in coqc ocamlfind ocamlopt; do
  command -v "$tool" >/dev/null 2>&1 || { echo "$tool not found: no checker ($packages)"; exit 77; }
done
ocamlfind query zarith >/dev/null 2>&1 || { echo "Zarith not found: no checker ($packages)"; exit 77; }

mkdir -p "$build"
build=$(cd "$build" && pwd)
work=$(mktemp -d "$build/build.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
for theory in CheckerCubature CheckerLevelSet CheckerPowerSums; do
  cp "$here/theories/$theory.v" .
  coqc -q -w none -Q . UComp "$theory.v"
done
cp "$here/extraction/Extract.v" "$here/extraction/main.ml" .
coqc -q -w none -Q . UComp Extract.v
ocamlfind ocamlopt -w -a -package zarith -linkpkg checkers.mli checkers.ml main.ml -o ucomp-checker
mv ucomp-checker "$build/ucomp-checker" # whole or not at all
cat "$here"/theories/Checker*.v "$here"/extraction/Extract.v "$here"/extraction/main.ml |
  sha256sum | cut -d' ' -f1 >"$build/sources.sha256"
echo "built $build/ucomp-checker"
