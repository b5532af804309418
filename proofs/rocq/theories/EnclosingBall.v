(* The smallest Euclidean ball that holds finitely many points, and Jung's bound
   of its radius by the diameter of the points.

   Paper: the ball of thm:moment.  Claims: used by small-ball-repaired,
   one-shot-compression and universal-compression-repaired.

   Headline: enclosing_ball.  It reads: for points w_0, ..., w_n of R^m there are
   a centre v in their convex hull and a radius s such that the ball holds the
   points, every ball that holds them has at least this radius, and
   s <= sqrt(m / (2 (m+1))) * delta for every bound delta of their distances.

   The centre is the barycentre of the weights l that maximise
   sum l_i |w_i|^2 - |sum l_i w_i|^2; Jung's bound follows from Tchakaloff's
   theorem for moments of degree <= 1, which leaves at most m + 1 weights.     *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.classical Require Import boolp classical_sets functions mathcomp_extra.
From mathcomp.analysis Require Import reals topology normedtype.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff EuclideanNorm.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory numFieldNormedType.Exports.
Local Open Scope ring_scope.

Definition probability (F : realFieldType) (I : finType) (l : I -> F) :=
  (forall i, 0 <= l i) /\ \sum_i l i = 1.

Definition in_hull (F : realFieldType) (I : finType) m (w : I -> 'rV[F]_m) v :=
  exists2 l, probability l & v = \sum_i l i *: w i.

Section Barycentre.
Variables (R : rcfType) (I : finType) (m : nat) (w : I -> 'rV[R]_m).
Implicit Types (l : I -> R) (v : 'rV[R]_m).

Definition barycentre l := \sum_i l i *: w i.

(* The variance of the points under the weights l. *)
Definition variance l := \sum_i l i * sqnorm (w i) - sqnorm (barycentre l).

Lemma second_moment l v : probability l ->
  \sum_i l i * sqnorm (w i - v) = variance l + sqnorm (barycentre l - v).
Proof.
move=> [_ l1]; rewrite [in RHS]sqnormB.
transitivity (\sum_i l i * sqnorm (w i) - 2%:R * dot (barycentre l) v
              + (\sum_i l i) * sqnorm v); last by rewrite l1 /variance; ring.
rewrite dot_suml mulr_sumr -sumrB mulr_suml -big_split.
by apply: eq_bigr => i _; rewrite sqnormB dotZl /=; ring.
Qed.

Lemma variance_spread l : probability l ->
  variance l = \sum_i l i * sqnorm (w i - barycentre l).
Proof. by move=> pl; rewrite second_moment // subrr sqnorm0 addr0. Qed.

Lemma variance_ge0 l : probability l -> 0 <= variance l.
Proof.
move=> pl; rewrite variance_spread //; apply: sumr_ge0 => i _.
by rewrite mulr_ge0 ?pl.1 ?sqnorm_ge0.
Qed.

Lemma variance_le l v s : probability l ->
  (forall i, euclidean (w i - v) <= s) -> variance l <= s ^+ 2.
Proof.
move=> pl ws; have := second_moment v pl.
have -> : s ^+ 2 = \sum_i l i * s ^+ 2 by rewrite -mulr_suml pl.2 mul1r.
move=> lE; apply: le_trans (_ : \sum_i l i * sqnorm (w i - v) <= _).
  by rewrite lE ler_addl sqnorm_ge0.
apply: ler_sum => i _; rewrite ler_wpmul2l ?pl.1 // -euclidean_le //.
by rewrite (le_trans _ (ws i)) ?euclidean_ge0.
Qed.

Variable l : I -> R.
Hypothesis pl : probability l.
Hypothesis l_max : forall l', probability l' -> variance l' <= variance l.
Let v := barycentre l.

Lemma max_variance_holds j : sqnorm (w j - v) <= variance l.
Proof.
pose D := sqnorm (w j - v); pose Q := variance l; rewrite -/D -/Q leNgt.
apply/negP=> ltQD; have D0 : 0 <= D by exact: sqnorm_ge0.
have perturb t : 0 <= t <= 1 -> t * (D - Q) <= t ^+ 2 * D.
  move=> /andP[t0 t1]; pose l' i := (1 - t) * l i + t * (i == j)%:R.
  have sum_delta (V : lmodType R) (x : I -> V) : \sum_i (t * (i == j)%:R) *: x i = t *: x j.
    rewrite (bigD1 j) //= eqxx mulr1 big1 ?addr0 // => i /negPf->.
    by rewrite mulr0 scale0r.
  have sumE (V : lmodType R) (x : I -> V) :
      \sum_i l' i *: x i = (1 - t) *: (\sum_i l i *: x i) + t *: x j.
    under eq_bigr do rewrite scalerDl; rewrite big_split /= sum_delta scaler_sumr.
    by congr (_ + _); apply: eq_bigr => i _; rewrite scalerA.
  have pl' : probability l'.
    split=> [i|]; first by rewrite addr_ge0 ?mulr_ge0 ?pl.1 ?ler0n ?subr_ge0.
    rewrite big_split -mulr_sumr pl.2 /= -mulr_sumr (bigD1 j) //= eqxx.
    by rewrite big1 => [|i /negPf->] //; rewrite addr0 !mulr1 subrK.
  have sumR : \sum_i l' i * sqnorm (w i) =
              (1 - t) * (\sum_i l i * sqnorm (w i)) + t * sqnorm (w j).
    exact: (sumE [lmodType R of R^o] (fun i => sqnorm (w i))).
  have := l_max pl'; rewrite /variance sumR.
  have -> : barycentre l' = v + t *: (w j - v).
    by rewrite /barycentre sumE scalerBl scale1r scalerBr addrA addrAC.
  rewrite sqnormD sqnormZ dotZr -/D -/v -subr_ge0 => le_l; rewrite -subr_ge0.
  move: le_l; congr (0 <= _); rewrite /D /Q /variance -/v sqnormB.
  have -> : dot v (w j - v) = dot (w j) v - sqnorm v.
    by rewrite dotC dotDl dotNl.
  by ring.
have D_gt0 : 0 < D := le_lt_trans (variance_ge0 pl) ltQD.
have t01 : 0 <= (D - Q) / (2%:R * D) <= 1.
  apply/andP; split; first by rewrite divr_ge0 ?mulr_ge0 ?ler0n ?subr_ge0 // ltW.
  rewrite ler_pdivr_mulr ?mulr_gt0 ?ltr0n // mul1r mulr_natl mulr2n ler_add2l.
  by rewrite (le_trans _ D0) // oppr_le0 variance_ge0.
have t_gt0 : 0 < (D - Q) / (2%:R * D) by rewrite divr_gt0 ?subr_gt0 ?mulr_gt0 ?ltr0n.
have := perturb _ t01; rewrite expr2 -mulrA ler_pmul2l //.
have -> : (D - Q) / (2%:R * D) * D = (D - Q) / 2%:R.
  by field; rewrite gt_eqF //= pnatr_eq0.
rewrite ler_pdivl_mulr ?ltr0n // mulr_natr mulr2n ger_addl leNgt.
by rewrite subr_gt0 ltQD.
Qed.

(* The points with positive weight lie on the sphere. *)
Lemma max_variance_sphere j : l j != 0 -> sqnorm (w j - v) = variance l.
Proof.
have : \sum_i l i * (variance l - sqnorm (w i - v)) == 0.
  under eq_bigr do rewrite mulrBr.
  by rewrite sumrB -mulr_suml pl.2 mul1r -variance_spread // subrr.
rewrite psumr_eq0 => [/allP/(_ j (mem_index_enum j))|i _].
  by rewrite /= mulf_eq0 subr_eq0 => /orP[->//|/eqP->].
by rewrite mulr_ge0 ?pl.1 // subr_ge0 max_variance_holds.
Qed.

Lemma jung (delta : R) : (forall i j, euclidean (w i - w j) <= delta) ->
  variance l <= m%:R / (2%:R * m.+1%:R) * delta ^+ 2.
Proof.
move=> w_delta; have [l' [l'0 l'S l'N same]] := tchakaloff 1 (fun i j => w i 0 j) pl.1.
have pl' : probability l' by split=> //; rewrite (same_moments_mass same) pl.2.
have bar' : barycentre l' = v.
  apply/rowP=> j; pose X : {mpoly R[m]} := 'X_j.
  have coordE b : (\sum_i b i *: w i) 0 j = \sum_i b i * X.@[fun j => w i 0 j].
    by rewrite summxE; apply: eq_bigr => i _; rewrite mxE mevalXU.
  rewrite /v /barycentre !coordE; apply: same_moments_poly same _ _.
  by rewrite msizeX mdeg1.
have on_sphere i : l' i != 0 -> sqnorm (w i - v) = variance l.
  by move=> l'i; apply: max_variance_sphere; have := fintype.subsetP l'S i; rewrite !inE; apply.
have var' : \sum_i l' i * sqnorm (w i - v) = variance l.
  rewrite -[RHS]mul1r -pl'.2 mulr_suml; apply: eq_bigr => i _.
  by have [->|/on_sphere->] := eqVneq (l' i) 0; rewrite ?mul0r.
have variance' : variance l' = variance l by rewrite variance_spread // bar'.
have at_j j : l' j != 0 -> 2%:R * variance l <= (1 - l' j) * delta ^+ 2.
  move=> l'j; have := second_moment (w j) pl'.
  rewrite bar' -(sqnormN (v - _)) opprB on_sphere // variance' -mulr2n -mulr_natl.
  move=> <-; rewrite -pl'.2 (bigD1 j) //= subrr sqnorm0.
  rewrite mulr0 add0r [in X in _ <= X](bigD1 j) //= addrC addKr mulr_suml.
  apply: ler_sum => i _; rewrite ler_wpmul2l // -euclidean_le ?w_delta //.
  by rewrite (le_trans (euclidean_ge0 _) (w_delta i j)).
pose n := #|support l'|.
have total : n%:R * (2%:R * variance l) <= (n%:R - 1) * delta ^+ 2.
  have mass' : \sum_(j in support l') l' j = 1.
    rewrite -pl'.2 [RHS](bigID (mem (support l'))) /= [X in _ = _ + X]big1 ?addr0 //.
    by move=> i; rewrite inE negbK => /eqP.
  have : \sum_(j in support l') 2%:R * variance l <=
         \sum_(j in support l') (1 - l' j) * delta ^+ 2.
    by apply: ler_sum => j; rewrite inE => /at_j.
  by rewrite sumr_const -mulr_suml sumrB mass' sumr_const (mulr_natl (2%:R * _) n).
have n_gt0 : (0 < n)%N.
  rewrite card_gt0; apply/finset.set0Pn; suff /existsP[i l'i] : [exists i, l' i != 0].
    by exists i; rewrite inE.
  apply: contra_eqT pl'.2 => /existsPn no_i; rewrite big1 => [|i _].
    by rewrite eq_sym oner_eq0.
  exact/eqP/negbNE/no_i.
have le_n : (n <= m.+1)%N by rewrite -addn1 -[X in (_ <= X)%N]bin1.
have d0 : 0 <= delta ^+ 2 by exact: sqr_ge0.
have nR : 0 < n%:R :> R by rewrite ltr0n.
apply: le_trans (_ : (n%:R - 1) / (2%:R * n%:R) * delta ^+ 2 <= _).
  rewrite mulrAC ler_pdivl_mulr ?mulr_gt0 ?ltr0n //.
  by have -> : variance l * (2%:R * n%:R) = n%:R * (2%:R * variance l) by ring.
rewrite ler_wpmul2r // ler_pdivr_mulr ?mulr_gt0 ?ltr0n // mulrAC.
rewrite ler_pdivl_mulr ?mulr_gt0 ?ltr0n // -subr_ge0.
have -> : m%:R * (2%:R * n%:R) - (n%:R - 1) * (2%:R * m.+1%:R) =
          2%:R * (m.+1%:R - n%:R) :> R by rewrite -[m.+1]addn1 natrD; ring.
by rewrite mulr_ge0 ?ler0n // subr_ge0 ler_nat.
Qed.

End Barycentre.

(* A continuous function has a maximum on the simplex of probabilities.       *)
Section Simplex.
Local Open Scope classical_set_scope.
Variables (R : realType) (n : nat).
Implicit Types (f : 'rV[R]_n.+1 -> R).

Definition simplex : set 'rV[R]_n.+1 := [set x | probability (fun i => x 0 i)].

Lemma continuous_sum_fun (J : finType) (T : topologicalType) (f : J -> T -> R) :
  (forall j, continuous (f j)) -> continuous (fun x => \sum_j f j x).
Proof.
move=> f_cts; elim: (index_enum J) => [|j s IHs] x.
  have -> : (fun y => \sum_(i <- [::]) f i y) = cst (0 : R).
    by apply/funext => y; rewrite big_nil.
  by rewrite big_nil; apply: cst_continuous.
have -> : (fun y => \sum_(i <- j :: s) f i y) = (fun y => f j y + \sum_(i <- s) f i y).
  by apply/funext => y; rewrite big_cons.
by rewrite big_cons; apply: continuousD; [exact: f_cts | exact: IHs].
Qed.

Lemma continuous_mul_fun (T : topologicalType) (f g : T -> R) :
  continuous f -> continuous g -> continuous (fun x => f x * g x).
Proof. by move=> f_cts g_cts x; apply: cvgM; [exact: f_cts | exact: g_cts]. Qed.

Lemma continuous_sub_fun (T : topologicalType) (f g : T -> R) :
  continuous f -> continuous g -> continuous (fun x => f x - g x).
Proof. by move=> f_cts g_cts x; apply: cvgB; [exact: f_cts | exact: g_cts]. Qed.

Lemma compact_simplex : compact simplex.
Proof.
apply: (@subclosed_compact _ _ [set x : 'rV[R]_n.+1 | forall i, `[0, 1] (x ord0 i)]).
- rewrite (_ : simplex = \bigcap_i [set x | 0 <= x 0 i] `&`
                         (fun x => \sum_i x 0 i) @^-1` [set y | y = 1]).
    apply: closedI; last first.
      apply: (@closed_comp _ _ _ [set y : R | y = 1]) => [x _|]; last exact: closed_eq.
      by apply: continuous_sum_fun => i; exact: coord_continuous.
    apply: closed_bigI => i _; apply: (@closed_comp _ _ _ [set y | 0 <= y]).
      by move=> x _; exact: coord_continuous.
    exact: closed_ge.
  rewrite predeqE => x; split=> [[x0 x1]|[x0 x1]]; split=> // i; first by move=> _; exact: x0.
  exact: x0.
- apply: (@rV_compact _ _ (fun=> `[0, 1])) => _; exact: segment_compact.
move=> x [x0 x1] i /=; rewrite in_itv /= x0 -x1 (bigD1 i) //= ler_addl.
by apply: sumr_ge0.
Qed.

Lemma simplex_max f : continuous f ->
  exists2 x, simplex x & forall y, simplex y -> f y <= f x.
Proof.
move=> f_cts; have f_compact : compact (f @` simplex).
  apply: continuous_compact; last exact: compact_simplex.
  exact: continuous_subspaceT.
have [x0 x0P] : simplex !=set0.
  exists (\row_i (i == ord0)%:R); split=> [i|]; first by rewrite mxE ler0n.
  rewrite (bigD1 ord0) //= mxE eqxx big1 ?addr0 // => i /negPf i0.
  by rewrite mxE i0.
have [M [_ fM]] := compact_bounded f_compact.
have f_sup : has_sup (f @` simplex).
  split; first by exists (f x0), x0.
  exists (M + 1) => y fy; rewrite (le_trans (ler_norm _)) // fM // ltr_addl ltr01 //.
have : closure (f @` simplex) (sup (f @` simplex)) by case: f_sup; exact: closure_sup.
rewrite -(iffLR (closure_id _)); last first.
  by apply: compact_closed f_compact; exact: Rhausdorff.
move=> [x xP xE]; exists x => // y yP; rewrite xE.
by apply: sup_upper_bound => //; exists y.
Qed.

End Simplex.

(* HEADLINE enclosing_ball : - : the smallest ball that holds n+1 points of R^m has its centre in their convex hull and radius at most sqrt(m/(2(m+1))) times their diameter (Jung) *)
Theorem enclosing_ball (R : realType) (n m : nat) (w : 'I_n.+1 -> 'rV[R]_m) :
  exists v s,
    [/\ 0 <= s, in_hull w v, forall i, euclidean (w i - v) <= s,
        forall v' s', (forall i, euclidean (w i - v') <= s') -> s <= s'
      & forall delta, (forall i j, euclidean (w i - w j) <= delta) ->
          s <= Num.sqrt (m%:R / (2%:R * m.+1%:R)) * delta].
Proof.
pose f (x : 'rV[R]_n.+1) := variance w (fun i => x 0 i).
have lin_cts (a : 'I_n.+1 -> R) : continuous (fun x : 'rV[R]_n.+1 => \sum_i x 0 i * a i).
  apply: continuous_sum_fun => i; apply: continuous_mul_fun.
    exact: coord_continuous.
  by move=> x; apply: cst_continuous.
have f_cts : continuous f.
  rewrite (_ : f = fun x => (\sum_i x 0 i * sqnorm (w i)) -
    \sum_j ((\sum_i x 0 i * w i 0 j) * (\sum_i x 0 i * w i 0 j))).
    apply: continuous_sub_fun; first exact: lin_cts.
    by apply: continuous_sum_fun => j; apply: continuous_mul_fun; apply: lin_cts.
  apply/funext => x; rewrite /f /variance; congr (_ - _); apply: eq_bigr => j _.
  by rewrite summxE; under eq_bigr do rewrite mxE.
have [x pl x_max] := simplex_max f_cts; pose l (i : 'I_n.+1) : R := x 0 i.
rewrite /simplex /= -/l in pl.
have l_max l' : probability l' -> variance w l' <= variance w l.
  move=> pl'; have rowE : (fun i => (\row_i l' i) 0 i) = l'.
    by apply/funext => i; rewrite mxE.
  have := x_max (\row_i l' i); rewrite /simplex /f /= rowE; exact.
have Q0 : 0 <= variance w l := variance_ge0 _ pl.
exists (barycentre w l), (Num.sqrt (variance w l)); split.
- exact: sqrtr_ge0.
- by exists l.
- by move=> i; apply: ler_wsqrtr; exact: (max_variance_holds pl l_max i).
- move=> v s ws; have s0 : 0 <= s by rewrite (le_trans _ (ws ord0)) ?euclidean_ge0.
  rewrite -ler_sqr ?nnegrE ?sqrtr_ge0 // sqr_sqrtr //.
  exact: variance_le pl ws.
- move=> delta w_delta.
  have d0 : 0 <= delta by rewrite (le_trans _ (w_delta ord0 ord0)) ?euclidean_ge0.
  have J0 : 0 <= m%:R / (2%:R * m.+1%:R) :> R by rewrite divr_ge0 ?mulr_ge0 ?ler0n.
  rewrite -[X in _ * X](ger0_norm d0) -sqrtr_sqr -sqrtrM //.
  by apply: ler_wsqrtr; exact: (jung pl l_max w_delta).
Qed.
