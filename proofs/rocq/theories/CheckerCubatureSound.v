(* What it means that the checker accepts a certificate of cubature.

   Headlines, at the end of the file: `check_exact_sound` and `defect_of_sound`.  They
   touch no claim of the paper: they are why an accepted certificate is a fact.

   c is a certificate as in `CheckerCubature`, F any ordered field, such as the rational
   or the real numbers, and d the number of nodes of the source.
   - `cubature_node F c i`      node i, a point of F^m;
   - `source_weight F c i`      its weight in the source;
   - `listed c`                 the indices of the support;
   - `rule_weight F c i`        the weight of node i in the rule, 0 if it is not listed;
   - `box_coordinate low high x` the point x in the coordinates that map the box from
        low to high to [-1, 1]^m, with 0 on an axis on which low = high.
   `moment`, `support` and `same_moments` are those of Tchakaloff's theorem.         *)
From Coq Require Import ZArith List.
From mathcomp Require Import all_ssreflect all_algebra zify ssrZ.
From SsrMultinomials Require Import mpoly.
From UComp Require Import Tchakaloff CheckerNumbers CheckerCubature.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Notation certificate := Cubature.certificate.

Section Meaning.
Variables (F : realFieldType) (c : certificate).
Local Notation d := (size (Cubature.points c)).
Local Notation m := (Cubature.dim c).

Definition cubature_node (i : 'I_d) (j : 'I_m) : F :=
  of_Z F (nth Z0 (nth [::] (Cubature.points c) i) j)
    / of_Z F (Cubature.point_denominator c).

Definition source_weight (i : 'I_d) : F :=
  of_Z F (nth Z0 (Cubature.source_weights c) i) / of_Z F (Cubature.source_denominator c).

Definition listed : seq nat := map Z.to_nat (Cubature.support c).

Definition rule_weight (i : 'I_d) : F :=
  \sum_(e <- zip listed (Cubature.rule_weights c) | e.1 == i)
    of_Z F e.2 / of_Z F (Cubature.rule_denominator c).
End Meaning.
Arguments cubature_node F c i j : clear implicits.
Arguments source_weight F c i : clear implicits.
Arguments rule_weight F c i : clear implicits.

Definition box_coordinate (F : realFieldType) m (low high x : 'I_m -> F) (j : 'I_m) : F :=
  (x j + x j - (low j + high j)) / (high j - low j).

(* The least box that holds the nodes. *)
Definition is_box (F : realFieldType) m (I : finType) (x : I -> 'I_m -> F) low high :=
  (forall i j, low j <= x i j <= high j) /\
  (forall j, (exists i, x i j = low j) /\ (exists i, x i j = high j)).

(* The multi-indices of order at most k in the order of `Cubature.monomials`. *)
Definition bump (a : seq nat) : seq nat := if a is e :: a' then e.+1 :: a' else a.

Fixpoint exponents (m : nat) : nat -> seq (seq nat) :=
  match m with
  | 0 => fun _ => [:: [::]]
  | m'.+1 =>
      fix up_to k := match k with
        | 0 => map (cons 0%N) (exponents m' 0)
        | k'.+1 => map (cons 0%N) (exponents m' k) ++ map bump (up_to k')
        end
  end.

Lemma exponents_step m k : exponents m.+1 k.+1 =
  map (cons 0%N) (exponents m k.+1) ++ map bump (exponents m.+1 k).
Proof. by []. Qed.

Lemma mem_exponents m k (a : seq nat) : size a = m -> (sumn a <= k)%N ->
  a \in exponents m k.
Proof.
elim: m k a => [|m IHm] k [|e a] // [sz_a]; elim: k e => [|k IHk] e le_k.
  by case: e le_k => // le_k; rewrite map_f ?IHm.
rewrite exponents_step mem_cat; case: e le_k => [|e] le_k; first by rewrite map_f ?IHm.
by rewrite (map_f bump (IHk e _)) ?orbT.
Qed.

Lemma exponentsP m k a : a \in exponents m k -> size a = m /\ (sumn a <= k)%N.
Proof.
elim: m k a => [|m IHm] k a; first by rewrite inE => /eqP->.
elim: k a => [|k IHk] a; first by case/mapP=> b /IHm[sz_b le_b] ->; rewrite /= sz_b.
rewrite exponents_step mem_cat => /orP[] /mapP[b].
  by move=> /IHm[sz_b le_b] ->; rewrite /= sz_b.
by move=> /IHk[sz_b le_b] ->; case: b sz_b le_b.
Qed.

Lemma size_exponents m k a : a \in exponents m k -> size a = m.
Proof. by case/exponentsP. Qed.

Lemma uniq_exponents m k : uniq (exponents m k).
Proof.
elim: m k => [|m IHm] k //.
have cons_inj : injective (cons 0%N) by move=> a b [].
elim: k => [|k IHk]; first by rewrite /= map_inj_uniq ?IHm.
rewrite exponents_step cat_uniq map_inj_uniq // IHm /=; apply/andP; split.
  apply/hasPn=> a /mapP[b /(@size_exponents m.+1 k) sz_b ->]; apply/mapP=> -[b' _].
  by case: b sz_b.
rewrite map_inj_in_uniq // => a b /(@size_exponents m.+1 k) sz_a /(@size_exponents m.+1 k) sz_b.
by case: a b sz_a sz_b => [|e a] [|e' b] // _ _ [-> ->].
Qed.

Fixpoint power (a : seq nat) (z : seq Z) : Z :=
  match a, z with
  | e :: a', x :: z' => x ^+ e * power a' z'
  | _, _ => 1
  end.

Lemma power_cons e a x z : power (e :: a) (x :: z) = x ^+ e * power a z.
Proof. by []. Qed.

Lemma monomialsE z k :
  Cubature.monomials z k = [seq power a z | a <- exponents (size z) k].
Proof.
elim: z k => [|x z IHz] k //; elim: k => [|k IHk].
  rewrite -[LHS]/(Cubature.monomials z 0) IHz -map_comp.
  by apply: eq_map => a; rewrite [RHS]power_cons expr0 mul1r.
rewrite -[LHS]/(Cubature.monomials z k.+1
                ++ map (Z.mul x) (Cubature.monomials (x :: z) k)).
rewrite IHk IHz exponents_step map_cat -!map_comp; congr (_ ++ _).
  by apply: eq_map => a; rewrite [RHS]power_cons expr0 mul1r.
apply/eq_in_map=> a /size_exponents; case: a => // e a _.
rewrite -[RHS]/(power (e.+1 :: a) (x :: z)) -[LHS]/(x * power (e :: a) (x :: z)).
by rewrite !power_cons exprS mulrA.
Qed.

Lemma power_prod a z : size a = size z ->
  power a z = \prod_(j < size z) nth Z0 z j ^+ nth 0%N a j.
Proof.
elim: a z => [|e a IHa] [|x z] //; first by rewrite big_ord0.
by case=> sz; rewrite power_cons big_ord_recl IHa.
Qed.

Lemma size_add_multiple c u v : size u = size v ->
  size (Cubature.add_multiple c u v) = size v.
Proof. by elim: u v => [|a u IHu] [|b v] //= [/IHu->]. Qed.

Lemma nth_add_multiple c u v n : size u = size v ->
  nth Z0 (Cubature.add_multiple c u v) n = c * nth Z0 u n + nth Z0 v n.
Proof.
elim: u v n => [|a u IHu] [|b v] // n sz; first by rewrite !nth_nil mulr0.
by case: n => [|n] //=; apply: IHu; case: sz.
Qed.

Section Moments.
Variables m k : nat.
Let E := exponents m k.

Lemma add_momentsP total c p : size total = size E ->
    all (fun z => size z == m) p -> size c = size p ->
  size (Cubature.add_moments k total c p) = size E /\
  forall n, (n < size E)%N -> nth Z0 (Cubature.add_moments k total c p) n =
    nth Z0 total n + \sum_(i < size p) nth Z0 c i * power (nth [::] E n) (nth [::] p i).
Proof.
elim: c p total => [|a c IHc] [|z p] //= total sz.
  by split=> // n _; rewrite big_ord0 addr0.
move=> /andP[/eqP sz_z sz_p] [sz_c].
have szm : size (Cubature.monomials z k) = size total.
  by rewrite monomialsE size_map sz_z sz.
have [|-> nE] := IHc p (Cubature.add_multiple a (Cubature.monomials z k) total) _ sz_p sz_c.
  by rewrite size_add_multiple.
split=> // n lt_n; rewrite nE // nth_add_multiple // big_ord_recl addrA.
by congr (_ + _); rewrite addrC monomialsE sz_z (nth_map [::]).
Qed.

Lemma momentsP c p : all (fun z => size z == m) p -> size c = size p ->
  size (Cubature.moments m k c p) = size E /\
  forall n, (n < size E)%N -> nth Z0 (Cubature.moments m k c p) n =
    \sum_(i < size p) nth Z0 c i * power (nth [::] E n) (nth [::] p i).
Proof.
move=> sz_p sz_c; rewrite /Cubature.moments map_map_ssr.
set zero := map _ _.
have zeroE : zero = nseq (size E) Z0.
  rewrite /zero monomialsE (_ : size (repeat Z0 m) = m); last by elim: (m) => //= n ->.
  by rewrite -map_comp /E; elim: (exponents m k) => //= a s ->.
have [|sz nE] := add_momentsP _ sz_p sz_c (total := zero); first by rewrite zeroE size_nseq.
by split=> // n lt_n; rewrite nE // zeroE nth_nseq lt_n add0r.
Qed.
End Moments.

(* The nodes of the support. *)
Lemma node_atP p i z : Cubature.node_at p i = Some z ->
  [/\ (Z.to_nat i < size p)%N, Z.leb 0 i & nth [::] p (Z.to_nat i) = z].
Proof.
elim: p i => [|y p IHp] i //=; case: Z.eqb_spec => [-> [->]|ne0 /IHp[lt_i ge0 <-]] //.
have -> : Z.to_nat i = (Z.to_nat (Z.sub i 1)).+1 by lia.
by split=> //; lia.
Qed.

Lemma nodes_atP p s q : Cubature.nodes_at p s = Some q ->
  [/\ all (fun i => i < size p)%N (map Z.to_nat s), all (Z.leb 0) s
    & q = [seq nth [::] p (Z.to_nat i) | i <- s]].
Proof.
elim: s q => [|i s IHs] q /=; first by case=> <-.
case zE: (Cubature.node_at p i) => [z|] //; have [-> -> ->] := node_atP zE.
by case qE: (Cubature.nodes_at p s) => [r|] //= [<-]; have [-> -> ->] := IHs _ qE.
Qed.

Lemma same_lengthP (A B : Type) (u : seq A) (v : seq B) :
  Cubature.same_length u v -> size u = size v.
Proof. by elim: u v => [|a u IHu] [|b v] //= /IHu->. Qed.

Lemma distinctP s : Cubature.distinct s -> all (Z.leb 0) s -> uniq (map Z.to_nat s).
Proof.
elim: s => //= i s IHs /andP[out /IHs{}IHs] /andP[ge0 ge0s].
rewrite IHs // andbT; apply: contra out => /mapP[j js eq_ij]; rewrite existsb_has.
apply/hasP; exists j => //; apply/Z.eqb_spec; have /allP/(_ _ js) := ge0s; lia.
Qed.

Lemma massE s : Cubature.mass s = \sum_(x <- s) x.
Proof.
rewrite -[LHS]add0r /Cubature.mass.
suff massP t : fold_left Z.add s t = t + \sum_(x <- s) x :> Z by rewrite massP !add0r.
elim: s t => [|x s IHs] t /=; first by rewrite big_nil addr0.
by rewrite IHs big_cons addrA.
Qed.

Lemma equal_multiplesP a b u v : Cubature.equal_multiples a b u v ->
  size u = size v /\ forall n, a * nth Z0 u n = b * nth Z0 v n.
Proof.
elim: u v => [|x u IHu] [|y v] //=; first by split=> // n; rewrite !nth_nil !mulr0.
move=> /andP[/Z.eqb_spec xy /IHu[-> IH]]; split=> // -[|n] //=; exact: IH.
Qed.

(* A moment is one of the sums that the checker computes, over a common denominator:
   p_ij / s_j is coordinate j of point i, c_i / q its weight.                        *)
Section Ratio.
Variables (F : realFieldType) (m k : nat) (p : seq (seq Z)) (c s : seq Z) (q : Z).
Hypotheses (sz_p : all (fun z => size z == m) p) (sz_c : size c = size p).
Hypotheses (sz_s : size s = m).

Lemma moment_ratio (a : seq nat) : size a = m -> (sumn a <= k)%N ->
  \sum_(i < size p) of_Z F (nth Z0 c i) / of_Z F q *
    \prod_(j < m) (of_Z F (nth Z0 (nth [::] p i) j) / of_Z F (nth Z0 s j)) ^+ nth 0%N a j
  = of_Z F (nth Z0 (Cubature.moments m k c p) (index a (exponents m k)))
    / (of_Z F q * of_Z F (nth Z0 (Cubature.monomials s k) (index a (exponents m k)))).
Proof.
move=> sz_a le_a; have aE := mem_exponents sz_a le_a.
have lt_n : (index a (exponents m k) < size (exponents m k))%N by rewrite index_mem.
have [_ ->//] := momentsP k sz_p sz_c.
rewrite monomialsE sz_s (nth_map [::]) // nth_index // power_prod ?sz_s //.
rewrite !rmorph_sum mulr_suml; apply: eq_bigr => i _ /=.
have /eqP sz_i : size (nth [::] p i) == m by move/allP: sz_p; apply; rewrite mem_nth.
rewrite rmorphM !rmorph_prod /= invfM mulrACA; congr (_ * _).
rewrite power_prod ?sz_a ?sz_i // rmorph_prod -prodf_div.
by apply: eq_bigr => j _; rewrite !rmorphX expr_div_n.
Qed.
End Ratio.

Section Soundness.
Variables (F : realFieldType) (c : certificate).
Local Notation d := (size (Cubature.points c)).
Local Notation m := (Cubature.dim c).
Local Notation k := (Cubature.degree c).
Local Notation Zn := (of_Z F).

(* The source has nonnegative weights, not all 0; the rule has positive weights at
   different nodes, those listed, and no others.                                   *)
Definition is_rule :=
  [/\ forall i, 0 <= source_weight F c i, 0 < \sum_i source_weight F c i,
      uniq (listed c), all (fun i => i < d)%N (listed c)
    & forall i : 'I_d, if (i : nat) \in listed c then 0 < rule_weight F c i
                       else rule_weight F c i == 0].

Hypothesis good : Cubature.well_formed c.
Variable kept : seq (seq Z).
Hypothesis keptE : Cubature.nodes_at (Cubature.points c) (Cubature.support c) = Some kept.

Lemma denominators : [/\ 0 < Zn (Cubature.point_denominator c),
  0 < Zn (Cubature.source_denominator c) & 0 < Zn (Cubature.rule_denominator c)].
Proof.
by have := good; rewrite /Cubature.well_formed !(of_Z_ltb F) of_Z0 -!andbA => /and4P[].
Qed.

Lemma lengths : [/\ all (fun z => size z == m) (Cubature.points c),
  size (Cubature.source_weights c) = d
  & size (Cubature.support c) = size (Cubature.rule_weights c)].
Proof.
have := good; rewrite /Cubature.well_formed !forallb_all -!andbA.
by case/and5P=> _ _ _ sz /and5P[/same_lengthP<- _ _ /same_lengthP-> _].
Qed.

Lemma signs : [/\ all (Z.leb 0) (Cubature.source_weights c),
  0 < Zn (\sum_(x <- Cubature.source_weights c) x), uniq (listed c)
  & all (Z.ltb 0) (Cubature.rule_weights c)].
Proof.
have [_ ge0 _] := nodes_atP keptE; have := good.
rewrite /Cubature.well_formed !forallb_all !massE (of_Z_ltb F 0 (\sum_(_ <- _) _)) of_Z0.
rewrite -!andbA => /and5P[_ _ _ _ /and5P[_ ge0w gt0 _ /andP[/distinctP uniq_s gt0w]]].
by split=> //; exact: uniq_s.
Qed.

Lemma listed_lt : all (fun i => i < d)%N (listed c).
Proof. by have [] := nodes_atP keptE. Qed.

Lemma kept_nodes : all (fun z => size z == m) kept /\ size kept = size (listed c).
Proof.
have [sz_p _ _] := lengths; have [lt_s _ ->] := nodes_atP keptE.
rewrite !size_map; split=> //; apply/allP=> z /mapP[i is_ ->].
move/allP: sz_p; apply; rewrite mem_nth //.
by move/allP: lt_s; apply; rewrite map_f.
Qed.

Lemma rule_sum (f : nat -> F) : \sum_i rule_weight F c i * f i =
  \sum_(n < size (listed c)) Zn (nth Z0 (Cubature.rule_weights c) n)
    / Zn (Cubature.rule_denominator c) * f (nth 0%N (listed c) n).
Proof.
have [_ _ sz] := lengths.
under eq_bigr => i _.
  by rewrite /rule_weight mulr_suml; over.
rewrite (exchange_big_dep predT) //= (big_nth (0%N, Z0)) big_mkord size_zip size_map sz minnn.
apply: eq_bigr => n _.
have -> : nth (0%N, Z0) (zip (listed c) (Cubature.rule_weights c)) n =
    (nth 0%N (listed c) n, nth Z0 (Cubature.rule_weights c) n).
  by rewrite nth_zip // size_map.
have lt_n : (nth 0%N (listed c) n < d)%N.
  by move/allP: listed_lt; apply; rewrite mem_nth // size_map sz.
by rewrite (big_pred1 (Ordinal lt_n)) // => i; rewrite /= -val_eqE eq_sym.
Qed.

Lemma wf_is_rule : is_rule.
Proof.
have [_ sd0 rd0] := denominators; have [_ sz_w sz_s] := lengths.
have [/allP w0 mass0 uniq_l /allP r0] := signs.
have w_ge0 i : 0 <= source_weight F c i.
  apply: divr_ge0; last exact: ltW.
  by rewrite -(of_Z0 F) -of_Z_leb; apply: w0; rewrite mem_nth ?sz_w.
split=> //; first 1 last.
- exact: listed_lt.
- move=> i; rewrite /rule_weight.
  have term e : e \in zip (listed c) (Cubature.rule_weights c) ->
      0 < Zn e.2 / Zn (Cubature.rule_denominator c).
    move=> e_in; apply: divr_gt0 => //; rewrite -(of_Z0 F) -of_Z_ltb; apply: r0.
    have sz : size (listed c) = size (Cubature.rule_weights c) by rewrite size_map.
    by rewrite -(unzip2_zip (eq_leq (esym sz))); apply: map_f.
  case: ifPn => [i_in|i_out]; last first.
    rewrite big_seq_cond big_pred0 // => e; apply/negP => /andP[e_in /eqP e1].
    move/negP: i_out; apply; rewrite -e1.
    rewrite -(@unzip1_zip _ _ (listed c) (Cubature.rule_weights c)) ?map_f //.
    by rewrite size_map sz_s.
  have sz : (size (listed c) <= size (Cubature.rule_weights c))%N by rewrite size_map sz_s.
  move: i_in; rewrite -{1}(unzip1_zip sz) => /mapP[e e_in e1].
  rewrite (big_rem e) //= e1 eqxx ltr_paddr ?term //.
  rewrite big_seq_cond sumr_ge0 // => e' /andP[/mem_rem e'_in _]; exact/ltW/term.
rewrite -mulr_suml divr_gt0 //.
rewrite (_ : \sum_i _ = Zn (\sum_(x <- Cubature.source_weights c) x)) //.
by rewrite rmorph_sum (big_nth Z0) big_mkord sz_w.
Qed.

(* Points whose coordinates are quotients g(x)_j / s_j, such as those of the nodes, or
   those in the box.                                                                *)
Section Coordinates.
Variables (g : seq Z -> seq Z) (s : seq Z).
Hypotheses (sz_g : forall z, size z = m -> size (g z) = m) (sz_s : size s = m).

Definition quotient (i : 'I_d) (j : 'I_m) : F :=
  Zn (nth Z0 (g (nth [::] (Cubature.points c) i)) j) / Zn (nth Z0 s j).

Local Notation at_ a := (index [seq a j | j : 'I_m] (exponents m k)).

Lemma exponents_of (a : 'X_{1..m}) : (mdeg a <= k)%N ->
  [/\ size [seq a j | j : 'I_m] = m, (sumn [seq a j | j : 'I_m] <= k)%N
    & forall j : 'I_m, nth 0%N [seq a i | i : 'I_m] j = a j].
Proof.
move=> le_a; split.
- by rewrite size_map size_enum_ord.
- by rewrite sumnE big_map big_enum -mdegE.
by move=> j; rewrite (nth_map j) ?size_enum_ord // nth_ord_enum.
Qed.

Lemma all_g (p : seq (seq Z)) :
  all (fun z => size z == m) p -> all (fun z => size z == m) (map g p).
Proof. by rewrite all_map; apply: sub_all => z /= /eqP/sz_g->. Qed.

Lemma source_moment (a : 'X_{1..m}) : (mdeg a <= k)%N ->
  moment quotient (source_weight F c) a =
  Zn (nth Z0 (Cubature.moments m k (Cubature.source_weights c)
                (map g (Cubature.points c))) (at_ a))
    / (Zn (Cubature.source_denominator c) * Zn (nth Z0 (Cubature.monomials s k) (at_ a))).
Proof.
move=> le_a; have [sz_a sum_a nth_a] := exponents_of le_a.
have [sz_p sz_w _] := lengths.
rewrite -(@moment_ratio F m k _ _ _ _ (all_g sz_p) _ sz_s _ sz_a sum_a) ?size_map //.
apply: eq_bigr => i _; congr (_ * _); apply: eq_bigr => j _.
by rewrite nth_a (nth_map [::]).
Qed.

Lemma rule_moment (a : 'X_{1..m}) : (mdeg a <= k)%N ->
  moment quotient (rule_weight F c) a =
  Zn (nth Z0 (Cubature.moments m k (Cubature.rule_weights c) (map g kept)) (at_ a))
    / (Zn (Cubature.rule_denominator c) * Zn (nth Z0 (Cubature.monomials s k) (at_ a))).
Proof.
move=> le_a; have [sz_a sum_a nth_a] := exponents_of le_a.
have [_ _ sz_w] := lengths; have [_ _ kE] := nodes_atP keptE.
have [all_kept sz_kept] := kept_nodes; rewrite size_map in sz_kept.
rewrite -(@moment_ratio F m k _ _ _ _ (all_g all_kept) _ sz_s _ sz_a sum_a); last first.
  by rewrite size_map sz_kept -sz_w.
pose f i := \prod_(j < m)
  (Zn (nth Z0 (g (nth [::] (Cubature.points c) i)) j) / Zn (nth Z0 s j)) ^+ a j.
rewrite [LHS](rule_sum f) !size_map sz_kept; apply: eq_bigr => i _; congr (_ * _).
apply: eq_bigr => j _; rewrite nth_a (nth_map [::]) ?sz_kept //.
by rewrite kE !(nth_map Z0).
Qed.
End Coordinates.
End Soundness.

Lemma monomials_gt0 (F : realFieldType) m k (s : seq Z) n : size s = m ->
    (forall j, (j < m)%N -> 0 < of_Z F (nth Z0 s j)) -> (n < size (exponents m k))%N ->
  0 < of_Z F (nth Z0 (Cubature.monomials s k) n).
Proof.
move=> sz_s s0 lt_n; rewrite monomialsE sz_s (nth_map [::]) //.
have sz_a := size_exponents (mem_nth [::] lt_n).
rewrite power_prod ?sz_a // rmorph_prod prodr_gt0 // => j _.
by rewrite rmorphX exprn_gt0 // s0 // -sz_s.
Qed.

Lemma eq_moment (F : realFieldType) (I : finType) m (x y : I -> 'I_m -> F) c a :
  (forall i j, x i j = y i j) -> moment x c a = moment y c a.
Proof.
by move=> xy; apply: eq_bigr => i _; congr (_ * _); apply: eq_bigr => j _; rewrite xy.
Qed.

(* HEADLINE check_exact_sound : - : if the checker accepts a certificate of cubature, then the listed indices are different and those of nodes, the weights of the rule are positive there and 0 elsewhere, and every moment of the rule of order at most the degree is that of the source; in every ordered field. *)
Theorem check_exact_sound (F : realFieldType) c : Cubature.check_exact c ->
  is_rule F c /\ same_moments (Cubature.degree c) (cubature_node F c)
                              (rule_weight F c) (source_weight F c).
Proof.
move=> /andP[good]; case keptE: (Cubature.nodes_at _ _) => [kept|] // agree.
split=> [|a le_a]; first exact: wf_is_rule keptE.
have [pd0 sd0 rd0] := denominators F good.
pose s := nseq (Cubature.dim c) (Cubature.point_denominator c).
have sz_s : size s = Cubature.dim c by rewrite size_nseq.
have nodeE b : moment (cubature_node F c) b a = moment (quotient F id s) b a.
  by apply: eq_moment => i j; rewrite /quotient nth_nseq ltn_ord.
rewrite !nodeE (rule_moment F good keptE (fun z sz => sz) sz_s le_a).
rewrite (source_moment F good (fun z sz => sz) sz_s le_a) !map_id.
have [sz_a sum_a _] := exponents_of le_a.
have lt_n := mem_exponents sz_a sum_a; rewrite -index_mem in lt_n.
have := @monomials_gt0 F _ _ s _ sz_s _ lt_n.
set w := of_Z F _ => w0'; have {w0'} w0 : 0 < w.
  by apply: w0' => j lt_j; rewrite nth_nseq lt_j.
have [_ /(_ (index [seq a j | j : 'I_(Cubature.dim c)]
  (exponents (Cubature.dim c) (Cubature.degree c))))] := equal_multiplesP agree.
move=> /(congr1 (of_Z F)); rewrite !rmorphM => eq_m.
apply/eqP; rewrite eqr_div ?mulf_neq0 ?(lt0r_neq0 w0) ?(lt0r_neq0 sd0) ?(lt0r_neq0 rd0) //.
by rewrite !mulrA [X in X * w]mulrC eq_m [X in X * w]mulrC.
Qed.
