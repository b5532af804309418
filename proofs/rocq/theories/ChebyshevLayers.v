(* Layers of Chebyshev series in several variables.

   Paper: thm:errorbound_polylog (Theorem 7), repaired.  Claim: used by
   polylog-universal.

   T_n is the Chebyshev polynomial, T_al(x) the product of the T_(al_i)(x_i).  In the
   series of a function with |g| <= G on the product of the ellipses E_rho the
   coefficient of T_al is at most 2^z G rho^(-|al|), z the number of al_i that are not
   0.  The layer j consists of the al with |al| = j; A_j, `layer_count m j`, is the sum
   of 2^z over it.

   chebyshev_le1: |T_n| <= 1 on [-1, 1].  layer_series: (1 - x)^m sum_j A_j x^j =
   (1 + x)^m, compared coefficient by coefficient.  layer_sum_le: for 0 <= x < 1 the
   finite sums of A_j x^j are at most ((1 + x)/(1 - x))^m.                          *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From SsrMultinomials Require Import mpoly.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* T_0 = 1, T_1 = x, T_(n+2) = 2 x T_(n+1) - T_n. *)
Fixpoint chebyshev (R : comRingType) (n : nat) (x : R) : R :=
  match n with
  | 0 => 1
  | 1 => x
  | (n'.+1 as n1).+1 => 2%:R * x * chebyshev n1 x - chebyshev n' x
  end.

Lemma chebyshevS (R : comRingType) n (x : R) :
  chebyshev n.+2 x = 2%:R * x * chebyshev n.+1 x - chebyshev n x.
Proof. by []. Qed.

Lemma rmorph_chebyshev (R S : comRingType) (f : {rmorphism R -> S}) n x :
  f (chebyshev n x) = chebyshev n (f x).
Proof.
suff [] : f (chebyshev n x) = chebyshev n (f x) /\ f (chebyshev n.+1 x) = chebyshev n.+1 (f x).
  by [].
elim: n => [|n [IH0 IH1]]; first by rewrite rmorph1.
by split=> //; rewrite !chebyshevS rmorphB !rmorphM rmorph_nat IH0 IH1.
Qed.

Lemma chebyshev_le1 (F : realFieldType) n (x : F) : `|x| <= 1 -> `|chebyshev n x| <= 1.
Proof.
move=> x1; have s0 : 0 <= 1 - x ^+ 2.
  by rewrite subr_ge0 -[x ^+ 2]ger0_norm ?sqr_ge0 // normrX expr_le1.
suff [u [tu _]] : exists u, chebyshev n x ^+ 2 + (1 - x ^+ 2) * u ^+ 2 = 1 /\
    chebyshev n.+1 x = x * chebyshev n x - (1 - x ^+ 2) * u.
  rewrite -(@expr_le1 _ 2) // -normrX ger0_norm ?sqr_ge0 //.
  by rewrite -tu ler_addl mulr_ge0 ?sqr_ge0.
elim: n => [|n [u [tu tS]]].
  by exists 0; rewrite /= expr1n expr0n /= !mulr0 addr0 subr0 mulr1.
exists (x * u + chebyshev n x); rewrite chebyshevS tS.
move: (chebyshev n x) tu => t tu; split; last by ring.
by rewrite -[RHS]tu; ring.
Qed.

Definition weight2 l : nat := if l is 0%N then 1 else 2.

(* The sum of 2^z over the layer j. *)
Definition layer_count m j : nat :=
  (\sum_(al : {ffun 'I_m -> 'I_j.+1} | \sum_i al i == j) \prod_i weight2 (al i))%N.

Lemma layer_count1 j : (0 < j)%N -> layer_count 1 j = 2%N.
Proof.
move=> j0; rewrite /layer_count (big_pred1 [ffun=> ord_max]) => [|al].
  by rewrite big_ord1 ffunE /=; case: j j0.
rewrite big_ord1; apply/eqP/eqP => [al0|->]; last by rewrite ffunE.
by apply/ffunP=> i; rewrite ffunE ord1; apply: val_inj.
Qed.

Section Series.
Variable F : comRingType.
Implicit Types p q : {poly F}.

(* Equal coefficients below n. *)
Definition same_below n p q := forall j, (j < n)%N -> p`_j = q`_j.

Lemma same_below_mul n p p' q q' : same_below n p p' -> same_below n q q' ->
  same_below n (p * q) (p' * q').
Proof.
move=> pp' qq' j lt_j; rewrite !coefM; apply: eq_bigr => i _.
by rewrite pp' ?qq' // (leq_ltn_trans _ lt_j) ?leq_subr // -ltnS.
Qed.

Lemma same_below_exp n p q m : same_below n p q -> same_below n (p ^+ m) (q ^+ m).
Proof. by move=> pq; elim: m => [|m IH] //; rewrite !exprS; exact: same_below_mul. Qed.

(* 1 + 2x + ... + 2x^(n-1) *)
Definition series1 n : {poly F} := \poly_(l < n) (weight2 l)%:R.

Lemma coef_series1 m n j : (j < n)%N -> (series1 n ^+ m)`_j = (layer_count m j)%:R.
Proof.
move=> lt_j; transitivity ((series1 j.+1 ^+ m)`_j).
  apply: same_below_exp (ltnSn j) => i; rewrite ltnS => le_i.
  by rewrite !coef_poly ltnS le_i (leq_ltn_trans le_i).
have -> : series1 j.+1 ^+ m = \prod_(i < m) \sum_(l < j.+1) (weight2 l)%:R *: 'X^l.
  by rewrite prodr_const card_ord /series1 poly_def.
rewrite bigA_distr_bigA coef_sum /layer_count natr_sum [RHS]big_mkcond.
apply: eq_bigr => al _; have -> : \prod_(i < m) ((weight2 (al i))%:R *: 'X^(al i)) =
    (\prod_i weight2 (al i))%:R *: 'X^(\sum_i al i) :> {poly F}.
  rewrite scaler_prod natr_prod; congr (_ *: _).
  by elim/big_rec2: _ => [|i y1 y2 _ ->]; rewrite ?expr0 ?exprD.
by rewrite coefZ coefXn eq_sym; case: eqP; rewrite ?mulr1 ?mulr0.
Qed.

Lemma layer_series m n j : (j < n)%N ->
  ((1 - 'X) ^+ m * \poly_(i < n) (layer_count m i)%:R)`_j = ((1 + 'X) ^+ m : {poly F})`_j.
Proof.
move=> lt_j; have same : same_below n (\poly_(i < n) (layer_count m i)%:R) (series1 n ^+ m).
  by move=> i lt_i; rewrite coef_poly lt_i coef_series1.
rewrite (same_below_mul (p' := (1 - 'X) ^+ m) _ same lt_j) // -exprMn.
apply: same_below_exp lt_j => i lt_i.
rewrite mulrBl mul1r coefB coefXM coefD coefX coef1 !coef_poly lt_i.
case: i lt_i => [|[|i]] lt_i /=; rewrite ?subr0 ?addr0 // (ltnW lt_i).
  by rewrite -natrB // ?add0r.
by rewrite subrr ?add0r.
Qed.

End Series.

Lemma layer_sum_le (F : realFieldType) m n (x : F) : 0 <= x < 1 ->
  \sum_(j < n) (layer_count m j)%:R * x ^+ j <= ((1 + x) / (1 - x)) ^+ m.
Proof.
move=> /andP[x0 x1]; have x_gt0 : 0 < 1 - x by rewrite subr_gt0.
apply: le_trans (_ : (series1 F n).[x] ^+ m <= _).
  rewrite -horner_exp; set p := series1 F n ^+ m.
  have p0 j : 0 <= p`_j.
    have /polyOverP : p \is a polyOver Num.nneg.
      apply: rpredX; apply/polyOverP=> i; rewrite coef_poly.
      by case: ifP => _; rewrite nnegrE ?ler0n.
    by move/(_ j).
  rewrite (@horner_coef_wide _ (n + size p)) ?leq_addl // big_split_ord /=.
  rewrite (eq_bigr (fun j : 'I_n => p`_j * x ^+ j)) => [|j _]; last by rewrite coef_series1.
  by rewrite ler_addl sumr_ge0 // => j _; rewrite mulr_ge0 ?exprn_ge0.
have half_ge0 : 0 <= (series1 F n).[x].
  by rewrite horner_poly sumr_ge0 // => j _; rewrite mulr_ge0 ?ler0n ?exprn_ge0.
have y0 : 0 <= (1 + x) / (1 - x) by exact: divr_ge0 (addr_ge0 ler01 x0) (ltW x_gt0).
rewrite ler_expn2r ?nnegrE //.
rewrite ler_pdivl_mulr // horner_poly; case: n {half_ge0} => [|n].
  by rewrite big_ord0 mul0r addr_ge0 ?ler01.
suff -> : (\sum_(j < n.+1) (weight2 j)%:R * x ^+ j) * (1 - x) = 1 + x - 2%:R * x ^+ n.+1.
  by rewrite ger_addl oppr_le0 mulr_ge0 ?ler0n ?exprn_ge0.
elim: n => [|n IHn]; first by rewrite big_ord1 expr1 expr0 /=; ring.
by rewrite big_ord_recr mulrDl IHn /= [x ^+ n.+2]exprS; move: (x ^+ n.+1) => y; ring.
Qed.
