(* Sums over distinct points, and the lists of terms that the checker of identities handles.

   A part of the proof of `check_identity_sound` (CheckerPowerSumsSound) and of
   `check_syzygy_sound` (CheckerSyzygySound); no claim of the paper is touched here.

   x : I -> nat -> F are #|I| points with coordinates in an ordered field F, and a list of
   numbers is a multi-index.
   - `monomial_at x i a`       x_i^a;
   - `power_sum_over x S a`    the sum of x_i^a over the i in S;
   - `distinct_sum x S s`      for multi-indices s = a_1, ..., a_n the sum of
        x_(i_1)^(a_1) ... x_(i_n)^(a_n) over pairwise different i_1, ..., i_n in S: over
        i_1 in S, then over i_2 in S without i_1, and so on;
   - `value_of f l`            the sum of c * f k over the entries (k, c) of the list l.  *)
From Coq Require Import ZArith NArith List.
From mathcomp Require Import all_ssreflect all_algebra zify ssrZ ring.
From UComp Require Import CheckerNumbers CheckerPowerSums.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Notation multi_index := PowerSums.multi_index.
Notation combination := PowerSums.combination.

Section Sums.
Variables (F : realFieldType) (I : finType) (x : I -> nat -> F).
Implicit Types (a b : multi_index) (s t : seq multi_index) (S : {set I}).

Fixpoint monomial_from (j : nat) (i : I) (a : multi_index) : F :=
  if a is e :: a' then x i j ^+ N.to_nat e * monomial_from j.+1 i a' else 1.

Definition monomial_at i a : F := monomial_from 0 i a.

Definition power_sum_over S a : F := \sum_(i in S) monomial_at i a.

Fixpoint distinct_sum S s : F :=
  if s is a :: s' then \sum_(i in S) monomial_at i a * distinct_sum (S :\ i) s' else 1.

Lemma distinct_sumE S a s :
  distinct_sum S (a :: s) = \sum_(i in S) monomial_at i a * distinct_sum (S :\ i) s.
Proof. by []. Qed.

Lemma monomial_plus i a b :
  monomial_at i (PowerSums.plus a b) = monomial_at i a * monomial_at i b.
Proof.
rewrite /monomial_at; move: 0%N => j.
elim: a b j => [|e a IHa] [|f b] j /=; rewrite ?mul1r ?mulr1 //.
by rewrite IHa N2Nat.inj_add exprD; ring.
Qed.

(* More parts than points: the sum is empty. *)
Lemma distinct_sum_empty S s : (#|S| < size s)%N -> distinct_sum S s = 0.
Proof.
elim: s S => //= a s IHs S lt_S; apply: big1 => i iS; rewrite IHs ?mulr0 //.
by move: lt_S; rewrite (cardsD1 i) iS.
Qed.

(* The order of the parts does not matter. *)
Lemma distinct_sum_swap S a b s :
  distinct_sum S (a :: b :: s) = distinct_sum S (b :: a :: s).
Proof.
rewrite /=; under eq_bigr do rewrite mulr_sumr.
under [RHS]eq_bigr do rewrite mulr_sumr.
rewrite (exchange_big_dep (mem S)) /=; last by move=> i j _; rewrite inE => /andP[].
apply: eq_bigr => i iS; apply: eq_big => [j|j].
  by rewrite !inE iS andbT eq_sym andbC.
by rewrite !inE => /andP[jS _]; rewrite mulrCA setDDl setUC -setDDl.
Qed.

Lemma distinct_sum_cons S a s t : (forall S', distinct_sum S' s = distinct_sum S' t) ->
  distinct_sum S (a :: s) = distinct_sum S (a :: t).
Proof. by move=> st; apply: eq_bigr => i _; congr (_ * _); exact: st. Qed.

Lemma distinct_sum_insert S a s :
  distinct_sum S (PowerSums.insert a s) = distinct_sum S (a :: s).
Proof.
elim: s S => // b s IHs S; rewrite [PowerSums.insert _ _]/=; case: (PowerSums.compare_indices a b) => //.
by rewrite (distinct_sum_cons _ _ IHs) distinct_sum_swap.
Qed.

Lemma distinct_sum_sort S s : distinct_sum S (PowerSums.sort s) = distinct_sum S s.
Proof.
elim: s S => // a s IHs S; rewrite [PowerSums.sort _]/= distinct_sum_insert.
exact: distinct_sum_cons.
Qed.

(* q_a M(s) = M(a, s) + the sum of the M in which a is added to one of the parts. *)
Lemma power_sum_times S a s : power_sum_over S a * distinct_sum S s =
  distinct_sum S (a :: s) + \sum_(t <- PowerSums.raised a s) distinct_sum S t.
Proof.
elim: s S => [|b s IHs] S.
  rewrite big_nil addr0 mulr1; apply: eq_bigr => i _; by rewrite mulr1.
rewrite big_cons big_map distinct_sum_insert distinct_sum_swap.
under [X in _ = _ + (_ + X)]eq_bigr do rewrite distinct_sum_insert.
rewrite !distinct_sumE mulr_sumr.
have -> : \sum_(t <- PowerSums.raised a s) distinct_sum S (b :: t) =
    \sum_(i in S) monomial_at i b * \sum_(t <- PowerSums.raised a s) distinct_sum (S :\ i) t.
  by rewrite exchange_big; apply: eq_bigr => i _; rewrite mulr_sumr.
rewrite -!big_split; apply: eq_bigr => i iS.
have -> : power_sum_over S a = monomial_at i a + power_sum_over (S :\ i) a.
  by rewrite /power_sum_over (big_setD1 i).
have := IHs (S :\ i); rewrite monomial_plus.
move: (power_sum_over _ _) (distinct_sum _ _) (\sum_(t <- _) _) (distinct_sum _ _).
move=> q p r t; rewrite mulrDl mulrCA => E; rewrite [q * _]mulrCA E /=; ring.
Qed.

(* Entries whose keys are equal are put together, which changes no value. *)
Definition value_of (f : PowerSums.key -> F) (l : combination) : F :=
  \sum_(e <- l) of_Z F e.2 * f e.1.

Lemma compare_listsP (T : Type) (cmp : T -> T -> comparison) (u v : seq T) :
  (forall y z, cmp y z = Eq -> y = z) -> PowerSums.compare_lists cmp u v = Eq -> u = v.
Proof.
move=> cmpP; elim: u v => [|y u IHu] [|z v] //=.
by case yz: (cmp y z) => // /IHu->; rewrite (cmpP _ _ yz).
Qed.

Lemma compare_indicesP a b : PowerSums.compare_indices a b = Eq -> a = b.
Proof. by apply: compare_listsP => y z /N.compare_eq_iff. Qed.

Lemma compare_keysP k l : PowerSums.compare_keys k l = Eq -> k = l.
Proof.
case: k l => [a s] [b t]; rewrite /PowerSums.compare_keys /=.
case st: (PowerSums.compare_lists _ s t) => // /compare_indicesP->.
by rewrite (compare_listsP compare_indicesP st).
Qed.

Lemma value_cons f e l : value_of f (e :: l) = of_Z F e.2 * f e.1 + value_of f l.
Proof. exact: big_cons. Qed.

Lemma value_cat f l1 l2 : value_of f (l1 ++ l2) = value_of f l1 + value_of f l2.
Proof. exact: big_cat. Qed.

Lemma value_merge f u v : value_of f (PowerSums.merge u v) = value_of f u + value_of f v.
Proof.
have nilE : value_of f [::] = 0 by exact: big_nil.
elim: u v => [|[k c] u IHu] v; first by rewrite nilE add0r.
elim: v => [|[l d] v IHv]; first by rewrite nilE addr0.
rewrite [PowerSums.merge _ _]/=; case kl: (PowerSums.compare_keys k l).
- have {kl} <- := compare_keysP kl; rewrite (of_Z_eqb F) of_ZD of_Z0.
  rewrite !value_cons /=; case: eqP => [cd|_].
    by rewrite IHu addrACA -mulrDl cd mul0r add0r.
  by rewrite value_cons IHu /= of_ZD addrACA mulrDl.
- by rewrite [LHS]value_cons IHu addrA -[_ + value_of f u]value_cons.
rewrite [LHS]value_cons -/(PowerSums.merge ((k, c) :: u) v) IHv addrCA.
by rewrite -[_ + value_of f v]value_cons.
Qed.

Lemma merge_all_value f n l :
  value_of f (PowerSums.merge_all n l) = \sum_(u <- l) value_of f u.
Proof.
have foldE (r : seq combination) : value_of f (fold_right PowerSums.merge [::] r) = \sum_(u <- r) value_of f u.
  elim: r => [|u r IHt]; first by rewrite big_nil; exact: big_nil.
  by rewrite [fold_right _ _ _]/= value_merge big_cons IHt.
have pairsE (r : seq combination) : \sum_(u <- PowerSums.merge_pairs r) value_of f u = \sum_(u <- r) value_of f u.
  have [m le_m] := ubnP (size r); elim: m r le_m => // m IHm [|u [|v r]] //= le_m.
  by rewrite !big_cons IHm ?value_merge ?addrA // -ltnS ltnW.
elim: n l => [|n IHn] [|u [|v r]]; rewrite ?big_nil ?big_seq1 //; try exact: big_nil.
  exact: (foldE (u :: v :: r)).
rewrite -[PowerSums.merge_all _ _]/(PowerSums.merge_all n (PowerSums.merge_pairs (u :: v :: r))).
by rewrite IHn pairsE.
Qed.

Lemma value_collect f l : value_of f (PowerSums.collect l) = value_of f l.
Proof.
rewrite /PowerSums.collect merge_all_value big_map; elim: l => [|e l IHl] /=.
  by rewrite big_nil [RHS]big_nil.
rewrite [RHS]value_cons -IHl; case: ifPn => [_|]; first by rewrite big_cons [value_of f [:: e]]big_seq1.
by rewrite negbK (of_Z_eqb F) of_Z0 => /eqP->; rewrite mul0r add0r.
Qed.

(* What holds for all keys still does. *)
Definition all_keys (P : pred PowerSums.key) (l : combination) : bool := all (fun e => P e.1) l.

Lemma all_merge P u v : all_keys P u -> all_keys P v -> all_keys P (PowerSums.merge u v).
Proof.
elim: u v => [|[k c] u IHu] v //=; elim: v => [|[l d] v IHv] //.
move=> /= /andP[Pk Pu] /andP[Pl Pv]; case: (PowerSums.compare_keys k l).
- by case: ifP => _ /=; rewrite ?Pk IHu.
- by rewrite /= Pk IHu //= Pl.
by rewrite /= Pl; apply: IHv => //=; rewrite Pk.
Qed.

Lemma all_merge_all P n l : all (all_keys P) l -> all_keys P (PowerSums.merge_all n l).
Proof.
have foldP (r : seq combination) : all (all_keys P) r -> all_keys P (fold_right PowerSums.merge [::] r).
  by elim: r => //= u r IHt /andP[Pu /IHt]; exact: all_merge.
have pairsP (r : seq combination) : all (all_keys P) r -> all (all_keys P) (PowerSums.merge_pairs r).
  have [m le_m] := ubnP (size r); elim: m r le_m => // m IHm [|u [|v r]] //= le_m.
  by case/and3P=> Pu Pv /IHm->; rewrite ?all_merge // -ltnS ltnW.
elim: n l => [|n IHn] [|u [|v r]] // Pl; first by move: Pl => /= /andP[].
- exact: foldP.
- by move: Pl => /= /andP[].
exact: (IHn _ (pairsP (u :: v :: r) Pl)).
Qed.

Lemma all_collect P l : all_keys P l -> all_keys P (PowerSums.collect l).
Proof.
move=> Pl; apply: all_merge_all; rewrite all_map; apply/allP=> e.
by rewrite mem_filter => /andP[_ e_in] /=; rewrite /all_keys /= (allP Pl).
Qed.
End Sums.
