(* What it means that the checker accepts a level-set certificate.

   Headlines, at the end of the file: `check_level_set_sound` and `share_sound`.  They
   touch no claim of the paper: they are why an accepted certificate is a fact.

   c is a certificate as in `CheckerLevelSet`, F any ordered field.
   - `level_polynomial F c`            the polynomial p;
   - `left_end F c`, `right_end F c`   the ends of the interval;
   - `lower_end F s`, `upper_end F s`  those of a piece s.
   The bounds come from Bernstein's form: on [a, b] p is a combination of its coefficients
   with weights that are nonnegative and add up to 1.                                  *)
From Coq Require Import ZArith List.
From mathcomp Require Import all_ssreflect all_algebra zify ssrZ ring.
From UComp Require Import CheckerNumbers CheckerLevelSet.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Meaning.
Variables (F : realFieldType) (c : LevelSet.certificate).

Definition level_polynomial : {poly F} :=
  \poly_(i < size (LevelSet.coefficients c))
    (of_Z F (nth Z0 (LevelSet.coefficients c) i) / of_Z F (LevelSet.coefficient_denominator c)).

Definition left_end : F := of_Z F (LevelSet.first c) / of_Z F (LevelSet.domain_denominator c).
Definition right_end : F :=
  of_Z F (LevelSet.last_end c) / of_Z F (LevelSet.domain_denominator c).
Definition lower_end (s : Z * Z * Z) : F := of_Z F s.1.1 / of_Z F s.2.
Definition upper_end (s : Z * Z * Z) : F := of_Z F s.1.2 / of_Z F s.2.
End Meaning.

Section Forms.
Variable F : realFieldType.
Local Notation Zn := (of_Z F).

(* The value of sum_j l_j s^(n - j) t^j, with n + 1 the length of l. *)
Fixpoint form_value (l : seq Z) (s t : F) : F :=
  if l is x :: l' then Zn x * s ^+ size l' + t * form_value l' s t else 0.

(* The value of sum_i c_i x^i. *)
Fixpoint sum_value (c : seq Z) (x : F) : F :=
  if c is y :: c' then Zn y + x * sum_value c' x else 0.

Lemma sum_valueE c x : sum_value c x = \sum_(i < size c) Zn (nth Z0 c i) * x ^+ i.
Proof.
elim: c => [|y c IHc] /=; first by rewrite big_ord0.
rewrite big_ord_recl expr0 mulr1 IHc mulr_sumr; congr (_ + _).
by apply: eq_bigr => i _; rewrite exprS mulrCA.
Qed.

Lemma size_push a b last l : size (LevelSet.push a b last l) = (size l).+1.
Proof. by elim: l last => //= x l IHl last; rewrite IHl. Qed.

Lemma form_push a b last l s t : form_value (LevelSet.push a b last l) s t =
  (Zn a * s + Zn b * t) * form_value l s t + Zn b * Zn last * s ^+ size l.
Proof.
elim: l last => [|x l IHl] last /=; first by rewrite of_ZM expr0; ring.
by rewrite IHl size_push of_ZD !of_ZM exprS; ring.
Qed.

Lemma form_linear a b l s t :
  form_value (LevelSet.times_linear a b l) s t = (Zn a * s + Zn b * t) * form_value l s t.
Proof. by rewrite form_push of_Z0 mulr0 mul0r addr0. Qed.

Lemma size_add_multiple c u v : size u = size v ->
  size (LevelSet.add_multiple c u v) = size u.
Proof. by elim: u v => [|x u IHu] [|y v] //= [/IHu->]. Qed.

Lemma form_add c u v s t : size u = size v ->
  form_value (LevelSet.add_multiple c u v) s t =
  Zn c * form_value u s t + form_value v s t.
Proof.
elim: u v => [|x u IHu] [|y v] //=; first by rewrite mulr0 addr0.
by move=> [sz]; rewrite IHu // size_add_multiple // sz of_ZD of_ZM; ring.
Qed.

Lemma forms_step a b q y z c : LevelSet.forms a b q (y :: z :: c) =
  let (form, powers) := LevelSet.forms a b q (z :: c) in
  (LevelSet.add_multiple y (LevelSet.times_linear q q powers)
     (LevelSet.times_linear a b form), LevelSet.times_linear q q powers).
Proof. by []. Qed.

Lemma formsP a b q c (s t x : F) : (0 < size c)%N -> s + t = 1 ->
    Zn a * s + Zn b * t = Zn q * x ->
  let r := LevelSet.forms a b q c in
  [/\ size r.1 = size c, size r.2 = size c,
      form_value r.1 s t = Zn q ^+ (size c).-1 * sum_value c x
    & form_value r.2 s t = Zn q ^+ (size c).-1].
Proof.
move=> + st ab; elim: c => // y [|z c] IHc _.
  by split=> //=; rewrite expr0 ?of_Z1; ring.
have {IHc} := IHc isT; rewrite forms_step.
case: (LevelSet.forms a b q (z :: c)) => form powers /= [sz_f sz_p formE powersE].
have pE : form_value (LevelSet.times_linear q q powers) s t = Zn q ^+ (size c).+1.
  by rewrite form_linear powersE -mulrDr st mulr1 exprS.
have sz : size (LevelSet.times_linear q q powers) = size (LevelSet.times_linear a b form).
  by rewrite !size_push sz_f sz_p.
split=> //.
- by rewrite (size_add_multiple _ sz) size_push sz_p.
- by rewrite size_push sz_p.
by rewrite (form_add _ _ _ sz) pE form_linear formE ab exprS; ring.
Qed.

Lemma belowP x y u v (s t : F) : LevelSet.below x y u v -> 0 <= s -> 0 <= t -> 0 <= Zn x ->
  size u = size v /\ `|form_value u s t| * Zn x <= Zn y * form_value v s t.
Proof.
move=> + s0 t0 x0; elim: u v => [|f u IHu] [|g v] //=.
  by move=> _; rewrite normr0 mul0r mulr0.
move=> /andP[]; rewrite (of_Z_leb F) !of_ZM of_Z_abs => fg /IHu[sz le_uv]; split.
  by rewrite sz.
apply: le_trans (_ : `|Zn f| * Zn x * s ^+ size v +
                     t * (`|form_value u s t| * Zn x) <= _).
  apply: le_trans (_ : (`|Zn f * s ^+ size u| + `|t * form_value u s t|) * Zn x <= _).
    by rewrite ler_wpmul2r // ler_norm_add.
  rewrite !normrM normrX (ger0_norm s0) (ger0_norm t0) sz mulrDl -!mulrA.
  by rewrite [Zn x * s ^+ _]mulrC.
rewrite mulrDr; apply: ler_add.
  by rewrite mulrA ler_wpmul2r ?exprn_ge0.
by rewrite [Zn y * (t * _)]mulrCA ler_wpmul2l.
Qed.

Lemma value_step x y z z' c : LevelSet.value x y (z :: z' :: c) =
  let (v, power) := LevelSet.value x y (z' :: c) in
  (Z.add (Z.mul z (Z.mul y power)) (Z.mul x v), Z.mul y power).
Proof. by []. Qed.

Lemma valueP x y c : (0 < size c)%N -> Zn y != 0 ->
  Zn (LevelSet.value x y c).1 = Zn y ^+ (size c).-1 * sum_value c (Zn x / Zn y) /\
  Zn (LevelSet.value x y c).2 = Zn y ^+ (size c).-1.
Proof.
move=> + y0; elim: c => // z [|z' c] IHc _.
  by rewrite /= expr0 of_Z1; split=> //; ring.
have {IHc} := IHc isT; rewrite value_step.
case: (LevelSet.value x y (z' :: c)) => v power [vE pE]; rewrite [(size _).-1]/= in vE pE.
rewrite [size _]/= [(_, _).1]/= [(_, _).2]/= of_ZD !of_ZM [Zn power]pE [Zn v]vE exprS.
split=> //; rewrite -[sum_value (z :: z' :: c) _]/(Zn z + _ * sum_value (z' :: c) _).
by move: (sum_value _ _) => r; field.
Qed.
End Forms.

Section Soundness.
Variables (F : realFieldType) (c : LevelSet.certificate).
Local Notation Zn := (of_Z F).
Local Notation D := (LevelSet.coefficient_denominator c).
Local Notation E := (LevelSet.domain_denominator c).
Local Notation p := (level_polynomial F c).
Hypotheses (D0 : 0 < Zn D) (E0 : 0 < Zn E).
Hypothesis some : (0 < size (LevelSet.coefficients c))%N.

Lemma polynomialE x : p.[x] = sum_value (LevelSet.coefficients c) x / Zn D.
Proof.
rewrite horner_poly sum_valueE mulr_suml; apply: eq_bigr => i _.
by rewrite mulrAC.
Qed.

Lemma boundedP height a b q x : LevelSet.bounded c height a b q ->
    0 < Zn height.2 -> 0 < Zn q -> Zn a < Zn b -> Zn a / Zn q <= x <= Zn b / Zn q ->
  `|p.[x]| <= Zn height.1 / Zn height.2.
Proof.
move=> bnd h0 q0 ab /andP[ax xb].
pose t := (Zn q * x - Zn a) / (Zn b - Zn a); pose s := 1 - t.
have ab0 : 0 < Zn b - Zn a by rewrite subr_gt0.
have t0 : 0 <= t.
  by rewrite divr_ge0 ?(ltW ab0) // subr_ge0 mulrC -ler_pdivr_mulr.
have s0 : 0 <= s.
  rewrite subr_ge0 ler_pdivr_mulr // mul1r ler_add2r mulrC.
  by rewrite -ler_pdivl_mulr.
have st : s + t = 1 by rewrite subrK.
have abx : Zn a * s + Zn b * t = Zn q * x.
  rewrite /s /t; field; exact: lt0r_neq0.
have := formsP some st abx; move: bnd; rewrite /LevelSet.bounded.
case: (LevelSet.forms _ _ _ _) => form powers /= bnd [_ _ formE powersE].
have [_] := belowP bnd s0 t0 (ltW h0).
rewrite formE powersE normrM of_ZM; set Q := Zn q ^+ _.
have Q0 : 0 < Q by rewrite exprn_gt0.
rewrite (gtr0_norm Q0) -mulrA [X in _ <= X]mulrC ler_pmul2l // => le_sum.
rewrite polynomialE normrM normfV (gtr0_norm D0).
by rewrite ler_pdivr_mulr // mulrAC ler_pdivl_mulr.
Qed.

Lemma betweenP a rest x : LevelSet.bounded_between c a rest -> (0 < size rest)%N ->
  Zn a / Zn E <= x <= Zn (List.last rest Z0) / Zn E -> `|p.[x]| <= 1.
Proof.
elim: rest a => // b rest IHr a /= /andP[/andP[ab bnd] between] _ /andP[ax xl].
rewrite (of_Z_ltb F) in ab; have [xb|bx] := leP x (Zn b / Zn E).
  have := boundedP (x := x) bnd; rewrite /= of_Z1 divr1 ax xb ltr01; exact.
case: rest IHr between xl => [|b' rest] IHr between xl.
  by move: bx; rewrite ltNge xl.
by apply: (IHr b) => //; rewrite (ltW bx) xl.
Qed.

Lemma total_lengthP pieces : (forall s, s \in pieces -> 0 < Zn s.2) ->
  let r := LevelSet.total_length pieces in
  0 < Zn r.2 /\ \sum_(s <- pieces) (upper_end F s - lower_end F s) = Zn r.1 / Zn r.2.
Proof.
elim: pieces => [|[[a b] q] pieces IHp] pos /=.
  by rewrite big_nil of_Z0 mul0r of_Z1 ltr01.
have [s s_in|] := IHp; first by apply: pos; rewrite inE s_in orbT.
have /= q0 := pos _ (mem_head _ _).
case: (LevelSet.total_length pieces) => n d /= d0 sumE.
rewrite big_cons sumE /upper_end /lower_end /= of_ZD !of_ZM of_ZB mulr_gt0 //.
by split=> //; field; rewrite !lt0r_neq0.
Qed.
End Soundness.

(* HEADLINE check_level_set_sound : - : if the checker accepts a level-set certificate, then p has a leading coefficient that is not 0, max |p| = 1 on the interval, and |p| <= level on pieces that lie in the interval, one after the other; in every ordered field. *)
Theorem check_level_set_sound (F : realFieldType) c : LevelSet.check c ->
  let p := level_polynomial F c in
  [/\ size p = size (LevelSet.coefficients c),
      left_end F c < right_end F c,
      (forall x, left_end F c <= x <= right_end F c -> `|p.[x]| <= 1) /\
      (exists2 x, left_end F c <= x <= right_end F c & `|p.[x]| = 1),
      (forall s, s \in LevelSet.pieces c ->
         [/\ left_end F c <= lower_end F s, lower_end F s < upper_end F s,
             upper_end F s <= right_end F c
           & forall x, lower_end F s <= x <= upper_end F s ->
               `|p.[x]| <= of_Z F (LevelSet.level c).1 / of_Z F (LevelSet.level c).2])
    & sorted (fun s s' => upper_end F s <= lower_end F s') (LevelSet.pieces c)].
Proof.
rewrite /LevelSet.check !(of_Z_ltb F) !(of_Z_leb F) of_Z0 !of_ZM !forallb_all -!andbA.
case/and5P=> D0 E0 level0 peak0 /and5P[lead ends between peak_left].
case/and4P=> peak_right peak_one pieces_ok order.
have some : (0 < size (LevelSet.coefficients c))%N.
  by move: lead; case: (LevelSet.coefficients c).
have leadE : List.last (LevelSet.coefficients c) Z0 =
    nth Z0 (LevelSet.coefficients c) (size (LevelSet.coefficients c)).-1.
  by elim: (LevelSet.coefficients c) => //= y [|z l] //= ->.
have piece_ok s : s \in LevelSet.pieces c ->
    [/\ 0 < of_Z F s.2, lower_end F s < upper_end F s,
        left_end F c <= lower_end F s, upper_end F s <= right_end F c
      & LevelSet.bounded c (LevelSet.level c) s.1.1 s.1.2 s.2].
  move/(allP pieces_ok); case: s => [[a b] q] /=.
  rewrite !(of_Z_ltb F) !(of_Z_leb F) of_Z0 !of_ZM -!andbA.
  case/and5P=> q0 ab le_left le_right bnd; split=> //=.
  - by rewrite /lower_end /upper_end ltr_pmul2r ?invr_gt0.
  - by rewrite /left_end /lower_end ler_pdivr_mulr // mulrAC ler_pdivl_mulr.
  by rewrite /right_end /upper_end ler_pdivr_mulr // mulrAC ler_pdivl_mulr.
split.
- rewrite size_poly_eq // mulf_neq0 ?invr_eq0 ?(lt0r_neq0 D0) //.
  by rewrite -leadE -(of_Z0 F) -of_Z_eqb.
- by rewrite /left_end /right_end ltr_pmul2r ?invr_gt0.
- split=> [x /andP[left_x x_right]|].
    move: ends left_x x_right between; rewrite /left_end /right_end /LevelSet.first.
    rewrite /LevelSet.last_end; case: (LevelSet.domain c) => [|a [|b rest]] /=.
    + by rewrite ltxx.
    + by rewrite ltxx.
    move=> _ left_x x_right between.
    apply: (betweenP D0 E0 some (a := a) (rest := b :: rest) between isT).
    by rewrite left_x.
  exists (of_Z F (LevelSet.peak c).1 / of_Z F (LevelSet.peak c).2).
    rewrite /left_end /right_end ler_pdivr_mulr // mulrAC ler_pdivl_mulr // peak_left /=.
    by rewrite ler_pdivr_mulr // mulrAC ler_pdivl_mulr.
  move: peak_one; have := valueP (LevelSet.peak c).1 some (lt0r_neq0 peak0).
  case: (LevelSet.value _ _ _) => v power /= [vE pE].
  rewrite (of_Z_eqb F) of_Z_abs of_ZM vE pE normrM; set Q := _ ^+ _.
  have Q0 : 0 < Q by rewrite exprn_gt0.
  rewrite (gtr0_norm Q0) [X in _ == X]mulrC (inj_eq (mulfI (lt0r_neq0 Q0))) => /eqP sumE.
  by rewrite polynomialE // normrM normfV (gtr0_norm D0) sumE divff ?lt0r_neq0.
- move=> s /piece_ok[q0 ab le_left le_right bnd]; split=> // x xs.
  apply: (boundedP D0 some bnd) => //.
  by move: ab; rewrite /lower_end /upper_end ltr_pmul2r ?invr_gt0.
have denominators s : s \in LevelSet.pieces c -> 0 < of_Z F s.2 by case/piece_ok.
elim: (LevelSet.pieces c) denominators order => // [[[a b] q] [|[[a' b'] q'] rest]] //= IHp.
move=> pos /andP[le_ba order]; apply/andP; split; last first.
  by apply: IHp => // s s_in; apply: pos; rewrite inE s_in orbT.
have /= q0 := pos _ (mem_head _ _).
have /= q0' : 0 < of_Z F (a', b', q').2 by apply: pos; rewrite !inE eqxx orbT.
move: le_ba; rewrite (of_Z_leb F) !of_ZM /upper_end /lower_end /=.
by rewrite ler_pdivr_mulr // mulrAC ler_pdivl_mulr.
Qed.

(* HEADLINE share_sound : - : for an accepted level-set certificate the share that the checker computes is the sum of the lengths of the pieces, divided by the length of the interval. *)
Theorem share_sound (F : realFieldType) c : LevelSet.check c ->
  of_Z F (LevelSet.share c).1 / of_Z F (LevelSet.share c).2 =
  (\sum_(s <- LevelSet.pieces c) (upper_end F s - lower_end F s))
    / (right_end F c - left_end F c).
Proof.
rewrite /LevelSet.check !forallb_all -!andbA.
case/and5P=> _ E0 _ _ /and5P[_ ends _ _ /and4P[_ _ pieces_ok _]].
rewrite (of_Z_ltb F) of_Z0 in E0; rewrite (of_Z_ltb F) in ends.
have pos s : s \in LevelSet.pieces c -> 0 < of_Z F s.2.
  move/(allP pieces_ok); case: s => [[a b] q] /=; rewrite -!andbA => /andP[].
  by rewrite (of_Z_ltb F) of_Z0.
have := total_lengthP pos; rewrite /LevelSet.share.
case: (LevelSet.total_length _) => n d /= [d0 ->].
rewrite /left_end /right_end !of_ZM of_ZB; field.
by rewrite !lt0r_neq0 ?subr_gt0.
Qed.
