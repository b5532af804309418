(* The Euclidean norm of row vectors over any real closed field: the triangle
   inequality, and the sides of a cube.  No claim of its own; the bounds of
   thm:moment and thm:compression_errorbound are in this norm.                *)
From mathcomp Require Import all_ssreflect all_algebra ring.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section EuclideanNorm.
Variables (R : rcfType) (m : nat).
Implicit Types (x y z : 'rV[R]_m) (a : R).

Definition dot x y : R := \sum_j x 0 j * y 0 j.
Definition sqnorm x : R := dot x x.
Definition euclidean x : R := Num.sqrt (sqnorm x).

Lemma dotC x y : dot x y = dot y x.
Proof. by apply: eq_bigr => j _; rewrite mulrC. Qed.

Lemma dotDl x y z : dot (x + y) z = dot x z + dot y z.
Proof. by rewrite -big_split; apply: eq_bigr => j _; rewrite mxE mulrDl. Qed.

Lemma dotZl a x y : dot (a *: x) y = a * dot x y.
Proof. by rewrite mulr_sumr; apply: eq_bigr => j _; rewrite mxE mulrA. Qed.

Lemma dotNl x y : dot (- x) y = - dot x y.
Proof. by rewrite -scaleN1r dotZl mulN1r. Qed.

Lemma dotDr x y z : dot z (x + y) = dot z x + dot z y.
Proof. by rewrite ![dot z _]dotC dotDl. Qed.

Lemma dotZr a x y : dot y (a *: x) = a * dot y x.
Proof. by rewrite ![dot y _]dotC dotZl. Qed.

Lemma dot_suml (I : finType) (x : I -> 'rV[R]_m) y :
  dot (\sum_i x i) y = \sum_i dot (x i) y.
Proof.
rewrite exchange_big; apply: eq_bigr => j _ /=.
by rewrite summxE mulr_suml.
Qed.

Lemma sqnorm_ge0 x : 0 <= sqnorm x.
Proof. by apply: sumr_ge0 => j _; rewrite -expr2 sqr_ge0. Qed.

Lemma sqnormD x y : sqnorm (x + y) = sqnorm x + 2%:R * dot x y + sqnorm y.
Proof. by rewrite /sqnorm dotDl !dotDr [dot y x]dotC; ring. Qed.

Lemma sqnormZ a x : sqnorm (a *: x) = a ^+ 2 * sqnorm x.
Proof. by rewrite /sqnorm dotZl dotZr; ring. Qed.

Lemma sqnormN x : sqnorm (- x) = sqnorm x.
Proof. by rewrite -scaleN1r sqnormZ sqrrN expr1n mul1r. Qed.

Lemma sqnormB x y : sqnorm (x - y) = sqnorm x - 2%:R * dot x y + sqnorm y.
Proof. by rewrite sqnormD sqnormN -scaleN1r dotZr; ring. Qed.

Lemma sqnorm_eq0 x : (sqnorm x == 0) = (x == 0).
Proof.
apply/idP/eqP => [|->]; last by rewrite /sqnorm -(scale0r 0) dotZl mul0r.
rewrite psumr_eq0 => [/allP x0|j _]; last by rewrite -expr2 sqr_ge0.
apply/rowP=> j; rewrite mxE; apply/eqP.
by have := x0 j (mem_index_enum j); rewrite /= -expr2 sqrf_eq0.
Qed.

Lemma sqnorm0 : sqnorm 0 = 0.
Proof. by apply/eqP; rewrite sqnorm_eq0. Qed.

Lemma cauchy_schwarz_sqr x y : dot x y ^+ 2 <= sqnorm x * sqnorm y.
Proof.
have [/eqP y0|y0] := eqVneq (sqnorm y) 0.
  move: y0; rewrite sqnorm_eq0 => /eqP->.
  by rewrite dotC -(scale0r 0) dotZl sqnormZ !mul0r expr0n mul0r mulr0.
have y_gt0 : 0 < sqnorm y by rewrite lt_def y0 sqnorm_ge0.
rewrite -subr_ge0 -(pmulr_rge0 _ y_gt0).
have := sqnorm_ge0 (sqnorm y *: x - dot x y *: y).
rewrite sqnormB !sqnormZ dotZl dotZr -/(sqnorm y); congr (0 <= _).
by rewrite /sqnorm; ring.
Qed.

Lemma euclidean_ge0 x : 0 <= euclidean x.
Proof. exact: sqrtr_ge0. Qed.

Lemma sqr_euclidean x : euclidean x ^+ 2 = sqnorm x.
Proof. exact/sqr_sqrtr/sqnorm_ge0. Qed.

Lemma euclidean0 : euclidean 0 = 0.
Proof. by rewrite /euclidean sqnorm0 sqrtr0. Qed.

Lemma euclideanZ a x : euclidean (a *: x) = `|a| * euclidean x.
Proof. by rewrite /euclidean sqnormZ sqrtrM ?sqr_ge0 // sqrtr_sqr. Qed.

Lemma euclideanN x : euclidean (- x) = euclidean x.
Proof. by rewrite /euclidean sqnormN. Qed.

Lemma euclideanC x y : euclidean (x - y) = euclidean (y - x).
Proof. by rewrite -opprB euclideanN. Qed.

Lemma euclidean_le x a : 0 <= a -> (euclidean x <= a) = (sqnorm x <= a ^+ 2).
Proof. by move=> a0; rewrite -sqr_euclidean ler_sqr ?nnegrE ?euclidean_ge0. Qed.

Lemma cauchy_schwarz x y : dot x y <= euclidean x * euclidean y.
Proof.
rewrite (le_trans (ler_norm _)) // -ler_sqr ?nnegrE ?mulr_ge0 ?euclidean_ge0 //.
by rewrite real_normK ?num_real // exprMn !sqr_euclidean cauchy_schwarz_sqr.
Qed.

Lemma euclideanD x y : euclidean (x + y) <= euclidean x + euclidean y.
Proof.
rewrite euclidean_le ?addr_ge0 ?euclidean_ge0 // sqnormD sqrrD !sqr_euclidean.
by rewrite ler_add2r ler_add2l mulr_natl ler_muln2r cauchy_schwarz.
Qed.

Lemma euclidean_triangle y x z : euclidean (x - z) <= euclidean (x - y) + euclidean (y - z).
Proof. by rewrite (le_trans _ (euclideanD _ _)) // addrA subrK. Qed.

Lemma euclidean_sum (J : Type) (r : seq J) (P : pred J) (f : J -> 'rV[R]_m) :
  euclidean (\sum_(j <- r | P j) f j) <= \sum_(j <- r | P j) euclidean (f j).
Proof.
elim/big_rec2: _ => [|j s x _ le_s]; first by rewrite euclidean0.
by rewrite (le_trans (euclideanD _ _)) // ler_add2l.
Qed.

(* The half diagonal of a cube. *)
Lemma euclidean_cube x a : 0 <= a -> (forall j, `|x 0 j| <= a) ->
  euclidean x <= a * Num.sqrt m%:R.
Proof.
move=> a0 xa; rewrite euclidean_le ?mulr_ge0 ?sqrtr_ge0 //.
rewrite exprMn sqr_sqrtr ?ler0n // mulr_natr.
apply: le_trans (_ : \sum_(j < m) a ^+ 2 <= _); last by rewrite sumr_const card_ord.
by apply: ler_sum => j _; rewrite -expr2 -real_normK ?num_real // ler_sqr ?nnegrE.
Qed.

Lemma coordinate_le x j : `|x 0 j| <= euclidean x.
Proof.
rewrite -ler_sqr ?nnegrE ?euclidean_ge0 // sqr_euclidean real_normK ?num_real //.
rewrite /sqnorm /dot (bigD1 j) //= -expr2 ler_addl sumr_ge0 // => i _.
by rewrite -expr2 sqr_ge0.
Qed.

End EuclideanNorm.
