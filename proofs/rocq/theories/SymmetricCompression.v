(* Symmetric polynomials are compressed without loss.

   Paper: thm:fundamental_multisym with thm:tchakaloff.  Claims: no claim of its own; it
   is the exact case of the compression that the other claims bound.

   Headline: `symmetric_compression`, at the end of the file.  An invariant polynomial f of degree at most k of
   d points in F^m is a polynomial P in their moments of order at most min(d, k), which has a
   value on weighted points as well; some at most 'C(m + min(d, k), min(d, k)) of the
   points, with nonnegative weights of total d, have exactly the value of f.          *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff ClosedForm FTSP WeightedSets.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Symmetric.
Variables (F : realFieldType) (d m : nat).

(* P at the moments (1/d) sum of c_i w_i^a. *)
Definition moment_value D (P : {mpoly F[num_orders m D]}) (I : finType)
    (w : I -> 'I_m -> F) (c : I -> F) : F :=
  P.@[fun r => d%:R^-1 * moment w c (order_index r)].

Lemma same_moments_value D (P : {mpoly F[num_orders m D]}) (I : finType)
    (w : I -> 'I_m -> F) (c c' : I -> F) :
  same_moments D w c' c -> moment_value P w c' = moment_value P w c.
Proof.
move=> same; apply: meval_eq => r; rewrite same //.
by case/andP: (order_index_bounds r).
Qed.

(* HEADLINE symmetric_compression : - : an invariant polynomial f of degree at most k of d points of F^m is a polynomial P in their moments of order at most k' = min(d, k), and for all points some at most 'C(m + k', k') of them, with nonnegative weights of total d, give P the value of f. *)
Theorem symmetric_compression (f : {mpoly F[num_coords d m]}) k :
  invariant f -> (msize f <= k.+1)%N ->
  exists P : {mpoly F[num_orders m (minn d k)]},
    (forall w : 'I_d -> 'I_m -> F, moment_value P w (fun=> 1) = at_points w f) /\
    forall w : 'I_d -> 'I_m -> F, exists c,
      [/\ forall i, 0 <= c i, \sum_i c i = d%:R,
          (#|support c| <= 'C(m + minn d k, minn d k))%N
        & moment_value P w c = at_points w f].
Proof.
move=> f_inv le_f; have [P fP] := ftsp_order_and_degree (char_num F) f_inv le_f.
have value (w : 'I_d -> 'I_m -> F) : moment_value P w (fun=> 1) = at_points w f.
  by rewrite fP at_points_in_moments.
exists P; split=> // w; have ge0 (i : 'I_d) : 0 <= 1 :> F by exact: ler01.
have [c [c0 _ cN same]] := tchakaloff (minn d k) w ge0.
exists c; split=> //; last by rewrite (same_moments_value P same).
by rewrite (same_moments_mass same) sumr_const card_ord.
Qed.
End Symmetric.
