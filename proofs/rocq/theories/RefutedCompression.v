(* Theorems 3 and 4 as printed are false: h(y) = y^2 (paper: thm:moment and
   thm:compression_errorbound; claims small-ball, universal-compression).

   The printed theorems bound the error of f = h(sum_i c_i g(w_i)) on compressed
   weights c' by a constant times the number d of objects, the constant being the
   same for all d, and c' the same for all f.  Here is why they cannot: put n
   objects on each of s + 1 places.  Weights c' on at most s objects leave a
   place out.  Let g be 1 there and 0 on the other places.  Then
   sum_i c'_i g(w_i) = 0, while the original sum is n; with h(y) = y^2 the error
   is n^2, and d = (s + 1) n.  Signs and sizes of c' play no part.

   h and g are analytic in the paper; a statement about polynomials h and g says
   less, and is refuted here.  Numbers are those of any archimedean ordered
   field, the d objects are numbered by a finite type I, d = #|I|, and
   'C(m + k, k) is the number N of the theorem.

   - `value h g c w`     h(sum_i c_i g(w_i));
   - `in_ball w r`       the w_i lie in a ball of diameter r;
   - `small_ball m k r`  the printed Theorem 3; the constant C depends on f;
   - `universal_compression m R rate`  the printed Theorem 4 with rate d' in place
       of the power d'^(1-(k+1)/m).

   Headlines: small_ball_refuted, universal_compression_refuted.              *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Statements.
Variables (F : archiFieldType) (m : nat).

Definition value (I : finType) (h : {poly F}) (g : {mpoly F[m]}) (c : I -> F)
    (w : I -> 'I_m -> F) : F := h.[\sum_i c i * g.@[w i]].

Definition in_ball (I : finType) (w : I -> 'I_m -> F) (r : F) : Prop :=
  exists z : 'I_m -> F, forall i, \sum_a (w i a - z a) ^+ 2 <= (r / 2%:R) ^+ 2.

Definition small_ball (k : nat) (r : F) : Prop :=
  exists C : {poly F} -> {mpoly F[m]} -> F,
    forall (I : finType) (w : I -> 'I_m -> F) (c : I -> F),
      in_ball w r -> (forall i, 0 <= c i) -> \sum_i c i = #|I|%:R ->
      exists c' : I -> F,
        [/\ forall i, 0 <= c' i, (#|support c'| <= 'C(m + k, k))%N
          & forall h g, `|value h g c' w - value h g c w| <= C h g * #|I|%:R * r ^+ k.+1].

Definition universal_compression (R : F) (rate : nat -> F) : Prop :=
  exists C : {poly F} -> {mpoly F[m]} -> F,
    forall (I : finType) (w : I -> 'I_m -> F) (d' : nat),
      (forall i, \sum_a w i a ^+ 2 <= R ^+ 2) -> (1 <= d' < #|I|)%N ->
      exists c' : I -> F,
        [/\ forall i, 0 <= c' i, (#|support c'| <= d')%N
          & forall h g, `|value h g c' w - value h g (fun=> 1) w| <=
                          C h g * #|I|%:R * rate d'].
End Statements.

Section LeftOut.
Variables (F : archiFieldType) (m s : nat) (rho : F).
Hypothesis rho_gt0 : 0 < rho.

(* Place j of s + 1, on the first axis; the objects are pairs of a place and a
   number, so that there are n on each place.                                 *)
Definition height (j : 'I_s.+1) : F := rho * (j%:R / s.+1%:R).

Definition place (n : nat) (p : 'I_s.+1 * 'I_n) (a : 'I_m.+1) : F :=
  if a == ord0 then height p.1 else 0.

(* The polynomial that is 1 on place j and 0 on the others. *)
Definition indicator (j : 'I_s.+1) : {mpoly F[m.+1]} :=
  \prod_(l < s.+1 | l != j) ((height j - height l)^-1 *: ('X_ord0 - (height l)%:MP)).

Lemma height_inj : injective height.
Proof.
move=> j l /(mulfI (lt0r_neq0 rho_gt0)) /(divIf _).
rewrite pnatr_eq0 => /(_ isT) /eqP; rewrite eqr_nat => /eqP.
exact: val_inj.
Qed.

Lemma indicatorE n j (p : 'I_s.+1 * 'I_n) : (indicator j).@[place p] = (p.1 == j)%:R.
Proof.
rewrite /indicator rmorph_prod /=.
under eq_bigr => l _ do rewrite mevalZ mevalB mevalXU mevalC /place eqxx.
have [->|ne] := eqVneq p.1 j.
  rewrite big1 // => l ne; rewrite mulVf // subr_eq0.
  by rewrite (inj_eq height_inj) eq_sym.
by rewrite (bigD1 p.1) //= subrr mulr0 mul0r.
Qed.

Lemma sum_place n (p : 'I_s.+1 * 'I_n) : \sum_a place p a ^+ 2 <= rho ^+ 2.
Proof.
rewrite big_ord_recl big1 ?addr0 => [|a _]; last by rewrite /place /= expr0n.
have frac0 : 0 <= p.1%:R / s.+1%:R :> F by rewrite divr_ge0 ?ler0n.
rewrite /place eqxx /height exprMn ler_pimulr ?sqr_ge0 // expr_le1 //.
by rewrite ler_pdivr_mulr ?ltr0n // mul1r ler_nat ltnW.
Qed.

(* At most s objects leave a place out. *)
Lemma place_left_out n (c : 'I_s.+1 * 'I_n -> F) : (#|support c| <= s)%N ->
  exists j, forall p, p.1 = j -> c p = 0.
Proof.
move=> le_s; have [j jN|all_used] := pickP [pred j | j \notin fst @: support c].
  exists j => p pj; apply/eqP; apply: contraNT jN => cp.
  by apply/imsetP; exists p; rewrite // inE.
have := leq_trans (leq_imset_card fst (support c)) le_s.
rewrite (_ : fst @: _ = setT) ?cardsT ?card_ord ?ltnn //.
by apply/setP=> j; have := all_used j; rewrite !inE => /negbFE->.
Qed.

(* Whatever the constants K_j are, for some n every choice of s objects has an
   error of more than K_j d for some j.                                       *)
Lemma error_beyond (K : 'I_s.+1 -> F) : exists2 n : nat, (0 < n)%N &
  forall c : 'I_s.+1 * 'I_n -> F, (#|support c| <= s)%N ->
  exists j, K j * #|{: 'I_s.+1 * 'I_n}|%:R <
    `|value 'X^2 (indicator j) c (@place n) - value 'X^2 (indicator j) (fun=> 1) (@place n)|.
Proof.
pose B := \sum_j `|K j| * s.+1%:R.
have B0 : 0 <= B by rewrite sumr_ge0 // => j _; rewrite mulr_ge0 ?ler0n.
exists (Num.bound B); first by rewrite -(ltr_nat F) (le_lt_trans B0) // archi_boundP.
set n := Num.bound B => c /place_left_out[j out]; exists j.
have -> : value 'X^2 (indicator j) c (@place n) = 0.
  rewrite /value hornerXn big1 ?expr0n // => p _; rewrite indicatorE.
  by case: eqP => [/out->|_]; rewrite ?mul0r ?mulr0.
have -> : value 'X^2 (indicator j) (fun=> 1) (@place n) = n%:R ^+ 2.
  rewrite /value hornerXn; congr (_ ^+ 2).
  under eq_bigr do rewrite mul1r indicatorE.
  rewrite -(pair_bigA _ (fun i (t : 'I_n) => (i == j)%:R)) /= (bigD1 j) //=.
  rewrite eqxx sumr_const card_ord big1 ?addr0 // => i /negPf->.
  by rewrite big1.
rewrite sub0r normrN ger0_norm ?exprn_ge0 ?ler0n //.
rewrite card_prod !card_ord natrM mulrA expr2.
have n_gt0 : 0 < n%:R :> F by rewrite (le_lt_trans B0) // archi_boundP.
rewrite ltr_pmul2r // (le_lt_trans _ (archi_boundP B0)) //.
rewrite /B (bigD1 j) //= (le_trans (ler_wpmul2r _ (ler_norm _))) ?ler0n //.
by rewrite ler_addl sumr_ge0 // => l _; rewrite mulr_ge0 ?ler0n.
Qed.
End LeftOut.

(* HEADLINE small_ball_refuted : small-ball : for every m >= 1, every order k and every diameter r > 0 there is no C, depending on f alone, such that for all d some weights c' on at most 'C(m + k, k) objects, the same for all f, have an error of at most C d r^(k+1) *)
Theorem small_ball_refuted (F : archiFieldType) (m k : nat) (r : F) :
  (0 < m)%N -> 0 < r -> ~ small_ball m k r.
Proof.
case: m => // m _ r0 [C holds]; pose s := 'C(m.+1 + k, k).
have half0 : 0 < r / 2%:R by rewrite divr_gt0 ?ltr0n.
pose K j := C 'X^2 (indicator m (s := s) (r / 2%:R) j) * r ^+ k.+1.
have [n _ beyond] := error_beyond m half0 K.
have in_r : in_ball (@place F m s (r / 2%:R) n) r.
  by exists (fun=> 0) => p; under eq_bigr do rewrite subr0; exact: sum_place.
have mass1 : \sum_(p : 'I_s.+1 * 'I_n) 1 = #|{: 'I_s.+1 * 'I_n}|%:R :> F by rewrite sumr_const.
have [c' [_ /beyond[j]]] := holds _ _ (fun=> 1) in_r (fun=> ler01) mass1.
by move=> gap le_C; have := lt_le_trans gap (le_C _ _); rewrite /K mulrAC ltxx.
Qed.

(* One place less: for every number d' >= 1 of weighted objects by itself, no
   constant serves all d.                                                     *)
Theorem fixed_size_refuted (F : archiFieldType) (m s : nat) (R : F) :
  (0 < m)%N -> 0 < R ->
  ~ exists C : {poly F} -> {mpoly F[m]} -> F,
      forall (I : finType) (w : I -> 'I_m -> F),
        (forall i, \sum_a w i a ^+ 2 <= R ^+ 2) -> (s < #|I|)%N ->
        exists c' : I -> F, (#|support c'| <= s)%N /\
          forall h g, `|value h g c' w - value h g (fun=> 1) w| <= C h g * #|I|%:R.
Proof.
case: m => // m _ R0 [C holds].
have [n n0 beyond] := error_beyond m R0 (fun j => C 'X^2 (indicator m (s := s) R j)).
have [||c' [/beyond[j gap] le_C]] := holds _ (@place F m s R n).
- exact: sum_place.
- by rewrite card_prod !card_ord (leq_trans (ltnSn s)) // leq_pmulr.
by have := lt_le_trans gap (le_C _ _); rewrite ltxx.
Qed.

(* HEADLINE universal_compression_refuted : universal-compression : whatever function of d' stands in place of d'^(1-(k+1)/m), there is no constant, depending on f alone, such that for all d' < d some d' weighted objects, the same for all f, have an error of at most this constant times d times that function *)
Theorem universal_compression_refuted (F : archiFieldType) (m : nat) (R : F)
    (rate : nat -> F) :
  (0 < m)%N -> 0 < R -> ~ universal_compression m R rate.
Proof.
move=> m0 R0 [C holds]; apply: (@fixed_size_refuted F m 1 R m0 R0).
exists (fun h g => C h g * rate 1%N) => I w w_R lt1.
have [c' [_ c'S c'E]] := holds I w 1%N w_R lt1.
by exists c'; split=> // h g; rewrite mulrAC.
Qed.
