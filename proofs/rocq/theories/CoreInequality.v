(* The core inequality: weights that agree on all polynomials of degree <= k
   integrate a function g equally up to twice the mass times the distance of g
   from the polynomials of degree <= k.  Every upper bound of the paper
   (thm:moment, thm:compression_errorbound, thm:errorbound_polylog) is this
   inequality with an estimate of that distance; the estimates are in
   SmallBall.v and AnalyticRates.v.

   The values of g lie in any vector space X with a seminorm (the reals with the
   absolute value, a Banach space with its norm); h is a real function on X.

   Headlines: core_inequality and core_inequality_sharp.  The first reads: if
   c, c' >= 0 have the same moments of degree <= k, differ only on the nodes of
   T, g is within E of a polynomial of degree <= k on T and h is Lipschitz with
   constant L, then |h(sum c' g) - h(sum c g)| <= L * 2 * (mass of T) * E.  The
   second: for k = 0 and the nodes -1 and 1 there is equality.                 *)
From mathcomp Require Import all_ssreflect all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* Seminorms, Lipschitz functions.                                            *)
Section Seminorm.
Variables (F : realFieldType) (X : lmodType F).

Definition seminorm (nu : X -> F) :=
  (forall x y, nu (x + y) <= nu x + nu y) /\
  (forall a x, nu (a *: x) = `|a| * nu x).

Definition lipschitz (nu : X -> F) (L : F) (h : X -> F) :=
  forall x y, `|h x - h y| <= L * nu (x - y).

Variable nu : X -> F.
Hypothesis nu_norm : seminorm nu.

Lemma seminorm0 : nu 0 = 0.
Proof. by rewrite -(scale0r (0 : X)) nu_norm.2 normr0 mul0r. Qed.

Lemma seminormN x : nu (- x) = nu x.
Proof. by rewrite -scaleN1r nu_norm.2 normrN1 mul1r. Qed.

Lemma seminorm_ge0 x : 0 <= nu x.
Proof.
have := nu_norm.1 x (- x); rewrite subrr seminorm0 seminormN.
by rewrite -mulr2n pmulrn_lge0.
Qed.

Lemma seminorm_sum (J : Type) (r : seq J) (P : pred J) (x : J -> X) :
  nu (\sum_(j <- r | P j) x j) <= \sum_(j <- r | P j) nu (x j).
Proof.
elim/big_rec2: _ => [|j s y _ le_ys]; first by rewrite seminorm0.
by rewrite (le_trans (nu_norm.1 _ _)) // ler_add2l.
Qed.

End Seminorm.

Lemma seminorm_norm (F : realFieldType) : seminorm (fun x : F^o => `|x|).
Proof. by split=> [x y|a x]; [exact: ler_norm_add | exact: normrM]. Qed.

(* Polynomials of degree <= k in m variables with values in X.                *)
Section PolynomialMaps.
Variables (F : realFieldType) (X : lmodType F) (m : nat).
Implicit Types (q : ('I_m -> F) -> X) (p : {mpoly F[m]}).

Definition polynomial_map (k : nat) q :=
  exists2 s : seq ({mpoly F[m]} * X), all (fun t => (msize t.1 <= k.+1)%N) s &
    forall x, q x = \sum_(t <- s) t.1.@[x] *: t.2.

Lemma polynomial_map_mpoly k p (y : X) :
  (msize p <= k.+1)%N -> polynomial_map k (fun x => p.@[x] *: y).
Proof. by move=> le_p; exists [:: (p, y)] => [|x]; rewrite /= ?le_p ?big_seq1. Qed.

Lemma polynomial_map_cst k (y : X) : polynomial_map k (fun=> y).
Proof.
exists [:: (1, y)] => [|x]; rewrite ?big_seq1 ?meval1 ?scale1r //=.
by rewrite msize1.
Qed.

Lemma polynomial_map0 k : polynomial_map k (fun=> 0).
Proof. exact: polynomial_map_cst. Qed.

Lemma polynomial_mapD k q q' : polynomial_map k q -> polynomial_map k q' ->
  polynomial_map k (fun x => q x + q' x).
Proof.
move=> [s s_le qE] [s' s'_le q'E]; exists (s ++ s') => [|x].
  by rewrite all_cat s_le.
by rewrite big_cat qE q'E.
Qed.

Lemma polynomial_map_sum k (J : Type) (r : seq J) (q : J -> ('I_m -> F) -> X) :
  (forall j, polynomial_map k (q j)) ->
  polynomial_map k (fun x => \sum_(j <- r) q j x).
Proof.
move=> q_k; elim: r => [|j r IHr].
  by exists [::] => // x; rewrite !big_nil.
have [s s_le sE] := polynomial_mapD (q_k j) IHr.
by exists s => // x; rewrite big_cons -sE.
Qed.

Lemma msize_mul_le p p' a b :
  (msize p <= a.+1)%N -> (msize p' <= b.+1)%N -> (msize (p * p') <= (a + b).+1)%N.
Proof.
have [->|p0] := eqVneq p 0; first by rewrite mul0r msize0.
have [->|p'0] := eqVneq p' 0; first by rewrite mulr0 msize0.
move=> le_p le_p'; rewrite msizeM //.
by have := leq_add le_p le_p'; rewrite addSn addnS; case: (_ + _)%N.
Qed.

Lemma polynomial_mapM a b k p q : (a + b <= k)%N -> (msize p <= a.+1)%N ->
  polynomial_map b q -> polynomial_map k (fun x => p.@[x] *: q x).
Proof.
move=> le_k le_p [s /allP s_le qE].
exists [seq (p * t.1, t.2) | t <- s] => [|x].
  apply/allP=> _ /mapP[t ts ->] /=.
  by rewrite (leq_trans (msize_mul_le le_p (s_le _ ts))).
rewrite qE scaler_sumr big_map; apply: eq_bigr => t _ /=.
by rewrite mevalM scalerA.
Qed.

Lemma polynomial_mapZ k a q :
  polynomial_map k q -> polynomial_map k (fun x => a *: q x).
Proof.
have le1 : (msize (a%:MP_[m]) <= 1)%N by rewrite msizeC; case: (_ != _).
move=> /(@polynomial_mapM 0 k k _ _ (leqnn k) le1)[s s_le sE].
by exists s => // x; rewrite -sE mevalC.
Qed.

Lemma polynomial_mapW a b q : (a <= b)%N -> polynomial_map a q -> polynomial_map b q.
Proof.
move=> le_ab [s /allP s_le qE]; exists s => //.
by apply/allP=> t /s_le/leq_trans; apply.
Qed.

End PolynomialMaps.

Section CoreInequality.
Variables (F : realFieldType) (I : finType) (m k : nat) (w : I -> 'I_m -> F).
Variables (X : lmodType F) (nu : X -> F).
Implicit Types (c : I -> F) (g : I -> X) (T : {set I}).

(* g is within E of a polynomial of degree <= k on the nodes of T. *)
Definition near_polynomial T g (E : F) :=
  exists2 q, polynomial_map k q & forall i, i \in T -> nu (g i - q (w i)) <= E.

Lemma same_moments_polynomial_map c' c q : same_moments k w c' c ->
  polynomial_map k q -> \sum_i c' i *: q (w i) = \sum_i c i *: q (w i) :> X.
Proof.
move=> same [s /allP s_le qE].
have sumE b : \sum_i b i *: q (w i) =
              \sum_(t <- s) (\sum_i b i * t.1.@[w i]) *: t.2.
  under eq_bigr do rewrite qE scaler_sumr.
  rewrite exchange_big; apply: eq_bigr => t _; rewrite scaler_suml.
  by apply: eq_bigr => i _; rewrite scalerA.
rewrite !sumE; apply: eq_big_seq => t /s_le t_le.
by rewrite (same_moments_poly same).
Qed.

Lemma core_inequality_integral c c' T g E : seminorm nu ->
  (forall i, 0 <= c i) -> (forall i, 0 <= c' i) ->
  (forall i, i \notin T -> c' i = c i) -> same_moments k w c' c ->
  near_polynomial T g E ->
  nu (\sum_i c' i *: g i - \sum_i c i *: g i) <= 2%:R * (\sum_(i in T) c i) * E.
Proof.
move=> nu_norm c0 c'0 out same [q q_k gq].
have split_mass b : \sum_i b i = \sum_(i in T) b i + \sum_(i | i \notin T) b i :> F.
  by rewrite (bigID (mem T)).
have mass : \sum_(i in T) c' i = \sum_(i in T) c i.
  have := same_moments_mass same; rewrite !split_mass.
  by under [X in _ + X = _]eq_bigr => i iT do [rewrite out //]; move/addIr.
have -> : \sum_i c' i *: g i - \sum_i c i *: g i =
          \sum_(i in T) (c' i - c i) *: (g i - q (w i)).
  transitivity (\sum_i (c' i - c i) *: (g i - q (w i))).
    under [RHS]eq_bigr do rewrite scalerBr !scalerBl opprB addrC.
    rewrite big_split /= !sumrB (same_moments_polynomial_map same q_k).
    by rewrite subrr add0r.
  rewrite (bigID (mem T)) /= [X in _ + X]big1 ?addr0 // => i /out->.
  by rewrite subrr scale0r.
apply: le_trans (seminorm_sum nu_norm _ _ _) _.
rewrite mulr_natl mulr2n -{1}mass -big_split mulr_suml /=.
apply: ler_sum => i iT; rewrite nu_norm.2 ler_pmul ?gq ?(seminorm_ge0 nu_norm) //.
by rewrite (le_trans (ler_norm_sub _ _)) // !ger0_norm.
Qed.

(* HEADLINE core_inequality : - : if weights c, c' >= 0 have equal moments of order 0, ..., k and differ only on nodes where g is within E of a polynomial of degree <= k, then |h(sum c' g) - h(sum c g)| <= 2 L W E, L the Lipschitz constant of h, W the sum of c on these nodes *)
Theorem core_inequality c c' T g h E L : seminorm nu ->
  (forall i, 0 <= c i) -> (forall i, 0 <= c' i) ->
  (forall i, i \notin T -> c' i = c i) -> same_moments k w c' c ->
  near_polynomial T g E -> 0 <= L -> lipschitz nu L h ->
  `|h (\sum_i c' i *: g i) - h (\sum_i c i *: g i)|
    <= L * (2%:R * (\sum_(i in T) c i) * E).
Proof.
move=> nu_norm c0 c'0 out same near L0 h_lip; apply: le_trans (h_lip _ _) _.
by rewrite ler_wpmul2l // core_inequality_integral.
Qed.

End CoreInequality.

(* HEADLINE core_inequality_sharp : - : for k = 0, nodes -1 and 1, g(w) = E w and h(y) = y some weights c, c' >= 0 of sum W make the core inequality an equality, and no constant is nearer to g than E *)
Theorem core_inequality_sharp (F : realFieldType) (W E : F) : 0 <= W -> 0 <= E ->
  let w (b : bool) (_ : 'I_1) : F := (-1) ^+ b in
  let g (b : bool) : F^o := E * w b ord0 in
  exists c c' : bool -> F,
    [/\ (forall b, 0 <= c b) /\ (forall b, 0 <= c' b), \sum_b c b = W,
        same_moments 0 w c' c,
        near_polynomial 0 w (fun y : F^o => `|y|) setT g E /\
        (forall E', near_polynomial 0 w (fun y : F^o => `|y|) setT g E' -> E <= E')
      & `|\sum_b c' b *: g b - \sum_b c b *: g b| = 2%:R * W * E].
Proof.
move=> W0 E0 w g; exists (fun b => if b then 0 else W), (fun b => if b then W else 0).
have two (f : bool -> F) : \sum_b f b = f true + f false by rewrite -big_bool.
split.
- by split=> -[].
- by rewrite two add0r.
- move=> a; rewrite leqn0 mdeg_eq0 => /eqP->.
  by rewrite !moment0 !two add0r addr0.
- split=> [|E' [q [s /allP s_le qE] near]].
    exists (fun=> 0); first exact: polynomial_map0.
    move=> b _; rewrite subr0 /g normrM normr_sign mulr1 ger0_norm //.
  have q_cst : q (w true) = q (w false).
    rewrite !qE; apply: eq_big_seq => t /s_le; rewrite -/(msize _ <= 1)%N.
    by move=> /msize1_polyC->; rewrite !mevalC.
  have := ler_add (near true (in_setT _)) (near false (in_setT _)).
  rewrite distrC q_cst => /(le_trans (ler_norm_add _ _)).
  rewrite addrC addrA subrK /g /w expr1 expr0 mulrN1 mulr1 opprK -!mulr2n.
  by rewrite normrMn ger0_norm // ler_pmuln2r.
rewrite !two /= !scale0r add0r addr0 /g /w expr1 expr0 mulrN1 mulr1.
rewrite /GRing.scale /= mulrN -opprD normrN -mulr2n ger0_norm.
  by rewrite -mulrA mulr_natl.
by rewrite mulrn_wge0 // mulr_ge0.
Qed.
