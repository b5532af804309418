(* What it means that the checker accepts a syzygy of power sums.

   Headlines: `check_syzygy_sound` and `witness_value_sound`, at the end of the file.  They
   touch no claim of the paper: they are why an accepted certificate is a fact.

   The words for sums are those of `CheckerDistinctSums`; c is a certificate as in
   `CheckerPowerSums`, a polynomial P in the coordinates of an own point y and in power sums.
   - `syzygy_value own q F l`  the value of P: the sum over its terms of coefficient, divided
        by the denominator, times own e (e the exponents of y) times the q a over the factors. *)
From Coq Require Import ZArith NArith List.
From mathcomp Require Import all_ssreflect all_algebra zify ssrZ ring.
From UComp Require Import CheckerNumbers CheckerPowerSums CheckerDistinctSums.
From UComp Require Import CheckerPowerSumsSound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Definition syzygy_value (F : realFieldType) (own q : multi_index -> F) (D : Z)
    (l : combination) : F :=
  \sum_(e <- l) of_Z F e.2 / of_Z F D * (own e.1.1 * \prod_(a <- e.1.2) q a).

(* Without an own point all its exponents are 0. *)
Lemma monomial_zero (F : realFieldType) (I : finType) (x : I -> nat -> F) i a :
  List.forallb (N.eqb 0) a -> monomial_at x i a = 1.
Proof.
rewrite /monomial_at; move: 0%N => j; elim: a j => //= e a IHa j /andP[/N.eqb_spec <- /IHa->].
by rewrite expr0 mul1r.
Qed.

(* HEADLINE check_syzygy_sound : - : if the checker accepts a syzygy, then the polynomial P has a coefficient that is not 0 after equal terms are put together, and P vanishes at the power sums of any d points in every ordered field, d the number that the certificate names and at least 1, for any one of the points as the own point. *)
Theorem check_syzygy_sound (F : realFieldType) c : PowerSums.check_syzygy c ->
  (0 < N.to_nat (PowerSums.syzygy_points c))%N /\
  (exists k, PowerSums.coefficient k (PowerSums.sorted_keys (PowerSums.terms c)) != 0) /\
  forall (I : finType) (x : I -> nat -> F) (y : I),
    #|I| = N.to_nat (PowerSums.syzygy_points c) ->
    syzygy_value (monomial_at x y) (power_sum_over x setT)
      (PowerSums.syzygy_denominator c) (PowerSums.terms c) = 0.
Proof.
rewrite /PowerSums.check_syzygy -!andbA.
case/and5P=> _ /N.ltb_spec0 d0 _ /nonzeroP some /andP[zero _].
split; first lia; split=> // I x y points.
set own := PowerSums.has_own (PowerSums.terms c) in zero.
pose S : {set I} := if own then setT :\ y else setT.
pose w a : F := if own then monomial_at x y a else 1.
have w_plus a b : w (PowerSums.plus a b) = w a * w b.
  by rewrite /w; case: (own); rewrite ?mulr1 ?monomial_plus.
have limitP n : ~~ PowerSums.room (Some (PowerSums.syzygy_points c)) own n -> (#|S| < n)%N.
  have := cardsD1 y (setT : {set I}); rewrite cardsT points in_setT /S /PowerSums.room.
  case: (own) => card_y room; first by move/N.leb_spec0: room; lia.
  by rewrite cardsT points; move/N.leb_spec0: room; lia.
have factorE a : factor x S own w a = power_sum_over x setT a.
  rewrite /factor /S /w; case: (own); last by rewrite add0r.
  by rewrite [RHS](big_setD1 y) ?in_setT.
have : value_of (in_sums x S w) (PowerSums.expansion (Some (PowerSums.syzygy_points c)) own
    (PowerSums.sorted_keys (PowerSums.terms c))) = 0.
  by case: (PowerSums.expansion _ _ _) zero => // _; exact: big_nil.
rewrite (expansionP _ w_plus limitP) sorted_products => valueE.
transitivity (value_of (in_products x S own w) (PowerSums.terms c)
  / of_Z F (PowerSums.syzygy_denominator c)); last by rewrite valueE mul0r.
rewrite /value_of mulr_suml /syzygy_value big_seq [RHS]big_seq; apply: eq_bigr => e e_in.
rewrite mulrAC; congr (_ * _ * _); rewrite /in_products; congr (_ * _).
  rewrite /w; case ownE: own => //; apply: monomial_zero.
  move: ownE; rewrite /own /PowerSums.has_own /PowerSums.no_own forallb_all.
  by move/negbFE/allP/(_ e e_in).
by apply: eq_bigr => a _; rewrite factorE.
Qed.

(* The weighted set of the witness. *)
Section Witness.
Variables (F : realFieldType) (w : PowerSums.witness).
Local Notation Zn := (of_Z F).
Local Notation I := ('I_(size (PowerSums.nodes w))).
Local Notation p := (Zn (PowerSums.node_denominator w)).
Local Notation v := (Zn (PowerSums.weight_denominator w)).

Definition witness_node (i : I) (j : nat) : F :=
  Zn (nth Z0 (nth [::] (PowerSums.nodes w) i) j) / p.
Definition witness_weight (i : I) : F := Zn (nth Z0 (PowerSums.weights w) i) / v.
Definition weighted_power_sum (a : multi_index) : F :=
  \sum_i witness_weight i * monomial_at witness_node i a.

Lemma powerE x n : Zn (PowerSums.power x n) = Zn x ^+ N.to_nat n.
Proof.
case: n => [|n]; first by rewrite expr0 of_Z1.
rewrite /= -[Pos.to_nat n]/(Pos.to_nat n).
elim: n => [n IHn|n IHn|] /=; rewrite ?of_ZM ?IHn.
- by rewrite Pos2Nat.inj_xI exprS -exprD; congr (_ * _ ^+ _); lia.
- by rewrite Pos2Nat.inj_xO -exprD; congr (_ ^+ _); lia.
by rewrite expr1.
Qed.

Hypothesis p0 : p != 0.

Lemma monomialE (i : I) a j z : drop j (nth [::] (PowerSums.nodes w) i) = z -> size a = size z ->
  Zn (PowerSums.monomial a z) =
  monomial_from witness_node j i a * p ^+ N.to_nat (PowerSums.order a).
Proof.
elim: a j z => [|e a IHa] j [|y z] //= dropE; first by rewrite of_Z1 expr0 mulr1.
case=> sz; have dropE' : drop j.+1 (nth [::] (PowerSums.nodes w) i) = z.
  by rewrite -addn1 addnC -drop_drop dropE /= drop0.
have yE : nth Z0 (nth [::] (PowerSums.nodes w) i) j = y.
  by rewrite -[j]addn0 -nth_drop dropE.
rewrite of_ZM powerE (IHa _ _ dropE' sz) /PowerSums.order /= N2Nat.inj_add exprD.
have -> : witness_node i j = Zn y / p by rewrite /witness_node yE.
rewrite expr_div_n; move: (monomial_from _ _ _ _) (p ^+ N.to_nat (fold_right _ _ _)) => t r.
have : p ^+ N.to_nat e != 0 by rewrite expf_neq0.
move: (p ^+ _) (Zn y ^+ _) => s q s0; by field.
Qed.

Variable m : nat.
Hypothesis sz_nodes : all (fun z => size z == m) (PowerSums.nodes w).
Hypothesis sz_weights : size (PowerSums.weights w) = size (PowerSums.nodes w).
Hypothesis v0 : v != 0.

Lemma weighted_sumE a : size a = m ->
  Zn (PowerSums.weighted_sum a (PowerSums.weights w) (PowerSums.nodes w)) =
  weighted_power_sum a * v * p ^+ N.to_nat (PowerSums.order a).
Proof.
move=> sz_a; have -> : Zn (PowerSums.weighted_sum a (PowerSums.weights w) (PowerSums.nodes w)) =
    \sum_(i < size (PowerSums.nodes w)) Zn (nth Z0 (PowerSums.weights w) i)
      * Zn (PowerSums.monomial a (nth [::] (PowerSums.nodes w) i)).
  move: sz_weights; elim: (PowerSums.nodes w) (PowerSums.weights w) => [|z s IHs] [|b c] //=.
    by rewrite big_ord0 of_Z0.
  by case=> sz; rewrite big_ord_recl /= of_ZD of_ZM IHs.
rewrite !mulr_suml; apply: eq_bigr => i _.
have /eqP sz_i : size (nth [::] (PowerSums.nodes w) i) == m.
  by move/allP: sz_nodes; apply; rewrite mem_nth.
rewrite (monomialE (drop0 _)) ?sz_i // /witness_weight /monomial_at.
move: (monomial_from _ _ _ _) (p ^+ _) (Zn (nth _ _ _)) => t r y; by field.
Qed.

Lemma term_valueE (i : I) K L e : size e.1.1 = m -> all (fun a => size a == m) e.1.2 ->
    (PowerSums.term_order e.1 <= K)%num -> (PowerSums.num_factors e.1 <= L)%num ->
  Zn (PowerSums.term_value w (nth [::] (PowerSums.nodes w) i) K L e) =
  Zn e.2 * (monomial_at witness_node i e.1.1 * \prod_(a <- e.1.2) weighted_power_sum a)
    * p ^+ N.to_nat K * v ^+ N.to_nat L.
Proof.
case: e => [[u s] c] /= sz_u sz_s leK leL.
have /eqP sz_i : size (nth [::] (PowerSums.nodes w) i) == m.
  by move/allP: sz_nodes; apply; rewrite mem_nth.
rewrite /PowerSums.term_value /= !of_ZM !powerE (monomialE (drop0 _)) ?sz_i //.
have prodE : Zn (fold_right (fun a total => Z.mul (PowerSums.weighted_sum a
      (PowerSums.weights w) (PowerSums.nodes w)) total) (Zpos xH) s) =
    \prod_(a <- s) weighted_power_sum a
    * v ^+ size s * p ^+ N.to_nat (PowerSums.order (concat s)).
  elim: s sz_s {leK leL} => [|a s IHs] /=; first by rewrite of_Z1 big_nil !expr0 !mulr1.
  move=> /andP[/eqP sz_a /IHs IH]; rewrite of_ZM IH weighted_sumE // big_cons exprS.
  have -> : PowerSums.order (a ++ concat s) =
      N.add (PowerSums.order a) (PowerSums.order (concat s)).
    by rewrite /PowerSums.order; elim: (a) => //= e a' ->; lia.
  rewrite N2Nat.inj_add exprD.
  by rewrite mulrACA [_ * v * _]mulrACA.
rewrite prodE; have {leK} leK : N.le (N.add (PowerSums.order u)
  (PowerSums.order (concat s))) K := leK.
have {leL} leL : N.le (N.of_nat (length s)) L := leL.
rewrite /PowerSums.term_order /PowerSums.num_factors [fst _]/= [snd _]/=.
have -> : p ^+ N.to_nat K = p ^+ N.to_nat (PowerSums.order u)
    * p ^+ N.to_nat (PowerSums.order (concat s))
    * p ^+ N.to_nat (N.sub K (N.add (PowerSums.order u) (PowerSums.order (concat s)))).
  by rewrite -!exprD; congr (_ ^+ _); lia.
have -> : v ^+ N.to_nat L = v ^+ size s * v ^+ N.to_nat (N.sub L (N.of_nat (length s))).
  by rewrite -exprD; congr (_ ^+ _); rewrite -[size s]/(length s); lia.
rewrite /monomial_at; move: (p ^+ N.to_nat (N.sub _ _)) (v ^+ N.to_nat (N.sub _ _)).
move: (p ^+ N.to_nat (PowerSums.order u)) (p ^+ N.to_nat (PowerSums.order _)).
move: (monomial_from _ _ _ _) (\prod_(b <- s) _) (v ^+ _) (Zn c) => y1 y2 y3 y4 y5 y6 y7 y8.
by move: (p ^+ _) => y9; ring.
Qed.
End Witness.

(* HEADLINE witness_value_sound : - : if the checker accepts a syzygy with a witness, then the witness is a set of nodes with positive weights, and on it P takes the value that the checker computes, which is not 0. *)
Theorem witness_value_sound (F : realFieldType) c w : PowerSums.check_syzygy c ->
  PowerSums.weighted_set c = Some w ->
  (forall i, 0 < @witness_weight F w i) /\
  exists (i : 'I_(size (PowerSums.nodes w))) n d,
    [/\ PowerSums.witness_value c w = Some (n, d), nat_of_ord i = Z.to_nat (PowerSums.own_node w),
        of_Z F n / of_Z F d != 0
      & syzygy_value (monomial_at (@witness_node F w) i) (weighted_power_sum F w)
          (PowerSums.syzygy_denominator c) (PowerSums.terms c) = of_Z F n / of_Z F d].
Proof.
rewrite /PowerSums.check_syzygy -!andbA => /and5P[D0 _ wf _ /andP[_ ok]] wE; rewrite wE in ok.
move: ok; rewrite /PowerSums.check_witness !forallb_all -!andbA.
case/and5P=> p0 v0 sz_nodes /Nat.eqb_spec sz_weights /and3P[pos _ value].
rewrite (of_Z_ltb F) of_Z0 in p0; rewrite (of_Z_ltb F) of_Z0 in v0.
rewrite (of_Z_ltb F) of_Z0 in D0.
have pn := lt0r_neq0 p0; have vn := lt0r_neq0 v0; have Dn := lt0r_neq0 D0.
split=> [i|].
  rewrite divr_gt0 // -(of_Z0 F) -of_Z_ltb; apply: (allP pos); apply: mem_nth.
  by rewrite (_ : size (PowerSums.weights w) = size (PowerSums.nodes w)).
move: value; rewrite /PowerSums.witness_value.
set K := fold_right _ _ _; set L := fold_right _ _ _.
case yE: (PowerSums.node_at _ _) => [y|] //.
set n := fold_right _ _ _ => /Z.eqb_spec n0.
have node_atP q k z : PowerSums.node_at q k = Some z ->
    [/\ (Z.to_nat k < size q)%N, Z.leb 0 k & nth [::] q (Z.to_nat k) = z].
  elim: q k => [|u q IHq] k //=; case: Z.eqb_spec => [-> [->]|ne0 /IHq[lt_k ge0 <-]] //.
  have -> : Z.to_nat k = (Z.to_nat (Z.sub k 1)).+1 by lia.
  by split=> //; lia.
have [lt_i _ iE] := node_atP _ _ _ yE; pose i := Ordinal lt_i.
have {iE} yi : y = nth [::] (PowerSums.nodes w) i by rewrite -iE.
have nE : of_Z F n = syzygy_value (monomial_at (@witness_node F w) i)
      (weighted_power_sum F w) (PowerSums.syzygy_denominator c) (PowerSums.terms c)
    * (of_Z F (PowerSums.syzygy_denominator c)
       * of_Z F (PowerSums.node_denominator w) ^+ N.to_nat K
       * of_Z F (PowerSums.weight_denominator w) ^+ N.to_nat L).
  have bounds e : e \in PowerSums.terms c ->
      N.le (PowerSums.term_order e.1) K /\ N.le (PowerSums.num_factors e.1) L.
    rewrite /K /L; elim: (PowerSums.terms c) => //= e' l IHl; rewrite inE.
    case/orP=> [/eqP->|/IHl[le1 le2]]; first by split; exact: N.le_max_l.
    by split; [apply: N.le_trans le1 _|apply: N.le_trans le2 _]; exact: N.le_max_r.
  rewrite /n /syzygy_value mulr_suml.
  elim: (PowerSums.terms c) wf bounds => [|e l IHl] /=; first by rewrite big_nil of_Z0.
  case/andP=> /andP[/Nat.eqb_spec sz_u]; rewrite forallb_all => sz_s wf bounds.
  rewrite big_cons of_ZD IHl // => [|e' e'_in]; last by apply: bounds; rewrite inE e'_in orbT.
  have [leK leL] := bounds e (mem_head _ _); congr (_ + _).
  rewrite yi (term_valueE pn sz_nodes sz_weights vn i sz_u _ leK leL).
    move: (of_Z F (PowerSums.syzygy_denominator c)) Dn (_ ^+ N.to_nat K) (_ ^+ N.to_nat L).
    move=> D Dn r t; move: (of_Z F e.2) (monomial_at _ _ _ * _) => z u.
    by rewrite !mulrA; congr (_ * _ * _); rewrite [RHS]mulrAC divfK.
  by apply: sub_all sz_s => a /andP[/Nat.eqb_spec/eqP].
have dn : of_Z F (PowerSums.syzygy_denominator c)
    * of_Z F (PowerSums.node_denominator w) ^+ N.to_nat K
    * of_Z F (PowerSums.weight_denominator w) ^+ N.to_nat L != 0.
  by rewrite !mulf_neq0 ?expf_neq0.
exists i, n; eexists; split; first by [].
- by [].
- rewrite !of_ZM !powerE mulf_neq0 ?invr_neq0 // -(of_Z0 F) -of_Z_eqb.
  by apply/negP => /Z.eqb_spec.
by rewrite !of_ZM !powerE nE mulfK.
Qed.
