(* More polynomials than variables are algebraically dependent.

   Used for claim ftsp-uniqueness (step 4 of the printed proof of
   thm:fundamental_multisym); no claim of its own.

   Main result: `algebraic_dependence`.  For polynomials g_1, ..., g_G in n < G
   variables over a field there is P <> 0 with P(g_1, ..., g_G) = 0.

   Proof by counting: with all g_i of degree at most e, the s^G monomials in the g_i
   with exponents below s lie in a space spanned by at most (e s G + 1)^n monomials;
   for s large this is fewer, so the monomials are linearly dependent.             *)
From mathcomp Require Import all_ssreflect all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff TchakaloffTight.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Lemma card_indices_le n D : (#|{: 'X_{1..n < D.+1}}| <= D.+1 ^ n)%N.
Proof.
pose f (a : 'X_{1..n < D.+1}) : {ffun 'I_n -> 'I_D.+1} := [ffun i => inord (a i)].
rewrite -[X in (_ <= X ^ _)%N]card_ord -[X in (_ <= _ ^ X)%N]card_ord -card_ffun.
rewrite -(@card_codom _ _ f) ?max_card // => a b /ffunP ab; apply/val_inj/mnmP=> i.
have le_D (c : 'X_{1..n < D.+1}) : (c i < D.+1)%N.
  by rewrite (leq_ltn_trans _ (bmdeg c)) // mdegE (bigD1 i) //= leq_addr.
by have := congr1 val (ab i); rewrite !ffunE /= !inordK.
Qed.

(* Growth: a box with more sides wins. *)
Lemma box_count n G e : (n < G)%N -> exists s, ((e * (s.+1 * G)).+1 ^ n < s.+1 ^ G)%N.
Proof.
move=> lt_nG; pose s := ((e * G).+1 ^ n)%N; exists s.
have le1 : ((e * (s.+1 * G)).+1 <= (e * G).+1 * s.+1)%N.
  by rewrite [X in (_ <= X)%N]mulSn -add1n leq_add // [(s.+1 * G)%N]mulnC mulnA.
apply: (@leq_ltn_trans (((e * G).+1 * s.+1) ^ n)%N).
  by case: n {s lt_nG le1} => [|n] // in s le1 *; rewrite leq_exp2r.
rewrite expnMn -/s (@leq_trans (s.+1 ^ n.+1)%N) ?leq_pexp2l //.
by rewrite expnS ltn_pmul2r // expn_gt0.
Qed.

(* HEADLINE algebraic_dependence : - : more polynomials than variables, over any field, satisfy a polynomial relation that is not 0. *)
Theorem algebraic_dependence (K : fieldType) (n G : nat) (g : 'I_G -> {mpoly K[n]}) :
  (n < G)%N -> exists P : {mpoly K[G]}, P != 0 /\ P \mPo [tuple g i | i < G] = 0.
Proof.
move=> lt_nG; pose e := \max_(i < G) msize (g i).
have [s lt_s] := box_count e lt_nG; set D := (e * (s.+1 * G))%N in lt_s.
pose box := {ffun 'I_G -> 'I_s.+1}.
pose exponent (u : box) : 'X_{1..G} := [multinom (u i : nat) | i < G].
pose mono (u : box) := 'X_[exponent u] \mPo [tuple g i | i < G].
have degree u : (msize (mono u) <= D.+1)%N.
  rewrite /mono comp_mpolyX; apply: (@leq_trans (\sum_(i < G) e * exponent u i).+1)%N.
    apply: msize_prod_le => i; apply: msize_exp_le; rewrite tnth_mktuple.
    exact: leq_trans (@leq_bigmax _ (fun i => msize (g i)) i) (leqnSn _).
  rewrite ltnS -big_distrr leq_mul2l; apply/orP; right.
  rewrite mulnC -[X in (_ <= X * _)%N](card_ord G) -sum_nat_const.
  by apply: leq_sum => i _; rewrite mnmE ltnW.
pose index := 'X_{1..n < D.+1}.
pose M : 'M[K]_(#|box|, #|{: index}|) :=
  \matrix_(r, q) (mono (enum_val r))@_(enum_val q : index).
have : kermx M != 0.
  rewrite -mxrank_eq0 -lt0n mxrank_ker subn_gt0 (leq_ltn_trans (rank_leq_col M)) //.
  by rewrite (leq_ltn_trans (card_indices_le _ _)) // card_ffun !card_ord.
rewrite -nz_row_eq0; set v := nz_row _ => /rV0Pn[r0 vr0].
have vM : v *m M = 0 by apply/sub_kermxP; exact: nz_row_sub.
pose P := \sum_(r < #|box|) v 0 r *: 'X_[K, exponent (enum_val r)].
exists P; split.
  apply: contraNneq vr0 => /(congr1 (mcoeff (exponent (enum_val r0)))).
  rewrite mcoeff0 raddf_sum (bigD1 r0) //= mcoeffZ mcoeffX eqxx mulr1.
  rewrite big1 ?addr0 => [/eqP //|r ne]; rewrite mcoeffZ mcoeffX.
  case: eqP => [/mnmP eq_exp|]; last by rewrite mulr0.
  case/eqP: ne; apply/enum_val_inj/ffunP=> i; apply: val_inj.
  by have := eq_exp i; rewrite !mnmE.
have -> : P \mPo [tuple g i | i < G] = \sum_(r < #|box|) v 0 r *: mono (enum_val r).
  by rewrite /P raddf_sum; apply: eq_bigr => r _ /=; rewrite comp_mpolyZ.
apply/mpolyP=> b; rewrite mcoeff0 raddf_sum /=.
have [lt_b|le_b] := ltnP (mdeg b) D.+1; last first.
  apply: big1 => r _; rewrite mcoeffZ memN_msupp_eq0 ?mulr0 //.
  by rewrite msize_mdeg_ge // (leq_trans (degree _)).
have /rowP/(_ (enum_rank (BMultinom lt_b : index))) := vM.
rewrite !mxE; apply: etrans; apply: eq_bigr => r _.
by rewrite mcoeffZ !mxE enum_rankK.
Qed.
