(* A slip of sign in the size that Theorem 4 needs for an error d^-alpha (paper: remark
   after thm:compression_errorbound; claim power-size-sign).

   The remark says that the error is O(d^-alpha) with O(d^-b) objects,
   b = (1 + alpha) m / (k - m + 1).  As b > 0, this is less than one object for large d,
   so none is left, and already the number of objects, f = h(sum_i g(w_i)) with h(y) = y
   and g = 1, has the error d.  (The exponent that follows from the theorem is +b.)

   R is any complete ordered field (the real numbers), a `^ x the real power.  The
   statement that is refuted is weak: constants and weights may depend on f, and h and g
   are polynomials.  The d objects are numbered by a finite type I, d = #|I|.

   Headline: power_size_refuted.                                                      *)
From mathcomp Require Import all_ssreflect all_algebra.
From SsrMultinomials Require Import mpoly.
From mathcomp.classical Require Import boolp classical_sets.
From mathcomp.analysis Require Import reals sequences exp.
From UComp Require Import Tchakaloff RefutedCompression.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section PowerSize.
Variable R : realType.

Definition exponent (m k : nat) (alpha : R) : R := (1 + alpha) * m%:R / (k - m + 1)%:R.

Definition power_size (m k : nat) (alpha radius : R) : Prop :=
  forall (h : {poly R}) (g : {mpoly R[m]}), exists K C : R,
    forall (I : finType) (w : I -> 'I_m -> R), (0 < #|I|)%N ->
      (forall i, \sum_a w i a ^+ 2 <= radius ^+ 2) ->
      exists c' : I -> R,
        [/\ forall i, 0 <= c' i, #|support c'|%:R <= K * #|I|%:R `^ (- exponent m k alpha)
          & `|value h g c' w - value h g (fun=> 1) w| <= C * #|I|%:R `^ (- alpha)].

(* HEADLINE power_size_refuted : power-size-sign : for all m >= 1, k >= m and alpha > 0 some f, namely the number d of objects, has no constants K and C such that for all d at most K d^-b weighted objects, b = (1 + alpha) m / (k - m + 1), have an error of at most C d^-alpha *)
Theorem power_size_refuted (m k : nat) (alpha radius : R) :
  (0 < m <= k)%N -> 0 < alpha -> ~ power_size m k alpha radius.
Proof.
move=> /andP[m0 _] alpha0 /(_ 'X 1)[K [C holds]]; pose b := exponent m k alpha.
have b0 : 0 < b.
  by rewrite divr_gt0 ?mulr_gt0 ?addr_gt0 ?ltr01 ?ltr0n // addn1.
pose large := expR (`|K| / b) + `|C|; pose d := Num.bound large.
have exp0 : 0 < expR (`|K| / b) by exact: expR_gt0.
have large_d : large < d%:R by rewrite archi_boundP // addr_ge0 // ltW.
have exp_d : expR (`|K| / b) < d%:R by apply: le_lt_trans large_d; rewrite ler_addl.
have C_d : `|C| < d%:R by apply: le_lt_trans large_d; rewrite ler_addr ltW.
have dR : 0 < d%:R :> R by apply: lt_trans exp_d.
have d0 : (0 < #|'I_d|)%N by rewrite card_ord -(ltr_nat R).
have log_d : `|K| / b <= ln d%:R.
  by rewrite -(expK (`|K| / b)) ler_ln ?posrE ?expR_gt0 // ltW.
have log0 : 0 <= ln d%:R :> R by apply: le_trans log_d; rewrite divr_ge0 // ltW.
have pow_small (x : R) : 0 < x -> d%:R `^ (- x) <= 1.
  move=> x0; have x_log : 0 <= x * ln d%:R by rewrite mulr_ge0 // ltW.
  by rewrite /exp_fun -[X in _ <= X]expR0 ler_expR mulNr oppr_le0.
have pow_b : `|K| * d%:R `^ (- b) < 1.
  rewrite /exp_fun mulNr expRN ltr_pdivr_mulr ?expR_gt0 // mul1r.
  have : `|K| <= b * ln d%:R by rewrite mulrC -ler_pdivr_mulr.
  move=> le_K; have nonneg : 0 <= b * ln d%:R by rewrite mulr_ge0 // ltW.
  apply: lt_le_trans (expR_ge1Dx nonneg); apply: le_lt_trans le_K _.
  by rewrite ltr_addr ltr01.
have in_ball i : \sum_(a < m) (fun (_ : 'I_d) (_ : 'I_m) => 0 : R) i a ^+ 2 <= radius ^+ 2.
  by rewrite big1 ?sqr_ge0 // => a _; rewrite expr0n.
have [c' [_ c'_size c'_error]] := holds _ _ d0 in_ball.
have c'0 i : c' i = 0.
  have : #|support c'|%:R < 1 :> R.
    apply: le_lt_trans c'_size (le_lt_trans _ pow_b); rewrite card_ord.
    by rewrite ler_wpmul2r ?ler_norm // ltW // exp_fun_gt0.
  rewrite ltrn1 ltnS leqn0 cards_eq0 => /eqP/setP/(_ i).
  by rewrite !inE => /negbFE/eqP.
move: c'_error; rewrite /value !hornerX big1 => [|i _]; last by rewrite c'0 mul0r.
rewrite (eq_bigr (fun=> 1)) => [|i _]; last by rewrite meval1 mul1r.
rewrite sumr_const !card_ord sub0r normrN ger0_norm ?ler0n // leNgt => /negP[].
apply: le_lt_trans C_d; have pow0 : 0 <= d%:R `^ (- alpha) :> R by rewrite ltW // exp_fun_gt0.
apply: le_trans (ler_wpmul2r pow0 (ler_norm C)) _.
by rewrite ler_pimulr // pow_small.
Qed.
End PowerSize.
