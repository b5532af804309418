(* The checkers as OCaml.  Rocq's binary integers become those of Zarith (GMP): this mapping
   is trusted, as are the mapping of booleans, pairs, lists and options to OCaml's own, the
   extraction, the OCaml compiler and `main.ml`. *)
From Coq Require Import Extraction ExtrOcamlBasic ExtrOcamlZBigInt.
From UComp Require Import CheckerCubature CheckerLevelSet CheckerPowerSums.

Extraction Language OCaml.
Extraction "checkers.ml"
  Cubature.Certificate Cubature.check_exact Cubature.check_within Cubature.defect_of
  LevelSet.Certificate LevelSet.check LevelSet.share
  PowerSums.Identity PowerSums.check_identity
  PowerSums.Witness PowerSums.Syzygy PowerSums.check_syzygy PowerSums.witness_value.
