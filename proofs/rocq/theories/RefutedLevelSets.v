(* The printed lemma on level sets of polynomials fails for p = x^k on [-1, 1]
   (paper: lemma:levelset-remez; claim levelset-remez).

   The lemma says: if D is convex and compact with interior, p has degree at most k,
   max_D |p| = 1 and t > 0, then {x in D : |p(x)| >= t} has volume at least
   (1 - (t/2)^(1/k)) |D|.  In dimension 1, where D is an interval, take p = x^k on
   [-1, 1] and 0 < t <= 1: the set is [-1, -s] and [s, 1] with s^k = t, of length
   2 (1 - s), and s > (t/2)^(1/k).

   R is any complete ordered field (the real numbers), `lebesgue_measure` Lebesgue's
   measure; tau is the k-th root of t/2.  `levelset_remez k t` is the lemma for
   dimension 1, degree k and level t.

   Headline: levelset_remez_refuted, for every k >= 1 and every t with 0 < t <= 1.  *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.classical Require Import boolp classical_sets.
From mathcomp.analysis Require Import reals ereal measure lebesgue_measure.
From UComp Require Import RefutedSpherePacking.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Open Scope classical_set_scope.

Section LevelSets.
Variable R : realType.

Definition level_set (a b : R) (p : {poly R}) (t : R) : set R :=
  [set x | a <= x <= b /\ t <= `|p.[x]|].

Definition largest_is_one (a b : R) (p : {poly R}) : Prop :=
  (forall x, a <= x <= b -> `|p.[x]| <= 1) /\ exists2 x, a <= x <= b & `|p.[x]| = 1.

Definition levelset_remez (k : nat) (t : R) : Prop :=
  forall (a b : R) (p : {poly R}) (tau : R),
    a < b -> (size p <= k.+1)%N -> largest_is_one a b p ->
    0 <= tau -> tau ^+ k = t / 2%:R ->
    (((1 - tau) * (b - a))%R%:E <= lebesgue_measure (level_set a b p t))%E.

Lemma level_set_power k (s : R) : (0 < k)%N -> 0 <= s <= 1 ->
  level_set (- 1) 1 'X^k (s ^+ k) = `[- 1, - s] `|` `[s, 1].
Proof.
move=> k0 /andP[s0 s1]; rewrite /level_set; apply/seteqP.
split=> x /=; rewrite hornerXn normrX !in_itv /=.
  move=> -[/andP[x_lo x_hi]]; rewrite ler_pexpn2r ?nnegrE // ler_normr => /orP[sx|sx].
    by right; rewrite sx.
  by left; rewrite x_lo ler_oppr.
rewrite ler_pexpn2r ?nnegrE // ler_normr => -[/andP[x1 x2]|/andP[x1 x2]].
  by rewrite x1 (le_trans x2) ?(le_trans _ ler01) ?oppr_le0 // ler_oppr x2 orbT.
by rewrite x2 x1 (le_trans _ (le_trans s0 x1)) // oppr_le0 ler01.
Qed.

Lemma length_two_intervals (s : R) : 0 < s <= 1 ->
  (lebesgue_measure (`[(- 1)%R, (- s)%R] `|` `[s, 1%R] : set R) = (2%:R * (1 - s))%R%:E)%E.
Proof.
move=> /andP[s0 s1].
have length (a b : R) : a <= b -> lebesgue_measure (`[a, b] : set R) = (b - a)%:E.
  move=> ab; rewrite lebesgue_measure_itv hlength_itv /= lte_fin.
  by move: ab; rewrite le_eqVlt => /predU1P[->|->] //; rewrite ltxx subrr.
rewrite measureU.
- rewrite /= !length ?ler_opp2 // -EFinD; congr (_%:E).
  by rewrite opprK addrC [- s + 1]addrC -mulr2n mulr_natl.
- exact: measurable_itv.
- exact: measurable_itv.
apply/seteqP; split=> // x [] /=; rewrite !in_itv /= => /andP[_ x_neg] /andP[x_pos _].
have := lt_le_trans s0 (le_trans x_pos x_neg).
by rewrite oppr_gt0 => /(lt_trans s0); rewrite ltxx.
Qed.

(* HEADLINE levelset_remez_refuted : levelset-remez : the printed lemma is false: in dimension 1, for every degree k >= 1 and every level t with 0 < t <= 1, p = x^k on [-1, 1] has |p| >= t on a set shorter than (1 - (t/2)^(1/k)) times 2 *)
Theorem levelset_remez_refuted (k : nat) (t : R) : (0 < k)%N -> 0 < t <= 1 ->
  ~ levelset_remez k t.
Proof.
move=> k0 /andP[t0 t1] holds.
have [s s0 sk] := root_exists k0 (ltW t0).
have half0 : 0 <= t / 2%:R by rewrite divr_ge0 ?ler0n // ltW.
have [tau tau0 tauk] := root_exists k0 half0.
have s1 : s <= 1.
  by rewrite -(ler_pexpn2r k0) ?nnegrE ?ler01 // expr1n sk.
have tau_s : tau < s.
  rewrite -(ltr_pexpn2r k0) ?nnegrE // sk tauk ltr_pdivr_mulr ?ltr0n //.
  by rewrite mulr_natr mulr2n ltr_addl.
have lo_hi : - 1 < 1 :> R by rewrite (@lt_trans _ _ 0) ?oppr_lt0 ?ltr01.
have one : largest_is_one (- 1) 1 'X^k.
  split=> [x x1|]; first by rewrite hornerXn normrX exprn_ile1 // ler_norml.
  by exists 1; rewrite ?hornerXn ?expr1n ?normr1 // lexx ltW.
have := holds (- 1) 1 'X^k tau lo_hi _ one tau0 tauk.
have s_gt0 : 0 < s.
  by rewrite lt_neqAle s0 andbT eq_sym; apply: contraTneq t0 => s00;
    rewrite -sk s00 expr0n gtn_eqF ?ltxx.
rewrite size_polyXn -sk level_set_power ?s0 // length_two_intervals ?s_gt0 // => /(_ (ltnSn k)).
rewrite lee_fin opprK -[1 + 1]/(2%:R) mulrC ler_pmul2l ?ltr0n // ler_add2l ler_opp2.
by rewrite leNgt tau_s.
Qed.
End LevelSets.
