(* Algorithm 1: while more than d' nodes are left, a cluster of N + 1 of them is
   selected and one step of Algorithm 2 removes at least one node of it.

   Paper: alg:general, the sum over the steps in thm:compression_errorbound
   (Theorem 4).  Claim: used by universal-compression-repaired.

   Headline: greedy_compression.  It reads: let c >= 0 and N = 'C(m + k, k), and
   let some cluster of N + 1 nodes be selected whenever more than d' nodes are left
   (so d' >= N).  Then the algorithm ends; every run ends with c' >= 0 on at most
   d' of the nodes; and if g is within e n of a polynomial of degree <= k on every
   cluster selected from n nodes, the run errs by at most
   L * 2 * (mass of c) * sum of e n over d' < n <= #|support c|.               *)
From mathcomp Require Import all_ssreflect all_algebra.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff CoreInequality.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Greedy.
Variables (F : realFieldType) (I : finType) (m k d' : nat) (w : I -> 'I_m -> F).
Implicit Types (c : I -> F) (S T : {set I}).
Local Notation N := 'C(m + k, k).

(* `select S T`: the cluster T may be reduced when the nodes of S are left. *)
Variable select : {set I} -> {set I} -> Prop.

Inductive greedy_run : (I -> F) -> (I -> F) -> Prop :=
| greedy_stop c : (#|support c| <= d')%N -> greedy_run c c
| greedy_step c c1 c2 T : (d' < #|support c|)%N -> select (support c) T ->
    reduction_step (monomials k w) T c c1 -> greedy_run c1 c2 -> greedy_run c c2.

Hypothesis select_cluster : forall S T, select S T -> T \subset S /\ #|T| = N.+1.

Lemma greedy_run_exists c : (forall i, 0 <= c i) ->
  (forall S, (d' < #|S|)%N -> exists T, select S T) -> exists c', greedy_run c c'.
Proof.
move=> c0 select_exists; have [n le_n] := ubnP #|support c|.
elim: n c le_n c0 => // n IHn c le_n c0.
have [le_d|lt_d] := leqP #|support c| d'; first by exists c; exact: greedy_stop.
have [T selT] := select_exists _ lt_d; have [TS cardT] := select_cluster selT.
have [|c1 step] := @reduction_step_exists _ _ _ (monomials k w) T c.
  by rewrite card_bmultinom cardT.
have c1S := reduction_step_support TS step.
have [|c2 run] := IHn c1 (leq_trans (proper_card c1S) le_n).
  exact: reduction_step_ge0 step.
by exists c2; exact: greedy_step selT step run.
Qed.

Lemma greedy_run_sound c c' : greedy_run c c' -> (forall i, 0 <= c i) ->
  [/\ forall i, 0 <= c' i, support c' \subset support c, (#|support c'| <= d')%N
    & same_moments k w c' c].
Proof.
elim=> {c c'} [c le_d|c c1 c2 T lt_d selT step run IH] c0; first by split.
have [TS _] := select_cluster selT.
have [c20 c2S c2d same] := IH (reduction_step_ge0 c0 step).
split=> //; first exact: subset_trans (proper_sub (reduction_step_support TS step)).
apply: same_moments_trans same.
exact/monomials_moments/reduction_step_sum/step.
Qed.

Lemma greedy_run_error (X : lmodType F) (nu : X -> F) (g : I -> X) (e : nat -> F) c c' :
  seminorm nu -> (forall n, 0 <= e n) ->
  (forall S T, (d' < #|S|)%N -> select S T -> near_polynomial k w nu T g (e #|S|)) ->
  greedy_run c c' -> (forall i, 0 <= c i) ->
  nu (\sum_i c' i *: g i - \sum_i c i *: g i)
    <= 2%:R * (\sum_i c i) * \sum_(d'.+1 <= n < #|support c|.+1) e n.
Proof.
move=> nu_norm e0 near; elim=> {c c'} [c le_d|c c1 c2 T lt_d selT step run IH] c0.
  rewrite subrr (seminorm0 nu_norm).
  by rewrite !mulr_ge0 ?ler0n ?sumr_ge0.
have [TS _] := select_cluster selT; have c10 := reduction_step_ge0 c0 step.
have same : same_moments k w c1 c by exact/monomials_moments/reduction_step_sum/step.
have mass := same_moments_mass same.
have lt_1 := proper_card (reduction_step_support TS step).
have le_T : \sum_(i in T) c i <= \sum_i c i.
  by rewrite [X in _ <= X](bigID (mem T)) /= ler_addl sumr_ge0.
have err1 := core_inequality_integral nu_norm c0 c10 (reduction_step_outside step) same
               (near _ _ lt_d selT).
rewrite -(subrKA (\sum_i c1 i *: g i)) (le_trans (nu_norm.1 _ _)) //.
apply: le_trans (ler_add (IH c10) err1) _; rewrite mass.
have le1 : 2%:R * (\sum_(i in T) c i) * e #|support c| <=
           2%:R * (\sum_i c i) * e #|support c|.
  by rewrite ler_wpmul2r // ler_wpmul2l ?ler0n.
apply: le_trans (ler_add (lexx _) le1) _; rewrite -mulrDr.
rewrite ler_wpmul2l ?mulr_ge0 ?ler0n ?sumr_ge0 //.
rewrite [X in _ <= X]big_nat_recr //= ler_add2r.
have [le_1d|lt_d1] := leqP #|support c1| d'; first by rewrite big_geq ?sumr_ge0.
rewrite [X in _ <= X](@big_cat_nat _ _ _ #|support c1|.+1) //=; last exact: ltnW.
by rewrite ler_addl sumr_ge0.
Qed.

(* HEADLINE greedy_compression : - : if some N + 1 nodes are selected whenever more than d' are left, N = 'C(m + k, k) (so N <= d' if more than d' nodes are given), Algorithm 1 ends with at most d' nodes and errs by at most 2 L W times the sum of e_n over d' < n <= the number of nodes with c not 0, L the Lipschitz constant of h, W the sum of c, e_n the distance of g from the polynomials of degree <= k on the cluster selected from n nodes *)
Theorem greedy_compression c : (forall i, 0 <= c i) ->
  (forall S, (d' < #|S|)%N -> exists T, select S T) ->
  (exists c', greedy_run c c') /\
  forall c', greedy_run c c' ->
    [/\ forall i, 0 <= c' i, support c' \subset support c, (#|support c'| <= d')%N
      & forall (X : lmodType F) (nu : X -> F) (g : I -> X) (h : X -> F) (e : nat -> F) (L : F),
          seminorm nu -> (forall n, 0 <= e n) ->
          (forall S T, (d' < #|S|)%N -> select S T -> near_polynomial k w nu T g (e #|S|)) ->
          0 <= L -> lipschitz nu L h ->
          `|h (\sum_i c' i *: g i) - h (\sum_i c i *: g i)|
            <= L * (2%:R * (\sum_i c i) * \sum_(d'.+1 <= n < #|support c|.+1) e n)].
Proof.
move=> c0 select_exists; split; first exact: greedy_run_exists.
move=> c' run; have [c'0 c'S c'd _] := greedy_run_sound run c0.
split=> // X nu g h e L nu_norm e0 near L0 h_lip.
by apply: le_trans (h_lip _ _) _; rewrite ler_wpmul2l // greedy_run_error.
Qed.

End Greedy.
