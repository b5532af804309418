(* Unbiased reduction: the two ends of a step of Algorithm 2 are taken with the
   probabilities that keep the expected weights, and errors of independent cells
   add up in mean square.

   Paper: the exponent observed in Fig. 2.  Claim: half-exponent.

   Random weights (RandomWeights.v) are finitely many outcomes with probabilities.
   `unbiased_reduction c D` says that D comes from c by steps: with a null vector v
   of the moments, supported where c is not 0, and the largest t, t' with
   c - t v >= 0 and c + t' v >= 0, go on from c - t v with probability t'/(t + t')
   and from c + t' v otherwise; one may stop at any time.
   `independent D s` is the sum of independent random weights D u, u in s.

   Headlines.  unbiased_step: the expected weights of a step are c.  Any c >= 0 has
   an unbiased reduction to at most N = 'C(m + k, k) nodes in every outcome
   (unbiased_reduction_exists).  half_exponent: let D u be an unbiased reduction of
   the part of c >= 0 in the cell u, of mass W u (hypotheses c0 and D_red of the
   section), and let g be within E u of a polynomial of degree <= k there.  Then
   the independent sum has expected weights c and
   expected (sum (c' - c) g)^2 <= sum over the cells of (W u)^2 (E u)^2, which is
   at most W^2 (max E)^2 kappa / M if all W u <= kappa W / M, M cells.         *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff CoreInequality CellwiseCompression RandomWeights.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section UnbiasedReduction.
Variables (F : realFieldType) (I : finType) (m k : nat) (w : I -> 'I_m -> F).
Implicit Types (c v g : I -> F) (D : random_weights F I).
Local Notation N := 'C(m + k, k).

(* v is a nonzero null vector of the moments, supported where c is not 0. *)
Definition null_vector c v :=
  [/\ support v \subset support c, exists i, v i != 0
    & \sum_i v i *: monomials k w i = 0].

(* t is the largest number with c - t v >= 0. *)
Definition largest c v t :=
  (forall i, 0 <= c i - t * v i) /\
  forall t', (forall i, 0 <= c i - t' * v i) -> t' <= t.

Inductive unbiased_reduction : (I -> F) -> random_weights F I -> Prop :=
| unbiased_stop c : unbiased_reduction c (certain c)
| unbiased_next c v t t' D D' : null_vector c v ->
    largest c v t -> largest c (fun i => - v i) t' ->
    unbiased_reduction (fun i => c i - t * v i) D ->
    unbiased_reduction (fun i => c i + t' * v i) D' ->
    unbiased_reduction c (mixture (t' / (t + t')) D D').

Lemma null_vector_opp c v : null_vector c v -> null_vector c (fun i => - v i).
Proof.
move=> [vS [i vi] v0]; split.
- by apply/subsetP=> j; rewrite inE oppr_eq0 => vj; apply: (subsetP vS); rewrite inE.
- by exists i; rewrite oppr_eq0.
by under eq_bigr do rewrite scaleNr; rewrite sumrN v0 oppr0.
Qed.

Lemma null_vector_sum c v : null_vector c v -> \sum_i v i = 0.
Proof.
move=> [_ _ v0]; have /monomials_moments/same_moments_mass : 
    \sum_i v i *: monomials k w i = \sum_i (fun=> 0 : F) i *: monomials k w i.
  by rewrite v0 big1 // => i _; rewrite scale0r.
by rewrite big1_eq.
Qed.

Lemma null_vector_pos c v : null_vector c v -> exists i, 0 < v i.
Proof.
move=> v_null; have [_ [i vi] _] := v_null; have v_sum := null_vector_sum v_null.
apply/existsP; apply: contraNT vi => /existsPn no_pos.
have : \sum_j - v j == 0 by rewrite sumrN v_sum oppr0.
rewrite psumr_eq0 => [/allP/(_ i (mem_index_enum i))|j _]; first by rewrite /= oppr_eq0.
by rewrite oppr_ge0 leNgt no_pos.
Qed.

(* The largest step exists, is positive and removes a node. *)
Lemma largest_exists c v : (forall i, 0 <= c i) -> null_vector c v ->
  exists t, [/\ largest c v t, 0 < t
    & support (fun i => c i - t * v i) \proper support c].
Proof.
move=> c0 v_null; have [i0 vi0] := null_vector_pos v_null; have [/subsetP vS _ _] := v_null.
have [/= j vj least] := arg_minP (P := fun i => 0 < v i) (fun i => c i / v i) vi0.
have cj : 0 < c j.
  by rewrite lt_def c0 andbT; have := vS j; rewrite !inE; apply; rewrite gt_eqF.
exists (c j / v j); split; last 2 first.
- exact: divr_gt0.
- apply/properP; split.
    apply/subsetP=> i; rewrite !inE; apply: contra => /eqP ci.
    have := vS i; rewrite !inE ci eqxx sub0r oppr_eq0 mulf_eq0 => vi.
    by apply/orP; right; apply: contraT => /vi.
  exists j; first by rewrite inE gt_eqF.
  by rewrite inE negbK divfK ?subrr // gt_eqF.
split=> [i|t' /(_ j)]; last by rewrite subr_ge0 -ler_pdivl_mulr.
rewrite subr_ge0; have [vi|vi] := ltP 0 (v i); first by rewrite -ler_pdivl_mulr ?least.
by rewrite (le_trans _ (c0 i)) // mulr_ge0_le0 // divr_ge0 // ltW.
Qed.

Lemma largest_unique c v t t' : largest c v t -> largest c v t' -> t = t'.
Proof. by move=> [t1 t2] [t'1 t'2]; apply/le_anti; rewrite t'2 // t2. Qed.

Lemma largest_gt0 c v t : (forall i, 0 <= c i) -> null_vector c v -> largest c v t -> 0 < t.
Proof. by move=> c0 v_null /largest_unique tE; have [t' [/tE->]] := largest_exists c0 v_null. Qed.

(* HEADLINE unbiased_step : half-exponent : if v is a null vector of the moments and t, t' are the largest numbers with c - t v >= 0 and c + t' v >= 0, then c - t v with probability t'/(t + t'), and c + t' v otherwise, are weights of expectation c *)
Theorem unbiased_step c v t t' : (forall i, 0 <= c i) -> null_vector c v ->
  largest c v t -> largest c (fun i => - v i) t' ->
  let p := t' / (t + t') in
  0 < p < 1 /\ forall i, p * (c i - t * v i) + (1 - p) * (c i + t' * v i) = c i.
Proof.
move=> c0 v_null t_max t'_max p; have t0 := largest_gt0 c0 v_null t_max.
have t'0 := largest_gt0 c0 (null_vector_opp v_null) t'_max.
have tt'0 : 0 < t + t' by rewrite addr_gt0.
split=> [|i]; last by rewrite /p; field; rewrite gt_eqF.
by rewrite divr_gt0 //= ltr_pdivr_mulr // mul1r ltr_addr.
Qed.

Lemma unbiased_reduction_sound c D : unbiased_reduction c D -> (forall i, 0 <= c i) ->
  [/\ is_probability D,
      forall o : outcome D, [/\ forall i, 0 <= weights o i,
        support (weights o) \subset support c & same_moments k w (weights o) c]
    & forall a : I -> F, expect D (fun c' => \sum_i c' i * a i) = \sum_i c i * a i].
Proof.
elim=> {c D} [c|c v t t' D D' v_null t_max t'_max _ IH _ IH'] c0.
  split=> [||a]; [exact: is_probability_certain | by [] | by rewrite expect_certain].
have [p01 pE] := unbiased_step c0 v_null t_max t'_max.
have [D_prob D_out D_mean] := IH t_max.1.
have c'0 i : 0 <= c i + t' * v i by have := t'_max.1 i; rewrite mulrN opprK.
have [D'_prob D'_out D'_mean] := IH' c'0; have [/subsetP vS _ v0] := v_null.
have shift_support s : support (fun i => c i + s * v i) \subset support c.
  apply/subsetP=> i; rewrite !inE; apply: contra => /eqP ci; apply/eqP.
  have := vS i; rewrite !inE ci eqxx; case: eqP => [->|_ /(_ isT)//].
  by rewrite mulr0 addr0.
have shift_moments s : same_moments k w (fun i => c i + s * v i) c.
  apply/monomials_moments; under eq_bigr do rewrite scalerDl -scalerA.
  by rewrite big_split /= -scaler_sumr v0 scaler0 addr0.
split.
- by apply: is_probability_mixture => //; have /andP[/ltW-> /ltW->] := p01.
- move=> [o|o] /=.
    have [o0 oS o_same] := D_out o; split=> //.
      apply: subset_trans oS _; have := shift_support (- t).
      by rewrite (_ : support _ = support (fun i => c i - t * v i)) //; apply/setP=> i; rewrite !inE mulNr.
    move=> a le_a; rewrite o_same //; have := shift_moments (- t) a le_a => <-.
    by apply: eq_bigr => i _; rewrite mulNr.
  have [o0 oS o_same] := D'_out o; split=> //; first exact: subset_trans (shift_support t').
  exact: same_moments_trans (shift_moments t') o_same.
move=> a; rewrite expect_mixture D_mean D'_mean !mulr_sumr -big_split.
by apply: eq_bigr => i _ /=; rewrite !mulrA -mulrDl pE.
Qed.

Lemma unbiased_reduction_exists c : (forall i, 0 <= c i) ->
  exists2 D, unbiased_reduction c D &
    forall o : outcome D, (#|support (weights o)| <= N)%N.
Proof.
have [n le_n] := ubnP #|support c|; elim: n c le_n => // n IHn c le_n c0.
have [le_N|lt_N] := leqP #|support c| N.
  by exists (certain c); [exact: unbiased_stop|].
have [v v_null] : exists v, null_vector c v.
  rewrite -card_bmultinom in lt_N.
  have [v [j [vS vj v0]]] := linear_relation (monomials k w) lt_N.
  by exists v; split=> //; exists j; rewrite gt_eqF.
have [t [t_max _ tS]] := largest_exists c0 v_null.
have [t' [t'_max _ t'S]] := largest_exists c0 (null_vector_opp v_null).
have [|D D_red DN] := IHn _ (leq_trans (proper_card tS) le_n); first exact: t_max.1.
have c'0 i : 0 <= c i + t' * v i by have := t'_max.1 i; rewrite mulrN opprK.
pose c2 i := c i + t' * v i; have c'S : (#|support c2| < n)%N.
  have -> : support c2 = support (fun i => c i - t' * - v i).
    by apply/setP=> i; rewrite !inE mulrN opprK.
  exact: leq_trans (proper_card t'S) le_n.
have [D' D'_red D'N] := IHn _ c'S c'0.
exists (mixture (t' / (t + t')) D D'); first exact: unbiased_next D_red D'_red.
by case.
Qed.

(* The mean square error of one cell. *)
Lemma unbiased_error c D g (T : {set I}) E : (forall i, 0 <= c i) ->
  unbiased_reduction c D -> support c \subset T ->
  near_polynomial k w (fun y : F^o => `|y|) T g E ->
  expect D (fun c' => (\sum_i (c' i - c i) * g i) ^+ 2) <= ((\sum_i c i) * E) ^+ 2.
Proof.
move=> c0 red cT [q q_poly gq]; have [D_prob D_out D_mean] := unbiased_reduction_sound red c0.
pose f i : F := g i - q (w i); pose Y (c' : I -> F) := \sum_i c' i * f i.
have errE (o : outcome D) : \sum_i (weights o i - c i) * g i = Y (weights o) - Y c.
  have [_ _ same] := D_out o.
  have qE := same_moments_polynomial_map same q_poly.
  rewrite /Y -sumrB; transitivity (\sum_i (weights o i - c i) * f i +
                                  (\sum_i weights o i * q (w i) - \sum_i c i * q (w i))).
    by rewrite -sumrB -big_split; apply: eq_bigr => i _ /=; rewrite /f; ring.
  rewrite (qE : \sum_i weights o i * q (w i) = \sum_i c i * q (w i)) subrr addr0.
  by apply: eq_bigr => i _; rewrite mulrBl.
have meanY : expect D Y = Y c by exact: D_mean.
have varE : expect D (fun c' => (\sum_i (c' i - c i) * g i) ^+ 2) =
            expect D (fun c' => Y c' ^+ 2) - Y c ^+ 2.
  rewrite (expect_eq (f' := fun c' => Y c' ^+ 2 + (- (2%:R * Y c) * Y c' + Y c ^+ 2))) => [|o].
    by rewrite !expectD expectZ expect_cst // meanY; ring.
  by rewrite errE; ring.
rewrite varE (le_trans (_ : _ <= expect D (fun c' => Y c' ^+ 2))) //.
  by rewrite ger_addl oppr_le0 sqr_ge0.
rewrite -[X in _ <= X](expect_cst _ D_prob); apply: expect_le D_prob _ => o.
have [o0 oS same] := D_out o.
have Y_le : `|Y (weights o)| <= (\sum_i c i) * E.
  rewrite -(same_moments_mass same) mulr_suml (le_trans (ler_norm_sum _ _ _)) //.
  apply: ler_sum => i _; rewrite normrM ger0_norm //.
  have [->|oi] := eqVneq (weights o i) 0; first by rewrite !mul0r.
  by rewrite ler_wpmul2l // gq // (subsetP cT) // (subsetP oS) // inE.
rewrite -real_normK ?num_real // ler_sqr ?nnegrE //.
exact: le_trans (normr_ge0 _) Y_le.
Qed.

End UnbiasedReduction.

Section IndependentCells.
Variables (F : realFieldType) (I C : finType) (m k : nat) (w : I -> 'I_m -> F).
Variables (cell : I -> C) (c : I -> F) (D : C -> random_weights F I).
Hypothesis c0 : forall i, 0 <= c i.
Hypothesis D_red : forall u, unbiased_reduction k w (restrict cell u c) (D u).
Implicit Types (g : I -> F) (s : seq C).

Let restrict0 u i : 0 <= restrict cell u c i.
Proof. by rewrite /restrict; case: ifP. Qed.

Let sound u := unbiased_reduction_sound (D_red u) (restrict0 u).

Lemma independent_probability s : is_probability (independent D s).
Proof.
elim: s => [|u s IHs]; first exact: is_probability_certain.
by apply: is_probability_independent_sum => //; have [] := sound u.
Qed.

(* Errors of independent sums add up in mean square. *)
Lemma independent_error s g :
  let err (b : I -> F) (c' : I -> F) := \sum_i (c' i - b i) * g i in
  let total i := \sum_(u <- s) restrict cell u c i in
  expect (independent D s) (err total) = 0 /\
  expect (independent D s) (fun c' => err total c' ^+ 2) =
    \sum_(u <- s) expect (D u) (fun c' => err (restrict cell u c) c' ^+ 2).
Proof.
have err_mean u : expect (D u) (fun c' => \sum_i (c' i - restrict cell u c i) * g i) = 0.
  have [D_prob _ D_mean] := sound u.
  rewrite (expect_eq (f' := fun c' => \sum_i c' i * g i +
                                     (- \sum_i restrict cell u c i * g i))) => [|o].
    by rewrite expectD expect_cst // D_mean subrr.
  by rewrite -sumrB; apply: eq_bigr => i _; rewrite mulrBl.
move=> err; elim: s => [|u s [IHm IHv]] total.
  rewrite !expect_certain big_nil /err.
  by rewrite big1 ?expr0n // => i _; rewrite /total big_nil subrr mul0r.
have [D_prob _ _] := sound u; have P_prob := independent_probability s.
pose rest i := \sum_(u <- s) restrict cell u c i.
have errD (c1 c2 : I -> F) : err total (fun i => c1 i + c2 i) =
    err (restrict cell u c) c1 + err rest c2.
  rewrite /err -big_split; apply: eq_bigr => i _ /=.
  by rewrite /total big_cons -/(rest i); ring.
rewrite -/rest in IHm IHv; split.
  rewrite expect_independent_sum (expect_eq (f' := err (restrict cell u c))) => [|o].
    exact: err_mean.
  rewrite (expect_eq (f' := fun c2 => err rest c2 + err (restrict cell u c) (weights o))).
    by rewrite expectD IHm expect_cst // add0r.
  by move=> o'; rewrite errD addrC.
rewrite expect_independent_sum big_cons -IHv.
rewrite (expect_eq (f' := fun c1 => err (restrict cell u c) c1 ^+ 2 +
                       expect (independent D s) (fun c2 => err rest c2 ^+ 2))) => [|o].
  by rewrite expectD expect_cst.
rewrite (expect_eq (f' := fun c2 => err rest c2 ^+ 2 +
           (2%:R * err (restrict cell u c) (weights o) * err rest c2 +
            err (restrict cell u c) (weights o) ^+ 2))) => [|o'].
  by rewrite !expectD expectZ IHm expect_cst // mulr0 add0r addrC.
by rewrite errD; ring.
Qed.

Lemma restrict_total i : \sum_u restrict cell u c i = c i.
Proof.
rewrite (bigD1 (cell i)) //= /restrict eqxx big1 ?addr0 // => u.
by rewrite eq_sym => /negPf->.
Qed.

Local Notation mass u := (\sum_(i | cell i == u) c i).

(* HEADLINE half_exponent : half-exponent : independent unbiased reductions in M cells keep the expected weights and have mean square error at most sum_u W_u^2 E_u^2, which is at most W^2 max E_u^2 kappa / M if all W_u <= kappa W / M, W_u the mass of cell u, E_u the distance of g there from the polynomials of degree <= k, W the mass of all cells *)
Theorem half_exponent : let P := independent D (index_enum C) in
  [/\ is_probability P, forall i, expect P (fun c' => c' i) = c i
    & forall g (E : C -> F),
        (forall u, near_polynomial k w (fun y : F^o => `|y|) (members cell u) g (E u)) ->
        let mean_square := expect P (fun c' => (\sum_i (c' i - c i) * g i) ^+ 2) in
        mean_square <= \sum_u mass u ^+ 2 * E u ^+ 2 /\
        forall kappa Emax, (forall u, mass u <= kappa * (\sum_i c i) / #|C|%:R) ->
          (forall u, 0 <= E u <= Emax) ->
          mean_square <= (\sum_i c i) ^+ 2 * Emax ^+ 2 * (kappa / #|C|%:R)].
Proof.
move=> P; have P_prob : is_probability P by exact: independent_probability.
have err_total c' g : \sum_i (c' i - \sum_(u <- index_enum C) restrict cell u c i) * g i =
                      \sum_i (c' i - c i) * g i.
  by apply: eq_bigr => i _; rewrite restrict_total.
split=> // [i|g E near mean_square].
  have [mean0 _] := independent_error (index_enum C) (fun j => (j == i)%:R).
  have pick_i (b : I -> F) : \sum_j b j * (j == i)%:R = b i.
    by rewrite (bigD1 i) //= eqxx mulr1 big1 ?addr0 // => j /negPf->; rewrite mulr0.
  rewrite (expect_eq (f' := fun c' => (c' i - c i) + c i)) => [|o]; last by rewrite subrK.
  rewrite expectD expect_cst // -[X in _ = X]add0r -mean0; congr (_ + _).
  by apply: expect_eq => o; rewrite err_total pick_i.
have mass0 u : 0 <= mass u by exact: sumr_ge0.
have massE u : \sum_i restrict cell u c i = mass u.
  by rewrite [RHS]big_mkcond; apply: eq_bigr => i _; rewrite /restrict.
have le_sum : mean_square <= \sum_u mass u ^+ 2 * E u ^+ 2.
  have [_ varE] := independent_error (index_enum C) g.
  rewrite /mean_square (expect_eq (f' := fun c' =>
    (\sum_i (c' i - \sum_(u <- index_enum C) restrict cell u c i) * g i) ^+ 2)) => [|o].
    rewrite varE; apply: ler_sum => u _; rewrite -massE -exprMn.
    apply: unbiased_error (near u) => //.
    by apply/subsetP=> i; rewrite !inE /restrict; case: (cell i =P u) => //; rewrite eqxx.
  by rewrite err_total.
split=> // kappa Emax le_mass le_E; apply: le_trans le_sum _.
have -> : (\sum_i c i) ^+ 2 * Emax ^+ 2 * (kappa / #|C|%:R) =
          \sum_u mass u * (kappa * (\sum_i c i) / #|C|%:R * Emax ^+ 2).
  rewrite -mulr_suml; have <- : \sum_i c i = \sum_u mass u.
    by rewrite (partition_big cell xpredT).
  by ring.
apply: ler_sum => u _; rewrite expr2 -mulrA ler_wpmul2l //.
have /andP[E0 Eu] := le_E u; rewrite ler_pmul ?sqr_ge0 //.
by rewrite ler_expn2r ?nnegrE // (le_trans E0).
Qed.

End IndependentCells.
