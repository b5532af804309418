(* Universal compression by Algorithm 1, with every constant.

   Paper: thm:compression_errorbound (Theorem 4), repaired.
   Claim: universal-compression-repaired.

   Headline: universal_compression.  The dimension is m + 1, N = 'C(m+1+k, k),
   J = sqrt((m+1)/(2(m+2))).  It reads: let the nodes w_i, i in I, have norm at most
   r and N <= d' < #|I|.  Algorithm 1, which reduces N + 1 of the remaining nodes of
   least diameter at a time (closest_nodes), from weights 1 reaches at most d' nodes
   with weights c' >= 0, and every run of it has, for all convex D that hold the
   nodes, all g of class C^(k+1) on D with directional derivatives of order k+1 at
   most B and all h with Lipschitz constant L,
   |h(sum c' g) - h(sum g)| <= 2 L d B/(k+1)! (6 J r)^(k+1) N^p sum n^(-p),
   p = (k+1)/(m+1), n = d'+1, ..., d, d = #|I|.
   universal_compression_closed: for p > 1 the last sum is at most
   d'^(1-p) (m+1)/(k-m), so that the error is O(d d'^(1-p)) as printed.         *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.classical Require Import boolp classical_sets functions mathcomp_extra.
From mathcomp.analysis Require Import reals topology normedtype exp.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff CoreInequality GreedyCompression EuclideanNorm.
From UComp Require Import EnclosingBall Taylor SmallBall RealPowers SpherePacking PowerSum.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory numFieldNormedType.Exports.
Local Open Scope ring_scope.

Section Universal.
Variables (R : realType) (m k d' : nat) (I : finType) (w : I -> 'rV[R]_m.+1) (r : R).
Local Notation N := 'C(m.+1 + k, k).
Local Notation J := (Num.sqrt (m.+1%:R / (2%:R * m.+2%:R)) : R).
Implicit Types S T : {set I}.

(* T consists of n nodes of S, and no n nodes of S have a smaller diameter. *)
Definition closest_nodes n S T :=
  [/\ T \subset S, #|T| = n
    & forall T' delta, T' \subset S -> #|T'| = n ->
        diameter_le w T' delta -> diameter_le w T delta].

Lemma closest_nodes_exists n S : (n <= #|S|)%N -> exists T, closest_nodes n S T.
Proof.
move=> /subset_of_card[T0 T0S cardT0].
pose diam T : R := \big[Num.max/0]_(p : I * I | (p.1 \in T) && (p.2 \in T))
                     euclidean (w p.1 - w p.2).
pose P T := (T \subset S) && (#|T| == n).
have PT0 : P T0 by rewrite /P T0S cardT0 eqxx.
have [T /andP[TS /eqP cardT] T_min] := arg_minP diam PT0.
exists T; split=> // T' delta T'S cardT' T'_diam i j iT jT.
have delta0 : 0 <= delta.
  have /card_gt0P[i' i'T'] : (0 < #|T'|)%N by rewrite cardT' -cardT; apply/card_gt0P; exists i.
  by rewrite (le_trans (euclidean_ge0 _) (T'_diam i' i' i'T' i'T')).
have le_T' : diam T' <= delta.
  by apply/bigmax_leP; split=> // -[i' j'] /andP[i'T' j'T']; exact: T'_diam.
have PT' : P T' by rewrite /P T'S cardT' eqxx.
have /bigmax_leP[_ le_T] := le_trans (T_min T' PT') le_T'.
by apply: (le_T (i, j)); rewrite /= iT jT.
Qed.

Hypotheses (r_ge0 : 0 <= r) (w_ball : forall i, euclidean (w i) <= r).
Hypothesis le_N : (N <= d')%N.

(* The error of one reduction when n nodes are left. *)
Definition step_error (B : R) n : R :=
  B / k.+1`!%:R * (6%:R * J * r) ^+ k.+1 * (N%:R / n%:R) `^ (k.+1%:R / m.+1%:R).

Lemma near_polynomial_closest (X : normedModType R) (D : set 'rV[R]_m.+1)
    (g : 'rV[R]_m.+1 -> X) (B : R) S T :
  convex D -> (forall i, D (w i)) -> smooth_bounded D k.+1 g B ->
  (d' < #|S|)%N -> closest_nodes N.+1 S T ->
  near_polynomial k (coordinates w) (fun x : X => `|x|) T (fun i => g (w i))
    (step_error B #|S|).
Proof.
move=> D_convex Dw g_B lt_S [TS cardT T_min].
have [v [s [Dv ws s_min jung_s]]] : exists v s,
    [/\ D v, forall i, i \in T -> euclidean (w i - v) <= s,
        forall v' s', (forall i, i \in T -> euclidean (w i - v') <= s') -> s <= s'
      & forall delta, (forall i j, i \in T -> j \in T -> euclidean (w i - w j) <= delta) ->
          s <= J * delta].
  by apply: cluster_ball => //; rewrite cardT.
have N_gt0 : (0 < N)%N by rewrite bin_gt0 leq_addl.
have S_gt0 : (0 < #|S|)%N by apply: leq_ltn_trans lt_S.
have [||T' [T'S cardT' T'_diam]] := close_points (S := S) (N := N.+1) r_ge0 _ _ (fun i _ => w_ball i).
- by rewrite ltnS.
- exact: leq_ltn_trans lt_S.
have le_s := jung_s _ (T_min _ _ T'S cardT' T'_diam); rewrite /= in le_s.
rewrite -/(root m _) in le_s.
have -> : step_error B #|S| = B * (J * (6%:R * r * root m (N%:R / #|S|%:R))) ^+ k.+1 / k.+1`!%:R.
  rewrite /step_error -rootX; move: (root _ _) (J) => y z.
  have -> : z * (6%:R * r * y) = 6%:R * z * r * y by ring.
  by rewrite [in RHS]exprMn !mulrA [RHS]mulrAC; congr (_ * _); rewrite mulrAC.
apply: (near_polynomial_ball D_convex g_B Dv (fun i _ => Dw i)) => i iT.
exact: le_trans (ws i iT) le_s.
Qed.

End Universal.

(* HEADLINE universal_compression : universal-compression-repaired : from d nodes of norm at most r with weights 1, Algorithm 1 reaches at most d' nodes, N <= d' < d, and every run errs by at most 2 L d B/(k+1)! (6 J r)^(k+1) N^((k+1)/m) sum_(d' < n <= d) n^(-(k+1)/m), L the Lipschitz constant of h, B a bound of the directional derivatives of g of order k+1, N = 'C(m + k, k), J = sqrt(m/(2(m+1))) *)
Theorem universal_compression (R : realType) (m k d' : nat) (I : finType)
    (w : I -> 'rV[R]_m.+1) (r : R) :
  let N := 'C(m.+1 + k, k) in
  let J : R := Num.sqrt (m.+1%:R / (2%:R * m.+2%:R)) in
  let p : R := k.+1%:R / m.+1%:R in
  let run := greedy_run k d' (coordinates w) (closest_nodes w N.+1) in
  (forall i, euclidean (w i) <= r) -> (N <= d')%N -> (d' < #|I|)%N ->
  (exists c', run (fun=> 1) c') /\
  forall c', run (fun=> 1) c' ->
    [/\ forall i, 0 <= c' i, (#|support c'| <= d')%N
      & forall (X : normedModType R) (D : set 'rV[R]_m.+1) (g : 'rV[R]_m.+1 -> X) (B : R)
               (h : X -> R) (L : R),
          convex D -> (forall i, D (w i)) -> smooth_bounded D k.+1 g B ->
          0 <= L -> lipschitz (fun x : X => `|x|) L h ->
          `|h (\sum_i c' i *: g (w i)) - h (\sum_i g (w i))|
            <= 2%:R * L * #|I|%:R * (B / k.+1`!%:R) * (6%:R * J * r) ^+ k.+1 *
               N%:R `^ p * \sum_(d'.+1 <= n < #|I|.+1) n%:R `^ (- p)].
Proof.
move=> N J p run w_ball le_N lt_d.
have [i0 _] : exists i0 : I, true.
  have /card_gt0P[i0 _] : (0 < #|I|)%N by exact: leq_ltn_trans lt_d.
  by exists i0.
have r0 : 0 <= r by exact: le_trans (euclidean_ge0 _) (w_ball i0).
have one_ge0 (i : I) : 0 <= 1 :> R by exact: ler01.
have supp1 : #|support (fun _ : I => 1 : R)| = #|I|.
  by apply: eq_card => i; rewrite finset.inE oner_eq0.
have cluster S T : closest_nodes w N.+1 S T -> T \subset S /\ #|T| = N.+1 by case.
have exists_cluster (S : {set I}) : (d' < #|S|)%N -> exists T, closest_nodes w N.+1 S T.
  by move=> lt_S; apply: closest_nodes_exists; exact: leq_ltn_trans lt_S.
have [ends sound] := greedy_compression (coordinates w) cluster one_ge0 exists_cluster.
split=> // c' /sound[c'0 _ c'd err]; split=> // X D g B h L D_convex Dw g_B L0 h_lip.
have B0 : 0 <= B by exact: smooth_bounded_ge0 (Dw i0) g_B.
have e0 n : 0 <= step_error m k r B n.
  rewrite mulr_ge0 ?(ltW (exp_fun_gt0 _ _)) // mulr_ge0 ?divr_ge0 ?ler0n //.
  by rewrite exprn_ge0 // !mulr_ge0 ?ler0n ?sqrtr_ge0.
have near (S T : {set I}) : (d' < #|S|)%N -> closest_nodes w N.+1 S T ->
    near_polynomial k (coordinates w) (fun x : X => `|x|) T (fun i => g (w i))
      (step_error m k r B #|S|).
  by move=> lt_S; exact: (near_polynomial_closest r0 w_ball le_N D_convex Dw g_B lt_S).
have := err X _ (fun i => g (w i)) h (step_error m k r B) L (@seminorm_normed R X) e0 near L0 h_lip.
have sum1 : \sum_i (1 : R) *: g (w i) = \sum_i g (w i).
  by apply: eq_bigr => i _; rewrite scale1r.
rewrite sum1 supp1 sumr_const; move/le_trans; apply.
have N_gt0 : (0 < N)%N by rewrite bin_gt0 leq_addl.
have stepE n : (d'.+1 <= n < #|I|.+1)%N -> step_error m k r B n =
    B / k.+1`!%:R * (6%:R * J * r) ^+ k.+1 * N%:R `^ p * n%:R `^ (- p).
  move=> /andP[lt_n _]; rewrite /step_error exp_fun_div ?ltr0n ?mulrA //.
  exact: leq_trans lt_n.
rewrite (eq_big_nat _ _ stepE) -mulr_sumr.
by rewrite le_eqVlt !mulrA [L * 2%:R]mulrC eqxx.
Qed.

(* HEADLINE universal_compression_closed : universal-compression-repaired : for k+1 > m and N <= d' < d the error of every run of Algorithm 1, from d nodes of norm at most r to at most d', is at most 2 L d B/(k+1)! (6 J r)^(k+1) N^((k+1)/m) d'^(1-(k+1)/m) / ((k+1)/m - 1), L the Lipschitz constant of h, B a bound of the directional derivatives of g of order k+1, N = 'C(m + k, k), J = sqrt(m/(2(m+1))) *)
Theorem universal_compression_closed (R : realType) (m k d' : nat) (I : finType)
    (w : I -> 'rV[R]_m.+1) (r : R) :
  let N := 'C(m.+1 + k, k) in
  let J : R := Num.sqrt (m.+1%:R / (2%:R * m.+2%:R)) in
  let p : R := k.+1%:R / m.+1%:R in
  let run := greedy_run k d' (coordinates w) (closest_nodes w N.+1) in
  (m < k)%N -> (forall i, euclidean (w i) <= r) -> (N <= d')%N -> (d' < #|I|)%N ->
  forall c', run (fun=> 1) c' ->
  forall (X : normedModType R) (D : set 'rV[R]_m.+1) (g : 'rV[R]_m.+1 -> X) (B : R)
         (h : X -> R) (L : R),
    convex D -> (forall i, D (w i)) -> smooth_bounded D k.+1 g B ->
    0 <= L -> lipschitz (fun x : X => `|x|) L h ->
    `|h (\sum_i c' i *: g (w i)) - h (\sum_i g (w i))|
      <= 2%:R * L * #|I|%:R * (B / k.+1`!%:R) * (6%:R * J * r) ^+ k.+1 *
         N%:R `^ p * (d'%:R `^ (1 - p) / (p - 1)).
Proof.
move=> N J p run lt_mk w_ball le_N lt_d c' c'_run X D g B h L D_convex Dw g_B L0 h_lip.
have [_ /(_ c' c'_run)[_ _ err]] := universal_compression (k := k) w_ball le_N lt_d.
apply: le_trans (err X D g B h L D_convex Dw g_B L0 h_lip) _.
have [i0 _] : exists i0 : I, true.
  have /card_gt0P[i0 _] : (0 < #|I|)%N by exact: leq_ltn_trans lt_d.
  by exists i0.
have B0 : 0 <= B by exact: smooth_bounded_ge0 (Dw i0) g_B.
have r0 : 0 <= r by exact: le_trans (euclidean_ge0 _) (w_ball i0).
have J0 : 0 <= J by exact: sqrtr_ge0.
have d'0 : (0 < d')%N by apply: leq_trans le_N; rewrite bin_gt0 leq_addl.
have p1 : 1 < p by rewrite ltr_pdivl_mulr ?ltr0n // mul1r ltr_nat ltnS.
apply: ler_wpmul2l (sum_power_le _ p1 d'0).
apply: mulr_ge0 (ltW (exp_fun_gt0 _ _)); apply: mulr_ge0; last first.
  by rewrite exprn_ge0 // !mulr_ge0 ?ler0n.
by rewrite !mulr_ge0 ?invr_ge0 ?ler0n.
Qed.
