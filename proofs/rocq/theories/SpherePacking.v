(* Among d points of a Euclidean ball some N are close together.

   Paper: lemma:pack_many_pts, repaired.  Claim: sphere-packing-repaired.

   Headline: close_points.  The dimension is m + 1.  It reads: if 2 <= N <= d and
   the d points w_i, i in S, lie in the ball of radius r about the origin, some N of
   them have mutual distances at most 6 r ((N-1)/d)^(1/(m+1)).

   The bound (1 + 2r/rho)^(m+1) of the number of points of the ball with distances
   above rho is proved without volumes (separated_bound): from M such points and
   a = rho/(rho + 2r) the M^n sums x_1 + a x_2 + ... + a^(n-1) x_n have distances
   at least rho a^n and stay in a fixed cube, so a grid gives M^n <= C a^(-(m+1)n)
   for all n, that is M <= a^(-(m+1)).                                        *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import reals exp.
From UComp Require Import CellwiseCompression EuclideanNorm RealPowers.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* Growth of powers.                                                          *)
Section Growth.
Variable R : archiFieldType.
Implicit Types a b K : R.

Lemma bernoulli a n : 0 <= a -> 1 + n%:R * a <= (1 + a) ^+ n.
Proof.
move=> a0; elim: n => [|n IHn]; first by rewrite mul0r addr0 expr0.
rewrite exprS; apply: le_trans (_ : (1 + a) * (1 + n%:R * a) <= _); last first.
  by rewrite ler_wpmul2l ?addr_ge0 ?ler01.
rewrite -subr_ge0 -[n.+1]addn1 natrD (_ : _ - _ = n%:R * a ^+ 2); last by ring.
by rewrite mulr_ge0 ?ler0n ?sqr_ge0.
Qed.

Lemma le_of_powers a b K : 0 < b -> (forall n, a ^+ n <= K * b ^+ n) -> a <= b.
Proof.
move=> b0 powers; rewrite leNgt; apply/negP => lt_ba.
pose e := a / b - 1; have e0 : 0 < e by rewrite subr_gt0 ltr_pdivl_mulr // mul1r.
have aE : a = (1 + e) * b by rewrite /e addrC subrK divfK ?gt_eqF.
pose n := Num.bound (K / e).
have K0 : 0 <= K by have := powers 0%N; rewrite !expr0 mulr1 => /(le_trans ler01).
have := archi_boundP (divr_ge0 K0 (ltW e0)); rewrite -/n ltr_pdivr_mulr // => lt_K.
have := powers n; rewrite aE exprMn ler_pmul2r ?exprn_gt0 // leNgt => /negP; apply.
by rewrite (lt_le_trans lt_K) // (le_trans _ (bernoulli n (ltW e0))) // ler_addr ler01.
Qed.

End Growth.

Section Packing.
Variables (R : realType) (m : nat).
Implicit Types (r rho : R).

Definition separated (I : finType) (w : I -> 'rV[R]_m.+1) (P : {set I}) rho :=
  [forall i in P, forall j in P, (i != j) ==> (rho < euclidean (w i - w j))].

Section Words.
Variables (J : finType) (x : J -> 'rV[R]_m.+1) (r rho : R).
Hypotheses (r_ge0 : 0 <= r) (rho_gt0 : 0 < rho).
Hypothesis x_ball : forall i, euclidean (x i) <= r.
Hypothesis x_sep : forall i j, i != j -> rho < euclidean (x i - x j).

Let total := rho + 2%:R * r.
Let a := rho / total.
Let q := total / 2%:R.

Fixpoint word_sum (s : seq J) : 'rV[R]_m.+1 :=
  if s is i :: s' then x i + a *: word_sum s' else 0.

Lemma total_gt0 : 0 < total.
Proof. by rewrite ltr_paddr // mulr_ge0 ?ler0n. Qed.

Lemma ratio_gt0 : 0 < a.
Proof. by rewrite divr_gt0 ?total_gt0. Qed.

Lemma ratio_le1 : a <= 1.
Proof. by rewrite ler_pdivr_mulr ?total_gt0 // mul1r ler_addl mulr_ge0 ?ler0n. Qed.

Lemma ratio_half : a * q = rho / 2%:R.
Proof. by rewrite /a /q; field; rewrite gt_eqF ?total_gt0. Qed.

Lemma half_total : q = rho / 2%:R + r.
Proof. by rewrite /q /total; field. Qed.

Lemma word_sum_ball s : euclidean (word_sum s) <= q * (1 - a ^+ size s).
Proof.
have a0 := ltW ratio_gt0; have t0 := total_gt0.
elim: s => [|i s IHs] /=; first by rewrite euclidean0 expr0 subrr mulr0.
apply: le_trans (euclideanD _ _) _; rewrite euclideanZ ger0_norm //.
apply: le_trans (ler_add (x_ball i) (ler_wpmul2l a0 IHs)) _.
rewrite exprS le_eqVlt; apply/orP; left; apply/eqP.
move: (a ^+ size s) => p; rewrite mulrA ratio_half.
have -> : q * (1 - a * p) = q - a * q * p by ring.
by rewrite ratio_half half_total; ring.
Qed.

Lemma word_sum_separated s t : size s = size t -> s != t ->
  rho * a ^+ size s <= euclidean (word_sum s - word_sum t).
Proof.
have a0 := ltW ratio_gt0.
elim: s t => [|i s IHs] [|j t] //= [eq_st]; rewrite eqseq_cons negb_and => ne.
have [ij|ij] := eqVneq i j.
  rewrite ij eqxx /= in ne *; rewrite opprD addrACA subrr add0r -scalerBr.
  by rewrite euclideanZ ger0_norm // exprS mulrCA ler_wpmul2l // IHs.
have far : rho - 2%:R * a * (q * (1 - a ^+ size s)) <=
           euclidean (x i + a *: word_sum s - (x j + a *: word_sum t)).
  have -> : x i + a *: word_sum s - (x j + a *: word_sum t) =
            (x i - x j) - (a *: word_sum t - a *: word_sum s).
    by rewrite opprD addrACA opprB.
  rewrite ler_subl_addr (le_trans (ltW (x_sep ij))) //.
  rewrite -[X in euclidean X <= _](subrK (a *: word_sum t - a *: word_sum s)).
  rewrite (le_trans (euclideanD _ _)) // ler_add2l -scalerBr euclideanZ ger0_norm //.
  rewrite [2%:R * a]mulrC -(mulrA a 2%:R) ler_wpmul2l // mulr_natl mulr2n.
  rewrite (le_trans (euclideanD _ _)) // euclideanN.
  by rewrite ler_add ?word_sum_ball // eq_st word_sum_ball.
apply: le_trans far; rewrite exprS.
have -> : 2%:R * a * (q * (1 - a ^+ size s)) = rho * (1 - a ^+ size s).
  by rewrite -mulrA [a * _]mulrA ratio_half; field.
rewrite mulrBr mulr1 opprB addrC subrK ler_wpmul2l ?(ltW rho_gt0) //.
by rewrite ler_pimull ?exprn_ge0 ?ratio_le1.
Qed.

Lemma words_bound n : (#|J| ^ n)%:R <=
  (2%:R * q * Num.sqrt m.+1%:R / rho + 2%:R) ^+ m.+1 * (a^-1 ^+ m.+1) ^+ n.
Proof.
have a_gt0 := ratio_gt0; have q0 : 0 <= q by rewrite divr_ge0 ?ler0n // ltW ?total_gt0.
pose C := 2%:R * q * Num.sqrt m.+1%:R / rho.
have C0 : 0 <= C.
  apply: divr_ge0 (ltW rho_gt0); apply: mulr_ge0 (sqrtr_ge0 _).
  exact: mulr_ge0 (ler0n _ _) q0.
have an0 : 0 < a ^+ n by rewrite exprn_gt0.
pose z := C / a ^+ n; have z0 : 0 <= z by rewrite divr_ge0 // ltW.
have lt_b := archi_boundP z0; have b0 : (0 < Num.bound z)%N.
  by rewrite -(ltr_nat R) (le_lt_trans z0).
have [|f /andP[f1 f2]] := @unit_floor R _ z b0; first by rewrite z0 ltW.
pose p := f.+2; have p_gt0 : (0 < p)%N by [].
have lt_p : z < p%:R by rewrite (le_lt_trans f2) // -mulrSr ltr_nat.
have le_p : p%:R <= (C + 2%:R) * a^-1 ^+ n.
  rewrite mulrDl exprVn -/z -[p]addn2 natrD ler_add // ler_pemulr ?ler0n //.
  by rewrite invf_ge1 // exprn_ile1 ?ratio_le1 // ltW.
pose y (s : n.-tuple J) (j : 'I_m.+1) : R := word_sum s 0 j.
have yq s j : `|y s j| <= q.
  rewrite (le_trans (coordinate_le _ _)) // (le_trans (word_sum_ball s)) //.
  by rewrite ler_pimulr // ler_subl_addr ler_addl exprn_ge0 // ltW.
have [cell cellP] := grid_cell p_gt0 q0 yq.
have cell_inj : injective cell.
  move=> s t eq_cell; apply/eqP/negPn/negP => ne.
  have size_st : size s = size t by rewrite !size_tuple.
  have := word_sum_separated size_st ne; rewrite size_tuple leNgt => /negP; apply.
  apply: le_lt_trans (_ : 2%:R * (q / p%:R) * Num.sqrt m.+1%:R < _).
    apply: euclidean_cube => [|j].
      exact: mulr_ge0 (ler0n _ _) (divr_ge0 q0 (ler0n _ _)).
    rewrite !mxE mulr_natl mulr2n.
    have := ler_add (cellP s j) (cellP t j); apply: le_trans.
    by rewrite eq_cell [X in _ <= _ + X]distrC; exact: ler_dist_add.
  move: lt_p; rewrite /z /C ltr_pdivr_mulr // ltr_pdivr_mulr // => lt_p.
  rewrite mulrA mulrAC ltr_pdivr_mulr ?ltr0n //.
  by rewrite [rho * _]mulrC [_ * rho * _]mulrAC [_ * p%:R]mulrC.
have := max_card (mem (codom cell)); rewrite card_codom // card_tuple card_ffun !card_ord.
rewrite -(ler_nat R) => /le_trans; apply; rewrite exprAC -exprMn natrX.
rewrite ler_expn2r ?nnegrE ?ler0n //.
have ai0 : 0 <= a^-1 by rewrite invr_ge0 ltW.
exact: mulr_ge0 (addr_ge0 C0 (ler0n _ _)) (exprn_ge0 n ai0).
Qed.

Lemma separated_bound : #|J|%:R <= (1 + 2%:R * r / rho) ^+ m.+1.
Proof.
have -> : 1 + 2%:R * r / rho = a^-1 by rewrite /a /total; field; rewrite !gt_eqF ?total_gt0.
apply: (@le_of_powers _ _ _ ((2%:R * q * Num.sqrt m.+1%:R / rho + 2%:R) ^+ m.+1)) => [|n].
  by rewrite exprn_gt0 // invr_gt0 ratio_gt0.
by rewrite -natrX; exact: words_bound.
Qed.

End Words.

Variables (I : finType) (w : I -> 'rV[R]_m.+1) (r : R).
Hypotheses (r_ge0 : 0 <= r).
Implicit Types S T P : {set I}.

Lemma packing_bound P rho : 0 < rho -> (forall i, i \in P -> euclidean (w i) <= r) ->
  separated w P rho -> #|P|%:R <= (1 + 2%:R * r / rho) ^+ m.+1.
Proof.
move=> rho0 w_ball /forall_inP sep; rewrite -[#|P|]card_ord.
apply: (@separated_bound _ (fun i : 'I_#|P| => w (enum_val i))) => // [i|i j ij].
  exact/w_ball/enum_valP.
have /forall_inP/(_ _ (enum_valP j))/implyP := sep _ (enum_valP i); apply.
by rewrite (inj_eq enum_val_inj).
Qed.

Definition diameter_le T delta :=
  forall i j, i \in T -> j \in T -> euclidean (w i - w j) <= delta.

Lemma diameter_ball T v s : (forall i, i \in T -> euclidean (w i - v) <= s) ->
  diameter_le T (2%:R * s).
Proof.
move=> ws i j iT jT; rewrite (le_trans (euclidean_triangle v _ _)) //.
by rewrite mulr_natl mulr2n ler_add ?ws // euclideanC ws.
Qed.

Lemma subset_of_card S n : (n <= #|S|)%N -> exists2 T : {set I}, T \subset S & #|T| = n.
Proof.
move=> le_n; pose s := take n (enum S).
have s_uniq : uniq s by rewrite take_uniq ?enum_uniq.
exists [set i in s].
  by apply/subsetP=> i; rewrite inE => /mem_take; rewrite mem_enum.
have /card_uniqP := s_uniq; rewrite cardsE => ->.
by rewrite size_takel // -cardE.
Qed.

(* If no ball of radius rho about a point of S holds N of them, S has at most
   (N - 1) times as many points as a packing.                                 *)
Lemma packing_cover S N rho : 0 < rho ->
  (forall i, i \in S -> (#|[set j in S | (euclidean (w j - w i) <= rho)%R]| < N)%N) ->
  exists P : {set I}, [/\ P \subset S, separated w P rho & (#|S| <= N.-1 * #|P|)%N].
Proof.
move=> rho0 few; pose good P := (P \subset S) && separated w P rho.
have good0 : good set0 by rewrite /good sub0set; apply/forall_inP=> i; rewrite inE.
have [P /maxsetP[/andP[PS P_sep] P_max] _] := maxset_exists good0.
exists P; split=> //.
have cover j : j \in S -> exists2 i, i \in P & euclidean (w j - w i) <= rho.
  move=> jS; have [jP|jP] := boolP (j \in P).
    by exists j => //; rewrite subrr euclidean0 ltW.
  have [/exists_inP[i iP le_i]|] := boolP [exists i in P, euclidean (w j - w i) <= rho].
    by exists i.
  rewrite negb_exists_in => /forall_inP far; case/negP: jP.
  rewrite -(P_max (j |: P)) ?setU11 ?subsetUr //; apply/andP; split.
    by rewrite subUset sub1set jS.
  apply/forall_inP=> i1 i1P; apply/forall_inP=> i2 i2P; apply/implyP=> ne.
  case/setU1P: i1P i2P ne => [->|i1P] /setU1P[->|i2P] ne.
  - by rewrite eqxx in ne.
  - by rewrite ltNge far.
  - by rewrite euclideanC ltNge far.
  have /forall_inP/(_ _ i2P)/implyP := (forall_inP P_sep) _ i1P; exact.
pose near i := [set j in S | euclidean (w j - w i) <= rho].
apply: leq_trans (_ : #|\bigcup_(i in P) near i| <= _)%N.
  apply/subset_leq_card/subsetP=> j jS; have [i iP le_i] := cover j jS.
  by apply/bigcupP; exists i => //; rewrite inE jS.
apply: leq_trans (_ : \sum_(i in P) #|near i| <= _)%N.
  elim/big_rec2: _ => [|i n U _ le_n]; first by rewrite cards0.
  by rewrite (leq_trans (leq_card_setU _ _)) // leq_add2l.
rewrite mulnC -sum_nat_const; apply: leq_sum => i iP.
have := few i (subsetP PS i iP); rewrite -/(near i).
by case: (N) => // n; rewrite ltnS.
Qed.

(* HEADLINE close_points : sphere-packing-repaired : if 2 <= N <= d, some N of d points of a ball of radius r have diameter at most 6 r ((N-1)/d)^(1/m) *)
Theorem close_points S N : (2 <= N)%N -> (N <= #|S|)%N ->
  (forall i, i \in S -> euclidean (w i) <= r) ->
  exists T : {set I}, [/\ T \subset S, #|T| = N
    & diameter_le T (6%:R * r * (N.-1%:R / #|S|%:R) `^ (m.+1%:R^-1))].
Proof.
move=> N2 leNS w_ball; pose a : R := N.-1%:R / #|S|%:R.
have N1 : (0 < N.-1)%N by rewrite -subn1 subn_gt0.
have S0 : (0 < #|S|)%N by rewrite (leq_trans _ leNS) // ltnW.
have a0 : 0 < a by rewrite divr_gt0 ?ltr0n.
rewrite -/(root m a); have root0 := root_gt0 m a.
have [le_r|lt_r] := leP (2%:R * r) (6%:R * r * root m a).
  have [T TS cardT] := subset_of_card leNS; exists T; split=> // i j iT jT.
  apply: le_trans le_r; apply: (@diameter_ball T 0) => // l lT.
  by rewrite subr0 w_ball // (subsetP TS).
have r_gt0 : 0 < r.
  by rewrite lt_def r_ge0 andbT; apply: contraTneq lt_r => ->; rewrite !(mulr0, mul0r) ltxx.
pose t := root m a; pose rho := 3%:R * r * t.
have rho0 : 0 < rho by rewrite !mulr_gt0 ?ltr0n.
have t3 : t < 3%:R^-1.
  rewrite -(ltr_pmul2l (_ : 0 < 6%:R * r)) ?mulr_gt0 ?ltr0n // (lt_le_trans lt_r) //.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
have rhoE : 6%:R * r * t = 2%:R * rho by rewrite /rho; ring.
pose near i := [set j in S | (euclidean (w j - w i) <= rho)%R].
have [/exists_inP[i iS le_N]|] := boolP [exists i in S, (N <= #|near i|)%N].
  have [T /subsetP T_near cardT] := subset_of_card le_N; exists T; split=> //.
    by apply/subsetP=> j /T_near; rewrite inE => /andP[].
  rewrite rhoE; apply: (@diameter_ball T (w i)) => j /T_near.
  by rewrite inE => /andP[].
rewrite negb_exists_in => /forall_inP few.
have [|P [PS P_sep]] := @packing_cover S N rho rho0.
  by move=> i iS; rewrite ltnNge; exact: few.
rewrite leqNgt => /negP; case.
have := packing_bound rho0 (fun i iP => w_ball i (subsetP PS i iP)) P_sep.
have lt_x : 1 + 2%:R * r / rho < t^-1.
  have -> : 1 + 2%:R * r / rho = (t + 2%:R / 3%:R) / t.
    by rewrite /rho; field; rewrite !gt_eqF.
  rewrite ltr_pdivr_mulr // mulVf ?gt_eqF // -ltr_subr_addr (lt_le_trans t3) //.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
have x0 : 0 <= 1 + 2%:R * r / rho.
  exact: addr_ge0 ler01 (divr_ge0 (mulr_ge0 (ler0n _ _) r_ge0) (ltW rho0)).
move=> /le_lt_trans/(_ (_ : _ < t^-1 ^+ m.+1)); rewrite ltr_expn2r ?nnegrE ?(ltW lt_x) //.
  move=> /(_ isT); rewrite exprVn root_expn // invf_div ltr_pdivl_mulr ?ltr0n //.
  by rewrite -natrM ltr_nat mulnC.
Qed.

End Packing.
