(* Compression of analytic functions, given their expansions into polynomials with
   the bounds that Cauchy's estimates and the Chebyshev coefficients provide.

   Paper: thm:errorbound_polylog (Theorem 7), repaired.  Claims: polylog-repaired,
   given Cauchy's estimates on the polydiscs; polylog-universal, given the bounds of
   Chebyshev coefficients on ellipses.  That a holomorphic function has these
   expansions is the hypothesis on g, the only one (besides that g takes equal values
   at points with equal coordinates).

   `expands_at`: on the points v + u with max-norm |u| < rho the function g is the
   sum of polynomials P_j(u) of degree <= j with |P_j(u)| <= G (|u|/rho)^j: Cauchy's
   estimates for t -> g(v + t u), of the polydisc of radius rho about v.
   `chebyshev_expands`: on [-1, 1]^m the function g is the sum of its series in the
   T_al(x), products of Chebyshev polynomials, with coefficients of at most
   2^z G rho^(-|al|), z the number of al_i that are not 0: the bounds of Chebyshev
   coefficients for |g| <= G on the product of the ellipses E_rho.  Its terms of
   degree j sum up to at most G A_j rho^(-j), sum A_j x^j = ((1+x)/(1-x))^m
   (ChebyshevLayers.v).

   Headlines.  The nodes w_i lie in [-r, r]^m, c >= 0, W = sum c, h has the Lipschitz
   constant L.  analytic_cells_given: one reduction in each of n^m equal cells serves
   all g, h, rho, G, L with q = r/(n rho) < 1.  polylog_repaired_given is the claim:
   if r < n rho there are such reductions on at most n^m 'C(m + k, k) nodes, and every
   one errs by at most 2 L W G q^(k+1)/(1-q); and for eps > 0, with n the least number
   with 2 r <= n rho and K >= 1 the least with 4 L G W <= eps 2^K, one on at most
   n^m K^m nodes errs by at most eps.  For r, rho > 0 that n is the ceiling of
   2 r/rho, and for L, G, W > 0 that K is max(1, ceil(log2(4 L G W/eps))), so that no
   logarithm is needed.  polylog_universal_given: one reduction of all nodes (r = 1)
   errs by at most 2 L W G tau for every tau that bounds the finite sums of A_j rho^(-j)
   with j > k, so by 2 L W G times the series, and for m = 1 by
   4 L W G rho^(-k)/(rho - 1).                                                    *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff CoreInequality CellwiseCompression ChebyshevLayers.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Expansions.
Variables (F : realFieldType) (m : nat) (X : lmodType F) (nu : X -> F).
Implicit Types (g : ('I_m -> F) -> X) (v u : 'I_m -> F).

Definition sums_to (P : nat -> X) (y : X) :=
  forall eps, 0 < eps -> exists n0, forall n, (n0 <= n)%N -> nu (y - \sum_(j < n) P j) <= eps.

Definition expands_at v (rho G : F) g := exists2 P : nat -> ('I_m -> F) -> X,
  forall j, polynomial_map j (P j) &
  forall u s, 0 <= s -> (forall a, `|u a| <= s) -> s < rho ->
    (forall j, nu (P j u) <= G * (s / rho) ^+ j) /\
    sums_to (P^~ u) (g (fun a => v a + u a)).

Definition expands_on (K : ('I_m -> F) -> Prop) (b : nat -> F) g :=
  exists2 Q : nat -> ('I_m -> F) -> X, forall j, polynomial_map j (Q j) &
    forall x, K x -> (forall j, nu (Q j x) <= b j) /\ sums_to (Q^~ x) (g x).

(* tau bounds the sums of terms after the k-th. *)
Definition tail_bound (k : nat) (b : nat -> F) (tau : F) :=
  forall n, \sum_(k.+1 <= j < n) b j <= tau.

Hypothesis nu_norm : seminorm nu.

Lemma near_partial_sum (P : nat -> X) y b k tau : sums_to P y ->
  (forall j, nu (P j) <= b j) -> tail_bound k b tau ->
  nu (y - \sum_(j < k.+1) P j) <= tau.
Proof.
move=> P_y Pb tail; apply/ler_addgt0Pr => eps /P_y[n0 near].
pose n := maxn n0 k.+1; have := near n (leq_maxl _ _).
rewrite -(big_mkord xpredT P) (big_cat_nat _ _ _ (leq0n k.+1) (leq_maxr n0 k.+1)) /=.
rewrite big_mkord opprD addrA; set y' := y - _; set t := \sum_(_ <= j < _) P j => le_eps.
rewrite -(subrK t y') addrC (le_trans (nu_norm.1 _ _)) // ler_add //.
rewrite (le_trans _ (tail n)) // (le_trans (seminorm_sum nu_norm _ _ _)) //.
by apply: ler_sum.
Qed.

Lemma geometric_tail k (G q : F) : 0 <= G -> 0 <= q < 1 ->
  tail_bound k (fun j => G * q ^+ j) (G * q ^+ k.+1 / (1 - q)).
Proof.
move=> G0 /andP[q0 q1] n; have q_gt0 : 0 < 1 - q by rewrite subr_gt0.
rewrite ler_pdivl_mulr // -mulr_sumr -mulrA ler_wpmul2l //.
have [le_n|lt_k] := leqP n k.+1; first by rewrite big_geq // mul0r exprn_ge0.
rewrite -[n](subnKC (ltnW lt_k)); elim: (n - _)%N => [|e IHe].
  by rewrite addn0 big_geq // mul0r exprn_ge0.
suff sumE l : (\sum_(k.+1 <= j < k.+1 + l) q ^+ j) * (1 - q) = q ^+ k.+1 - q ^+ (k.+1 + l).
  by rewrite sumE ger_addl oppr_le0 exprn_ge0.
elim: l => [|l IHl]; first by rewrite addn0 big_geq // mul0r subrr.
rewrite addnS big_nat_recr ?leq_addr //= mulrDl IHl.
have -> : q ^+ (k.+1 + l).+1 = q * q ^+ (k.+1 + l) by exact: exprS.
by move: (q ^+ (k.+1 + l)) => x; move: (q ^+ k.+1) => y; ring.
Qed.

End Expansions.

(* The hypothesis can be met: constants expand at every point, for every rho. *)
Lemma expands_at_cst (F : realFieldType) (m : nat) (X : lmodType F) (nu : X -> F)
    (v : 'I_m -> F) (rho : F) (y : X) : seminorm nu -> 0 < rho ->
  expands_at nu v rho (nu y) (fun=> y).
Proof.
move=> nu_norm rho0; exists (fun j _ => if j is 0%N then y else 0).
  by case=> [|j]; [exact: polynomial_map_cst | exact: polynomial_map0].
move=> u s s0 _ _; split=> [[|j]|eps eps0]; first by rewrite expr0 mulr1.
  rewrite (seminorm0 nu_norm) mulr_ge0 ?(seminorm_ge0 nu_norm) // exprn_ge0 //.
  by rewrite divr_ge0 // ltW.
exists 1%N => -[//|n] _; rewrite big_ord_recl big1 // addr0 subrr (seminorm0 nu_norm).
exact: ltW.
Qed.

(* A polynomial map of the difference to a fixed point. *)
Lemma polynomial_map_shift (F : realFieldType) (m k : nat) (X : lmodType F)
    (q : ('I_m -> F) -> X) (v : 'I_m -> F) : polynomial_map k q ->
  exists2 q', polynomial_map k q' & forall x u, (forall a, u a = x a - v a) -> q' x = q u.
Proof.
move=> [s /allP s_le qE]; pose t : m.-tuple {mpoly F[m]} := [tuple 'X_a - (v a)%:MP | a < m].
have le_t a : (msize (tnth t a) <= 2)%N.
  rewrite tnth_mktuple (leq_trans (msizeD_le _ _)) // geq_max msizeX mdeg1 msizeN msizeC.
  by case: (_ != _).
have le_pow a e : (msize (tnth t a ^+ e) <= e.+1)%N.
  elim: e => [|e IHe]; first by rewrite expr0 msize1.
  by rewrite exprS; apply: (@msize_mul_le _ _ _ _ 1 e).
have le_comp (p : {mpoly F[m]}) : (msize (p \mPo t) <= msize p)%N.
  rewrite comp_mpolyEX (leq_trans (msize_sum _ _ _)) //.
  apply/bigmax_leqP_seq => M /msize_mdeg_lt lt_M _.
  rewrite (leq_trans (msizeZ_le _ _)) // (leq_trans _ lt_M) // comp_mpolyX mdegE.
  elim/big_rec2: _ => [|a e y _ le_y]; first by rewrite msize1.
  exact: msize_mul_le.
exists (fun x => \sum_(z <- s) (z.1 \mPo t).@[x] *: z.2).
  exists [seq (z.1 \mPo t, z.2) | z <- s] => [|x]; last by rewrite big_map.
  by apply/allP=> _ /mapP[z /s_le z_le ->]; exact: leq_trans (le_comp _) z_le.
move=> x u xu; rewrite qE; apply: eq_bigr => z _; rewrite comp_mpoly_meval.
congr (_ *: _); apply: meval_eq => a.
by rewrite tnth_mktuple mevalB mevalXU mevalC xu.
Qed.

Lemma bin_le_pow m k : ('C(m + k, k) <= k.+1 ^ m)%N.
Proof.
have <- : #|{ffun 'I_m -> 'I_k.+1}| = (k.+1 ^ m)%N by rewrite card_ffun !card_ord.
rewrite -card_bmultinom.
pose f (a : 'X_{1..m < k.+1}) : {ffun 'I_m -> 'I_k.+1} := [ffun i => inord (a i)].
apply: (@leq_card _ _ f) => a b /ffunP eq_f; apply/val_inj/mnmP => i.
have entry (e : 'X_{1..m < k.+1}) : (inord (e i) : 'I_k.+1) = e i :> nat.
  by rewrite inordK // (leq_ltn_trans _ (bmdeg e)) // mdegE (bigD1 i) //= leq_addr.
by have := congr1 val (eq_f i); rewrite !ffunE /= !entry.
Qed.

Section Analytic.
Variables (F : realFieldType) (I : finType) (m : nat) (w : I -> 'I_m -> F).
Variables (c : I -> F) (r : F).
Hypotheses (c0 : forall i, 0 <= c i) (r_ge0 : 0 <= r) (wr : forall i j, `|w i j| <= r).
Local Notation W := (\sum_i c i).

Definition in_cube (v : 'I_m -> F) := forall a, `|v a| <= r.

Lemma near_expansion (X : lmodType F) (nu : X -> F) (g : ('I_m -> F) -> X)
    (T : {set I}) v rho G s k :
  seminorm nu -> (forall x y, x =1 y -> g x = g y) -> 0 <= G -> 0 < rho -> 0 <= s ->
  s < rho -> expands_at nu v rho G g -> (forall i a, i \in T -> `|w i a - v a| <= s) ->
  near_polynomial k w nu T (fun i => g (w i)) (G * (s / rho) ^+ k.+1 / (1 - s / rho)).
Proof.
move=> nu_norm g_ext G0 rho0 s0 lt_s [P P_poly PE] ws.
have /fin_all_exists2[q q_poly qE] (j : 'I_k.+1) := polynomial_map_shift v (P_poly j).
exists (fun x => \sum_(j < k.+1) q j x) => [|i iT].
  by apply: polynomial_map_sum => j; apply: polynomial_mapW (q_poly j); rewrite -ltnS.
pose u a := w i a - v a; have [Pb Psum] := PE u s s0 (fun a => ws i a iT) lt_s.
under eq_bigr do rewrite (qE _ _ u) //.
rewrite (g_ext (w i) (fun a => v a + u a)) => [|a]; last by rewrite /u addrC subrK.
apply: near_partial_sum Psum Pb _ => //; apply: geometric_tail => //.
by apply/andP; split; [rewrite divr_ge0 // ltW | rewrite ltr_pdivr_mulr // mul1r].
Qed.

Lemma grid_centre_in_cube n (t : 'I_n) : `|grid_centre r t| <= r.
Proof.
have n0 : (0 < n)%N by case: n t => // -[].
rewrite normrM (ger0_norm r_ge0) ler_pimulr // ler_norml.
rewrite ler_subr_addr addNr divr_ge0 ?ler0n //= ler_subl_addr ler_pdivr_mulr ?ltr0n //.
by rewrite -[1 + 1]/(2%:R) -natrM ler_nat addn1 ltn_pmul2l.
Qed.

(* c' comes from c by one reduction of order k in each of the n^m equal cells.   *)
Definition reduced_in_cells n k c' :=
  exists cell : I -> {ffun 'I_m -> 'I_n},
    [/\ forall i a, `|w i a - grid_centre r (cell i a)| <= r / n%:R,
        forall i, 0 <= c' i, support c' \subset support c
      & same_cell_moments k w cell c' c].

(* The compressed value errs by at most E for all h with Lipschitz constant L and all
   g with Cauchy's estimates of the bound G on the polydiscs of radius rho.        *)
Definition errs_at_most (rho G L : F) c' (E : F) :=
  forall (X : lmodType F) (nu : X -> F) (g : ('I_m -> F) -> X) (h : X -> F),
    seminorm nu -> (forall x y, x =1 y -> g x = g y) ->
    (forall v, in_cube v -> expands_at nu v rho G g) -> lipschitz nu L h ->
    `|h (\sum_i c' i *: g (w i)) - h (\sum_i c i *: g (w i))| <= E.

Lemma reduced_in_cells_exists n k : (0 < n)%N ->
  exists2 c', reduced_in_cells n k c' & (#|support c'| <= n ^ m * 'C(m + k, k))%N.
Proof.
move=> n0; have [cell cellP] := grid_cell n0 r_ge0 wr.
have [c' [c'0 c'S c'N same]] := cellwise_reduction k w cell c0.
by exists c'; [exists cell | rewrite card_ffun !card_ord in c'N].
Qed.

Lemma cells_error n k c' rho G L : reduced_in_cells n k c' -> 0 < rho -> 0 <= G -> 0 <= L ->
  r < n%:R * rho -> let q := r / (n%:R * rho) in
  errs_at_most rho G L c' (2%:R * L * W * (G * q ^+ k.+1 / (1 - q))).
Proof.
move=> [cell [cellP c'0 _ same]] rho0 G0 L0 lt_r q X nu g h nu_norm g_ext g_exp h_lip.
have nF : 0 < n%:R :> F.
  by rewrite -(pmulr_lgt0 _ rho0) (le_lt_trans r_ge0).
have qE : q = r / n%:R / rho by rewrite /q invfM mulrA.
have near u : near_polynomial k w nu (members cell u) (fun i => g (w i))
                (G * q ^+ k.+1 / (1 - q)).
  rewrite qE; apply: (near_expansion (v := fun a => grid_centre r (u a))) => //.
  - by rewrite divr_ge0 // ltW.
  - by rewrite ltr_pdivr_mulr // mulrC.
  - by apply: g_exp => a; exact: grid_centre_in_cube.
  - by move=> i a; rewrite inE => /eqP<-; exact: cellP.
have := cellwise_error nu_norm c0 c'0 same near L0 h_lip.
by rewrite cellwise_uniform !mulrA [L * 2%:R]mulrC.
Qed.

(* HEADLINE analytic_cells_given : - : given Cauchy's estimates with the bound G on the polydiscs of radius rho about every point of [-r,r]^m, where the nodes lie with weights c >= 0 of sum W, one reduction of order k in each of n^m equal cells, the same for all rho, G, g and h with Lipschitz constant L, errs by at most 2 L W G q^(k+1)/(1-q), q = r/(n rho) < 1 *)
Theorem analytic_cells_given (n k : nat) : (0 < n)%N ->
  exists c', [/\ forall i, 0 <= c' i, support c' \subset support c,
    (#|support c'| <= n ^ m * 'C(m + k, k))%N
    & forall (X : lmodType F) (nu : X -> F) (g : ('I_m -> F) -> X) (h : X -> F)
             (rho G L : F),
        let q := r / (n%:R * rho) in
        seminorm nu -> (forall x y, x =1 y -> g x = g y) -> 0 < rho -> 0 <= G -> q < 1 ->
        (forall v, in_cube v -> expands_at nu v rho G g) -> 0 <= L -> lipschitz nu L h ->
        `|h (\sum_i c' i *: g (w i)) - h (\sum_i c i *: g (w i))|
          <= 2%:R * L * W * (G * q ^+ k.+1 / (1 - q))].
Proof.
move=> n0; have [c' c'_red c'N] := reduced_in_cells_exists k n0.
have [cell [_ c'0 c'S _]] := c'_red; exists c'; split=> //.
move=> X nu g h rho G L q nu_norm g_ext rho0 G0 q1 g_exp L0 h_lip.
have lt_r : r < n%:R * rho.
  by move: q1; rewrite ltr_pdivr_mulr ?mul1r // mulr_gt0 ?ltr0n.
exact: (cells_error c'_red rho0 G0 L0 lt_r nu_norm g_ext g_exp h_lip).
Qed.

(* q <= 1/2 and 4 L G W <= eps 2^(k+1) are enough for the error eps. *)
Lemma half_cells_error n k c' rho G L eps : (0 < n)%N -> reduced_in_cells n k c' ->
  0 < rho -> 0 <= G -> 0 <= L -> 2%:R * r <= n%:R * rho ->
  4%:R * L * G * W <= eps * 2%:R ^+ k.+1 -> errs_at_most rho G L c' eps.
Proof.
move=> n0 c'_red rho0 G0 L0 le_n le_K X nu g h nu_norm g_ext g_exp h_lip.
have nrho : 0 < n%:R * rho by rewrite mulr_gt0 ?ltr0n.
pose q := r / (n%:R * rho); have q0 : 0 <= q by rewrite divr_ge0 // ltW.
have q2 : q <= 2%:R^-1.
  by rewrite ler_pdivr_mulr // mulrC ler_pdivl_mulr ?ltr0n // mulrC.
have half : 2%:R^-1 < 1 :> F by rewrite invf_lt1 ?ltr0n ?ltr1n.
have q1 : q < 1 := le_lt_trans q2 half.
have lt_r : r < n%:R * rho by move: q1; rewrite ltr_pdivr_mulr // mul1r.
apply: le_trans (cells_error c'_red rho0 G0 L0 lt_r nu_norm g_ext g_exp h_lip) _.
have W0 : 0 <= W by apply: sumr_ge0.
rewrite -/q; apply: le_trans (_ : 2%:R * L * W * (G * 2%:R^-1 ^+ k.+1 * 2%:R) <= _).
  rewrite ler_wpmul2l ?mulr_ge0 ?ler0n // ler_pmul ?mulr_ge0 ?exprn_ge0 ?invr_ge0
      ?subr_ge0 ?(ltW q1) //.
    by rewrite ler_wpmul2l // ler_expn2r ?nnegrE ?invr_ge0 ?ler0n.
  rewrite -[X in _ <= X]invrK ler_pinv ?inE ?unitfE ?gt_eqF ?subr_gt0 ?invr_gt0 ?ltr0n //=.
  rewrite ler_subr_addr addrC -ler_subr_addr (le_trans q2) //.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
rewrite -(ler_pmul2r (_ : 0 < 2%:R ^+ k.+1)) ?exprn_gt0 ?ltr0n //.
apply: le_trans le_K; rewrite le_eqVlt; apply/orP; left; apply/eqP.
set x := 2%:R^-1 ^+ _; set y := 2%:R ^+ _; have xy : x * y = 1.
  by rewrite -exprMn mulVf ?expr1n // pnatr_eq0.
by transitivity (4%:R * L * G * W * (x * y)); [ring | rewrite xy mulr1].
Qed.

End Analytic.

Definition least (P : nat -> Prop) n := P n /\ forall n', P n' -> (n <= n')%N.

Lemma least_exists (P : pred nat) : (exists n, P n) -> exists n, least P n.
Proof. by case/find_ex_minn => n Pn n_min; exists n; split. Qed.

(* Powers of 2 and multiples of rho > 0 are unbounded. *)
Lemma above_pow2 (F : archiFieldType) (x : F) : exists K, x <= 2%:R ^+ K.
Proof.
exists (Num.bound `|x|); apply: le_trans (ler_norm x) _.
apply: le_trans (ltW (archi_boundP (normr_ge0 x))) _.
by rewrite -natrX ler_nat ltnW // ltn_expl.
Qed.

Lemma above_multiple (F : archiFieldType) (x rho : F) : 0 < rho -> exists n, x <= n%:R * rho.
Proof.
move=> rho0; exists (Num.bound `|x / rho|); rewrite -ler_pdivr_mulr //.
exact: le_trans (ler_norm _) (ltW (archi_boundP (normr_ge0 _))).
Qed.

(* HEADLINE polylog_repaired_given : polylog-repaired : given Cauchy's estimates with the bound G on the polydiscs of radius rho about the points of [-r,r]^m, where the nodes lie with weights c >= 0 of sum W, for all g and all h with Lipschitz constant L: if r < n rho, one reduction of order k in each of n^m equal cells leaves at most n^m 'C(m + k, k) nodes and errs by at most 2 L W G q^(k+1)/(1-q), q = r/(n rho); and for every eps > 0 one on at most n^m K^m nodes errs by at most eps, n = ceil(2r/rho) and K = max(1, ceil(log2(4 L G W/eps))), the least K >= 1 with 4 L G W <= eps 2^K *)
Theorem polylog_repaired_given (F : archiFieldType) (I : finType) (m : nat)
    (w : I -> 'I_m -> F) (c : I -> F) (r rho G L : F) :
  let W := \sum_i c i in
  (forall i, 0 <= c i) -> 0 < r -> (forall i a, `|w i a| <= r) ->
  0 < rho -> 0 <= G -> 0 <= L ->
  (forall n k, r < n%:R * rho -> let q := r / (n%:R * rho) in
     (exists2 c', reduced_in_cells w c r n k c' & (#|support c'| <= n ^ m * 'C(m + k, k))%N) /\
     forall c', reduced_in_cells w c r n k c' ->
       errs_at_most w c r rho G L c' (2%:R * L * W * (G * q ^+ k.+1 / (1 - q)))) /\
  forall eps, 0 < eps -> exists n K c',
    [/\ least (fun n => 2%:R * r <= n%:R * rho) n,
        least (fun K => (0 < K)%N && (4%:R * L * G * W <= eps * 2%:R ^+ K)) K,
        reduced_in_cells w c r n K.-1 c', (#|support c'| <= n ^ m * K ^ m)%N
      & errs_at_most w c r rho G L c' eps].
Proof.
move=> W c0 r_gt0 wr rho0 G0 L0; have r0 := ltW r_gt0; split=> [n k lt_r q|eps eps0].
  have n0 : (0 < n)%N by case: n lt_r {q} => //; rewrite mul0r ltNge r0.
  split; first exact: reduced_in_cells_exists.
  by move=> c' c'_red; exact: cells_error.
have [n n_least] := least_exists (above_multiple (2%:R * r) rho0).
have [|K K_least] := @least_exists (fun K => (0 < K)%N && (4%:R * L * G * W <= eps * 2%:R ^+ K)).
  have [K le_K] := above_pow2 (4%:R * L * G * W / eps); exists K.+1 => /=.
  rewrite -ler_pdivr_mull // mulrC (le_trans le_K) // exprS ler_pemull ?exprn_ge0 ?ler0n //.
  by rewrite ler1n.
have [le_n _] := n_least; have [/andP[K0 le_K] _] := K_least.
have n0 : (0 < n)%N.
  by case: n le_n {n_least} => //; rewrite mul0r leNgt mulr_gt0 ?ltr0n.
have [c' c'_red c'N] := reduced_in_cells_exists c0 r0 wr K.-1 n0.
exists n, K, c'; split=> //.
  have := bin_le_pow m K.-1; rewrite (prednK K0) => le_pow.
  by rewrite (leq_trans c'N) // leq_mul2l le_pow orbT.
by apply: half_cells_error c'_red _ _ _ _ _ => //; rewrite prednK.
Qed.

(* Series of Chebyshev polynomials (ChebyshevLayers.v). *)
Section Chebyshev.
Variables (F : realFieldType) (m : nat) (X : lmodType F) (nu : X -> F).
Implicit Types (g : ('I_m -> F) -> X) (x : 'I_m -> F).

(* The terms of degree j. *)
Definition chebyshev_layer (a : 'X_{1..m} -> X) (j : nat) x :=
  \sum_(al : {ffun 'I_m -> 'I_j.+1} | (\sum_i al i == j)%N)
    (\prod_i chebyshev (al i) (x i)) *: a [multinom (al i : nat) | i < m].

(* On [-1, 1]^m the function g is the sum of its Chebyshev series, with coefficients
   of at most 2^z G rho^(-|al|), z the number of exponents al_i that are not 0.    *)
Definition chebyshev_expands (rho G : F) g := exists2 a : 'X_{1..m} -> X,
  forall al, nu (a al) <= G * ((\prod_i weight2 (al i))%:R * rho^-1 ^+ mdeg al) &
  forall x, (forall i, `|x i| <= 1) -> sums_to nu (fun j => chebyshev_layer a j x) (g x).

Hypothesis nu_norm : seminorm nu.

Lemma polynomial_map_layer a j : polynomial_map j (chebyshev_layer a j).
Proof.
have le_T i n : (msize (chebyshev n ('X_i : {mpoly F[m]})) <= n.+1)%N.
  suff [] : (msize (chebyshev n ('X_i : {mpoly F[m]})) <= n.+1)%N /\
      (msize (chebyshev n.+1 ('X_i : {mpoly F[m]})) <= n.+2)%N by [].
  elim: n => [|n [le0 le1]]; first by rewrite msize1 msizeX mdeg1.
  split=> //; rewrite chebyshevS (leq_trans (msizeD_le _ _)) // geq_max msizeN.
  rewrite (leq_trans le0) ?andbT; last exact: leqW.
  apply: (@msize_mul_le _ _ _ _ 1 n.+1) => //; apply: (@msize_mul_le _ _ _ _ 0 1).
    by rewrite -(rmorph_nat (mpolyC_rmorphism m F)) msizeC; case: (_ != _).
  by rewrite msizeX mdeg1.
pose T (al : {ffun 'I_m -> 'I_j.+1}) : {mpoly F[m]} := \prod_i chebyshev (al i) 'X_i.
pose term (al : {ffun 'I_m -> 'I_j.+1}) x :=
  (if (\sum_i al i == j)%N then T al else 0).@[x] *: a [multinom (al i : nat) | i < m].
have [s s_le sE] : polynomial_map j (fun x => \sum_al term al x).
  apply: polynomial_map_sum => al; apply: polynomial_map_mpoly.
  case: eqP => [sum_al|_]; last by rewrite msize0.
  rewrite -[in X in (_ <= X)%N]sum_al /T; elim/big_rec2: _ => [|i n p _ le_p].
    by rewrite msize1.
  exact: msize_mul_le.
exists s => // x; rewrite -sE /chebyshev_layer big_mkcond; apply: eq_bigr => al _.
rewrite /term; case: eqP => _; last by rewrite meval0 scale0r.
rewrite rmorph_prod; congr (_ *: _); apply: eq_bigr => i _ /=.
by rewrite (rmorph_chebyshev (meval_rmorphism x)) /= mevalXU.
Qed.

Lemma chebyshev_layer_le (a : 'X_{1..m} -> X) (b rho : F) j x :
  (forall al, nu (a al) <= b * ((\prod_i weight2 (al i))%:R * rho^-1 ^+ mdeg al)) ->
  (forall i, `|x i| <= 1) ->
  nu (chebyshev_layer a j x) <= b * ((layer_count m j)%:R * rho^-1 ^+ j).
Proof.
move=> a_le x1; apply: le_trans (seminorm_sum nu_norm _ _ _) _.
rewrite /layer_count natr_sum mulr_suml mulr_sumr; apply: ler_sum => al /eqP sum_al.
rewrite nu_norm.2; have T1 : `|\prod_i chebyshev (al i) (x i)| <= 1.
  elim/big_rec: _ => [|i y _ y1]; first by rewrite normr1.
  by rewrite normrM mulr_ile1 // chebyshev_le1.
have := a_le [multinom (al i : nat) | i < m]; rewrite mdegE.
under eq_bigr do rewrite mnmE; under [X in _ ^+ X]eq_bigr do rewrite mnmE.
rewrite sum_al; apply: le_trans.
by rewrite ler_pimull ?(seminorm_ge0 nu_norm).
Qed.

Lemma chebyshev_expands_on rho G g : chebyshev_expands rho G g ->
  expands_on nu (fun x => forall i, `|x i| <= 1)
    (fun j => G * ((layer_count m j)%:R * rho^-1 ^+ j)) g.
Proof.
move=> [a a_le a_sum]; exists (chebyshev_layer a) => [j|x x1].
  exact: polynomial_map_layer.
by split; [move=> j; exact: chebyshev_layer_le | exact: a_sum].
Qed.

(* The hypothesis can be met: by constants, for every rho > 0. *)
Lemma chebyshev_expands_cst rho (y : X) : 0 < rho -> chebyshev_expands rho (nu y) (fun=> y).
Proof.
move=> rho0; pose a (al : 'X_{1..m}) : X := if al == 0%MM then y else 0.
exists a => [al|x _ eps eps0].
  rewrite /a; case: eqP => [->|_]; last first.
    by rewrite (seminorm0 nu_norm) !mulr_ge0 ?ler0n ?exprn_ge0 ?invr_ge0 ?(ltW rho0) ?seminorm_ge0.
  by rewrite mdeg0 expr0 mulr1 big1 ?mulr1 // => i _; rewrite mnm0E.
have zero_of (al : 'X_{1..m}) : a al = if mdeg al == 0%N then y else 0 by rewrite mdeg_eq0.
have mdeg_al j (al : {ffun 'I_m -> 'I_j.+1}) :
    mdeg [multinom (al i : nat) | i < m] = (\sum_i al i)%N.
  by rewrite mdegE; apply: eq_bigr => i _; rewrite mnmE.
exists 1%N => -[//|n] _; rewrite big_ord_recl big1 => [|j _].
  rewrite addr0 /chebyshev_layer (big_pred1 [ffun=> ord0]) => [|al].
    rewrite zero_of mdeg_al big1 => [|i _]; last by rewrite ffunE.
    rewrite big1 => [|i _]; last by rewrite ffunE.
    by rewrite scale1r subrr (seminorm0 nu_norm) ltW.
  rewrite big1 => [|i _]; last by rewrite [al i]ord1.
  by apply/esym/eqP/ffunP=> i; rewrite ffunE ord1.
rewrite /chebyshev_layer big1 // => al /eqP sum_al.
by rewrite zero_of mdeg_al sum_al scaler0.
Qed.

End Chebyshev.

(* The sums of A_j x^j have bounds. *)
Lemma tail_bound_layers (F : realFieldType) m k (x : F) : 0 <= x < 1 ->
  tail_bound k (fun j => (layer_count m j)%:R * x ^+ j) (((1 + x) / (1 - x)) ^+ m).
Proof.
move=> x01 n; apply: le_trans (layer_sum_le m n x01); have /andP[x0 _] := x01.
rewrite -(big_mkord xpredT (fun j => (layer_count m j)%:R * x ^+ j)).
have term0 j : 0 <= (layer_count m j)%:R * x ^+ j by rewrite mulr_ge0 ?ler0n ?exprn_ge0.
have [le_n|lt_k] := leqP n k.+1; first by rewrite big_geq // sumr_ge0.
by rewrite [X in _ <= X](@big_cat_nat _ _ _ k.+1) ?(ltnW lt_k) //= ler_addr sumr_ge0.
Qed.

(* In one variable the tail is 2 rho^(-k) / (rho - 1). *)
Lemma tail_bound_one_variable (F : realFieldType) k (rho : F) : 1 < rho ->
  tail_bound k (fun j => (layer_count 1 j)%:R * rho^-1 ^+ j) (2%:R * rho^-1 ^+ k / (rho - 1)).
Proof.
move=> rho1 n; have rho0 : 0 < rho by exact: lt_trans rho1.
have -> : 2%:R * rho^-1 ^+ k / (rho - 1) = 2%:R * rho^-1 ^+ k.+1 / (1 - rho^-1).
  rewrite exprS; move: (_ ^+ k) => x; field.
  by rewrite gt_eqF // subr_eq0 gt_eqF.
rewrite (eq_big_nat _ _ (F2 := fun j => 2%:R * rho^-1 ^+ j)) => [|j /andP[lt_j _]].
  by apply: geometric_tail; rewrite ?ler0n // invr_ge0 ltW //= invf_lt1.
by rewrite layer_count1 // (leq_trans _ lt_j).
Qed.

(* HEADLINE polylog_universal_given : polylog-universal : given the bounds of Chebyshev coefficients, 2^z G rho^(-|al|) with z the number of al_i that are not 0, for g with |g| <= G on the product of the ellipses E_rho: for nodes in [-1,1]^m and weights c >= 0 of sum W some c' >= 0 on at most 'C(m + k, k) of them errs by at most 2 L W G times the sum of A_j rho^(-j) over j > k, sum_j A_j x^j = ((1+x)/(1-x))^m, and for m = 1 by at most 4 L W G rho^(-k)/(rho - 1), for all rho > 1, G, L, such g and h with Lipschitz constant L at once *)
Theorem polylog_universal_given (F : realFieldType) (I : finType) (m k : nat)
    (w : I -> 'I_m -> F) (c : I -> F) :
  let W := \sum_i c i in
  (forall i a, `|w i a| <= 1) -> (forall i, 0 <= c i) ->
  exists c', [/\ forall i, 0 <= c' i, support c' \subset support c,
    (#|support c'| <= 'C(m + k, k))%N
    & forall (X : lmodType F) (nu : X -> F) (g : ('I_m -> F) -> X) (h : X -> F)
             (rho G L : F),
        let A j : F := (layer_count m j)%:R in
        let err := `|h (\sum_i c' i *: g (w i)) - h (\sum_i c i *: g (w i))| in
        seminorm nu -> 1 < rho -> 0 <= G ->
        chebyshev_expands nu rho G g -> 0 <= L -> lipschitz nu L h ->
        (forall tau, tail_bound k (fun j => A j * rho^-1 ^+ j) tau ->
           err <= 2%:R * L * W * G * tau) /\
        (m = 1%N -> err <= 4%:R * L * W * G * rho^-1 ^+ k / (rho - 1))].
Proof.
move=> W w1 c0; have [c' [c'0 c'S c'N same]] := tchakaloff k w c0.
exists c'; split=> // X nu g h rho G L A err nu_norm rho1 G0 g_exp L0 h_lip.
have [Q Q_poly QE] := chebyshev_expands_on nu_norm g_exp.
have bound tau : tail_bound k (fun j => A j * rho^-1 ^+ j) tau -> err <= 2%:R * L * W * G * tau.
  move=> tail; have near : near_polynomial k w nu setT (fun i => g (w i)) (G * tau).
    exists (fun x => \sum_(j < k.+1) Q j x) => [|i _].
      by apply: polynomial_map_sum => j; apply: polynomial_mapW (Q_poly j); rewrite -ltnS.
    have [Qb Qsum] := QE (w i) (w1 i); apply: near_partial_sum Qsum Qb _ => // n.
    by rewrite -mulr_sumr ler_wpmul2l.
  have out (i : I) : i \notin [set: I] -> c' i = c i by rewrite inE.
  have := core_inequality nu_norm c0 c'0 out same near L0 h_lip.
  by rewrite (eq_bigl _ _ (fun i => in_setT i)) !mulrA [L * 2%:R]mulrC.
split=> // m1; have tail : tail_bound k (fun j => A j * rho^-1 ^+ j)
    (2%:R * rho^-1 ^+ k / (rho - 1)).
  by rewrite /A m1; exact: tail_bound_one_variable.
apply: le_trans (bound _ tail) _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
by rewrite !mulrA; congr (_ / _); ring.
Qed.
