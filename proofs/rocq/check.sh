#!/bin/sh
# Builds every proof and writes down what each headline theorem says and rests on.
#   sh proofs/rocq/check.sh [BUILD_FOLDER]      (default: build/rocq; JOBS=2 for two at a time)
# The log goes to BUILD_FOLDER/checked.log, where `ucomp-verify check` finds it.
# Exit status: 0 all proved; 1 something is not; 77 Rocq or a library is missing.
set -eu
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$here/../../build/rocq}

command -v coqc >/dev/null 2>&1 || {
  echo "coqc not found: proofs not checked (Debian packages: proofs/rocq/packages.txt)"; exit 77; }
version=$(coqc -print-version | cut -d' ' -f1)
case $version in
  8.16.*) ;;
  *) echo "found Coq $version, expected 8.16 with MathComp 1.15: proofs not checked"; exit 77 ;;
esac

mkdir -p "$build"
build=$(cd "$build" && pwd)
rm -f "$build/checked.log"
rm -rf "$build/theories"
cp -R "$here/theories" "$here/_CoqProject" "$build/"
cd "$build"

fail() { echo "FAIL: $1"; exit 1; }

# What could prove anything is looked for in the text, comments left out, before the build...
for file in theories/*.v; do
  awk -f "$here/uncomment.awk" "$file" >code.txt
  if grep -nwE 'Admitted|admit|Abort|give_up|bypass_check|Guard Checking|Positivity Checking|Universe Checking|type-in-type|Set Warnings|Declare ML Module' code.txt ||
     grep -nE '(^|[].])[[:space:]]*((Local|Global)[[:space:]]+)?(Axioms?|Parameters?|Conjectures?)[[:space:]]' code.txt; then
    fail "$file holds an unproved statement or switches a check off"
  fi
done
# ... and every theory must be in the list, or it would not be built.
for file in theories/*.v; do
  grep -qx "$file" _CoqProject || fail "$file is not in _CoqProject"
done

echo 'From mathcomp Require ssralg ring ssrZ. From SsrMultinomials Require mpoly.
From mathcomp.analysis Require Rstruct. From Coquelicot Require Derive.' >probe.v
coqc -q -w none probe.v >/dev/null 2>&1 || {
  echo "a Coq library is missing (Debian packages: proofs/rocq/packages.txt): proofs not checked"; exit 77; }

coq_makefile -f _CoqProject -o Makefile.coq >/dev/null
make -s -f Makefile.coq -j"${JOBS:-1}" >build.log 2>&1 || { tail -n 30 build.log; fail "the build"; }

# Headlines are marked in the theories; Rocq prints their closed statements and assumptions.
sed -n 's/^(\* HEADLINE \([A-Za-z0-9_]*\) : .*/\1/p' theories/*.v >names.txt
[ -s names.txt ] || fail "no theorem is marked as a headline"
{
  echo 'From mathcomp Require Import all_ssreflect all_algebra. From SsrMultinomials Require Import mpoly.
Open Scope ring_scope.' # for the notations in what is printed
  sed -n 's/^theories\/\([A-Za-z0-9_]*\)\.v$/From UComp Require \1./p' _CoqProject
  echo 'Set Printing Width 100. Set Printing Depth 1000.'
  for file in theories/*.v; do
    module=$(basename "$file" .v)
    sed -n 's/^(\* HEADLINE \([A-Za-z0-9_]*\) : .*/\1/p' "$file" | while read -r name; do
      echo "Module Mark_${module}_of_$name. Definition theorem := tt. End Mark_${module}_of_$name."
      echo "Print Mark_${module}_of_$name.theorem. Check $module.$name. Print Assumptions $module.$name."
    done
  done
} >Headlines.v
coqc -q -w none -Q theories UComp Headlines.v >printed.txt 2>&1 || { tail -n 5 printed.txt; fail "a headline is no theorem"; }

# Only the axioms of classical mathematics in MathComp Analysis, and no theory of ours of that name.
[ ! -e theories/boolp.v ] || fail "theories/boolp.v has the name of the library whose axioms are allowed"
allowed='boolp[.](propositional_extensionality|functional_extensionality_dep|constructive_indefinite_description)'
awk -f "$here/log.awk" -v allowed="$allowed" printed.txt >theorems.txt || fail "an assumption that is not allowed: $(grep 'rests on' theorems.txt)"

count=$(grep -c '^theorem ' theorems.txt)
[ "$count" -eq "$(wc -l <names.txt)" ] || fail "$(wc -l <names.txt) headlines are marked, $count were printed"
closed=$(grep -c '^assumptions none$' theorems.txt || true)
{
  echo "ucomp-rocq-log 1"
  echo "date $(date -u +%Y-%m-%dT%H:%M:%SZ)"
  echo "machine $(uname -sm)"
  echo "rocq $version"
  echo "theories $(cat theories/*.v | sha256sum | cut -d' ' -f1)"
  cat theorems.txt
  echo "end $count"
} >checked.tmp
mv checked.tmp checked.log
sed -n 's/^\(theorem\|assumptions\) //p' checked.log | paste -d' ' - - | sed 's/ none$/: no axioms/; s/^\([^ :]*\) \(.*\)$/\1: \2/'
echo "$count theorems proved, $closed without axioms, $((count - closed)) over classical reals; log: $build/checked.log"
