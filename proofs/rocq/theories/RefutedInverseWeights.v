(* Dividing gradients by weights does not serve every gradient-based rule:
   clipping by the norm of all gradients (paper: remark after thm:DLTH; claim
   inverse-weight-rule), and how clipping must be weighted.

   An update rule takes the gradients of all objects, here real numbers, to the
   updates of the objects, for any number of objects.  An object of weight c_j
   stands for c_j copies with gradient G_j each; its own gradient is c_j G_j, and
   the printed rule feeds c_j^-1 (c_j G_j) to the update rule.  `serves U` says that
   every object then moves as its copies move under U.

   Clipping at tau multiplies all gradients by min(1, tau / norm).  One object of
   weight c >= 2 with G = tau: its copies have norm sqrt(c) tau and are scaled by
   1 / sqrt(c); the object has norm tau and is not scaled.

   Headlines: inverse_weights_refuted, weighted_clipping.                     *)
From mathcomp Require Import all_ssreflect all_algebra.
From UComp Require Import MeanFieldDynamics WeightedTraining.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section InverseWeights.
Variable R : rcfType.

Definition update_rule : Type := forall I : finType, (I -> R) -> I -> R.

Definition serves (U : update_rule) : Prop :=
  forall (J : finType) (copies : J -> nat) (G : J -> R),
    (forall j, (0 < copies j)%N) -> forall (j : J) (k : 'I_(copies j)),
    U J (fun l => (copies l)%:R^-1 * ((copies l)%:R * G l)) j =
    U (Copies copies) (fun p => G (tag p)) (Tagged _ k).

Definition clip (tau : R) : update_rule := fun I G i =>
  Num.min 1 (tau / Num.sqrt (\sum_l G l ^+ 2)) * G i.

(* Rules that treat objects one by one are served. *)
Lemma separable_served (u : R -> R) : serves (fun I G i => u (G i)).
Proof. by move=> J copies G copies0 j k /=; rewrite mulKf // pnatr_eq0 -lt0n. Qed.

Lemma sum_copies_of_one (c : nat) (F : R) :
  \sum_(p : Copies (fun _ : 'I_1 => c)) F = c%:R * F.
Proof.
rewrite sumr_const mulr_natl; congr (_ *+ _).
by rewrite card_tagged /= enum_ordS (size0nil (size_enum_ord 0)) /= card_ord addn0.
Qed.

(* One object of any weight c > 1, and its copies. *)
Lemma clipping_not_served (tau : R) (c : nat) (p : Copies (fun _ : 'I_1 => c)) :
  0 < tau -> (1 < c)%N ->
  clip tau (fun l : 'I_1 => c%:R^-1 * (c%:R * tau)) (tag p) != clip tau (fun=> tau) p.
Proof.
move=> tau0 c1; rewrite /clip sum_copies_of_one big_ord1.
have c0 : c%:R != 0 :> R by rewrite pnatr_eq0 -lt0n ltnW.
rewrite mulKf // (inj_eq (mulIf (lt0r_neq0 tau0))).
rewrite sqrtr_sqr gtr0_norm // divff ?gt_eqF // minxx.
rewrite sqrtrM ?ler0n // sqrtr_sqr gtr0_norm // invfM mulrCA divff ?gt_eqF // mulr1.
have root1 : 1 < Num.sqrt c%:R :> R.
  by rewrite -{1}sqrtr1 ltr_sqrt ?ltr1n ?ltr0n ?(ltnW c1).
by rewrite lt_minl invf_lt1 ?root1 ?orbT // (lt_trans ltr01).
Qed.

(* HEADLINE inverse_weights_refuted : inverse-weight-rule : dividing the gradient of an object of weight c_j by c_j does not make every gradient-based update rule move the object as it moves c_j copies of it: clipping by the global norm, at any tau > 0, is not served *)
Theorem inverse_weights_refuted :
  ~ (forall U : update_rule, serves U) /\ forall tau : R, 0 < tau -> ~ serves (clip tau).
Proof.
suff not_served tau : 0 < tau -> ~ serves (clip tau).
  by split=> // every; apply: (not_served 1 ltr01); exact: every.
move=> tau0 served; pose p : Copies (fun _ : 'I_1 => 4%N) :=
  @Tagged 'I_1 ord0 (fun=> 'I_4) ord0.
have /eqP[] := @clipping_not_served tau 4 p tau0 isT.
exact: (served _ (fun=> 4%N) (fun=> tau) _ ord0 ord0).
Qed.

(* Clipping as a list of instructions: the sum of the squares goes into the shared
   quantities, then every object is scaled.                                   *)
Definition clipping (tau : R) : seq (instruction R R R) :=
  [:: @Sum R R R [lmodType R of R^o] (fun _ G => G ^+ 2) (fun _ squares => squares);
      @Each R R R (fun squares G => Num.min 1 (tau / Num.sqrt squares) * G)].

Lemma run_clipping tau (I : finType) (G : I -> R) s :
  (run (clipping tau) (s, G)).2 =1 clip tau G.
Proof. by []. Qed.

(* HEADLINE weighted_clipping : weighted-statistics-rule : with the weighted norm, the square root of sum_j c_j G_j^2, clipping moves an object of weight c_j as it moves c_j copies of it *)
Theorem weighted_clipping (tau : R) (J : finType) (copies : J -> nat) (G : J -> R) :
  (forall j, (0 < copies j)%N) -> forall (j : J) (k : 'I_(copies j)),
  Num.min 1 (tau / Num.sqrt (\sum_l (copies l)%:R * G l ^+ 2)) * G j =
  clip tau (fun p : Copies copies => G (tag p)) (Tagged _ k).
Proof.
move=> copies0 j k; have [_ follows2] := weighted_training copies0 (@card_copies J copies)
  (clipping tau) 0 G.
by rewrite -(run_clipping tau _ 0) follows2.
Qed.
End InverseWeights.
