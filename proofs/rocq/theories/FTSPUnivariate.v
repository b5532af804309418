(* The fundamental theorem of symmetric polynomials for numbers: existence and uniqueness.

   Paper: thm:fund_sym.  Claim: ftsp-univariate.

   Headline: `ftsp_univariate`, at the end of the file.

   K is any field of characteristic 0; {mpoly K[d]} are the polynomials in w_1, ..., w_d;
   `f \is symmetric` says that f does not change when the variables are permuted.
   `mean_power_of k` is (1/d) (w_1^k + ... + w_d^k), and `in_mean_powers P` is P with
   p_(k+1) in place of variable k = 0, ..., d - 1.

   Existence is FTSP.v for m = 1.  Uniqueness: if P(p_1, ..., p_d) = 0, then by the chain
   rule a polynomial of degree below d with coefficients proportional to
   (dP/dy_k)(p_1, ..., p_d) has the d roots w_1, ..., w_d; so these coefficients are 0,
   and by induction on the degree P is constant, hence 0.                             *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import ClosedForm FTSP.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section Substitution.
Variables (K : comRingType) (n k l : nat).

Lemma comp_mpoly_comp (P : {mpoly K[n]}) (t : n.-tuple {mpoly K[k]})
    (u : k.-tuple {mpoly K[l]}) :
  (P \mPo t) \mPo u = P \mPo [tuple tnth t i \mPo u | i < n].
Proof.
rewrite [P \mPo t]comp_mpolyEX raddf_sum [RHS]comp_mpolyEX; apply: eq_bigr => M _ /=.
rewrite comp_mpolyZ; congr (_ *: _).
rewrite !comp_mpolyX rmorph_prod; apply: eq_bigr => i _ /=.
by rewrite rmorphX tnth_mktuple.
Qed.

Lemma comp_mpolyX_tuple (t : n.-tuple {mpoly K[k]}) i : 'X_i \mPo t = tnth t i.
Proof. by rewrite comp_mpolyXU -tnth_nth. Qed.

Lemma chain_rule (P : {mpoly K[n]}) (t : n.-tuple {mpoly K[k]}) (i : 'I_k) :
  (P \mPo t)^`M(i) = \sum_(r < n) (P^`M(r) \mPo t) * (tnth t r)^`M(i).
Proof.
pose ok Q := (Q \mPo t)^`M(i) = \sum_(r < n) (Q^`M(r) \mPo t) * (tnth t r)^`M(i).
have okC c : ok c%:MP.
  by rewrite /ok comp_mpolyC mderivC big1 // => r _; rewrite mderivC comp_mpoly0 mul0r.
have okD Q Q' : ok Q -> ok Q' -> ok (Q + Q').
  move=> okQ okQ'; rewrite /ok comp_mpolyD mderivD okQ okQ' -big_split.
  by apply: eq_bigr => r _; rewrite /= mderivD comp_mpolyD mulrDl.
have okM Q Q' : ok Q -> ok Q' -> ok (Q * Q').
  move=> okQ okQ'; rewrite /ok rmorphM /= mderivM okQ okQ' mulr_suml mulr_sumr -big_split.
  apply: eq_bigr => r _; rewrite /= mderivM comp_mpolyD !rmorphM /= mulrDl mulrA.
  by congr (_ + _); rewrite mulrAC.
have okX r : ok 'X_r.
  rewrite /ok comp_mpolyX_tuple (bigD1 r) //= big1 => [|r' ne].
    rewrite mderivX mnmE eqxx scale1r (_ : (U_(r) - U_(r))%MM = 0%MM).
      by rewrite mpolyX0 comp_mpoly1 mul1r addr0.
    by apply/mnmP=> j; rewrite mnmBE subnn mnm0E.
  by rewrite mderivX mnmE eq_sym (negPf ne) scale0r comp_mpoly0 mul0r.
have okP (J : Type) (s : seq J) (g : J -> {mpoly K[n]}) :
    (forall j, ok (g j)) -> ok (\prod_(j <- s) g j).
  by move=> ok_g; elim/big_rec: _ => [|j x _ ok_x]; [rewrite -mpolyC1; exact: okC | exact: okM].
rewrite -/(ok P) (mpolyE P); elim/big_rec: _ => [|M x _ ok_x]; first by rewrite -mpolyC0; exact: okC.
apply: okD => //; rewrite -mul_mpolyC mpolyXE_id; apply: okM (okC _) _; apply: (okP) => r.
by rewrite -[M r]card_ord -prodr_const; apply: okP.
Qed.
End Substitution.

Lemma derivative_size (K : ringType) n (P : {mpoly K[n]}) i e :
  (msize P <= e.+1)%N -> (msize P^`M(i) <= e)%N.
Proof.
move=> le_P; rewrite msizeE; apply/bigmax_leqP_seq=> M; rewrite mcoeff_msupp mcoeff_mderiv => cM _.
rewrite -ltnS (leq_trans _ le_P) //; have -> : (mdeg M).+1 = mdeg (M + U_(i))%MM.
  by rewrite mdegD mdeg1 addn1.
apply: msize_mdeg_lt; rewrite mcoeff_msupp; apply: contraNneq cM => ->.
by rewrite mul0rn.
Qed.

Section Univariate.
Variables (K : fieldType) (d : nat).
Hypothesis char0 : [char K] =i pred0.
Local Notation A := {mpoly K[d]}.

Definition mean_power_of (k : nat) : A := d%:R^-1 *: \sum_(i < d) 'X_i ^+ k.

Definition in_mean_powers (P : A) : A := P \mPo [tuple mean_power_of k.+1 | k < d].

Let natr_neq0 n : (0 < n)%N -> n%:R != 0 :> K.
Proof. by rewrite lt0n; move/charf0P: char0 => ->. Qed.

Lemma mean_power_derivative k i :
  (mean_power_of k.+1)^`M(i) = (k.+1%:R / d%:R) *: 'X_i ^+ k.
Proof.
rewrite mderivZ mulrC -scalerA; congr (_ *: _).
rewrite (big_morph _ (mderivD i) (mderiv0 _ i)) (bigD1 i) //= big1 ?addr0 => [|j ji].
  rewrite mpolyXn mderivX mulmnE mnm1E eqxx muln1 mpolyXn; congr (_ *: 'X_[_]).
  by apply/mnmP=> j; rewrite mnmBE !mulmnE mnm1E mulSn addKn.
by rewrite mpolyXn mderivX mulmnE mnm1E (negPf ji) muln0 scale0r.
Qed.

(* A polynomial of degree below d in one more variable with d different roots is 0. *)
Lemma vandermonde (u : 'I_d -> A) :
  (forall i, \sum_(k < d) u k * 'X_i ^+ k = 0) -> forall k, u k = 0.
Proof.
move=> roots k; pose U : {poly A} := \poly_(j < d) (if insub j is Some k then u k else 0).
have U0 : U = 0.
  apply/eqP; apply: contraT => Un0; have := @max_poly_roots _ U [seq 'X_i | i <- enum 'I_d] Un0.
  rewrite size_map size_enum_ord ltnNge size_poly => absurd; apply: absurd.
    apply/allP=> _ /mapP[i _ ->]; apply/eqP; rewrite horner_poly -[RHS](roots i).
    by apply: eq_bigr => j _; rewrite valK.
  rewrite map_inj_uniq ?enum_uniq // => i j /(congr1 (mcoeff U_(i)%MM)).
  rewrite !mcoeffX eqxx; case: eqP => [/mnmP/(_ i)|_ /eqP]; last by rewrite oner_eq0.
  by rewrite !mnm1E eqxx; case: eqP.
have := congr1 (fun V : {poly A} => V`_k) U0.
by rewrite coef_poly ltn_ord coef0 valK.
Qed.

(* The mean powers p_1, ..., p_d are algebraically independent. *)
Lemma mean_powers_independent (P : A) : in_mean_powers P = 0 -> P = 0.
Proof.
have [e] := ubnPleq (msize P); elim: e P => [|e IHe] P le_P P0.
  by apply/eqP; rewrite -msize_poly_eq0 -leqn0.
have derivative_zero k : P^`M(k) = 0.
  apply: IHe; first exact: derivative_size.
  have d0 : (0 < d)%N by exact: leq_ltn_trans (ltn_ord k).
  pose u (r : 'I_d) := (r.+1%:R / d%:R) *: in_mean_powers P^`M(r).
  have /vandermonde/(_ k)/eqP : forall i, \sum_(r < d) u r * 'X_i ^+ r = 0.
    move=> i; have := congr1 (mderiv i) P0; rewrite mderiv0 chain_rule; apply: etrans.
    by apply: eq_bigr => r _; rewrite tnth_mktuple mean_power_derivative -scalerAl -scalerAr.
  by rewrite scaler_eq0 mulf_eq0 invr_eq0 !(negPf (natr_neq0 _)) // => /eqP.
have PE : P = (P@_0)%:MP.
  apply/mpolyP=> M; rewrite mcoeffC; have [->|M0] := eqVneq M 0%MM; first by rewrite mulr1.
  have [k Mk] : exists k, M k != 0%N.
    apply/existsP; apply: contraNT M0; rewrite negb_exists => /forallP M0.
    by apply/eqP/mnmP=> k; rewrite mnm0E; apply/eqP; rewrite -[_ == _]negbK.
  have := congr1 (mcoeff (M - U_(k))%MM) (derivative_zero k).
  rewrite mcoeff_mderiv mcoeff0 submK ?lep1mP // => /eqP.
  by rewrite -mulr_natr mulf_eq0 (negPf (natr_neq0 _)) // orbF mulr0 => /eqP.
by move: P0; rewrite PE /in_mean_powers comp_mpolyC => ->.
Qed.

(* The notation of FTSP.v for m = 1, point i with its coordinate in place of w_i. *)
Definition to_points : d.-tuple {mpoly K[num_coords d 1]} := [tuple coord K i ord0 | i < d].

Definition to_numbers : (num_coords d 1).-tuple A := [tuple 'X_((enum_val r).1) | r < num_coords d 1].

Lemma order_bound (r : 'I_(num_orders 1 d)) : ((order_index r ord0).-1 < d)%N.
Proof. by have := order_index_bounds r; rewrite mdegE big_ord1 => /andP[/prednK->]. Qed.

Definition order_place (r : 'I_(num_orders 1 d)) : 'I_d := Ordinal (order_bound r).

Lemma in_moments_to_numbers (P : {mpoly K[num_orders 1 d]}) :
  in_moments P (@mean_power K d 1) \mPo to_numbers =
  in_mean_powers (P \mPo [tuple 'X_(order_place r) | r < num_orders 1 d]).
Proof.
rewrite /in_mean_powers /in_moments !comp_mpoly_comp; congr (_ \mPo _).
apply: eq_from_tnth => r; rewrite !tnth_mktuple comp_mpolyX_tuple tnth_mktuple /=.
rewrite /mean_power /mean_power_of comp_mpolyZ; congr (_ *: _).
rewrite raddf_sum; apply: eq_bigr => i _ /=.
rewrite /monomial big_ord1 rmorphX /= comp_mpolyX_tuple tnth_mktuple enum_rankK /=.
by have := order_index_bounds r; rewrite mdegE big_ord1 => /andP[/prednK->].
Qed.

Lemma symmetric_in_mean_powers (f : A) : f \is symmetric -> exists P, f = in_mean_powers P.
Proof.
move=> /issymP f_sym; have inv : invariant (f \mPo to_points).
  move=> s; rewrite /permute comp_mpoly_comp -[in RHS](f_sym s) msym_mPo; congr (_ \mPo _).
  apply: eq_from_tnth => i; rewrite !tnth_mktuple comp_mpolyX_tuple tnth_mktuple enum_rankK /=.
  by rewrite ord1.
have fE : (f \mPo to_points) \mPo to_numbers = f.
  rewrite comp_mpoly_comp -[RHS]comp_mpoly_id; congr (_ \mPo _).
  by apply: eq_from_tnth => i; rewrite !tnth_mktuple comp_mpolyX_tuple tnth_mktuple enum_rankK.
have [P PE] := ftsp char0 inv.
exists (P \mPo [tuple 'X_(order_place r) | r < num_orders 1 d]).
by rewrite -in_moments_to_numbers -PE fE.
Qed.

(* HEADLINE ftsp_univariate : ftsp-univariate : over a field of characteristic 0 for every d and every symmetric polynomial f in w_1, ..., w_d there is exactly one polynomial P with f = P(p_1, ..., p_d), p_k = (1/d) (w_1^k + ... + w_d^k). *)
Theorem ftsp_univariate (f : A) : f \is symmetric -> exists! P : A, f = in_mean_powers P.
Proof.
move=> /symmetric_in_mean_powers[P fP]; exists P; split=> // Q fQ.
apply/eqP; rewrite -subr_eq0; apply/eqP/mean_powers_independent.
by rewrite /in_mean_powers comp_mpolyB -/(in_mean_powers P) -/(in_mean_powers Q) -fP -fQ subrr.
Qed.
End Univariate.
