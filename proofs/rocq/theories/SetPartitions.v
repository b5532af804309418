(* Sums over the partitions of a finite set.

   Used for the closed form of the FTSP (thm:fundamental_multisym); no claim of
   its own.

   `partition P D` says that the set P of subsets of J is a partition of D, and
   `block_weight n` is (-1)^(n-1) (n-1)!, the weight of a block with n elements.

   Main result: `sum_partitions_constant`.  For a function t on J the sum, over the
   partitions of J into blocks on which t is constant, of the products of the block
   weights is 1 if t is injective and 0 if it is not.  (In other words, the products
   of block weights are the Moebius function of the lattice of partitions.)       *)
From mathcomp Require Import all_ssreflect all_algebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Definition block_weight (A : ringType) (n : nat) : A := (-1) ^+ n.-1 * (n.-1)`!%:R.

Definition constant_on (J I : finType) (t : J -> I) (B : {set J}) : bool :=
  [forall i in B, forall j in B, t i == t j].

Section Recursion.
Variables (A : comRingType) (J : finType) (g : {set J} -> A).
Implicit Types (B D : {set J}) (P : {set {set J}}).

Definition partition_sum D : A :=
  \sum_(P : {set {set J}} | partition P D) \prod_(B in P) g B.

Lemma partition_sum0 : partition_sum set0 = 1.
Proof.
rewrite /partition_sum (eq_bigl (pred1 set0)) => [|P]; last exact: partition_set0.
by rewrite big_pred1_eq big_set0.
Qed.

(* Take off the block of x. *)
Lemma partition_sum_block D x : x \in D -> partition_sum D =
  \sum_(B : {set J} | (B \subset D) && (x \in B)) g B * partition_sum (D :\: B).
Proof.
move=> xD; rewrite /partition_sum (partition_big (fun P => pblock P x)
    (fun B => (B \subset D) && (x \in B))) /=; last first.
  move=> P part; have x_cover : x \in cover P by rewrite (cover_partition part).
  by rewrite (partitionS part) ?pblock_mem // mem_pblock.
apply: eq_bigr => B /andP[BD xB]; rewrite mulr_sumr.
have notin P : partition P (D :\: B) -> B \notin P.
  move=> part; apply/negP=> /(partitionS part)/subsetP/(_ _ xB).
  by rewrite inE xB.
rewrite (reindex_onto (fun P => B |: P) (fun P => P :\ B)) /=; last first.
  move=> P /andP[part /eqP <-]; rewrite setD1K // pblock_mem //.
  by rewrite (cover_partition part).
apply: eq_big => [P|P /andP[/andP[part _] /eqP PE]]; last first.
  by rewrite big_setU1 // -PE setD11.
apply/idP/idP=> [/andP[/andP[part _] /eqP PE]|part].
  by have := partitionD1 part (setU11 _ _); rewrite PE.
have partU : partition (B |: P) D.
  rewrite -[D](setID D B) [D :&: B](setIidPr BD) partitionU1 //.
    by apply/set0Pn; exists x.
  by rewrite -setI_eq0 setIDA setIC setDIl setDv setI0.
rewrite partU setU1K ?notin // eqxx andbT /=; apply/eqP.
exact: def_pblock (partition_trivIset partU) (setU11 _ _) xB.
Qed.
End Recursion.

Section Moebius.
Variables (A : comRingType) (I J : finType) (t : J -> I).
Implicit Types (B C D : {set J}).

Definition constant_weight B : A :=
  if constant_on t B then block_weight A #|B| else 0.

Lemma block_weight_rec n : block_weight A n.+2 + block_weight A n.+1 *+ n.+1 = 0.
Proof.
rewrite /block_weight /= factS exprS mulN1r mulNr natrM -[X in _ + X]mulr_natr.
by rewrite [_%:R * n`!%:R]mulrC mulrA addNr.
Qed.

Lemma injP D : reflect {in D &, injective t} (dinjectiveb t (mem D)).
Proof. exact: dinjectiveP. Qed.

Lemma partition_sum_constant D :
  partition_sum constant_weight D = (dinjectiveb t (mem D))%:R.
Proof.
have [n] := ubnP #|D|; elim: n D => // n IHn D; rewrite ltnS => leDn.
have [->|[x xD]] := set_0Vmem D.
  rewrite partition_sum0; case: injP => // -[] y z; by rewrite inE.
rewrite (partition_sum_block _ xD) (eq_bigr (fun B =>
    constant_weight B * (dinjectiveb t (mem (D :\: B)))%:R)); last first.
  move=> B /andP[BD xB]; rewrite IHn // (leq_trans _ leDn) // proper_card //.
  by apply/properP; split; [exact: subsetDl|exists x; rewrite // inE xB].
pose C := [set y in D | t y == t x].
have xC : x \in C by rewrite inE xD eqxx.
have CD : C \subset D by apply/subsetP=> y; rewrite inE => /andP[].
have const_sub B : B \subset C -> constant_weight B = block_weight A #|B|.
  move=> /subsetP BC; rewrite /constant_weight ifT //.
  apply/forall_inP=> y /BC; rewrite inE => /andP[_ /eqP ->].
  by apply/forall_inP=> z /BC; rewrite inE => /andP[_ /eqP ->].
have sub_const B : B \subset D -> x \in B -> ~~ (B \subset C) -> constant_weight B = 0.
  move=> /subsetP BD xB; rewrite /constant_weight; case: ifP => // /forall_inP cst.
  case/negP; apply/subsetP=> y yB; rewrite inE BD //=.
  by have /forall_inP -> := cst y yB.
pose E B := constant_weight B * (dinjectiveb t (mem (D :\: B)))%:R.
(* What is left of C has at most one element. *)
have two B y z : y \in C :\: B -> z \in C :\: B -> y != z -> E B = 0.
  rewrite !inE => /andP[yB /andP[yD /eqP ty]] /andP[zB /andP[zD /eqP tz]] yz.
  rewrite /E; case: injP => [inj|]; last by rewrite mulr0.
  by case/eqP: yz; apply: inj; rewrite ?inE ?yB ?zB //= ty tz.
have [C1|/set0Pn[y0]] := eqVneq (C :\ x) set0.
  have CE : C = [set x] by rewrite -(setD1K xC) C1 setU0.
  rewrite -/E (bigD1 C) /=; last by rewrite CD xC.
  rewrite [X in _ + X]big1 ?addr0 => [|B /andP[/andP[BD xB] BC]].
    rewrite /E const_sub // CE cards1 /block_weight expr0 mul1r mul1r.
    congr (_ _)%:R; apply/injP/injP=> inj y z.
      move=> yD zD tyz; have [yx|yx] := eqVneq y x.
        rewrite yx in tyz *; have : z \in C by rewrite inE zD -tyz eqxx.
        by rewrite CE inE => /eqP ->.
      have [zx|zx] := eqVneq z x.
        have : y \in C by rewrite inE yD tyz zx eqxx.
        by rewrite CE inE (negPf yx).
      by apply: inj; rewrite // !inE ?yx ?zx.
    by rewrite !inE => /andP[_ yD] /andP[_ zD]; apply: inj.
  rewrite /E sub_const ?mul0r // CE; apply: contraNN BC => BC.
  by rewrite eqEsubset CE BC sub1set.
rewrite in_setD1 => /andP[y0x y0C].
have -> : (dinjectiveb t (mem D))%:R = 0 :> A.
  case: injP => // inj; case/eqP: y0x.
  by move: y0C; rewrite inE => /andP[y0D /eqP]; apply: inj.
rewrite -/E (bigD1 C) /=; last by rewrite CD xC.
rewrite (bigID (mem [set C :\ y | y in C :\ x])) /= [X in _ + (_ + X)]big1 ?addr0; last first.
  move=> B /andP[/andP[/andP[BD xB] BC] nB].
  have [subBC|] := boolP (B \subset C); last first.
    by move/(sub_const _ BD xB); rewrite /E => ->; rewrite mul0r.
  have : B \proper C by rewrite properEneq BC.
  case/properP=> _ [y yC yB]; have yx : y != x by apply: contraNneq yB => ->.
  have : B \proper C :\ y.
    rewrite properEneq subsetD1 subBC yB !andbT; apply: contraNneq nB => ->.
    by apply/imsetP; exists y; rewrite // in_setD1 yx.
  case/properP=> _ [z]; rewrite inE in_set1 => /andP[zy zC] zB.
  by apply: (two B z y); rewrite // inE ?zB ?yB.
rewrite (eq_bigl (mem [set C :\ y | y in C :\ x])) => [|B]; last first.
  apply/andP/idP=> [[]|] //= /imsetP[y]; rewrite in_setD1 => /andP[yx yC] ->; split; last first.
    by apply/imsetP; exists y; rewrite // in_setD1 yx.
  rewrite (subset_trans (subD1set _ _)) // in_setD1 xC eq_sym yx /=.
  by apply/eqP=> CE; have := setD11 y C; rewrite CE yC.
rewrite big_imset /=; last first.
  move=> y z; rewrite in_setD1 => /andP[yx yC] _ yz.
  have : y \notin C :\ z by rewrite -yz setD11.
  by rewrite in_setD1 yC andbT negbK => /eqP.
have inj_same y : y \in C :\ x ->
    E (C :\ y) = block_weight A #|C|.-1 * (dinjectiveb t (mem (D :\: C)))%:R.
  rewrite in_setD1 => /andP[yx yC]; rewrite /E const_sub ?subD1set //.
  rewrite [in RHS](cardsD1 y C) yC /=; congr (_ * (_ _)%:R).
  have yD := subsetP CD y yC.
  have notC z : z \in D -> t y = t z -> z \in C.
    by move=> zD tyz; move: yC; rewrite !inE zD yD /= tyz.
  apply/injP/injP=> inj z1 z2.
    rewrite !in_setD => /andP[z1C z1D] /andP[z2C z2D].
    by apply: inj; rewrite !(in_setD1, in_setD) ?z1D ?z2D ?(negPf z1C) ?(negPf z2C) ?andbF.
  rewrite !(in_setD1, in_setD) !negb_and !negbK => /andP[z1C z1D] /andP[z2C z2D] tz.
  have [z1y|z1y] := eqVneq z1 y; have [z2y|z2y] := eqVneq z2 y.
  - by rewrite z1y z2y.
  - by move: z2C; rewrite (negPf z2y) notC // -tz z1y.
  - by move: z1C; rewrite (negPf z1y) notC // tz z2y.
  by move: z1C z2C; rewrite (negPf z1y) (negPf z2y) /= => z1C z2C; apply: inj;
    rewrite // in_setD ?z1C ?z2C.
rewrite (eq_bigr _ inj_same) sumr_const /E const_sub // -mulrnAl -mulrDl.
have cardC : (#|C| = #|C :\ x|.+1)%N by rewrite (cardsD1 x) xC.
have [p pE] : exists p, #|C :\ x| = p.+1.
  exists #|C :\ x|.-1; rewrite prednK // card_gt0; apply/set0Pn; exists y0.
  by rewrite in_setD1 y0x.
by rewrite cardC pE block_weight_rec mul0r.
Qed.

Theorem sum_partitions_constant :
  \sum_(P : {set {set J}} | partition P setT) \prod_(B in P) constant_weight B =
  (injectiveb t)%:R.
Proof.
rewrite -/(partition_sum _ _) partition_sum_constant; congr (_ _)%:R.
by apply/dinjectiveP/injectiveP=> inj x y; [apply: inj; rewrite inE|move=> _ _; exact: inj].
Qed.
End Moebius.

(* A product, over the blocks of a partition, of sums over i is a sum over the
   functions that are constant on every block. *)
Lemma prod_blocks (A : comRingType) (I J : finType) (P : {set {set J}})
    (f : J -> I -> A) : partition P setT ->
  \prod_(B in P) (\sum_i \prod_(j in B) f j i) =
  \sum_(t : {ffun J -> I} | [forall B in P, constant_on t B]) \prod_j f j (t j).
Proof.
move=> part; have trivP := partition_trivIset part.
have mem_P j : pblock P j \in P by rewrite pblock_mem // (cover_partition part) inE.
have mem_j j : j \in pblock P j by rewrite mem_pblock (cover_partition part) inE.
pose r j := enum_rank_in (mem_P j) (pblock P j).
have rE j : enum_val (r j) = pblock P j by rewrite enum_rankK_in.
have ex n : exists j, j \in enum_val (n : 'I_#|P|).
  by apply/set0Pn/(partition_neq0 part)/enum_valP.
pose rep n := xchoose (ex n).
have repE n : pblock P (rep n) = enum_val n.
  exact: def_pblock trivP (enum_valP n) (xchooseP (ex n)).
have rrep n : r (rep n) = n by apply: enum_val_inj; rewrite rE repE.
have mem_block (n : 'I_#|P|) j : (j \in enum_val n) = (r j == n).
  rewrite -(inj_eq enum_val_inj) rE; apply/idP/eqP=> [jn|<- //].
  exact: def_pblock trivP (enum_valP n) jn.
rewrite big_enum_val bigA_distr_bigA.
rewrite [RHS](reindex_onto (fun u : {ffun _ -> I} => [ffun j => u (r j)])
                      (fun t : {ffun J -> I} => [ffun n => t (rep n)])) /=; last first.
  move=> t /forall_inP ct; apply/ffunP=> j; rewrite !ffunE; apply/eqP.
  have /forall_inP/(_ (rep (r j))) := ct _ (mem_P j).
  rewrite -rE -[enum_val _]repE mem_j => /(_ isT)/forall_inP; apply.
  by rewrite repE mem_block.
apply: eq_big => [u|u _].
  apply/esym/andP; split; last by apply/eqP/ffunP=> n; rewrite !ffunE rrep.
  apply/forall_inP=> B BP; apply/forall_inP=> i iB; apply/forall_inP=> j jB.
  rewrite !ffunE; apply/eqP; congr (u _); apply: enum_val_inj; rewrite !rE.
  by rewrite !(def_pblock trivP BP).
rewrite [RHS](partition_big r xpredT) //=; apply: eq_bigr => n _.
by apply: eq_big => [j|j]; rewrite mem_block // => /eqP jn; rewrite ffunE jn.
Qed.
