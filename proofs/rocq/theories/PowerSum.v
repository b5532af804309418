(* The closed bound of the last summation of Theorem 4.

   Paper: the proof of thm:compression_errorbound (Theorem 4).
   Main result: sum_power_le.  It reads: for p > 1 and d' >= 1 the sum of n^(-p) over
   d' < n <= d is at most d'^(1-p)/(p-1).  It is used in UniversalCompression.v.  *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.classical Require Import boolp classical_sets functions mathcomp_extra.
From mathcomp.analysis Require Import reals topology normedtype sequences derive realfun exp.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory numFieldNormedType.Exports.
Local Open Scope ring_scope.

Section PowerSum.
Variable R : realType.
Implicit Types x p : R.

Lemma expR_ge1N x : 0 <= x -> 1 - x <= expR (- x).
Proof.
rewrite le_eqVlt => /orP[/eqP<-|x0]; first by rewrite subr0 oppr0 expR0.
have ltx0 : - x < 0 by rewrite oppr_lt0.
have [|c] := @MVT R expR expR (- x) 0 ltx0 (fun y _ => is_derive_expR y).
  exact/continuous_subspaceT/continuous_expR.
rewrite in_itv /= expR0 sub0r opprK => /andP[_ c0] le_c.
by rewrite ler_subl_addr -ler_subl_addl le_c ler_pimull ?(ltW x0) // ltW // expR_lt1.
Qed.

Lemma ln_step (n : nat) : (0 < n)%N -> n.+1%:R^-1 <= ln n.+1%:R - ln n%:R :> R.
Proof.
move=> n0; have n_pos : 0 < n%:R :> R by rewrite ltr0n.
have n1_pos : 0 < n.+1%:R :> R by rewrite ltr0n.
rewrite -ln_div ?qualifE // -ler_expR lnK ?qualifE ?divr_gt0 //.
have inv0 : 0 <= n.+1%:R^-1 :> R by rewrite invr_ge0 ltW.
have frac : 1 - n.+1%:R^-1 = (n.+1%:R / n%:R)^-1 :> R.
  have -> : n%:R = n.+1%:R - 1 :> R by rewrite -[n.+1]addn1 natrD addrK.
  by rewrite invf_div mulrBl divff ?gt_eqF // mul1r.
have := expR_ge1N inv0.
by rewrite expRN frac lef_pinv // qualifE ?expR_gt0 ?divr_gt0.
Qed.

Lemma power_step p (n : nat) : 1 < p -> (0 < n)%N ->
  n.+1%:R `^ (- p) <= (n%:R `^ (1 - p) - n.+1%:R `^ (1 - p)) / (p - 1) :> R.
Proof.
move=> p1 n0; have q0 : 0 < p - 1 by rewrite subr_gt0.
have n1_pos : 0 < n.+1%:R :> R by rewrite ltr0n.
rewrite ler_pdivl_mulr // /exp_fun; set a := ln n%:R; set b := ln n.+1%:R.
have -> : - p * b = (1 - p) * b + - b by ring.
have -> : (1 - p) * a = (1 - p) * b + (p - 1) * (b - a) by ring.
rewrite !expRD -[X in _ <= _ - X]mulr1 -mulrBr -mulrA ler_pmul2l ?expR_gt0 //.
rewrite expRN lnK ?qualifE // ler_subr_addl.
have le_ab := ln_step n0; have ab0 : 0 <= (p - 1) * (b - a).
  by rewrite mulr_ge0 ?(ltW q0) // (le_trans _ le_ab) // invr_ge0 ltW.
apply: le_trans (expR_ge1Dx ab0); rewrite ler_add2l mulrC.
by rewrite ler_wpmul2l // ltW.
Qed.

Theorem sum_power_le p (d' d : nat) : 1 < p -> (0 < d')%N ->
  \sum_(d'.+1 <= n < d.+1) n%:R `^ (- p) <= d'%:R `^ (1 - p) / (p - 1).
Proof.
move=> p1 d'0; have q0 : 0 < p - 1 by rewrite subr_gt0.
have [le_d|lt_d] := leqP d d'.
  by rewrite big_geq // divr_ge0 ?(ltW q0) // ltW // exp_fun_gt0.
rewrite -(subnKC (ltnW lt_d)); move: (d - d')%N => e.
suff le_e : \sum_(d'.+1 <= n < (d' + e).+1) n%:R `^ (- p) <=
         (d'%:R `^ (1 - p) - (d' + e)%:R `^ (1 - p)) / (p - 1).
  apply: le_trans le_e _; rewrite ler_pmul2r ?invr_gt0 // ger_addl oppr_le0.
  by rewrite ltW // exp_fun_gt0.
elim: e => [|e IHe]; first by rewrite addn0 big_geq // subrr mul0r.
rewrite addnS big_nat_recr ?ltnS ?leq_addr //=.
apply: le_trans (ler_add IHe (power_step p1 (_ : 0 < d' + e)%N)) _.
  by rewrite addn_gt0 d'0.
by rewrite -mulrDl subrKA.
Qed.

End PowerSum.
