(* The number N = 'C(m + k, k) in Tchakaloff's theorem is attained.

   Paper: thm:tchakaloff.  Claim: tchakaloff-tight.

   Headline: `tchakaloff_tight`, at the end of the file.

   The nodes are those of the principal lattice {a in N^m : |a| <= k}: type
   'X_{1..m < k.+1}, node a at `lattice a` in F^m.  Every function on them is the
   restriction of exactly one polynomial of degree at most k (Lagrange polynomials
   exist), so moments of order 0, ..., k determine weights, and any moments are
   those of some weights.                                                       *)
From mathcomp Require Import all_ssreflect all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* Degrees of products of polynomials. *)
Section Degree.
Variables (R : idomainType) (n : nat).
Implicit Types p q : {mpoly R[n]}.

Lemma msize_mul_le a b p q : (msize p <= a.+1)%N -> (msize q <= b.+1)%N ->
  (msize (p * q) <= (a + b).+1)%N.
Proof.
move=> le_p le_q; have [->|p0] := eqVneq p 0; first by rewrite mul0r msize0.
have [->|q0] := eqVneq q 0; first by rewrite mulr0 msize0.
by rewrite msizeM // -subn1 leq_subLR (leq_trans (leq_add le_p le_q)) // addSn addnS.
Qed.

Lemma msize_prod_le (J : Type) (r : seq J) (g : J -> {mpoly R[n]}) (e : J -> nat) :
  (forall j, msize (g j) <= (e j).+1)%N ->
  (msize (\prod_(j <- r) g j) <= (\sum_(j <- r) e j).+1)%N.
Proof.
move=> le_g; elim/big_rec2: _ => [|j b p _ le_p]; first by rewrite msize1.
exact: msize_mul_le.
Qed.

Lemma msize_exp_le a e p : (msize p <= a.+1)%N -> (msize (p ^+ e) <= (a * e).+1)%N.
Proof.
move=> le_p; elim: e => [|e IHe]; first by rewrite expr0 msize1.
by rewrite exprS mulnS msize_mul_le.
Qed.
End Degree.

Section Lattice.
Variables (F : realFieldType) (m k : nat).
Local Notation index := 'X_{1..m < k.+1}.
Implicit Types (a b : index) (c : index -> F).

Definition lattice a (j : 'I_m) : F := (a j)%:R.

(* The Lagrange polynomial of node b: a product of |b| linear factors in single
   coordinates and of k - |b| in the sum of the coordinates. *)
Definition lagrange b : {mpoly F[m]} :=
  (\prod_(j < m) \prod_(i < b j) ('X_j - i%:R%:MP)) *
  \prod_(i < k - mdeg b) (\sum_(j < m) 'X_j - (mdeg b + i.+1)%:R%:MP).

Lemma lagrange_degree b : (msize (lagrange b) <= k.+1)%N.
Proof.
have linear (p : {mpoly F[m]}) (x : F) : (msize p <= 2)%N -> (msize (p - x%:MP) <= 2)%N.
  move=> le_p; rewrite (leq_trans (msizeD_le _ _)) // msizeN msizeC geq_max le_p.
  by case: (x == 0).
have le_b : (mdeg b <= k)%N by rewrite -ltnS bmdeg.
rewrite -[X in (_ <= X.+1)%N](subnKC le_b) msize_mul_le //.
  rewrite mdegE msize_prod_le // => j.
  rewrite -[X in (_ <= X.+1)%N]card_ord -sum1_card msize_prod_le // => i.
  by rewrite linear // msizeX mdeg1.
rewrite -[X in (_ <= X.+1)%N]card_ord -sum1_card msize_prod_le // => i.
rewrite linear // (leq_trans (msize_sum _ _ _)) //.
by apply/bigmax_leqP=> j _; rewrite msizeX mdeg1.
Qed.

Lemma lagrange_value b a : (lagrange b).@[lattice a] =
  (\prod_(j < m) \prod_(i < b j) ((a j)%:R - i%:R)) *
  \prod_(i < k - mdeg b) ((mdeg a)%:R - (mdeg b + i.+1)%:R).
Proof.
rewrite mevalM !rmorph_prod; congr (_ * _); apply: eq_bigr => j _ /=.
  by rewrite rmorph_prod; apply: eq_bigr => i _ /=; rewrite mevalB mevalXU mevalC.
rewrite mevalB mevalC rmorph_sum [mdeg a]mdegE natr_sum; congr (_ - _).
by apply: eq_bigr => l _ /=; rewrite mevalXU.
Qed.

Lemma lagrange_node b : (lagrange b).@[lattice b] != 0.
Proof.
rewrite lagrange_value mulf_neq0 //; apply/prodf_neq0=> j _.
  by apply/prodf_neq0=> i _; rewrite subr_eq0 eqr_nat gtn_eqF.
by rewrite subr_eq0 eqr_nat ltn_eqF // -addSnnS ltn_addr.
Qed.

Lemma lagrange_other b a : a != b -> (lagrange b).@[lattice a] = 0.
Proof.
move=> ab; rewrite lagrange_value; apply/eqP; rewrite mulf_eq0.
have [/forallP le_ba|] := boolP [forall j, (b j <= a j)%N]; last first.
  rewrite negb_forall => /existsP[j]; rewrite -ltnNge => lt_j.
  by rewrite (bigD1 j) //= (bigD1 (Ordinal lt_j)) //= subrr !mul0r eqxx.
have lt_ba : (mdeg b < mdeg a)%N.
  have le_mba : (b <= a)%MM by apply/mnm_lepP.
  rewrite ltn_neqAle !mdegE leq_sum ?andbT //; apply: contraNneq ab => eq_ba.
  apply/eqP/val_inj/mnmP=> j /=; apply/eqP; rewrite eqn_leq le_ba andbT leqNgt.
  apply/negP=> lt_j; have := ltnn (\sum_(i < m) b i)%N; rewrite {2}eq_ba.
  rewrite (bigD1 j) //= [in X in (_ < X)%N](bigD1 j) //= -addSn leq_add //.
  by apply: leq_sum => i _.
have lt_i : (mdeg a - (mdeg b).+1 < k - mdeg b)%N.
  by rewrite subnS prednK ?subn_gt0 // leq_sub2r // -ltnS bmdeg.
apply/orP; right; rewrite (bigD1 (Ordinal lt_i)) //=.
by rewrite -addSnnS subnKC // subrr mul0r.
Qed.

(* Weights on the lattice are determined by their moments. *)
Lemma lattice_weights_unique c c' : same_moments k lattice c' c -> c' =1 c.
Proof.
move=> same b; have := same_moments_poly same (lagrange_degree b).
rewrite (bigD1 b) //= [RHS](bigD1 b) //= !big1 ?addr0 => [|a ab|a ab].
- exact/mulIf/lagrange_node.
- by rewrite lagrange_other ?mulr0.
- by rewrite lagrange_other ?mulr0.
Qed.

Lemma lattice_injective : injective lattice.
Proof.
move=> a b ab; apply/val_inj/mnmP=> j; apply/eqP; rewrite -(eqr_nat F).
by have /(congr1 (fun x => x j))/eqP := ab.
Qed.
End Lattice.

(* Every family of numbers is the moments of some weights, of any sign. *)
Section Interpolation.
Variables (F : realFieldType) (m k : nat).
Local Notation index := 'X_{1..m < k.+1}.

Definition moment_matrix : 'M[F]_#|{: index}| :=
  \matrix_(r < #|{: index}|) monomials k (@lattice F m k) (enum_val r).

Lemma moment_matrix_row (u : 'rV[F]_#|{: index}|) :
  u *m moment_matrix =
  \sum_a u 0 (enum_rank a) *: monomials k (@lattice F m k) a.
Proof.
rewrite mulmx_sum_row (reindex enum_rank) /=; last first.
  by exists enum_val => r _; rewrite ?enum_rankK ?enum_valK.
by apply: eq_bigr => a _; rewrite rowK enum_rankK.
Qed.

Lemma moment_matrix_unit : moment_matrix \in unitmx.
Proof.
rewrite -row_free_unit -kermx_eq0; apply/rowV0P=> u /sub_kermxP.
rewrite moment_matrix_row => u0.
have zero : \sum_a 0 *: monomials k (@lattice F m k) a = 0.
  by apply: big1 => a _; rewrite scale0r.
have /lattice_weights_unique same : same_moments k (@lattice F m k)
    (fun a => u 0 (enum_rank a)) (fun=> 0).
  by apply/monomials_moments; rewrite u0 zero.
by apply/rowP=> r; rewrite mxE -(enum_valK r) same.
Qed.

Lemma lattice_moments_onto (y : 'X_{1..m} -> F) :
  exists c : index -> F, forall a, (mdeg a <= k)%N -> moment (@lattice F m k) c a = y a.
Proof.
pose Y : 'rV[F]_#|{: index}| := \row_n y (enum_val n : index).
pose u := Y *m invmx moment_matrix.
have uY : u *m moment_matrix = Y by rewrite mulmxKV ?moment_matrix_unit.
exists (fun a => u 0 (enum_rank a)) => a; rewrite -ltnS => lt_a.
have /rowP/(_ (enum_rank (BMultinom lt_a))) := uY.
rewrite moment_matrix_row [RHS]mxE enum_rankK /= => <-.
by rewrite summxE; apply: eq_bigr => b _; rewrite !mxE enum_rankK.
Qed.

(* A polynomial of degree at most k that vanishes on the lattice is 0. *)
Lemma lattice_unisolvent (p : {mpoly F[m]}) : (msize p <= k.+1)%N ->
  (forall a, p.@[@lattice F m k a] = 0) -> p = 0.
Proof.
move=> le_p p0; apply/mpolyP=> b; rewrite mcoeff0.
have [le_b|lt_b] := leqP (mdeg b) k; last first.
  by apply: memN_msupp_eq0; rewrite msize_mdeg_ge // (leq_trans le_p).
have [c cb] := lattice_moments_onto (fun a => (a == b)%:R).
transitivity (\sum_a c a * p.@[@lattice F m k a]); last first.
  by apply: big1 => a _; rewrite p0 mulr0.
rewrite (eq_bigr (fun a => \sum_(e <- msupp p)
    p@_e * (c a * \prod_(j < m) lattice F a j ^+ e j))) => [|a _]; last first.
  by rewrite mevalE mulr_sumr; apply: eq_bigr => e _; rewrite mulrCA.
rewrite exchange_big (eq_big_seq (fun e => p@_e * (e == b)%:R)) => [|e e_p] /=.
  have [b_p|b_p] := boolP (b \in msupp p); last first.
    rewrite memN_msupp_eq0 // big_seq big1 // => e; case: eqP => [->|]; last by rewrite mulr0.
    by rewrite (negPf b_p).
  rewrite (bigD1_seq b) ?msupp_uniq //= eqxx mulr1 big1 ?addr0 // => e /negPf->.
  by rewrite mulr0.
rewrite -mulr_sumr -[\sum_i _]/(moment _ _ _) cb //.
by rewrite -ltnS (leq_trans (msize_mdeg_lt e_p)).
Qed.
End Interpolation.

(* HEADLINE tchakaloff_tight : tchakaloff-tight : for all m and k some positive measure on finitely many different nodes of F^m has moments of order 0, ..., k that no weights of any sign have that are nonzero on fewer than 'C(m + k, k) of its nodes. *)
Theorem tchakaloff_tight (F : realFieldType) (m k : nat) :
  exists (I : finType) (w : I -> 'I_m -> F) (c : I -> F),
    [/\ injective w, forall i, 0 < c i
      & forall c' : I -> F, same_moments k w c' c -> ('C(m + k, k) <= #|support c'|)%N].
Proof.
exists [finType of 'X_{1..m < k.+1}], (@lattice F m k), (fun=> 1).
split=> [||c' /lattice_weights_unique c'1]; first exact: lattice_injective.
  by move=> a; rewrite ltr01.
rewrite -card_bmultinom subset_leq_card //; apply/subsetP=> a _.
by rewrite inE c'1 oner_neq0.
Qed.
