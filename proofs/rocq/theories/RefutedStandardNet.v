(* A weighted network does not train like the standard network with the same
   outputs (paper: text before thm:DLTH; claim standard-net-reduction).

   In y(x) = sum_j c_j v_j sigma(<w_j, x> + b_j) the weights can be put into the
   outer factors: v_j <- c_j v_j gives a standard network with the same outputs.
   Gradient descent does not keep them equal.  Start with v = 0 and sigma(b) = s:
   after a step on the target -1 at learning rate eta the weighted network,
   trained with gradients c_j^-1 dL/d(v_j, w_j, b_j), has the output
   - eta s^2 sum_j c_j, the standard one - eta s^2 d', d' the width.  The training
   is the same with rates eta c_j for v_j and eta / c_j for w_j and b_j.

   The loss is (y(x) - t)^2 / 2 for one example (x, t): a statement about it says
   less than one about all losses.  sigma is any function and dsigma stands for
   its derivative.  A standard network is a weighted one with all weights 1, and
   gradients divided by 1 are gradients, so that one definition serves both.

   - `network c p x`          the output on x with parameters p = (v, w, b);
   - `descent c rv rw x t p`  one step, rv_j the rate of v_j, rw_j of w_j and b_j;
   - `train`                  T such steps;
   - `absorb c p`             v_j <- c_j v_j.

   Headline: standard_net_refuted; same_outputs and rates_that_serve are true. *)
From mathcomp Require Import all_ssreflect all_algebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Networks.
Variables (F : realFieldType) (J : finType) (m : nat) (sigma dsigma : F -> F).
Implicit Types (c rv rw : J -> F) (x : 'I_m -> F) (t : F).

Record parameters := Parameters
  { outer : J -> F; inner : J -> 'I_m -> F; bias : J -> F }.

Definition preactivation (p : parameters) x j := \sum_a inner p j a * x a + bias p j.

Definition network c (p : parameters) x : F :=
  \sum_j c j * outer p j * sigma (preactivation p x j).

(* dL/dv_j = c_j (y - t) sigma, dL/db_j = c_j (y - t) v_j dsigma, dL/dw_j that times x;
   all are divided by c_j.                                                    *)
Definition descent c rv rw x t (p : parameters) : parameters :=
  let residual := network c p x - t in
  let slope j := residual * outer p j * dsigma (preactivation p x j) in
  {| outer := fun j => outer p j - rv j * (residual * sigma (preactivation p x j));
     inner := fun j a => inner p j a - rw j * (slope j * x a);
     bias := fun j => bias p j - rw j * slope j |}.

Definition train c rv rw x t (T : nat) (p : parameters) : parameters :=
  iter T (descent c rv rw x t) p.

Definition absorb c (p : parameters) : parameters :=
  {| outer := fun j => c j * outer p j; inner := inner p; bias := bias p |}.

Definition standard_net_reduction c (eta : F) : Prop :=
  forall x t (T : nat) (p : parameters) x',
    let rate := fun=> eta in
    network (fun=> 1) (train (fun=> 1) rate rate x t T (absorb c p)) x' =
    network c (train c rate rate x t T p) x'.

(* The outputs are the same before training. *)
Lemma same_outputs c p x : network (fun=> 1) (absorb c p) x = network c p x.
Proof. by apply: eq_bigr => j _; rewrite mul1r. Qed.

(* What is the same after training needs rates that depend on the weights. *)
Definition agree c (q p : parameters) : Prop :=
  [/\ outer q =1 (fun j => c j * outer p j), inner q =2 inner p & bias q =1 bias p].

Lemma agree_preactivation c q p x j : agree c q p ->
  preactivation q x j = preactivation p x j.
Proof.
by case=> _ qw qb; rewrite /preactivation qb; under eq_bigr do rewrite qw.
Qed.

Lemma agree_network c q p x : agree c q p -> network (fun=> 1) q x = network c p x.
Proof.
move=> qp; apply: eq_bigr => j _; rewrite mul1r (agree_preactivation x j qp).
by case: qp => ->.
Qed.

Theorem rates_that_serve c eta x t T p x' : (forall j, c j != 0) ->
  let rate := fun=> eta in
  network (fun=> 1)
    (train (fun=> 1) (fun j => eta * c j) (fun j => eta / c j) x t T (absorb c p)) x' =
  network c (train c rate rate x t T p) x'.
Proof.
move=> c0 rate; apply: agree_network; elim: T => [//|T IH] /=.
case: (IH) => qv qw qb; split=> [j|j a|j] /=;
  rewrite (agree_network x IH) (agree_preactivation x j IH) ?qv ?qw ?qb.
- by rewrite mulrBr [eta * _]mulrC -mulrA.
- congr (_ - _); rewrite [_ * (c j * _)]mulrCA -!mulrA; congr (_ * _).
  by rewrite mulKf.
- by congr (_ - _); rewrite [_ * (c j * _)]mulrCA -!mulrA mulKf.
Qed.

(* HEADLINE standard_net_refuted : standard-net-reduction : for every activation that is not 0 everywhere, all weights whose sum is not the width (one neuron of weight c <> 1, say) and every learning rate eta <> 0, putting the weights into v does not keep the outputs equal under gradient descent at rate eta *)
Theorem standard_net_refuted c (eta s : F) :
  sigma s != 0 -> eta != 0 -> \sum_j c j != #|J|%:R -> ~ standard_net_reduction c eta.
Proof.
move=> s0 eta0 c_sum holds.
pose p := {| outer := fun=> 0; inner := fun _ _ => 0; bias := fun=> s |}.
have pre (q : parameters) x j : (forall a, inner q j a = 0) -> bias q j = s ->
    preactivation q x j = s.
  by move=> q0 qs; rewrite /preactivation qs big1 ?add0r // => a _; rewrite q0 mul0r.
have out0 b q x : outer q =1 (fun=> 0) -> network b q x = 0.
  by move=> q0; rewrite /network big1 // => j _; rewrite q0 mulr0 mul0r.
have after b q : outer q =1 (fun=> 0) -> (forall j a, inner q j a = 0) ->
    (forall j, bias q j = s) ->
    network b (descent b (fun=> eta) (fun=> eta) (fun=> 0) (- 1) q) (fun=> 0) =
    (\sum_j b j) * - (eta * sigma s ^+ 2).
  move=> qv qw qb; rewrite mulr_suml; apply: eq_bigr => j _.
  rewrite (pre (descent _ _ _ _ _ _)) => [|a|] /=.
  - by rewrite out0 // sub0r opprK pre // qv sub0r mul1r expr2 -mulrA mulNr -mulrA.
  - by rewrite qw qv !(mulr0, mul0r) subr0.
  - by rewrite qb qv !(mulr0, mul0r) subr0.
have := holds (fun=> 0) (- 1) 1%N p (fun=> 0); rewrite /= !after //=; last first.
  by move=> j; rewrite mulr0.
move/(mulIf _); rewrite oppr_eq0 mulf_eq0 negb_or eta0 expf_eq0 /= s0 => /(_ isT).
by rewrite sumr_const => E; move: c_sum; rewrite -E eqxx.
Qed.
End Networks.
