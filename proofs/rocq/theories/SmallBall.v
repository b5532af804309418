(* Moment matching in a small ball, for functions of class C^(k+1) in any number
   of variables with values in a normed space.

   Paper: thm:moment (Theorem 3), repaired.  Claim: small-ball-repaired.

   Headline: small_ball_compression.  It reads: let w_0, ..., w_d be points of
   R^(m+1) and c >= 0 weights with sum W.  There is a smallest ball that holds the
   points; its radius s is at most J times their diameter, J^2 = (m+1)/(2(m+2))
   (the dimension is m+1, so this is the claim's constant).  Some c' >= 0 with at
   most 'C(m+1+k, k) nonzero entries has the moments of c of order 0, ..., k, and
   every such c' has |h(sum c' g) - h(sum c g)| <= 2 L W B s^(k+1)/(k+1)! for all
   convex D that hold the points, all g of class C^(k+1) on D whose derivative
   D^(k+1) g(x)[u, ..., u] is at most B for x in D and |u| = 1, and all h with
   Lipschitz constant L.  The norm of X need not be complete.  (A function of class
   C^(k+1) on a neighbourhood of D is so on D: smooth_subset in Taylor.v, where
   smooth_cst and smooth_linear are examples.)                                 *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.classical Require Import boolp classical_sets functions mathcomp_extra.
From mathcomp.analysis Require Import reals topology normedtype.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff CoreInequality EuclideanNorm EnclosingBall Taylor.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory numFieldNormedType.Exports.
Local Open Scope ring_scope.

Section Definitions.
Variables (R : realType) (m : nat).
Implicit Types (D : set 'rV[R]_m.+1).

Definition coordinates (I : Type) (w : I -> 'rV[R]_m.+1) i (j : 'I_m.+1) : R := w i 0 j.

Definition convex D := forall x y t, D x -> D y -> 0 <= t <= 1 -> D (x + t *: (y - x)).

(* g is of class C^n on D and B bounds its directional derivatives of order n.  *)
Definition smooth_bounded (X : normedModType R) D n (g : 'rV[R]_m.+1 -> X) (B : R) :=
  smooth D n g /\
  forall x u, D x -> euclidean u = 1 -> `|differential n g x u| <= B.

Definition smallest_ball (I : Type) (w : I -> 'rV[R]_m.+1) (v : 'rV[R]_m.+1) (s : R) :=
  (forall i, euclidean (w i - v) <= s) /\
  forall v' s', (forall i, euclidean (w i - v') <= s') -> s <= s'.

Lemma seminorm_normed (X : normedModType R) : seminorm (fun x : X => `|x|).
Proof. by split=> [x y|a x]; [exact: ler_norm_add | exact: normrZ]. Qed.

Lemma convex_sum D n (w : 'I_n.+1 -> 'rV[R]_m.+1) v : convex D ->
  (forall i, D (w i)) -> in_hull w v -> D v.
Proof.
move=> D_convex; elim: n w v => [|n IHn] w v Dw [l [l0 l1] ->].
  by move: l1; rewrite !big_ord1 => ->; rewrite scale1r.
have [last1|last_lt1] := eqVneq (l ord_max) 1.
  have rest i : i != ord_max -> l i = 0.
    move: l1; rewrite (bigD1 ord_max) //= last1 -[RHS]addr0 => /addrI/eqP.
    rewrite psumr_eq0 // => /allP/(_ i (mem_index_enum i))/implyP rest_i.
    by move=> /rest_i/eqP.
  rewrite (bigD1 ord_max) //= last1 scale1r big1 ?addr0 // => i /rest->.
  by rewrite scale0r.
pose S := 1 - l ord_max; have SE : S = \sum_(i < n.+1) l (widen_ord (leqnSn _) i).
  by rewrite /S -l1 big_ord_recr /= addrK.
have S_ge0 : 0 <= S by rewrite SE sumr_ge0.
have S0 : S != 0 by rewrite subr_eq0 eq_sym.
pose u := \sum_(i < n.+1) (l (widen_ord (leqnSn _) i) / S) *: w (widen_ord (leqnSn _) i).
have Du : D u.
  apply: IHn (fun i => Dw _) _; exists (fun i => l (widen_ord (leqnSn _) i) / S) => //.
  by split=> [i|]; rewrite ?divr_ge0 // -mulr_suml -SE divff.
have -> : \sum_i l i *: w i = u + l ord_max *: (w ord_max - u).
  rewrite big_ord_recr /= scalerBr addrCA addrC; congr (_ + _).
  rewrite -[X in X - _]scale1r -scalerBl -/S scaler_sumr; apply: eq_bigr => i _.
  by rewrite scalerA mulrCA divff // mulr1.
by apply: D_convex => //; rewrite l0 -subr_ge0.
Qed.

End Definitions.

(* The smallest ball of the nodes of a cluster T, centred in the convex set D.  *)
Lemma cluster_ball (R : realType) (m : nat) (I : finType) (w : I -> 'rV[R]_m.+1)
    (T : {set I}) D : convex D -> (forall i, i \in T -> D (w i)) -> (0 < #|T|)%N ->
  exists v s,
    [/\ D v, forall i, i \in T -> euclidean (w i - v) <= s,
        forall v' s', (forall i, i \in T -> euclidean (w i - v') <= s') -> s <= s'
      & forall delta, (forall i j, i \in T -> j \in T -> euclidean (w i - w j) <= delta) ->
          s <= Num.sqrt (m.+1%:R / (2%:R * m.+2%:R)) * delta].
Proof.
move=> D_convex Dw /card_gt0P[i0 i0T]; have [n nE] : exists n, #|T| = n.+1.
  by exists #|T|.-1; rewrite prednK //; apply/card_gt0P; exists i0.
pose e (r : 'I_n.+1) := nth i0 (enum T) r.
have eT r : e r \in T by rewrite -mem_enum mem_nth // -cardE nE.
have e_onto i : i \in T -> exists r, e r = i.
  rewrite -mem_enum => iT; have lt_i : (index i (enum T) < n.+1)%N.
    by rewrite -nE cardE index_mem.
  by exists (Ordinal lt_i); rewrite /e nth_index.
have [v [s [_ v_hull ws s_min jung_s]]] := enclosing_ball (w \o e).
exists v, s; split=> [|i /e_onto[r <-]|v' s' ws'|delta w_delta].
- by apply: convex_sum v_hull => // r; exact/Dw/eT.
- exact: ws.
- by apply: s_min => r; exact/ws'/eT.
- by apply: jung_s => r r'; exact: w_delta.
Qed.

(* The Taylor polynomial at the centre of a ball.                             *)
Section TaylorPolynomial.
Variables (R : realType) (m k : nat) (X : normedModType R).
Implicit Types (g : 'rV[R]_m.+1 -> X) (v x : 'rV[R]_m.+1).

Lemma polynomial_differential l g v : polynomial_map l
  (fun y : 'I_m.+1 -> R => differential l g v (\row_j y j - v)).
Proof.
elim: l g => [|l IHl] g /=; first exact: polynomial_map_cst.
apply: polynomial_map_sum => j.
have le_size : (msize ('X_j - (v 0 j)%:MP_[m.+1] : {mpoly R[m.+1]})%R <= 2)%N.
  rewrite (leq_trans (msizeD_le _ _)) // geq_max msizeX mdeg1 msizeN msizeC.
  by case: (_ != _).
have [s s_le sE] := polynomial_mapM (leqnn (1 + l)) le_size (IHl (partial j g)).
exists s => // y; rewrite -sE mevalB mevalXU mevalC; congr (_ *: _).
by rewrite !mxE.
Qed.

Definition taylor_polynomial g v (y : 'I_m.+1 -> R) : X :=
  \sum_(l < k.+1) l`!%:R^-1 *: differential l g v (\row_j y j - v).

Lemma polynomial_map_taylor g v : polynomial_map k (taylor_polynomial g v).
Proof.
apply: polynomial_map_sum => l; apply: polynomial_mapZ.
by apply: polynomial_mapW (polynomial_differential l g v); rewrite -ltnS.
Qed.

Variables (I : finType) (w : I -> 'rV[R]_m.+1).

Lemma smooth_bounded_ge0 (D : set 'rV[R]_m.+1) n g B x : D x -> smooth_bounded D n g B -> 0 <= B.
Proof.
move=> Dx [_ gB]; suff e1 : euclidean (delta_mx 0 0 : 'rV[R]_m.+1) = 1.
  exact: le_trans (gB _ _ Dx e1).
rewrite /euclidean /sqnorm /dot (bigD1 0) //= mxE eqxx big1 => [|j /negPf j0].
  by rewrite mulr1 addr0 sqrtr1.
by rewrite mxE j0 andbF mulr0.
Qed.

Lemma near_polynomial_ball (T : {set I}) D g B v s : convex D ->
  smooth_bounded D k.+1 g B -> D v -> (forall i, i \in T -> D (w i)) ->
  (forall i, i \in T -> euclidean (w i - v) <= s) ->
  near_polynomial k (coordinates w) (fun x : X => `|x|) T (fun i => g (w i))
    (B * s ^+ k.+1 / k.+1`!%:R).
Proof.
move=> D_convex [g_smooth gB] Dv Dw ws.
exists (taylor_polynomial g v); first exact: polynomial_map_taylor.
move=> i iT; pose u := w i - v.
have rowE : \row_j coordinates w i j = w i by apply/rowP=> j; rewrite mxE.
rewrite /taylor_polynomial rowE -[X in g X](subrK v) [X in g X]addrC.
apply: (taylor_segment g_smooth) => t t01; first by apply: D_convex => //; exact: Dw.
have Dt : D (v + t *: u) by apply: D_convex => //; exact: Dw.
have [u0|u0] := eqVneq u 0.
  rewrite -/u u0 -(scale0r (0 : 'rV[R]_m.+1)) differentialZ exprS mul0r scale0r normr0.
  have B0 : 0 <= B by exact: smooth_bounded_ge0 Dv (conj g_smooth gB).
  have s0 : 0 <= s by apply: le_trans (ws i iT); exact: euclidean_ge0.
  by rewrite mulr_ge0 ?exprn_ge0.
have n0 : euclidean u != 0 by rewrite sqrtr_eq0 -ltNge lt_def sqnorm_eq0 u0 sqnorm_ge0.
have n_gt0 : 0 < euclidean u by rewrite lt_def n0 euclidean_ge0.
have uE : u = euclidean u *: ((euclidean u)^-1 *: u) by rewrite scalerA divff // scale1r.
have unit_u : euclidean ((euclidean u)^-1 *: u) = 1.
  by rewrite euclideanZ ger0_norm ?invr_ge0 ?euclidean_ge0 // mulVf.
rewrite -/u {2}uE differentialZ normrZ normrX (ger0_norm (euclidean_ge0 _)) mulrC.
apply: ler_pmul => //; first by rewrite exprn_ge0 ?euclidean_ge0.
  exact: gB.
rewrite ler_expn2r ?nnegrE ?euclidean_ge0 //; last exact: ws.
exact: le_trans (euclidean_ge0 _) (ws i iT).
Qed.

End TaylorPolynomial.

Lemma ball_compression_error (R : realType) (m k : nat) (I : finType)
    (w : I -> 'rV[R]_m.+1) (c c' : I -> R) :
  (forall i, 0 <= c i) -> (forall i, 0 <= c' i) ->
  same_moments k (coordinates w) c' c ->
  forall (X : normedModType R) (D : set 'rV[R]_m.+1) (g : 'rV[R]_m.+1 -> X) (B : R)
         (h : X -> R) (L : R) v s,
    convex D -> D v -> (forall i, D (w i)) -> (forall i, euclidean (w i - v) <= s) ->
    smooth_bounded D k.+1 g B -> 0 <= L -> lipschitz (fun x : X => `|x|) L h ->
    `|h (\sum_i c' i *: g (w i)) - h (\sum_i c i *: g (w i))|
      <= 2%:R * L * (\sum_i c i) * (B * s ^+ k.+1 / k.+1`!%:R).
Proof.
move=> c0 c'0 same X D g B h L v s D_convex Dv Dw ws g_B L0 h_lip.
have near := @near_polynomial_ball R m k X I w finset.setT D g B v s D_convex g_B Dv
               (fun i _ => Dw i) (fun i _ => ws i).
have out (i : I) : i \notin (finset.setT : {set I}) -> c' i = c i by rewrite finset.in_setT.
have := core_inequality (@seminorm_normed R X) c0 c'0 out same near L0 h_lip.
by rewrite (eq_bigl _ _ (fun i => finset.in_setT i)) !mulrA [L * 2%:R]mulrC.
Qed.

(* HEADLINE small_ball_compression : small-ball-repaired : some c' >= 0 on at most N = 'C(m + k, k) of the nodes has the moments of c of order 0, ..., k, and every such c' errs by at most 2 L W B s^(k+1)/(k+1)!, W the sum of c >= 0, L the Lipschitz constant of h, B a bound of the directional derivatives of g of order k+1, s the radius of the smallest ball that holds the nodes, which is at most sqrt(m/(2(m+1))) times their diameter *)
Theorem small_ball_compression (R : realType) (d m k : nat)
    (w : 'I_d.+1 -> 'rV[R]_m.+1) (c : 'I_d.+1 -> R) : (forall i, 0 <= c i) ->
  exists v s,
    [/\ smallest_ball w v s,
        forall delta, (forall i j, euclidean (w i - w j) <= delta) ->
          s <= Num.sqrt (m.+1%:R / (2%:R * m.+2%:R)) * delta,
        exists c', [/\ forall i, 0 <= c' i, support c' \subset support c,
                       (#|support c'| <= 'C(m.+1 + k, k))%N
                     & same_moments k (coordinates w) c' c]
      & forall c', (forall i, 0 <= c' i) -> same_moments k (coordinates w) c' c ->
        forall (X : normedModType R) (D : set 'rV[R]_m.+1) (g : 'rV[R]_m.+1 -> X) (B : R)
               (h : X -> R) (L : R),
          convex D -> (forall i, D (w i)) -> smooth_bounded D k.+1 g B ->
          0 <= L -> lipschitz (fun x : X => `|x|) L h ->
          `|h (\sum_i c' i *: g (w i)) - h (\sum_i c i *: g (w i))|
            <= 2%:R * L * (\sum_i c i) * (B * s ^+ k.+1 / k.+1`!%:R)].
Proof.
move=> c0; have [v [s [_ v_hull ws s_min jung_s]]] := enclosing_ball w.
exists v, s; split=> //; first exact: tchakaloff.
move=> c' c'0 same X D g B h L D_convex Dw g_B L0 h_lip.
have Dv : D v by exact: convex_sum v_hull.
exact: (ball_compression_error c0 c'0 same D_convex Dv Dw ws g_B L0 h_lip).
Qed.
