(* The form of an equivariant polynomial map (paper: lemma:ev_fund_rep; claim
   equivariant-representation).

   A polynomial map T of d objects in K^m commutes with all permutations of the
   objects if and only if its components are T_i = S(w_i, p_1, ..., p_(d-1)) with one
   polynomial S for all i; p_k is the moment (1/d) sum_i w_i^k.

   First over any field K of characteristic 0, with identities of polynomials, then over
   ordered fields, for example the real numbers, with identities of maps.  d, m >= 1; d is
   n + 1 below, and for m = 0 the statement is empty.  A map is given by its components
   T i j, polynomials in the d m coordinates of the objects (FTSP.v).
   - `permute s f`      f with w_i replaced by w_(s i);
   - `equivariant T`    T_i (w_(s 1), ..., w_(s d)) = T_(s i) (w_1, ..., w_d);
   - `{mpoly K[m + num_orders m D]}`  polynomials in m coordinates and the components of
        p_1, ..., p_D;
   - `in_own_and_moments S i`  such a polynomial with w_i for the coordinates and with the
        moments of all objects;
   - `at_points w f`    the value of f at the objects w.

   How: T_i does not change if the other d - 1 objects are permuted.  So it is a sum of
   monomials in w_i times invariant polynomials of the others, which by the fundamental
   theorem are polynomials in the moments of the others of order at most d - 1; these
   are (d p_a - w_i^a) / (d - 1).

   Headlines: equivariant_form, equivariant_map.                                    *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff ClosedForm FTSP WeightedSets.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* Substituting twice. *)
Lemma comp_mpolyA (K : comRingType) n1 n2 n3 (p : {mpoly K[n1]})
    (q : n1.-tuple {mpoly K[n2]}) (r : n2.-tuple {mpoly K[n3]}) :
  (p \mPo q) \mPo r = p \mPo [tuple tnth q i \mPo r | i < n1].
Proof.
rewrite [p \mPo q]comp_mpolyE [RHS]comp_mpolyE raddf_sum; apply: eq_bigr => M _ /=.
rewrite comp_mpolyZ rmorph_prod; congr (_ *: _); apply: eq_bigr => i _ /=.
by rewrite rmorphX tnth_mktuple.
Qed.

Section Equivariant.
Variables (K : fieldType) (n m : nat).
Local Notation d := n.+1.
Local Notation A := {mpoly K[num_coords d m]}.
Local Notation points := (@coord K d m).

Definition equivariant (T : 'I_d -> 'I_m -> A) : Prop :=
  forall (s : 'S_d) i j, permute s (T i j) = T (s i) j.

Definition in_own_and_moments D (S : {mpoly K[m + num_orders m D]}) (i : 'I_d) : A :=
  S \mPo [tuple match split v with
                | inl l => coord K i l
                | inr r => mean_power K d (order_index r)
                end | v < m + num_orders m D].

Lemma permute_coord (s : 'S_d) i (l : 'I_m) :
  permute s (coord K i l) = coord K (s i) l.
Proof. by rewrite /permute comp_mpolyXU -tnth_nth tnth_mktuple enum_rankK. Qed.

Lemma permute_own_and_moments D (S : {mpoly K[m + num_orders m D]}) s i :
  permute s (in_own_and_moments S i) = in_own_and_moments S (s i).
Proof.
rewrite /permute comp_mpolyA; congr (_ \mPo _); apply: eq_mktuple => v.
rewrite tnth_mktuple; case: split => [l|r]; first exact: permute_coord.
rewrite /mean_power comp_mpolyZ; congr (_ *: _); rewrite /power_sum raddf_sum.
rewrite [RHS](reindex_inj (@perm_inj _ s)); apply: eq_bigr => l _.
rewrite /= /monomial rmorph_prod; apply: eq_bigr => a _.
by rewrite rmorphX; congr (_ ^+ _); exact: permute_coord.
Qed.

(* Polynomials in w_i and the moments of order at most D. *)
Section Own.
Variable i : 'I_d.

Definition own_generated D (x : A) := exists S, x = in_own_and_moments (D := D) S i.

Lemma own_generatedC D c : own_generated D c%:MP.
Proof. by exists c%:MP; rewrite /in_own_and_moments comp_mpolyC. Qed.

Lemma own_generatedD D x y : own_generated D x -> own_generated D y -> own_generated D (x + y).
Proof. by move=> [P ->] [Q ->]; exists (P + Q); rewrite /in_own_and_moments comp_mpolyD. Qed.

Lemma own_generatedM D x y : own_generated D x -> own_generated D y -> own_generated D (x * y).
Proof. by move=> [P ->] [Q ->]; exists (P * Q); rewrite /in_own_and_moments rmorphM. Qed.

Lemma own_generatedZ D c x : own_generated D x -> own_generated D (c *: x).
Proof. by rewrite -mul_mpolyC; apply/own_generatedM/own_generatedC. Qed.

Lemma own_generated_sum D (J : Type) (r : seq J) (g : J -> A) :
  (forall j, own_generated D (g j)) -> own_generated D (\sum_(j <- r) g j).
Proof.
move=> gen_g; elim/big_rec: _ => [|j x _ gen_x]; last exact: own_generatedD.
by rewrite -mpolyC0; exact: own_generatedC.
Qed.

Lemma own_generated_prod D (J : Type) (r : seq J) (g : J -> A) :
  (forall j, own_generated D (g j)) -> own_generated D (\prod_(j <- r) g j).
Proof.
move=> gen_g; elim/big_rec: _ => [|j x _ gen_x]; last exact: own_generatedM.
by rewrite -mpolyC1; exact: own_generatedC.
Qed.

Lemma own_generatedX D x e : own_generated D x -> own_generated D (x ^+ e).
Proof. by move=> gen_x; rewrite -[e]card_ord -prodr_const; exact: own_generated_prod. Qed.

Lemma own_generated_monomial D a : own_generated D (monomial points i a).
Proof.
apply: own_generated_prod => l; apply: own_generatedX.
exists 'X_(lshift _ l); rewrite /in_own_and_moments comp_mpolyXU -tnth_nth tnth_mktuple.
by rewrite (unsplitK (inl l)).
Qed.

Lemma own_generated_mean_power D r : own_generated D (mean_power K d (order_index (D := D) r)).
Proof.
exists 'X_(rshift m r); rewrite /in_own_and_moments comp_mpolyXU -tnth_nth tnth_mktuple.
by rewrite (unsplitK (inr r)).
Qed.

(* Polynomials of n objects, read as polynomials of the objects other than i. *)
Definition of_others (f : {mpoly K[num_coords n m]}) : A :=
  f \mPo [tuple coord K (lift i (enum_val r).1) (enum_val r).2 | r < num_coords n m].

Lemma of_others_monomial l a :
  of_others (monomial (@coord K n m) l a) = monomial points (lift i l) a.
Proof.
rewrite /of_others /monomial rmorph_prod; apply: eq_bigr => j _; rewrite rmorphX /=.
by rewrite comp_mpolyXU -tnth_nth tnth_mktuple enum_rankK.
Qed.

Lemma of_others_mean_power a : of_others (mean_power K n a) =
  n%:R^-1 *: (power_sum points a - monomial points i a).
Proof.
rewrite /of_others /mean_power comp_mpolyZ; congr (_ *: _); rewrite /power_sum raddf_sum.
rewrite [X in _ = X - _](bigD1_ord i) //= addrAC subrr add0r; apply: eq_bigr => l _.
exact: of_others_monomial.
Qed.

Hypothesis char0 : [char K] =i pred0.

(* Moments of the others, and what is made of them. *)
Lemma own_generated_of_others x : generated n x -> own_generated n (of_others x).
Proof.
case=> P ->; rewrite /in_moments /of_others comp_mpolyA comp_mpolyE.
apply: own_generated_sum => M; apply: own_generatedZ; apply: own_generated_prod => r.
apply: own_generatedX; rewrite !tnth_mktuple -/(of_others _) of_others_mean_power.
apply: own_generatedZ; apply: own_generatedD; last first.
  by rewrite -scaleN1r; apply/own_generatedZ/own_generated_monomial.
have -> : power_sum points (order_index r) = d%:R *: mean_power K d (order_index r).
  by rewrite scalerA mulfV ?scale1r //; move/charf0P: char0 => ->.
exact/own_generatedZ/own_generated_mean_power.
Qed.

(* The average over the permutations of the others. *)
Lemma own_generated_average M :
  own_generated n (\sum_(t : 'S_n) permute (lift_perm i i t) 'X_[M]).
Proof.
pose M' : 'X_{1..num_coords n m} :=
  [multinom row M (lift i (enum_val r).1) (enum_val r).2 | r < num_coords n m].
have rowE l : row M' l = row M (lift i l).
  by apply/mnmP=> a; rewrite !mnmE enum_rankK.
have -> : \sum_(t : 'S_n) permute (lift_perm i i t) 'X_[M] =
    monomial points i (row M i) * of_others (\sum_(t : 'S_n) permute t 'X_[M']).
  rewrite /of_others raddf_sum mulr_sumr; apply: eq_bigr => t _ /=.
  rewrite permute_monomial (bigD1_ord i) //= lift_perm_id permute_monomial.
  congr (_ * _); rewrite rmorph_prod; apply: eq_bigr => l _ /=.
  by rewrite lift_perm_lift -/(of_others _) of_others_monomial rowE.
apply: own_generatedM; first exact: own_generated_monomial.
apply: own_generated_of_others; rewrite sum_permute.
have gen := @generated_distinct_sum K n m char0 n (row M') _
  (leqnn (\sum_l mdeg (row M' l))).
move: (generated_min char0 gen).
apply: generated_trans => a /andP[_]; rewrite leq_min => /andP[le_a _].
exact: generated_mean_power.
Qed.

Lemma own_generated_fixed (f : A) :
  (forall t : 'S_n, permute (lift_perm i i t) f = f) -> own_generated n f.
Proof.
move=> fixed; have fact0 : n`!%:R != 0 :> K.
  by move/charf0P: char0 => ->; rewrite -lt0n fact_gt0.
rewrite -[f]scale1r -(mulVf fact0) -scalerA; apply: own_generatedZ.
have -> : n`!%:R *: f =
    \sum_(M <- msupp f) f@_M *: \sum_(t : 'S_n) permute (lift_perm i i t) 'X_[M].
  transitivity (\sum_(t : 'S_n) permute (lift_perm i i t) f).
    rewrite (eq_bigr (fun=> f)) => [|t _]; last exact: fixed.
    by rewrite sumr_const card_Sn scaler_nat.
  transitivity (\sum_(t : 'S_n) \sum_(M <- msupp f)
      f@_M *: permute (lift_perm i i t) 'X_[M]).
    apply: eq_bigr => t _; rewrite {1}(mpolyE f) /permute raddf_sum.
    by apply: eq_bigr => M _ /=; rewrite comp_mpolyZ.
  by rewrite exchange_big; apply: eq_bigr => M _; rewrite scaler_sumr.
by apply: own_generated_sum => M; apply/own_generatedZ/own_generated_average.
Qed.
End Own.

(* HEADLINE equivariant_form : equivariant-representation : over a field of characteristic 0 a polynomial map T of d >= 1 objects in K^m commutes with all permutations of the objects if and only if T_i = S(w_i, p_1, ..., p_(d-1)) for all i, with one polynomial S in the coordinates of an object and the components of the moments *)
Theorem equivariant_form (T : 'I_d -> 'I_m -> A) : [char K] =i pred0 ->
  equivariant T <->
  exists S : 'I_m -> {mpoly K[m + num_orders m d.-1]},
    forall i j, T i j = in_own_and_moments (S j) i.
Proof.
move=> char0; split=> [T_eq|[S TS] s i j]; last by rewrite !TS permute_own_and_moments.
have first j : exists S, T ord0 j = in_own_and_moments (D := n) S ord0.
  by apply: (own_generated_fixed char0) => t; rewrite T_eq lift_perm_id.
have [S SP] := fin_all_exists first.
exists S => i j; have := T_eq (tperm ord0 i) ord0 j; rewrite tpermL => <-.
by rewrite SP permute_own_and_moments tpermL.
Qed.
End Equivariant.

(* The same with values instead of polynomials. *)
Section Maps.
Variables (F : realFieldType) (n m : nat).
Local Notation d := n.+1.

Lemma at_points_permute (w : 'I_d -> 'I_m -> F) (s : 'S_d) f :
  at_points w (permute s f) = at_points (fun i => w (s i)) f.
Proof.
rewrite /at_points comp_mpoly_meval; apply: meval_eq => r.
by rewrite tnth_mktuple mevalXU enum_rankK.
Qed.

Lemma at_points_inj (f g : {mpoly F[num_coords d m]}) :
  (forall w, at_points w f = at_points w g) -> f = g.
Proof.
move=> fg; apply/eqP; rewrite -subr_eq0; apply: contraT => /nonzero_value[y /eqP[]].
rewrite mevalB; apply/eqP; rewrite subr_eq0; apply/eqP.
have := fg (fun i j => y (enum_rank (i, j))); rewrite /at_points => fgy.
rewrite -(meval_eq (v1 := fun r => y (enum_rank ((enum_val r).1, (enum_val r).2)))); last first.
  by move=> r; rewrite -surjective_pairing enum_valK.
by rewrite fgy; apply: meval_eq => r; rewrite -surjective_pairing enum_valK.
Qed.

Lemma at_points_own_and_moments (w : 'I_d -> 'I_m -> F) D
    (S : {mpoly F[m + num_orders m D]}) i :
  at_points w (in_own_and_moments S i) =
  S.@[fun v => match split v with
               | inl l => w i l
               | inr r => d%:R^-1 * moment w (fun=> 1) (order_index r)
               end].
Proof.
rewrite /at_points comp_mpoly_meval; apply: meval_eq => v; rewrite tnth_mktuple.
case: split => [l|r]; first by rewrite mevalXU enum_rankK.
exact: at_points_mean_power.
Qed.

(* HEADLINE equivariant_map : equivariant-representation : over an ordered field, for example the real numbers, a polynomial map T of d >= 1 objects in F^m obeys T_i(w_(s 1), ..., w_(s d)) = T_(s i)(w) for all objects w and permutations s if and only if T_i(w) = S(w_i, p_1, ..., p_(d-1)) for all w and i, with one polynomial S *)
Theorem equivariant_map (T : 'I_d -> 'I_m -> {mpoly F[num_coords d m]}) :
  (forall (s : 'S_d) (w : 'I_d -> 'I_m -> F) i j,
     at_points (fun l => w (s l)) (T i j) = at_points w (T (s i) j)) <->
  exists S : 'I_m -> {mpoly F[m + num_orders m d.-1]},
    forall (w : 'I_d -> 'I_m -> F) i j,
      at_points w (T i j) = (S j).@[fun v => match split v with
        | inl l => w i l
        | inr r => d%:R^-1 * moment w (fun=> 1) (order_index r)
        end].
Proof.
have form := equivariant_form T (char_num F).
split=> [T_eq|[S TS] s w i j].
  have [|S TS] := form.1; first by
    move=> s i j; apply: at_points_inj => w; rewrite at_points_permute T_eq.
  by exists S => w i j; rewrite TS at_points_own_and_moments.
have {TS} T_form : forall i j, T i j = in_own_and_moments (S j) i.
  by move=> ? ?; apply: at_points_inj => ?; rewrite TS at_points_own_and_moments.
have T_eq := form.2 (ex_intro _ S T_form).
by rewrite -at_points_permute T_eq.
Qed.
End Maps.
