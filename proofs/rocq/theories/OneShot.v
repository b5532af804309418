(* Compression by one reduction in each cell of a grid, for functions of class
   C^(k+1) in any number of variables: the power of d' that fixed smoothness
   allows.

   Paper: thm:compression_errorbound (Theorem 4), with a better power.
   Claim: one-shot-compression.

   Headline: one_shot, which holds one_shot_compression and one_shot_rate.  The
   dimension is m + 1.
   The first reads: let the nodes w_i lie in the cube [-r, r]^(m+1), c >= 0 with
   sum W, n >= 1.  Some c' >= 0 on at most n^(m+1) N nodes, N = 'C(m+1+k, k), has
   |h(sum c' g) - h(sum c g)| <= 2 L W B (r sqrt(m+1)/n)^(k+1)/(k+1)! for all
   convex D that hold the nodes, all g of class C^(k+1) on D with directional
   derivatives of order k+1 at most B and all h with Lipschitz constant L.  The
   second: for d' >= N some c' >= 0 on at most d' nodes has
   |h(sum c' g) - h(sum c g)|
     <= 2 L W B (2 r sqrt(m+1))^(k+1) (N/d')^((k+1)/(m+1))/(k+1)!.             *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.classical Require Import boolp classical_sets functions mathcomp_extra.
From mathcomp.analysis Require Import reals topology normedtype exp.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff CoreInequality CellwiseCompression EuclideanNorm.
From UComp Require Import EnclosingBall Taylor SmallBall RealPowers.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory numFieldNormedType.Exports.
Local Open Scope ring_scope.

(* One reduction in each of n^m equal cells of the cube. *)
Theorem one_shot_compression (R : realType) (m k n : nat) (I : finType)
    (w : I -> 'rV[R]_m.+1) (c : I -> R) (r : R) :
  (0 < n)%N -> 0 <= r -> (forall i j, `|w i 0 j| <= r) -> (forall i, 0 <= c i) ->
  exists c', [/\ forall i, 0 <= c' i, support c' \subset support c,
    (#|support c'| <= n ^ m.+1 * 'C(m.+1 + k, k))%N
    & forall (X : normedModType R) (D : set 'rV[R]_m.+1) (g : 'rV[R]_m.+1 -> X) (B : R)
             (h : X -> R) (L : R),
        convex D -> (forall i, D (w i)) -> smooth_bounded D k.+1 g B ->
        0 <= L -> lipschitz (fun x : X => `|x|) L h ->
        `|h (\sum_i c' i *: g (w i)) - h (\sum_i c i *: g (w i))|
          <= 2%:R * L * (\sum_i c i) *
             (B / k.+1`!%:R * (r * Num.sqrt m.+1%:R / n%:R) ^+ k.+1)].
Proof.
move=> n_gt0 r0 wr c0; have [cell cellP] := grid_cell n_gt0 r0 wr.
have [c' [c'0 c'S c'N err]] := cellwise_compression k (coordinates w) cell c0.
exists c'; split=> //; first by rewrite card_ffun !card_ord in c'N.
move=> X D g B h L D_convex Dw g_B L0 h_lip.
pose s := r * Num.sqrt m.+1%:R / n%:R; pose E := B / k.+1`!%:R * s ^+ k.+1.
have near u : near_polynomial k (coordinates w) (fun x : X => `|x|) (members cell u)
                (fun i => g (w i)) E.
  have [T0|T_gt0] := posnP #|members cell u|.
    exists (fun=> 0) => [|i]; first exact: polynomial_map0.
    by rewrite (cards0_eq T0) finset.in_set0.
  have [v [s' [Dv ws s_min _]]] := cluster_ball D_convex (fun i _ => Dw i) T_gt0.
  have -> : E = B * s ^+ k.+1 / k.+1`!%:R by rewrite /E mulrAC.
  apply: near_polynomial_ball D_convex g_B Dv (fun i _ => Dw i) _ => i iT.
  apply: le_trans (ws i iT) _; apply: (s_min (\row_j grid_centre r (u j)) s) => i'.
  rewrite finset.inE => /eqP i'u; rewrite /s mulrAC.
  apply: euclidean_cube => [|j]; first by rewrite divr_ge0 ?ler0n.
  by rewrite !mxE -i'u; exact: cellP.
have := err X _ (fun i => g (w i)) h (fun=> E) L (@seminorm_normed R X) near L0 h_lip.
by rewrite cellwise_uniform !mulrA [L * 2%:R]mulrC.
Qed.

(* The number of cells that d' nodes allow. *)
Theorem one_shot_rate (R : realType) (m k d' : nat) (I : finType)
    (w : I -> 'rV[R]_m.+1) (c : I -> R) (r : R) :
  let N := 'C(m.+1 + k, k) in
  (N <= d')%N -> 0 <= r -> (forall i j, `|w i 0 j| <= r) -> (forall i, 0 <= c i) ->
  exists c', [/\ forall i, 0 <= c' i, support c' \subset support c,
    (#|support c'| <= d')%N
    & forall (X : normedModType R) (D : set 'rV[R]_m.+1) (g : 'rV[R]_m.+1 -> X) (B : R)
             (h : X -> R) (L : R),
        convex D -> (forall i, D (w i)) -> smooth_bounded D k.+1 g B ->
        0 <= L -> lipschitz (fun x : X => `|x|) L h ->
        `|h (\sum_i c' i *: g (w i)) - h (\sum_i c i *: g (w i))|
          <= 2%:R * L * (\sum_i c i) *
             (B / k.+1`!%:R * (2%:R * r * Num.sqrt m.+1%:R) ^+ k.+1 *
              (N%:R / d'%:R) `^ (k.+1%:R / m.+1%:R))].
Proof.
move=> N leNd r0 wr c0; have N0 : (0 < N)%N by rewrite bin_gt0 leq_addl.
have [|n [n0 le_n lt_n]] := @largest_root N d' m; first by rewrite N0.
have [c' [c'0 c'S c'N err]] := one_shot_compression k n0 r0 wr c0.
exists c'; split=> //; first exact: leq_trans le_n.
move=> X D g B h L D_convex Dw g_B L0 h_lip.
have [i0 _|I0] := pickP (fun _ : I => true); last first.
  by rewrite !(big_pred0 _ _ _ _ I0) subrr normr0 mulr0 mul0r.
have B0 : 0 <= B by exact: smooth_bounded_ge0 (Dw i0) g_B.
apply: le_trans (err X D g B h L D_convex Dw g_B L0 h_lip) _.
have W0 : 0 <= \sum_i c i by exact: sumr_ge0.
rewrite ler_wpmul2l ?mulr_ge0 ?ler0n // -[X in _ <= X]mulrA ler_wpmul2l ?divr_ge0 ?ler0n //.
have d'0 : (0 < d')%N by exact: leq_trans leNd.
have a_gt0 : 0 < N%:R / d'%:R :> R by rewrite divr_gt0 ?ltr0n.
rewrite -rootX -exprMn ler_expn2r ?nnegrE ?divr_ge0 ?mulr_ge0 ?sqrtr_ge0 ?ler0n //.
  by rewrite ltW // root_gt0.
have n_root : (n.+1%:R)^-1 <= root m (N%:R / d'%:R) :> R.
  rewrite leNgt; apply/negP => lt_root.
  have : root m (N%:R / d'%:R) ^+ m.+1 < n.+1%:R^-1 ^+ m.+1 :> R.
    by rewrite ltr_expn2r ?nnegrE ?invr_ge0 ?ler0n // ltW // root_gt0.
  rewrite root_expn // exprVn ltr_pdivr_mulr ?ltr0n // mulrC ltr_pdivl_mulr.
    by rewrite -natrX -natrM ltr_nat mulnC ltnNge ltnW.
  by rewrite exprn_gt0 ?ltr0n.
have -> : 2%:R * r * Num.sqrt m.+1%:R * root m (N%:R / d'%:R) =
          r * Num.sqrt m.+1%:R * (2%:R * root m (N%:R / d'%:R)) :> R by ring.
rewrite ler_wpmul2l ?mulr_ge0 ?sqrtr_ge0 //.
apply: le_trans (_ : 2%:R * n.+1%:R^-1 <= _); last by rewrite ler_wpmul2l ?ler0n.
rewrite -[X in X <= _]div1r ler_pdivr_mulr ?ltr0n // mulrAC ler_pdivl_mulr ?ltr0n //.
by rewrite mul1r -natrM ler_nat mul2n -addnn -addn1 leq_add2l.
Qed.

(* For every g of class C^(k+1) and every Lipschitz h the values differ by at most
   2 L W B E / (k+1)!. *)
Definition errs_at_most (R : realType) (m k : nat) (I : finType) (w : I -> 'rV[R]_m.+1)
    (c c' : I -> R) (E : R) : Prop :=
  forall (X : normedModType R) (D : set 'rV[R]_m.+1) (g : 'rV[R]_m.+1 -> X) (B : R)
         (h : X -> R) (L : R),
    convex D -> (forall i, D (w i)) -> smooth_bounded D k.+1 g B ->
    0 <= L -> lipschitz (fun x : X => `|x|) L h ->
    `|h (\sum_i c' i *: g (w i)) - h (\sum_i c i *: g (w i))|
      <= 2%:R * L * (\sum_i c i) * (B / k.+1`!%:R * E).

(* HEADLINE one_shot : one-shot-compression : for nodes in [-r, r]^m and weights c >= 0 of sum W: for every n >= 1 some c' >= 0 on at most n^m N of them errs by at most 2 L W B (r sqrt(m)/n)^(k+1)/(k+1)! for every g of class C^(k+1) and every h, and for every d' >= N some c' >= 0 on at most d' by at most 2 L W B (2 r sqrt(m))^(k+1) (N/d')^((k+1)/m)/(k+1)!, L the Lipschitz constant of h, B a bound of the directional derivatives of g of order k+1, N = 'C(m + k, k) *)
Theorem one_shot (R : realType) (m k : nat) (I : finType) (w : I -> 'rV[R]_m.+1)
    (c : I -> R) (r : R) :
  let N := 'C(m.+1 + k, k) in
  0 <= r -> (forall i j, `|w i 0 j| <= r) -> (forall i, 0 <= c i) ->
  (forall n, (0 < n)%N -> exists c',
     [/\ forall i, 0 <= c' i, support c' \subset support c,
         (#|support c'| <= n ^ m.+1 * N)%N
       & errs_at_most k w c c' ((r * Num.sqrt m.+1%:R / n%:R) ^+ k.+1)]) /\
  forall d', (N <= d')%N -> exists c',
     [/\ forall i, 0 <= c' i, support c' \subset support c,
         (#|support c'| <= d')%N
       & errs_at_most k w c c' ((2%:R * r * Num.sqrt m.+1%:R) ^+ k.+1 *
           (N%:R / d'%:R) `^ (k.+1%:R / m.+1%:R))].
Proof.
move=> N r0 wr c0; split=> [n n0|d' leN]; first exact: one_shot_compression.
have [c' [c'0 c'S c'd err]] := one_shot_rate leN r0 wr c0.
exists c'; split=> // X D g B h L D_convex Dw g_B L0 h_lip.
by apply: le_trans (err X D g B h L D_convex Dw g_B L0 h_lip) _; rewrite !mulrA.
Qed.
