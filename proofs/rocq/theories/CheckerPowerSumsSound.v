(* What it means that the checker accepts an identity of power sums.

   Headline, at the end of the file: `check_identity_sound`.  It touches no claim of the
   paper: it is why an accepted certificate is a fact.

   The words for sums are those of `CheckerDistinctSums`; c is a certificate as in
   `CheckerPowerSums`.
   - `sum_side`       a side of the identity as a combination of sums over distinct points;
   - `product_side`   a side as a combination of products of power sums.             *)
From Coq Require Import ZArith NArith List.
From mathcomp Require Import all_ssreflect all_algebra zify ssrZ ring.
From UComp Require Import CheckerNumbers CheckerPowerSums CheckerDistinctSums.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* With an own point y the sums run over the set S of the other points, and q_a = y^a +
   their sum; `own_value` is y^a, or 1 without an own point.                           *)
Section Expansion.
Variables (F : realFieldType) (I : finType) (x : I -> nat -> F) (S : {set I}).
Variables (limit : option N) (own : bool) (own_value : multi_index -> F).
Hypothesis own_plus : forall a b, own_value (PowerSums.plus a b) = own_value a * own_value b.
Hypothesis limitP : forall n, ~~ PowerSums.room limit own n -> (#|S| < n)%N.
Implicit Types (a : multi_index) (l : combination).

Definition factor a : F :=
  (if own then own_value a else 0) + power_sum_over x S a.
Definition in_sums (k : PowerSums.key) : F := own_value k.1 * distinct_sum x S k.2.
Definition in_products (k : PowerSums.key) : F :=
  own_value k.1 * \prod_(a <- k.2) factor a.

Lemma value_nil f : value_of f [::] = 0 :> F.
Proof. exact: big_nil. Qed.

Lemma times_oneP a e :
  value_of in_sums (PowerSums.times_one limit own a e) = factor a * (of_Z F e.2 * in_sums e.1).
Proof.
case: e => [[u s] c]; rewrite /PowerSums.times_one !value_cat.
have -> : value_of in_sums [seq ((u, t), c) | t <- PowerSums.raised a s] =
    of_Z F c * own_value u * \sum_(t <- PowerSums.raised a s) distinct_sum x S t.
  rewrite /value_of big_map mulr_sumr; apply: eq_bigr => t _.
  by rewrite /in_sums mulrA.
have -> : value_of in_sums (if PowerSums.room limit own (length s).+1
                            then [:: ((u, PowerSums.insert a s), c)] else [::]) =
    of_Z F c * own_value u * distinct_sum x S (a :: s).
  case: ifPn => [_|/limitP lt_S].
    by rewrite value_cons value_nil addr0 /in_sums distinct_sum_insert mulrA.
  by rewrite value_nil distinct_sum_empty ?mulr0.
have -> : value_of in_sums (if own then [:: ((PowerSums.plus u a, s), c)] else [::]) =
    of_Z F c * own_value u * ((if own then own_value a else 0) * distinct_sum x S s).
  case: own; last by rewrite value_nil mul0r mulr0.
  by rewrite value_cons value_nil addr0 /in_sums own_plus !mulrA.
rewrite -!mulrDr -power_sum_times -mulrDl -/(factor a) /in_sums /=; ring.
Qed.

Lemma times_power_sumP a l :
  value_of in_sums (PowerSums.times_power_sum limit own a l) = factor a * value_of in_sums l.
Proof.
rewrite value_collect; elim: l => [|e l IHl]; first by rewrite value_nil mulr0.
by rewrite [flat_map _ _]/= value_cat IHl times_oneP [value_of _ (e :: l)]value_cons mulrDr.
Qed.

Lemma groupsP l : value_of in_products l = value_of in_products (PowerSums.constants l)
  + \sum_(g <- PowerSums.groups l) factor g.1 * value_of in_products g.2.
Proof.
elim: l => [|[[u [|a s]] c] l IHl] /=; first by rewrite value_nil big_nil addr0.
  by rewrite !value_cons IHl addrA.
rewrite value_cons IHl; case gE: (PowerSums.groups l) => [|[b g] rest].
  rewrite big_nil big_seq1 addr0 addrC value_cons value_nil addr0 /in_products /= big_cons.
  by congr (_ + _); ring.
have step : of_Z F c * in_products (u, a :: s) = factor a * (of_Z F c * in_products (u, s)).
  by rewrite /in_products /= big_cons; ring.
case ab: (PowerSums.compare_indices a b).
- have {ab} ab := compare_indicesP ab; rewrite !big_cons /= value_cons /= step ab.
  by rewrite addrCA mulrDr !addrA.
- by rewrite [RHS]addrC !big_cons /= value_cons value_nil addr0 /= step; ring.
by rewrite [RHS]addrC !big_cons /= value_cons value_nil addr0 /= step; ring.
Qed.

Definition at_most n (k : PowerSums.key) : bool := (size k.2 <= n)%N.

Lemma constantsP l : value_of in_sums (PowerSums.constants l) =
  value_of in_products (PowerSums.constants l).
Proof.
elim: l => [|[[u [|a s]] c] l IHl] //=; first by rewrite !value_nil.
by rewrite !value_cons IHl /in_sums /in_products /= big_nil.
Qed.

Lemma groups_at_most n l : all_keys (at_most n.+1) l ->
  all (fun g => all_keys (at_most n) g.2) (PowerSums.groups l).
Proof.
elim: l => // -[[u s] c] l IHl /andP[le_s /IHl {IHl}].
case: s le_s => //= a s le_s; have le_s' : at_most n (u, s) by [].
case: (PowerSums.groups l) => [|[b g] rest] /=; first by rewrite le_s'.
by case: (PowerSums.compare_indices a b) => /= /andP[-> ->]; rewrite le_s'.
Qed.

Lemma expandP n l : all_keys (at_most n) l ->
  value_of in_sums (PowerSums.expand n limit own l) = value_of in_products l.
Proof.
elim: n l => [|n IHn] l le_l.
  rewrite [PowerSums.expand _ _ _ _]/=.
  elim: l le_l => [|[[u s] c] l IHl]; first by rewrite !value_nil.
  move=> /andP[le_s /IHl IH]; rewrite !value_cons IH; case: s le_s => // _.
  by rewrite /in_sums /in_products /= big_nil.
rewrite [PowerSums.expand _ _ _ _]/= value_collect value_cat constantsP [RHS]groupsP.
congr (_ + _); have := groups_at_most le_l.
elim: (PowerSums.groups l) => [|g rest IHg] /=; first by rewrite value_nil big_nil.
move=> /andP[le_g /IHg IH]; rewrite value_cat IH big_cons times_power_sumP; congr (_ * _ + _).
exact: IHn.
Qed.

Lemma expansionP l : value_of in_sums (PowerSums.expansion limit own l) = value_of in_products l.
Proof.
rewrite /PowerSums.expansion expandP ?value_collect //; apply: all_collect.
rewrite /PowerSums.most_factors /all_keys; set n := fold_right _ _ _.
suff : all (fun e => at_most n e.1) l by [].
rewrite {}/n; elim: l => //= e l IHl; rewrite {1}/at_most.
apply/andP; split; first by rewrite /=; apply/leP; exact: Nat.le_max_l.
apply: sub_all IHl => e' /=; rewrite /at_most => le_e; apply: leq_trans le_e _.
by apply/leP; exact: Nat.le_max_r.
Qed.

Lemma sorted_sums l : value_of in_sums (PowerSums.sorted_keys l) = value_of in_sums l.
Proof.
rewrite /value_of /PowerSums.sorted_keys big_map; apply: eq_bigr => e _.
by rewrite /in_sums /= distinct_sum_sort.
Qed.

Lemma sorted_products l :
  value_of in_products (PowerSums.sorted_keys l) = value_of in_products l.
Proof.
have insertE a s : \prod_(b <- PowerSums.insert a s) factor b = \prod_(b <- a :: s) factor b.
  elim: s => //= b s IHs; case: (PowerSums.compare_indices a b) => //.
  by rewrite big_cons IHs !big_cons mulrCA.
have sortE s : \prod_(b <- PowerSums.sort s) factor b = \prod_(b <- s) factor b.
  by elim: s => //= a s IHs; rewrite insertE !big_cons IHs.
rewrite /value_of /PowerSums.sorted_keys big_map; apply: eq_bigr => e _.
by rewrite /in_products /= sortE.
Qed.
End Expansion.

(* The value of a combination, its coefficients over the denominator q. *)
Definition sum_side (F : realFieldType) (I : finType) (x : I -> nat -> F) (q : Z)
    (l : combination) : F :=
  \sum_(e <- l) of_Z F e.2 / of_Z F q * distinct_sum x setT e.1.2.

Definition product_side (F : realFieldType) (I : finType) (x : I -> nat -> F) (q : Z)
    (l : combination) : F :=
  \sum_(e <- l) of_Z F e.2 / of_Z F q * \prod_(a <- e.1.2) power_sum_over x setT a.

Lemma nonzeroP l : PowerSums.nonzero l -> exists k, PowerSums.coefficient k l != 0.
Proof.
rewrite /PowerSums.nonzero existsb_has => /hasP[e _ /Z.eqb_spec ne]; exists e.1.
by apply/eqP.
Qed.

(* HEADLINE check_identity_sound : - : if the checker accepts an identity of power sums, then its left side, a combination of sums over distinct points, has a coefficient that is not 0 after equal terms are put together, and is equal to its right side, a polynomial in the power sums, for all points in every ordered field: for every number of points, or for the number that it names. *)
Theorem check_identity_sound (F : realFieldType) c : PowerSums.check_identity c ->
  (exists k, PowerSums.coefficient k (PowerSums.sorted_keys (PowerSums.left c)) != 0) /\
  forall (I : finType) (x : I -> nat -> F),
    (if PowerSums.identity_points c is Some d then #|I| = N.to_nat d else True) ->
    sum_side x (PowerSums.identity_denominator c) (PowerSums.left c) =
    product_side x (PowerSums.identity_denominator c) (PowerSums.right c).
Proof.
rewrite /PowerSums.check_identity -!andbA.
case/and5P=> _ _ _ _ /and3P[_ /nonzeroP some zero]; split=> // I x points.
set q := PowerSums.identity_denominator c.
have limitP n : ~~ PowerSums.room (PowerSums.identity_points c) false n -> (#|[set: I]| < n)%N.
  rewrite cardsT /PowerSums.room; case: (PowerSums.identity_points c) points => // d -> room.
  by move/N.leb_spec0: room; lia.
pose one (a : multi_index) : F := 1.
have one_plus a b : one (PowerSums.plus a b) = one a * one b by rewrite mulr1.
pose f := in_sums x setT one.
set kept := List.filter _ _ in zero.
have keptE : value_of f kept = value_of f (PowerSums.sorted_keys (PowerSums.left c)).
  rewrite /kept; elim: (PowerSums.sorted_keys _) => //= e l IHl.
  rewrite [RHS]value_cons -IHl; case: ifPn => [_|/limitP lt_n]; first by rewrite value_cons.
  by rewrite /f /in_sums distinct_sum_empty // !mulr0 add0r.
have : value_of f (PowerSums.merge
    (PowerSums.expansion (PowerSums.identity_points c) false
       (PowerSums.sorted_keys (PowerSums.right c)))
    (PowerSums.collect (PowerSums.opposite kept))) = 0.
  by case: (PowerSums.merge _ _) zero => // _; exact: big_nil.
rewrite value_merge value_collect (expansionP _ one_plus limitP) sorted_products.
have -> : value_of f (PowerSums.opposite kept) = - value_of f kept.
  rewrite /value_of big_map -sumrN; apply: eq_bigr => e _.
  by rewrite [of_Z F _]rmorphN mulNr.
rewrite keptE sorted_sums => /eqP; rewrite subr_eq0 => /eqP sides.
have sumE : sum_side x q (PowerSums.left c) = value_of f (PowerSums.left c) / of_Z F q.
  rewrite /value_of mulr_suml; apply: eq_bigr => e _.
  by rewrite /f /in_sums mul1r mulrAC.
rewrite sumE -sides /value_of mulr_suml; apply: eq_bigr => e _.
rewrite /in_products mul1r mulrAC; congr (_ * _ * _); apply: eq_bigr => a _.
by rewrite /factor add0r.
Qed.
