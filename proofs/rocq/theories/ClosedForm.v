(* Sums over distinct indices are polynomials in power sums: the closed form.

   Paper: thm:fundamental_multisym.  Claim: ftsp-closed-form.

   Headlines, at the end of the file: `closed_form_and_zero` (a sum over set partitions,
   which is 0 for more parts than points) and `closed_form_permutations` (the same with
   one term for each permutation; no claim).

   w : I -> 'I_m -> A are d = #|I| points with m coordinates each, in any commutative
   ring A: the real numbers, or polynomials, so that it is an identity of polynomials.
   - `monomial w i a`   w_i^a, for a multi-index a : 'X_{1..m};
   - `power_sum w a`    q_a, the sum of w_i^a over all i;
   - `distinct_sum w al` for multi-indices al_1, ..., al_n: the sum of
        w_(i_1)^(al_1) ... w_(i_n)^(al_n) over pairwise different i_1, ..., i_n.   *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import SetPartitions.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section Definitions.
Variables (A : comRingType) (I : finType) (m : nat) (w : I -> 'I_m -> A).
Implicit Types (a b : 'X_{1..m}).

Definition monomial i a : A := \prod_(j < m) w i j ^+ a j.

Definition power_sum a : A := \sum_i monomial i a.

Definition distinct_sum n (al : 'I_n -> 'X_{1..m}) : A :=
  \sum_(t : {ffun 'I_n -> I} | injectiveb t) \prod_(j < n) monomial (t j) (al j).

Lemma monomial0 i : monomial i 0%MM = 1.
Proof. by apply: big1 => j _; rewrite mnm0E expr0. Qed.

Lemma monomialD i a b : monomial i (a + b)%MM = monomial i a * monomial i b.
Proof. by rewrite -big_split; apply: eq_bigr => j _; rewrite mnmDE exprD. Qed.

Lemma monomial_sum (J : Type) (r : seq J) (S : pred J) (al : J -> 'X_{1..m}) i :
  \prod_(j <- r | S j) monomial i (al j) = monomial i (\sum_(j <- r | S j) al j)%MM.
Proof. by elim/big_rec2: _ => [|j a x _ ->]; rewrite ?monomial0 ?monomialD. Qed.

Lemma power_sum_block n (al : 'I_n -> 'X_{1..m}) (B : {set 'I_n}) :
  power_sum (\sum_(j in B) al j)%MM = \sum_i \prod_(j in B) monomial i (al j).
Proof. by apply: eq_bigr => i _; rewrite monomial_sum. Qed.

(* Too many distinct indices: the sum is empty. *)
Lemma distinct_sum_pigeonhole n (al : 'I_n -> 'X_{1..m}) :
  (#|I| < n)%N -> distinct_sum al = 0.
Proof.
move=> lt_n; apply: big_pred0 => t; apply: contraTF lt_n => /injectiveP t_inj.
by rewrite -leqNgt -[n]card_ord -(card_codom t_inj) max_card.
Qed.
End Definitions.

Section ClosedForm.
Variables (A : comRingType) (I : finType) (m : nat) (w : I -> 'I_m -> A).
Variables (n : nat) (al : 'I_n -> 'X_{1..m}).
Local Notation funs := {ffun 'I_n -> I}.

(* A permutation whose cycles are the blocks: t is constant on them if t = t o s. *)
Lemma constant_on_cycles (s : 'S_n) (t : funs) :
  [forall B in porbits s, constant_on t B] = [forall j, t j == t (s j)].
Proof.
apply/forall_inP/forallP=> [cst j|ts B /imsetP[x _ ->]].
  have mem_s : porbit s j \in porbits s by exact: imset_f.
  have /forall_inP/(_ j) := cst _ mem_s; rewrite porbit_id => /(_ isT)/forall_inP; apply.
  by have := mem_porbit s 1 j; rewrite expg1.
have const y : y \in porbit s x -> t y = t x.
  case/porbitP=> e ->; elim: e => [|e IHe]; first by rewrite expg0 perm1.
  by rewrite expgSr permM -(eqP (ts _)).
apply/forall_inP=> y /const ->; apply/forall_inP=> z /const -> //.
Qed.

Lemma porbits_partition (s : 'S_n) : partition (porbits s) setT.
Proof.
have := @orbit_partition _ _ _ ('P)%act <[s]>%G [set: 'I_n].
rewrite (_ : [set orbit 'P%act <[s]>%G x | x in setT] = porbits s).
  apply; apply/subsetP=> x _; rewrite inE; apply/andP; split; first exact: in_setT.
  by rewrite inE; apply/subsetP=> y _; rewrite !inE.
by apply/setP=> B; apply/imsetP/imsetP=> -[x _ ->]; exists x; rewrite ?porbitE ?inE.
Qed.

(* The signs cancel unless t is injective: a determinant. *)
Lemma sum_signs (t : funs) :
  \sum_(s : 'S_n | [forall j, t j == t (s j)]) (-1) ^+ s = (injectiveb t)%:R :> A.
Proof.
pose M : 'M[A]_n := \matrix_(i, j) (t i == t j)%:R.
have -> : \sum_(s : 'S_n | [forall j, t j == t (s j)]) (-1) ^+ s = \det M.
  rewrite big_mkcond; apply: eq_bigr => s _; case: ifPn => [/forallP ts|].
    by rewrite big1 ?mulr1 // => j _; rewrite mxE ts.
  by case/forallPn=> j /negPf tj; rewrite (bigD1 j) //= mxE tj mul0r mulr0.
have [/injectiveP t_inj|/injectivePn[i [j ij tij]]] := boolP (injectiveb t).
  suff -> : M = 1%:M by rewrite det1.
  by apply/matrixP=> i j; rewrite !mxE (inj_eq t_inj).
by apply: determinant_alternate ij _ => l; rewrite !mxE tij.
Qed.

Theorem closed_form :
  distinct_sum w al =
  \sum_(P : {set {set 'I_n}} | partition P setT)
    \prod_(B in P) ((-1) ^+ #|B|.-1 * (#|B|.-1)`!%:R * power_sum w (\sum_(j in B) al j)%MM).
Proof.
pose f j i := monomial w i (al j).
transitivity (\sum_(t : funs) \sum_(P : {set {set 'I_n}} | partition P setT)
    (\prod_(B in P) constant_weight A t B) * \prod_j f j (t j)).
  rewrite /distinct_sum big_mkcond; apply: eq_bigr => t _.
  by rewrite -mulr_suml sum_partitions_constant; case: ifP => _; rewrite ?mul1r ?mul0r.
rewrite exchange_big; apply: eq_bigr => P part /=.
rewrite big_split /=; under [X in _ = _ * X]eq_bigr do rewrite power_sum_block.
rewrite (prod_blocks f part) mulr_sumr [RHS]big_mkcond; apply: eq_bigr => t _ /=.
case: ifPn => [/forall_inP cst|/forall_inPn[B BP /negPf ncst]].
  by congr (_ * _); apply: eq_bigr => B /cst tB; rewrite /constant_weight tB.
by rewrite (bigD1 B) //= /constant_weight ncst !mul0r.
Qed.

(* HEADLINE closed_form_and_zero : ftsp-closed-form : the sum of w_(i_1)^(al_1) ... w_(i_n)^(al_n) over pairwise different indices is the sum, over the partitions P of {1, ..., n}, of the products over the blocks B of (-1)^(|B|-1) (|B|-1)! q_(al_B), al_B the sum of al_j over j in B; it is 0 if there are fewer than n points; for all m, n and every number of points *)
Theorem closed_form_and_zero :
  let over_partitions := \sum_(P : {set {set 'I_n}} | partition P setT)
    \prod_(B in P) ((-1) ^+ #|B|.-1 * (#|B|.-1)`!%:R * power_sum w (\sum_(j in B) al j)%MM) in
  distinct_sum w al = over_partitions /\ ((#|I| < n)%N -> over_partitions = 0).
Proof.
split; first exact: closed_form.
by move=> lt_n; rewrite -closed_form distinct_sum_pigeonhole.
Qed.

(* HEADLINE closed_form_permutations : - : the sum of w_(i_1)^(al_1) ... w_(i_n)^(al_n) over pairwise different indices is the sum, over the permutations s of {1, ..., n}, of the sign of s times the product of q_(al_B) over the cycles B of s *)
Theorem closed_form_permutations :
  distinct_sum w al =
  \sum_(s : 'S_n) (-1) ^+ s *
    \prod_(B in porbits s) power_sum w (\sum_(j in B) al j)%MM.
Proof.
pose f j i := monomial w i (al j).
under [RHS]eq_bigr => s _.
  under eq_bigr do rewrite power_sum_block.
  rewrite (prod_blocks f (porbits_partition s)).
  under eq_bigl do rewrite constant_on_cycles.
  rewrite mulr_sumr; over.
rewrite (exchange_big_dep xpredT) //= /distinct_sum big_mkcond; apply: eq_bigr => t _.
by rewrite -mulr_suml sum_signs; case: ifP => _; rewrite ?mul1r ?mul0r.
Qed.
End ClosedForm.
