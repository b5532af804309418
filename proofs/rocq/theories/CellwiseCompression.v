(* One reduction in each cell of a partition of the nodes.

   Paper: the repaired rate of thm:compression_errorbound (Theorem 4); the form
   with functions of class C^(k+1) is in OneShot.v, the form with analytic
   functions in AnalyticRates.v.

   Headline: cellwise_compression.  It reads: if every node i lies in one cell
   (cell i, in a finite type of cells), then for c >= 0 there is c' >= 0 on at most
   (number of cells) * 'C(m + k, k) of the nodes such that, for every g that is
   within E u of a polynomial of degree <= k on the nodes of each cell u and every
   h with Lipschitz constant L,
   |h(sum c' g) - h(sum c g)| <= L * sum over the cells u of 2 * (mass of u) * E u.
   c' depends on neither g, h nor E.  grid_cell puts points of a cube into n^m
   equal cells.                                                               *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff CoreInequality.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Cells.
Variables (F : realFieldType) (I C : finType) (m k : nat) (w : I -> 'I_m -> F).
Variable cell : I -> C.
Implicit Types (c : I -> F) (u : C) (s : seq C).

Definition members u : {set I} := [set i | cell i == u].

(* The weights c on the cell u, and 0 elsewhere. *)
Definition restrict u c i := if cell i == u then c i else 0.

(* All moments of order 0, ..., k of each cell agree. *)
Definition same_cell_moments c' c :=
  forall u, same_moments k w (restrict u c') (restrict u c).

Lemma cellwise_reduction c : (forall i, 0 <= c i) ->
  exists c', [/\ forall i, 0 <= c' i, support c' \subset support c,
                 (#|support c'| <= #|C| * 'C(m + k, k))%N & same_cell_moments c' c].
Proof.
move=> c0; have res0 u i : 0 <= restrict u c i by rewrite /restrict; case: ifP.
have /fin_all_exists[b bP] u := tchakaloff k w (res0 u).
have b_out u i : cell i != u -> b u i = 0.
  move=> iu; have [_ /subsetP/(_ i) bS _ _] := bP u; apply/eqP.
  apply: contraNT iu => bi; have := bS; rewrite !inE => /(_ bi).
  by rewrite /restrict; case: (cell i =P u) => //; rewrite eqxx.
have resb u i : restrict u (fun i => b (cell i) i) i = b u i.
  by rewrite /restrict; case: (altP (cell i =P u)) => [->|/b_out->].
exists (fun i => b (cell i) i); split.
- by move=> i; have [] := bP (cell i).
- apply/subsetP=> i; rewrite !inE => bi.
  have [_ /subsetP/(_ i)] := bP (cell i); rewrite !inE => /(_ bi).
  by rewrite /restrict eqxx.
- rewrite -sum1_card (partition_big cell xpredT) //= -sum_nat_const.
  apply: leq_sum => u _; have [_ _ le_N _] := bP u; apply: leq_trans le_N.
  rewrite sum1dep_card; apply/subset_leq_card/subsetP=> i.
  by rewrite !inE => /andP[bi /eqP<-].
- move=> u a le_a; have [_ _ _ <-//] := bP u.
  by apply: eq_bigr => i _; rewrite resb.
Qed.

Lemma sum_restrict (X : lmodType F) c (g : I -> X) :
  \sum_i c i *: g i = \sum_u \sum_i restrict u c i *: g i.
Proof.
rewrite exchange_big; apply: eq_bigr => i _ /=.
rewrite (bigD1 (cell i)) //= /restrict eqxx big1 ?addr0 // => u.
by rewrite eq_sym => /negPf->; rewrite scale0r.
Qed.

Lemma cellwise_error (X : lmodType F) (nu : X -> F) c c' (g : I -> X) h E L :
  seminorm nu -> (forall i, 0 <= c i) -> (forall i, 0 <= c' i) ->
  same_cell_moments c' c -> (forall u, near_polynomial k w nu (members u) g (E u)) ->
  0 <= L -> lipschitz nu L h ->
  `|h (\sum_i c' i *: g i) - h (\sum_i c i *: g i)|
    <= L * \sum_u 2%:R * (\sum_(i | cell i == u) c i) * E u.
Proof.
move=> nu_norm c0 c'0 same near L0 h_lip; apply: le_trans (h_lip _ _) _.
rewrite ler_wpmul2l // !(sum_restrict _ g) -sumrB.
apply: le_trans (seminorm_sum nu_norm _ _ _) _; apply: ler_sum => u _.
have res0 b i : (forall i, 0 <= b i) -> 0 <= restrict u b i.
  by rewrite /restrict; case: ifP.
have out i : i \notin members u -> restrict u c' i = restrict u c i.
  by rewrite inE /restrict => /negPf->.
have := core_inequality_integral nu_norm (fun i => res0 c i c0) (fun i => res0 c' i c'0)
          out (same u) (near u).
congr (_ <= _ * _ * _); apply: eq_big => [i|i]; rewrite inE //.
by rewrite /restrict => ->.
Qed.

(* HEADLINE cellwise_compression : - : one reduction in each of M cells keeps at most M N nodes, N = 'C(m + k, k), and errs by at most L sum_u 2 W_u E_u, L the Lipschitz constant of h, W_u the sum of c on cell u, E_u the distance of g there from the polynomials of degree <= k *)
Theorem cellwise_compression c : (forall i, 0 <= c i) ->
  exists c', [/\ forall i, 0 <= c' i, support c' \subset support c,
    (#|support c'| <= #|C| * 'C(m + k, k))%N
    & forall (X : lmodType F) (nu : X -> F) (g : I -> X) (h : X -> F) (E : C -> F) (L : F),
        seminorm nu -> (forall u, near_polynomial k w nu (members u) g (E u)) ->
        0 <= L -> lipschitz nu L h ->
        `|h (\sum_i c' i *: g i) - h (\sum_i c i *: g i)|
          <= L * \sum_u 2%:R * (\sum_(i | cell i == u) c i) * E u].
Proof.
move=> c0; have [c' [c'0 c'S c'N same]] := cellwise_reduction c0.
by exists c'; split=> // X nu g h E L nu_norm near; apply: cellwise_error.
Qed.

(* The same error bound in every cell. *)
Lemma cellwise_uniform c (E : F) :
  \sum_u 2%:R * (\sum_(i | cell i == u) c i) * E = 2%:R * (\sum_i c i) * E.
Proof.
rewrite -mulr_suml -mulr_sumr; congr (_ * _ * _).
by rewrite [RHS](partition_big cell xpredT).
Qed.

End Cells.

(* The cube [-r, r]^m in n^m equal cells.                                     *)
Section Grid.
Variables (F : realFieldType) (I : finType) (m n : nat) (w : I -> 'I_m -> F) (r : F).

Definition grid_centre (t : 'I_n) : F := r * ((2 * t + 1)%:R / n%:R - 1).

Lemma unit_floor p (x : F) : (0 < p)%N -> 0 <= x <= p%:R ->
  exists t : 'I_p, t%:R <= x <= t%:R + 1.
Proof.
elim: p => // p IHp _ /andP[x0 xp].
have [lt_xp|le_px] := ltP x p%:R; last first.
  by exists ord_max; rewrite le_px -mulrSr.
have p0 : (0 < p)%N.
  by rewrite lt0n; apply: contraTneq lt_xp => ->; rewrite -leNgt.
have [|t tx] := IHp p0; first by rewrite x0 ltW.
by exists (widen_ord (leqnSn p) t).
Qed.

Lemma grid_cell : (0 < n)%N -> 0 <= r -> (forall i j, `|w i j| <= r) ->
  exists cell : I -> {ffun 'I_m -> 'I_n},
    forall i j, `|w i j - grid_centre (cell i j)| <= r / n%:R.
Proof.
move=> n_gt0 r_ge0 wr; have nF : 0 < n%:R :> F by rewrite ltr0n.
suff /fin_all_exists[cell cellP] i : exists u : {ffun 'I_m -> 'I_n},
    forall j, `|w i j - grid_centre (u j)| <= r / n%:R by exists cell.
suff /fin_all_exists[u uP] j : exists t : 'I_n, `|w i j - grid_centre t| <= r / n%:R.
  by exists [ffun j => u j] => j; rewrite ffunE.
have := wr i j; have [r0|r0] := eqVneq r 0.
  rewrite /grid_centre r0 normr_le0 => /eqP->; exists (Ordinal n_gt0).
  by rewrite !mul0r subrr normr0.
have r_gt0 : 0 < r by rewrite lt_def r0.
rewrite ler_norml => /andP[w1 w2]; pose x := n%:R / 2%:R * (w i j / r + 1).
have [||t /andP[t1 t2]] := @unit_floor n x => //.
  apply/andP; split; first rewrite mulr_ge0 ?divr_ge0 ?ler0n //.
    by rewrite -ler_subl_addr sub0r ler_pdivl_mulr // mulN1r.
  rewrite -subr_ge0 (_ : _ - x = n%:R / 2%:R * (1 - w i j / r)); last first.
    by rewrite /x; field.
  by rewrite mulr_ge0 ?divr_ge0 ?ler0n // subr_ge0 ler_pdivr_mulr // mul1r.
exists t; have r2 : 0 < 2%:R * r / n%:R by rewrite divr_gt0 ?mulr_gt0 ?ltr0n.
have wE : w i j - grid_centre t = (2%:R * r / n%:R) * (x - t%:R - 2%:R^-1).
  rewrite /grid_centre /x natrD natrM; field.
  by rewrite r0 ?gt_eqF //= ?pnatr_eq0 // -lt0n n_gt0.
rewrite wE normrM (gtr0_norm r2).
have -> : r / n%:R = (2%:R * r / n%:R) * 2%:R^-1.
  by field; rewrite pnatr_eq0 -lt0n.
rewrite ler_pmul2l // ler_norml ler_subr_addr addNr subr_ge0 t1 /=.
rewrite ler_subl_addr (_ : 2%:R^-1 + 2%:R^-1 = 1); last by field.
by rewrite ler_subl_addl.
Qed.

End Grid.
