(* The order d in the FTSP cannot be lowered.

   Paper: thm:fundamental_multisym.  Claim: ftsp-order-sharp.

   Headline, at the end of the file: `ftsp_order_not_lower`, which holds
   `ftsp_order_sharp` and `ftsp_order_no_function`.

   F is any real closed field, for example the real numbers.  For points
   w_1, ..., w_d in F^m, `mean_moment w a` is (1/d) (w_1^a + ... + w_d^a), the component a
   of the moment p_|a|.

   In one dimension: Q = x (x - 1) ... (x - d + 1) has values of alternating sign between
   its roots, so Q + e has d different real roots as well for small e > 0.  The roots of
   Q and of Q + e have the same elementary symmetric functions except the last, hence
   the same power sums of order below d, and not of order d, since these determine the
   elementary functions.  In m dimensions these numbers are put on the diagonal.        *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import ClosedForm FTSP FTSPUnivariate.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition mean_moment (F : fieldType) d m (w : 'I_d -> 'I_m -> F) (a : 'X_{1..m}) : F :=
  d%:R^-1 * power_sum w a.

(* Elementary symmetric functions and power sums of n + 1 numbers. *)
Section Elementary.
Variables (F : fieldType) (n : nat).
Hypothesis char0 : [char F] =i pred0.
Implicit Types (x y : 'I_n.+1 -> F).
Local Notation e k := (mesym n.+1 F k).

Lemma low_degree_value (p : {mpoly F[n.+1]}) x y : p \is symmetric ->
  (msize p <= n.+1)%N -> (forall k, (0 < k <= n)%N -> (e k).@[x] = (e k).@[y]) ->
  p.@[x] = p.@[y].
Proof.
case/sym_fundamental=> t [<- le_t] le_p eq_e; rewrite !comp_mpoly_meval !mevalE.
apply: eq_big_seq => M Mt; congr (_ * _); apply: eq_bigr => i _; rewrite !tnth_mktuple.
have [lt_i|ge_i] := ltnP i n; first by rewrite eq_e.
suff -> : M i = 0%N by rewrite !expr0.
apply/eqP; apply: contraTT le_p; rewrite -lt0n -ltnNge => Mi.
apply: leq_trans le_t; apply: leq_ltn_trans (mmeasure_mnm_lt _ Mt).
rewrite /= /mnmwgt (bigD1 i) //= (@leq_trans (M i * i.+1)) ?leq_addr //.
by rewrite (leq_trans _ (leq_pmull _ Mi)).
Qed.

Definition sum_of_powers x k : F := \sum_i x i ^+ k.

Lemma sum_of_powers_value x k : sum_of_powers x k = (\sum_i 'X_i ^+ k : {mpoly F[n.+1]}).@[x].
Proof. by rewrite raddf_sum; apply: eq_bigr => i _ /=; rewrite rmorphX /= mevalXU. Qed.

Lemma sum_of_powers_symmetric k : (\sum_i 'X_i ^+ k : {mpoly F[n.+1]}) \is symmetric.
Proof.
apply/issymP=> s; rewrite raddf_sum /= [RHS](reindex_inj (@perm_inj _ s)).
by apply: eq_bigr => i _; rewrite rmorphX /= /msym mmapX mmap1U.
Qed.

(* The power sums of order at most n + 1 determine the elementary functions. *)
Lemma elementary_from_powers x y k :
  (forall j, (j <= n.+1)%N -> sum_of_powers x j = sum_of_powers y j) ->
  (e k).@[x] = (e k).@[y].
Proof.
move=> same; have [P ->] := symmetric_in_mean_powers char0 (mesym_sym n.+1 F k).
rewrite !comp_mpoly_meval; apply: meval_eq => i; rewrite !tnth_mktuple !mevalZ.
by rewrite -!sum_of_powers_value same.
Qed.
End Elementary.

(* Roots of a polynomial of degree d with sign changes. *)
Section Roots.
Variables (F : rcfType) (n : nat).
Local Notation d := n.+1.

Lemma sign_change_root (q : {poly F}) a b : a <= b -> q.[a] * q.[b] < 0 ->
  exists2 x, a < x < b & root q x.
Proof.
move=> ab neg; have interior x : a <= x <= b -> root q x -> a < x < b.
  move=> /andP[ax xb] /rootP x0; rewrite !lt_neqAle ax xb !andbT.
  apply/andP; split; apply: contraTneq neg => xE; first by rewrite xE x0 mul0r ltxx.
  by rewrite -xE x0 mulr0 ltxx.
have [a0|a0] := ltP q.[a] 0.
  have b0 : 0 <= q.[b] by rewrite ltW // -(nmulr_rlt0 _ a0).
  have [|x xab x0] := poly_ivt ab (p := q); first by rewrite (ltW a0).
  by exists x => //; exact: interior.
have b0 : q.[b] <= 0.
  by rewrite leNgt; apply/negP=> b0; move: neg; rewrite ltNge mulr_ge0 // ltW.
have [|x xab] := poly_ivt ab (p := - q); first by rewrite !hornerN oppr_le0 oppr_ge0 a0.
by rewrite rootN => x0; exists x => //; exact: interior.
Qed.

Definition staircase : {poly F} := \prod_(i < d) ('X - (i%:R)%:P).

Definition half (i : nat) : F := i%:R - 2%:R^-1.

Lemma half_lt i : half i < half i.+1.
Proof. by rewrite ltr_add2r ltr_nat. Qed.

Lemma half_le i j : (i <= j)%N -> half i <= half j.
Proof. by rewrite ler_add2r ler_nat. Qed.

Lemma staircase_sign (i : 'I_d) : staircase.[half i] * staircase.[half i.+1] < 0.
Proof.
have factor (j : nat) : (half i - j%:R) * (half i.+1 - j%:R) = (i%:R - j%:R) ^+ 2 - 4%:R^-1.
  have two_halves : 2%:R^-1 + 2%:R^-1 = 1 :> F by rewrite -mulr2n -[LHS]mulr_natr mulVf ?pnatr_eq0.
  have -> : half i.+1 = i%:R + 2%:R^-1.
    by rewrite /half mulrSr -[X in _ + X - _]two_halves addrA addrK.
  rewrite /half addrAC [X in _ * X]addrAC mulrC [LHS]mulrC -subr_sqr; congr (_ - _).
  by rewrite exprVn -natrX.
rewrite /staircase !horner_prod -big_split /= (bigD1 i) //= pmulr_llt0.
  rewrite !hornerXsubC factor subrr expr0n /= sub0r oppr_lt0 invr_gt0 ltr0n //.
apply: prodr_gt0 => j ji; rewrite !hornerXsubC factor subr_gt0.
have : 1 <= (i%:R - j%:R) ^+ 2 :> F.
  have [lt_ij|lt_ji|eq_ij] := ltngtP i j; last by case/eqP: ji; exact/val_inj.
    by rewrite -sqrrN opprB exprn_ege1 // -natrB ?ler1n ?subn_gt0 // ltnW.
  by rewrite exprn_ege1 // -natrB ?ler1n ?subn_gt0 // ltnW.
by apply: lt_le_trans; rewrite invf_lt1 ?ltr0n // ltr1n.
Qed.

(* A small constant added to it keeps the signs. *)
Lemma staircase_shift : exists2 e : F, 0 < e &
  forall i : 'I_d, (staircase + e%:P).[half i] * (staircase + e%:P).[half i.+1] < 0.
Proof.
pose v (i : 'I_d.+1) := staircase.[half i].
have v0 i : v i != 0.
  rewrite /v; have [lt_i|ge_i] := ltnP i d.
    by have := staircase_sign (Ordinal lt_i) => /=; apply: contraTneq => ->; rewrite mul0r ltxx.
  have -> : (i = d :> nat) by apply/eqP; rewrite eqn_leq ge_i -ltnS ltn_ord.
  by have := staircase_sign ord_max => /=; apply: contraTneq => ->; rewrite mulr0 ltxx.
pose a i : F := `|v i|.
have [/= i1 _ least] := @arg_minP _ F _ (ord0 : 'I_d.+1) xpredT a isT.
pose e := `|v i1| / 2%:R; have e0 : 0 < e by rewrite divr_gt0 ?normr_gt0 ?ltr0n.
exists e => // i.
have keep (j : 'I_d.+1) : 0 < v j * (staircase + e%:P).[half j].
  rewrite hornerD hornerC -/(v j) mulrDr -expr2 -[X in 0 < X + _](ger0_norm (sqr_ge0 _)).
  rewrite normrX; apply: (@lt_le_trans _ _ (`|v j| ^+ 2 - `|v j| * e)).
    rewrite expr2 -mulrBr mulr_gt0 ?normr_gt0 // subr_gt0.
    rewrite (lt_le_trans _ (least j isT)) // /e ltr_pdivr_mulr ?ltr0n //.
    by rewrite ltr_pmulr ?normr_gt0 // ltr1n.
  by rewrite ler_add2l -[X in _ * X]gtr0_norm // -normrM ler_oppl -normrN ler_norm.
have := keep (widen_ord (leqnSn d) i); have := keep (lift ord0 i).
rewrite /v /= /bump /= add1n => k1 k0; have s := staircase_sign i.
rewrite -(nmulr_rgt0 _ s) mulrACA mulr_gt0 //.
Qed.

Lemma staircase_shift_roots : exists (e : F) (y : 'I_d -> F),
  [/\ 0 < e, injective y & staircase + e%:P = \prod_(i < d) ('X - (y i)%:P)].
Proof.
have [e e0 sign] := staircase_shift; set q := staircase + e%:P in sign.
have root_at (i : 'I_d) : exists2 x, half i < x < half i.+1 & root q x.
  by apply: sign_change_root (sign i); exact/ltW/half_lt.
pose y i := sval (sig2W (root_at i)).
have yP (i : 'I_d) : half i < y i < half i.+1 /\ root q (y i) by rewrite /y; case: sig2W.
have y_lt (i j : 'I_d) : (i < j)%N -> y i < y j.
  move=> lt_ij; have [/andP[_ yi] _] := yP i; have [/andP[yj _] _] := yP j.
  by rewrite (lt_trans yi) // (le_lt_trans _ yj) // half_le.
have y_inj : injective y.
  move=> i j yij; apply/val_inj; case: (ltngtP i j) => // [/y_lt|/y_lt];
  by rewrite yij ltxx.
have size_s : size staircase = d.+1.
  by rewrite size_prod_XsubC /index_enum -enumT size_enum_ord.
have small : (size (e%:P) < size staircase)%N.
  by rewrite size_s (leq_ltn_trans (size_polyC_leq1 _)).
exists e, y; split=> //.
have size_q : size q = (size [seq y i | i <- enum 'I_d]).+1.
  by rewrite size_addl // size_s size_map size_enum_ord.
rewrite -/q (all_roots_prod_XsubC size_q).
- rewrite /q lead_coefDl // (monicP (monic_prod_XsubC _ _ _)) scale1r.
  by rewrite big_map big_enum.
- by apply/allP=> _ /mapP[i _ ->]; have [] := yP i.
- by rewrite uniq_rootsE map_inj_uniq ?enum_uniq.
Qed.

Lemma elementary_coefficient (z : 'I_d -> F) (k : 'I_d.+1) :
  (\prod_(i < d) ('X - (z i)%:P))`_(d - k) = (-1) ^+ k * (mesym d F k).@[z].
Proof.
have := mroots_coeff [tuple z i | i < d] k; rewrite big_tuple.
under eq_bigr do rewrite tnth_mktuple.
by move=> ->; congr (_ * _); apply: meval_eq => i; rewrite tnth_mktuple.
Qed.

Lemma same_low_powers : exists x y : 'I_d -> F, [/\ injective x, injective y,
  forall k, (k < d)%N -> sum_of_powers x k = sum_of_powers y k
  & sum_of_powers x d != sum_of_powers y d].
Proof.
have [e [y [e0 y_inj qE]]] := staircase_shift_roots.
pose x (i : 'I_d) : F := i%:R; have x_inj : injective x.
  by move=> i j /eqP; rewrite eqr_nat => /eqP/val_inj.
have elementary (k : 'I_d.+1) : (-1) ^+ k * (mesym d F k).@[y] =
    (-1) ^+ k * (mesym d F k).@[x] + (e *+ (k == d :> nat)).
  rewrite -!elementary_coefficient -qE coefD coefC subn_eq0 -[(d <= k)%N]andTb.
  by rewrite -[X in X && _](ltn_ord k) ltnS -eqn_leq; case: (_ == _).
have low k : (k < d)%N -> sum_of_powers x k = sum_of_powers y k.
  move=> lt_k; rewrite !sum_of_powers_value.
  apply: low_degree_value; first exact: sum_of_powers_symmetric.
    apply: leq_trans (msize_sum _ _ _) _; apply/bigmax_leqP => i _.
    by rewrite mpolyXn msizeX mdegMn mdeg1 mul1n.
  move=> j /andP[_ le_j]; have lt_j : (j < d.+1)%N by rewrite ltnS ltnW.
  apply/esym; have := elementary (Ordinal lt_j).
  by rewrite /= (ltn_eqF (le_j : j < d)%N) addr0 => /(mulfI _)->//; rewrite signr_eq0.
exists x, y; split=> //; apply/eqP=> top.
have same j : (j <= d)%N -> sum_of_powers x j = sum_of_powers y j.
  by rewrite leq_eqVlt => /orP[/eqP->//|]; exact: low.
have := elementary ord_max; rewrite /= eqxx mulr1n.
rewrite (elementary_from_powers (char_num F) d same) => /eqP.
by rewrite -subr_eq0 opprD addrA subrr sub0r oppr_eq0 gt_eqF.
Qed.
End Roots.

Lemma diagonal_moment (F : rcfType) n m (x : 'I_n.+1 -> F) (a : 'X_{1..m}) :
  mean_moment (fun i (_ : 'I_m) => x i) a = n.+1%:R^-1 * sum_of_powers x (mdeg a).
Proof.
by congr (_ * _); apply: eq_bigr => i _; rewrite /monomial prodrXr -mdegE.
Qed.

(* Two sets of d different points: equal moments of order below d, in all components,
   and different moments of order d, in every component. *)
Theorem ftsp_order_sharp (F : rcfType) (d m : nat) : (0 < m)%N -> (0 < d)%N ->
  exists x y : 'I_d -> 'I_m -> F,
    [/\ injective x, injective y,
        forall a : 'X_{1..m}, (mdeg a < d)%N -> mean_moment x a = mean_moment y a
      & forall a : 'X_{1..m}, mdeg a = d -> mean_moment x a != mean_moment y a].
Proof.
case: m d => // m [] // n _ _; have [x [y [x_inj y_inj low top]]] := same_low_powers F n.
exists (fun i _ => x i), (fun i _ => y i); split.
- by move=> i j /(congr1 (fun z => z ord0)); exact: x_inj.
- by move=> i j /(congr1 (fun z => z ord0)); exact: y_inj.
- by move=> a lt_a; rewrite !diagonal_moment low.
- move=> a deg_a; rewrite !diagonal_moment deg_a (inj_eq (mulfI _)) //.
  by rewrite invr_eq0 pnatr_eq0.
Qed.

Theorem ftsp_order_no_function (F : rcfType) (d m : nat) : (0 < m)%N -> (0 < d)%N ->
  forall a : 'X_{1..m}, mdeg a = d ->
  ~ exists f : {ffun 'X_{1..m < d} -> F} -> F, forall w : 'I_d -> 'I_m -> F,
      mean_moment w a = f [ffun b : 'X_{1..m < d} => mean_moment w b].
Proof.
move=> m0 d0 a deg_a [f fE]; have [x [y [_ _ low top]]] := ftsp_order_sharp F m0 d0.
case/eqP: (top a deg_a); rewrite !fE; congr f; apply/ffunP=> b; rewrite !ffunE.
exact/low/bmdeg.
Qed.

(* HEADLINE ftsp_order_not_lower : ftsp-order-sharp : over a real closed field, for example the real numbers, for all m, d >= 1 there are two sets of d different points in F^m with equal moments of order below d, in all components, and different moments of order d, in every component; so no component of p_d is a function of the components of p_0, ..., p_(d-1) *)
Theorem ftsp_order_not_lower (F : rcfType) (d m : nat) : (0 < m)%N -> (0 < d)%N ->
  (exists x y : 'I_d -> 'I_m -> F,
    [/\ injective x, injective y,
        forall a : 'X_{1..m}, (mdeg a < d)%N -> mean_moment x a = mean_moment y a
      & forall a : 'X_{1..m}, mdeg a = d -> mean_moment x a != mean_moment y a]) /\
  forall a : 'X_{1..m}, mdeg a = d ->
    ~ exists f : {ffun 'X_{1..m < d} -> F} -> F, forall w : 'I_d -> 'I_m -> F,
        mean_moment w a = f [ffun b : 'X_{1..m < d} => mean_moment w b].
Proof.
by move=> m0 d0; split; [exact: ftsp_order_sharp | exact: ftsp_order_no_function].
Qed.
