(* What the defect means that the checker computes for an approximate cubature.

   Headlines, at the end of the file: `defect_sound` and `check_within_sound`.  They touch
   no claim of the paper: they are why the defect in an accepted certificate is a fact.

   The defect is the largest difference of the moments of rule and source up to the
   degree, relative to the mass of the source, in the coordinates that map the least box
   that holds the nodes to [-1, 1]^m (and to 0 on an axis of width 0).  `is_rule`,
   `box_coordinate`, `is_box` and the words for nodes and weights are those of
   `CheckerCubatureSound`.
   - `moment_gap F c low high a`  the difference of the moments of order a, in the
        coordinates of the box from low to high, divided by the mass.                *)
From Coq Require Import ZArith List.
From mathcomp Require Import all_ssreflect all_algebra zify ssrZ ring.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff CheckerNumbers CheckerCubature CheckerCubatureSound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition moment_gap (F : realFieldType) c (low high : 'I_(Cubature.dim c) -> F) a : F :=
  let x i := box_coordinate low high (cubature_node F c i) in
  `|moment x (rule_weight F c) a - moment x (source_weight F c) a|
    / \sum_i source_weight F c i.

Section Lists.
Variable F : realFieldType.
Local Notation Zn := (of_Z F).

Lemma nth_pairwise f u v n : size u = size v -> (n < size u)%N ->
  nth Z0 (Cubature.pairwise f u v) n = f (nth Z0 u n) (nth Z0 v n).
Proof. by elim: u v n => [|a u IHu] [|b v] //= [|n] // [/IHu]; exact. Qed.

Lemma size_pairwise f u v : size u = size v -> size (Cubature.pairwise f u v) = size u.
Proof. by elim: u v => [|a u IHu] [|b v] //= [/IHu->]. Qed.

(* The ends of the box, axis by axis. *)
Lemma boundsP f m (p : seq (seq Z)) : (0 < size p)%N ->
    (forall x y, f x y = x \/ f x y = y) -> all (fun z => size z == m) p ->
  size (Cubature.bounds f p) = m /\ forall j, (j < m)%N ->
    exists2 i, (i < size p)%N & nth Z0 (Cubature.bounds f p) j = nth Z0 (nth [::] p i) j.
Proof.
case: p => // z p _ pick /= /andP[/eqP sz_z sz_p].
suff [-> IH] : size (fold_left (Cubature.pairwise f) p z) = m /\ forall j, (j < m)%N ->
    exists2 i, (i < (size p).+1)%N
      & nth Z0 (fold_left (Cubature.pairwise f) p z) j = nth Z0 (nth [::] (z :: p) i) j.
  by split.
elim: p z sz_z sz_p => [|y p IHp] z sz_z /=; first by move=> _; split=> // j; exists 0%N.
move=> /andP[/eqP sz_y sz_p]; have sz : size (Cubature.pairwise f z y) = m.
  by rewrite size_pairwise ?sz_y.
have [-> IH] := IHp _ sz sz_p; split=> // j lt_j; have [[|i] lt_i ->] := IH j lt_j.
  rewrite /= nth_pairwise ?sz_z ?sz_y //.
  by have [->|->] := pick (nth Z0 z j) (nth Z0 y j); [exists 0%N|exists 1%N].
by exists i.+2.
Qed.

Lemma bounds_best (R : rel Z) f m (p : seq (seq Z)) : reflexive R -> transitive R ->
    (forall x y, R (f x y) x /\ R (f x y) y) -> all (fun z => size z == m) p ->
  forall i j, (i < size p)%N -> (j < m)%N ->
    R (nth Z0 (Cubature.bounds f p) j) (nth Z0 (nth [::] p i) j).
Proof.
move=> Rxx Rtr best; case: p => // z p /= /andP[/eqP sz_z sz_p] i j lt_i lt_j.
elim: p z sz_z sz_p i lt_i => [|y p IHp] z sz_z /=; first by move=> _ [].
move=> /andP[/eqP sz_y sz_p] i lt_i; have sz : size (Cubature.pairwise f z y) = m.
  by rewrite size_pairwise ?sz_y.
have Rfirst := IHp _ sz sz_p 0%N isT; rewrite /= nth_pairwise ?sz_z ?sz_y // in Rfirst.
have [Rz Ry] := best (nth Z0 z j) (nth Z0 y j).
case: i lt_i => [|[|i]] lt_i /=; [exact: Rtr Rz|exact: Rtr Ry|exact: (IHp _ sz sz_p i.+1)].
Qed.

(* The largest of the fractions |a x - b y| / (d w). *)
Lemma largestP a b d x y w top : 0 < Zn d -> size x = size w -> size y = size w ->
    (forall n, (n < size w)%N -> 0 < Zn (nth Z0 w n)) -> 0 <= Zn top.1 -> 0 < Zn top.2 ->
  let gap n := `|Zn a * Zn (nth Z0 x n) - Zn b * Zn (nth Z0 y n)|
                 / (Zn d * Zn (nth Z0 w n)) in
  let r := Cubature.largest a b d x y w top in
  [/\ 0 < Zn r.2, Zn top.1 / Zn top.2 <= Zn r.1 / Zn r.2,
      forall n, (n < size w)%N -> gap n <= Zn r.1 / Zn r.2
    & Zn r.1 / Zn r.2 = Zn top.1 / Zn top.2 \/
      exists2 n, (n < size w)%N & gap n = Zn r.1 / Zn r.2].
Proof.
move=> d0; elim: w x y top => [|w1 w IHw] [|x1 x] [|y1 y] //= top.
  by move=> _ _ _ _ t0; split=> //; left.
move=> [sz_x] [sz_y] w0 top1 top2.
have w10 : 0 < Zn w1 by exact: (w0 0%N).
have w0' n : (n < size w)%N -> 0 < Zn (nth Z0 w n) by exact: (w0 n.+1).
pose q := Z.mul d w1; pose p := Z.abs (Z.sub (Z.mul a x1) (Z.mul b y1)).
have q0 : 0 < Zn q by rewrite of_ZM mulr_gt0.
have p0 : 0 <= Zn p by rewrite of_Z_abs.
pose top' := if Z.eqb p 0 then top
             else if Z.ltb (Z.mul top.1 q) (Z.mul p top.2) then (p, q) else top.
have [top1' top2' topE le_top le_p] : [/\ 0 <= Zn top'.1, 0 < Zn top'.2,
    top' = top \/ top' = (p, q), Zn top.1 / Zn top.2 <= Zn top'.1 / Zn top'.2
  & Zn p / Zn q <= Zn top'.1 / Zn top'.2].
  rewrite /top' (of_Z_eqb F) (of_Z_ltb F) of_Z0 (of_ZM F top.1) (of_ZM F p); case: eqP => [->|_].
    by split=> //; [left|rewrite mul0r divr_ge0 // ltW].
  have [lt_pq|le_pq] := ltP; last first.
    by split=> //; [left|rewrite ler_pdivr_mulr // [_ / _ * _]mulrAC ler_pdivl_mulr].
  split=> //; first by right.
  by rewrite ler_pdivr_mulr // [_ / _ * _]mulrAC ler_pdivl_mulr // ltW.
have pqE : Zn p / Zn q = `|Zn a * Zn x1 - Zn b * Zn y1| / (Zn d * Zn w1).
  by rewrite of_Z_abs of_ZB !of_ZM.
have [r2 le_r rE attained] := IHw x y top' sz_x sz_y w0' top1' top2'.
split=> //; first exact: le_trans le_r.
- by case=> [|n] lt_n /=; [rewrite -pqE (le_trans le_p)|exact: rE].
case: attained => [->|[n lt_n nE]]; last by right; exists n.+1.
case: topE => [->|topE]; first by left.
by right; exists 0%N => //; rewrite -pqE topE.
Qed.
End Lists.

Section Soundness.
Variables (F : realFieldType) (c : certificate).
Local Notation Zn := (of_Z F).
Local Notation m := (Cubature.dim c).
Local Notation k := (Cubature.degree c).
Local Notation p := (Cubature.points c).
Local Notation d := (size p).
Local Notation node := (cubature_node F c).
Hypothesis good : Cubature.well_formed c.
Variable kept : seq (seq Z).
Hypothesis keptE : Cubature.nodes_at p (Cubature.support c) = Some kept.

Let lowZ := Cubature.bounds Z.min p.
Let highZ := Cubature.bounds Z.max p.
Let g := Cubature.centred lowZ highZ.
Let s := Cubature.widths lowZ highZ.

Lemma some_node : (0 < d)%N.
Proof.
have [_ mass0 _ _ _] := wf_is_rule F good keptE; rewrite lt0n; apply/eqP=> d0.
by move: mass0; rewrite big_pred0 ?ltxx // => i; have := ltn_ord i; rewrite {2}d0.
Qed.

Let all_p : all (fun z => size z == m) p.
Proof. by have [] := lengths good. Qed.

Lemma lowP : size lowZ = m /\ forall j, (j < m)%N ->
  (exists2 i, (i < d)%N & nth Z0 lowZ j = nth Z0 (nth [::] p i) j) /\
  forall i, (i < d)%N -> Z.leb (nth Z0 lowZ j) (nth Z0 (nth [::] p i) j).
Proof.
have pick x y : Z.min x y = x \/ Z.min x y = y by lia.
have [-> attained] := boundsP some_node pick all_p; split=> // j lt_j; split.
  exact: attained.
move=> i lt_i; apply: (@bounds_best Z.leb _ m) => //; try by move=> *; lia.
Qed.

Lemma highP : size highZ = m /\ forall j, (j < m)%N ->
  (exists2 i, (i < d)%N & nth Z0 highZ j = nth Z0 (nth [::] p i) j) /\
  forall i, (i < d)%N -> Z.leb (nth Z0 (nth [::] p i) j) (nth Z0 highZ j).
Proof.
have pick x y : Z.max x y = x \/ Z.max x y = y by lia.
have [-> attained] := boundsP some_node pick all_p; split=> // j lt_j; split.
  exact: attained.
move=> i lt_i; apply: (@bounds_best (fun x y => Z.leb y x) _ m) => //; move=> *; lia.
Qed.

Lemma size_s : size s = m.
Proof.
have [sz_l _] := lowP; have [sz_h _] := highP.
by rewrite /s /Cubature.widths size_pairwise ?sz_l ?sz_h.
Qed.

Lemma size_g z : size z = m -> size (g z) = m.
Proof.
move=> sz; rewrite /g /Cubature.centred; have [sz_l _] := lowP; have [sz_h _] := highP.
by rewrite !size_pairwise ?sz_l ?sz_h ?sz.
Qed.

Lemma width_gt0 j : (j < m)%N -> 0 < Zn (nth Z0 s j).
Proof.
move=> lt_j; have [sz_l _] := lowP; have [sz_h _] := highP.
rewrite nth_pairwise ?sz_l ?sz_h // -(of_Z0 F) -of_Z_ltb; lia.
Qed.

Lemma box_quotient low high : is_box node low high ->
  forall i j, box_coordinate low high (node i) j = quotient F g s i j.
Proof.
move=> [inside ends] i j; have [pd0 _ _] := denominators F good.
set pd := Zn (Cubature.point_denominator c) in pd0.
have lt_j := ltn_ord j; have lt_i := ltn_ord i.
have [sz_l /(_ _ lt_j)[[i0 lt_i0 lowE] low_le]] := lowP.
have [sz_h /(_ _ lt_j)[[i1 lt_i1 highE] high_ge]] := highP.
have [[i2 i2E] [i3 i3E]] := ends j.
have low_j : low j = Zn (nth Z0 lowZ j) / pd.
  apply/eqP; rewrite eq_le -{2}i2E /cubature_node -/pd.
  rewrite (ler_pmul2r (_ : 0 < pd^-1)) ?invr_gt0 // -of_Z_leb low_le ?ltn_ord // andbT.
  by rewrite lowE; have /andP[] := inside (Ordinal lt_i0) j.
have high_j : high j = Zn (nth Z0 highZ j) / pd.
  apply/eqP; rewrite eq_le -{1}i3E /cubature_node -/pd.
  rewrite (ler_pmul2r (_ : 0 < pd^-1)) ?invr_gt0 // -of_Z_leb high_ge ?ltn_ord //=.
  by rewrite highE; have /andP[] := inside (Ordinal lt_i1) j.
have /eqP sz_i : size (nth [::] p i) == m by move/allP: all_p; apply; rewrite mem_nth.
rewrite /box_coordinate /quotient low_j high_j /cubature_node -/pd.
rewrite /g /s /Cubature.centred /Cubature.widths.
rewrite !nth_pairwise ?size_pairwise ?sz_l ?sz_h ?sz_i //.
have := low_le i lt_i; have := high_ge i lt_i.
set x := nth Z0 (nth _ _ _) _; set l := nth Z0 lowZ j; set h := nth Z0 highZ j => xh lx.
rewrite -!mulrDl -!mulrBl -!of_ZD -!of_ZB -mulf_div divff ?invr_eq0 ?lt0r_neq0 //.
have [/Z.eqb_spec lh|lh] := boolP (Z.eqb l h).
  have -> : Z.sub (Z.add x x) (Z.add l h) = Z0 by lia.
  by rewrite of_Z0 !mul0r.
have -> : Z.max (Z.sub h l) 1 = Z.sub h l by lia.
by rewrite mulr1.
Qed.

(* There is such a box. *)
Lemma box_exists : exists low high, is_box node low high.
Proof.
have [pd0 _ _] := denominators F good; have pd_gt0 := pd0; rewrite -invr_gt0 in pd0.
exists (fun j => Zn (nth Z0 lowZ j) / Zn (Cubature.point_denominator c)).
exists (fun j => Zn (nth Z0 highZ j) / Zn (Cubature.point_denominator c)).
have [_ lowE] := lowP; have [_ highE] := highP; split=> [i j|j].
  have [_ low_le] := lowE j (ltn_ord j); have [_ high_ge] := highE j (ltn_ord j).
  by rewrite !(ler_pmul2r pd0) -!of_Z_leb low_le ?high_ge ?ltn_ord.
have [[i lt_i iE] _] := lowE j (ltn_ord j); have [[i' lt_i' iE'] _] := highE j (ltn_ord j).
by split; [exists (Ordinal lt_i)|exists (Ordinal lt_i')]; rewrite /cubature_node ?iE ?iE'.
Qed.
End Soundness.

(* HEADLINE defect_sound : - : if the checker computes the defect p / q for a certificate, then the rule has different nodes of the source, positive weights there and 0 elsewhere, and p / q is the largest difference of a moment of order at most the degree of rule and source, divided by the mass, in the coordinates that map the least box of the nodes to [-1, 1]^m; in every ordered field. *)
Theorem defect_sound (F : realFieldType) c p q : Cubature.defect_of c = Some (p, q) ->
  [/\ is_rule F c, 0 < of_Z F q
    & forall low high, is_box (cubature_node F c) low high ->
    (forall a, (mdeg a <= Cubature.degree c)%N ->
       moment_gap low high a <= of_Z F p / of_Z F q) /\
    (exists2 a, (mdeg a <= Cubature.degree c)%N
       & moment_gap low high a = of_Z F p / of_Z F q)].
Proof.
rewrite /Cubature.defect_of; case: ifP => // good.
case keptE: (Cubature.nodes_at _ _) => [kept|] // [topE].
set m := Cubature.dim c in topE *; set k := Cubature.degree c in topE *.
set s := Cubature.widths _ _ in topE; set g := Cubature.centred _ _ in topE.
have sz_s : size s = m := size_s F good keptE.
have sz_g z : size z = m -> size (g z) = m by exact: (size_g F good keptE).
have s0 : forall j, (j < m)%N -> 0 < of_Z F (nth Z0 s j) by exact: (width_gt0 F good keptE).
have [_ sd0 rd0] := denominators F good; have [sz_p sz_w sz_r] := lengths good.
have [_ mass0 _ _] := signs F good keptE; rewrite -massE in mass0.
set new := Cubature.moments _ _ _ _ in topE; set old := Cubature.moments _ _ _ _ in topE.
have [sz_kept sz_k] := kept_nodes good keptE.
have [] := momentsP k (all_g sz_g sz_kept) (c := Cubature.rule_weights c).
  by rewrite size_map sz_k size_map sz_r.
rewrite -/new => sz_new _.
have [] := momentsP k (all_g sz_g sz_p) (c := Cubature.source_weights c).
  by rewrite size_map.
rewrite -/old => sz_old _.
have sz_mon : size (Cubature.monomials s k) = size (exponents m k).
  by rewrite monomialsE size_map sz_s.
have := @largestP F (Cubature.source_denominator c) (Cubature.rule_denominator c)
  (Z.mul (Cubature.rule_denominator c) (Cubature.mass (Cubature.source_weights c)))
  new old (Cubature.monomials s k) (Z0, Zpos xH).
rewrite sz_new sz_old sz_mon topE /= => /(_ _ erefl erefl) largest.
have {largest} [||||q0 _ best attained] := largest; rewrite ?of_Z0 ?rmorph1 ?ltr01 //.
- by rewrite of_ZM mulr_gt0.
- by move=> n lt_n; apply: (monomials_gt0 sz_s s0).
split=> [||low high box]; [exact: wf_is_rule keptE|by []|].
have massF : \sum_i source_weight F c i =
    of_Z F (Cubature.mass (Cubature.source_weights c)) / of_Z F (Cubature.source_denominator c).
  by rewrite massE rmorph_sum (big_nth Z0) big_mkord sz_w mulr_suml.
pose at_ (a : 'X_{1..m}) := index [seq a j | j : 'I_m] (exponents m k).
have gapE a : (mdeg a <= k)%N -> moment_gap low high a =
    `|of_Z F (Cubature.source_denominator c) * of_Z F (nth Z0 new (at_ a))
      - of_Z F (Cubature.rule_denominator c) * of_Z F (nth Z0 old (at_ a))|
    / (of_Z F (Z.mul (Cubature.rule_denominator c) (Cubature.mass (Cubature.source_weights c)))
       * of_Z F (nth Z0 (Cubature.monomials s k) (at_ a))).
  move=> le_a; have [sz_a sum_a _] := exponents_of le_a.
  have lt_n := mem_exponents sz_a sum_a; rewrite -index_mem in lt_n.
  have w0 := monomials_gt0 sz_s s0 lt_n.
  rewrite /moment_gap massF !(eq_moment _ _ (box_quotient good keptE box)).
  rewrite (rule_moment F good keptE sz_g sz_s le_a) (source_moment F good sz_g sz_s le_a).
  rewrite -/new -/old -/(at_ a); set w := of_Z F (nth Z0 (Cubature.monomials s k) (at_ a)).
  rewrite -/(at_ a) -/w in w0; rewrite of_ZM.
  set x := of_Z F (nth Z0 new _); set y := of_Z F (nth Z0 old _).
  move: (of_Z F (Cubature.source_denominator c)) (of_Z F (Cubature.rule_denominator c))
    (of_Z F (Cubature.mass _)) sd0 rd0 mass0 => sd rd t sd0 rd0 t0; clearbody w x y.
  have [wn [sn [rn tn]]] : w != 0 /\ sd != 0 /\ rd != 0 /\ t != 0.
    by rewrite !lt0r_neq0.
  have -> : x / (rd * w) - y / (sd * w) = (sd * x - rd * y) / (sd * rd * w).
    by field; rewrite wn sn rn.
  rewrite normrM normfV (gtr0_norm (_ : 0 < sd * rd * w)) ?mulr_gt0 //.
  by field; rewrite wn sn rn tn.
have at_lt a : (mdeg a <= k)%N -> (at_ a < size (exponents m k))%N.
  by move=> le_a; have [sz_a sum_a _] := exponents_of le_a; rewrite index_mem mem_exponents.
have upper a : (mdeg a <= k)%N -> moment_gap low high a <= of_Z F p / of_Z F q.
  by move=> le_a; rewrite gapE //; apply: best; apply: at_lt.
split=> //; case: attained => [zero|[n lt_n nE]].
  exists 0%MM; first by rewrite mdeg0.
  apply/eqP; rewrite eq_le upper ?mdeg0 //= zero of_Z0 mul0r.
  have [_ /ltW mass_ge0 _ _ _] := wf_is_rule F good keptE.
  by rewrite divr_ge0 ?normr_ge0.
pose b := nth [::] (exponents m k) n.
have [sz_b sum_b] := exponentsP (mem_nth [::] lt_n).
pose a : 'X_{1..m} := [multinom nth 0%N b j | j < m].
have aE : [seq a j | j : 'I_m] = b.
  apply: (@eq_from_nth _ 0%N) => [|j]; rewrite size_map size_enum_ord // => lt_j.
  rewrite (nth_map (Ordinal lt_j)) ?size_enum_ord // mnmE.
  by rewrite (nth_ord_enum _ (Ordinal lt_j)).
have le_a : (mdeg a <= k)%N.
  have <- : sumn [seq a j | j : 'I_m] = mdeg a by rewrite sumnE big_map big_enum -mdegE.
  by rewrite aE.
by exists a => //; rewrite gapE // /at_ aE /b index_uniq // uniq_exponents.
Qed.

(* HEADLINE check_within_sound : - : if the checker accepts a certificate within the limit p / q, then the rule has different nodes of the source, positive weights there and 0 elsewhere, and no moment of order at most the degree differs from that of the source by more than p / q times the mass, in the coordinates that map the least box of the nodes to [-1, 1]^m. *)
Theorem check_within_sound (F : realFieldType) c p q : Cubature.check_within c p q ->
  is_rule F c /\ forall low high, is_box (cubature_node F c) low high ->
    forall a, (mdeg a <= Cubature.degree c)%N ->
      moment_gap low high a <= of_Z F p / of_Z F q.
Proof.
move=> /andP[q0]; case defE: (Cubature.defect_of c) => [[x y]|] // le_xy.
have [rule y0 gapP] := defect_sound F defE; split=> // low high box a le_a.
have [/(_ a le_a) le_gap _] := gapP low high box; apply: le_trans le_gap _.
move: q0 le_xy; rewrite (of_Z_ltb F) (of_Z_leb F) of_Z0 !of_ZM => q0 le_xy.
by rewrite ler_pdivr_mulr // mulrAC ler_pdivl_mulr.
Qed.
