(* The polynomial of the FTSP is not unique when m >= 2 and d >= 2.

   Paper: step 4 of the printed proof of thm:fundamental_multisym.
   Claim: ftsp-uniqueness (refuted).

   Headlines, at the end of the file: `ftsp_uniqueness_refuted`, and
   `ftsp_unique_iff`, which says for which m and d the claim is true.

   The moments p_1, ..., p_d have 'C(m + d, d) - 1 components, which is more than the
   m d coordinates of d points as soon as m, d >= 2.  So the components satisfy a
   polynomial relation that is not 0, and adding it to P changes P but not the
   function of the points.  For m = 1 and for d = 1 they are independent.  The notation
   is that of FTSP.v.                                                              *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra zify.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff TchakaloffTight ClosedForm FTSP FTSPUnivariate.
From UComp Require Import AlgebraicDependence.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Lemma num_ordersE m D : num_orders m D = 'C(m + D, D).-1.
Proof.
rewrite /num_orders card_sig -card_bmultinom.
have lt0 : (mdeg (0%MM : 'X_{1..m}) < D.+1)%N by rewrite mdeg0.
rewrite -(cardC1 (BMultinom lt0)); apply: eq_card => a; rewrite !inE.
by rewrite lt0n mdeg_eq0 -(inj_eq val_inj).
Qed.

Lemma more_moments_than_coords m d : (1 < m)%N -> (1 < d)%N ->
  (num_coords d m < num_orders m d)%N.
Proof.
rewrite num_ordersE /num_coords card_prod !card_ord => m1 d1.
suff : (d * m + 2 <= 'C(m + d, d))%N by lia.
case: d d1 => [|[|d]] // _; case: m m1 => [|[|m]] // _; elim: m => [|m IHm].
  have -> : 'C(2 + d.+2, d.+2) = 'C(d.+4, 2) by rewrite add2n -[RHS]bin_sub ?subn2.
  by rewrite bin2 /=; nia.
have step : ('C(m.+3 + d.+2, d.+2) = 'C(m.+2 + d.+2, d.+2) + 'C(m.+2 + d.+2, d.+1))%N.
  by rewrite addSn binS.
have : (d.+2 <= 'C(m.+2 + d.+2, d.+1))%N; last by rewrite step; nia.
by rewrite -{1}[d.+2]binSn leq_bin2l // leq_addl.
Qed.

(* HEADLINE ftsp_uniqueness_refuted : ftsp-uniqueness : for all m, d >= 2, over a field of characteristic 0, no permutation-invariant polynomial in d points of K^m is a polynomial in the components of p_1, ..., p_d in one way only. *)
Theorem ftsp_uniqueness_refuted (K : fieldType) (d m : nat) :
  [char K] =i pred0 -> (1 < m)%N -> (1 < d)%N ->
  forall f : {mpoly K[num_coords d m]}, invariant f ->
  exists P Q : {mpoly K[num_orders m d]},
    [/\ P != Q, f = in_moments P (@mean_power K d m) & f = in_moments Q (@mean_power K d m)].
Proof.
move=> char0 m1 d1 f /(ftsp char0)[P fP].
have [S [S0 SE]] := algebraic_dependence
  (fun r => mean_power K d (order_index r)) (more_moments_than_coords m1 d1).
exists P, (P + S); split=> //; first by rewrite -subr_eq0 opprD addNKr oppr_eq0.
by rewrite /in_moments comp_mpolyD SE addr0.
Qed.

(* Different variables are independent. *)
Lemma rename_variables (K : comRingType) n k (place : 'I_n -> 'I_k) (P : {mpoly K[n]}) :
  injective place -> P \mPo [tuple 'X_(place r) | r < n] = 0 -> P = 0.
Proof.
move=> place_inj P0; pose back : k.-tuple {mpoly K[n]} :=
  [tuple (if [pick r | place r == l] is Some r then 'X_r else 0) | l < k].
have := congr1 (comp_mpoly back) P0; rewrite comp_mpoly0 comp_mpoly_comp; apply: etrans.
rewrite -[LHS]comp_mpoly_id; congr (_ \mPo _); apply: eq_from_tnth => r.
rewrite !tnth_mktuple comp_mpolyX_tuple tnth_mktuple.
by case: pickP => [r' /eqP/place_inj -> //|/(_ r)]; rewrite eqxx.
Qed.

Lemma numbers_independent (K : fieldType) d (P : {mpoly K[num_orders 1 d]}) :
  [char K] =i pred0 -> in_moments P (@mean_power K d 1) = 0 -> P = 0.
Proof.
move=> char0 P0; apply: (@rename_variables _ _ _ (@order_place d)) => [r r'|].
  move=> /(congr1 val) /= eq_r; apply/order_index_inj/mnmP=> j; rewrite ord1.
  have := order_index_bounds r; have := order_index_bounds r'; rewrite !mdegE !big_ord1.
  by move=> /andP[r'0 _] /andP[r0 _]; rewrite -(prednK r0) -(prednK r'0) eq_r.
apply: (mean_powers_independent char0).
by rewrite -in_moments_to_numbers P0 comp_mpoly0.
Qed.

Lemma one_point_independent (K : fieldType) m (P : {mpoly K[num_orders m 1]}) :
  in_moments P (@mean_power K 1 m) = 0 -> P = 0.
Proof.
have unit_order (r : 'I_(num_orders m 1)) : exists j, order_index r == U_(j)%MM.
  by apply/mdeg1P; rewrite eqn_leq andbC; exact: order_index_bounds.
pose axis r := xchoose (unit_order r).
have axisE r : order_index r = U_(axis r)%MM by apply/eqP/(xchooseP (unit_order r)).
move=> P0; apply: (@rename_variables _ _ _ (fun r => enum_rank (ord0 : 'I_1, axis r))) => [r r'|].
  by move=> /enum_rank_inj[] axis_r; apply/order_index_inj; rewrite !axisE axis_r.
rewrite -[RHS]P0; congr (_ \mPo _); apply: eq_from_tnth => r; rewrite !tnth_mktuple.
rewrite /mean_power invr1 scale1r /power_sum big_ord1 /monomial (bigD1 (axis r)) //= axisE.
rewrite mnm1E eqxx expr1 big1 ?mulr1 // => j /negPf ne.
by rewrite mnm1E eq_sym ne expr0.
Qed.

(* HEADLINE ftsp_unique_iff : ftsp-uniqueness : for m, d >= 1, over a field of characteristic 0, different polynomials in the components of p_1, ..., p_d are always different polynomials in the coordinates of the d points if and only if m = 1 or d = 1. *)
Theorem ftsp_unique_iff (K : fieldType) (d m : nat) :
  [char K] =i pred0 -> (0 < m)%N -> (0 < d)%N ->
  injective (fun P : {mpoly K[num_orders m d]} => in_moments P (@mean_power K d m)) <->
  (m == 1%N) || (d == 1%N).
Proof.
move=> char0 m0 d0; split=> [inj|].
  apply: contraT; rewrite negb_or => /andP[m1 d1].
  have [|||P [Q [PQ P0 Q0]]] := @ftsp_uniqueness_refuted K d m char0 _ _ 0 _.
  - by rewrite ltn_neqAle eq_sym m1.
  - by rewrite ltn_neqAle eq_sym d1.
  - by move=> s; rewrite /permute comp_mpoly0.
  by case/eqP: PQ; apply: inj; rewrite -P0 -Q0.
move=> one P Q eq_PQ; apply/eqP; rewrite -subr_eq0; apply/eqP.
have : in_moments (P - Q) (@mean_power K d m) = 0.
  by rewrite /in_moments comp_mpolyB; move: eq_PQ; rewrite /in_moments => ->; rewrite subrr.
case/orP: one P Q {eq_PQ} => /eqP -> P Q; first exact: numbers_independent.
exact: one_point_independent.
Qed.
