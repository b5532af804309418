(* The lower bound of the compression error as printed, which says nothing: its
   constants are chosen after the polynomial.

   Paper: thm:error_lower_bound (Theorem 8), printed.  Claim: lower-bound.

   Headline: lower_bound_printed.  The dimension is m + 1.  It reads: for all
   d' < d there are d distinct points x_i of the unit cube such that for all d'
   points y_j and real weights c_j (of any sign) there are a polynomial g and
   A, B > 0 with |sum g(x_i) - sum c_j g(y_j)| >= A d exp(-B d'^(1/(m+1))).
   The lemma separating_polynomial shows why: g vanishes at the y_j and not at
   some x_i, and A is whatever is left divided by d.                          *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import reals sequences exp.
From SsrMultinomials Require Import mpoly.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* A nonnegative polynomial that vanishes exactly at the points y_j. *)
Lemma separating_polynomial (F : realFieldType) (m : nat) (J : finType) (y : J -> 'I_m -> F) :
  exists g : {mpoly F[m]},
    [/\ forall x, 0 <= g.@[x], forall j, g.@[y j] = 0
      & forall x, (forall j, exists a, x a != y j a) -> 0 < g.@[x]].
Proof.
pose dist2 j : {mpoly F[m]} := \sum_a ('X_a - (y j a)%:MP) ^+ 2.
have dist2E j x : (dist2 j).@[x] = \sum_a (x a - y j a) ^+ 2.
  rewrite raddf_sum; apply: eq_bigr => a _ /=.
  by rewrite rmorphX /= mevalB mevalXU mevalC.
have dist2_ge0 j x : 0 <= (dist2 j).@[x].
  by rewrite dist2E; apply: sumr_ge0 => a _; exact: sqr_ge0.
exists (\prod_j dist2 j); split=> [x|j|x x_far]; rewrite rmorph_prod /=.
- by apply: prodr_ge0.
- by rewrite (bigD1 j) //= dist2E big1 ?mul0r // => a _; rewrite subrr expr0n.
apply: prodr_gt0 => j _; rewrite lt_def dist2_ge0 andbT dist2E.
have [a ya] := x_far j; rewrite psumr_eq0 => [|b _]; last exact: sqr_ge0.
by apply/allPn; exists a; rewrite ?mem_index_enum //= sqrf_eq0 subr_eq0.
Qed.

(* HEADLINE lower_bound_printed : lower-bound : for all d' < d some d points are told apart from any d' weighted points by a polynomial g, with constants A, B > 0 that depend on g; so the printed bound says nothing *)
Theorem lower_bound_printed (R : realType) (m d d' : nat) : (d' < d)%N ->
  exists x : 'I_d -> 'I_m.+1 -> R,
    [/\ forall i a, 0 <= x i a <= 1, forall i i', x i =1 x i' -> i = i'
      & forall (y : 'I_d' -> 'I_m.+1 -> R) (c : 'I_d' -> R),
          exists (g : {mpoly R[m.+1]}) (A B : R),
            [/\ 0 < A, 0 < B
              & A * d%:R * expR (- (B * (d'%:R `^ (m.+1%:R^-1))))
                  <= `|\sum_i g.@[x i] - \sum_j c j * g.@[y j]|]].
Proof.
move=> lt_d; have d_gt0 : 0 < d%:R :> R by rewrite ltr0n (leq_ltn_trans _ lt_d).
pose x (i : 'I_d) (_ : 'I_m.+1) : R := i%:R / d%:R.
have x_inj i i' : x i =1 x i' -> i = i'.
  move=> /(_ ord0)/(divIf (lt0r_neq0 d_gt0))/eqP; rewrite eqr_nat => /eqP.
  exact: val_inj.
exists x; split=> // [i a|y c].
  by rewrite divr_ge0 ?ler0n //= ler_pdivr_mulr // mul1r ler_nat ltnW.
have [i0 far] : exists i0, forall j, exists a, x i0 a != y j a.
  have [/existsP[i0 /forallP far]|] := boolP [exists i, forall j, exists a, x i a != y j a].
    by exists i0 => j; have /existsP := far j.
  rewrite negb_exists => /forallP hit.
  have /fin_all_exists[f fP] i : exists j, x i =1 y j.
    have := hit i; rewrite negb_forall => /existsP[j]; rewrite negb_exists => /forallP eq_y.
    by exists j => a; apply/eqP; have := eq_y a; rewrite negbK.
  have f_inj : injective f by move=> i i' eq_f; apply: x_inj => a; rewrite !fP eq_f.
  by have := leq_card f f_inj; rewrite !card_ord leqNgt lt_d.
have [g [g_ge0 g_y g_pos]] := separating_polynomial y.
have gap : 0 < \sum_i g.@[x i].
  rewrite (bigD1 i0) //= ltr_paddr ?g_pos //.
  by apply: sumr_ge0 => i _; exact: g_ge0.
exists g, ((\sum_i g.@[x i]) / d%:R), 1.
split; [exact: divr_gt0 | exact: ltr01 |].
rewrite divfK ?gt_eqF // [X in _ - X]big1 => [|j _]; last by rewrite g_y mulr0.
rewrite subr0 ger0_norm ?(ltW gap) // ger_pmulr //.
by rewrite mul1r expRN invf_le1 ?expR_gt0 // ltW // expR_gt1 exp_fun_gt0.
Qed.
