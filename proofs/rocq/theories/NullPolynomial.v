(* Fewer than 'C(m + k, k) points lie on a hypersurface of degree <= k.

   Paper: the algebraic half of thm:error_lower_bound (Theorem 8).
   Claim: used by lower-bound-repaired; the analytic half (Markov's inequality and
   the size of the sum over a grid) is not here.

   Headline: null_polynomial.  It reads: for fewer than 'C(m + k, k) points y_j of
   F^m some polynomial q, not 0 and of degree <= k, vanishes at all of them; so q^2
   has integral 0 against all weights on the y_j, and against weights 1 at points
   x_i minus weights on the y_j its integral is the sum of the q(x_i)^2.         *)
From mathcomp Require Import all_ssreflect all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(* HEADLINE null_polynomial : - : on fewer than 'C(m+k,k) points some q != 0 of degree <= k vanishes, so q^2 has integral 0 against all weights there *)
Theorem null_polynomial (F : fieldType) (J : finType) (m k : nat) (y : J -> 'I_m -> F) :
  (#|J| < 'C(m + k, k))%N ->
  exists q : {mpoly F[m]},
    [/\ q != 0, (msize q <= k.+1)%N, forall j, q.@[y j] = 0
      & forall (I : finType) (x : I -> 'I_m -> F) (c : J -> F),
          \sum_i (q ^+ 2).@[x i] - \sum_j c j * (q ^+ 2).@[y j] = \sum_i q.@[x i] ^+ 2].
Proof.
rewrite -card_bmultinom; set N := #|{: 'X_{1..m < k.+1}}| => lt_J.
pose a (n : 'I_N) : 'X_{1..m} := (enum_val n : 'X_{1..m < k.+1}).
have a_inj : injective a by apply: inj_comp (@val_inj _ _ _) enum_val_inj.
pose A : 'M[F]_(N, #|J|) := \matrix_(n, j) ('X_[a n] : {mpoly F[m]}).@[y (enum_val j)].
have : kermx A != 0.
  by rewrite -mxrank_eq0 -lt0n mxrank_ker subn_gt0 (leq_ltn_trans (rank_leq_col A)).
rewrite -nz_row_eq0; set u := nz_row _ => /rV0Pn[n0 u0].
have uA : u *m A = 0 by apply/sub_kermxP; exact: nz_row_sub.
pose q : {mpoly F[m]} := \sum_n u 0 n *: 'X_[a n].
have q_y j : q.@[y j] = 0.
  have /rowP/(_ (enum_rank j)) := uA; rewrite !mxE => <-; rewrite raddf_sum.
  by apply: eq_bigr => n _ /=; rewrite mevalZ mxE enum_rankK.
exists q; split=> //.
- apply: contraNneq u0 => /(congr1 (mcoeff (a n0))).
  rewrite mcoeff0 raddf_sum (bigD1 n0) //= mcoeffZ mcoeffX eqxx mulr1.
  rewrite big1 ?addr0 => [->//|n ne].
  by rewrite mcoeffZ mcoeffX (inj_eq a_inj) (negPf ne) mulr0.
- apply: leq_trans (msize_sum _ _ _) _; apply/bigmax_leqP => n _.
  by apply: leq_trans (msizeZ_le _ _) _; rewrite msizeX bmdeg.
move=> I x c; rewrite [X in _ - X]big1 ?subr0 => [|j _].
  by apply: eq_bigr => i _; rewrite rmorphX.
by rewrite rmorphX /= q_y expr0n mulr0.
Qed.
