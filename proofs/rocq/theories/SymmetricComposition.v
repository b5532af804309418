(* An invariant function of an equivariant map is invariant.

   Paper: Lemma 3.  Claim: symmetric-composition.

   Headline: `symmetric_composition`, at the end of the file.

   A configuration of d objects of a set V is a function {ffun 'I_d -> V}; V is any type
   and so is the type of the values of f.  A permutation s moves object i to place s i:
   `act s w` has w_i at place s i.  The printed action, w_(s i) at place i, is `act s^-1`
   (`act_printed`), so that both give the same invariant functions and equivariant maps.  *)
From mathcomp Require Import all_ssreflect all_fingroup.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Composition.
Variables (d : nat) (V : Type).
Local Notation configuration := {ffun 'I_d -> V}.

Definition act (s : 'S_d) (w : configuration) : configuration := [ffun i => w ((s^-1)%g i)].

Definition invariant_function (X : Type) (f : configuration -> X) :=
  forall s w, f (act s w) = f w.

Definition equivariant (T : configuration -> configuration) :=
  forall s w, T (act s w) = act s (T w).

Lemma act_place s w i : act s w (s i) = w i.
Proof. by rewrite ffunE permK. Qed.

Lemma act1 w : act 1 w = w.
Proof. by apply/ffunP=> i; rewrite ffunE invg1 perm1. Qed.

Lemma actM s t w : act (s * t) w = act t (act s w).
Proof. by apply/ffunP=> i; rewrite !ffunE invMg permM. Qed.

Lemma act_printed s w : act (s^-1)%g w = [ffun i => w (s i)].
Proof. by apply/ffunP=> i; rewrite !ffunE invgK. Qed.

(* HEADLINE symmetric_composition : symmetric-composition : for every d, every set V and every type of values, if f is invariant and T equivariant under permutations of d objects of V, then the composition f o T is invariant. *)
Theorem symmetric_composition (X : Type) (f : configuration -> X)
    (T : configuration -> configuration) :
  invariant_function f -> equivariant T -> invariant_function (f \o T).
Proof. by move=> f_inv T_eqv s w; rewrite /= T_eqv f_inv. Qed.

(* The same with the action as it is printed. *)
Corollary symmetric_composition_printed (X : Type) (f : configuration -> X)
    (T : configuration -> configuration) :
  (forall (s : 'S_d) (w : configuration), f [ffun i => w (s i)] = f w) ->
  (forall (s : 'S_d) (w : configuration), T [ffun i => w (s i)] = [ffun i => T w (s i)]) ->
  forall (s : 'S_d) (w : configuration), f (T [ffun i => w (s i)]) = f (T w).
Proof. by move=> f_inv T_eqv s w; rewrite T_eqv f_inv. Qed.
End Composition.
