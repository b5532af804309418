(* Functions of class C^n on an open set, and Taylor's bound along a segment.

   Paper: the order of the error in thm:moment.  No claim of its own; SmallBall.v,
   OneShot.v and UniversalCompression.v rest on it.

   A function g from R^m to a normed space X is of class C^n on U if it is
   continuous there (n = 0), or differentiable at every point of U with partial
   derivatives of class C^(n-1) (n > 0).  `differential l g x v` is
   D^l g(x)[v, ..., v], the sum of v_(j1) ... v_(jl) times the partial
   derivatives of order l.

   Main result: taylor_segment.  It reads: if g is of class C^(k+1) on U, the
   segment from x to x + v is in U and |D^(k+1) g [v, ..., v]| <= B on it, then
   g(x + v) differs from the sum of D^l g(x)[v, ..., v] / l! over l <= k by at
   most B / (k+1)!.  There is no intermediate point for values in X; the proof
   is the mean value inequality, k+1 times.                                   *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.classical Require Import boolp classical_sets functions mathcomp_extra.
From mathcomp.analysis Require Import reals topology normedtype landau derive.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory numFieldNormedType.Exports.
Local Open Scope ring_scope.
Local Open Scope classical_set_scope.

Section MeanValueInequality.
Variable R : realType.

Lemma derive_increment (X : normedModType R) (f : R -> X) (c : R) (d : X) (e : R) :
  is_derive c 1 f d -> 0 < e ->
  exists2 delta, 0 < delta &
    forall h, `|h| < delta -> `|f (c + h) - f c - h *: d| <= e * `|h|.
Proof.
move=> [/derivable_nbhs/eqaddoP df dE] e0.
have /nbhs_ballP[delta delta0 near_h] := df _ e0.
exists delta => // h lt_h; have := near_h h; rewrite /ball /= sub0r normrN => /(_ lt_h).
have -> : f (c + h) - f c - h *: d = f (h *: 1 + c) - (f c + h *: d).
  by rewrite [h *: 1]mulr1 opprD addrA [h + c]addrC.
by rewrite -dE.
Qed.

(* f' is bounded by F' on [0, t]. *)
Theorem mean_value_inequality (X : normedModType R) (f df : R -> X) (F dF : R -> R) t :
  0 <= t -> (forall s, 0 <= s <= t -> is_derive s 1 f (df s)) ->
  (forall s, 0 <= s <= t -> is_derive s 1 F (dF s)) ->
  (forall s, 0 <= s <= t -> `|df s| <= dF s) ->
  `|f t - f 0| <= F t - F 0.
Proof.
move=> t0 fD FD le_dF.
suff almost e : 0 < e -> `|f t - f 0| <= F t - F 0 + e * t.
  apply/ler_addgt0Pr => e e0; have t1 : 0 < t + 1 by rewrite ltr_paddl.
  apply: le_trans (almost (e / (t + 1)) (divr_gt0 e0 t1)) _.
  by rewrite ler_add2l mulrAC ler_pdivr_mulr // ler_wpmul2l ?ler_addl // ltW.
move=> e0.
(* Near c the increments of f are smaller than those of F, up to e. *)
have straddle c : 0 <= c <= t -> exists2 delta, 0 < delta &
    forall r s, c - delta < r <= c -> c <= s < c + delta ->
    `|f s - f r| <= F s - F r + e * (s - r).
  move=> ct; have e2 : 0 < e / 2%:R by rewrite divr_gt0 ?ltr0n.
  have [d1 d1_gt0 incr_f] := derive_increment (fD c ct) e2.
  have [d2 d2_gt0 incr_F] := derive_increment (FD c ct) e2.
  have near h : `|h| < Num.min d1 d2 -> `|f (c + h) - f c| <= `|h| * dF c + e / 2%:R * `|h|.
    rewrite lt_minr => /andP[/incr_f fh _].
    rewrite -[X in `|X|](subrK (h *: df c)) addrC (le_trans (ler_norm_add _ _)) //.
    by rewrite normrZ ler_add // ler_wpmul2l // le_dF.
  have right h : 0 <= h < Num.min d1 d2 -> `|f (c + h) - f c| <= F (c + h) - F c + e * h.
    move=> /andP[h0 lt_h]; have h_abs : `|h| = h by rewrite ger0_norm.
    have := near h; rewrite h_abs => /(_ lt_h) /le_trans; apply.
    move: lt_h; rewrite lt_minr => /andP[_ lt_h]; have := incr_F h.
    rewrite h_abs => /(_ lt_h); rewrite ler_norml => /andP[Fh _].
    rewrite [X in _ <= _ + X * _](splitr e) mulrDl addrA ler_add2r -ler_subl_addr.
    by rewrite addrC -ler_subr_addr.
  have left h : 0 <= h < Num.min d1 d2 -> `|f c - f (c - h)| <= F c - F (c - h) + e * h.
    move=> /andP[h0 lt_h]; have h_abs : `|- h| = h by rewrite normrN ger0_norm.
    have := near (- h); rewrite h_abs distrC => /(_ lt_h) /le_trans; apply.
    move: lt_h; rewrite lt_minr => /andP[_ lt_h]; have := incr_F (- h).
    rewrite h_abs => /(_ lt_h); rewrite ler_norml => /andP[_ Fh].
    rewrite [X in _ <= _ + X * _](splitr e) mulrDl addrA ler_add2r -ler_subl_addl opprB addrC.
    by rewrite scaleNr opprK in Fh.
  exists (Num.min d1 d2) => [|r s /andP[lt_r le_r] /andP[le_s lt_s]].
    by rewrite lt_minr d1_gt0.
  have := right (s - c); rewrite (addrC c) subrK subr_ge0 le_s ltr_subl_addl.
  move=> /(_ lt_s) fs.
  have := left (c - r); rewrite subKr subr_ge0 le_r ltr_subl_addl -ltr_subl_addr.
  move=> /(_ lt_r) fr.
  rewrite (le_trans (ler_dist_add (f c) _ _)) // (le_trans (ler_add fs fr)) //.
  by rewrite addrACA subrKA -mulrDr subrKA.
pose good s := `|f s - f 0| <= F s - F 0 + e * s.
have good0 : good 0 by rewrite /good !subrr normr0 mulr0 addr0.
pose A := [set s | 0 <= s <= t /\ forall r, 0 <= r <= s -> good r].
have A0 : A 0.
  by split=> [|r]; [rewrite lexx | rewrite -eq_le => /eqP<-].
have A_sup : has_sup A by split; [exists 0 | exists t => s [/andP[]]].
pose c := sup A; have c0 : 0 <= c by apply: sup_upper_bound.
have ct : c <= t by apply: sup_le_ub; [exists 0 | move=> s [/andP[]]].
have below r : 0 <= r < c -> good r.
  move=> /andP[r0]; rewrite -subr_gt0 => lt_r.
  have [s [_ s_good]] := sup_adherent lt_r A_sup; rewrite -/c subKr => lt_s; apply: s_good; rewrite r0 ltW //.
have [|delta delta0 near_c] := straddle c; first by rewrite c0.
have [r [r0 r_near r_good]] : exists r, [/\ 0 <= r, c - delta < r <= c & good r].
  have [c_gt0|] := ltP 0 c; last first.
    move=> c_le0; have -> : c = 0 by apply/le_anti; rewrite c0 c_le0.
    by exists 0; rewrite ltr_subl_addr add0r delta0 !lexx.
  pose r := Num.max 0 (c - delta / 2%:R); have lt_r : r < c.
    by rewrite lt_maxl c_gt0 ltr_subl_addr ltr_addl divr_gt0 ?ltr0n.
  exists r; rewrite le_maxr lexx (ltW lt_r) andbT lt_maxr; split=> //.
    by rewrite ltr_add2l ltr_opp2 gtr_pmulr // invf_lt1 ?ltr1n ?ltr0n ?orbT.
  by apply: below; rewrite le_maxr lexx.
have above s : c <= s < c + delta -> good s.
  move=> s_near; rewrite /good (le_trans (ler_dist_add (f r) _ _)) //.
  rewrite (le_trans (ler_add (near_c r s r_near s_near) r_good)) //.
  by rewrite addrACA subrKA -mulrDr subrK.
pose s := Num.min t (c + delta / 2%:R).
have lt_s : s < c + delta.
  by rewrite lt_minl ltr_add2l gtr_pmulr // invf_lt1 ?ltr1n ?ltr0n ?orbT.
have As : A s.
  have s0 : 0 <= s by rewrite le_minr t0 addr_ge0 // divr_ge0 ?ler0n // ltW.
  split=> [|q /andP[q0 le_q]]; first by rewrite s0 le_minl lexx.
  have [lt_q|le_c] := ltP q c; first by apply: below; rewrite q0.
  by apply: above; rewrite le_c (le_lt_trans le_q).
have le_s : s <= c by apply: sup_upper_bound.
have sE : s = t.
  move: le_s; rewrite /s; case: (leP t (c + delta / 2%:R)) => // _; rewrite ger_addl.
  by rewrite leNgt divr_gt0 ?ltr0n.
by have [_ /(_ t)] := As; rewrite sE t0 lexx; apply.
Qed.

End MeanValueInequality.

(* Derivatives along the real line, for Taylor's formula.                     *)
Section TaylorLine.
Variables (R : realType) (X : normedModType R).

Lemma is_derive_scalel (p : R -> R) (a : X) (t dp : R) :
  is_derive t 1 p dp -> is_derive t 1 (fun s => p s *: a) (dp *: a).
Proof.
move=> [/derivable1_diffP p_diff pE].
apply: DeriveDef; first exact/diff_derivable/differentiableZl.
by rewrite deriveE ?diffZl -?deriveE ?pE //; exact: differentiableZl.
Qed.

Lemma is_derive_power (l : nat) (t : R) :
  is_derive t 1 (fun s : R => s ^+ l.+1 / l.+1`!%:R) (t ^+ l / l`!%:R).
Proof.
have : is_derive t 1 (l.+1`!%:R^-1 \*: (id ^+ l.+1 : R -> R)) (t ^+ l / l`!%:R).
  apply: is_derive_eq; rewrite /GRing.scale /= mulr1.
  have l1 : l.+1%:R != 0 :> R by rewrite pnatr_eq0.
  by rewrite factS natrM invfM mulrACA mulVf // mul1r mulrC.
by congr (is_derive _ _ _ _); apply/funext => s; rewrite fctE mulrC.
Qed.

Lemma is_derive_sum_fun n (f : 'I_n -> R -> X) (df : 'I_n -> X) (t : R) :
  (forall i, is_derive t 1 (f i) (df i)) ->
  is_derive t 1 (fun s => \sum_i f i s) (\sum_i df i).
Proof.
move=> fD; have -> : (fun s => \sum_i f i s) = \sum_i f i.
  by apply/funext => s; rewrite fct_sumE.
exact: is_derive_sum.
Qed.

(* G l.+1 is the derivative of G l on [0, 1], and G n is bounded by B. *)
Theorem taylor_line (n : nat) (G : nat -> R -> X) (B : R) (t : R) :
  (forall l s, (l < n)%N -> 0 <= s <= 1 -> is_derive s 1 (G l) (G l.+1 s)) ->
  (forall s, 0 <= s <= 1 -> `|G n s| <= B) -> 0 <= t <= 1 ->
  `|G 0%N t - \sum_(l < n) (t ^+ l / l`!%:R) *: G l 0| <= B * (t ^+ n / n`!%:R).
Proof.
elim: n G t => [|n IHn] G t GD GB t01.
  by rewrite big_ord0 subr0 expr0 fact0 divr1 mulr1 GB.
have inside s : 0 <= s <= t -> 0 <= s <= 1.
  by have /andP[_ t1] := t01 => /andP[-> /le_trans->].
pose f s := G 0%N s - (G 0%N 0 + \sum_(l < n) (s ^+ l.+1 / l.+1`!%:R) *: G l.+1 0).
pose F (s : R) : R := B * (s ^+ n.+1 / n.+1`!%:R).
have fE s : f s = G 0%N s - \sum_(l < n.+1) (s ^+ l / l`!%:R) *: G l 0.
  by rewrite big_ord_recl expr0 fact0 divr1 scale1r.
have f0 : f 0 = 0.
  rewrite /f big1 ?addr0 ?subrr // => l _.
  by rewrite exprS !mul0r scale0r.
have F0 : F 0 = 0 by rewrite /F exprS !mul0r mulr0.
have := @mean_value_inequality R X f
  (fun s => G 1%N s - \sum_(l < n) (s ^+ l / l`!%:R) *: G l.+1 0)
  F (fun s => B * (s ^+ n / n`!%:R)) t.
rewrite f0 F0 !subr0 fE; apply; first by have /andP[] := t01.
- move=> s /inside s01; have := GD 0%N s isT s01 => G0'.
  have sumD : is_derive s 1 (fun s => \sum_(l < n) (s ^+ l.+1 / l.+1`!%:R) *: G l.+1 0)
                (\sum_(l < n) (s ^+ l / l`!%:R) *: G l.+1 0).
    apply: is_derive_sum_fun => l; exact/is_derive_scalel/is_derive_power.
  have cstD : is_derive s 1 (cst (G 0%N 0) : R -> X) 0 by exact: is_derive_cst.
  by have := is_deriveB G0' (is_deriveD cstD sumD); rewrite add0r.
- by move=> s _; apply: is_deriveZ; exact: is_derive_power.
move=> s /inside s01; apply: (IHn (fun l => G l.+1)) => // l r lt_l.
exact: GD.
Qed.

End TaylorLine.

Section Smooth.
Variables (R : realType) (m : nat) (X : normedModType R).
Implicit Types (g : 'rV[R]_m.+1 -> X) (x v : 'rV[R]_m.+1) (U D : set 'rV[R]_m.+1).

Definition partial (j : 'I_m.+1) g x : X := 'D_(delta_mx 0 j) g x.

Fixpoint smooth U (n : nat) g : Prop :=
  if n is n'.+1 then
    (forall x, U x -> differentiable g x) /\ forall j, smooth U n' (partial j g)
  else forall x, U x -> {for x, continuous g}.

Fixpoint differential (l : nat) g x v : X :=
  if l is l'.+1 then \sum_j v 0 j *: differential l' (partial j g) x v else g x.

Lemma smoothW U n g : smooth U n.+1 g -> smooth U n g.
Proof.
elim: n g => [|n IHn] g [g_diff g_part].
  by move=> x /g_diff/differentiable_continuous.
by split=> // j; apply/IHn/g_part.
Qed.

(* A function of class C^n on a neighbourhood U of D is so on D. *)
Lemma smooth_subset U D n g : D `<=` U -> smooth U n g -> smooth D n g.
Proof.
move=> DU; elim: n g => [|n IHn] g; first by move=> g_cts x /DU; exact: g_cts.
by move=> [g_diff g_part]; split=> [x /DU|j]; [exact: g_diff | exact/IHn/g_part].
Qed.

Lemma smooth_le U n l g : (l <= n)%N -> smooth U n g -> smooth U l g.
Proof.
move=> /subnK<-; elim: (n - l)%N => // e IHe /smoothW; exact: IHe.
Qed.

Lemma directional_derivative g x v : differentiable g x ->
  'D_v g x = \sum_j v 0 j *: partial j g x.
Proof.
move=> g_diff; rewrite deriveE // [in LHS](row_sum_delta v) linear_sum.
by apply: eq_bigr => j _; rewrite linearZ /partial deriveE.
Qed.

Lemma is_derive_ray g x v t : differentiable g (x + t *: v) ->
  is_derive t 1 (fun s : R => g (x + s *: v)) ('D_v g (x + t *: v)).
Proof.
move=> /(@diff_derivable _ _ _ _ _ v) g_der.
have E : (fun h : R => h^-1 *: (((fun s : R => g (x + s *: v)) \o shift t) (h *: 1)
                               - g (x + t *: v))) =
         (fun h => h^-1 *: ((g \o shift (x + t *: v)) (h *: v) - g (x + t *: v))).
  apply/funext => h /=; congr (_ *: (g _ - _)).
  by rewrite [h *: 1]mulr1 scalerDl addrCA.
by apply: DeriveDef; rewrite ?/derivable ?/derive E.
Qed.

Lemma is_derive_differential U l g x v t : smooth U l.+1 g -> U (x + t *: v) ->
  is_derive t 1 (fun s : R => differential l g (x + s *: v) v)
                (differential l.+1 g (x + t *: v) v).
Proof.
elim: l g => [|l IHl] g [g_diff g_part] Ut.
  have g_Ut := g_diff _ Ut.
  by rewrite /= -directional_derivative //; exact: is_derive_ray.
apply: is_derive_sum_fun => j.
by apply: is_deriveZ; exact: IHl (g_part j) Ut.
Qed.

Theorem taylor_segment U k g x v B : smooth U k.+1 g ->
  (forall t, 0 <= t <= 1 -> U (x + t *: v)) ->
  (forall t, 0 <= t <= 1 -> `|differential k.+1 g (x + t *: v) v| <= B) ->
  `|g (x + v) - \sum_(l < k.+1) l`!%:R^-1 *: differential l g x v| <= B / k.+1`!%:R.
Proof.
move=> g_smooth xU gB.
have := @taylor_line R X k.+1 (fun l t => differential l g (x + t *: v) v) B 1.
rewrite !expr1n !scale1r scale0r addr0 /= div1r.
under eq_bigr do rewrite expr1n div1r; apply=> //; last by rewrite ler01 lexx.
move=> l s lt_l s01; apply: is_derive_differential (xU s s01).
exact: smooth_le g_smooth.
Qed.

(* Constants and linear functions are of every class, so that the hypotheses of the
   theorems on functions of class C^n can be met.                             *)
Lemma partial_cst j (a : X) : partial j (cst a) = cst 0.
Proof. by apply/funext => x; rewrite /partial derive_val. Qed.

Lemma smooth_cst U n (a : X) : smooth U n (cst a).
Proof.
elim: n a => [|n IHn] a /=; first by move=> x _; apply: cst_continuous.
by split=> [x _|j]; [exact: differentiable_cst | rewrite partial_cst].
Qed.

Lemma smooth_linear U n (f : {linear 'rV[R]_m.+1 -> X}) : continuous f -> smooth U n f.
Proof.
case: n => [|n] f_cts; first by move=> x _; exact: f_cts.
have f_diff x : differentiable f x by exact: linear_differentiable.
split=> [x _|j]; first exact: f_diff.
rewrite (_ : partial j f = cst (f (delta_mx 0 j))); first exact: smooth_cst.
by apply/funext => x; rewrite /partial deriveE // diff_lin.
Qed.

(* D^l g(x)[v, ..., v] is homogeneous of degree l in v. *)
Lemma differentialZ l g x v a : differential l g x (a *: v) = a ^+ l *: differential l g x v.
Proof.
elim: l g => [|l IHl] g /=; first by rewrite expr0 scale1r.
rewrite scaler_sumr; apply: eq_bigr => j _.
by rewrite IHl mxE !scalerA exprS mulrAC.
Qed.

End Smooth.
