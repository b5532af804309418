(* Training a compressed mean-field network stays close, step by step
   (paper: thm:DLTH, repaired; claim dynamical-lth-repaired, first half).

   The network is y(x) = mean of g(w, x) over the objects w.  A step of gradient
   descent moves every object to
       w - (eta / n) sum_a l_a'(y(x_a)) grad g(w, x_a),
   a = 1, ..., n the training inputs.  A measure mu_0 of objects trained for s
   steps is mu_0 carried along by its flow F_s.  For two measures mu and nu let
   - delta_s the largest difference, over the inputs, of the integrals of
     g(F_s(w), x_a) over mu and nu, F_s the first s steps of mu ([flow_gap]);
   - e_T the largest difference of the outputs after T steps ([output_gap]).
   Headline training_gap: with kappa = C1 G2 + C2 G1^2,
       e_T <= delta_T + eta C2 G1^2 sum_(s < T) (1 + eta kappa)^(T-1-s) delta_s
           <= (1 + eta kappa)^T max_(s <= T) delta_s.

   Assumed of g, of grad and of the derivatives l_a' are the inequalities that
   the bounds |l'| <= C1, |l''| <= C2, |grad g| <= G1 and |Hess g| <= G2 give by
   the mean value theorem.  Objects live in a vector space over an ordered field
   with any seminorm.  A measure enters by its integral alone, of which is asked that
   functions within b of one another have integrals within b of one another.

   Headline compressed_training: measures with finitely many nodes.  If the
   functions g(F_s(w), x_a) are within E of polynomials of degree <= k on each of
   M cells, then at most M 'C(m + k, k) of the nodes, with weights that depend on
   neither g nor l_a, give e_T <= 2 E (1 + eta kappa)^T.  (The claim's bound of E
   for functions g that are bounded in a complex neighbourhood is not shown here.)
                                                                              *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff CellwiseCompression.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Training.
Variables (R : realFieldType) (W : lmodType R) (n : nat).
Variables (g : W -> 'I_n -> R) (gradient : W -> 'I_n -> W).
Variables (dloss : 'I_n -> R -> R) (eta : R).

(* One step for the outputs y of the network. *)
Definition descent (y : 'I_n -> R) (w : W) : W :=
  w - (eta / n%:R) *: \sum_a dloss a (y a) *: gradient w a.

(* The first s steps of the measure with integral mu. *)
Fixpoint flow (mu : (W -> R) -> R) (s : nat) (w : W) : W :=
  if s is t.+1 then descent (fun a => mu (fun v => g (flow mu t v) a)) (flow mu t w)
  else w.

(* The outputs after s steps. *)
Definition output (mu : (W -> R) -> R) (s : nat) (a : 'I_n) : R :=
  mu (fun w => g (flow mu s w) a).

Definition output_gap (mu nu : (W -> R) -> R) (s : nat) : R :=
  \big[Num.max/0]_a `|output mu s a - output nu s a|.

Definition flow_gap (mu nu : (W -> R) -> R) (s : nat) : R :=
  \big[Num.max/0]_a `|output mu s a - nu (fun w => g (flow mu s w) a)|.

Definition is_seminorm (norm : W -> R) : Prop :=
  (forall v w, norm (v + w) <= norm v + norm w) /\
  (forall c w, norm (c *: w) = `|c| * norm w).

(* On this class of functions the integral moves by at most b if the function does. *)
Definition averages (integrable : (W -> R) -> Prop) (nu : (W -> R) -> R) : Prop :=
  forall f f' b, integrable f -> integrable f' ->
    (forall w, `|f w - f' w| <= b) -> `|nu f - nu f'| <= b.

Definition smooth (norm : W -> R) (C1 C2 G1 G2 : R) : Prop :=
  [/\ forall a y, `|dloss a y| <= C1,
      forall a y z, `|dloss a y - dloss a z| <= C2 * `|y - z|,
      forall a v w, `|g v a - g w a| <= G1 * norm (v - w),
      forall a w, norm (gradient w a) <= G1
    & forall a v w, norm (gradient v a - gradient w a) <= G2 * norm (v - w)].

(* Largest of finitely many nonnegative numbers. *)
Lemma le_largest (I : finType) (f : I -> R) i : f i <= \big[Num.max/0]_j f j.
Proof.
have: i \in index_enum I by rewrite mem_index_enum.
elim: (index_enum I) => //= j r IHr; rewrite inE big_cons le_maxr.
by case/predU1P=> [<-|/IHr->]; rewrite ?lexx ?orbT.
Qed.

Lemma largest_le (I : finType) (f : I -> R) b :
  0 <= b -> (forall i, f i <= b) -> \big[Num.max/0]_i f i <= b.
Proof. by move=> b0 fb; elim/big_rec: _ => // i x _ xb; rewrite le_maxl fb. Qed.

Lemma largest_ge0 (I : finType) (f : I -> R) : 0 <= \big[Num.max/0]_i f i.
Proof. by elim/big_rec: _ => // i x _ x0; rewrite le_maxr x0 orbT. Qed.

Section Gap.
Variables (mu nu : (W -> R) -> R) (integrable : (W -> R) -> Prop) (norm : W -> R).
Variables C1 C2 G1 G2 : R.
Hypotheses (eta_ge0 : 0 <= eta) (C1_ge0 : 0 <= C1) (C2_ge0 : 0 <= C2).
Hypotheses (G1_ge0 : 0 <= G1) (G2_ge0 : 0 <= G2).
Hypotheses (normP : is_seminorm norm) (bounds : smooth norm C1 C2 G1 G2).
Hypothesis integrable_mu : forall s a, integrable (fun w => g (flow mu s w) a).
Hypothesis integrable_nu : forall s a, integrable (fun w => g (flow nu s w) a).
Hypothesis nuP : averages integrable nu.

Let e := output_gap mu nu.
Let delta := flow_gap mu nu.
Let kappa := C1 * G2 + C2 * G1 ^+ 2.

Lemma norm0 : norm 0 = 0.
Proof. by rewrite -(scale0r 0) normP.2 normr0 mul0r. Qed.

Lemma norm_sum (I : Type) (r : seq I) (f : I -> W) :
  norm (\sum_(i <- r) f i) <= \sum_(i <- r) norm (f i).
Proof.
elim/big_rec2: _ => [|i x v _ le_v]; first by rewrite norm0.
by rewrite (le_trans (normP.1 _ _)) // ler_add2l.
Qed.

Lemma norm_ge0 w : 0 <= norm w.
Proof.
have := normP.1 w (- w); rewrite subrr norm0 -scaleN1r normP.2 normrN1 mul1r.
by rewrite -mulr2n -mulr_natl pmulr_rge0 ?ltr0n.
Qed.

(* Two objects under one step of either network. *)
Lemma descent_gap y z b v w D : 0 <= b ->
  (forall a, `|y a - z a| <= b) -> norm (v - w) <= D ->
  norm (descent y v - descent z w) <= (1 + eta * (C1 * G2)) * D + eta * (C2 * G1) * b.
Proof.
case: bounds => l1 l2 _ g1 g2 b0 yz vw.
pose h a := dloss a (y a) *: (gradient v a - gradient w a) +
            (dloss a (y a) - dloss a (z a)) *: gradient w a.
have hE : descent y v - descent z w = (v - w) + (- (eta / n%:R)) *: \sum_a h a.
  rewrite /descent opprD addrACA opprK scaleNr; congr (_ + _).
  rewrite addrC -scalerBr -sumrB -scalerN -sumrN; congr (_ *: _).
  by apply: eq_bigr => a _; rewrite /h scalerBr scalerBl addrA subrK opprB.
pose bound := C1 * G2 * D + C2 * G1 * b.
have D0 : 0 <= D := le_trans (norm_ge0 _) vw.
have h_le a : norm (h a) <= bound.
  rewrite (le_trans (normP.1 _ _)) // !normP.2 ler_add //.
    rewrite -mulrA ler_pmul ?norm_ge0 // (le_trans (g2 _ _ _)) // ler_wpmul2l //.
  rewrite mulrAC ler_pmul ?norm_ge0 // (le_trans (l2 _ _ _)) // ler_wpmul2l //.
have -> : (1 + eta * (C1 * G2)) * D + eta * (C2 * G1) * b = D + eta * bound.
  by rewrite /bound; ring.
rewrite hE (le_trans (normP.1 _ _)) // normP.2 normrN ler_add //.
have [n0|n_gt0] := posnP n.
  by rewrite {1}n0 invr0 mulr0 normr0 mul0r !(mulr_ge0, addr_ge0).
rewrite ger0_norm ?divr_ge0 ?ler0n // -mulrA ler_wpmul2l // ler_pdivr_mull ?ltr0n //.
rewrite (le_trans (norm_sum _ _)) // -[X in X%:R]card_ord -sumr_const mulr_suml.
by rewrite ler_sum // => a _; rewrite mul1r.
Qed.

Lemma e_ge0 s : 0 <= e s.
Proof. exact: largest_ge0. Qed.
Lemma delta_ge0 s : 0 <= delta s.
Proof. exact: largest_ge0. Qed.

(* A bound of the distance of the two flows. *)
Fixpoint drift s : R :=
  if s is t.+1 then (1 + eta * (C1 * G2)) * drift t + eta * (C2 * G1) * e t else 0.

Lemma drift_ge0 s : 0 <= drift s.
Proof.
by elim: s => //= s IHs; rewrite addr_ge0 ?mulr_ge0 ?addr_ge0 ?mulr_ge0 ?ler01 ?e_ge0.
Qed.

Lemma flow_drift s w : norm (flow mu s w - flow nu s w) <= drift s.
Proof.
elim: s w => [|s IHs] w /=; first by rewrite subrr norm0.
apply: (descent_gap (e_ge0 s)) => // a.
exact: (le_largest (fun a => `|output mu s a - output nu s a|)).
Qed.

Lemma output_gap_drift s : e s <= delta s + G1 * drift s.
Proof.
rewrite /e /output_gap; apply: largest_le => [|a].
  by rewrite addr_ge0 ?delta_ge0 // mulr_ge0 ?drift_ge0.
pose mid := nu (fun w => g (flow mu s w) a).
rewrite -(subrK mid (output mu s a)) -addrA (le_trans (ler_norm_add _ _)) //.
rewrite ler_add //; first exact: (le_largest _ a).
apply: nuP => // w; case: bounds => _ _ g_lip _ _.
by rewrite (le_trans (g_lip a _ _)) // ler_wpmul2l // flow_drift.
Qed.

Lemma drift_le s : drift s <=
  eta * (C2 * G1) * \sum_(r < s) (1 + eta * kappa) ^+ (s - r.+1) * delta r.
Proof.
elim: s => [|s IHs]; first by rewrite big_ord0 mulr0.
rewrite big_ord_recr /= subnn expr0 mul1r mulrDr.
apply: le_trans (_ : (1 + eta * kappa) * drift s + eta * (C2 * G1) * delta s <= _).
  rewrite (_ : (1 + eta * kappa) * _ + _ = (1 + eta * (C1 * G2)) * drift s +
               eta * (C2 * G1) * (delta s + G1 * drift s)); last by rewrite /kappa; ring.
  by rewrite ler_add2l ler_wpmul2l ?mulr_ge0 ?output_gap_drift.
have step_ge0 : 0 <= 1 + eta * kappa.
  by rewrite addr_ge0 ?mulr_ge0 ?addr_ge0 ?mulr_ge0 ?exprn_ge0 ?ler01.
rewrite ler_add2r (le_trans (ler_wpmul2l step_ge0 IHs)) //.
rewrite mulrCA ler_wpmul2l ?mulr_ge0 // mulr_sumr.
by apply: ler_sum => r _; rewrite mulrA -exprS -subSn.
Qed.

Lemma geometric_sum (h : R) (T : nat) :
  1 + h * (\sum_(s < T) (1 + h) ^+ (T - s.+1)) = (1 + h) ^+ T.
Proof.
rewrite (reindex_inj rev_ord_inj) /= -[RHS](subrK 1) subrX1 [1 + h]addrC addrK.
rewrite addrC; congr (_ * _ + _); apply: eq_bigr => s _.
by rewrite subnSK // subKn // ltnW.
Qed.

Lemma training_gap_sum T : e T <= delta T +
  eta * (C2 * G1 ^+ 2) * \sum_(s < T) (1 + eta * kappa) ^+ (T - 1 - s) * delta s.
Proof.
apply: (le_trans (output_gap_drift T)); rewrite ler_add2l.
apply: (le_trans (ler_wpmul2l G1_ge0 (drift_le T))).
have regroup S : eta * (C2 * G1 ^+ 2) * S = G1 * (eta * (C2 * G1) * S) by ring.
rewrite regroup.
by under eq_bigr do rewrite -add1n subnDA.
Qed.

Lemma training_gap_power T : delta T +
  eta * (C2 * G1 ^+ 2) * (\sum_(s < T) (1 + eta * kappa) ^+ (T - 1 - s) * delta s) <=
  (1 + eta * kappa) ^+ T * \big[Num.max/0]_(s < T.+1) delta s.
Proof.
set M := \big[Num.max/0]_(s < _) _; set h := eta * kappa.
have h_ge0 : 0 <= h by rewrite /h /kappa !(mulr_ge0, addr_ge0) ?exprn_ge0.
have le_M (s : nat) : (s <= T)%N -> delta s <= M.
  rewrite -ltnS => lt_s.
  exact: (le_largest (fun r : 'I_T.+1 => delta r) (Ordinal lt_s)).
have pow_ge0 r : 0 <= (1 + h) ^+ r by apply: exprn_ge0; apply: addr_ge0; rewrite ?ler01.
rewrite -(geometric_sum h T) mulrDl mul1r ler_add ?le_M //.
rewrite -[X in _ <= X]mulrA mulr_suml.
apply: ler_pmul.
- by rewrite mulr_ge0 ?mulr_ge0 ?exprn_ge0.
- by rewrite sumr_ge0 // => s _; rewrite mulr_ge0 ?delta_ge0.
- by rewrite ler_wpmul2l // /kappa ler_addr mulr_ge0.
by apply: ler_sum => s _; rewrite -subnDA add1n ler_wpmul2l // le_M // ltnW.
Qed.

End Gap.

(* HEADLINE training_gap : dynamical-lth-repaired : the outputs of two measures trained for T steps differ by at most delta_T + eta C2 G1^2 sum_(s < T) (1 + eta kappa)^(T-1-s) delta_s, which is at most (1 + eta kappa)^T max_(s <= T) delta_s (first half of the claim) *)
Theorem training_gap (mu nu : (W -> R) -> R) (integrable : (W -> R) -> Prop)
    (norm : W -> R) (C1 C2 G1 G2 : R) (T : nat) :
  0 <= eta -> 0 <= C1 -> 0 <= C2 -> 0 <= G1 -> 0 <= G2 ->
  is_seminorm norm -> smooth norm C1 C2 G1 G2 ->
  (forall s a, integrable (fun w => g (flow mu s w) a)) ->
  (forall s a, integrable (fun w => g (flow nu s w) a)) ->
  averages integrable nu ->
  let kappa := C1 * G2 + C2 * G1 ^+ 2 in
  let bound := flow_gap mu nu T + eta * (C2 * G1 ^+ 2) *
    (\sum_(s < T) (1 + eta * kappa) ^+ (T - 1 - s) * flow_gap mu nu s) in
  output_gap mu nu T <= bound /\
  bound <= (1 + eta * kappa) ^+ T * \big[Num.max/0]_(s < T.+1) flow_gap mu nu s.
Proof.
move=> eta0 C10 C20 G10 G20 normP bounds mu_int nu_int nuP /=; split.
  exact: (training_gap_sum eta0 C10 C20 G10 G20 normP bounds mu_int nu_int nuP).
exact: (@training_gap_power mu nu C1 C2 G1 G2 eta0 C10 C20 G10 G20).
Qed.

(* Measures with finitely many nodes. *)
Definition mean (I : finType) (p : I -> R) (w : I -> W) (f : W -> R) : R :=
  \sum_i p i * f (w i).

Lemma mean_averages (I : finType) (p : I -> R) (w : I -> W) :
  (forall i, 0 <= p i) -> \sum_i p i = 1 -> averages (fun=> True) (mean p w).
Proof.
move=> p0 p1 f f' b _ _ fb; rewrite /mean -sumrB.
apply: le_trans (ler_norm_sum _ _ _) _; rewrite -[b]mul1r -p1 mulr_suml.
by apply: ler_sum => i _; rewrite -mulrBr normrM ger0_norm // ler_wpmul2l.
Qed.

End Training.

(* There are such: the sum of the absolute values of the coordinates is one. *)
Lemma sum_norm_is_seminorm (R : realFieldType) m :
  is_seminorm (fun w : 'rV[R]_m => \sum_l `|w 0 l|).
Proof.
split=> [v w|c w]; last by rewrite mulr_sumr; apply: eq_bigr => l _; rewrite mxE normrM.
by rewrite -big_split; apply: ler_sum => l _; rewrite mxE ler_norm_add.
Qed.

(* One reduction in every cell (CellwiseCompression.v); the coordinates of the nodes are
   entries of row vectors.                                                    *)
Section Cells.
Variables (R : realFieldType) (m k : nat) (I J : finType).
Variables (w : I -> 'rV[R]_m) (cell : I -> J).

Definition coordinates (i : I) (l : 'I_m) : R := w i 0 l.

(* Polynomials of degree <= k have the same integral over every cell. *)
Lemma same_cell_integrals (p p' : I -> R) (j : J) (q : {mpoly R[m]}) :
  same_cell_moments k coordinates cell p' p -> (msize q <= k.+1)%N ->
  \sum_(i | cell i == j) p' i * q.@[coordinates i] =
  \sum_(i | cell i == j) p i * q.@[coordinates i].
Proof.
move=> same le_q; have := same_moments_poly (same j) le_q.
have cut (c : I -> R) : \sum_i restrict cell j c i * q.@[coordinates i] =
    \sum_(i | cell i == j) c i * q.@[coordinates i].
  by rewrite [RHS]big_mkcond; apply: eq_bigr => i _; rewrite /restrict;
    case: ifP => _; rewrite ?mul0r.
by rewrite !cut.
Qed.

(* HEADLINE compressed_training : dynamical-lth-repaired : probability weights on finitely many nodes in M cells have probability weights p' on at most M 'C(m + k, k) of them such that, for all networks and losses, if g o F_s is within E of polynomials of degree <= k on every cell for s <= T, the outputs after T steps differ by at most 2 E (1 + eta kappa)^T (the claim without its bound of E) *)
Theorem compressed_training (p : I -> R) : (forall i, 0 <= p i) -> \sum_i p i = 1 ->
  exists p' : I -> R,
    [/\ forall i, 0 <= p' i, \sum_i p' i = 1, support p' \subset support p,
        (#|support p'| <= #|J| * 'C(m + k, k))%N
      & forall (n : nat) (g : 'rV[R]_m -> 'I_n -> R) (gradient : 'rV[R]_m -> 'I_n -> 'rV[R]_m)
          (dloss : 'I_n -> R -> R) (norm : 'rV[R]_m -> R) (eta C1 C2 G1 G2 E : R) (T : nat),
        0 <= eta -> 0 <= C1 -> 0 <= C2 -> 0 <= G1 -> 0 <= G2 -> 0 <= E ->
        is_seminorm norm -> smooth g gradient dloss norm C1 C2 G1 G2 ->
        (forall s a j, (s <= T)%N -> exists2 q : {mpoly R[m]}, (msize q <= k.+1)%N &
           forall i, cell i = j ->
             `|g (flow g gradient dloss eta (mean p w) s (w i)) a - q.@[coordinates i]| <= E) ->
        output_gap g gradient dloss eta (mean p w) (mean p' w) T <=
          (1 + eta * (C1 * G2 + C2 * G1 ^+ 2)) ^+ T * (2%:R * E)].
Proof.
move=> p0 p1; have [p' [p'0 p'S p'N same]] := cellwise_reduction k coordinates cell p0.
have p'E j q := same_cell_integrals j (q := q) same.
have p'1 : \sum_i p' i = 1.
  rewrite -p1 (partition_big cell xpredT) // [RHS](partition_big cell xpredT) //=.
  apply: eq_bigr => j _; have := p'E j 1; rewrite msize1 => /(_ isT).
  by under eq_bigr do rewrite meval1 mulr1; under [RHS]eq_bigr do rewrite meval1 mulr1.
exists p'; split=> // n g gradient dloss norm eta C1 C2 G1 G2 E T.
move=> eta0 C10 C20 G10 G20 E0 normP bounds approx.
have [le_bound le_power] := training_gap (mu := mean p w) T eta0 C10 C20 G10 G20 normP
  bounds (fun _ _ => Logic.I) (fun _ _ => Logic.I) (mean_averages w p'0 p'1).
apply: (le_trans (le_trans le_bound le_power)); rewrite ler_wpmul2l //.
  by rewrite exprn_ge0 ?addr_ge0 ?mulr_ge0 ?addr_ge0 ?mulr_ge0 ?exprn_ge0 ?ler01.
apply: largest_le => [|s]; first by rewrite mulr_ge0 ?ler0n.
apply: largest_le => [|a]; first by rewrite mulr_ge0 ?ler0n.
have le_s : (s <= T)%N by rewrite -ltnS.
pose f v := g (flow g gradient dloss eta (mean p w) s v) a.
have [q q_size qP] := fin_all_exists2 (fun j => approx s a j le_s).
have -> : 2%:R * E = \sum_i (p i + p' i) * E by rewrite -mulr_suml big_split /= p1 p'1.
rewrite (_ : output _ _ _ _ _ _ _ - _ =
  \sum_i (p i - p' i) * (f (w i) - (q (cell i)).@[coordinates i])); last first.
  rewrite /output /mean -sumrB; apply/eqP; rewrite -subr_eq0 -sumrB.
  rewrite (partition_big cell xpredT) //= big1 // => j _.
  rewrite (eq_bigr (fun i => p i * (q j).@[coordinates i] - p' i * (q j).@[coordinates i])).
    by rewrite sumrB p'E ?subrr.
  by move=> i /eqP->; rewrite -/(f (w i)) -!mulrBl -mulrBr opprB addrCA subrr addr0.
apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => i _.
rewrite normrM ler_pmul //; last by apply: (qP (cell i)).
by rewrite (le_trans (ler_norm_sub _ _)) // !ger0_norm.
Qed.

End Cells.
