(* Duplication of objects under mean-field maps (paper: lemma:ev_fund_rep and
   Definition 5, repaired; claim mean-field-dynamics).

   A training map moves every object w_i to Phi (w_i, sum_l G (w_l)).  Its
   compressed map moves an object w_j of weight c_j to
   Phi (w_j, sum_l c_l G (w_l)) and keeps the weights.  If the weights are
   whole numbers, then after any number of steps the compressed objects are
   where the training map takes the objects when it starts with c_j copies of
   each w_j.

   Objects are elements of any type (an object holds its optimiser state, if it
   has one), G takes values in any module over any ring, and Phi and G may
   change from step to step.  The copies may be listed in any order: the
   original system has objects i, and object i is a copy of the compressed
   object [original i].

   Headlines: mean_field_duplication, mean_field_copies.                      *)
From mathcomp Require Import all_ssreflect all_algebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section MeanField.
Variables (R : ringType) (V : lmodType R) (Object : Type).

(* The mean-field form of a map: the same Phi and G for all objects, whatever
   their number; the first argument is the number of the step.                *)
Variables (Phi : nat -> Object -> V -> Object) (G : nat -> Object -> V).

(* A step of the training map on the objects w_i. *)
Definition training_step (I : finType) (t : nat) (w : I -> Object) : I -> Object :=
  fun i => Phi t (w i) (\sum_l G t (w l)).

(* A step of the compressed map on the objects w_j of weight c_j. *)
Definition compressed_step (J : finType) (c : J -> R) (t : nat) (w : J -> Object) :
    J -> Object :=
  fun j => Phi t (w j) (\sum_l c l *: G t (w l)).

(* T steps. *)
Fixpoint run (A : Type) (step : nat -> A -> A) (T : nat) (w : A) : A :=
  if T is t.+1 then step t (run step t w) else w.

(* Object i of the original system is a copy of original i: the sum over all
   objects is the weighted sum over the compressed ones.                      *)
Lemma sum_over_copies (I J : finType) (original : I -> J) (copies : J -> nat)
    (F : J -> V) :
  (forall j, #|[set i | original i == j]| = copies j) ->
  \sum_i F (original i) = \sum_j (copies j)%:R *: F j.
Proof.
move=> num; rewrite (partition_big original xpredT) //=; apply: eq_bigr => j _.
rewrite (eq_bigr (fun=> F j)) => [|i /eqP-> //].
by rewrite sumr_const -num cardsE scaler_nat.
Qed.

(* HEADLINE mean_field_duplication : mean-field-dynamics : weights c_j that are positive integers act, after any number of steps, as c_j copies of the object, whichever way the copies are numbered *)
Theorem mean_field_duplication (I J : finType) (original : I -> J) (copies : J -> nat)
    (w : J -> Object) (T : nat) :
  (forall j, #|[set i | original i == j]| = copies j) ->
  forall i : I,
    run (@training_step I) T (fun i => w (original i)) i =
    run (compressed_step (fun j => (copies j)%:R)) T w (original i).
Proof.
move=> num; elim: T => //= t IHt i.
rewrite /training_step /compressed_step {1}IHt; congr (Phi t _ _).
rewrite -(sum_over_copies (fun j => G t (run _ t w j)) num).
by apply: eq_bigr => l _; rewrite IHt.
Qed.

(* The copies of all objects, as pairs of j and a number below c_j: the
   hypothesis above can always be met.                                        *)
Definition Copies (J : finType) (copies : J -> nat) : finType :=
  [finType of {j : J & 'I_(copies j)}].

Lemma card_copies (J : finType) (copies : J -> nat) (j : J) :
  #|[set p : Copies copies | tag p == j]| = copies j.
Proof.
rewrite (_ : [set _ | _] = [set Tagged (fun j => 'I_(copies j)) k | k : 'I_(copies j)]).
  rewrite card_imset ?card_ord // => k l /eqP.
  by rewrite eq_Tagged => /eqP.
apply/setP=> -[l k]; rewrite !inE /=.
apply/eqP/imsetP => [lj|[k' _ /(congr1 tag)] //]; by case: j / lj; exists k.
Qed.

(* HEADLINE mean_field_copies : mean-field-dynamics : the k-th copy of the object j is, after any number of steps, where the compressed map takes the object j of weight c_j *)
Theorem mean_field_copies (J : finType) (copies : J -> nat) (w : J -> Object) (T : nat)
    (j : J) (k : 'I_(copies j)) :
  run (@training_step (Copies copies)) T (fun p => w (tag p)) (Tagged _ k) =
  run (compressed_step (fun j => (copies j)%:R)) T w j.
Proof. exact: (mean_field_duplication w T (@card_copies J copies)). Qed.

End MeanField.

(* Losses of sums, L = l (sum_i c_i g (w_i)): divided by c_j, the gradient with
   respect to w_j is Dg (w_j)^T applied to the gradient of l at the sum.  So
   every rule that moves an object by its own state and by this gradient has a
   mean-field form, and the duplication property.  Here [value s] is g at the
   parameters that the state s holds, [own_gradient s y] the gradient, and
   [rule] anything: gradient descent, momentum, Adam with its square roots.   *)
Section LossOfSums.
Variables (R : ringType) (V : lmodType R) (State Gradient : Type).
Variables (value : State -> V) (own_gradient : State -> V -> Gradient).
Variable rule : nat -> State -> Gradient -> State.

Definition trained (I : finType) (t : nat) (s : I -> State) : I -> State :=
  fun i => rule t (s i) (own_gradient (s i) (\sum_l value (s l))).

Definition trained_compressed (J : finType) (c : J -> R) (t : nat) (s : J -> State) :
    J -> State :=
  fun j => rule t (s j) (own_gradient (s j) (\sum_l c l *: value (s l))).

Corollary loss_of_sums_duplication (J : finType) (copies : J -> nat) (s : J -> State)
    (T : nat) (j : J) (k : 'I_(copies j)) :
  run (@trained (Copies copies)) T (fun p => s (tag p)) (Tagged _ k) =
  run (trained_compressed (fun j => (copies j)%:R)) T s j.
Proof.
exact: (mean_field_copies (fun t s y => rule t s (own_gradient s y)) (fun=> value)).
Qed.

End LossOfSums.
