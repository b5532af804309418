(* Coq's binary integers inside an ordered field, for the proofs about the checkers.

   The checkers (`CheckerCubature`, `CheckerLevelSet`, `CheckerPowerSums`) compute with
   the integers Z of Coq's library.  `of_Z F z` is z as an element of the ordered field F;
   it respects sums, products and order.  No claim of the paper is touched here.         *)
From Coq Require Import ZArith List.
From mathcomp Require Import all_ssreflect all_algebra zify ssrZ.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition of_Z (F : realFieldType) (z : Z) : F := (int_of_Z z)%:~R.

Section OfZ.
Variable F : realFieldType.
Implicit Types x y : Z.
Local Notation "z %:F" := (of_Z F z) (at level 2, format "z %:F").

Lemma of_Z_is_rmorphism : rmorphism (of_Z F).
Proof.
split=> [x y|]; first by rewrite /of_Z !rmorphB.
by split=> [x y|]; rewrite /of_Z ?rmorphM ?rmorph1.
Qed.
Canonical of_Z_additive := Additive of_Z_is_rmorphism.
Canonical of_Z_rmorphism := RMorphism of_Z_is_rmorphism.

Lemma of_Z_leb x y : Z.leb x y = (x%:F <= y%:F).
Proof. by rewrite /of_Z ler_int; lia. Qed.

Lemma of_Z_ltb x y : Z.ltb x y = (x%:F < y%:F).
Proof. by rewrite /of_Z ltr_int; lia. Qed.

Lemma of_Z_eqb x y : Z.eqb x y = (x%:F == y%:F).
Proof. by rewrite /of_Z eqr_int; lia. Qed.

Lemma of_Z0 : Z0%:F = 0.
Proof. exact: rmorph0. Qed.

Lemma of_Z1 : (Zpos xH)%:F = 1.
Proof. exact: rmorph1. Qed.

Lemma of_ZD x y : (Z.add x y)%:F = x%:F + y%:F.
Proof. exact: rmorphD. Qed.

Lemma of_ZB x y : (Z.sub x y)%:F = x%:F - y%:F.
Proof. exact: rmorphB. Qed.

Lemma of_ZM x y : (Z.mul x y)%:F = x%:F * y%:F.
Proof. exact: rmorphM. Qed.

Lemma of_Z_abs x : (Z.abs x)%:F = `|x%:F|.
Proof. by rewrite /of_Z -intr_norm; congr (_%:~R); lia. Qed.
End OfZ.

Lemma forallb_all (T : Type) (P : T -> bool) s : List.forallb P s = all P s.
Proof. by elim: s => //= x s ->. Qed.

Lemma existsb_has (T : Type) (P : T -> bool) s : List.existsb P s = has P s.
Proof. by elim: s => //= x s ->. Qed.

Lemma map_map_ssr (T U : Type) (f : T -> U) s : List.map f s = map f s.
Proof. by []. Qed.
