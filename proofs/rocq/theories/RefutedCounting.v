(* Small Voronoi cells do not make points count areas: points in a row
   (paper: def:quasi_uniform, as the proof of thm:error_lower_bound uses it; claim
   quasi-uniform-counting).

   The step says: if the Voronoi cells of d points X in a convex body D have volume at
   most C |D| / d, then every set S = {x in D : |q(x)| >= t}, q a polynomial of degree at
   most n with max_D |q| = 1, holds at least d |S| / (c |D|) points of X, with a c that
   depends on C and n alone.  In the unit square, |D| = 1, put d points in the row
   y = 1/2, evenly spaced.  Their cells are strips of area 1/d each.  q = 2 y - 1 vanishes
   on all of them, and S, for t = 1/2, has area 1/2.

   R is any complete ordered field (the real numbers), `area` Lebesgue's measure in the
   plane.
   - `voronoi X i`       the points of the square to which no X_j is nearer than X_i;
   - `level_set q t`     the points of the square where |q| >= t;
   - `counts c C n d`    the step, in the unit square, with this c.

   Headline: counting_refuted.                                                        *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From SsrMultinomials Require Import mpoly.
From mathcomp.classical Require Import boolp classical_sets.
From mathcomp.analysis Require Import reals ereal measure lebesgue_measure.
From mathcomp.analysis Require Import lebesgue_integral.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Open Scope classical_set_scope.

Section Counting.
Variable R : realType.
Implicit Types (p : R * R) (q : {mpoly R[2]}).

Lemma lebesgue_sigma_finite : sigma_finite setT (@lebesgue_measure R).
Proof.
apply: Hahn_ext_sigma_finite; first exact: hlength_sigma_sub_additive.
exact: hlength_sigma_finite.
Qed.

Definition area : set (R * R) -> \bar R :=
  product_measure1 lebesgue_measure lebesgue_sigma_finite.

Definition square : set (R * R) := `[0, 1] `*` `[0, 1].

Definition sqdist p p' : R := (p.1 - p'.1) ^+ 2 + (p.2 - p'.2) ^+ 2.

Definition voronoi d (X : 'I_d -> R * R) (i : 'I_d) : set (R * R) :=
  [set p | square p /\ forall j, sqdist p (X i) <= sqdist p (X j)].

Definition value q p : R := q.@[fun i : 'I_2 => if i == ord0 then p.1 else p.2].

Definition level_set q (t : R) : set (R * R) := [set p | square p /\ t <= `|value q p|].

Definition largest_is_one q : Prop :=
  (forall p, square p -> `|value q p| <= 1) /\ exists2 p, square p & `|value q p| = 1.

Definition counts (c C : R) (n d : nat) : Prop :=
  forall X : 'I_d -> R * R, (forall i, square (X i)) ->
    (forall i, (area (voronoi X i) <= (C / d%:R)%R%:E)%E) ->
    forall q t, (msize q <= n.+1)%N -> largest_is_one q -> 0 < t <= 1 ->
      forall N : {set 'I_d}, (forall i, i \in N <-> level_set q t (X i)) ->
        ((d%:R / c)%R%:E * area (level_set q t) <= (#|N|%:R)%R%:E)%E.

(* Intervals and rectangles. *)
Lemma length (a b : R) : a <= b -> lebesgue_measure (`[a, b] : set R) = (b - a)%:E.
Proof.
move=> ab; rewrite lebesgue_measure_itv hlength_itv /= lte_fin.
by move: ab; rewrite le_eqVlt => /predU1P[->|->] //; rewrite ltxx subrr.
Qed.

Lemma area_product (A B : set R) : measurable A -> measurable B ->
  area (A `*` B) = (lebesgue_measure A * lebesgue_measure B)%E.
Proof. by move=> mA mB; rewrite /area product_measure1E. Qed.

(* The points of the row. *)
Definition row_point d (i : 'I_d) : R * R := ((i%:R + 2%:R^-1) / d%:R, 2%:R^-1).

Lemma row_nearer d (i j : 'I_d) p : (0 < d)%N ->
  sqdist p (row_point j) - sqdist p (row_point i) =
  (i%:R - j%:R) * (2%:R * (p.1 * d%:R) - (i%:R + j%:R + 1)) / d%:R ^+ 2.
Proof.
move=> d0; have dR : d%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
by rewrite /sqdist /row_point /=; field.
Qed.

Lemma row_voronoi d (i : 'I_d) :
  voronoi (@row_point d) i = `[i%:R / d%:R, i.+1%:R / d%:R] `*` `[0, 1].
Proof.
have d0 : (0 < d)%N by exact: leq_ltn_trans (ltn_ord i).
have dR : 0 < d%:R :> R by rewrite ltr0n.
have d2 : 0 < (d%:R ^+ 2)^-1 :> R by rewrite invr_gt0 exprn_gt0.
rewrite /voronoi /square; apply/seteqP; split=> p /=; rewrite !in_itv /=.
  move=> -[[/andP[x0 x1] y01] near]; split=> //.
  have nearer (j : 'I_d) : 0 <= (i%:R - j%:R) * (2%:R * (p.1 * d%:R) - (i%:R + j%:R + 1)) :> R.
    by have := near j; rewrite -subr_ge0 row_nearer // pmulr_lge0.
  rewrite ler_pdivr_mulr // ler_pdivl_mulr //; apply/andP; split.
    have [i0|i_gt0] := posnP i; first by rewrite i0 mulr_ge0 ?ler0n.
    have lt_j : (i.-1 < d)%N by rewrite (leq_ltn_trans (leq_pred i)).
    have := nearer (Ordinal lt_j); rewrite /= -subn1 natrB //.
    rewrite (_ : _ * _ = 2%:R * (p.1 * d%:R - i%:R)); last by ring.
    by rewrite pmulr_rge0 ?ltr0n // subr_ge0.
  have [lt_j|le_d] := ltnP i.+1 d; last first.
    by rewrite (le_trans (ler_wpmul2r (ltW dR) x1)) // mul1r ler_nat.
  have := nearer (Ordinal lt_j); rewrite /= -[i.+1]addn1 natrD.
  rewrite (_ : _ * _ = 2%:R * (i%:R + 1 - p.1 * d%:R)); last by ring.
  by rewrite pmulr_rge0 ?ltr0n // subr_ge0.
move=> [/andP[x_lo x_hi] y01].
have := x_lo; have := x_hi; rewrite ler_pdivr_mulr // ler_pdivl_mulr // => x_hi' x_lo'.
split=> [|j]; first split=> //.
  rewrite (le_trans _ x_lo) ?divr_ge0 ?ler0n ?(le_trans x_hi) //=.
  by rewrite ler_pdivr_mulr // mul1r ler_nat.
rewrite -subr_ge0 row_nearer // pmulr_lge0 //.
have one : i%:R + j%:R + 1 = i%:R + j%:R + 1%:R :> R by [].
have [ji|ij|/val_inj->] := ltngtP j i; last by rewrite subrr mul0r.
- apply: mulr_ge0; rewrite subr_ge0 ?ler_nat ?(ltnW ji) //.
  apply: le_trans (_ : 2%:R * i%:R <= _); last by rewrite ler_pmul2l ?ltr0n.
  by rewrite one -!natrD -natrM ler_nat mul2n -addnn -addnA leq_add2l addn1.
- apply: mulr_le0; rewrite subr_le0 ?ler_nat ?(ltnW ij) //.
  apply: le_trans (_ : 2%:R * i.+1%:R <= _); first by rewrite ler_pmul2l ?ltr0n.
  by rewrite one -!natrD -natrM ler_nat mul2n -addnn addn1 addSn ltnS leq_add2l.
Qed.

(* The polynomial 2 y - 1. *)
Definition off_row : {mpoly R[2]} := 2%:R *: 'X_(lift ord0 ord0) - 1.

Lemma off_rowE p : value off_row p = 2%:R * p.2 - 1.
Proof. by rewrite /value mevalB mevalZ mevalXU meval1. Qed.

Lemma off_row_largest : largest_is_one off_row.
Proof.
split=> [p [_]|] /=.
  rewrite in_itv /= off_rowE => /andP[y0 y1]; rewrite ler_norml.
  rewrite ler_subr_addr addNr mulr_ge0 ?ler0n //=.
  by rewrite ler_subl_addr -[1 + 1]/(2%:R) ler_pimulr ?ler0n.
exists (1, 1); first by split; rewrite /= in_itv /= ler01 lexx.
by rewrite off_rowE /= mulr1 -[2%:R]/(1 + 1) addrK normr1.
Qed.

Lemma off_row_level :
  level_set off_row 2%:R^-1 = `[0, 1] `*` (`[0, 4%:R^-1] `|` `[3%:R / 4%:R, 1]).
Proof.
have up (y : R) : (2%:R^-1 <= 2%:R * y - 1) = (3%:R / 4%:R <= y).
  rewrite -subr_ge0 -[in RHS]subr_ge0.
  by rewrite (_ : _ - _ - _ = 2%:R * (y - 3%:R / 4%:R)) ?pmulr_rge0 ?ltr0n //; field.
have down (y : R) : (2%:R^-1 <= - (2%:R * y - 1)) = (y <= 4%:R^-1).
  rewrite -subr_ge0 -[in RHS]subr_ge0.
  by rewrite (_ : - _ - _ = 2%:R * (4%:R^-1 - y)) ?pmulr_rge0 ?ltr0n //; field.
rewrite /level_set /square; apply/seteqP.
split=> p /=; rewrite off_rowE ler_normr up down !in_itv /=.
  by move=> [[x01 /andP[y0 y1]] /orP[y3|y4]]; split=> //; [right|left]; rewrite ?y0 ?y1 ?y3 ?y4.
have quarter : 4%:R^-1 <= 1 :> R by rewrite invf_le1 ?ltr0n // ler1n.
move=> [x01 [/andP[y0 y4]|/andP[y3 y1]]]; split=> //.
- by split=> //; rewrite y0 (le_trans y4).
- by rewrite y4 orbT.
- by split=> //; rewrite y1 (le_trans _ y3) ?divr_ge0 ?ler0n.
- by rewrite y3.
Qed.

Lemma area_off_row_level : area (level_set off_row 2%:R^-1) = (2%:R^-1)%:E.
Proof.
have quarter : 0 <= 4%:R^-1 :> R by rewrite invr_ge0 ler0n.
have three : 3%:R / 4%:R <= 1 :> R by rewrite ler_pdivr_mulr ?ltr0n // mul1r ler_nat.
rewrite off_row_level area_product; last first.
- by apply: measurableU; exact: measurable_itv.
- exact: measurable_itv.
rewrite length ?ler01 // subr0 mul1e measureU /=; last first.
- apply/seteqP; split=> // y [] /=; rewrite !in_itv /= => /andP[_ y4] /andP[y3 _].
  have := le_trans y3 y4; rewrite ler_pdivr_mulr ?ltr0n // mulVf ?pnatr_eq0 //.
  by rewrite lern1.
- exact: measurable_itv.
- exact: measurable_itv.
by rewrite !length // -EFinD; congr (_%:E); field.
Qed.

(* HEADLINE counting_refuted : quasi-uniform-counting : for every d >= 1, C >= 1, degree n >= 1 and c > 0 the step fails: d evenly spaced points in a row of the unit square have Voronoi cells of area 1/d, and a level set of area 1/2 of an affine polynomial holds none of them; so no c depends on C and n alone *)
Theorem counting_refuted (C : R) (n : nat) : 1 <= C -> (0 < n)%N ->
  (forall (c : R) (d : nat), 0 < c -> (0 < d)%N -> ~ counts c C n d) /\
  ~ (exists2 c : R, 0 < c & forall d, (0 < d)%N -> counts c C n d).
Proof.
move=> C1 n0; suff fails (c : R) (d : nat) : 0 < c -> (0 < d)%N -> ~ counts c C n d.
  by split=> // -[c c0 /(_ 1%N isT)]; exact: fails.
move=> c0 d0 holds; have dR : 0 < d%:R :> R by rewrite ltr0n.
have half : 2%:R^-1 <= 1 :> R by rewrite invf_le1 ?ltr0n // ler1n.
have in_square i : square (@row_point d i).
  split; rewrite /= in_itv /= ?invr_ge0 ?ler0n //=.
  rewrite divr_ge0 ?addr_ge0 ?invr_ge0 ?ler0n //= ler_pdivr_mulr // mul1r.
  by rewrite (le_trans (_ : _ <= i.+1%:R)) ?ler_nat // -[i.+1]addn1 natrD ler_add2l.
have small_cells i : (area (voronoi (@row_point d) i) <= (C / d%:R)%R%:E)%E.
  rewrite row_voronoi area_product; [|exact: measurable_itv|exact: measurable_itv].
  rewrite !length ?ler01 //; last by rewrite ler_pmul2r ?invr_gt0 // ler_nat.
  rewrite subr0 mule1 lee_fin -mulrBl ler_pmul2r ?invr_gt0 //.
  by rewrite -[i.+1]addn1 natrD addrAC subrr add0r.
have level01 : 0 < (2%:R^-1 : R) <= 1 by rewrite invr_gt0 ltr0n half.
have small : (msize off_row <= n.+1)%N.
  rewrite (leq_trans (msizeD_le _ _)) // geq_max msizeN msize1 andbT.
  by rewrite (leq_trans (msizeZ_le _ _)) // msizeX mdeg1.
have left_out i : i \in (finset.set0 : {set 'I_d}) <-> level_set off_row 2%:R^-1 (row_point i).
  rewrite finset.inE; split=> // -[_]; rewrite off_rowE /= mulfV ?pnatr_eq0 // subrr normr0.
  by rewrite leNgt invr_gt0 ltr0n.
have := holds _ in_square small_cells off_row _ small off_row_largest level01 _ left_out.
rewrite cards0 area_off_row_level -EFinM lee_fin leNgt.
by rewrite mulr_gt0 ?divr_gt0 ?invr_gt0 ?ltr0n.
Qed.
End Counting.
