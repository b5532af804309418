(* Finitely many outcomes with probabilities: random weights of the nodes, their
   expectations, mixtures and sums of independent ones.

   No claim of its own; UnbiasedReduction.v uses it for half-exponent.

   - `random_weights F I`    outcomes with their probabilities and weights I -> F;
   - `is_probability D`      the probabilities are nonnegative and their sum is 1;
   - `expect D f`            the expected value of f (weights);
   - `mixture a D D'`        D with probability a, otherwise D';
   - `independent D s`       the sum of the D u, u in s, drawn independently.  *)
From mathcomp Require Import all_ssreflect all_algebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section RandomWeights.
Variables (F : realFieldType) (I : finType).
Implicit Types (c v : I -> F).

Record random_weights := RandomWeights {
  outcome : finType; prob : outcome -> F; weights : outcome -> I -> F }.
Implicit Types D : random_weights.

Definition expect D (f : (I -> F) -> F) := \sum_o prob (r := D) o * f (weights o).

Definition is_probability D :=
  (forall o : outcome D, 0 <= prob o) /\ \sum_o prob (r := D) o = 1.

(* The weights c for certain; D with probability a, otherwise D'; D + D', independent. *)
Definition certain c := @RandomWeights [finType of unit] (fun=> 1) (fun=> c).

Definition mixture a D D' := @RandomWeights [finType of outcome D + outcome D']
  (fun o => match o with inl o1 => a * prob o1 | inr o2 => (1 - a) * prob o2 end)
  (fun o => match o with inl o1 => weights o1 | inr o2 => weights o2 end).

Definition independent_sum D D' := @RandomWeights [finType of outcome D * outcome D']
  (fun o => prob o.1 * prob o.2) (fun o i => weights o.1 i + weights o.2 i).

Definition independent (C : Type) (D : C -> random_weights) (s : seq C) :=
  foldr (fun u P => independent_sum (D u) P) (certain (fun=> 0)) s.

Lemma expect_certain c f : expect (certain c) f = f c.
Proof. by rewrite /expect (big_pred1 tt) ?mul1r // => -[]. Qed.

Lemma expect_mixture a D D' f :
  expect (mixture a D D') f = a * expect D f + (1 - a) * expect D' f.
Proof.
rewrite /expect big_sumType /= !mulr_sumr.
by congr (_ + _); apply: eq_bigr => o _; rewrite mulrA.
Qed.

Lemma expect_independent_sum D D' f : expect (independent_sum D D') f =
  expect D (fun c => expect D' (fun c' => f (fun i => c i + c' i))).
Proof.
rewrite /expect -(pair_bigA _ (fun o o' => prob o * prob o' *
                      f (fun i => weights o i + weights o' i))) /=.
by apply: eq_bigr => o _; rewrite mulr_sumr; apply: eq_bigr => o' _; rewrite mulrA.
Qed.

Lemma expectD D f f' : expect D (fun c => f c + f' c) = expect D f + expect D f'.
Proof. by rewrite -big_split; apply: eq_bigr => o _; rewrite mulrDr. Qed.

Lemma expectZ D a f : expect D (fun c => a * f c) = a * expect D f.
Proof. by rewrite mulr_sumr; apply: eq_bigr => o _; rewrite mulrCA. Qed.

Lemma expect_cst D a : is_probability D -> expect D (fun=> a) = a.
Proof. by move=> [_ D1]; rewrite /expect -mulr_suml D1 mul1r. Qed.

Lemma expect_eq D f f' : (forall o : outcome D, f (weights o) = f' (weights o)) ->
  expect D f = expect D f'.
Proof. by move=> ff'; apply: eq_bigr => o _; rewrite ff'. Qed.

Lemma expect_le D f f' : is_probability D ->
  (forall o : outcome D, f (weights o) <= f' (weights o)) -> expect D f <= expect D f'.
Proof. by move=> [D0 _] ff'; apply: ler_sum => o _; rewrite ler_wpmul2l. Qed.

Lemma is_probability_certain c : is_probability (certain c).
Proof. by split=> [o|]; rewrite ?ler01 //= (big_pred1 tt) // => -[]. Qed.

Lemma is_probability_mixture a D D' : 0 <= a <= 1 -> is_probability D ->
  is_probability D' -> is_probability (mixture a D D').
Proof.
move=> /andP[a0 a1] [D0 D1] [D'0 D'1]; split=> [[o|o]|] /=.
- by rewrite mulr_ge0.
- by rewrite mulr_ge0 // subr_ge0.
by rewrite big_sumType /= -!mulr_sumr D1 D'1 !mulr1 addrC subrK.
Qed.

Lemma is_probability_independent_sum D D' : is_probability D ->
  is_probability D' -> is_probability (independent_sum D D').
Proof.
move=> [D0 D1] [D'0 D'1]; split=> [o|] /=; first by rewrite mulr_ge0.
rewrite -(pair_bigA _ (fun o o' => prob o * prob o')) /= -D1.
by apply: eq_bigr => o _; rewrite -mulr_sumr D'1 mulr1.
Qed.

End RandomWeights.
