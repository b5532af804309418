(* The compressed dynamics is not determined by the map that it compresses.

   Paper: lemma:ev_fund_rep and Definition 5.
   Claim: compressed-dynamics-uniqueness (refuted).

   Headline: `compressed_dynamics_refuted`, at the end of the file.

   An equivariant polynomial map of d objects in F^m is T_i = T(w_i, p_1, ..., p_(d-1)).
   `own_and_moments F m D` are polynomials in the coordinates of one object and the
   components of p_1, ..., p_D, and T : 'I_m -> own_and_moments F m d.-1 has one for each
   coordinate.  `dynamics d T w c i j` is coordinate j of the new object i, for objects w
   with weights c and moments p_k = (1/d) sum over j of c_j w_j^k; with d objects and the
   weights `fun=> 1` it is the original map.

   Seen from object i the other d - 1 objects have moments that satisfy a polynomial
   relation if m >= 2 and d - 1 >= 2 (FTSPUniqueness.v).  Added to T it does not change
   the map; on weighted objects of total weight d it does.                           *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff TchakaloffTight ClosedForm FTSP.
From UComp Require Import AlgebraicDependence FTSPUniqueness WeightedSets.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Notation own_and_moments F m D := {mpoly F[m + num_orders m D]}.

Section Dynamics.
Variables (F : realFieldType) (m D : nat).
Implicit Types (x : 'I_m -> F) (y : 'I_(num_orders m D) -> F).

(* The value at an object x and moments y. *)
Definition value_at (S : own_and_moments F m D) x y : F :=
  S.@[fun v => match split v with inl l => x l | inr r => y r end].

Definition dynamics (d : nat) (T : 'I_m -> own_and_moments F m D) (I : finType)
    (w : I -> 'I_m -> F) (c : I -> F) (i : I) (j : 'I_m) : F :=
  value_at (T j) (w i) (fun r => d%:R^-1 * moment w c (order_index r)).

(* R at the moments of the n other objects, from those of all n + 1. *)
Definition of_the_others (n : nat) (R : {mpoly F[num_orders m D]}) : own_and_moments F m D :=
  R \mPo [tuple n%:R^-1 *: (n.+1%:R *: 'X_(rshift m r)
    - \prod_(l < m) 'X_(lshift (num_orders m D) l) ^+ order_index r l) | r < num_orders m D].

Lemma of_the_others_value n R x y : value_at (of_the_others n R) x y =
  R.@[fun r => n%:R^-1 * (n.+1%:R * y r - \prod_(l < m) x l ^+ order_index r l)].
Proof.
rewrite /value_at comp_mpoly_meval; apply: meval_eq => r.
rewrite tnth_mktuple mevalZ mevalB mevalZ mevalXU (unsplitK (inr r)); congr (_ * (_ - _)).
rewrite rmorph_prod; apply: eq_bigr => l _ /=.
by rewrite rmorphX /= mevalXU (unsplitK (inl l)).
Qed.
End Dynamics.

(* HEADLINE compressed_dynamics_refuted : compressed-dynamics-uniqueness : for all m >= 2, d >= 3 and every polynomial T there is another one, T', that gives the same map of d objects and different compressed maps on some positively weighted objects of total weight d. *)
Theorem compressed_dynamics_refuted (F : realFieldType) (d m : nat) :
  (1 < m)%N -> (2 < d)%N ->
  forall T : 'I_m -> own_and_moments F m d.-1,
  exists T' : 'I_m -> own_and_moments F m d.-1,
    (forall (w : 'I_d -> 'I_m -> F) i j,
       dynamics d T w (fun=> 1) i j = dynamics d T' w (fun=> 1) i j) /\
    exists (I : finType) (w : I -> 'I_m -> F) (c : I -> F),
      [/\ forall i, 0 < c i, \sum_i c i = d%:R
        & exists i, forall j, dynamics d T w c i j != dynamics d T' w c i j].
Proof.
case: d => [|[|n]] // m1 n1 T; rewrite [n.+2.-1]/= in T *.
have d0 : n.+2%:R != 0 :> F by rewrite pnatr_eq0.
have [R [R0 RE]] := algebraic_dependence
  (fun r => mean_power F n.+1 (order_index r)) (more_moments_than_coords m1 (n1 : (1 < n.+1)%N)).
exists (fun j => T j + of_the_others n.+1 R); split=> [w i j|].
  rewrite /dynamics [in RHS]/value_at mevalD -/(value_at _ _ _) -[LHS]addr0.
  congr (_ + _); rewrite -/(value_at _ _ _) of_the_others_value.
  pose w' := w \o lift i; have := at_points_in_moments w' R.
  rewrite /in_moments RE /at_points meval0 => ->; apply: meval_eq => r.
  rewrite mulVKf //; congr (_ * _); rewrite /moment (bigD1_ord i) //= mul1r addrC addKr.
  by apply: eq_bigr.
have dpos : 0 < n.+2%:R :> F by rewrite ltr0n.
have s0 : n.+1%:R^-1 != 0 :> F by rewrite invr_eq0 pnatr_eq0.
have [c [c0 cW cR]] := nonzero_on_weighted_sets R0 dpos s0.
exists [finType of 'X_{1..m < n.+2}], (@lattice F m n.+1), c; split=> //.
have lt0 : (mdeg (0%MM : 'X_{1..m}) < n.+2)%N by rewrite mdeg0.
exists (BMultinom lt0) => j; rewrite /dynamics [X in _ != X]/value_at mevalD.
rewrite -!/(value_at _ _ _) eq_sym -subr_eq0 addrC addKr of_the_others_value.
apply: contraNneq cR => <-; apply/eqP/meval_eq => r; rewrite mulVKf //.
congr (_ * _); rewrite [X in _ - X](_ : _ = 0) ?subr0 //.
have [l rl] : exists l, order_index r l != 0%N.
  apply/existsP; apply: contraT; rewrite negb_exists => /forallP r0.
  case/andP: (order_index_bounds r); rewrite mdegE big1 // => l _.
  by apply/eqP; rewrite -[_ == _]negbK.
by rewrite (bigD1 l) //= /lattice mnm0E expr0n (negPf rl) mul0r.
Qed.
