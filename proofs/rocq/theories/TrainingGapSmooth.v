(* Training a compressed mean-field network stays close, with the bounds on derivatives
   (paper: thm:DLTH, repaired; claim dynamical-lth-repaired, first half).

   TrainingGap.v bounds how far two measures of objects move apart under gradient
   descent, from Lipschitz constants.  Here these come from derivatives, over any complete
   ordered field R (the real numbers), for objects in R^m with the Euclidean norm:
   |l_a'| <= C1, |l_a''| <= C2, |grad g| <= G1 and |Hess g| <= G2, the Hessian in the
   operator norm.  Derivatives of g are taken along lines v + t u:
   - `dloss a`, `ddloss a`   first and second derivative of the loss l_a;
   - `gradient w a`          the vector with d/dt g(w + t u, x_a) = <gradient, u>;
   - `hessian w a u e`       the number d/dt <gradient (w + t u) a, e>.
   `output_gap`, `flow_gap`, `averages` are those of TrainingGap.v.

   Headline: training_gap_smooth.                                                     *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.classical Require Import boolp classical_sets functions.
From mathcomp.analysis Require Import reals topology normedtype derive.
From UComp Require Import EuclideanNorm TrainingGap.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Import numFieldNormedType.Exports.
Local Open Scope ring_scope.

Section Derivatives.
Variable R : realType.

(* The mean value theorem as a Lipschitz bound. *)
Lemma mean_value (f df : R -> R) (B a b : R) :
  (forall t, is_derive t 1 f (df t)) -> (forall t, `|df t| <= B) ->
  `|f b - f a| <= B * `|b - a|.
Proof.
wlog le_ab : a b / a <= b.
  move=> sym fd dB; have [|/ltW] := leP a b; first by move=> ?; apply: sym.
  by move=> ?; rewrite distrC [`|b - a|]distrC; apply: sym.
move=> fd dB; have cont : {within `[a, b]%classic, continuous f}.
  apply: continuous_subspaceT => t; apply: differentiable_continuous.
  by apply/derivable1_diffP; case: (fd t).
have [c _ ->] := MVT_segment le_ab (fun t _ => fd t) cont.
by rewrite normrM ler_wpmul2r.
Qed.
End Derivatives.

Section Smooth.
Variables (R : realType) (m n : nat).
Local Notation W := 'rV[R]_m.
Variables (g : W -> 'I_n -> R) (gradient : W -> 'I_n -> W).
Variables (hessian : W -> 'I_n -> W -> W -> R).
Variables (dloss ddloss : 'I_n -> R -> R).

Definition derivatives : Prop :=
  [/\ forall a v u t, is_derive t 1 (fun s => g (v + s *: u) a)
        (dot (gradient (v + t *: u) a) u),
      forall a v u e t, is_derive t 1 (fun s => dot (gradient (v + s *: u) a) e)
        (hessian (v + t *: u) a u e)
    & forall a y, is_derive y 1 (dloss a) (ddloss a y)].

Definition bounded_derivatives (C1 C2 G1 G2 : R) : Prop :=
  [/\ forall a y, `|dloss a y| <= C1,
      forall a y, `|ddloss a y| <= C2,
      forall a w, euclidean (gradient w a) <= G1
    & forall a w u e, `|hessian w a u e| <= G2 * euclidean u * euclidean e].

Lemma euclidean_is_seminorm : is_seminorm (@euclidean R m).
Proof. by split=> [v w|c w]; [exact: euclideanD | exact: euclideanZ]. Qed.

Lemma dotNl (x y : W) : dot (- x) y = - dot x y.
Proof. by rewrite -[- x]scaleN1r dotZl mulN1r. Qed.

Lemma dot_bound (x y : W) : `|dot x y| <= euclidean x * euclidean y.
Proof.
rewrite ler_norml cauchy_schwarz andbT ler_oppl -dotNl -[euclidean x]euclideanN.
exact: cauchy_schwarz.
Qed.

Lemma smooth_of_derivatives C1 C2 G1 G2 : 0 <= G2 -> derivatives ->
  bounded_derivatives C1 C2 G1 G2 -> smooth g gradient dloss (@euclidean R m) C1 C2 G1 G2.
Proof.
move=> G20 [g_d grad_d loss_d] [l1 l2 g1 g2].
have wv (v w : W) : w + (v - w) = v by rewrite addrC subrK.
split=> //.
- by move=> a y z; exact: mean_value (loss_d a) (l2 a).
- move=> a v w; have bound t : `|dot (gradient (w + t *: (v - w)) a) (v - w)| <=
      G1 * euclidean (v - w).
    by rewrite (le_trans (dot_bound _ _)) // ler_wpmul2r ?euclidean_ge0.
  have := mean_value 0 1 (g_d a w (v - w)) bound.
  by rewrite scale1r scale0r addr0 wv subr0 normr1 mulr1.
move=> a v w; set e := gradient v a - gradient w a.
have [->|e0] := eqVneq (euclidean e) 0; first by rewrite mulr_ge0 ?euclidean_ge0.
have e_gt0 : 0 < euclidean e by rewrite lt_def e0 euclidean_ge0.
rewrite -(ler_pmul2r e_gt0) -expr2 sqr_euclidean.
have := mean_value 0 1 (grad_d a w (v - w) e) (fun t => g2 a _ (v - w) e).
rewrite scale1r scale0r addr0 wv subr0 normr1 mulr1; apply: le_trans.
by rewrite (le_trans _ (ler_norm _)) // /sqnorm {1}/e dotDl dotNl.
Qed.

(* HEADLINE training_gap_smooth : dynamical-lth-repaired : with |l_a'| <= C1, |l_a''| <= C2, |grad g| <= G1 and |Hess g| <= G2 the outputs of two measures trained for T steps of gradient descent differ by at most (1 + eta kappa)^T max_(s <= T) delta_s, kappa = C1 G2 + C2 G1^2 (first half of the claim) *)
Theorem training_gap_smooth (mu nu : (W -> R) -> R) (integrable : (W -> R) -> Prop)
    (eta C1 C2 G1 G2 : R) (T : nat) :
  0 <= eta -> 0 <= C1 -> 0 <= C2 -> 0 <= G1 -> 0 <= G2 ->
  derivatives -> bounded_derivatives C1 C2 G1 G2 ->
  (forall s a, integrable (fun w => g (flow g gradient dloss eta mu s w) a)) ->
  (forall s a, integrable (fun w => g (flow g gradient dloss eta nu s w) a)) ->
  averages integrable nu ->
  output_gap g gradient dloss eta mu nu T <=
    (1 + eta * (C1 * G2 + C2 * G1 ^+ 2)) ^+ T *
    \big[Num.max/0]_(s < T.+1) flow_gap g gradient dloss eta mu nu s.
Proof.
move=> eta0 C10 C20 G10 G20 diff bounds mu_int nu_int nuP.
have smooth_g := smooth_of_derivatives G20 diff bounds.
have [le_sum le_power] := training_gap T eta0 C10 C20 G10 G20 euclidean_is_seminorm smooth_g
  mu_int nu_int nuP.
exact: le_trans le_sum le_power.
Qed.
End Smooth.

(* The hypotheses can be met: linear objects, losses with constant derivative. *)
Lemma derivatives_linear (R : realType) (m n : nat) (x : 'I_n -> 'rV[R]_m) (C1 G1 : R) :
  0 <= C1 -> (forall a, euclidean (x a) <= G1) ->
  derivatives (fun w a => dot w (x a)) (fun _ a => x a) (fun _ _ _ _ => 0)
    (fun _ _ => C1) (fun _ _ => 0) /\
  bounded_derivatives (fun _ a => x a) (fun _ _ _ _ => 0) (fun _ _ => C1)
    (fun (_ : 'I_n) _ => 0) C1 0 G1 0.
Proof.
move=> C10 xG1; split; split=> //.
- move=> a v u t; have -> : (fun s => dot (v + s *: u) (x a)) =
      (cst (dot v (x a)) : R -> R) + (dot (x a) u \*: id).
    by apply/funext => s; rewrite dotDl dotZl [dot u _]dotC mulrC.
  have slope := is_deriveZ (dot (x a) u) (is_derive_id t (1 : R^o)).
  apply: is_derive_eq (is_deriveD (is_derive_cst (dot v (x a) : R^o) t (1 : R^o)) slope) _.
  exact: etrans (add0r _) (mulr1 _).
- by move=> a v u e t; exact: is_derive_cst.
- by move=> a y; exact: is_derive_cst.
- by move=> a y; rewrite ger0_norm.
- by move=> a y; rewrite normr0.
- by move=> a w u e; rewrite normr0 !mul0r.
Qed.
