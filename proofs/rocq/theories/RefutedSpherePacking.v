(* The printed packing lemma fails for d < 2 (N - 1): its bound is negative there
   (paper: lemma:pack_many_pts; claim sphere-packing).

   The lemma says that of d points in the ball of radius R about 0 in R^m some
   N <= d have diameter at most 4 R / (x^(1/m) - 1), x = d/(N-1) - 1.  If
   d < 2 (N - 1), for example d = N = 3, then x < 1, the bound is negative, and
   no two points are that close.

   Numbers are those of any real closed field, so that x has an m-th root `root`.
   Where the printed bound divides by zero (d = 2 (N - 1)) nothing is asked.
   `within b x y` says that the Euclidean distance of x and y is at most b,
   `packed N R w` that the points w obey the lemma.

   Headline: sphere_packing_refuted.                                          *)
From mathcomp Require Import all_ssreflect all_algebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Packing.
Variables (F : rcfType) (m d N : nat) (R : F).

Definition within (b : F) (x y : 'I_m -> F) : Prop :=
  0 <= b /\ \sum_a (x a - y a) ^+ 2 <= b ^+ 2.

Definition packed (w : 'I_d -> 'I_m -> F) : Prop :=
  forall root : F, 0 <= root -> root ^+ m = d%:R / N.-1%:R - 1 -> root != 1 ->
    exists S : {set 'I_d}, #|S| = N /\
      forall i j, i \in S -> j \in S -> within (4%:R * R / (root - 1)) (w i) (w j).

Definition sphere_packing : Prop :=
  forall w : 'I_d -> 'I_m -> F, (forall i, within R (w i) (fun=> 0)) -> packed w.
End Packing.

Lemma root_exists (F : rcfType) (m : nat) (x : F) :
  (0 < m)%N -> 0 <= x -> exists2 y, 0 <= y & y ^+ m = x.
Proof.
case: m => // m _ x0; have le_x : 0 <= 1 + x by rewrite addr_ge0 ?ler01.
have [|y /andP[y0 _] /rootP] := @poly_ivt F ('X^m.+1 - x%:P) 0 (1 + x) le_x.
  rewrite !(hornerE, hornerXn) expr0n sub0r oppr_le0 x0 subr_ge0 /=.
  apply: le_trans (_ : (1 + x) ^+ 1 <= _); first by rewrite expr1 ler_addr ler01.
  by rewrite ler_weexpn2l ?ler_addl.
by rewrite !(hornerE, hornerXn) => /eqP; rewrite subr_eq0 => /eqP yx; exists y.
Qed.

(* HEADLINE sphere_packing_refuted : sphere-packing : for every m >= 1, R > 0, N >= 2 and d with N <= d < 2 (N - 1), for example d = N = 3, the printed lemma is false; in fact no d points obey it *)
Theorem sphere_packing_refuted (F : rcfType) (m d N : nat) (R : F) :
  (0 < m)%N -> 0 < R -> (2 <= N <= d)%N -> (d < 2 * N.-1)%N ->
  ~ sphere_packing m d N R /\ forall w : 'I_d -> 'I_m -> F, ~ packed N R w.
Proof.
move=> m0 R0 /andP[N2 Nd] d_small.
suff never (w : 'I_d -> 'I_m -> F) : ~ packed N R w.
  split=> // /(_ (fun _ _ => 0)) holds; apply: (never (fun _ _ => 0)); apply: holds => i.
  split; first exact: ltW.
  by rewrite big1 ?sqr_ge0 // => a _; rewrite subrr expr0n.
have N1 : (0 < N.-1)%N by rewrite -ltnS prednK // (leq_trans _ N2).
have N1F : 0 < N.-1%:R :> F by rewrite ltr0n.
pose x : F := d%:R / N.-1%:R - 1.
have x0 : 0 <= x.
  rewrite subr_ge0 ler_pdivl_mulr // mul1r ler_nat (leq_trans _ Nd) //.
  exact: leq_pred.
have x1 : x < 1.
  by rewrite ltr_subl_addl -[1 + 1]/(2%:R) ltr_pdivr_mulr // -natrM ltr_nat.
have [y y0 yx] := root_exists m0 x0.
have y1 : y < 1.
  by rewrite ltNge; apply: contraTN x1 => y1; rewrite -leNgt -yx exprn_ege1.
move=> /(_ y y0 yx); rewrite lt_eqF // => -[//|S [cardS close]].
have [i iS|empty] := pickP (mem S); last first.
  by move: N2; rewrite -cardS (eq_card0 empty).
have [] := close i i iS iS; rewrite leNgt pmulr_rlt0 ?mulr_gt0 ?ltr0n //.
by rewrite invr_lt0 subr_lt0 y1.
Qed.

(* The example of the claim. *)
Corollary three_points_on_a_line (F : rcfType) : ~ sphere_packing 1 3 3 (1 : F).
Proof. by have [] := @sphere_packing_refuted F 1 3 3 1 isT ltr01 isT isT. Qed.
