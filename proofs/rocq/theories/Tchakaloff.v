(* Tchakaloff's theorem for finite measures, and the algorithm that proves it.

   Paper: alg:reduce (Algorithm 2) and thm:tchakaloff.
   Claims: support-reduction, tchakaloff.

   Headlines: `support_reduction` and `tchakaloff`, at the end of the file.

   The finite type I numbers the d = #|I| nodes, node i is w i in F^m, and a
   measure is a family of weights c : I -> F.  F is any ordered field, for
   example the real or the rational numbers.  'X_{1..m} is the type of the
   multi-indices with m entries, `mdeg a` the order of a multi-index, and
   'C(m + k, k) the number N of those of order at most k.

   - `moment w c a`          the moment of order a, sum over i of c_i w_i^a;
   - `same_moments k w c' c` all moments of order 0, ..., k agree;
   - `support c`             the nodes with nonzero weight;
   - `reduction_step`        one step of Algorithm 2 on a cluster S of nodes: v
       is a linear relation between the moment vectors of S, t the least
       quotient c_i / v_i with v_i > 0, and c becomes c - t v;
   - `reduction_run n c c'`  n such steps lead from c to c', each of them done
       because more than N nodes were left.

   Every step keeps the weights nonnegative and the moments, and removes a node.
   Nothing is assumed about how the relation v is found; it may use all nodes that
   are left or, as Algorithm 2 does, N + 1 of them.                            *)
From mathcomp Require Import all_ssreflect all_algebra.
From SsrMultinomials Require Import mpoly.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition support (F : realFieldType) (I : finType) (c : I -> F) : {set I} :=
  [set i | c i != 0].

Section Reduction.
Variables (F : realFieldType) (I : finType) (N : nat) (phi : I -> 'rV[F]_N).
Implicit Types (c v : I -> F) (S : {set I}).

Definition reduction_step S c c' := exists v j,
  [/\ support v \subset S, \sum_i v i *: phi i = 0, 0 < v j,
      forall i, 0 < v i -> c j / v j <= c i / v i
    & forall i, c' i = c i - c j / v j * v i].

Inductive reduction_run : nat -> (I -> F) -> (I -> F) -> Prop :=
| run_stop c : reduction_run 0 c c
| run_step n c c1 c2 : reduction_run n c c1 -> (N < #|support c1|)%N ->
    reduction_step (support c1) c1 c2 -> reduction_run n.+1 c c2.

(* More than N vectors of length N are linearly dependent. *)
Lemma linear_relation S : (N < #|S|)%N ->
  exists v j, [/\ support v \subset S, 0 < v j & \sum_i v i *: phi i = 0].
Proof.
move=> ltNS; pose A : 'M[F]_(#|S|, N) := \matrix_(r < #|S|) phi (enum_val r).
have : kermx A != 0.
  by rewrite -mxrank_eq0 -lt0n mxrank_ker subn_gt0 (leq_ltn_trans (rank_leq_col A)).
rewrite -nz_row_eq0; set u := nz_row _ => /rV0Pn[r0 ur0].
have uA : \sum_r u 0 r *: phi (enum_val r) = 0.
  have /sub_kermxP : (u <= kermx A)%MS by exact: nz_row_sub.
  rewrite mulmx_sum_row; apply: etrans; apply: eq_bigr => r _.
  by rewrite rowK.
pose v i := \sum_(r < #|S| | enum_val r == i) Num.sg (u 0 r0) * u 0 r.
exists v, (enum_val r0); split.
- apply/subsetP=> i; rewrite inE; apply: contraNT => iS; rewrite /v big1 // => r.
  by move=> /eqP ri; rewrite -ri enum_valP in iS.
- rewrite /v (big_pred1 r0) => [|r]; last by rewrite (inj_eq enum_val_inj).
  by rewrite -normrEsg normr_gt0.
- transitivity (Num.sg (u 0 r0) *: \sum_r u 0 r *: phi (enum_val r)); last first.
    by rewrite uA scaler0.
  rewrite scaler_sumr [RHS](partition_big enum_val xpredT) //=.
  apply: eq_bigr => i _; rewrite scaler_suml; apply: eq_bigr => r /eqP->.
  by rewrite scalerA.
Qed.

Lemma reduction_step_exists S c : (N < #|S|)%N -> exists c', reduction_step S c c'.
Proof.
case/linear_relation=> v [i0 [vS vi0 v0]].
have [/= j vj least] := arg_minP (P := fun i => 0 < v i) (fun i => c i / v i) vi0.
by exists (fun i => c i - c j / v j * v i), v, j.
Qed.

Lemma reduction_step_outside S c c' : reduction_step S c c' ->
  forall i, i \notin S -> c' i = c i.
Proof.
case=> v [j [vS _ _ _ c'E]] i iS; rewrite c'E.
suff -> : v i = 0 by rewrite mulr0 subr0.
by apply: contraNeq iS => vi; apply: (subsetP vS); rewrite inE.
Qed.

Lemma reduction_step_sum S c c' : reduction_step S c c' ->
  \sum_i c' i *: phi i = \sum_i c i *: phi i.
Proof.
case=> v [j [_ v0 _ _ c'E]].
rewrite (eq_bigr (fun i => c i *: phi i - (c j / v j) *: (v i *: phi i))) => [|i _].
  by rewrite sumrB -scaler_sumr v0 scaler0 subr0.
by rewrite c'E scalerBl scalerA.
Qed.

Lemma reduction_step_ge0 S c c' : (forall i, 0 <= c i) -> reduction_step S c c' ->
  forall i, 0 <= c' i.
Proof.
move=> c0 [v [j [_ _ vj least c'E]]] i; rewrite c'E subr_ge0.
have [vi|vi] := ltP 0 (v i); first by rewrite -ler_pdivl_mulr // least.
by rewrite (le_trans _ (c0 i)) // mulr_ge0_le0 // divr_ge0 // ltW.
Qed.

Lemma reduction_step_support S c c' : S \subset support c ->
  reduction_step S c c' -> support c' \proper support c.
Proof.
move=> Sc [v [j [vS v0 vj least c'E]]].
have step : reduction_step S c c' by exists v, j.
have jS : j \in S by apply: (subsetP vS); rewrite inE gt_eqF.
apply/properP; split; last first.
  exists j; first exact: (subsetP Sc).
  by rewrite inE negbK c'E divfK ?subrr // gt_eqF.
apply/subsetP=> i; have [/(subsetP Sc)//|iS] := boolP (i \in S).
by rewrite !inE (reduction_step_outside step iS).
Qed.

Lemma reduction_run_sound n c c' : (forall i, 0 <= c i) -> reduction_run n c c' ->
  [/\ forall i, 0 <= c' i, \sum_i c' i *: phi i = \sum_i c i *: phi i,
      support c' \subset support c, (n + #|support c'| <= #|support c|)%N
    & (n <= #|I| - N)%N].
Proof.
move=> c0 run; elim: run c0 => {n c c'} [c|n c c1 c2 _ IH ltN step] c0; first by split.
have [c10 c1E c1S le_n _] := IH c0.
have c2S := reduction_step_support (subxx _) step.
split; first exact: reduction_step_ge0 step.
- by rewrite (reduction_step_sum step).
- exact: subset_trans (proper_sub c2S) c1S.
- by rewrite addSnnS (leq_trans _ le_n) // leq_add2l proper_card.
rewrite ltn_subRL addnC (leq_trans _ (max_card (mem (support c)))) //.
by rewrite (leq_trans _ le_n) // ltn_add2l.
Qed.

(* A run that has not come down to N nodes goes on, so that it ends. *)
Lemma reduction_run_continue n c c' : (N < #|support c'|)%N -> reduction_run n c c' ->
  exists c2, reduction_run n.+1 c c2.
Proof.
move=> ltN run; have [c2 step] := reduction_step_exists c' ltN.
by exists c2; exact: run_step run ltN step.
Qed.

Lemma reduction_run_ends c : (forall i, 0 <= c i) ->
  exists n c', reduction_run n c c' /\ (#|support c'| <= N)%N.
Proof.
move=> c0; suff ends g n c1 : reduction_run n c c1 -> (#|I| - N - n <= g)%N ->
    exists n' c', reduction_run n' c c' /\ (#|support c'| <= N)%N.
  exact: ends (run_stop c) (leqnn _).
elim: g n c1 => [|g IHg] n c1 run le_g;
  have [leN|ltN] := leqP #|support c1| N; try by exists n, c1.
  have [c2 /(reduction_run_sound c0)[_ _ _ _]] := reduction_run_continue ltN run.
  by rewrite -subn_gt0; move: le_g; rewrite leqn0 => /eqP->.
have [c2 /IHg] := reduction_run_continue ltN run; apply.
by rewrite subnS -subn1 leq_subLR add1n.
Qed.

Theorem conic_caratheodory c : (forall i, 0 <= c i) ->
  exists c', [/\ forall i, 0 <= c' i, support c' \subset support c,
                 (#|support c'| <= N)%N
               & \sum_i c' i *: phi i = \sum_i c i *: phi i].
Proof.
move=> c0; have [n [c' [/(reduction_run_sound c0)[c'0 c'E c'S _ _] leN]]] :=
  reduction_run_ends c0.
by exists c'; split.
Qed.
End Reduction.

(* The number of multi-indices of order at most k. *)
Lemma card_bmultinom m k : #|{: 'X_{1..m < k.+1}}| = 'C(m + k, k).
Proof.
rewrite -[RHS]bin_sub ?leq_addl // addnK -card_partial_ord_partitions.
pose f (a : 'X_{1..m < k.+1}) : m.-tuple 'I_k.+1 := [tuple inord (a i) | i < m].
have entry (a : 'X_{1..m < k.+1}) i : (inord (a i) : 'I_k.+1) = a i :> nat.
  by rewrite inordK // (leq_ltn_trans _ (bmdeg a)) // mdegE (bigD1 i) //= leq_addr.
have f_inj : injective f.
  move=> a b /(congr1 (fun t => tnth t _)) eq_f; apply/val_inj/mnmP => i.
  by have := congr1 val (eq_f i); rewrite !tnth_mktuple /= !entry.
rewrite -cardsT -(card_imset _ f_inj); apply: eq_card => t; rewrite !inE.
have sum_f (a : 'X_{1..m < k.+1}) : (\sum_(i <- f a) i)%N = mdeg a.
  by rewrite big_tuple mdegE; apply: eq_bigr => i _; rewrite tnth_mktuple entry.
apply/imsetP/idP => [[a _ ->]|le_t]; first by rewrite sum_f -ltnS bmdeg.
have lt_t : (mdeg [multinom (tnth t i : nat) | i < m] < k.+1)%N.
  rewrite ltnS (leq_trans _ le_t) // big_tuple mdegE.
  by apply: leq_sum => i _; rewrite mnmE.
exists (BMultinom lt_t) => //; apply: eq_from_tnth => i.
by apply: val_inj; rewrite tnth_mktuple /= mnmE inord_val.
Qed.

Section Tchakaloff.
Variables (F : realFieldType) (I : finType) (m k : nat) (w : I -> 'I_m -> F).
Implicit Types (c : I -> F) (S : {set I}) (a : 'X_{1..m}).

Definition moment c a : F := \sum_i c i * \prod_(j < m) w i j ^+ a j.

Definition same_moments c' c := forall a, (mdeg a <= k)%N -> moment c' a = moment c a.

(* All monomials of degree at most k at node i: row i of the moment matrix. *)
Definition monomials i : 'rV[F]_#|{: 'X_{1..m < k.+1}}| :=
  \row_n \prod_(j < m) w i j ^+ (enum_val n : 'X_{1..m < k.+1}) j.

Lemma monomials_moments c' c :
  \sum_i c' i *: monomials i = \sum_i c i *: monomials i <-> same_moments c' c.
Proof.
have entry b n : (\sum_i b i *: monomials i) 0 n =
                 moment b (enum_val n : 'X_{1..m < k.+1}).
  by rewrite summxE; apply: eq_bigr => i _; rewrite !mxE.
split=> [c'E a|same]; last by apply/rowP=> n; rewrite !entry same // -ltnS bmdeg.
rewrite -ltnS => lt_a; have /rowP/(_ (enum_rank (BMultinom lt_a))) := c'E.
by rewrite !entry enum_rankK.
Qed.

Lemma same_moments_refl c : same_moments c c.
Proof. by []. Qed.

Lemma same_moments_trans c1 c c2 : same_moments c1 c -> same_moments c2 c1 ->
  same_moments c2 c.
Proof. by move=> s1 s2 a le_a; rewrite s2 // s1. Qed.

(* Every polynomial of degree at most k has the same integral. *)
Lemma same_moments_poly c' c : same_moments c' c ->
  forall p : {mpoly F[m]}, (msize p <= k.+1)%N ->
    \sum_i c' i * p.@[w i] = \sum_i c i * p.@[w i].
Proof.
move=> same p le_p.
have pE b : \sum_i b i * p.@[w i] = \sum_(a <- msupp p) p@_a * moment b a.
  rewrite (eq_bigr (fun i => \sum_(a <- msupp p)
             p@_a * (b i * \prod_(j < m) w i j ^+ a j))) => [|i _].
    by rewrite exchange_big; apply: eq_bigr => a _; rewrite mulr_sumr.
  by rewrite mevalE mulr_sumr; apply: eq_bigr => a _; rewrite mulrCA.
rewrite !pE; apply: eq_big_seq => a /msize_mdeg_lt lt_a.
by rewrite same // -ltnS (leq_trans lt_a).
Qed.

Lemma moment0 c : moment c 0%MM = \sum_i c i.
Proof.
by apply: eq_bigr => i _; rewrite big1 ?mulr1 // => j _; rewrite mnm0E expr0.
Qed.

Lemma same_moments_mass c' c : same_moments c' c -> \sum_i c' i = \sum_i c i.
Proof. by move/(_ 0%MM); rewrite mdeg0 !moment0; apply. Qed.

(* One reduction of a cluster of more than N nodes, as the greedy strategy uses. *)
Lemma tchakaloff_step c S : (forall i, 0 <= c i) ->
  S \subset support c -> ('C(m + k, k) < #|S|)%N ->
  exists c', [/\ forall i, 0 <= c' i, support c' \proper support c,
                 forall i, i \notin S -> c' i = c i & same_moments c' c].
Proof.
rewrite -card_bmultinom => c0 Sc /(reduction_step_exists monomials c)[c' step].
exists c'; split.
- exact: reduction_step_ge0 step.
- exact: reduction_step_support step.
- exact: reduction_step_outside step.
- exact/monomials_moments/reduction_step_sum/step.
Qed.

(* Algorithm 2 on a cluster S: at most N of its nodes are left, the rest is as before. *)
Lemma tchakaloff_cluster c S : (forall i, 0 <= c i) ->
  exists c', [/\ forall i, 0 <= c' i, support c' \subset support c,
                 (#|support c' :&: S| <= 'C(m + k, k))%N,
                 forall i, i \notin S -> c' i = c i & same_moments c' c].
Proof.
move=> c0; pose cS i := if i \in S then c i else 0.
have cS0 i : 0 <= cS i by rewrite /cS; case: ifP.
have [b [b0 bS bN bE]] := conic_caratheodory monomials cS0.
have b_out i : i \notin S -> b i = 0.
  move=> iS; apply/eqP; apply: contraNT iS => bi.
  have : i \in support cS by rewrite (subsetP bS) // inE.
  by rewrite inE /cS; case: ifP; rewrite ?eqxx.
pose c' i := if i \in S then b i else c i.
exists c'; split=> [i|||i iS|] //.
- by rewrite /c'; case: ifP.
- apply/subsetP=> i; rewrite !inE /c'; case: ifP => // iS bi.
  by have := subsetP bS i; rewrite !inE /cS iS; apply.
- rewrite -card_bmultinom (leq_trans _ bN) // subset_leq_card //.
  by apply/subsetP=> i; rewrite !inE /c' => /andP[bi iS]; rewrite iS in bi.
- by rewrite /c' (negPf iS).
- apply/monomials_moments; transitivity
      (\sum_i b i *: monomials i + \sum_(i | i \notin S) c i *: monomials i).
    rewrite (bigID (mem S)) [in RHS](bigID (mem S)) /=; congr (_ + _).
      rewrite [X in _ = _ + X]big1 ?addr0 => [|i /b_out->]; last by rewrite scale0r.
      by apply: eq_bigr => i iS; rewrite /c' iS.
    by apply: eq_bigr => i /negPf iS; rewrite /c' iS.
  rewrite bE (bigID (mem S)) [RHS](bigID (mem S)) /=; congr (_ + _).
  rewrite [X in _ + X]big1 ?addr0 => [|i /negPf iS]; last by rewrite /cS iS scale0r.
  by apply: eq_bigr => i iS; rewrite /cS iS.
Qed.

(* HEADLINE support_reduction : support-reduction : from d nodes with weights c >= 0 every run of Algorithm 2 has at most d - N steps, N = 'C(m + k, k), keeps the weights nonnegative, the nodes among the given ones and all moments of order 0, ..., k, and goes on while more than N nodes are left; some run ends with at most N. *)
Theorem support_reduction c : (forall i, 0 <= c i) ->
  (forall n c', reduction_run monomials n c c' ->
     [/\ (n <= #|I| - 'C(m + k, k))%N, forall i, 0 <= c' i,
         support c' \subset support c, same_moments c' c
       & (#|support c'| <= 'C(m + k, k))%N \/
         exists c2, reduction_run monomials n.+1 c c2]) /\
  exists n c', reduction_run monomials n c c' /\ (#|support c'| <= 'C(m + k, k))%N.
Proof.
move=> c0; rewrite -card_bmultinom; split=> [n c' run|]; last exact: reduction_run_ends.
have [c'0 c'E c'S _ le_n] := reduction_run_sound c0 run.
split=> //; first exact/monomials_moments.
have [leN|ltN] := leqP #|support c'| #|{: 'X_{1..m < k.+1}}|; first by left.
by right; exact: reduction_run_continue ltN run.
Qed.

(* HEADLINE tchakaloff : tchakaloff : for nonnegative weights c on finitely many nodes w_i of F^m and every k, some at most 'C(m + k, k) of these nodes carry nonnegative weights c' with the same moments of order 0, ..., k. *)
Theorem tchakaloff c : (forall i, 0 <= c i) ->
  exists c', [/\ forall i, 0 <= c' i, support c' \subset support c,
                 (#|support c'| <= 'C(m + k, k))%N & same_moments c' c].
Proof.
rewrite -card_bmultinom => c0.
have [c' [c'0 c'S c'N c'E]] := conic_caratheodory monomials c0.
by exists c'; split=> //; exact/monomials_moments.
Qed.
End Tchakaloff.
