(* Real powers a `^ x of positive numbers with rational exponents, and the largest
   integer below a root.  No claim of its own.                                *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.classical Require Import boolp classical_sets mathcomp_extra.
From mathcomp.analysis Require Import reals exp.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section RealPowers.
Variables (R : realType) (m : nat) (a : R).
Hypothesis a_gt0 : 0 < a.

Definition root : R := a `^ (m.+1%:R^-1).

Lemma root_gt0 : 0 < root.
Proof. exact: exp_fun_gt0. Qed.

Lemma rootX l : root ^+ l = a `^ (l%:R / m.+1%:R).
Proof. by rewrite /root /exp_fun -expRMm mulrA. Qed.

Lemma root_expn : root ^+ m.+1 = a.
Proof. by rewrite rootX divff ?pnatr_eq0 // exp_funr1. Qed.

End RealPowers.

Lemma exp_fun_div (R : realType) (a b p : R) : 0 < a -> 0 < b ->
  (a / b) `^ p = a `^ p * b `^ (- p).
Proof. by move=> a0 b0; rewrite /exp_fun ln_div ?qualifE // mulrBr mulNr expRD. Qed.

Lemma largest_root (N d m : nat) : (0 < N <= d)%N ->
  exists n, [/\ (0 < n)%N, (n ^ m.+1 * N <= d)%N & (d < n.+1 ^ m.+1 * N)%N].
Proof.
move=> /andP[N0 leNd]; have n1 : exists n, (n ^ m.+1 * N <= d)%N by exists 1%N; rewrite exp1n mul1n.
have bound n : (n ^ m.+1 * N <= d)%N -> (n <= d)%N.
  move=> /(leq_trans (leq_pmulr _ N0)); apply: leq_trans.
  by case: n => // n; rewrite -{1}[n.+1]expn1 leq_pexp2l.
case: (ex_maxnP n1 bound) => n n_ok n_max; exists n; split=> //.
  by rewrite n_max // exp1n mul1n.
by rewrite ltnNge; apply/negP => /n_max; rewrite ltnn.
Qed.
