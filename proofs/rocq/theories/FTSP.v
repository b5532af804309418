(* The fundamental theorem of symmetric polynomials for points (multisymmetric
   polynomials): the moments generate the polynomials that do not depend on the order
   of the points.

   Paper: thm:fundamental_multisym.  Claims: ftsp, ftsp-degree.

   Headlines, at the end of the file: `ftsp`, `ftsp_degree`, and `ftsp_order_and_degree`
   (both at once).

   K is any field of characteristic 0, for example the real numbers.  A polynomial f in
   the d m coordinates of w_1, ..., w_d in K^m has type {mpoly K[num_coords d m]}; its
   variables are `coord i j`, i : 'I_d, j : 'I_m.
   - `permute s f`      f with w_i replaced by w_(s i), for a permutation s : 'S_d;
   - `invariant f`      f does not change under any permutation of the points;
   - `mean_power a`     (1/d) (w_1^a + ... + w_d^a), the component a of the moment p_|a|;
   - `orders m D`       the multi-indices a : 'X_{1..m} with 1 <= |a| <= D;
   - `{mpoly K[num_orders m D]}`  polynomials with one variable for each of these;
   - `in_moments P p`   such a polynomial P with p a in place of variable a.
   `msize f <= k.+1` says that f has degree at most k.                               *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import SetPartitions ClosedForm.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Definition orders (m D : nat) := [finType of {a : 'X_{1..m < D.+1} | (0 < mdeg a)%N}].

Definition num_orders (m D : nat) : nat := #|orders m D|.

Definition order_index m D (r : 'I_(num_orders m D)) : 'X_{1..m} :=
  val (val (enum_val r : orders m D)).

Lemma order_index_bounds m D (r : 'I_(num_orders m D)) :
  (0 < mdeg (order_index r) <= D)%N.
Proof.
rewrite /order_index; case: (enum_val r : orders m D) => a a0 /=.
by rewrite a0 -ltnS bmdeg.
Qed.

Lemma order_index_inj m D : injective (@order_index m D).
Proof. by move=> r r' /val_inj/val_inj/enum_val_inj. Qed.

Lemma order_index_onto m D (a : 'X_{1..m}) : (0 < mdeg a <= D)%N ->
  exists r : 'I_(num_orders m D), order_index r = a.
Proof.
move=> /andP[a0]; rewrite -ltnS => lt_a.
exists (enum_rank (Sub (BMultinom lt_a) a0 : orders m D)).
by rewrite /order_index enum_rankK.
Qed.

Definition in_moments (K : ringType) m D n (P : {mpoly K[num_orders m D]})
    (p : 'X_{1..m} -> {mpoly K[n]}) : {mpoly K[n]} :=
  P \mPo [tuple p (order_index r) | r < num_orders m D].

(* Every multi-index is a sum of multi-indices of order 1. *)
Lemma unit_indices m N (a : 'X_{1..m}) : mdeg a = N -> exists al : 'I_N -> 'X_{1..m},
  (forall j, mdeg (al j) = 1%N) /\ (\sum_(j < N) al j)%MM = a.
Proof.
elim: N a => [|N IHN] a aN.
  exists (fun=> 0%MM); split; first by case.
  by rewrite big_ord0; apply/esym/eqP; rewrite -mdeg_eq0 aN.
have [j aj] : exists j, a j != 0%N.
  apply/existsP; apply: contraT; rewrite negb_exists => /forallP a0.
  by move: aN; rewrite mdegE big1 // => j _; apply/eqP; rewrite -[_ == _]negbK.
have aE : (a - U_(j) + U_(j))%MM = a.
  by rewrite submK // lep1mP.
have [|al [al1 alE]] := IHN (a - U_(j))%MM.
  by apply/eqP; rewrite -(eqn_add2r 1) -{1}(mdeg1 j) -mdegD aE aN addn1.
exists (fun l => if unlift ord_max l is Some l' then al l' else U_(j)%MM); split.
  by move=> l; case: unliftP => [l' _|_]; rewrite ?al1 ?mdeg1.
rewrite big_ord_recr unlift_none -[RHS]aE -alE; congr (_ + _)%MM.
apply: eq_bigr => l _; have -> : widen_ord (leqnSn N) l = lift ord_max l.
  by apply: val_inj; rewrite /= /bump leqNgt ltn_ord.
by rewrite liftK.
Qed.

Section Multisymmetric.
Variables (K : fieldType) (d m : nat).

Definition num_coords := #|{: 'I_d * 'I_m}|.
Implicit Types (a b : 'X_{1..m}) (f x y : {mpoly K[num_coords]}).

Definition coord (i : 'I_d) (j : 'I_m) : {mpoly K[num_coords]} := 'X_(enum_rank (i, j)).

Definition permute (s : 'S_d) f : {mpoly K[num_coords]} :=
  f \mPo [tuple coord (s (enum_val r).1) (enum_val r).2 | r < num_coords].

Definition invariant f := forall s : 'S_d, permute s f = f.

Definition mean_power a : {mpoly K[num_coords]} := d%:R^-1 *: power_sum coord a.

Definition generated D f := exists P : {mpoly K[num_orders m D]}, f = in_moments P mean_power.

Lemma generatedC D c : generated D c%:MP.
Proof. by exists c%:MP; rewrite /in_moments comp_mpolyC. Qed.

Lemma generatedD D x y : generated D x -> generated D y -> generated D (x + y).
Proof. by move=> [P ->] [Q ->]; exists (P + Q); rewrite /in_moments comp_mpolyD. Qed.

Lemma generatedM D x y : generated D x -> generated D y -> generated D (x * y).
Proof. by move=> [P ->] [Q ->]; exists (P * Q); rewrite /in_moments rmorphM. Qed.

Lemma generatedZ D c x : generated D x -> generated D (c *: x).
Proof. by rewrite -mul_mpolyC; apply/generatedM/generatedC. Qed.

Lemma generated_sum D (J : Type) (r : seq J) (S : pred J) (g : J -> {mpoly K[num_coords]}) :
  (forall j, S j -> generated D (g j)) -> generated D (\sum_(j <- r | S j) g j).
Proof.
move=> gen_g; elim/big_rec: _ => [|j x Sj gen_x]; first by rewrite -mpolyC0; exact: generatedC.
by apply: generatedD => //; exact: gen_g.
Qed.

Lemma generated_prod D (J : Type) (r : seq J) (S : pred J) (g : J -> {mpoly K[num_coords]}) :
  (forall j, S j -> generated D (g j)) -> generated D (\prod_(j <- r | S j) g j).
Proof.
move=> gen_g; elim/big_rec: _ => [|j x Sj gen_x]; first by rewrite -mpolyC1; exact: generatedC.
by apply: generatedM => //; exact: gen_g.
Qed.

Lemma generated_trans D D' x :
  (forall a, (0 < mdeg a <= D)%N -> generated D' (mean_power a)) ->
  generated D x -> generated D' x.
Proof.
move=> gen_p [P ->]; rewrite /in_moments comp_mpolyEX; apply: generated_sum => M _.
apply: generatedZ; rewrite comp_mpolyX; apply: generated_prod => r _.
rewrite -[M r]card_ord -prodr_const; apply: generated_prod => e _.
by rewrite tnth_mktuple; apply/gen_p/order_index_bounds.
Qed.

Lemma generated_mean_power D a : (mdeg a <= D)%N -> generated D (mean_power a).
Proof.
have [/eqP|a0] := posnP (mdeg a).
  rewrite mdeg_eq0 => /eqP -> _; apply: generatedZ; apply: generated_sum => i _.
  by rewrite monomial0 -mpolyC1; exact: generatedC.
move=> le_a; have [|r ra] := @order_index_onto m D a; first by rewrite a0.
by exists 'X_r; rewrite /in_moments comp_mpolyXU -tnth_nth tnth_mktuple ra.
Qed.

Section CharacteristicZero.
Hypothesis char0 : [char K] =i pred0.

Let natr_neq0 n : (0 < n)%N -> n%:R != 0 :> K.
Proof. by rewrite lt0n; move/charf0P: char0 => ->. Qed.

Lemma generated_power_sum D a : (mdeg a <= D)%N -> generated D (power_sum coord a).
Proof.
move=> le_a; have [d0|d0] := posnP d.
  rewrite /power_sum big1 => [|i]; first by rewrite -mpolyC0; exact: generatedC.
  by have := ltn_ord i; rewrite [X in (_ < X)%N]d0.
have -> : power_sum coord a = d%:R *: mean_power a.
  by rewrite scalerA mulfV ?scale1r // natr_neq0.
exact/generatedZ/generated_mean_power.
Qed.

Lemma signed_constant (e n : nat) :
  (-1) ^+ e * n%:R = ((-1) ^+ e * n%:R)%:MP :> {mpoly K[num_coords]}.
Proof. by rewrite rmorphM rmorphX rmorphN1 rmorph_nat. Qed.

Lemma generated_block n (al : 'I_n -> 'X_{1..m}) (B : {set 'I_n}) D :
  (\sum_(j in B) mdeg (al j) <= D)%N ->
  generated D ((-1) ^+ #|B|.-1 * (#|B|.-1)`!%:R * power_sum coord (\sum_(j in B) al j)%MM).
Proof.
rewrite -mdeg_sum => /generated_power_sum gen_q; apply: generatedM gen_q.
rewrite signed_constant; exact: generatedC.
Qed.

Lemma generated_distinct_sum n (al : 'I_n -> 'X_{1..m}) D :
  (\sum_(j < n) mdeg (al j) <= D)%N -> generated D (distinct_sum coord al).
Proof.
move=> le_D; rewrite closed_form; apply: generated_sum => P _; apply: generated_prod => B _.
apply/generated_block/(leq_trans _ le_D).
by rewrite [X in (_ <= X)%N](bigID (mem B)) /= leq_addr.
Qed.

(* Moments of order above d are polynomials in those of order at most d: a sum over
   more than d distinct indices is empty, and the partition with one block is the only
   one whose power sum has the full order. *)
Lemma generated_high_order a : generated (minn d (mdeg a)) (mean_power a).
Proof.
have [n] := ubnP (mdeg a); elim: n a => // n IHn a; rewrite ltnS => le_an.
have [le_ad|lt_da] := leqP (mdeg a) d; first exact: generated_mean_power.
have [al [al1 alE]] := unit_indices (erefl (mdeg a)).
have a0 : (0 < mdeg a)%N by exact: leq_ltn_trans lt_da.
set N := mdeg a in al al1 alE *; have degree (B : {set 'I_N}) :
    (\sum_(j in B) mdeg (al j))%N = #|B|.
  by rewrite -sum1_card; apply: eq_bigr => j _.
have part : partition [set [set: 'I_N]] setT.
  rewrite -[X in partition _ X]setU0 -[X in partition X _]setU0 partitionU1 //.
  - by rewrite partition_set0.
  - by apply/set0Pn; exists (Ordinal a0).
  - by rewrite -setI_eq0 setI0.
have := closed_form coord al; rewrite distinct_sum_pigeonhole ?card_ord //.
rewrite (bigD1 [set setT]) //= big_set1 cardsT card_ord (eq_bigl xpredT) => [|j]; last first.
  by rewrite inE.
rewrite alE; set c := _ * _%:R; set rest := \sum_(_ | _) _ => /esym/eqP.
rewrite addr_eq0 => /eqP cq.
pose e : K := (-1) ^+ N.-1 * (N.-1)`!%:R.
have ce : c = e%:MP by rewrite /c signed_constant.
have e0 : e != 0 by rewrite mulf_neq0 ?signr_eq0 ?natr_neq0 ?fact_gt0.
have -> : mean_power a = (- (d%:R * e)^-1) *: rest.
  by rewrite scaleNr -scalerN -cq ce mul_mpolyC scalerA invfM mulfVK.
apply: generatedZ; apply: (@generated_trans N.-1) => [b /andP[b0 le_b]|].
  have lt_b : (mdeg b < n)%N by rewrite (leq_ltn_trans le_b) // prednK.
  have [P ->] := IHn b lt_b; apply: (@generated_trans (minn d (mdeg b))); last by exists P.
  by move=> a' /andP[_]; rewrite leq_min => /andP[le_d _]; exact: generated_mean_power.
apply: generated_sum => P /andP[partP PT]; apply: generated_prod => B BP.
apply: generated_block; rewrite degree -ltnS prednK // -[X in (_ < X)%N]card_ord -cardsT.
apply: proper_card; rewrite properT; apply: contraNneq PT => BT.
rewrite eqEsubset sub1set -{2}BT BP andbT; apply/subsetP=> C CP; rewrite inE.
apply: contraT => CT; have /trivIsetP/(_ _ _ CP BP) := partition_trivIset partP.
rewrite BT => /(_ CT); rewrite -setI_eq0 setIT => C0.
by have := partition_neq0 partP CP; rewrite C0.
Qed.

Lemma generated_min D x : generated D x -> generated (minn d D) x.
Proof.
apply: generated_trans => a /andP[_ le_a].
have [P ->] := generated_high_order a; apply: (@generated_trans (minn d (mdeg a))); last by exists P.
move=> b /andP[_]; rewrite leq_min => /andP[le_d le_b]; apply: generated_mean_power.
by rewrite leq_min le_d (leq_trans le_b).
Qed.

(* The exponents of point i in the monomial M. *)
Definition row (M : 'X_{1..num_coords}) (i : 'I_d) : 'X_{1..m} :=
  [multinom M (enum_rank (i, j)) | j < m].

Lemma permute_monomial s M :
  permute s 'X_[M] = \prod_i monomial coord (s i) (row M i).
Proof.
rewrite /permute comp_mpolyX /monomial pair_big /= (reindex enum_rank) /=; last first.
  by exists enum_val => r _; rewrite ?enum_rankK ?enum_valK.
by apply: eq_bigr => -[i j] _; rewrite tnth_mktuple enum_rankK mnmE.
Qed.

Lemma mdeg_row M : (\sum_(i < d) mdeg (row M i) = mdeg M)%N.
Proof.
rewrite mdegE [RHS](reindex enum_rank) /=; last first.
  by exists enum_val => r _; rewrite ?enum_rankK ?enum_valK.
transitivity (\sum_(i < d) \sum_(j < m) M (enum_rank (i, j)))%N.
  by apply: eq_bigr => i _; rewrite mdegE; apply: eq_bigr => j _; rewrite mnmE.
by rewrite pair_bigA; apply: eq_bigr => -[].
Qed.

(* The permutations are the lists of d distinct indices. *)
Lemma sum_permute M : \sum_(s : 'S_d) permute s 'X_[M] = distinct_sum coord (row M).
Proof.
rewrite /distinct_sum (reindex (fun s : 'S_d => [ffun i => s i])) /=; last first.
  exists (fun t : {ffun 'I_d -> 'I_d} => insubd (1%g : 'S_d) t) => [s _|t t_inj].
    apply: val_inj; rewrite val_insubd; have -> : [ffun i => s i] = val s.
      by apply/ffunP=> i; rewrite ffunE pvalE.
    by rewrite (valP s).
  by apply/ffunP=> i; rewrite ffunE -pvalE val_insubd ifT.
apply: eq_big => [s|s _].
  by apply/esym/injectiveP=> i j; rewrite !ffunE; exact: perm_inj.
by rewrite permute_monomial; apply: eq_bigr => i _; rewrite ffunE.
Qed.

Lemma generated_invariant f k : invariant f -> (msize f <= k.+1)%N -> generated k f.
Proof.
move=> f_inv le_f; suff : generated k (d`!%:R *: f).
  move/(generatedZ d`!%:R^-1); rewrite scalerA mulVf ?scale1r //.
  exact/natr_neq0/fact_gt0.
have -> : d`!%:R *: f = \sum_(M <- msupp f) f@_M *: distinct_sum coord (row M).
  transitivity (\sum_(s : 'S_d) permute s f).
    rewrite (eq_bigr (fun=> f)) => [|s _]; last exact: f_inv.
    by rewrite sumr_const card_Sn scaler_nat.
  transitivity (\sum_(s : 'S_d) \sum_(M <- msupp f) f@_M *: permute s 'X_[M]).
    apply: eq_bigr => s _; rewrite {1}(mpolyE f) /permute raddf_sum.
    by apply: eq_bigr => M _ /=; rewrite comp_mpolyZ.
  by rewrite exchange_big; apply: eq_bigr => M _; rewrite -sum_permute scaler_sumr.
rewrite big_seq; apply: generated_sum => M /msize_mdeg_lt lt_M.
apply/generatedZ/generated_distinct_sum; rewrite mdeg_row -ltnS.
exact: leq_trans lt_M le_f.
Qed.

(* HEADLINE ftsp_order_and_degree : ftsp, ftsp-degree : over a field of characteristic 0 every permutation-invariant polynomial of degree at most k in d points of K^m is a polynomial in the components of the moments p_1, ..., p_min(d, k). *)
Theorem ftsp_order_and_degree f k : invariant f -> (msize f <= k.+1)%N ->
  exists P : {mpoly K[num_orders m (minn d k)]}, f = in_moments P mean_power.
Proof. by move=> f_inv le_f; exact/generated_min/generated_invariant. Qed.

(* HEADLINE ftsp : ftsp : over a field of characteristic 0 every permutation-invariant polynomial in d points of K^m is a polynomial in the components of the moments p_1, ..., p_d. *)
Theorem ftsp f : invariant f ->
  exists P : {mpoly K[num_orders m d]}, f = in_moments P mean_power.
Proof.
move=> f_inv; have [P ->] := ftsp_order_and_degree f_inv (leqnSn (msize f)).
apply: (@generated_trans (minn d (msize f))); last by exists P.
by move=> a; rewrite leq_min => /and3P[_ le_a _]; exact: generated_mean_power.
Qed.

(* HEADLINE ftsp_degree : ftsp-degree : over a field of characteristic 0 a permutation-invariant polynomial of degree at most k in d points of K^m is a polynomial in the components of the moments p_1, ..., p_k. *)
Theorem ftsp_degree f k : invariant f -> (msize f <= k.+1)%N ->
  exists P : {mpoly K[num_orders m k]}, f = in_moments P mean_power.
Proof. exact: generated_invariant. Qed.
End CharacteristicZero.
End Multisymmetric.
