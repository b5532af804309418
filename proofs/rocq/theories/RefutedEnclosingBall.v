(* A set of diameter r does not fit into a ball of diameter r: a triangle
   (paper: a step in the proof of thm:moment; claim small-ball-enclosing).

   The printed proof expands objects of diameter r about the centre of a ball of
   diameter r that holds them.  In two or more dimensions there need not be one:
   the points (-r/2, 0), (r/2, 0), (0, 5r/6) are at most r apart; the only ball of
   diameter r that holds the first two has its centre at 0, and the third is at
   distance 5r/6 > r/2 from it.  In one dimension the step is right.

   Numbers are those of any ordered field; distances are compared by squares.
   `close x r` says that all distances are at most r, `enclosed x r` that a ball
   of diameter r holds all points.

   Headline: enclosing_ball_refuted; enclosing_interval is the true case m = 1. *)
From mathcomp Require Import all_ssreflect all_algebra ring.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Enclosing.
Variables (F : realFieldType) (m : nat).

Definition sqdist (x y : 'I_m -> F) : F := \sum_a (x a - y a) ^+ 2.

Definition close (I : finType) (x : I -> 'I_m -> F) (r : F) : Prop :=
  forall i j, sqdist (x i) (x j) <= r ^+ 2.

Definition enclosed (I : finType) (x : I -> 'I_m -> F) (r : F) : Prop :=
  exists z, forall i, sqdist (x i) z <= (r / 2%:R) ^+ 2.

Definition enclosing_ball (r : F) : Prop :=
  forall (I : finType) (x : I -> 'I_m -> F), close x r -> enclosed x r.
End Enclosing.

(* The triangle (-3u, 0), (3u, 0), (0, 5u); further coordinates are 0. *)
Definition triangle (F : realFieldType) (m : nat) (u : F) (i : 'I_3) (a : 'I_m.+2) : F :=
  match (i : nat), (a : nat) with
  | 0%N, 0%N => - (3%:R * u)
  | 1%N, 0%N => 3%:R * u
  | 2%N, 1%N => 5%:R * u
  | _, _ => 0
  end.

Section Triangle.
Variables (F : realFieldType) (m : nat).
Local Notation x := (@triangle F m).

(* Coordinate a + 1; the first is 0. *)
Let second : 'I_m.+2 := lift ord0 ord0.

Lemma sqdist_triangle u i j : sqdist (x u i) (x u j) =
  (x u i ord0 - x u j ord0) ^+ 2 + (x u i second - x u j second) ^+ 2.
Proof.
rewrite /sqdist !big_ord_recl addrA big1 ?addr0 // => a _.
by case: i => [[|[|[|]]]] //= ?; case: j => [[|[|[|]]]] //= ?;
  rewrite /triangle /= subrr expr0n.
Qed.

Lemma triangle_close u : close (x u) (6%:R * u).
Proof.
move=> i j; rewrite sqdist_triangle -subr_ge0.
have pos (k : nat) e : e = k%:R * u ^+ 2 -> 0 <= e.
  by move->; rewrite mulr_ge0 ?ler0n ?sqr_ge0.
case: i => [[|[|[|]]]] //= ?; case: j => [[|[|[|]]]] //= ?; rewrite /triangle /=.
- by apply: (pos 36%N); ring.
- by apply: (pos 0%N); ring.
- by apply: (pos 2%N); ring.
- by apply: (pos 0%N); ring.
- by apply: (pos 36%N); ring.
- by apply: (pos 2%N); ring.
- by apply: (pos 2%N); ring.
- by apply: (pos 2%N); ring.
- by apply: (pos 36%N); ring.
Qed.

Lemma triangle_not_enclosed u : 0 < u -> ~ enclosed (x u) (6%:R * u).
Proof.
move=> u0 [z in_ball].
have planar i : (x u i ord0 - z ord0) ^+ 2 + (x u i second - z second) ^+ 2 <=
                (3%:R * u) ^+ 2.
  have <- : 6%:R * u / 2%:R = 3%:R * u by field.
  apply: le_trans (in_ball i); rewrite /sqdist !big_ord_recl addrA ler_addl.
  by rewrite sumr_ge0 // => a _; rewrite sqr_ge0.
have := planar ord0; have := planar (lift ord0 ord0).
have := planar (lift ord0 (lift ord0 ord0)); rewrite /triangle /=.
set a := z ord0; set b := z second => le2 le1 le0.
have : a ^+ 2 + b ^+ 2 <= 0.
  rewrite -(pmulr_rle0 _ (ltr0Sn F 1)) -(ler_add2r (2%:R * (3%:R * u) ^+ 2)) add0r.
  have := ler_add le0 le1; set left := (X in X <= _) => le_left.
  have -> : 2%:R * (a ^+ 2 + b ^+ 2) + 2%:R * (3%:R * u) ^+ 2 = left.
    by rewrite /left; ring.
  by rewrite [X in _ <= X]mulrDl !mul1r.
have a20 : 0 <= a ^+ 2 by exact: sqr_ge0.
have b20 : 0 <= b ^+ 2 by exact: sqr_ge0.
move=> ab; have ab0 : a ^+ 2 + b ^+ 2 == 0 by rewrite eq_le ab addr_ge0.
move: ab0; rewrite paddr_eq0 // !sqrf_eq0 => /andP[/eqP a0 /eqP b0].
move: le2; rewrite a0 b0 !subr0 expr0n add0r !exprMn ler_pmul2r ?exprn_gt0 //.
by rewrite -!natrX ler_nat.
Qed.
End Triangle.

(* HEADLINE enclosing_ball_refuted : small-ball-enclosing : the printed lemma is false: for every m >= 2 and r > 0 some points of F^m with pairwise distances of at most r lie in no ball of diameter r *)
Theorem enclosing_ball_refuted (F : realFieldType) (m : nat) (r : F) :
  (2 <= m)%N -> 0 < r -> ~ enclosing_ball m r.
Proof.
case: m => [|[|m]] // _ r0 holds; pose u := r / 6%:R.
have rE : r = 6%:R * u by rewrite /u; field.
have u0 : 0 < u by rewrite divr_gt0 ?ltr0n.
by apply: (@triangle_not_enclosed F m u u0); rewrite -rE; apply: holds;
  rewrite rE; exact: triangle_close.
Qed.

(* The step is right on the line: halfway between the least and the largest. *)
Theorem enclosing_interval (F : realFieldType) (r : F) : 0 <= r -> enclosing_ball 1 r.
Proof.
move=> r0 I x x_r; have dist1 y z : @sqdist F 1 y z = (y ord0 - z ord0) ^+ 2.
  by rewrite /sqdist big_ord1.
have [i0 _|empty] := pickP I; last by exists (fun=> 0) => i; have := empty i.
have [lo _ loP] := arg_minP (fun i => x i ord0) (isT : xpredT i0).
have [hi _ hiP] := arg_maxP (fun i => x i ord0) (isT : xpredT i0).
exists (fun=> (x lo ord0 + x hi ord0) / 2%:R) => i; rewrite dist1.
move: (loP i isT) (hiP i isT) (loP hi isT) (x_r hi lo); rewrite dist1.
move: (x i ord0) (x lo ord0) (x hi ord0) => y a b ay yb ab.
rewrite ler_sqr ?nnegrE ?subr_ge0 // => le_r.
apply: le_trans (_ : ((b - a) / 2%:R) ^+ 2 <= _); last first.
  by rewrite ler_sqr ?nnegrE ?divr_ge0 ?subr_ge0 ?ler0n // ler_pmul2r ?invr_gt0 ?ltr0n.
rewrite -subr_ge0 (_ : _ - _ = (y - a) * (b - y)); last by field.
by rewrite mulr_ge0 ?subr_ge0.
Qed.
